"""Near duplicates are found without comparing every card with every other, and none is missed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Basic
from dp100cards.first.generate.flaws import Neighbours
from dp100cards.first.generate.flaws.neighbours import ALIKE, MEASURED, content

WORDS = """kiln wheel glaze clay slip bisque stoneware earthenware sponge rib apron bucket shelf cone oxide cobalt
copper iron tin ash salt soda raku saggar burner""".split()


def card(n: int, said: frozenset[str]) -> Basic:
    """A card of a fact of its own that says these words."""
    return Basic(id=f"d-{n}", deck="d", ask=f"Which {' '.join(sorted(said))}?", answer="Which?")


@st.composite
def alike(draw: st.DrawFn) -> list[frozenset[str]]:
    """A set of words, and sets that differ from it in a few."""
    first = draw(st.frozensets(st.sampled_from(WORDS), min_size=4))
    changes = st.frozensets(st.sampled_from(WORDS), max_size=3)
    return [first, *(first ^ change for change in draw(st.lists(changes, min_size=1, max_size=6)))]


@given(alike())
def test_a_near_duplicate_is_found_exactly_where_two_cards_share_nine_tenths(
    sets: list[frozenset[str]],
) -> None:
    cards = [card(n, said) for n, said in enumerate(sets)]
    deck = Neighbours(cards)
    for one in cards:
        mine = content(one)
        expected = any(
            len(mine & theirs) >= ALIKE * len(mine | theirs)
            for theirs in (content(other) for other in cards if other is not one)
            if theirs == mine or min(len(mine), len(theirs)) >= MEASURED
        )
        assert ("near-duplicate" in {each.code for each in deck.flaws(one)}) == expected
