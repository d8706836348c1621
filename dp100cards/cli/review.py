"""`dp100 build --review`: the suggested cards, each with its lines of the note and the reason for the doubt."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol, Self

from dp100cards import files
from dp100cards.clean import say
from dp100cards.cli.workplace import Workplace, interruptible
from dp100cards.decks.build import Drawn, decide, prepare, read_decks
from dp100cards.decks.collection import Collection
from dp100cards.errors import ContentError, Problem
from dp100cards.first.generate.known import ACCEPTED, HERE, REJECTED, SUGGESTED, Known
from dp100cards.first.generate.odds.ranking import Ranking


class View(Protocol):
    """How suggestions are shown and answered: on a screen or in lines."""

    def say(self, message: str) -> None:
        """Something to be said."""

    def ask(self, known: Known | None, left: int) -> str:
        """Show a suggestion, or that none is left; the key of what becomes of it."""

    def edit(self, tool: list[str], path: Path, line: int) -> str:
        """Run the editor; what went wrong, or ""."""

    def again(self, problems: list[Problem]) -> bool:
        """Tell the mistakes in a deck; does the learner want to mend them at once?"""


def review_suggestions(
    work: Workplace, collection: Collection, notes: Mapping[str, str], drawn: Drawn, *, plain: bool
) -> None:
    """Ask about each suggested card. Every verdict is on disk at once: leaving and coming back loses nothing.

    `drawn` is what was drawn from the notes.
    """
    if work.in_lines(plain):
        from dp100cards.ui.suggestions_plain import SuggestionLines

        with interruptible():
            told = go_through(work, collection, notes, drawn, SuggestionLines(notes))
    else:
        from dp100cards.ui.suggestions import SuggestionScreen

        with work.stage() as held:
            told = go_through(work, collection, notes, drawn, SuggestionScreen(held, notes))
    say(f"\n{told}")


def go_through(
    work: Workplace, collection: Collection, notes: Mapping[str, str], drawn: Drawn, view: View
) -> str:
    """Ask about one suggestion after the other, the likeliest first; gives what was done, in a sentence."""
    settings = collection.settings()
    ranking = Ranking(drawn.drafts, drawn.extraction.facts)
    last = ""  # taken back: it comes first again
    past = Verdicts.of(work, collection)
    skipped: set[str] = set()
    counts = Counter[str]()
    built = prepare(collection, settings, notes, drawn=drawn)
    while True:
        waiting = [each for each in ranking.best_first(built.merged.suggested) if each.id not in skipped]
        waiting.sort(key=lambda each: each.id != last)
        if not waiting and not past.given:
            break
        verdict = view.ask(waiting[0] if waiting else None, len(waiting))
        if verdict == "u":
            taken = past.take_back({each.id: each.state for each in built.merged.known})
            if taken is None:
                view.say("There is nothing to take back.")
                continue
            id_, state = taken
            counts[state] -= counts[state] > 0
            built = decide(collection, settings, notes, {id_: SUGGESTED}, drawn)
            skipped = {each.id for each in built.merged.suggested if each.id in skipped and each.id != id_}
            last = id_
        elif verdict == "q" or not waiting:
            break
        elif verdict == "s":
            skipped.add(waiting[0].id)
        elif verdict in ("a", "e", "r"):
            id_, state = waiting[0].id, REJECTED if verdict == "r" else ACCEPTED
            past.give(id_, state)
            counts[state] += 1
            built = decide(collection, settings, notes, {id_: state}, drawn)
            if verdict == "e":
                edit(collection, id_, view)
                built = prepare(collection, settings, notes, drawn=drawn)
    waits = len(built.merged.suggested)
    return f"{counts[ACCEPTED]} accepted, {counts[REJECTED]} rejected; {waits} still wait."


REMEMBERED = 100
"""So many verdicts can be taken back."""


class Verdicts:
    """The verdicts given on a collection's suggestions, the last ones last, on disk: undo outlives the program."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.given: list[tuple[str, str]] = []
        with suppress(OSError, ValueError, TypeError):
            self.given = [(str(id_), str(state)) for id_, state in json.loads(files.read_bytes(path))]

    @classmethod
    def of(cls, work: Workplace, collection: Collection) -> Self:
        """Those of one collection; they lie in the learner's data folder."""
        return cls(work.data / "verdicts" / f"{collection.key}.json")

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
            files.private_folder(self._path.parent)
            files.write(self._path, json.dumps(self.given), private=True)


def edit(collection: Collection, id_: str, view: View) -> None:
    """Open an accepted card in the learner's editor, at its line, until what is saved is sound."""
    from dp100cards.ui.editor import editor

    tool = editor()
    if not tool:
        view.say("No editor: set EDITOR to yours.")
        return
    _, readings = read_decks(collection)
    found = next(((name, r.places[id_].line) for name, r in readings.items() if id_ in r.places), None)
    if found is None:
        return
    path, line = collection.deck_file(found[0]), found[1]
    while True:
        if trouble := view.edit(tool, path, line):
            view.say(trouble)
        problems = read_decks(collection)[1][path.stem].problems
        if not problems:
            return
        if not view.again(problems):
            raise ContentError(problems)
        line = problems[0].line or line
