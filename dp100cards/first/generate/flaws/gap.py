"""Flaws of cloze and code cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import GAP, Cloze, Code, gaps
from dp100cards.first.generate.english import count_words
from dp100cards.first.generate.flaws.flaw import Flaw, flaw
from dp100cards.first.generate.flaws.wording import dangles
from dp100cards.first.generate.stems import stems, words
from dp100cards.first.notes.vocabulary import GENERIC, STOP_WORDS

_TOKEN = re.compile(r"[\w/\\-]")
_TOKEN_GOES_ON = re.compile(r"[\w/\\-]|\.\w")
_NAMED = re.compile(r"[^:.]{2,60}: ")
_SMALL_ENDS = frozenset(["and", "or", "of", "to", "the", "a", "an", "in", "on", "for", "with", "by"])


def cloze_flaws(card: Cloze) -> Iterator[Flaw]:
    """What a cloze must be: one thing hidden that is worth knowing, and enough around it to know what is asked."""
    hidden = gaps(card.ask)
    if not hidden:
        yield flaw("no-gap")
        return
    if len(hidden) > 1:
        yield flaw("many-gaps", f"{len(hidden)} gaps")
    visible = GAP.sub(" ", card.ask)
    shown = stems(visible)
    for text in hidden:
        yield from _gap_flaws(text, shown)
    for found in GAP.finditer(card.ask):
        before, after = card.ask[: found.start()][-1:], card.ask[found.end() :][:2]
        if (before and _TOKEN.match(before)) or _TOKEN_GOES_ON.match(after):
            yield flaw("gap-in-token", card.ask[max(0, found.start() - 8) : found.end() + 8])
    named = _NAMED.match(visible)
    content = [w for w in words(visible) if w.lower() not in STOP_WORDS]
    if len(content) < (2 if named else 4):
        yield flaw("thin-cloze", visible.strip())
    n = count_words(card.ask)
    if n > 40:
        yield flaw("long-cloze", f"{n} words")
    first = dangles(visible) if not named else ""
    if first and re.match(rf"\W*{first}\b", visible, re.IGNORECASE):
        yield flaw("dangling-pronoun", first)


def _gap_flaws(text: str, shown: frozenset[str]) -> Iterator[Flaw]:
    low = [w.lower() for w in words(text)]
    if count_words(text) > 5:
        yield flaw("long-gap", text)
    if (
        not low
        or all(w in STOP_WORDS and not w.isdigit() for w in low)
        or (len(low) == 1 and low[0] in GENERIC)
    ):
        yield flaw("weak-gap", text)
    elif low[0] in _SMALL_ENDS or low[-1] in _SMALL_ENDS:
        yield flaw("ragged-gap", text)
    said = stems(text)
    if said and said <= shown:
        yield flaw("gap-visible", text)


def code_flaws(card: Code) -> Iterator[Flaw]:
    """What a code card must be: blanks in code, and lists whose wrong entries are wrong."""
    blanks = gaps(card.code)
    if not blanks:
        yield flaw("no-blank")
    for blank, wrong in zip(blanks, card.wrong, strict=False):
        if blank in wrong or len(set(wrong)) != len(wrong):
            yield flaw("same-options", blank)
