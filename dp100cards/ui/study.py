"""Studying, and a quiz: a card, its answer, the ratings, the end, and what a key does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from rich.text import Text

from dp100cards.scheduler.engine import ANSWERS
from dp100cards.scheduler.event import MINUTE, CardState
from dp100cards.session.study import ANSWERED, ASKING, FINISHED, SessionOptions, StudySession
from dp100cards.ui import pages
from dp100cards.ui.card import answered, asked
from dp100cards.ui.keys import AFTER, Bindings
from dp100cards.ui.text import FLAGS, said, styled
from dp100cards.ui.view import CLOSE, GONE, NOTHING, SCROLLS, STAY, Hint, Result, Screen, Size, Stage, View

RATINGS_EXPLAINED = (
    "again: not known; the card comes back in a minute.",
    "hard, good: known, with effort or without; it comes back later each time.",
    "easy: known at once; it comes back much later. Only your memory is measured.",
)


class Helpers(NamedTuple):
    """What the command hands in besides the session."""

    closing: Callable[[StudySession], pages.Closing]
    streak: Callable[[], int]
    begun: Callable[[], str]  # what there is to say at the beginning: a backlog, mistakes in the decks
    finale: Callable[[], str] = str  # the exam's question that a finished day ends with: its id, or ""


class StudyScreen(Screen):
    """A session on a stage, until the learner leaves it."""

    tick = 1.0

    def __init__(
        self, stage: Stage, session: StudySession, bindings: Bindings, helpers: Helpers, alone: bool = False
    ) -> None:
        """`alone`: it is one question by itself, and closes where others show their end."""
        self.stage, self.session, self.bindings, self.helpers = stage, session, bindings, helpers
        self.quiz, self.alone = session.options.quiz, alone
        self.titles = {deck.name: deck.title for deck in session.index.decks()}
        # Has nothing been rated yet? Then the ratings are explained.
        self._novice = next(session.records.undoable(), None) is None and not self.quiz
        self.scrolls = {bindings.key_of["more"]: "j", bindings.key_of["back"]: "k"}
        self._streak = 0

    @cached_property
    def closing(self) -> pages.Closing:
        """What there is to say at the end, worked out once for what was done."""
        return self.helpers.closing(self.session)

    def opened(self) -> None:
        """The first card has been painted: time for what need not come before it."""
        self._streak = self.helpers.streak()
        self.session.records.back_up()
        self.session.message = self.session.message or self.helpers.begun()

    # What a key does

    def press(self, key: str) -> Result:
        """Do what a key says; what was said before stays only while the learner scrolls."""
        session = self.session
        if key in GONE:
            return CLOSE
        if self.scrolls.get(key, key) not in SCROLLS:
            session.message = ""
        count = len(session.done)
        result = self._press_at_end(key) if session.phase == FINISHED else self._press(key)
        if bool(session.done) != bool(count):  # only the first answer can change it
            self._streak = self.helpers.streak()
        if len(session.done) != count and session.phase == FINISHED:
            self._end_with_an_exam_question()
        return CLOSE if self.alone and session.phase == FINISHED else result

    def _press(self, key: str) -> Result:
        session = self.session
        if session.press(key):
            return STAY
        action = "reveal" if key == "enter" else self.bindings.action(key)
        if session.phase == ANSWERED or key == "enter":
            return self._do(action)
        if session.attempt.lines and key == "esc":
            session.show()
        elif session.attempt.lines or (action == "reveal" and session.attempt.takes):
            return NOTHING
        elif action in AFTER:
            session.message = f"{self.bindings.key_of[action]} ({action}) works after the answer."
        else:
            return self._do(action)
        return STAY

    def _do(self, action: str) -> Result:
        session = self.session
        match action:
            case "quit" if self.quiz and session.done:
                session.phase = FINISHED  # a quiz ends with its score
            case "quit":
                return CLOSE
            case "reveal" if session.phase == ASKING:
                session.confirm()
            case "reveal" if self.quiz:
                session.leave()
            case "reveal":
                session.rate(session.usual_rating)
            case "again" | "hard" | "good" | "easy" if session.ratings:
                if not session.rate(ANSWERS.index(action)):
                    session.message = "The answer was wrong: it can only be rated again (1 or enter)."
            case "undo":
                session.undo()
            case "skip":
                session.leave("Skipped for this session.")
            case "bury" | "suspend" | "reject" | "bury_siblings" | "suspend_siblings":
                kind, _, siblings = action.partition("_")
                session.set_aside(kind, siblings=bool(siblings))
            case "mark":
                on = not session.state.marked
                session.tell("mark", int(on), "Marked." if on else "The mark is gone.")
            case "flag":
                choices = [(str(n), name or "none", n) for n, name in enumerate(FLAGS)]
                question = "Flag: " + "  ".join(f"{key} {name}" for key, name, _ in choices)
                if (flag := self.choose(question, choices)) is not None:
                    session.tell("flag", flag, f"Flagged {FLAGS[flag]}." if flag else "The flag is gone.")
            case "edit":
                problem = pages.edit(self.stage, session.index, session.current, session.reread)
                session.message = problem or session.message
            case "help":
                self.stage.run(pages.help_page(pages.card_keys(self.bindings, rated=not self.quiz)))
            case "open":
                self.stage.run(pages.note_page(session.card, session.index))
            case "info":
                self.stage.run(pages.info_page(session.card, session.records, session.now()))
            case _:
                return NOTHING
        return STAY

    def _end_with_an_exam_question(self) -> None:
        """Ask one question of the exam, as practice, when the day's cards are done for the first time."""
        id_, self.helpers = self.helpers.finale(), self.helpers._replace(finale=str)
        if id_:
            session, options = self.session, SessionOptions(cards=(id_,), quiz=True, typing=True)
            last = StudySession(session.records, session.index, session.now, session.plan, options)
            last.message = "The day's cards are done. One question of the exam to end with:"
            self.stage.run(StudyScreen(self.stage, last, self.bindings, self.helpers, alone=True))

    def _press_at_end(self, key: str) -> Result:
        session, action = self.session, self.bindings.action(key)
        if action == "quit" or key in ("enter", "esc"):
            return CLOSE
        if action == "undo":
            session.undo()
        elif key == "n" and self.closing.more_new:
            session.more_new(self.closing.new)
        else:
            return NOTHING
        if session.phase != FINISHED:
            self.__dict__.pop("closing", None)
        return STAY

    # What is seen

    def view(self, size: Size) -> View:
        session = self.session
        if session.phase == FINISHED:
            return self._end(size)
        done, attempt = session.phase == ANSWERED, session.attempt
        view = answered(attempt, session.answer, size) if done else asked(attempt, size)
        tail, explains = self._ratings(size.width), self._novice and len(session.done) < 3
        explained = said(RATINGS_EXPLAINED if explains else (), size.width - 1, "quiet")
        if tail and size.compact:
            view.add(explained)
        elif tail:
            tail = [Text(), *tail, *explained]
        count = len(session.done)
        total = len(session.options.cards or ()) if self.quiz else count + sum(session.left.values())
        return replace(
            view,
            title=self._title(),
            right=self._counts(size),
            progress=count / max(total, 1),
            tail=tail,
            message=session.message,
            hints=self._hints(done),
            note=styled(f"{self._streak}-day streak ", "quiet") if self._streak > 1 else Text(),
            page=((session.current, count - (done and self.quiz)), session.phase),
        )

    def _title(self) -> Text:
        card, state = self.session.card, self.session.state
        title = styled(f" {self.titles.get(card.deck, card.deck)}", "title")
        if state.flag:
            title.append(f" ⚑{state.flag}", f"flag.{state.flag}")
        title.append(" ★" * state.marked, "warning")
        return title.append(f" · {card.status}" if card.status else "", "warning")

    def _counts(self, size: Size) -> Text:
        """How many cards of each sort are left, and the time on this one; in a quiz, how many were right."""
        session, wide = self.session, size.width >= 60
        if self.quiz:
            count = len(session.options.cards or ())
            at = min(len(session.done) + (session.phase == ASKING), count)
            right = sum(answer.value for answer in session.done)
            return styled(f"Question {at} of {count}  {right} right ", "quiet")
        seconds = max(session.now().at - session.asked_at, 0) // 1000
        timed = seconds < 600 and not size.plain and wide
        result = styled(f"{seconds // 60}:{seconds % 60:02}   " if timed else "", "quiet")
        for name, count in session.left.items():
            shown = styled(str(count), name if count else "quiet")
            if name == session.group:
                shown.stylize("here")
            result.append_text(shown).append(f" {name}  " if wide else f"{name[0]} ", "quiet")
        result.rstrip()
        return result.append(" ")

    def _ratings(self, width: int) -> list[Text]:
        """The ratings that can be given, each with its key and when the card would come again."""
        session, now = self.session, self.session.now()
        gap, margin = (4, "  ") if width >= 60 else (2, " ")
        result: list[Text] = []
        for rating, after in session.outcomes(now).items():
            name = ANSWERS[rating]
            part = styled(self.bindings.key_of[name], "key").append(f" {name} ", name)
            part.append(interval(after, now.at), "quiet")
            if result and result[-1].cell_len + gap + part.cell_len <= width - 1:
                result[-1].append(" " * gap).append_text(part)
            else:
                result.append(styled(margin) + part)
        return result

    def _hints(self, done: bool) -> list[Hint]:
        session, key = self.session, self.bindings.key_of
        attempt = session.attempt
        if done:
            first = [(key["reveal"], "next" if self.quiz else ANSWERS[session.usual_rating])]
        elif not attempt.takes:
            first = [(key["reveal"], "show the answer")]
        elif attempt.lines:
            return [("enter", "answer"), ("esc", "show the answer without typing")]
        else:
            verb = "place in order" if attempt.card.kind == "order" else "choose"
            first = [(attempt.span, verb), ("enter", "confirm")]
        names = ["undo", *(["edit", "reject"] if done else ["skip"]), "open", "info", "help", "quit"]
        return [*first, *((key[name], "source" if name == "open" else name) for name in names)]

    def _end(self, size: Size) -> View:
        key, closing = self.bindings.key_of, self.closing
        end = pages.score if self.quiz else pages.summary
        title, body = end(self.session, closing, size)
        more = [("n", "more new cards")] if closing.more_new else []
        return View(
            title=styled(f" {title}", "title"),
            progress=1.0,
            body=body,
            message=self.session.message,
            hints=[("enter", "close"), *more, (key["undo"], "undo"), (key["quit"], "quit")],
            page="end",
        )


def interval(state: CardState, now: int) -> str:
    """When a card comes again, in few characters: 10m, 5d, 4.2mo, 1.3y."""
    days = state.interval
    if not days:  # it is in learning, where no step is longer than some minutes
        return f"{-(-(state.due_at - now) // MINUTE)}m"
    if days < 31:
        return f"{days}d"
    return f"{days / 30.4375:.1f}mo" if days < 365 else f"{days / 365.25:.1f}y"
