"""Patterns that take capitals for small letters."""

from __future__ import annotations

import re
from collections.abc import Callable

from dp100cards.first.notes.needed import needed

_CAPITAL = re.compile(r"(?<!\\)(?<!\(\?)[A-Z]")

MOST_NEEDED = 12
"""To look for more pieces than these takes as long as the pattern itself."""

_Look = Callable[[str], "re.Match[str] | None"]


class AnyCase:
    """A pattern of small letters, looked for in the text in small letters.

    It finds what `re.IGNORECASE` finds, in a quarter of the time where it has many alternatives: with that flag the
    engine tries them all at every letter. Most texts hold none of the pieces that every match holds; in these the
    engine looks for nothing. What a match holds is in small letters.
    """

    __slots__ = ("_match", "_needed", "_pattern", "_search")

    def __init__(self, pattern: str) -> None:
        if _CAPITAL.search(pattern):
            raise ValueError(f"a capital letter is never found: {pattern}")
        self._pattern = pattern
        pieces = needed(pattern)
        self._needed = pieces if len(pieces) <= MOST_NEEDED else ()
        # There are many patterns, and short notes never need most of them: they are compiled when they are needed.
        self._search: _Look = self._first_search
        self._match: _Look = self._first_match

    def _compile(self) -> None:
        compiled = re.compile(self._pattern)
        self._search, self._match = compiled.search, compiled.match

    def _first_search(self, text: str) -> re.Match[str] | None:
        self._compile()
        return self._search(text)

    def _first_match(self, text: str) -> re.Match[str] | None:
        self._compile()
        return self._match(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in the text."""
        low = text.lower()
        for piece in self._needed:
            if piece in low:
                break
        else:
            if self._needed:
                return None
        return self._search(low)

    def found(self, text: str) -> str:
        """The words of the text that were found first; "" where there are none."""
        found = self.search(text)
        return text[found.start() : found.end()] if found else ""

    def match(self, text: str) -> re.Match[str] | None:
        """The beginning of the text."""
        return self._match(text.lower())
