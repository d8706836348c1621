"""As much English grammar as finding a fact needs: where the verb is, what a noun phrase looks like.

Closed word lists and the shape of words decide; where they cannot, the answer is None, and the sentence stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dp100cards.first.notes.verb import (
    ADVERBS,
    BASE_NOUNS,
    BE,
    DETERMINERS,
    MODAL,
    SURELY_THIRD,
    verb_at,
    verb_end,
)
from dp100cards.first.notes.vocabulary import AUXILIARIES, BASE, PREPOSITIONS, PRONOUNS, STOP_WORDS, THIRD
from dp100cards.first.notes.word import bare, is_participle, looks_plural, stem, words

__all__ = [
    "Split",
    "bare",
    "content",
    "expanded",
    "has_verb",
    "hyphened",
    "in_order",
    "is_imperative",
    "is_noun_phrase",
    "is_participle",
    "looks_plural",
    "opens_with_predicate",
    "opens_with_pronoun",
    "split",
    "stem",
    "words",
]


@dataclass(frozen=True, slots=True)
class Split:
    """A sentence in three parts; `object` may be empty."""

    subject: str
    verb: str
    object: str


@lru_cache(maxsize=4096)
def split(sentence: str) -> Split | None:
    """Subject, verb group and object of a plain statement; None where the verb is not certain."""
    parts = words(expanded(sentence.rstrip(". ")))
    at = verb_at(parts)
    if at is None or at > 14:
        return None
    while at > 1 and bare(parts[at - 1]) in ADVERBS:
        at -= 1  # "You still have": the adverb goes with the verb
    subject = " ".join(parts[:at])
    end = verb_end(parts, at)
    verb, rest = " ".join(parts[at:end]), " ".join(parts[end:])
    if verb.endswith(",") and re.match(r"\w+ing\b", rest):
        return None  # "The cell divides, producing two": it divides nothing
    if subject.endswith((",", ":", ";")) or not subject or bare(subject) in ADVERBS:
        return None
    return Split(subject.strip(), verb.strip(" ,"), rest.strip(" ,"))


_LEAD = re.compile(
    r"^(?P<lead>(?:by|with|from|in|on|at|for|using|together with|along with|other than|apart from|besides|during"
    r"|within|inside|through|via|after|before|without)\s[^:;]+?),?\s+(?P<rest>(?:you|we)\s+(?:\w+).*)$"
    r"|^(?P<lead2>(?:by|with|from|in|on|at|for|using|together with|along with|other than|apart from|besides|during"
    r"|within|inside|through|via|after|before|without)\s[^:;,]+),\s+(?P<rest2>.+)$",
    re.IGNORECASE,
)


def in_order(sentence: str) -> str:
    """A sentence with what stands before its subject moved to its end: "By using VMs you can add power"."""
    found = _LEAD.match(sentence)
    if not found:
        return sentence
    lead, rest = (found["lead"], found["rest"]) if found["lead"] else (found["lead2"], found["rest2"])
    if (
        has_verb(re.sub(r"\b(?:that|which|who)\b.*", "", lead))
        or not has_verb(rest)
        or re.search(r"[,;]\s", rest)
    ):
        return sentence
    if re.search(r"\b(?:it|they|them|its|their|this|that|those)\b", rest, re.IGNORECASE):
        return sentence
    return f"{rest[0].upper()}{rest[1:]} {lead[0].lower()}{lead[1:]}"


_READY = re.compile(
    r"\b(ready|easy) to use"
    r"(?= (?!(?:the|a|an|your|our|in|on|for|with|as|at|from|and|or|but|by|right|out|when|if|to)\b)[a-z])",
    re.IGNORECASE,
)
"""Before a noun these words are one adjective: "ready to use projects"."""


def expanded(text: str) -> str:
    """ "It's attached" as "It is attached", "you'll need" as "you will need"."""
    if "'" in text or "’" in text:
        text = re.sub(r"\b(it|that|there|he|she|what)['’]s\b", r"\1 is", text, flags=re.IGNORECASE)
        text = re.sub(r"\b(you|we|they)['’]re\b", r"\1 are", text, flags=re.IGNORECASE)
        text = re.sub(r"\b(you|we|they|it)['’]ll\b", r"\1 will", text, flags=re.IGNORECASE)
    return hyphened(text)


def hyphened(text: str) -> str:
    """ "Ready to use projects" as "ready-to-use projects"."""
    return _READY.sub(r"\1-to-use", text) if "to use" in text else text


_HELPS = BE | MODAL


@lru_cache(maxsize=4096)
def has_verb(text: str) -> bool:
    """Does a finite verb stand in the text, so that it is a clause and not a fragment?"""
    parts = words(text)
    return bool(parts) and (bare(parts[0]) in _HELPS or verb_at(parts) is not None)


def is_imperative(text: str, *, lenient: bool = False) -> bool:
    """Does the text begin with a command: "Use Python libraries …"? `lenient`: also where its verb may be a noun."""
    parts = words(text)
    if len(parts) < 2:
        return False
    first = bare(parts[0])
    if (
        first in ("then", "now", "just", "simply", "always", "never", "first", "finally", "next")
        and len(parts) > 2
    ):
        first = bare(parts[1])
    following = bare(parts[1])
    if first not in BASE or following in _HELPS or following in ("of", "is"):
        return False
    if lenient:
        return True
    if first in BASE_NOUNS:
        if looks_plural(following) or following.endswith("ly"):
            return True
        return following in DETERMINERS or (
            following in ("in", "on", "to", "with", "for") and first not in BASE_NOUNS
        )
    return True


_BEFORE_WHOLE = PREPOSITIONS | {"by", "as", "to"}


def opens_with_predicate(text: str) -> bool:
    """Does a piece begin with what something does or is: "Stored as files", "Define variables", "Includes a schema"?"""
    parts = words(text)
    if len(parts) < 2:
        return False
    first, following = bare(parts[0]), bare(parts[1])
    if first in SURELY_THIRD or is_imperative(text):
        return True
    return is_participle(first) and following in _BEFORE_WHOLE


_NO_NOUN = PRONOUNS | PREPOSITIONS | AUXILIARIES | BE | {"to", "if", "when", "you", "we", "use", "no", "not"}


def is_noun_phrase(text: str) -> bool:
    """Is the text a noun phrase, as far as its first words tell?"""
    parts = words(text)
    if not parts or is_imperative(text):
        return False
    first = bare(parts[0])
    if first in SURELY_THIRD:
        return False
    if first in DETERMINERS:
        return first not in ("this", "that", "these", "those") or len(parts) > 1
    return first not in _NO_NOUN


_COMMANDS = BASE - {"model", "set"}
_FINITE = BE | MODAL | THIRD


_APOSTROPHE = re.compile(r"['’]")


def opens_with_pronoun(text: str) -> bool:
    """Does the sentence begin with a word that stands for something named before?"""
    parts = words(text)
    if not parts:
        return False
    first = bare(parts[0])
    base = _APOSTROPHE.split(first)[0]
    if base in ("it", "they", "he", "she"):
        return True
    return first in ("this", "these", "that", "those", "there's") and (
        len(parts) < 2 or bare(parts[1]) in _FINITE or bare(parts[1]) in _COMMANDS
    )


def content(text: str) -> set[str]:
    """The words of a text that tell what it is about, cut to their stems."""
    return {
        stem(bare(word))
        for word in words(text.replace("`", " ").replace("/", " "))
        if bare(word) not in STOP_WORDS and len(bare(word)) > 1
    }
