"""Sentences with gaps: `==gap==`, `{{gap}}`, `{{c1::gap::hint}}`, `C: … [gap] …`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dp100cards.cards import GAP, Cloze, gapped, gaps
from dp100cards.notes.blocks import Block, Section
from dp100cards.notes.inline import HIGHLIGHT, flow, masked, plain, sentences
from dp100cards.notes.question import Found

BRACES = re.compile(
    r"(?<![${])\{\{(?![\s#%<>/{!^&=])(?:c(\d{1,3})::)?([^{}\n]{1,300}?)(?:::([^{}\n:]{1,100}))?(?<!\s)\}\}(?!\})"
)
BRACKET = re.compile(r"\[([^\[\]\n]{1,200})\](?![(\[:])")
LEAST_SHOWN = 4


@dataclass(frozen=True, order=True)
class Span:
    """One gap in a text; gaps of one number are hidden together."""

    start: int
    end: int
    inner: str
    number: str
    hint: str = ""


def has_gap(text: str) -> bool:
    """Is a gap marked in a text?"""
    hidden = masked(flow(text)) if "==" in text or "{{" in text else ""
    return bool(HIGHLIGHT.search(hidden) or BRACES.search(hidden))


def bracket_cards(found: Found, section: Section, said: str, line: int) -> int:
    """The cards of `C: … [gap] …`."""
    text = flow(said)
    marks = enumerate(BRACKET.finditer(masked(text)))
    spans = [Span(m.start(), m.end(), text[m.start(1) : m.end(1)], f"b{n}") for n, m in marks]
    return _cloze(found, section, text, spans, (line, line + said.count("\n")))


def gap_cards(found: Found, section: Section, block: Block) -> int:
    """The cards of `==gap==`, `{{gap}}` and `{{c1::gap::hint}}` in a paragraph."""
    if "==" not in block.text and "{{" not in block.text:
        return 0
    text = flow(block.text)
    hidden = masked(text)
    spans = [
        Span(m.start(), m.end(), text[m.start(1) : m.end(1)], f"h{n}")
        for n, m in enumerate(HIGHLIGHT.finditer(hidden))
    ] + [
        Span(m.start(), m.end(), text[m.start(2) : m.end(2)], f"c{m[1]}" if m[1] else f"b{n}", m[3] or "")
        for n, m in enumerate(BRACES.finditer(hidden))
    ]
    return _cloze(found, section, text, sorted(spans), (block.first, block.last))


def _cloze(found: Found, section: Section, text: str, spans: Sequence[Span], lines: tuple[int, int]) -> int:
    quote, made = plain(_shown(text, spans, "", "")), 0
    for number in dict.fromkeys(span.number for span in spans):
        hidden = [span.inner for span in spans if span.number == number]
        whole = gapped(lambda gap, n=number: _shown(text, spans, n, gap), hidden)  # type: ignore[misc]
        shown = whole
        if not number.startswith("c"):
            sentence = next((each for each in sentences(whole) if gaps(each) == gaps(whole)), whole)
            shown = sentence if len(GAP.sub("", sentence).split()) >= LEAST_SHOWN else whole
        if re.search(r"\w", GAP.sub("", shown)):
            found.add(Cloze, section, lines, shown, quote=quote)
            made = 1
    return made


def _shown(text: str, spans: Sequence[Span], number: str, gap: str) -> str:
    """The text with the gaps of one number written as gaps."""
    pieces, end = [], 0
    for span in spans:
        if span.start < end:
            continue
        hint = f" ({span.hint})" if span.hint else ""
        pieces += [text[end : span.start], gap % span.inner + hint if span.number == number else span.inner]
        end = span.end
    return "".join([*pieces, text[end:]])
