"""Words as they are compared, and where in the notes they stand.

A word is known by its stem; a quote by its words alone: white space, markup and line breaks are nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import accumulate

import snowballstemmer
from rapidfuzz.distance import OSA

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Order,
    Source,
    Statements,
    gaps,
)
from dp100cards.clean import clean
from dp100cards.notes.blocks import Note, read_note
from dp100cards.notes.inline import plain, sentences
from dp100cards.notes.words import LISTS, NUMBERS

WORD = re.compile(r"[^\W_]+(?:[#+]+|(?:['’.][^\W_]+)*)")
"""`F#`, `C++`, `3.6` and `score.py` are words."""
_MARKS = re.compile(r"[`*_“”\"]")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<![.!?:]\s)(?<![\n\t“])(?<!^)\b([A-Z][\w#+]*)|\b([a-z]+[A-Z]\w*|[A-Z]{2,}\w*)")
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending: "stores", "storing" and "stored" share "store"."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    return str(_stemmer.stemWord(word)) if len(word) > 3 and word.isalpha() else word


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that say something."""
    words = (word.casefold() for word in WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in LISTS["stop words"])


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A text without case, spacing, Markdown's marks and a full stop at the end."""
    return " ".join(_MARKS.sub("", text).casefold().split()).rstrip(".")


@lru_cache(maxsize=16384)
def masked(text: str) -> str:
    return _NUMBER.sub("0", fold(text))


@lru_cache(maxsize=16384)
def numbers(text: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(text))


@lru_cache(maxsize=16384)
def names(text: str) -> frozenset[str]:
    """The words of a text that are names: with a capital, where no sentence begins, or inside."""
    return frozenset(word.casefold().rstrip("s") for pair in _NAME.findall(text) for word in pair if word)


def answer_text(card: Card) -> str:
    """The right answer as text, for comparing; the order of options is left out."""
    match card:
        case Basic(answer=answer):
            return answer
        case Choice(options=options) | Multiple(options=options):
            return "\n".join(sorted(option.text for option in options if option.right))
        case Order(items=items):
            return "\n".join(items)
        case Match(pairs=pairs):
            return "\n".join(f"{pair.left}\t{pair.right}" for pair in pairs)
        case Statements(statements=statements):
            return "\n".join(f"{each.text}\t{each.right}" for each in statements)
        case Cloze(ask=text) | Code(code=text):
            return "\n".join(gaps(text))
    raise TypeError(f"no such kind of card: {card!r}")


# Where in the notes a quote stands, and which statements no card quotes

LONGEST = 300
"""Letters of a quote that is taken from its lines."""
_WORDS = re.compile(r"\w+")


def _bare(text: str) -> str:
    """The words alone, a blank around each: marks, numbering and line breaks are nothing."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    return text.split("\n")  # once a note: a long one has thousands of statements


def verbatim(text: str, lines: tuple[int, int], quote: str) -> str:
    """The quote, if these lines of a note have its very words; else what they say, as far as it is short."""
    said = _lines(text)[lines[0] - 1 : lines[1]]
    if _bare(quote) in _bare(" ".join(said)):
        return quote
    whole = " ".join(stripped for line in said if (stripped := line.strip(" \t>*+-|")))
    return whole if len(whole) <= LONGEST else whole[: whole.rfind(" ", 0, LONGEST)]


class Stated:
    """The words of all notes, in which a quote is found again. Most builds never look."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes
        self._said: dict[str, Said] = {}

    def find(self, source: Source) -> Source | None:
        """Where the very words are now: in their own note if they can be, there near where they were."""
        for name in sorted(self._notes, key=lambda name: (name != source.note, name)):
            if name not in self._said:
                self._said[name] = Said(name, self._notes[name])
            if lines := [place.lines for place, _ in self._said[name].places(source.quote)]:
                nearest = min(lines, key=lambda each: abs(each[0] - source.lines[0]))
                return replace(source, note=name, lines=nearest)
        return None


def uncovered(statements: Sequence[Source], cards: Iterable[Card]) -> list[Source]:
    """The statements that no card quotes, whole or in part."""
    by_line: dict[tuple[str, int], list[str]] = defaultdict(list)
    quotes: set[str] = set()
    for card in cards:
        if card.source and card.source.note:
            quote = _bare(card.source.quote)
            quotes.add(quote)
            for line in _lines_of(card.source):
                by_line[card.source.note, line].append(quote)
    found = []
    for each in statements:
        said = _bare(each.quote)
        near = (quote for line in _lines_of(each) for quote in by_line[each.note, line])
        if said not in quotes and not any(said in quote or quote in said for quote in near):
            found.append(each)
    return found


def _lines_of(source: Source) -> range:
    first, last = source.lines
    return range(first, min(last, first + 200) + 1)


def by_sentence(statements: Iterable[Source], notes: Mapping[str, str]) -> list[Source]:
    """Statements sentence by sentence: one card of a long item does not cover all that it says.

    Lines that all begin with a capital are no wrapped prose: each says something for itself.
    """
    found: dict[Source, None] = {}
    lines = {path: [unmarked(line) for line in text.splitlines()] for path, text in notes.items()}
    for each in statements:
        first, last = each.lines
        own = [(n, line) for n, line in enumerate(lines.get(each.note, [])[first - 1 : last], first) if line]
        parts = [(each.lines, each.quote)]
        if len(own) > 1 and all(line[0].isupper() or line[0].isdigit() for _, line in own):
            parts = [((n, n), line) for n, line in own if line in each.quote]
        for place, text in parts:
            found |= {replace(each, lines=place, quote=sentence): None for sentence in sentences(text)}
    return list(found)


# The words of one note

TOKEN = re.compile(r"(?:[<>≤≥]=?\s?|(?<![^\W_])[-−])?(?=\d)\d+(?:[.,:]\d+)*|[^\W_]+[#+]*")
"""`3.6`, `-5`, `F#` and `C++` are words; a sign of size belongs to its number."""
BULLET = re.compile(r"^[\s>]*(?:[-*+]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)?")
NUMBERING = re.compile(r"(?:^|\s)\d{1,2}[.)]\s")
ANSWERED = 0.7
"""The share of a question's words with which a statement answers it."""
CODE = re.compile(r"`([^`\n]+)`")
MOST_PLACES = 20
NEAR = 2
"""Lines before and after a quote that may support its card, besides its headings and the item above it."""


class Said:
    """What one note says, word for word: the places of a quote, and what is stated around it."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.whole = path, text
        self.lines = [unmarked(line) for line in _lines(text)]
        self._tokens = [(n, found) for n, line in enumerate(self.lines) for found in TOKEN.finditer(line)]
        """Each word, and its line from 0."""
        words = [_folded(found[0]) for _, found in self._tokens]
        self._at = [*accumulate((len(word) + 1 for word in words), initial=1)][:-1]
        self.text = f" {' '.join(words)} "

    @cached_property
    def note(self) -> Note:
        return read_note(self.path, self.whole)

    def holds(self, words: Sequence[str]) -> bool:
        """Do these words stand in the note, one after the other?"""
        return f" {' '.join(words)} " in self.text

    def places(self, quote: str) -> Iterator[tuple[Source, str]]:
        """Each place at which the very words of a quote stand, and what is around it."""
        words = tokens(quote)
        if not self.holds(words):
            words = tokens(NUMBERING.sub(" ", quote))
        wanted = f" {' '.join(words)} "
        at, found = self.text.find(wanted) if words else -1, 0
        while at >= 0 and found < MOST_PLACES:
            first = bisect_right(self._at, at + 1) - 1
            yield self._place(first, first + len(words) - 1)
            found += 1
            at = self.text.find(wanted, at + 1)

    def _place(self, first: int, last: int) -> tuple[Source, str]:
        (top, start), (bottom, end) = self._tokens[first], self._tokens[last]
        parts = self.lines[top : bottom + 1]
        parts[-1] = parts[-1][: end.end() + len(re.match(r"[^\w\s]*", parts[-1][end.end() :])[0])]  # type: ignore[index]
        parts[0] = parts[0][start.start() :]
        around = self.lines[max(0, top - NEAR) : bottom + 1 + NEAR]
        near = "\n".join([*self._above(top), *around])
        quote = " ".join(filter(None, parts))
        return Source(self.path, (top + 1, bottom + 1), quote), f"{near}\n{quote}"

    def _above(self, line: int) -> list[str]:
        """The headings over a line, the items that it is nested in, and the head of its table."""
        section = [each for each in self.note.sections if each.line <= line + 1][-1]
        blocks = (block for top in section.blocks for block in top.walk() if block.kind in ("item", "table"))
        return [*section.headings, *(self.lines[b.first - 1] for b in blocks if b.first <= line < b.last)]

    def replaced(self, source: Source) -> bool:
        """Does a line `> Today: …` under the words say what is true in their place?"""
        following = (line.strip() for line in self.note.lines[source.lines[1] :])
        return bool(re.match(r">\s*Today\b[^:]*:", next(filter(None, following), "")))

    @cached_property
    def statements(self) -> list[tuple[str, frozenset[str]]]:
        """The sentences of the note in words, with their stems and those of the headings above them."""
        found = []
        for section, following in zip(self.note.sections, [*self.note.sections[1:], None], strict=True):
            last = following.line - 1 if following else len(self.lines)
            above = roots(" ".join(section.headings))
            for line in self.lines[section.line - 1 : last]:
                found += [(f" {' '.join(tokens(each))} ", roots(each) | above) for each in sentences(line)]
        return found

    def states(self, text: str) -> bool:
        """Does one statement have all these words?"""
        return any(roots(text) <= held for _, held in self.statements)

    def answers(self, question: frozenset[str], option: str) -> bool:
        """Does a statement with this option, in folded words, answer a question of these words?"""
        for text, held in self.statements if self.holds(option.split()) else ():
            before, found, _ = text.partition(f" {option} ")
            asked = found and len(question & held) >= ANSWERED * len(question)
            if asked and not LISTS["contrast"].intersection(before.split()[-4:]):
                return True
        return False


def unmarked(line: str) -> str:
    """A line of a note without its markup, and without the mark of a heading, a quote or a list."""
    return plain(BULLET.sub("", clean(line), count=1))


def tokens(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return [_folded(match[0]) for match in TOKEN.finditer(plain(clean(text)))]


@lru_cache(maxsize=16384)
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
    return lost_number(text, near) or next(
        (n for n in [*lost, *sorted(names(text))] if n in lost or n not in low), ""
    )
