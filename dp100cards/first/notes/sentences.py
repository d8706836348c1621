"""A text to sentences, and a sentence to its clauses.

English as learners write it: abbreviations, versions and file names keep their full stops, a fragment counts as a
sentence, a semicolon ends one.
"""

from __future__ import annotations

import re

from dp100cards.first.notes.blocks import Text

ABBREVIATIONS = frozenset(
    """
        e.g i.e eg ie etc vs cf ca approx incl excl resp fig figs eq no nos vol ver v p pp ch sec min max avg dept
        est inc ltd co corp mr mrs ms dr prof st jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k
        a.m p.m al b.c a.d viz
        """.split()
)
"""Words after which a full stop ends no sentence."""

_ENDS = re.compile(
    r"[.!?…]+[\"”’')\]]*(?=\s)|;(?=\s)"
    r"|(?<=[a-z]{3})\.(?=(?:The|This|These|It|They|You|We|In|If|When|Use|For|An?|To|There|Each|All|However|Also) [a-z])"
)
"""What ends a sentence; where the space behind it was forgotten, a word that begins one shows it."""
_OPENS = frozenset("([{")
_CLOSES = frozenset(")]}")
_BRACKETS = re.compile(r"[(\[{)\]}]")


def sentences(text: Text) -> list[Text]:
    """The sentences of a text, each knowing its place."""
    plain = text.plain
    depth = _depths(plain)
    protected = _protected(text)
    parts: list[Text] = []
    start = 0
    for end in _ENDS.finditer(plain):
        at = end.end()
        if depth[end.start()] or protected[end.start()] or not _is_end(plain, end.start(), at):
            continue
        parts.append(text.part(start, at))
        start = at
    parts.append(text.part(start, len(plain)))
    verse = "\n" in text.raw and _is_verse(text.raw)
    parts = [line for part in parts for line in _lines(part, verse)]
    return [part for part in parts if any(c.isalnum() for c in part.plain)]


def _protected(text: Text) -> bytearray:
    """For each letter, whether it stands inside code or quotes, which no full stop divides."""
    inside = bytearray(len(text.plain))
    for start, end in (*text.code, *quoted(text.plain)):
        inside[start + 1 : end - 1] = b"\1" * max(0, end - start - 2)
    return inside


_SHORT_LINE = 55
"""A line of prose that was wrapped by hand is longer; a shorter one before a capital is a piece by itself."""


def _lines(text: Text, verse: bool) -> list[Text]:
    """Lines without full stops that stand below each other: each a piece of its own."""
    first, last = text.lines
    if first == last:
        return [text.part(0, len(text.plain))]
    if verse:
        return [text.part(start, end) for start, end in _pieces(text)]
    found, start, line = [], 0, 0
    for n, letter in enumerate(text.plain[:-1]):
        if letter != " " or text.raw[text.offsets[n]] != "\n":
            continue
        short = n - line < _SHORT_LINE and len(text.plain[start:n].split()) > 2
        line = n + 1
        if short and text.plain[n + 1].isupper() and text.plain[n - 1].isalnum():
            found.append(text.part(start, n))
            start = n + 1
    return [*found, text.part(start, len(text.plain))]


def _is_verse(raw: str) -> bool:
    """Do at least three lines all begin with a capital, and none end in a stop or comma? Nobody wraps prose so."""
    lines = [line.strip() for line in raw.split("\n") if line.strip()]
    return (
        len(lines) > 2
        and all(line[0].isupper() for line in lines)
        and not any(line.endswith((".", ",", ";", ":", "-")) for line in lines[:-1])
    )


def _pieces(text: Text) -> list[tuple[int, int]]:
    """The spans of the lines."""
    ends = [n for n, letter in enumerate(text.plain) if letter == " " and text.raw[text.offsets[n]] == "\n"]
    return list(zip([0, *(n + 1 for n in ends)], [*ends, len(text.plain)], strict=True))


def _depths(plain: str) -> list[int]:
    """For each letter, how many brackets are open; brackets that never close count as text."""
    if not _BRACKETS.search(plain):
        return [0] * len(plain)
    closed = min(sum(c in _OPENS for c in plain), sum(c in _CLOSES for c in plain))
    depths, depth, opened = [], 0, 0
    for letter in plain:
        if letter in _OPENS and opened < closed:
            depth, opened = depth + 1, opened + 1
        elif letter in _CLOSES and depth:
            depth -= 1
        depths.append(depth)
    return depths


def quoted(plain: str) -> list[tuple[int, int]]:
    """The spans between curly quotes, which no full stop inside divides."""
    return [found.span() for found in re.finditer(r"“[^”]*”", plain)] if "“" in plain else []


LONGEST_WORD = 80
"""So many letters beside a full stop tell whether it ends a sentence."""


def _is_end(plain: str, stop: int, after: int) -> bool:
    """Does the full stop at `stop` end a sentence?"""
    following = plain[after : after + LONGEST_WORD].lstrip()
    if plain[stop] == ";" and following.startswith("but "):
        return False  # "learns the set by heart; but does not generalize": the half that matters
    if plain[stop] in "!?…;":
        return True
    before = plain[max(0, stop - LONGEST_WORD) : stop]
    word = before.split()[-1].lower().lstrip("([“\"'") if before and not before[-1].isspace() else ""
    if word == "no" and following[:1].isupper() and _opens(plain, stop - len(word)):
        return True  # the answer to a question, and no number
    if word in ABBREVIATIONS or _INITIALS.fullmatch(word):
        # "etc." and "a.m." may end one all the same: a capital decides, if it is not part of a name's initials.
        return word in ("etc", "a.m", "p.m") and following[:1].isupper()
    if _NUMBER.fullmatch(word) and _opens(plain, stop - len(word)):
        return False  # "1. First step" is a number, not a sentence
    first = following[:1]
    if not first or not first.islower() or _LOWER_NAME.match(following):
        return True
    return len(word) > 1 and following.split(maxsplit=1)[0].rstrip(",") in _LOWER_OPENINGS


_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]|[a-z]")
_NUMBER = re.compile(r"\d+")
_LOWER_NAME = re.compile(r"[a-z]+\.[a-z]+|e\.?g\b|i\.?e\b|[a-z]+[A-Z]|[a-z]-[a-z]")
"""What a sentence may begin with in small letters: "score.py", "k-means"."""
_LOWER_OPENINGS = frozenset(
    """
    it they this these you we there if when for in use all no not the a an
    """.split()
)
"""Small words that open a sentence in hasty notes: "free tier. you can …"."""


def _opens(plain: str, at: int) -> bool:
    """Does a sentence begin here: is there nothing before, or the end of another?"""
    while at and plain[at - 1].isspace():
        at -= 1
    return not at or plain[at - 1] in ".!?"


_JOINTS = re.compile(
    r",?\s+(?P<but>but(?: also)?)\s+(?=(?:you|it|they|we|this|there|the|not|still|also|once|when|if|in)\b)"
    r"|,\s+(?P<which>which)\s+(?=(?:makes?|lets?|allows?|means?|helps?|enables?|is|are|has|have|can|gives?)\b)"
    r"|,?\s+(?P<so>and thus|and so|thus|so that|so)\s+(?=(?:you|it|they|we|this|there|the|your|no)\b)"
    r"|,\s+(?P<or>or)\s+(?=(?:you|it|they|we)\s+(?:can|may|could|should)\b)"
    r"|,?\s+(?P<and>and)\s+(?=(?:you|it|they|we|this|there)\s+\w+)"
    r"|\s+[–—]\s+(?=(?:it|they|this|you|we)\b)",
    re.IGNORECASE,
)
"""Where one sentence joins clauses that each state something of their own."""


def clauses(sentence: Text) -> list[tuple[str, Text]]:
    """The clauses of a sentence, each with the word that joins it to what is before ("" for the first).

    A clause is split off only where what is left on both sides can stand: three words or more.
    """
    found: list[tuple[str, Text]] = []
    start, joint = 0, ""
    depth = _depths(sentence.plain)
    for cut in _JOINTS.finditer(sentence.plain):
        if depth[cut.start()] or any(
            a <= cut.start() < b for a, b in (*sentence.code, *quoted(sentence.plain))
        ):
            continue
        left, right = sentence.plain[start : cut.start()], sentence.plain[cut.end() :]
        if len(left.split()) < 3 or len(right.split()) < 3:
            continue
        found.append((joint, sentence.part(start, cut.start())))
        joint = (cut.lastgroup or "").lower()
        start = cut.end()
    found.append((joint, sentence.part(start, len(sentence.plain))))
    return [(how, part) for how, part in found if part.plain]
