"""Screens as SVG pictures: what a terminal with the usual colours shows.

python -m tests.ui.pictures            write the golden pictures anew (then look at what changed)
python -m tests.ui.pictures --light    show them as a light terminal does, in /tmp/light
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.color import Color, ColorType
from rich.style import Style
from rich.text import Text

from dp100cards.ui.terminal import Window
from dp100cards.ui.text import console
from dp100cards.ui.view import Screen, Size

GOLDEN = Path(__file__).parent / "golden"
DOCS = GOLDEN.parents[2] / "docs"
README = {
    "session.svg": "study-answer-80x24.svg",
    "home.svg": "home-80x24.svg",
    "exam.svg": "exam-case-120x40.svg",
}
"""Pictures of the README, and of which golden pictures they are copies."""
SIZES = {
    "80x24": (80, 24, False),
    "120x40": (120, 40, False),
    "40x12": (40, 12, False),
    "plain": (80, 24, True),
}
"""Columns and rows of each picture, and whether it is without colours (NO_COLOR)."""
DARK = ("#16181d", "#d5d9e0", "#7d8491",
        "#16181d #e06c75 #7fbf6a #d9a13b #4c8dff #c678dd #56b6c2 #d5d9e0 "
        "#5c6370 #ff7b86 #98d982 #f0c674 #82aaff #d8a0ff #7fdbe6 #ffffff")  # fmt: skip
LIGHT = ("#ffffff", "#24292f", "#8a9199",
         "#24292f #c4262e #2b7d2b #9a6700 #0550ae #8b3fb5 #007a8a #57606a "
         "#6e7781 #d1242f #1a7f37 #bf8700 #3b6fd4 #a347d1 #1b9aaa #8c959f")  # fmt: skip
ACROSS, DOWN = 8.4, 18


def frame(screen: Screen, columns: int, rows: int) -> list[Text]:
    """The lines that a terminal of that size shows."""
    width = min(columns, screen.widest)
    view = screen.view(Size(width, rows))
    window = Window()
    window.lay_out(view, Size(width, rows))
    window.follows = True  # what is in focus is on the picture
    lines, _ = window.lay_out(view, Size(width, rows))
    margin = " " * max((columns - width) // 2, 0)
    return [Text(margin) + line if line.plain else line for line in lines]


def svg(lines: list[Text], columns: int, *, plain: bool = False, light: bool = False, theme: str = "") -> str:
    """Lines as a picture."""
    ground, ink, dim, names = LIGHT if light else DARK
    palette = names.split()
    painter = console(width=columns, theme=theme)
    if theme and not plain:
        base = painter.get_style("ground")
        ground, ink = _hex(base.bgcolor, palette, ground), _hex(base.color, palette, ink)
    wide, tall = round(columns * ACROSS + 16), len(lines) * DOWN + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}">',
        f'<rect width="{wide}" height="{tall}" rx="6" fill="{ground}"/>',
        f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" fill="{ink}">',
    ]
    for row, line in enumerate(lines):
        column = 0
        for segment in line.render(painter):
            words, style = segment.text, segment.style or Style()
            size = cell_len(words)
            if words.strip():
                parts.append(_span(words, style, column, size, row, (ink, dim, palette), plain))
            column += size
    return "\n".join([*parts, "</g></svg>", ""])


def _span(
    words: str,
    style: Style,
    column: int,
    size: int,
    row: int,
    colours: tuple[str, str, list[str]],
    plain: bool,
) -> str:
    ink, dim, palette = colours
    lead = len(words) - len(words.lstrip(" "))
    words, at = words.strip(" "), column + lead
    look = []
    fill = ink if plain else _hex(style.color, palette, ink)
    if style.dim and fill == ink:
        fill = dim
    look += [f'fill="{fill}"'] if fill != ink else []
    look += ['font-weight="bold"'] if style.bold else []
    look += ['font-style="italic"'] if style.italic else []
    lines = [name for name, on in (("underline", style.underline), ("line-through", style.strike)) if on]
    look += [f'text-decoration="{" ".join(lines)}"'] if lines else []
    x, y = 8 + at * ACROSS, 8 + row * DOWN + 13
    stretch = f'textLength="{cell_len(words) * ACROSS:.1f}"'
    return f'<text x="{x:.1f}" y="{y}" {stretch} {" ".join(look)} xml:space="preserve">{escape(words)}</text>'


def _hex(colour: Color | None, palette: list[str], usual: str) -> str:
    if colour is None or colour.is_default:
        return usual
    if colour.type in (ColorType.STANDARD, ColorType.WINDOWS) and colour.number is not None:
        return palette[colour.number]
    return str(colour.get_truecolor().hex)


def pictures(screens: dict[str, Screen], *, light: bool = False) -> dict[str, str]:
    """Every picture by its file's name."""
    return {
        f"{name}-{size}.svg": svg(frame(screen, columns, rows), columns, plain=plain, light=light)
        for name, screen in screens.items()
        for size, (columns, rows, plain) in SIZES.items()
    }


def main() -> None:
    """Write the pictures."""
    from tests.ui.test_golden import screens

    light = "--light" in sys.argv
    folder = Path("/tmp/light") if light else GOLDEN
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    for name, picture in pictures(screens(), light=light).items():
        (folder / name).write_text(picture, encoding="utf-8", newline="\n")
    for name, golden in README.items() if not light else ():
        (DOCS / name).write_bytes((folder / golden).read_bytes())


if __name__ == "__main__":
    main()
