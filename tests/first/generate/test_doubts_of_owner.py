"""A description must belong to the concept that the card names, and its list must say of what it is one."""

from __future__ import annotations

from dp100cards.cards import Basic, Statements
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from tests.first.generate.offered import undoubted


def drafts(text: str) -> list[Draft]:
    return generate(extract({"note.md": text}).facts)


def active(text: str) -> list[str]:
    return [draft.card.ask for draft in drafts(text) if undoubted(draft)]


def test_a_list_of_nothing_named_waits_for_the_learner() -> None:
    text = "# Tide mills\n\n## Notes\n\n**Use cases**:\n- Grinding flour\n- Sawing wood\n- Fulling cloth\n"
    assert not [ask for ask in active(text) if ask.startswith("What are the three use cases?")]


def test_a_question_that_only_counts_waits_for_the_learner() -> None:
    text = "## Winds\n\nThe fee can differ between: sailors, fishermen and pilots.\n"
    assert not [ask for ask in active(text) if "which three?" in ask]


def test_one_of_the_key_things_is_no_gap() -> None:
    text = "## Ropes\n\nThe key properties of a rope are strength, stretch and weight.\n"
    assert not [ask for ask in active(text) if "{{" in ask]


def test_a_name_that_the_description_gives_away_is_not_asked_for() -> None:
    text = (
        "## Locks\n\n- **Flash lock**: opens one gate and lets a flash of water through\n"
        "- **Pound lock**: keeps boats between two gates\n- **Guillotine gate**: is lifted by a chain\n"
    )
    asked = [d for d in drafts(text) if d.fact.concept == "Flash lock" and d.rule.endswith(".which")]
    assert all(not undoubted(draft) for draft in asked)


def test_what_is_said_below_the_title_of_a_collection_is_not_said_of_its_members() -> None:
    names = ("Skipper", "Bosun", "Cook", "Deckhand", "Engineer")
    items = "".join(
        f"- **{name}**: a person who has duty number {n} on deck\n" for n, name in enumerate(names)
    )
    text = f"## Crew roles\n\n{items}\n\n- Lets people sail through the night in two watches\n"
    assert not [ask for ask in active(text) if "crew roles" in ask.lower() and "let" in ask]


def test_what_hangs_on_a_sentence_is_no_member_of_the_heading() -> None:
    text = (
        "# Canal services\n\n- A towing company pulls boats from one basin to the next:\n"
        "  - *Towline* is the rope between the horse and the boat\n  - *Towpath* is the road that the horse walks on\n"
    )
    assert not [ask for ask in active(text) if "Which canal service" in ask]


def test_a_thing_without_a_kind_is_asked_for_by_its_description() -> None:
    text = "## Keel\n\nA keel is the long timber at the bottom of a boat.\n"
    asked = [d.card.ask for d in drafts(text) if d.rule == "definition.which"]
    assert asked == ["What does this describe: “The long timber at the bottom of a boat”?"]


def test_the_specification_of_a_program_makes_no_card_by_itself() -> None:
    text = (
        "# Tide app\n\n## Tech stack\n\nThe app uses SQLite for its tables.\n\n## Harbour map (`/map`)\n\n"
        "An interactive map of harbours with a search box.\n\n## Tide table (`/tides`)\n\n"
        "A table of tides that reloads each minute.\n"
    )
    assert active(text) == []


def test_a_part_is_not_asked_for_as_one_of_the_kind_above_it() -> None:
    text = (
        "# Boats\n\n## Hulls\n\n- **Rib**: a curved timber that gives shape\n- **Plank**: a board that covers the frame\n"
        "- **Garboard**: the board next to the keel\n"
    )
    assert not [ask for ask in active(text) if "Which hull" in ask]


def test_a_list_that_says_and_more_is_open() -> None:
    text = "## Ropes\n\nRopes are made of: hemp, manila, nylon, and more.\n"
    assert not [ask for ask in active(text) if "{{" in ask or "Name all" in ask or "which three" in ask]


def test_a_bare_topic_describes_nothing() -> None:
    text = (
        "## Harbour offices\n\n- **Pilotage**\n  - Import controls\n- **Customs**\n  - Duty and tariff control\n"
        "- **Quarantine**\n  - Crew health checks\n"
    )
    assert not [ask for ask in active(text) if "“" in ask]


def test_a_list_that_opens_with_its_verb_is_told_with_it() -> None:
    text = "## Dry dock\n\nSupports repairs: hull, keel, rudder, mast\n"
    gaps = [d.card.ask for d in drafts(text) if "{{" in d.card.ask]
    assert all(ask.startswith("Dry dock supports repairs: ") for ask in gaps)
    assert gaps


def test_a_number_before_a_label_is_no_part_of_its_name() -> None:
    text = "# Boats\n\n**5. Copper sheathing**\n- Prevents shipworms from eating the hull\n\n- **2a Keel**: the long timber below\n"
    asked = " ".join(d.card.ask for d in drafts(text))
    assert "5." not in asked
    assert "2a" not in asked


def test_the_others_are_not_asked_for() -> None:
    text = "# Knots\n\nOthers:\n\n- Bowline\n- Sheet bend\n"
    assert not [ask for ask in active(text) if "others" in ask]


def test_what_is_told_in_sentences_below_a_bare_name_is_told_of_it() -> None:
    text = "# Lights\n\n- Lamp checks\n  - Done on each mast\n  - Red means port, anything else is wrong\n"
    assert not [ask for ask in active(text) if "lamp checks?" in ask]


def test_a_sequence_without_a_name_waits_for_the_learner() -> None:
    text = "# Ropes\n\n**Process:**\n1. Spin the fibres\n2. Twist the yarns\n3. Lay the strands\n4. Coil the rope\n"
    assert not [ask for ask in active(text) if ask.startswith("Process")]


def test_a_price_is_no_definition() -> None:
    text = "# Moorings\n\n- **Swing mooring**: additional costs for each tide\n- **Pile mooring**: a rope to a post\n"
    assert not [ask for ask in active(text) if "additional costs" in ask or "Swing mooring" in ask]


def test_what_many_do_sets_no_condition() -> None:
    text = "# Boats\n\nMany skippers reef the sail when the wind rises.\n"
    assert not [ask for ask in active(text) if ask.startswith("When do many")]


def test_the_options_of_a_practice_question_are_no_facts() -> None:
    text = (
        "# Lock keepers\n\n1. What does a lock keeper do? (Select one)\n    - A. A lock keeper opens the gates at dawn.\n"
        "    - B. A lock keeper paints the boats.\n    - C. A lock keeper sells ropes.\n"
    )
    assert drafts(text) == []


def test_what_leans_on_the_sentence_before_waits_for_the_learner() -> None:
    text = "# Weirs\n\nSalmon cannot pass a weir. The fish ladder is the main device to prevent this.\n"
    assert not [ask for ask in active(text) if "this" in ask.split("?")[0].split()[-1]]


def test_a_letter_names_nothing() -> None:
    text = "# Signals\n\nB is the warning flag.\n"
    assert not [ask for ask in active(text) if ask.startswith("B:") or "What is B?" in ask]


def test_options_in_lines_and_the_text_of_an_exercise_are_no_facts() -> None:
    text = (
        "# Past papers\n\n1.\nSuppose a barge carries 20 tons of coal.\nA. The barge moves to the lock\n"
        "B. The barge moves to the basin\nC. The barge waits for the tide\nD. All of them\n"
    )
    assert drafts(text) == []


def test_sentences_below_a_lead_without_a_noun_are_no_members_of_it() -> None:
    text = (
        "# Locks\n\nThe gate works like a valve:\n\n- Water presses the gate shut from above\n"
        "- The keeper opens a sluice at low water\n"
    )
    assert not [d.card.ask for d in drafts(text) if d.rule.startswith("enumeration.")]


def test_an_adverb_answers_no_question_for_a_thing() -> None:
    text = "# Silting\n\n- Sand banks form naturally by the tide\n- Shoals arise slowly unless dredged\n"
    made = [d.card for d in drafts(text) if undoubted(d) and isinstance(d.card, Basic)]
    assert not [card.ask for card in made if card.answer.split()[0].endswith("ly")]


def test_a_list_that_may_go_on_hides_none_of_its_items() -> None:
    text = "## Cargo\n\nA barge can carry coal, grain and bricks.\n"
    assert not [ask for ask in active(text) if "{{" in ask]


def test_a_list_that_is_counted_may_hide_one() -> None:
    text = "## Cargo\n\nA barge can carry three goods only: coal, grain and bricks.\n"
    assert [d for d in drafts(text) if "{{" in d.card.ask and "open list" not in d.doubts]


def test_a_false_statement_must_not_speak_of_what_is_told_of_the_thing_itself() -> None:
    text = (
        "# Boat types\n\n- **Wherry**\n  - Carries passengers along the river\n  - Uses a single sail\n- **Keel boat**\n"
        "  - Uses one square sail\n  - Carries coal from the mines\n- **Punt**\n  - Needs a pole\n  - Has a flat bottom\n"
    )
    for draft in drafts(text):
        card = draft.card
        if isinstance(card, Statements) and draft.fact.concept == "Wherry" and undoubted(draft):
            assert not [s for s in card.statements if not s.right and "sail" in s.text]


def test_letters_are_no_members_and_a_lot_is_no_answer() -> None:
    text = "# Barges\n\n## Queue\n\nBarges:\n\n- A: 100 tons\n- B: 10 tons\n- C: 12 tons\n\n## Crane\n\nThe crane works with a lot of hooks.\n"
    asked = [(d.card.ask, getattr(d.card, "answer", "")) for d in drafts(text) if undoubted(d)]
    assert not [ask for ask, answer in asked if answer.startswith(("A, B", "A lot"))]
