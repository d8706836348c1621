"""Cards that went to Anki, by package or by text, come back as the cards that they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Source,
    Statements,
)  # fmt: skip
from dp100cards.cli.main import run
from dp100cards.decks.collection import Collection, shipped
from dp100cards.decks.read import read_deck
from dp100cards.errors import ContentError
from dp100cards.exchange.anki_file import opened
from dp100cards.exchange.anki_foreign import as_deck
from dp100cards.exchange.anki_out import write_package
from dp100cards.exchange.anki_text import from_anki_text, to_anki_text
from dp100cards.exchange.markup import from_html, to_html
from dp100cards.exchange.tables import from_csv, to_csv
from dp100cards.scheduler.days import Moment

SHARED: dict[str, Any] = {
    "deck": "demo", "ask": "What is <b> & [it] \"so\"?", "source": Source("n/a.md", (3, 9), "The <top>,\nline 3: “x”"),
    "scenario": Scenario("a-firm", "**A firm** with {{much}} & `<more>`.\n\n- One\n- Two"),
    "tags": ("a-tag", "z"), "explain": "Because of `x < y`.", "shows": "It was **other**.", "status": "outdated",
}  # fmt: skip
EVERY_KIND: list[Card] = [
    Basic(id="demo-a", answer="A `thing` **here**.\n```python\nif x:\n    y < 2\n```\nand on", **SHARED),
    Cloze(id="demo-b", **SHARED | {"ask": "An image has {{a: score}} and\n{{x}}."}),
    Choice(id="demo-c", options=(Option("no", because="it is <not>"), Option("`yes`", right=True)), **SHARED),
    Multiple(id="demo-d", options=(Option("1", right=True, because="so"), Option("2", right=True), Option("3")), **SHARED),
    Order(id="demo-e", items=("one", "two & a half", "three"), **SHARED),
    Match(id="demo-f", pairs=(Pair("a", "1"), Pair("b → c", "2")), **SHARED),
    Statements(id="demo-g", statements=(Option("s – t", right=True), Option("No", because="no: <i>")), **SHARED),
    Code(id="demo-h", code="if x:\n    y = {{z}}(<{{ w }}>)".replace("{ w }", "{w}"), language="python", wrong=(("a", "b"), ("c",)), **SHARED),
    Code(id="demo-i", code="{{x}} = 1", **SHARED | {"source": None, "scenario": None, "shows": "", "tags": (), "status": "", "explain": ""}),
]  # fmt: skip


def decks() -> list[tuple[str, list[Card]]]:
    read = [read_deck(p.read_bytes(), p.name, p.stem).deck for p in Collection(shipped()).deck_files()]
    return [("demo", EVERY_KIND), *((deck.name, list(deck.cards)) for deck in read)]


def plain(card: Card) -> Card:
    """A card as Anki knows it: without an area, its status one of its tags, and those in an order of their own."""
    card = replace(card, area="", status="", tags=tuple(sorted({*card.tags, card.status} - {""})))
    if isinstance(card, Code):
        # Words to choose from are shown in the order of the alphabet.
        return replace(card, wrong=tuple(tuple(sorted(words, key=str.casefold)) for words in card.wrong))
    return card


@pytest.mark.parametrize(("name", "cards"), decks(), ids=[name for name, _ in decks()])
def test_text_comes_back_as_the_same_cards(name: str, cards: list[Card]) -> None:
    text = to_anki_text(cards, {}, "DP-100")
    back = from_anki_text(text, "x.txt", name, "Demo").deck.cards
    assert [plain(card) for card in back] == [plain(card) for card in cards]


def test_by_the_real_anki_they_come_back_too_by_package_and_by_its_own_text(
    anki: Any, tmp_path: Path
) -> None:
    cards = [card for _, cards in decks() for card in cards]
    write_package(tmp_path / "out.apkg", cards, {}, "DP-100", Moment(1_795_420_800_000), {})
    anki.take_in(tmp_path / "out.apkg")
    wanted = {card.id: plain(replace(card, deck="back")) for card in cards}
    for legacy in (True, False):
        with opened(anki.package(tmp_path / "x.apkg", legacy=legacy)) as connection:
            back = as_deck(connection, "back", "Back").deck.cards
        assert {card.id: plain(card) for card in back} == wanted
    path = tmp_path / "notes.txt"
    anki.collection.export_note_csv(
        out_path=str(path), limit=None, with_html=True, with_tags=True, with_deck=True, with_notetype=True, with_guid=True
    )  # fmt: skip
    back = from_anki_text(path.read_text(encoding="utf-8"), "x.txt", "back", "Back").deck.cards
    assert {card.id: plain(card) for card in back} == wanted


def test_scenarios_of_one_name_and_other_texts_are_told_apart() -> None:
    cards: list[Card] = [
        Basic(id=f"demo-{n}", deck="demo", ask="Q?", answer="A.", scenario=Scenario("firm", text))
        for n, text in enumerate(("One.", "Two.", "One.", "Three."))
    ]
    text, table = to_anki_text(cards, {}, "DP-100"), to_csv(cards)
    for deck in (from_anki_text(text, "x", "demo", "D").deck, from_csv(table, "x", "demo", "D")):
        told = [(card.scenario.id, card.scenario.text) for card in deck.cards if card.scenario]
        assert told == [("firm", "One."), ("firm-2", "Two."), ("firm", "One."), ("firm-3", "Three.")]


def test_a_note_that_was_edited_in_anki_comes_back_as_it_is_there(anki: Any, tmp_path: Path) -> None:
    write_package(tmp_path / "out.apkg", EVERY_KIND, {}, "DP-100", Moment(1_795_420_800_000), {})
    anki.take_in(tmp_path / "out.apkg")
    for guid, field, value in (
        ("demo-a", "Answer", "<div>New</div><div><i>answer</i>&nbsp;<b>now</b></div>"),
        ("demo-c", "Answer", "no options any more"),
        ("demo-e", "Question", ""),
    ):
        note = anki.cards()[guid].note()
        note[field] = value
        anki.collection.update_note(note)
    with opened(anki.package(tmp_path / "x.apkg")) as connection:
        deck = as_deck(connection, "back", "Back").deck
    by_id = {card.id: card for card in deck.cards}
    assert by_id["demo-a"].answer == "New\n\nanswer **now**"  # type: ignore[attr-defined]
    assert "demo-c" not in by_id
    assert any(
        isinstance(card, Basic) and card.answer.startswith("no options any more") for card in deck.cards
    )
    assert "demo-e" not in by_id


def test_simple_notes_of_any_origin_are_read_by_their_headers(anki: Any, tmp_path: Path) -> None:
    for kind, values in (
        ("Basic", ("a <b>b</b>", "x\ty; \"z\"")), ("Cloze", ("An {{c1::ML}} {{c2::model}}", "more")),
        ("Basic (and reversed card)", ("term", "meaning")),
    ):  # fmt: skip
        note = anki.collection.new_note(anki.collection.models.by_name(kind))
        note.fields = list(values)
        note.tags = ["t"]
        anki.collection.add_note(note, 1)
    path = tmp_path / "notes.txt"
    for with_html in (True, False):
        anki.collection.export_note_csv(
            out_path=str(path), limit=None, with_html=with_html, with_tags=True, with_deck=False, with_notetype=True,
            with_guid=False,
        )  # fmt: skip
        cards = from_anki_text(path.read_text(encoding="utf-8"), "x.txt", "back", "Back").deck.cards
        bold = "**b**" if with_html else "b"
        assert [card.ask for card in cards] == [
            f"a {bold}", "An {{ML}} model", "An ML {{model}}", "term", "meaning"
        ]  # fmt: skip
        assert cards[0].tags == ("t",)
        assert cards[0].answer.split() == ["x", "y;", '"z"']  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("a\tb\nc\td\n", ["a", "c"]),
        ("a;b\n", ["a"]),
        ("#separator:Semicolon\n#html:false\n1 < 2;b\n", ["1 < 2"]),
        ("#separator:|\n#tags:x y\n#comment\na|b\n# no card\n", ["a"]),
        ("#notetype:My Cloze\nThe {{c1::gap}}\n", ["The {{gap}}"]),
        ("The {{c1::gap}}\tmore\n", ["The {{gap}}"]),
        ("#tags column:1\n#columns:t\tq\ta\nt\tq\ta\n", ["q"]),
        ("#tags column:0\n#deck column:99\n#guid column:x\na\tb\n", ["a"]),
        ('"a\nline"\t"b ""c"""\n', ["a\nline"]),
        ("\ufeff#html:true\na<br>b\tc\n", ["a\nb"]),
        ("", []),
        ("#only\n#headers", []),
        ("no answer\n", []),
    ],
)
def test_headers_and_rows_of_every_sort(text: str, asks: list[str]) -> None:
    foreign = from_anki_text(text, "x.txt", "back", "Back")
    assert [card.ask for card in foreign.deck.cards] == asks
    assert foreign.left == (text == "no answer\n")


def test_what_is_no_such_text_is_refused_with_its_line() -> None:
    with pytest.raises(ContentError, match=r"x\.txt:3: this is not Anki's text format"):
        from_anki_text('#html:true\na\tb\n"c\td\n', "x.txt", "back", "Back")


@given(st.text(max_size=200), st.text('a"\t\n#:;{}c1<br>\r', max_size=60))
def test_any_text_is_read_or_refused(one: str, two: str) -> None:
    for text in (one, two, f"#separator:{one}\n{two}"):
        try:
            from_anki_text(text, "x.txt", "back", "Back")
        except ContentError as error:
            assert "\n" not in error.message


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40).map(
        lambda t: " ".join(t.split())
    )
)
def test_html_of_ours_is_read_as_the_text_that_it_was(text: str) -> None:
    assert from_html(to_html(text)) == text or "``" in text or "~~~" in text or "**" in text or "`" in text


def test_reviews_of_a_deck_that_was_ones_own_in_anki_come_along_if_asked(
    anki: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind, values in (("Basic", ("one", "two")), ("Cloze", ("An {{c1::ML}} {{c2::model}}", "more"))):
        note = anki.collection.new_note(anki.collection.models.by_name(kind))
        note.fields = list(values)
        anki.collection.add_note(note, anki.collection.decks.id("DP-100"))
    assert len(anki.answer(3, [3, 4, 3])) == 3
    path = anki.package(tmp_path / "theirs.apkg")
    home = tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    wanted = ["--home", str(home), "--data", str(tmp_path / "data"), "import", "anki", str(path)]
    assert run([*wanted, "--with-reviews"]) == 2
    assert run([*wanted, "--as-deck", "one"]) == 0
    assert "3 reviews of them were left behind; --with-reviews takes them too" in capsys.readouterr().out
    assert not (tmp_path / "data" / "progress.db").exists()
    assert run([*wanted, "--as-deck", "two", "--with-reviews"]) == 0
    assert "3 reviews of them were taken in" in capsys.readouterr().out
    assert (
        run(
            [
                "--home",
                str(home),
                "--data",
                str(tmp_path / "data"),
                "import",
                "text",
                str(path),
                "--as-deck",
                "x",
            ]
        )
        == 1
    )
    cards = read_deck((home / "decks" / "two.yaml").read_bytes(), "two.yaml", "two").deck.cards
    from dp100cards.store.store import Store

    with Store.open(tmp_path / "data", Moment(1_795_420_800_000)) as store:
        assert {card.id for card in cards} == set(store.states())
        assert all(state.reps == 1 for state in store.states().values())


LINES = st.lists(
    st.sampled_from(
        ["- one", "- **two**", "three", "", "- ", "-four", "  - five", "`- six`", "```\n- x\n```"]
    ),
    max_size=8,
)


@given(LINES)
def test_lists_are_lists_and_read_as_the_lines_that_they_were(lines: list[str]) -> None:
    text = "\n".join(lines).strip("\n")
    back = from_html(to_html(text))
    assert back is not None
    if "```" not in text:
        assert back == text
    assert to_html(back) == to_html(text)


def test_a_list_stands_in_no_line_of_its_own() -> None:
    assert to_html("so:\n\n- a\n- b\nend") == "so:<br><ul class='list'><li>a</li><li>b</li></ul>end"
