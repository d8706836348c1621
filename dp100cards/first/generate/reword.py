"""A card whose sentence was reworded lightly, where no rule makes the card anew: the card follows the words.

Light is what changes a word or two and nothing that could turn the fact: no number, no name, no "not". What cannot be
followed to the letter is not followed: then the card is retired, and its sentence gives what cards it gives.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property, partial

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Source,
    Statements,
)
from dp100cards.first.generate.stems import stem, stems

MOST_CHANGED = 3
"""Words that a light rewording changes at most, and never more than a third of them."""

LOOKED_AT = 40
"""Statements that are compared with a card's words, at most: those that share its rarest words."""

_WORD = re.compile(r"[^\W_]+(?:['’.\-+#][^\W_]+)*[+#]*")
_TURNING = frozenset(
    "not no never none nor neither without only unless except cannot isn't aren't don't doesn't can't won't shouldn't "
    "before after more less fewer most least all any some must may always minimum maximum first last".split()
)


class Stated:
    """What the notes state now, to be found by words that are nearly the same. Most builds never look."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._given = sources

    @cached_property
    def sources(self) -> list[Source]:
        """Each once."""
        return list({(s.note, s.lines, s.quote): s for s in self._given}.values())

    @cached_property
    def _exact(self) -> dict[str, list[Source]]:
        found: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources:
            found[fold(source.quote)].append(source)
        return found

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for n, source in enumerate(self.sources):
            for word in set(_folded(source.quote)):
                found[word].append(n)
        return found

    def exactly(self, source: Source) -> Source | None:
        """Where the very words stand now, nearest to where they stood."""
        found = self._exact.get(fold(source.quote), [])
        return min(found, key=lambda each: _apart(source, each)) if found else None

    def nearly(self, source: Source, taken: frozenset[str]) -> Source | None:
        """Where the words stand lightly reworded; `taken` are words that were in the notes before."""
        rarest = sorted(set(_folded(source.quote)), key=lambda word: (len(self._holding.get(word, ())), word))
        places: Counter[int] = Counter()
        for word in rarest:
            holding = self._holding.get(word, ())
            if len(holding) <= LOOKED_AT:
                places.update(holding)
        candidates = [self.sources[n] for n, _ in places.most_common(LOOKED_AT)]
        light = [
            (len(found), _apart(source, each), each.lines, each)
            for each in candidates
            if fold(each.quote) not in taken and (found := changes(source.quote, each.quote)) is not None
        ]
        return min(light, key=lambda one: one[:3])[3] if light else None


def fold(text: str) -> str:
    """Text without case and spacing."""
    return " ".join(text.casefold().split())


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _apart(one: Source, two: Source) -> int:
    return abs(one.lines[0] - two.lines[0]) if one.note == two.note else 100_000


def changes(old: str, new: str) -> list[tuple[str, str]] | None:
    """The words that differ, old and new ("" where one was added or left out); None if that is more than light."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not before or abs(len(before) - len(after)) > MOST_CHANGED:
        return None
    found: list[tuple[str, str]] = []
    count = 0
    matcher = SequenceMatcher(
        None, [w.casefold() for w in before], [w.casefold() for w in after], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        one, two = before[a:b], after[c:d]
        begins = a == 0 and len(one) == len(two) == 1 and _slip(one[0], two[0])
        if any(_turns(word) for word in (*one, *two)) and not begins:
            return None
        if len(one) != len(two) and one and two:
            found.append((" ".join(one), " ".join(two)))
        else:
            found += [(one[n] if one else "", two[n] if two else "") for n in range(max(len(one), len(two)))]
        count += max(len(one), len(two))
        if count > MOST_CHANGED or 3 * count > len(before):
            return None
    return found


def _turns(word: str) -> bool:
    """Could a sentence with this word say something else than without it: a number, a name, a "not"?"""
    return bool(re.search(r"\d", word)) or word.casefold() in _TURNING or word != word.lower()


def follow(card: Card, source: Source) -> Card | None:
    """The card with the words of its sentence as they are now; None if the card cannot follow them."""
    found = changes(card.source.quote, source.quote) if card.source else None
    if found is None:
        return None
    followed = card
    for old, new in found:
        told = _told(followed)
        if not old:
            continue
        if not new:
            if {stem(w) for w in _WORD.findall(old)} & stems(told):
                return None
            continue
        for one, other in _forms(old, new):
            pattern = re.compile(rf"(?<![\w-]){re.escape(one)}(?![\w-])", re.IGNORECASE)
            followed = _with(followed, partial(pattern.sub, partial(_like, other)))
        if not _slip(old, new) and ({stem(w) for w in _WORD.findall(old)} - stems(new)) & stems(
            _told(followed)
        ):
            return None  # it stands there in another form, which nothing here can put right
    return replace(followed, source=source)


def _slip(old: str, new: str) -> bool:
    """Is it one word, mistyped or mended?"""
    from rapidfuzz.distance import OSA

    return min(len(old), len(new)) >= 5 and OSA.distance(old.casefold(), new.casefold()) <= 2


def _forms(old: str, new: str) -> list[tuple[str, str]]:
    """The two words, and without the ending of the third person or the plural: a question says "run" for "runs"."""
    both = old[-1:] == new[-1:] == "s" and min(len(old), len(new)) > 3
    return [(old, new), (old[:-1], new[:-1])] if both else [(old, new)]


def _like(new: str, found: re.Match[str]) -> str:
    return new[:1].upper() + new[1:] if found[0][:1].isupper() else new[:1].lower() + new[1:]


def _told(card: Card) -> str:
    """All the words that the card says are so."""
    said: list[str] = []

    def heard(text: str) -> str:
        said.append(text)
        return text

    _with(card, heard)
    return "\n".join(said)


def _with(card: Card, change: Callable[[str], str]) -> Card:
    """The card with its question and its right answers changed; wrong options are of other sentences."""

    def right(options: Sequence[Option]) -> tuple[Option, ...]:
        return tuple(replace(o, text=change(o.text)) if o.right else o for o in options)

    card = replace(card, ask=change(card.ask))
    match card:
        case Basic():
            return replace(card, answer=change(card.answer))
        case Choice() | Multiple():
            return replace(card, options=right(card.options))
        case Statements():
            return replace(card, statements=right(card.statements))
        case Order():
            return replace(card, items=tuple(change(item) for item in card.items))
        case Match():
            return replace(card, pairs=tuple(Pair(change(p.left), change(p.right)) for p in card.pairs))
        case Cloze():
            return card
    return card
