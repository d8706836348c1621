"""The setting of a question: the product or subject that its section is about, named before it.

"What is a workflow?" is asked of anything; below "Building blocks of GitHub Actions" it is asked of GitHub Actions, and
a learner who meets the card among many others must be told so. Only a name will do, one that a heading above the
fact holds and that the notes themselves use as a name; what names itself needs no setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from dp100cards.generate.aspects import is_aspect
from dp100cards.generate.doubts.alone import LEAD
from dp100cards.generate.english import lower_first
from dp100cards.generate.naming import is_name
from dp100cards.generate.same_name import VENDORS
from dp100cards.generate.stems import GENERIC_STEMS, stems
from dp100cards.generate.world import World
from dp100cards.notes.facts import Fact
from dp100cards.notes.names import from_heading, without_number
from dp100cards.notes.vocabulary import NAMES, SMALL_WORDS

LONGEST = 4
"""Words of a setting's name."""
WIDEST = 18
"""A question of more words says enough itself."""
WIDEST_TITLE = 9
"""Words of a heading that names something."""

_NAMED = re.compile(r"[A-Z]|\d|`")
_QUOTED = re.compile(r"“[^”]*”|\{\{.*?\}\}")
_APART = re.compile(r"\s+[-–—|]\s+|[:(),/]\s*|\s+\b(?:vs\.?|versus)\s+", re.IGNORECASE)
_SPELT = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z]*\d?|[A-Z][a-z]+[A-Z]\w*|[A-Z]+\d")
"""Written as no common word is: EC2, RDS, DynamoDB, GitHub."""
_AN_EXAM = re.compile(
    r"^[A-Z]{2,4}-?[A-Z]?\d{2,3}$|^(?:exam|certifi\w+|associate|professional|fundamentals|notes?)$",
    re.IGNORECASE,
)
_SUBJECTS = frozenset({"AI", "ML", "DS", "IT", "DL", "OS"})


def in_setting(ask: str, answer: str, fact: Fact, world: World) -> str:
    """The question with its setting before it, where it names nothing and a heading does."""
    if _names_itself(ask) or LEAD.match(ask) or len(ask.split()) > WIDEST:
        return ask
    name = setting(fact, world)
    telling = stems(name) - GENERIC_STEMS or stems(name)
    if not name or telling & stems(ask) or telling <= stems(answer):
        return ask
    return f"{name}: {lower_first(ask) if ask.endswith('?') else ask}"


def _names_itself(ask: str) -> bool:
    """Does anything behind its first word look like a name?"""
    first, _, rest = _QUOTED.sub("", ask).partition(" ")
    return bool(_NAMED.search(rest) or _NAMED.search(first[1:]))


def setting(fact: Fact, world: World) -> str:
    """The name that the nearest heading above the fact holds; "" if none does.

    Where none does, one common word, a "node" or an "alias", is told apart by what its section is about.
    """
    known = world.settings.get(fact.heading)
    if known is None:
        known = world.settings[fact.heading] = next(_names(fact.heading, world), "")
    if not known and " " not in fact.concept:
        known = next((name for title in reversed(fact.heading) if (name := _subject(title, fact))), "")
    return "" if known and world.same_thing(known, fact.concept) else known


def _subject(title: str, fact: Fact) -> str:
    """What a heading is about, if it is a thing of two to four words, and not what the fact is about itself."""
    name = from_heading(title)
    parts = name.split()
    if (
        not 2 <= len(parts) <= LONGEST
        or not is_name(name)
        or is_aspect(name)
        or stems(name) & stems(fact.concept)
    ):
        return ""
    if (
        any(map(_AN_EXAM.match, parts))
        or any(part.lower() in SMALL_WORDS for part in parts)
        or re.search(r"\W", parts[-1])
    ):
        return ""
    return name


def _names(headings: tuple[str, ...], world: World) -> Iterator[str]:
    for title in reversed(headings):
        plain = without_number(title)
        if "," in plain or len(plain.split()) > WIDEST_TITLE:
            continue  # a title over several things, or a sentence, names not the one
        for piece in _APART.split(plain):
            for capital, run in groupby(piece.split(), key=_is_capital):
                parts = [part.strip('*_`“”"') for part in run]
                if capital and _is_name(parts, world):
                    yield " ".join(parts)


def _is_capital(part: str) -> bool:
    return part[:1].isupper() and part.lower() not in SMALL_WORDS


def _is_name(run: list[str], world: World) -> bool:
    """Is this run of words, all with capitals, a name that the notes use as one?"""
    name = " ".join(run)
    if len(run) > LONGEST or any(map(_AN_EXAM.match, run)) or name in _SUBJECTS:
        return False
    if stems(name) <= VENDORS | GENERIC_STEMS:
        return False
    if len(run) == 1:
        proper = name in NAMES or (bool(_SPELT.fullmatch(name)) and world.often(name) > 1)
        return proper or (world.of(name) is not None and world.naming.always_capital(name))
    proper = [
        part in NAMES or bool(_SPELT.fullmatch(part)) or world.naming.always_capital(part) for part in run
    ]
    known = all(proper) and world.of(name) is not None
    return (known or (proper[0] and world.often(name) > 1)) and is_name(name)
