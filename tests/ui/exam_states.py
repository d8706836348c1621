"""Screens of an exam in states worth a picture."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO
from types import SimpleNamespace
from typing import Any

from dp100cards.cards import Card, Choice, Option, key
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.draw import draw_paper
from dp100cards.exam.score import score
from dp100cards.exam.sitting import Sitting, SittingEvent, replay
from dp100cards.scheduler.event import CardState, Moment
from dp100cards.session.exam import ExamResult, ExamSession
from dp100cards.ui.exam import Exam, Review
from dp100cards.ui.exam_pages import Opening, OutcomePage, ResultPage
from dp100cards.ui.terminal import Lines
from dp100cards.ui.view import Ask, Screen

PLAN = read_blueprint("dp-100")
NOWHERE: tuple[Any, Any, Callable[[], Moment]] = (
    SimpleNamespace(record_all=list, state=lambda card: CardState(card=card)),
    SimpleNamespace(key_of=str, ids=set, note=lambda _: None),
    lambda: Moment(0),
)
"""What a result records, the decks and the clock, where they do not matter."""


def in_hand(here: Sitting, *events: SittingEvent) -> Sitting:
    """A sitting that is kept nowhere."""
    return replay(here, events)


YES_OR_NO = [("y", "yes", True), ("n", "no", False), ("enter", "no", False)]
STEMS = (
    "Training data arrives each night in Azure Data Lake. Which asset does the job use?",
    "Nobody works at night. Which setting saves most?", "Which sampling method suits a small budget?",
    "A script must log the metric of a sweep. Under which name?", "Who may deploy models, with least privilege?",
    "Which file says what a model takes in?", "How are 4 GB of images scored each Sunday?",
)  # fmt: skip


def paper(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Thirty questions, two of them on a scenario."""
    options = (
        Option("A data asset of type uri_folder", right=True),
        Option("A datastore"),
        Option("A feature store"),
    )
    ids = [id_ for id_ in PLAN.skills if not id_.startswith("dp-100/4")]
    made: list[Card] = [
        Choice(
            id=f"q-{n}", deck="q", ask=STEMS[n % len(STEMS)], options=options, skills=(ids[n * 2 % len(ids)],)
        )
        for n in range(30 - len(cards))
    ]
    return PLAN.arranged([*(replace(card, skills=card.skills or ("dp-100/3.18",)) for card in cards), *made])


def running(cards: Sequence[Card], at: int, *keys: str, seconds: float = 1267.0, answered: int = 0) -> Exam:
    """An exam at a question, after some keys."""
    questions = paper(cards)
    made = Sitting(1, PLAN, 5, questions, 60)
    happened = [SittingEvent("sections")]
    happened += [SittingEvent("answer", n, json.dumps(list(key(questions[n])))) for n in range(answered)]
    started = replay(made, [*happened, SittingEvent("mark", 4, "1"), SittingEvent("go", at)])
    watch = iter([0.0])
    session = ExamSession(started, in_hand, lambda: next(watch, seconds))
    screen = Exam(Lines(StringIO(), StringIO()), session)
    screen.beat()
    for each in keys:
        screen.press(each)
    return screen


def finished(cards: Sequence[Card]) -> ExamResult:
    """An exam of which two thirds went right."""
    questions = paper(cards)
    happened = []
    for n, card in enumerate(questions):
        spent = 80_000 * n + 9000 * (n % 4)
        happened.append(SittingEvent("go", n, "", spent))
        answer = json.dumps(list(key(card)) if n % 3 else [1])
        happened += [SittingEvent("answer", n, answer, spent + 30_000)] if n != 7 else []
    here = Sitting(3, PLAN, 5, questions, 60, begun=Moment(1_795_947_120_000))
    here = replay(here, [SittingEvent("mark", 4, "1"), *happened, SittingEvent("submit", 0, "", 2_520_000)])
    return ExamResult(score(here), *NOWHERE)


def exam_screens(cards: Sequence[Card]) -> dict[str, Screen]:
    """Opening, questions, review, result; `cards` are a question with a source, and one on a scenario."""
    lines = Lines(StringIO(), StringIO())
    opening, found = (
        Opening(lines, replace(draw_paper(PLAN, paper(cards), 1, asked={}), minutes=60)),
        finished(cards),
    )
    details = Opening(lines, opening.paper)
    details.details = True
    case = next(n for n, card in enumerate(paper(cards)) if card.scenario)
    handing = running(cards, 3, answered=12)
    reviewed = running(cards, 4, answered=21)
    chosen = ResultPage(lines, found)
    chosen.press("down")
    wrong = next(n for n, outcome in enumerate(found.outcomes) if outcome.card.source)
    return {
        "exam-opening": opening, "exam-opening-details": details, "exam-question": running(cards, 0, "b", "-", "a", "*"),
        "exam-case": running(cards, case), "exam-review": Review(lines, reviewed.session),
        "exam-hand-in": Ask(handing, handing.session.before_handing_in + " [y/N]", YES_OR_NO), "exam-result": ResultPage(lines, found),
        "exam-result-questions": chosen, "exam-result-question": OutcomePage(lines, found, wrong),
    }  # fmt: skip
