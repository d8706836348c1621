"""The end of a session: what was done, what tomorrow brings, and what one can do now."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from dp100cards.scheduler.days import MINUTE
from dp100cards.scheduler.engine import ANSWERS, RATINGS
from dp100cards.scheduler.forecast import due_by_day
from dp100cards.scheduler.queue import LONGEST_MELT
from dp100cards.session.study import FINISHED, next_learning
from dp100cards.store.history import Day
from dp100cards.ui.amounts import duration, many
from dp100cards.ui.bindings import Bindings
from dp100cards.ui.desk import Desk
from dp100cards.ui.footer import hints
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import styled, wrapped


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What there is to say at the end, in figures."""

    ratings: dict[int, int]
    """How often each rating was given in this session."""
    took: int
    """Milliseconds on the cards of this session."""
    today: Day
    streak: int
    coming: list[int]
    """How many cards fall due on each of the coming days, today first."""
    in_learning: int | None
    """Milliseconds until the next learning card, if any is left."""
    held_back: int
    melts_in: int
    new_held_back: bool
    left: int
    """Reviews and new cards of today's queue that were not asked."""
    finished: bool
    """Was everything asked that there was to ask?"""
    new_left: int
    """Cards of the decks that were never asked."""

    @property
    def done(self) -> int:
        """How many ratings were given in this session."""
        return sum(self.ratings.values())


def reckon(desk: Desk) -> Summary:
    """The figures of a session as it stands."""
    session, now = desk.session, desk.now()
    states = list(desk.states_of_cards())
    learning = next_learning(session)
    held_back, melts_in = desk.backlog() if desk.wishes.cram is None else (0, 0)
    coming = due_by_day(states, now, desk.engine, 8)
    # What waits comes with the rest of tomorrow's, as far as the limit allows.
    coming[1] = max(coming[1], min(coming[1] + held_back, desk.wishes.limits.reviews))
    new_left = desk.never_asked()
    return Summary(
        ratings={rating: sum(done.rating == rating for done in session.done) for rating in RATINGS},
        took=sum(done.took for done in session.done),
        today=desk.today(),
        streak=desk.streak(),
        coming=coming,
        in_learning=None if learning is None else max(learning - now.at, 0),
        held_back=held_back,
        melts_in=melts_in,
        new_held_back=desk.queue.new_held_back,
        left=session.left["due"] + session.left["new"],
        finished=session.phase == FINISHED,
        new_left=new_left,
    )


def sentences(summary: Summary) -> list[str]:
    """The summary in words, most important first; for the linear form, and for what is left on the terminal."""
    found = []
    if summary.done:
        rated = ", ".join(f"{n} {ANSWERS[rating]}" for rating, n in summary.ratings.items() if n)
        each = f", {duration(summary.took // summary.done)} each" if summary.done > 1 else ""
        found.append(f"{many(summary.done, 'rating')} in {duration(summary.took)}{each}: {rated}.")
    else:
        found.append("Nothing is due now." if summary.finished else "Nothing was rated.")
    if summary.today.retention is not None:
        known = f"{summary.today.recalled} of {summary.today.asked}"
        found.append(f"Remembered today: {summary.today.retention:.0%} ({known} learned cards).")
    if summary.today.new:
        found.append(f"New today: {many(summary.today.new)}.")
    if summary.in_learning is not None:
        wait = -(-summary.in_learning // MINUTE)
        when = f"in {many(wait, 'minute')}" if wait else "now"
        found.append(f"The next card in learning is due {when}: type dp100 study then.")
    if summary.left:
        found.append(f"Left for today: {many(summary.left)}.")
    if summary.held_back:
        found.append(backlog(summary))
    found.append(f"Tomorrow: {tomorrow(summary)}.")
    if summary.streak:
        found.append(f"Streak: {many(summary.streak, 'day')}.")
    return found


def tomorrow(summary: Summary) -> str:
    """What the next day brings."""
    if summary.coming[1]:
        reviews = f"{many(summary.coming[1])} to review"
    else:
        reviews = "what is still in learning" if summary.in_learning is not None else "no reviews"
    return f"{reviews}, and new ones" if summary.new_left else reviews


def backlog(summary: Summary) -> str:
    """What is left for later, and that it melts."""
    verb = "waits" if summary.held_back == 1 else "wait"
    text = f"{many(summary.held_back, 'review')} more {verb} for the coming days"
    return f"{text}{melting(summary.melts_in)}{held_back(summary.new_held_back)}."


def announced(desk: Desk) -> str:
    """What there is to say of a backlog when a session begins."""
    more, days = desk.backlog()
    today = desk.session.left["due"]
    brings = f"Today brings {today}, the most urgent first" if today else "Those of today are done"
    return (
        f"{many(more + today, 'review')} {'is' if more + today == 1 else 'are'} due. {brings}"
        f"{melting(days)}{held_back(desk.queue.new_held_back)}."
    )


def mistaken(desk: Desk) -> str:
    """That there are mistakes in the decks; "" if there are none."""
    count = len(desk.index.problems())
    return f"{many(count, 'mistake')} in the decks: dp100 check. The sound cards are asked." if count else ""


def melting(days: int) -> str:
    """When a backlog will have been dealt with."""
    return f"; at this pace all are done in {many(days, 'day')}" if days < LONGEST_MELT else ""


def held_back(new: bool) -> str:
    """That new cards wait for it."""
    return ", and until then there are no new cards" if new else ""


def show(stage: Stage, desk: Desk, bindings: Bindings) -> bool:
    """Show the summary; True if the session goes on (something was undone, or more is asked)."""
    desk.message = ""
    summary = reckon(desk)
    stage.paint(lambda width, _: frame(stage, summary, bindings, width))
    while True:
        key = stage.key()
        action = bindings.action(key) if key else ""
        if action == "undo":
            desk.undo()
            if desk.session.shows_card:
                return True
        elif key == "n" and summary.new_left and not summary.new_held_back:
            desk.more_new()
            if desk.session.shows_card:
                return True
        elif action in ("quit", "reveal") or key in ("enter", "esc"):
            return False
        elif key:
            stage.scroll(key)


def frame(stage: Stage, summary: Summary, bindings: Bindings, width: int) -> Frame:
    """The picture of a summary."""
    body = [Text()]
    if summary.done:
        body += [*rating_bars(summary, width), Text()]
    for sentence in sentences(summary)[bool(summary.done) :] if summary.done else sentences(summary):
        body += [Text("  ") + line for line in wrapped(Text(sentence), stage.console, width - 4)]
    body += [Text(), *week(summary, width)]
    title = (
        f"{many(summary.done, 'rating')} in {duration(summary.took)}"
        if summary.done
        else "Nothing is due now"
    )
    keys = [(bindings.key_of["quit"], "quit"), (bindings.key_of["undo"], "undo")]
    if summary.new_left and not summary.new_held_back:
        keys.insert(1, ("n", "more new cards"))
    return Frame(
        header=[styled(f" {title}", "title"), styled("━" * width, "bar.done")],
        body=body,
        footer=[styled("─" * width, "rule"), hints(keys, width)],
    )


def rating_bars(summary: Summary, width: int) -> list[Text]:
    """How often each rating was given, as bars."""
    room = max(width - 20, 8)
    most = max(summary.ratings.values())
    rows = []
    for rating, count in summary.ratings.items():
        name = ANSWERS[rating]
        bar = "━" * max(round(room * count / most), int(count > 0))
        rows.append(Text(f"  {name:<6} {count:>4}  ").append(bar, name))
    return rows


def week(summary: Summary, width: int) -> list[Text]:
    """What falls due in the coming week, as bars."""
    coming = summary.coming[1:8]
    if not any(coming):
        return []
    room = max(width - 24, 8)
    rows = [styled("  To review in the coming days", "quiet")]
    for n, count in enumerate(coming, 1):
        bar = "━" * max(round(room * count / max(coming)), int(count > 0))
        name = "tomorrow" if n == 1 else f"in {n} days"
        rows.append(styled(f"  {name:<10} {count:>4}  ", "quiet").append(bar, "accent"))
    return rows
