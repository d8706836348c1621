"""Sentences on the terminal: broken at words where they would run over its edge; whole in a file or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click


def tell(lines: Iterable[str]) -> None:
    """Write lines to stdout."""
    if sys.stdout.isatty():
        import shutil

        width = max(shutil.get_terminal_size().columns, 20)
        lines = [piece for line in lines for piece in folded(line, width)]
    for line in lines:
        click.echo(line)


def folded(line: str, width: int) -> list[str]:
    """A line broken at words to fit; what follows stands in the column where the line's last gap ends.

    A gap is two blanks or more, as between a name and what is said of it; a line that begins with blanks goes on a
    little further in.
    """
    if len(line) <= width:
        return [line]
    import re
    from textwrap import wrap

    gap = re.match(r"\S.*?\s{2,}(?=\S)", line)
    head = len(line) - len(line.lstrip())
    hang = head + 4 if head else 0
    if gap and gap.end() <= width // 3:
        head = hang = gap.end()
    # `wrap` folds blanks, so those before the text are given to it as an indent.
    return wrap(
        line[head:], width, initial_indent=line[:head], subsequent_indent=" " * hang, break_on_hyphens=False
    )
