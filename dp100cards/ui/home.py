"""Home: today's work, progress, mock exams, decks and the week; from here everything begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from dp100cards.clean import clean_line, many, percent
from dp100cards.ui.statistics import Row
from dp100cards.ui.view import (
    CLOSE,
    GONE,
    NOTHING,
    STAY,
    Hint,
    Result,
    Screen,
    Size,
    Stage,
    View,
    bar,
    blocks,
    fit,
    indented,
    prompt,
    said,
    styled,
)


@dataclass(frozen=True, kw_only=True)
class Home:
    """What there is to say at home."""

    name: str
    date: str
    days: int | None = None
    """Until the exam."""
    due: int = 0
    learning: int = 0
    new: int = 0
    minutes: int = 0
    overdue: str = ""
    cards: int = 0
    begun: int = 0
    mature: int = 0
    recall: float | None = None
    """Of the cards that were begun."""
    chance: str = ""
    mocks: Sequence[int] = ()
    no_mock: str = "none yet"
    """What is said while there are none."""
    """The scores, the oldest first."""
    pass_mark: int = 700
    is_open: bool = False
    """Does an exam wait to be resumed?"""
    week: Sequence[bool] = ()
    """On which of the last seven days something was reviewed, today last."""
    weekdays: str = ""
    streak: int = 0
    decks: Sequence[Row] = ()
    next: str = ""
    said: Sequence[str] = ()
    """Mistakes in the decks, notes that have changed, and the like."""
    can_build: bool = False
    counting: bool = False
    """Is this the first picture, with what is known at once? The figures of memory follow in a moment."""


KEYS = (
    ("enter", "study what is due, and some new cards"),
    ("e", "take a mock exam, or resume the open one"),
    ("s", "statistics: what you have learned"),
    ("/", "browse, edit and reject cards"),
    ("b", "build cards from notes that have changed"),
    ("d", "set the date of your exam and your minutes a day"),
    ("q", "quit"),
)
IDLE = 0.02
"""Seconds without a key after the first picture: then there is time to count."""
ACTIONS = {"e": "exam", "s": "statistics", "/": "cards", "b": "build", "d": "exam date"}


class HomeScreen(Screen):
    """The home of the program; `chosen` is what the learner wants to do, "" to leave."""

    widest = 110

    def __init__(
        self, stage: Stage, figures: Callable[[], Home], keep_date: Callable[[str, str], str],
        first: Home | None = None, *, asks: bool = False, wrong: Callable[[str, str], str] = lambda day, minutes: "",
    ) -> None:  # fmt: skip
        """`figures` gives what is shown, after the `first` picture; `keep_date` keeps the day of the exam and the
        minutes a day, `wrong` says what is wrong with them; `asks`: the learner is asked for them at once."""
        self.stage, self.home, self.chosen, self.message = stage, first or figures(), "", ""
        self._figures, self._keep_date, self._asks, self._wrong = figures, keep_date, asks, wrong
        self.tick = IDLE if self.home.counting else None

    def beat(self) -> Result:
        """No key came at once: count what takes longer; after a newcomer's first session, ask for the exam's day."""
        self.tick = None
        self.home = self._figures()
        if self._asks and not self.stage.plain:
            self._ask_date()
        return STAY

    def press(self, key: str) -> Result:
        """Choose what to do."""
        self.message = ""
        if key in ("q", "esc", *GONE):
            return CLOSE
        if key in ("enter", "space"):
            self.chosen = "study"
            return CLOSE
        if key == "?":
            from dp100cards.ui.pages import help_page

            self.stage.run(help_page([("Home", KEYS)]))
            return STAY
        if key not in ACTIONS or (key == "b" and not self.home.can_build):
            return NOTHING
        if key == "d":
            self._ask_date()
            return STAY
        self.chosen = ACTIONS[key]
        return CLOSE

    def _ask_date(self) -> None:
        day = self._right(
            "When is your exam? Year-month-day, such as 2027-01-15 (esc: later):",
            lambda text: self._wrong(text, ""),
        )
        if day:
            minutes = self._right(
                "How many minutes a day do you have? (empty: no limit)", lambda text: self._wrong(day, text)
            )
            self.message = self._keep_date(day, minutes)
            self.home = self._figures()

    def _right(self, question: str, wrong: Callable[[str], str]) -> str:
        """Ask until nothing is wrong with the answer; what was typed stays. "" if nothing was answered."""
        text = prompt(self.stage, self, question) or ""
        while text and (why := wrong(text)):
            text = prompt(self.stage, self, f"{why}:", text) or ""
        return text

    def view(self, size: Size) -> View:
        """All of it."""
        home = self.home
        left = f" · exam in {many(home.days, 'day')}" if home.days is not None and home.days > 0 else ""
        left = " · exam today" if home.days == 0 else left
        body = [Text()] if not size.compact else []
        body += boxes(
            [
                ("Today", self._today(size)),
                ("Progress", self._progress(size)),
                ("Mock exams", self._mocks(size)),
            ],
            size,
        )
        body += self._week(size) if not size.compact else []
        for line in (home.overdue, home.next, *home.said):
            body += said(line, size.width - 2, indent=1) if line else []
        if home.decks:
            body += [*([] if size.compact else [Text()]), *self._decks(size)]
        hints: list[Hint] = [("enter", "study"), ("e", "resume exam" if home.is_open else "exam")]
        hints += [("s", "statistics"), ("/", "cards"), *([("b", "build")] if home.can_build else [])]
        return View(
            title=styled(f" {clean_line(home.name)}", "title"), right=styled(f"{home.date}{left} ", "quiet"),
            body=body, hints=[*hints, ("d", "exam date"), ("?", "help"), ("q", "quit")],
            message=self.message, page="home",
        )  # fmt: skip

    def _today(self, size: Size) -> list[Text]:
        home = self.home
        if not home.due + home.learning + home.new and not home.counting:
            return [styled("Nothing is due now."), styled("Tomorrow brings more.", "quiet")]
        lines = [styled(f"{home.due:>3}", "due").append(f" due · {home.learning} learning", "")]
        lines.append(
            styled(f"{home.new:>3}", "new").append(
                f" new    ≈ {'…' if home.counting else home.minutes} min", ""
            )
        )
        if not size.plain:
            lines.append(styled("▶ enter", "key").append("  study"))
        return lines

    def _progress(self, size: Size) -> list[Text]:
        home = self.home
        if home.counting:
            return [styled(many(home.cards)), styled("counting …", "quiet")]
        share = f"{home.begun} of {home.cards}"
        wide = 10 if size.width >= 70 else 8
        first = (
            styled(f"{share} cards begun")
            if size.plain
            else bar(home.begun / max(home.cards, 1), wide) + f" {share}"
        )
        recall = "none begun yet" if home.recall is None else f"recall {percent(home.recall)} of begun"
        last = f"chance {home.chance}" if home.chance else many(home.mature, "mature card")
        last = f"Chance to pass: {home.chance}" if size.plain and home.chance else last
        return [first, styled(recall), styled(last)]

    def _mocks(self, size: Size) -> list[Text]:
        home = self.home
        if home.counting:
            return [styled("counting …", "quiet")]
        scores = list(home.mocks)[-3:]
        first = styled(" → ".join(map(str, scores)) or home.no_mock)
        trend = "" if size.plain or not scores else f"  {blocks(list(home.mocks)[-8:], 1000)}"
        keys = styled("e", "key").append(
            "  resume" if home.is_open else "  sit another" if scores else "  sit one"
        )
        return [
            first,
            styled(f"pass mark {home.pass_mark}", "quiet").append(trend, "accent"),
            *([] if size.plain else [keys]),
        ]

    def _decks(self, size: Size) -> list[Text]:
        home = self.home
        names = min(max(len(deck.title) for deck in home.decks), max(size.width - 36, 12))
        room = max(size.width - names - 30, 0)
        rows = [styled(f" {fit('Deck', names).plain}  {'cards':>6} {'begun':>6} {'recall':>7}", "quiet")]
        for deck in home.decks:
            recall = "…" if deck.begun is None else "–" if deck.recall is None else percent(deck.recall)
            begun = "…" if deck.begun is None else str(deck.begun)
            row = styled(" ") + fit(clean_line(deck.title), names)
            row.append(f"  {deck.cards:>6} {begun:>6} {recall:>7}  ")
            rows.append(
                row
                if size.plain or room < 6
                else row + bar((deck.begun or 0) / max(deck.cards, 1), min(room, 40))
            )
        return rows

    def _week(self, size: Size) -> list[Text]:
        """On which of the last seven days something was reviewed, and for how many days in a row."""
        home, run = self.home, f"streak {many(self.home.streak, 'day')}"
        if not any(home.week) or size.plain:
            return [Text(), styled(run)] if home.streak else []
        marks = " ".join("▪" if each else "·" for each in home.week)
        line = styled(f" {' '.join(home.weekdays)}   ", "quiet").append(marks, "accent").append(f"   {run}")
        return [line, Text()]


def boxes(parts: Sequence[tuple[str, Sequence[Text]]], size: Size) -> list[Text]:
    """Titled boxes side by side where they have room, else one below the other; in the plain form only their lines."""
    if size.plain or size.width < 30 * len(parts) - 14:
        result: list[Text] = []
        for title, lines in parts:
            result += [styled(title, "title"), *(indented(line, 2) for line in lines if line.plain.strip())]
            result += [Text()] * (size.plain or not size.compact)
        return result[: len(result) - (size.plain or not size.compact)]
    gap = 1
    wide = (size.width - gap * (len(parts) - 1)) // len(parts)
    tall = max(len(lines) for _, lines in parts)
    drawn = []
    for title, lines in parts:
        rule = "─" * max(wide - 4 - cell_len(title), 0)
        box = [styled("┌ ", "rule").append(title, "title").append(f" {rule}┐", "rule")]
        for n in range(tall):
            inner = fit(lines[n] if n < len(lines) else Text(), wide - 4)
            box.append(styled("│ ", "rule") + inner + styled(" │", "rule"))
        drawn.append([*box, styled("└" + "─" * (wide - 2) + "┘", "rule")])
    return [styled(" " * gap).join(row) for row in zip(*drawn, strict=True)]
