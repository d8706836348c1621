"""Sentences about the figures, for every command that shows some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from dp100cards.clean import duration, many, percent
from dp100cards.scheduler.engine import ANSWERS, RATINGS
from dp100cards.scheduler.event import MINUTE
from dp100cards.scheduler.queue import Work
from dp100cards.session.study import DUE, FINISHED, NEW, StudySession
from dp100cards.ui.pages import Closing

if TYPE_CHECKING:  # 20 ms, see AppContext.statistics
    from dp100cards.exam.sitting import Forecast
    from dp100cards.readiness import Readiness
    from dp100cards.store.statistics import Statistics


def chance(found: Readiness | Forecast) -> str:
    """The chance to pass, as a range."""
    low, high = round(found.low * 100), round(found.high * 100)
    if not low:
        return f"under {max(high, 1)} %"
    if high == 100:
        return f"over {min(low, 99)} %"
    return f"{low}–{high} %" if low < high else f"about {high} %"


def chance_now(figures: Statistics) -> str:
    """The chance to pass; "" for decks without a blueprint, which are no exam, and while no card is begun."""
    return chance(figures.readiness) if figures.exam.id and figures.total.begun else ""


def next_step(figures: Statistics) -> str:
    """What raises the chance most per minute, new cards only where the plan for the exam's day brings any; or ""."""
    none_new = figures.days_left is not None and not figures.limits.new
    for step in figures.steps:
        title = figures.exam.area_title(step.area) if step.area else ""
        what = {
            "new": f"{many(step.count, 'new card')} of {title}",
            "due": f"the {many(step.count)} that {'is' if step.count == 1 else 'are'} due",
            "mock": f"a mock exam with {many(step.count, 'question')}, most of all {title}",
        }[step.kind]
        if step.kind != "new" or not none_new:
            gain = "raises your chance" if figures.exam.id else "helps"
            time = many(max(round(step.minutes), 1), "minute")
            return f"What {gain} most per minute: {what}, about {time}."
    return ""


def overdue(work: Work) -> str:
    """What is said of reviews beyond the day's limit."""
    verb = "follows" if work.held_back == 1 else "follow"
    return f"{many(work.held_back, 'overdue review')} {verb} in the coming days." if work.held_back else ""


def begun(session: StudySession, figures_of: Callable[[], Statistics]) -> str:
    """What there is to say at the beginning: mistakes in the decks, a backlog."""
    said = []
    if mistakes := len(session.index.problems()):
        said.append(f"{many(mistakes, 'mistake')} in the decks: dp100 check. The sound cards are asked.")
    if session.queue.held_back:
        figures = figures_of()
        said.append(f"Today brings {many(session.left['due'], 'review')}, the most urgent first.")
        said.append(overdue(figures.work))
        if figures.total.new and session.queue.new_held_back:
            said.append("New cards wait until then.")
    return " ".join(said)


def closing_of(figures: Statistics, session: StudySession, nothing: str) -> Closing:
    """A session's end in words, with what it has changed for the exam."""
    work, today = figures.work, figures.done
    done, learning, finished = session.done, session.learning, session.phase == FINISHED
    coming, most = figures.coming(8)[1:], figures.limits.reviews
    waiting = coming[0] + work.held_back
    coming[0] = max(coming[0], min(waiting, most))
    took, counts = sum(event.took for event in done), Counter(event.rating for event in done)
    rated = ", ".join(f"{counts[rating]} {ANSWERS[rating]}" for rating in RATINGS if counts[rating])
    each = f", {duration(took // len(done))} each" if len(done) > 1 else ""
    known = f"{today.recalled} of {many(today.asked, 'learned card')}"
    left = work.due + work.new if finished else session.left[DUE] + session.left[NEW]
    wait = -(-max(learning[0][0] - figures.now.at, 0) // MINUTE) if learning else 0
    when = f"in {many(wait, 'minute')}" if wait else "now"
    tomorrow = {"review": coming[0], "new card": 0 if waiting > most else figures.new_tomorrow(waiting)}
    due = " and ".join(many(count, noun) for noun, count in tomorrow.items() if count)
    now = chance_now(figures) if done else ""
    then = chance(figures.readiness_before(session.before)) if now else ""
    said = (
        f"{many(len(done), 'rating')} in {duration(took)}{each}: {rated}." if done else "",
        "" if done else nothing if finished else "Nothing was rated.",
        f"Retention today: {percent(today.recalled / today.asked)} ({known})." if today.asked else "",
        f"New today: {many(today.new)}." if today.new else "",
        f"Left for today: {many(left)}." if left and (done or not finished) else "",
        f"The next card in learning is due {when}." if learning else "",
        overdue(work),
        f"Tomorrow: {due or 'nothing is due'}.",
        f"Streak: {many(figures.streak.days, 'day')}." if figures.streak.days else "",
        f"Chance to pass: {now}{f'; before this session {then}' * (then != now)}." if now else "",
        next_step(figures) if done else "",
    )
    more_new = 0 if session.queue.new_held_back else figures.total.new
    return Closing(list(filter(None, said)), coming, today.new, more_new)
