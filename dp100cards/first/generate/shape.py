"""The shape of a piece of text: what part of speech it opens with, so that a frame fits it and options look alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from dp100cards.first.generate.english import DETERMINERS, is_third_person
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.vocabulary import (
    ADJECTIVES,
    AUXILIARIES,
    BASE,
    PASSIVES,
    PREPOSITIONS,
    PRONOUNS,
    THIRD,
)

Shape = Literal[
    "noun", "verb", "modal", "adjective", "participle", "imperative", "clause", "preposition", "gerund"
]

_CLAUSE = re.compile(
    r"^(?:you|we|it|they|there|one|users?|everything|all|no|most|each|every|this|these|i)\b.*?\s"
    r"(?:is|are|can|will|must|may|should|has|have|need|needs|do|does|get|gets|use|uses|run|runs|keep"
    r"|share)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(r"(?:ful|able|ible|ous|ive|ent|ant|ic|ed)$")
_DID = re.compile(
    r"(?:[A-Z][\w'’]*\s+){1,3}[a-z]+ed\s+(?!by\b|in\b|on\b|for\b|with\b|from\b|as\b|at\b|and\b|into\b)\w"
)
"""Somebody did something: "Governor Berkeley refused to send troops"."""
_FINITE = AnyCase(r"\s(?:is|are|was|were|can|must|should|will|has|have|cannot|can't|isn't|aren't)\s")
_ACTS = re.compile(r"[a-z]{2,}[^su\W]s (?:the|an?|its|their|your|each|every|it|them)\b")
"""A word in -s with an object of its own: "mounts a file", "picks the parameters"."""
_STRAND = PREPOSITIONS - {"without", "of"}


_AFTER_ADJECTIVE = _STRAND | {"to", "", "and", "of", "if", "when"}


_HELPS = frozenset(["helps", "lets", "makes", "does", "needs"])
_BEHIND_A_VERB = DETERMINERS | {"by", "on", "with", "whether", "how"}


@lru_cache(maxsize=4096)
def shape(text: str) -> Shape:
    """What the text opens with and so what frame it fits; "noun" where nothing else is seen."""
    found = [w.strip(",;:.()“”\"'") for w in text.split()]
    third = found[2].lower() if len(found) > 2 else ""
    first = found[0].lower() if found else ""
    second = found[1].lower() if len(found) > 1 else ""
    if _CLAUSE.match(text) or _DID.match(text):
        return "clause"
    if first in AUXILIARIES:
        return "modal"
    if first in (
        "only",
        "also",
        "automatically",
        "mainly",
        "often",
        "usually",
        "just",
        "not",
        "already",
        "directly",
    ):
        return shape(" ".join(text.split()[1:])) if second else "noun"
    if first in PRONOUNS or first in ("you", "we"):
        return "clause"
    if first.endswith("ly") and second in BASE:
        return "imperative"
    if first.endswith("ly") and (second in PASSIVES or second.endswith("ed")) and third in PREPOSITIONS:
        return "participle"
    if first in DETERMINERS:
        return "clause" if _FINITE.search(_main(text)) else "noun"
    if second in AUXILIARIES and first not in PRONOUNS:
        return "clause"
    if (
        second in THIRD
        and len(found) > 2
        and found[0][:1].isupper()
        and (found[0].isupper() or first.endswith("s"))
    ):
        return "clause"
    if first.endswith("s") and first not in _HELPS and second in BASE and third in _BEHIND_A_VERB:
        return "clause"
    if (first in THIRD and found[0][:1] == found[0][:1].lower()) or (
        first in THIRD and not _looks_noun(found)
    ):
        return "verb"
    if _ACTS.match(text):
        return "verb"
    if _FINITE.search(_main(text)) and len(found) > 3:
        return "clause"
    if first in ("more", "less", "most", "very", "fully") and (
        second in ADJECTIVES or _QUALITY.search(second)
    ):
        behind = (word.lower() for word in found[2:])
        after = next((word for word in behind if word not in ADJECTIVES and not _QUALITY.search(word)), "")
        return "adjective" if after in _AFTER_ADJECTIVE or after in ("than", "or") else "noun"
    if first.endswith("er") and second in ("to", "than"):
        return "adjective"
    if first in ADJECTIVES:
        return "adjective" if second in _AFTER_ADJECTIVE or not second else "noun"
    if first in BASE and second:
        return "imperative"
    if second == "by" and first.endswith("ed"):
        return "participle"
    if first in PASSIVES and (second in PREPOSITIONS or second in ("as", "to", "when")):
        return "participle"
    if first.endswith("ing") and len(first) > 5 and len(found) > 1:
        return "gerund"
    return "preposition" if first in PREPOSITIONS else "noun"


_DEEDS = frozenset(
    """access audit block build cache check claim control copy design display estimate export filter focus forecast
    format group handle host import label limit load lock log manage map match measure monitor open order plan process
    query queue record release report request restore review route run scale schedule search share sort start stop store
    stream support test track train transfer trigger update upgrade view watch work""".split()
)
"""Verbs that are nouns, too."""
_MANY = re.compile(r"[a-z-]{3,}[^su]s")


def is_deed(text: str) -> bool:
    """Does the text begin with a verb that may be a noun elsewhere: "Process queries", but not "Process model"?"""
    found = [word.strip(",;:.()“”\"'").lower() for word in text.split()[:3]]
    if len(found) < 2 or found[0] not in _DEEDS:
        return False
    many = any(_MANY.fullmatch(word) and word not in THIRD for word in found[1:])
    return found[1] in DETERMINERS or found[1] in ("data", "percentage", "access", "traffic") or many


_MAIN_ENDS = re.compile(r"\b(?:that|which|who|where|when|because|as|so|if|than|while)\b|,|\(")


def _main(text: str) -> str:
    """The text up to its first relative or subordinate clause, whose verbs are not the text's own."""
    return _MAIN_ENDS.split(text, maxsplit=1)[0] + " "


_AFTER_NOUN = PREPOSITIONS | {"and", "or"}


def _looks_noun(found: list[str]) -> bool:
    return len(found) < 2 or found[1].lower() in _AFTER_NOUN


_UPPER = re.compile(r"[A-Z]")
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"[A-Z]{2}|[A-Z]\w*[A-Z]")


@lru_cache(maxsize=4096)
def features(text: str) -> tuple[object, ...]:
    """What a careless reader sees of an option: its opening, its number, whether it is a name, code or figure."""
    words = text.split()
    first = words[0].lower() if words else ""
    lead = (
        "article"
        if first in ("a", "an", "the")
        else "verb"
        if is_third_person(first) and first in THIRD
        else ""
    )
    inner = any(map(_UPPER.search, words[1:])) or bool(_CAPITAL.match(text))
    return (
        lead or ("verb" if first in BASE and len(words) > 1 else ""),
        inner,
        bool(_DIGIT.search(text)),
        "`" in text,
    )
