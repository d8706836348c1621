"""Sentences with gaps: `==gap==`, `{{gap}}`, `{{c1::gap::hint}}`, `C: … [gap] …`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dp100cards.cards import Cloze
from dp100cards.notes.blocks import Block, Section
from dp100cards.notes.inline import HIGHLIGHT, flow, masked, plain, sentences
from dp100cards.notes.question import Found

BRACES = re.compile(
    r"(?<![${])\{\{(?![\s#%<>/{!^&=])(?:c(\d{1,3})::)?([^{}\n]{1,300}?)(?:::([^{}\n:]{1,100}))?(?<!\s)\}\}(?!\})"
)
BRACKET = re.compile(r"\[([^\[\]\n]{1,200})\](?![(\[:])")


def bracket_cards(found: Found, section: Section, said: str, line: int) -> int:
    """The cards of `C: … [gap] …`."""
    text = flow(said)
    spans = [
        (match.start(), match.end(), match[1], str(n), "")
        for n, match in enumerate(BRACKET.finditer(masked(text)))
    ]
    spans = [(start, end, text[start + 1 : end - 1], number, hint) for start, end, _, number, hint in spans]
    return _cloze(found, section, text, spans, (line, line + said.count("\n")))


def gap_cards(found: Found, section: Section, block: Block) -> int:
    """`==gap==`, `{{gap}}` and `{{c1::gap::hint}}`."""
    if "==" not in block.text and "{{" not in block.text:
        return 0
    text = flow(block.text)
    hidden, spans = masked(text), []
    for n, match in enumerate(HIGHLIGHT.finditer(hidden)):
        spans.append((match.start(), match.end(), text[match.start(1) : match.end(1)], f"h{n}", ""))
    for n, match in enumerate(BRACES.finditer(hidden)):
        inner = text[match.start(2) : match.end(2)]
        spans.append(
            (match.start(), match.end(), inner, f"c{match[1]}" if match[1] else f"b{n}", match[3] or "")
        )
    return _cloze(found, section, text, sorted(spans), (block.first, block.last))


def _cloze(
    found: Found,
    section: Section,
    text: str,
    spans: Sequence[tuple[int, int, str, str, str]],
    lines: tuple[int, int],
) -> int:
    """One card for each gap; gaps of one number are hidden together."""
    if not spans:
        return 0
    quote, made = plain(_shown(text, spans, "")), 0
    for number in dict.fromkeys(span[3] for span in spans):
        shown = _shown(text, spans, number)
        if not number.startswith("c"):
            sentence = next((each for each in sentences(shown) if "{{" in each and "}}" in each), shown)
            visible = re.sub(r"\{\{.*?\}\}", "", sentence)
            shown = sentence if len(visible.split()) >= 4 else shown
        if re.sub(r"\{\{.*?\}\}|\W", "", shown):
            found.add(Cloze, section, lines, shown, quote=quote)
            made = 1
    return made


def _shown(text: str, spans: Sequence[tuple[int, int, str, str, str]], number: str) -> str:
    pieces, end = [], 0
    for start, stop, inner, name, hint in spans:
        if start < end:
            continue
        gap = f"{{{{{inner}}}}}" + (f" ({hint})" if hint else "")
        pieces += [text[end:start], gap if name == number else inner]
        end = stop
    return "".join([*pieces, text[end:]])
