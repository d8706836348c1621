"""The last resort: the note's own words, where no rule asks anything better."""

from __future__ import annotations

from dp100cards.generate.draft import Draft
from dp100cards.generate.generate import generate
from dp100cards.generate.questions.plain import PLAIN
from dp100cards.notes.extract import extract


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


def test_a_sentence_that_leans_on_another_is_not_broken_off() -> None:
    text = "# Ports\n\n## Berths\n\nThese may not be moored two abreast while the lock is being filled.\n"
    assert not asked(text, "plain.rest")


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
