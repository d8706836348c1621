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

from dataclasses import dataclass, replace

from dp100cards.cards import Answer, Card, Choice, Code, Match, Multiple, Order, Statements, key
from dp100cards.generate.draft import keep_places
from dp100cards.scheduler.engine import luck

LETTERS = "abcdef"
UNSET = -1
MOVES = {"up": -1, "shift-tab": -1, "down": 1, "tab": 1}
ACROSS = {"left": -1, "right": 1}


def shuffled(count: int, seed: str, turn: int = 1) -> tuple[int, ...]:
    """The numbers from 0, in an order that hangs on the seed alone, whatever the Python; without one as they are."""
    return tuple(sorted(range(count), key=lambda n: luck(seed + "'" * turn, n) if seed else n))


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
    shuffle: tuple[int, ...] = ()  # for each place on the screen the index of the option, item or right side
    lists: tuple[tuple[str, ...], ...] = ()  # code with lists: for each blank its entries, shuffled
    values: tuple[int, ...] = ()
    """Choice, multiple: the chosen indices. Order: the items placed so far. Match: for each left side its right one,
    or UNSET. Statements: 1, 0 or UNSET. Code with lists: for each blank the entry, or UNSET."""
    lines: tuple[Line, ...] = ()  # what was typed: one line for each gap, where something is to be typed
    struck: frozenset[int] = frozenset()  # options that are ruled out: nothing chooses them
    focus: int = UNSET  # the row, or the gap, that the keys go to
    held: bool = False  # order: does the placed item in focus move with the arrow keys?
    warned: bool = False  # was the learner told that the answer is not whole? Then it is taken the next time
    said: str = ""  # what the last key has to say

    @property
    def types(self) -> bool:
        """Do letters go into a line of text?"""
        return bool(self.lines)

    @property
    def takes(self) -> bool:
        """Is there anything to choose or to type? If not, the learner answers from memory."""
        return bool(self.shuffle or self.values or self.lines)

    @property
    def choices(self) -> int:
        """How many rows have a letter or a number."""
        return max(map(len, self.lists)) if self.lists else len(self.shuffle)

    @property
    def picks(self) -> tuple[str, ...]:
        """The keys that choose something."""
        if isinstance(self.card, Statements):
            return ("y", "n")
        digits = range(1, min(self.choices, len(LETTERS)) + 1)
        return (*map(label, range(self.choices)), *map(str, digits))

    @property
    def span(self) -> str:
        """The letters that choose, as they are named in key hints."""
        last = min(self.choices, len(LETTERS)) - 1
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
        if self.types:
            return tuple(line.text.strip() for line in self.lines)
        if self.lists:
            pairs = zip(self.lists, self.values, strict=True)
            return tuple(words[value] if value != UNSET else "" for words, value in pairs)
        return tuple(sorted(self.values)) if isinstance(self.card, Multiple) else self.values


def begin(card: Card, seed: str = "", *, typing: bool = False) -> Attempt:
    """An empty attempt at a card. With `typing`, what has no options is answered by typing."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            kept = keep_places([each.text for each in options])
            return Attempt(card=card, shuffle=shuffled(len(options), "" if kept else seed))
        case Order(items=items, extra=extra):
            steps = items + extra
            orders = (shuffled(len(steps), seed, turn) for turn in range(1, 20))
            wrong = (order for order in orders if tuple(steps[n] for n in order) != steps)
            return Attempt(card=card, shuffle=next(wrong, shuffled(len(steps), seed, 20)))
        case Match(pairs=pairs, extra=extra):
            shuffle, empty = shuffled(len(pairs) + len(extra), seed), (UNSET,) * len(pairs)
            return Attempt(card=card, shuffle=shuffle, values=empty, focus=0)
        case Statements(statements=statements):
            return Attempt(card=card, values=(UNSET,) * len(statements), focus=0)
        case Code(wrong=wrong) if wrong:
            words = [sorted({str(right), *others}) for right, others in zip(key(card), wrong, strict=True)]
            places = (shuffled(len(each), seed, turn) for turn, each in enumerate(words, 1))
            lists = tuple(tuple(each[n] for n in order) for each, order in zip(words, places, strict=True))
            return Attempt(card=card, lists=lists, values=(UNSET,) * len(lists), focus=0)
    return Attempt(card=card, lines=(Line(),) * len(key(card)), focus=0) if typing else Attempt(card=card)


def restored(attempt: Attempt, answer: Answer) -> Attempt:
    """The attempt with an answer that was given before."""
    if attempt.types:
        lines = tuple(Line(str(text), len(str(text))) for text in answer)
        return replace(attempt, lines=lines or attempt.lines)
    values = answer
    if attempt.lists:
        pairs = zip(attempt.lists, answer, strict=False)
        values = tuple(words.index(str(word)) if word in words else UNSET for words, word in pairs)
    return replace(attempt, values=tuple(map(int, values)) or attempt.values)


def cleared(attempt: Attempt) -> Attempt:
    """The attempt with nothing put in, everything at the same place."""
    lines = (Line(),) * len(attempt.lines)
    empty = () if isinstance(attempt.card, Choice | Multiple | Order) else (UNSET,) * len(attempt.values)
    focus = 0 if empty or lines else UNSET
    return replace(attempt, values=empty, lines=lines, focus=focus, held=False, warned=False)


def press(attempt: Attempt, name: str) -> Attempt | None:
    """The attempt after a key, or None if the key means nothing to it.

    Enter is never its business: see `confirm`.
    """
    attempt = replace(attempt, warned=False, said="")
    at = int(name) - 1 if name.isdecimal() else LETTERS.find(name) if len(name) == 1 else UNSET
    at = at if UNSET < at < attempt.choices else UNSET
    if attempt.types:
        return _type(attempt, name)
    if name == "ctrl-u":
        return cleared(attempt)
    if isinstance(attempt.card, Choice | Multiple | Order):
        return _pick(attempt, name, at)
    return _fill(attempt, name, at) if attempt.takes else None


def _pick(attempt: Attempt, name: str, at: int) -> Attempt | None:
    """Choice, multiple, order: take an item, or give it back. What cannot be done is said."""
    one, order = isinstance(attempt.card, Choice), isinstance(attempt.card, Order)
    values, focus = attempt.values, attempt.focus
    if name in MOVES:
        after = _moved(attempt, MOVES[name], len(attempt.shuffle))
        if one and (item := after.shuffle[after.focus]) not in attempt.struck:
            return replace(after, values=(item,))
        if not attempt.held:
            return after
        if after.focus >= len(values):
            return attempt
        moved = list(values)
        moved.insert(after.focus, moved.pop(focus))
        return replace(after, values=tuple(moved))
    if name == "backspace":
        return replace(attempt, values=() if one else values[:-1], held=False)
    if name == "space" and order and UNSET < focus < len(values):
        return replace(attempt, held=not attempt.held)
    row = focus if name == "space" else at
    if row == UNSET:
        return None
    item = attempt.shown[row] if name == "space" and order else attempt.shuffle[row]
    attempt = replace(attempt, focus=focus if order else row, held=False)
    if item in attempt.struck:
        return replace(attempt, said=f"{label(row)} is struck out; - brings it back.")
    if one:
        return replace(attempt, values=(item,))
    if item in values:
        return replace(attempt, values=tuple(value for value in values if value != item))
    if attempt.whole:
        how = "placed; take one out" if order else "chosen; deselect one"
        return replace(attempt, said=f"Already {len(values)} {how} first.")
    return replace(attempt, values=(*values, item))


def _fill(attempt: Attempt, name: str, at: int) -> Attempt | None:
    """Match, statements, code with lists: give the row, or blank, in focus a value."""
    matching, now = isinstance(attempt.card, Match), attempt.values[attempt.focus]
    turns, moves = ACROSS, MOVES
    possible = list(attempt.shuffle or (1, 0))
    if attempt.lists:
        possible = list(range(len(attempt.lists[attempt.focus])))
        turns, moves = {"up": -1, "down": 1}, {**ACROSS, "tab": 1, "shift-tab": -1}
    if name in moves:
        return _moved(attempt, moves[name], len(attempt.values))
    if name in turns:
        possible = [UNSET, *possible] if matching else possible
        here = possible.index(now) if now in possible else min(-turns[name], 0)
        return _valued(attempt, possible[(here + turns[name]) % len(possible)])
    if isinstance(attempt.card, Statements):
        at = {"y": 0, "n": 1}.get(name, UNSET)
    if name == "backspace":
        return _valued(attempt, UNSET)
    return _next_empty(_valued(attempt, possible[at])) if UNSET < at < len(possible) else None


def _valued(attempt: Attempt, value: int) -> Attempt:
    """The row in focus with a value, which in a match no other row then has."""
    values = list(attempt.values)
    if isinstance(attempt.card, Match):
        values = [UNSET if each == value else each for each in values]
    values[attempt.focus] = value
    return replace(attempt, values=tuple(values))


def _moved(attempt: Attempt, by: int, count: int) -> Attempt:
    if attempt.focus == UNSET:
        return replace(attempt, focus=0 if by > 0 else count - 1)
    return replace(attempt, focus=(attempt.focus + by) % count)


def _next_empty(attempt: Attempt) -> Attempt:
    later = [*range(attempt.focus + 1, len(attempt.values)), *range(attempt.focus)]
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
        if focus != UNSET and here not in values and here not in attempt.struck:
            return replace(attempt, values=(*values, here)), False, ""
    elif values and values[focus] != UNSET:
        return _next_empty(attempt), False, ""
    choose = f"Choose {attempt.span} or use the arrows."
    said = choose if isinstance(attempt.card, Choice) else f"{attempt.so_far}."
    after = "hand in" if attempt.filled else "not known"
    return replace(attempt, warned=True), False, f"{said} Enter again: {after}."


# Typing


def _type(attempt: Attempt, name: str) -> Attempt | None:
    if name in MOVES:
        return _moved(attempt, MOVES[name], len(attempt.lines))
    line = attempt.lines[attempt.focus]
    if name == "ctrl-u" and not line.text:
        return cleared(attempt)
    lines = list(attempt.lines)
    lines[attempt.focus] = typed(line, name)
    return replace(attempt, lines=tuple(lines)) if lines[attempt.focus] != line else None


def typed(line: Line, name: str) -> Line:
    """The line after a key; a key that means nothing to it leaves it alone."""
    text, at = line.text, line.cursor
    before = text[:at].rstrip().rpartition(" ")
    word = len(before[0]) + bool(before[0])
    character = " " if name == "space" else name
    edits = {
        "backspace": (text[: max(at - 1, 0)] + text[at:], at - 1),
        "delete": (text[:at] + text[at + 1 :], at),
        "ctrl-u": (text[at:], 0),
        "ctrl-w": (text[:word] + text[at:], word),
        "left": (text, at - 1),
        "right": (text, at + 1),
        "home": (text, 0),
        "end": (text, len(text)),
    }
    # Names of keys are plain ASCII; a single key may type more than one character (an emoji, an accent).
    if character.isprintable() and (len(character) == 1 or not character.isascii()):
        edits[name] = (text[:at] + character + text[at:], at + len(character))
    after, to = edits.get(name, (text, at))
    return Line(after, min(max(to, 0), len(after)))
