"""Text in lines: the palette, the gate for words that are shown, wrapping, bars, and a card's prose and code.

By default only the terminal's own sixteen colours are used, so the learner's light or dark theme decides what they
look like: none of those that are unreadable on black (blue) or on white (yellow). `[ui] theme = "night"` brings exact
colours and a background of its own. No meaning hangs on a colour alone: NO_COLOR and a black and white terminal lose
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, count, zip_longest
from pathlib import Path

from rich.cells import chop_cells
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from dp100cards import files
from dp100cards.cards import GAP
from dp100cards.clean import as_typed, clean, clean_line, safe_link

THEMES = ("terminal", "night")
"""What `[ui] theme` may name: a palette in `themes/`."""
FLAGS = ("", "red", "orange", "green", "blue", "pink", "turquoise", "purple")
"""Anki's names for the flags 1 to 7."""


class CleanConsole(Console):
    """A console that prints nothing but clean text and safe links, whatever a caller forgot."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for text, style, control in super().render(renderable, options):
            if not control:
                if style is not None and style.link and not safe_link(style.link):
                    style = style.update_link(None)
                shown = clean(text)
                # A line more would push the picture apart.
                text = shown if shown.count("\n") == text.count("\n") else clean_line(text)
            yield Segment(text, style, control)


def console(width: int | None = None, theme: str = "") -> Console:
    """A console that shows text as it is: no markup, no emoji codes, no guessing what is a number."""
    path = Path(__file__).with_name("themes") / f"{theme or THEMES[0]}.ini"
    lines = files.read_text(path).splitlines()  # Theme.read takes 1.5 ms more
    palette = Theme(dict(line.split(" = ") for line in lines if " = " in line))
    return CleanConsole(
        width=width, theme=palette, markup=False, emoji=False, highlight=False, legacy_windows=False
    )


# Lines

_PLAIN = CleanConsole()
KEPT = ("help", "quit", "pause", "back")
"""What stays among the key hints when others have to go."""


def styled(text: str, style: str = "") -> Text:
    """The one gate from words to styled text: cleaned, and only these words have the style, not what is appended."""
    return Text().append(clean(text), style)


def wrap(text: Text, width: int, hang: int = 0) -> list[Text]:
    """One paragraph in lines of at most `width` columns, broken at words; all but the first `hang` columns in."""
    if hang and text.cell_len > width:
        lead, rest = text.divide([min(hang, width // 3)])
        return rows(lead, wrap(rest, width - lead.cell_len))
    lines = text.wrap(_PLAIN, width)
    for line in lines:
        line.rstrip()
    return list(lines) or [Text()]


def indented(line: Text, columns: int) -> Text:
    """A line further in; a blank one stays blank."""
    return styled(" " * columns) + line if columns and line.plain else line


def said(words: str | Iterable[str], width: int, style: str = "", indent: int = 2) -> list[Text]:
    """A sentence of the program's own, in lines, or several."""
    each = (as_typed(sentence) for sentence in ([words] if isinstance(words, str) else words))
    return [indented(line, indent) for words in each for line in wrap(styled(words, style), width - indent)]


def section(title: str, lines: Sequence[Text]) -> list[Text]:
    """Lines below their title; nothing where there are none."""
    return [Text(), styled(f"  {title}", "title"), *lines] if lines else []


def rows(lead: Text, lines: Sequence[Text]) -> list[Text]:
    """Lines behind a lead, such as a letter: all of them keep their own column."""
    first, *others = lines or [Text()]
    return [lead + first, *(styled(" " * lead.cell_len) + line for line in others)]


def spread(left: Text, right: Text, width: int) -> Text:
    """A line with one text at its left end and one at its right; the left one gives way."""
    room = max(width - right.cell_len - bool(right.plain), 1)
    return fit(left, room) + styled(" " * (width - room - right.cell_len)) + right


def fit(text: Text | str, width: int) -> Text:
    """A line of exactly so many columns: cut with an ellipsis, or filled with blanks."""
    line = styled(text) if isinstance(text, str) else text.copy()
    line.truncate(max(width, 0), overflow="ellipsis", pad=True)
    return line


def key_line(hints: Iterable[tuple[str, str]], width: int) -> Text:
    """Keys with what they do, as many as fit; help and quit are kept when others have to go."""
    shown = list(hints)
    gap = styled("  " if width >= 60 else " ")
    while True:
        line = gap.join(styled(key, "key").append(f" {does}", "quiet") for key, does in shown)
        if line.cell_len < width or len(shown) < 2:
            line = styled(" ") + line
            line.truncate(width, overflow="ellipsis")
            return line
        spare = [n for n, (_, does) in enumerate(shown) if n and does not in KEPT]
        shown.pop(spare[-1] if spare else -1)


def bar(share: float, width: int, style: str = "bar.done") -> Text:
    """A bar of which a share is filled; something that is not nothing shows."""
    filled = min(max(round(width * share), int(share > 0)), width)
    return styled("━" * filled, style).append("─" * (width - filled), "rule")


def blocks(values: Sequence[float], most: float | None = None) -> str:
    """Values as a row of blocks of eight heights."""
    top = max([*values, 1e-9]) if most is None else most
    return "".join(" ▁▂▃▄▅▆▇█"[min(max(round(value / top * 8), int(value > 0)), 8)] for value in values)


def beside(left: Sequence[Text], right: Sequence[Text], width: int) -> list[Text]:
    """Two columns of lines with a rule between them, the left one `width` columns wide."""
    pairs = zip_longest(left, right, fillvalue=Text())
    return [fit(one, width).append("│ ", "rule") + other for one, other in pairs]


# A card's text

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
    text = clean(text)
    if re.search(r"[`~*_\[]", text):  # most have none, and a list of ten thousand cards takes half the time
        text = " ".join(inline(part).plain for _, part in _parts(text))
    return " ".join(text.split())


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
