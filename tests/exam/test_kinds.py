"""Kinds follow their shares as far as the areas, which stay exact, and the bank allow."""

from collections import Counter
from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.cards import Card, Choice, Multiple, Option, Order, Scenario, Source, Statements
from dp100cards.exam.blueprint import Area, Blueprint, Section
from dp100cards.exam.draw import allocate, bounds, draw

KINDS = ("choice", "multiple", "order", "statements")
AREAS = (Area("a", "A", (20, 30)), Area("b", "B", (30, 40)), Area("c", "C", (35, 45)))
SHARES = (("choice", 50.0, 60.0), ("multiple", 15.0, 25.0), ("order", 10.0, 15.0), ("statements", 5.0, 20.0))
PLAN = Blueprint("X", areas=AREAS, kinds=KINDS, shares=SHARES)


def card(n: int, area: str, kind: str, scenario: Scenario | None = None) -> Card:
    common = {
        "id": f"{kind}-{n:04}", "deck": "d", "ask": f"What is number {n} of {kind} in {area}?", "area": area,
        "source": Source("a.md", (n + 1, n + 1), f"{kind} {area} {n}"), "scenario": scenario,
    }  # fmt: skip
    options = (Option("this", right=True), Option("that", right=kind == "multiple"), Option("other"))
    match kind:
        case "choice":
            return Choice(options=options, **common)  # type: ignore[arg-type]
        case "multiple":
            return Multiple(options=options, **common)  # type: ignore[arg-type]
        case "order":
            return Order(items=("one", "two"), **common)  # type: ignore[arg-type]
    return Statements(statements=options, **common)  # type: ignore[arg-type]


def bank(each: int) -> list[Card]:
    places = product((area.id for area in AREAS), KINDS, range(each))
    return [card(n, area, kind) for n, (area, kind, _) in enumerate(places)]


def test_areas_are_exact_and_kinds_within_their_shares_whatever_the_seed() -> None:
    cards, wanted = bank(30), allocate({area.id: area.middle for area in AREAS}, 40)
    for seed in range(500):
        drawn = draw(cards, PLAN, 40, Random(seed))
        assert Counter(each.area for each in drawn.cards) == wanted
        kinds = Counter(each.kind for each in drawn.cards)
        for kind, (least, most) in bounds(PLAN, 40).items():
            assert least <= kinds[kind] <= most
        assert (drawn.kinds, drawn.short) == ({}, {})


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.integers(1, 60), st.integers(0, 999))
def test_in_any_bank_the_areas_come_first_and_what_is_not_met_is_told(
    sizes: list[int], count: int, seed: int
) -> None:
    places = product((area.id for area in AREAS), KINDS)
    cards = [
        card(n * 20 + m, area, kind)
        for n, ((area, kind), size) in enumerate(zip(places, sizes, strict=True)) for m in range(size)
    ]  # fmt: skip
    drawn = draw(cards, PLAN, count, Random(seed))
    assert len(drawn.cards) == min(count, len(cards))
    held, got = Counter(each.area for each in cards), Counter(each.area for each in drawn.cards)
    for area, number in allocate({area.id: area.middle for area in AREAS}, count).items():
        assert got[area] >= min(number, held[area])
        assert drawn.short.get(area, 0) == max(number - held[area], 0)
    kinds = Counter(each.kind for each in drawn.cards)
    limits = bounds(PLAN, len(drawn.cards))
    assert drawn.kinds.keys() == {k for k, (least, most) in limits.items() if not least <= kinds[k] <= most}


def test_without_shares_what_was_asked_least_comes_first_whatever_its_kind() -> None:
    cards = bank(10)
    plan = Blueprint("X", areas=AREAS, kinds=KINDS)
    asked = {each.id: 2 for each in cards if each.kind != "order"}
    assert {each.kind for each in draw(cards, plan, 20, Random(1), asked=asked).cards} == {"order"}


CASES = Blueprint(
    "X",
    areas=AREAS,
    kinds=KINDS,
    shares=SHARES,
    sections=(Section("Case study", locks=True, scenarios=2),),
)


def studies(areas: str = "bbcc") -> list[Card]:
    return [
        card(900 + 10 * s + n, area, "choice", Scenario(f"s-{s}", f"Firm {s}."))
        for s in range(4) for n, area in enumerate(areas)
    ]  # fmt: skip


def test_a_case_study_is_drawn_whole_or_not_at_all_and_the_areas_stay_exact() -> None:
    wanted = allocate({area.id: area.middle for area in AREAS}, 40)
    for seed in range(200):
        drawn = draw([*bank(30), *studies()], CASES, 40, Random(seed))
        about = Counter(each.scenario.id for each in drawn.cards if each.scenario)
        assert sorted(about.values()) == [4, 4]
        assert Counter(each.area for each in drawn.cards) == wanted
        assert drawn.scenarios == 0
        tail = [each.scenario.id if each.scenario else "" for each in drawn.cards][-8:]
        assert tail == [tail[0]] * 4 + [tail[4]] * 4, "at the end, one after the other"
        ids = [each.id for each in drawn.cards[-4:]]
        assert ids == sorted(ids), "in the order of their deck"


def test_a_case_study_that_does_not_fit_is_told() -> None:
    drawn = draw([*bank(30), *studies("aaaa")], CASES, 10, Random(1))
    assert not any(each.scenario for each in drawn.cards)
    assert drawn.scenarios == 2
    assert len(drawn.cards) == 10


def test_case_studies_are_never_more_than_half_of_a_paper() -> None:
    plan = Blueprint("X", kinds=KINDS, sections=CASES.sections)
    cards = [*bank(3), *studies()]
    assert not any(each.scenario for each in draw(cards, plan, 7, Random(1)).cards)
    assert sum(each.scenario is not None for each in draw(cards, plan, 8, Random(1)).cards) == 4
    assert sum(each.scenario is not None for each in draw(cards, plan, 15, Random(1)).cards) == 4


def test_an_exam_without_case_studies_asks_none_of_their_questions() -> None:
    drawn = draw([*bank(3), *studies()], PLAN, 100, Random(1))
    assert not any(each.scenario for each in drawn.cards)


def test_what_was_asked_least_is_the_case_study_that_comes() -> None:
    cards = studies()
    asked = {each.id: 1 for each in cards if each.scenario and each.scenario.id != "s-2"}
    for seed in range(20):
        drawn = draw([*bank(30), *cards], CASES, 40, Random(seed), asked=asked)
        assert "s-2" in {each.scenario.id for each in drawn.cards if each.scenario}


def test_paper_after_paper_is_of_questions_never_asked_as_long_as_there_are_any() -> None:
    cards, asked = bank(20), Counter[str]()
    wanted = allocate({area.id: area.middle for area in AREAS}, 30)
    for seed in range(3):
        drawn = draw(cards, PLAN, 30, Random(seed), asked=asked)
        assert not any(asked[each.id] for each in drawn.cards)
        assert Counter(each.area for each in drawn.cards) == wanted
        assert drawn.kinds == {}
        asked.update(each.id for each in drawn.cards)
