"""A card in the making: how a fact is asked, and what reading the notes gives before anything has an identity.

`pipeline.draft_cards` makes drafts; identity, routing and merge turn them into decks.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dp100cards.cards import Basic, Card, Choice, Match, Multiple, Pair, Source
from dp100cards.errors import Problem

EXPLICIT = "explicit"  # the template of a card that a person wrote as a question


@dataclass(frozen=True)
class Draft:
    """One card that the notes give, before it has an id and a deck: `card.id` and `card.deck` are empty."""

    card: Card
    template: str  # `explicit`, or how a fact was asked: `definition`, `cell`
    concept: str = ""  # the thing that the card is about, as the note writes it
    headings: tuple[str, ...] = ()  # the headings above it, outermost first, without attributes
    deck: str = ""
    """The deck that the front matter names, or the folder of a bank with one question a file; else empty."""
    title: str = ""
    area: str = ""
    top: str = ""  # the note's heading of level 1, if it has exactly one
    cited: bool = False  # does its source quote another note than the one that it is written in?
    hints: tuple[str, ...] = ()
    """Codes of the soft checks that the card does not pass (`quality.CHECKS` has a sentence for each)."""


@dataclass(frozen=True)
class Drafts:
    """All that a set of notes gives, in the order of the notes."""

    drafts: list[Draft] = field(default_factory=list)
    statements: list[Source] = field(default_factory=list)
    """What the notes say. A statement is covered if a card of the decks quotes it, or is quoted in it."""
    problems: list[Problem] = field(default_factory=list)
    """Mistakes that a person has to mend: malformed front matter, attributes or questions."""
    unused: list[Problem] = field(default_factory=list)
    """What looks like a question and makes no card, with the reason; no mistake (a to-do list)."""


def made(template: str, kind: type[Card], ask: str, concept: str, **fields: Any) -> Draft:
    """A card before its source."""
    return Draft(kind(id="", deck="", ask=ask, **fields), template, concept)


TRUTHS = re.compile(
    r"(?:yes|no|true|false|y|n|x|present|absent|usually|rarely|sometimes)\b|[✓✔✗✘✅❌⚠]", re.IGNORECASE
)
"""A column of these is no relation."""
MOST_PAIRS = 5


def tidy(text: str) -> str:
    """A question with a capital and single blanks."""
    text = re.sub(r"\s+", " ", text).replace(" ?", "?").strip()
    return text[:1].upper() + text[1:]


def as_answer(text: str) -> str:
    """An answer with a capital and without a full stop."""
    text = text.lstrip(" ,;").rstrip(" ,;.")
    return text[:1].upper() + text[1:] if re.match(r"[a-z](?:[a-z'’-]+(?![\w(]|\.\w)| )", text) else text


def basic(template: str, ask: str, answer: str, concept: str) -> Draft:
    """A question and its answer."""
    return made(template, Basic, tidy(ask), concept, answer=as_answer(answer))


def shares(name: str, value: str) -> bool:
    """Does a meaning give its name away?"""
    words = {word.lower() for word in re.findall(r"\w{3,}", name)}
    return bool(words & {word.lower() for word in re.findall(r"\w{3,}", value)})


def matches(
    template: str, ask: str, pairs: Sequence[tuple[str, str]], about: str, longest: int
) -> Iterator[Draft]:
    """Cards of up to five pairs whose right sides cannot be taken for each other."""
    fit = [
        (a, b) for a, b in pairs if 0 < len(b.split()) <= longest and not shares(a, b) and not TRUTHS.match(b)
    ]
    chunks: list[list[tuple[str, str]]] = []
    apart = len({a.lower() for a, _ in fit}) == len(fit)
    for pair in fit[:30] if apart and len(fit) * 4 >= len(pairs) * 3 else []:
        room = (each for each in chunks if len(each) < MOST_PAIRS)
        home = next((each for each in room if clearly_different([*(b for _, b in each), pair[1]])), None)
        if home is None:
            chunks.append(home := [])
        home.append(pair)
    chunks = [chunk for chunk in chunks if len(chunk) >= 3]
    for n, chunk in enumerate(chunks, 1):
        part = f" (part {n} of {len(chunks)})" if len(chunks) > 1 else ""
        paired = tuple(Pair(*pair) for pair in chunk)
        yield made(template, Match, tidy(f"{ask}{part}."), about, pairs=paired)


LETTERS = 6  # letters of an id after the deck's name: 32^6, a thousand million


def id_from(deck: str, seed: str) -> str:
    """The id that this seed gives a card of this deck, always the same: "workspace-bzqydj"."""
    digest = hashlib.sha256(seed.encode()).digest()[:5]
    return f"{deck}-{base64.b32encode(digest).decode().lower()[:LETTERS]}"


# Options: which are known to be wrong, and in which places they stand. Silence of the notes is not falsity. Known to be
# wrong are another row's value in the same column where no two rows share one, and the other terms of a list whose own
# meanings differ clearly.

ALIKE = 60  # from this likeness (token set ratio) on, two meanings may both fit
MOST_ALIKE_LENGTH = 2.5
SEVERAL = re.compile(r",| and | or |/|;|\+")


def words_of(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9][\w+#.-]*", text.lower())
    return {word for word in words if len(word) > 3 or word.isdigit()}


def different(one: str, other: str) -> bool:
    """Can what is said in one not be meant by the other?"""
    from rapidfuzz.fuzz import token_set_ratio  # 23 ms, which the first card of a session does without

    a, b = words_of(one), words_of(other)
    if not a or not b or a <= b or b <= a:
        return False
    return token_set_ratio(one.lower(), other.lower()) < ALIKE or len(a & b) * 4 < min(len(a), len(b))


def clearly_different(values: Sequence[str]) -> bool:
    """Do all values of a small group differ from each other?"""
    low = [value.lower().strip(" .") for value in values]
    if len(set(low)) < len(low):
        return False
    if all(len(value.split()) <= 3 for value in low):
        return not any(a in b for n, a in enumerate(low) for m, b in enumerate(low) if n != m)
    return all(different(a, b) for n, a in enumerate(low) for b in low[n + 1 :])


def others_of_list(name: str, value: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Other terms of a list that cannot be meant by this meaning, with their meanings; alike in length first."""
    mine = words_of(name)
    found = [
        (other, said)
        for other, said in pairs
        if other != name
        and different(value, said)
        # A kind and one of its kind could both be meant.
        and not (mine & (words_of(said) | words_of(other)) or words_of(other) & words_of(value))
    ]
    return sorted(found, key=lambda pair: abs(len(pair[0]) - len(name)))


def others_of_column(value: str, values: Sequence[str]) -> list[str]:
    """Values of other rows that are wrong for this one: where a row has one value, and the two do not overlap."""
    distinct = list(dict.fromkeys(each for each in values[:16] if each))
    if len(distinct) < 4 or not all(values[:16]) or value not in distinct:
        return []
    longest = max(len(value), 12) * MOST_ALIKE_LENGTH
    fit = [
        each
        for each in distinct
        if each != value
        and clearly_different([value, each])
        and len(value) / MOST_ALIKE_LENGTH <= len(each) <= longest
        and not (SEVERAL.search(each) and SEVERAL.search(value))
    ]
    return sorted(fit, key=lambda each: (abs(len(each) - len(value)), each))


_NAMES_OTHERS = (
    r"(?i)^\(?[A-H][.):]\s"
    r"|\b(?:all|none|both|neither|any|only)\b.*\b(?:above|below|these|[A-H],? (?:and|or|nor) [A-H])\b"
)
_YES_NO = ({"yes", "no"}, {"true", "false"})
_QUANTITY = r"\W*?(-?\d+(?:[.,]\d+)*)\s*([^\d\s]*)\W*"


def with_places(card: Card) -> Card:
    """The card with its options in their places: the right ones spread evenly over a bank, the same for one id always.

    The places are the build's to give, for a person puts the right option first. Numbers are sorted; options that name
    each other keep the order of the note, also "All of the above" and yes and no.
    """
    if not isinstance(card, Choice | Multiple):
        return card
    if keep_places([each.text for each in card.options]):
        sizes = [size for each in card.options if (size := _quantity(each.text)[0]) is not None]
        if len(sizes) < len(card.options):
            return card
        order = sorted(range(len(sizes)), key=sizes.__getitem__)
        return replace(card, options=tuple(card.options[n] for n in order))
    mixed = sorted(card.options, key=lambda option: _dice(f"{card.id}\n{option.text}"))
    if isinstance(card, Choice):  # by the id alone: it stays in its place when a wrong one is reworded
        right = next(option for option in mixed if option.right)
        mixed.remove(right)
        mixed.insert(_dice(card.id) % len(card.options), right)
    return replace(card, options=tuple(mixed))


def keep_places(options: Sequence[str]) -> bool:
    """Have options an order of their own: numbers, yes and no, or those that name each other?"""
    values = [_quantity(text) for text in options]
    numbers = len({unit for _, unit in values}) == 1 and all(value is not None for value, _ in values)
    yes_no = {text.casefold() for text in options} in _YES_NO
    return numbers or yes_no or any(re.search(_NAMES_OTHERS, each) for each in options)


def _dice(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _quantity(text: str) -> tuple[float | None, str]:
    """The number that an option is, if it is one, and its unit."""
    found = re.fullmatch(_QUANTITY, text.strip())
    if not found or found[1].count(".") > 1:
        return None, ""
    return float(found[1].replace(",", "")), found[2].casefold()
