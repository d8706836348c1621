"""`dp100 cards`: find cards, show one, and set cards aside or back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from dp100cards.cards import KINDS, Card
from dp100cards.clean import say, say_json
from dp100cards.cli.card_standing import STANDINGS, called_bad, stands
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import ContentError, UsageError

if TYPE_CHECKING:
    from dp100cards.scheduler.state import CardState


class FindOrVerb(click.Group):
    """A group whose first word is a verb, or else the beginning of what to find."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `find` before anything that is no verb."""
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group(cls=FindOrVerb, subcommand_metavar="[QUERY | COMMAND] …")
def cards() -> None:
    """Find, show, edit, suspend, flag or forget cards.

    Without a command the words are looked for in ids, questions, answers and tags. A card can be named by
    the beginning of its id.
    """


@cards.command()
@click.argument("words", nargs=-1, metavar="[QUERY]…")
@click.option("--deck", "decks", multiple=True, metavar="DECK", help="Only of decks whose names begin so.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only with this tag.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only of this kind.")
@click.option(
    "--is", "standing", multiple=True, type=click.Choice(STANDINGS), help="Only cards that stand so."
)
@click.option("--doubted", is_flag=True, help="Only cards that you called bad while studying.")
@click.option("--json", "as_json", is_flag=True, help="Everything about each card, as JSON.")
@pass_workplace
def find(
    work: Workplace, words: tuple[str, ...], decks: tuple[str, ...], tags: tuple[str, ...], kinds: tuple[str, ...],
    standing: tuple[str, ...], doubted: bool, as_json: bool,
) -> None:  # fmt: skip
    """List the cards that hold all these words; without any, browse all cards in a terminal."""
    if not (words or decks or tags or kinds or standing or doubted or as_json or work.in_lines(False)):
        from dp100cards.cli.browse import browse

        browse(work)
        return
    states = work.store.states()
    doubts = called_bad(work)
    wanted = (*standing, *(["doubted"] if doubted else []))
    found = [
        (card, state)
        for card in work.index.cards()
        if (state := _state(states, card.id)) is not None
        and all(word.casefold() in _text(card) for word in words)
        and (not decks or card.deck.startswith(decks))
        and all(tag in card.tags for tag in tags)
        and (not kinds or card.kind in kinds)
        and all(stands(work, name, card, state, doubts) for name in wanted)
    ]
    if as_json:
        say(json.dumps([_data(work, card, state) for card, state in found], ensure_ascii=False, indent=1))
        return
    from dp100cards.ui.amounts import many
    from dp100cards.ui.listing import card_rows
    from dp100cards.ui.theme import console

    screen = console()
    for row in card_rows(found, work.now()):
        if sys.stdout.isatty():
            screen.print(row, no_wrap=True, overflow="ellipsis")
        else:
            screen.print(row, soft_wrap=True)
    say(many(len(found)), err=True)


@cards.command()
@click.argument("card_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_workplace
def show(work: Workplace, card_id: str, as_json: bool) -> None:
    """Show a card, its note, siblings and history."""
    card = work.index.card(_named(work, card_id))
    assert card is not None
    state = work.store.state(card.id)
    if as_json:
        say_json(_data(work, card, state))
        return
    from dp100cards.ui.listing import card_page
    from dp100cards.ui.theme import console

    screen = console()
    place = work.index.place(card.id)
    where = f"{work.index.shown(place[0])}:{place[1]}" if place else ""
    page = card_page(card, state, where, work.index, work.store, work.now(), min(screen.width, 100))
    for row in page:
        screen.print(row, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


@cards.command()
@click.argument("card_id", metavar="ID")
@pass_workplace
def edit(work: Workplace, card_id: str) -> None:
    """Open a card in $EDITOR, at its line."""
    import os

    from dp100cards.ui.editor import editor, run

    id_ = _named(work, card_id)
    place = work.index.place(id_)
    tool = editor()
    if place is None or not tool:
        raise UsageError("no editor was found: set EDITOR to yours")
    path, line, _ = place
    if not os.access(path, os.W_OK):
        raise UsageError(f"{path} cannot be written; `dp100 init DIR` makes a collection of your own")
    failure = run(tool, path, line)
    if failure:
        raise UsageError(failure)
    work.index.refresh()
    problems = [problem for problem in work.index.problems() if problem.path == work.index.shown(path)]
    if problems:
        raise ContentError(problems)


def _verb(name: str, kind: str, said: str, help_text: str, value: int = 0) -> None:
    """Make a command that records one event for each card named."""

    @cards.command(name, help=help_text)
    @click.argument("card_ids", nargs=-1, required=True, metavar="ID…")
    @pass_workplace
    def command(work: Workplace, card_ids: tuple[str, ...]) -> None:
        _record(work, card_ids, kind, lambda _: value, said)


_verb("suspend", "suspend", "suspended", "Never ask these cards, until you unsuspend them.")
_verb("unsuspend", "unsuspend", "unsuspended", "Ask suspended cards again.")
_verb("unbury", "unbury", "unburied", "Ask buried cards today.")
_verb("mark", "mark", "marked", "Mark cards.", 1)
_verb("unmark", "mark", "unmarked", "Take the mark from cards.", 0)
_verb("forget", "forget", "start again", "Start cards again, as new ones.")


@cards.command()
@click.argument("card_ids", nargs=-1, required=True, metavar="ID…")
@pass_workplace
def bury(work: Workplace, card_ids: tuple[str, ...]) -> None:
    """Do not ask these cards before tomorrow."""
    from dp100cards.scheduler.days import day_of

    _record(
        work,
        card_ids,
        "bury",
        lambda now: day_of(now, work.store.engine.rollover) + 1,
        "buried until tomorrow",
    )


@cards.command()
@click.argument("number", type=click.IntRange(0, 7), metavar="0-7")
@click.argument("card_ids", nargs=-1, required=True, metavar="ID…")
@pass_workplace
def flag(work: Workplace, number: int, card_ids: tuple[str, ...]) -> None:
    """Flag cards with a colour from 1 to 7; 0 takes the flag away."""
    _record(work, card_ids, "flag", lambda _: number, f"flag {number}" if number else "no flag")


@cards.command()
@pass_workplace
def undo(work: Workplace) -> None:
    """Take back the last thing done, here or in study."""
    event = work.store.last_undoable()
    if event is None:
        raise UsageError("there is nothing to undo")
    work.store.undo(event, work.now())
    say(f"{event.card}: undone: {event.kind}{f' {event.rating}' if event.rating else ''}")


def _record(
    work: Workplace, card_ids: Iterable[str], kind: str, value: Callable[[Any], int], said: str
) -> None:
    """Record an event for each card named, all or none."""
    from dp100cards.scheduler.event import Event

    now = work.now()
    ids = list(dict.fromkeys(_named(work, given) for given in card_ids))
    work.store.record_all(
        [Event(card=id_, kind=kind, moment=now, value=value(now), origin="cards") for id_ in ids]
    )
    for id_ in ids:
        say(f"{id_}: {said}")


def _named(work: Workplace, given: str) -> str:
    """The id of the card that is named, by its id or the beginning of it. Raises UsageError if none or several are."""
    ids = work.index.ids()
    if given in ids:
        return given
    found = sorted(id_ for id_ in ids if id_.startswith(given))
    if len(found) == 1:
        return found[0]
    if found:
        more = f", and {len(found) - 5} more" if len(found) > 5 else ""
        raise UsageError(f"{given} begins the ids of {len(found)} cards: {', '.join(found[:5])}{more}")
    raise UsageError(f"there is no card {given}; `dp100 cards WORDS` looks in their text")


def _state(states: dict[str, CardState], id_: str) -> CardState:
    from dp100cards.scheduler.state import CardState

    return states.get(id_) or CardState(card=id_)


def _text(card: Card) -> str:
    """All of a card that is looked through."""
    from dp100cards.decks.codec import to_data

    return json.dumps(to_data(card), ensure_ascii=False).casefold()


def _data(work: Workplace, card: Card, state: CardState) -> dict[str, Any]:
    """A card with all that is known of it, as plain data."""
    from dataclasses import asdict

    from dp100cards.decks.codec import to_data
    from dp100cards.scheduler.days import day_of
    from dp100cards.ui.pages import day_date

    now = work.now()
    place = work.index.place(card.id)
    events = [
        {
            "kind": e.kind,
            "at": e.moment.at,
            "day": day_date(day_of(e.moment)),
            "rating": e.rating,
            "took": e.took,
            "value": e.value,
        }
        for e in work.store.events(card.id)
    ]
    memory = asdict(state)
    memory.pop("card")
    memory["retrievability"] = round(work.store.engine.retrievability(state, now), 6)
    return {
        "deck": card.deck,
        "area": card.area,
        "file": work.index.shown(place[0]) if place else "",
        "line": place[1] if place else 0,
        **to_data(card),
        "siblings": work.index.siblings(card.id),
        "state": memory,
        "events": events,
    }
