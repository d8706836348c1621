"""One thing against another: "A vs. B: A is easier to …"."""

from __future__ import annotations

import re
from dataclasses import replace

from dp100cards.cards import Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import (
    Contrast,
    Fact,
)

_VERSUS = re.compile(
    r"(?P<a>[^:.]{2,50}?)\s+(?:vs\.?|versus)\s+(?P<b>[^:.]{2,50}?)\s*[:–—-]\s+(?P<rest>.+)$", re.IGNORECASE
)


def versus(text: str, source: Source, context: Context) -> list[Fact]:
    """`A vs. B: A is easier …, built for …`."""
    found = _VERSUS.match(text)
    if not found:
        return []
    a, b, facts = found["a"].strip(), found["b"].strip(), []
    for piece in re.split(r";\s+|(?<=[.])\s+", found["rest"]):
        for side, other in ((a, b), (b, a)):
            if _same_start(piece, side):
                sure = replace(context, certain=True)
                facts += _contrast(piece[len(_first_name(piece, side)) :], side, other, source, sure)
                break
        else:
            if not facts and not _same_start(piece, b):
                facts += _contrast(piece, a, b, source, replace(context, certain=False))
    return facts


def _contrast(said: str, side: str, other: str, source: Source, context: Context) -> list[Fact]:
    said = grammar.expanded(re.sub(r"^\s*[:,–—-]\s*", "", said).strip())
    said = re.sub(r"^['’]s\b", "is", said)
    pieces = [re.sub(r"^(?:it is|is|it|and)\s+", "", p.strip(" .")) for p in re.split(r",\s+(?!and\b)", said)]
    fit = [p for p in pieces if len(p.split()) >= 2]
    confidence = 0.9 if context.certain else 0.5
    category = context.heading[-1] if context.heading else context.category
    return [
        Contrast(
            **context.shared(source, concept=side, category=category, confidence=confidence),
            other=_singular_name(other),
            value=piece,
        )
        for piece in fit[:3]
    ]


def _singular_name(name: str) -> str:
    """ "HDInsights" beside "HDInsight" is one name: a plural s after a name in mixed case is dropped."""
    return name[:-1] if re.search(r"[a-z]{3}ts$", name) and re.search(r"[A-Z]{2}[a-z]", name) else name


def _same_start(text: str, name: str) -> bool:
    return bool(_first_name(text, name))


def _first_name(text: str, name: str) -> str:
    for form in (name, name.rstrip("s"), name + "s"):
        if text.lower().startswith(form.lower()):
            return text[: len(form)]
    return ""
