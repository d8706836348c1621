"""What the drafts of a learner's facts promise, whatever the facts are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.cards import Basic, Card, Choice, Cloze, Code, Multiple, Order, gaps, key, plain_text
from dp100cards.first.generate.difficulty import guess_difficulty
from dp100cards.first.generate.draft import MOST_ACTIVE, Draft, Tier
from dp100cards.first.generate.flaws import Flaw, Neighbours, flaws
from dp100cards.first.generate.flaws.flaw import flaw
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.judging import beside_flaws, seldom_taken
from dp100cards.first.generate.questions.about import description
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import (
    Definition,
    Description,
    Enumeration,
    Fact,
    Own,
    Row,
    Sequence,
    Statement,
    Use,
)
from tests.first.generate.handmade_facts import at, training_facts
from tests.first.generate.offered import offered, undoubted

FACTS = training_facts()


def cards_of(drafts: list[Draft], tier: str = "active") -> list[Card]:
    return [draft.card for draft in drafts if (undoubted(draft) if tier == "active" else draft.tier == tier)]


def asks(drafts: list[Draft]) -> set[str]:
    return {draft.card.ask for draft in drafts if offered(draft)}


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return generate(FACTS)


WANTED = (
    "Azure ML Service: what is a datastore?",
    "Azure ML Service: what is a workspace?",
    "What is Azure Databricks based on?",
    "Which option is based on Spark?",
    "What is Azure ML Studio ideal for?",
    "Azure ML Service: an image has which three components?",
    "What are the five core artifacts of Azure Databricks?",
    "Put the steps of the DS pipeline in order.",
    "DS pipeline: which step comes right after data preparation?",
    "What happens if you register a model with the same name multiple times?",
    "What can you do if you use JupyterLab?",
    "Why is it better to create a new RG for each ML workspace?",
    "What does AMLS stand for?",
    "Azure ML Service: what is a compute target attached to?",
    "Azure ML Service: what does the workspace store?",
    "Match each VM size to its price per hour.",
    "Azure Notebooks is retired (January 2021). What should you use instead?",
)


@pytest.mark.parametrize("ask", WANTED)
def test_a_careful_teachers_questions_are_asked(drafts: list[Draft], ask: str) -> None:
    assert ask in asks(drafts)


def test_all_kinds_of_card_are_made(drafts: list[Draft]) -> None:
    kinds = {draft.card.kind for draft in drafts}
    assert kinds == {"basic", "cloze", "choice", "multiple", "order", "match", "statements", "code"}


def test_no_active_card_has_a_flaw(drafts: list[Draft]) -> None:
    active = [d.card for d in drafts if undoubted(d) and not isinstance(d.fact, Own)]
    deck = Neighbours(active)
    assert [(card.ask, str(each)) for card in active for each in flaws(card, deck)] == []


def test_at_most_three_cards_of_a_fact_are_active(drafts: list[Draft]) -> None:
    counted = Counter(id(d.fact) for d in drafts if d.tier == "active")
    assert max(counted.values()) <= MOST_ACTIVE


def test_what_is_not_active_says_why(drafts: list[Draft]) -> None:
    assert all(d.doubts for d in drafts if d.tier != "active")


def test_what_is_told_of_two_things_asks_once_which_one_it_is() -> None:
    told = "melts at the temperature of boiling sulphur"
    facts = [
        Description(
            concept=name, category="glaze", heading=("Pottery", "Glazes"), source=at(n, told), value=told
        )
        for n, name in enumerate(("Celadon", "Shino", "Tenmoku", "Raku glaze"))
    ]
    world = World(facts)
    offered_of = [{d.rule for d in description(fact, world)} for fact in facts]
    assert ["description.which" in rules for rules in offered_of] == [True, False, False, False]
    others = {"Ash": "crawls and pools in thick runs", "Slip": "cracks on coarse stoneware bodies"}
    more = [
        Description(
            concept=name, category="glaze", heading=("Pottery", "Glazes"), source=at(n, value), value=value
        )
        for n, (name, value) in enumerate(others.items(), 9)
    ]
    drafts = [d for d in generate([*facts, *more]) if d.fact in facts]
    assert {d.fact.concept for d in drafts if d.rule == "description.which"} == {"Celadon"}
    assert {d.fact.concept for d in drafts if d.rule == "description.property"} == {f.concept for f in facts}


SOFT, OTHER_SOFT, HARD = (flaw(code) for code in ("near-duplicate", "word-repeat", "two-answers"))


@pytest.mark.parametrize(
    ("tier", "doubts", "against", "after"),
    [
        ("active", (), [SOFT], "suggested"),
        ("suggested", ("says little",), [SOFT], "suggested"),
        ("suggested", (OTHER_SOFT.code,), [SOFT], "spare"),
        ("active", (), [HARD], "spare"),
        ("spare", ("says little",), [SOFT], "spare"),
        ("suggested", ("this", "that", "a third"), [SOFT], "spare"),
    ],
)
def test_what_a_card_has_against_it_beside_others_comes_on_top_of_the_rest(
    tier: Tier, doubts: tuple[str, ...], against: list[Flaw], after: Tier
) -> None:
    draft = replace(generate(FACTS)[0], tier=tier, doubts=doubts)
    judged = beside_flaws(draft, against)
    assert (judged.tier, judged.doubts) == (after, (*doubts, *(each.code for each in against)))


@pytest.mark.parametrize(
    ("rule", "doubts", "seldom"),
    [
        ("statement.which", ("few siblings",), True),
        ("description.which", ("wordy-question", "longest-key"), True),
        ("definition.which", ("few siblings",), False),
        ("statement.which", ("wordy-question",), False),
        ("statement.which", (), False),
        ("statement.object", ("few siblings",), False),
    ],
)
def test_what_readers_seldom_took_is_known(rule: str, doubts: tuple[str, ...], seldom: bool) -> None:
    assert seldom_taken(replace(generate(FACTS)[0], rule=rule, doubts=doubts)) is seldom


def test_what_readers_seldom_took_waits_only_where_nothing_else_does(drafts: list[Draft]) -> None:
    made = Counter(id(draft.fact) for draft in drafts)
    assert [draft.card.ask for draft in drafts if seldom_taken(draft) and made[id(draft.fact)] > 1] == []


def test_a_card_that_readers_seldom_took_is_better_than_none() -> None:
    """Few words are told of a thing among its siblings: which one it is says little, and is all that can be asked."""
    told = {
        "Azure Databricks": ("Dynamic scale", "Based on Spark"),
        "ML Studio": ("Drag and drop", "No code is needed there"),
        "Notebooks": ("Free of charge", "Only Python, R and F#"),
    }
    facts = [
        Description(
            concept=name,
            category="data science options",
            heading=("Options",),
            source=at(n, value),
            value=value,
        )
        for n, (name, values) in enumerate(told.items())
        for value in values
    ]
    (only,) = (draft for draft in generate(facts) if draft.fact.source.quote == "Dynamic scale")
    assert seldom_taken(only)
    assert only.tier == "suggested"


def test_drafts_have_no_id_and_come_in_the_order_of_the_notes(drafts: list[Draft]) -> None:
    assert {d.card.id for d in drafts} == {""}
    lines = [d.fact.source.lines for d in drafts]
    assert lines == sorted(lines)


def test_every_choice_has_one_key_and_every_wrong_option_a_reason(drafts: list[Draft]) -> None:
    for card in cards_of(drafts):
        if isinstance(card, Choice):
            assert len(key(card)) == 1
            assert all(o.because for o in card.options if not o.right)


def test_an_option_that_the_notes_make_right_is_never_wrong(drafts: list[Draft]) -> None:
    """Databricks has massive scale as well as Spark on HDInsight; HDInsight's own name says Spark."""
    for card in cards_of(drafts):
        if isinstance(card, Choice) and "Massive scale" in card.ask:
            assert not {"Azure Databricks", "Spark on Azure HDInsight"} <= {o.text for o in card.options}
        if isinstance(card, Choice) and "based on Spark" in card.ask:
            assert "Spark on Azure HDInsight" not in {o.text for o in card.options}


def test_what_is_no_longer_so_is_asked_as_it_is_today(drafts: list[Draft]) -> None:
    (today,) = [d for d in drafts if d.rule == "today.now"]
    assert isinstance(today.card, Basic)
    assert today.card.answer == "Compute instances and notebooks in the studio."
    assert today.card.shows.startswith("The notes said: Azure based Jupyter Notebooks")
    others = [d for d in drafts if d.fact.source == today.fact.source and d is not today]
    assert all(not undoubted(d) and d.card.status == "outdated" for d in others)


def test_the_learners_own_card_is_exactly_that() -> None:
    term = Own(concept="", form="term", front="epoch", back="one pass over all data", source=at(1, "x"))
    question = Own(
        concept="", form="question", front="so what?", back="nothing", source=at(2, "x"), confidence=0.1
    )
    cloze = Own(concept="", form="cloze", front="a {{b}} c", source=at(3, "x"), tags=("mine",))
    made = generate([term, question, cloze])
    assert [d.tier for d in made] == ["active"] * 4
    assert [(d.card.ask, getattr(d.card, "answer", None)) for d in made] == [
        ("epoch", "one pass over all data"),
        ("one pass over all data", "epoch"),
        ("so what?", "nothing"),
        ("a {{b}} c", None),
    ]
    assert made[3].card.tags == ("mine",)


def test_a_fact_that_was_read_without_confidence_is_only_suggested() -> None:
    unsure = [replace(f, confidence=0.5) for f in FACTS if not isinstance(f, Own)]
    assert cards_of(generate(unsure)) == []
    assert cards_of(generate(unsure), "suggested")


def test_tags_are_the_kind_of_fact_and_the_notes_own() -> None:
    fact = Definition(
        concept="Datastore", value="a link to storage", tags=("mod-1",), source=at(1, "A link to storage.")
    )
    assert {card.tags for card in cards_of(generate([fact]))} == {("definition", "mod-1")}


def test_an_abbreviation_in_a_question_is_explained(drafts: list[Draft]) -> None:
    (card,) = [c for c in cards_of(drafts) if c.ask.startswith("Which") and "AMLS" in c.ask]
    assert "AMLS: Azure ML Services." in card.explain


def test_options_that_are_figures_stand_by_size() -> None:
    sizes = ["3.6", "3.7", "3.8", "3.5"]
    rows = [
        replace(f, cells=(("Version", size),))
        for f, size in zip([f for f in FACTS if isinstance(f, Row)], sizes, strict=True)
    ]
    found = [c for d in generate(rows) if isinstance(c := d.card, Choice) and c.options[0].text[0].isdigit()]
    assert all([o.text for o in c.options] == sorted(o.text for o in c.options) for c in found)


WORDS = """spark kernel scale storage notebook cluster secure fast portal tenant quota region tensor batch endpoint
token vector replica shard ledger queue topic trigger gateway subnet firewall policy role secret vault"""
words = st.sampled_from(WORDS.split())
phrase = st.lists(words, min_size=2, max_size=6, unique=True).map(" ".join)
name = st.lists(words, min_size=1, max_size=2, unique=True).map(lambda w: " ".join(w).title())
common = {
    "category": st.sampled_from(["", "network services", "Azure options"]),
    "confidence": st.floats(0.2, 1.0),
}
heading = st.sampled_from([("T", "A"), ("T", "B"), ("T", "B", "What is it")])


def sourced(fact: Fact, line: int) -> Fact:
    from dp100cards.first.generate.words_of import texts

    return replace(fact, source=at(line, f"{fact.concept}: {'; '.join(texts(fact))}"))


facts = st.lists(
    st.one_of(
        st.builds(Definition, concept=name, value=phrase.map("a {}".format), source=st.just(at(1, "")), heading=heading, **common),
        st.builds(Description, concept=name, value=phrase.map("based on {}".format), source=st.just(at(1, "")), heading=heading, **common),
        st.builds(Description, concept=name, value=phrase, source=st.just(at(1, "")), heading=heading, **common),
        st.builds(Use, concept=name, marker=st.just("useful for"), purpose=phrase, source=st.just(at(1, "")), heading=heading, **common),
        st.builds(Enumeration, concept=name, lead=name.map("{} has parts".format), what=st.sampled_from(["", "parts"]), items=st.lists(phrase, min_size=2, max_size=6, unique=True).map(tuple), source=st.just(at(1, "")), heading=heading, **common),
        st.builds(Sequence, concept=name, what=name, steps=st.lists(phrase, min_size=3, max_size=8).map(tuple), source=st.just(at(1, "")), heading=heading, **common),
        st.builds(Statement, concept=name, sentence=phrase.map("It stores {}".format), subject=st.just("It"), verb=st.just("stores"), object=phrase, source=st.just(at(1, "")), heading=heading, **common),
    ),
    max_size=14,
).map(lambda found: [sourced(fact, line) for line, fact in enumerate(found, 1)])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(facts)
def test_whatever_the_facts_the_active_cards_are_sound(found: list[Fact]) -> None:
    made = generate(found)
    active = [d for d in made if undoubted(d)]
    assert max(Counter(id(d.fact) for d in active).values(), default=0) <= MOST_ACTIVE
    for draft in active:
        card = draft.card
        assert flaws(card) == []
        assert 1 <= guess_difficulty(card) <= 10
        match card:
            case Basic(ask=ask, answer=answer):
                assert not stems(answer) <= stems(ask)
            case Choice(options=options):
                assert sum(o.right for o in options) == 1
                assert len({plain_text(o.text) for o in options}) == len(options)
            case Multiple(options=options):
                assert 2 <= sum(o.right for o in options) <= len(options) - 2
                assert len({plain_text(o.text) for o in options}) == len(options)
            case Cloze(ask=ask):
                assert len(gaps(ask)) == 1
            case Order(items=items):
                assert 3 <= len({plain_text(i) for i in items}) <= 7
            case Code():
                assert gaps(card.code)


@settings(max_examples=30, deadline=None)
@given(facts)
def test_the_same_facts_give_the_same_drafts(found: list[Fact]) -> None:
    assert generate(found) == generate(list(found))


SOURDOUGH = [
    Definition(concept="Sourdough", value="bread raised by wild yeast", category="Bread", heading=("Training", "Bread"), source=at(900, "Sourdough is bread raised by wild yeast.")),
    Description(concept="Rye loaf", value="baked in a cold oven", category="Bread", heading=("Training", "Bread"), source=at(901, "Rye loaf - baked in a cold oven.")),
    Description(concept="Baguette", value="shaped by hand", category="Bread", heading=("Training", "Bread"), source=at(902, "Baguette - shaped by hand.")),
    Enumeration(concept="Dough", lead="Dough needs three ingredients", what="ingredients", items=("flour", "water", "salt"), heading=("Training", "Bread"), source=at(903, "Dough needs three ingredients: flour, water, salt.")),
]  # fmt: skip


@pytest.mark.parametrize("place", [0, 7, 20, len(FACTS)])
def test_a_section_about_something_else_changes_no_card(drafts: list[Draft], place: int) -> None:
    mixed = generate([*FACTS[:place], *SOURDOUGH, *FACTS[place:]])
    assert [d for d in mixed if d.fact not in SOURDOUGH] == drafts


def test_sections_in_another_order_change_no_active_cards_text(drafts: list[Draft]) -> None:
    sections: dict[tuple[str, ...], list[Fact]] = {}
    for fact in FACTS:
        sections.setdefault(fact.heading[:2], []).append(fact)
    turned = generate([fact for section in reversed(sections.values()) for fact in section])
    assert asks(turned) == asks(drafts)


def test_difficulty_rises_with_how_much_is_asked_and_how_near_the_options_are() -> None:
    def choice(*texts: str) -> Choice:
        from dp100cards.cards import Option

        return Choice(
            id="", deck="", ask="Which?", options=tuple(Option(t, right=t == texts[0]) for t in texts)
        )

    far = choice("Datastore", "Kernel", "Price")
    near = choice("Azure data store", "Azure data lake", "Azure data share")
    assert guess_difficulty(far) < guess_difficulty(near)
    short = Basic(id="", deck="", ask="What?", answer="Spark.")
    long = Basic(
        id="", deck="", ask="What?", answer="Spark, with clusters that scale up and down by their load."
    )
    assert guess_difficulty(short) < guess_difficulty(long)


def test_a_draft_names_the_very_fact_that_it_came_from(drafts: list[Draft]) -> None:
    examples = Enumeration(
        concept="clay",
        lead="Examples",
        what="examples",
        items=("kaolin", "raku", "stoneware"),
        source=at(99, "x"),
    )
    given = [*FACTS, examples]
    known = {id(fact) for fact in given}
    assert all(id(draft.fact) in known for draft in generate(given))
