"""The study screen: a card, its answer, the ratings, and what a key does."""

from __future__ import annotations

from rich.text import Text

from dp100cards.scheduler.days import DAY, MINUTE, Moment
from dp100cards.scheduler.engine import ANSWERS
from dp100cards.scheduler.state import CardState
from dp100cards.session.study import ANSWERED, ASKING, FINISHED
from dp100cards.ui import attempt as attempts
from dp100cards.ui.ask import asked
from dp100cards.ui.attempt import Attempt
from dp100cards.ui.bindings import Bindings
from dp100cards.ui.desk import Desk
from dp100cards.ui.footer import hints, spread
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import one_line, styled, wrapped

TICK = 1.0
"""Seconds between two pictures of the running time."""


class StudyScreen:
    """A session on the screen, until the learner leaves it."""

    def __init__(self, stage: Stage, desk: Desk, bindings: Bindings, titles: dict[str, str]) -> None:
        self.stage, self.desk, self.bindings, self.titles = stage, desk, bindings, titles
        self.streak = 0
        self.flagging = False

    def run(self) -> None:
        """Ask and rate until the queue is empty or the learner leaves."""
        if self.desk.session.phase != FINISHED:
            self.stage.paint(self.draw)
        # The learner is reading now: time for what no key should have to wait for.
        from dp100cards.ui import answer, summary  # noqa: F401

        self.desk.store.back_up(self.desk.now())
        self.streak = self.desk.streak()
        said = [summary.mistaken(self.desk)]
        if self.desk.queue.held_back:
            said.append(summary.announced(self.desk))
        if any(said):
            self.desk.message = " ".join(filter(None, said))
            self.stage.paint(self.draw)
        while True:
            if self.desk.session.phase == FINISHED:
                if not summary.show(self.stage, self.desk, self.bindings):
                    return
                self.stage.paint(self.draw)
                continue
            key = self.stage.key(TICK)
            if key is None:
                self.stage.paint(self.draw, keep_scroll=True)
            elif key != "resize" and not self.press(key):
                return

    def press(self, key: str) -> bool:
        """Do what a key says; False if it ends the session."""
        desk = self.desk
        action = self.bindings.action(key)
        types = desk.session.phase == ASKING and desk.attempt is not None and desk.attempt.types
        if action == "quit" and (not types or len(key) > 1):
            return False
        before = (desk.session.current, desk.session.phase, len(desk.session.done))
        if not (types and self._answer(key)):
            self._do(action, key)
        if desk.leech is not None:
            from dp100cards.ui import panels

            panels.show_leech(self.stage, desk, desk.leech)
            desk.leech = None
        if len(desk.session.done) != before[2]:
            self.streak = desk.streak()
        if desk.session.phase != FINISHED:
            after = (desk.session.current, desk.session.phase, len(desk.session.done))
            self.stage.paint(self.draw, keep_scroll=before == after)
        return True

    def _do(self, action: str, key: str) -> None:
        desk = self.desk
        asking = desk.session.phase == ASKING
        if asking and self._answer(key):
            pass
        elif action == "reveal" or key == "enter":
            if asking and desk.attempt is not None and not desk.attempt.picks:
                desk.message = ""
                desk.reveal()
            elif not asking:
                desk.rate(desk.session.usual_rating)
        elif action in ANSWERS[1:]:
            desk.rate(ANSWERS.index(action))
        elif action in ("more", "back"):
            self.stage.scroll(key if key in ("pgup", "pgdn") else "j" if action == "more" else "k")
        elif action == "undo":
            desk.undo()
        elif action == "skip":
            desk.skip()
        elif action in ("bury", "bury_siblings", "suspend", "suspend_siblings"):
            desk.set_aside(action.removesuffix("_siblings"), siblings=action.endswith("_siblings"))
        elif action == "mark":
            on = not desk.state.marked
            desk.tell("mark", int(on), "Marked." if on else "The mark is gone.")
        elif action == "doubt":
            desk.tell("doubt", 0, "Noted as a bad card: `dp100 cards --doubted` lists them.")
        elif action == "flag":
            self._flag()
        elif action in ("help", "info", "open"):
            from dp100cards.ui import panels

            panels.show(action, self.stage, desk, self.bindings)
        elif action == "edit":
            from dp100cards.ui.edit import edit

            edit(self.stage, desk, desk.session.current)
        elif not asking or not self.stage.scroll(key):
            self.stage.scroll(key)

    def _answer(self, key: str) -> bool:
        """Give the key to the answer in the making; True if it was for it."""
        desk = self.desk
        attempt = desk.attempt
        if attempt is None or not attempt.picks:
            return False
        if key == "enter":
            desk.message = ""
            self._hand_in(attempt)
            return True
        if key == "esc" and attempt.types:
            desk.reveal()
            return True
        after = attempts.press(attempt, key)
        if after is None:
            return False
        desk.attempt = after
        desk.message = attempts.refused(attempt, after, key)
        if desk.card is not None and desk.card.kind == "choice" and after.values:
            desk.give(after.answer)
        return True

    def _hand_in(self, attempt: Attempt) -> None:
        """Enter: to the next gap that is empty, or the answer as it stands."""
        if attempt.begun and attempt.types:
            empty = [n for n, line in enumerate(attempt.lines) if not line.text.strip()]
            later = [n for n in empty if n > attempt.focus]
            if later:
                self.desk.attempt = attempts.press(attempt, "tab")
                return
        self.desk.give(attempt.answer)

    def _flag(self) -> None:
        from dp100cards.ui.theme import FLAGS

        names = "  ".join(f"{n} {name}" for n, name in enumerate(FLAGS) if n)
        self.desk.message, self.flagging = f"Flag: {names}  0 none", True
        self.stage.paint(self.draw, keep_scroll=True)
        key = None
        while key is None or key == "resize":
            key = self.stage.key()
        self.desk.message, self.flagging = "", False
        if key in "01234567" and len(key) == 1:
            value = int(key)
            self.desk.tell("flag", value, f"Flagged {FLAGS[value]}." if value else "The flag is gone.")

    # Drawing

    def draw(self, width: int, _: int) -> Frame:
        """The picture of where the session stands."""
        desk = self.desk
        if desk.attempt is None:
            return Frame(header=[], body=[], footer=[])
        console = self.stage.console
        footer = []
        if desk.session.phase == ANSWERED:
            from dp100cards.ui.answer import answered

            view = answered(desk.attempt, desk.session.answer, desk.session.mark, console, width - 2)
            footer += ratings(desk, self.bindings, width)
        else:
            view = asked(desk.attempt, console, width - 2)
        footer += [styled("─" * width, "rule"), *self._foot(width)]
        return Frame(
            header=self._head(width), body=view.lines, footer=footer, focus=view.focus, cursor=view.cursor
        )

    def _head(self, width: int) -> list[Text]:
        desk = self.desk
        card = desk.card
        assert card is not None
        left = Text(" ").append(one_line(self.titles.get(card.deck, card.deck)), "title")
        left.append(f" · {card.kind}", "quiet")
        if desk.state.flag:
            left.append(f" ⚑{desk.state.flag}", f"flag.{desk.state.flag}")
        if desk.state.marked:
            left.append(" ★", "warning")
        if card.status:
            left.append(f" · {card.status}", "warning")
        return [spread(left, self._counts(width), width), self._bar(width)]

    def _counts(self, width: int) -> Text:
        """Time on this card, and how many cards of each sort are left."""
        desk = self.desk
        seconds = max(desk.now().at - desk.session.asked_at, 0) // 1000
        result = styled(f"{seconds // 60}:{seconds % 60:02}   " if seconds < 600 else "", "quiet")
        for name, count in desk.session.left.items():
            number = styled(str(count), name if count else "quiet")
            if name == desk.session.group:
                number.stylize("here")
            result.append_text(number).append(f" {name}  " if width >= 60 else f"{name[0]} ", "quiet")
        result.rstrip()
        return result.append(" ")

    def _bar(self, width: int) -> Text:
        done = len(self.desk.session.done)
        left = sum(self.desk.session.left.values())
        filled = round(width * done / max(done + left, 1))
        return styled("━" * filled, "bar.done").append("─" * (width - filled), "rule")

    def _foot(self, width: int) -> list[Text]:
        """What there is to say, and the keys; only the flags while one is asked for."""
        desk = self.desk
        said = [Text(" ") + line for line in wrapped(Text(desk.message), self.stage.console, width - 1)]
        return [*(said if desk.message else []), *([] if self.flagging else [self._keys(width)])]

    def _keys(self, width: int) -> Text:
        desk, key = self.desk, self.bindings.key_of
        if desk.session.phase == ANSWERED:
            first = [(f"{key['reveal']}", ANSWERS[desk.session.usual_rating])]
        else:
            first = how_to_answer(desk.attempt, key["reveal"])
        others = [("?", "help")] if first[0][0] == "esc" else [
            (key[action], action) for action in ("undo", "edit", "skip", "info", "help", "quit")
        ]  # fmt: skip
        streak = styled(f"{self.streak}-day streak ", "quiet") if self.streak > 1 and width >= 60 else Text()
        return spread(hints([*first, *others], width - streak.cell_len - 1), streak, width)


def how_to_answer(attempt: Attempt | None, reveal: str) -> list[tuple[str, str]]:
    """The keys that answer this card, and what they do."""
    if attempt is None or not attempt.picks:
        return [(reveal, "show the answer")]
    if attempt.types:
        return [("esc", "show without typing"), ("enter", "answer")]
    span = f"{attempt.labels[0]}–{attempt.labels[-1]}"
    match attempt.card.kind:
        case "choice":
            return [(span, "choose"), ("enter", "don't know")]
        case "statements":
            return [("y n", "say"), ("enter", "answer")]
        case "order":
            return [(span, "place in order"), ("enter", "answer")]
    return [(span, "choose"), ("enter", "answer")]


def ratings(desk: Desk, bindings: Bindings, width: int) -> list[Text]:
    """The ratings that can be given, each with its key and when the card would come again."""
    now = desk.now()
    parts = []
    for rating, after in desk.outcomes(now).items():
        name = ANSWERS[rating]
        part = styled(bindings.key_of[name], "key").append(f" {name} ", name)
        parts.append(part.append(interval(after, now), "quiet"))
    gap = 4 if width >= 60 else 2
    rows: list[Text] = []
    for part in parts:
        if rows and rows[-1].cell_len + gap + part.cell_len <= width - 1:
            rows[-1].append(" " * gap).append_text(part)
        else:
            rows.append(Text(" ") + part)
    return rows


def interval(state: CardState, now: Moment) -> str:
    """When a card comes again, in few characters: 10m, 3h, 5d, 4.2mo, 1.3y."""
    if state.interval:
        days = state.interval
        if days < 31:
            return f"{days}d"
        return f"{days / 30.4375:.1f}mo" if days < 365 else f"{days / 365.25:.1f}y"
    wait = max(state.due_at - now.at, 0)
    if wait < MINUTE:
        return "<1m"
    if wait < 60 * MINUTE:
        return f"{-(-wait // MINUTE)}m"
    return f"{wait / (60 * MINUTE):.3g}h" if wait < DAY else f"{wait / DAY:.3g}d"
