"""The screens of a mock exam: what awaits the learner, the questions with their clock, the review page."""

from __future__ import annotations

from dataclasses import replace

from rich.text import Text

from dp100cards.cards import GAP, Card, Cloze, mark
from dp100cards.scheduler.event import MINUTE
from dp100cards.session.exam import ANSWERED, INCOMPLETE, MARKED, UNANSWERED, ExamSession, clock, complete
from dp100cards.ui.card import BLANK, Body, answered, asked, with_scenario
from dp100cards.ui.keys import HELP
from dp100cards.ui.pages import help_page
from dp100cards.ui.text import fit, one_line, prose, styled
from dp100cards.ui.view import (
    CLOSE,
    GONE,
    NOTHING,
    STAY,
    Ask,
    Hint,
    Result,
    Screen,
    Size,
    Stage,
    View,
    ask,
    prompt,
)

TICK = 0.5
"""Seconds between two looks at the clock."""


def stem(card: Card) -> str:
    """What a card asks, on one line and with nothing given away."""
    return one_line(GAP.sub(BLANK, card.ask) if isinstance(card, Cloze) else card.ask)


class Exam(Screen):
    """A sitting, question by question, until it is handed in or paused."""

    tick = TICK

    def __init__(self, stage: Stage, session: ExamSession) -> None:
        self.stage, self.session = stage, session
        self.hidden = False
        """Is the clock hidden?"""
        self.reading = session.card.scenario is not None
        """Is the scenario shown in the place of its question, where both have no room?"""
        self._one_pane = False

    def view(self, size: Size) -> View:
        """The question at hand."""
        session, sitting = self.session, self.session.sitting
        scenario = session.card.scenario
        self._one_pane = size.panes is None
        reading = self.reads
        body = self._scenario(size) if reading else self._question(size)
        title = styled(f" Question {sitting.at + 1} of {len(sitting.questions)}", "title")
        if sitting.places[sitting.at].marked:
            title.append("  ⚑ marked", "warning")
        if session.locked:
            title.append("  locked", "quiet")
        done = complete(sitting)
        right = styled(f"{done} answered   " if size.width >= 60 else "", "quiet").append_text(self._clock())
        heading, number, count = session.section
        named = styled(f" {heading}", "accent").append(f", {number} of {count}", "quiet") if heading else None
        typing = session.attempt.types and session.typing
        return View(
            title=title, right=right, heading=named, progress=done / len(sitting.questions), body=body.lines,
            aside=body.aside if scenario else (), message=session.message, hints=self._hints(reading, size),
            page=((id(self), sitting.at, reading), session.explaining), focus=body.focus,
            cursor=body.cursor if typing else None, top=body.top,
            picks=() if reading or session.striking or session.explaining else session.attempt.picks,
        )  # fmt: skip

    @property
    def reads(self) -> bool:
        """Is it the scenario that is shown?"""
        return self.reading and self._one_pane and self.session.card.scenario is not None

    def _scenario(self, size: Size) -> Body:
        scenario = self.session.card.scenario
        assert scenario is not None
        head = [styled("The scenario:", "quiet")] if size.plain else [Text()]
        return Body(size, [*head, *prose(scenario.text, size.width - 1, indent=2)])

    def _question(self, size: Size) -> Body:
        session = self.session
        card, place = session.card, session.sitting.places[session.sitting.at]
        # Where both have no room, the scenario is a page of its own.
        shown = replace(card, scenario=None) if self._one_pane else card
        if session.explaining:
            marked = mark(card, place.answer)
            return with_scenario(
                shown, lambda part: answered(session.attempt, place.answer, marked, part), size
            )
        return with_scenario(shown, lambda part: asked(session.attempt, part, place.struck), size)

    def _clock(self) -> Text:
        left = self.session.left
        if self.hidden:
            return styled("clock hidden ", "quiet")
        short = left is not None and left <= 5 * MINUTE
        return styled(f"{'untimed' if left is None else clock(left)} ", "warning" if short else "title")

    def _hints(self, reading: bool, size: Size) -> list[Hint]:
        """The keys that do something now."""
        session, attempt = self.session, self.session.attempt
        if reading:
            return [
                ("enter", "to the question"),
                ("PgDn", "more"),
                ("g", "go to"),
                ("?", "help"),
                ("q", "pause"),
            ]
        if attempt.types and not session.explaining:
            if session.typing:
                return [("enter", "next"), ("esc", "other keys than letters")]
            first = [("esc", "type")]
        elif session.explaining:
            first = []
        else:
            does = {"order": "put in order", "match": "match", "statements": "answer"}.get(
                session.card.kind, "choose"
            )
            first = [(attempt.span, does)]
        scenario = [("s", "scenario")] if session.card.scenario and self._one_pane else []
        if size.width < 60 and not size.plain:  # what leads out comes first; the rest is on the help page
            ways = [("r", "review"), ("S", "hand in")]
            return [*ways, *first, ("enter", "next"), *scenario, ("*", "mark"), ("?", "help"), ("q", "pause")]
        others = [
            ("p", "back"),
            ("*", "mark"),
            ("r", "review"),
            ("S", "hand in"),
            ("?", "help"),
            ("q", "pause"),
        ]
        return [*first, ("enter", "next"), *scenario, *others]

    def beat(self) -> Result:
        """Look at the clock."""
        self.session.beat()
        return CLOSE if self.session.over else STAY

    def press(self, key: str) -> Result:
        """Do what a key says; the exam is over when the time is up, whatever the key was."""
        session, scenario = self.session, self.session.card.scenario
        session.message = ""
        if self.beat() == CLOSE:
            return CLOSE
        if key in GONE:
            session.keep_clock()
            return CLOSE
        result = self._do(key)
        if session.card.scenario != scenario:
            self.reading = session.card.scenario is not None
        return CLOSE if session.over else result

    def _do(self, key: str) -> Result:
        session, reads = self.session, self.reads
        if reads and key in ("s", "enter", "esc", "space"):
            self.reading = False
        elif key == "enter":
            if not session.enter():
                self._step(1)
        elif key == "esc" and session.attempt.types:
            session.typing = not session.typing
        elif not reads and session.press(key):
            pass
        elif key in ("right", "n"):
            self._step(1)
        elif key in ("left", "p"):
            self._step(-1)
        elif key == "*":
            session.mark()
        elif key == "-" and not reads:
            session.strike()
        elif key == "s" and session.card.scenario:
            self.reading = True
        elif key == "t":
            self.hidden = not self.hidden
        elif key == "g":
            self.go_to(self)
        elif key == "r":
            self.stage.run(Review(self))
        elif key in ("?", "h"):
            self.stage.run(help_page([("Exam", HELP["exam"])], self))
        elif key == "S":
            self.hand_in(self)
        elif key == "q":
            return self._pause()
        else:
            return NOTHING
        return STAY

    def _step(self, by: int) -> None:
        to = self.session.step(by)
        if to is not None:
            self.go(to, self)
        elif by > 0:
            self.stage.run(Review(self))
        else:
            self.session.message = "This is the first question that you can go to."

    def go(self, to: int, under: Screen) -> bool:
        """Come to a question; what is left for good only after asking."""
        leaving = self.session.leaving(to)
        if leaving and not ask(self.stage, under, leaving):
            return False
        if not self.session.over:
            self.session.go(to)
        return True

    def go_to(self, under: Screen) -> bool:
        """Ask for a number, and come to that question."""
        count = len(self.session.sitting.questions)
        text = prompt(self.stage, under, f"Question 1–{count}:")
        if not text or self.session.over:
            return False
        number = int(text) if text.isdecimal() else 0
        if not 1 <= number <= count:
            self.session.message = f"There is no question {text}."
            return False
        return self.go(number - 1, under)

    def hand_in(self, under: Screen) -> None:
        """Hand in, after naming what is open and what is marked."""
        if ask(self.stage, under, self.session.before_handing_in) and not self.session.over:
            self.session.do("submit")

    def _pause(self) -> Result:
        strict = self.session.sitting.strict
        asking = Ask(self, self.session.before_pausing, default=not strict, gone=True)
        self.stage.run(asking)
        if asking.answer:
            self.session.keep_clock()
        return CLOSE if asking.answer else STAY


class Review(Screen):
    """Every question with its state; go to one, or hand in."""

    tick = TICK

    def __init__(self, exam: Exam) -> None:
        self.exam, self.session = exam, exam.session
        self.filter = ""
        self.focus = self.session.sitting.at

    @property
    def shown(self) -> list[int]:
        """The questions that the filter lets through, from 0."""
        if self.filter == UNANSWERED:
            return sorted([*self.session.questions(UNANSWERED), *self.session.questions(INCOMPLETE)])
        return (
            self.session.questions(self.filter)
            if self.filter
            else list(range(len(self.session.sitting.questions)))
        )

    @property
    def here(self) -> int | None:
        """The question in focus, or the nearest that is shown."""
        return min(self.shown, key=lambda n: abs(n - self.focus), default=None)

    def view(self, size: Size) -> View:
        """The list."""
        session, sitting, shown, here = self.session, self.session.sitting, self.shown, self.here
        body: list[Text] = [Text()]
        focus, heading = None, ""
        for n in shown:
            if sitting.headings and sitting.headings[n] != heading:
                heading = sitting.headings[n]
                body += [Text()] * (len(body) > 1 and not size.compact) + [styled(f"  {heading}", "accent")]
            state = session.state(n)
            lead = styled("› " if n == here and not size.plain else "  ", "focus").append(
                f"{n + 1:>3}  ", "key"
            )
            lead.append(f"{state:<11} ", "quiet" if state == ANSWERED else "warning")
            lead.append("⚑ " if sitting.places[n].marked else "  ", "warning")
            if size.plain:
                lead.append("marked " if sitting.places[n].marked else "")
            lead.append("locked " if n in sitting.locked else "", "quiet")
            line = lead + styled(stem(sitting.questions[n]))
            line.truncate(size.width - 1, overflow="ellipsis")
            if n == here:
                focus = (len(body), len(body))
            body.append(line)
        if not shown:
            body.append(styled(f"  No question is {self.filter}."))
        counts = [
            f"{count} {which}"
            for which in (UNANSWERED, INCOMPLETE, MARKED)
            if (count := len(session.questions(which))) or which != INCOMPLETE
        ]
        hints = [
            ("enter", "go to"), ("r", "back"), ("S", "hand in"), ("u", "unanswered"), ("m", "marked"), ("a", "all"),
            ("g", "number"),
        ]  # fmt: skip
        told, narrow = styled(" · ".join(counts), "quiet"), size.width < 60
        return View(
            title=styled(f" Review: {self.filter or 'all'}", "title"), right=Text() if narrow else told + styled(" "),
            heading=fit(told, size.width) if narrow else None, body=body,
            message=session.message, hints=hints, page=((id(self), self.filter),), focus=focus,
        )  # fmt: skip

    def beat(self) -> Result:
        """The clock runs on."""
        return self.exam.beat()

    def press(self, key: str) -> Result:
        """Move, filter, go to a question, hand in."""
        self.session.message = ""
        if self.beat() == CLOSE or key in (*GONE, "q", "r", "esc", "left"):
            return CLOSE
        moves = {"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -10, "pgdn": 10}
        shown, here = self.shown, self.here
        if key in moves and here is not None:
            self.focus = shown[min(max(shown.index(here) + moves[key], 0), len(shown) - 1)]
        elif key in ("a", "u", "m", "*"):
            self.filter = {"a": "", "u": UNANSWERED}.get(key, MARKED)
        elif key in ("enter", "space") and here is not None:
            return CLOSE if self.exam.go(here, self) or self.session.over else STAY
        elif key == "g":
            return CLOSE if self.exam.go_to(self) or self.session.over else STAY
        elif key == "S":
            self.exam.hand_in(self)
        else:
            return NOTHING
        return CLOSE if self.session.over else STAY
