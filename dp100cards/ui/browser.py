"""All cards: a filter that follows each key, a list, and the whole card beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rich.text import Text

from dp100cards.cards import KINDS, Card
from dp100cards.clean import many
from dp100cards.decks.index import Entry, Index
from dp100cards.scheduler.event import Moment
from dp100cards.session.answering import Line, begin, typed
from dp100cards.session.study import Records, decided, take_back
from dp100cards.ui.card import answered
from dp100cards.ui.pages import edit, info_lines
from dp100cards.ui.text import fit, one_line, said, styled
from dp100cards.ui.view import CLOSE, GONE, NOTHING, STAY, Result, Screen, Size, Stage, View

STATES = "new learning review due failed suspended buried flagged marked leech rejected".split()
NAMES: dict[str, Sequence[str]] = {"is": STATES, "kind": KINDS, "level": ("recall", "exam")}
NAMES |= dict.fromkeys(("deck", "tag", "skill"), ())
"""What a filter may name, as in `deck:deploy kind:order,match`, with its values where they are always the same; other
words are looked for in the text."""
MOVES = {"up": -1, "down": 1, "home": -1_000_000, "end": 1_000_000}
ACTS = {"enter": "edit", "x": "reject", "@": "suspend", "u": "undo"}


@dataclass
class Row:
    card: Entry | Card
    ask: str
    more: str  # what words of a filter are looked for in, besides the question and the names of the card
    standing: str  # where it is in the schedule, in a word
    states: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.ask = one_line(self.ask)
        names = (self.card.id, self.card.deck, *self.card.tags, *self.card.skills)
        self.text = " ".join((self.ask, self.more, *names)).casefold()

    def values(self, name: str) -> Iterable[str]:
        """The values of the card under a name of a filter: `dp-100/1.2` is the skill 1.2, too."""
        if name == "is":
            return self.states
        if name not in ("tag", "skill"):
            return [getattr(self.card, name).casefold()]
        found = [each.casefold() for each in getattr(self.card, f"{name}s")]
        return found + [each.rpartition("/")[2] for each in found]


class Filter:
    """Finds cards. For a word that occurs nowhere, the most similar ones are taken."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    @cached_property
    def words(self) -> list[str]:
        words = set(" ".join(row.text for row in self.rows).split())
        return sorted(word for word in words if len(word) > 3)

    def __call__(self, query: str) -> Sequence[Row]:
        rows = self.rows
        for word in query.casefold().split():
            name, colon, value = word.partition(":")
            if colon and name in NAMES:
                meant = self._meant(name, value.split(","))
                rows = [row for row in rows if not meant.isdisjoint(row.values(name))]
            else:
                rows = [row for row in rows if word in row.text] or self._similar(word, rows)
        return rows

    def _meant(self, name: str, given: Sequence[str]) -> set[str]:
        """The values that are given, or that begin with what is given."""
        known = {each for row in self.rows for each in row.values(name)}
        return {each for part in given for each in ({part} & known or known) if each.startswith(part)}

    def _similar(self, word: str, rows: Sequence[Row]) -> list[Row]:
        from rapidfuzz import fuzz, process  # 20 ms: see Browser.opened

        words = self.words if len(word) > 3 else []
        near: list[Any] = process.extract(word, words, scorer=fuzz.ratio, score_cutoff=75, limit=8)
        return [row for row in rows if any(each in row.text for each, *_ in near)]


def unknown_value(words: Sequence[str]) -> str:
    """What to say of an `is:`, `kind:` or `level:` that names none; "" if all are known."""
    for word in words:
        name, _, value = word.casefold().partition(":")
        known = NAMES.get(name, ())
        for part in value.split(",") if known else ():
            if not any(each.startswith(part) for each in known):
                noun = "state" if name == "is" else name
                return f"there is no {noun} {part}; there are {', '.join(known)}"
    return ""


def asks_for_rejected(query: str) -> bool:
    """Does a filter ask for rejected cards, by that word or its beginning, alone or beside other states?"""
    values = [word[3:].split(",") for word in query.casefold().split() if word.startswith("is:")]
    return any(part and "rejected".startswith(part) for parts in values for part in parts)


class Browser(Screen):
    """The cards on a screen. While the filter is typed every character goes to it; the arrows go to the list."""

    widest = 140

    def __init__(
        self,
        stage: Stage,
        records: Records,
        index: Index,
        now: Callable[[], Moment],
        rows: Callable[[], Sequence[Row]],
        query: str = "",
    ) -> None:
        """`rows` gives all cards as they are at that moment."""
        self.stage, self.records, self.index, self.now, self.rows = stage, records, index, now, rows
        self.filter = Filter(rows())
        self.line, self.typing, self.at = Line(query), True, 0
        self._look()

    def opened(self) -> None:
        self.filter("thnig")  # now, so that a first slip takes no longer than another key

    def _look(self) -> None:
        self.found = self.filter(self.line.text)
        self._move(0)

    def _move(self, by: int) -> None:
        self.at = max(min(self.at + by, len(self.found) - 1), 0)

    def press(self, key: str) -> Result:
        self.message, typing = "", self.typing
        if key in GONE or (key == "esc" and not (typing and self.line.text)) or (key == "q" and not typing):
            return CLOSE
        if key in ("up", "down") or (key in MOVES and not typing):
            self.typing = False
            self._move(MOVES[key])
        elif key == "enter" or (key in ACTS and not typing):
            self._act(ACTS[key])
        elif key in ("esc", "tab") or (key in ("/", "backspace") and not typing):
            self.typing = not typing
        elif typing and key not in ("pgup", "pgdn"):
            self.line, self.at = typed(self.line, key), 0
            self._look()
        else:
            return NOTHING
        return STAY

    def _act(self, action: str) -> None:
        id_ = self.found[self.at].card.id if self.found else ""
        if action == "undo":
            self.message = take_back(self.records, self.now())
        elif not id_:
            self.message = "No card is chosen."
        elif action == "edit":
            self.message = edit(self.stage, self.index, id_, self.index.refresh)
        else:
            state = self.records.state(id_)
            back = state.rejected if action == "reject" else state.suspended
            kind = f"un{action}" if back else action
            self.records.record_all(decided(self.index, kind, [id_], self.now(), origin="cards"))
            done = {"reject": "Rejected for good", "suspend": "Suspended"}.get(kind, "Brought back")
            self.message = f"{done}. u takes that back."
        self.filter = Filter(self.rows())
        self._look()

    def view(self, size: Size) -> View:
        row = self.found[self.at] if self.found else None
        left, right = size.panes or (size.width, size.width)
        hints = [("↑ ↓", "choose"), ("enter", "edit")] if row else []
        hints += [("esc", "to the list")] if self.typing else [("/", "filter")]
        hints += [("x", "reject"), ("@", "suspend")] if row and not self.typing else []
        hints += [("u", "undo"), ("q", "back")] if not self.typing else []
        listed, rule = self._list(left, size), [styled("─" * size.width, "rule")]
        above = [] if size.panes else [*listed, *rule] if size.compact else [*rule, *listed]
        return View(
            title=styled(" Cards", "title"),
            right=styled(f"{self._count()} ", "quiet"),
            heading=[self._heading(size.width), *above],
            body=self._card(row, Size(right, size.height)),
            aside=listed if size.panes else (),
            message=self.message,
            hints=hints,
            page=("cards", row and row.card.id),
        )

    def _heading(self, width: int) -> Text:
        heading, text = styled(" Filter ", "quiet"), self.line.text
        if self.typing:
            cut = max(len(self.line.before) + heading.cell_len + 2 - width, 0)
            heading.append("▏".join(self.line)[cut:], "key")  # what is typed now stays in sight
        else:
            heading.append(text or "none")
        if self.typing and not text:
            heading.append("  words, deck:… tag:… is:due kind:… skill:…", "quiet")
        heading.truncate(width, overflow="ellipsis")
        return heading

    def _count(self) -> str:
        """How many cards are found, and of how many; rejected ones count only where the filter asks for them."""
        every, found = self.filter.rows, self.found
        if not asks_for_rejected(self.line.text):
            every, found = ([row for row in rows if "rejected" not in row.states] for rows in (every, found))
        return f"{many(len(found))} of {len(every)}"

    def _list(self, width: int, size: Size) -> list[Text]:
        """The part of the list around the card in focus that has room."""
        room = size.height - 6 if size.panes else max(size.height // 3, 3)
        first = min(max(self.at - room // 2, 0), max(len(self.found) - room, 0))
        result = []
        for n, row in enumerate(self.found[first : first + room], first):
            line = styled("› " if n == self.at else "  ", "focus").append(f"{row.standing:<10} ", "quiet")
            line.append_text(fit(row.ask, max(width - 14, 10)))
            line.stylize("bold" if n == self.at else "")
            result.append(line)
        return result

    def _card(self, row: Row | None, size: Size) -> list[Text]:
        if row is None:
            why = unknown_value(self.line.text.split())
            words = f"{why}." if why else "No card matches. esc, then / for another filter."
            return [Text(), *said(words, size.width - 2)]
        card = self.index.card(row.card.id)
        if card is None:
            return said("This card is not in the decks any more.", size.width - 2)
        narrow = Size(min(size.width, 87), size.height)  # a scenario goes above its question here
        info = info_lines(card, self.records, self.now(), size.width - 1)
        return [*answered(begin(card), None, narrow).body, Text(), *info]
