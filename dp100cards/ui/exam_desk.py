"""Where a sitting happens: the sitting, the store and the clock brought together, for the screen and the lines.

The clock is a deadline: what is left is reckoned from a monotonic clock, never counted in ticks, so that a screen that
was not painted for a while loses nothing and gains nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from dp100cards.cards import Answer, Card, Choice, Cloze, Code, Match, Multiple, Order
from dp100cards.exam import sitting as exam
from dp100cards.exam.sitting import Sitting, SittingEvent, encoded
from dp100cards.scheduler.days import MINUTE, Moment
from dp100cards.store import sittings
from dp100cards.store.store import Store
from dp100cards.ui import attempt as attempts
from dp100cards.ui import exam_words as words
from dp100cards.ui.amounts import many
from dp100cards.ui.attempt import ALPHABET, UNSET, Attempt, Shuffle
from dp100cards.ui.keys import Line

FREE_LETTERS = "abdehijklouvwyz" + "ABCDEFGHIJKLMNOPQRTUVWXYZ"
"""What is numbered by itself, as the places of an order, has the letters that mean nothing else on the screen."""

NUMBERS, LETTERS = "123456789" + FREE_LETTERS, ALPHABET.replace("q", "")
"""On the screen options are numbered, so that letters are free for the exam's own keys; in lines they have letters."""

HEARTBEAT = 4_000
"""Milliseconds of the clock after which it is written down, if nothing else was."""

WARNINGS = (10, 5, 1)
"""Minutes left at which the learner is told, once each."""


class ExamDesk:
    """A sitting at work."""

    def __init__(
        self,
        store: Store,
        sitting: Sitting,
        now: Callable[[], Moment],
        monotonic: Callable[[], float] = time.monotonic,
        labels: str = NUMBERS,
    ) -> None:
        self.store, self.sitting, self.now, self._monotonic = store, sitting, now, monotonic
        self._labels = labels
        self.explaining = False
        """Does the explanation of the answer at hand stand on the screen?"""
        self._used_before, self._since = sitting.used, monotonic()
        self._written = sitting.used
        self._warned = {m for m in WARNINGS if sitting.left is not None and sitting.left <= m * MINUTE}
        self.message = words.beginning(sitting)
        self.prompt = ""
        """What the learner is asked, until it is answered; it stands in place of the message and the keys."""
        self.confirm: Callable[[str], bool] = lambda _: True
        """Asks the learner a question of yes or no; the screen and the lines each have their own."""
        self.typing = True
        """Where text is to be typed: do letters go into it?"""
        self.attempt = self._attempt()

    @property
    def used(self) -> int:
        """Milliseconds of the clock used so far."""
        return self._used_before + int((self._monotonic() - self._since) * 1000)

    @property
    def left(self) -> int | None:
        """Milliseconds left; None if the sitting is untimed."""
        return max(self.sitting.minutes * MINUTE - self.used, 0) if self.sitting.minutes else None

    @property
    def card(self) -> Card:
        """The question at hand."""
        return self.sitting.questions[self.sitting.at]

    def beat(self) -> None:
        """Look at the clock: write it down now and then, warn, and hand in when it has run out."""
        if self.sitting.over:
            return
        left = self.left
        if left is not None:
            if left == 0:
                self.do("time-up")
                return
            for minutes in WARNINGS:
                if left <= minutes * MINUTE and minutes not in self._warned:
                    self._warned.add(minutes)
                    self.message = f"{many(minutes, 'minute')} left."
        if self.used - self._written >= HEARTBEAT:
            self.keep_clock()

    def keep_clock(self) -> None:
        """Write the clock down, if it runs: now and then, and when the learner leaves, who must gain nothing by it."""
        if not self.sitting.over:
            self._written = self.used
            sittings.keep_clock(self.store, self.sitting, self._written)

    def do(self, kind: str, value: str = "", question: int | None = None) -> None:
        """Let something happen: on disk first, then here."""
        at = self.sitting.at if question is None else question
        event = SittingEvent(kind, at, value, self.used)
        sittings.record(self.store, self.sitting, event, self.now())
        self._written = event.used
        self.sitting = exam.apply(self.sitting, event)
        if kind == "go":
            self.attempt = self._attempt()

    def press(self, key: str) -> bool:
        """Give a key to the answer in the making; what it changes is on disk at once."""
        if self.explaining or (self.attempt.types and not self.typing):
            return False
        if self.sitting.at in self.sitting.locked:
            if attempts.press(self.attempt, key) is None:
                return False
            self.message = "This question is locked; its answer stands."
            return True
        after = attempts.press(self.attempt, key)
        if after is None:
            return False
        changed = after.answer != self.attempt.answer or (after.begun and not self.attempt.begun)
        self.message = attempts.refused(self.attempt, after, key) or self.message
        self.attempt = after
        if changed:
            self.do("answer", encoded(after.answer if after.begun else ()))
        return True

    def explain(self) -> bool:
        """In practice: show what is right of the question at hand; False if it is shown, or not to be shown."""
        answered = self.sitting.places[self.sitting.at].answered
        if not self.sitting.practice or self.explaining or not answered:
            return False
        self.explaining = True
        return True

    def next_gap(self) -> bool:
        """Where several gaps are to be typed: come to the next that is empty; False if there is none."""
        attempt = self.attempt
        later = [n for n in range(attempt.focus + 1, len(attempt.lines)) if not attempt.lines[n].text.strip()]
        if not (later and self.typing and attempt.begun) or self.explaining:
            return False
        self.attempt = replace(attempt, focus=later[0])
        return True

    def clear(self) -> None:
        """Take the answer back."""
        if self.explaining or self.sitting.at in self.sitting.locked:
            return
        self.do("answer", "[]")
        self.attempt = self._attempt()

    def go(self, question: int) -> bool:
        """Come to a question, counted from 0; False if there is none.

        A locked one is not come to, and that is said. What is left for good is left after asking only.
        """
        if not 0 <= question < len(self.sitting.questions):
            return False
        if question in self.sitting.locked and question != self.sitting.at:
            self.message = f"Question {question + 1} is locked; its answer stands."
            return True
        if question != self.sitting.at:
            leaving = words.leaving(self.sitting, question)
            if leaving and (not self.confirm(leaving) or self.sitting.over):
                return True
            before = self.sitting.at
            self.explaining, self.typing = False, True
            self.do("go", question=question)
            self.message = words.entering(self.sitting, before) or self.message
        return True

    def step(self, by: int) -> bool:
        """Come to the next question (1) or the one before (-1) that is not locked; False if there is none."""
        question = self.sitting.at + by
        while question in self.sitting.locked:
            question += by
        return self.go(question)

    def mark(self) -> None:
        """Mark the question for review, or take the mark away."""
        self.do("mark", "0" if self.sitting.places[self.sitting.at].marked else "1")

    @property
    def can_strike(self) -> bool:
        """Has the question options that can be ruled out?"""
        return isinstance(self.card, Choice | Multiple)

    def struck(self, label: str) -> bool:
        """Is the option with this label ruled out?"""
        row = self._row(label)
        return row is not None and self.attempt.shuffle[row] in self.sitting.places[self.sitting.at].struck

    def strike(self, label: str) -> str:
        """Rule the option with this label out, or bring it back; what happened, as a sentence."""
        row = self._row(label)
        if row is None:
            return "There is no such option."
        option = self.attempt.shuffle[row]
        struck = set(self.sitting.places[self.sitting.at].struck) ^ {option}
        self.do("strike", encoded(tuple(sorted(struck))))
        return "Struck out." if option in struck else "Brought back."

    def _row(self, label: str) -> int | None:
        """The row of the option with this label, where options can be ruled out."""
        if not self.can_strike or len(label) != 1:
            return None
        labels = self.attempt.labels
        row = labels.find(label if label in labels else label.lower())
        return row if 0 <= row < len(self.attempt.shuffle) else None

    def _attempt(self) -> Attempt:
        """The attempt at the question at hand, with the answer that was put down."""
        rng = Shuffle(f"{self.sitting.seed}:{self.sitting.at}")
        labels = (
            FREE_LETTERS if isinstance(self.card, Order | Match) and self._labels == NUMBERS else self._labels
        )
        blank = attempts.begin(self.card, rng, letters=labels, typing=True)
        answer = self.sitting.places[self.sitting.at].answer
        return restored(blank, answer) if answer else blank


def restored(blank: Attempt, answer: Answer) -> Attempt:
    """An attempt with an answer put in again."""
    match blank.card:
        case Choice() | Multiple():
            return replace(blank, values=tuple(int(v) for v in answer))
        case Order():
            return replace(blank, values=tuple(int(v) for v in answer), placed=len(answer))
        case Cloze() | Code() if blank.types:
            texts = [*map(str, answer), *[""] * len(blank.lines)][: len(blank.lines)]
            return replace(blank, lines=tuple(Line(text, len(text)) for text in texts))
        case Code():
            pairs = zip(blank.wordings, answer, strict=False)
            values = tuple(words.index(str(a)) if a in words else UNSET for words, a in pairs)
            return replace(blank, values=values)
    return replace(blank, values=tuple(int(v) for v in answer))
