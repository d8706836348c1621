"""Which draft is which card of before: ids live as long as their facts, whatever becomes of the words.

Drafts and known cards are matched one to one: what is the same to the letter first, then the surest pairs of what asks
the same, means the same or is alike. A doubtful match is none: a new card is better than somebody else's history.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import count
from operator import attrgetter

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio, token_sort_ratio

from dp100cards.cards import Card, Source
from dp100cards.generate.draft import EXPLICIT, id_from
from dp100cards.generate.words import WORD, answer_text, fold, masked, names, numbers, stems
from dp100cards.notes.blocks import Lines
from dp100cards.notes.inline import sentences
from dp100cards.notes.words import LISTS

HERE, KEPT, DELETED, REJECTED, RETIRED = STATES = ("", "kept", "deleted", "rejected", "retired")
"""In its deck; in its deck because a person edited it, though its fact is gone; taken out by a person; rejected by a
person; its fact is gone from the notes."""
AWAY = frozenset([DELETED, REJECTED])

PLACE = re.compile(r"\A[^:?“]{1,120}: (?=(?:what|wh(?:ere|en|ich|o)|how|for|match)\b)")
"""The heading that a question names as its place: it may change when a section is moved or renamed."""
ALIKE = 0.62
"""From this likeness on, two cards are one card reworded; any limit from 0.5 to 0.8 did as well in simulated edits."""
FAR, ANOTHER_NOTE = 400, 300
"""Lines between two places that are too far apart for likeness, and what another note counts as."""
COMPARED = 40
"""A word that so many cards hold is not rare, and only so many candidates are compared with one card."""
MOST_CHANGED = 3  # words that a light rewording changes at most, and never more than a third of them


@dataclass(frozen=True, slots=True)
class Known:
    """A card that was given an id, ever, as it was generated the last time, and what became of it; or a new draft."""

    card: Card
    template: str
    concept: str = ""
    key: str = ""  # what `semantic_key` gave
    state: str = HERE
    changed: str = ""  # what the answer was before the notes changed it
    mine: Card | None = None  # the card as a person had edited it, if it was rejected after that

    @property
    def id(self) -> str:
        return self.card.id


def semantic_key(card: Card, template: str, concept: str) -> str:
    """What stays the same of a card when its sentence is reworded, as a short hash.

    Kind, template, concept and the answer's stems; where the answer is short, or the question a person's own, the
    question's stems too, so that siblings with an equal answer have different keys.
    """
    answer = stems(answer_text(card))
    asked = stems(card.ask) if len(answer) < 3 or template == EXPLICIT else frozenset[str]()
    parts = (card.kind, template, *(" ".join(sorted(part)) for part in (stems(concept), answer, asked)))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def mint(draft: Known, deck: str, taken: set[str]) -> str:
    """A new id that no card ever had; it is added to `taken`. Minted once, then kept: never computed again."""
    card = draft.card
    quote = fold(card.source.quote) if card.source else ""
    seed = "\n".join([deck, card.kind, draft.template, draft.concept, quote, card.ask])
    id_ = next(made for n in count() if (made := id_from(deck, f"{seed}\n{n}")) not in taken)
    taken.add(id_)
    return id_


class _Face:
    """What is compared of a card."""

    def __init__(self, of: Known) -> None:
        self.kind, self.template, self.key = of.card.kind, of.template, of.key
        self.source, answer = of.card.source or Source(), answer_text(of.card)
        ask = PLACE.sub("", of.card.ask) if self.template != EXPLICIT else of.card.ask
        self.ask, self.answer, self.concept = fold(ask), fold(answer), fold(of.concept)
        self.quote = fold(self.source.quote)
        self.said = f"{self.source.quote} {answer}"
        self.all = f"{ask} {self.said}"
        """All that tells one fact from another: the question, the note's words, the answer."""
        self.unnumbered = tuple(map(masked, (self.kind, self.concept, self.ask, self.quote)))

    def traits(self) -> list[Hashable]:
        """What a card shares with one that it may be."""
        return [("ask", self.ask), ("answer", self.answer), ("key", self.key), *stems(self.all)]

    def distance(self, other: _Face) -> int:
        """How far apart two cards' sources are, in lines."""
        one, two = self.source, other.source
        return abs(one.lines[0] - two.lines[0]) if one.note == two.note else ANOTHER_NOTE


def match(drafts: Sequence[Known], known: Sequence[Known]) -> dict[int, Known]:
    """For the place of each draft, a card without an id, the known card that it is; those without one are new."""
    now, before = dict(enumerate(map(_Face, drafts))), dict(enumerate(map(_Face, known)))
    alone = _held_once(now.values()) & _held_once(before.values())
    found: dict[int, Known] = {}

    def take(n: int, m: int) -> None:
        found[n] = known[m]
        del now[n], before[m]

    # What is the same to the letter, in the order of the notes.
    for parts in (("kind", "ask", "answer", "concept", "quote"), ("ask", "answer")):
        letters, waiting = attrgetter(*parts), defaultdict[Hashable, list[int]](list)
        for m in sorted(before, key=lambda m: _place(before[m]), reverse=True):
            waiting[letters(before[m])].append(m)
        for n in sorted(now, key=lambda n: _place(now[n])):
            if same := waiting[letters(now[n])]:
                take(n, same.pop())
    # The surest of all other pairs.
    holding = _index((m, face.traits()) for m, face in before.items() if now)
    near = ((n, m) for n, face in now.items() for m in _sharing(face.traits(), holding))
    ranked = ((_rank(now[n], before[m], alone), n, m) for n, m in near)
    for _, n, m in sorted((rank, n, m) for rank, n, m in ranked if rank):
        if n in now and m in before:
            take(n, m)
    return found


def _place(face: _Face) -> tuple[str, int]:
    return face.source.note, face.source.lines[0]


def _held_once(faces: Iterable[_Face]) -> set[Hashable]:
    """What one card alone has: of "tier 1 has 10 GB" and "tier 2 has 20 GB" it is a guess which became "tier 3"."""
    held = Counter(trait for face in faces for trait in (face.unnumbered, (face.template, face.ask)))
    return {trait for trait, times in held.items() if times == 1}


def _index(held: Iterable[tuple[int, Iterable[Hashable]]]) -> Mapping[Hashable, list[int]]:
    holding = defaultdict[Hashable, list[int]](list)
    for n, traits in held:
        for trait in traits:
            holding[trait].append(n)
    return holding


def _sharing(traits: Iterable[Hashable], holding: Mapping[Hashable, list[int]]) -> list[int]:
    """What shares the most rare traits with these."""
    shared: Counter[int] = Counter()
    for trait in traits:
        if len(held := holding.get(trait, ())) <= COMPARED:
            shared.update(held)
    return [each for each, _ in shared.most_common(COMPARED)]


def _rank(one: _Face, two: _Face, alone: Set[Hashable]) -> tuple[float, ...]:
    """How sure it is that two cards are one, the surest first; empty for what are two cards."""
    kind, ask = one.kind == two.kind, one.ask == two.ask
    if kind and ask and _still_asks(one, two):
        rank = 1.0
    elif kind and one.key == two.key and _fits(one, two):
        rank = 2
    elif one.unnumbered == two.unnumbered in alone:
        rank = 3
    elif (kind or one.answer == two.answer) and (score := _alike(one, two)):
        rank = 5 - score  # with the same answer it may be asked in another way now, or with options
    elif ask and one.template == two.template == EXPLICIT and (EXPLICIT, one.ask) in alone:
        rank = 6
    else:
        return ()
    return rank, one.concept != two.concept, one.quote != two.quote, one.distance(two)


def _alike(one: _Face, two: _Face) -> float:
    """How alike two cards are, 0–1; 0 for what is not one card."""
    distance = one.distance(two)
    if distance > FAR:
        return 0
    quote = token_sort_ratio(one.quote, two.quote) / 100
    answer = ratio(one.answer, two.answer) / 100
    score = 0.42 * quote + 0.27 * answer + 0.27 * ratio(one.ask, two.ask) / 100 + 0.04 * (distance < 50)
    a, b = stems(one.concept), stems(two.concept)
    if score < ALIKE or (answer < 0.5 and quote < 0.85) or (quote < 0.9 and not (a <= b or b <= a)):
        return 0
    if one.template != two.template and (score < ALIKE + 0.1 or answer < 0.7):
        return 0
    return score if _fits(one, two) else 0


def _fits(one: _Face, two: _Face) -> bool:
    """May the two be one fact, as far as numbers and names tell?

    A number may change where all other words stay ("kernel 3.6" → "kernel 3.8": the same fact, a new answer); where
    words change too, or names do, it is another fact.
    """
    a, b = numbers(one.all), numbers(two.all)
    if masked(one.all) == masked(two.all):
        return one.ask == two.ask or a == b
    return set(a) == set(b) and not (_renamed(one.all, two.all) or _renamed(one.said, two.said))


def _renamed(one: str, two: str) -> bool:
    """Has each of two texts a name that the other has not?"""
    a, b, low, other = names(one), names(two), one.casefold(), two.casefold()
    return any(name not in other for name in a - b) and any(name not in low for name in b - a)


def _still_asks(one: _Face, two: _Face) -> bool:
    """Is the same question still asked of the same fact? A short one may be asked of many."""
    if one.template == EXPLICIT and len(stems(one.ask)) >= 4:
        return True
    if one.kind != "order" and sorted(WORD.findall(one.answer)) == sorted(WORD.findall(two.answer)):
        return True  # the same answer, its parts in another order, whatever stands beside it in the note now
    return _fits(one, two) and any(
        a and b and 2 * len(a & b) >= min(len(a), len(b))
        for a, b in ((stems(one.quote), stems(two.quote)), (stems(one.answer), stems(two.answer)))
    )


class Reworded:
    """New statements of the notes, in which the words of a card are found again where they were changed lightly.

    Light is what changes a word or two, and nothing that could turn the fact: no number, no name, no "not", no word of
    the answer. Where nothing makes a card of the new words, the card stays as it was. Most builds never look.
    """

    def __init__(self, statements: Iterable[Source], before: Iterable[str]) -> None:
        known = set(map(fold, before))
        parts = {
            replace(each, quote=part): part
            for each in statements
            for part in (each.quote, *sentences(each.quote))
        }
        self._sources = [source for source, part in parts.items() if fold(part) not in known]
        self._holding = _index((n, set(fold(each.quote).split())) for n, each in enumerate(self._sources))

    def find(self, card: Card) -> Source | None:
        """Where the words of a card stand now."""
        source, near = card.source or Source(), list[tuple[int, bool, Lines, Source]]()
        for n in _sharing(set(fold(source.quote).split()), self._holding):
            other = self._sources[n]
            if changes := _changes(source.quote, other.quote, stems(answer_text(card))):
                near.append((changes, other.note != source.note, other.lines, other))
        if not near:
            return None
        *_, found = min(near, key=lambda one: one[:3])
        return replace(source, note=found.note, lines=found.lines, quote=found.quote)


def _changes(old: str, new: str, answer: Set[str]) -> int:
    """How many words differ; 0 if that is more than light."""
    before, after = WORD.findall(old), WORD.findall(new)
    lost, come = list[str](), list[str]()
    for change in Levenshtein.opcodes([*map(str.casefold, before)], [*map(str.casefold, after)]):
        if change.tag != "equal":
            lost += before[change.src_start : change.src_end]
            come += after[change.dest_start : change.dest_end]
    changed = max(len(lost), len(come))
    turns = any(not word.islower() or word in LISTS["turning"] or not word.isalpha() for word in lost + come)
    heavy = turns or changed > MOST_CHANGED or 3 * changed > len(before) or stems(" ".join(lost)) & answer
    return 0 if heavy else changed
