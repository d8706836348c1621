"""The result of a mock exam: the score against the pass line, areas and skills, and every question to look through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.text import Text

from dp100cards.cards import key
from dp100cards.clean import duration, many
from dp100cards.exam.score import Outcome, Part, Result
from dp100cards.exam.sitting import TIMED_OUT
from dp100cards.session.exam import ExamResult
from dp100cards.ui.card import answered, with_scenario
from dp100cards.ui.exam import stem
from dp100cards.ui.pages import note_page
from dp100cards.ui.view import (
    CLOSE,
    GONE,
    NOTHING,
    STAY,
    Hint,
    Screen,
    Size,
    Stage,
    View,
    bar,
    fit,
    said,
    styled,
)
from dp100cards.ui.view import Result as Pressed

SIGNS = {
    "right": ("✓", "right"),
    "partly": ("±", "warning"),
    "wrong": ("✗", "wrong"),
    "unanswered": ("–", "wrong"),
}
"""The sign and the style of a question by how it was answered."""
BAR = 20
WIDE = 72
"""Columns from which on a title has its bar beside it."""


class ResultPage(Screen):
    """How an exam went; from here its questions are looked through."""

    def __init__(self, stage: Stage | None, found: ExamResult) -> None:
        """Without a stage it is only looked at."""
        self.stage, self.found = stage, found
        self.focus = -1
        """The question in focus, in the order of `outcomes`; -1 while the score is looked at."""

    def view(self, size: Size) -> View:
        """Score, areas and skills, time, and the questions, those that were not right first."""
        found = self.found
        body = [Text(), *score_lines(found, size), Text(), *area_lines(found, size), *time_lines(found, size)]
        body += [*skill_lines(found, size), Text(), styled("  Questions, the missed ones first", "title")]
        focus = None
        for n, outcome in enumerate(found.outcomes):
            if n == self.focus:  # with some of those that follow
                focus = (len(body), len(body) + min(8, len(found.outcomes) - 1 - n))
            body.append(self._row(outcome, n == self.focus and not size.plain, size.width - 1))
        title = (
            f" {found.plan.name} {'practice' if found.result.practice else 'mock exam'} {found.sitting.id}"
        )
        hints: list[Hint] = [
            ("↑ ↓", "choose"),
            ("enter", "open"),
            ("l", "study what was missed"),
        ]
        return View(
            title=styled(title, "title"), right=styled(f"{found.date} ", "quiet"), body=body, message=found.message,
            hints=[*hints, ("q", "quit")], page=self, focus=focus,
        )  # fmt: skip

    def _row(self, outcome: Outcome, focused: bool, width: int) -> Text:
        sign, style = SIGNS[outcome.verdict]
        lead = styled("› " if focused else "  ", "focus").append(f"{sign} ", style)
        lead.append(f"{outcome.number:>3} ", "key").append(f"{outcome.verdict:<10} ", style)
        lead.append("⚑ " if outcome.place.marked else "")
        lead.append("rejected " if outcome.card.id in self.found.rejected else "", "quiet")
        line = lead + styled(stem(outcome.card))
        line.truncate(width, overflow="ellipsis")
        return line

    def press(self, key: str) -> Pressed:
        """Choose a question, look at it, add to daily study, close."""
        found, last = self.found, len(self.found.outcomes) - 1
        found.message = ""
        if key in ("down", "up"):
            self.focus = min(max(self.focus + (1 if key == "down" else -1), 0), last)
        elif key in ("enter", "right") and self.stage and last >= 0:
            looked = OutcomePage(self.stage, found, max(self.focus, 0))
            self.stage.run(looked)
            self.focus = looked.at
        elif key == "l":
            found.add()
        elif key == "u":
            found.undo()
        else:
            return CLOSE if key in (*GONE, "q", "esc") else NOTHING
        return STAY


class OutcomePage(Screen):
    """One question of a finished exam: what was answered, what is right, why, and where it comes from."""

    def __init__(self, stage: Stage | None, found: ExamResult, at: int) -> None:
        self.stage, self.found, self.at = stage, found, at

    def view(self, size: Size) -> View:
        """The question with its answer."""
        found, outcome = self.found, self.found.outcomes[self.at]
        card, place = outcome.card, outcome.place
        facts = [outcome.verdict]
        facts += [f"{outcome.mark.points} of {many(outcome.mark.of, 'point')}"] if outcome.mark.of > 1 else []
        facts += ["marked"] * place.marked + ["rejected"] * (card.id in found.rejected)
        facts.append(duration(place.used) if place.seen else "never seen")
        body = with_scenario(
            card,
            lambda part: answered(found.attempt(outcome), place.answer, outcome.mark, part),
            size,
            answered=True,
        )
        skills = [skill.title for skill in found.plan.skills_of(card)]
        if skills:
            body.lines += said(f"Skill: {'; '.join(skills)}", body.width, "quiet")
        hints: list[Hint] = [
            ("n" if size.plain else "→", "next"), ("p" if size.plain else "←", "back"),
            ("x", "take back" if card.id in found.rejected else "reject"),
            ("esc", "result"), ("o", "note"), ("l", "study what was missed"),
        ]  # fmt: skip
        return View(
            title=styled(f" Question {outcome.number}", "title"), right=styled(f"{' · '.join(facts)} ", "quiet"),
            body=body.lines, aside=body.aside, top=body.top, message=found.message, hints=hints,
            page=((id(self), self.at),),
        )  # fmt: skip

    def press(self, key: str) -> Pressed:
        """Go through the questions; reject one."""
        found, last = self.found, len(self.found.outcomes) - 1
        found.message = ""
        if key in ("right", "n", "enter", "left", "p"):
            to = self.at + (-1 if key in ("left", "p") else 1)
            if not 0 <= to <= last:
                found.message = "This is the last question." if to > last else "This is the first question."
            self.at = min(max(to, 0), last)
        elif key == "x":
            found.toggle(found.outcomes[self.at].card.id)
        elif key == "o" and self.stage:
            card = found.outcomes[self.at].card
            self.stage.run(note_page(card, found.note(card.source.note) if card.source else None))
        elif key == "l":
            found.add()
        elif key == "u":
            found.undo()
        else:
            return CLOSE if key in (*GONE, "q", "esc") else NOTHING
        return STAY


def verdict_line(result: Result, pass_mark: int) -> str:
    """`655 of 1000 · not passed (pass 700)`; without a verdict there is nothing to pass."""
    against = f" (pass {pass_mark})" if result.passed is not None else ""
    return f"{result.score} of 1000 · {result.verdict}{against}"


def score_lines(found: ExamResult, size: Size) -> list[Text]:
    """The score against the pass line, and how far it can be trusted."""
    result, plan = found.result, found.plan
    style = {"passed": "right", "not passed": "wrong"}.get(result.verdict, "title")
    lines = [styled(f"  {verdict_line(result, plan.pass_mark)}", style)]
    width = min(size.width - 4, 60)
    if not size.plain:
        lines.append(styled("  ") + marked_bar(result.score / 1000, plan.pass_mark / 1000, width))
    if result.of and not size.plain:
        start = round(result.low / 1000 * (width - 1))
        reach = max(round(result.high / 1000 * (width - 1)) - start - 1, 0)
        lines.append(styled(f"  {' ' * start}├{'─' * reach}┤", "quiet"))
    lines += said(
        f"With {many(len(result.outcomes), 'question')}, your real level lies between {result.low} and {result.high}.",
        size.width - 1, "quiet",
    )  # fmt: skip
    for why in () if result.practice else result.why_no_verdict:
        lines += said(why, size.width - 1)
    return lines


def area_lines(found: ExamResult, size: Size) -> list[Text]:
    """A bar with the pass line for each area."""
    areas, cut = found.result.areas, found.plan.cut
    lines = [line for area in areas for line in _part_lines(area, marked_bar(area.share, cut, BAR), size)]
    asked = {area.id for area in areas}
    none = [area.title for area in found.plan.areas if area.id not in asked]
    return lines + [
        line for title in none for line in said(f"{title}: no questions", size.width - 1, "quiet")
    ]


def skill_lines(found: ExamResult, size: Size) -> list[Text]:
    """A bar for each skill that was asked, the weakest first."""
    skills = sorted(
        (skill for area in found.result.areas for skill in area.skills), key=lambda skill: skill.share
    )
    lines = [line for skill in skills for line in _part_lines(skill, bar(skill.share, BAR), size)]
    return [Text(), styled("  Skills, the weakest first", "title"), *lines] if skills else []


def _part_lines(part: Part, filled: Text, size: Size) -> list[Text]:
    numbers = f" {part.share:>4.0%}".replace("%", " %") + f"  {part.points} of {part.of}"
    if size.plain:
        return [styled(f"  {part.title}: {numbers.strip()}")]
    if size.width < WIDE:
        return [*said(part.title, size.width - 1), styled("  ") + filled + styled(numbers)]
    title = fit(part.title, size.width - BAR - 22)
    return [styled("  ") + title + styled(" ") + filled + styled(numbers)]


def marked_bar(share: float, cut: float, width: int) -> Text:
    """A bar with the pass line in it."""
    drawn = bar(share, width)
    at = min(round(cut * width), width - 1)
    return drawn[:at] + styled("┃", "title") + drawn[at + 1 :]


def time_lines(found: ExamResult, size: Size) -> list[Text]:
    """How much of the clock was used, and on what most."""
    sitting = found.sitting
    limit = f" of {many(sitting.minutes, 'minute')}" if sitting.minutes else ""
    lines = said(
        f"Points: {found.result.points} of {found.result.of}. Time: {duration(sitting.used)}{limit}.",
        size.width,
    )
    timed = sorted(
        (each for each in found.result.outcomes if each.place.used >= 1000), key=lambda each: -each.place.used
    )
    if len(timed) > 3:
        most = ", ".join(f"{each.number} ({duration(each.place.used)})" for each in timed[:3])
        lines += said(f"Longest: questions {most}.", size.width, "quiet")
    if sitting.phase == TIMED_OUT:
        lines += said("The time ran out; your answers were handed in as they were.", size.width)
    if sitting.unanswered:
        lines += said(f"{many(len(sitting.unanswered), 'question')} not answered.", size.width)
    return [Text(), *lines]


def report(found: ExamResult, size: Size, *, every: bool = False) -> list[View]:
    """The whole result as views to print: the score, then the questions that were not right, or every one."""
    views = [replace(ResultPage(None, found).view(size), hints=())]
    for n, outcome in enumerate(found.outcomes):
        if every or not outcome.mark.right:
            views.append(replace(OutcomePage(None, found, n).view(size), hints=()))
    return views


def shell_lines(found: ExamResult) -> list[str]:
    """The three lines that stay in the shell."""
    sitting, result = found.sitting, found.result
    limit = f" of {many(sitting.minutes, 'minute')}" if sitting.minutes else ""
    wrong = sum(not outcome.mark.right for outcome in result.outcomes)
    return [
        f"{found.plan.name} {'practice' if result.practice else 'mock exam'} {sitting.id}:"
        f" {verdict_line(result, found.plan.pass_mark)}",
        f"{len(result.outcomes) - wrong} of {many(len(result.outcomes), 'question')} right,"
        f" {duration(sitting.used)}{limit}",
        f"dp100 exam report {sitting.id} shows it again; dp100 exam learn {sitting.id} studies what was missed.",
    ]


def as_data(found: ExamResult) -> dict[str, Any]:
    """The report for programs."""
    sitting, result, plan = found.sitting, found.result, found.plan
    headings = sitting.headings or ("",) * len(result.outcomes)

    def part(each: Part) -> dict[str, Any]:
        return {"id": each.id, "title": each.title, "points": each.points, "of": each.of}

    return {
        "sitting": sitting.id, "exam": plan.name, "phase": sitting.phase, "passed": result.passed,
        "verdict": result.verdict, "score": result.score, "pass": plan.pass_mark,
        "interval": [result.low, result.high], "points": result.points, "of": result.of, "minutes": sitting.minutes,
        "used_ms": sitting.used, "lacking": list(result.lacking),
        "areas": [{**part(area), "skills": [part(skill) for skill in area.skills]} for area in result.areas],
        "questions": [
            {
                "number": o.number, "card": o.card.id, "kind": o.card.kind, "area": plan.area_of(o.card),
                "skills": [skill.id for skill in plan.skills_of(o.card)], "ask": o.card.ask,
                "answer": list(o.place.answer), "right": list(key(o.card)), "points": o.mark.points, "of": o.mark.of,
                "verdict": o.verdict, "marked": o.place.marked, "section": heading,
                "scenario": o.card.scenario.id if o.card.scenario else "", "used_ms": o.place.used,
            }
            for o, heading in zip(result.outcomes, headings, strict=True)
        ],
    }  # fmt: skip
