"""A quiz: questions that the program marks, one after another, and a score. On the screen, or in lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from rich.text import Text

from dp100cards.cards import Answer, Card, Mark, mark
from dp100cards.decks.index import Index
from dp100cards.scheduler.days import Moment
from dp100cards.scheduler.engine import AGAIN, GOOD
from dp100cards.scheduler.event import Event
from dp100cards.store.store import Store
from dp100cards.ui import attempt as attempts
from dp100cards.ui.answer import answered
from dp100cards.ui.ask import asked
from dp100cards.ui.attempt import Attempt, Sampler
from dp100cards.ui.bindings import Bindings
from dp100cards.ui.footer import hints, spread
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.plain import Plain
from dp100cards.ui.study import how_to_answer
from dp100cards.ui.text import one_line, styled, wrapped


class Quiz:
    """The questions and what was answered; each answer is on disk before the next question."""

    def __init__(
        self, index: Index, store: Store, now: Callable[[], Moment], ids: Sequence[str], rng: Sampler, letters: str,
        *, record: bool,
    ) -> None:  # fmt: skip
        self.index, self.store, self.now, self.record = index, store, now, record
        self._ids, self._rng, self._letters = list(ids), rng, letters
        self.total = len(self._ids)
        self.marks: list[tuple[Card, Mark]] = []
        self.card: Card | None = None
        self.answer: Answer | None = None
        self.mark: Mark | None = None
        self.attempt: Attempt | None = None
        self._began = 0
        self.step()

    def step(self) -> None:
        """Bring the next question; none is left if `attempt` is None."""
        self.attempt, self.answer, self.mark = None, None, None
        while self._ids and self.attempt is None:
            self.card = self.index.card(self._ids.pop(0))
            if self.card is not None:
                self.attempt = attempts.begin(self.card, self._rng, letters=self._letters)
                self._began = self.now().at

    def give(self, answer: Answer) -> None:
        """Mark an answer, and record it."""
        if self.card is None or self.mark is not None:
            return
        self.answer, self.mark = answer, mark(self.card, answer)
        self.marks.append((self.card, self.mark))
        moment = self.now()
        self.store.record(
            Event(
                card=self.card.id,
                kind="review" if self.record else "practice",
                moment=moment,
                rating=(GOOD if self.mark.right else AGAIN) if self.record else 0,
                took=max(moment.at - self._began, 0),
                value=0 if self.record else int(self.mark.right),
                answer=json.dumps(answer, ensure_ascii=False),
                origin="quiz",
            )
        )

    @property
    def right(self) -> int:
        """How many questions were answered wholly right."""
        return sum(got.right for _, got in self.marks)

    @property
    def score_sentence(self) -> str:
        """The score in words."""
        if not self.marks:
            return "Nothing was answered."
        points, of = sum(got.points for _, got in self.marks), sum(got.of for _, got in self.marks)
        kept = "The answers count as reviews." if self.record else "The schedule is as it was."
        return (
            f"{self.right} of {len(self.marks)} questions right ({self.right / len(self.marks):.0%});"
            f" {points} of {of} points. {kept}"
        )


class QuizScreen:
    """A quiz on the screen."""

    def __init__(self, stage: Stage, quiz: Quiz, bindings: Bindings) -> None:
        self.stage, self.quiz, self.bindings = stage, quiz, bindings

    def run(self) -> None:
        """Ask until all is answered or the learner leaves; then the score."""
        quiz = self.quiz
        before = None
        while quiz.attempt is not None:
            shown = (quiz.attempt.card.id, quiz.mark is None)
            self.stage.paint(self.draw, keep_scroll=shown == before)
            before = shown
            key = self.stage.key()
            if key is None or key == "resize":
                continue
            action = self.bindings.action(key)
            if action == "quit":
                break
            if quiz.mark is not None:
                if action == "reveal" or key == "enter":
                    quiz.step()
                else:
                    self.stage.scroll(key)
            elif key == "enter":
                quiz.give(quiz.attempt.answer)
            else:
                self._choose(key)
        self.stage.paint(self.score)
        while True:
            key = self.stage.key()
            if key and (self.bindings.action(key) in ("quit", "reveal") or key in ("enter", "esc")):
                return
            if key:
                self.stage.scroll(key)

    def _choose(self, key: str) -> None:
        quiz = self.quiz
        assert quiz.attempt is not None
        after = attempts.press(quiz.attempt, key)
        if after is None:
            self.stage.scroll(key)
            return
        quiz.attempt = after
        if after.card.kind == "choice" and after.values:
            quiz.give(after.answer)

    def draw(self, width: int, _: int) -> Frame:
        """The picture of a question, or of its answer."""
        quiz = self.quiz
        assert quiz.attempt is not None
        console = self.stage.console
        number = len(quiz.marks) + (quiz.mark is None)
        left = styled(" Quiz", "title").append(f" · {number} of {quiz.total}", "quiet")
        filled = round(width * len(quiz.marks) / quiz.total)
        head = [
            spread(left, styled(f"{quiz.right} right ", "quiet"), width),
            styled("━" * filled, "bar.done").append("─" * (width - filled), "rule"),
        ]
        if quiz.mark is None:
            view = asked(quiz.attempt, console, width - 2)
            keys = [*how_to_answer(quiz.attempt, "space"), ("q", "end")]
        else:
            view = answered(quiz.attempt, quiz.answer, quiz.mark, console, width - 2)
            keys = [("space", "next"), ("q", "end")]
        return Frame(
            header=head,
            body=view.lines,
            footer=[styled("─" * width, "rule"), hints(keys, width)],
            focus=view.focus,
        )

    def score(self, width: int, _: int) -> Frame:
        """The picture at the end."""
        quiz = self.quiz
        body = [
            Text(),
            *(
                Text("  ") + line
                for line in wrapped(Text(quiz.score_sentence), self.stage.console, width - 4)
            ),
        ]
        for card, got in quiz.marks:
            lead = styled("  ✓ " if got.right else "  ✗ ", "right" if got.right else "wrong")
            question = wrapped(Text(one_line(card.ask)), self.stage.console, width - 6)
            body += [Text(), lead + question[0], *(Text("    ") + line for line in question[1:])]
        return Frame(
            header=[styled(" Quiz", "title"), styled("━" * width, "bar.done")],
            body=body,
            footer=[styled("─" * width, "rule"), hints([("q", "quit")], width)],
        )


class QuizLines:
    """A quiz in lines."""

    def __init__(self, plain: Plain, quiz: Quiz, bindings: Bindings) -> None:
        self.plain, self.quiz, self.bindings = plain, quiz, bindings

    def run(self) -> None:
        """Ask until all is answered, the input ends, or the learner leaves."""
        from dp100cards.ui.card_plain import how, picked, write_question, write_solution, write_verdict

        quiz = self.quiz
        while quiz.attempt is not None and quiz.card is not None:
            self.plain.say("", f"Question {len(quiz.marks) + 1} of {quiz.total}.")
            write_question(self.plain, quiz.attempt)
            while quiz.mark is None:
                line = self.plain.ask(how(quiz.attempt))
                if line is None or self.bindings.action(line) == "quit":
                    self.plain.say(quiz.score_sentence)
                    return
                done = picked(quiz.attempt, line) if line else quiz.attempt
                if done is None:
                    self.plain.say(f"{line!r} is no answer here.")
                else:
                    quiz.give(done.answer if line else ())
            write_verdict(self.plain, quiz.card, quiz.answer, quiz.mark)
            write_solution(self.plain, quiz.attempt, quiz.answer)
            quiz.step()
        self.plain.say("", quiz.score_sentence)
