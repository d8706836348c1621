"""A table asks what a learner can answer without it; what it only compares, counts or samples waits for a yes."""

from __future__ import annotations

import pytest

from dp100cards.cards import Basic, Choice
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from tests.first.generate.offered import undoubted


def drafts(*rows: str, title: str = "Harbour") -> list[Draft]:
    header, *rest = rows
    rule = "|".join(" --- " for _ in header.split("|"))
    table = "\n".join(f"| {row} |" for row in (header, rule, *rest))
    return generate(extract({"note.md": f"# {title}\n\n{table}\n"}).facts)


def active(*rows: str) -> list[str]:
    return [draft.card.ask for draft in drafts(*rows) if undoubted(draft)]


def test_a_header_that_may_be_one_or_many_is_what_its_cell_is() -> None:
    made = active("Lock | Gate(s)", "Bingley | 5, 6", "Neptune | 1")
    assert "What are the gates of Bingley?" in made
    assert "What is the gate of Neptune?" in made


def test_two_headers_in_one_are_asked_by_the_first() -> None:
    made = drafts("Rope | Definition / Usage", "Hawser | Thick rope for mooring", "Painter | Rope at the bow")
    assert any(isinstance(d.card, Basic) and "definition / usage" not in d.card.ask.lower() for d in made)


@pytest.mark.parametrize(
    "rows",
    [
        ("Buoy | Registration", "Spar buoy | Install a lamp and register it", "Can buoy | Paint it green"),
        ("Buoy | Tip", "Spar buoy | Pass it to port", "Can buoy | Keep off"),
        ("Buoy | Cost", "Spar buoy | Varies", "Can buoy | Depends on size"),
        ("Buoy | Light", "Spar buoy | Not lit", "Can buoy | Never lit"),
        ("id | name", "1 | Anna", "2 | Ben", "null | Carl"),
        ("Hull | Route", "Barge | The crew will choose it each day", "Lugger | It follows the coast"),
        ("Term | English | Dutch", "Anchor | anchor | anker", "Sail | sail | zeil"),
        ("Boats | Price", "Club owned | 10 pounds", "State managed | 20 pounds"),
    ],
)
def test_a_cell_that_answers_no_question_waits_for_the_learner(rows: tuple[str, ...]) -> None:
    assert [ask for ask in active(*rows) if "Match" not in ask] == []


def test_a_number_names_a_row_where_the_header_says_of_what() -> None:
    made = active("Pier number | Ferry", "11 | Texel", "12 | Vlieland", "14 | Ameland")
    assert any("11" in ask for ask in made)


def test_a_quality_names_a_row_only_with_its_kind() -> None:
    made = active("Tier | Rate", "Hot | 12 pence", "Cool | 9 pence", "Archive | 3 pence")
    assert "What is the rate of the Hot tier?" in made


def test_what_is_used_or_needed_is_asked_with_its_verb() -> None:
    made = active("Boat | Licence needed", "Wherry | Skipper's ticket", "Punt | River pass")
    assert "Which licence does Wherry need?" in made or "Wherry: which licence does it need?" in made


@pytest.mark.parametrize("cell", ["Higher", "Lower; depends on tide", "Yes - with a pilot", "May need a tug"])
def test_a_cell_that_leans_on_another_waits_for_the_learner(cell: str) -> None:
    made = active("Boat | Cost", f"Wherry | {cell}", "Punt | 3 pounds")
    assert not [ask for ask in made if "Wherry" in ask and "Match" not in ask]


def test_a_header_that_is_a_verb_is_asked_as_one() -> None:
    made = active("Plan | Protects", "Harbour plan | Piers and locks", "River plan | Weirs and fords")
    assert "What does the Harbour plan protect?" in made


SAILS = (
    "Sail | How it works | Used in | When reefed",
    "Jib | Stands before the mast on a stay | coastal sloops | First of all",
    "Spinnaker | Fills like a balloon with the wind behind | long races | Never",
    "Mizzen | Stands on a mast of its own at the stern | ketches and yawls | Last of all",
)


def test_a_header_that_is_a_question_is_no_thing_that_a_row_has() -> None:
    asked = {draft.card.ask for draft in drafts(*SAILS)}
    assert "Which sail works like this: “Fills like a balloon with the wind behind”?" in asked
    assert "Which sail is used in ketches and yawls?" in asked
    assert {"How does Jib work?", "Where is Jib used?"} <= asked
    assert not [ask for ask in asked if " has the " in ask]


def test_when_to_use_is_asked_with_when_only_of_an_occasion() -> None:
    made = active("Sail | When to use", "Jib | Light winds", "Storm jib | When the wind is strong")
    assert any("Jib" in ask and "used for" in ask for ask in made)
    assert any("when" in ask.lower() and "storm jib" in ask.lower() for ask in made)


def test_amounts_under_a_heading_of_examples_wait_for_a_yes() -> None:
    rows = ("Mooring | Rope length", "Stern line | 12 metres", "Bow line | 15 metres", "Spring | 20 metres")
    asked = [draft.card.ask for draft in drafts(*rows, title="Mooring lines") if undoubted(draft)]
    assert "Stern line: what is its rope length?" in asked
    for title in ("Examples of mooring lines", "Mooring plan example", "Mooring example – small boats"):
        assert not [draft for draft in drafts(*rows, title=title) if undoubted(draft)]


def test_a_medium_amount_says_nothing_without_the_other_rows() -> None:
    made = active("Rope | Stretch", "Nylon | Medium", "Hemp | Splits into strands when wet")
    assert made and not [ask for ask in made if "Nylon" in ask]


def test_names_are_matched_to_no_verb_of_a_header() -> None:
    rows = ("Fender | Rubber cylinder", "Breakwater | High waves", "Zinc | Corrosion", "Lantern | Collisions")
    kept = [draft.rule for draft in drafts("Gear | Hazard", *rows) if undoubted(draft)]
    assert "row.match" in kept
    kept = [draft.rule for draft in drafts("Gear | Protects against", *rows) if undoubted(draft)]
    assert "row.match" not in kept


def test_a_row_is_no_wrong_option_where_another_line_gives_it_the_value() -> None:
    table = "| Knot | Purpose |\n| --- | --- |\n" + "".join(
        f"| {row} |\n"
        for row in (
            "Bowline | Tie a fixed loop at the end of a rope",
            "Clove hitch | Fasten a fender to a rail",
            "Sheet bend | Join two ropes of unlike size",
            "Anchor bend | Make a rope fast to a ring",
        )
    )

    def offered(said: str) -> list[str]:
        made = generate(extract({"note.md": f"# Knots\n\n{table}\n{said}"}).facts)
        return [
            option.text
            for draft in made
            if isinstance(draft.card, Choice) and "fixed loop" in draft.card.ask and draft.rule == "row.which"
            for option in draft.card.options
        ]

    assert "Sheet bend" in offered("")
    told = offered("## Sheet bend\n\nThe sheet bend ties a fixed loop at the end of a rope.\n")
    assert told and "Sheet bend" not in told


def test_an_abbreviation_that_everybody_knows_waits_in_a_table_too() -> None:
    rows = (
        "USB | Universal Serial Bus",
        "AIS | Automatic Identification System",
        "VTS | Vessel Traffic Service",
    )
    made = {
        draft.card.ask: draft
        for draft in drafts("Abbreviation | Full form", *rows)
        if draft.rule == "abbreviation.long"
    }
    assert undoubted(made["What does VTS stand for?"])
    assert not undoubted(made["What does USB stand for?"])


def test_a_table_of_commands_asks_what_each_does_and_which_one_does_it() -> None:
    text = (
        "# Docker\n\n## Commands\n\n| Command | Description |\n| --- | --- |\n"
        "| `docker pull <image>` | Download an image from a registry. |\n"
        "| `docker ps` | List running containers. |\n| `docker rm <container>` | Remove a stopped container. |\n"
    )
    asked = {
        draft.card.ask: getattr(draft.card, "answer", "")
        for draft in generate(extract({"note.md": text}).facts)
        if draft.rule.startswith("row.")
    }
    assert asked["What does `docker pull <image>` do?"] == "Download an image from a registry."
    assert asked["Which command does this: “List running containers”?"] == "`docker ps`."
    other = text.replace("Description", "Since")
    found = {draft.card.ask for draft in generate(extract({"note.md": other}).facts)}
    assert "`docker ps`: what is said under “Since”?" in found


def test_one_word_of_code_is_a_name_and_no_command() -> None:
    text = (
        "# Keys\n\n| Key | Description |\n| --- | --- |\n| `ttl` | time to live |\n| `ttk` | time to keep |\n"
    )
    assert not any("Which command" in draft.card.ask for draft in generate(extract({"note.md": text}).facts))
