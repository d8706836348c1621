"""The picture of a question of an exam: number, section and clock; the scenario beside it or in its place; keys."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from dp100cards.cards import Multiple, Order, Statements
from dp100cards.scheduler.days import MINUTE
from dp100cards.ui.ask import View, asked
from dp100cards.ui.exam_ask import foot
from dp100cards.ui.exam_desk import ExamDesk
from dp100cards.ui.exam_words import clock, section
from dp100cards.ui.footer import hints, spread
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import lines, styled

WIDE = 88
"""Columns from which on a scenario has room beside its question."""


def picture(stage: Stage, desk: ExamDesk, width: int, height: int, *, reading: bool, hidden: bool) -> Frame:
    """The question at hand. `reading`: its scenario, where both have no room; `hidden`: no clock."""
    console, scenario = stage.console, desk.card.scenario
    head = _head(desk, width, hidden)
    keys = _keys(desk, width, reading and width < WIDE)
    footer = [styled("─" * width, "rule"), *foot(stage, desk, keys, width)]
    if scenario is None:
        view = _question(desk, console, width)
    elif width >= WIDE:
        left = width * 9 // 20
        view = _question(desk, console, width - left - 2)
        # The scenario scrolls, and a question that fits into the window stays in sight beside it.
        stays = len(view.lines) < height - len(head) - len(footer)
        told = [Text(), *lines(scenario.text, console, left - 1, indent=1)]
        view = beside(told, view, left, stage.scrolled if stays else 0)
        view.focus = None if stays else view.focus
    elif reading:
        view = View([Text(), *lines(scenario.text, console, width - 2, indent=2)])
    else:
        view = _question(desk, console, width)
    return Frame(header=head, body=view.lines, footer=footer, focus=view.focus, cursor=view.cursor)


def _question(desk: ExamDesk, console: Console, width: int) -> View:
    """The question with its answer so far, or in practice with what is right."""
    place = desk.sitting.places[desk.sitting.at]
    if desk.explaining:
        from dp100cards.cards import mark
        from dp100cards.ui.answer import answered

        view = answered(desk.attempt, place.answer, mark(desk.card, place.answer), console, width - 2)
    else:
        view = asked(desk.attempt, console, width - 2, boxes=True, scenario=False)
        if not desk.typing:
            view.cursor = None
        _strike_out(desk, view.lines)
    return view


def beside(left: list[Text], view: View, width: int, down: int = 0) -> View:
    """A view with lines at its left, `width` columns wide, and so many lines further down than they begin."""
    right = [Text()] * min(down, max(len(left) - len(view.lines), 0)) + view.lines
    rows: list[Text] = []
    for n in range(max(len(left), len(right))):
        lead = left[n].copy() if n < len(left) else Text()
        lead.append(" " * max(width - lead.cell_len, 0)).append("│ ", "rule")
        rows.append(lead + right[n] if n < len(right) else lead)
    moved = len(right) - len(view.lines)
    cursor = (view.cursor[0] + moved, view.cursor[1] + width + 2) if view.cursor else None
    return View(rows, view.focus, cursor)


def _strike_out(desk: ExamDesk, rows: list[Text]) -> None:
    """Strike through the options that the learner has ruled out."""
    struck = desk.sitting.places[desk.sitting.at].struck
    attempt = desk.attempt
    for row, option in enumerate(attempt.shuffle):
        if option in struck and row < len(attempt.labels):
            for line in rows:
                if line.plain.lstrip("› ").startswith(f"{attempt.labels[row]} "):
                    line.stylize("strike dim", _words_from(line.plain))
                    line.append("  (struck out)", "quiet")


def _words_from(line: str) -> int:
    """Where an option's own words begin, after its label and its box."""
    ends = [line.find(end) + 2 for end in (") ", "] ") if end in line[:12]]
    return min(ends, default=0)


def _head(desk: ExamDesk, width: int, hidden: bool) -> list[Text]:
    sitting = desk.sitting
    place = sitting.places[sitting.at]
    left = styled(f" Question {sitting.at + 1} of {len(sitting.questions)}", "title")
    if place.marked:
        left.append("  ⚑ marked", "warning")
    done = len(sitting.questions) - len(sitting.unanswered)
    right = styled(f"{done} answered   " if width >= 60 else "", "quiet")
    short = desk.left is not None and desk.left <= 5 * MINUTE
    right.append(_clock(desk, hidden), "warning" if short else "title").append(" ")
    filled = round(width * done / max(len(sitting.questions), 1))
    bar = styled("━" * filled, "bar.done").append("─" * (width - filled), "rule")
    heading, number, count = section(sitting, sitting.at)
    named = [styled(f" {heading}", "accent").append(f", {number} of {count}", "quiet")] if heading else []
    return [spread(left, right, width), *named, bar]


def _clock(desk: ExamDesk, hidden: bool) -> str:
    if hidden:
        return "clock hidden"
    return "untimed" if desk.left is None else clock(desk.left)


def _keys(desk: ExamDesk, width: int, reading: bool) -> Text:
    """The keys that do something now."""
    card, attempt = desk.card, desk.attempt
    if reading:
        return hints([("enter", "to the question"), ("PgDn", "more"), ("?", "help"), ("q", "pause")], width)
    if attempt.types and not desk.explaining:
        if desk.typing:
            return hints([("enter", "next"), ("esc", "other keys than letters")], width)
        first = [("esc", "type")]
    else:
        span = f"{attempt.labels[:1]}–{attempt.labels[-1:]}"
        does = {Multiple: "choose", Order: "put in order", Statements: "say"}.get(type(card), "choose")
        first = [("y n" if isinstance(card, Statements) else span, does)]
    scenario = [("s", "scenario")] if card.scenario and width < WIDE else []
    keys = [("enter", "next"), ("←", "back"), ("f", "mark"), ("r", "review"), ("S", "hand in")]
    return hints([*first, *scenario, *keys, ("?", "help"), ("q", "pause")], width)
