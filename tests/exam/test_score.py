"""Points become a score with the pass mark at the cut."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Card, Choice, Multiple, Option
from dp100cards.decks.blueprints import parse, read_blueprint
from dp100cards.errors import ContentError
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.score import interval, scale, score
from dp100cards.exam.sitting import Sitting, SittingEvent, apply, replay, tick

PLAN = read_blueprint("dp-100")


def one(n: int, area: str = "train") -> Card:
    return Choice(id=f"c-{n}", deck="d", ask="?", area=area, options=(Option("a", right=True), Option("b")))


def two(n: int) -> Card:
    options = (Option("a", right=True), Option("b", right=True), Option("c"))
    return Multiple(id=f"m-{n}", deck="d", ask="?", area="design", options=options)


def sat(cards: list[Card], answers: list[list[int]]) -> Sitting:
    events = [SittingEvent("answer", n, json.dumps(a), 1000 * (n + 1)) for n, a in enumerate(answers)]
    return replay(Sitting(1, PLAN, 1, tuple(cards), 100), [*events, SittingEvent("submit", 0, "", 9000)])


def test_the_blueprint_that_is_shipped_is_the_last_outline_of_dp_100() -> None:
    assert (PLAN.minutes, PLAN.questions, PLAN.pass_mark) == (100, 50, 700)
    assert {area.id: area.weight for area in PLAN.areas} == {
        "design": (20, 25), "explore": (20, 25), "train": (25, 30), "optimize": (25, 30)
    }  # fmt: skip
    assert "1 June 2026" in PLAN.status
    assert "AI-300" in PLAN.status


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "must be fields"),
        ({"name": "X", "minuets": 3}, "no field 'minuets'"),
        ({"name": "X", "minutes": 0}, "minutes must be a whole number from 1"),
        ({"name": "X", "pass": True}, "pass must be a whole number"),
        ({"name": "X", "cut": 2}, "cut must be a number from 0.01 to 0.99"),
        ({"name": "X", "kinds": ["choice", "basic"]}, "no exam can ask basic cards"),
        ({"name": "X", "kinds": ["quiz"]}, "kinds must be a list of"),
        ({"name": "X", "shares": {"choice": 120}}, "shares must be fields like"),
        ({"name": "X", "shares": {"cloze": 20}}, "cloze is not one of the kinds"),
        ({"name": "X", "shares": ["choice"]}, "shares must be fields"),
        ({"name": "X", "source": ["a"]}, "source must be text"),
        ({"name": "X", "sections": [{"title": "A", "scenarios": -1}]}, "scenarios must be a whole number"),
        ({"name": "X", "shares": {"choice": [20, 10]}}, "shares must be fields like"),
        ({"name": "X", "areas": [{"id": "a", "weight": [30, 20]}]}, "weight must be a number or a range"),
        ({"name": "X", "areas": [{"id": "a", "weight": [30, -20]}]}, "weight must be a number or a range"),
        ({"name": "X", "areas": [{"id": "a", "weight": [0, 0]}]}, "weight must be a number or a range"),
        ({"name": "X", "areas": [{"id": "a", "weight": 0}]}, "weight must be a number or a range"),
        ({"name": "X", "areas": [{"id": "a"}, {"id": "a"}]}, "area a is here twice"),
        ({}, "a blueprint has no name"),
    ],
)
def test_a_mistake_in_a_blueprint_is_told(data: object, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        parse(json.dumps(data), "mine.yaml")


def test_the_scale_has_its_pass_mark_at_the_cut() -> None:
    assert [scale(share, PLAN) for share in (0, 0.35, 0.6999, 0.7, 0.85, 1)] == [1, 350, 699, 700, 850, 1000]


@given(st.floats(0, 1), st.floats(0, 1), st.integers(2, 999), st.floats(0.05, 0.95))
def test_more_points_never_score_less_and_only_the_cut_passes(
    a: float, b: float, mark: int, cut: float
) -> None:
    plan = Blueprint("x", pass_mark=mark, cut=cut)
    low, high = sorted((a, b))
    assert 1 <= scale(low, plan) <= scale(high, plan) <= 1000
    assert (scale(a, plan) >= mark) == (a >= cut)


@given(st.floats(0, 1), st.integers(1, 200))
def test_the_interval_holds_the_share_and_narrows_with_more_questions(share: float, questions: int) -> None:
    low, high = interval(share, questions)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    wide = interval(share, questions * 4)
    assert wide[1] - wide[0] < high - low


def test_each_part_earns_a_point_and_areas_are_counted_apart() -> None:
    result = score(sat([one(1), two(2), one(3, "elsewhere")], [[0], [0], []]))
    assert (result.points, result.of) == (2, 4)
    assert [(a.id, a.points, a.of) for a in result.areas] == [("design", 1, 2), ("train", 1, 1), ("", 0, 1)]
    assert [o.verdict for o in result.outcomes] == ["right", "partly", "unanswered"]
    assert not result.passed


def test_after_the_end_nothing_changes() -> None:
    sitting = sat([one(1)], [[0]])
    for event in (SittingEvent("answer", 0, "[1]"), SittingEvent("mark", 0, "1"), SittingEvent("go", 0)):
        assert apply(sitting, event) == sitting
    assert tick(sitting, 99_999) == sitting


def test_the_clock_never_goes_back_and_its_time_goes_to_the_question_at_hand() -> None:
    sitting = Sitting(1, PLAN, 1, (one(1), one(2)), 100)
    sitting = apply(sitting, SittingEvent("go", 1, "", 5000))
    sitting = apply(sitting, SittingEvent("mark", 1, "1", 3000))
    sitting = tick(sitting, 8000)
    assert sitting.used == 8000
    assert [place.used for place in sitting.places] == [5000, 3000]
    assert replace(sitting, minutes=0).left is None
    assert sitting.left == 100 * 60_000 - 8000
