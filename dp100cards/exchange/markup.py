"""A card's text as HTML: code, bold, links, pictures, lists, tables, LaTeX; everything else is escaped as it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from dp100cards.clean import safe_link

Pictures = Callable[[str], str]
"""Gives the `src` for the path of a picture, or "" if the picture cannot be shown: its description is there then."""

_SPECIAL = re.compile(r"[`*$\\|]|\]\(|~~~|^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*$")
_ITEM = re.compile(r"( {0,8})(?:[-*+]|(\d{1,3})[.)])[ \t]+(?=\S)")
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\$\$(?P<block>[^$]+?)\$\$|\\\[(?P<bracket>.+?)\\\]|\\\((?P<paren>.+?)\\\)"
    r"|(?<![\w$\\])\$(?P<math>(?=[^\s$])[^$\n]*[\\^_=+<>{][^$\n]*(?<=[^\s\\])|[A-Za-z])\$(?!\w)"
    r"|!\[(?P<alt>[^\]\n]*)\]\((?P<path>[^)\n]+?)\)|\[(?P<link>[^\]\n]+)\]\((?P<url>[^)\s]+)\)"
    r"|\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*"
    r"|(?<![\w*])\*(?P<soft>(?=[^\s*])[^*\n]+?(?<=[^\s*]))\*(?![\w*])",
    re.DOTALL,
)
_CELL = re.compile(r"(?<!\\)\|")


def to_html(text: str, pictures: Pictures | None = None) -> str:
    """The text as HTML."""
    if not _SPECIAL.search(text):
        return html.escape(text).strip("\n").replace("\n", "<br>")
    return "".join(_blocks(text.strip("\n").split("\n"), pictures))


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


def _blocks(lines: list[str], pictures: Pictures | None) -> Iterator[str]:
    """Each block as HTML, with the line breaks between lines of prose."""
    at, prose = 0, list[str]()

    def flushed() -> str:
        nonlocal prose
        text, prose = "\n".join(prose).strip("\n"), []
        return _inline(text, pictures)

    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            end = next((n for n in range(at + 1, len(lines)) if _closes(lines[n], fence[1])), len(lines))
            yield flushed() + code_block("\n".join(lines[at + 1 : end]), fence[2])
            at = end + 1
        elif "|" in line and at + 1 < len(lines) and _RULE.match(lines[at + 1]) and "-" in lines[at + 1]:
            end = next((n for n in range(at + 2, len(lines)) if "|" not in lines[n]), len(lines))
            yield flushed() + _table([line, *lines[at + 2 : end]], pictures)
            at = end
        elif _ITEM.match(line):
            end = next((n for n in range(at + 1, len(lines)) if not _continues(lines[n])), len(lines))
            yield flushed() + _list(lines[at:end], pictures)
            at = end
        else:
            prose.append(line)
            at += 1
    yield flushed()


def _closes(line: str, fence: str) -> bool:
    return line.strip().startswith(fence) and not line.strip().strip(fence[0])


def _continues(line: str) -> bool:
    """Is a line below an item another item, or more of it?"""
    return bool(_ITEM.match(line)) or (line.startswith("  ") and bool(line.strip()))


def _list(lines: list[str], pictures: Pictures | None) -> str:
    """A list as HTML, with lists inside its items; what is indented below an item belongs to it."""
    first = _ITEM.match(lines[0])
    assert first
    items: list[list[str]] = []
    for line in lines:
        mark = _ITEM.match(line)
        if mark and len(mark[1]) <= len(first[1]) + 1:
            items.append([line[mark.end() :]])
        else:
            items[-1].append(line[min(len(first[1]) + 2, len(line) - len(line.lstrip())) :])
    kind = "ol" if first[2] else "ul"
    start = f" start='{int(first[2])}'" if first[2] and first[2] != "1" else ""
    inside = "".join(f"<li>{''.join(_blocks(item, pictures))}</li>" for item in items)
    return f"<{kind} class='list'{start}>{inside}</{kind}>"


def _table(rows: list[str], pictures: Pictures | None) -> str:
    made = []
    for n, row in enumerate(rows):
        cells = _CELL.split(row.strip().removeprefix("|").removesuffix("|"))
        tag = "td" if n else "th"
        shown = (_inline(cell.strip().replace("\\|", "|"), pictures) for cell in cells)
        made.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in shown) + "</tr>")
    return f"<table>{''.join(made)}</table>"


def _inline(text: str, pictures: Pictures | None) -> str:
    pieces: list[str] = []
    end = 0
    for found in _INLINE.finditer(text):
        pieces.append(_plain(text[end : found.start()]))
        pieces.append(_span(found, pictures))
        end = found.end()
    pieces.append(_plain(text[end:]))
    return "".join(pieces)


def _plain(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _span(found: re.Match[str], pictures: Pictures | None) -> str:
    """One piece of inline markup. LaTeX is marked as Anki's MathJax wants it, which reads well without it too."""
    match found.lastgroup:
        case "code":
            code = found["code"]
            padded = len(code) > 2 and code[0] == code[-1] == " " and code.strip()
            return f"<code>{html.escape(code[1:-1] if padded else code)}</code>"
        case "block" | "bracket":
            return f"\\[{html.escape(found[found.lastgroup])}\\]"
        case "paren" | "math":
            return f"\\({html.escape(found[found.lastgroup])}\\)"
        case "path":
            source = pictures(found["path"]) if pictures else ""
            words = html.escape(found["alt"] or found["path"])
            return f'<img src="{html.escape(source)}" alt="{words}">' if source else f"[picture: {words}]"
        case "url":
            words = _inline(found["link"], pictures)
            url = safe_link(found["url"])
            return f'<a href="{html.escape(url)}">{words}</a>' if url else _plain(found[0])
        case "soft":
            return f"<i>{_inline(found['soft'], pictures)}</i>"
    return f"<b>{_inline(found['bold'], pictures)}</b>"
