"""A paper is drawn by the blueprint's weights, fairly, and tells what it lacks."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Basic, Card, Choice, Option, Source
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.draw import allocate, draw

PLAN = read_blueprint("dp-100")
AREAS = [area.id for area in PLAN.areas]


def question(n: int, area: str, *, fact: str = "", ask: str = "", right: str = "") -> Card:
    return Choice(
        id=f"c-{n:05}", deck="d", ask=ask or f"What is it, number {n}?", area=area,
        options=(Option(right or f"this {n}", right=True), Option("that")),
        source=Source("a.md", (n + 1, n + 1), fact or f"fact {n}"),
    )  # fmt: skip


BANK = [question(n, AREAS[n % 4]) for n in range(400)]


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0.01, 100), min_size=1, max_size=8),
    st.integers(0, 300),
)
def test_shares_add_up_and_are_off_by_less_than_one(weights: dict[str, float], count: int) -> None:
    shares = allocate(weights, count)
    assert sum(shares.values()) == count
    total = sum(weights.values())
    assert all(abs(shares[name] - count * weight / total) < 1 + 1e-9 for name, weight in weights.items())


def test_the_weights_are_met_exactly_whatever_the_seed() -> None:
    wanted = allocate({area.id: area.middle for area in PLAN.areas}, 16)
    for seed in range(2_000):
        drawn = draw(BANK[:40], PLAN, 16, Random(seed))
        assert {area: sum(card.area == area for card in drawn.cards) for area in AREAS} == wanted
        assert drawn.short == {}


def test_the_same_seed_draws_the_same_paper_and_another_seed_another() -> None:
    one, two, other = (draw(BANK, PLAN, 20, Random(seed)).cards for seed in (7, 7, 8))
    assert one == two != other


def test_no_two_questions_come_from_one_fact() -> None:
    bank = [question(n, AREAS[n % 4], fact=f"fact {n // 8}") for n in range(400)]
    drawn = draw(bank, PLAN, 40, Random(1))
    assert len({card.fact for card in drawn.cards}) == len(drawn.cards) == 40


def test_no_question_gives_another_s_answer_away() -> None:
    telling = question(1, "train", ask="Why is the top-level resource of the service a hub?")
    told = question(2, "train", right="The top-level resource of the service")
    for seed in range(20):
        assert len(draw([telling, told], PLAN, 2, Random(seed)).cards) == 1


def test_what_was_asked_least_comes_first() -> None:
    asked = {card.id: 3 for card in BANK[:300]}
    drawn = draw(BANK, PLAN, 50, Random(3), asked=asked)
    assert not {card.id for card in drawn.cards} & asked.keys()


def test_an_area_without_cards_is_told_and_the_others_fill_up() -> None:
    bank = [card for card in BANK if card.area != "optimize"]
    drawn = draw(bank, PLAN, 50, Random(1))
    assert len(drawn.cards) == 50
    assert drawn.short == {"optimize": allocate({a.id: a.middle for a in PLAN.areas}, 50)["optimize"]}


def test_fewer_cards_than_wanted_give_a_shorter_paper() -> None:
    assert len(draw(BANK[:9], PLAN, 50, Random(1)).cards) == 9
    assert draw([], PLAN, 50, Random(1)).cards == ()


def test_cards_without_an_area_are_asked_too() -> None:
    assert len(draw([question(n, "") for n in range(30)], PLAN, 20, Random(1)).cards) == 20


def test_cards_that_no_program_can_mark_are_never_asked() -> None:
    basic = Basic(id="b-1", deck="d", ask="What?", answer="This.")
    assert draw([basic], PLAN, 5, Random(1)).cards == ()


def test_a_lean_moves_the_weights() -> None:
    plain = draw(BANK, PLAN, 40, Random(1)).cards
    leaning = draw(BANK, PLAN, 40, Random(1), lean={"train": 3.0}).cards
    assert sum(card.area == "train" for card in leaning) > sum(card.area == "train" for card in plain) * 1.5
