"""What the notes say, found again: the words of a card in them, and the statements that no card asks for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from dp100cards.cards import Card, Source
from dp100cards.generate.draft import Statement
from dp100cards.generate.said import unmarked
from dp100cards.notes.inline import sentences

LONGEST = 300
"""Letters of a quote that is taken from its lines."""
_WORDS = re.compile(r"\w+")


def _plain(text: str) -> str:
    """The words alone, a blank around each: marks, numbering and line breaks are nothing."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    return text.split("\n")  # once a note: a long one has thousands of statements


def verbatim(text: str, lines: tuple[int, int], quote: str) -> str:
    """The quote, if these lines of a note have its very words; else what they say, as far as it is short."""
    said = _lines(text)[lines[0] - 1 : lines[1]]
    if _plain(quote) in _plain(" ".join(said)):
        return quote
    whole = " ".join(stripped for line in said if (stripped := line.strip(" \t>*+-|")))
    return whole if len(whole) <= LONGEST else whole[: whole.rfind(" ", 0, LONGEST)]


class Stated:
    """The words of all notes, in which a quote is found again. Most builds never look."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes
        self._read: dict[str, tuple[str, list[int]]] = {}

    def find(self, source: Source) -> Source | None:
        """Where the very words are now: in their own note if they can be, there near where they were."""
        quote = _plain(source.quote)
        if not quote.strip():
            return None
        for name in sorted(self._notes, key=lambda name: (name != source.note, name)):
            text, starts = self._words(name)
            places: list[tuple[int, int]] = []
            at = text.find(quote)
            while at >= 0 and len(places) < 100:
                places.append((bisect_right(starts, at), bisect_right(starts, at + len(quote) - 2)))
                at = text.find(quote, at + 1)
            if places:
                lines = min(places, key=lambda each: abs(each[0] - source.lines[0]))
                return replace(source, note=name, lines=lines)
        return None

    def _words(self, name: str) -> tuple[str, list[int]]:
        """A note's words, and for each of its lines where its first word begins in them."""
        if name not in self._read:
            pieces, starts, length = [" "], [], 0
            for line in self._notes[name].split("\n"):
                starts.append(length)
                words = _plain(line)[1:]
                if words.strip():
                    pieces.append(words)
                    length += len(words)
            self._read[name] = "".join(pieces), starts
        return self._read[name]


def uncovered(statements: Sequence[Statement], cards: Iterable[Card]) -> list[Source]:
    """The statements that no card quotes, whole or in part."""
    by_line: dict[tuple[str, int], list[str]] = defaultdict(list)
    quotes: set[str] = set()
    for card in cards:
        if card.source and card.source.note:
            quote = _plain(card.source.quote)
            quotes.add(quote)
            first, last = card.source.lines
            for line in range(first, min(last, first + 200) + 1):
                by_line[card.source.note, line].append(quote)
    found = []
    for source in (each.source for each in statements):
        said = _plain(source.quote)
        near = (
            quote
            for line in range(source.lines[0], min(source.lines[1], source.lines[0] + 200) + 1)
            for quote in by_line[source.note, line]
        )
        if said not in quotes and not any(said in quote or quote in said for quote in near):
            found.append(source)
    return found


def by_sentence(statements: Iterable[Statement], notes: Mapping[str, str]) -> list[Statement]:
    """Statements sentence by sentence: one card of a long item does not cover all that it says.

    Lines that all begin with a capital are no wrapped prose: each says something for itself.
    """
    found: dict[Source, None] = {}
    lines = {path: [unmarked(line) for line in text.splitlines()] for path, text in notes.items()}
    for source in (each.source for each in statements):
        first, last = source.lines
        own = [
            (n, line) for n, line in enumerate(lines.get(source.note, [])[first - 1 : last], first) if line
        ]
        parts = [(source.lines, source.quote)]
        if len(own) > 1 and all(line[0].isupper() or line[0].isdigit() for _, line in own):
            parts = [((n, n), line) for n, line in own if line in source.quote]
        for place, text in parts:
            found |= {replace(source, lines=place, quote=sentence): None for sentence in sentences(text)}
    return [Statement(source) for source in found]
