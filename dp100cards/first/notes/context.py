"""Where a sentence stands, and what its pronouns and bare beginnings mean there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dp100cards.cards import Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.facts import (
    Fact,
)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a sentence stands: what is known of any fact in it."""

    note: str
    heading: tuple[str, ...] = ()
    concept: str = ""
    """What the text here is about; "" where no heading or term says it."""
    category: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    status: str = ""
    term: bool = False
    """Is the text the description of a list's term, so that fragments and pronouns speak of the concept?"""
    opening: bool = False
    """Is this the first sentence under the concept's heading, where a fragment says what it is?"""
    certain: bool = True
    """Is the concept certain enough for a pronoun to mean it?"""
    loose: bool = False
    """Does the text hang on a line that names no concept, so that a fragment may be about that line?"""
    doubtful: bool = False
    """Is the text one that the rules may read wrongly: in another language, or half about an exam?"""
    pronoun: str = ""
    """What "it" or "they" means where the sentence before was about something else than the concept."""
    names: frozenset[str] = frozenset()
    """Keys of the concepts that the note has: see `names.key`."""
    small: frozenset[str] = frozenset()
    """Words that the note writes with a small letter: what never is, is a name."""

    def shared(self, source: Source, **more: Any) -> dict[str, Any]:
        """The fields that every fact takes from its context."""
        known: dict[str, Any] = {
            "concept": self.concept, "category": self.category, "heading": self.heading, "source": source,
            "deck": self.deck, "tags": self.tags, "status": self.status,
        }  # fmt: skip
        if self.doubtful or (self.loose and "concept" not in more):
            more["confidence"] = min(more.get("confidence", 1.0), 0.55)
        known |= more
        known["concept"] = known["concept"].rstrip(" :–—-")
        return known


Rule = Callable[[str, Source, Context], list[Fact]]


_BULLETS = re.compile(r"^(?:[-–—>*•]+\s+|=>\s*|→\s*)+")
_TURNS = re.compile(
    r"^(?:so|also|again|overall|as a result|to summarize|in summary|additionally|in addition|moreover|furthermore|besides|however|therefore|thus|but|and|basically|remember(?: that)?|note that|please note that|keep in mind that|in short|in general|generally|usually|typically|normally|often|currently)\b,?\s+(?=\w)",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
"""Signs without width that copying from a page leaves behind."""
_IN_CODE = re.compile(r"[a-z]+[A-Z_.(]")


def tidied(text: str) -> str:
    """A sentence without the noise around it: bullets, arrows, a first "So", "Also", "Additionally"."""
    text = " ".join(_UNSEEN.sub("", text).split())
    text = grammar.hyphened(_BULLETS.sub("", text))
    text = _TURNS.sub("", text)
    return text[:1].upper() + text[1:] if text[:1].islower() and not _IN_CODE.match(text) else text


_IT_TAKES = re.compile(
    r"(?:takes?|took|costs?) (?:time|a while|long|longer|\d|some|about|around|up to|several|a few|hours|minutes|days)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing: "it takes time to read"."""


def resolved(text: str, context: Context) -> str:
    """The clause with its first pronoun replaced by the concept, where that is certain."""
    text = grammar.expanded(text)
    if not (context.concept and context.certain and grammar.opens_with_pronoun(text)):
        return text
    first, _, rest = text.partition(" ")
    if first.lower() == "it" and not _IT_TAKES.match(rest):
        return f"{the(context.concept, context.small)} {rest}"
    if first.lower() == "they" and grammar.looks_plural(context.concept.lower()):
        return f"{context.concept} {rest}"
    return text


def the(concept: str, small: frozenset[str]) -> str:
    """A concept as the subject of a sentence: a common noun, one that is met `small`, gets its article."""
    last = concept.split()[-1] if concept else ""
    one = concept.lower()
    met = bool({one, f"{one}s", one.removesuffix("s")} & small)
    common = last.islower() or (" " not in concept and concept[1:].islower() and met)
    if (
        not common
        or re.match(r"(?:the|an?|each|every)\s", concept, re.IGNORECASE)
        or grammar.looks_plural(last.lower())
    ):
        return concept
    first = concept.split()[0]
    inside = concept[0].lower() + concept[1:] if first[1:].islower() and first.lower() in small else concept
    return f"The {inside}"


_NO_SUBJECT = re.compile(
    r"(?:some|most|many|several|all|both|any|certain|other|another|such|few|even|if|when|although|because|again|so|then)\s",
    re.IGNORECASE,
)
"""How a subject begins that names nothing: "some columns", "even if an attacker"."""
_KINDS = (
    "tool|service|feature|option|method|command|approach|technique|type|tier|resource|component|object|setting|mode|plan|result"
    "|output|answer|idea|goal|problem|solution|difference|process|following|rest|other|first|second|third|former|latter|user"
    "|system|application|file|value|name|data|code"
)
"""Nouns that name nothing by themselves: "this tool" is the one at hand."""


def about_of(subject: str, context: Context) -> str:
    """The concept that a subject names: a pronoun or none is the concept at hand, where that is certain."""
    if re.fullmatch(rf"(?:this|these|the) (?:{_KINDS})s?", subject.strip(), re.IGNORECASE):
        return context.concept if context.certain else ""
    if _NO_SUBJECT.match(subject.strip()):
        return ""
    said = re.sub(r"^(?:an?|the|this|each|every|your)\s+", "", subject.strip(), flags=re.IGNORECASE)
    if not said or said.lower() in ("it", "this", "that", "they", "these", "those", "there"):
        return context.concept if context.certain else ""
    if re.search(r"\b(?:so|then|this|that|which|because|but)\b", said):
        return ""
    if len(said.split()) > 6 or grammar.has_verb(said) or said.lower() in ("you", "we", "there"):
        return ""
    return said
