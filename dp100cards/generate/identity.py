"""Which draft is which card of before: ids live as long as their facts, whatever becomes of the words.

Drafts and known cards are matched one to one, in stages: what is the same to the letter first, then what asks the same
or means the same, then what is alike. A doubtful match is none: a new card is better than somebody else's history.
Between equal candidates the nearer one in the notes wins.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.fuzz import ratio, token_sort_ratio

from dp100cards.cards import Card
from dp100cards.generate.draft import EXPLICIT, Draft
from dp100cards.generate.words import answer_text, fold, masked, names, numbers, stems

HERE, KEPT, DELETED, REJECTED, RETIRED = "", "kept", "deleted", "rejected", "retired"
STATES = (HERE, KEPT, DELETED, REJECTED, RETIRED)
"""In its deck; in its deck because a person edited it, though its fact is gone; taken out by a person; rejected by a
person; its fact is gone from the notes."""
AWAY = frozenset([DELETED, REJECTED])

ALIKE = 0.62
"""From this likeness on, two cards are one card reworded; any limit from 0.5 to 0.8 did as well in simulated edits."""
FAR = 400
"""Lines between two places that are too far apart for likeness; another note counts as 300."""
COMPARED = 40
"""A word that so many cards hold is not rare, and only so many candidates are compared with one card."""


@dataclass(frozen=True, slots=True)
class Known:
    """A card that was given an id, ever: as it was generated the last time, and what became of it."""

    card: Card
    template: str
    concept: str = ""
    key: str = ""
    """What `semantic_key` gave."""
    state: str = HERE
    changed: str = ""
    """What the answer was before the notes changed it."""
    mine: Card | None = None
    """The card as a person had edited it, if it was rejected after that."""

    @property
    def id(self) -> str:
        """The permanent id."""
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


class _Face:
    """What is compared of a card."""

    def __init__(self, card: Card, template: str, concept: str, key: str) -> None:
        self.card, self.template, self.key, self.kind = card, template, key, card.kind
        self.ask, self.answer = fold(card.ask), fold(answer_text(card))
        self.quote = fold(card.source.quote) if card.source else ""
        self.concept = fold(concept)

        self.all = f"{card.ask} {card.source.quote if card.source else ''} {answer_text(card)}"
        """All that tells one fact from another: the question, the note's words, the answer."""

    @cached_property
    def masked(self) -> str:
        """All of it, with every number as 0."""
        return masked(self.all)

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers in it."""
        return numbers(self.all)

    @cached_property
    def names(self) -> tuple[frozenset[str], str, frozenset[str], str]:
        """The names in it, and all its words; the same without the question."""
        said = self.all[len(self.card.ask) + 1 :]
        return names(self.all), self.all.casefold(), names(said), said.casefold()

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all of it."""
        return stems(self.all)

    def distance(self, other: _Face) -> int:
        """How far apart two cards' sources are: lines in one note, or far."""
        one, two = self.card.source, other.card.source
        return abs(one.lines[0] - two.lines[0]) if one and two and one.note == two.note else 300


Key = Callable[[_Face], Hashable]
Test = Callable[[_Face, _Face], bool]
Matches = dict[int, Known]
"""For the place of each draft in its list, the known card that it is."""


def match(drafts: Sequence[Draft], keys: Sequence[str], known: Iterable[Known]) -> Matches:
    """Which known card each draft is; drafts without one are new. `keys` are the drafts' semantic keys."""
    known = list(known)
    if not known:
        return {}
    matching = _Matching(drafts, keys, known)
    matching.stage(lambda one: (one.kind, one.ask, one.answer, one.concept))
    matching.stage(lambda one: (one.kind, one.ask, one.answer))
    matching.stage(lambda one: (one.ask, one.answer))
    matching.stage(lambda one: (one.kind, one.ask), _still_asks)
    matching.stage(lambda one: (one.kind, one.key), _fits)
    matching.stage(lambda one: tuple(map(masked, (one.kind, one.concept, one.ask, one.quote))), alone=True)
    matching.likeness()
    matching.stage(lambda one: one.answer, _asks_alike)
    matching.stage(lambda one: (one.template, one.ask) if one.template == EXPLICIT else None, alone=True)
    return matching.found


class _Matching:
    """Drafts and known cards that are not matched yet."""

    def __init__(self, drafts: Sequence[Draft], keys: Sequence[str], known: Sequence[Known]) -> None:
        self.known = {each.id: each for each in known}
        self.before = {each.id: _Face(each.card, each.template, each.concept, each.key) for each in known}
        self.now = [_Face(d.card, d.template, d.concept, key) for d, key in zip(drafts, keys, strict=True)]
        self.left, self.open = dict(self.before), dict(enumerate(self.now))
        self.found: Matches = {}

    def take(self, n: int, id_: str) -> None:
        """The draft is this card."""
        self.found[n] = self.known[id_]
        del self.left[id_], self.open[n]

    def stage(self, key: Key, test: Test | None = None, *, alone: bool = False) -> None:
        """Match what shares a key and passes a test, the nearest first; of very many in the order of the notes.

        `alone` asks for a key that one card has, of before, and one draft, of all: of "tier 1 has 10 GB" and "tier 2
        has 20 GB" it is a guess which one became "tier 3".
        """
        if not self.open or not self.left:
            return
        before, now = defaultdict[Hashable, list[str]](list), defaultdict[Hashable, list[int]](list)
        for id_, face in (self.before if alone else self.left).items():
            before[key(face)].append(id_)
        for n, face in enumerate(self.now) if alone else self.open.items():
            now[key(face)].append(n)
        for shared, places in now.items():
            held = before.get(shared, []) if shared is not None else []
            if alone and not len(places) == len(held) == 1:
                continue
            if len(places) * len(held) > COMPARED**2:
                pairs = list(
                    zip(sorted(places, key=self._place), sorted(held, key=self._place), strict=False)
                )
            else:
                pairs = sorted(((n, id_) for n in places for id_ in held), key=self._apart)
            for n, id_ in pairs:
                if n in self.open and id_ in self.left and (not test or test(self.open[n], self.left[id_])):
                    self.take(n, id_)

    def _place(self, one: int | str) -> tuple[str, int]:
        source = (self.now[one] if isinstance(one, int) else self.before[one]).card.source
        return (source.note, source.lines[0]) if source else ("", 0)

    def _apart(self, pair: tuple[int, str]) -> tuple[bool, bool, int, int, str]:
        one, two = self.now[pair[0]], self.before[pair[1]]
        return one.concept != two.concept, one.quote != two.quote, one.distance(two), *pair

    def likeness(self) -> None:
        """Match what is alike in words and place, the best pairs first; only cards that share a rare word."""
        holding: dict[str, list[str]] = defaultdict(list)
        for id_, face in self.left.items() if self.open else ():
            for word in face.stems:
                holding[word].append(id_)
        pairs = []
        for n, face in self.open.items():
            shared: Counter[str] = Counter()
            for word in face.stems:
                if len(held := holding.get(word, ())) <= COMPARED:
                    shared.update(held)
            for id_, _ in shared.most_common(COMPARED):
                other = self.left[id_]
                if face.kind == other.kind and (score := _alike(face, other)):
                    pairs.append((-score, face.distance(other), n, id_))
        for *_, n, id_ in sorted(pairs):
            if n in self.open and id_ in self.left:
                self.take(n, id_)


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
    if one.masked == two.masked:
        return one.ask == two.ask or one.numbers == two.numbers
    return set(one.numbers) == set(two.numbers) and not any(
        any(name not in words for name in a - b) and any(name not in others for name in b - a)
        for a, others, b, words in ((*one.names[:2], *two.names[:2]), (*one.names[2:], *two.names[2:]))
    )


def _still_asks(one: _Face, two: _Face) -> bool:
    """Is the same question still asked of the same fact? A short one may be asked of many."""
    if one.template == EXPLICIT and (len(stems(one.ask)) >= 4 or one.concept == two.concept != ""):
        return True
    return _fits(one, two) and any(
        a and b and 2 * len(a & b) >= min(len(a), len(b))
        for a, b in ((stems(one.quote), stems(two.quote)), (stems(one.answer), stems(two.answer)))
    )


def _asks_alike(one: _Face, two: _Face) -> bool:
    """Is it asked in another way now, perhaps by a person, or with options?"""
    a, b = stems(one.ask), stems(two.ask)
    return one.distance(two) < 300 and 2 * len(a & b) >= max(len(a), len(b), 1) and _fits(one, two)


LETTERS = 6
"""Letters of an id after the deck's name: 32^6, a thousand million."""


def id_from(deck: str, seed: str) -> str:
    """The id that this seed gives a card of this deck, always the same: "workspace-bzqydj"."""
    digest = hashlib.sha256(seed.encode()).digest()[:5]
    return f"{deck}-{base64.b32encode(digest).decode().lower()[:LETTERS]}"


def mint(draft: Draft, deck: str, taken: set[str]) -> str:
    """A new id that no card ever had; it is added to `taken`. Minted once, then kept: never computed again."""
    card = draft.card
    quote = fold(card.source.quote) if card.source else ""
    seed = [deck, card.kind, draft.template, draft.concept, quote, card.ask]
    for counter in range(100_000):
        id_ = id_from(deck, "\n".join([*seed, str(counter)]))
        if id_ not in taken:
            taken.add(id_)
            return id_
    raise AssertionError("a hundred thousand ids cannot all be taken")
