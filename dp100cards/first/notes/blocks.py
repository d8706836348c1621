"""What Markdown is made of, as far as notes need it: texts with the way back to their lines, blocks, sections."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Text:
    """An inline text: its plain words, and the way back to the note."""

    plain: str
    raw: str
    offsets: tuple[int, ...]
    """For each letter of `plain`, where it stands in `raw`."""
    line: int
    """The line in the note, from 1, where `raw` begins."""
    bold: tuple[tuple[int, int], ...] = ()
    """Spans of `plain` that are bold."""
    code: tuple[tuple[int, int], ...] = ()
    """Spans of `plain` that are code, with their backticks."""

    def part(self, start: int, end: int) -> Text:
        """A part of the text, by letters of `plain`, with the spaces around it gone."""
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        return Text(
            self.plain[start:end],
            self.raw,
            self.offsets[start:end],
            self.line,
            _within(self.bold, start, end),
            _within(self.code, start, end),
        )

    @property
    def quote(self) -> str:
        """The raw words, on one line."""
        if not self.offsets:
            return ""
        first, last = self._ends()
        return " ".join(self.raw[first:last].split())

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line in the note, from 1."""
        if not self.offsets:
            return self.line, self.line
        breaks = _breaks(self.raw)
        if not breaks:
            return self.line, self.line
        first, last = self._ends()
        return self.line + bisect_left(breaks, first), self.line + bisect_left(breaks, last)

    def _ends(self) -> tuple[int, int]:
        """Where the words begin and end in `raw`, marks of emphasis that touch them included."""
        first, last = self.offsets[0], self.offsets[-1] + 1
        while first and self.raw[first - 1] in "*_`":
            first -= 1
        while last < len(self.raw) and self.raw[last] in "*_`":
            last += 1
        return first, last


@lru_cache(maxsize=16)
def _breaks(raw: str) -> list[int]:
    """Where the lines of a raw text end: the sentences of a long paragraph would count them again and again."""
    return [found.start() for found in re.finditer("\n", raw)]


def _within(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The spans as they lie between two letters, counted from the first; they are in the order of the text."""
    if not spans:
        return ()
    near = spans[max(0, bisect_left(spans, (start,)) - 1) : bisect_left(spans, (end,))]
    kept = [(max(a, start) - start, min(b, end) - start) for a, b in near]
    return tuple([(a, b) for a, b in kept if a < b])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, hard-wrapped lines joined."""

    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its own text first, then what is nested in it."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> Text | None:
        """The item's own text, if it begins with one."""
        first = self.blocks[0] if self.blocks else None
        return first.text if isinstance(first, Paragraph) else None

    @property
    def below(self) -> tuple[Block, ...]:
        """What is nested in the item."""
        return self.blocks[1:] if self.text else self.blocks


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    items: tuple[Item, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header and its rows, each as long as the header."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code."""

    language: str
    code: str
    lines: tuple[int, int]


Block = Paragraph | Bullets | Table | Quote | Fence


@dataclass(slots=True)
class Section:
    """A heading and the blocks under it, up to the next heading. The text before the first heading has no title."""

    path: tuple[str, ...]
    """The titles above it, outermost first, its own last; empty before the first heading."""
    line: int
    words: Text | None = None
    """The heading, with the way back to the note; None before the first heading."""
    blocks: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its own title, or nothing."""
        return self.path[-1] if self.path else ""
