"""A question that is being made: what it is about, and its answer, short enough to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dp100cards.first.generate.phrase import object_of
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import stems
from dp100cards.first.notes.verb import SURELY_THIRD
from dp100cards.first.notes.vocabulary import (
    ADJECTIVES,
    AUXILIARIES,
    BASE,
    PREPOSITIONS,
    PRONOUNS,
    THIRD,
)

_NO_OBJECT = PRONOUNS | {
    "them", "and", "&", "or", "but", "not", "as", "than", "so", "because", "if", "when", "while", "you", "we", "more",
    "up", "out", "had", "depending",
    "been", "be", "east", "west", "north", "south", "away", "back", "together", "down", "off",
}  # fmt: skip


_NO_THING = re.compile(
    r"(?:itself|themselves|each other|one another|how|whether|that|what|which|who|where|why)\b", re.IGNORECASE
)


_MANNER = frozenset("fast well hard high low better faster slower best worst further together".split())
""" "Data can shift fast": how, and not what."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: its words inside the question, its name before a colon if they do not name it."""

    words: str
    lead: str = ""
    many: bool = False

    @property
    def be(self) -> str:
        """is or are."""
        return "are" if self.many else "is"

    @property
    def do(self) -> str:
        """do or does."""
        return "do" if self.many else "does"

    def ask(self, question: str) -> str:
        """The question, with the name before it where it needs one."""
        return f"{self.lead}{question}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer, and what was cut off the answer."""

    ask: str
    answer: str
    rest: str = ""
    rule: str = "object"


def is_object(obj: str) -> bool:
    """Is this a noun phrase that can stand alone as an answer?"""
    words = obj.lower().split()
    if len(words) == 1 and (words[0] in ADJECTIVES or words[0] in _MANNER):
        return False
    if words and words[0].rstrip(",").endswith("ly") and (len(words) == 1 or words[0].endswith(",")):
        return False
    if not words or words[0].strip(",;") in _NO_OBJECT or words[0] in AUXILIARIES:
        return False
    if words[0].endswith(("ed", "ly")) and len(words) > 1 and words[1] in PREPOSITIONS:
        return False
    return not re.match(
        r"(?:itself|themselves|each other|one another|how|whether|that|what|which|who|where|why)\b",
        obj,
        re.IGNORECASE,
    )


def asked(ask: str, answer: str, rule: str = "object") -> Asked | None:
    """The question with its answer cut to the one thing that it asks for; None where nothing is left of that."""
    short, rest = object_of(_one_act(answer))
    alone = short.lower().removeprefix("to ")
    return Asked(ask, short, rest, rule) if stems(short) and alone not in BASE else None


_VERBS = BASE | THIRD


_SECOND = re.compile(
    r",? and (?:[a-z]+ly |re-)?([a-z]+s) (?=(?:the|an?|its|their|your|all|extra|more|[a-z]+)\b)|, ([a-z]+s) (?=\w)"
)
_MAYBE_SECOND = re.compile(r",? and (?:[a-z]+ly )?([a-z]+) (?=([A-Za-z]+|\S))")
_OTHER_CLAUSE = re.compile(r",? and (?:[A-Z][\w-]* ){1,3}(?:can|will|is|are|may|must|has) ")
""" "on the registry and Terraform Cloud can copy them": a clause with a subject of its own."""
_BRACKETS = re.compile(r"\([^()]*\)")


def _one_act(text: str) -> str:
    """An object without a second act: "data and use custom settings" → "data"."""
    plain = _BRACKETS.sub(lambda found: "_" * len(found[0]), text)
    if (other := _OTHER_CLAUSE.search(plain)) and other.start() > 2:
        return text[: other.start()]
    for found in _SECOND.finditer(plain):
        if (found[1] or found[2]) in SURELY_THIRD and not _RELATIVE.search(plain[: found.start()]):
            return text[: found.start()]
    for found in _MAYBE_SECOND.finditer(text):
        before = text[: found.start()]
        if found[1] in THIRD and (found[2] in PREPOSITIONS or not found[2].isalpha()):
            continue  # "users and groups (with a licence)": more than one, and no second act
        unfinished = re.search(r"\bto [a-z]+$", before)
        if (
            found[1] in _VERBS
            and found.start() > 2
            and "," not in before
            and not unfinished
            and shape(text) != "imperative"
        ):
            return before
    told = _TOLD.search(text)
    return text[: told.start()] if told and "," not in text[: told.start()] else text


_RELATIVE = re.compile(r"\b(?:that|which|who|where|what|how)\b")
_TOLD = re.compile(
    r" and (?:[a-z]{3,}ed (?=[A-Z]|(?:the|an?|his|her|its|their) )|[a-z]{4,}s (?:it|them)\b"
    r"|(?:became|began|came|fell|gave|grew|knew|led|ran|rose|took|went|won|wrote) )"
)
"""A second deed, of the past: "approved by Congress and appointed George Washington"."""
