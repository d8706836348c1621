"""Home, the short line, statistics, plan and exam report say the same, on every day of a month."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import key
from dp100cards.cli.main import run
from dp100cards.config import StudyOptions
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.exam.draw import Paper
from dp100cards.exam.score import score
from dp100cards.exam.sitting import SittingEvent
from dp100cards.scheduler.event import DAY, MINUTE, Event, Moment
from dp100cards.store import sittings
from dp100cards.store.daily import ExamPlan, Today, keep_exam_plan, todays_queue
from dp100cards.store.statistics import Statistics
from dp100cards.store.store import Store

START = 1_795_420_800_000
EXAM = read_blueprint("dp-100")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for area in ("train", "design", "optimize"):
        write_deck(tmp_path / "home" / "decks", area, 30)
    return tmp_path / "home"


def write_deck(decks: Path, area: str, number: int) -> None:
    decks.mkdir(parents=True, exist_ok=True)
    cards = "".join(
        f"  - {{id: {area}-{n}, kind: choice, ask: 'What is {area} {n}?', options: [{{text: a, right: true}}, {{text: b}}]}}\n"
        for n in range(number)
    )
    text = f"deck: {area}\ntitle: {area.title()}\narea: {area}\ncards:\n{cards}"
    (decks / f"{area}.yaml").write_text(text, encoding="utf-8")


def test_no_two_screens_contradict_each_other_in_a_month(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(4)

    def dp100(day: int, *arguments: str) -> str:
        at = datetime.fromtimestamp((START + day * DAY + 600 * MINUTE) / 1000, UTC)
        monkeypatch.setenv("DP100_NOW", at.isoformat())
        assert run(["--home", str(home), "--data", str(tmp_path / "data"), *arguments]) == 0
        return capsys.readouterr().out

    for day in range(30):
        if day == 3:
            dp100(day, "plan", "--exam-date", "2026-12-20", "--minutes", "6")
        if day not in (6, 14, 15):
            study(home, tmp_path / "data", day, rng)
        if day in (9, 20):
            sit(home, tmp_path / "data", day, rng)
        if day % 3 == 0:
            agree(
                dp100(day), dp100(day, "--short"), json.loads(dp100(day, "stats", "--json")),
                dp100(day, "plan"), dp100(day, "exam", "list"), dp100(day, "stats", "--plain"),
            )  # fmt: skip
    with opened(home, tmp_path / "data", 29) as (store, index, now):
        figures = Statistics(store, index, EXAM, now, StudyOptions())
        assert len(figures.mocks) == 2
        for mock in figures.mocks:
            kept = sittings.load(store, mock.sitting.id)
            assert kept is not None
            assert score(kept).score == mock.score
            missed, known = figures.relearned(mock)
            assert set(known) <= set(missed)
            assert all(figures.is_known(card) for card in known)
        assert figures.total.begun > 20
        store.record(Event("train-0", "reject", now))
        fewer = Statistics(store, index, EXAM, now, StudyOptions())
        assert fewer.total.cards == figures.total.cards - 1, "a rejected card is counted nowhere"
        assert sum(deck.progress.cards for deck in fewer.decks) == fewer.total.cards


class opened:  # noqa: N801
    """A store and the decks at ten in the morning of a day."""

    def __init__(self, home: Path, data: Path, day: int) -> None:
        self.now = Moment(START + day * DAY + 540 * MINUTE)
        self.store = Store.open(data, self.now)
        self.index = Index.open(Collection(home), data / "cache")

    def __enter__(self) -> tuple[Store, Index, Moment]:
        return self.store, self.index, self.now

    def __exit__(self, *_: object) -> None:
        self.index.close()
        self.store.close()


def study(home: Path, data: Path, day: int, rng: random.Random) -> None:
    """Most of a day's session, or half of it."""
    with opened(home, data, day) as (store, index, now):
        figures = Statistics(store, index, EXAM, now, StudyOptions())
        queue = todays_queue(store, index, now, figures.limits)
        due = [card for _, card in queue.learning] + list(queue.main)
        for n, card in enumerate(due[: len(due) if rng.random() < 0.7 else len(due) // 2]):
            for again in range(2):
                moment = now.later((n * 2 + again) * 9000)
                rating = rng.choice((1, 3, 3, 3, 4))
                store.record(Event(card=card, kind="review", moment=moment, rating=rating, took=6000))
        if day == 12:
            store.record_all(
                [Event(card=card, kind="suspend", moment=now) for card in ("train-1", "design-1")]
            )


def sit(home: Path, data: Path, day: int, rng: random.Random) -> None:
    with opened(home, data, day) as (store, index, now):
        cards = tuple(rng.sample(list(index.cards()), 20))
        sitting = sittings.create(
            store, Paper(plan=EXAM, cards=cards, wanted=len(cards), seed=day, minutes=40), now
        )
        for n, card in enumerate(cards):
            answer = json.dumps(list(key(card))) if rng.random() < 0.6 else "[1]"
            sitting = sittings.record(store, sitting, now, SittingEvent("go", n, "", n * 5000))
            sitting = sittings.record(store, sitting, now, SittingEvent("answer", n, answer, n * 5000))
        sitting = sittings.record(store, sitting, now, SittingEvent("submit", 0, "", 99_000))


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def agree(home: str, short: str, stats: dict[str, Any], said: str, exams: str, page: str) -> None:
    """The figures of all screens, at one moment; `said` is the plan."""
    for what in ("due", "learning", "new"):
        assert number(rf"(\d+) {what}\b", home) == number(rf"(\d+) {what}\b", short), what
    assert number(r"streak (\d+) day", home) == stats["streak"]
    assert number(r"streak (\d+)", short) == (stats["streak"] if stats["streak"] > 1 else 0)
    begun, cards = stats["begun"], stats["cards"]
    assert f"{begun} of {cards} cards begun" in home
    assert sum(stats["counts"][name] for name in ("learning", "young", "mature")) == begun
    assert sum(deck["begun"] for deck in stats["decks"]) == begun
    over = [int(score) for score in re.findall(r"questions\s+(\d+)  ", exams)]
    assert [mock["score"] for mock in stats["mocks"]] == over
    assert all(str(score_) in home for score_ in over)
    if begun:
        assert f"recall {stats['recall_of_begun'] * 100:.0f} % of begun" in home
        chance = re.search(r"Chance to pass: (.+)", home)
        assert chance is not None
        assert f": {chance[1]}, from {begun} of {cards} cards begun and {len(over)} mock exam" in said
        assert f"Chance to pass: {chance[1]}." in page
    if days := number(r"in (\d+) days?\.", said):
        assert f"exam in {days} day" in home
        assert f"exam in {days} day" in short
        assert number(r"≈ (\d+) min", home) == number(r"Today: .*about (\d+) minute", said)
        assert number(r"(\d+) new card", said.split("\n")[1]) == number(r"(\d+) new\b", home)


def test_the_days_number_of_new_cards_stays_the_same_all_day(home: Path, tmp_path: Path) -> None:
    rng = random.Random(2)
    with opened(home, tmp_path / "data", 0) as (store, index, now):
        keep_exam_plan(store, EXAM.name, ExamPlan(day=date(2026, 12, 20), minutes=9), now)
        numbers = []
        for _ in range(6):
            figures = Statistics(store, index, EXAM, now, StudyOptions())
            numbers.append(figures.limits.new)
            queue = figures.queue
            for card in rng.sample(queue.main, min(2, len(queue.main))):
                store.record(Event(card=card, kind="review", moment=now, rating=3, took=5000))
        assert len(set(numbers)) == 1
        assert numbers[0] > 0


def test_figures_are_of_the_collection_in_use_and_the_streak_is_the_learners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two collections in one data folder: each shows its own cards and answers, both the same days in a row."""
    data, homes = tmp_path / "data", {}
    for name in ("one", "two"):
        homes[name] = tmp_path / name
        write_deck(homes[name] / "decks", name, 30)
    for day in range(4):
        with opened(homes["one"], data, day) as (store, index, now):
            studied = sorted(index.ids() if day < 3 else ())[: 20 + day]
        with opened(homes["two"], data, day) as (store, index, now):
            studied += sorted(index.ids())[:5] if day > 1 else []
            store.record_all(
                [Event(card, "review", now, rating=4 if day else 1, took=6000) for card in studied]
            )

    def dp100(name: str, *arguments: str) -> str:
        at = datetime.fromtimestamp((START + 3 * DAY + 600 * MINUTE) / 1000, UTC)
        monkeypatch.setenv("DP100_NOW", at.isoformat())
        assert run(["--home", str(homes[name]), "--data", str(data), *arguments]) == 0
        return capsys.readouterr().out

    for name, reviews, today, asked in (("one", 63, 0, 41), ("two", 10, 5, 5)):
        stats = json.loads(dp100(name, "stats", "--json"))
        assert (stats["reviews"], stats["took"]) == (reviews, reviews * 6000)
        assert sum(stats["by_day"].values()) == reviews
        assert stats["retention"]["30"]["asked"] == asked
        assert sum(stats["coming"].values()) <= stats["begun"] == (22 if name == "one" else 5)
        assert stats["streak"] == stats["longest_streak"] == 4
        page = dp100(name, "stats", "--plain")
        assert f"{reviews} reviews in" in page
        assert f"today {today}." in page
        assert "streak 4 days" in dp100(name)
        assert "streak 4" in dp100(name, "--short")


def test_what_is_due_in_another_collection_takes_nothing_of_this_ones_plan(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("one", "two"):
        write_deck(tmp_path / name / "decks", name, 30)
    plan = ExamPlan(day=date(2027, 1, 20), minutes=2)
    with opened(tmp_path / "two", data, 0) as (store, index, now):
        store.record_all([Event(card, "review", now, rating=4) for card in index.ids()])
    with opened(tmp_path / "one", data, 30) as (store, index, now):
        keep_exam_plan(store, EXAM.name, plan, now)
        assert Today(store, index, now, StudyOptions(), EXAM.name).limits.new == 2
        work = Statistics(store, index, EXAM, now, StudyOptions(reviews_per_day=0)).work
        assert (work.due, work.held_back) == (0, 0)


def test_the_plan_for_another_collections_exam_is_not_this_ones(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_deck(tmp_path / "other" / "decks", "other", 30)
    monkeypatch.setenv("DP100_NOW", datetime.fromtimestamp(START / 1000, UTC).isoformat())

    def dp100(home: Path, *arguments: str) -> str:
        assert run(["--home", str(home), "--data", str(tmp_path / "data"), *arguments]) == 0
        return capsys.readouterr().out

    dp100(home, "plan", "--exam-date", "2027-01-15")
    assert "exam in" in dp100(home, "--short")
    assert dp100(tmp_path / "other", "--short") == "10 new\n"
    assert "exam in" not in dp100(tmp_path / "other")
