"""Whatever stands in a fact, nothing breaks: notes hold all sorts of text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.first.generate.difficulty import guess_difficulty
from dp100cards.first.generate.flaws import Neighbours, flaws
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.facts import (
    Abbreviation,
    Advice,
    Cause,
    Change,
    Consequence,
    Contrast,
    Definition,
    Description,
    Enumeration,
    Fact,
    Own,
    Row,
    Sequence,
    Snippet,
    Statement,
    Use,
)
from tests.first.generate.handmade_facts import at

PIECES = """a The it It to of ( ) ` `` “ ” - — ? . : ; {{x}} {x} ** | \\ % 3.6 1,000 A/B F# Azure model which
stores Stores in are is You can 什么是工作区 é ß http://a.b [x] <b> &amp; ... … 100% v2 R"""
text = st.lists(st.sampled_from(PIECES.split()), max_size=6).map(" ".join)
several = st.lists(text, max_size=6).map(tuple)
source = text.map(lambda quote: at(1, quote))
shared = {
    "concept": text,
    "category": text,
    "heading": st.lists(text, max_size=3).map(tuple),
    "source": source,
    "confidence": st.floats(0, 1),
    "status": st.sampled_from(["", "advice", "outdated", "unclear"]),
    "change": st.none() | st.builds(Change, date=text, text=text, source=source),
}
odd_fact = st.one_of(
    st.builds(Definition, value=text, **shared),
    st.builds(Description, value=text, **shared),
    st.builds(Statement, sentence=text, subject=text, verb=text, object=text, **shared),
    st.builds(Enumeration, lead=text, what=text, items=several, inline=st.booleans(), **shared),
    st.builds(Sequence, what=text, steps=several, **shared),
    st.builds(Contrast, other=text, value=text, **shared),
    st.builds(Use, marker=text, purpose=text, **shared),
    st.builds(Consequence, condition=text, result=text, **shared),
    st.builds(Cause, claim=text, reason=text, **shared),
    st.builds(Advice, what=text, why=text, **shared),
    st.builds(Abbreviation, short=text, long=text, **shared),
    st.builds(Row, cells=st.lists(st.tuples(text, text), max_size=4).map(tuple), **shared),
    st.builds(Snippet, language=text, code=text, task=text, **shared),
    st.builds(Own, form=st.sampled_from(["question", "term", "cloze"]), front=text, back=text, **shared),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(odd_fact, max_size=5))
def test_no_fact_breaks_the_generator_or_passes_a_hard_flaw_on(facts: list[Fact]) -> None:
    made = generate(facts)
    deck = Neighbours(draft.card for draft in made)
    for draft in made:
        assert 1 <= guess_difficulty(draft.card) <= 10
        found = flaws(draft.card, deck)
        if draft.tier == "active" and not isinstance(draft.fact, Own):
            assert not any(each.hard for each in flaws(draft.card))
        assert len({each.code for each in found}) == len(found)
