"""The words that a question names as its proof: `Source: lecture.md:12 "the very words"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dp100cards.cards import Source
from dp100cards.notes.blocks import Block, Note, Section
from dp100cards.notes.inline import flow

CITED = re.compile(
    r"(?:\A|\n)[ \t]*(?:\*\*|__)?Sources?(?:\*\*|__)?\s*:(?:\*\*|__)?\s*"
    r"(?:(?P<note>[^\"“”\n:]+\.(?:md|markdown))(?::(?P<first>\d{1,6})(?:[-–](?P<last>\d{1,6}))?)?:?\s*)?"
    r"(?P<quote>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
MARKS = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("`", "`"))


@dataclass(frozen=True)
class Citation:
    """One line `Source: …`, where it stands."""

    section: Section
    line: int
    source: Source


def take_citations(note: Note, *, loose: bool = False) -> list[Citation]:
    """Take the lines `Source: …` that quote a note off its blocks. With `loose` they need not name the note."""
    found: list[Citation] = []
    for section in note.sections:
        for block in _paragraphs(section.blocks):
            match = CITED.search(block.text) if "ource" in block.text else None
            if not match or not (loose or match["note"]):
                continue
            quote = flow(match["quote"]).replace("\n", " ")
            marked = any(quote.startswith(a) and quote.rstrip(".").endswith(b) for a, b in MARKS)
            if not marked and not loose:
                continue
            first = int(match["first"] or 0)
            path = (match["note"] or "").strip().removeprefix("notes/")
            source = Source(
                path, (first, int(match["last"] or first)), quote.rstrip(".")[1:-1] if marked else quote
            )
            line = block.first + block.text[: match.start() + 1].count("\n")
            found.append(Citation(section, line, source))
            block.text = block.text[: match.start()].rstrip()
            block.last = max(block.first, line - 1)
        section.blocks[:] = [block for block in section.blocks if block.kind != "paragraph" or block.text]
    return found


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Block]:
    """The paragraphs among these blocks, and those that a list's last item drew in for want of a blank line."""
    for block in blocks:
        for each in block.walk():
            if each.kind == "paragraph":
                yield each


def citation_of(
    citations: Sequence[Citation], section: Section, first: int, following: int
) -> Citation | None:
    """The citation of a question that begins in this line: the next one, before another question begins."""
    return next(
        (each for each in citations if each.section is section and first < each.line < following), None
    )
