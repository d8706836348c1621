"""Paragraphs whose lines are statements of their own, as terse notes have them, and not text that an editor wrapped."""

from __future__ import annotations

import re
from itertools import pairwise

from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.blocks import Text

LEAST = 3
"""So many lines show how a note is written; of two nothing can be told."""

SHORT = 72
"""No line of such notes is longer, in letters."""

_GOES_ON = AnyCase(
    r"(?:[,;(–—-]|\b(?:and|or|but|of|to|in|on|at|by|for|with|from|as|than|that|which|who|the|an?|is|are|be|can|its?))$"
)
_LEANS = re.compile(
    r"(?:and|or|but|of|to|in|on|at|by|for|with|from|as|than|that|which|who|where|because|so|while|if|when)\b|[)\]+=,.;]"
)
_NAMED = re.compile(
    r"(?!(?:Questions?|Answers?|Note|Example|Tip|Important|Warning|Obs|Pros|Cons|Source|Term|Today|Extra)\b)"
    r"[A-Z][\w/-]+(?: [\w/-]+){0,3}: \S.{8,}"
)
"""A name and what it is: where every line is one, no editor wrapped them."""
_STOP_INSIDE = re.compile(r"[a-z)]{2}[.!?] +[A-Z]")


def named_lines(text: Text) -> list[Text]:
    """The lines of a paragraph of which each names something and says what it is; [] for others."""
    if "\n" not in text.raw:
        return []
    breaks = [n for n, at in enumerate(text.offsets) if text.raw[at : at + 1] == "\n"]
    edges = [0, *(n + 1 for n in breaks), len(text.plain)]
    lines = [text.part(a, b) for a, b in pairwise(edges)]
    return lines if breaks and all(_NAMED.match(line.plain) for line in lines) else []


def in_lines(text: Text) -> list[Text]:
    """The lines of a paragraph, each with what goes on from it, where they are statements; else the paragraph."""
    if text.raw.count("\n") < LEAST - 1:
        return [text]
    breaks = [n for n, at in enumerate(text.offsets) if text.raw[at : at + 1] == "\n"]
    edges = [0, *(n + 1 for n in breaks), len(text.plain)]
    lines = [text.part(a, b) for a, b in pairwise(edges)]
    plain = [line.plain for line in lines]
    if len(breaks) < LEAST - 1:
        return [text]
    if max(map(len, plain)) > SHORT or sum(bool(_STOP_INSIDE.search(line)) for line in plain) > 1:
        return [text]
    if 2 * sum(_had_room(plain)) <= len(breaks):
        return [text]
    parts, start = [], 0
    for n in range(1, len(lines)):
        if not (_GOES_ON.search(plain[n - 1]) or _LEANS.match(plain[n])):
            parts.append(text.part(edges[start], edges[n]))
            start = n
    return [part for part in (*parts, text.part(edges[start], edges[-1])) if part.plain]


def _had_room(lines: list[str]) -> list[bool]:
    """For each line but the last: would the next one's first word have fitted into it, by the longest line?"""
    width = max(map(len, lines))
    return [
        len(line) + 1 + len(following.split(maxsplit=1)[0]) <= width if following else True
        for line, following in pairwise(lines)
    ]
