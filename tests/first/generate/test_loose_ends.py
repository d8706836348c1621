"""Small misreadings of strangers' notes, each once seen."""

from dp100cards.cards import Basic, Choice
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from tests.first.generate.offered import offered


def drafts(note: str, tier: str = "active") -> list[Draft]:
    """The drafts of a note with this tier."""
    return [draft for draft in generate(extract({"note.md": note}).facts) if draft.tier == tier]


def asks(note: str) -> list[str]:
    """The questions of the active cards."""
    return [draft.card.ask for draft in generate(extract({"note.md": note}).facts) if offered(draft)]


def test_braces_of_a_formula_hide_nothing() -> None:
    found = extract(
        {"n.md": "# Sets\n\nThe pair $\\text{\\{Course, Grade\\}}$ is a key of the table.\n"}
    ).facts
    assert all(fact.kind != "own" for fact in found)


def test_the_title_of_a_page_that_is_linked_to_is_no_answer() -> None:
    note = "# Locks\n\n[What is a lock? - Examples of locks - Canal Trust](https://example.org/locks)\n"
    assert asks(note) == []


def test_what_is_used_is_named_whole() -> None:
    cards = asks("# Ferries\n\n- Use **Night Ferry for Lorries** for heavy loads that need a ramp.\n")
    assert not any("What is the night ferry used for" in ask or "Night Ferry: what" in ask for ask in cards)
    cards = asks(
        "# Loading\n\n- Use fork lifts into an empty `hold` deck having the same shape to target deck.\n"
    )
    assert not any(ask.startswith("`hold`") for ask in cards)


def test_how_something_is_achieved_is_asked_with_how() -> None:
    note = "# Canals\n\n## Locks\n\nA level change can be achieved with the use of a lock chamber and two gates.\n"
    made = generate(extract({"note.md": note}).facts)
    [card] = [d.card for d in made if isinstance(d.card, Basic) and d.rule.startswith("statement")]
    assert card.ask == "How can a level change be achieved?"
    assert card.answer.startswith("With the use of a lock chamber")


def test_a_point_in_time_is_no_place() -> None:
    note = "# Archive\n\n## Records\n\nProof of the disposal is kept at the end of the lease.\n"
    assert not any(ask.startswith("Where") for ask in asks(note))


def test_sorts_of_nothing_named_are_not_asked_for() -> None:
    note = "# Ferries\n\n## Key boxes\n\n- Tiers\n  - Standard: a software lock\n  - Premium: a steel lock\n"
    assert "What are the two tiers?" not in asks(note)


def test_a_section_lends_no_option_to_what_stands_in_it() -> None:
    note = (
        "# Harbours\n\n## Security & Access\n\n- Use gate passes to let crews in.\n\n## Ships\n\n"
        "- Use **Tugs** for ships that cannot steer in the narrow channel.\n"
        "- Use **Pilots** for ships whose masters do not know the reef.\n"
        "- Use **Lighters** for cargo that a deep ship has to land on a beach.\n"
        "- Use **Dredgers** for sand that the spring flood has left.\n\n## Reference\n\n- Harbour tables of 1999.\n"
    )
    options = {
        option.text
        for draft in generate(extract({"note.md": note}).facts)
        if offered(draft) and isinstance(draft.card, Choice)
        for option in draft.card.options
    }
    assert options
    assert not options & {"Security & Access", "Ships", "Reference", "Harbours"}


def test_notes_in_another_writing_wait_for_a_yes() -> None:
    note = "# Шлюзы\n\n## Что такое шлюз\n\nШлюз — это камера с двумя воротами. Она поднимает лодки.\n\n- Камера полна воды\n"
    assert asks(note) == []
    mixed = "# Locks\n\n## Chamber\n\nA chamber is 船闸的一个部分 between two gates.\n"
    assert asks(mixed) == []


def test_a_sentence_that_goes_on_is_no_item_of_a_list() -> None:
    note = "# Locks\n\nThe old lock supports up to five boats, while the new ones, large and small, support twenty.\n"
    assert not any(draft.rule.startswith("enumeration") for draft in drafts(note) + drafts(note, "suggested"))


def test_a_noun_behind_same_is_no_verb() -> None:
    asked = asks("# Harbours\n\n## Berths\n\nBoats in same plan share same pier cleats.\n")
    assert not any("in same?" in ask or ask == "What do boats in same plan?" for ask in asked)


def test_a_forgotten_space_ends_a_sentence_all_the_same() -> None:
    facts = extract(
        {"n.md": "# Log\n\nThe lock keeps a log of all boats.Use it when you need a trail of who passed.\n"}
    ).facts
    assert not any("boats.Use" in fact.source.quote for fact in facts)


def test_lines_that_each_name_something_are_read_one_by_one() -> None:
    facts = extract(
        {
            "n.md": "# Locks\n\n## Kinds\n\nPound lock: a chamber with two gates\nFlash lock: a single gate in a weir\n"
        }
    )
    assert {fact.concept for fact in facts.facts} >= {"Pound lock", "Flash lock"}


def test_names_over_lists_are_names_with_a_colon_and_without() -> None:
    note = (
        "# Keys\n\n- Iron keys:\n  - locks are opened by force\n- Card keys\n  - locks are opened by a chip\n"
        "- Rope keys\n  - locks are opened by a pull\n"
    )
    concepts = {fact.concept for fact in extract({"n.md": note}).facts}
    assert concepts >= {"Iron keys", "Card keys", "Rope keys"}


def test_a_clause_that_joins_on_is_no_subject() -> None:
    note = "# Locks\n\n## Gates\n\nAlthough the three gate designs share a common name, they serve different canals.\n"
    assert not any("although" in ask.lower() for ask in asks(note))


def test_a_bold_name_before_a_sentence_with_that_name_is_a_label() -> None:
    note = "# Canals\n\n**Flash Lock** The Flash Lock service is a team of keepers that opens single gates by hand.\n"
    assert not any("flash lock the flash" in ask.lower() for ask in asks(note))
    note = "# Canals\n\n**Simple Lock Notice (SLN)**\nSLN is a daily letter to all skippers about closed locks.\n"
    assert not any("(SLN) SLN" in ask for ask in asks(note))


def test_what_acts_is_no_definition_of_the_heading() -> None:
    note = "# Canals\n\n## Chains of boats\n\nA lock keeper visits all boats in a chain and notes the name of each boat.\n"
    assert "What are chains of boats?" not in asks(note)


def test_an_it_that_stands_for_nothing_is_no_subject() -> None:
    note = "# Canals\n\n## Linked boats\n\nIt's also simple to turn a linked boat in a basin, simply untie the last boat.\n"
    assert not any("simple to" in ask for ask in asks(note))


def test_a_gap_holds_whole_brackets_and_more_than_a_letter() -> None:
    note = "# Sums\n\n## Look-ups\n\nLooking up a berth by its number happens in O(1) time. The sum takes R digits of the key.\n"
    gaps = [ask for ask in asks(note) if "{{" in ask]
    assert not any("{{O(1}}" in ask or "{{R}}" in ask for ask in gaps)


def test_a_purpose_behind_a_passive_is_asked_with_why() -> None:
    [ask] = [
        d.card.ask
        for d in drafts(
            "# Canals\n\n## Gates\n\nGate patrols can be accomplished to control access to your locks.\n",
            "suggested",
        )
        if d.rule.startswith("statement") and isinstance(d.card, Basic)
    ]
    assert ask == "Why can gate patrols be accomplished?"
