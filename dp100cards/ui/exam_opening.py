"""Before an exam: another one may be open; then the page that says what awaits the learner."""

from __future__ import annotations

from rich.text import Text

from dp100cards.clean import many
from dp100cards.exam.score import lacking
from dp100cards.exam.sitting import Sitting
from dp100cards.session.exam import clock, complete
from dp100cards.session.paper import Paper
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
            f"Question {sitting.at + 1} of {count}, {complete(sitting)} answered, {left}, begun {self.begun}."
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
        judged = not (paper.partial or lacking(paper.drawn.cards, plan))
        goal = f"pass at {plan.pass_mark} of 1000" if judged else "a score by area, no verdict"
        facts = f"{many(len(paper.drawn.cards), 'question')} · {time} · {goal}"
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
                count = len(here.questions)
                done = f"{count - len(here.unanswered)} of {count} begun"
                question = f"Give up the open exam ({done}) and begin the new one?"
            self.begun = not question or bool(ask(self.stage, self, question))
            return CLOSE if self.begun else STAY
        if key == "d":
            self.details = not self.details
            return STAY
        return CLOSE if key in (*GONE, "q", "esc") else NOTHING


def coverage(paper: Paper) -> str:
    """One line on how much of the exam the decks cover, and how much of it this paper asks about."""
    plan, cards = paper.plan, paper.drawn.cards
    few = len(cards) < paper.wanted
    start = f"The decks hold {len(cards)} of the {paper.wanted} questions wanted. " if few else ""
    if paper.served:
        asked = {skill.id for card in cards for skill in plan.skills_of(card)}
        said = f"Your decks cover {paper.served} of {len(plan.skills)} skills; this paper asks about {len(asked)}."
    else:
        areas = {area.id for area in plan.areas} & set(map(plan.area_of, cards))
        said = f"This paper asks about {len(areas)} of {many(len(plan.areas), 'area')}." if plan.areas else ""
    return (start + said).strip()


def missing(paper: Paper) -> list[str]:
    """What the decks do not cover, in sentences, and what there is to know about the exam."""
    plan, drawn = paper.plan, paper.drawn
    found = [f"No verdict: your decks cover {paper.partial} skills."] if paper.partial else []
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
