"""Tables of cases, of like-named rows, of samples, and of two things side by side."""

from dp100cards.cards import Basic
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from tests.first.generate.offered import undoubted


def asked(note: str, tier: str = "active") -> dict[str, str]:
    """The questions with one answer that a note gives, and their answers."""
    return {
        draft.card.ask: draft.card.answer
        for draft in generate(extract({"note.md": note}).facts)
        if isinstance(draft.card, Basic) and (undoubted(draft) if tier == "active" else draft.tier == tier)
    }


def test_a_case_is_asked_for_what_the_table_answers() -> None:
    cards = asked(
        "# Ferries\n\n| Scenario | Answer |\n|---|---|\n"
        "| Cross the strait at night, with a lorry | **Night ferry** |\n| Cross with a bicycle | River taxi |\n"
    )
    assert cards["“Cross the strait at night, with a lorry”: what is the answer?"] == "Night ferry."
    assert cards["“Cross with a bicycle”: what is the answer?"] == "River taxi."


def test_rows_that_begin_alike_are_told_apart_by_their_second_cell() -> None:
    cards = asked(
        "# Ferries\n\n## Speeds\n\n| Ship | Class | Top speed |\n|---|---|---|\n| Aurora | cargo | 12 knots |\n"
        "| Aurora | express | 31 knots |\n| Boreas | cargo | 9 knots |\n"
    )
    assert cards["Aurora (cargo): what is its top speed?"] == "12 knots."
    assert not any(ask.startswith(("What is the top speed of Aurora?", "Aurora: ")) for ask in cards)


def test_a_column_that_only_groups_is_no_name() -> None:
    note = "# Rocks\n\n| Topic | Subtopic | Term |\n|---|---|---|\n" + "".join(
        f"| Rock | {kind} | {name} |\n"
        for kind, name in (
            ("Igneous", "Granite"),
            ("Igneous", "Basalt"),
            ("Sediment", "Chalk"),
            ("Sediment", "Marl"),
        )
    )
    assert asked(note) == {}


def test_records_of_people_and_tables_of_an_example_are_samples() -> None:
    people = "| Name | Birth year | Group |\n|---|---|---|\n| Ana | 1999 | 921 |\n| Mihai | 2000 | 925 |\n"
    assert asked(f"# Normal forms\n\n## Repeating groups\n\n{people}") == {}
    courses = "| Course | Teacher |\n|---|---|\n| Law | Ms Pop |\n| Botany | Mr Rus |\n"
    assert asked(f"# Normal forms\n\n## Second form\n\n### Example\n\n{courses}") == {}


def test_two_columns_of_two_things_are_no_rows() -> None:
    note = (
        "# Boats\n\n## Canoe\n\nA canoe is a narrow boat for one paddle.\n\n## Kayak\n\nA kayak is a boat with a deck.\n\n"
        "## Notes\n\n| Canoe | Kayak |\n|---|---|\n| Heavy | Light |\n| Kneeling crew | Sitting crew |\n"
    )
    assert not any("its kayak" in ask or "the kayak of" in ask.lower() for ask in asked(note))


def test_a_break_inside_a_cell_parts_its_words() -> None:
    [row] = extract({"n.md": "# A\n\n| Ship | Ports |\n|---|---|\n| Aurora | Oslo<br>Kiel |\n"}).facts
    assert row.cells == (("Ports", "Oslo, Kiel"),)  # type: ignore[attr-defined]


def test_a_table_of_abbreviations_asks_what_they_stand_for() -> None:
    cards = asked(
        "# Ferries\n\n| Abbreviation | Full name | Context |\n|---|---|---|\n| VTS | Vessel Traffic Service | radio |\n"
        "| ETA | Estimated time of arrival | timetable |\n| PIC | Person in charge | bridge |\n"
    )
    assert cards["What does VTS stand for?"] == "Vessel Traffic Service."
    assert not any("full name" in ask for ask in cards)
