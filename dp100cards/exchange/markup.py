"""A card's text as HTML: code spans, bold, fenced blocks; everything else is escaped."""

from __future__ import annotations

import html
import re

_FENCE = re.compile(r"^(`{3,}|~{3,})([^\n]*)\n(.*?)(?:\n\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def to_html(text: str) -> str:
    """The text as HTML that shows it as it is."""
    if "`" not in text and "**" not in text and "~~~" not in text and "- " not in text:
        return html.escape(text).strip("\n").replace("\n", "<br>")
    pieces: list[str] = []
    start = 0
    for fence in _FENCE.finditer(text):
        pieces.append(_inline(text[start : fence.start()]))
        pieces.append(code_block(fence[3], _language(fence[2])))
        start = fence.end()
    pieces.append(_inline(text[start:]))
    return "".join(pieces)


def code_block(code: str, language: str = "") -> str:
    """Code as a block that keeps its indentation."""
    named = f" class='language-{html.escape(language)}'" if language else ""
    return f"<pre><code{named}>{html.escape(code)}</code></pre>"


def fenced(code: str, language: str = "") -> str:
    """Code as a fenced block of Markdown, the fence longer than any in the code."""
    fence = "```"
    while fence in code:
        fence += "`"
    return f"{fence}{language}\n{code}\n{fence}"


def _language(info: str) -> str:
    """The language that a fence names, if it is a plain name."""
    name = info.strip().partition(" ")[0]
    return name if re.fullmatch(r"[\w+#-]+", name) else ""


def from_html(value: str) -> str | None:
    """The text that `to_html` made this of; None for HTML that it never makes."""
    pieces: list[str] = []
    start = 0
    for block in BLOCK.finditer(value):
        pieces.append(value[start : block.start()])
        pieces.append(fenced(html.unescape(block[2]), block[1] or ""))
        start = block.end()
    pieces.append(value[start:])
    for n in range(0, len(pieces), 2):
        plain = _LIST.sub(_items, pieces[n])
        plain = _TAG.sub(lambda tag: _MARKS.get(tag[0].lower(), tag[0]), plain)
        if _TAG.search(plain) or "[sound:" in plain:
            return None
        pieces[n] = html.unescape(plain).replace("\xa0", " ")
    return "\n".join(piece for piece in pieces if piece)


def _items(found: re.Match[str]) -> str:
    """A list as lines, apart from what stands before and after it."""
    lines = "\n".join(f"- {item}" for item in _ITEM.findall(found[0]))
    before = "\n" if found.start() else ""
    return before + lines + ("\n" if found.end() < len(found.string) else "")


BLOCK = re.compile(r"""<pre><code(?: class=['"]language-([\w+#-]*)['"])?>(.*?)</code></pre>""", re.DOTALL)
"""A block of code, with its language, as `code_block` writes it."""
_LIST = re.compile(r"<ul(?: class=['\"]list['\"])?>(?:<li>(?:(?!</?(?:ul|li)\b).)*</li>)+</ul>", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z!][^>]*>")
_MARKS = {
    "<br>": "\n", "<br/>": "\n", "<br />": "\n", "<b>": "**", "</b>": "**", "<code>": "`", "</code>": "`"
}  # fmt: skip


def _inline(text: str) -> str:
    """Lines, of which those that begin as items become a list."""
    html_: list[str] = []
    item = after_line = False
    for line in text.strip("\n").split("\n"):
        if line.startswith("- ") and line[2:].strip():
            html_.append(("<li>" if item else "<ul class='list'><li>") + _spans(line[2:].strip()) + "</li>")
            item, after_line = True, False
            continue
        html_.append(("</ul>" if item else "<br>" if after_line else "") + _spans(line))
        item, after_line = False, True
    return "".join(html_) + ("</ul>" if item else "")


def _spans(line: str) -> str:
    pieces: list[str] = []
    start = 0
    for code in _CODE.finditer(line):
        pieces.append(_bold(line[start : code.start()]))
        pieces.append(f"<code>{html.escape(code[1])}</code>")
        start = code.end()
    pieces.append(_bold(line[start:]))
    return "".join(pieces)


def _bold(text: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", html.escape(text))
