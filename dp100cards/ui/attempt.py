"""An answer in the making: how keys choose options, order items, match pairs, say yes and no, and type into gaps.

Pure, and without colours: `view` draws an attempt, the study and exam screens decide what enter does with it. Indices
count the card's own order, as in `cards.Answer`; `shuffle` says what stands where on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dp100cards.cards import Answer, Card, Choice, Code, Match, Multiple, Order, Statements, key
from dp100cards.scheduler.engine import luck
from dp100cards.ui.keys import Line, typed

ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""What labels options: small letters, and where those do not suffice, capital ones and digits."""
NO_KEY = "·"
"""The label of what only the arrow keys reach, where there is more of it than there are letters."""
UNSET = -1

MOVES = ("up", "down", "tab", "shift-tab")
"""Keys that move the focus."""


class Sampler(Protocol):
    """What shuffles: `random.Random`, or anything like it."""

    def sample(self, population: Sequence[Any], k: int) -> list[Any]:
        """`k` of a population, in a new order."""


class Shuffle:
    """A shuffle that depends on its seed alone, whatever the version of Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def sample(self, population: Sequence[Any], k: int) -> list[Any]:
        """`k` of a population, in a new order."""
        self._seed += "'"
        order = sorted(range(len(population)), key=lambda n: luck(self._seed, n))
        return [population[n] for n in order[:k]]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What a learner has put in so far."""

    card: Card
    labels: str
    """The letter of each thing that can be picked, in the order of the screen."""
    shuffle: tuple[int, ...] = ()
    """For each place on the screen the index of the option, item or right side that stands there."""
    wordings: tuple[tuple[str, ...], ...] = ()
    """Code with lists: for each blank the entries of its list, shuffled."""
    values: tuple[int, ...] = ()
    """Choice, multiple: the chosen indices. Order: the indices in their present order. Match: for each left side
    its right one, or UNSET. Statements: 1, 0 or UNSET. Code with lists: for each blank the entry, or UNSET."""
    lines: tuple[Line, ...] = ()
    """What was typed: one line for each gap. Empty where nothing is to be typed."""
    focus: int = UNSET
    """The row, or the gap, that the keys go to."""
    held: bool = False
    """Order: does the item in focus move with the arrow keys?"""
    placed: int = 0
    """Order: how many items, from the first, were put in their place by their letters."""

    @property
    def types(self) -> bool:
        """Do letters go into a line of text?"""
        return bool(self.lines)

    @property
    def picks(self) -> bool:
        """Is there anything to pick or to type? If not, the learner answers from memory."""
        return bool(self.labels) or self.types

    @property
    def rows(self) -> int:
        """How many rows the focus can stand on."""
        match self.card:
            case Choice() | Multiple() | Order():
                return len(self.shuffle)
            case Match(pairs=pairs):
                return len(pairs)
            case Statements(statements=statements):
                return len(statements)
        return len(self.lines) or len(self.wordings)

    @property
    def begun(self) -> bool:
        """Has anything been put in?"""
        if isinstance(self.card, Choice | Multiple):
            return bool(self.values)
        if isinstance(self.card, Order):
            return self.values != self.shuffle or self.placed > 0
        return any(v != UNSET for v in self.values) or any(line.text for line in self.lines)

    @property
    def full(self) -> bool:
        """Has a multiple card as many picks as it asks for?"""
        return isinstance(self.card, Multiple) and len(self.values) >= len(key(self.card))

    @property
    def whole(self) -> bool:
        """Is nothing missing?"""
        match self.card:
            case Choice() | Order():
                return bool(self.values)
            case Multiple():
                return len(self.values) == len(key(self.card))
        return UNSET not in self.values and all(line.text.strip() for line in self.lines)

    @property
    def answer(self) -> Answer:
        """The answer as it stands; empty if nothing was put in."""
        if not self.begun and not isinstance(self.card, Order):
            return ()
        if self.types:
            return tuple(line.text.strip() for line in self.lines)
        if self.wordings:
            pairs = zip(self.wordings, self.values, strict=True)
            return tuple(words[v] if v != UNSET else "" for words, v in pairs)
        return tuple(sorted(self.values)) if isinstance(self.card, Multiple) else self.values


def begin(card: Card, rng: Sampler, *, letters: str = ALPHABET, typing: bool = False) -> Attempt:
    """An empty attempt at a card; `letters` are those that no other key of the screen needs.

    With `typing`, what has no options is answered by typing.
    """
    match card:
        case Choice(options=options) | Multiple(options=options):
            shuffle = tuple(rng.sample(range(len(options)), len(options)))
            return Attempt(card=card, labels=_labels(letters, len(options)), shuffle=shuffle)
        case Order(items=items):
            shuffle = _disordered(items, rng)
            return Attempt(
                card=card, labels=_labels(letters, len(items)), shuffle=shuffle, values=shuffle, focus=0
            )
        case Match(pairs=pairs):
            shuffle = tuple(rng.sample(range(len(pairs)), len(pairs)))
            unset = (UNSET,) * len(pairs)
            return Attempt(
                card=card, labels=_labels(letters, len(pairs)), shuffle=shuffle, values=unset, focus=0
            )
        case Statements(statements=statements):
            return Attempt(card=card, labels="yn", values=(UNSET,) * len(statements), focus=0)
        case Code(wrong=wrong) if wrong:
            lists = [sorted({str(right), *others}) for right, others in zip(key(card), wrong, strict=True)]
            wordings = tuple(tuple(rng.sample(words, len(words))) for words in lists)
            labels = _labels(letters, max(map(len, wordings)))
            unset = (UNSET,) * len(wordings)
            return Attempt(card=card, labels=labels, wordings=wordings, values=unset, focus=0)
    if typing:
        return Attempt(card=card, labels="", lines=(Line(),) * len(key(card)), focus=0)
    return Attempt(card=card, labels="")


def _labels(letters: str, count: int) -> str:
    return letters[:count].ljust(count, NO_KEY)


def _disordered(items: tuple[str, ...], rng: Sampler) -> tuple[int, ...]:
    """A shuffle that is not the right order already, where there is another."""
    for _ in range(20):
        shuffle = tuple(rng.sample(range(len(items)), len(items)))
        if [items[i] for i in shuffle] != list(items):
            return shuffle
    return shuffle


def press(attempt: Attempt, name: str) -> Attempt | None:
    """The attempt after a key, or None if the key means nothing to it. Enter is never its business."""
    if attempt.types:
        return _press_typing(attempt, name)
    if name in MOVES:
        return _moved(attempt, -1 if name in ("up", "shift-tab") else 1)
    at = attempt.labels.find(name) if len(name) == 1 and name != NO_KEY else UNSET
    match attempt.card:
        case Choice() | Multiple():
            row = attempt.focus if name == "space" else at
            return None if row == UNSET else _pick(attempt, row)
        case Order():
            return _press_order(attempt, name, at)
        case Match():
            right = attempt.shuffle[at] if at != UNSET else UNSET
            values = tuple(UNSET if v == right else v for v in attempt.values)
            return _set(replace(attempt, values=values), right, name)
        case Statements():
            return _set(attempt, {"y": 1, "n": 0}.get(name, UNSET), name)
        case Code():
            here = len(attempt.wordings[attempt.focus]) if attempt.wordings else 0
            return _set(attempt, at if at < here else UNSET, name)
    return None


def refused(before: Attempt, after: Attempt, name: str) -> str:
    """What to say of a key that wanted one pick more than a multiple card asks for; "" if it did not."""
    if name in MOVES or not after.full or after.values != before.values:
        return ""
    return f"{len(after.values)} are asked for, and chosen. Take one back to choose another."


def cleared(attempt: Attempt) -> Attempt:
    """The attempt with nothing put in, everything at the same place."""
    match attempt.card:
        case Choice() | Multiple():
            return replace(attempt, values=(), focus=UNSET)
        case Order():
            return replace(attempt, values=attempt.shuffle, focus=0, held=False, placed=0)
    lines = (Line(),) * len(attempt.lines)
    return replace(attempt, values=(UNSET,) * len(attempt.values), lines=lines, focus=min(attempt.focus, 0))


def _press_typing(attempt: Attempt, name: str) -> Attempt | None:
    if name in MOVES:
        return _moved(attempt, -1 if name in ("up", "shift-tab") else 1)
    lines = list(attempt.lines)
    lines[attempt.focus] = typed(lines[attempt.focus], name)
    return replace(attempt, lines=tuple(lines)) if lines != list(attempt.lines) else None


def _pick(attempt: Attempt, row: int) -> Attempt:
    """Choose the option of a row; in a multiple card a second time takes it back, and one too many is not taken."""
    option = attempt.shuffle[row]
    if isinstance(attempt.card, Choice):
        return replace(attempt, focus=row, values=(option,))
    if option in attempt.values:
        return replace(attempt, focus=row, values=tuple(v for v in attempt.values if v != option))
    return replace(attempt, focus=row, values=attempt.values if attempt.full else (*attempt.values, option))


def _moved(attempt: Attempt, by: int) -> Attempt:
    rows = attempt.rows
    if not rows:
        return attempt
    if attempt.focus == UNSET:
        return replace(attempt, focus=0 if by > 0 else rows - 1)
    to = attempt.focus + by
    if attempt.held:
        to = min(max(to, 0), rows - 1)
        values = list(attempt.values)
        values.insert(to, values.pop(attempt.focus))
        return replace(attempt, values=tuple(values), focus=to, placed=0)
    return replace(attempt, focus=to % rows)


def _press_order(attempt: Attempt, name: str, at: int) -> Attempt | None:
    """Letters put items in order one after the other; space takes the item in focus along with the arrow keys."""
    if name == "space":
        return replace(attempt, held=not attempt.held)
    if name == "backspace" and attempt.placed:
        return replace(attempt, placed=attempt.placed - 1)
    if at == UNSET:
        return None
    item = attempt.shuffle[at]
    if item in attempt.values[: attempt.placed]:
        return attempt
    rest = [v for v in attempt.values[attempt.placed :] if v != item]
    values = (*attempt.values[: attempt.placed], item, *rest)
    return replace(attempt, values=values, placed=attempt.placed + 1, focus=attempt.placed, held=False)


def _set(attempt: Attempt, value: int, name: str) -> Attempt | None:
    """Give the row in focus a value, and go to the next that has none; backspace takes it away."""
    if value == UNSET and name not in ("backspace", "delete"):
        return None
    values = list(attempt.values)
    values[attempt.focus] = value
    after = [*range(attempt.focus + 1, len(values)), *range(attempt.focus)]
    focus = attempt.focus if value == UNSET else next((n for n in after if values[n] == UNSET), attempt.focus)
    return replace(attempt, values=tuple(values), focus=focus)
