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
from dp100cards.cards import GAP, INLINE
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


def said(words: str | Iterable[str], width: int, style: str = "", indent: int = 2) -> list[Text]:
    """A sentence of the program's own, in lines, or several."""
    each = [styled(as_typed(sentence), style) for sentence in ([words] if isinstance(words, str) else words)]
    return [styled(" " * indent) + line for sentence in each for line in wrap(sentence, width - indent)]


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
    shown, gap = list(hints), styled("  " if width >= 60 else " ")
    while True:
        line = gap.join(styled(key, "key").append(f" {does}", "quiet") for key, does in shown)
        if line.cell_len < width or len(shown) < 2:
            return fit(styled(" ") + line, min(width, line.cell_len + 1))
        spare = [hint for hint in shown[1:] if hint[1] not in KEPT] or shown
        shown.remove(spare[-1])


def bar(share: float, width: int, style: str = "bar.done", *, cut: float | None = None) -> Text:
    """A bar of which a share is filled; something that is not nothing shows. With a line at `cut`, to be passed."""
    filled = min(max(round(width * share), int(share > 0)), width)
    drawn = styled("━" * filled, style).append("─" * (width - filled), "rule")
    if cut is None:
        return drawn
    at = min(round(cut * width), width - 1)
    return drawn[:at] + styled("┃", "title") + drawn[at + 1 :]


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
_INLINE = re.compile(INLINE, re.DOTALL)
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
_FIRST_GAP = 0x10F000
"""A private character that stands for the first gap while a text is laid out; the next ones follow it."""
_CODE = dict.fromkeys(("k", "ow", "nt"), "code.keyword") | dict.fromkeys(
    ("nf", "fm", "nc", "nd", "na", "nb", "bp"), "code.name"
)
_CODE |= {"c": "code.comment", "s": "code.string", "m": "code.number"}
"""The styles of tokens, by the short names that pygments has for them, or the first letters of those."""


def prose(
    text: str, width: int, *, style: str = "", indent: int = 0, gaps: Sequence[Text] = ()
) -> list[Text]:
    """A card's text in lines of at most `width` columns, `indent` of them blank.

    `gaps` are put where `{{…}}` stands, one after the other. Code is broken where it must be and nowhere else.
    """
    room, lines, places = max(width - indent, 8), list[Text](), count(_FIRST_GAP)
    text = clean(text.strip("\n"))
    for language, part in _parts(GAP.sub(lambda _: chr(next(places)), text) if gaps else text):
        if language is not None:
            for row in _filled(_highlighted(part, language), gaps).split("\n", allow_blank=True):
                lines += folded(row, room)
            continue
        for line in part.split("\n"):
            mark = _LIST_MARK.match(line)
            lines += wrap(_filled(inline(line, style), gaps), room, mark.end() if mark else 0)
    return [styled(" " * indent) + line for line in lines]


def code(text: str, language: str, width: int, *, indent: int = 0, gaps: Sequence[Text] = ()) -> list[Text]:
    """Code in lines, with `gaps` where `{{…}}` stands."""
    fence = "~" * 30
    return prose(f"{fence}{language}\n{text}\n{fence}", width, indent=indent, gaps=gaps)


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
        end = found.end()
        match found.lastgroup:
            case "code":
                result.append(found["code"].strip() or found["code"], "text.code")
            case "path":
                result.append(f"[picture: {found['alt'] or found['path']}]", "quiet")
            case "url":
                result.append_text(link(found["link"], found["url"]))
            case "bold":
                result.append_text(inline(found["bold"], "text.bold"))
            case "soft":
                result.append_text(inline(found["soft"], "italic"))
            case _:  # LaTeX reads well as it stands
                result.append(found[0])
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


def _filled(text: Text, gaps: Sequence[Text]) -> Text:
    """The text with each gap's character replaced by the gap."""
    for n, gap in enumerate(gaps):
        at = text.plain.find(chr(_FIRST_GAP + n))
        if at >= 0:
            text = text[:at] + gap + text[at + 1 :]
    return text


def _highlighted(text: str, language: str) -> Text:
    """Code in the styles of the palette; as it stands where the language is not known."""
    from pygments.lexers import get_lexer_by_name  # 20 ms that only code needs
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return styled(text)
    result = Text()
    for token, value in lexer.get_tokens(text):
        short = STANDARD_TYPES.get(token, "")
        result.append(value, _CODE.get(short) or _CODE.get(short[:1]))
    return result
