"""Two names that are one, written in two ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from dp100cards.first.generate.concept_key import a_caps, initials
from dp100cards.first.generate.stems import stems

VENDORS = stems("Azure Microsoft Amazon AWS Google")
"""A vendor's name alone names nothing."""

_OTHER_SIGNS = re.compile(r"[^a-z0-9]")
_BRACKET = re.compile(r"\(([A-Z][A-Za-z]*[A-Z]s?)\)")


class Spelling(NamedTuple):
    """What is compared of a name."""

    key: str
    telling: frozenset[str]
    """Its stems, without a vendor's where there are others."""
    initials: str
    caps: str
    """The name as an abbreviation, "?" if it is none."""
    bracket: str
    """The abbreviation in brackets behind it, "?" for none."""
    letters: str
    """Its letters and digits alone, all small."""


def spelling(name: str, key: str, long_forms: Mapping[str, str]) -> Spelling:
    """How a name with this key is written."""
    full = stems(" ".join(long_forms.get(word, word) for word in name.split()))
    bracket = _BRACKET.search(name)
    short = a_caps(bracket[1]) if bracket else "?"
    letters = _OTHER_SIGNS.sub("", name.lower())
    return Spelling(key, full - VENDORS or full, initials(name), a_caps(name), short, letters)


def one_thing(one: Spelling, two: Spelling) -> bool:
    """Are two names one thing, or is one part of the other: "ACI" and "container instances"?"""
    if one.key == two.key or one.bracket == two.bracket != "?" or _run_together(one.letters, two.letters):
        return True
    a, b = one.telling, two.telling
    return a <= b or b <= a or one.initials == two.caps or two.initials == one.caps


def _run_together(one: str, two: str) -> bool:
    """ "Dynamo DB" and "AWS DynamoDB" are one name, written in two ways; both are given by their letters."""
    return min(len(one), len(two)) > 5 and (one in two or two in one)
