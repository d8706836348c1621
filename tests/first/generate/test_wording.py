"""The pieces of English that questions are made of: articles, number, verbs, capitals, shapes, cuts."""

from __future__ import annotations

import pytest

from dp100cards.cards import Choice
from dp100cards.first.generate.english import (
    article,
    base_form,
    joined,
    lower_first,
    plural,
    sentence,
    singular,
    upper_first,
)
from dp100cards.first.generate.flaws.wording import dangles, mend
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.naming import Naming, is_name
from dp100cards.first.generate.phrase import category_noun, cut, only_a_name, property_of
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import stems
from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.facts import Statement
from tests.first.generate.handmade_facts import at


@pytest.mark.parametrize(
    "noun", "hour image ML AKS API NSG FPGA S3 R 8-core XGBoost IDE Azure MLflow experiment HDInsight".split()
)
def test_an_stands_before_a_vowel_that_is_heard(noun: str) -> None:
    assert article(noun) == "an"


@pytest.mark.parametrize(
    "noun", "user VM SQL URL one-shot unit university RBAC SAS European PaaS GPU".split()
)
def test_a_stands_before_all_else(noun: str) -> None:
    assert article(noun) == "a"


def test_articles_are_mended_in_english_and_left_alone_in_other_languages() -> None:
    assert mend("A ML pipeline is an tool") == "An ML pipeline is a tool"
    assert mend("Permite a análise de um texto") == "Permite a análise de um texto"


@pytest.mark.parametrize("noun", ["components", "vCPUs", "compute targets", "images of models", "criteria"])
def test_a_plural_is_known_by_its_head(noun: str) -> None:
    assert plural(noun)
    assert not plural(singular(noun.split(" of ")[0]))


@pytest.mark.parametrize("noun", ["Azure Databricks", "analysis", "access", "AKS", "cost of runs", "status"])
def test_an_s_alone_makes_no_plural(noun: str) -> None:
    assert not plural(noun)


def test_verbs_go_back_to_their_base() -> None:
    assert [base_form(v) for v in "stores has carries passes uses goes fixes".split()] == (
        "store have carry pass use go fix".split()
    )


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("A model", "a model"),
        ("R", "R"),
        ("Azure Databricks", "Azure Databricks"),
        ("Supports MySQL", "supports MySQL"),
        ("AKS clusters", "AKS clusters"),
        ("Data preparation", "data preparation"),
        ("Machine Learning", "Machine Learning"),
    ],
)
def test_names_keep_their_capitals_inside_a_sentence(text: str, inside: str) -> None:
    assert lower_first(text) == inside


def test_code_keeps_its_small_letter_and_a_sentence_gets_one_full_stop() -> None:
    assert upper_first("score.py calls the model") == "score.py calls the model"
    assert sentence("the model") == "The model."
    assert sentence("What now?") == "What now?"
    assert joined(["a, b", "c", "d"]) == "a, b; c and d"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("based on Spark", "participle"),
        ("drag and drop", "imperative"),
        ("no code is needed there", "clause"),
        ("easy to use", "adjective"),
        ("supports R", "verb"),
        ("can scale", "modal"),
        ("a VM with tools", "noun"),
        ("the stage that makes a model available", "noun"),
        ("lived in tents", "noun"),
        ("Captain Baker refused to sail", "clause"),
        ("costs are lower at night", "clause"),
        ("in the cloud", "preposition"),
        ("training on GPUs", "gerund"),
    ],
)
def test_the_shape_of_a_phrase_is_what_it_opens_with(text: str, form: str) -> None:
    assert shape(text) == form


def test_a_long_phrase_is_cut_at_a_clause_and_a_short_one_is_not() -> None:
    long = "a service that trains models on machines of every size, which makes it easier to compare them later on"
    assert cut(long) == (
        "a service that trains models on machines of every size",
        "which makes it easier to compare them later on",
    )
    assert cut("a hub, which is shared") == ("a hub, which is shared", "")


@pytest.mark.parametrize(
    ("category", "noun"),
    [
        ("Azure data science options", "Azure data science option"),
        ("2) Storage types", "storage type"),
        ("Compute targets", "compute target"),
        ("Azure Notebooks", ""),
        ("Overview", ""),
        ("Key decisions", ""),
        ("What is", ""),
    ],
)
def test_a_heading_is_a_kind_of_thing_only_as_a_plural_noun(category: str, noun: str) -> None:
    assert category_noun(category) == noun


def test_what_is_said_loses_the_words_that_lean_on_others() -> None:
    assert property_of("It's easy to use") == "easy to use"
    assert property_of("Note: it supports R.") == "supports R"
    assert only_a_name("Amazon S3 Glacier")
    assert not only_a_name("Object storage in Azure")


@pytest.mark.parametrize(
    "heading",
    [
        "Factors to consider",
        "How it works",
        "Deploy a model",
        "Key takeaways",
        "A vs B",
        "Pricing",
        "has a plan",
    ],
)
def test_a_topic_is_no_name(heading: str) -> None:
    assert not is_name(heading)


@pytest.mark.parametrize(
    "name", ["Load Balancer", "workspace", "Decision tree", "Question answering", "Feature store"]
)
def test_a_thing_is_a_name(name: str) -> None:
    assert is_name(name)


def test_a_pronoun_dangles_unless_something_stands_before_it() -> None:
    assert dangles("What does it store?") == "it"
    assert dangles("Workspace: what does it store?") == ""
    assert dangles("Why is it better to wait?") == ""
    assert dangles("Which of these does this describe: “it”?") == ""
    assert dangles("Why can you use Git with that?") == "that"


def names(*sentences: str) -> Naming:
    return Naming([Statement(concept="x", sentence=s, source=at(1, s)) for s in sentences])


def test_the_notes_own_sentences_show_which_article_a_name_takes() -> None:
    naming = names("You can mount a datastore.", "Azure Databricks runs Spark.", "the compute target is idle")
    assert naming.subject("Datastore") == "a datastore"
    assert naming.subject("Azure Databricks") == "Azure Databricks"
    assert naming.subject("Compute Target") == "the compute target"
    assert naming.subject("Feature Store") == ""
    assert naming.title("datastore") == "Datastore"


def test_words_of_one_family_share_a_stem() -> None:
    assert stems("deploying deployed deployment's deploys") == stems("deploy") | stems("deployment")
    assert stems("The stores of a store") == stems("storing")
    assert not stems("it is what you can do")


def test_a_catchword_is_no_reason_where_more_is_told() -> None:
    note = """## Data options

- **Lake**: raw data. A place that keeps data of every form. Good tools.
- **Warehouse** for tidy figures. Figures are kept in tables there.
- **Queue**: A line of messages that wait for a reader.
- **Vault**: The place that keeps every secret of a team.
"""
    reasons = {
        option.because
        for draft in generate(extract({"a.md": note}).facts)
        if isinstance(draft.card, Choice)
        for option in draft.card.options
        if not option.right
    }
    assert "A place that keeps data of every form." in reasons
    assert not reasons & {"Good tools.", "Raw data."}


def test_a_heading_in_code_stays_in_code() -> None:
    """ "What does an element return?" would read the function as a word."""
    named = (
        ("`element`", "Returns an item by index."),
        ("`concat`", "Joins lists into one list."),
        ("`keys`", "Names what a map holds."),
    )
    text = "# List functions\n\n" + "".join(f"## {name}\n\n{told}\n\n" for name, told in named)
    cards = [str(draft.card) for draft in generate(extract({"note.md": text}).facts)]
    assert any("`element`: what does it return?" in card for card in cards)
    assert not any("an element" in card or "Element" in card for card in cards)


def test_a_product_named_in_the_plural_is_one_where_a_sentence_says_so() -> None:
    text = (
        "# Ports\n\n## Cargo Decks\n\nCargo Decks is a service that plans how ships are loaded.\n\n"
        "A cargo deck belongs to one ship. The cargo deck of a ferry is low.\n"
    )
    told = [draft.card.ask for draft in generate(extract({"note.md": text}).facts)]
    assert "What is Cargo Decks?" in told
    assert "What is a cargo deck?" not in told


def test_a_quality_has_no_article_whatever_is_said_of_the_quality_of_a_thing() -> None:
    text = (
        "# Fleet\n\n## Crew management\n\nCrew management is a way to see who is on which ship.\n\n"
        "The crew management is done on shore.\n"
    )
    told = [draft.card.ask for draft in generate(extract({"note.md": text}).facts)]
    assert "What is crew management?" in told
