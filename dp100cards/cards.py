"""What a card is, kind by kind, and how an answer to it is marked.

A card is one thing to be asked, with a permanent id. Its kind is its class:

| kind       | asks for                                             | an `Answer` to it                               |
| ---------- | ---------------------------------------------------- | ----------------------------------------------- |
| basic      | `answer`, from memory                                | what was typed: one string                      |
| cloze      | the `{{hidden}}` words of `ask`                      | one string for each gap                         |
| choice     | the one right option                                 | the index of the chosen option                  |
| multiple   | all right options; their number is given             | the chosen indices, ascending                   |
| order      | `items`, put in order; `extra` ones stay out         | the index of the item at each place             |
| match      | for each left side its right side                    | for each left, the index of the pair, or -1     |
| statements | yes or no to each statement                          | 1 or 0 for each statement, or -1                |
| code       | the `{{blanks}}` of `code`, picked from lists if any | one string for each blank                       |

Indices always count the card's own order, as it stands in the deck, however a screen has shuffled it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import eq
from typing import Any, ClassVar, dataclass_transform


class _Gap:
    """As a pattern, for gaps: `{{hidden}}`, or `{{=hidden=}}` in a text with other double braces; not `${{ … }}`."""

    LOOSE = re.compile(r"(?<!\$)\{\{(?!\{)((?:\$\{\{.+?\}\}|.)+?)\}\}", re.DOTALL)
    EXACT = re.compile(r"\{\{=(.+?)=\}\}", re.DOTALL)

    def _of(self, text: str) -> re.Pattern[str]:
        return self.EXACT if "{{=" in text and self.EXACT.search(text) else self.LOOSE

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self._of(text).sub(new, text)

    def findall(self, text: str) -> list[str]:
        return self._of(text).findall(text)


GAP = _Gap()  # a hidden span of a cloze card's `ask`, or a blank of a code card's `code`


def gapped(text: Callable[[str], str], hidden: Sequence[str]) -> str:
    """A text with these gaps, in the notation that gives them back. `text` writes it, given how a gap is written.

    Empty if no notation does.
    """
    wanted = tuple(each.strip() for each in hidden)
    return next((made for made in map(text, ("{{%s}}", "{{=%s=}}")) if gaps(made) == wanted), "")


def filled(ask: str) -> str:
    """The text of a cloze card, or code with blanks, with nothing hidden."""
    return GAP.sub(lambda gap: gap[1].strip(), ask) if "{{" in ask else ask


INLINE = (
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\$\$(?P<block>[^$]+?)\$\$|\\\[(?P<bracket>.+?)\\\]|\\\((?P<paren>.+?)\\\)"
    r"|(?<![\w$\\])\$(?P<math>(?=[^\s$])[^$\n]*[\\^_=+<>{][^$\n]*(?<=[^\s\\])|[A-Za-z])\$(?!\w)"
    r"|!\[(?P<alt>[^\]\n]*)\]\((?P<path>[^)\n]+?)(?: \"[^\"\n]*\")?\)"
    r"|\[(?P<link>[^\]\n]+)\]\((?P<url>[^)\s]+)\)|\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*"
    r"|(?<![\w*])\*(?P<soft>(?=[^\s*])[^*\n]+?(?<=[^\s*]))\*(?![\w*])"
)
"""Markup within a line of a card's text, as a pattern: code, LaTeX, pictures, links, bold and emphasized words."""

KINDS = ("basic", "cloze", "choice", "multiple", "order", "match", "statements", "code")
LEVELS = ("", "recall", "exam")

Answer = tuple[int, ...] | tuple[str, ...]
"""What a learner answered; the table above says how each kind is written. The empty tuple is "not answered"."""


@dataclass_transform(frozen_default=True, eq_default=False)
class Value:
    """What is equal if it is of one class and says the same: each class of it is a frozen dataclass.

    Its methods are written once, not generated for each class: that took a tenth of the time to the first card.
    """

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        dataclass(frozen=True, eq=False, repr=False, kw_only=kw_only)(cls)

    def __eq__(self, other: object) -> bool:
        return self.__class__ is other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.__class__, *self.__dict__.values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{self.__class__.__qualname__}({fields})"


class Source(Value):
    """Where a card comes from, in the notes and in the world.

    `note` is a path below `notes/`, `lines` its first and last line from 1, `quote` the very words. `title`, `url` and
    `date` (YYYY-MM-DD) are those of the public page that the fact was read in, `checked` the month of the reading.
    """

    note: str = ""
    lines: tuple[int, int] = (0, 0)
    quote: str = ""
    title: str = ""
    url: str = ""
    date: str = ""
    checked: str = ""


class Option(Value):
    """One option of a choice or multiple card, or one statement of a statements card.

    `because` says why a wrong option is wrong (or why a right one is right), in a sentence of its own.
    """

    text: str
    right: bool = False
    because: str = ""


class Pair(Value):
    """One pair of a match card: `left` belongs to `right`."""

    left: str
    right: str


class Scenario(Value):
    """A situation that several questions are about, as in a case study; `id` is its name within its deck."""

    id: str
    text: str


class Card(Value, kw_only=True):
    """What every card has. Text is simple Markdown: code, bold, links, pictures, lists, tables and LaTeX."""

    kind: ClassVar[str]  # as in the table above

    id: str
    deck: str
    ask: str
    explain: str = ""
    shows: str = ""  # what the notes said, where that is no longer so; shown beside today's answer
    tags: tuple[str, ...] = ()
    source: Source | None = None
    status: str = ""
    area: str = ""  # of the exam; its deck's, unless the card names its own
    level: str = ""  # `recall` (one fact, for daily study), `exam` (an item for mock exams), or not stated
    skills: tuple[str, ...] = ()  # of a blueprint, as `dp-100/3.17`
    scenario: Scenario | None = None  # what the question is about; it makes no sense without it

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        super().__init_subclass__(kw_only=kw_only)
        cls.kind = cls.__name__.lower()

    @property
    def fact(self) -> str:
        """What this card shares with its siblings: the words of the note that they all come from."""
        return f"{self.source.note}\n{self.source.quote}" if self.source and self.source.note else self.id


class Basic(Card, kw_only=True):
    answer: str


class Cloze(Card, kw_only=True):
    pass


class Choice(Card, kw_only=True):
    options: tuple[Option, ...]


class Multiple(Card, kw_only=True):
    options: tuple[Option, ...]


class Order(Card, kw_only=True):
    items: tuple[str, ...]
    extra: tuple[str, ...] = ()  # steps that are not needed; in an answer their indices follow the items'


class Match(Card, kw_only=True):
    pairs: tuple[Pair, ...]
    extra: tuple[str, ...] = ()  # right sides that belong to no left; their indices follow the pairs'


class Statements(Card, kw_only=True):
    statements: tuple[Option, ...]


class Code(Card, kw_only=True):
    code: str
    language: str = ""
    wrong: tuple[tuple[str, ...], ...] = ()  # of each blank's drop-down; empty where blanks are to be typed


class Deck(Value):
    """One YAML file of cards. `name` is the file's name without `.yaml`."""

    name: str
    title: str
    area: str = ""
    cards: tuple[Card, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    @property
    def every_scenario(self) -> tuple[Scenario, ...]:
        """The deck's scenarios, and those that only its cards bring along."""
        brought = {card.scenario.id: card.scenario for card in self.cards if card.scenario}
        return tuple((brought | {each.id: each for each in self.scenarios}).values())


class Mark(Value):
    """Points got, of points to be had: one for each part of the item; never below zero."""

    points: int
    of: int

    @property
    def right(self) -> bool:
        return self.points == self.of


def gaps(text: str) -> tuple[str, ...]:
    """The hidden spans of a cloze text or of code, in order."""
    return tuple(match.strip() for match in GAP.findall(text))


def key(card: Card) -> Answer:
    match card:
        case Choice(options=options) | Multiple(options=options):
            return tuple(n for n, option in enumerate(options) if option.right)
        case Order(items=items):
            return tuple(range(len(items)))
        case Match(pairs=pairs):
            return tuple(range(len(pairs)))
        case Statements(statements=statements):
            return tuple(int(statement.right) for statement in statements)
        case Cloze(ask=text) | Code(code=text):
            return gaps(text)
        case Basic(answer=answer):
            return (answer,)
    raise TypeError(f"no such kind of card: {card!r}")


def chosen(answer: Answer, texts: Sequence[str]) -> list[str]:
    """The texts that the indices of an answer stand for, "" for one that is none."""
    return [texts[n] if isinstance(n, int) and 0 <= n < len(texts) else "" for n in answer]


def compared(card: Card, answer: Answer) -> list[tuple[Any, Any, bool]]:
    """For each part of an answer that is no choice: what is right, what was given ("" for nothing), does it fit?

    Two equal items of an order card, or equal right sides of a match card, may stand for each other. Typed text
    is compared as `same_text` does.
    """
    wanted, given = list[Any](key(card)), list[Any](answer)
    fits: Callable[[Any, Any], bool] = eq
    match card:
        case Order(items=items, extra=extra):
            wanted, given = list(items), chosen(answer, items + extra)
        case Match(pairs=pairs, extra=extra):
            wanted = [pair.right for pair in pairs]
            given = chosen(answer, [*wanted, *extra])
        case Basic() | Cloze() | Code():
            given, fits = [str(text) for text in answer], same_text
    given += [""] * (len(wanted) - len(given))
    return [(right, mine, fits(mine, right)) for right, mine in zip(wanted, given, strict=False)]


def mark(card: Card, answer: Answer) -> Mark:
    """Mark an answer: a choice is right or wrong; every other kind gives one point for each part that is right.

    A `multiple` card says how many to choose, as the real exam does, and a wrong pick costs nothing. Only picks
    beyond that number, which no screen takes, cost a point each: ticking everything earns nothing.
    """
    match card:
        case Choice():
            return Mark(int(tuple(answer) == key(card)), 1)
        case Multiple():
            want, picks = set(key(card)), set(answer)
            return Mark(max(0, len(picks & want) - max(0, len(picks) - len(want))), len(want))
    parts = compared(card, answer)
    return Mark(sum(fits for _, _, fits in parts), len(parts))


_MARKS = re.compile(r"[`*“”\"]")


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """Text as it is compared: lower case, one space between words, no Markdown marks, no full stop at the end."""
    return " ".join(_MARKS.sub("", text).split()).rstrip(".!").strip().casefold()


def same_text(typed: str, right: str) -> bool:
    """Is what was typed the same as the right answer, but for case, spacing and small slips?

    A slip is an inserted, missing, changed or transposed letter: one is allowed from five letters on, two from
    ten, three from twenty. Digits must be exact: 3.6 is not 3.8.
    """
    a, b = plain_text(typed), plain_text(right)
    if a == b:
        return True
    if not a or re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False
    from rapidfuzz.distance import OSA  # 40 ms that only a typed answer needs

    allowed = sum(len(b) >= limit for limit in (5, 10, 20))
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed
