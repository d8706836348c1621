"""`dp100 build --review`: the suggested cards, each with its lines of the note and the reason for the doubt."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from dp100cards.cards import Basic, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps
from dp100cards.cli.workplace import Workplace
from dp100cards.decks.build import decide, prepare
from dp100cards.decks.collection import Collection
from dp100cards.generate.known import ACCEPTED, REJECTED, SUGGESTED, Known

KEYS = "a accept   e accept and edit   r reject   s skip   u undo   q leave"


def review_suggestions(
    work: Workplace, collection: Collection, notes: Mapping[str, str], *, plain: bool
) -> None:
    """Ask about each suggested card. Every verdict is on disk at once: leaving and coming back loses nothing."""
    settings = collection.settings()
    single = sys.stdin.isatty() and not plain and not work.screen_reader
    skipped: set[str] = set()
    done: list[tuple[str, str]] = []
    built = prepare(collection, settings, notes)
    while waiting := [each for each in built.merged.suggested if each.id not in skipped]:
        show(waiting[0], notes, len(waiting))
        verdict = ask(single)
        if verdict == "q":
            break
        if verdict == "s":
            skipped.add(waiting[0].id)
        elif verdict == "u" and done:
            id_, _ = done.pop()
            built = decide(collection, settings, notes, {id_: SUGGESTED})
            skipped.discard(id_)
        elif verdict in ("a", "e", "r"):
            state = REJECTED if verdict == "r" else ACCEPTED
            done.append((waiting[0].id, state))
            built = decide(collection, settings, notes, {waiting[0].id: state})
            if verdict == "e":
                edit(collection, waiting[0].id)
                built = prepare(collection, settings, notes)
    accepted = sum(state == ACCEPTED for _, state in done)
    click.echo(
        f"\n{accepted} accepted, {len(done) - accepted} rejected; {len(built.merged.suggested)} still wait."
    )


def show(known: Known, notes: Mapping[str, str], left: int) -> None:
    """A suggested card, where it comes from, and why it is only suggested."""
    card = known.card
    click.echo(f"\n{left} left   {card.deck}   {card.kind}   {card.id}")
    for line in as_text(card):
        click.echo(f"  {line}")
    if card.source:
        click.echo(f"  From {card.source.note}, line {card.source.lines[0]}:")
        text = notes.get(card.source.note, "").splitlines()
        first, last = card.source.lines
        for number in range(max(1, first - 1), min(len(text), last + 1) + 1):
            mark = ">" if first <= number <= last else " "
            click.echo(f"  {mark} {number:>4}  {text[number - 1]}")
    click.echo(f"  Why only suggested: {', '.join(known.doubts) or 'a rule was not sure of it'}")


def as_text(card: Card) -> list[str]:
    """A card with its answer, as lines of text."""
    lines = [card.ask]
    match card:
        case Basic(answer=answer):
            lines.append(f"= {answer}")
        case Choice(options=options) | Multiple(options=options) | Statements(statements=options):
            lines += [f"{'[+]' if option.right else '[ ]'} {option.text}" for option in options]
        case Order(items=items):
            lines += [f"{n}. {item}" for n, item in enumerate(items, 1)]
        case Match(pairs=pairs):
            lines += [f"{pair.left} – {pair.right}" for pair in pairs]
        case Code(code=code):
            lines += [*code.splitlines(), f"= {', '.join(gaps(code))}"]
        case Cloze():
            lines.append(f"= {', '.join(gaps(card.ask))}")
    return lines


def ask(single: bool) -> str:
    """The learner's verdict: a key at a terminal, else the first letter of a line; the end of the input leaves."""
    if single:
        from dp100cards.screen.keys import one_key

        key = one_key(f"  {KEYS}").lower()
        return "q" if key in ("ctrl-c", "ctrl-d", "eof", "esc") else key
    click.echo(f"  {KEYS}")
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


def edit(collection: Collection, id_: str) -> None:
    """Open the deck of an accepted card in the learner's editor."""
    for path in collection.deck_files():
        if f"id: {id_}" in path.read_text(encoding="utf-8"):
            click.edit(filename=str(path))
