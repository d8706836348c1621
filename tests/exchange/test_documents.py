"""Decks as text: Markdown that builds to the same cards, tables that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
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
    Deck,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Source,
    Statements,
)
from dp100cards.cli.main import run
from dp100cards.config import shipped
from dp100cards.decks.collection import Collection
from dp100cards.decks.read import read_deck
from dp100cards.exchange.documents import COLUMNS, to_csv, to_markdown
from dp100cards.exchange.markup import scattered
from dp100cards.generate.pipeline import draft_cards

PAGE = Source(
    "n.md", (3, 9), "The words", "Compute: all", "https://example.org/compute", "2026-05-01", "2026-11"
)
OTHER = replace(PAGE, url="https://example.org/compute#size")
FIRM = Scenario(
    "fabrikam", "**Fabrikam**\n\nIt has shops.\n\n- One team writes no code.\n- Another | writes SQL."
)
ITEM: dict[str, Any] = {
    "deck": "demo",
    "level": "exam",
    "skills": ("dp-100/1.2", "ai-300/A1"),
    "source": PAGE,
}
CARDS: list[Card] = [
    Basic(id="d-a", deck="demo", ask="What is `a|b`?", answer="A pipe: `|`.", source=PAGE, level="recall"),
    Basic(id="d-b", deck="demo", ask="What else?", answer="One, two.", explain="Because.\n\nAnd more.", source=PAGE, level="recall"),
    Basic(id="d-c", deck="demo", ask="How is it called?", answer="```python\nif x:\n    y()\n```", source=OTHER),
    Cloze(id="d-e", deck="demo", ask="A {{cluster}} and an {{instance}} run `code`.", skills=("dp-100/1.1",)),
    Choice(id="d-f", ask="Which?\n\n```yaml\na: 1\n  b: 2\n```", explain="All is said.",
           options=(Option("no", because="It is\n\nnot."), Option("`yes`", right=True, because="It is.")), **ITEM),
    Multiple(id="d-g", ask="Which two apply?", options=(Option("1", right=True), Option("2", right=True), Option("3")), **ITEM),
    Order(id="d-h", ask="Put the steps in order.", items=("one", "two & a half", "three"), extra=("lunch",), explain="So.", **ITEM),
    Match(id="d-i", ask="Match each asset to its type.", pairs=(Pair("a", "`1`"), Pair("b | c", "2")), extra=("3",), **ITEM),
    Statements(id="d-j", ask="Is each plan possible?", statements=(Option("s – t", right=True), Option("No", because="Why.")), **ITEM),
    Code(id="d-k", ask="Complete it.", code="x = ${{ {{y}} }} {{z}}()\nif {{y}}: pass", language="python",
         wrong=(("a", "b"), ("c",), ("a", "b")), explain="**1**\n\n- `b`: Not b.\n- `y`: It is y.\n\n**2**\n\n- `c`: Not c.", **ITEM),
    Code(id="d-l", ask="Type it.", code="{{import}} azure", deck="demo", language="python"),
    Choice(id="d-m", ask="What does Fabrikam use?", scenario=FIRM, options=(Option("a", right=True), Option("b")), **ITEM),
    Choice(id="d-n", ask="And then?", scenario=FIRM, options=(Option("a"), Option("b", right=True)), **ITEM),
    Basic(id="d-o", deck="demo", ask="After the case study?", answer="Yes."),
]  # fmt: skip


def content(card: Card) -> Card:
    """A card without what only this deck knows: its id, its place, tags and the like."""
    page = replace(card.source, note="", lines=(0, 0), quote="") if card.source else Source()
    scenario = Scenario("", card.scenario.text) if card.scenario else None
    bare = replace(
        card, id="", deck="", tags=(), status="", shows="", area="", source=page, scenario=scenario
    )
    return replace(bare, explain="") if isinstance(card, Cloze) else bare


def built(text: str) -> list[Card]:
    drafts = draft_cards({"taken.md": text})
    assert not drafts.problems
    assert {draft.deck for draft in drafts.drafts} <= {"demo"}
    return [content(draft.card) for draft in drafts.drafts]


def test_every_kind_of_card_builds_again_from_the_markdown() -> None:
    assert built(to_markdown(Deck("demo", "The demo: one", "design", tuple(CARDS)))) == [
        content(card) for card in CARDS
    ]


def shipped_decks() -> list[Deck]:
    return [
        read_deck(p.read_text(encoding="utf-8"), p.name, p.stem).deck
        for p in Collection(shipped()).deck_files()
    ]


@pytest.mark.parametrize("deck", shipped_decks(), ids=lambda deck: deck.name)
def test_the_shipped_decks_build_again_from_their_markdown(deck: Deck) -> None:
    def named(card: Card) -> Card:
        # A case study has a name; one of the first edition gets its id for a name.
        text = card.scenario.text if card.scenario else ""
        name = card.scenario.id.replace("-", " ") if card.scenario else ""
        return card if not text or (text.startswith("**") and "**\n\n" in text[:80]) else replace(
            card, scenario=Scenario("", f"**{name}**\n\n{text}")
        )  # fmt: skip

    made = built(to_markdown(replace(deck, name="demo")))
    assert made == [content(named(card)) for card in deck.cards]


BLOCKS = (
    "Some words.",
    "```py\na = 1\n```",
    "- one\n- two",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "1. first\n2. then",
)
TEXT = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=3, unique=True).map("\n\n".join)


@given(TEXT, TEXT, st.one_of(st.just(""), TEXT))
def test_questions_answers_and_explanations_of_several_blocks_build_again(
    ask: str, answer: str, why: str
) -> None:
    card = Basic(id="d-a", deck="demo", ask=f"What is this?\n\n{ask}", answer=answer, explain=why)
    (made,) = built(to_markdown(Deck("demo", "Demo", cards=(card,))))
    assert made == content(card)


PLAIN = st.text("abc de", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(PLAIN, st.lists(PLAIN, min_size=3, max_size=5, unique=True), st.booleans(), PLAIN)
def test_plain_words_come_back_as_they_were(ask: str, texts: list[str], two: bool, why: str) -> None:
    options = tuple(Option(text, right=n < 1 + two, because=why * (n > 0)) for n, text in enumerate(texts))
    ask = f"Which two of {ask}?" if two else f"Which of {ask}?"
    card = (Multiple if two else Choice)(
        id="d-a", deck="demo", ask=ask, options=options, level="exam", explain=why
    )
    basic = Basic(id="d-b", deck="demo", ask=ask, answer=why, level="recall")
    assert built(to_markdown(Deck("demo", "D", "", (card, basic)))) == [content(card), content(basic)]


def test_several_decks_go_into_a_folder_and_what_is_no_card_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "data"), "export"]
    assert run([*data, "markdown", "-o", str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out").glob("*.md"))) == len(shipped_decks())
    assert run([*data, "markdown"]) == 2
    assert "a folder" in capsys.readouterr().err
    assert run([*data, "markdown", "workspace"]) == 0
    assert capsys.readouterr().out.startswith("---\ndeck: workspace\n")


def test_a_table_follows_the_standard_and_holds_no_formula() -> None:
    cards = [Basic(id="d-a", deck="demo", ask="=SUM(A1)?", answer='-1,\n"two"'), *CARDS]
    text = to_csv(cards)
    assert text.replace("\r\n", "").count("\r") == 0
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["question"], rows[0]["answer"]) == ("'=SUM(A1)?", '\'-1,\n"two"')
    assert not any(cell[:1] in set("=+-@\t\r\n") and cell for row in rows for cell in row.values())
    by_id = {row["id"]: row for row in rows}
    assert by_id["d-h"]["answer"] == "one\ntwo & a half\nthree"
    assert by_id["d-h"]["wrong"] == "lunch"
    assert by_id["d-f"]["because"] == "no: It is\n\nnot.\n`yes`: It is."
    assert by_id["d-g"]["skills"] == "dp-100/1.2 ai-300/A1"
    assert by_id["d-a"]["page"] == "https://example.org/compute"


@given(st.lists(st.text(max_size=3), min_size=2, max_size=5))
def test_what_is_to_be_put_in_order_never_is_in_order(items: list[str]) -> None:
    assert sorted(scattered(items)) == sorted(items)
    assert scattered(items) != items or len({item.casefold() for item in items}) < len(items)
