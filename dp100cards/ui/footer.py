"""Lines with something at both ends, and rows of keys with what they do."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text


def spread(left: Text, right: Text, width: int) -> Text:
    """A line with one text at its left end and one at its right; the left one gives way."""
    room = width - right.cell_len
    if left.cell_len > room - 1:
        left = left.copy()
        left.truncate(max(room - 1, 1), overflow="ellipsis")
    return left + Text(" " * max(room - left.cell_len, 0)) + right


def hints(keys: Iterable[tuple[str, str]], width: int) -> Text:
    """Keys with what they do, as many as fit; help and quit are kept when others have to go."""
    shown = list(keys)

    def line() -> Text:
        result = Text(" ")
        for n, (key, what) in enumerate(shown):
            result.append("  " if n else "").append(key, "key").append(f" {what}", "quiet")
        return result

    while line().cell_len > width and len(shown) > 1:
        spare = [n for n, (_, what) in enumerate(shown) if n and what not in ("help", "quit")]
        shown.pop(spare[-1] if spare else -1)
    return line()
