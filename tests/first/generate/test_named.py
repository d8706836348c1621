"""Cards of sorts that are clumsy too often wait for the learner; what strangers' notes showed to be misread is doubted."""

from __future__ import annotations

import pytest

from dp100cards.cards import Basic
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from tests.first.generate.offered import undoubted


def drafts(text: str) -> list[Draft]:
    return generate(extract({"note.md": text}).facts)


def active(text: str) -> list[str]:
    return [draft.card.ask for draft in drafts(text) if undoubted(draft)]


def why(text: str, ask: str) -> tuple[str, ...]:
    return next(draft.doubts for draft in drafts(text) if draft.card.ask == ask)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        (
            "# Ports\n\n## Ferries\n\nDock QuayMaster stores the tide tables.\n",
            "What does Dock QuayMaster store?",
        ),
        ("# Ports\n\n## Pilots\n\nPilots measure the depth of the fairway.\n", "What do pilots measure?"),
        (
            "# Ports\n\n## Papers\n\nA stowage plan describes the place of each box.\n",
            "What does a stowage plan describe?",
        ),
        (
            "# Ports\n\n## Pier\n\nA pier has three parts:\n- deck\n- piles\n- fender\n",
            "A pier has which three parts?",
        ),
    ],
)
def test_what_has_a_name_or_is_counted_is_asked_at_once(text: str, ask: str) -> None:
    assert any(asked.lower().endswith(ask.lower()) for asked in active(text))


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("# Ports\n\n## Work\n\nCrews inspect the hatches of each hold.\n", "Work: what do crews inspect?"),
        ("# Ports\n\n## Work\n\nIf the wind turns, the crews close the locks.\n", ""),
        ("# Ports\n\n## ropes\n\n- hemp\n- nylon\n- steel wire\n", ""),
        ("# Ports\n\n## Anchor\n\n- **Anchor**: Heavy iron.\n", ""),
    ],
)
def test_what_has_none_waits_for_the_learner(text: str, ask: str) -> None:
    assert active(text) == []
    assert not ask or why(text, ask) == ("asks about nothing that has a name",)


def test_one_hidden_word_waits_unless_it_is_a_figure_or_code() -> None:
    text = "# Ports\n\n## Tolls\n\nThe toll at Elsinore was paid for {} years.\n"
    assert any("{{" in ask for ask in active(text.format("428")))
    assert not any("{{Elsinore}}" in ask for ask in active(text.format("many")))


def test_labels_below_a_name_are_told_of_that_name() -> None:
    text = (
        "# Yard\n\n## Ship types\n\nHere is the list:\n\n1. **Roll-on ferry**\n   - **What**: A ship that cars drive onto.\n"
        "   - **Key types**:\n     - **Night ferry**: with cabins\n     - **Fast ferry**: with jets\n"
        "2. **Bulk carrier**\n   - **What**: A ship that carries grain.\n"
    )
    made = drafts(text)
    assert any(d.card.ask == "Roll-on ferry: what are the two key types?" for d in made)
    assert any(d.fact.concept == "Bulk carrier" and "grain" in d.fact.source.quote for d in made)
    assert not any(d.card.ask.startswith("Ship types: what are the two") for d in made)


def test_a_list_behind_a_numbered_name_is_told_of_it() -> None:
    text = "# Knots\n\n## Hitches\n\n1. Clove hitch\n- Holds a rope on a Samson post.\n\n2. Rolling hitch\n- Holds on a rope.\n"
    assert any(d.fact.concept == "Clove hitch" for d in drafts(text))


def test_an_example_is_told_of_no_sort() -> None:
    text = "# Yard\n\n## Sorting\n\n- **Example**:\n  - **Harbour post**:\n    - **Input**: Letters and parcels.\n"
    assert not any(undoubted(d) for d in drafts(text))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "# Port\n\n## Crane Security\n\nA machine that lifts boxes.\n",
            "said of the thing, and not of this side of it",
        ),
        (
            "# Port\n\n## Questions\n\n- KSS: the difference between QuayNet and QuayBus\n",
            "an open question of the notes",
        ),
        (
            "# Port\n\n## Exercises\n\n- The QuayNet ledger stores the names of all ships.\n",
            "an example is no fact",
        ),
        ("# Port\n\n## Buoy\n\nA buoy is a feature in the harbour.\n", "says little"),
        ("# Port\n\n## QuayNet\n\nQuayNet is the clerk on that quay.\n", "leans on another sentence"),
        (
            "# Port\n\n| Categories | Types |\n|---|---|\n| Wooden | Fixed |\n| Stone | Floating |\n| Iron | Free |\n",
            "the columns are two lists side by side",
        ),
        (
            "# Port\n\n| Crane | Lift | Reach | Age |\n|---|---|---|---|\n| m5.large | 2 t | 8 m | 3 |\n| m5.small | 1 t | 4 m | 2 |\n",
            "a table to look things up in",
        ),
    ],
)
def test_what_is_read_wrongly_too_often_is_doubted(text: str, doubt: str) -> None:
    made = drafts(text)
    assert any(doubt in draft.doubts for draft in made), [(d.tier, d.card.ask, d.doubts) for d in made]


def test_as_soon_as_gives_no_reason() -> None:
    text = "# Port\n\n## Mooring lines\n\nMooring lines should be cut as soon as they are frayed.\n"
    assert not any(draft.rule == "advice.why" for draft in drafts(text))


def test_there_is_no_name() -> None:
    text = "# Port\n\n## Berths\n\nThere can be only one ship in a berth, because the piles are too close together.\n"
    assert any(d.card.ask == "Why can there be only one ship in a berth?" for d in drafts(text))


def test_braces_of_a_template_are_no_gaps() -> None:
    text = "# Port\n\n## Tides\n\n```sql\n{{ config(kind='table') }}\nselect * from tides\n```\n"
    assert drafts(text) == []


def test_tags_of_code_and_signs_of_highlighting_are_read() -> None:
    text = "# Port\n\n## QuayNet\n\nThe <code>moor</code> command prints ==all free berths== of a harbour.\n"
    [draft] = [d for d in drafts(text) if d.rule == "statement.object"]
    assert draft.card.ask == "QuayNet: what does the `moor` command print?"
    assert isinstance(draft.card, Basic) and draft.card.answer == "All free berths of a harbour."


def test_a_list_under_a_common_heading_says_whose_it_is() -> None:
    text = "# Port\n\n## Lock Gate\n\nA gate.\n\n### Drive Methods\n\n- Hand crank\n- Steam engine\n- Water wheel\n"
    assert any(d.card.ask == "Lock Gate: what are the three Drive methods?" for d in drafts(text))


def test_what_goes_on_about_a_thing_is_told_of_it() -> None:
    text = "# Port\n\n## Ship kinds\n\nOil tankers are designed to carry oil. Ideal for long routes between refineries.\n"
    [fact] = {d.fact.concept for d in drafts(text) if "refineries" in d.fact.source.quote}
    assert fact == "Oil tankers"


def test_a_template_in_code_hides_nothing_and_a_marked_gap_does() -> None:
    made = drafts(
        "# Port\n\n- name the table by the `{{ source() }}` function\n- A quay has a `{{fender}}` of rope.\n"
    )
    assert [d.card.ask for d in made if d.rule.startswith("own.")] == ["A quay has a `{{fender}}` of rope."]


def test_no_before_a_sentence_is_an_answer() -> None:
    text = "# Port\n\n## Tolls\n\nNo. Harbour QuayNet refunds the toll of a storm.\n"
    assert any(d.card.ask == "What does Harbour QuayNet refund?" for d in drafts(text))


def test_a_table_of_the_exams_shares_makes_no_card() -> None:
    text = (
        "# Port\n\n| Domain | % of Exam |\n|---|---|\n| Mooring | 22% |\n| Cargo | 40% |\n| Safety | 38% |\n"
    )
    assert drafts(text) == []


def test_a_summary_names_nothing() -> None:
    text = "# Port\n\n## QuayNet\n\nQuayNet is a ledger that names all ships.\n\n### Key takeaway / summary\n\n- It records every berth of a ship.\n"
    assert not any("takeaway" in d.card.ask.lower() for d in drafts(text))


def test_what_is_no_feature_by_the_notes_may_be_one_all_the_same() -> None:
    text = (
        "# Port\n\n## QuayNet\n\nKey features:\n- Berth plans\n- Tide tables\n- Toll bills\n\n"
        "## DockBase\n\nKey features:\n- Crane logs\n- Cargo lists\n- Crew rosters\n"
    )
    chosen = [d for d in drafts(text) if d.rule == "enumeration.choose"]
    assert all(not undoubted(d) for d in chosen)


def test_notes_in_turkish_wait_for_the_learner() -> None:
    text = "# Liman\n\n" + "\n".join(
        f"- **Gemi{n}** büyük yük taşıyan çelik gövdeli, ağır motorlu bir araçtır." for n in range(12)
    )
    assert all(not undoubted(draft) for draft in drafts(text + "\n"))


def test_a_column_that_only_counts_is_no_name() -> None:
    rows = "".join(
        f"|{n}|Quay{chr(64 + n)}x|A place for {what} ships.|\n"
        for n, what in ((1, "tank"), (2, "grain"), (3, "ore"))
    )
    made = drafts(f"# Port\n\n## Quays\n\n|n|name|desc|\n|-|-|-|\n{rows}")
    assert {d.fact.concept for d in made} == {"QuayAx", "QuayBx", "QuayCx"}


def test_the_plural_before_a_verb_is_its_subject() -> None:
    made = drafts("# Port\n\n## Survey\n\nExternal and internal scans simulate the load of a ship.\n")
    assert not any("scan?" in d.card.ask for d in made)


def test_lines_that_all_begin_with_a_capital_are_pieces() -> None:
    text = "# Port\n\n## Dredging\n\nRemoving mud from the bed of a harbour so that ships of any depth can enter\nCutter heads from afar\nPumps on barges\n"
    quotes = {d.fact.source.quote for d in drafts(text)}
    assert not any("Cutter" in quote and "mud" in quote for quote in quotes)


def test_a_label_without_a_colon_leads_its_list() -> None:
    text = "# Port\n\n## Quay Files\n\nBest For\n\n- Shared charts\n- Old tide tables\n- Crew lists\n- Cargo plans\n"
    assert not any("four Quay" in d.card.ask for d in drafts(text))


def test_sides_of_a_thing_are_told_of_it() -> None:
    text = (
        "# Port\n\n## Dock Crane\n\nA machine that lifts cargo.\n\n| Characteristic | Detail |\n|---|---|\n"
        "| Reach | 40 m at most |\n| Load | 60 t at most |\n| Drive | electric, by cable |\n"
    )
    assert {d.fact.concept for d in drafts(text)} == {"Dock Crane"}


@pytest.mark.parametrize(
    "remark", ["Nothing to do on deck", "Crew not responsible for the ropes", "Only on Sundays!"]
)
def test_a_remark_under_a_name_is_no_definition(remark: str) -> None:
    text = f"# Yard\n\n## Lines\n\n- **Breast line**: {remark}.\n- **Stern line**: a rope that holds the stern.\n"
    assert not [d for d in drafts(text) if undoubted(d) and d.card.ask == "What is Breast line?"]
    assert not [a for a in active(text) if "breast line" in a.lower()]
