"""The repository's own notes, and what a careful reader wants of the cards that come out of any notes."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from dp100cards.cards import Basic, Card, Choice, Cloze, Multiple
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.words_of import texts
from dp100cards.first.notes.extract import Extraction, extract
from tests.first.generate.offered import offered, undoubted

NOTES = Path(__file__).parents[3] / "notes"


@cache
def shipped() -> tuple[Extraction, list[Draft]]:
    """The repository's own notes: what is found in them, and what is made of it."""
    found = extract({path.name: path.read_text(encoding="utf-8") for path in sorted(NOTES.glob("*.md"))})
    return found, generate(found.facts)


def drafts(text: str, **more: str) -> list[Draft]:
    return generate(extract({"note.md": text, **{f"{name}.md": note for name, note in more.items()}}).facts)


def active(text: str, **more: str) -> list[Card]:
    return [draft.card for draft in drafts(text, **more) if offered(draft)]


def asked(text: str) -> list[str]:
    return [card.ask for card in active(text)]


def answers(text: str) -> dict[str, str]:
    return {card.ask: card.answer for card in active(text) if isinstance(card, Basic)}


def options(card: Card) -> set[str]:
    assert isinstance(card, Choice | Multiple)
    return {option.text for option in card.options}


STORAGE = """
## 3) Storage services

- **Blobs**: Object storage for unstructured data.
- **Queues**: Messaging service for asynchronous workflows.
- **Tables**: Key-value store for structured data without relations.
"""


def test_the_number_of_a_heading_is_no_part_of_a_question() -> None:
    assert any("storage service" in ask.lower() for ask in asked(STORAGE))
    assert not any("3)" in ask for ask in asked(STORAGE))


def test_a_check_question_with_its_answer_becomes_that_card() -> None:
    found = answers(
        "## Knowledge check\n\n1. Which option offers **sixteen nines**? → **Geo-zone redundancy**\n"
    )
    assert found == {"Which option offers sixteen nines?": "Geo-zone redundancy"}


def test_a_label_under_a_concept_is_a_trait_of_it_and_no_concept() -> None:
    found = answers(
        "## Round robin\n\n"
        "- **Limitation**: High turnaround time for long jobs.\n"
        "- **Purpose**: Fair shares of the processor.\n"
    )
    assert any("limitation" in ask.lower() and "round robin" in ask.lower() for ask in found)
    assert not any(ask.lower().startswith("what is limitation") for ask in found)


def test_what_a_course_is_like_is_no_card() -> None:
    assert (
        drafts("# Module\n\n- **Level:** Beginner\n- **Roles:** Administrator, developer and architect\n")
        == []
    )


def test_a_verb_without_its_subject_keeps_its_object() -> None:
    text = (
        STORAGE
        + "- **File sync**: A service for file servers.\n  - Keeps Windows file shares in sync with the cloud.\n"
    )
    assert not any("does keeps" in ask.lower() or "do keeps" in ask.lower() for ask in asked(text))
    assert any("keep" in ask.lower() for ask in asked(text))


def test_a_gap_does_not_cut_a_name_in_two() -> None:
    text = "## Archive\n\nThe archive is kept, for unstructured data of many years, on Data Lake Gen2 of Contoso.\n"
    gaps = [draft.card.ask for draft in drafts(text) if isinstance(draft.card, Cloze)]
    assert gaps
    assert not any("Data {{Lake" in gap or "{{Data}} Lake" in gap for gap in gaps)


def test_a_cloze_names_its_concept() -> None:
    text = "## What is a pipeline\n\nA tool for workflows. You can change the order of the steps without Kubernetes.\n"
    gaps = [card.ask for card in active(text) if isinstance(card, Cloze)]
    assert gaps
    assert all("pipeline" in gap.lower() for gap in gaps)


def test_options_of_a_named_category_are_of_that_category() -> None:
    text = (
        "# Work\n\nSoftware process: Plan -> Build -> Ship\n\n- **Plan**: Decide on the scope of the work.\n"
        "- **Build**: Write and test the code.\n- **Ship**: Hand the program over to its users.\n\n"
        "## What is a compiler\n\nA program that translates code into machine code.\n"
    )
    steps = [
        card for card in active(text) if isinstance(card, Choice) and "software process step" in card.ask
    ]
    assert steps
    assert all(options(card) <= {"Plan", "Build", "Ship"} for card in steps)


def test_what_is_headings_of_several_notes_lend_each_other_options() -> None:
    one = "## What is a workspace\n\nThe top-level resource for experiments and training runs.\n"
    two = "## What is a datastore\n\nAn abstraction over a storage account for training data.\n"
    three = "## What is an image\n\nA package of a model, for training runs on any cluster.\n"
    chosen = [card for card in active(one, two=two, three=three) if isinstance(card, Choice)]
    assert any({"Workspace", "Datastore", "Image"} <= options(card) for card in chosen)


def test_a_lead_of_nouns_is_no_sentence() -> None:
    text = STORAGE + "  - Access tiers: hot, cool, cold and archive\n"
    assert not any("access which" in ask.lower() for ask in asked(text))


def test_ready_to_use_before_a_noun_is_an_adjective() -> None:
    text = "## Notebooks\n\n- **Cloud notebooks**: A hosted service. Ready to use projects that teach data science.\n"
    text += "- **Local notebooks**: A program on your own computer.\n- **Shared notebooks**: A folder for a team.\n"
    assert not any("ready to do" in ask or "is ready to" in ask for ask in asked(text))


def test_contrasted_things_are_no_options_for_what_is_said_in_passing() -> None:
    text = (
        "## Spark services\n\n- **Databricks**: Useful for big data.\n- **HDInsight**: A managed Hadoop cluster.\n"
        "- **Synapse**: A warehouse with pools.\n- **Batch**: A scheduler of jobs.\n\n"
        "> Databricks vs. HDInsight: Databricks is built for collaboration.\n"
    )
    cards = [c for c in active(text) if isinstance(c, Choice) and "big data" in c.ask.lower()]
    assert cards
    assert not any("HDInsight" in options(card) for card in cards)


def test_what_is_said_of_a_retired_thing_says_that_it_is_retired() -> None:
    text = (
        "## Cloud notebooks\n\nCloud notebooks are a hosted service.\n\n"
        "> Today (2021-01): Cloud notebooks were retired on 15 January 2021; use compute instances instead.\n\n"
        "Cloud notebooks support a free tier for students. Local notebooks need no account.\n"
    )
    about = [card for card in active(text) if "free tier" in str(card)]
    assert about
    assert all(card.status == "outdated" and "retired on 15 January 2021" in card.explain for card in about)
    assert not any(card.status for card in active(text) if "local notebooks" in card.ask)


def test_predicates_listed_under_a_name_are_said_of_it() -> None:
    text = (
        "## Assets\n\n- **Models**:\n  - Stored as pickle or MLflow files.\n  - Versioned for every change.\n"
    )
    assert not any("two models" in ask.lower() for ask in asked(text))
    assert any("models" in ask.lower() and "versioned" in ask.lower() for ask in asked(text))


def test_a_pronoun_means_what_the_sentence_before_was_about() -> None:
    text = (
        "## Platform services\n\n"
        "App Environment is a premium offer of the platform. It gives you an isolated network.\n"
    )
    assert not any("platform services" in ask.lower() for ask in asked(text))
    assert any("app environment" in ask.lower() for ask in asked(text))


def test_what_leans_on_a_sentence_before_is_not_asked() -> None:
    text = "## Access\n\nThe tag opens a port range.\n\nThis subscription must be the same as before.\n"
    text += "For example, you can open the ports of Contoso.\n"
    assert not any("subscription" in ask.lower() or "contoso" in ask.lower() for ask in asked(text))


def test_nobody_asks_what_below_is() -> None:
    text = "# Summary\n\n## Features\n\nBelow is a summary of the features.\n\nThe tag opens a port.\n"
    assert not any("below" in str(card).lower() for card in active(text))


def test_a_nouns_ending_is_no_verb() -> None:
    text = "## Monitor\n\nWorkbooks in Azure Monitor allow you to build reports.\n"
    assert not any(ask.endswith("monitor?") for ask in asked(text))


def test_a_bold_line_over_a_list_is_what_the_list_is_about() -> None:
    text = (
        "## Trade\n\n- The colonies sold corn and cotton to all of Europe.\n\n"
        "**Stono Rebellion** - 1739, South Carolina\n\n- Squashed by the militia of South Carolina.\n"
    )
    squashed = [ask for ask in asked(text) if "squashed" in ask.lower()]
    assert squashed or any("Stono" in str(card) for card in active(text))
    assert not any("trade" in ask.lower() for ask in squashed)


def test_what_the_exam_is_like_is_no_card() -> None:
    text = "## Exam structure\n\n- 40-60 questions in one hour.\n- Passing score of 700.\n\n## Study tips\n\n- Sleep well.\n"
    assert drafts(text) == []


def test_a_definition_that_begins_with_its_concept_is_no_answer() -> None:
    text = "## Network\n\n- **Internet gateway**: The internet gateway acts as the exit of the network.\n"
    text += "- **Route table**: A map of the traffic in the network.\n"
    assert not any(answer.startswith("The internet gateway") for answer in answers(text).values())


def test_a_list_of_questions_is_not_asked() -> None:
    assert not asked(
        "## Pipes\n\nFour issues of pipes:\n\n- One way or both ways?\n- Half duplex?\n- Over the network?\n"
    )


# The repository's own notes

DECKS = ("services", "workspace", "image", "datastore", "pipeline", "compute-target", "deployment")

FACTS = [
    # Each fact of the notes, by words that must stand together on a card that is active or suggested.
    ("ML Studio", "drag and drop"), ("ML Studio", "without any code"), ("ML Studio", "training", "deployment"),
    ("ML Studio", "complete environment"), ("ML Studio", "learning", "beginners"),
    ("Databricks", "big data"), ("Databricks", "based on", "Spark"), ("Databricks", "massive scale"),
    ("Databricks", "portal"), ("Databricks", "dynamically"), ("Databricks", "secure collaboration"),
    ("Databricks", "data science tools"), ("Databricks", "different languages in one notebook"),
    ("Databricks", "jobs", "libraries", "clusters", "workspaces", "notebooks"),
    ("Virtual Machine", "preinstalled"), ("Virtual Machine", "straight to Azure"), ("Virtual Machine", "customize"),
    ("Virtual Machine", "sample code"), ("Virtual Machine", "Deep Learning VM"), ("Virtual Machine", "geographic"),
    ("SQL Server", "analyze data"), ("SQL Server", "on-premises"),
    ("SQL Server", "scaling", "security", "operationalization"),
    ("HDInsight", "in-memory"), ("HDInsight", "Hortonworks"), ("HDInsight", "easy to manage"), ("HDInsight", "PaaS"),
    ("HDInsight", "other Azure services"), ("Databricks or HDInsight", "collaboration easier"),
    ("Databricks", "built for", "teamwork"),
    ("ML service", "model management", "training", "model selection", "hyperparameter", "feature", "evaluation"),
    ("ML service", "automate", "tuning and selection"), ("ML service", "Python"),
    ("Azure Notebooks", "Jupyter", "based on Azure"), ("Azure Notebooks", "free tier"),
    ("Azure Notebooks", "ready-to-use projects"), ("Jupyter notebook", "Visual Studio Code"), ("Git integration",),
    ("Azure Notebooks", "Python", "R", "F#"), ("advantage", "preinstalled"), ("Azure Notebooks", "further libraries"),
    ("Azure Notebooks", "your own computer"), ("Azure Notebooks", "custom environment"),
    ("processing power", "virtual machines"), ("Azure Notebooks", "ready for", "ML service"),
    ("call from Azure Notebooks", "ML service"), ("kernel", "3.6", "default"), ("kernel", "raise errors"),
    ("containers and automation",), ("pack", "libraries", "container"), ("runs everything there",),
    ("Environment setup > Data preparation > Experimentation > Deployment",),
    ("Environment setup", "workspace"), ("Environment setup", "portal"), ("Environment setup", "IDE"),
    ("experiment", "workspace", "information about model training"), ("Data preparation", "Data Prep SDK"),
    ("Experimentation", "open-source Python"), ("Experimentation", "locally or in Azure"),
    ("Experimentation", "submit", "containers"), ("Experimentation", "monitor"), ("Experimentation", "register"),
    ("Deployment", "makes a model available"),
    ("Docker images", "Container Instances", "Kubernetes", "IoT Edge", "Field Programmable"),
    ("deployment", "scoring script", "environment file", "configuration file"), ("scoring script", "call the model"),
    ("environment file", "package dependencies"), ("configuration file", "resources for the container"),
    ("workspace", "top-level resource"), ("workspace", "hub"), ("create a workspace", "portal", "Python"),
    ("access a workspace", "Python"), ("models", "registered", "workspace"), ("image", "scoring scripts"),
    ("workspace", "experiment objects"), ("workspace", "compute targets"), ("workspace", "training runs"),
    ("image", "model", "environment file", "configuration file"), ("environment file", "dependencies of the model"),
    ("configuration file", "needed to run the model"), ("datastore", "abstraction", "Storage account"),
    ("default datastore", "ready to use"), ("datastore", "Blob", "File"), ("pipeline", "workflows"),
    ("pipeline", "data manipulation", "training and testing", "deployment"), ("unattended", "compute target"),
    ("easier to allocate resources",), ("compute target", "training script", "service deployment"),
    ("compute target", "attached", "workspace"), ("share", "compute targets", "local machine"),
    ("web service", "Container Instances", "AKS", "FPGA"), ("web service", "image", "associated files"),
    ("new resource group", "mess"), ("interact", "Notebooks linked", "visual interface", "Notebook VMs", "automated"),
    ("without", "authentication"), ("notebooks are stored in the workspace",), ("work in teams",),
    ("JupyterLab", "Azure DevOps"), ("same name", "higher version"), ("scalability", "training"),
    ("App Service",), ("keep paying", "idle"),
]  # fmt: skip


def test_each_of_the_seven_decks_has_a_note_of_its_own() -> None:
    fronts = [front.deck for front in shipped()[0].fronts.values()]
    assert tuple(dict.fromkeys(fronts)) == DECKS
    assert fronts[7:] == ["services"], "notebooks are a service too, of another exam area"
    assert not shipped()[0].problems


def on_card(card: Card) -> str:
    return f"{card.ask} {texts_on(card)} {card.explain}".casefold()


def texts_on(card: Card) -> str:
    from dp100cards.first.generate.flaws.wording import every_text

    return (" > " if card.kind == "order" else " ").join(every_text(card)[1:])


@pytest.mark.parametrize("words", FACTS, ids=" ".join)
def test_every_fact_is_asked(words: tuple[str, ...]) -> None:
    offered = [draft.card for draft in shipped()[1] if draft.tier != "spare"]
    plain = [on_card(card).replace("{{", "").replace("}}", "") for card in offered]
    assert any(all(word.casefold() in text for word in words) for text in plain)


def test_there_are_cards_enough_of_every_kind() -> None:
    cards = [draft.card for draft in shipped()[1] if undoubted(draft)]
    assert len(cards) >= 70
    assert Counter(card.kind for card in cards).keys() >= {"basic", "cloze", "choice", "order"}
    assert {card.deck for card in cards} == set(DECKS)


def test_lists_of_the_same_of_two_things_give_a_choice_of_several() -> None:
    tiers = {"Blob": ("Hot", "Cool", "Archive"), "File": ("Premium", "Transaction optimized", "Standard")}
    text = "# Storage\n" + "".join(
        f"\n## {name} storage\n\n{name} storage has three tiers:\n\n" + "".join(f"- {tier}\n" for tier in of)
        for name, of in tiers.items()
    )
    made = [draft.card for draft in drafts(text) if isinstance(draft.card, Multiple)]
    assert [{o.text for o in card.options if o.right} for card in made] == [set(of) for of in tiers.values()]
    assert all("another list" in o.because for card in made for o in card.options if not o.right)


def test_no_card_of_the_decks_has_a_flaw() -> None:
    from dp100cards.first.generate.flaws import Background, Neighbours, flaws

    for draft in shipped()[1]:
        if undoubted(draft):
            quote = draft.card.source.quote if draft.card.source else ""
            words = " ".join((*texts(draft.fact), draft.fact.source.quote, quote))
            found = flaws(
                draft.card, Neighbours(), Background(draft.fact.concept, f"{words} {on_card(draft.card)}")
            )
            assert not [flaw.code for flaw in found if flaw.hard], draft.card.ask


def test_every_statement_of_the_notes_is_covered_or_known_to_state_nothing() -> None:
    found, made = shipped()
    offered = {id(draft.fact) for draft in made if draft.tier != "spare"}
    for unit in found.units:
        assert unit.skipped or any(id(found.facts[at]) in offered for at in unit.facts), unit.text
    assert {unit.text for unit in found.units if unit.skipped} == {
        "Understand this one for the exam.",
        "It is the core of the course.",
    }


def test_what_has_changed_is_asked_with_month_and_source() -> None:
    changes = {fact.change for fact in shipped()[0].facts if fact.change}
    assert len(changes) >= 10
    assert all("(Source: " in change.text and len(change.date) == 7 for change in changes)
    asks = [draft.card.ask for draft in shipped()[1] if draft.rule == "today.now" and undoubted(draft)]
    assert len(asks) == len(changes)


def test_no_option_is_right_twice() -> None:
    for draft in shipped()[1]:
        if isinstance(draft.card, Choice) and undoubted(draft):
            assert sum(option.right for option in draft.card.options) == 1
            assert all(option.right or option.because for option in draft.card.options)


def test_a_purpose_is_asked_with_why() -> None:
    text = "## Storage\n\nThe account is replicated to ensure durability. The cloud is built in order to survive fires.\n"
    found = answers(text)
    assert not any(ask.endswith(("replicated to do?", "built in?")) for ask in found)
    assert any(ask.endswith("replicated?") and "durability" in answer for ask, answer in found.items())


def test_notes_in_another_language_wait_for_the_learner() -> None:
    line = (
        "O serviço de dados do Azure permite que os usuários criem modelos de linguagem para as empresas.\n\n"
    )
    assert not active("# Notas\n\n## Serviço de dados\n\n" + line * 6)
