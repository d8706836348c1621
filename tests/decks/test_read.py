"""A deck file becomes cards; every mistake in it is told with its place."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Basic, Choice, Source
from dp100cards.decks.collection import from_data, to_data
from dp100cards.decks.read import read_deck, read_deck_file

HEAD = "deck: demo\ntitle: Demo\ncards:\n"
CARD = "  - id: demo-aaaaaa\n    kind: basic\n    ask: What is it?\n    answer: A thing.\n"
SCHEMA = json.loads(files("dp100cards.decks").joinpath("schema.json").read_text(encoding="utf-8"))

MISTAKES = {
    "an unknown field": (HEAD + CARD + "    anser: x\n", 8, 5, "no field 'anser'"),
    "a missing field": (HEAD + "  - id: demo-a\n    kind: basic\n    ask: What?\n", 4, 5, "a basic card has no answer"),
    "a duplicate id": (HEAD + CARD + CARD, 8, 5, "the id is used at line 4 already"),
    "an unknown kind": (HEAD + CARD.replace("basic", "essay"), 5, 11, "there is no kind 'essay'"),
    "an empty text": (HEAD + CARD.replace("A thing.", '""'), 7, 13, "answer is empty"),
    "a list for a text": (HEAD + CARD.replace("A thing.", "[a, b]"), 7, 13, "answer must be text"),
    "a key that stands twice": (HEAD + CARD + "    ask: Again?\n", 8, 5, "ask is here twice"),
    "two right options": (
        HEAD + "  - id: demo-a\n    kind: choice\n    ask: Q?\n    options:\n"
        "      - {text: a, right: true}\n      - {text: b, right: true}\n",
        8, 7, "exactly one right option; this one has 2",
    ),
    "no right option": (
        HEAD + "  - id: demo-a\n    kind: choice\n    ask: Q?\n    options: [{text: a}, {text: b}]\n",
        7, 14, "exactly one right option; this one has none",
    ),
    "two equal options": (
        HEAD + "  - id: demo-a\n    kind: choice\n    ask: Q?\n    options: [{text: a, right: true}, {text: a}]\n",
        7, 39, "a right option and a wrong one are the same",
    ),
    "an alias": (HEAD + "  - &c {id: demo-a, kind: basic, ask: Q?, answer: x}\n  - *c\n", 4, 5, "aliases"),
    "a wrong name": ("deck: other\ntitle: Demo\ncards: []\n", 1, 7, "its file demo.yaml"),
    "a bad line range": (
        HEAD + CARD + "    source: {note: a.md, lines: 9-3}\n", 8, 33, "lines must be a line or a range"
    ),
    "a bad status": (HEAD + CARD + "    status: old\n", 8, 13, "there is no status 'old'"),
    "an unknown level": (HEAD + CARD + "    level: hard\n", 8, 12, "there is no level 'hard': recall, exam"),
    "a skill of no exam": (HEAD + CARD + "    skills: [3.17]\n", 8, 14, "a skill is written as dp-100/3.17, not '3.17'"),
    "a source of nothing": (HEAD + CARD + "    source: {quote: x}\n", 8, 13, "the source has no note"),
    "a note without lines": (HEAD + CARD + "    source: {note: a.md, title: T}\n", 8, 13, "the source has no lines"),
    "a date that is none": (
        HEAD + CARD + "    source: {title: T, date: May}\n", 8, 30, "date must look like 2026-05-31, not 'May'"
    ),
    "a month that is none": (
        HEAD + CARD + "    source: {title: T, checked: 11/2026}\n", 8, 33, "checked must look like 2026-11"
    ),
    "an address that is none": (HEAD + CARD + "    source: {url: a.b}\n", 8, 19, "url must look like https://"),
    "a cloze without a gap": (
        HEAD + "  - id: demo-a\n    kind: cloze\n    ask: nothing hidden\n", 6, 10, "needs {{hidden}} words"
    ),
    "broken YAML": (HEAD + "  - id: [\n", 5, 1, "this is not YAML"),
    "an empty file": ("", 1, 1, "the deck is empty"),
    "a list at the top": ("- a\n", 1, 1, "a deck must be fields"),
    "cards that are no list": ("deck: demo\ntitle: Demo\ncards: many\n", 3, 8, "cards must be a list"),
    "brackets in brackets": ("[" * 200, 1, 61, "nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_line_and_column(name: str) -> None:
    text, line, column, message = MISTAKES[name]
    problem = read_deck(text, "decks/demo.yaml", "demo").problems[0]
    assert message in problem.message
    assert (problem.line, problem.column) == (line, column)
    assert str(problem).startswith(f"decks/demo.yaml:{line}:{column}: ")


def test_all_mistakes_are_told_at_once_and_the_sound_cards_stay() -> None:
    bad = "  - id: demo-b\n    kind: basic\n    ask: Q?\n"
    reading = read_deck(HEAD + bad + CARD + bad.replace("-b", "-c"), "decks/demo.yaml", "demo")
    assert len(reading.problems) == 2
    assert [card.id for card in reading.deck.cards] == ["demo-aaaaaa"]
    (one, two, three) = read_deck(
        HEAD + CARD + "    anser: x\n    hint: y\n    tags: z\n", "d.yaml", "demo"
    ).problems
    assert "no field 'anser'" in one.message
    assert "no field 'hint'" in two.message
    assert "tags must be a list" in three.message


def test_a_text_is_a_text_whatever_yaml_makes_of_it() -> None:
    for text in ("no", "on", "012", "12:30", "1e3", "null", "~", "2019-06-01"):
        card = read_deck(HEAD + CARD.replace("A thing.", text), "d", "demo").deck.cards[0]
        assert isinstance(card, Basic)
        assert card.answer == text


def test_bytes_that_are_not_utf8_are_told_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "demo.yaml"
    path.write_bytes(HEAD.encode() + "  - id: é".encode() + b"\xff\n")
    (problem,) = read_deck_file(path, "d.yaml").problems
    assert str(problem) == "d.yaml:4:10: this is not UTF-8 text; save the deck as UTF-8"
    path.write_bytes(HEAD.encode("utf-16"))
    (problem,) = read_deck_file(path, "d.yaml").problems
    assert str(problem) == "d.yaml:1:1: this is UTF-16 text; save the deck as UTF-8"


def test_brackets_without_end_are_a_mistake_and_no_crash() -> None:
    (problem,) = read_deck("[" * 200_000, "d.yaml", "demo").problems
    assert problem.line == 1
    assert "nest" in problem.message, "libyaml, from 0.2.6 on, or this program"


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "deck: demo\ntitle: Demo\nx0: &a0 [l]\n" + "".join(
        f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    assert read_deck(bomb, "d", "demo").problems


@given(st.text())
def test_any_text_at_all_gives_problems_and_never_an_exception(text: str) -> None:
    read_deck(text, "d", "demo")
    read_deck(HEAD + "  - " + text, "d", "demo")


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


@given(ask=words, right=words, wrong=words, because=words, tags=st.lists(words, max_size=3))
def test_what_the_codec_writes_the_reader_reads(
    ask: str, right: str, wrong: str, because: str, tags: list[str]
) -> None:
    data = {
        "id": "demo-a", "kind": "choice", "ask": ask, "tags": tags,
        "options": [{"text": "A" + right, "right": True}, {"text": "B" + wrong, "because": because}],
    }  # fmt: skip
    card = from_data(data, deck="demo")
    written = yaml.safe_dump({"deck": "demo", "title": "Demo", "cards": [to_data(card)]}, allow_unicode=True)
    reading = read_deck(written, "d", "demo")
    assert not reading.problems
    assert isinstance(card, Choice)
    assert reading.deck.cards == (card,)


def test_a_card_says_its_level_its_skills_and_the_page_it_was_read_in() -> None:
    text = (
        HEAD
        + CARD
        + "    level: exam\n    skills: [dp-100/3.17, ai-300/A1]\n    source: {title: How-to, date: 2025-09-15}\n"
    )
    (card,) = read_deck(text, "d", "demo").deck.cards
    assert (card.level, card.skills) == ("exam", ("dp-100/3.17", "ai-300/A1"))
    assert card.source == Source(title="How-to", date="2025-09-15")
    assert to_data(card)["source"] == {"title": "How-to", "date": "2025-09-15"}


BEYOND_A_SCHEMA = {
    "a duplicate id", "a key that stands twice", "two equal options", "an alias", "a wrong name",
    "a bad line range", "broken YAML", "brackets in brackets",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(MISTAKES.keys() - BEYOND_A_SCHEMA))
def test_what_the_reader_refuses_the_schema_refuses_too(name: str) -> None:
    """So that an editor which knows the schema shows the mistake while it is typed."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(MISTAKES[name][0]), SCHEMA)


def test_the_schema_accepts_a_card_of_each_kind() -> None:
    texts = [
        "{kind: basic, answer: x}", "{kind: choice, options: [{text: a, right: true}, {text: b, because: it is b}]}",
        "{kind: multiple, options: [{text: a, right: true}, {text: b, right: true}, {text: c}]}",
        "{kind: order, items: [a, b]}", "{kind: match, pairs: [{left: a, right: b}, {left: c, right: d}]}",
        "{kind: statements, statements: [{text: a, right: true}]}",
        "{kind: code, code: 'x = {{y}}', language: python, wrong: [[z]]}",
    ]  # fmt: skip
    cards = [yaml.safe_load(text) | {"id": f"demo-{n}", "ask": "Q {{x}}?"} for n, text in enumerate(texts)]
    cards.append({"id": "demo-cloze", "kind": "cloze", "ask": "Q {{x}}?"})
    cards[0] |= {"level": "exam", "skills": ["dp-100/3.17"], "source": {"note": "a.md", "lines": "2"}}
    cards[1] |= {
        "source": {"title": "T", "url": "https://x.example/", "date": "2025-09-15", "checked": "2026-11"}
    }
    deck = {"deck": "demo", "title": "Demo", "area": "design", "cards": cards}
    jsonschema.validate(deck, SCHEMA)
    assert not read_deck(yaml.safe_dump(deck), "d", "demo").problems
