"""The screens of a mock exam: the questions with their clock, and the review page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rich.text import Text

from dp100cards.cards import GAP, Card, Cloze
from dp100cards.scheduler.event import MINUTE
from dp100cards.session.exam import ANSWERED, INCOMPLETE, MARKED, UNANSWERED, ExamSession, complete, state
from dp100cards.ui.card import BLANK, answered, asked, scenario
from dp100cards.ui.keys import HELP
from dp100cards.ui.pages import help_page
from dp100cards.ui.text import one_line, styled
from dp100cards.ui.view import CLOSE, GONE, NOTHING, STAY, Hint, Result, Screen, Size, Stage, View

VERBS = {"order": "put in order", "match": "match", "statements": "answer"}
REVIEW = {"enter": "go to", "r": "back", "S": "hand in"}
REVIEW |= {"u": "unanswered", "m": "marked", "a": "all", "g": "number"}
FILTERS = {"a": "", "u": UNANSWERED, "m": MARKED, "*": MARKED}
MOVES = {"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -10, "pgdn": 10}


def stem(card: Card) -> str:
    """What a card asks, on one line and with nothing given away."""
    return one_line(GAP.sub(BLANK, card.ask) if isinstance(card, Cloze) else card.ask)


def clock(milliseconds: int) -> str:
    """Time left, as 1:39:05 or 9:05."""
    return str(timedelta(seconds=-(-milliseconds // 1000))).removeprefix("0:").removeprefix("0")


class Exam(Screen):
    """A sitting, question by question, until it is handed in or paused."""

    tick = 0.5  # seconds between two looks at the clock

    def __init__(self, stage: Stage, session: ExamSession) -> None:
        self.stage, self.session = stage, session
        self.reading = session.card.scenario is not None
        """Is the scenario shown in the place of its question, where both have no room?"""
        self._one_pane = self.clock_hidden = False

    @property
    def reads(self) -> bool:
        """Is it the scenario that is shown?"""
        return self.reading and self._one_pane

    # What is seen

    def view(self, size: Size) -> View:
        session, sitting = self.session, self.session.sitting
        place, card = session.place, session.card
        self._one_pane, attempt = size.panes is None, session.attempt
        if self._one_pane:  # the scenario is a page of its own
            attempt = replace(attempt, card=replace(card, scenario=None))
        view: View
        if self.reads and card.scenario:
            view = View(body=scenario(card.scenario.text, size))
        elif session.explaining:
            view = answered(attempt, place.answer, size)
        else:
            view = asked(attempt, size)
        title = styled(f" Question {sitting.at + 1} of {len(sitting.questions)}", "title")
        title.append("  ⚑ marked" * place.marked, "warning").append("  locked" * session.locked, "quiet")
        done, left = complete(sitting), sitting.left
        right = styled(f"{done} answered   " * (size.width >= 60), "quiet")
        short = left is not None and left <= 5 * MINUTE
        shown = "untimed" if left is None else "clock hidden" if self.clock_hidden else clock(left)
        right.append(f"{shown} ", "warning" if short and not self.clock_hidden else "title")
        heading, number, count = session.section
        named = styled(f" {heading}", "accent").append(f", {number} of {count}", "quiet")
        return replace(
            view,
            title=title,
            right=right,
            heading=[named] if heading else [],
            progress=done / len(sitting.questions),
            message=session.message,
            hints=self._hints(size),
            page=((id(self), sitting.at, self.reads), session.explaining),
            cursor=view.cursor if session.typing else None,
        )

    def _hints(self, size: Size) -> list[Hint]:
        session, attempt = self.session, self.session.attempt
        out = [("?", "help"), ("q", "pause")]
        if self.reads:
            return [("enter", "to the question"), ("PgDn", "more"), ("g", "go to"), *out]
        if attempt.lines and session.typing and not session.explaining:
            return [("enter", "next"), ("esc", "other keys than letters")]
        first = [("esc", "type") if attempt.lines else (attempt.span, VERBS.get(session.card.kind, "choose"))]
        if session.explaining:
            first = []
        reread = [("s", "scenario")] if session.card.scenario and self._one_pane else []
        back = [("p", "back")] if size.width >= 60 or size.plain else []  # which would be kept before `next`
        rest = [("*", "mark"), ("r", "review"), ("S", "hand in"), *out]
        return [*first, ("enter", "next"), *reread, *back, *rest]

    # What a key does

    def beat(self) -> Result:
        self.session.beat()
        return CLOSE if self.session.sitting.over else STAY

    def press(self, key: str) -> Result:
        """Do what a key says; the exam is over when the time is up, whatever the key was."""
        session, scenario = self.session, self.session.card.scenario
        session.message = ""
        if self.beat() == CLOSE:
            return CLOSE
        if key in GONE:
            session.keep_clock()
            return CLOSE
        result = self.do(key) or STAY
        if session.card.scenario != scenario:
            self.reading = session.card.scenario is not None
        return CLOSE if session.sitting.over else result

    def do(self, key: str) -> Result | None:
        session, reads = self.session, self.reads
        match key:
            case "s" | "enter" | "esc" | "space" if reads:
                self.reading = False
            case "enter":
                if not session.enter():
                    self._step(1)
            case "esc" if session.attempt.lines:
                session.typing = not session.typing
            case _ if not reads and session.press(key):
                pass
            case "right" | "n" | "left" | "p":
                self._step(1 if key in ("right", "n") else -1)
            case "*":
                session.mark()
            case "-" if not reads:
                session.strike()
            case "s" if session.card.scenario:
                self.reading = True
            case "t":
                self.clock_hidden = not self.clock_hidden
            case "g":
                self.go_to()
            case "r":
                self.stage.run(Review(self.stage, session))
            case "?" | "h":
                self.stage.run(help_page([("Exam", HELP["exam"])]))
            case "S":
                self.hand_in()
            case "q":
                safe = not session.sitting.strict
                if self.ask(session.before_pausing, default=safe):
                    session.keep_clock()
                    return CLOSE
            case _:
                return NOTHING
        return None

    def _step(self, by: int) -> None:
        to = self.session.step(by)
        if to is not None:
            self.go(to)
        elif by > 0:
            self.stage.run(Review(self.stage, self.session))
        else:
            self.session.message = "This is the first question that you can go to."

    def go(self, to: int) -> bool:
        """Come to a question; what is left for good only after asking."""
        leaving = self.session.leaving(to)
        if leaving and not self.ask(leaving):
            return False
        if not self.session.sitting.over:
            self.session.go(to)
        return True

    def go_to(self) -> bool:
        """Ask for the number of a question, and come to it."""
        count = len(self.session.sitting.questions)
        text = self.prompt(f"Question 1–{count}:")
        if not text or self.session.sitting.over:
            return False
        number = int(text) if text.isdecimal() else 0
        if not 1 <= number <= count:
            self.session.message = f"There is no question {text}."
            return False
        return self.go(number - 1)

    def hand_in(self) -> None:
        """Hand in, after naming what is open and what is marked."""
        if self.ask(self.session.before_handing_in) and not self.session.sitting.over:
            self.session.do("submit")


class Review(Exam):
    """Every question with its state; go to one, or hand in."""

    def __init__(self, stage: Stage, session: ExamSession) -> None:
        super().__init__(stage, session)
        self.filter, self.focus = "", session.sitting.at

    @property
    def shown(self) -> list[int]:
        """The questions that the filter lets through, from 0; an incomplete one is as good as unanswered."""
        session = self.session
        also = session.questions(INCOMPLETE) if self.filter == UNANSWERED else []
        every = range(len(session.sitting.questions))
        return sorted([*session.questions(self.filter), *also]) if self.filter else list(every)

    @property
    def here(self) -> int | None:
        """The question in focus, or the nearest that is shown."""
        return min(self.shown, key=lambda n: abs(n - self.focus), default=None)

    def view(self, size: Size) -> View:
        session, sitting, here = self.session, self.session.sitting, self.here
        body, focus, heading = [Text()], None, ""
        for n in self.shown:
            if sitting.headings[n].title != heading:
                heading = sitting.headings[n].title
                body += [Text()] * (len(body) > 1 and not size.compact) + [styled(f"  {heading}", "accent")]
            marked, stands = sitting.places[n].marked, state(sitting, n)
            line = styled("› " if n == here and not size.plain else "  ", "focus")
            line.append(f"{n + 1:>3}  ", "key")
            line.append(f"{stands:<11} ", "quiet" if stands == ANSWERED else "warning")
            line.append("⚑ " if marked else "  ", "warning").append("marked " * (marked and size.plain))
            line.append("locked " * (n in sitting.locked), "quiet")
            line.append_text(styled(stem(sitting.questions[n])))
            line.truncate(size.width - 1, overflow="ellipsis")
            focus = (len(body), len(body)) if n == here else focus
            body.append(line)
        if here is None:
            body.append(styled(f"  No question is {self.filter}."))
        found = {which: len(session.questions(which)) for which in (UNANSWERED, INCOMPLETE, MARKED)}
        counts = [f"{count} {which}" for which, count in found.items() if count or which != INCOMPLETE]
        counted, narrow = styled(" · ".join(counts), "quiet"), size.width < 60
        return View(
            title=styled(f" Review: {self.filter or 'all'}", "title"),
            right=Text() if narrow else counted + styled(" "),
            heading=[counted] if narrow else [],
            body=body,
            message=session.message,
            hints=[*REVIEW.items()],
            page=((id(self), self.filter),),
            top=max(focus[0] - size.height // 2, 0) if focus else 0,
            focus=focus,
        )

    def do(self, key: str) -> Result | None:
        shown, here = self.shown, self.here
        done = key in ("q", "esc", "r", "left")
        if key in MOVES and here is not None:
            self.focus = shown[min(max(shown.index(here) + MOVES[key], 0), len(shown) - 1)]
        elif key in FILTERS:
            self.filter = FILTERS[key]
        elif key in ("enter", "space") and here is not None:
            done = self.go(here)
        elif key == "g":
            done = self.go_to()
        elif key == "S":
            self.hand_in()
        elif not done:
            return NOTHING
        return CLOSE if done else None
