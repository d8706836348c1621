"""Sentences on the terminal: broken at words where they would run over its edge; whole in a file or a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from dp100cards.clean import as_typed, say


def tell(lines: Iterable[str]) -> None:
    """Write lines to stdout."""
    for line in lines:
        say(fitted(as_typed(line)))


def fitted(line: str) -> str:
    """A line as it is written to stdout: several lines, where a terminal is too narrow for it."""
    if not sys.stdout.isatty():
        return line
    # The terminal itself is asked: COLUMNS, where a shell hands it on, does not follow the window.
    width = os.get_terminal_size(sys.stdout.fileno()).columns or 80
    return "\n".join(folded(line, max(width, 20)))


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
