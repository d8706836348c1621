"""The last resort: the note's own words, where no rule asks anything better."""

from __future__ import annotations

import pytest

from dp100cards.first.generate.draft import GUESS, Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.questions.plain import PLAIN
from dp100cards.first.notes.extract import extract


def drafts(text: str) -> list[Draft]:
    return generate(extract({"note.md": text}).facts)


def asked(text: str, rule: str) -> dict[str, str]:
    return {d.card.ask: getattr(d.card, "answer", "") for d in drafts(text) if d.rule == rule}


LICENCE = """# Ports

## Berth licence

- **Cover**: Custom permits (mooring, bunkering) of one ship
"""


def test_a_label_is_asked_for_below_what_it_stands_under() -> None:
    assert asked(LICENCE, "plain.label") == {
        "Berth licence: what do your notes say of “Cover”?": "Custom permits (mooring, bunkering) of one ship."
    }


def test_a_sentence_is_broken_off_where_its_news_begins() -> None:
    text = "# Ports\n\n## Berths\n\nBoats may not be moored two abreast while the lock is being filled.\n"
    assert asked(text, "plain.rest") == {
        "Complete the sentence: “Boats may not be moored two abreast while …”": "The lock is being filled."
    }


def test_a_sentence_that_leans_on_another_is_told_with_its_section() -> None:
    text = "# Ports\n\n## Berths\n\nThese may not be moored two abreast while the lock is being filled.\n"
    assert asked(text, "plain.rest") == {
        "Complete the sentence about Berths: “These may not be moored two abreast while …”": "The lock is being filled."
    }
    assert not asked(text.replace("## Berths\n\n", "").replace("# Ports\n\n", ""), "plain.rest")


def test_a_label_before_a_whole_sentence_is_asked_for() -> None:
    text = "# Ports\n\n## Benefits of a lock\n\n- Tides: Boats are lifted over any height of water.\n- Boats: Boats do not drift.\n"
    assert asked(text, "plain.label") == {
        "Benefits of a lock: what do your notes say of “Tides”?": "Boats are lifted over any height of water."
    }


def test_an_order_is_broken_off_behind_its_verb() -> None:
    text = "# Ports\n\n## Fix a fast crane\n\n- Try smaller sets of boxes\n"
    assert asked(text, "plain.rest") == {
        "Complete the sentence about fix a fast crane: “Try …”": "Smaller sets of boxes."
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Sample cargo is included",  # "sample" is no verb here
        "Drag and drop",
        "Scales quickly",
        "Lifts boxes, trucks and steel for example trucks",
    ],
)
def test_no_sentence_is_broken_off_where_no_news_begins(sentence: str) -> None:
    assert not asked(f"# Ports\n\n## Crane\n\n- {sentence}\n", "plain.rest")


def test_of_a_list_too_long_to_recall_each_point_is_asked_for() -> None:
    points = [
        f"{deed} the {thing} {why}"
        for deed, thing, why in (
            ("Register", "vessel", "to pay for its tonnage in time"),
            ("Announce", "cargo", "by sending the manifest of all its crates"),
            ("Book", "berth", "so that the harbour master keeps it free"),
            ("Hoist", "yellow flag", "until the doctor of the port comes aboard"),
            ("Warm", "engine", "before the pilot of the river steers"),
            ("Moor", "bow", "with three lines of hemp from the capstan"),
            ("Lock", "rudder", "because the ebb pulls at it all night"),
            ("Rinse", "deck", "with water from the hydrant of the quay"),
        )
    ]
    told = "".join(f"- {each}\n" for each in points)
    found = asked(f"# Ports\n\n## Arrival\n\nThe work of arrival is shared by:\n\n{told}", "plain.rest")
    assert all(any(point[:12] in ask for ask in found) for point in points)
    assert (
        found["Complete the sentence about arrival: “Book the berth so …”"]
        == "That the harbour master keeps it free."
    )


def test_a_list_inside_a_sentence_is_asked_for_as_a_sentence() -> None:
    text = (
        "# Ports\n\n## Crane\n\n"
        "It is designed for strength and ease of use, offering high speed and work with existing trucks.\n"
    )
    assert not asked(text, "plain.list")
    assert all("…" in ask for ask in asked(text, "plain.rest"))


def test_what_happens_then_is_the_news_of_a_condition() -> None:
    text = (
        "# Ports\n\n## Lock gates\n\n"
        "If you open a gate in a lock that is not full (like a tidal lock or a staircase lock), it will not move.\n"
    )
    assert set(asked(text, "plain.rest").values()) == {"It will not move."}


def test_a_question_that_is_ill_made_has_a_plain_one_beside_it() -> None:
    text = "# Ports\n\n## Stopping\n\nYou can stop a crane using the red lever of the cabin.\n"
    questions = [draft for draft in drafts(text) if draft.rule == "statement.object"]
    assert any(
        doubt in draft.doubts for draft in questions for doubt in ("the question could mean anything",)
    )
    assert asked(text, "plain.rest") == {
        "Complete the sentence: “You can stop a crane using …”": "The red lever of the cabin."
    }


def test_where_another_fact_took_the_question_the_sentence_is_asked_for() -> None:
    text = "# Ports\n\n## Cranes\n\nA crane lifts boxes out of the hold. A crane lifts boxes onto the deck.\n"
    assert "What does a crane lift?" in asked(text, "statement.object")
    assert asked(text, "plain.rest") == {"Complete the sentence: “A crane lifts …”": "Boxes onto the deck."}


def test_words_are_hidden_only_where_nothing_is_asked_plainly() -> None:
    text = "# Ports\n\n## Berths\n\nBoats may not be moored two abreast while the lock is being filled.\n"
    guessed = [draft for draft in drafts(text) if draft.rule == "statement.gap" and GUESS in draft.doubts]
    assert len(guessed) <= 1


def test_a_list_without_a_question_is_asked_for_its_points() -> None:
    text = "# Ports\n\n## Mooring\n\nThe work of mooring is shared by:\n\n- You\n- The pilot of the port\n"
    assert asked(text, "plain.list") == {
        "Mooring: which two points do your notes list?": "You and the pilot of the port."
    }


def test_what_a_rule_asks_well_is_not_asked_plainly_too() -> None:
    text = "# Ports\n\n## Crane\n\nA crane is a machine that lifts boxes from a ship.\n"
    assert any(draft.rule == "definition.what" for draft in drafts(text))
    assert not any(draft.rule.startswith("plain.") for draft in drafts(text))


def test_such_cards_always_wait() -> None:
    found = [draft for draft in drafts(LICENCE) if draft.rule.startswith("plain.")]
    assert found
    assert all(draft.tier == "suggested" and PLAIN in draft.doubts for draft in found)


def test_notes_in_another_language_are_broken_off_at_their_own_words() -> None:
    text = "# Puertos\n\n## Amarres\n\nSon los cabos. Mejor práctica: usa cabos gruesos de tus VMs con argollas AcrPull.\n"
    assert asked(text, "plain.rest") == {
        "Complete the sentence about Amarres: “Mejor práctica: usa cabos gruesos de tus VMs con …”": "Argollas AcrPull."
    }


POINTS = "# Ports\n\n## Why a lock\n\n- Deep water\n- Calm berths\n- No tide at the quay\n"


def test_fragments_of_a_list_under_a_heading_are_asked_for_together() -> None:
    assert asked(POINTS, "plain.points") == {
        "Why a lock: which three points do your notes list?": "Deep water, calm berths and no tide at the quay."
    }
    vague = POINTS.replace("# Ports", "# Lock").replace("Why a lock", "Overview")
    assert set(asked(vague, "plain.points")) == {
        "Lock: which three points do your notes list under “Overview”?"
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- Calm berths", "- The berths are calm"),  # a sentence
        ("- ", "1. "),  # steps
        ("- Calm berths", "- **Calm**: no waves at the berths"),  # a term
        ("- Deep water", "- Deep water " + "and deeper water " * 10),  # too long to recall
    ],
)
def test_other_lists_are_not_asked_for_as_points(before: str, after: str) -> None:
    assert not asked(POINTS.replace(before, after), "plain.points")


def test_what_is_nested_below_a_point_is_no_point() -> None:
    nested = POINTS.replace("- Calm berths", "- Calm berths:\n  - for yachts\n  - for barges")
    assert "Why a lock: which three points do your notes list?" in asked(nested, "plain.points")


def test_a_long_sentence_is_broken_off_before_the_object_of_its_verb() -> None:
    text = (
        "# Ports\n\n## Berths\n\nBy mooring boats along several quays, they help mitigate the impact of gales and repairs on"
        " harbour dues.\n"
    )
    assert "The impact of gales and repairs on harbour dues." in asked(text, "plain.rest").values()


def test_each_point_counts_as_asked_for() -> None:
    extraction = extract({"note.md": POINTS})
    asked_for = {id(draft.fact) for draft in generate(extraction.facts)}
    assert all(any(id(extraction.facts[n]) in asked_for for n in unit.facts) for unit in extraction.units)


def test_what_a_list_forbids_is_told_whole() -> None:
    text = (
        "# Ports\n\n## Berths\n\nGeneral guidelines:\n\n- Don't moor boats under 10 m\n"
        "- Don't moor at a berth that will be closed for more than two days\n- Don't moor a boat that leaks\n"
    )
    assert asked(text, "enumeration.name") == {
        "What are the three general guidelines of berths?": "Don't moor boats under 10 m, don't moor at a berth that"
        " will be closed for more than two days and don't moor a boat that leaks."
    }


def test_a_sentence_is_not_broken_off_inside_its_subject() -> None:
    text = "# Ports\n\n## Plans of berths\n\nAll versions of a plan are kept in harbours.\n"
    assert not any(ask.endswith("“All versions of …”") for ask in asked(text, "plain.rest"))


def test_a_sentence_is_broken_off_behind_its_is_where_nothing_better_is_found() -> None:
    text = "# Ports\n\n## Berths\n\nA berth beside older ones is generally much cheaper.\n"
    assert asked(text, "plain.rest") == {
        "Complete the sentence: “A berth beside older ones is …”": "Generally much cheaper."
    }
    text = "# Ports\n\n## Berths\n\nOnce a rope is wet it is heavy.\n"
    assert not asked(text, "plain.rest")
