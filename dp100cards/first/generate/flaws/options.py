"""Flaws of options: choice, multiple, order, match and statements cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dp100cards.cards import Choice, Match, Multiple, Option, Order, Statements, plain_text
from dp100cards.first.generate.english import NUMBERS, number_word
from dp100cards.first.generate.flaws.flaw import Flaw, flaw
from dp100cards.first.generate.looks import figure
from dp100cards.first.generate.shape import features
from dp100cards.first.generate.stems import GENERIC_STEMS, overlap, stems
from dp100cards.first.notes.any_case import AnyCase

_NONE_OR_ALL = AnyCase(
    r"\b(?:none|all|both|neither|any) of (?:the above|these|them|those|the options|the others)\b"
    r"|^(?:all|none|both|neither)\.?$"
)
_ABSOLUTE = AnyCase(
    r"(?<!nearly )(?<!almost )(?<!not )"
    r"\b(?:always|never|all|none|only|every|must|completely|impossible|entirely|totally)\b"
)
_VAGUE = AnyCase(
    r"\b(?:often|usually|sometimes|generally|several|some|various|etc|many|mostly|frequently|rarely"
    r"|seldom)\b"
)
_NOT = AnyCase(r"\b(?:not|never|except|isn't|aren't|doesn't|don't|cannot|can't|least likely|false)\b")
_COMBINED = re.compile(r"^(?:both )?(?:[a-h]|\d) (?:and|or|&) (?:[a-h]|\d)$", re.IGNORECASE)
_LETTER = re.compile(r"\w")
_CITED = re.compile(r"“[^”]*”|`[^`]*`")
_HOLE = re.compile(r"_{3,}|\.{4,}")


NAME_LENGTH = 30
"""Names are as long as they are: only options longer than this are called uneven."""


def choice_flaws(card: Choice) -> Iterator[Flaw]:
    """The item-writing flaws of an item with one right option."""
    right = [option for option in card.options if option.right]
    if not right:
        yield flaw("no-right-option")
    if len(right) > 1:
        yield flaw("two-keys", ", ".join(option.text for option in right))
    if len(card.options) < 2 or len(card.options) > 6 or (len(card.options) == 2 and not _both_named(card)):
        yield flaw("option-count", f"{len(card.options)} options")
    yield from _option_flaws(card.ask, card.options)
    if len(right) == 1 and len(card.options) > 1:
        yield from _cues(card.ask, right[0], [option for option in card.options if not option.right])


def multiple_flaws(card: Multiple) -> Iterator[Flaw]:
    """The flaws of an item with several right options."""
    right = sum(option.right for option in card.options)
    wrong = len(card.options) - right
    if not right or not wrong:
        yield flaw("no-right-option")
    elif right < 2 or wrong < 2:
        yield flaw("few-wrong", f"{right} right, {wrong} wrong")
    if len(card.options) > 8:
        yield flaw("option-count", f"{len(card.options)} options")
    told = {number_word(right), str(right)} if right < len(NUMBERS) else {str(right)}
    if not told & set(re.findall(r"\w+", card.ask.lower())):
        yield flaw("number-untold")
    yield from _option_flaws(card.ask, card.options)
    if right and wrong:
        keys, others = [[o.text for o in card.options if o.right is side] for side in (True, False)]
        if min(map(len, keys)) > 1.5 * max(map(len, others)) and min(map(len, keys)) > 12:
            yield flaw("longest-key", "every right option is longer than every wrong one")
        yield from _shape_cue(keys, others)


def _both_named(card: Choice) -> bool:
    asked = stems(card.ask)
    return all(overlap(stems(option.text), asked) >= 0.5 for option in card.options)


def _option_flaws(ask: str, options: Sequence[Option]) -> Iterator[Flaw]:
    looks = [_look(option.text) for option in options]
    seen: dict[str, str] = {}
    for look in looks:
        if look.plain in seen.values() or look.alike in seen:
            yield flaw("same-options", look.plain)
        seen[look.alike] = look.plain
    if any(look.none_or_all for look in looks):
        yield flaw("none-or-all")
    plain = [look.plain for look in looks]
    if set(plain) <= {"true", "false", "yes", "no"}:
        yield flaw("true-false-options")
    if any(look.combines for look in looks) or _combined(plain):
        yield flaw("combined-options")
    if found := _NOT.found(_CITED.sub("", ask)):
        yield flaw("negative-question", found)
    if _HOLE.search(ask):
        yield flaw("fill-in-question")
    absolute = [option.text for option, look in zip(options, looks, strict=True) if look.absolute]
    if absolute and len(absolute) < len(options):
        yield flaw("absolute-term", absolute[0])
    if vague := next((look.vague for look in looks if look.vague), ""):
        yield flaw("vague-term", vague)
    known = [look.size for look in looks if look.size is not None]
    if len(known) == len(looks) > 1 and known != sorted(known) and known != sorted(known, reverse=True):
        yield flaw("lost-sequence")
    if any(not option.because for option in options if not option.right):
        yield flaw("no-because")


class _Look(NamedTuple):
    """What the rules see in one option."""

    plain: str
    alike: str
    none_or_all: bool
    combines: bool
    absolute: bool
    vague: str
    size: tuple[float, ...] | None


@lru_cache(maxsize=4096)
def _look(text: str) -> _Look:
    """An option stands on many cards, and is looked at once."""
    plain = plain_text(text)
    return _Look(
        plain,
        " ".join(sorted(stems(plain))) or plain,
        bool(_NONE_OR_ALL.search(text)),
        bool(_COMBINED.match(text.strip(". "))),
        bool(_ABSOLUTE.search(text)),
        _VAGUE.found(text),
        figure(text),
    )


def _combined(plain: list[str]) -> bool:
    return any(
        sum(other != text and _holds(text, other) for other in plain) >= 2
        for text in plain
        if " and " in text or "," in text
    )


def _holds(text: str, part: str) -> bool:
    """Does the text hold the part as words of their own?"""
    at = text.find(part)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(part) : at + len(part) + 1]
        if not (_LETTER.match(before) or _LETTER.match(after)):
            return True
        at = text.find(part, at + 1)
    return False


def _cues(ask: str, key: Option, wrong: list[Option]) -> Iterator[Flaw]:
    """What gives the key away to somebody who knows nothing."""
    lengths = [len(option.text) for option in wrong]
    if len(key.text) > 20 and len(key.text) > 1.25 * max(lengths):
        yield flaw("longest-key", key.text)
    everything = [len(key.text), *lengths]
    if max(everything) > NAME_LENGTH and max(everything) > 3 * min(everything):
        yield flaw("uneven-options")
    asked, said = stems(ask), stems(key.text)
    named = _both_asked(ask, wrong)
    repeated = {
        s for s in (asked & said) - GENERIC_STEMS if not any(s in stems(option.text) for option in wrong)
    }
    if not named and _inside_a_word(key.text, ask) and not any(_inside_a_word(o.text, ask) for o in wrong):
        repeated.add(key.text.lower())
    pieces = [_pieces(option.text) for option in wrong]
    repeated |= (_pieces(key.text) & asked) - frozenset[str]().union(*pieces) - GENERIC_STEMS
    if said and not named and (said <= asked or _spelt_out(key.text, ask)):
        yield flaw("answer-in-question", key.text)
    elif repeated and not named:
        yield flaw("word-repeat", ", ".join(sorted(repeated)))
    yield from _shape_cue([key.text], [option.text for option in wrong])
    yield from _convergence(key, wrong)


def _inside_a_word(name: str, ask: str) -> bool:
    """Does a longer word of the question begin or end with the name: "upper", and "uppercase"?"""
    low = name.lower().strip("`")
    longer = (word for word in re.findall(r"[a-z]+", ask.lower()) if len(word) > len(low) + 2)
    return len(low) > 3 and any(word.startswith(low) or word.endswith(low) for word in longer)


_PIECES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def _spelt_out(name: str, ask: str) -> bool:
    """Does the question say every word of a name in one: "Deletes a topic" and `DeleteTopic`?"""
    pieces = _pieces(name)
    return len(pieces) > 1 and pieces <= stems(ask)


def _pieces(name: str) -> frozenset[str]:
    """The stems of the words that are written as one: `DeleteTopic`, `serviceAccount.create`; none of a plain word."""
    if " " in name:
        return frozenset()
    found = [stems(piece.lower()) for piece in _PIECES.findall(name) if len(piece) > 2]
    return frozenset[str]().union(*found) if len(found) > 1 else frozenset()


def _both_asked(ask: str, wrong: list[Option]) -> bool:
    asked = stems(ask)
    return any(stems(option.text) and stems(option.text) <= asked for option in wrong)


def _shape_cue(keys: list[str], others: list[str]) -> Iterator[Flaw]:
    """A feature that every right option has and no wrong one."""
    mine, theirs = [features(text) for text in keys], [features(text) for text in others]
    if len(others) < 2:
        return
    for n, name in enumerate(("opening", "capitals", "figures", "code")):
        right, wrong = {f[n] for f in mine}, {f[n] for f in theirs}
        if len(right) == 1 and len(wrong) == 1 and right != wrong:
            yield flaw("grammar-cue", name)


def _convergence(key: Option, wrong: list[Option]) -> Iterator[Flaw]:
    """The key holds most of what the options have in common, and something of each of them."""
    options = [stems(option.text) - GENERIC_STEMS for option in (key, *wrong)]
    counts = [sum(len(one & two) for m, two in enumerate(options) if m != n) for n, one in enumerate(options)]
    shared_with_all = all(options[0] & other for other in options[1:])
    if len(options) >= 3 and shared_with_all and counts[0] > max(counts[1:]) and len(options[0]) >= 3:
        yield flaw("convergence")


def order_flaws(card: Order) -> Iterator[Flaw]:
    """An order card has three to seven steps, all different."""
    if not 3 <= len(card.items) <= 7:
        yield flaw("step-count", f"{len(card.items)} steps")
    if len({plain_text(item) for item in card.items}) < len(card.items):
        yield flaw("same-steps")


def match_flaws(card: Match) -> Iterator[Flaw]:
    """A match card has three to six pairs, no two sides alike."""
    if not 3 <= len(card.pairs) <= 6:
        yield flaw("pair-count", f"{len(card.pairs)} pairs")
    for side in ([pair.left for pair in card.pairs], [pair.right for pair in card.pairs]):
        if len({plain_text(text) for text in side}) < len(side):
            yield flaw("same-pairs")


def statements_flaws(card: Statements) -> Iterator[Flaw]:
    """A yes/no series has two to five statements, some true and some not."""
    true = sum(statement.right for statement in card.statements)
    if not 2 <= len(card.statements) <= 5:
        yield flaw("option-count", f"{len(card.statements)} statements")
    if true in (0, len(card.statements)):
        yield flaw("one-sided")
    if any(not s.because for s in card.statements if not s.right):
        yield flaw("no-because")
    if len({plain_text(s.text) for s in card.statements}) < len(card.statements):
        yield flaw("same-options")
