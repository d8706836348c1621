"""Cutting and fitting the learner's words: a long phrase cut at its clauses, a category as a noun, a quotation."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_uppercase, digits

from dp100cards.first.generate.english import (
    bare,
    count_words,
    is_third_person,
    lower_first,
    plural,
    singular,
    upper_first,
)
from dp100cards.first.generate.naming import is_name
from dp100cards.first.generate.shape import shape
from dp100cards.first.notes.vocabulary import GENERIC, NAMES, PREPOSITIONS, SMALL_WORDS

SHORT = 15
"""An answer has at most so many words; a longer one is cut at a clause, and the rest goes to the explanation."""

_CUTS = re.compile(
    r"(?:, which\b|, but\b|, so\b|, where\b|, and (?=it|they|you|thus|is|are|can|has)|, as\b"
    r"|, making\b|, allowing\b|, letting\b"
    r"|, or you\b|, while\b|, whereas\b|, because\b| because\b|; |: | – | — |(?<!\b[A-Z])\. | so that\b|, with\b"
    r"|, e\.g\.|, such as\b|, including\b"
    r"|, rather than\b|, instead of\b|, for example\b| \()",
)
_GENERIC_CATEGORIES = re.compile(
    r"^(?:overview|introduction|summary|notes?|general|basics?|details?|misc\w*|other|more|concepts?"
    r"|terms?|terminology|topics?"
    r"|items?|points?|key (?:points|concepts|terms|facts|ideas|things)|what\b.*|how\b.*|why\b.*"
    r"|when\b.*|list|glossary|definitions?"
    r"|resources?|examples?|references?|links?|about\b.*|background|lesson.*|module.*|chapter.*"
    r"|section.*|part.*|unit.*|day.*|week.*|lab.*)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def cut(text: str, limit: int = SHORT) -> tuple[str, str]:
    """A phrase of at most `limit` words, and what was cut off; ("the phrase", "") where nothing had to be."""
    text = bare(text)
    if count_words(text) <= limit:
        return text, ""
    best = text, ""
    for found in _CUTS.finditer(text):
        head = bare(text[: found.start()])
        if found[0] == " (" and re.match(r"[^()]*\) \w", text[found.end() :]):
            continue  # the phrase goes on behind the bracket
        if count_words(head) < 3 or head.count("(") != head.count(")") or head.count("`") % 2:
            continue
        best = head, text[found.start() :].strip(" ,;:")
        if count_words(head) <= limit:
            break
    head, rest = best
    colon = text.find(": ")
    whole = colon if colon > 0 and count_words(text[:colon]) > 2 else len(text)
    for found in _CUTS.finditer(text):
        if found.start() > whole:
            break  # what follows a colon only explains what stands before it
        if found[0] == " (" and re.match(r"[^()]*\) \w", text[found.end() :]):
            continue
        longer = bare(text[: found.start()])
        if count_words(longer) <= limit and count_words(longer) > count_words(head) and _balanced(longer):
            head, rest = longer, text[found.start() :].strip(" ,;:")
    return (head, rest) if _balanced(head) else (text, "")


def _balanced(text: str) -> bool:
    return (
        text.count("(") == text.count(")") and text.count("`") % 2 == 0 and text.count("“") == text.count("”")
    )


_THEN = re.compile(
    r",? (?:but|so|and thus|and so|which|while|whereas|although|though|because|since)\b"
    r"|,? and (?:it|they|you|we|then|thus|is|are|was|were|can|will|must|may|should|has|have)\b"
    r"|, and [a-z]+s (?=(?:the|an?|its|their|your|[A-Z])\b)"
    r"|, (?:as|or you|or it|where|making|allowing|enabling|ensuring|providing|helping|reducing|giving)\b"
    r"|, (?:pre-?[a-z]+ed|useful|ideal|suitable|so)\b|;|(?<!\b[A-Z])\. "
    r"|, (?:an?|the) (?:[\w-]+ ){1,4}(?:is|are|defines?|acts?|allows?|provides?|gives?|means?)\b"
)


def object_of(text: str) -> tuple[str, str]:
    """The object at the head of the text, without the clause that follows it, and that clause."""
    text = bare(text)
    found = next((m for m in _THEN.finditer(text) if m.start() > 2 and _balanced(text[: m.start()])), None)
    if found is None or (found[0].strip(" ,") == "which" and found[0][0] != ","):
        return cut(text)
    head, rest = bare(text[: found.start()]), text[found.start() :].strip(" ,;")
    short, more = cut(head)
    return short, more or rest


def quoted(text: str) -> str:
    """The words in quotation marks, with a capital and without a full stop."""
    return f"“{upper_first(bare(text)).replace('“', '‘').replace('”', '’')}”"


_ACROSS = PREPOSITIONS - {"of", "to", "for"}


_DEEDS = frozenset(
    "design describe implement manage configure explore deploy plan monitor create define build".split()
)


_LETTERS = re.compile(r"[A-Za-z]{2}")


@lru_cache(maxsize=4096)
def category_noun(category: str, *, header: bool = False) -> str:
    """A category as a singular noun for "Which … ?": "Azure data science option"; "" where it is no such noun.

    A heading names a kind of thing only in the plural ("Compute targets"); a table's header does in the singular too.
    """
    text = re.sub(r"\s*\([^)]*\)", "", bare(category)).strip()
    text = re.sub(r"^(?:[IVX]+|[A-Z]|\d+(?:\.\d+)*)[.)]\s+", "", text)
    if (
        not _LETTERS.search(text)
        or count_words(text) > 5
        or _GENERIC_CATEGORIES.match(text)
        or re.search(r"[?:!,;/&|]", text)
    ):
        return ""
    first, last = text.split()[0].lower(), text.split()[-1].lower()
    if first in ("each", "every", "all", "these", "those", "this", "both", "your") or last in (
        "include",
        "includes",
        "are",
        "is",
        "following",
        "below",
    ):
        return ""
    if first in _DEEDS and len(text.split()) > 1 and not text.split()[1][:1].islower():
        return ""  # "Design Compute Solutions" is a task
    if shape(text) not in ("noun", "adjective") or re.search(r"\b(?:vs|and|or|is|are|with)\b", text):
        return ""
    text = re.sub(
        r"^(?:(?:the|a|an|some|main|common|available|different|various|supported|multiple|several|many|most|key|basic"
        r"|important|popular|core)\s+)+",
        "",
        text,
        flags=re.IGNORECASE,
    )
    if last in ("differences", "comparisons", "takeaways", "points", "facts", "ideas", "things"):
        return ""
    if any(word in _ACROSS for word in text.lower().split()):
        return ""  # what a "transport across membranes" is of, its options are not
    one = singular(text)
    parts = one.split()
    if re.search(
        r"(?:computing|learning|networking|programming|software|hardware|analytics)$", one, re.IGNORECASE
    ):
        return ""  # "Which cloud computing …?": it is not counted
    told = len(parts) > 1 and parts[-1] in ("step", "stage", "phase")  # of a sequence that the notes give
    if not (is_name(text) or told) or not parts or plural(one) or (one == text and not header):
        return ""
    head = parts[-1]
    product = parts[0] in NAMES and head[:1].isupper() and head.lower() not in GENERIC
    if product:
        return ""
    if head[:1].isupper() and head[1:].islower() and len(parts) > 1:
        parts[-1] = head.lower()
    return lower_first(" ".join(parts))


_IT_IS = re.compile(r"^(?:it'?s|it is|they are|they're|is|are|this is)\s+(?=\w)", re.IGNORECASE)
_IT = re.compile(r"^(?:it|they|this)\s+(?=\w+)", re.IGNORECASE)


def property_of(text: str) -> str:
    """What is said of something, without "It is" or "It": "It's easy to use" → "easy to use"."""
    text = without_lead(bare(text))
    short = _IT_IS.sub("", text)
    if short == text and (found := _IT.match(text)) and is_third_person(text[found.end() :].split()[0]):
        short = text[found.end() :]
    return short


_LABEL = re.compile(
    r"^(?:important|tip|note|remember|obs|hint|warning|caution|attention|nb|info|key point)\s*:\s+",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^(?:also|additionally|furthermore|moreover|however|but|so|thus|therefore|and|in addition|alternatively"
    r"|basically|then|besides|plus|or)\b,?\s+",
    re.IGNORECASE,
)


def only_a_name(text: str) -> bool:
    """Is the text nothing but a name, "Amazon S3 Glacier Deep Archive", and says nothing?"""
    said = 0
    for word in text.split():
        bare_word = word.strip("()“”\"',;:&–-")
        if bare_word and bare_word.lower() not in SMALL_WORDS:
            if bare_word[0] not in (_OPENS_A_NAME if said else ascii_uppercase):
                return False
            said += 1
    return said > 1


_OPENS_A_NAME = frozenset(f"{ascii_uppercase}{digits}(")


@lru_cache(maxsize=4096)
def without_lead(text: str) -> str:
    """A phrase without "Note:", "also", "basically" and the like, which lean on what stood before."""
    short = _LEANS.sub("", _LABEL.sub("", text.strip()))
    return short or text
