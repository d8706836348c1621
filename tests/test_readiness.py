"""The chance to pass: what raises it, what lowers it, and that the formulas are what they say."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.readiness import (
    ENOUGH,
    HALF_LIFE,
    STRENGTH,
    TRANSFER,
    Area,
    begin,
    beta_binomial,
    guess_of,
    readiness,
    right_answers,
    steps,
    weight_of,
)

areas = st.builds(
    Area,
    id=st.sampled_from("abcd"),
    questions=st.integers(1, 20),
    begun=st.lists(st.integers(0, 12), min_size=1, max_size=9).map(tuple),
    recall=st.floats(0, 1),
    guess=st.floats(0, 0.5),
    right=st.floats(0, 10),
    answered=st.floats(10, 30),
)
papers = st.lists(areas, min_size=1, max_size=4)
KNOWN = Area(id="a", questions=50, begun=(ENOUGH,) * 6, recall=0.95, guess=0.25)


@given(papers, st.floats(0.5, 0.9))
def test_chances_are_chances_and_the_range_is_in_order(paper: list[Area], cut: float) -> None:
    found = readiness(paper, cut)
    assert -1e-9 <= found.low - 1e-9 <= found.middle <= found.high + 1e-9 <= 1 + 1e-8
    assert 0 <= found.least <= found.most <= 1
    assert sum(right_answers(paper)) == pytest.approx(1)
    expected = sum(a.questions * a.expected for a in paper) / sum(a.questions for a in paper)
    assert found.expected == pytest.approx(expected)


@given(areas)
def test_an_area_is_what_the_formula_says(area: Area) -> None:
    c = sum(min(1, n / ENOUGH) for n in area.begun) / len(area.begun)
    m = c * (area.guess + (1 - area.guess) * area.recall * TRANSFER) + (1 - c) * area.guess
    assert area.prior == pytest.approx(m)
    m = min(max(m, 0.001), 0.999)
    expected = (STRENGTH * m + area.right) / (STRENGTH + area.answered)
    assert area.expected == pytest.approx(expected)


@given(st.integers(0, 30), st.floats(0.1, 50), st.floats(0.1, 50))
def test_the_beta_binomial_is_a_distribution_with_the_mean_of_its_beta(n: int, a: float, b: float) -> None:
    chances = beta_binomial(n, a, b)
    assert sum(chances) == pytest.approx(1)
    assert sum(k * p for k, p in enumerate(chances)) == pytest.approx(n * a / (a + b))


@given(papers)
def test_more_of_anything_never_lowers_the_chance(paper: list[Area]) -> None:
    before = readiness(paper, 0.7)
    for better in (
        replace(paper[0], recall=min(paper[0].recall + 0.1, 1)),
        replace(paper[0], begun=tuple(n + 1 for n in paper[0].begun)),
        replace(paper[0], right=paper[0].right + 1, answered=paper[0].answered + 1),
    ):
        after = readiness([better, *paper[1:]], 0.7)
        assert after.middle >= before.middle - 1e-9


def test_one_card_does_not_make_a_skill_ready() -> None:
    one = replace(KNOWN, begun=(1,) * 6, recall=1.0)
    assert one.coverage == 1 / ENOUGH
    assert readiness([one], 0.7).high < 0.05
    assert readiness([KNOWN], 0.7).low > 0.5


def test_an_unknown_area_pulls_the_chance_down_visibly() -> None:
    known = [replace(KNOWN, id=id_, questions=13) for id_ in "abc"]
    unknown = Area(id="d", questions=11, begun=(0,) * 9)
    full = readiness([*known, replace(KNOWN, id="d", questions=11)], 0.7)
    assert readiness([*known, unknown], 0.7).low < full.low / 2


def test_mocks_speak_louder_the_more_of_them_there_are_and_the_fresher_they_are() -> None:
    expected = [replace(KNOWN, right=0.4 * n, answered=n).expected for n in (0, 10, 50, 500)]
    assert all(before > after for before, after in pairwise(expected))
    assert expected[-1] == pytest.approx(0.4, abs=0.01)
    assert (weight_of(0), weight_of(HALF_LIFE), weight_of(2 * HALF_LIFE)) == (1, 0.5, 0.25)
    assert weight_of(-5) == 1, "a mock from the future, by a clock that was wrong"


def test_guessing_goes_by_the_kinds_of_question() -> None:
    assert guess_of(["choice", "choice", "choice", "statements"]) == pytest.approx(0.3125)
    assert guess_of([]) == 0.3


def test_without_any_question_nothing_breaks() -> None:
    assert readiness([], 0.7).middle == 0
    assert math.isfinite(readiness([replace(KNOWN, questions=0)], 0.7).expected)


def test_new_cards_of_the_emptiest_area_come_first_and_due_cards_where_all_is_begun() -> None:
    full = replace(KNOWN, questions=25, unseen=(5,) * 6)
    empty = Area(id="b", questions=25, begun=(0,) * 6, unseen=(5,) * 6)
    found = steps([full, empty], 0.7, 8, recall=0.9)
    assert (found[0].kind, found[0].area, found[0].count) == ("new", "b", 10)
    fading = replace(KNOWN, recall=0.6, due=40, reviewed=0.93)
    found = steps([fading], 0.7, 8, recall=0.9)
    assert (found[0].kind, found[0].count) == ("due", 40)
    assert found[-1].kind == "mock"


@given(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.integers(0, 30))
def test_beginning_cards_fills_the_emptiest_skills_first(unseen: list[int], count: int) -> None:
    area = Area(id="a", questions=9, begun=(4, 0, 2), recall=0.8, unseen=tuple(unseen))
    after = begin(area, count, recall=0.9)
    added = [now - before for now, before in zip(after.begun, area.begun, strict=True)]
    assert sum(added) == min(count, sum(unseen))
    assert all(0 <= n <= most for n, most in zip(added, unseen, strict=True))
