"""Which draft is which card of before: ids live as long as their facts, whatever becomes of the words.

Drafts and known cards are matched one to one, in stages: what is the same to the letter first, then what asks the same
or means the same, then what is alike. A doubtful match is none: a new card is better than somebody else's history.
Between equal candidates the nearer one in the notes wins. Where nothing makes a card anew, it may follow its sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from itertools import count, zip_longest
from typing import Any, TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_sort_ratio

from dp100cards.cards import Card, Option, Pair, Source
from dp100cards.generate.draft import EXPLICIT, id_from
from dp100cards.generate.words import WORD, answer_text, fold, masked, names, numbers, stem, stems
from dp100cards.notes.words import LISTS

HERE, KEPT, DELETED, REJECTED, RETIRED = STATES = ("", "kept", "deleted", "rejected", "retired")
"""In its deck; in its deck because a person edited it, though its fact is gone; taken out by a person; rejected by a
person; its fact is gone from the notes."""
AWAY = frozenset([DELETED, REJECTED])

ALIKE = 0.62
"""From this likeness on, two cards are one card reworded; any limit from 0.5 to 0.8 did as well in simulated edits."""
FAR, ANOTHER_NOTE = 400, 300
"""Lines between two places that are too far apart for likeness, and what another note counts as."""
COMPARED = 40
"""A word that so many cards hold is not rare, and only so many candidates are compared with one card."""
Held = TypeVar("Held", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Known:
    """A card that was given an id, ever, as it was generated the last time, and what became of it; or a new draft."""

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

    def __init__(self, of: Known) -> None:
        card, self.template, self.key = of.card, of.template, of.key
        self.kind, self.source = card.kind, card.source
        quote = card.source.quote if card.source else ""
        self.ask, self.answer, self.quote = fold(card.ask), fold(answer_text(card)), fold(quote)
        self.concept = fold(of.concept)
        self.said = f"{quote} {answer_text(card)}"
        self.all = f"{card.ask} {self.said}"
        """All that tells one fact from another: the question, the note's words, the answer."""

    def distance(self, other: _Face) -> int:
        """How far apart two cards' sources are, in lines."""
        one, two = self.source, other.source
        return abs(one.lines[0] - two.lines[0]) if one and two and one.note == two.note else ANOTHER_NOTE


def match(drafts: Sequence[Known], known: Sequence[Known]) -> dict[int, Known]:
    """For the place of each draft, a card without an id, the known card that it is; those without one are new."""
    if not known:
        return {}
    matching = _Matching(drafts, known)
    matching.stage(lambda one: (one.kind, one.ask, one.answer, one.concept))
    matching.stage(lambda one: (one.ask, one.answer))
    matching.stage(lambda one: (one.kind, one.ask), _still_asks)
    matching.stage(lambda one: (one.kind, one.key), _fits)
    matching.stage(lambda one: tuple(map(masked, (one.kind, one.concept, one.ask, one.quote))), alone=True)
    matching.likeness()
    matching.stage(lambda one: one.answer, _asks_alike)
    matching.stage(lambda one: (one.template, one.ask) if one.template == EXPLICIT else None, alone=True)
    return matching.found


Test = Callable[[_Face, _Face], bool]


class _Matching:
    """Drafts and known cards that are not matched yet."""

    def __init__(self, drafts: Sequence[Known], known: Sequence[Known]) -> None:
        self.known = {each.id: each for each in known}
        self.before, self.now = {each.id: _Face(each) for each in known}, [_Face(each) for each in drafts]
        self.left, self.open = dict(self.before), dict(enumerate(self.now))
        self.found: dict[int, Known] = {}

    def take(self, n: int, id_: str) -> None:
        self.found[n] = self.known[id_]
        del self.left[id_], self.open[n]

    def stage(
        self, key: Callable[[_Face], Hashable], test: Test | None = None, *, alone: bool = False
    ) -> None:
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
                places, held = sorted(places, key=self._place), sorted(held, key=self._place)
                pairs = list(zip(places, held, strict=False))
            else:
                pairs = sorted(((n, id_) for n in places for id_ in held), key=self._apart)
            for n, id_ in pairs:
                if n in self.open and id_ in self.left and (not test or test(self.open[n], self.left[id_])):
                    self.take(n, id_)

    def _place(self, one: int | str) -> tuple[str, int]:
        source = (self.now[one] if isinstance(one, int) else self.before[one]).source
        return (source.note, source.lines[0]) if source else ("", 0)

    def _apart(self, pair: tuple[int, str]) -> tuple[bool, bool, bool, int, int, str]:
        one, two = self.now[pair[0]], self.before[pair[1]]
        other = one.kind != two.kind, one.concept != two.concept, one.quote != two.quote
        return *other, one.distance(two), *pair

    def likeness(self) -> None:
        """Match what is alike in words and place, the best pairs first; only cards that share a rare word."""
        holding: dict[str, list[str]] = defaultdict(list)
        for id_, face in self.left.items() if self.open else ():
            for word in stems(face.all):
                holding[word].append(id_)
        pairs = []
        for n, face in self.open.items():
            for id_ in _sharing(stems(face.all), holding):
                other = self.left[id_]
                if face.kind == other.kind and (score := _alike(face, other)):
                    pairs.append((-score, face.distance(other), n, id_))
        for *_, n, id_ in sorted(pairs):
            if n in self.open and id_ in self.left:
                self.take(n, id_)


def _sharing(words: Iterable[str], holding: dict[str, list[Held]]) -> list[Held]:
    """What shares the most rare words with these."""
    shared: Counter[Held] = Counter()
    for word in words:
        if len(held := holding.get(word, ())) <= COMPARED:
            shared.update(held)
    return [each for each, _ in shared.most_common(COMPARED)]


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
    if one.template == EXPLICIT and (len(stems(one.ask)) >= 4 or one.concept == two.concept != ""):
        return True
    if one.kind != "order" and sorted(WORD.findall(one.answer)) == sorted(WORD.findall(two.answer)):
        return True  # the same answer, its parts in another order, whatever stands beside it in the note now
    return _fits(one, two) and any(
        a and b and 2 * len(a & b) >= min(len(a), len(b))
        for a, b in ((stems(one.quote), stems(two.quote)), (stems(one.answer), stems(two.answer)))
    )


def _asks_alike(one: _Face, two: _Face) -> bool:
    """Is it asked in another way now, perhaps by a person, or with options?"""
    a, b = stems(one.ask), stems(two.ask)
    near = one.distance(two) < ANOTHER_NOTE
    return near and 2 * len(a & b) >= max(len(a), len(b), 1) and _fits(one, two)


def mint(draft: Known, deck: str, taken: set[str]) -> str:
    """A new id that no card ever had; it is added to `taken`. Minted once, then kept: never computed again."""
    card = draft.card
    quote = fold(card.source.quote) if card.source else ""
    seed = "\n".join([deck, card.kind, draft.template, draft.concept, quote, card.ask])
    id_ = next(made for n in count() if (made := id_from(deck, f"{seed}\n{n}")) not in taken)
    taken.add(id_)
    return id_


# A card whose sentence was reworded lightly, where nothing makes the card anew: the card follows the words. Light is
# what changes a word or two and nothing that could turn the fact: no number, no name, no "not".

MOST_CHANGED = 3
"""Words that a light rewording changes at most, and never more than a third of them."""
Change = tuple[str, str]
"""Words of before and of now; "" where one was added or left out."""


class Reworded:
    """Statements of the notes, to be found by words that are nearly the same. Most builds never look."""

    def __init__(self, sources: Iterable[Source], taken: Iterable[str]) -> None:
        before = set(map(fold, taken))
        # A statement, and each of its sentences.
        parts = ((s, quote) for s in sources for quote in {s.quote, *re.split(r"(?<=[.!?])\s+", s.quote)})
        each = (replace(s, quote=quote) for s, quote in parts)
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
        light = []
        for n in _sharing(set(fold(source.quote).split()), self._holding):
            other = self._sources[n]
            if (found := _changes(source.quote, other.quote)) is not None:
                light.append((len(found), other.note != source.note, other.lines, other.quote, found, other))
        if not light:
            return None
        *_, found, other = min(light, key=lambda one: one[:4])
        source = replace(source, note=other.note, lines=other.lines, quote=other.quote)
        followed = _followed(card, found)
        return replace(followed, source=source) if followed else None


def _changes(old: str, new: str) -> list[Change] | None:
    """The words that differ; None if that is more than light."""
    before, after = WORD.findall(old), WORD.findall(new)
    if not before or abs(len(before) - len(after)) > MOST_CHANGED:
        return None
    found: list[Change] = []
    a_low, b_low = ([word.casefold() for word in words] for words in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, a_low, b_low, autojunk=False).get_opcodes():
        one, two = before[a:b], after[c:d]
        if kind == "equal":
            continue
        first = a == 0 and len(one) == len(two) == 1 and _slip(one[0], two[0])
        if not first and any(
            word != word.lower() or word in LISTS["turning"] or any(map(str.isdigit, word))
            for word in (*one, *two)
        ):
            return None
        if one and two and len(one) != len(two):
            found.append((" ".join(one), " ".join(two)))
        else:
            found += zip_longest(one, two, fillvalue="")
    changed = sum(max(len(one.split()), len(two.split())) for one, two in found)
    return found if changed <= MOST_CHANGED and 3 * changed <= len(before) else None


def _slip(old: str, new: str) -> bool:
    return min(len(old), len(new)) >= 5 and OSA.distance(old.casefold(), new.casefold()) <= 2


def _followed(card: Card, found: list[Change]) -> Card | None:
    """The card with the changed words of its sentence; None if it cannot follow them to the letter."""
    for old, new in found:
        old_stems = {stem(word) for word in WORD.findall(old)}
        if not new and old_stems & stems(_said(card)):
            return None
        if not old or not new:
            continue
        forms = [(old, new)]
        if old[-1] == new[-1] == "s" and min(len(old), len(new)) > 3:
            forms.append((old[:-1], new[:-1]))  # a question says "run" for "runs"
        for one, other in forms:
            pattern = re.compile(rf"(?<![\w-]){re.escape(one)}(?![\w-])", re.IGNORECASE)
            card = _with(card, partial(pattern.sub, partial(_like, other)))
        if not _slip(old, new) and (old_stems - stems(new)) & stems(_said(card)):
            return None  # it is there in another form, which nothing here can put right
    return card


def _said(card: Card) -> str:
    return f"{card.ask}\n{answer_text(card)}"


def _like(new: str, found: re.Match[str]) -> str:
    return (new[:1].upper() if found[0][:1].isupper() else new[:1].lower()) + new[1:]


def _with(card: Card, change: Callable[[str], str]) -> Card:
    """The card with its question and its right answers changed; wrong options are of other sentences."""

    def changed(value: Any) -> Any:
        match value:
            case str():
                return change(value)
            case tuple():
                return tuple(map(changed, value))
            case Pair(left=left, right=right):
                return Pair(change(left), change(right))
            case Option(text=text, right=True):
                return replace(value, text=change(text))
        return value

    parts = ("ask", "answer", "options", "statements", "items", "pairs")
    return replace(card, **{name: changed(getattr(card, name)) for name in parts if name in vars(card)})
