"""A card's text in lines: code spans, bold, links, pictures, fenced code, lists; everything else as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from dp100cards.cards import GAP
from dp100cards.clean import clean, safe_link
from dp100cards.ui.view import indented, styled, wrap

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*$")
_INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)|\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*"
    r"|(?<![\w*])\*(?P<soft>(?=[^\s*])[^*\n]+?(?<=[^\s*]))\*(?![\w*])"
    r"|!\[(?P<alt>[^\]\n]*)\]\((?P<path>[^)\s]+)[^)\n]*\)|\[(?P<link>[^\]\n]+)\]\((?P<url>[^)\s]+)\)",
    re.DOTALL,
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
_FIRST_GAP = 0x10F000
"""A private character that stands for the first gap while a text is laid out; the next ones follow it."""


def prose(
    text: str, width: int, *, style: str = "", indent: int = 0, gaps: Sequence[Text] = ()
) -> list[Text]:
    """A card's text in lines of at most `width` columns, `indent` of them blank.

    `gaps` are put where `{{…}}` stands, one after the other.
    """
    room = max(width - indent, 8)
    result: list[Text] = []
    for language, part in _parts(_marked(clean(text.strip("\n")), len(gaps))):
        if language is not None:
            result += _code(part, language, room, gaps)
            continue
        for line in part.split("\n"):
            mark = _LIST_MARK.match(line)
            result += wrap(_filled(inline(line, style), gaps), room, mark.end() if mark else 0)
    return [indented(line, indent) for line in result]


def code(text: str, language: str, width: int, *, indent: int = 0, gaps: Sequence[Text] = ()) -> list[Text]:
    """Code in lines, with `gaps` where `{{…}}` stands."""
    lines = _code(_marked(clean(text.strip("\n")), len(gaps)), language, max(width - indent, 8), gaps)
    return [indented(line, indent) for line in lines]


def one_line(text: str) -> str:
    """Text without marks on one line, for lists and messages."""
    return " ".join(" ".join(inline(part).plain for _, part in _parts(clean(text))).split())


def inline(text: str, style: str = "") -> Text:
    """Clean prose with its code spans, bold words and links in their styles."""
    result = Text()
    end = 0
    for found in _INLINE.finditer(text):
        result.append(text[end : found.start()])
        if found["code"] is not None:
            span = found["code"]
            padded = len(span) > 2 and span[0] == span[-1] == " " and span.strip()
            result.append(span[1:-1] if padded else span, "text.code")
        elif found["path"] is not None:
            result.append(f"[picture: {found['alt'] or found['path']}]", "quiet")
        elif found["url"] is not None:
            result.append_text(link(found["link"], found["url"]))
        else:
            bold = found["bold"]
            result.append_text(inline(bold, "text.bold") if bold else inline(found["soft"], "italic"))
        end = found.end()
    result.append(text[end:])
    if style:
        result.stylize_before(style)
    return result


def link(words: str, url: str) -> Text:
    """Words that a terminal which knows links opens as an address of the web."""
    return styled(words, f"underline link {url}") if safe_link(url) else styled(f"{words} ({url})")


def _parts(text: str) -> Iterator[tuple[str | None, str]]:
    """The fenced blocks of a text, each with its language, and what lies between them with None."""
    prose: list[str] = []
    fenced: list[str] = []
    fence = language = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence and found and found[1].startswith(fence) and not found[2]:
            yield language, "\n".join(fenced)
            fence, fenced = "", []
        elif fence:
            fenced.append(line)
        elif found:
            if prose:
                yield None, "\n".join(prose)
            prose, fence, language = [], found[1], found[2]
        else:
            prose.append(line)
    if fence:
        yield language, "\n".join(fenced)
    elif prose:
        yield None, "\n".join(prose)


def _code(text: str, language: str, width: int, gaps: Sequence[Text]) -> list[Text]:
    """Code as it stands, broken where it must be and nowhere else."""
    rows = _filled(_highlighted(text, language), gaps).split("\n", allow_blank=True)
    return [piece for row in rows for piece in folded(row, width)]


def folded(line: Text, width: int) -> list[Text]:
    """A line as it stands, with all its blanks, cut where it runs over."""
    pieces = []
    while line.cell_len > width:
        used = cut = 0
        while used + (size := cell_len(line.plain[cut])) <= width or not cut:
            used, cut = used + size, cut + 1
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]


def _marked(text: str, count: int) -> str:
    places = iter(range(count))

    def mark(found: re.Match[str]) -> str:
        n = next(places, None)
        return found[0] if n is None else chr(_FIRST_GAP + n)

    return GAP.sub(mark, text)


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
    from pygments.token import Token
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return styled(text)
    styles = (
        (Token.Keyword, "code.keyword"), (Token.Operator.Word, "code.keyword"), (Token.Comment, "code.comment"),
        (Token.Literal.String, "code.string"), (Token.Literal.Number, "code.number"),
        (Token.Name.Function, "code.name"), (Token.Name.Class, "code.name"), (Token.Name.Decorator, "code.name"),
        (Token.Name.Tag, "code.keyword"), (Token.Name.Attribute, "code.name"), (Token.Name.Builtin, "code.name"),
    )  # fmt: skip
    result = Text()
    for kind, value in lexer.get_tokens(text):
        result.append(value, next((style for token, style in styles if kind in token), ""))
    return result
