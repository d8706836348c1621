"""The end of a session: what was done, what was remembered, what tomorrow brings, what has changed for the exam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from dp100cards.clean import duration, many, percent
from dp100cards.scheduler.engine import ANSWERS, RATINGS
from dp100cards.scheduler.event import MINUTE
from dp100cards.session.study import FINISHED
from dp100cards.session.study_session import StudySession
from dp100cards.ui.prose import one_line
from dp100cards.ui.view import Size, bar, rows, said, styled, wrap


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What there is to say at the end of a session, besides what was done in it."""

    asked: int = 0
    recalled: int = 0
    """Of the cards asked today that were learned before: how many were known."""
    new: int = 0
    """Cards begun today."""
    left: int = 0
    """Cards that an ordinary session of today would still ask, those in learning aside."""
    streak: int = 0
    coming: Sequence[int] = ()
    """Cards that fall due on each of the coming days, tomorrow first."""
    new_tomorrow: int = 0
    overdue: int = 0
    overdue_days: int = 0
    """Reviews beyond the day's limit, and in how many days all will be done; 0 if that is not known."""
    learning_in: int | None = None
    """Milliseconds until the next card in learning, if any is left."""
    more_new: int = 0
    """New cards that could be asked on top."""
    exam: Sequence[str] = ()
    """What has changed for the exam, and what to do next."""


def summary(session: StudySession, closing: Closing, nothing: str, size: Size) -> tuple[str, list[Text]]:
    """The title and the lines of a session's end; `nothing` is said if there was nothing to ask."""
    done = session.steps.done
    lines = closing_lines(session, closing, nothing)
    body = [Text()]
    if done and not size.plain and not size.compact:
        counts = {rating: sum(each.rating == rating for each in done) for rating in RATINGS}
        for rating, count in counts.items():
            lead = styled(f"  {ANSWERS[rating]:<6} {count:>4}  ")
            body.append(lead + bar(count / max(counts.values()), max(size.width - 20, 8), ANSWERS[rating]))
        body.append(Text())
    for line in lines[bool(done) and not (size.plain or size.compact) :]:
        body += said(line, size.width - 2)
    coming = closing.coming
    if any(coming) and not size.plain:
        body += [Text(), styled("  Reviews in the coming days", "quiet")]
        for n, count in enumerate(coming, 1):
            lead = styled(f"  {'tomorrow' if n == 1 else f'in {n} days':<10} {count:>4}  ", "quiet")
            body.append(lead + bar(count / max(coming), max(size.width - 24, 8), "accent"))
    return "The end" if size.plain else lines[0].partition(":")[0].rstrip("."), body


def score(session: StudySession, size: Size) -> tuple[str, list[Text]]:
    """The title and the lines of a quiz's end."""
    body = [Text(), *said(score_sentence(session), size.width - 2)]
    for _, card, right in session.practised.values():
        lead = styled("  ✓ " if right else "  ✗ ", "right" if right else "wrong")
        body += [Text(), *rows(lead, wrap(styled(one_line(card.ask)), size.width - 6))]
    return "Quiz", body


def closing_lines(session: StudySession, closing: Closing, nothing: str) -> list[str]:
    """The end of a session in words, most important first; also for what is left on the terminal."""
    done = session.steps.done
    finished = session.phase == FINISHED
    if done:
        took = sum(each.took for each in done)
        parts = [(sum(each.rating == rating for each in done), ANSWERS[rating]) for rating in RATINGS]
        rated = ", ".join(f"{count} {name}" for count, name in parts if count)
        each = f", {duration(took // len(done))} each" if len(done) > 1 else ""
        found = [f"{many(len(done), 'rating')} in {duration(took)}{each}: {rated}."]
    else:
        found = [nothing if finished else "Nothing was rated."]
    if closing.asked:
        share = closing.recalled / closing.asked
        found.append(
            f"Retention today: {percent(share)} ({closing.recalled} of {many(closing.asked, 'learned card')})."
        )
    if closing.new:
        found.append(f"New today: {many(closing.new)}.")
    left = closing.left if finished else session.steps.left["due"] + session.steps.left["new"]
    if left and (done or not finished):
        found.append(f"Left for today: {many(left)}.")
    if closing.learning_in is not None:
        wait = -(-closing.learning_in // MINUTE)
        when = f"in {many(wait, 'minute')}" if wait else "now"
        found.append(f"The next card in learning is due {when}.")
    if closing.overdue:
        found.append(overdue(closing.overdue, closing.overdue_days))
    tomorrow = [
        f"{many(count, noun)}"
        for count, noun in (
            (closing.coming[0] if closing.coming else 0, "review"),
            (closing.new_tomorrow, "new card"),
        )
        if count
    ]
    found.append(f"Tomorrow: {' and '.join(tomorrow) or 'nothing is due'}.")
    if closing.streak:
        found.append(f"Streak: {many(closing.streak, 'day')}.")
    return [*found, *closing.exam]


def overdue(count: int, days: int) -> str:
    """What is said of reviews beyond the day's limit."""
    verb = "follows" if count == 1 else "follow"
    pace = f"; at this pace all are done in {many(days, 'day')}" if days else ""
    return f"{many(count, 'overdue review')} {verb} in the coming days{pace}."


def score_sentence(session: StudySession) -> str:
    """The score of a quiz in words."""
    if not session.practised:
        return "Nothing was answered."
    count = len(session.practised)
    right = sum(right for _, _, right in session.practised.values())
    kept = "The answers count as reviews." if session.options.reviews else "The schedule is unchanged."
    return f"{right} of {many(count, 'question')} right ({percent(right / count)}). {kept}"
