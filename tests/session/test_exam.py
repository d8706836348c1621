"""A sitting at work: what keys do, what is said of sections, and what is never done silently."""

from __future__ import annotations

import json
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Card, Choice, Cloze, Code, Multiple, Option, Order, Scenario, Statements
from dp100cards.errors import UsageError
from dp100cards.exam import sitting as exam
from dp100cards.exam.blueprint import blueprint_from
from dp100cards.exam.draw import draw_paper
from dp100cards.exam.score import score, weaknesses
from dp100cards.exam.sitting import Sitting, SittingEvent
from dp100cards.scheduler.event import DAY, CardState, Event, Moment
from dp100cards.session.exam import (
    ANSWERED,
    INCOMPLETE,
    MARKED,
    UNANSWERED,
    ExamResult,
    ExamSession,
    state,
)
from dp100cards.store.sittings import first_answers
from dp100cards.ui.exam import clock

PLAN = blueprint_from(
    {
        "name": "X",
        "sections": [
            {"title": "Case study", "scenarios": 2, "locks": "section"},
            {"title": "Yes or no", "kinds": ["statements"], "locks": "section"},
            {"title": "Free", "tags": ["free"]},
        ],
    }
)
FOUR = (Option("a", right=True), Option("b"), Option("c"), Option("d"))


def question(n: int, scenario: str = "", *tags: str) -> Card:
    about = Scenario(scenario, scenario) if scenario else None
    return Choice(id=f"c-{n}", deck="d", ask="?", tags=tags, options=FOUR, scenario=about)


def sitting(*cards: Card, minutes: int = 10, practice: bool = False) -> Sitting:
    made = Sitting(1, PLAN, 1, cards, minutes, practice)
    return exam.apply(made, SittingEvent("sections"))


class At:
    """A session over a paper; what it records is kept, and its watch is set by hand."""

    def __init__(self, *cards: Card, minutes: int = 10, practice: bool = False) -> None:
        self.events: list[SittingEvent] = []
        self.seconds = 0.0
        here = sitting(*cards, minutes=minutes, practice=practice)
        self.session = ExamSession(here, self.record, lambda: self.seconds)

    def record(self, here: Sitting, *events: SittingEvent) -> Sitting:
        self.events += events
        return exam.replay(here, events)

    def press(self, *keys: str) -> ExamSession:
        for key in keys:
            if key == "enter":
                self.session.enter()
            else:
                self.session.press(key)
        return self.session


SERIES = [Statements(id=f"s-{n}", deck="d", ask="?", statements=(Option("a"),)) for n in range(2)]
PAPER = PLAN.arranged(
    [*map(question, range(2)), question(2, "firm"), question(3, "firm"), question(4, "shop"), *SERIES,
     question(5, "", "free")]
)  # fmt: skip
TWO = Multiple(id="m-1", deck="d", ask="?", options=(*FOUR[:1], Option("b", right=True), *FOUR[2:]))
THREE = Order(id="o-1", deck="d", ask="?", items=("one", "two", "three"))


# Sections


def test_a_section_is_announced_with_what_holds_in_it() -> None:
    here = At(*PAPER).session
    assert here.message == "2 normal questions. You can go back until you hand in."
    seen = []
    for n in range(1, len(PAPER)):
        here.go(n)
        seen.append(here.message)
    assert seen == [
        "",
        "Case study 1: 2 questions. Once you leave them, they are closed for good.",
        "",
        "Case study 2: 1 question. Once you leave it, it is closed for good.",
        "Yes or no: 2 questions. Once you leave them, they are closed for good.",
        "",
        "Free: 1 question. You can go back until you hand in.",
    ]
    here.go(2)
    assert here.message == "Question 3 is locked; its answer stays."
    assert here.sitting.at == 7


@given(
    st.lists(st.tuples(st.sampled_from(["go", "answer"]), st.integers(0, 7)), max_size=25), st.integers(0, 7)
)
def test_whatever_closes_is_asked_about_first(happened: list[tuple[str, int]], to: int) -> None:
    here = At(*PAPER).session
    for kind, n in happened:
        here.do(kind, json.dumps([0]) if kind == "answer" else "", n)
    closing = exam.closes(here.sitting, to) - here.sitting.locked
    assert bool(here.leaving(to)) == (bool(closing) and to not in here.sitting.locked)


def test_what_is_asked_before_leaving_names_what_is_open() -> None:
    here = At(*PAPER).session
    here.go(2)
    assert here.leaving(3) == ""
    assert here.leaving(4) == "Leave Case study 1 for good? 2 of its 2 questions are not answered."
    here.press("a")
    assert here.leaving(0) == "Leave Case study 1 for good? 1 of its 2 questions is not answered."


def test_a_paper_without_sections_says_nothing_of_them() -> None:
    here = At(question(1), question(2)).session
    here.go(1)
    assert (here.message, here.leaving(0), here.section[0]) == ("", "", "")


# Keys


@pytest.mark.parametrize("keys", [("down",), ("a",), ("1",), ("up", "up", "up", "up")])
def test_arrows_letters_and_digits_choose_and_enter_goes_on(keys: tuple[str, ...]) -> None:
    at = At(question(1), question(2))
    here = at.press(*keys)
    assert state(here.sitting, 0) == ANSWERED
    assert here.attempt.values == (here.attempt.shuffle[0],)
    assert here.enter() is False
    assert at.events[-1].kind == "answer"


def test_backspace_clears_and_what_was_chosen_is_on_record_at_once() -> None:
    at = At(TWO)
    here = at.press("a", "b")
    assert (state(here.sitting, 0), len(at.events)) == (ANSWERED, 2)
    at.press("backspace")
    assert (state(here.sitting, 0), at.events[-1].value) == (UNANSWERED, "[]")


def test_what_is_half_filled_is_never_gone_on_from_without_a_word() -> None:
    at = At(TWO, THREE)
    here = at.press("a")
    assert here.enter() is True
    assert here.message == "1 of 2 chosen. Enter again leaves it incomplete."
    assert here.enter() is False
    assert state(here.sitting, 0) == INCOMPLETE
    assert here.before_handing_in == "1 unanswered (2), 1 incomplete (1). Hand in anyway?"
    here.go(1)
    at.press("b", "enter")
    assert here.message == "1 of 3 placed. Enter again leaves it incomplete."
    at.press("a", "c")
    assert (state(here.sitting, 1), here.enter()) == (ANSWERED, False)


def test_arrow_and_enter_choose_one_of_several() -> None:
    at = At(TWO)
    here = at.press("down", "enter", "down", "enter")
    assert here.attempt.values == here.attempt.shuffle[:2]
    assert here.enter() is False


def test_one_pick_too_many_is_refused_with_a_word_and_recorded_nowhere() -> None:
    at = At(TWO)
    here = at.press("a", "b", "c")
    assert (here.message, len(at.events)) == ("Already 2 chosen; deselect one first.", 2)


def test_a_struck_out_option_is_not_chosen() -> None:
    at = At(question(1))
    here = at.press("b")
    here.strike()
    assert (state(here.sitting, 0), here.message) == (UNANSWERED, "b is struck out.")
    at.press("b")
    assert (state(here.sitting, 0), here.message) == (UNANSWERED, "b is struck out; - brings it back.")
    at.press("up")
    assert here.attempt.values == here.attempt.shuffle[:1]
    at.press("down")
    assert here.attempt.values == here.attempt.shuffle[:1], "the arrow rests on it and chooses nothing"
    here.strike()
    assert here.message == "b is back."
    at.press("b")
    assert here.attempt.values == here.attempt.shuffle[1:2]


def test_without_an_option_in_focus_it_is_said_how_to_strike_one_out() -> None:
    here = At(question(1), THREE).session
    here.strike()
    assert here.message == "Go to an option first (a–d, or the arrows); then - strikes it out."
    here.go(1)
    here.strike()
    assert here.message == "There is nothing to strike out here."
    code = At(Code(id="p-1", deck="d", ask="?", code="f({{a}})", wrong=(("b",),))).session
    code.strike()
    assert code.message == "There is nothing to strike out here."


@given(st.integers(0, 999))
def test_whatever_is_pressed_no_struck_out_option_is_ever_chosen(seed: int) -> None:
    rng, at = Random(seed), At(question(1), TWO, THREE, *SERIES)
    keys = ["a", "b", "c", "d", "1", "2", "up", "down", "space", "enter", "backspace", "y", "n"]
    for _ in range(60):
        here = at.session
        match rng.randrange(8):
            case 0:
                here.strike()
            case 1:
                here.go(rng.randrange(5))
            case _:
                at.press(rng.choice(keys))
        for place in here.sitting.places:
            assert not set(place.answer) & set(place.struck)
    assert [place.answer for place in at.session.sitting.places] == [
        place.answer for place in exam.replay(sitting(question(1), TWO, THREE, *SERIES), at.events).places
    ]


def test_a_locked_answer_stays() -> None:
    at = At(*PAPER)
    here = at.session
    for n in (2, 0, 2):
        here.go(n)
    assert here.sitting.at == 0
    here.do("strict")
    here.do("away", question=0)
    at.press("a")
    assert state(here.sitting, 0) == ANSWERED, "an open question at hand is not locked by a break"
    here.do("away", question=0)
    assert here.sitting.at != 0


def test_typed_text_takes_every_character_until_esc() -> None:
    at = At(Cloze(id="z-1", deck="d", ask="A {{boat}} for {{two}}."))
    here = at.press(*"q S", "backspace", "enter", "*")
    assert here.sitting.places[0].answer == ("q", "*")
    here.typing = False
    assert here.press("q") is False


# The clock


def test_the_clock_is_read_as_people_read_it() -> None:
    assert [clock(ms) for ms in (0, 1, 59_000, 60_000, 3_600_000, 5_945_001)] == [
        "0:00", "0:01", "0:59", "1:00", "1:00:00", "1:39:06",
    ]  # fmt: skip


def test_when_the_time_is_up_it_is_handed_in_once() -> None:
    at = At(question(1), minutes=1)
    at.seconds = 61
    at.session.beat()
    at.session.beat()
    assert [event.kind for event in at.events] == ["time-up"]
    assert at.session.sitting.over


def test_the_question_before_a_pause_says_what_it_costs() -> None:
    assert At(question(1)).session.before_pausing == "Pause? The exam waits, and its clock with it."
    assert At(question(1), minutes=0).session.before_pausing == "Pause? The exam waits."


# Papers and results


def test_a_paper_of_one_area() -> None:
    plan = blueprint_from({"name": "X", "minutes": 100, "areas": [{"id": "a"}, {"id": "b"}]})
    cards = [
        Choice(id=f"c-{n}", deck="d", ask=f"{n}?", area="ab"[n % 2], options=FOUR) for n in range(20)
    ]  # fmt: skip
    made = draw_paper(plan, cards, 7, 5, ("a",), asked={"c-0": 1})
    assert {card.area for card in made.cards} == {"a"}
    assert "c-0" not in {card.id for card in made.cards}, "what was asked comes last"
    assert (len(made.cards), made.minutes, made.wanted) == (5, 10, 5)


def test_a_paper_of_unseen_questions_only() -> None:
    plan = blueprint_from({"name": "X", "areas": [{"id": "a"}]})
    cards = [Choice(id=f"c-{n}", deck="d", ask=f"{n}?", area="a", options=FOUR) for n in range(9)]
    asked = {f"c-{n}": 1 for n in range(7)}
    made = draw_paper(plan, cards, 7, 5, asked=asked, unseen=True)
    assert {card.id for card in made.cards} == {"c-7", "c-8"}
    assert made.wanted == 5, "it says that there are too few"
    with pytest.raises(UsageError, match="no unseen question for X"):
        draw_paper(plan, cards[:7], 7, 5, asked=asked, unseen=True)


def test_a_case_study_of_which_a_question_is_missing_is_not_drawn() -> None:
    plan = blueprint_from(
        {
            "name": "X",
            "areas": [{"id": "a"}, {"id": "b"}],
            "sections": [{"title": "Case study", "scenarios": 2}],
        }
    )
    firm = Scenario("firm", "firm")
    cards = [
        Choice(id=f"c-{n}", deck="d", ask=f"{n}?", area="a", options=FOUR, scenario=firm) for n in range(3)
    ]
    cards += [
        Choice(id="c-9", deck="d", ask="?", area="b", options=FOUR, scenario=firm),
        Choice(id="c-8", deck="d", ask="8?", area="a", options=FOUR),
    ]
    drawn = draw_paper(plan, cards, 1, 20, ("a",), asked={}).cards
    assert "firm" not in {card.scenario.id for card in drawn if card.scenario}
    drawn = draw_paper(plan, cards, 1, 20, asked={}).cards
    assert "firm" in {card.scenario.id for card in drawn if card.scenario}


def test_the_sections_of_a_paper_are_named_with_their_rules() -> None:
    made = draw_paper(PLAN, PAPER, 1, 8, asked={})
    assert [row for row in made.sections if not row[0].startswith("Case")] == [
        ("Normal questions", 2, False), ("Yes or no", 2, True), ("Free", 1, False)
    ]  # fmt: skip


def test_a_weak_area_gets_up_to_three_times_its_weight() -> None:
    plan = blueprint_from({"name": "X", "areas": [{"id": "a"}, {"id": "b"}, {"id": "c"}]})
    cards = tuple(Choice(id=n, deck="d", ask="?", area=n, options=FOUR) for n in "abc")
    happened = [SittingEvent("answer", 0, "[0]"), SittingEvent("go", 1), SittingEvent("submit", 1)]
    done = exam.replay(Sitting(1, plan, 1, cards, 10), happened)
    answers = first_answers([score(done)], plan, Moment(0))
    assert weaknesses(answers) == {"a": 1.0, "b": 3.0}, "what was never seen says nothing"
    century = Moment(100 * 365 * DAY)
    assert weaknesses(first_answers([score(done)], plan, century)) == {}, (
        "nor what is too old to weigh anything"
    )


def test_a_result_shows_what_was_wrong_first_and_a_rejected_card_can_be_taken_back() -> None:
    cards = tuple(question(n) for n in range(4))
    happened = [SittingEvent("answer", 1, "[0]"), SittingEvent("answer", 2, "[1]"), SittingEvent("submit")]
    done = exam.replay(Sitting(1, PLAN, 1, cards, 10), happened)
    said: list[tuple[str, bool]] = []
    added = [["review", "practice", "flag"], ["review"], []]

    def record_all(events: list[Event]) -> list[Event]:
        rejections = [(each.card, each.kind == "reject") for each in events if each.kind.endswith("reject")]
        said.extend(rejections)
        return [] if rejections else [events[0]._replace(kind=kind) for kind in added.pop(0)]

    records: Any = SimpleNamespace(record_all=record_all, state=lambda card: CardState(card=card))
    index: Any = SimpleNamespace(key_of=str, ids=lambda: {card.id for card in cards})
    found = ExamResult(score(done), records, index, lambda: Moment(0))
    assert [outcome.number for outcome in found.outcomes] == [3, 1, 4, 2]
    found.toggle("c-1")
    found.toggle("c-1")
    assert said == [("c-1", True), ("c-1", False)]
    assert (found.rejected, found.message) == (set(), "The card is back.")
    messages = []
    for _ in range(3):
        found.add()
        messages.append(found.message)
    assert messages == [
        "2 missed questions added to daily study, 1 marked question flagged.",
        "1 missed question added to daily study.",
        "Nothing to add: daily study has all of it.",
    ]


def test_in_practice_enter_explains_what_was_answered() -> None:
    at = At(question(1), question(2), practice=True)
    here = at.session
    assert here.enter() is False, "what is not answered is gone on from"
    at.press("a")
    assert (here.enter(), here.explaining) == (True, True)
    assert here.press("b") is False
    assert here.enter() is False
    here.mark()
    assert here.questions(MARKED) == [0]
    here.go(1)
    assert not here.explaining
    here.go(0)
    assert here.explaining, "an answer that was explained is not mended afterwards"
    assert here.press("b") is False
