"""A study session in lines: everything the screen does, as static text and typed lines.

An empty line reveals, `1`–`4` rates, letters choose (`a`, or `a c`), `u` undoes, `q` ends; `?` names the rest.
"""

from __future__ import annotations

import sys

from rich.text import Text

from dp100cards.scheduler.engine import ANSWERS
from dp100cards.session.study import ANSWERED, ASKING, FINISHED
from dp100cards.ui.bindings import Bindings
from dp100cards.ui.card_plain import how, picked, write_question, write_solution, write_verdict
from dp100cards.ui.desk import Desk
from dp100cards.ui.edit import editor, run
from dp100cards.ui.panels import content, leech_lines
from dp100cards.ui.plain import Plain
from dp100cards.ui.study import interval
from dp100cards.ui.summary import Summary, announced, mistaken, reckon, sentences
from dp100cards.ui.text import one_line
from dp100cards.ui.theme import console

WIDE = console(width=10_000)
"""Lines are left whole: whoever reads them breaks them as they like."""

WORDS = {
    "undo": "undo", "skip": "skip this card", "edit": "edit the card",
    "open": "the lines of the note", "info": "what is known of the card",
    "flag": "flag, for example f 2; f 0 takes it away", "mark": "mark", "bury": "bury until tomorrow",
    "bury_siblings": "bury it and its siblings", "suspend": "suspend", "suspend_siblings": "suspend it and siblings",
    "doubt": "this is a bad card", "help": "this list", "quit": "end",
}  # fmt: skip
"""What a line can ask for besides answers and ratings."""


class StudyLines:
    """A session in lines, until the queue is empty or the learner leaves."""

    def __init__(self, plain: Plain, desk: Desk, bindings: Bindings, titles: dict[str, str]) -> None:
        self.plain, self.desk, self.bindings, self.titles = plain, desk, bindings, titles
        self.shown = ""
        """What was written last: the id of the card, and its phase."""

    def run(self) -> None:
        """Ask and rate until the queue is empty or the learner leaves."""
        desk = self.desk
        if said := mistaken(desk):
            self.plain.say(said)
        if desk.queue.held_back:
            self.plain.say(announced(desk))
        while True:
            if desk.message:
                self.plain.say(desk.message)
                desk.message = ""
            if desk.leech is not None:
                self._say_rows(leech_lines(desk, desk.leech, WIDE, WIDE.width))
                desk.leech = None
            if desk.session.phase == FINISHED:
                if self._goes_on():
                    continue
                return
            now = f"{desk.session.current} {desk.session.phase} {len(desk.session.done)}"
            if now != self.shown:
                self.shown = now
                self._write()
            line = self.plain.ask(self._prompt())
            if line is None or self.bindings.action(line) == "quit":
                break
            self.take(line)
        self._end()

    def take(self, line: str) -> None:
        """Do what a line says."""
        desk = self.desk
        first = line.split()[0] if line else ""
        action = (
            self.bindings.action(first) if len(line) == 1 or first == self.bindings.key_of["flag"] else ""
        )
        if desk.session.phase == ANSWERED and (not line or action in ANSWERS[1:]):
            if not desk.rate(ANSWERS.index(action) if line else desk.session.usual_rating):
                desk.message = "The answer was wrong, so it can only be rated again: 1, or an empty line."
        elif desk.session.phase == ASKING and self._answers(line):
            self.shown = ""
        elif not self._do(action, line):
            desk.message = f"{line!r} means nothing here. ? lists what can be typed."

    def _do(self, action: str, line: str) -> bool:
        """An action that is not an answer; False if the line is none."""
        desk = self.desk
        if action == "undo":
            desk.undo()
            self.shown = ""
        elif action == "skip":
            desk.skip()
        elif action in ("bury", "bury_siblings", "suspend", "suspend_siblings"):
            desk.set_aside(action.removesuffix("_siblings"), siblings=action.endswith("_siblings"))
        elif action == "mark":
            desk.tell(
                "mark", int(not desk.state.marked), "The mark is gone." if desk.state.marked else "Marked."
            )
        elif action == "doubt":
            desk.tell("doubt", 0, "Noted as a bad card.")
        elif action == "flag":
            number = line.split()[-1]
            if number not in tuple("01234567"):
                desk.message = "Write the flag's number too, for example f 2; f 0 takes the flag away."
                return True
            desk.tell("flag", int(number), f"Flag {number}." if number != "0" else "The flag is gone.")
        elif action in ("info", "open"):
            self._look_up(action)
        elif action == "edit":
            self._edit()
        elif action == "help":
            known = "; ".join(f"{self.bindings.key_of[name]}: {what}" for name, what in WORDS.items())
            desk.message = f"An empty line shows the answer, then rates it good. 1 to 4 rate. {known}."
        else:
            return False
        return True

    def _look_up(self, action: str) -> None:
        _, rows = content(action, self.desk, self.bindings, WIDE, WIDE.width)
        self._say_rows(rows)

    def _say_rows(self, rows: list[Text]) -> None:
        """Write lines of a panel, without the plots and bars that only eyes can read."""
        plot = set("▁▂▃▄▅▆▇█")
        self.plain.say(*(row.plain.replace("▎", " ").rstrip() for row in rows if not plot & set(row.plain)))

    def _edit(self) -> None:
        """Open the editor if there is a terminal for it; else say where the card stands."""
        place = self.desk.index.place(self.desk.session.current)
        tool = editor()
        if place is None:
            return
        path, line, _ = place
        if tool and sys.stdin.isatty():
            self.desk.message = run(tool, path, line)
            for problem in self.desk.reread(path):
                self.plain.say(str(problem))
            self.shown = ""
        else:
            self.desk.message = f"The card stands at {path}:{line}. Edit it there; the change counts at once."

    # Answers

    def _answers(self, line: str) -> bool:
        """Take a line as an answer; False if it is none."""
        desk = self.desk
        attempt = desk.attempt
        assert attempt is not None
        if not attempt.picks:
            if line:
                return False
            desk.reveal()
            return True
        if not line:
            desk.reveal() if attempt.types else desk.give(())
            return True
        if attempt.types:
            typed = [part.strip() for part in line.split(";")] if len(attempt.lines) > 1 else [line]
            desk.give(tuple(typed))
            return True
        answer = picked(attempt, line)
        if answer is None:
            return False
        desk.give(answer.answer)
        return True

    # Writing

    def _write(self) -> None:
        desk = self.desk
        card, attempt = desk.card, desk.attempt
        assert card is not None
        assert attempt is not None
        if desk.session.phase == ASKING:
            left = ", ".join(f"{count} {name}" for name, count in desk.session.left.items())
            flag = f", flag {desk.state.flag}" if desk.state.flag else ""
            marked = ", marked" if desk.state.marked else ""
            title = one_line(self.titles.get(card.deck, card.deck))
            self.plain.say("", f"{title}, {card.kind}{flag}{marked}. Left: {left}.")
            write_question(self.plain, attempt)
        else:
            write_verdict(self.plain, card, desk.session.answer, desk.session.mark)
            write_solution(self.plain, attempt, desk.session.answer)

    def _prompt(self) -> str:
        desk = self.desk
        if desk.session.phase == ANSWERED:
            now = desk.now()
            after = desk.outcomes(now)
            return " ".join(f"{r} {ANSWERS[r]} ({interval(state, now)})" for r, state in after.items()) + ":"
        assert desk.attempt is not None
        return how(desk.attempt)

    def _end(self) -> Summary:
        summary = reckon(self.desk)
        self.plain.say("", *sentences(summary))
        return summary

    def _goes_on(self) -> bool:
        """The end: what was done, and whether there is something to take back or more to ask."""
        desk = self.desk
        summary = self._end()
        more = bool(summary.new_left) and not summary.new_held_back
        undo = self.bindings.key_of["undo"]
        line = self.plain.ask(f"{undo} to undo{', n for more new cards' * more}, or an empty line to end:")
        if line == undo:
            desk.undo()
        elif line == "n" and more:
            desk.more_new()
        self.shown = ""
        return desk.session.shows_card
