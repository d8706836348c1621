"""Pieces of text without which a pattern finds nothing: what to look for before the pattern is tried."""

from __future__ import annotations

_LOOKS = ("?=", "?!", "?<=", "?<!")
"""Openings of groups that take no letters themselves."""
_MAYBE = ("?", "*", "{")
"""What may make the piece before it stand no times."""


def needed(pattern: str) -> tuple[str, ...]:
    """Pieces of which at least one stands in all that the pattern finds, the shortest first; () where there are none.

    Of `\\b(?:see|shown) (?:above|below)` these are "above" and "below". Flags inside a pattern are not known.
    """
    pieces, _ = _alternatives(pattern, 0)
    if pieces is None:
        return ()
    ordered = sorted(pieces, key=lambda piece: (len(piece), piece))
    return tuple(p for n, p in enumerate(ordered) if not any(shorter in p for shorter in ordered[:n]))


def _alternatives(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """The pieces of all alternatives from a place on, None where one of them needs none; and where they end."""
    gathered: frozenset[str] | None = frozenset()
    while True:
        pieces, at = _sequence(pattern, at)
        gathered = None if gathered is None or pieces is None else gathered | pieces
        if at >= len(pattern) or pattern[at] == ")":
            return gathered, at
        at += 1  # the "|"


def _sequence(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """The pieces of one alternative: of all that it needs what is the least to look for."""
    offers: list[frozenset[str]] = []
    run = ""

    def ends() -> None:
        nonlocal run
        if len(run) > 1:
            offers.append(frozenset([run]))
        run = ""

    while at < len(pattern) and pattern[at] not in "|)":
        letter, at = pattern[at], at + 1
        if letter == "(":
            ends()
            pieces, at = _group(pattern, at)
            if pieces and not pattern.startswith(_MAYBE, at):
                offers.append(pieces)
        elif letter == "[":
            ends()
            at = pattern.index("]", _past_escapes(pattern, at)) + 1
        elif letter == "\\" and pattern[at].isalnum():
            ends()
            at += 1
        elif letter in "^$.?*+{":
            ends()
            at = pattern.index("}", at) + 1 if letter == "{" else at
        else:
            if letter == "\\":
                letter, at = pattern[at], at + 1
            if pattern.startswith(_MAYBE, at):
                ends()
            else:
                run += letter
    ends()
    return min(offers, key=lambda each: (len(each), -min(map(len, each))), default=None), at


def _group(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """The pieces of a group, whose bracket stands before `at`; and where it ends."""
    looks = pattern.startswith(_LOOKS, at)
    if pattern.startswith("?P<", at):
        at = pattern.index(">", at) + 1
    elif pattern[at] == "?":
        at = pattern.index(pattern[at + 2] if pattern[at + 1] == "<" else pattern[at + 1], at) + 1
    pieces, at = _alternatives(pattern, at)
    return None if looks else pieces, at + 1


def _past_escapes(pattern: str, at: int) -> int:
    """Where to look for the end of a class: behind a bracket that is its first letter, and behind what is escaped."""
    at += pattern[at] == "^"
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at
