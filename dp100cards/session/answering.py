"""An answer in the making: how keys choose options, put items in order, match, say yes and no, and type into gaps.

What a key means to an answer is the same in study, quiz and exam:

- `a`–`f` and `1`–`6` choose; what comes after the sixth has its number for a label and is reached by the arrows
- up and down move; in a choice, and in a blank with a list, what they reach is chosen, as with radio buttons
- space chooses what is in focus or takes it back; in an order it lifts a placed item, which the arrows then move
- left and right change the row in focus of a match or a series, and go from blank to blank
- `y` and `n` answer a statement; backspace takes back; ctrl-u takes back everything

Indices count the card's own order, as in `cards.Answer`; `shuffle` says what stands where on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dp100cards.cards import Answer, Card, Choice, Code, Match, Multiple, Order, Statements, key
from dp100cards.generate.options import keep_places
from dp100cards.scheduler.engine import luck

LETTERS = "abcdef"
UNSET = -1
MOVES = {"up": -1, "shift-tab": -1, "down": 1, "tab": 1}


class Sampler(Protocol):
    """What shuffles: `random.Random`, or anything like it."""

    def sample(self, population: Sequence[Any], k: int) -> list[Any]:
        """`k` of a population, in a new order."""


class Shuffle:
    """A shuffle that depends on its seed alone, whatever the version of Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def sample(self, population: Sequence[Any], k: int) -> list[Any]:
        self._seed += "'"
        order = sorted(range(len(population)), key=lambda n: luck(self._seed, n))
        return [population[n] for n in order[:k]]


class InOrder:
    """A shuffle that leaves everything where it stands in the deck."""

    def sample(self, population: Sequence[Any], k: int) -> list[Any]:
        return list(population[:k])


def label(row: int) -> str:
    """What a row is called: a–f, then 7, 8, …"""
    return LETTERS[row] if row < len(LETTERS) else str(row + 1)


@dataclass(frozen=True)
class Line:
    """A line of text being typed, and where its cursor stands (0: before the first character)."""

    text: str = ""
    cursor: int = 0


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What a learner has put in so far."""

    card: Card
    shuffle: tuple[int, ...] = ()
    """For each place on the screen the index of the option, item or right side that stands there."""
    lists: tuple[tuple[str, ...], ...] = ()
    """Code with lists: for each blank the entries of its list, shuffled."""
    values: tuple[int, ...] = ()
    """Choice, multiple: the chosen indices. Order: the items placed so far. Match: for each left side its right one,
    or UNSET. Statements: 1, 0 or UNSET. Code with lists: for each blank the entry, or UNSET."""
    lines: tuple[Line, ...] = ()
    """What was typed: one line for each gap. Empty where nothing is to be typed."""
    focus: int = UNSET
    """The row, or the gap, that the keys go to."""
    held: bool = False
    """Order: does the placed item in focus move with the arrow keys?"""
    warned: bool = False
    """Was the learner told that the answer is not whole? Then it is taken as it is the next time."""

    @property
    def types(self) -> bool:
        """Do letters go into a line of text?"""
        return bool(self.lines)

    @property
    def takes(self) -> bool:
        """Is there anything to choose or to type? If not, the learner answers from memory."""
        return bool(self.shuffle or self.values or self.lines)

    @property
    def picks(self) -> tuple[str, ...]:
        """The keys that choose something."""
        if isinstance(self.card, Statements):
            return ("y", "n")
        count = _choices(self)
        return (*map(label, range(count)), *map(str, range(1, min(count, len(LETTERS)) + 1)))

    @property
    def span(self) -> str:
        """The letters that choose, as they are named in key hints."""
        last = min(_choices(self), len(LETTERS)) - 1
        return "y n" if isinstance(self.card, Statements) else f"{label(0)}–{label(last)}"

    @property
    def shown(self) -> tuple[int, ...]:
        """The items of an order as they stand on the screen: those that are placed, then the others."""
        return (*self.values, *(n for n in self.shuffle if n not in self.values))

    @property
    def wanted(self) -> int:
        """How many things an answer consists of."""
        return 1 if isinstance(self.card, Choice) else len(key(self.card))

    @property
    def filled(self) -> int:
        """How many of them are there."""
        if self.types:
            return sum(bool(line.text.strip()) for line in self.lines)
        return sum(value != UNSET for value in self.values)

    @property
    def whole(self) -> bool:
        """Is nothing missing?"""
        return self.filled >= self.wanted

    @property
    def answer(self) -> Answer:
        """The answer as it stands; empty if nothing was put in."""
        if not self.filled:
            return ()
        if self.types:
            return tuple(line.text.strip() for line in self.lines)
        if self.lists:
            pairs = zip(self.lists, self.values, strict=True)
            return tuple(words[value] if value != UNSET else "" for words, value in pairs)
        return tuple(sorted(self.values)) if isinstance(self.card, Multiple) else self.values


def _choices(attempt: Attempt) -> int:
    return max(map(len, attempt.lists)) if attempt.lists else len(attempt.shuffle)


def begin(card: Card, rng: Sampler, *, typing: bool = False) -> Attempt:
    """An empty attempt at a card. With `typing`, what has no options is answered by typing."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            places: Sampler = InOrder() if keep_places([each.text for each in options]) else rng
            return Attempt(card=card, shuffle=tuple(places.sample(range(len(options)), len(options))))
        case Order(items=items, extra=extra):
            return Attempt(card=card, shuffle=_disordered(items + extra, rng))
        case Match(pairs=pairs, extra=extra):
            shuffle = tuple(rng.sample(range(count := len(pairs) + len(extra)), count))
            return Attempt(card=card, shuffle=shuffle, values=(UNSET,) * len(pairs), focus=0)
        case Statements(statements=statements):
            return Attempt(card=card, values=(UNSET,) * len(statements), focus=0)
        case Code(wrong=wrong) if wrong:
            words = [sorted({str(right), *others}) for right, others in zip(key(card), wrong, strict=True)]
            lists = tuple(tuple(rng.sample(each, len(each))) for each in words)
            return Attempt(card=card, lists=lists, values=(UNSET,) * len(lists), focus=0)
    return Attempt(card=card, lines=(Line(),) * len(key(card)), focus=0) if typing else Attempt(card=card)


def _disordered(items: tuple[str, ...], rng: Sampler) -> tuple[int, ...]:
    """A shuffle that is not the right order already, where there is another."""
    for _ in range(20):
        shuffle = tuple(rng.sample(range(len(items)), len(items)))
        if [items[i] for i in shuffle] != list(items):
            break
    return shuffle


def restored(attempt: Attempt, answer: Answer) -> Attempt:
    """The attempt with an answer that was given before."""
    if attempt.types:
        return replace(
            attempt, lines=tuple(Line(str(text), len(str(text))) for text in answer) or attempt.lines
        )
    if attempt.lists:
        pairs = zip(attempt.lists, answer, strict=False)
        values = tuple(words.index(str(word)) if word in words else UNSET for words, word in pairs)
        return replace(attempt, values=values or attempt.values)
    return replace(attempt, values=tuple(int(n) for n in answer) or attempt.values)


def cleared(attempt: Attempt) -> Attempt:
    """The attempt with nothing put in, everything at the same place."""
    lines = (Line(),) * len(attempt.lines)
    empty = () if isinstance(attempt.card, Choice | Multiple | Order) else (UNSET,) * len(attempt.values)
    focus = 0 if empty or lines else UNSET
    return replace(attempt, values=empty, lines=lines, focus=focus, held=False, warned=False)


def press(attempt: Attempt, name: str) -> tuple[Attempt, str] | None:
    """The attempt after a key and what is to be said of it, or None if the key means nothing to it.

    Enter is never its business: see `confirm`.
    """
    result = _typed(attempt, name) if attempt.types else _pressed(attempt, name)
    if result is None:
        return None
    after, said = result if isinstance(result, tuple) else (result, "")
    return replace(after, warned=False), said


def _pressed(attempt: Attempt, name: str) -> Attempt | tuple[Attempt, str] | None:
    card = attempt.card
    if name == "ctrl-u":
        return cleared(attempt)
    at = _row(attempt, name)
    match card:
        case Choice():
            if name in MOVES:
                attempt = _moved(attempt, MOVES[name], len(attempt.shuffle))
                return replace(attempt, values=(attempt.shuffle[attempt.focus],))
            if name == "backspace":
                return replace(attempt, values=())
            at = attempt.focus if name == "space" else at
            return None if at == UNSET else replace(attempt, focus=at, values=(attempt.shuffle[at],))
        case Multiple():
            if name in MOVES:
                return _moved(attempt, MOVES[name], len(attempt.shuffle))
            if name == "backspace":
                return replace(attempt, values=attempt.values[:-1])
            return _toggled(attempt, attempt.focus if name == "space" else at)
        case Order():
            return _order(attempt, name, at)
        case Match():
            if name in MOVES:
                return _moved(attempt, MOVES[name], len(attempt.values))
            right = attempt.shuffle[at] if at != UNSET else UNSET
            if name in ("left", "right"):
                places = [UNSET, *attempt.shuffle]
                now = places.index(attempt.values[attempt.focus])
                return _matched(
                    attempt, places[(now + (1 if name == "right" else -1)) % len(places)], stay=True
                )
            return _matched(attempt, right) if right != UNSET or name == "backspace" else None
        case Statements():
            if name in MOVES:
                return _moved(attempt, MOVES[name], len(attempt.values))
            if name in ("left", "right"):
                return _set(attempt, 0 if attempt.values[attempt.focus] == 1 else 1, stay=True)
            value = {"y": 1, "n": 0}.get(name, UNSET)
            return _set(attempt, value) if value != UNSET or name == "backspace" else None
    if not attempt.lists:
        return None
    words = attempt.lists[attempt.focus]
    if name in ("left", "right", "tab", "shift-tab"):
        return _moved(attempt, -1 if name in ("left", "shift-tab") else 1, len(attempt.values))
    if name in ("up", "down"):
        now = attempt.values[attempt.focus]
        to = (now + MOVES[name]) % len(words) if now != UNSET else (0 if name == "down" else len(words) - 1)
        return _set(attempt, to, stay=True)
    return _set(attempt, at) if UNSET < at < len(words) or name == "backspace" else None


def _row(attempt: Attempt, name: str) -> int:
    """The row that a letter or a number names, or UNSET."""
    at = int(name) - 1 if name.isdecimal() else LETTERS.find(name) if len(name) == 1 else UNSET
    return at if UNSET < at < _choices(attempt) else UNSET


def _moved(attempt: Attempt, by: int, count: int) -> Attempt:
    if attempt.focus == UNSET:
        return replace(attempt, focus=0 if by > 0 else count - 1)
    return replace(attempt, focus=(attempt.focus + by) % count)


def _toggled(attempt: Attempt, row: int) -> Attempt | tuple[Attempt, str] | None:
    """Choose an option of several or take it back; no more are taken than are asked for."""
    if row == UNSET:
        return None
    option, chosen = attempt.shuffle[row], attempt.values
    if option in chosen:
        return replace(attempt, focus=row, values=tuple(value for value in chosen if value != option))
    if attempt.whole:
        return replace(attempt, focus=row), f"Already {len(chosen)} chosen; deselect one first."
    return replace(attempt, focus=row, values=(*chosen, option))


def _order(attempt: Attempt, name: str, at: int) -> Attempt | tuple[Attempt, str] | None:
    placed = attempt.values
    if name in MOVES:
        after = _moved(attempt, MOVES[name], len(attempt.shuffle))
        if not attempt.held:
            return after
        if after.focus >= len(placed):
            return attempt
        values = list(placed)
        values.insert(after.focus, values.pop(attempt.focus))
        return replace(after, values=tuple(values))
    if name == "space":
        if UNSET < attempt.focus < len(placed):
            return replace(attempt, held=not attempt.held)
        at = attempt.focus
        return None if at == UNSET else _placed(attempt, attempt.shown[at])
    if name == "backspace":
        return replace(attempt, values=placed[:-1], held=False)
    return None if at == UNSET else _placed(attempt, attempt.shuffle[at])


def _placed(attempt: Attempt, item: int) -> Attempt | tuple[Attempt, str]:
    """Put an item at the next place, or take it out again."""
    if item in attempt.values:
        return replace(attempt, values=tuple(value for value in attempt.values if value != item), held=False)
    if attempt.whole:
        return attempt, f"Already {len(attempt.values)} placed; take one out first."
    return replace(attempt, values=(*attempt.values, item), held=False)


def _matched(attempt: Attempt, right: int, *, stay: bool = False) -> Attempt:
    """Give the left side in focus its right one, which no other then has."""
    values = tuple(UNSET if value == right else value for value in attempt.values)
    return _set(replace(attempt, values=values), right, stay=stay)


def _set(attempt: Attempt, value: int, *, stay: bool = False) -> Attempt:
    """Give the row in focus a value, and go to the next that has none."""
    values = list(attempt.values)
    values[attempt.focus] = value
    after = replace(attempt, values=tuple(values))
    return after if stay or value == UNSET else _next_empty(after)


def _next_empty(attempt: Attempt) -> Attempt:
    count = len(attempt.values)
    later = [*range(attempt.focus + 1, count), *range(attempt.focus)]
    return replace(attempt, focus=next((n for n in later if attempt.values[n] == UNSET), attempt.focus))


def confirm(attempt: Attempt) -> tuple[Attempt, bool, str]:
    """Enter: the attempt after it, whether it is to be taken as the answer, and what is to be said.

    What is in focus and not chosen yet is chosen; what is empty is gone to; what is not whole is taken only the
    second time, after a word about it.
    """
    if attempt.held:
        return replace(attempt, held=False), False, ""
    if attempt.whole or attempt.warned:
        return attempt, True, ""
    focus, values = attempt.focus, attempt.values
    if attempt.types:
        empty = [n for n, line in enumerate(attempt.lines) if n > focus and not line.text.strip()]
        if attempt.lines[focus].text.strip() and empty:
            return replace(attempt, focus=empty[0]), False, ""
    elif isinstance(attempt.card, Multiple | Order):
        here = attempt.shown[focus] if isinstance(attempt.card, Order) else attempt.shuffle[focus]
        if focus != UNSET and here not in values:
            return replace(attempt, values=(*values, here)), False, ""
    elif values and values[focus] != UNSET:
        return _next_empty(attempt), False, ""
    done = {"multiple": "chosen", "order": "placed"}.get(attempt.card.kind, "answered")
    told = f"{attempt.filled} of {attempt.wanted} {done}."
    if isinstance(attempt.card, Choice):
        told = f"Choose {attempt.span} or use the arrows."
    return (
        replace(attempt, warned=True),
        False,
        f"{told} Enter again: {'hand in' if attempt.filled else 'not known'}.",
    )


# Typing


def _typed(attempt: Attempt, name: str) -> Attempt | None:
    if name in MOVES:
        return _moved(attempt, MOVES[name], len(attempt.lines))
    if name == "ctrl-u" and not attempt.lines[attempt.focus].text:
        return cleared(attempt)
    lines = list(attempt.lines)
    lines[attempt.focus] = typed(lines[attempt.focus], name)
    return replace(attempt, lines=tuple(lines)) if lines != list(attempt.lines) else None


def typed(line: Line, name: str) -> Line:
    """The line after a key; a key that means nothing to it leaves it alone."""
    text, at = line.text, line.cursor
    before = text[:at].rstrip().rpartition(" ")
    word = len(before[0]) + bool(before[0])
    character = " " if name == "space" else name
    edits = {
        "backspace": (text[: max(at - 1, 0)] + text[at:], at - 1), "delete": (text[:at] + text[at + 1 :], at),
        "ctrl-u": (text[at:], 0), "ctrl-w": (text[:word] + text[at:], word), "left": (text, at - 1),
        "right": (text, at + 1), "home": (text, 0), "end": (text, len(text)),
    }  # fmt: skip
    # Names of keys are plain ASCII; a single key may type more than one character (an emoji, an accent).
    if character.isprintable() and (len(character) == 1 or not character.isascii()):
        edits[name] = (text[:at] + character + text[at:], at + len(character))
    after, to = edits.get(name, (text, at))
    return Line(after, min(max(to, 0), len(after)))
