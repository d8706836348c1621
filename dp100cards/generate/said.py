"""A note as words in a row, in which a quote is found again: white space and markup are nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dp100cards.clean import clean
from dp100cards.generate.words import names, stems
from dp100cards.notes.blocks import Note, read_note
from dp100cards.notes.inline import plain, sentences
from dp100cards.notes.words import NUMBERS

TOKEN = re.compile(r"(?:[<>≤≥]=?\s?|(?<![^\W_])[-−])?(?=\d)\d+(?:[.,:]\d+)*|[^\W_]+[#+]*")
"""`3.6`, `-5`, `F#` and `C++` are words; a sign of size belongs to its number."""
BULLET = re.compile(r"^[\s>]*(?:[-*+]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)?")
NUMBERING = re.compile(r"(?:^|\s)\d{1,2}[.)]\s")
ANSWERED = 0.7
"""The share of a question's words with which a statement answers it."""
CONTRAST = frozenset(
    "not no nor never unlike instead rather than vs versus but except without whereas while however cannot t".split()
)
"""A statement with one of these in front of an option does not call it right."""
CODE = re.compile(r"`([^`\n]+)`")
MOST_PLACES = 20
NEAR = 2
"""Lines before and after a quote that may support its card, besides its headings and the item above it."""


@dataclass(frozen=True)
class Place:
    """Where a quote stands: its lines, its very words, and what is around them."""

    note: str
    lines: tuple[int, int]
    quote: str
    near: str


class Said:
    """One note."""

    def __init__(self, path: str, text: str) -> None:
        self.note: Note = read_note(path, text)
        self.lines = [unmarked(line) for line in self.note.lines]
        pieces: list[str] = []
        self._at: list[int] = []
        self._tokens: list[tuple[int, int, int]] = []
        """For each word: its line from 0, and where it begins and ends in that line."""
        length = 1
        for n, line in enumerate(self.lines):
            for match in TOKEN.finditer(line):
                word = _folded(match[0])
                self._at.append(length)
                self._tokens.append((n, match.start(), match.end()))
                pieces.append(word)
                length += len(word) + 1
        self.text = f" {' '.join(pieces)} "
        self._statements: list[tuple[str, frozenset[str]]] | None = None

    def holds(self, words: Sequence[str]) -> bool:
        """Do these words stand in the note, one after the other?"""
        return f" {' '.join(words)} " in self.text

    def places(self, quote: str) -> Iterator[Place]:
        """Each place at which the very words stand."""
        words = tokens(quote)
        if not self.holds(words):
            words = tokens(NUMBERING.sub(" ", quote))
        wanted = f" {' '.join(words)} "
        at, found = self.text.find(wanted) if len(words) > 1 else -1, 0
        while at >= 0 and found < MOST_PLACES:
            first = bisect_right(self._at, at + 1) - 1
            yield self._place(first, first + len(words) - 1)
            found += 1
            at = self.text.find(wanted, at + 1)

    def _place(self, first: int, last: int) -> Place:
        top, start, _ = self._tokens[first]
        bottom, _, end = self._tokens[last]
        parts = [self.lines[n] for n in range(top, bottom + 1)]
        parts[-1] = parts[-1][: end + len(re.match(r"[^\w\s]*", parts[-1][end:])[0])]  # type: ignore[index]
        parts[0] = parts[0][start:]
        around = self.lines[max(0, top - NEAR) : bottom + 1 + NEAR]
        near = "\n".join([*self._above(top), *around])
        return Place(self.note.path, (top + 1, bottom + 1), " ".join(filter(None, parts)), near)

    def _above(self, line: int) -> list[str]:
        """The headings over a line, the items that it is nested in, and the head of its table."""
        section = [each for each in self.note.sections if each.line <= line + 1][-1]
        raw, found = self.note.lines, list(section.headings)
        depth, n = len(raw[line]) - len(raw[line].lstrip()), line
        while depth and n > section.line:
            n -= 1
            indent = len(raw[n]) - len(raw[n].lstrip())
            if raw[n].strip() and indent < depth:
                found.append(self.lines[n])
                depth = indent
        if raw[line].lstrip().startswith("|"):
            while n > 0 and raw[n - 1].lstrip().startswith("|"):
                n -= 1
            found.append(self.lines[n])
        return found

    def replaced(self, place: Place) -> bool:
        """Does a line `> Today: …` under the words say what is true in their place?"""
        following = (line.strip() for line in self.note.lines[place.lines[1] :])
        return bool(re.match(r">\s*Today\b[^:]*:", next(filter(None, following), "")))

    @property
    def statements(self) -> list[tuple[str, frozenset[str]]]:
        """The sentences of the note in words, with their stems and those of the headings above them."""
        if self._statements is None:
            self._statements = []
            for section, following in zip(self.note.sections, [*self.note.sections[1:], None], strict=True):
                last = following.line - 1 if following else len(self.lines)
                above = roots(" ".join(section.headings))
                for line in self.lines[section.line - 1 : last]:
                    for sentence in sentences(line):
                        self._statements.append((f" {' '.join(tokens(sentence))} ", roots(sentence) | above))
        return self._statements

    def states(self, text: str) -> bool:
        """Does one statement have all these words?"""
        return any(roots(text) <= held for _, held in self.statements)

    def answers(self, question: frozenset[str], option: str) -> bool:
        """Does a statement with this option, in folded words, answer a question of these words?"""
        for text, held in self.statements if self.holds(option.split()) else ():
            before, found, _ = text.partition(f" {option} ")
            asked = found and len(question & held) >= ANSWERED * len(question)
            if asked and not CONTRAST.intersection(before.split()[-4:]):
                return True
        return False


def unmarked(line: str) -> str:
    """A line of a note without its markup, and without the mark of a heading, a quote or a list."""
    return plain(BULLET.sub("", clean(line), count=1))


def tokens(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return [_folded(match[0]) for match in TOKEN.finditer(plain(clean(text)))]


def roots(text: str) -> frozenset[str]:
    """The stems of the words that say something."""
    return stems(" ".join(tokens(text)))


def _folded(word: str) -> str:
    return re.sub(r"\s", "", word).replace("−", "-").casefold()


def among(words: frozenset[str], word: str) -> bool:
    """Is a word one of these, but for a slip of the pen?"""
    slips = (one for one in words if len(one) > 4) if len(word) > 4 and word.isalpha() else ()
    return word in words or any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in slips)


def lost_number(text: str, near: str) -> str:
    """A number in a text that is not in the words around its quote."""
    words = set(tokens(near))
    words |= {str(number) for word, number in NUMBERS.items() if word in words}
    return next((word for word in tokens(text) if word[-1].isdigit() and word not in words), "")


def lost_name(text: str, near: str) -> str:
    """A number, a name or code in a text that is not in the words around its quote."""
    row, low = f" {' '.join(tokens(near))} ", near.casefold()
    lost = [code for code in CODE.findall(text) if f" {' '.join(tokens(code))} " not in row]
    return (
        lost_number(text, near)
        or next(iter(lost), "")
        or next((n for n in sorted(names(text)) if n not in low), "")
    )
