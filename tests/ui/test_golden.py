"""Each screen at four sizes, as pictures that were looked at. `python -m tests.ui.pictures` writes them anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dp100cards.cards import (
    Card,
    Choice,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Source,
    Statements,
)
from dp100cards.config import Settings
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import DAY, CardState, Event, Moment
from dp100cards.scheduler.queue import Group, Progress, Queue, Work
from dp100cards.session.study import SessionOptions, StudySession
from dp100cards.ui import pages
from dp100cards.ui.browser import Browser
from dp100cards.ui.browser import Row as Row_
from dp100cards.ui.home import (
    Home,
    HomeScreen,
    coming,
    heatmap,
    maturity,
    mocks,
    retention,
    statistics_page,
    table,
)
from dp100cards.ui.keys import Bindings
from dp100cards.ui.pages import Closing
from dp100cards.ui.study import Helpers, StudyScreen
from dp100cards.ui.terminal import Lines
from dp100cards.ui.view import Ask, Screen
from tests.ui.exam_states import YES_OR_NO, exam_screens
from tests.ui.pictures import DOCS, GOLDEN, README, pictures

NOW = Moment(1_795_420_800_000, 60)
PAGE = Source(
    note="05-deploy/endpoints.md", lines=(41, 43), quote="An online endpoint serves requests at once.",
    title="What are online endpoints?", url="https://learn.microsoft.com/azure/machine-learning/concept-endpoints",
    date="2026-08-14",
)  # fmt: skip
NOTE = "# Endpoints\n\n## Online\n\n" + "\n".join(f"Line {n} of the note on endpoints." for n in range(5, 60))
CHOICE = Choice(
    id="endpoints-4f2a", deck="deploy", source=PAGE, tags=("endpoints",), skills=("dp-100/3.17",),
    ask="A web shop must score each order **while the customer waits**. Which endpoint do you create?",
    options=(
        Option("A managed online endpoint", True, "It answers single requests with low latency and scales by itself."),
        Option("A batch endpoint", False, "It scores large amounts of data in jobs; nobody waits for the answer."),
        Option("A pipeline that runs every minute", False, "The customer would wait for the next run."),
        Option("A compute instance", False, "It is a machine for one developer, not a service."),
    ),
    explain="“While the customer waits” asks for real time. Use `az ml online-endpoint create`.",
)  # fmt: skip
CASE = Choice(
    id="case-1", deck="case-studies", ask="Where should the training data be stored?", options=CHOICE.options[:3],
    scenario=Scenario(
        "contoso",
        "Contoso sells shoes in 14 countries. Its data science team has six members.\n\n"
        "**Data.** 4 TB of orders are in Azure Data Lake Storage Gen2. New files arrive each night.\n\n"
        "**Requirements.** Training must run without copying the data. Access goes through the identity of the user."
        " Costs must be attributed to each team. Experiments must be repeatable for a year.",
    ),
)  # fmt: skip
CODE = Code(
    id="code-1", deck="train", ask="Complete the command job.", language="python",
    code="from azure.ai.ml import command, Input\n\njob = command(\n    code=\"./src\",  # the training script\n"
    "    command=\"python train.py --data ${{inputs.data}}\",\n    inputs={\"data\": {{Input}}(type=\"{{uri_folder}}\")},\n"
    "    compute=\"cpu-cluster\",\n)\nml_client.{{create_or_update}}(job)",
    wrong=(("Output", "Data"), ("uri_file", "mltable"), ("submit", "begin_create")),
    explain="`${{inputs.data}}` is replaced by the path at run time.",
)  # fmt: skip
ORDER = Order(
    id="order-1", deck="deploy", ask="You deploy a model with MLflow. In which order do you do these steps?",
    items=("Train and log the model", "Register the model", "Create the endpoint", "Create the deployment"),
    extra=("Write a scoring script",),
)  # fmt: skip
MATCH = Match(
    id="match-1", deck="design", ask="Match each compute target to its use.", extra=("Stores features",),
    pairs=(
        Pair("Compute instance", "A developer's workstation"), Pair("Compute cluster", "Scales out for training"),
        Pair("Kubernetes cluster", "Deployment under your own control"),
    ),
)  # fmt: skip
SERIES = Statements(
    id="series-1", deck="design", ask="For each statement about workspaces, is it true?",
    statements=(
        Option("A workspace can be moved to another region.", False, "It must be created anew there."),
        Option("It keeps the history of all training runs.", True, "Jobs and their metrics belong to the workspace."),
    ),
)  # fmt: skip
MULTIPLE = Multiple(
    id="multiple-1", deck="design", ask="Which two are parts of an environment?",
    options=(
        Option("A base image", True), Option("Conda dependencies", True), Option("A datastore"), Option("A model"),
    ),
)  # fmt: skip
CARDS: dict[str, Card] = {card.id: card for card in (CHOICE, CASE, CODE, ORDER, MATCH, SERIES, MULTIPLE)}
EVENTS = [
    Event(card=CHOICE.id, kind="review", moment=Moment(NOW.at - n * 6 * DAY), rating=rating, took=6000)
    for n, rating in ((5, 3), (3, 1), (2, 3), (1, 4))
]
TITLES = {"deploy": "Deploy and consume models", "design": "Design a solution", "train": "Train models",
          "case-studies": "Case studies"}  # fmt: skip


class Records:
    """What a session needs, without a disk."""

    engine = Engine()

    def __init__(self, novice: bool = False) -> None:
        self.novice = novice

    def version(self) -> int:
        return 1

    def state(self, card: str) -> CardState:
        return CardState(
            card=card, phase="review", stability=9.3, difficulty=5.4, due_day=20780, interval=8, reps=4, lapses=1,
            last_at=NOW.at - 8 * DAY, first_day=20700, flag=2 if card == MATCH.id else 0, marked=card == MATCH.id,
        )  # fmt: skip

    def record_all(self, events: Sequence[Event]) -> list[Event]:
        return list(events)

    def undo(self, event: Event, moment: Moment) -> Event:
        return event

    def undoable(self) -> Iterator[Event]:
        return iter(() if self.novice else EVENTS[:1])

    def events(self, card: str) -> Iterator[Event]:
        return iter(EVENTS)

    def back_up(self) -> None:
        return


def studied(
    card: Card, *keys: str, quiz: bool = False, novice: bool = False, bindings: Bindings | None = None
) -> StudyScreen:
    """A session at a card, after some keys."""
    index = cast(
        Any,
        SimpleNamespace(
            card=CARDS.get,
            note=lambda _: NOTE,
            siblings=lambda _: [],
            problems=list,
            decks=lambda: [SimpleNamespace(name=name, title=title) for name, title in TITLES.items()],
        ),
    )
    others = [id_ for id_ in CARDS if id_ != card.id][:3]
    options = SessionOptions(cards=(card.id, *others), quiz=quiz, seed="golden")
    session = StudySession(Records(novice), index, lambda: NOW, lambda *_: Queue(), options)
    closing = Closing(
        new=10, coming=(14, 9, 4, 6, 2, 0, 3), more_new=80,
        lines=(
            "4 ratings in 0 seconds, 0 seconds each: 3 again, 1 hard.",
            "Retention today: 92 % (22 of 24 learned cards).", "New today: 10 cards.",
            "The next card in learning is due in 12 minutes.", "Tomorrow: 14 reviews and 10 new cards.",
            "Streak: 8 days.", "Chance to pass on 15 January: 41–58 %, up from 38–55 %.",
            "Next: a mock exam of 20 questions on Optimize language models, about 40 minutes.",
        ),
    )  # fmt: skip
    helpers = Helpers(
        closing=lambda session: Closing([pages.score_sentence(session)]) if quiz else closing,
        streak=lambda: 8,
        begun=lambda: "",
    )  # fmt: skip
    screen = StudyScreen(Lines(), session, bindings or Bindings(Settings()), helpers)
    screen.opened()
    for key in keys:
        screen.press(key)
    return screen


def group(title: str, cards: int, begun: int, recall: float) -> Group:
    at = Progress(cards=cards, young=begun - begun // 6, mature=begun // 6, recalled=begun * recall)
    return Group(id=title, title=title, progress=at)


HOME = Home(
    name="DP-100", today=date(2026, 11, 29), days=47, work=Work(due=6, learning=4, new=10, seconds=13.5),
    streak=8, total=Progress(cards=540, young=222, mature=34, recalled=256 * 0.92), chance="41–58 %", mocks=(540, 655, 710),
    week=[n != 3 for n in range(7)],
    decks=[
        group("Design a machine learning solution", 142, 101, 0.94),
        group("Explore data and run experiments", 131, 80, 0.91),
        group("Train and deploy models", 160, 75, 0.9),
        group("Optimize language models", 107, 0, 0.0),
    ],
    said=["What raises your chance most per minute: 10 new cards of Optimize language models, about 7 minutes.",
          "Your notes have changed since the last build."], can_build=True, is_open=True,
)  # fmt: skip
SUMMARY = [
    "256 of 540 cards begun · 34 mature · recall 92 % of begun · streak 8 days, longest 21",
    "2,113 reviews in 4 hours 40 minutes; today 24.",
    "Chance to pass: 41–58 %.",
]  # fmt: skip
REVIEWS = [(n * 37 + n * n) % 61 if n % 9 else 0 for n in range(84)]
MOCKS = [
    ("2026-10-31", 540, "not passed", ""),
    ("2026-11-14", 655, "not passed", "forecast before it: chance to pass 20–41 %"),
    ("2026-11-28", 710, "passed", "forecast before it: chance to pass 38–55 %"),
]
CHARTS = {
    "Reviews in twelve weeks": partial(heatmap, REVIEWS, [(1, "Oct"), (5, "Nov")]),
    "Retention by week": partial(retention, [(40 + n, 50 + n) for n in range(12)]),
    "Cards falling due": partial(coming, [6, 14, 9, 4, 6, 2, 0, 3, 8, 11, 5, 2, 1, 0, 4, 6] * 2),
    "Maturity": partial(maturity, {"new": 284, "learning": 12, "young": 210, "mature": 34}),
    "Decks": partial(table, HOME.decks),
    "Areas of the exam": partial(table, []),
    "Mock exams": partial(mocks, MOCKS, 700),
}


def browser(*keys: str) -> Browser:
    words = ("6 days ago", "due", "new", "suspended")
    rows = [Row_(card, card.ask, "", words[n % 4]) for n, card in enumerate(CARDS.values())]
    index = cast(Any, SimpleNamespace(card=CARDS.get))
    screen = Browser(Lines(), Records(), index, lambda: NOW, lambda: rows)
    for key in keys:
        screen.press(key)
    return screen


def screens() -> dict[str, Screen]:
    """Every screen, in a state worth a picture."""
    end = studied(CHOICE, *("a", "enter", "enter", "space") * 4)
    asking = studied(CHOICE)
    bindings = Bindings(Settings())
    return {
        "study-question": studied(CHOICE, "b"),
        "study-answer": studied(CHOICE, "b", "enter"),
        "study-first-answer": studied(MULTIPLE, "a", "c", "enter", novice=True),
        "study-code": studied(CODE, "a"),
        "study-code-answer": studied(CODE, "a", "b", "a", "enter"),
        "study-case": studied(CASE),
        "study-case-answer": studied(CASE, "a", "enter"),
        "study-order": studied(ORDER, "b", "d", "down"),
        "study-order-answer": studied(ORDER, "a", "b", "c", "d", "enter"),
        "study-match": studied(MATCH, "b", "enter", "enter"),
        "study-series-answer": studied(SERIES, "y", "y", "enter"),
        "study-wrong-key": studied(MULTIPLE, "a", "enter"),
        "study-end": end,
        "quiz-end": studied(CHOICE, "a", "enter", "q", quiz=True),
        "help": pages.help_page(pages.card_keys(bindings, rated=True)),
        "info": pages.info_page(CHOICE, Records(), NOW),
        "source": pages.note_page(CHOICE, cast(Any, SimpleNamespace(note=lambda _: NOTE))),
        "home": HomeScreen(Lines(), max, lambda: HOME),
        "home-new": HomeScreen(
            Lines(),
            max,
            lambda: Home(
                name="DP-100",
                today=date(2026, 11, 29),
                work=Work(new=10, seconds=8),
                total=Progress(cards=540),
            ),
        ),
        "statistics": statistics_page(SUMMARY, CHARTS),
        "cards-filter": browser(*"endpoint"),
        "cards": browser("down", "down"),
        "ask": Ask(asking, "Give up the open exam and begin a new one? [y/N]", YES_OR_NO),
        **exam_screens([CHOICE, CASE]),
    }


@pytest.mark.parametrize("name", sorted(screens()))
def test_a_screen_is_as_it_was_looked_at(name: str) -> None:
    drawn = pictures({name: screens()[name]})
    for file, picture in drawn.items():
        assert (GOLDEN / file).read_text(encoding="utf-8") == picture, f"{file}: python -m tests.ui.pictures"


@pytest.mark.parametrize("name", sorted(README))
def test_the_pictures_of_the_readme_are_golden_ones(name: str) -> None:
    assert (DOCS / name).read_bytes() == (GOLDEN / README[name]).read_bytes()


def test_no_picture_is_left_over() -> None:
    known = {f"{name}-{size}.svg" for name in screens() for size in ("80x24", "120x40", "40x12", "plain")}
    assert {path.name for path in GOLDEN.glob("*.svg")} == known
