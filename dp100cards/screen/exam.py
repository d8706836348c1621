"""The exam screen: one question at a time, a clock that is seen to run, a review page, and handing in."""

from __future__ import annotations

from rich.text import Text

from dp100cards.cards import Multiple, Order, Statements
from dp100cards.memory.days import MINUTE
from dp100cards.screen.ask import asked
from dp100cards.screen.exam_desk import ExamDesk
from dp100cards.screen.footer import hints, spread
from dp100cards.screen.paint import Frame, Stage
from dp100cards.screen.text import one_line, styled, wrapped

TICK = 0.5
"""Seconds between two looks at the clock."""

HELP = (
    ("1–9", "choose an option"),
    ("letters", "in an order, put the items one after the other; in a match, choose"),
    ("y n", "in a yes/no series: say yes or no"),
    ("↑ ↓ space", "move along the options; pick the one in focus"),
    ("enter", "keep the answer and go on"),
    ("→ ←  n p", "next question, the one before"),
    ("g", "go to a number"),
    ("f", "mark the question for review, or take the mark away"),
    ("c", "clear the answer"),
    ("x", "strike out the option in focus, or bring it back"),
    ("+ -", "say that you are sure of the answer, or not"),
    ("m", "write a comment on the question"),
    ("r", "the review page: all questions, the unanswered, the marked"),
    ("t", "hide the clock, which runs on"),
    ("S", "hand in"),
    ("q", "pause: the sitting waits, and the clock with it (in a strict one it runs on)"),
)


class ExamScreen:
    """A sitting on the screen, until it is handed in or paused."""

    def __init__(self, stage: Stage, desk: ExamDesk) -> None:
        self.stage, self.desk = stage, desk
        self.hidden = False

    def run(self) -> None:
        """Ask until the learner hands in or pauses, or the clock runs out."""
        self.desk.beat()
        self.stage.paint(self.draw)
        while not self.desk.sitting.over:
            key = self.stage.key(TICK)
            self.desk.beat()
            if self.desk.sitting.over:
                return
            if key is None or key == "resize":
                self.stage.paint(self.draw, keep_scroll=True)
            elif not self.press(key):
                return

    def press(self, key: str) -> bool:
        """Do what a key says; False if the learner pauses."""
        desk, before = self.desk, self.desk.sitting.at
        desk.message = ""
        if key in ("ctrl-c", "ctrl-d", "eof"):
            return False
        if desk.press(key):
            pass
        elif key in ("enter", "right", "n"):
            self._on()
        elif key in ("left", "p"):
            desk.step(-1)
        elif key == "f":
            desk.mark()
        elif key == "c":
            desk.clear()
        elif key == "x":
            self._strike()
        elif key in ("+", "-"):
            desk.do("sure", "1" if key == "+" else "0")
        elif key == "m":
            self._comment()
        elif key == "t":
            self.hidden = not self.hidden
        elif key == "g":
            self._go_to()
        elif key == "r":
            from dp100cards.screen.exam_review import ReviewPage

            ReviewPage(self.stage, desk).run()
        elif key in ("?", "h"):
            self._help()
        elif key == "S":
            return not self._hand_in()
        elif key == "q":
            return not self._sure(before_pausing(desk))
        else:
            self.stage.scroll(key)
        if not desk.sitting.over:
            self.stage.paint(self.draw, keep_scroll=before == desk.sitting.at)
        return True

    def _on(self) -> None:
        """To the next question; after the last one to the review page. In practice first to the explanation."""
        desk = self.desk
        if desk.explain():
            return
        if not desk.step(1):
            from dp100cards.screen.exam_review import ReviewPage

            ReviewPage(self.stage, desk).run()

    def _strike(self) -> None:
        attempt = self.desk.attempt
        if attempt.focus < 0 or not self.desk.can_strike:
            self.desk.message = "Move to an option with the arrow keys first."
            return
        self.desk.strike(attempt.labels[attempt.focus])

    def _comment(self) -> None:
        text = self._line("Comment: ", self.desk.sitting.places[self.desk.sitting.at].comment)
        if text is not None:
            self.desk.do("comment", text)

    def _go_to(self) -> None:
        text = self._line(f"Question 1–{len(self.desk.sitting.questions)}: ", "")
        if text and not (text.isdigit() and self.desk.go(int(text) - 1)):
            self.desk.message = f"There is no question {text}."

    def _line(self, prompt: str, text: str) -> str | None:
        """A line of text typed in the footer; None if the learner thought better of it."""
        from dp100cards.screen.keys import Line, typed

        line = Line(text, len(text))
        while True:
            self.desk.message = prompt + line.text + "▏"
            self.stage.paint(self.draw, keep_scroll=True)
            key = self.stage.key(TICK)
            self.desk.beat()
            if self.desk.sitting.over or key in ("esc", "ctrl-c", "eof"):
                self.desk.message = ""
                return None
            if key == "enter":
                self.desk.message = ""
                return line.text.strip()
            if key is not None and key != "resize":
                line = typed(line, key)

    def _sure(self, question: str) -> bool:
        """Ask yes or no in the footer."""
        while True:
            self.desk.message = f"{question} y/n"
            self.stage.paint(self.draw, keep_scroll=True)
            key = self.stage.key(TICK)
            self.desk.beat()
            if self.desk.sitting.over or key in ("ctrl-c", "ctrl-d", "eof"):
                return True
            if key is not None and key != "resize":
                self.desk.message = ""
                return key in ("y", "Y", "enter")

    def _hand_in(self) -> bool:
        """Hand in, after naming what is unanswered and marked."""
        if self._sure(before_handing_in(self.desk)):
            if not self.desk.sitting.over:
                self.desk.do("submit")
            return True
        return False

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

    # Drawing

    def draw(self, width: int, _: int) -> Frame:
        """The picture of the question at hand."""
        desk = self.desk
        if desk.explaining:
            from dp100cards.cards import mark
            from dp100cards.screen.answer import answered

            given = desk.sitting.places[desk.sitting.at].answer
            view = answered(desk.attempt, given, mark(desk.card, given), self.stage.console, width - 2)
        else:
            view = asked(desk.attempt, self.stage.console, width - 2, boxes=True)
            self._struck_out(view.lines)
        body = view.lines
        comment = desk.sitting.places[desk.sitting.at].comment
        if comment:
            body = [
                *body,
                Text(),
                *wrapped(
                    styled(f"  Your comment: {one_line(comment)}", "quiet"), self.stage.console, width - 2
                ),
            ]
        footer = [styled("─" * width, "rule"), *self._foot(width)]
        return Frame(header=self._head(width), body=body, footer=footer, focus=view.focus)

    def _struck_out(self, lines: list[Text]) -> None:
        """Strike through the options that the learner has ruled out."""
        struck = self.desk.sitting.places[self.desk.sitting.at].struck
        attempt = self.desk.attempt
        for row, option in enumerate(attempt.shuffle):
            if option in struck and row < len(attempt.labels):
                for line in lines:
                    if line.plain.lstrip("› ").startswith(f"{attempt.labels[row]} "):
                        line.stylize("strike dim", struck_from(line.plain))
                        line.append("  (struck out)", "quiet")

    def _head(self, width: int) -> list[Text]:
        sitting = self.desk.sitting
        place = sitting.places[sitting.at]
        left = styled(f" Question {sitting.at + 1} of {len(sitting.questions)}", "title")
        if place.marked:
            left.append("  ⚑ marked", "warning")
        if place.sure is not None:
            left.append("  sure" if place.sure else "  not sure", "quiet")
        done = len(sitting.questions) - len(sitting.unanswered)
        right = styled(f"{done} answered   " if width >= 60 else "", "quiet")
        right.append(self._clock(), "warning" if self._short else "title").append(" ")
        filled = round(width * done / max(len(sitting.questions), 1))
        bar = styled("━" * filled, "bar.done").append("─" * (width - filled), "rule")
        return [spread(left, right, width), bar]

    @property
    def _short(self) -> bool:
        left = self.desk.left
        return left is not None and left <= 5 * MINUTE

    def _clock(self) -> str:
        left = self.desk.left
        if self.hidden:
            return "clock hidden"
        return "untimed" if left is None else clock(left)

    def _foot(self, width: int) -> list[Text]:
        if self.desk.message:
            return message_lines(self.desk.message, self.stage, width)
        card = self.desk.card
        choose = {Multiple: "choose", Order: "put in order", Statements: "say"}.get(type(card), "choose")
        labels = self.desk.attempt.labels
        letters = "y n" if isinstance(card, Statements) else f"{labels[:1]}–{labels[-1:]}"
        keys = [
            (letters, choose),
            ("enter", "next"),
            ("←", "back"),
            ("f", "mark"),
            ("r", "review"),
            ("S", "hand in"),
        ]
        return [hints([*keys, ("?", "help"), ("q", "pause")], width)]


def message_lines(message: str, stage: Stage, width: int) -> list[Text]:
    """A message in the footer, on as many lines as it needs."""
    return [Text(" ") + line for line in wrapped(styled(message, "warning"), stage.console, width - 2)]


def clock(milliseconds: int) -> str:
    """Time left, as 1:39:05 or 9:05."""
    seconds = -(-milliseconds // 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def before_handing_in(desk: ExamDesk) -> str:
    """The question before handing in, which names what is unanswered and marked."""
    unanswered, marked = desk.sitting.unanswered, desk.sitting.marked
    told = [f"{len(unanswered)} unanswered ({numbers(unanswered)})"] if unanswered else []
    told += [f"{len(marked)} marked ({numbers(marked)})"] if marked else []
    return f"{', '.join(told)}. Hand in all the same?" if told else "All answered. Hand in?"


def struck_from(line: str) -> int:
    """Where an option's own words begin, after its label and its box."""
    ends = [line.find(end) + 2 for end in (") ", "] ") if end in line[:12]]
    return min(ends, default=0)


def before_pausing(desk: ExamDesk) -> str:
    """The question before a break, which says what a break costs."""
    if desk.sitting.strict:
        return "Pause? The clock runs on, and what you have seen and answered will be locked."
    return "Pause? The sitting waits, and its clock with it."


def numbers(questions: list[int], most: int = 6) -> str:
    """Question numbers for people: 3, 7, 12 …"""
    shown = ", ".join(str(n + 1) for n in questions[:most])
    return shown + (" …" if len(questions) > most else "")
