"""Every flaw has a card that shows it and a card that does not; a good card has none."""

from __future__ import annotations

import pytest

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Source,
    Statements,
)
from dp100cards.first.generate.flaws import CODES, Background, Neighbours, flaws
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Description

Where = dict[str, object]


def basic(ask: str, answer: str, **more: object) -> Basic:
    return Basic(id=str(more.pop("id", "d-1")), deck="d", ask=ask, answer=answer, **more)  # type: ignore[arg-type]


def cloze(ask: str) -> Cloze:
    return Cloze(id="d-1", deck="d", ask=ask)


def options(*texts: str) -> tuple[Option, ...]:
    """Options from texts; a right one begins with an asterisk."""
    return tuple(
        Option(
            t.removeprefix("*"),
            right=t.startswith("*"),
            because="" if t.startswith("*") else "It is something else.",
        )
        for t in texts
    )


def choice(ask: str, *texts: str) -> Choice:
    return Choice(id="d-1", deck="d", ask=ask, options=options(*texts))


def multiple(ask: str, *texts: str) -> Multiple:
    return Multiple(id="d-1", deck="d", ask=ask, options=options(*texts))


def order(*items: str) -> Order:
    return Order(id="d-1", deck="d", ask="Put the steps of the pipeline in order.", items=items)


def match(*pairs: tuple[str, str]) -> Match:
    return Match(id="d-1", deck="d", ask="Match each name to its use.", pairs=tuple(Pair(*p) for p in pairs))


def statements(*texts: str) -> Statements:
    return Statements(
        id="d-1", deck="d", ask="Workspace: is each of these statements true?", statements=options(*texts)
    )


GOOD_BASIC = basic("What is a datastore?", "An abstraction over an Azure Storage account.")
GOOD_CLOZE = cloze("Azure Notebooks only support Python, {{R}} and F#.")
GOOD_CHOICE = choice("Which option is based on Spark?", "*Azure Databricks", "Azure ML Studio", "SQL Server")
GOOD_MULTIPLE = multiple(
    "Which two hold data? (Choose two.)", "*Datastore", "*Dataset", "Workspace", "Endpoint"
)
GOOD_ORDER = order("Prepare", "Train", "Deploy")
GOOD_MATCH = match(
    ("Datastore", "connects storage"), ("Dataset", "points at files"), ("Endpoint", "answers requests")
)
GOOD_STATEMENTS = statements(
    "*A workspace holds experiments.", "A workspace is a kernel.", "A workspace is a disk."
)
GOOD_CODE = Code(id="d-1", deck="d", ask="Load the workspace.", code="ws = {{Workspace}}.from_config()")
GOOD = (
    GOOD_BASIC,
    GOOD_CLOZE,
    GOOD_CHOICE,
    GOOD_MULTIPLE,
    GOOD_ORDER,
    GOOD_MATCH,
    GOOD_STATEMENTS,
    GOOD_CODE,
)

LONG = "word " * 31
FLAWED: dict[str, tuple[Card, Card]] = {
    "short-question": (choice("Which one?", "*Disk", "Tape", "Card"), GOOD_CHOICE),
    "long-question": (basic(f"What is {LONG}?", "A disk."), GOOD_BASIC),
    "wordy-question": (basic(f"What is the {'very ' * 0}{'old big red slow new fine ' * 4} datastore for?", "Files."), GOOD_BASIC),
    "long-answer": (basic("What is a datastore?", LONG), GOOD_BASIC),
    "wordy-answer": (basic("What is a datastore?", "one " * 10 + "two " * 11), GOOD_BASIC),
    "not-a-question": (choice("The datastore that holds the files of a job", "*Disk", "Tape", "Card"), GOOD_CHOICE),
    "no-concept": (choice("Which of these is used?", "*Disk", "Tape", "Card"), GOOD_CHOICE),
    "dangling-pronoun": (basic("What does it store?", "Experiments."), basic("Workspace: what does it store?", "Experiments.")),
    "lost-reference": (basic("What does the image above show for the workspace?", "A graph."), GOOD_BASIC),
    "answer-in-question": (
        basic("What is an Azure Storage account, an Azure thing?", "Azure Storage."),
        basic("Databricks or HDInsight: which is older?", "HDInsight."),
    ),
    "empty": (basic("What is a datastore?", " "), GOOD_BASIC),
    "link": (basic("What is at https://example.org today?", "A page."), GOOD_BASIC),
    "markup": (basic("What is a <b>datastore</b>?", "A disk."), basic("Is 3 < 4 in `R`?", "Yes, it is.")),
    "unbalanced": (basic("What is a datastore (in Azure?", "A disk."), basic("What is a datastore (in Azure)?", "A disk.")),
    "doubled-word": (basic("What is the the datastore?", "A disk."), basic("Is that that datastore?", "Yes.")),
    "a-or-an": (basic("What is a experiment?", "A group of runs."), basic("What is an hour in a user's day?", "A span.")),
    "small-letter": (basic("what is a datastore?", "A disk."), basic("score.py: what does it do?", "Call the model.")),
    "metadata": (basic("What do you do with AKS in this lab?", "Deploy."), GOOD_BASIC),
    "two-facts": (
        basic("What is a pipeline?", "It runs steps and it saves money and it keeps logs and it also runs at night."),
        GOOD_BASIC,
    ),
    "generic-question": (basic("What can you do with AKS?", "Run containers."), GOOD_BASIC),
    "vague-answer": (basic("What is a pipeline?", "It depends."), basic("Is a pipeline reusable?", "Yes.")),
    "opinion": (
        basic("Why is AKS better, I think?", "Speed."),
        basic("Why is AKS better, I think?", "Speed.", status="advice"),
    ),
    "no-gap": (cloze("Azure Notebooks only support Python and more."), GOOD_CLOZE),
    "many-gaps": (cloze("Azure Notebooks {{only}} support Python, {{R}} and F#."), GOOD_CLOZE),
    "weak-gap": (cloze("Azure Notebooks support Python {{and}} the language R."), GOOD_CLOZE),
    "long-gap": (cloze("Azure Notebooks support {{Python and R and F# and C#}} in the browser."), GOOD_CLOZE),
    "thin-cloze": (cloze("{{Azure}} is it."), cloze("Azure Databricks: based on {{Spark}} since 2015.")),
    "gap-visible": (cloze("Python is run by {{Python}} in the Azure browser."), GOOD_CLOZE),
    "gap-in-token": (cloze("The file {{score}}.py calls the trained model."), cloze("The file {{score.py}} calls the trained model.")),
    "long-cloze": (cloze("The {{kernel}} " + "runs cells " * 20), GOOD_CLOZE),
    "ragged-gap": (cloze("Azure Notebooks only support Python, {{and R}} besides F#."), GOOD_CLOZE),
    "option-count": (choice("Which option is based on Spark?", "*Databricks", "Studio"), choice("Databricks or HDInsight: which came first?", "*HDInsight", "Databricks")),
    "no-right-option": (choice("Which option is based on Spark?", "Databricks", "Studio", "Excel"), GOOD_CHOICE),
    "two-keys": (choice("Which option is based on Spark?", "*Databricks", "*HDInsight", "Excel"), GOOD_CHOICE),
    "same-options": (choice("Which option is based on Spark?", "*Databricks", "Studio", "The studio"), GOOD_CHOICE),
    "none-or-all": (choice("Which option is based on Spark?", "*Databricks", "Studio", "None of the above"), choice("Which is it, for Spark?", "*Almost all of the tools", "Most tools", "Few tools")),
    "true-false-options": (choice("Is Databricks based on Spark?", "*True", "False"), GOOD_CHOICE),
    "combined-options": (choice("Which option is based on Spark?", "*Databricks", "Studio", "Databricks and Studio"), GOOD_CHOICE),
    "negative-question": (choice("Which option is not based on Spark?", "*Excel", "Databricks", "HDInsight"), choice("Which one is “not based on Spark”?", "*Excel", "Databricks", "HDInsight")),
    "fill-in-question": (choice("Databricks is based on ____?", "*Spark", "Excel", "Hive"), GOOD_CHOICE),
    "longest-key": (choice("Which option is based on Spark?", "*Azure Databricks, a very long name", "Azure ML Studio", "SQL Server"), GOOD_CHOICE),
    "uneven-options": (choice("What runs the training?", "*A compute target", "A disk", "A virtual network with private endpoints in it"), GOOD_CHOICE),
    "word-repeat": (choice("Which option has a visual designer?", "*Designer studio", "Databricks", "HDInsight"), GOOD_CHOICE),
    "convergence": (choice("Which mode keeps your results?", "*Cheap fast storage", "Cheap fast memory", "Large tape storage"), GOOD_CHOICE),
    "grammar-cue": (choice("What holds the files?", "*a datastore", "Excel", "Spark"), choice("What holds the files?", "*a datastore", "a kernel", "Spark")),
    "absolute-term": (choice("Which access does the owner have?", "*Full rights", "Never full rights", "Reader rights"), GOOD_CHOICE),
    "vague-term": (choice("Which access does the owner have?", "*Full rights", "Usually read rights", "Reader rights"), GOOD_CHOICE),
    "lost-sequence": (choice("Which Python version is the default kernel?", "3.8", "*3.6", "3.7"), choice("Which Python version is the default kernel?", "*3.6", "3.7", "3.8")),
    "no-because": (Choice(id="d-1", deck="d", ask="Which option is based on Spark?", options=(Option("Databricks", right=True), Option("Studio"), Option("Excel"))), GOOD_CHOICE),
    "number-untold": (multiple("Which of these hold data?", "*Datastore", "*Dataset", "Workspace", "Endpoint"), GOOD_MULTIPLE),
    "few-wrong": (multiple("Which two hold data? (Choose two.)", "*Datastore", "*Dataset", "Workspace"), GOOD_MULTIPLE),
    "step-count": (order("Prepare", "Train"), GOOD_ORDER),
    "same-steps": (order("Prepare", "Train", "prepare."), GOOD_ORDER),
    "pair-count": (match(("Datastore", "connects storage"), ("Dataset", "points at files")), GOOD_MATCH),
    "same-pairs": (match(("Datastore", "files"), ("Dataset", "Files."), ("Endpoint", "answers")), GOOD_MATCH),
    "one-sided": (statements("*A workspace holds experiments.", "*A workspace holds models."), GOOD_STATEMENTS),
    "no-blank": (Code(id="d-1", deck="d", ask="Load the workspace.", code="ws = Workspace.from_config()"), GOOD_CODE),
}  # fmt: skip

BESIDE = {"two-answers", "near-duplicate", "invented", "second-key"}
"""Flaws that need more than the card to be seen; they have tests of their own."""


def codes(card: Card) -> set[str]:
    return {each.code for each in flaws(card)}


@pytest.mark.parametrize("card", GOOD, ids=lambda card: card.kind)
def test_a_good_card_has_no_flaw(card: Card) -> None:
    assert flaws(card) == []


@pytest.mark.parametrize("code", sorted(FLAWED))
def test_a_flaw_is_found_where_it_is_and_only_there(code: str) -> None:
    bad, good = FLAWED[code]
    assert code in codes(bad)
    assert code not in codes(good)


def test_every_code_is_shown_by_a_card() -> None:
    assert set(FLAWED) | BESIDE == set(CODES)


def test_hard_flaws_come_first_and_each_code_once() -> None:
    found = flaws(choice("Which is not it?", "*All of the above", "Never", "never."))
    assert [each.hard for each in found] == sorted((each.hard for each in found), reverse=True)
    assert len({each.code for each in found}) == len(found)


def test_an_absolute_word_is_matched_at_word_boundaries() -> None:
    assert "absolute-term" not in codes(
        choice("Which tool do you need?", "*An installer", "A recaller", "A compiler")
    )


def test_an_answer_must_come_from_the_note() -> None:
    known = Background("datastore", "An abstraction over an Azure Storage account")
    assert flaws(GOOD_BASIC, background=known) == []
    told = flaws(basic("What is a datastore?", "A SQL database."), background=known)
    assert [each.code for each in told] == ["invented"]
    assert "sql" in told[0].detail


def test_a_card_that_does_not_name_its_concept_is_found() -> None:
    told = flaws(basic("What is attached?", "A disk."), background=Background("workspace", "A disk here"))
    assert "no-concept" in {each.code for each in told}


def test_one_question_with_two_answers_is_a_flaw_of_both() -> None:
    one, two = basic("What is a datastore?", "A disk."), basic("What is a datastore?", "A kernel.", id="d-2")
    deck = Neighbours([one, two])
    assert (
        {each.code for each in flaws(one, deck)}
        == {"two-answers"}
        == {each.code for each in flaws(two, deck)}
    )


def test_nearly_the_same_card_twice_is_a_flaw_and_the_card_itself_is_not_its_own_neighbour() -> None:
    one = basic(
        "What does the workspace of a team store for every training run?", "Metrics, logs and snapshots."
    )
    two = basic(
        "For every training run, what does a team's workspace store?", "Metrics, logs, snapshots.", id="d-2"
    )
    other = basic(
        "What does the workspace share among its users?", "Compute targets and datastores.", id="d-3"
    )
    deck = Neighbours([one, two, other])
    assert {each.code for each in flaws(one, deck)} == {"near-duplicate"}
    assert flaws(other, deck) == []
    assert flaws(one, Neighbours([one])) == []


def test_a_wrong_option_that_the_notes_make_right_is_a_second_key() -> None:
    said = {
        "Kiln room": "heated by natural gas",
        "Smoke room": "heated with natural gas",
        "Wheel room": "lit from the north",
    }
    world = World(Description(concept=n, value=v, source=Source("n.md", (1, 1), v)) for n, v in said.items())
    bad = choice("Which room is heated by natural gas?", "*Kiln room", "Smoke room", "Wheel room")
    good = choice("Which room is lit from the north?", "*Wheel room", "Smoke room", "Kiln room")
    assert [(each.code, each.detail) for each in flaws(bad, world=world) if each.hard] == [
        ("second-key", "Smoke room")
    ]
    assert not any(each.hard for each in flaws(good, world=world))


def test_cards_of_one_fact_may_look_alike() -> None:
    source = Source("n.md", (1, 1), "Azure Notebooks only support Python, R and F#.")
    one = Cloze(id="d-1", deck="d", ask="Azure Notebooks only support {{Python}}, R and F#.", source=source)
    two = Cloze(id="d-2", deck="d", ask="Azure Notebooks only support Python, {{R}} and F#.", source=source)
    assert flaws(one, Neighbours([one, two])) == []


def test_a_longer_word_of_the_question_gives_a_name_away() -> None:
    ask = "Which function converts a text to uppercase?"
    assert "word-repeat" in codes(choice(ask, "*Upper", "Title", "Format"))
    assert "word-repeat" not in codes(choice(ask, "*Casing", "Title", "Format"))
    assert "word-repeat" not in codes(
        choice("Which reads lowercase and uppercase?", "*Upper", "Lower", "Title")
    )
