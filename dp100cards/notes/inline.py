"""The inline text of a note: what is markup in it, what is not, and where its sentences end."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from dp100cards.notes.words import LISTS

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
HARD_BREAK = re.compile(r"(?:[ \t]{2,}|\\)\n[ \t]*|[ \t]*<br\s*/?>[ \t]*\n?", re.IGNORECASE)
SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")
IMG = re.compile(r"<img\b[^>]{0,400}>", re.IGNORECASE)
IMG_PART = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
ESCAPE = re.compile(r"\\([_\[\]()#.!<>~|{}+\-=:&\"'$])")
VERBATIM = re.compile(
    r"(?<!`)(`{1,4})(?!`).{1,400}?(?<!`)\1(?!`)|\$\$.{1,400}?\$\$"
    r"|(?<![\\$\w])\$(?![\s{])[^$\n]{1,200}?(?<![\s\\])\$(?!\w)"
)
"""A code span or LaTeX."""
PICTURE = re.compile(r"!\[([^\]]{0,300})\]\(([^)\n]{0,600})\)|!\[\[([^\]\n|]{1,200})[^\]\n]{0,40}\]\]")
LINK = re.compile(
    r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]{0,80}\]|!\[[^\]]{0,80}\]\([^)]{0,200}\)){0,300})\]\(([^)\n]{0,600})\)"
)
WIKI = re.compile(r"\[\[(?:[^\]|\n]{0,200}\|)?([^\]\n]{1,200})\]\]")
BOLD = re.compile(r"\*\*(?=\S)(.{1,400}?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.{1,400}?)(?<=\S)__(?!\w)")
ITALIC = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_\n]{1,400}?)(?<=\S)_(?!\w)"
)
HIGHLIGHT = re.compile(r"(?<![\w=])==(?=[^\s=])([^=\n]{1,200}?)(?<=[^\s=])==(?![\w=])")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
BLANKS = re.compile(r"\s+")
SENTENCE_END = re.compile(r"""[.!?…]["”’)\]*_]*\s+(?=["“‘(\[*_`]*[A-Z0-9`\ufffc])""")
NUMBERED = re.compile(
    r"(?:(?:question|item|q|quiz|problem|exercise)\s*[#№]?\s*\d+(?:\.\d+)*\s*[.:)\]–—-]*\s+|\d+\s*[.:)]\s+)(?=\S)",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\**(?:(?:question|item|q|nr|no|quiz|problem|exercise|frage|task|solution)\b\.?)?\s*[#№]?\s*"
    r"(?:[a-z]{0,4}\d[\w.\-/]*)?\s*(?:of\s+\d+)?[.:)]?\**\Z",
    re.IGNORECASE,
)


def flow(text: str) -> str:
    """Text without its soft line breaks; pictures in HTML become Markdown ones, needless escapes go."""
    if "\n" in text or "<" in text:
        text = IMG.sub(_picture, text)
        text = "\n".join(SOFT_BREAK.sub(" ", part) for part in HARD_BREAK.split(text))
    if "\\" in text:
        text = outside_code(text, lambda part: ESCAPE.sub(r"\1", part))
    return text.strip()


def _picture(match: re.Match[str]) -> str:
    parts = {name.lower(): one or two for name, one, two in IMG_PART.findall(match[0])}
    return f"![{parts.get('alt', '')}]({parts['src']})" if parts.get("src") else match[0]


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Text with a change made everywhere but in code spans and LaTeX."""
    pieces, end = [], 0
    for match in VERBATIM.finditer(text):
        pieces += [change(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, change(text[end:])])


def masked(text: str) -> str:
    """Text of the same length, in which code spans and LaTeX are blotted out."""
    if "`" not in text and "$" not in text:
        return text
    return VERBATIM.sub(lambda match: "\ufffc" * len(match[0]), text)


def bare(text: str) -> str:
    """Text on one line without emphasis, links and pictures; code spans stay."""
    if "](" in text or "]]" in text:
        text = WIKI.sub(r"\1", LINK.sub(r"\1", PICTURE.sub("", text)))
    if "*" in text or "_" in text or "==" in text:
        text = outside_code(text, _calm)
    if "<" in text or "&" in text:
        text = outside_code(text, lambda part: html.unescape(TAG.sub("", part)))
    return BLANKS.sub(" ", text).strip()


def _calm(text: str) -> str:
    text = BOLD.sub(lambda match: match[1] or match[2], text)
    text = ITALIC.sub(lambda match: match[1] or match[2], text)
    return HIGHLIGHT.sub(r"\1", text)


def plain(text: str) -> str:
    """Text as it is compared and named: no markup at all, on one line."""
    return bare(text).replace("`", "")


def unnumbered(text: str) -> str:
    """A question without the number in front of it, also where both are bold; `1.2 Which …` keeps its number."""
    stars = text[: len(text) - len(text.lstrip("*"))]
    match = NUMBERED.match(text, len(stars))
    if not match:
        return text
    rest = text[match.end() :]
    return rest.removeprefix(stars).lstrip() if stars and rest.startswith(stars) else stars + rest


def is_label(title: str) -> bool:
    """Is a heading only a label, as `Question 12` or `Item 3.17-1`?"""
    return bool(LABEL.match(title)) and len(title) < 40


def sentences(text: str) -> list[str]:
    """The sentences of a text on one line. Joined by blanks they give the text again."""
    hidden = masked(text)
    found, start = [], 0
    for match in SENTENCE_END.finditer(hidden):
        at = match.start()
        word = hidden[max(start, at - 24) : at].rsplit(" ", 1)[-1].lstrip('("“').lower()
        initial = len(word) == 1 and word.isalpha() and at - start > 2 and word not in "icx"
        number = word.isdigit() and at - start < 4
        if hidden[at] == "." and (word in LISTS["short"] or initial or number):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    if rest := text[start:].strip():
        found.append(rest)
    return found
