"""`dp100 build --review`: the suggested cards, each with its lines of the note and the reason for the doubt."""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

import click

from dp100cards.cards import Basic, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps
from dp100cards.cli.workplace import Workplace
from dp100cards.decks.build import decide, prepare, read_decks
from dp100cards.decks.collection import Collection
from dp100cards.errors import ContentError
from dp100cards.generate.known import ACCEPTED, HERE, REJECTED, SUGGESTED, Known

KEYS = "a accept   e accept and edit   r reject   s skip   u undo   q leave"


def review_suggestions(
    work: Workplace, collection: Collection, notes: Mapping[str, str], *, plain: bool
) -> None:
    """Ask about each suggested card. Every verdict is on disk at once: leaving and coming back loses nothing."""
    settings = collection.settings()
    single = sys.stdin.isatty() and not plain and not work.screen_reader
    past = Verdicts.of(work, collection)
    skipped: set[str] = set()
    counts = Counter[str]()
    built = prepare(collection, settings, notes)
    while True:
        waiting = [each for each in built.merged.suggested if each.id not in skipped]
        if not waiting and not past.given:
            break
        if waiting:
            show(waiting[0], notes, len(waiting))
        else:
            click.echo("\nNo suggestion is left. The last verdict can be taken back.")
        verdict = ask(single, KEYS if waiting else "u undo   q leave")
        if verdict == "u":
            taken = past.take_back({each.id: each.state for each in built.merged.known})
            if taken is None:
                click.echo("  There is nothing to take back.")
                continue
            id_, state = taken
            counts[state] -= counts[state] > 0
            built = decide(collection, settings, notes, {id_: SUGGESTED})
            skipped = {each.id for each in built.merged.suggested if each.id in skipped and each.id != id_}
            built.merged.suggested.sort(key=lambda each: each.id != id_)  # it comes first again
        elif verdict == "q" or not waiting:
            break
        elif verdict == "s":
            skipped.add(waiting[0].id)
        elif verdict in ("a", "e", "r"):
            id_, state = waiting[0].id, REJECTED if verdict == "r" else ACCEPTED
            past.give(id_, state)
            counts[state] += 1
            built = decide(collection, settings, notes, {id_: state})
            if verdict == "e":
                edit(collection, id_, single)
                built = prepare(collection, settings, notes)
    click.echo(
        f"\n{counts[ACCEPTED]} accepted, {counts[REJECTED]} rejected; {len(built.merged.suggested)} still wait."
    )


REMEMBERED = 100
"""So many verdicts can be taken back."""


class Verdicts:
    """The verdicts given on a collection's suggestions, the last ones last, on disk: undo outlives the program."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.given: list[tuple[str, str]] = []
        with suppress(OSError, ValueError, TypeError):
            self.given = [
                (str(id_), str(state)) for id_, state in json.loads(path.read_text(encoding="utf-8"))
            ]

    @classmethod
    def of(cls, work: Workplace, collection: Collection) -> Self:
        """Those of one collection; they lie in the learner's data folder."""
        home = str(collection.home).encode("utf-8", "replace")
        return cls(work.data / "verdicts" / f"{zlib.crc32(home):08x}{zlib.adler32(home):08x}.json")

    def give(self, id_: str, state: str) -> None:
        """Remember a verdict; before it is carried out, so that none is carried out and forgotten."""
        self.given = [*self.given, (id_, state)][-REMEMBERED:]
        self._write()

    def take_back(self, states: Mapping[str, str]) -> tuple[str, str] | None:
        """The last verdict that still stands, by what the cards are now; it is forgotten."""
        while self.given:
            id_, state = self.given.pop()
            if states.get(id_) in ((REJECTED,) if state == REJECTED else (ACCEPTED, HERE)):
                self._write()
                return id_, state
        self._write()
        return None

    def _write(self) -> None:
        """Where the data folder cannot be written, undo ends with the program."""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(self.given), encoding="utf-8", newline="\n")
            beside.replace(self._path)


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


def ask(single: bool, keys: str) -> str:
    """The learner's verdict: a key at a terminal, else the first letter of a line; the end of the input leaves."""
    if single:
        from dp100cards.screen.keys import one_key

        key = one_key(f"  {keys}").lower()
        return "q" if key in ("ctrl-c", "ctrl-d", "eof", "esc") else key
    click.echo(f"  {keys}")
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


def edit(collection: Collection, id_: str, single: bool) -> None:
    """Open an accepted card in the learner's editor, at its line, until what is saved is sound."""
    from dp100cards.screen.edit import editor, run

    tool = editor()
    if not tool:
        click.echo("  No editor: set EDITOR to yours.")
        return
    _, readings = read_decks(collection)
    found = next(((name, r.places[id_].line) for name, r in readings.items() if id_ in r.places), None)
    if found is None:
        return
    path, line = collection.deck_file(found[0]), found[1]
    while True:
        if trouble := run(tool, path, line):
            click.echo(f"  {trouble}")
        problems = read_decks(collection)[1][path.stem].problems
        if not problems:
            return
        click.echo("\n".join(map(str, problems)))
        if ask(single, "e edit again   any other key: leave it so") != "e":
            raise ContentError(problems)
        line = problems[0].line or line
