"""Headers and cells of a table in the words of a question."""

from __future__ import annotations

import re
from functools import lru_cache

from dp100cards.first.generate.english import bare
from dp100cards.first.generate.phrase import cut
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import NO, YES
from dp100cards.first.notes.vocabulary import NAMES

EMPTY = re.compile(r"^(?:|[-–—?]+|n/?a|none|tbd|todo)$", re.IGNORECASE)
WHAT = re.compile(
    r"^(?:description|definition|meaning|what it is|what is it|explanation|details?|info|information|summary|notes?"
    r"|comments?)$",
    re.IGNORECASE,
)
USE = re.compile(
    r"^(?:use|uses|usage|use cases?|used for|purpose|what it is for"
    r"|good for|best for|scenario)$",
    re.IGNORECASE,
)
DOES = re.compile(r"^(?:what it does|does|function|role|what for|effect)$", re.IGNORECASE)
ASIDE = AnyCase(
    r"\b(?:notes?|relevance|remarks?|comments?|priority|importance|weight|status|links?|tips?|advice|remember|mnemonics?|hints?|differences?)$"
)
"""Headers of columns that say something beside the subject."""
WHEN_TO_USE = re.compile(r"^when to (?:use|choose)(?: it)?$", re.IGNORECASE)
WHAT_IT = re.compile(r"^what (?:it|they|this) (\w+s)$", re.IGNORECASE)
"""Headers such as "What it controls"."""
VERB_HEADERS = frozenset(
    """protects stores supports provides contains requires covers measures returns allows enables detects filters
    encrypts scans monitors manages replaces creates handles maps prevents secures serves ensures defines
    includes helps hurts improves reduces increases lowers raises""".split()
)
"""Headers that say what a row does: "Protects"."""
HOW = re.compile(r"how (?:it|this|they|does it) works?\??", re.IGNORECASE)
ASKS = re.compile(r"(?:what|which|who|when|where|how|why)\b", re.IGNORECASE)
"""How a header begins that is a question, "Where used"."""
USED_IN = AnyCase(r"^(?:where (?:(?:it|they) (?:is|are) )?used|used in)$")
USED = re.compile(r"^((?:[\w-]+ ){1,2}?)(used|required|needed|supported|provided)$", re.IGNORECASE)
DEEDS = {
    "used": "uses",
    "required": "requires",
    "needed": "needs",
    "supported": "supports",
    "provided": "provides",
}
"""Headers such as "Address used"."""
WHO_DOES = re.compile(
    r"^(you|microsoft|azure|aws|amazon|google|gcp|customers?|providers?|users?) "
    r"(manages?|controls?|owns?|provides?|handles?|pays?)$",
    re.IGNORECASE,
)
"""Headers that are clauses: "You manage", "Microsoft manages"."""
_TWO = re.compile(r"^([\w ]+?) ?/ ?[\w ]+$")
_ONE_OR_MORE = re.compile(r"\((?:s|es)\)$")


def named(header: str, cell: str = "") -> str:
    """A header as a question names it: "Definition / Usage" is the definition, "Port(s)" one port or many."""
    two = _TWO.match(bare(header))
    known = two and any(each.match(two[1]) for each in (WHAT, USE, DOES))
    one = two[1] if two and known else bare(header)
    return _ONE_OR_MORE.sub("s" if "," in cell or " and " in cell else "", one)


def label_of(header: str) -> str:
    """A header inside a sentence: "RU cost", "primary use"."""
    return " ".join(_small(word) for word in header.replace("`", "").split())


def _small(word: str) -> str:
    return word.lower() if re.fullmatch(r"[A-Z][a-z]+(?:-[a-z]+)*", word) and word not in NAMES else word


_FIRST_SENTENCE = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!\beg)(?<!\bvs)(?<=[a-z)])\.\s+(?=[A-Z])")


@lru_cache(maxsize=1024)
def first_of(cell: str) -> tuple[str, str]:
    """The first sentence of a cell, and the rest of it."""
    parts = _FIRST_SENTENCE.split(cell.strip(), maxsplit=1)
    short, rest = cut(parts[0])
    return short, " ".join([rest, *parts[1:]]).strip()


@lru_cache(maxsize=1024)
def is_yes_no(cell: str) -> bool:
    """Does a cell only say yes or no?"""
    return bool(YES.match(cell.strip()) or NO.match(cell.strip()))
