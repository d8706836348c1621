"""A card's text in lines: code spans, bold, links, pictures, fenced code, lists; everything else as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, count

from rich.cells import chop_cells
from rich.text import Text

from dp100cards.cards import GAP
from dp100cards.clean import clean, safe_link
from dp100cards.ui.view import indented, styled, wrap

_FENCED = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*(?:\n|\Z)(.*?)(?:^ {0,3}\1[`~]*[ \t]*(?:\n|\Z)|\Z)",
    re.M | re.S,
)
_INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)|\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*"
    r"|(?<![\w*])\*(?P<soft>(?=[^\s*])[^*\n]+?(?<=[^\s*]))\*(?![\w*])"
    r"|!\[(?P<alt>[^\]\n]*)\]\((?P<path>[^)\s]+)[^)\n]*\)|\[(?P<link>[^\]\n]+)\]\((?P<url>[^)\s]+)\)",
    re.DOTALL,
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
_FIRST_GAP = 0x10F000
"""A private character that stands for the first gap while a text is laid out; the next ones follow it."""
_CODE = {
    "code.keyword": "Keyword Operator.Word Name.Tag",
    "code.comment": "Comment",
    "code.string": "Literal.String",
    "code.number": "Literal.Number",
    "code.name": "Name.Function Name.Class Name.Decorator Name.Attribute Name.Builtin",
}
"""The tokens of code that have a style."""


def prose(
    text: str, width: int, *, style: str = "", indent: int = 0, gaps: Sequence[Text] = ()
) -> list[Text]:
    """A card's text in lines of at most `width` columns, `indent` of them blank.

    `gaps` are put where `{{…}}` stands, one after the other.
    """
    room = max(width - indent, 8)
    result: list[Text] = []
    for language, part in _parts(_marked(text, gaps)):
        if language is not None:
            result += _code(part, language, room, gaps)
            continue
        for line in part.split("\n"):
            mark = _LIST_MARK.match(line)
            result += wrap(_filled(inline(line, style), gaps), room, mark.end() if mark else 0)
    return [indented(line, indent) for line in result]


def code(text: str, language: str, width: int, *, indent: int = 0, gaps: Sequence[Text] = ()) -> list[Text]:
    """Code in lines, with `gaps` where `{{…}}` stands."""
    lines = _code(_marked(text, gaps), language, max(width - indent, 8), gaps)
    return [indented(line, indent) for line in lines]


def one_line(text: str) -> str:
    """Text without marks on one line, for lists and messages."""
    return " ".join(" ".join(inline(part).plain for _, part in _parts(clean(text))).split())


def inline(text: str, style: str = "") -> Text:
    """Clean prose with its code spans, bold words and links in their styles."""
    result, end = Text(), 0
    for found in _INLINE.finditer(text):
        result.append(text[end : found.start()])
        match found.lastgroup:
            case "code":
                span = found["code"]
                padded = len(span) > 2 and span[0] == span[-1] == " " and span.strip()
                result.append(span[1:-1] if padded else span, "text.code")
            case "path":
                result.append(f"[picture: {found['alt'] or found['path']}]", "quiet")
            case "url":
                result.append_text(link(found["link"], found["url"]))
            case "bold":
                result.append_text(inline(found["bold"], "text.bold"))
            case _:
                result.append_text(inline(found["soft"], "italic"))
        end = found.end()
    result.append(text[end:])
    if style:
        result.stylize_before(style)
    return result


def link(words: str, url: str) -> Text:
    """Words that a terminal which knows links opens as an address of the web."""
    return styled(words, f"underline link {url}") if safe_link(url) else styled(f"{words} ({url})")


def folded(line: Text, width: int) -> list[Text]:
    """A line as it stands, with all its blanks, cut where it runs over."""
    ends = list(accumulate(map(len, chop_cells(line.plain, width))))
    return list(line.divide(ends[:-1]))


def _parts(text: str) -> Iterator[tuple[str | None, str]]:
    """The fenced blocks of a text, each with its language, and what lies between them with None."""
    end = 0
    for found in _FENCED.finditer(text):
        if found.start() > end:
            yield None, text[end : found.start()].removesuffix("\n")
        yield found[2], found[3].removesuffix("\n")
        end = found.end()
    if end < len(text) or not end:
        yield None, text[end:]


def _code(text: str, language: str, width: int, gaps: Sequence[Text]) -> list[Text]:
    """Code as it stands, broken where it must be and nowhere else."""
    rows = _filled(_highlighted(text, language), gaps).split("\n", allow_blank=True)
    return [piece for row in rows for piece in folded(row, width)]


def _marked(text: str, gaps: Sequence[Text]) -> str:
    places, text = count(_FIRST_GAP), clean(text.strip("\n"))
    return GAP.sub(lambda _: chr(next(places)), text) if gaps else text


def _filled(text: Text, gaps: Sequence[Text]) -> Text:
    """The text with each gap's character replaced by the gap."""
    for n, gap in enumerate(gaps):
        at = text.plain.find(chr(_FIRST_GAP + n))
        if at >= 0:
            text = text[:at] + gap + text[at + 1 :]
    return text


def _highlighted(text: str, language: str) -> Text:
    """Code in the styles of the palette; as it stands where the language is not known."""
    if not language:
        return styled(text)
    from pygments.lexers import get_lexer_by_name  # 20 ms that only code needs
    from pygments.token import string_to_tokentype
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return styled(text)
    result = Text()
    styles = {string_to_tokentype(name): style for style, names in _CODE.items() for name in names.split()}
    for kind, value in lexer.get_tokens(text):
        result.append(value, next((style for token, style in styles.items() if kind in token), ""))
    return result
