"""Notes as people write them become facts that know their words and their lines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.first.notes.blocks import Paragraph
from dp100cards.first.notes.extract import Extraction, extract
from dp100cards.first.notes.facts import Abbreviation, Enumeration, Fact
from dp100cards.first.notes.front import Front, front_matter
from dp100cards.first.notes.outline import outline
from dp100cards.first.notes.sentences import sentences
from dp100cards.first.notes.typos import Speller


def facts(text: str, kind: str = "") -> list[Fact]:
    found = extract({"note.md": text}).facts
    return [fact for fact in found if not kind or fact.kind == kind]


def told(text: str, kind: str, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(fact, name) for name in fields) for fact in facts(text, kind)]


@pytest.mark.parametrize(
    ("text", "kind", "fields", "expected"),
    [
        ("## What is a Datastore\n\nAn abstraction over storage.", "definition", ("concept", "value"),
         ("Datastore", "An abstraction over storage")),
        ("A workspace is the top-level resource.", "definition", ("concept", "value"), ("workspace", "the top-level resource")),
        ("## Compute target\n\nIs the resource to run a script.", "definition", ("concept", "value"),
         ("Compute target", "the resource to run a script")),
        ("## Options\n\n* Azure Databricks -> based on Spark. Dynamic scale.\n* Other - a thing", "description", ("concept", "value"),
         ("Azure Databricks", "based on Spark")),
        ("- **Blob storage**: a store for files\n- **Queue**: a store for messages", "definition", ("concept", "value"),
         ("Blob storage", "a store for files")),
        ("An image has three components:\n\n* A model\n* An environment file\n* A configuration file", "enumeration",
         ("lead", "what", "items"), ("An image has three components", "components", ("A model", "An environment file", "A configuration file"))),
        ("Azure Notebooks supports Python, R and F#.", "enumeration", ("items",), (("Python", "R", "F#"),)),
        ("DS pipeline:\n\tSetup -> Preparation -> Experiment -> Deployment", "sequence", ("what", "steps"),
         ("DS pipeline", ("Setup", "Preparation", "Experiment", "Deployment"))),
        ("## Steps of the build\n\n1. Compile the code\n2. Run the tests\n3. Publish the package", "sequence", ("steps",),
         (("Compile the code", "Run the tests", "Publish the package"),)),
        ("Databricks vs. HDInsight: Databricks is built for work in teams.", "contrast", ("concept", "other", "value"),
         ("Databricks", "HDInsight", "built for work in teams")),
        ("If you register a model twice, it gets a higher version.", "consequence", ("condition", "result"),
         ("you register a model twice", "it gets a higher version")),
        ("## SQL Server\n\nUseful for on-premises data.", "use", ("concept", "marker", "purpose"),
         ("SQL Server", "useful for", "on-premises data")),
        ("## Tides\n\n- Slack\n  - amount of time the water stands still\n- Ebb\n  - is weak here\n", "definition",
         ("concept", "value"), ("Slack", "Amount of time the water stands still")),
        ("## Cold disk\n\n- **Use if you need few requests**\n", "use", ("concept", "marker", "purpose"),
         ("Cold disk", "used when", "you need few requests")),
        ("> OBS: It is better to make a new group, as there are many resources.", "advice", ("what", "why"),
         ("It is better to make a new group", "there are many resources")),
        ("Azure Kubernetes Service (AKS) runs containers.", "abbreviation", ("short", "long"), ("AKS", "Azure Kubernetes Service")),
        ("| Tier | Latency |\n|---|---|\n| Hot | low |\n| Cool | low |", "row", ("concept", "cells"), ("Hot", (("Latency", "low"),))),
        ("Q: What is it?\nA: A thing.", "own", ("form", "front", "back"), ("question", "What is it?", "A thing.")),
        ("An image has {{three}} parts.", "own", ("form", "front"), ("cloze", "An image has {{three}} parts.")),
        ("datastore :: a view on storage", "own", ("form", "front", "back"), ("term", "datastore", "a view on storage")),
        ("Code to read it:\n\n```python\nws = {{Workspace}}()\n```", "snippet", ("language", "code"), ("python", "ws = {{Workspace}}()")),
    ],
)  # fmt: skip
def test_each_construct_gives_its_fact(
    text: str, kind: str, fields: tuple[str, ...], expected: tuple[object, ...]
) -> None:
    assert expected in told(text, kind, *fields)


def test_what_has_changed_since_hangs_on_the_statement_right_above() -> None:
    text = "## Azure Notebooks\n\nA free service. It supports R.\n\n> Today (2021-01): Azure Notebooks is retired as a service.\n"
    changed = [fact for fact in facts(text) if fact.change]
    assert [fact.source.quote for fact in changed] == ["A free service."]
    assert changed[0].change is not None
    assert changed[0].change.date == "2021-01"
    assert changed[0].status == "outdated"


@pytest.mark.parametrize(
    "text",
    [
        "Understand for the exam.", "Duration: 40 minutes", "In this lab you will create a workspace.", "See below.",
        "Click on the Create button in the portal.", "## Overview", "https://example.com/a", "", "---", "Why is that?",
    ],
)  # fmt: skip
def test_hints_metadata_lab_steps_and_noise_give_no_fact(text: str) -> None:
    assert facts(text) == []


def test_front_matter_gives_the_deck_and_the_tags() -> None:
    found = extract(
        {"a.md": "---\ndeck: storage\ntags: [azure, exam]\narea: design\n---\n\nA blob is a file.\n"}
    )
    assert {(fact.deck, fact.tags, fact.source.lines) for fact in found.facts} == {
        ("storage", ("azure", "exam"), (7, 7))
    }
    assert found.fronts["a.md"].area == "design"


def test_a_note_may_begin_with_a_rule_across_the_page() -> None:
    text = "---\n\nA **pod** is the smallest unit: it wraps containers.\n\n---\n\nA node runs pods."
    front, rest, first_line, problems = front_matter(text, "a.md")
    assert (front, rest, first_line, problems) == (Front(), text, 1, [])


def test_front_matter_with_a_mistake_is_told_with_its_line() -> None:
    problem = extract({"a.md": "---\ndeck: [\n---\ntext"}).problems[0]
    assert (problem.path, problem.line) == ("notes/a.md", 2) or problem.line == 3
    assert "front matter" in problem.message


NOTE = """# Storage on Azure

## What is a blob

A blob is a **file** in `object` storage. It's kept in a container, e.g. for images (see v2. of the API).
You can upload a blob from score.py, or you can use the portal.

* **Hot tier** - for data that is read often
\t* Cost: high
* **Cool tier** - for data that is rarely read

> Note: If you delete a blob, it is gone.

| Tier | Latency |
|------|---------|
| Hot  | low     |
| Archive | hours |
"""


def words_of(note: str, first: int, last: int) -> str:
    """The lines of a note as words: without the marks of quotes, lists and emphasis."""
    lines = note.replace("\r\n", "\n").split("\n")[first - 1 : last]
    return re.sub(r"[\s>*`|\-]+", "", " ".join(lines))


def quote_is_found(fact: Fact, note: str) -> bool:
    return re.sub(r"[\s>*`|\-]+", "", fact.source.quote) in words_of(note, *fact.source.lines)


def test_every_quote_stands_at_its_lines() -> None:
    for text in (NOTE, NOTE.replace("\n", "\r\n"), "\ufeff" + NOTE):
        for fact in facts(text):
            assert quote_is_found(fact, text.removeprefix("\ufeff")), fact


def test_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    plain = facts(NOTE)
    assert facts(NOTE.replace("\n", "\r\n")) == plain
    assert facts("\ufeff" + NOTE) == plain


def test_unrelated_text_changes_no_fact() -> None:
    def essence(found: list[Fact]) -> list[tuple[str, str, str]]:
        return [(f.kind, f.concept, f.source.quote) for f in found if f.heading[:1] == ("Storage on Azure",)]

    more = NOTE + "\n# Cooking\n\nA roux is a mix of flour and fat. It thickens a sauce.\n"
    assert essence(facts(more)) == essence(facts(NOTE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two!", ["One.", "Two!"]),
        ("Files, e.g. score.py, are kept. Next.", ["Files, e.g. score.py, are kept.", "Next."]),
        ("Use Python 3.6. It is old.", ["Use Python 3.6.", "It is old."]),
        ("See v2. of it", ["See v2. of it"]),
        ("A (short. one) here. B.", ["A (short. one) here.", "B."]),
        ("Free tier; no limits", ["Free tier;", "no limits"]),
        ("Call `a. B` now. Then stop.", ["Call `a. B` now.", "Then stop."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    block = outline(text)[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert [part.plain for part in sentences(block.text)] == expected


def test_slips_are_mended_only_where_there_is_no_doubt() -> None:
    note = (
        "We cna deploy it FOr free. The dpeloyment and the portla. AKS and PaaS use versions, automate, libs."
    )
    mended, found = Speller(note).mended(note)
    assert dict(found) == {"cna": "can", "FOr": "For", "dpeloyment": "deployment", "portla": "portal"}
    assert "AKS and PaaS use versions, automate, libs." in mended


@pytest.mark.parametrize(
    "note",
    [
        "Offers thorough analysis of the hull.",
        "Sailors compete, and the mast is settling. An automaton steers.",
        "OT networks steer the ship. NAD is a coenzyme.",
        "Harbour trials come first. Trials are short. Trails of smoke follow.",
        "They change course, and chnage it again. A chnage is logged.",
    ],
)
def test_words_of_their_own_and_abbreviations_are_no_slips(note: str) -> None:
    assert Speller(note).mended(note) == (note, [])


def test_the_raw_words_stay_in_the_quote() -> None:
    extraction = extract({"a.md": "## Portal\n\nWe cna use the portal to deploy models."})
    assert any("cna" in fact.source.quote for fact in extraction.facts)
    assert [(typo.line, typo.wrong, typo.right) for typo in extraction.typos] == [(3, "cna", "can")]


PIECES = st.sampled_from(
    ["# ", "## What is a ", "\n", "\n\n", "* ", "- ", "\t* ", "1. ", "> ", "> OBS: ", "Azure ", "a workspace ", "is a ", "tool ",
     "-> ", ": ", "**bold** ", "`code` ", "| ", "|---|---|\n", "```\n", "Q: ", "A: ", "{{gap}} ", ":: ", "(AKS) ", "e.g. ", ". ",
     "If you ", ", it ", "and ", "supports ", "vs. ", "---\n", "Today (2025-01): ", "[a](b) ", "![x](y) ", "<b>", "ü ", "\r\n", "\0"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_at_all_is_read(text: str) -> None:
    extraction = extract({"a.md": text})
    last = text.count("\n") + text.count("\r") + 1
    for unit in extraction.units:
        assert 1 <= unit.lines[0] <= unit.lines[1] <= last
        assert all(0 <= n < len(extraction.facts) for n in unit.facts)
    assert_same(extraction, extract({"a.md": text}))


def assert_same(one: Extraction, two: Extraction) -> None:
    assert one.facts == two.facts


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_quote_of_any_note_is_found_in_it(text: str) -> None:
    squeezed = re.sub(r"[\s>*`|\-]+", "", text.replace("\0", "\ufffd"))
    for fact in facts(text):
        for word in fact.source.quote.split():
            assert re.sub(r"[\s>*`|\-]+", "", word) in squeezed


def test_a_link_between_notes_leaves_its_words() -> None:
    text = "# Oven\n\n## Parts\n\n- [[#Grate]] holds the [[Coal|black coal]] in place for [[Bread]].\n"
    (unit,) = extract({"oven.md": text}).units
    said = " ".join(str(fact) for fact in extract({"oven.md": text}).facts)
    assert "Grate holds the black coal in place for Bread" in said.replace("’", "'")
    assert unit.text.startswith("[[#Grate]]") or unit.text.startswith("Grate")


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "**ELT** is an abbreviation of *Extract, Load, and Transform*.",
            "ELT",
            "Extract, Load, and Transform",
        ),
        ("COLREG stands for collision regulations.", "", ""),
        ("VTS stands for vessel traffic service.", "VTS", "vessel traffic service"),
        ("SOLAS is the short form of Safety of Life at Sea.", "", ""),
    ],
)
def test_what_stands_for_its_words_is_an_abbreviation(text: str, short: str, long: str) -> None:
    """Only where the words spell it by their first letters: "SOLAS" takes some of two."""
    facts = extract({"a.md": f"# Sea\n\n{text}\n"}).facts
    found = [(fact.short, fact.long) for fact in facts if isinstance(fact, Abbreviation)]
    assert found == ([(short, long)] if short else [])
    assert facts


def test_a_note_in_another_language_is_not_mended_into_english() -> None:
    note = (
        "# Le plan\n\nLes hommes de la ville sont dans le plan. Un groupe est pour les amis et les enfants des voisins.\n\n"
        "La plateforme est dans le port avec les bateaux. Une ressource est pour le groupe, et les autres sont avec la"
        " ville. Le plan est une offre que les amis ont dans la maison.\n"
    )
    assert extract({"note.md": note}).typos == []
    english = "# Servers\n\nThe plateforme is in the plan, and it is for you. A ressource is on it.\n"
    assert {typo.right for typo in extract({"note.md": english}).typos} == {"platform", "resource"}


def test_what_is_told_twice_is_one_fact_and_both_places_know_it() -> None:
    note = "## Datastore\n\nA datastore stores the connection to a storage account.\n"
    found = extract({"a.md": note + "\n" + note, "b.md": note})
    assert [fact.source.note for fact in found.facts] == ["a.md"]
    assert [unit.facts for unit in found.units] == [[0], [0], [0]]


def test_what_is_told_of_something_else_is_another_fact() -> None:
    found = extract(
        {"a.md": "## Blobs\n\n- **Cost**: paid by the hour\n\n## Queues\n\n- **Cost**: paid by the hour\n"}
    )
    assert len({fact.heading for fact in found.facts}) == 2


def test_a_card_that_the_learner_wrote_twice_stays_two() -> None:
    assert len(facts("Q: What is it?\nA: A thing.\n\nQ: What is it?\nA: A thing.", "own")) == 2


def test_a_term_and_a_heading_introduce_their_abbreviation_once_in_a_note() -> None:
    text = (
        "# Ports\n\n## 2. Harbour Traffic Control (HTC)\n\nIt guides ships.\n\n## Tools\n\n"
        "- **Ship Position Log (SPL)**: keeps what was seen.\n- Harbour Traffic Control (HTC) - it guides ships.\n"
    )
    assert told(text, "abbreviation", "short", "long") == [
        ("HTC", "Harbour Traffic Control"),
        ("SPL", "Ship Position Log"),
    ]
    for fact in facts(text, "abbreviation"):
        assert fact.source.quote in text.splitlines()[fact.source.lines[0] - 1]


def test_labels_under_a_name_without_a_colon_are_its_members() -> None:
    text = "## Ropes\n\n- **Grades**\n  - Hot: often used lines\n  - Cool: seldom used, at least 30 days\n  - Archive: rarely used\n"
    assert told(text, "enumeration", "items") == [(("Hot", "Cool", "Archive"),)]
    assert [fact.concept for fact in facts(text)[1:]] == ["Hot", "Cool", "Archive"]


def test_a_member_is_what_its_whole_sentence_is_told_of() -> None:
    text = (
        "## Small ropes\n\nReasons against small ropes:\n\n"
        "* More knots on deck - When many ropes lie about, each sailor ties fewer of them.\n"
        "* Slow loading - With small ropes, the crew needs many hours.\n"
    )
    about = {fact.concept for fact in facts(text) if not isinstance(fact, Enumeration)}
    assert about == {"More knots on deck", "Slow loading"}


def test_this_type_of_thing_is_the_term() -> None:
    text = "## Ropes\n\n- Hawser - This type of rope is used to moor ships.\n- Painter - This option ties a dinghy to the quay.\n"
    assert told(text, "use", "concept", "purpose") == [("Hawser", "moor ships")]
    assert [fact.concept for fact in facts(text, "statement") + facts(text, "description")] == ["Painter"]


STOPPED = """## Ropes

- Anchor line. A rope that holds the ship in place. It is thick.
- Painter. A short rope that ties a dinghy to the quay.
- Jackstay. Holds a sail that runs along it.
"""


def test_a_full_stop_may_part_a_term_from_what_it_is() -> None:
    about = [(fact.kind, fact.concept) for fact in facts(STOPPED)]
    assert about[0] == ("definition", "Anchor line")
    assert {concept for _, concept in about} == {"Anchor line", "Painter", "Jackstay"}
    assert told(
        "## Ropes\n\n- **Anchor line**. A rope that holds the ship.\n- It is wet.\n", "definition", "concept"
    ) == [("Anchor line",)]


def test_fragments_before_a_sentence_are_no_terms() -> None:
    text = "## Painter\n\n- Cheap and simple. Works well in harbours.\n- Short. You can cut it.\n- It is wet. Dry it.\n"
    assert {fact.concept for fact in facts(text)} == {"Painter"}


def test_a_name_with_its_words_in_brackets_has_what_is_nested_below_it() -> None:
    text = (
        "## Bodies\n\n- **IHO (International Hydrographic Office Members)**\n  - Draws sea maps for all ships.\n"
        "- **IMO (International Maritime Organization)**\n  - Sets the rules for ships.\n"
    )
    assert not facts(text, "enumeration")
    assert ("IMO", "International Maritime Organization") in told(text, "abbreviation", "short", "long")


def test_tips_for_studying_state_nothing() -> None:
    text = "## Key Study Tips\n\n- Understand **ropes** — thick, thin, wet\n"
    assert not facts(text)
