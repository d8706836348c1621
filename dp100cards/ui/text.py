"""A card's text as lines for the terminal: code spans, bold, fenced code, lists; everything else as it stands.

What a deck holds is never trusted: `clean` lets no control sequence and no reversal of direction through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from dp100cards.cards import GAP
from dp100cards.clean import clean as clean

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*$")
INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)|\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*", re.DOTALL
)
LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")


def styled(text: str, style: str) -> Text:
    """Text of which only these words have the style: what is appended keeps its own."""
    return Text().append(text, style)


def one_line(text: str) -> str:
    """Text without marks on one line, for lists and messages."""
    return " ".join(unmarked(text).split())


def shortened(text: str, most: int = 100) -> str:
    """Text without marks on one line, cut at a word if it is long."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"


def unmarked(text: str) -> str:
    """Text without the marks of code spans, bold and fences: for the linear form."""
    parts = [code if fence is not None else inline(code).plain for fence, code in blocks(clean(text))]
    return "\n".join(parts)


def blocks(text: str) -> Iterator[tuple[str | None, str]]:
    """The fenced blocks of a text, each with its language, and what lies between them with None."""
    prose: list[str] = []
    code: list[str] = []
    fence = ""
    language = ""
    for line in text.split("\n"):
        found = FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not found[2]:
                yield language, "\n".join(code)
                fence, code = "", []
            else:
                code.append(line)
        elif found:
            if prose:
                yield None, "\n".join(prose)
            prose, fence, language = [], found[1], found[2]
        else:
            prose.append(line)
    if fence:
        yield language, "\n".join(code)
    elif prose:
        yield None, "\n".join(prose)


def inline(text: str, style: str = "") -> Text:
    """Prose with its code spans and bold words in their styles. The text must be clean."""
    result = Text()
    end = 0
    for found in INLINE.finditer(text):
        result.append(text[end : found.start()])
        if found["code"] is not None:
            span = found["code"]
            padded = len(span) > 2 and span[0] == span[-1] == " " and span.strip()
            result.append(span[1:-1] if padded else span, "text.code")
        else:
            result.append_text(inline(found["bold"], "text.bold"))
        end = found.end()
    result.append(text[end:])
    if style:
        result.stylize_before(style)
    return result


def lines(
    text: str, console: Console, width: int, *, style: str = "", indent: int = 0, gaps: Sequence[Text] = ()
) -> list[Text]:
    """A card's text laid out in lines of at most `width` columns, `indent` of them blank.

    `gaps` are put where `{{…}}` stands, one after the other.
    """
    room = max(width - indent, 8)
    result: list[Text] = []
    for language, part in blocks(_marked_gaps(clean(text.strip("\n")), len(gaps))):
        if language is None:
            for line in part.split("\n"):
                result += wrapped(_filled(inline(line, style), gaps), console, room)
        else:
            for row in _filled(highlighted(part, language), gaps).split("\n", allow_blank=True):
                result += folded(row, room)
    return [_indented(line, indent) for line in result]


def code_lines(
    code: str, language: str, width: int, *, indent: int = 0, gaps: Sequence[Text] = ()
) -> list[Text]:
    """Code laid out in lines, with `gaps` where `{{…}}` stands."""
    whole = _filled(highlighted(_marked_gaps(clean(code.strip("\n")), len(gaps)), language), gaps)
    pieces = [
        piece for row in whole.split("\n", allow_blank=True) for piece in folded(row, max(width - indent, 8))
    ]
    return [_indented(piece, indent) for piece in pieces]


FIRST_GAP = 0x10F000
"""A private character that stands for the first gap while a text is laid out; the next ones follow it."""


def _marked_gaps(text: str, count: int) -> str:
    places = iter(range(count))

    def mark(found: re.Match[str]) -> str:
        n = next(places, None)
        return found[0] if n is None else chr(FIRST_GAP + n)

    return GAP.sub(mark, text)


def _filled(text: Text, gaps: Sequence[Text]) -> Text:
    """The text with each gap's character replaced by the gap."""
    for n, gap in enumerate(gaps):
        at = text.plain.find(chr(FIRST_GAP + n))
        if at >= 0:
            text = text[:at] + gap + text[at + 1 :]
    return text


def wrapped(text: Text, console: Console, width: int) -> list[Text]:
    """One paragraph in lines, broken at words; what follows a list's mark stays in its column."""
    if not text.plain.strip():
        return [Text()]
    mark = LIST_MARK.match(text.plain)
    hang = mark.end() if mark and mark.end() <= width // 3 else 0
    if not hang:
        return _trimmed(text.wrap(console, width, overflow="fold"))
    first, rest = text[:hang], text[hang:]
    lines = _trimmed(rest.wrap(console, width - hang, overflow="fold"))
    return [first + lines[0], *(_indented(line, hang) for line in lines[1:])]


def folded(line: Text, width: int, *, at_words: bool = False) -> list[Text]:
    """A line as it stands, of code or a note, broken where it must be and nowhere else; `at_words` between words."""
    pieces = []
    while line.cell_len > width:
        cut = _fitting(line.plain, width)
        if at_words and " " in line.plain[:cut].strip():
            cut = line.plain.rindex(" ", 0, cut + 1) + 1
        piece, line = line[:cut], line[cut:]
        if at_words:
            piece.rstrip()
        pieces.append(piece)
    return [*pieces, line]


def highlighted(code: str, language: str) -> Text:
    """Code in the styles of the palette; as it stands where the language is not known."""
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Token
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        lexer = None
    if lexer is None:
        return Text(code)
    styles = (
        (Token.Keyword, "code.keyword"), (Token.Operator.Word, "code.keyword"), (Token.Comment, "code.comment"),
        (Token.Literal.String, "code.string"), (Token.Literal.Number, "code.number"),
        (Token.Name.Function, "code.name"), (Token.Name.Class, "code.name"), (Token.Name.Decorator, "code.name"),
        (Token.Name.Tag, "code.keyword"), (Token.Name.Attribute, "code.name"), (Token.Name.Builtin, "code.name"),
    )  # fmt: skip
    result = Text()
    for kind, value in lexer.get_tokens(code):
        result.append(value, next((style for token, style in styles if kind in token), ""))
    return result


def _indented(line: Text, indent: int) -> Text:
    return Text(" " * indent) + line if indent and line.plain else line


def _trimmed(lines: Iterable[Text]) -> list[Text]:
    result = list(lines)
    for line in result:
        line.rstrip()
    return result


def _fitting(plain: str, width: int) -> int:
    """How many characters of a text fit in `width` columns; at least one."""
    from rich.cells import cell_len

    used = 0
    for count, character in enumerate(plain):
        used += cell_len(character)
        if used > width:
            return max(count, 1)
    return len(plain)
