"""Words that name nothing when a sentence is taken out of its paragraph: whose structure, which decision?"""

from __future__ import annotations

import re

from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Fact
from dp100cards.first.notes.vocabulary import LIGHT_VERBS

QUIZ = AnyCase(
    r"\b(?:practice|mock|sample|quiz|exam) (?:exams?|tests?|questions?|quiz)\b(?! notes)|^q\d+\b|knowledge check"
)
"""Headings over made-up cases, whose figures and names hold of nothing else."""
LEAD = re.compile(r"^[^:?“]{2,80}: ")
"""The name before a question's colon."""
_HIDDEN = re.compile(r"“[^”]*”|\{\{.*?\}\}")
_NAMED = re.compile(r"[A-Z]|\d|`")
_SIGNS = re.compile(r"[^a-z0-9]")
ROLES = frozenset(
    """result structure syntax spec specification decision goal idea output input process step command option
    main table setting settings rest whole number name value values type types attribute property usage key
    body size format price cost role request response default file files data code algorithm list full header headers
    application app user users admin client server machine recipient sender owner
    attacker hacker victim recursion condition statement
    array problem solution answer content contents image images text line lines path score class member members
    method methods function functions parameter parameters object objects item items element elements node nodes
    resource resources customers organizations organisations companies patients people developers teams
    service services system systems instance instances question questions exam exams router routers""".split()
)
"""Nouns for a part of something: of what, the sentence before had said."""
GENERAL = stems(
    " ".join(LIGHT_VERBS)
    + """ assume own vary help provide support offer give include contain involve simplify keep bring mean require
    create handle reduce increase improve ensure perform cover"""
)
"""Verbs by which a whole subject can be asked a dozen things."""
HOLLOW = stems(
    """mistake error cost thing data resource object system traffic application user label name type kind value
    requirement need specific different multiple various certain usage problem issue part information way detail
    content performance best most least amount management basic same new following deep deeper process work task lot
    number connection access security environment feature service item element setting store serve keep"""
)
"""Words of which an answer may consist that says nothing."""


def looks_named(ask: str) -> bool:
    """Does anything that a question shows, quotes and gaps aside, look like a name? Its first letter does not count."""
    first, _, rest = _HIDDEN.sub("", ask).partition(" ")
    return bool(_NAMED.search(rest) or _NAMED.search(first[1:]))


def letters_of(text: str) -> str:
    """Its letters and figures alone: "Route 53" and "route53" are one."""
    return _SIGNS.sub("", text.lower())


def is_title(fact: Fact, world: World) -> bool:
    """Is the concept what the whole note is about?"""
    title = fact.heading[0] if fact.heading else ""
    return title in world.titles and world.same_thing(title, fact.concept)
