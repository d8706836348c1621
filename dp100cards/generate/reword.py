"""A card whose sentence was reworded lightly, where nothing makes the card anew: the card follows the words.

Light is what changes a word or two and nothing that could turn the fact: no number, no name, no "not". A card that
cannot follow to the letter is not kept this way.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial

from rapidfuzz.distance import OSA

from dp100cards.cards import Basic, Card, Choice, Match, Multiple, Order, Pair, Source, Statements
from dp100cards.generate.words import WORD, fold, stem, stems

MOST_CHANGED = 3
"""Words that a light rewording changes at most, and never more than a third of them."""
LOOKED_AT = 40
"""Statements that are compared with a card's words, at most: those that share its rarest words."""
_TURNING = frozenset(
    "not no never none nor neither without only unless except cannot isn't aren't don't doesn't can't won't shouldn't"
    " before after more less fewer most least all any some must may always minimum maximum first last".split()
)


class Reworded:
    """Statements of the notes, to be found by words that are nearly the same. Most builds never look."""

    def __init__(self, sources: Iterable[Source], taken: Iterable[str]) -> None:
        before = set(map(fold, taken))
        each = (replace(s, quote=quote) for s in sources for quote in _wholes(s.quote))
        self._sources = [source for source in each if fold(source.quote) not in before]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for n, source in enumerate(self._sources):
            for word in set(fold(source.quote).split()):
                self._holding[word].append(n)

    def follow(self, card: Card) -> Card | None:
        """The card as the notes would have it now, where they say the same in nearly the same words."""
        source = card.source
        if source is None:
            return None
        shared: Counter[int] = Counter()
        for word in set(fold(source.quote).split()):
            if len(held := self._holding.get(word, ())) <= LOOKED_AT:
                shared.update(held)
        light = []
        for n, _ in shared.most_common(LOOKED_AT):
            other = self._sources[n]
            if (found := _changes(source.quote, other.quote)) is not None:
                light.append((len(found), other.note != source.note, other.lines, other.quote, found, other))
        if not light:
            return None
        *_, found, other = min(light, key=lambda one: one[:4])
        followed = _followed(card, found)
        source = replace(source, note=other.note, lines=other.lines, quote=other.quote)
        return replace(followed, source=source) if followed else None


def _wholes(text: str) -> set[str]:
    """A statement, and each of its sentences."""
    return {text, *re.split(r"(?<=[.!?])\s+", text)}


def _changes(old: str, new: str) -> list[tuple[str, str]] | None:
    """The words that differ, old and new ("" where one was added or left out); None if that is more than light."""
    before, after = WORD.findall(old), WORD.findall(new)
    if not before or abs(len(before) - len(after)) > MOST_CHANGED:
        return None
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(
        None, [w.casefold() for w in before], [w.casefold() for w in after], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        one, two = before[a:b], after[c:d]
        if kind == "equal":
            continue
        first = a == 0 and len(one) == len(two) == 1 and _slip(one[0], two[0])
        if not first and any(
            word != word.lower() or word in _TURNING or any(map(str.isdigit, word)) for word in (*one, *two)
        ):
            return None
        if one and two and len(one) != len(two):
            found.append((" ".join(one), " ".join(two)))
        else:
            found += [(one[n] if one else "", two[n] if two else "") for n in range(max(len(one), len(two)))]
    count = sum(max(len(one.split()), len(two.split())) for one, two in found)
    return found if count <= MOST_CHANGED and 3 * count <= len(before) else None


def _slip(old: str, new: str) -> bool:
    """Is it one word, mistyped or mended?"""
    return min(len(old), len(new)) >= 5 and OSA.distance(old.casefold(), new.casefold()) <= 2


def _followed(card: Card, found: list[tuple[str, str]]) -> Card | None:
    """The card with the changed words of its sentence; None if it cannot follow them."""
    for old, new in found:
        told = _told(card)
        if not new and {stem(word) for word in WORD.findall(old)} & stems(told):
            return None
        if not old or not new:
            continue
        forms = [(old, new)]
        if old[-1] == new[-1] == "s" and min(len(old), len(new)) > 3:
            forms.append((old[:-1], new[:-1]))  # a question says "run" for "runs"
        for one, other in forms:
            pattern = re.compile(rf"(?<![\w-]){re.escape(one)}(?![\w-])", re.IGNORECASE)
            card = _with(card, partial(pattern.sub, partial(_like, other)))
        if not _slip(old, new) and ({stem(word) for word in WORD.findall(old)} - stems(new)) & stems(
            _told(card)
        ):
            return None  # it is there in another form, which nothing here can put right
    return card


def _like(new: str, found: re.Match[str]) -> str:
    return (new[:1].upper() if found[0][:1].isupper() else new[:1].lower()) + new[1:]


def _told(card: Card) -> str:
    """All the words that the card says are so."""
    said: list[str] = []
    _with(card, lambda text: said.append(text) or text)  # type: ignore[func-returns-value]
    return "\n".join(said)


def _with(card: Card, change: Callable[[str], str]) -> Card:
    """The card with its question and its right answers changed; wrong options are of other sentences."""
    card = replace(card, ask=change(card.ask))
    match card:
        case Basic():
            return replace(card, answer=change(card.answer))
        case Choice() | Multiple():
            return replace(
                card, options=tuple(replace(o, text=change(o.text)) if o.right else o for o in card.options)
            )
        case Statements():
            told = (replace(o, text=change(o.text)) if o.right else o for o in card.statements)
            return replace(card, statements=tuple(told))
        case Order():
            return replace(card, items=tuple(map(change, card.items)))
        case Match():
            return replace(card, pairs=tuple(Pair(change(p.left), change(p.right)) for p in card.pairs))
    return card
