"""`dp100 cards`: find cards, show one, and set cards aside or back."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

import click

from dp100cards.cards import KINDS, Card
from dp100cards.clean import many, say, say_json
from dp100cards.cli.browse import browse, card_page, card_rows, states_of
from dp100cards.cli.context import AppContext, complete, pass_context
from dp100cards.decks.codec import to_data
from dp100cards.decks.manifest import read_manifest
from dp100cards.errors import ContentError, UsageError
from dp100cards.generate.identity import REJECTED, Known
from dp100cards.scheduler.event import CardState, Event, Moment, day_of
from dp100cards.ui.browser import STATES, no_state
from dp100cards.ui.editor import editor, run
from dp100cards.ui.pages import day_date
from dp100cards.ui.theme import console


class FindOrVerb(click.Group):
    """A group whose first word is a verb, or else the beginning of what to find."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `find` before anything that is no verb."""
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group(cls=FindOrVerb, subcommand_metavar="[QUERY | COMMAND] …")
def cards() -> None:
    """Find, show, edit, suspend, flag, reject or forget cards.

    Without a command the words are looked for in ids, questions, answers and tags. A card can be named by
    the beginning of its id.
    """


@cards.command()
@click.argument("words", nargs=-1, metavar="[QUERY]…")
@click.option(
    "--deck",
    "decks",
    multiple=True,
    metavar="DECK",
    shell_complete=complete,
    help="Only of decks whose names begin like this.",
)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", shell_complete=complete, help="Only with this tag."
)
@click.option("--skill", "skills", multiple=True, metavar="SKILL", help="Only for this skill of an exam.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only of this kind.")
@click.option("--level", type=click.Choice(["recall", "exam"]), help="Only of this level.")
@click.option("--is", "standing", multiple=True, type=click.Choice(STATES), help="Only cards in this state.")
@click.option(
    "--rejected", is_flag=True, help="The cards that you rejected, also those that no deck has any more."
)
@click.option("--json", "as_json", is_flag=True, help="Everything about each card, as JSON.")
@pass_context
def find(
    app: AppContext, words: tuple[str, ...], decks: tuple[str, ...], tags: tuple[str, ...], skills: tuple[str, ...],
    kinds: tuple[str, ...], level: str | None, standing: tuple[str, ...], rejected: bool, as_json: bool,
) -> None:  # fmt: skip
    """List the cards that hold all these words; without any, browse all cards in a terminal."""
    narrowed = (words, decks, tags, skills, kinds, level, standing, rejected, as_json)
    if not any(narrowed) and not app.in_lines:
        browse(app)
        return
    if why := no_state(words):
        raise UsageError(why)
    names = [word.casefold()[3:] for word in words if word.casefold().startswith("is:")]
    texts = [word.casefold() for word in words if not word.casefold().startswith("is:")]
    states, today = app.store.states(), day_of(app.now(), app.store.engine.rollover)
    leech = app.settings.study.leech_lapses or 8
    found = [
        (card, state)
        for card in (rejected_cards(app) if rejected else app.index.cards())
        if all(word in _text(card) for word in texts)
        and (not decks or card.deck.startswith(decks))
        and all(tag in card.tags for tag in tags)
        and all(skill in card.skills for skill in skills)
        and (not kinds or card.kind in kinds)
        and level in (None, card.level)
        and (state := states.get(card.id) or CardState(card=card.id))
        and (holds := states_of(state, app.now(), today, leech)) >= set(standing)
        and all(any(each.startswith(name) for each in holds) for name in names)
    ]
    if as_json:
        say_json({"version": 1, "cards": [_data(app, *each) for each in found]})
        return
    screen, terminal = console(), sys.stdout.isatty()
    for row in card_rows(found, app.now()):
        screen.print(row, no_wrap=terminal, overflow="ellipsis", soft_wrap=not terminal)
    say(many(len(found)), err=True)
    near = get_close_matches(words[0], cards.commands, 1, 0.75) if words else []
    if near and (len(words) == 1 or not found):
        say(f"Did you mean {app.command(f'cards {near[0]}')}?", err=True)


def known_cards(app: AppContext) -> dict[str, Known]:
    """What the build knows of its cards, by id."""
    with suppress(FileNotFoundError):
        found = read_manifest(app.collection.generated, app.collection.shown(app.collection.generated))
        return {each.id: each for each in found.known}
    return {}


def rejected_cards(app: AppContext) -> list[Card]:
    """The cards that the learner rejected, in the order in which it was done; those of the first edition first."""
    rejected = app.store.rejected()
    known = known_cards(app)
    before = [id_ for id_, each in known.items() if each.state == REJECTED and id_ not in rejected]
    ids = [*(id_ for id_ in before if id_ not in app.store.restored()), *rejected]
    cards = (app.index.card(id_) or (known[id_].card if id_ in known else None) for id_ in ids)
    return [card for card in cards if card is not None]


@cards.command()
@click.argument("card_id", metavar="ID", shell_complete=complete)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_context
def show(app: AppContext, card_id: str, as_json: bool) -> None:
    """Show a card, its note, siblings and history."""
    card = app.index.card(_named(app, card_id))
    assert card is not None
    state = app.store.state(card.id)
    if as_json:
        say_json({"version": 1, **_data(app, card, state)})
        return
    screen, place = console(), app.index.place(card.id)
    where = f"{app.index.shown(place[0])}:{place[1]}" if place else ""
    page = card_page(card, state, where, app.index, app.store, app.now(), min(screen.width, 100))
    for row in page:
        screen.print(row, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


@cards.command()
@click.argument("card_id", metavar="ID", shell_complete=complete)
@pass_context
def edit(app: AppContext, card_id: str) -> None:
    """Open a card in $EDITOR, at its line."""
    place, tool = app.index.place(_named(app, card_id)), editor()
    if place is None or not tool:
        raise UsageError("no editor was found: set EDITOR to yours")
    path, line, _ = place
    if not os.access(path, os.W_OK):
        raise UsageError(f"{path} cannot be written; `dp100 init DIR` makes a collection of your own")
    if failure := run(tool, path, line):
        raise UsageError(failure)
    app.index.refresh()
    if problems := [each for each in app.index.problems() if each.path == app.index.shown(path)]:
        raise ContentError(problems)


def _verb(
    name: str, kind: str, said: str, help_text: str, value: Callable[[AppContext, Moment], int] = lambda *_: 0
) -> None:
    """Make a command that records one event for each card named."""

    @cards.command(name, help=help_text)
    @click.argument("card_ids", nargs=-1, required=True, metavar="ID…", shell_complete=complete)
    @pass_context
    def command(app: AppContext, card_ids: tuple[str, ...]) -> None:
        _record(app, card_ids, kind, value(app, app.now()), said)


_verb("suspend", "suspend", "suspended", "Never ask these cards, until you unsuspend them.")
_verb("unsuspend", "unsuspend", "unsuspended", "Ask suspended cards again.")
_verb("unbury", "unbury", "unburied", "Ask buried cards today.")
_verb("mark", "mark", "marked", "Mark cards.", lambda *_: 1)
_verb("unmark", "mark", "unmarked", "Take the mark from cards.")
_verb("forget", "forget", "start again", "Start cards again, as new ones.")
_verb("unreject", "unreject", "asked again; the next build puts it back", "Take a rejection back.")
_verb(
    "bury", "bury", "buried until tomorrow", "Do not ask these cards before tomorrow.",
    lambda app, now: day_of(now, app.store.engine.rollover) + 1,
)  # fmt: skip


@cards.command()
@click.argument("card_ids", nargs=-1, required=True, metavar="ID…", shell_complete=complete)
@pass_context
def reject(app: AppContext, card_ids: tuple[str, ...]) -> None:
    """Never ask these cards again, and never build them again."""
    for id_ in [_named(app, given) for given in card_ids]:
        app.store.reject(id_, app.collection.key_of(id_), app.now(), "cards")
        say(f"{id_}: rejected; dp100 cards undo takes it back")


@cards.command()
@click.argument("number", type=click.IntRange(0, 7), metavar="0-7")
@click.argument("card_ids", nargs=-1, required=True, metavar="ID…", shell_complete=complete)
@pass_context
def flag(app: AppContext, number: int, card_ids: tuple[str, ...]) -> None:
    """Flag cards with a colour from 1 to 7; 0 takes the flag away."""
    _record(app, card_ids, "flag", number, f"flag {number}" if number else "no flag")


@cards.command()
@pass_context
def undo(app: AppContext) -> None:
    """Take back the last thing done, here or in study."""
    event = app.store.last_undoable()
    if event is None:
        raise UsageError("there is nothing to undo")
    app.store.undo(event, app.now())
    say(f"{event.card}: undone: {event.kind}{f' {event.rating}' if event.rating else ''}")


def _record(app: AppContext, card_ids: Iterable[str], kind: str, value: int, said: str) -> None:
    """Record an event for each card named, all or none."""
    now = app.now()
    ids = list(dict.fromkeys(_named(app, given) for given in card_ids))
    app.store.record_all([Event(card=i, kind=kind, moment=now, value=value, origin="cards") for i in ids])
    for id_ in ids:
        say(f"{id_}: {said}")


def _named(app: AppContext, given: str) -> str:
    """The id of the card that is named, by its id or the beginning of it. Raises UsageError if none or several are."""
    ids = app.index.ids() | {card.id for card in rejected_cards(app)}
    found = [given] if given in ids else sorted(id_ for id_ in ids if id_.startswith(given))
    if len(found) == 1:
        return found[0]
    if found:
        more = f", and {len(found) - 5} more" if len(found) > 5 else ""
        raise UsageError(f"{given} begins the ids of {len(found)} cards: {', '.join(found[:5])}{more}")
    raise UsageError(f"there is no card {given}; `dp100 cards WORDS` looks in their text")


def _text(card: Card) -> str:
    """All of a card that is looked through."""
    return json.dumps(to_data(card), ensure_ascii=False).casefold()


def _data(app: AppContext, card: Card, state: CardState) -> dict[str, Any]:
    """A card with all that is known of it, as plain data."""
    place = app.index.place(card.id)
    events = [
        {
            "kind": e.kind,
            "at": e.moment.at,
            "day": day_date(day_of(e.moment)),
            "rating": e.rating,
            "took": e.took,
            "value": e.value,
        }
        for e in app.store.events(card.id)
    ]
    memory = asdict(state)
    memory.pop("card")
    memory["retrievability"] = round(app.store.engine.retrievability(state, app.now()), 6)
    return {
        "deck": card.deck,
        "area": card.area,
        "file": app.index.shown(place[0]) if place else "",
        "line": place[1] if place else 0,
        **to_data(card),
        "siblings": app.index.siblings(card.id),
        "state": memory,
        "events": events,
    }
