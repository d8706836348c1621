"""Before an exam: another one may be open; then the page that says what awaits the learner."""

from __future__ import annotations

from rich.text import Text

from dp100cards.exam.score import lacking
from dp100cards.exam.sitting import Sitting
from dp100cards.session.exam import clock
from dp100cards.session.paper import Paper
from dp100cards.ui.amounts import many
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
    ask,
    fit,
    said,
    styled,
    wrap,
)

NOT_BEGUN = "No exam was begun."


def paused(sitting: Sitting) -> list[str]:
    """What is said when the learner leaves a sitting that is not over."""
    waits = "the clock runs on" if sitting.strict and sitting.minutes else "the exam waits"
    return [f"Paused: {waits}.", "dp100 exam resume goes on."]


def _done(sitting: Sitting) -> int:
    return len(sitting.questions) - len(sitting.unanswered)


class Waiting(Screen):
    """An exam is open: go on with it, begin another one, or leave."""

    def __init__(self, name: str, sitting: Sitting, begun: str) -> None:
        self.name, self.sitting, self.begun, self.choice = name, sitting, begun, ""

    def view(self, size: Size) -> View:
        """What is open, and what can be done."""
        sitting = self.sitting
        left = "untimed" if sitting.left is None else f"{clock(sitting.left)} left"
        count = len(sitting.questions)
        where = (
            f"Question {sitting.at + 1} of {count}, {_done(sitting)} answered, {left}, begun {self.begun}."
        )
        body = [Text(), *said("An exam is open.", size.width), *said(where, size.width)]
        hints = [("enter", "resume it"), ("n", "new exam"), ("q", "quit")]
        return View(title=styled(f" {self.name} mock exam", "title"), body=body, hints=hints, page=self)

    def press(self, key: str) -> Result:
        """Enter takes the safe way: the exam that is open."""
        if key in ("r", "enter", "n"):
            self.choice = "new" if key == "n" else "resume"
            return CLOSE
        return CLOSE if key in (*GONE, "q", "esc") else NOTHING


class Opening(Screen):
    """The page before the first question, while the clock does not run yet. `begun` says how it ended."""

    def __init__(self, stage: Stage, paper: Paper, waiting: Sitting | None = None) -> None:
        """Another exam that is `waiting` is given up when the new clock starts, after asking."""
        self.stage, self.paper, self.waiting = stage, paper, waiting
        self.begun = self.details = False

    def view(self, size: Size) -> View:
        """Questions, minutes, pass mark, sections, four keys, and what the decks do not cover."""
        paper, plan, width = self.paper, self.paper.plan, size.width
        time = many(paper.minutes, "minute") if paper.minutes else "untimed"
        facts = f"{many(len(paper.drawn.cards), 'question')} · {time} · pass at {plan.pass_mark} of 1000"
        body = [Text(), *said(facts, width, "question"), Text()]
        for title, count, closes in paper.sections:
            line = styled(f"{fit(title, min(28, width - 20)).plain}{count:>4}")
            body.append(
                styled("  ") + line.append("   closes once you leave it" if closes and width >= 64 else "")
            )
        body += [Text()] * bool(paper.sections)
        if paper.practice:
            body += said("Each answer is explained at once.", width)
        if paper.strict:
            body += said("Strict: in a break the clock runs on, and what you have seen is locked.", width)
        keys = (("a–f", "choose"), ("*", "mark for review"), ("r", "review page"), ("S", "hand in"))
        line = styled("  ")
        for key, what in keys:
            line.append(key, "key").append(f" {what}   ")
        body += [*wrap(line, width, 2), Text(), *said(coverage(paper), width, "quiet")]
        if self.details:
            body += [Text(), *(row for line in missing(paper) for row in said(f"- {line}", width, indent=4))]
        hints = [
            ("enter", "begin: the clock starts" if paper.minutes else "begin"),
            ("d", "hide details" if self.details else "details"),
            ("q", "quit"),
        ]
        heading = styled(f" {plan.name} {'practice' if paper.practice else 'mock exam'}", "title")
        return View(title=heading, body=body, hints=hints, page=self)

    def press(self, key: str) -> Result:
        """Begin, look at details, or leave."""
        if key == "enter":
            here, question = self.waiting, ""
            if here is not None:
                done = f"{_done(here)} of {len(here.questions)} answered"
                question = f"Give up the open exam ({done}) and begin the new one?"
            self.begun = not question or bool(ask(self.stage, self, question))
            return CLOSE if self.begun else STAY
        if key == "d":
            self.details = not self.details
            return STAY
        return CLOSE if key in (*GONE, "q", "esc") else NOTHING


def coverage(paper: Paper) -> str:
    """One line on how much of the exam the decks cover."""
    plan, drawn = paper.plan, paper.drawn
    short = lacking(drawn.cards, plan)
    parts = (
        (len(drawn.cards), paper.wanted, "questions", len(drawn.cards) < paper.wanted),
        (paper.served, len(plan.skills), "skills", paper.served > 0),
        (len(plan.areas) - len(short), len(plan.areas), "areas", bool(short)),
    )
    said = ", ".join(f"{got} of {of} {what}" for got, of, what, counts in parts if counts)
    return f"Covers {said or 'the whole exam'}{': no verdict' if short else ''}."


def missing(paper: Paper) -> list[str]:
    """What the decks do not cover, in sentences, and what there is to know about the exam."""
    plan, drawn = paper.plan, paper.drawn
    found = []
    if short := lacking(drawn.cards, plan):
        found.append(f"Too few questions for a verdict on: {', '.join(short)}.")
    if drawn.short:
        areas = ", ".join(f"{plan.area_title(area)} ({count})" for area, count in drawn.short.items())
        found.append(f"Short on: {areas}; other areas take their place.")
    if drawn.scenarios and plan.id:
        found.append("No case study fits into this paper.")
    if drawn.kinds:
        mix = ", ".join(
            f"{got} {kind} (wanted {least}–{most})" for kind, (got, least, most) in drawn.kinds.items()
        )
        found.append(f"Question mix: {mix}.")
    for name, served, skills in paper.others:
        found.append(
            f"For {name.upper()} the decks cover {served} of {skills} skills: dp100 exam --exam {name}."
        )
    return [*found, *plan.standing]
