"""The exam in lines: static text out, lines in; for screen readers, pipes and bare terminals."""

from __future__ import annotations

from dataclasses import replace

from dp100cards.cards import Cloze, Code, mark
from dp100cards.exchange.wording import stem
from dp100cards.ui.attempt import Attempt, cleared
from dp100cards.ui.card_plain import (
    choices,
    gapped,
    how,
    picked,
    write_scenario,
    write_solution,
    write_verdict,
)
from dp100cards.ui.exam_desk import ExamDesk
from dp100cards.ui.exam_words import before_handing_in, clock, section
from dp100cards.ui.keys import Line
from dp100cards.ui.plain import Plain
from dp100cards.ui.text import shortened

COMMANDS = (
    "Commands: an empty line goes on; back; go and a number; mark, for review; clear;"
    " strike and a letter, to rule an option out or bring it back; scenario, to hear it again;"
    " review; time; submit; help; q pauses."
)


class ExamLines:
    """A sitting in lines, until it is handed in or paused."""

    def __init__(self, plain: Plain, desk: ExamDesk) -> None:
        self.plain, self.desk = plain, desk
        self.told = ""
        """The scenario that was written last."""
        desk.confirm = self._yes

    def run(self) -> None:
        """Ask until the learner hands in or pauses, or the clock runs out."""
        try:
            self._ask()
        finally:
            self.desk.keep_clock()

    def _ask(self) -> None:
        self.plain.say(COMMANDS, "")
        self._write()
        while not self.desk.sitting.over:
            line = self.plain.ask(self._prompt())
            self.desk.beat()
            if self.desk.sitting.over:
                self.plain.say("The time is up. Your answers were handed in as they stood.")
                return
            if line is None or line == "q":
                return
            self._take(line)

    def _take(self, line: str) -> None:
        desk = self.desk
        word, _, rest = line.partition(" ")
        command = word.lower()
        if not line or command == "next":
            self._step(1)
        elif command == "back":
            self._step(-1)
        elif command == "go":
            self._to(int(rest) - 1 if rest.strip().isdigit() else -1)
        elif command == "mark":
            desk.mark()
            marked = desk.sitting.places[desk.sitting.at].marked
            self.plain.say("Marked for review." if marked else "The mark is gone.")
        elif command == "clear":
            desk.clear()
            self.plain.say("The answer is cleared.")
        elif command == "strike":
            self.plain.say(self.desk.strike(rest.strip()))
        elif command == "review":
            self._review()
        elif command == "scenario" and desk.card.scenario:
            write_scenario(self.plain, desk.card)
        elif command == "time":
            self.plain.say("Untimed." if desk.left is None else f"{clock(desk.left)} left.")
        elif command == "submit":
            if self._yes(before_handing_in(desk.sitting)):
                desk.do("submit")
        elif command in ("?", "help"):
            self.plain.say(COMMANDS)
        else:
            self._answer(line)

    def _yes(self, question: str) -> bool:
        """Ask yes or no; no if the time is up meanwhile."""
        answer = self.plain.ask(f"{question} y or n:")
        self.desk.beat()
        return bool(answer) and str(answer).lower().startswith("y") and not self.desk.sitting.over

    def _answer(self, line: str) -> None:
        from dp100cards.exam.sitting import encoded

        if self.desk.sitting.at in self.desk.sitting.locked:
            self.plain.say("This question is locked; its answer stands.")
            return
        after = (
            typed_in(self.desk.attempt, line) if self.desk.attempt.types else picked(self.desk.attempt, line)
        )
        if after is None:
            self.plain.say("That is no answer here. help lists the commands.")
            return
        self.desk.attempt = after
        self.desk.do("answer", encoded(after.answer))
        self.plain.say("Kept.")
        if self.desk.sitting.practice:
            self._explain()
        self._step(1)

    def _explain(self) -> None:
        """In practice: what is right, and why."""
        card, answer = self.desk.card, self.desk.sitting.places[self.desk.sitting.at].answer
        write_verdict(self.plain, card, answer, mark(card, answer))
        write_solution(self.plain, self.desk.attempt, answer)

    def _step(self, by: int) -> None:
        if self.desk.step(by):
            self._write()
        elif by > 0:
            self.plain.say("That was the last question. review shows all; submit hands in.")
        else:
            self.plain.say("There is no question before this one.")

    def _to(self, question: int) -> None:
        at = self.desk.sitting.at
        if not self.desk.go(question):
            self.plain.say("There is no such question.")
        elif question in self.desk.sitting.locked and question != at:
            self.plain.say(self.desk.message)
            self.desk.message = ""
        else:
            self._write()

    def _write(self) -> None:
        """The question at hand."""
        desk, attempt = self.desk, self.desk.attempt
        sitting, card = desk.sitting, desk.card
        place = sitting.places[sitting.at]
        told = [f"Question {sitting.at + 1} of {len(sitting.questions)}"]
        heading, number, count = section(sitting, sitting.at)
        told += [f"{heading}, {number} of {count}"] if heading else []
        told += ["marked"] if place.marked else []
        told += ["answered"] if place.answered else []
        told += [f"{clock(desk.left)} left"] if desk.left is not None else []
        message, desk.message = desk.message, ""
        self.plain.say("", *filter(None, [message]), ", ".join(told) + ".")
        scenario = card.scenario.id if card.scenario else ""
        if scenario and scenario != self.told:
            write_scenario(self.plain, card)
        self.told = scenario
        self.plain.show(gapped(card.ask, "blank") if isinstance(card, Cloze) else card.ask)
        if isinstance(card, Code):
            self.plain.show(gapped(card.code, "blank"))
        for label, text in choices(attempt):
            struck = desk.struck(label.rstrip("."))
            self.plain.show(f"{label} {text}{' (struck out)' if struck else ''}", 2)

    def _review(self) -> None:
        sitting = self.desk.sitting
        heading = ""
        for n, place in enumerate(sitting.places):
            if sitting.headings and sitting.headings[n] != heading:
                heading = sitting.headings[n]
                self.plain.say(f"{heading}:")
            state = "answered" if place.answered else "unanswered"
            self.plain.say(
                f"{n + 1}: {state}{', marked' if place.marked else ''}"
                f"{', locked' if n in sitting.locked else ''}: {shortened(stem(sitting.questions[n]), 60)}"
            )

    def _prompt(self) -> str:
        message, self.desk.message = self.desk.message, ""
        return f"{message + ' ' if message else ''}{self._how()}"

    def _how(self) -> str:
        """How to answer the question at hand."""
        attempt = self.desk.attempt
        if not attempt.types:
            return how(attempt)
        more = f" {len(attempt.lines)} answers with ; between." if len(attempt.lines) > 1 else ""
        return f"Type the answer; begin it with = if it is a command too.{more}"


def typed_in(attempt: Attempt, line: str) -> Attempt | None:
    """The attempt with what a line says in its gaps; None if that is not one answer for each."""
    text = line.removeprefix("=").strip()
    parts = [part.strip() for part in text.split(";")] if len(attempt.lines) > 1 else [text]
    if len(parts) != len(attempt.lines) or not any(parts):
        return None
    return replace(cleared(attempt), lines=tuple(Line(part, len(part)) for part in parts))
