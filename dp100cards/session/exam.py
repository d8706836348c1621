"""A mock exam: the sitting at work, and what is looked at when it is over. No terminal, no disk, no clock.

Keys and the clock go in, events and what there is to say come out. The clock is a deadline: what is left is worked
out from a watch that only goes forward, never counted in ticks, whenever a screen was painted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from dp100cards.cards import Card, Choice, Multiple
from dp100cards.clean import many
from dp100cards.decks.index import Index
from dp100cards.exam import sitting as exam
from dp100cards.exam.blueprint import NORMAL
from dp100cards.exam.score import Outcome, Result, events
from dp100cards.exam.sitting import Place, Sitting, SittingEvent, encoded
from dp100cards.scheduler.event import MINUTE, Moment
from dp100cards.session import answering
from dp100cards.session.answering import UNSET, Attempt, label
from dp100cards.session.study import Records, decided

HEARTBEAT = 4_000  # milliseconds of the clock after which it is written down, if nothing else was
WARNINGS = (10, 5, 1)  # minutes left at which the learner is told, once each
ANSWERED, INCOMPLETE, UNANSWERED, MARKED = "answered", "incomplete", "unanswered", "marked"


class ExamSession:
    """One sitting, from its first key to its end."""

    def __init__(
        self, sitting: Sitting, record: Callable[..., Sitting], watch: Callable[[], float], message: str = ""
    ) -> None:
        """`record` puts the clock of a sitting and its events on disk, and gives back the sitting after them.

        `watch` counts seconds and only goes forward.
        """
        self.sitting, self._record, self._watch = sitting, record, watch
        self.explained: set[int] = set()  # in practice: the questions whose answers were explained, from 0
        self.typing = True  # where text is to be typed: do letters go into it?
        self.message = message or (self._announced() if sitting.at == 0 and not sitting.used else "")
        self._used_before, self._since = sitting.used, watch()
        self._written, self._left_before = sitting.used, sitting.left
        self.attempt = attempt_at(sitting, sitting.at)

    # The clock

    def _tick(self) -> None:
        used = self._used_before + int((self._watch() - self._since) * 1000)
        self.sitting = exam.tick(self.sitting, used)

    def beat(self) -> None:
        """Look at the clock: write it down now and then, warn, and hand in when it has run out."""
        if self.sitting.over:
            return
        self._tick()
        left, before = self.sitting.left, self._left_before
        if left == 0:
            self.do("time-up")
            return
        if passed := [each for each in WARNINGS if left and before and left <= each * MINUTE < before]:
            self.message = f"{many(passed[-1], 'minute')} left."
        self._left_before = left
        if self.sitting.used - self._written >= HEARTBEAT:
            self.keep_clock()

    def keep_clock(self) -> None:
        """Write the clock down, if it runs: now and then, and when the learner leaves, who must gain nothing by it."""
        if not self.sitting.over:
            self._tick()
            self._keep()

    def _keep(self, *events: SittingEvent) -> None:
        self.sitting = self._record(self.sitting, *events)
        self._written = self.sitting.used

    # What the learner does

    @property
    def card(self) -> Card:
        return self.sitting.questions[self.sitting.at]

    @property
    def place(self) -> Place:
        """What the learner did with the question at hand."""
        return self.sitting.places[self.sitting.at]

    @property
    def explaining(self) -> bool:
        """Is the answer at hand explained? Then it stays as it is."""
        return self.sitting.at in self.explained

    @property
    def locked(self) -> bool:
        """Does the answer at hand stay as it is?"""
        return self.sitting.at in self.sitting.locked

    def do(self, kind: str, value: str = "", question: int | None = None) -> None:
        """Let something happen: on disk first, then here."""
        self._tick()
        at = self.sitting.at if question is None else question
        self._keep(SittingEvent(kind, at, value, self.sitting.used))

    def press(self, key: str) -> bool:
        """Give a key to the answer in the making; what it changes is on disk at once. False if it means nothing."""
        if self.explaining or (self.attempt.lines and not self.typing):
            return False
        key = "ctrl-u" if key == "backspace" and not self.attempt.lines else key
        if (after := answering.press(self.attempt, key)) is None:
            return False
        self.message = after.said
        if self.locked:
            self.message = "This question is locked; its answer stays."
        else:
            self._put(after)
        return True

    def enter(self) -> bool:
        """Choose what is in focus, or come to the next gap, or in practice to the explanation; False: go on.

        A question without an answer is gone on from; one that is answered in part only after a word about it.
        """
        attempt = self.attempt
        if self.explaining or self.locked:
            return False
        after, taken = answering.confirm(attempt)
        if not taken and not after.warned:
            self._put(after)
        elif not taken and attempt.filled:
            self.attempt = after
            self.message = f"{attempt.so_far}. Enter again leaves it incomplete."
        elif self.sitting.practice and attempt.filled:
            self.explained.add(self.sitting.at)
        else:
            return False
        return True

    def step(self, by: int) -> int | None:
        """The next question (1) or the one before (-1) that is not locked, from 0; None if there is none."""
        question = self.sitting.at + by
        while question in self.sitting.locked:
            question += by
        return question if 0 <= question < len(self.sitting.questions) else None

    def leaving(self, to: int) -> str:
        """What to ask before something is left for good by going to a question; "" if nothing is."""
        closing = exam.closes(self.sitting, to) - self.sitting.locked
        if not closing or to in self.sitting.locked:
            return ""
        heading, _, count = self.section
        missing = sum(state(self.sitting, n) != ANSWERED for n in closing)
        verb = "is" if missing == 1 else "are"
        open_ = f" {missing} of its {many(count, 'question')} {verb} not answered." if missing else ""
        return f"Leave {heading} for good?{open_}"

    def go(self, to: int) -> None:
        """Come to a question, counted from 0. A locked one is not come to, and that is said."""
        if to in self.sitting.locked and to != self.sitting.at:
            self.message = f"Question {to + 1} is locked; its answer stays."
        elif to != self.sitting.at:
            before = self.section[0]
            self.typing = True
            self.do("go", question=to)
            self.attempt = attempt_at(self.sitting, to)
            self.message = self._announced() if self.section[0] != before else ""

    def mark(self) -> None:
        self.do("mark", "0" if self.place.marked else "1")

    def strike(self) -> None:
        """Rule the option in focus out, or bring it back."""
        attempt = self.attempt
        if not isinstance(self.card, Choice | Multiple) or self.explaining or self.locked:
            self.message = "There is nothing to strike out here."
        elif attempt.focus == UNSET:
            self.message = f"Go to an option first ({attempt.span}, or the arrows); then - strikes it out."
        else:
            option = attempt.shuffle[attempt.focus]
            struck = attempt.struck ^ {option}
            values = tuple(each for each in attempt.values if each not in struck)
            self._put(replace(attempt, values=values, struck=struck))
            self.message = f"{label(attempt.focus)} is {'struck out' if option in struck else 'back'}."

    def _put(self, attempt: Attempt) -> None:
        before, self.attempt = self.attempt, attempt
        if attempt.answer != before.answer:
            self.do("answer", encoded(attempt.answer))
        if attempt.struck != before.struck:
            self.do("strike", encoded(tuple(sorted(attempt.struck))))

    # Where the sitting stands

    def questions(self, which: str) -> list[int]:
        """The questions that are answered, incomplete, unanswered or marked, from 0."""
        if which == MARKED:
            return self.sitting.marked
        return [n for n in range(len(self.sitting.questions)) if state(self.sitting, n) == which]

    @property
    def section(self) -> tuple[str, int, int]:
        """The heading of the section at hand, the question's number in it from 1, and of how many."""
        headings, at = self.sitting.headings, self.sitting.at
        return headings[at].title, headings[: at + 1].count(headings[at]), headings.count(headings[at])

    def _announced(self) -> str:
        heading, _, count = self.section
        if not heading:
            return ""
        closes = self.sitting.closing and self.sitting.headings[self.sitting.at].locks
        them = "it, it is" if count == 1 else "them, they are"
        rule = f"Once you leave {them} closed for good." if closes else "You can go back until you hand in."
        if heading == NORMAL:
            return f"{many(count, 'normal question')}. {rule}"
        return f"{heading}: {many(count, 'question')}. {rule}"

    @property
    def before_handing_in(self) -> str:
        """The question before handing in, which names what is open and what is marked."""
        left = []
        for which in (UNANSWERED, INCOMPLETE, MARKED):
            if found := self.questions(which):
                numbers = ", ".join(str(n + 1) for n in found[:6]) + " …" * (len(found) > 6)
                left.append(f"{len(found)} {which} ({numbers})")
        return f"{', '.join(left)}. Hand in anyway?" if left else "All answered. Hand in?"

    @property
    def before_pausing(self) -> str:
        """The question before a break, which says what a break costs."""
        if self.sitting.strict:
            return "Pause? The clock runs on, and what you have seen will be locked, answered or not."
        return f"Pause? The exam waits{', and its clock with it' * bool(self.sitting.minutes)}."


@dataclass
class ExamResult:
    """A sitting that is over, question by question: what went wrong first."""

    result: Result
    records: Records
    index: Index
    now: Callable[[], Moment]
    rejected: set[str] = field(default_factory=set)
    message: str = ""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """All questions: those answered wrong first, then the open ones, then the right ones, in the paper's order."""
        return sorted(self.result.outcomes, key=lambda o: (o.mark.right, not o.place.answered, o.number))

    def add(self) -> None:
        """Send what went wrong to daily study, and flag what was marked; once is enough."""
        state, known = self.records.state, self.index.ids()
        happened = events(self.result, state, known, self.now())
        added = Counter(event.kind for event in self.records.record_all(happened))
        wrong, marked = added["review"] + added["practice"], added["flag"]
        said = [f"{many(wrong, 'missed question')} added to daily study"] if wrong else []
        said += [f"{many(marked, 'marked question')} flagged"] if marked else []
        self.message = f"{', '.join(said)}." if said else "Nothing to add: daily study has all of it."

    def toggle(self, card: str) -> None:
        """Reject a card for good, or bring it back."""
        self.rejected ^= {card}
        kind = "reject" if card in self.rejected else "unreject"
        self.records.record_all(decided(self.index, kind, [card], self.now(), origin="exam"))
        gone = "This card is rejected and will not be asked again. x takes that back."
        self.message = gone if card in self.rejected else "The card is back."


def attempt_at(sitting: Sitting, question: int) -> Attempt:
    """The attempt at a question as it stands, everything at its place on the paper."""
    place = sitting.places[question]
    blank = answering.begin(sitting.questions[question], f"{sitting.seed}:{question}", typing=True)
    return answering.restored(replace(blank, struck=frozenset(place.struck)), place.answer)


def state(sitting: Sitting, question: int) -> str:
    """answered, incomplete or unanswered."""
    if not sitting.places[question].answered:
        return UNANSWERED
    return ANSWERED if attempt_at(sitting, question).whole else INCOMPLETE


def complete(sitting: Sitting) -> int:
    return sum(state(sitting, n) == ANSWERED for n in range(len(sitting.questions)))
