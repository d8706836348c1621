"""Studying, and a quiz: a card, its answer, the ratings, the end, and what a key does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from dp100cards.clean import clean_line
from dp100cards.errors import Problem
from dp100cards.scheduler.engine import ANSWERS
from dp100cards.scheduler.event import DAY, MINUTE, CardState, Event
from dp100cards.session.study import ANSWERED, ASKING, FINISHED, SessionOptions, StudySession
from dp100cards.ui.card import answered, asked, with_scenario
from dp100cards.ui.keys import AFTER, Bindings
from dp100cards.ui.text import FLAGS, said, styled
from dp100cards.ui.view import CLOSE, GONE, NOTHING, STAY, Hint, Result, Screen, Size, Stage, View

if TYPE_CHECKING:
    from dp100cards.ui.pages import Closing

RATINGS_EXPLAINED = (
    "again: not known; the card comes back in a minute.",
    "hard, good: known, with effort or without; it comes back later each time.",
    "easy: known at once; it comes back much later. Only your memory is measured.",
)


@dataclass(frozen=True, kw_only=True)
class Helpers:
    """What the command hands in besides the session."""

    closing: Callable[[StudySession], Closing]
    streak: Callable[[], int]
    history: Callable[[str], Sequence[Event]]
    titles: Mapping[str, str]
    begun: Callable[[], str]
    """What there is to say at the beginning: a backlog, mistakes in the decks."""
    novice: bool = False
    """Has nothing been rated yet? Then the ratings are explained."""
    finale: Callable[[], str] = lambda: ""
    """The question of the exam that a finished day ends with: a card's id, or "" for none."""
    nothing: str = "Nothing is due now."
    """What to say if there is nothing to ask."""


class StudyScreen(Screen):
    """A session on a stage, until the learner leaves it."""

    tick = 1.0

    def __init__(self, stage: Stage, session: StudySession, bindings: Bindings, helpers: Helpers) -> None:
        self.stage, self.session, self.bindings, self.helpers = stage, session, bindings, helpers
        self.quiz = session.options.quiz
        self.alone = False
        """Is it one question by itself, without a score at its end?"""
        self._flagging = False
        self._streak = 0
        self._closing: Closing | None = None

    def run(self) -> None:
        """Show the session until the learner leaves."""
        self.stage.run(self)

    def opened(self) -> None:
        """The first card has been painted: time for what need not come before it."""
        self._streak = self.helpers.streak()
        self.session.records.back_up(self.session.now())
        self.session.message = self.session.message or self.helpers.begun()

    # What a key does

    def press(self, key: str) -> Result:
        """Do what a key says."""
        session = self.session
        if key in GONE:
            return CLOSE
        before = session.message
        session.message = ""
        rated = len(session.done)
        result = self._press(key)
        if result == NOTHING and not session.message:
            session.message = before if key in ("up", "down", "pgup", "pgdn", "j", "k", "home", "end") else ""
        if len(session.done) != rated:
            self._streak = self.helpers.streak()
            if session.phase == FINISHED:
                self._end_with_an_exam_question()
        if session.leech is not None:
            card, session.leech = session.leech, None
            from dp100cards.ui.pages import leech_page

            page = leech_page(card, session.records.state(card.id).lapses, self._note(card.source))
            self.stage.run(page)
            if page.pressed == "e":
                self._edit(card.id)
        return STAY if session.message and result == NOTHING else result

    def _press(self, key: str) -> Result:
        session = self.session
        if session.phase == FINISHED:
            return self._press_at_end(key)
        if self._flagging:
            self._flagging = False
            if key in "01234567" and len(key) == 1:
                flag = int(key)
                session.tell("flag", flag, f"Flagged {FLAGS[flag]}." if flag else "The flag is gone.")
            return STAY
        asking = session.phase == ASKING
        if session.press(key):
            return STAY
        if asking and session.attempt.types:
            if key not in ("enter", "esc"):
                return NOTHING
            session.confirm() if key == "enter" else session.reveal()
            return STAY
        if asking and key == "enter":
            session.confirm()
            return STAY
        action = "reveal" if key == "enter" else self.bindings.action(key)
        if action == "reveal" and asking and session.attempt.takes:
            return NOTHING
        return self._do(action, asking)

    def _do(self, action: str, asking: bool) -> Result:
        session = self.session
        if asking and action in AFTER:
            session.message = f"{self.bindings.key_of[action]} ({action}) works after the answer."
            return NOTHING
        match action:
            case "quit":
                return self._leave()
            case "reveal" if asking:
                session.confirm()
            case "reveal" if self.quiz:
                session.go_on()
                return CLOSE if self.alone else STAY
            case "reveal":
                session.rate(session.usual_rating)
            case "again" | "hard" | "good" | "easy" if not self.quiz:
                if not session.rate(ANSWERS.index(action)):
                    if asking:
                        return NOTHING
                    session.message = "The answer was wrong: it can only be rated again (1 or enter)."
            case "undo":
                session.undo()
            case "skip":
                session.skip()
            case "bury" | "suspend" | "reject":
                session.set_aside(action)
            case "bury_siblings" | "suspend_siblings":
                session.set_aside(action.removesuffix("_siblings"), siblings=True)
            case "mark":
                on = not session.state.marked
                session.tell("mark", int(on), "Marked." if on else "The mark is gone.")
            case "flag":
                self._flagging = True
                names = "  ".join(f"{n} {name}" for n, name in enumerate(FLAGS) if n)
                session.message = f"Flag: {names}  0 none"
            case "edit":
                self._edit(session.current)
            case "help" | "info" | "open":
                self._look_up(action)
            case _:
                return NOTHING
        return STAY

    def _end_with_an_exam_question(self) -> None:
        """Ask one question of the exam, as practice, when the day's cards are done for the first time."""
        id_, self.helpers = self.helpers.finale(), replace(self.helpers, finale=lambda: "")
        if id_:
            session = self.session
            options = SessionOptions(cards=(id_,), quiz=True)
            last = StudySession(session.records, session.index, session.now, options)
            last.message = "The day's cards are done. One question of the exam to end with:"
            screen = StudyScreen(self.stage, last, self.bindings, replace(self.helpers, begun=lambda: ""))
            screen.alone = True
            self.stage.run(screen)

    def _leave(self) -> Result:
        """A quiz ends with its score; a session that was left is summed up on the command line."""
        if not self.quiz or self.alone or not self.session.practised:
            return CLOSE
        self.session.phase = FINISHED
        return STAY

    def _press_at_end(self, key: str) -> Result:
        session, action = self.session, self.bindings.action(key)
        if action == "undo":
            session.undo()
        elif key == "n" and self._closing is not None and self._closing.more_new:
            session.more_new(self._closing.new)
        elif action == "quit" or key in ("enter", "esc"):
            return CLOSE
        else:
            return NOTHING
        if session.phase != FINISHED:
            self._closing = None
        return STAY

    def _look_up(self, action: str) -> None:
        from dp100cards.ui import pages

        session, card = self.session, self.session.card
        assert card is not None
        if action == "help":
            self.stage.run(pages.help_page(pages.card_keys(self.bindings, rated=not self.quiz)))
        elif action == "open":
            self.stage.run(pages.note_page(card, self._note(card.source)))
        else:
            events = self.helpers.history(card.id)
            self.stage.run(pages.info_page(card, session.state, session.engine, session.now(), events))

    def _note(self, source: object) -> str | None:
        name = getattr(source, "note", "")
        return self.session.index.note(name) if name else None

    def _edit(self, card: str) -> None:
        from dp100cards.ui.pages import edit

        index = self.session.index

        def reread(path: Path) -> list[Problem]:
            self.session.reread()
            return [problem for problem in index.problems() if problem.path == index.shown(path)]

        told = edit(self.stage, index.place(card), reread)
        self.session.message = told or self.session.message

    # What is seen

    def view(self, size: Size) -> View:
        """The card, its answer, or the end."""
        session = self.session
        if session.phase == FINISHED:
            return self._end(size)
        card, attempt = session.card, session.attempt
        assert card is not None
        done = session.phase == ANSWERED
        if done:
            body = with_scenario(
                card, lambda part: answered(attempt, session.answer, session.mark, part), size, answered=True
            )
        else:
            body = with_scenario(card, lambda part: asked(attempt, part), size)
        ratings = done and not self.quiz
        tail = self._ratings(size.width) if ratings else []
        if ratings and size.compact:
            body.add(self._explained(size.width))
        elif ratings:
            tail = [Text(), *tail, *self._explained(size.width)]
        return View(
            title=self._title(), right=self._counts(size), progress=self._progress(), body=body.lines,
            aside=body.aside, tail=tail, message=session.message, hints=self._hints(done),
            note=styled(f"{self._streak}-day streak ", "quiet") if self._streak > 1 else Text(),
            page=((card.id, len(session.done), len(session.practised) - (done and self.quiz)), session.phase),
            top=body.top, focus=body.focus, cursor=body.cursor, picks=() if done else attempt.picks,
        )  # fmt: skip

    def _title(self) -> Text:
        session = self.session
        assert session.card is not None
        title = styled(
            f" {clean_line(self.helpers.titles.get(session.card.deck, session.card.deck))}", "title"
        )
        if session.state.flag:
            title.append(f" ⚑{session.state.flag}", f"flag.{session.state.flag}")
        if session.state.marked:
            title.append(" ★", "warning")
        return title.append(f" · {session.card.status}", "warning") if session.card.status else title

    def _counts(self, size: Size) -> Text:
        """How many cards of each sort are left, and the time on this one; in a quiz, how many were right."""
        session = self.session
        if self.quiz:
            right = sum(right for _, _, right in session.practised.values())
            number = min(len(session.practised) + (session.phase == ASKING), session.total)
            return styled(f"Question {number} of {session.total}  ", "quiet").append(
                f"{right} right ", "quiet"
            )
        seconds = max(session.now().at - session.asked_at, 0) // 1000
        timed = seconds < 600 and not size.plain and size.width >= 60
        result = styled(f"{seconds // 60}:{seconds % 60:02}   " if timed else "", "quiet")
        for name, count in session.left.items():
            shown = styled(str(count), name if count else "quiet")
            if name == session.group:
                shown.stylize("here")
            result.append_text(shown).append(f" {name}  " if size.width >= 60 else f"{name[0]} ", "quiet")
        result.rstrip()
        return result.append(" ")

    def _progress(self) -> float:
        session = self.session
        if self.quiz:
            return len(session.practised) / max(session.total, 1)
        done = len(session.done)
        return done / max(done + sum(session.left.values()), 1)

    def _ratings(self, width: int) -> list[Text]:
        """The ratings that can be given, each with its key and when the card would come again."""
        session, found, now = self.session, [], self.session.now()
        for rating, after in session.outcomes(now).items():
            name = ANSWERS[rating]
            part = styled(self.bindings.key_of[name], "key").append(f" {name} ", name)
            found.append(part.append(interval(after, now.at), "quiet"))
        gap = 4 if width >= 60 else 2
        result: list[Text] = []
        for part in found:
            if result and result[-1].cell_len + gap + part.cell_len <= width - 1:
                result[-1].append(" " * gap).append_text(part)
            else:
                result.append(styled("  " if width >= 60 else " ") + part)
        return result

    def _explained(self, width: int) -> list[Text]:
        """What the ratings mean, for who begins."""
        if self.quiz or not self.helpers.novice or len(self.session.done) >= 3:
            return []
        return [piece for line in RATINGS_EXPLAINED for piece in said(line, width - 1, "quiet")]

    def _hints(self, done: bool) -> list[Hint]:
        """The keys that do something now, most important first."""
        session, key = self.session, self.bindings.key_of
        if self._flagging:
            return [("1–7", "flag"), ("0", "none")]
        attempt = session.attempt
        if done:
            usual = "next" if self.quiz else ANSWERS[session.usual_rating]
            first = [(key["reveal"], usual)]
        elif not attempt.takes:
            first = [(key["reveal"], "show the answer")]
        elif attempt.types:
            return [("enter", "answer"), ("esc", "show the answer without typing")]
        else:
            verb = "place in order" if attempt.card.kind == "order" else "choose"
            first = [(attempt.span, verb), ("enter", "confirm")]
        names = ["undo", *(["edit", "reject"] if done else ["skip"]), "open", "info", "help", "quit"]
        return [*first, *((key[name], "source" if name == "open" else name) for name in names)]

    # The end

    def _end(self, size: Size) -> View:
        from dp100cards.ui.pages import score, summary  # 2 ms that the first card need not wait for

        if self._closing is None:
            self._closing = self.helpers.closing(self.session)
        session, key, closing = self.session, self.bindings.key_of, self._closing
        hints = [("enter", "close"), (key["undo"], "undo"), (key["quit"], "quit")]
        if closing.more_new and not self.quiz:
            hints.insert(1, ("n", "more new cards"))
        title, body = (
            score(session, size) if self.quiz else summary(session, closing, self.helpers.nothing, size)
        )
        return View(
            title=styled(f" {title}", "title"), progress=1.0, body=body, message=session.message,
            hints=hints, page="end",
        )  # fmt: skip


def interval(state: CardState, now: int) -> str:
    """When a card comes again, in few characters: 10m, 3h, 5d, 4.2mo, 1.3y."""
    if state.interval:
        days = state.interval
        if days < 31:
            return f"{days}d"
        return f"{days / 30.4375:.1f}mo" if days < 365 else f"{days / 365.25:.1f}y"
    wait = max(state.due_at - now, 0)
    if wait < MINUTE:
        return "<1m"
    if wait < 60 * MINUTE:
        return f"{-(-wait // MINUTE)}m"
    return f"{wait / (60 * MINUTE):.3g}h" if wait < DAY else f"{wait / DAY:.3g}d"
