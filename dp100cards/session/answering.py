"""An answer in the making: how keys choose options, put items in order, match, say yes and no, and type into gaps.

What a key means to an answer is the same in study, quiz and exam:

- `a`–`f` and `1`–`6` choose; what comes after the sixth has its number for a label and is reached by the arrows
- up and down move; in a choice, and in a blank with a list, what they reach is chosen, as with radio buttons
- space chooses what is in focus or takes it back
- left and right change the row in focus of a match or a series, and go from blank to blank
- `y` and `n` answer a statement; backspace takes back; ctrl-u takes back everything

Indices count the card's own order, as in `cards.Answer`; `shuffle` says what stands where on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from dp100cards.cards import Answer, Card, Choice, Code, Match, Multiple, Order, Statements, key
from dp100cards.generate.draft import keep_places
from dp100cards.scheduler.engine import luck

LETTERS = "abcdef"
UNSET = -1
UP_DOWN, LEFT_RIGHT = {"up": -1, "down": 1}, {"left": -1, "right": 1}
TABS = {"shift-tab": -1, "tab": 1}


def shuffled(count: int, seed: str, turn: int = 1) -> tuple[int, ...]:
    """The numbers from 0, in an order that hangs on the seed alone, whatever the Python; without one as they are."""
    return tuple(sorted(range(count), key=lambda n: luck(seed + "'" * turn, n) if seed else n))


def label(row: int) -> str:
    """What a row is called: a–f, then 7, 8, …"""
    return LETTERS[row] if row < len(LETTERS) else str(row + 1)


class Line(NamedTuple):
    """A line of text being typed: what is before its cursor, and what follows it."""

    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        return self.before + self.after


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What a learner has put in so far."""

    card: Card
    shuffle: tuple[int, ...] = ()
    """What stands where: the index of an option, item or right side, or what can be said of a statement (1, 0)."""
    lists: tuple[tuple[str, ...], ...] = ()  # code with lists: for each blank its words, shuffled
    values: tuple[Any, ...] = ()
    """Choice, multiple: the chosen indices. Order: the items placed so far. Match, statements, code with lists: for
    each row or blank the one of `possible` that it has, or UNSET; for a blank that is ""."""
    lines: tuple[Line, ...] = ()  # what was typed: one line for each gap; none where nothing is to be typed
    struck: frozenset[int] = frozenset()  # options that are ruled out: nothing chooses them
    focus: int = UNSET  # the row, or the gap, that the keys go to
    warned: bool = False  # was the learner told that the answer is not whole? Then it is taken the next time
    said: str = ""  # what the last key has to say

    @property
    def takes(self) -> bool:
        """Is there anything to choose or to type? If not, the learner answers from memory."""
        return bool(self.shuffle or self.lists or self.lines)

    @property
    def possible(self) -> tuple[Any, ...]:
        """What there is to choose from, for the row in focus, in the order of its letters."""
        return self.lists[self.focus] if self.lists else self.shuffle

    @property
    def picks(self) -> dict[str, int]:
        """The keys that choose something, and what they choose: a place in `possible`."""
        if isinstance(self.card, Statements):
            return {"y": 0, "n": 1}
        count = max(map(len, self.lists), default=len(self.shuffle))
        return {name: n for n in range(count) for name in (label(n), str(n + 1))}

    @property
    def span(self) -> str:
        """The letters that choose, as they are named in key hints."""
        letters = [name for name in self.picks if name.isalpha()]
        beyond = [name for name in self.picks if name.isdecimal() and int(name) > len(LETTERS)]
        spans = ("–".join(dict.fromkeys((*names[:1], *names[-1:]))) for names in (letters, beyond) if names)
        return "y n" if isinstance(self.card, Statements) else " ".join(spans)

    @property
    def shown(self) -> tuple[int, ...]:
        """Options or items as they stand on the screen: in an order those that are placed, then the others."""
        placed = self.values if isinstance(self.card, Order) else ()
        return (*placed, *(n for n in self.shuffle if n not in placed))

    @property
    def wanted(self) -> int:
        """How many things an answer consists of."""
        return len(key(self.card))

    @property
    def entered(self) -> list[bool]:
        """Is there anything, for each thing chosen, row or gap?"""
        texts = (line.text.strip() for line in self.lines)
        return [value not in (UNSET, "") for value in (*self.values, *texts)]

    @property
    def filled(self) -> int:
        """How many of the things wanted are there."""
        return sum(self.entered)

    @property
    def whole(self) -> bool:
        return self.filled >= self.wanted

    @property
    def so_far(self) -> str:
        """How much is there, in words."""
        verb = {"multiple": "chosen", "order": "placed"}.get(self.card.kind, "answered")
        return f"{self.filled} of {self.wanted} {verb}"

    @property
    def answer(self) -> Answer:
        """The answer as it stands; empty if nothing was put in."""
        if not self.filled:
            return ()
        if self.lines:
            return tuple(line.text.strip() for line in self.lines)
        return tuple(sorted(self.values)) if isinstance(self.card, Multiple) else self.values


def begin(card: Card, seed: str = "", *, typing: bool = False) -> Attempt:
    """An empty attempt at a card. With `typing`, what has no options is answered by typing."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            kept = keep_places([each.text for each in options])
            return Attempt(card=card, shuffle=shuffled(len(options), "" if kept else seed))
        case Order(items=items, extra=extra):
            steps = items + extra
            order = shuffled(len(steps), seed)
            solved = tuple(steps[n] for n in order) == steps
            return Attempt(card=card, shuffle=order[1:] + order[:1] if solved else order)
        case Match(pairs=pairs, extra=extra):
            return cleared(Attempt(card=card, shuffle=shuffled(len(pairs) + len(extra), seed)))
        case Statements():
            return cleared(Attempt(card=card, shuffle=(1, 0)))
        case Code(wrong=wrong) if wrong:
            words = [sorted({str(right), *others}) for right, others in zip(key(card), wrong, strict=True)]
            lists = (
                tuple(each[n] for n in shuffled(len(each), seed, turn)) for turn, each in enumerate(words, 1)
            )
            return cleared(Attempt(card=card, lists=tuple(lists)))
    return cleared(Attempt(card=card, lines=(Line(),) * len(key(card)))) if typing else Attempt(card=card)


def cleared(attempt: Attempt) -> Attempt:
    """The attempt with nothing put in, everything at the same place."""
    rows = attempt.wanted if attempt.lists or isinstance(attempt.card, Match | Statements) else 0
    values, lines = ("" if attempt.lists else UNSET,) * rows, (Line(),) * len(attempt.lines)
    return replace(attempt, values=values, lines=lines, focus=0 if values or lines else UNSET, warned=False)


def restored(attempt: Attempt, answer: Answer) -> Attempt:
    """The attempt with an answer that was given before."""
    if attempt.lines:
        return replace(attempt, lines=tuple(Line(str(text)) for text in answer) or attempt.lines)
    return replace(attempt, values=answer or attempt.values)


def press(attempt: Attempt, name: str) -> Attempt | None:
    """The attempt after a key, or None if the key means nothing to it; of enter see `confirm`."""
    if not attempt.takes:
        return None
    attempt = replace(attempt, warned=False, said="")
    if attempt.lines:
        return _type(attempt, name)
    if name == "ctrl-u":
        return cleared(attempt)
    if isinstance(attempt.card, Choice | Multiple | Order):
        return _collect(attempt, name)
    return _fill(attempt, name)


def _collect(attempt: Attempt, name: str) -> Attempt | None:
    """Choice, multiple, order: take an item, or give it back. What cannot be done is said."""
    one, order = isinstance(attempt.card, Choice), isinstance(attempt.card, Order)
    values, focus = attempt.values, attempt.focus
    if by := (UP_DOWN | TABS).get(name):
        after = _moved(attempt, by, len(attempt.shuffle))
        item = after.shown[after.focus]
        return replace(after, values=(item,)) if one and item not in attempt.struck else after
    if name == "backspace":
        return replace(attempt, values=values[:-1])
    if name == "space" and focus != UNSET:
        item = attempt.shown[focus]
    elif name in attempt.picks:
        item = attempt.shuffle[attempt.picks[name]]
    else:
        return None
    row = attempt.shuffle.index(item)
    attempt = replace(attempt, focus=focus if order else row)
    if item in attempt.struck:
        return replace(attempt, said=f"{label(row)} is struck out; - brings it back.")
    if item in values and not one:
        # Enter chooses what is in focus, and must not choose again what a letter has taken back.
        focus = attempt.focus if order or name == "space" else UNSET
        return replace(attempt, values=tuple(value for value in values if value != item), focus=focus)
    if attempt.whole and not one:
        how = "placed; take one out" if order else "chosen; deselect one"
        return replace(attempt, said=f"Already {len(values)} {how} first.")
    return replace(attempt, values=(item,) if one else (*values, item))


def _fill(attempt: Attempt, name: str) -> Attempt | None:
    """Match, statements, code with lists: give the row, or blank, in focus a value."""
    possible, now = attempt.possible, attempt.values[attempt.focus]
    # The list of a blank runs down the screen, the blanks follow each other; of rows it is the other way round.
    moves, turns = (LEFT_RIGHT, UP_DOWN) if attempt.lists else (UP_DOWN, LEFT_RIGHT)
    if by := (moves | TABS).get(name):
        return _moved(attempt, by, len(attempt.values))
    if by := turns.get(name):
        here = possible.index(now) if now in possible else min(-by, 0)
        return _valued(attempt, possible[(here + by) % len(possible)])
    if name == "backspace":
        return _valued(attempt, "" if attempt.lists else UNSET)
    at = attempt.picks.get(name, len(possible))
    return _next_empty(_valued(attempt, possible[at])) if at < len(possible) else None


def _valued(attempt: Attempt, value: int | str) -> Attempt:
    """The row in focus with a value, which in a match no other row then has."""
    values = list(attempt.values)
    if isinstance(attempt.card, Match):
        values = [UNSET if each == value else each for each in values]
    values[attempt.focus] = value
    return replace(attempt, values=tuple(values))


def _moved(attempt: Attempt, by: int, count: int) -> Attempt:
    start = min(-by, 0) if attempt.focus == UNSET else attempt.focus
    return replace(attempt, focus=(start + by) % count)


def _next_empty(attempt: Attempt) -> Attempt:
    entered, focus = attempt.entered, attempt.focus
    later = [*range(focus + 1, len(entered)), *range(focus)]
    return replace(attempt, focus=next((n for n in later if not entered[n]), focus))


def confirm(attempt: Attempt) -> tuple[Attempt, bool]:
    """Enter: the attempt after it, and whether it is to be taken as the answer.

    What is in focus and not chosen yet is chosen; what is empty is gone to; what is not whole is taken only the
    second time, after a word about it.
    """
    attempt = replace(attempt, said="")
    if attempt.whole or attempt.warned:
        return attempt, True
    focus, values, entered = attempt.focus, attempt.values, attempt.entered
    if isinstance(attempt.card, Multiple | Order):
        here = attempt.shown[focus]
        if focus != UNSET and here not in values and here not in attempt.struck:
            return replace(attempt, values=(*values, here)), False
    elif entered and entered[focus]:
        return _next_empty(attempt), False
    choose = f"Choose {attempt.span} or use the arrows."
    said = choose if isinstance(attempt.card, Choice) else f"{attempt.so_far}."
    after = "hand in" if attempt.filled else "not known"
    return replace(attempt, warned=True, said=f"{said} Enter again: {after}."), False


# Typing


def _type(attempt: Attempt, name: str) -> Attempt | None:
    if by := (UP_DOWN | TABS).get(name):
        return _moved(attempt, by, len(attempt.lines))
    line = attempt.lines[attempt.focus]
    if name == "ctrl-u" and not line.text:
        return cleared(attempt)
    lines = list(attempt.lines)
    lines[attempt.focus] = typed(line, name)
    return replace(attempt, lines=tuple(lines)) if lines[attempt.focus] != line else None


def typed(line: Line, name: str) -> Line:
    """The line after a key; a key that means nothing to it leaves it alone."""
    before, after = line
    edits = {
        "backspace": (before[:-1], after),
        "delete": (before, after[1:]),
        "ctrl-u": ("", after),
        "ctrl-w": (before[: before.rstrip().rfind(" ") + 1], after),
        "left": (before[:-1], before[-1:] + after),
        "right": (before + after[:1], after[1:]),
        "home": ("", line.text),
        "end": (line.text, ""),
        "space": (before + " ", after),
    }
    # Names of keys are plain ASCII; a single key may type more than one character (an emoji, an accent).
    types = name.isprintable() and (len(name) == 1 or not name.isascii())
    return Line(*edits.get(name, (before + name * types, after)))
