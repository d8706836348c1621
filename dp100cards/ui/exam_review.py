"""The review page of an exam: every question with its state; go to one, or hand in."""

from __future__ import annotations

from rich.text import Text

from dp100cards.exchange.wording import stem
from dp100cards.ui.exam_ask import foot, hand_in
from dp100cards.ui.exam_desk import ExamDesk
from dp100cards.ui.footer import hints, spread
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import one_line, styled, unmarked


class ReviewPage:
    """The list of questions, until the learner goes to one."""

    def __init__(self, stage: Stage, desk: ExamDesk) -> None:
        self.stage, self.desk = stage, desk
        self.filter = "all"
        self.focus = desk.sitting.at

    @property
    def shown(self) -> list[int]:
        """The questions that the filter lets through, from 0."""
        sitting = self.desk.sitting
        if self.filter == "unanswered":
            return sitting.unanswered
        return sitting.marked if self.filter == "marked" else list(range(len(sitting.questions)))

    def run(self) -> None:
        """Let the learner look and choose."""
        while not self.desk.sitting.over:
            self.stage.paint(self.draw, keep_scroll=True)
            key = self.stage.key(0.5)
            if key is not None and key != "resize":
                self.desk.message = ""
            self.desk.beat()
            if self.desk.sitting.over or key in ("q", "r", "esc", "ctrl-d", "eof", "left"):
                return
            if key in ("up", "k", "down", "j", "pgup", "pgdn"):
                self._move({"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -10, "pgdn": 10}[key])
            elif key in ("a", "u", "f"):
                self.filter = {"a": "all", "u": "unanswered", "f": "marked"}[key]
            elif key in ("enter", "space") and self.shown:
                self.desk.go(self._nearest())
                return
            elif key == "S":
                hand_in(self.stage, self.desk, self.draw)

    def _nearest(self) -> int:
        """The question in focus, or the nearest that is shown."""
        return min(self.shown, key=lambda n: abs(n - self.focus))

    def _move(self, by: int) -> None:
        if self.shown:
            place = self.shown.index(self._nearest()) + by
            self.focus = self.shown[min(max(place, 0), len(self.shown) - 1)]

    def draw(self, width: int, _: int) -> Frame:
        """The list."""
        sitting = self.desk.sitting
        rows: list[Text] = [Text()]
        focus = None
        here = self._nearest() if self.shown else None
        heading = ""
        for n in self.shown:
            if sitting.headings and sitting.headings[n] != heading:
                heading = sitting.headings[n]
                rows += [*([Text()] if len(rows) > 1 else []), styled(f"  {heading}", "accent")]
            place = sitting.places[n]
            lead = styled("› " if n == here else "  ", "focus").append(f"{n + 1:>3}  ", "key")
            lead.append(
                "answered    " if place.answered else "unanswered  ", "quiet" if place.answered else "warning"
            )
            lead.append("⚑ " if place.marked else "  ", "warning")
            if n in sitting.locked:
                lead.append("locked ", "quiet")
            text = Text(one_line(unmarked(stem(sitting.questions[n]))))
            text.truncate(max(width - lead.cell_len - 1, 4), overflow="ellipsis")
            if n == here:
                focus = (len(rows), len(rows))
            rows.append(lead + text)
        if not self.shown:
            rows.append(Text(f"  No question is {self.filter}."))
        counts = f"{len(sitting.unanswered)} unanswered · {len(sitting.marked)} marked "
        head = spread(styled(f" Review: {self.filter}", "title"), styled(counts, "quiet"), width)
        keys = [
            ("enter", "go to"),
            ("r", "back"),
            ("S", "hand in"),
            ("u", "unanswered"),
            ("f", "marked"),
            ("a", "all"),
        ]
        footer = [styled("─" * width, "rule"), *foot(self.stage, self.desk, hints(keys, width), width)]
        return Frame(header=[head, styled("─" * width, "rule")], body=rows, footer=footer, focus=focus)
