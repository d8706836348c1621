"""`dp100 cards`: find cards, show one, browse them all, and set cards aside or back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any

import click
from rich.text import Text

from dp100cards.cards import Card
from dp100cards.clean import many, say, say_json
from dp100cards.cli.context import AppContext, as_json, complete, pass_context
from dp100cards.decks.collection import to_data
from dp100cards.errors import UsageError
from dp100cards.scheduler.event import DAY, REVIEW, CardState, Moment, date_of, day_end, day_of
from dp100cards.session.answering import begin
from dp100cards.session.study import decided, take_back
from dp100cards.ui.browser import Browser, Filter, Row, asks_for_rejected, unknown_value
from dp100cards.ui.card import answered
from dp100cards.ui.pages import edit as edit_card
from dp100cards.ui.pages import history_lines, info_lines, note_lines, note_of
from dp100cards.ui.text import console, one_line, section, styled
from dp100cards.ui.view import Size


class FindOrVerb(click.Group):
    """A group whose first word is a verb, or else the beginning of what to find."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        verb = bool(args) and (args[0] in self.commands or args[0] in ("-h", "--help"))
        return super().parse_args(ctx, args if verb else ["find", *args])


@click.group(cls=FindOrVerb, subcommand_metavar="[QUERY | COMMAND] …")
def cards() -> None:
    """Find, show, edit, suspend, flag, reject or forget cards.

    Without a command the words are looked for in ids, questions, answers and tags, as in the browser: for a word that
    occurs nowhere, similar ones are taken. Words such as deck:deploy, tag:sdk, kind:choice, skill:3.17, level:exam
    and is:due (or new, learning, review, suspended, buried, flagged, marked, leech, rejected; failed for what you did
    not know today) narrow the list. A card can be named by the beginning of its id.
    """


def _named(ctx: click.Context, param: click.Parameter, given: Any) -> Any:
    """The id of the card that is named by it or by its beginning; of several, each once. Raises UsageError."""
    app = ctx.find_object(AppContext)
    assert app is not None
    if not isinstance(given, str):
        return tuple(dict.fromkeys(_named(ctx, param, each) for each in given))
    ids = app.index.ids() | rejected_cards(app).keys()
    found = [given] if given in ids else sorted(id_ for id_ in ids if id_.startswith(given))
    if not found:
        raise UsageError(f"there is no card {given}; `dp100 cards WORDS` looks in their text")
    if len(found) > 1:
        some = ", ".join(found[:5]) + ", …" * (len(found) > 5)
        raise UsageError(f"{given} begins the ids of {len(found)} cards: {some}")
    return found[0]


one_card = click.argument("card_id", metavar="ID", callback=_named, shell_complete=complete)
some_cards = click.argument(
    "card_ids", nargs=-1, required=True, metavar="ID…", callback=_named, shell_complete=complete
)


@cards.command()
@click.argument("words", nargs=-1, metavar="[QUERY]…")
@click.option(
    "--rejected", is_flag=True, help="The cards that you rejected, also those that no deck has any more."
)
@as_json
@pass_context
def find(app: AppContext, words: tuple[str, ...], rejected: bool, as_json: bool) -> None:
    """List the cards that match; without words, browse them all in a terminal."""
    if not (words or rejected or as_json or app.in_lines):
        with app.shown() as stage:
            stage.run(Browser(stage, app.store, app.index, app.now, partial(rows, app)))
        return
    found = matching(app, [*words, *["is:rejected"] * rejected])
    if as_json:
        whole = [row.card if isinstance(row.card, Card) else app.index.card(row.card.id) for row in found]
        say_json({"version": 1, "cards": [data_of(app, card) for card in whole if card]})
        return
    # A line each, cut where a terminal ends, and whole for another program.
    screen = console(None if sys.stdout.isatty() else 100_000)
    wide = max((len(row.card.id) for row in found), default=0)
    for row in found:
        line = styled(f"{row.card.id:<{wide}}  ", "accent")
        line.append(f"{row.card.kind:<10} {row.standing:<12} ", "quiet")
        screen.print(line.append(row.ask), no_wrap=True, overflow="ellipsis")
    say(many(len(found)), err=True)
    near = get_close_matches(words[0], cards.commands, 1, 0.75) if words else []
    if near and (len(words) == 1 or not found):
        say(f"Did you mean dp100 cards {near[0]}?", err=True)


@cards.command()
@one_card
@as_json
@pass_context
def show(app: AppContext, card_id: str, as_json: bool) -> None:
    """Show a card, its note, siblings and history."""
    card, screen = app.index.card(card_id) or rejected_cards(app)[card_id], console()
    if as_json:
        say_json({"version": 1, **data_of(app, card)})
        return
    for row in page_of(app, card, min(screen.width, 100)):
        screen.print(row, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


@cards.command()
@one_card
@pass_context
def edit(app: AppContext, card_id: str) -> None:
    """Open a card in $EDITOR, at its line."""
    with app.shown() as stage:
        said = edit_card(stage, app.index, card_id, app.index.refresh)
    say(said, end="\n" * bool(said))


@cards.command()
@pass_context
def undo(app: AppContext) -> None:
    """Take back the last thing done, here or in study."""
    say(take_back(app.store, app.now()))


@cards.command()
@click.argument("number", type=click.IntRange(0, 7), metavar="0-7")
@some_cards
@pass_context
def flag(app: AppContext, number: int, card_ids: tuple[str, ...]) -> None:
    """Flag cards with a colour from 1 to 7; 0 takes the flag away."""
    _record(app, "flag", card_ids, number, f"flag {number}" if number else "no flag")


def _verb(verb: str, said: str, help_text: str, kind: str = "", value: int = 0) -> None:
    """Add a command that records one event for each card named."""

    @cards.command(verb, help=help_text)
    @some_cards
    @pass_context
    def command(app: AppContext, card_ids: tuple[str, ...]) -> None:
        _record(app, kind or verb, card_ids, value, said)


_verb("suspend", "suspended", "Never ask these cards, until you unsuspend them.")
_verb("unsuspend", "unsuspended", "Ask suspended cards again.")
_verb("bury", "buried until tomorrow", "Do not ask these cards before tomorrow.")
_verb("unbury", "unburied", "Ask buried cards today.")
_verb("mark", "marked", "Mark cards.", value=1)
_verb("unmark", "unmarked", "Take the mark from cards.", "mark")
_verb("forget", "start again", "Start cards again, as new ones.")
_verb("reject", "rejected; dp100 cards undo takes it back", "Never ask these cards again, nor build them.")
_verb("unreject", "asked again; the next build puts it back", "Take a rejection back.")


def _record(app: AppContext, kind: str, card_ids: Sequence[str], value: int, said: str) -> None:
    """Record an event for each card, all or none, and say what each is now."""
    app.store.record_all(decided(app.index, kind, card_ids, app.now(), value, "cards"))
    say("\n".join(f"{id_}: {said}" for id_ in card_ids))


def rows(app: AppContext) -> list[Row]:
    """All cards, as they are now."""
    states, now, leech = app.store.states(), app.now(), app.settings.study.leech_lapses or 8
    failed, fresh = app.store.failed(day_end(now) - DAY), CardState(card="")
    return [
        Row(card, ask, more, *standing(states.get(card.id, fresh), now, leech, card.id in failed))
        for card, ask, more in app.index.texts()
    ]


def matching(app: AppContext, words: Iterable[str]) -> Sequence[Row]:
    """The cards that words of a filter find; asked for rejected ones, also those that no deck has any more.

    Raises UsageError for an `is:` that is no state.
    """
    query, found = " ".join(words), rows(app)
    if why := unknown_value(query.split()):
        raise UsageError(why)
    if asks_for_rejected(query):
        known = app.index.ids()
        gone = [card for id_, card in rejected_cards(app).items() if id_ not in known]
        found += [Row(card, card.ask, "", "rejected", frozenset({"rejected"})) for card in gone]
    return Filter(found)(query)


def standing(state: CardState, now: Moment, leech: int, failed: bool) -> tuple[str, frozenset[str]]:
    """Where a card is in the schedule, in a word or two; and by which of `STATES` it is found.

    `leech` is how many lapses make one; `failed` says whether it was not known today.
    """
    today = day_of(now)
    due = (state.in_learning or state.is_due(now, today)) and not state.is_set_aside(today)
    holds = {
        "rejected": state.rejected,
        "suspended": state.suspended,
        "buried": state.buried_until > today,
        "new": state.is_new,
        "learning": state.in_learning,
        "due": due,
        "review": state.phase == REVIEW,
        "flagged": state.flag > 0,
        "marked": state.marked,
        "leech": state.lapses >= leech,
        "failed": failed,
    }
    names = [name for name in holds if holds[name]]
    days = many(state.due_day - today, "day")
    return f"in {days}" if names[0] == "review" else names[0], frozenset(names)


def rejected_cards(app: AppContext) -> dict[str, Card]:
    """The cards that the learner rejected, those of the first edition too."""
    from dp100cards.decks.build import read_manifest  # 150 ms that the browser of cards saves
    from dp100cards.generate.identity import REJECTED

    manifest, restored = read_manifest(app.collection), app.store.restored()
    known = manifest.known if manifest else ()
    built = [each.id for each in known if each.state == REJECTED and each.id not in restored]
    kept = {each.id: each.card for each in known}
    found = {id_: app.index.card(id_) or kept.get(id_) for id_ in (*built, *app.store.rejected())}
    return {id_: card for id_, card in found.items() if card}


def data_of(app: AppContext, card: Card) -> dict[str, Any]:
    """A card with all that is known of it, as plain data."""
    place, state = app.index.place(card.id), app.store.state(card.id)
    memory = state._asdict() | {"retrievability": round(app.store.engine.retrievability(state, app.now()), 6)}
    del memory["card"]
    events = [
        {name: getattr(event, name) for name in ("kind", "rating", "took", "value")}
        | {"at": event.moment.at, "day": f"{date_of(day_of(event.moment))}"}
        for event in app.store.events(card.id)
    ]
    where = {"file": app.index.shown(place[0]), "line": place[1]} if place else {"file": "", "line": 0}
    more = {"siblings": app.index.siblings(card.id), "state": memory, "events": events}
    return {"deck": card.deck, "area": card.area, **where, **to_data(card), **more}


def page_of(app: AppContext, card: Card, width: int) -> list[Text]:
    index, store, place = app.index, app.store, app.index.place(card.id)
    where, note = f"{index.shown(place[0])}:{place[1]}" if place else "", note_of(card, index)
    siblings = [each for id_ in index.siblings(card.id) if (each := index.card(id_))]
    return [
        styled(card.id, "title").append(f"  {card.kind}  {where}", "quiet"),
        *answered(begin(card), None, Size(width, 100, plain=True)).body,
        *section("The note", note_lines(card.source, note, width, around=4) if card.source and note else []),
        *section("Memory", info_lines(card, store, app.now(), width)),
        *section("Siblings", [styled(f"  {each.id}  ", "accent") + one_line(each.ask) for each in siblings]),
        *history_lines(store, card.id),
    ]
