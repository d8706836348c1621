"""Decks as tables: what a spreadsheet shows, what comes back, and what Anki takes of the text."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
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
    Source,
    Statements,
)  # fmt: skip
from dp100cards.decks.collection import Collection, shipped
from dp100cards.decks.read import read_deck
from dp100cards.errors import ContentError
from dp100cards.exchange.anki_out import write_package
from dp100cards.exchange.anki_text import to_anki_text
from dp100cards.exchange.cells import ARROWS
from dp100cards.exchange.tables import COLUMNS, armed, defused, from_csv, to_csv
from dp100cards.exchange.wording import scattered
from dp100cards.scheduler.days import Moment

SHARED: dict[str, Any] = {"deck": "demo", "explain": 'Because, "so".', "tags": ("a", "b"), "area": "design"}
CARDS: list[Card] = [
    Basic(id="demo-a", ask="=SUM(A1)?", answer="-1,\ntwo", **SHARED),
    Cloze(id="demo-b", ask="An {{image}} is\tone.", **SHARED),
    Choice(id="demo-c", ask="Which?", options=(Option("@one", right=True), Option("two")), **SHARED),
    Order(id="demo-d", ask="Order?", items=("first", "then"), **SHARED),
]


def test_a_table_comes_back_as_the_same_cards() -> None:
    assert list(from_csv(to_csv(CARDS), "x.csv", "demo", "Demo").cards) == CARDS


ALL: list[Card] = [
    Choice(
        id="demo-a", ask="Which?", shows="Then: another.", status="outdated", source=Source("n/a: b.md", (3, 9), 'a "q"'),
        options=(Option("a", right=True, because="It is."), Option("b: c"), Option("d", because="No: never.")), **SHARED,
    ),
    Multiple(id="demo-b", ask="Which two?", options=(Option("1", right=True), Option("2\n\n  b", right=True), Option("3")), **SHARED),
    Match(id="demo-c", ask="Match.", pairs=(Pair("a → b", "x = 1"), Pair("c", "d")), **SHARED),
    Statements(id="demo-d", ask="True?", statements=(Option("No: yes", right=True), Option("t", because="so")), **SHARED),
    Code(id="demo-e", ask="Fill.", code="    if {{x}}:\n        {{y}}()", language="python", wrong=(("[1]", "z"), ("a | b",)), **SHARED),
    Code(id="demo-f", ask="Fill.", code="{{x}} = 1", wrong=(("a", "b"),), **SHARED),
    Code(id="demo-g", ask="Type.", code="=SUM({{x}})", **SHARED),
    Basic(id="demo-h", ask="Say.", answer="one\n\ntwo", **SHARED),
]  # fmt: skip


def test_every_kind_of_card_comes_back_whole() -> None:
    assert list(from_csv(to_csv(ALL), "x.csv", "demo", "Demo").cards) == ALL


def test_the_shipped_decks_come_back_whole() -> None:
    for path in Collection(shipped()).deck_files():
        deck = read_deck(path.read_bytes(), path.name, path.stem).deck
        back = from_csv(to_csv(deck.cards), "x.csv", deck.name, deck.title)
        assert [right_first(card) for card in deck.cards] == list(back.cards)


def right_first(card: Card) -> Card:
    """A table tells right options and wrong ones, not how they were mixed."""
    if isinstance(card, Choice | Multiple):
        return replace(card, options=tuple(sorted(card.options, key=lambda option: not option.right)))
    return card


ODD = st.text("ab →:=|'\"+-@,;[]{\n\t0", min_size=1, max_size=12).map(str.strip).filter(bool)
DISTINCT = st.lists(
    ODD.filter(lambda text: ":" not in text), min_size=3, max_size=5, unique_by=lambda text: text.split()[0]
)


@given(ODD, DISTINCT, st.lists(st.none() | ODD, min_size=5, max_size=5), st.booleans())
def test_odd_texts_come_back_as_they_were(
    ask: str, texts: list[str], reasons: list[str | None], two: bool
) -> None:
    options = tuple(Option(text, right=n < 1 + two, because=reasons[n] or "") for n, text in enumerate(texts))
    cards: list[Card] = [
        (Multiple if two else Choice)(id="demo-a", deck="demo", ask=ask, options=options),
        Statements(id="demo-b", deck="demo", ask=ask, statements=options),
        Order(id="demo-c", deck="demo", ask=ask, items=tuple(texts)),
        Basic(
            id="demo-d",
            deck="demo",
            ask=ask,
            answer=texts[0],
            explain=reasons[0] or "",
            shows=reasons[1] or "",
        ),
        Code(id="demo-e", deck="demo", ask=ask, code="{{x}}", wrong=(tuple(texts),)),
    ]
    assert list(from_csv(to_csv(cards), "x.csv", "demo", "Demo").cards) == cards


@given(st.lists(st.tuples(ODD, ODD), min_size=2, max_size=4))
@example([("0", "→ \t0"), ("0", "0 → \t0")])
def test_pairs_come_back_wherever_they_can_be_told_apart(sides: list[tuple[str, str]]) -> None:
    card = Match(id="demo-a", deck="demo", ask="Match.", pairs=tuple(Pair(*pair) for pair in sides))
    try:
        back = from_csv(to_csv([card]), "x.csv", "demo", "Demo").cards[0]
    except ContentError as error:
        assert "a pair has two sides" in error.message
        assert any(arrow.strip() in side for arrow in ARROWS for pair in sides for side in pair)
    else:
        assert back == card


def test_a_table_follows_the_standard_and_holds_no_formula() -> None:
    text = to_csv(CARDS)
    assert text.replace("\r\n", "").count("\r") == 0
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert rows[1][COLUMNS.index("question")] == "'=SUM(A1)?"
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row)


@given(st.text(max_size=20))
def test_every_cell_comes_back_as_it_was_and_none_is_a_formula(cell: str) -> None:
    assert armed(defused(cell)) == cell
    assert defused(cell)[:1] not in set("=+-@\t\r\n")


def test_a_table_of_ones_own_needs_only_question_and_answer() -> None:
    text = 'question,answer,wrong\nWhat?,That.,\nWhich?,a,b\nWhich two?,"a\nb",c\nA {{gap}}.,,\n'
    kinds = [card.kind for card in from_csv(text, "x.csv", "demo", "Demo").cards]
    assert kinds == ["basic", "choice", "multiple", "cloze"]


def test_what_is_wrong_with_a_table_is_told_all_at_once() -> None:
    with pytest.raises(ContentError) as error:
        from_csv("question,answer\n,a\nq,\n", "x.csv", "demo", "Demo")
    assert [problem.line for problem in error.value.problems] == [2, 3]
    with pytest.raises(ContentError, match="no column question"):
        from_csv("front,answer\na,b\n", "x.csv", "demo", "Demo")
    with pytest.raises(ContentError, match="not CSV"):
        from_csv('question,answer\n"a,b\n', "x.csv", "demo", "Demo")


@given(st.lists(st.text(max_size=3), min_size=2, max_size=5))
def test_what_is_to_be_put_in_order_never_stands_in_order(items: list[str]) -> None:
    assert sorted(scattered(items)) == sorted(items)
    assert scattered(items) != items or len({item.casefold() for item in items}) < len(items)


def test_anki_takes_the_text_and_updates_the_notes_of_a_package(tmp_path: Path) -> None:
    module = pytest.importorskip("anki.collection")
    from anki.import_export_pb2 import ImportCsvRequest

    source = Source("a.md", (1, 1), 'a "quote" <b>')
    cards: list[Card] = [
        *CARDS,
        Match(id="demo-e", ask="#m", pairs=(Pair("a", "b"), Pair("c", "d")), deck="demo", source=source),
    ]
    collection = module.Collection(str(tmp_path / "c.anki2"))
    try:
        write_package(
            tmp_path / "a.apkg", cards[:3], {"demo": "Demo"}, "DP-100", Moment(1_795_420_800_000), {}
        )
        write_package(tmp_path / "b.apkg", cards, {"demo": "Demo"}, "DP-100", Moment(1_795_420_800_000), {})
        for name in ("a", "b"):
            options = module.ImportAnkiPackageOptions(merge_notetypes=True)
            request = module.ImportAnkiPackageRequest(
                package_path=str(tmp_path / f"{name}.apkg"), options=options
            )
            collection.import_anki_package(request)
        changed = [Basic(id="demo-a", deck="demo", ask="Changed <b>?", answer="yes\tno"), *cards[1:]]
        path = tmp_path / "x.txt"
        path.write_text(to_anki_text(changed, {"demo": "Demo"}, "DP-100"), encoding="utf-8")
        metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
        collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
        assert collection.note_count() == len(cards)
        note = collection.get_note(collection.find_notes("changed")[0])
        assert note["Question"] == "Changed &lt;b&gt;?"
        assert note["Answer"] == "yes\tno"
        cloze = collection.get_note(collection.find_notes("note:*Cloze")[0])
        assert "{{c1::image}}" in cloze["Text"]
        assert "demo" in cloze.tags
    finally:
        collection.close()
