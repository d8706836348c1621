"""All cards: a filter that follows each key, a list, and the whole card beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rich.text import Text

from dp100cards.cards import Card
from dp100cards.clean import clean_line, many
from dp100cards.session.answering import InOrder, Line, begin, typed
from dp100cards.ui.card import answered, with_scenario
from dp100cards.ui.prose import one_line
from dp100cards.ui.view import (
    CLOSE,
    GONE,
    NOTHING,
    STAY,
    Result,
    Screen,
    Size,
    Stage,
    View,
    fit,
    said,
    styled,
)

NAMES = ("deck", "tag", "is", "kind", "skill", "level")
"""What a filter may name, as in `deck:deploy is:due`; other words are looked for in the text."""
STATES = ("new", "learning", "review", "due", "suspended", "buried", "flagged", "marked", "leech", "rejected")
"""What may follow `is:`, or be the beginning of."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One card in the list."""

    id: str
    deck: str
    kind: str
    ask: str
    text: str
    """In lower case: all that words of a filter are looked for in."""
    standing: str
    """Where it is in the schedule, in a word."""
    tags: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    level: str = ""


class Shelf(Protocol):
    """Where the cards are; the command hands it in."""

    def rows(self) -> list[Row]:
        """All cards, as they are now."""

    def card(self, id_: str) -> Card | None:
        """A card with all its text."""

    def known(self, card: Card, width: int) -> list[Text]:
        """What is known of a card."""

    def act(self, action: str, id_: str) -> str:
        """Edit, reject or suspend a card, or undo; what there is to say of it."""


class Filter:
    """Finds cards. A word that is nowhere is taken for the most similar ones there are."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._words: list[str] = []

    def __call__(self, query: str) -> list[Row]:
        """The cards that match every word of a query."""
        found = list(self._rows)
        for word in query.casefold().split():
            name, colon, value = word.partition(":")
            if colon and name in NAMES:
                found = [row for row in found if _has(row, name, value)]
            else:
                exact = [row for row in found if word in row.text]
                found = exact or self._similar(word, found)
        return found

    def _similar(self, word: str, rows: Sequence[Row]) -> list[Row]:
        if len(word) < 4:
            return []
        from rapidfuzz import fuzz, process

        if not self._words:
            self._words = sorted({each for row in self._rows for each in row.text.split() if len(each) > 3})
        near: list[Any] = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=75, limit=8)
        return [row for row in rows if any(each in row.text for each, *_ in near)]


def no_state(words: Sequence[str]) -> str:
    """What to say of an `is:` that names no state; "" if there is none."""
    for word in words:
        name, _, value = word.casefold().partition(":")
        if name == "is" and not any(state.startswith(value) for state in STATES):
            return f"{value} is no state: {', '.join(STATES)}"
    return ""


def _has(row: Row, name: str, value: str) -> bool:
    match name:
        case "deck" | "kind" | "level":
            return str(getattr(row, name)).startswith(value)
        case "is":
            return any(state.startswith(value) for state in row.states)
    return any(value in each.casefold() for each in (row.tags if name == "tag" else row.skills))


class Browser(Screen):
    """The cards on a screen. While the filter is typed every character goes to it; the arrows go to the list."""

    widest = 140

    def __init__(self, stage: Stage, shelf: Shelf, query: str = "") -> None:
        self.stage, self.shelf = stage, shelf
        self.line, self.typing, self.at, self.message = Line(query, len(query)), True, 0, ""
        self._load()

    def _load(self) -> None:
        self._all = self.shelf.rows()
        self._filter = Filter(self._all)
        self._look()

    def _look(self) -> None:
        self.found = self._filter(self.line.text)
        self.at = min(self.at, max(len(self.found) - 1, 0))

    def press(self, key: str) -> Result:
        """Filter, move, or do something with the card."""
        self.message = ""
        if key in GONE:
            return CLOSE
        if key in ("up", "down"):
            self.typing = False
            self.at = min(max(self.at + (1 if key == "down" else -1), 0), max(len(self.found) - 1, 0))
            return STAY
        if key in ("pgup", "pgdn"):
            return NOTHING
        if key == "enter":
            return self._act("edit")
        if self.typing:
            return self._type(key)
        match key:
            case "/" | "tab" | "backspace":
                self.typing = True
            case "x":
                return self._act("reject")
            case "@":
                return self._act("suspend")
            case "u":
                return self._act("undo")
            case "home" | "end":
                self.at = 0 if key == "home" else max(len(self.found) - 1, 0)
            case "q" | "esc":
                return CLOSE
            case _:
                return NOTHING
        return STAY

    def _type(self, key: str) -> Result:
        if key == "esc" and not self.line.text:
            return CLOSE
        if key in ("esc", "tab"):
            self.typing = False
            return STAY
        line = typed(self.line, key)
        if line == self.line:
            return STAY
        self.line, self.at = line, 0
        self._look()
        return STAY

    def _act(self, action: str) -> Result:
        if not self.found and action != "undo":
            self.message = "No card is chosen."
        else:
            self.message = self.shelf.act(action, self.found[self.at].id if self.found else "")
            self._load()
        return STAY

    def view(self, size: Size) -> View:
        """The filter, the list, and the card."""
        row = self.found[self.at] if self.found else None
        text, at = self.line.text, self.line.cursor
        shown = f"{text[:at]}▏{text[at:]}" if self.typing else text or "none"
        heading = styled(" Filter ", "quiet").append(shown, "key" if self.typing else "")
        if not text and self.typing:
            heading.append("  words, deck:… tag:… is:due kind:… skill:…", "quiet")
        heading.truncate(size.width, overflow="ellipsis")
        hints = [("↑ ↓", "choose"), ("enter", "edit")] if row else []
        hints += [("esc", "to the list")] if self.typing else [("/", "filter")]
        hints += [("x", "reject"), ("@", "suspend")] if row and not self.typing else []
        hints += [("u", "undo"), ("q", "back")] if not self.typing else []
        panes = size.panes
        why = no_state(text.split())
        nothing = f"{why}." if why else "No card matches. esc, then / for another filter."
        lines: list[Text] = [Text(), *said(nothing, (panes[1] if panes else size.width) - 2)]
        if row is not None:
            lines = self._card(row, Size(panes[1] if panes else size.width, size.height))
        listed = self._list(panes[0] if panes else size.width, size)
        if not panes:
            listed.append(styled("─" * size.width, "rule"))
        return View(
            title=styled(" Cards", "title"), right=styled(f"{self._count()} ", "quiet"),
            heading=heading, body=lines, aside=listed if panes else (), pinned=() if panes else listed,
            message=self.message, hints=hints, page=("cards", row and row.id), types=self.typing,
        )  # fmt: skip

    def _count(self) -> str:
        """How many cards are found, and of how many; rejected ones count only where the filter asks for them."""
        asked = "is:rej" in self.line.text.casefold()
        found, total = (
            sum(asked or "rejected" not in row.states for row in rows) for rows in (self.found, self._all)
        )
        return f"{many(found)} of {total}"

    def _list(self, width: int, size: Size) -> list[Text]:
        """The part of the list around the card in focus that has room."""
        room = size.height - 6 if size.panes else max(size.height // 3, 3)
        first = min(max(self.at - room // 2, 0), max(len(self.found) - room, 0))
        result = []
        for n, row in enumerate(self.found[first : first + room], first):
            here = n == self.at
            line = styled("› " if here else "  ", "focus").append(f"{row.standing:<10} ", "quiet")
            line.append_text(fit(row.ask, max(width - 14, 10)))
            if here:
                line.stylize("bold")
            result.append(line)
        return result

    def _card(self, row: Row, size: Size) -> list[Text]:
        card = self.shelf.card(row.id)
        if card is None:
            return said("This card is not in the decks any more.", size.width - 2)
        attempt = begin(card, InOrder())
        narrow = Size(min(size.width, 87), size.height)  # a scenario goes above its question here
        body = with_scenario(card, lambda part: answered(attempt, None, None, part), narrow)
        return [*body.lines, Text(), *self.shelf.known(card, size.width - 1)]


def row_of(entry: Any, ask: str, more: str, standing: str, states: frozenset[str]) -> Row:
    """A card in the list, from what the index knows of it."""
    shown = one_line(ask)
    named = " ".join((entry.id, entry.deck, *entry.tags, *entry.skills))
    return Row(
        id=entry.id, deck=entry.deck, kind=entry.kind, ask=shown, text=f"{shown} {more} {named}".casefold(),
        standing=clean_line(standing), tags=entry.tags, skills=entry.skills, states=states, level=entry.level,
    )  # fmt: skip
