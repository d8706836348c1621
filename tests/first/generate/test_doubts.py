"""What a careful reader would not take as it is, the guards see: such a card waits for the learner's yes."""

from __future__ import annotations

import pytest

from dp100cards.first.generate.doubts.grammar import (
    of_a_definition,
    of_a_fragment,
    of_a_gap,
    of_a_list,
    of_english,
)
from dp100cards.first.generate.doubts.words import (
    breaks_off,
    is_told,
    leans_back,
    no_noun,
    noisy,
    speaks_of_itself,
)
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from tests.first.generate.offered import undoubted


def drafts(text: str) -> list[Draft]:
    return [draft for draft in generate(extract({"note.md": text}).facts) if draft.tier != "spare"]


def active(text: str) -> list[str]:
    return [draft.card.ask for draft in drafts(text) if undoubted(draft)]


@pytest.mark.parametrize(
    "name",
    [
        "Global",
        "Cost effective",
        "Ignoring deadlines",
        "Options for baking",
        "Had a bad oven",
        "Flour/Water",
        "Tips",
    ],
)
def test_a_quality_a_deed_or_a_topic_is_no_name(name: str) -> None:
    assert no_noun(name)


@pytest.mark.parametrize(
    "name", ["Rye starter", "TCP/IP", "Drying room", "Archive", "Machine learning", "Oven (gas)"]
)
def test_the_name_of_a_thing_is_one(name: str) -> None:
    assert not no_noun(name)


def test_first_person_examples_and_signs_are_seen() -> None:
    assert speaks_of_itself("the oven that we'll use in week two")
    assert not speaks_of_itself("How can we bake in it?")
    assert noisy("PC1 sends a packet") and noisy("flour → dough") and noisy("Bread 🍞")
    assert not noisy("The router sends a packet")


def test_what_points_back_and_what_breaks_off_is_seen() -> None:
    assert leans_back("The crust in this phase") and not leans_back(
        "Which of these does this describe: “Crisp”?"
    )
    assert breaks_off("Dough to") and not breaks_off("Dough to bake")


def test_an_event_with_its_own_subject_describes_nothing() -> None:
    assert is_told("Small group of bakers stole flour and left")
    assert not is_told("Squashed by the town militia")
    assert not is_told("Services spread across regions")


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("## Oven\n\nUsers can heat the oven in this phase by gas.\n", "this phase"),
        (
            "## Baker\n\nIt has been found that developers can use yeast to raise it.\n",
            "What can developers use?",
        ),
        (
            "## Bakery\n\n- **Global**: sells bread in each town of the country.\n- **Cheap**: costs little.\n",
            "Global",
        ),
        (
            "## Oven\n\nThe oven serves two fuels: gas and wood. PC1 sends heat to PC2 through the wall.\n",
            "PC1",
        ),
        ("## Oven\n\nThe oven stands in the garden near many warm loaves.\n", "{{loaves}}"),
        ("## Salt\n\nThe baker keeps most kinds of grain such as wheat, rye and Spelt.\n", "{{Spelt}}"),
    ],
)
def test_such_a_card_is_not_active(text: str, ask: str) -> None:
    assert not any(ask in each for each in active(text))


def test_a_figure_or_a_rare_name_is_worth_a_gap() -> None:
    text = "## Oven\n\nThe oven reaches its full heat of 480 degrees after nearly forty minutes of gas.\n"
    assert any("{{480}}" in ask for ask in active(text))


def test_a_doubted_card_still_covers_its_sentence() -> None:
    found = drafts(
        "## Bakery\n\n- **Global**: sells bread in each town of the country.\n- **Cheap**: costs little.\n"
    )
    assert found and all(draft.doubts for draft in found if draft.tier == "suggested")


def test_a_table_of_contents_states_nothing() -> None:
    units = extract(
        {"n.md": "# Bread\n\n- [Good to know](#good-to-know)\n- [Ovens](#ovens)\n\n## Ovens\n\nHot.\n"}
    ).units
    assert [unit.skipped for unit in units[:2]] == ["table of contents"] * 2


def test_a_table_of_things_against_each_other_is_read_by_its_columns() -> None:
    table = (
        "## Rye vs Wheat\n\n| Parameter | Rye | Wheat |\n|---|---|---|\n| Main use | Dark bread | Cakes |\n"
    )
    assert any("main use of Rye" in ask for ask in active(table))
    two = "## Comparing rye and wheat\n\n| Rye | Wheat |\n|---|---|\n| Slow to rise | Quick to rise |\n"
    assert any("Rye or" in ask and "slow to rise" in ask for ask in active(two))


def test_this_tool_is_the_one_at_hand() -> None:
    assert any(
        "Proofer" in ask for ask in active("## Proofer\n\nThis tool is used to keep dough warm overnight.\n")
    )


def test_an_abbreviation_in_the_plural_is_asked_for_in_the_singular() -> None:
    asks = active("## Shops\n\nEach town has Bread Retail Outlets (BROs) near the square.\n")
    assert "What does BRO stand for?" in asks


def test_what_is_about_the_exam_under_a_label_is_passed_over() -> None:
    text = "## Ovens\n\n- **Gas oven**: An oven that burns gas.\n- **Exam tips**: Practise the tables of heat each day.\n"
    assert not any("Practise" in unit.text and not unit.skipped for unit in extract({"n.md": text}).units)


def test_notes_half_about_an_exam_are_only_suggested() -> None:
    assert not active("## Key ideas and exam tips\n\n- **Rye**: A grain that grows in the cold north.\n")


def test_a_matrix_of_ticks_asks_which_have_it() -> None:
    table = "## Ovens\n\n| Feature | Gas | Wood | Clay | Steel |\n|---|---|---|---|---|\n"
    table += "| Quick heat | ✅ | ❌ | ❌ | ✅ |\n| Smoky crust | ❌ | ✅ | ❌ | ❌ |\n"
    asks = active(table)
    assert any("Which two of these have “Quick heat”?" in ask for ask in asks)
    assert "Which of these has “Smoky crust”?" in asks


def test_bold_terms_in_paragraphs_are_terms() -> None:
    text = "## Baking\n\n**Proofing**: The last rest of the dough in a warm place.\n\n"
    text += "**Scoring**: A cut in the crust of a loaf that lets out the steam.\n"
    assert any("proofing" in ask.lower() and "what" in ask.lower() for ask in active(text))


def test_what_to_use_for_a_deed_is_a_use() -> None:
    assert any(
        "`bake`" in ask for ask in active("## Tools\n\nTo heat the stone oven, use the `bake` command.\n")
    )


def test_a_way_to_do_something_is_told() -> None:
    text = "## Dough\n\nThe fastest way to raise dough is to keep it near the warm oven.\n"
    assert "What is the fastest way to raise dough?" in [draft.card.ask for draft in drafts(text)]


def test_a_sentence_of_which_no_rule_knows_the_verb_is_still_offered() -> None:
    assert drafts("## Levain\n\nLoaves grumble softly over embers of Ash.\n")


@pytest.mark.parametrize(
    "ask",
    [
        "What does uniquely identify?",
        "Where can you create a vault?",
        "Confusion matrix: what is it useful when for?",
        "Why is the easiest way to mount a share to?",
        "What can even disks bought elsewhere be attached by?",
        "The registry: what can to store images we use?",
        "Storage: the four redundancy levels are listed below: which four?",
        "What does stopping a virtual machine before the backup reach?",
        "Which of these represents internally as a byte array?",
        "Which `Tier` has the `Retention “30 days or more”?",
        "Usually the portal: what is it ideal for?",
        "And explore the dashboard: what does it show?",
        "Which size is used for a most workloads?",
        "When does booting mean running a script?",
        "What does high availability go?",
        "Which two isomer does this describe: “An energy store”?",
        "Ports: what does security group? Name all five.",
        "Choosing a queue: what happens if either are needed?",
        "Which of these does this describe: “Cool blobs keep data for thirty days”?",
    ],
)
def test_what_is_no_english_is_doubted(ask: str) -> None:
    assert list(of_english(ask))


@pytest.mark.parametrize(
    "ask",
    [
        "What is a blob?",
        "Azure Files: what is it used for?",
        "Which of these is a datastore?",
        "Which of these has a rule that automatically blocks traffic from bad actors?",
        "Which of these does this describe: “A Spark-based environment that scales”?",
        "What does raising the threshold reduce?",
        "What must you do before you delete a vault?",
        "Compute cluster: what happens when no job is waiting?",
        "Which tool keeps on-premises servers and the cloud in step?",
    ],
)
def test_plain_english_is_not_doubted(ask: str) -> None:
    assert list(of_english(ask)) == []


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("Container registry: what is it?", "Which stores images"),
        ("What is regression for?", "To numeric problems of all kinds"),
        ("Timestamp: what is it?", "(as in Spanner)"),
        ("Attached compute: what is it used for?", "Bring your own Kubernetes, HDInsight, etc"),
        ("What does high availability go?", "Hand in hand with scaling"),
        ("What do both kinds of folder store?", "Their data differently"),
        ("What are the three nodes?", "Run tools that read data, task execution and other operations"),
    ],
)
def test_an_answer_that_is_a_piece_of_a_sentence_is_doubted(ask: str, answer: str) -> None:
    assert list(of_a_fragment(ask, answer))


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("Cool tier: what is it for?", "To store data that is rarely read"),
        ("When does a cluster scale down?", "When no job is waiting"),
        ("What are the three tiers?", "Hot, cool and archive"),
    ],
)
def test_a_whole_answer_is_not_doubted(ask: str, answer: str) -> None:
    assert list(of_a_fragment(ask, answer)) == []


def test_a_thing_is_not_defined_by_one_of_its_kind() -> None:
    assert list(of_a_definition("What is a disk?", "Premium Block Store"))
    assert list(of_a_definition("What is a volume?", "EBS - a block store"))
    assert list(of_a_definition("What are access controls?", "The CIA Triad"))
    assert list(of_a_definition("Threat actor: what is it?", "Insiders, competitors, organized crime"))
    assert list(of_a_definition("Policy: what is it?", "Falls under administrative security"))
    assert list(
        of_a_definition("Third parties: what are they?", "Those firms are part of your infrastructure")
    )
    assert list(of_a_definition("What is a disk?", "A block store")) == []
    assert list(of_a_definition("What is Databricks based on?", "Apache Spark")) == []
    assert (
        list(of_a_definition("What is a machine?", "A virtual machine with all the tools one would need"))
        == []
    )


def test_items_that_name_nothing_or_are_alike_are_doubted() -> None:
    assert list(of_a_list("Classic load balancers, gateways and some load balancers"))
    assert list(of_a_list("Private address, public address for the web and public address"))
    assert list(of_a_list("Hot, cool and archive")) == []


def test_a_gap_in_a_case_or_at_a_small_number_is_doubted() -> None:
    assert list(of_a_gap("Queues: You expect the queue to exceed {{80 GB}}."))
    assert list(of_a_gap("{{2}} different networks can have the same addresses."))
    assert list(of_a_gap("The {{National Institute}} of Standards wrote it."))
    assert list(of_a_gap("A certificate has {{2}} functions."))
    assert list(of_a_gap("A backup is kept for {{3}} days.")) == []
    assert list(of_a_gap("A queue holds at most {{80 GB}}.")) == []
