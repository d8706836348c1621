"""From a sentence of a note to the question that a teacher would ask, and to none that a learner would stumble over."""

from __future__ import annotations

from collections import Counter

import pytest

from dp100cards.cards import Basic
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from tests.first.generate.offered import offered, undoubted


def drafts(text: str) -> list[Draft]:
    return [draft for draft in generate(extract({"note.md": text}).facts) if draft.tier != "spare"]


def answers(text: str, tier: str = "active") -> dict[str, str]:
    wanted = (d for d in drafts(text) if (offered(d) if tier == "active" else d.tier == tier))
    return {d.card.ask: d.card.answer for d in wanted if isinstance(d.card, Basic)}


@pytest.mark.parametrize(
    ("text", "ask", "answer"),
    [
        ("## NATO\n\nNATO was founded in 1949.\n", "When was NATO founded?", "In 1949."),
        (
            "## Treaties\n\nThe Paris treaty was signed in 1951 by six states.\n",
            "When was the Paris treaty signed by six states?",
            "In 1951.",
        ),
        (
            "## Sinus node\n\nThe sinus node fires 60 to 100 times per minute.\n",
            "How often does the sinus node fire?",
            "60 to 100 times per minute.",
        ),
        (
            "## Consumers\n\nA group has consumers. Consumers keep track of the offsets that they have read.\n",
            "What do consumers keep track of?",
            "The offsets that they have read.",
        ),
        (
            "# Notes\n\n## Kafka\n\nKafka is a streaming platform. It was created at LinkedIn and became a project of Apache.\n",
            "Where was Kafka created?",
            "At LinkedIn.",
        ),
        (
            "## Heart\n\n- Right ventricle: pumps blood to the lungs\n- Left atrium: receives blood from the lungs\n",
            "Left atrium: what does it receive?",
            "Blood from the lungs.",
        ),
        (
            "# Models\n\n## k-means\n\nk-means partitions the data into k clusters. k-means assumes clusters of similar size.\n",
            "What does k-means assume?",
            "Clusters of similar size.",
        ),
        (
            "# Models\n\n## Random forest\n\nA random forest is an ensemble of trees. The final prediction is the vote of the majority.\n",
            "Random forest: what is the final prediction?",
            "The vote of the majority.",
        ),
        (
            "## Malware\n\n- Ransomware - encrypts files, asks for money\n- Worm - copies itself to other hosts\n",
            "What does Ransomware encrypt?",
            "Files.",
        ),
        (
            "## Metrics\n\n| Metric | Formula | When to use |\n|---|---|---|\n| RMSE | root of the mean squared error | Regression |\n"
            "| Accuracy | share of right predictions | Balanced classes |\n| F1 score | mean of two ratios | Rare classes |\n",
            "What is the formula of RMSE?",
            "Root of the mean squared error.",
        ),
    ],
)
def test_a_sentence_is_asked_as_a_teacher_asks(text: str, ask: str, answer: str) -> None:
    assert answers(text).get(ask) == answer, answers(text) | answers(text, "suggested")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("# War\n\n## The end\n\nThe Berlin Wall fell on 9 November 1989.\n", "what is"),
        ("# War\n\n## Origins\n\nThe pact was signed early; the Warsaw Pact followed in 1955.\n", "origins"),
        (
            "## Node\n\nThe number of nodes can be raised later, but it can never be lowered.\n",
            "node can never",
        ),
        (
            "# Kafka\n\n## Producers\n\nAn idempotent producer writes once when it retries. It is enabled by a flag.\n",
            "producers enabled",
        ),
        (
            "# Data\n\n## Sampling\n\nSampling takes rows. The result is a table that is smaller.\n",
            "describe: “a table that",
        ),
        ("# Notes\n\n## Kafka\n\nA Kafka cluster has brokers. It was written in Scala.\n", "the kafka"),
        ("## Virus\n\nA virus spreads by itself.\n", "spread by?"),
    ],
)
def test_no_question_says_what_the_note_does_not(text: str, wrong: str) -> None:
    for draft in drafts(text):
        said = f"{draft.card.ask} {getattr(draft.card, 'answer', '')}".lower()
        assert not undoubted(draft) or wrong not in said, said


def test_an_opinion_states_nothing() -> None:
    units = extract(
        {"note.md": "## Towers\n\nI think the red towers are the best. The lamp burns oil.\n"}
    ).units
    assert [unit.skipped for unit in units] == ["an opinion", ""]


def test_the_singular_of_a_greek_plural_is_no_crise() -> None:
    from dp100cards.first.generate.english import base_form, singular

    assert [singular(noun) for noun in ("Crises", "caches", "buses", "analyses")] == [
        "Crisis",
        "cache",
        "bus",
        "analysis",
    ]
    assert base_form("focuses") == "focus"


def test_a_description_of_one_thing_has_no_option_that_is_many() -> None:
    text = "# Kafka\n\n" + "".join(
        f"## {name}\n\n{said}\n\n"
        for name, said in (
            ("Topic", "A topic is a named stream of records."),
            ("Producers", "Producers write records to topics of the cluster."),
            ("Consumers", "Consumers read records from the topics of the cluster."),
            ("Broker", "A broker is a server that stores records of topics."),
            ("Offset", "An offset is a number that identifies a record of a topic."),
        )
    )
    options = {
        option.text
        for draft in drafts(text)
        if draft.rule == "definition.which"
        for option in getattr(draft.card, "options", ())
    }
    assert not options & {"Producers", "Consumers"}


def test_an_abbreviation_that_its_words_spell_is_asked_one_way_only() -> None:
    """Whoever can read answers "What is the abbreviation of Server Message Block?"."""
    text = "Server Message Block (SMB) carries files. Extensible Markup Language (XML) carries trees.\n"
    rules = Counter(draft.rule for draft in drafts(text))
    assert rules["abbreviation.long"] == 2
    assert rules["abbreviation.short"] == 1


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("EC2", "Elastic Compute Cloud"),
        ("S3", "Simple Storage Service"),
        ("SSH", "Secure Shell"),
        ("MLOps", "Machine Learning Operations"),
    ],
)
def test_an_abbreviation_of_more_than_first_letters_is_known(short: str, long: str) -> None:
    made = drafts(f"A {long} ({short}) was built in a year.\n")
    assert [d.card.ask for d in made if d.rule == "abbreviation.long"] == [f"What does {short} stand for?"]


def test_words_in_brackets_that_letters_do_not_spell_are_no_abbreviation() -> None:
    made = drafts(
        "The Storage Account (USA) was moved. The Blue Team (ATOM) plays. Deep Water (DEPT) is cold.\n"
    )
    assert not [d for d in made if d.rule.startswith("abbreviation.")]


def test_a_definition_by_praise_or_by_likeness_waits_for_the_learner() -> None:
    for said in (
        "the most popular tier in the cloud",
        "the recommended method",
        "same thing as an A record but newer",
    ):
        made = drafts(f"## Kelp\n\n- **Drift net**: {said}\n")
        assert all(not undoubted(draft) for draft in made), said


def test_a_side_of_the_subject_is_no_wrong_answer_and_no_subject() -> None:
    note = (
        "# Aquaculture\n\n- **Long line**: a rope that carries mussels in open water\n"
        "- **Raft**: a platform of wood that ropes hang from\n- **Bouchot**: a row of posts between the tides\n"
        "- **Improved performance**: grows mussels faster than the sea floor does\n"
    )
    for draft in drafts(note):
        options = [option.text for option in getattr(draft.card, "options", ())]
        assert "Improved performance" not in options or not undoubted(draft)


def test_what_opens_with_fully_is_a_thing_if_a_thing_follows() -> None:
    made = drafts("## Winch\n\n- **Power block**: Fully managed hauling service for purse seines\n")
    assert [draft.card.ask for draft in made if draft.rule == "definition.what"] == [
        "Power block: what is it?"
    ]


def test_what_goes_for_all_of_a_list_stands_before_it() -> None:
    made = drafts("## Buffers\n\nBuffers are important in medicine, brewing, and fish farming.\n")
    assert not [d.card.ask for d in made if undoubted(d) and "three buffers" in d.card.ask]


def test_a_verb_alone_over_a_list_counts_nothing() -> None:
    made = drafts("## Harbour master\n\n- Helps in traffic control:\n  - Berthing\n  - Mooring\n  - Towing\n")
    assert not [d.card.ask for d in made if "three helps" in d.card.ask]


def test_a_requirement_told_in_a_sentence_is_no_name_of_its_subject() -> None:
    text = "## Convoys\n\nThree requirements:\n\n- A ship only passes at night\n- A ship may carry two lamps\n- No ship anchors\n"
    assert not [
        d.card.ask
        for d in drafts(text)
        if isinstance(d.card, Basic) and d.card.answer == "A ship and a ship."
    ]


def test_how_it_works_is_asked_with_its_verb() -> None:
    text = "# Locks\n\n## Pound lock\n\n- **How it works**: Two gates hold a basin between them\n- **Cost**: 3 pounds\n"
    asked = [d.card.ask for d in drafts(text)]
    assert not [ask for ask in asked if "how it works" in ask]
