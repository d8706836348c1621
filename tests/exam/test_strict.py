"""A strict sitting locks what the real exam locks."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Card, Choice, Option, Scenario, Statements
from dp100cards.decks.blueprints import parse
from dp100cards.errors import ContentError
from dp100cards.exam.blueprint import Blueprint, blueprint_from
from dp100cards.exam.sitting import Sitting, SittingEvent, apply, replay

PLAN = blueprint_from(
    {
        "name": "X",
        "sections": [
            {"title": "Case", "tags": ["case"], "locks": "section"},
            {"title": "Series", "kinds": ["statements"], "locks": "question"},
        ],
    }
)


def normal(n: int, *tags: str) -> Card:
    return Choice(id=f"n-{n}", deck="d", ask="?", tags=tags, options=(Option("a", right=True), Option("b")))


def yes_no(n: int) -> Card:
    return Statements(id=f"s-{n}", deck="d", ask="?", statements=(Option("a", right=True),))


PAPER = (normal(1), normal(2), normal(3, "case"), normal(4, "case"), yes_no(5), yes_no(6))


def sitting(plan: Blueprint = PLAN, *rules: str) -> Sitting:
    made = Sitting(1, plan, 1, PAPER, 10)
    return replay(made, map(SittingEvent, rules or ("sections", "strict")))


def go(*questions: int) -> list[SittingEvent]:
    return [SittingEvent("go", n) for n in questions]


def test_sections_come_after_the_normal_questions_in_their_order() -> None:
    mixed = (PAPER[4], PAPER[2], PAPER[0], PAPER[5], PAPER[3], PAPER[1])
    assert [card.id for card in PLAN.arranged(mixed)] == ["n-1", "n-2", "n-3", "n-4", "s-5", "s-6"]


def test_a_case_study_locks_once_it_is_left() -> None:
    inside = replay(sitting(), go(2, 3, 2))
    assert inside.locked == frozenset()
    left = replay(inside, go(0))
    assert left.locked == {2, 3}
    assert replay(left, go(2)).at == 0
    assert not apply(left, SittingEvent("answer", 2, "[0]")).places[2].answered


def test_a_series_locks_as_a_whole_too() -> None:
    """Also where the blueprint is of the first edition, which locked each question of it."""
    inside = replay(sitting(), [*go(4), SittingEvent("answer", 4, "[1]"), *go(5, 4)])
    assert (inside.at, inside.locked) == (4, frozenset())
    left = replay(inside, go(0, 4))
    assert (left.at, left.locked) == (0, frozenset({4, 5}))
    assert left.places[4].answer == (1,)


def test_sections_close_in_any_sitting_and_only_a_strict_one_is_locked_by_a_break() -> None:
    happened = [*go(2, 0, 4, 5, 1), SittingEvent("away", 1, "", 9)]
    assert replay(sitting(PLAN, "sections"), happened).locked == {2, 3, 4, 5}
    assert replay(sitting(PLAN, "sections", "strict"), happened).locked == {0, 2, 3, 4, 5}


def test_a_sitting_from_before_sections_closed_is_as_it_was() -> None:
    """It has no event that says so, and an answer that was changed later must stay changed."""
    old = Sitting(1, PLAN, 1, PAPER, 10)
    after = replay(old, [*go(4, 0, 4), SittingEvent("answer", 4, "[1]")])
    assert (after.locked, after.places[4].answer) == (frozenset(), (1,))


def test_headings_name_normal_questions_and_number_case_studies() -> None:
    def titles(plan: Blueprint, cards: Sequence[Card]) -> list[str]:
        return [each.title for each in plan.headings(cards)]

    assert titles(PLAN, PAPER) == [*(["Normal questions"] * 2), *(["Case"] * 2), *(["Series"] * 2)]
    assert titles(PLAN, PAPER[:2]) == ["", ""]
    firm, shop = Scenario("firm", "A firm."), Scenario("shop", "A shop.")
    about = [replace(normal(n), scenario=each) for n, each in enumerate((firm, shop, firm))]
    plan = blueprint_from(
        {"name": "X", "sections": [{"title": "Case study", "scenarios": 2, "locks": "section"}]}
    )
    paper = plan.arranged([*about, normal(9)])
    assert [card.id for card in paper] == ["n-9", "n-0", "n-2", "n-1"]
    assert titles(plan, paper) == ["Normal questions", "Case study 1", "Case study 1", "Case study 2"]
    assert [each.locks for each in plan.headings(paper)] == [False, True, True, True]


def test_a_break_locks_what_was_seen_but_for_an_open_question() -> None:
    happened = [SittingEvent("answer", 0, "[0]", 10), *go(1), SittingEvent("away", 1, "", 5000)]
    back = replay(sitting(), happened)
    assert (back.locked, back.at, back.used) == (frozenset({0}), 1, 5000)
    assert sum(place.used for place in back.places) == 10  # the break is nobody's time
    answered = replay(sitting(), [SittingEvent("answer", 0, "[0]", 10), SittingEvent("away", 0, "", 5000)])
    assert (answered.locked, answered.at) == (frozenset({0}), 1)


@given(st.lists(st.tuples(st.sampled_from(["go", "answer", "away", "mark"]), st.integers(0, 5)), max_size=30))
def test_a_locked_question_keeps_its_answer_for_ever(happened: list[tuple[str, int]]) -> None:
    here = sitting()
    for n, (kind, question) in enumerate(happened):
        before = here
        value = f"[{n % 2}]" if kind == "answer" else "1"
        here = apply(here, SittingEvent(kind, question, value, n))
        assert before.locked <= here.locked
        assert all(here.places[q].answer == before.places[q].answer for q in before.locked)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"kinds": ["choice"]}, "the section has no title"),
        ({"title": "A"}, "the section has no kinds"),
        ({"title": "A", "kinds": ["basic"]}, "kinds must be a list of"),
        ({"title": "A", "tags": ["t"], "locks": "door"}, "locks must be section, or left out"),
        ({"title": "A", "tags": ["t"], "share": 3}, "the section has no field 'share'"),
    ],
)
def test_a_mistake_in_a_section_is_told(section: dict[str, object], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        parse(json.dumps({"name": "X", "sections": [section]}), "x.yaml")


def test_events_of_the_first_edition_that_mean_nothing_now_only_count_time() -> None:
    happened = [SittingEvent("sure", 0, "0", 400), SittingEvent("comment", 0, "why?", 900)]
    here = replay(
        sitting(), [*happened, SittingEvent("answer", 0, "[1]", 1000), SittingEvent("submit", 0, "", 1500)]
    )
    assert (here.used, here.places[0].used, here.places[0].answer, here.over) == (1500, 1500, (1,), True)
