"""Before and after a mock exam: the page that says what awaits the learner, and the result to look through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from rich.text import Text

from dp100cards.cards import key
from dp100cards.clean import duration, many
from dp100cards.exam import score
from dp100cards.exam.draw import Paper
from dp100cards.exam.sitting import Sitting
from dp100cards.session.exam import ExamResult, attempt_at, complete
from dp100cards.ui.card import answered
from dp100cards.ui.exam import clock, stem
from dp100cards.ui.pages import note_page
from dp100cards.ui.terminal import Lines
from dp100cards.ui.text import bar, fit, said, section, styled, wrap
from dp100cards.ui.view import CLOSE, NOTHING, Page, Result, Screen, Size, Stage, View

NOT_BEGUN = "No exam was begun."
STRICT = "Strict: in a break the clock runs on, and what you have seen is locked."
SIGNS = {"right": "✓", "partly": "±", "wrong": "✗", "unanswered": "–"}
KEYS = {"a–f": "choose", "*": "mark for review", "r": "review page", "S": "hand in"}
BAR = 20
WIDE = 72  # columns from which on a title has its bar beside it


def name_of(exam: Paper | Sitting) -> str:
    return f"{exam.plan.name} {'practice' if exam.practice else 'mock exam'}"


def paused(sitting: Sitting) -> list[str]:
    """What is said when the learner leaves a sitting that is not over."""
    waits = "the clock runs on" if sitting.strict and sitting.minutes else "the exam waits"
    return [f"Paused: {waits}.", "dp100 exam resume goes on."]


def waiting_page(sitting: Sitting) -> Page:
    """An exam is open: go on with it, begin another one, or leave."""
    left = "untimed" if sitting.left is None else f"{clock(sitting.left)} left"
    where = f"Question {sitting.at + 1} of {len(sitting.questions)}, {complete(sitting)} answered"
    facts = ["An exam is open.", f"{where}, {left}, begun {sitting.date}."]
    hints = [("enter", "resume it"), ("n", "new exam"), ("q", "quit")]
    return Page(name_of(sitting), lambda size: [Text(), *said(facts, size.width)], hints)


class Opening(Screen):
    """The page before the first question, while the clock does not run yet. `begun` says how it ended."""

    def __init__(self, stage: Stage, paper: Paper, waiting: Sitting | None = None) -> None:
        """Another exam that is `waiting` is given up when the new clock starts, after asking."""
        self.stage, self.paper, self.waiting = stage, paper, waiting
        self.begun = self.details = False

    def view(self, size: Size) -> View:
        paper, plan, width = self.paper, self.paper.plan, size.width
        time = many(paper.minutes, "minute") if paper.minutes else "untimed"
        judged = not score.why_no_verdict(paper.cards, plan, paper.partial)
        goal = f"pass at {plan.pass_mark} of 1000" if judged else "a score by area, no verdict"
        facts = f"{many(len(paper.cards), 'question')} · {time} · {goal}"
        body = [Text(), *said(facts, width, "question"), Text()]
        for title, count, closes in paper.sections:
            line = styled("  ") + fit(title, min(28, width - 20)).append(f"{count:>4}")
            body.append(line.append("   closes once you leave it" if closes and width >= 64 else ""))
        body += [Text()] * bool(paper.sections)
        body += said(["Each answer is explained at once."] * paper.practice, width)
        body += said([STRICT] * paper.strict, width)
        line = styled("  ")
        for sign, does in KEYS.items():
            line.append(sign, "key").append(f" {does}   ")
        body += [*wrap(line, width, 2), Text(), *said(coverage(paper), width, "quiet")]
        if self.details:
            body += [Text(), *said((f"- {words}" for words in missing(paper)), width, indent=4)]
        begin = "begin: the clock starts" if paper.minutes else "begin"
        hints = [("enter", begin), ("d", "hide details" if self.details else "details"), ("q", "quit")]
        heading = styled(f" {name_of(paper)}", "title")
        return View(title=heading, body=body, hints=hints, page=self)

    def do(self, key: str) -> Result | None:
        if key == "d":
            self.details = not self.details
        elif key != "enter":
            return NOTHING
        elif self.waiting is None:
            self.begun = True
        else:
            count = len(self.waiting.questions)
            done = f"{count - len(self.waiting.unanswered)} of {count} begun"
            question = f"Give up the open exam ({done}) and begin the new one?"
            self.begun = self.ask(question)
        return CLOSE if self.begun else None


def coverage(paper: Paper) -> str:
    """One line on how much of the exam the decks cover, and how much of it this paper asks about."""
    plan, cards, found = paper.plan, paper.cards, []
    if len(cards) < paper.wanted:
        found.append(f"The decks hold {len(cards)} of the {paper.wanted} questions wanted.")
    if paper.served:
        asked = {skill.id for card in cards for skill in plan.skills_of(card)}
        found.append(f"Your decks cover {paper.served} of {len(plan.skills)} skills;")
        found.append(f"this paper asks about {len(asked)}.")
    elif plan.areas:
        areas = {area.id for area in plan.areas} & set(map(plan.area_of, cards))
        found.append(f"This paper asks about {len(areas)} of {many(len(plan.areas), 'area')}.")
    return " ".join(found)


def missing(paper: Paper) -> list[str]:
    """What the decks do not cover, in sentences, and what there is to know about the exam."""
    plan = paper.plan
    areas = ", ".join(f"{plan.area_title(area)} ({count})" for area, count in paper.short.items())
    mix = ", ".join(f"{got} {kind} (wanted {low}–{high})" for kind, (got, low, high) in paper.kinds.items())
    found = [
        *score.why_no_verdict(paper.cards, plan, paper.partial),
        f"Short on: {areas}; other areas take their place." if areas else "",
        "No case study fits into this paper." if paper.scenarios and plan.id else "",
        f"Question mix: {mix}." if mix else "",
    ]
    for name, served, skills in paper.others:
        share = f"{served} of {skills} skills"
        found.append(f"For {name.upper()} the decks cover {share}: dp100 exam --exam {name}.")
    return [*filter(None, found), *plan.standing]


# The result


class ResultPage(Screen):
    """How an exam went: score, areas and skills, time, and the questions, the missed ones first."""

    def __init__(self, stage: Stage, found: ExamResult, at: int = -1) -> None:
        """`at`: the question in focus, in the order of `outcomes`."""
        self.stage, self.found, self.at = stage, found, at

    def view(self, size: Size) -> View:
        found, sitting, focus = self.found, self.found.result.sitting, None
        body = [Text(), *_score(found.result, size), Text(), *_parts(found.result, size), Text()]
        body.append(styled("  Questions, the missed ones first", "title"))
        for n, outcome in enumerate(found.outcomes):
            here, verdict = n == self.at, outcome.verdict
            if here:  # with some of those that follow
                focus = (len(body), len(body) + min(8, len(found.outcomes) - 1 - n))
            style = {"right": "right", "partly": "warning"}.get(verdict, "wrong")
            line = styled("› " if here and not size.plain else "  ", "focus")
            line.append(f"{SIGNS[verdict]} ", style).append(f"{outcome.number:>3} ", "key")
            line.append(f"{verdict:<10} ", style).append("⚑ " * outcome.place.marked)
            line.append("rejected " * (outcome.card.id in found.rejected), "quiet")
            line.append_text(styled(stem(outcome.card))).truncate(size.width - 1, overflow="ellipsis")
            body.append(line)
        return View(
            title=styled(f" {name_of(sitting)} {sitting.id}", "title"),
            right=styled(f"{sitting.date} ", "quiet"),
            body=body,
            message=found.message,
            page=self,
            focus=focus,
            hints=[("↑ ↓", "choose"), ("enter", "open"), ("l", "study what was missed"), ("q", "quit")],
        )

    def do(self, key: str) -> Result | None:
        found, last = self.found, len(self.found.outcomes) - 1
        found.message = ""
        if key in ("down", "up"):
            self.at = min(max(self.at + (1 if key == "down" else -1), 0), last)
        elif key in ("enter", "right"):
            self.at = self.stage.run(OutcomePage(self.stage, found, max(self.at, 0))).at
        elif key == "l":
            found.add()
        else:
            return NOTHING
        return None


class OutcomePage(ResultPage):
    """One question of a finished exam: what was answered, what is right, why, and where it comes from."""

    def view(self, size: Size) -> View:
        found, outcome = self.found, self.found.outcomes[self.at]
        card, place, mark = outcome.card, outcome.place, outcome.mark
        rejected, attempt = card.id in found.rejected, attempt_at(found.result.sitting, outcome.number - 1)
        facts = [outcome.verdict, *[f"{mark.points} of {many(mark.of, 'point')}"] * (mark.of > 1)]
        facts += ["marked"] * place.marked + ["rejected"] * rejected
        facts.append(duration(place.used) if place.seen else "never seen")
        view = answered(attempt, place.answer, size)
        skills = "; ".join(skill.title for skill in found.result.sitting.plan.skills_of(card))
        view.body += said(f"Skill: {skills}", view.width, "quiet") if skills else []
        hints = [("n", "next"), ("p", "back")] if size.plain else [("→", "next"), ("←", "back")]
        hints += [("x", "take back" if rejected else "reject"), ("esc", "result"), ("o", "note")]
        return replace(
            view,
            title=styled(f" Question {outcome.number}", "title"),
            right=styled(f"{' · '.join(facts)} ", "quiet"),
            message=found.message,
            page=((id(self), self.at),),
            hints=[*hints, ("l", "study what was missed")],
        )

    def do(self, key: str) -> Result | None:
        found, last, card = self.found, len(self.found.outcomes) - 1, self.found.outcomes[self.at].card
        found.message = ""
        if key in ("right", "n", "enter", "left", "p"):
            to = self.at + (-1 if key in ("left", "p") else 1)
            if not 0 <= to <= last:
                found.message = "This is the last question." if to > last else "This is the first question."
            self.at = min(max(to, 0), last)
        elif key == "x":
            found.toggle(card.id)
        elif key == "o":
            self.stage.run(note_page(card, found.index))
        else:
            return super().do(key) if key == "l" else NOTHING
        return None


def verdict_line(result: score.Result) -> str:
    """`655 of 1000 · not passed (pass 700)`; without a verdict there is nothing to pass."""
    against = f" (pass {result.sitting.plan.pass_mark})" if result.passed is not None else ""
    return f"{result.score} of 1000 · {result.verdict}{against}"


def _score(result: score.Result, size: Size) -> list[Text]:
    """The score against the pass line, and how far it can be trusted."""
    width, cut = min(size.width - 4, 60), result.sitting.plan.pass_mark / 1000
    style = {"passed": "right", "not passed": "wrong"}.get(result.verdict, "title")
    lines = [styled(f"  {verdict_line(result)}", style)]
    if not size.plain:
        start, end = (round(end / 1000 * (width - 1)) for end in (result.low, result.high))
        lines.append(styled("  ") + bar(result.score / 1000, width, cut=cut))
        lines.append(styled(f"  {' ' * start}├{'─' * max(end - start - 1, 0)}┤", "quiet"))
    lines += said(result.trust, size.width - 1, "quiet")
    return lines + said([] if result.sitting.practice else result.why_no_verdict, size.width - 1)


def _parts(result: score.Result, size: Size) -> list[Text]:
    """A bar for each area, with the pass line in it, and for each skill that was asked, the weakest first."""

    def bars(parts: Iterable[score.Part], cut: float | None = None) -> Iterator[Text]:
        for part in parts:
            numbers = f" {part.share:>4.0%}".replace("%", " %") + f"  {part.points} of {part.of}"
            drawn = bar(part.share, BAR, cut=cut).append(numbers)
            if size.plain:
                yield styled(f"  {part.title}: {numbers.strip()}")
            elif size.width < WIDE:
                yield from (*said(part.title, size.width - 1), styled("  ") + drawn)
            else:
                yield styled("  ") + fit(part.title, size.width - BAR - 22) + styled(" ") + drawn

    plan, asked = result.sitting.plan, {area.id for area in result.areas}
    missing = [f"{area.title}: no questions" for area in plan.areas if area.id not in asked]
    skills = sorted((skill for area in result.areas for skill in area.skills), key=lambda skill: skill.share)
    lines = [*bars(result.areas, plan.cut), *said(missing, size.width - 1, "quiet")]
    lines += [Text(), *said(result.facts, size.width)]
    return lines + section("Skills, the weakest first", [*bars(skills)])


def report(found: ExamResult, stage: Lines, *, every: bool = False) -> None:
    """Print the whole result: the score, then the questions that were not right, or every one."""
    shown = [n for n, outcome in enumerate(found.outcomes) if every or not outcome.mark.right]
    for page in (ResultPage(stage, found), *(OutcomePage(stage, found, n) for n in shown)):
        stage.show(page)
        found.message = ""  # it is about the whole exam


def shell_lines(result: score.Result) -> list[str]:
    """The three lines that stay in the shell."""
    sitting, right = result.sitting, sum(outcome.mark.right for outcome in result.outcomes)
    return [
        f"{name_of(sitting)} {sitting.id}: {verdict_line(result)}",
        f"{right} of {many(len(result.outcomes), 'question')} right, {sitting.time}",
        f"dp100 exam report {sitting.id} shows it again; dp100 exam learn {sitting.id} studies what was missed.",
    ]


def as_data(result: score.Result) -> dict[str, Any]:
    """The report for programs."""
    sitting, plan = result.sitting, result.sitting.plan
    data = {"sitting": sitting.id, "exam": plan.name, "phase": sitting.phase, "minutes": sitting.minutes}
    data |= {name: getattr(result, name) for name in ("passed", "verdict", "score", "points", "of")}
    data |= {"lacking": score.lacking(sitting.questions, plan), "pass": plan.pass_mark}
    data |= {"interval": [result.low, result.high], "used_ms": sitting.used}
    questions = []
    for o, heading in zip(result.outcomes, sitting.headings, strict=True):
        card, place = o.card, o.place
        about: dict[str, Any] = {"number": o.number, "card": card.id, "kind": card.kind}
        about |= {"area": plan.area_of(card), "skills": [skill.id for skill in plan.skills_of(card)]}
        about |= {"ask": card.ask, "section": heading.title}
        about |= {"scenario": card.scenario.id if card.scenario else ""}
        about |= {"answer": place.answer, "right": key(card), "points": o.mark.points, "of": o.mark.of}
        about |= {"verdict": o.verdict, "marked": place.marked, "used_ms": place.used}
        questions.append(about)
    return data | {"areas": list(map(asdict, result.areas)), "questions": questions}
