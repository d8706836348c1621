"""A card's text as HTML: code spans, bold, fenced blocks; everything else is escaped."""

from __future__ import annotations

import html
import re

_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n(.*?)(?:\n\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def to_html(text: str) -> str:
    """The text as HTML that shows it as it is."""
    if "`" not in text and "**" not in text and "~~~" not in text:
        return html.escape(text).strip("\n").replace("\n", "<br>")
    pieces: list[str] = []
    start = 0
    for fence in _FENCE.finditer(text):
        pieces.append(_inline(text[start : fence.start()]))
        pieces.append(code_block(fence[2]))
        start = fence.end()
    pieces.append(_inline(text[start:]))
    return "".join(pieces)


def code_block(code: str) -> str:
    """Code as a block that keeps its indentation."""
    return f"<pre><code>{html.escape(code)}</code></pre>"


def _inline(text: str) -> str:
    pieces: list[str] = []
    start = 0
    for code in _CODE.finditer(text):
        pieces.append(_bold(text[start : code.start()]))
        pieces.append(f"<code>{html.escape(code[1])}</code>")
        start = code.end()
    pieces.append(_bold(text[start:]))
    return "".join(pieces).strip("\n").replace("\n", "<br>")


def _bold(text: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", html.escape(text))
