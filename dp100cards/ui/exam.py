"""The exam screen: one question at a time, a clock that is seen to run, a review page, and handing in."""

from __future__ import annotations

from rich.text import Text

from dp100cards.ui.exam_ask import GONE, TICK, hand_in, line, yes
from dp100cards.ui.exam_desk import ExamDesk
from dp100cards.ui.exam_picture import WIDE, picture
from dp100cards.ui.exam_words import before_pausing
from dp100cards.ui.footer import hints
from dp100cards.ui.paint import WIDEST, Frame, Stage
from dp100cards.ui.text import styled, wrapped

HELP = (
    ("1–9", "choose an option; of several, as many as are asked for"),
    ("letters", "in an order, put the items one after the other; in a match, choose"),
    ("y n", "in a yes/no series: say yes or no"),
    ("↑ ↓ space", "move along the options; pick the one in focus"),
    ("enter", "keep the answer and go on"),
    ("→ ←  n p", "next question, the one before"),
    ("g", "go to a number"),
    ("f", "mark the question for review, or take the mark away"),
    ("c", "clear the answer"),
    ("x", "strike out the option in focus, or bring it back"),
    ("s", "in a case study: the scenario, and back to the question"),
    ("r", "the review page: all questions, the unanswered, the marked"),
    ("t", "hide the clock, which runs on"),
    ("S", "hand in"),
    ("q", "pause: the sitting waits, and the clock with it (in a strict one it runs on)"),
    ("esc", "where an answer is typed: these keys instead of letters, and back"),
)


class ExamScreen:
    """A sitting on the screen, until it is handed in or paused."""

    def __init__(self, stage: Stage, desk: ExamDesk) -> None:
        self.stage, self.desk = stage, desk
        self.hidden = False
        self.reading = desk.card.scenario is not None
        """Does the scenario stand in the place of its question, where both have no room?"""
        desk.confirm = lambda question: yes(stage, desk, self.draw, question)

    def run(self) -> None:
        """Ask until the learner hands in or pauses, or the clock runs out."""
        try:
            self._ask()
        finally:
            self.desk.keep_clock()

    def _ask(self) -> None:
        self.desk.beat()
        self.stage.paint(self.draw)
        while not self.desk.sitting.over:
            key = self.stage.key(TICK)
            if key is not None and key != "resize":
                self.desk.message = ""
            self.desk.beat()
            if self.desk.sitting.over:
                return
            if key is None or key == "resize":
                self.stage.paint(self.draw, keep_scroll=True)
            elif not self.press(key):
                return

    def press(self, key: str) -> bool:
        """Do what a key says; False if the learner pauses."""
        desk, before = self.desk, (self.desk.sitting.at, self.reading)
        scenario = desk.card.scenario
        if key in GONE:
            return False
        if self._reads and key not in ("q", "?"):
            if key in ("s", "enter", "esc", "space"):
                self.reading = False
            elif not self.stage.scroll(key):
                desk.message = "Enter goes on to the question."
        elif not self._do(key):
            return False
        if desk.sitting.over:
            return True
        if desk.card.scenario != scenario:
            self.reading = desk.card.scenario is not None
        self.stage.paint(self.draw, keep_scroll=before == (desk.sitting.at, self.reading))
        return True

    @property
    def _reads(self) -> bool:
        """Is it the scenario that stands on the screen?"""
        narrow = min(self.stage.size[0], WIDEST) < WIDE
        return self.reading and narrow and self.desk.card.scenario is not None

    def _do(self, key: str) -> bool:
        """Do what a key says, which is for the question; False if the learner pauses."""
        desk = self.desk
        if key == "enter":
            self._on()
        elif key == "esc" and desk.attempt.types:
            desk.typing = not desk.typing
        elif desk.press(key):
            pass
        elif key in ("right", "n"):
            self._on()
        elif key in ("left", "p"):
            desk.step(-1)
        elif key == "f":
            desk.mark()
        elif key == "c":
            desk.clear()
        elif key == "x":
            self._strike()
        elif key == "s" and desk.card.scenario:
            self.reading = True
        elif key == "t":
            self.hidden = not self.hidden
        elif key == "g":
            self._go_to()
        elif key == "r":
            self._review()
        elif key in ("?", "h"):
            self._help()
        elif key == "S":
            hand_in(self.stage, desk, self.draw)
        elif key == "q":
            return not yes(self.stage, desk, self.draw, before_pausing(desk.sitting), if_gone=True)
        else:
            self.stage.scroll(key)
        return True

    def _on(self) -> None:
        """To the next gap or question; after the last one to the review page. In practice first to the explanation."""
        desk = self.desk
        if desk.next_gap() or desk.explain():
            return
        if not desk.step(1):
            self._review()

    def _review(self) -> None:
        from dp100cards.ui.exam_review import ReviewPage

        ReviewPage(self.stage, self.desk).run()

    def _strike(self) -> None:
        attempt = self.desk.attempt
        if attempt.focus < 0 or not self.desk.can_strike:
            self.desk.message = "Move to an option with the arrow keys first."
            return
        self.desk.strike(attempt.labels[attempt.focus])

    def _go_to(self) -> None:
        text = line(self.stage, self.desk, self.draw, f"Question 1–{len(self.desk.sitting.questions)}: ", "")
        if text and not (text.isdigit() and self.desk.go(int(text) - 1)):
            self.desk.message = f"There is no question {text}."

    def _help(self) -> None:
        def draw(width: int, _: int) -> Frame:
            rows: list[Text] = [Text()]
            for key, what in HELP:
                lead = styled(f"  {key:<11}", "key")
                pieces = wrapped(Text(what), self.stage.console, width - lead.cell_len)
                rows.append(lead + pieces[0])
                rows += [Text(" " * lead.cell_len) + piece for piece in pieces[1:]]
            foot = [styled("─" * width, "rule"), hints([("any key", "back to the exam")], width)]
            return Frame(
                header=[styled(" Keys", "title"), styled("─" * width, "rule")], body=rows, footer=foot
            )

        self.stage.paint(draw)
        while not self.desk.sitting.over:
            key = self.stage.key(TICK)
            self.desk.beat()
            if key is not None and key != "resize" and not self.stage.scroll(key):
                return

    def draw(self, width: int, height: int) -> Frame:
        """The picture of the question at hand."""
        return picture(self.stage, self.desk, width, height, reading=self.reading, hidden=self.hidden)
