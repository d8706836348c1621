"""Decks as Markdown: to be read by people, and read back."""

from __future__ import annotations

import re
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
from dp100cards.decks.collection import Collection, shipped
from dp100cards.decks.read import read_deck
from dp100cards.errors import ContentError
from dp100cards.exchange.markdown import to_markdown
from dp100cards.exchange.markdown_in import from_markdown

SHARED: dict[str, Any] = {
    "deck": "demo", "ask": "What is it?\n\n- a list\n- of things\n\nSay.", "area": "design", "status": "outdated",
    "source": Source("n/a.md", (3, 9), "The <top>,\n\nline `3`"), "scenario": Scenario("a-firm", "**A firm.**\n\n## no heading"),
    "tags": ("a-tag", "z"), "explain": "**Answer:** none\n\n```\n## code\n```\n- list", "shows": "### Then\n\\## so",
}  # fmt: skip
CARDS: list[Card] = [
    Basic(id="demo-a", answer="A `thing`.\n\n- one\n- two", **SHARED),
    Cloze(id="demo-b", **SHARED | {"ask": "An {{image}}{{ID}} has\n{{x}}."}),
    Choice(id="demo-c", options=(Option("no", because="it is: not"), Option("`yes`\n\nmore", right=True)), **SHARED),
    Multiple(id="demo-d", options=(Option("A. 1", right=True, because="so"), Option("2", right=True), Option("3")), **SHARED),
    Order(id="demo-e", items=("one", "two & a half", "three"), **SHARED | {"scenario": Scenario("a-firm-2", "Another.")}),
    Match(id="demo-f", pairs=(Pair("a", "1"), Pair("b → c", "2")), **SHARED),
    Statements(id="demo-g", statements=(Option("s – t", right=True), Option("No", because="no: <i>")), **SHARED),
    Code(id="demo-h", code="if x:\n\n    y = {{z}}(<{{w}}>)", language="python", wrong=(("a", "b"), ("c",)), **SHARED),
    Code(id="demo-i", code="{{x}} = 1", deck="demo", ask="Fill.", area="other"),
]  # fmt: skip
DECK = Deck("demo", "The demo: one", "design", tuple(CARDS))


def sorted_words(card: Card) -> Card:
    """Words to choose from are shown in the order of the alphabet."""
    if isinstance(card, Code):
        return replace(card, wrong=tuple(tuple(sorted(words, key=str.casefold)) for words in card.wrong))
    return card


def test_every_kind_of_card_comes_back_whole() -> None:
    back = from_markdown(to_markdown([DECK], "DP-100"), "x.md")
    assert [(deck.name, deck.title, deck.area) for deck in back] == [("demo", "The demo: one", "design")]
    assert [sorted_words(card) for card in back[0].cards] == CARDS


def test_the_shipped_decks_come_back_whole() -> None:
    decks = [read_deck(p.read_bytes(), p.name, p.stem).deck for p in Collection(shipped()).deck_files()]
    for deck, back in zip(decks, from_markdown(to_markdown(decks, "DP-100"), "x.md"), strict=True):
        assert back.cards == tuple(map(sorted_words, deck.cards))
        assert (back.name, back.title, back.area) == (deck.name, deck.title, deck.area)


def test_a_scenario_is_told_once_and_what_people_see_has_no_backslash_in_code() -> None:
    text = to_markdown([DECK], "DP-100")
    assert text.count("**A firm.**") == 1
    assert "\n## code\n" in text
    assert len(re.findall(r"(?m)^### ", text)) == len(CARDS)


ODD = st.text("ab#*`-> .:\n\\_<!|→1", min_size=1, max_size=25).map(str.strip).filter(
    lambda text: text and "__" not in text and "``" not in text and not re.search(r"\s\n|\n\s", text)
)  # fmt: skip


@given(ODD, ODD, ODD, ODD)
def test_odd_texts_come_back_as_they_were(ask: str, answer: str, explain: str, shows: str) -> None:
    common: dict[str, Any] = {"deck": "demo", "ask": f"Q {ask}", "explain": explain, "shows": shows}
    cards = (
        Basic(id="demo-a", answer=answer, **common),
        Order(id="demo-b", items=(f"1{answer}", f"2{explain}"), **common),
        Basic(id="demo-c", answer=shows, scenario=Scenario("x", explain), **common),
    )
    assert from_markdown(to_markdown([Deck("demo", "D", "", cards)], "DP-100"), "x.md")[0].cards == cards


def test_what_an_editor_changed_is_taken_and_what_is_wrong_is_told_at_once() -> None:
    text = to_markdown([replace(DECK, cards=tuple(CARDS[2:4]))], "DP-100")
    edited = text.replace("**Explanation:**", "**Explanation:** Now this:\n").replace(
        "- B. `yes`", "- B. sure"
    )
    with pytest.raises(ContentError) as error:
        from_markdown(edited, "x.md")
    assert [problem.message for problem in error.value.problems] == [
        "the answer '`yes`\\n\\nmore' is not among the choices"
    ]
    back = from_markdown(text.replace("- `yes`", "- sure").replace("- B. `yes`", "- B. sure"), "x.md")[0]
    assert back.cards[0].options[1].text == "sure\n\nmore"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no deck's heading"),
        ("# Notes\n\nSome text.\n", "no deck's heading"),
        ("### Q?\n\n**Answer:**\n\nA\n", "before the heading of a deck"),
        ("## Deck\n\n### Q?\n", "<!-- deck: its name -->"),
        ("## D\n<!-- deck: d -->\n### Q?\n", "<!-- id: its id, kind: its kind -->"),
        ("## D\n<!-- deck: d -->\n### Q?\n<!-- id: d-1, kind: basic -->\n", "no **Answer:**"),
        ("## D\n<!-- deck: d -->\n### Q?\n<!-- id: d-1, kind: odd -->\n**Answer:** A\n", "no kind 'odd'"),
        ("## D\n<!-- deck: d -->\n### Q?\n<!-- id: d-1, kind: basic, status: x -->\n**Answer:** A\n", "no status"),
        ("## D\n<!-- deck: d -->\n### Q?\n<!-- id: d-1, kind: cloze -->\n**Answer:**\n- A\n", "lines to fill in"),
        ("## D\n<!-- deck: d -->\n### Q?\n<!-- id: d-1, kind: code -->\n**Answer:**\n- A\n", "fenced block"),
        ("## D\n<!-- deck: d -->\n### Q?\n<!-- id: d-1, kind: match -->\n**Answer:**\n- A\n", "two sides"),
        ("## D\n<!-- deck: d -->\n### Q?\n<!-- id: d-1, kind: basic -->\n**Scenario:** x\n**Answer:** A\n", "scenario"),
    ],
)  # fmt: skip
def test_markdown_of_another_sort_is_refused_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ContentError) as error:
        from_markdown(text, "x.md")
    assert says in error.value.message


@given(st.text(max_size=100), st.lists(st.sampled_from(to_markdown([DECK], "X").split("\n")), max_size=60))
def test_any_text_is_read_or_refused(text: str, lines: list[str]) -> None:
    for each in (text, "\n".join(lines)):
        try:
            from_markdown(each, "x.md")
        except ContentError as error:
            assert error.message


def test_the_command_takes_new_decks_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, home = ["--data", str(tmp_path / "data")], tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    path = tmp_path / "x.md"
    assert run([*data, "export", "markdown", "-o", str(path)]) == 0
    there = [*data, "--home", str(home), "import", "markdown", str(path)]
    assert run([*there, "--dry-run"]) == 0
    assert not list((home / "decks").iterdir())
    assert run(there) == 0
    for deck in Collection(shipped()).deck_files():
        back, first = (read_deck(p.read_bytes(), p.name, p.stem) for p in (home / "decks" / deck.name, deck))
        assert (back.deck, back.problems) == (first.deck, [])
    assert run(there) == 2
