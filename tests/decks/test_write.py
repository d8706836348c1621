"""Decks are written as a person would write them, and what did not change stays as it stands."""

import json
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dp100cards.cards import (
    LEVELS,
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
from dp100cards.decks.build import manifest_text, parse_manifest
from dp100cards.decks.read import read_deck
from dp100cards.decks.write import deck_text, scalar
from dp100cards.generate.identity import STATES, Known

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: bool(t.strip()))
line = text.map(lambda t: " ".join(t.split()) or "x").filter(lambda t: bool(t.strip()))
ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{6})?", fullmatch=True)
options = st.lists(text, min_size=4, max_size=5, unique_by=lambda t: " ".join(t.split()).casefold())


skills = st.sampled_from(["dp-100/3.17", "ai-300/A1"])
page = {
    "title": text,
    "url": st.just("") | st.just("https://learn.example/a?b=c&d={e}#f"),
    "date": st.sampled_from(["", "2025-09-15"]),
    "checked": st.sampled_from(["", "2026-11"]),
}
on_page = st.builds(Source, **page)
in_notes = st.builds(
    Source, note=text, lines=st.sampled_from([(3, 5), (4, 4)]), quote=st.just("") | text
) | st.builds(Source, note=text, lines=st.just((3, 5)), **page)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    shared: dict[str, Any] = {
        "id": draw(ids), "deck": "demo", "ask": draw(text), "explain": draw(st.just("") | text), "area": "design",
        "tags": tuple(draw(st.lists(text, max_size=2))), "status": draw(st.sampled_from(["", "advice", "outdated"])),
        "level": draw(st.sampled_from(LEVELS)), "skills": tuple(draw(st.lists(skills, max_size=2))),
        "source": draw(st.none() | in_notes | on_page),
    }  # fmt: skip
    texts = draw(options)
    kind = draw(st.integers(0, 7))
    if kind == 0:
        return Basic(answer=draw(text), **shared)
    if kind == 1:
        return Cloze(**shared | {"ask": draw(text) + " {{gap}}"})
    if kind == 2:
        return Choice(
            options=tuple(
                Option(t, right=n == 1, because=draw(st.just("") | text)) for n, t in enumerate(texts)
            ),
            **shared,
        )
    if kind == 3:
        return Multiple(options=tuple(Option(t, right=n < 2) for n, t in enumerate(texts)), **shared)
    if kind == 4:
        return Order(items=tuple(texts), **shared)
    if kind == 5:
        return Match(pairs=tuple(Pair(t, t) for t in texts), **shared)
    if kind == 6:
        return Statements(statements=tuple(Option(t, right=n == 0) for n, t in enumerate(texts)), **shared)
    return Code(code=draw(text) + " {{blank}}", language="python", wrong=(tuple(texts),), **shared)


decks = st.lists(cards(), max_size=4, unique_by=lambda card: card.id).map(
    lambda found: Deck("demo", "Demo", "design", tuple(found))
)


@given(decks)
def test_what_is_written_is_read_again_to_the_letter(deck: Deck) -> None:
    reading = read_deck(deck_text(deck), "d", "demo")
    assert reading.problems == []
    assert reading.deck == deck


@given(decks)
def test_writing_again_without_a_change_gives_the_same_bytes(deck: Deck) -> None:
    once = deck_text(deck)
    assert deck_text(deck, read_deck(once, "d", "demo")) == once


@given(decks, st.data())
def test_one_changed_card_changes_the_lines_of_that_card_only(deck: Deck, data: st.DataObject) -> None:
    if not deck.cards:
        return
    n = data.draw(st.integers(0, len(deck.cards) - 1))
    changed = replace(deck.cards[n], explain="new words")
    after = replace(deck, cards=(*deck.cards[:n], changed, *deck.cards[n + 1 :]))
    once = deck_text(deck)
    again = deck_text(after, read_deck(once, "d", "demo"))
    assert read_deck(again, "d", "demo").deck == after


@given(
    st.lists(
        st.builds(
            Known,
            card=cards(),
            template=line,
            concept=st.just("") | line,
            key=line,
            state=st.sampled_from(STATES),
            changed=st.just("") | text,
            mine=st.none(),
        ),
        max_size=3,
        unique_by=lambda known: known.id,
    ),
    st.dictionaries(ids, st.tuples(text, line), max_size=2),
)
def test_the_build_s_memory_is_read_as_it_was_written(
    known: list[Known], heads: dict[str, tuple[str, str]]
) -> None:
    known = [
        replace(each, mine=replace(each.card, explain="mine", deck="other")) for each in known[:1]
    ] + known[1:]
    written = manifest_text(known, heads)
    again = parse_manifest(written, "g")
    assert again.known == sorted(known, key=lambda each: each.id)
    assert again.heads == heads
    assert manifest_text(again.known, again.heads) == written
    assert everybody(written) == json.loads(written.partition("\n")[2]), "it is YAML as well"


def plain(value: Any) -> Any:
    """What a reader of YAML gave, in Python's own types."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value if isinstance(value, bool | int) or value is None else str(value)


def everybody(written: str) -> Any:
    """What three readers of YAML make of a text, all the same."""
    ruamel = YAML(typ="rt")
    ruamel.version = (1, 2)
    found = [
        plain(yaml.load(written, Loader=yaml.SafeLoader)),
        plain(yaml.load(written, Loader=yaml.CSafeLoader)),
        plain(ruamel.load("%YAML 1.2\n---\n" + written)),
    ]
    assert found[0] == found[1] == found[2]
    return found[0]


odd = st.text(
    st.sampled_from(list("aZ0 ?:-,#[]{}&*!|>'\"%@`\\=~<.\n\t\u0085\u2028\ufeff\x7fé🙂yn")), max_size=12
)
oddly = st.one_of(
    odd,
    text,
    st.sampled_from(
        ["no", "y", "null", "~", "1_000", "12:30", "0x1f", "2025-09-15", "=", "<<", "a: b", "?", "- a"]
    ),
).filter(lambda t: bool(t.strip()))


@settings(max_examples=150)
@given(st.lists(oddly, min_size=8, max_size=8))
def test_whatever_is_written_every_reader_of_yaml_reads_alike(texts: list[str]) -> None:
    """By the rules of YAML 1.1 and of 1.2, in plain Python and in C; and each text as the very same string."""
    a, b, c, d, e, f, g, h = texts
    options = (Option("A" + a, right=True, because=b), Option("B" + c))
    deck = Deck(
        "demo",
        d,
        "design",
        (
            Choice(
                id="demo-1", deck="demo", ask=e, options=options, explain=f, tags=(g,), area="design",
                skills=("dp-100/3.17",), source=Source("n.md", (3, 3), h, a, "https://x.example/?a=b", "2025-09-15", "2026-11"),
            ),
            Code(id="demo-2", deck="demo", ask=g, code=h + "{{x}}", wrong=((a, b),), area="design"),
        ),
        (Scenario("firm", c),),
    )  # fmt: skip
    data = everybody(deck_text(deck))
    first, second = data["cards"]
    assert (data["title"], data["scenarios"]["firm"]) == (d, c)
    assert (first["ask"], first["explain"], first["tags"]) == (e, f, [g])
    assert first["options"] == [{"text": "A" + a, "right": True, "because": b}, {"text": "B" + c}]
    assert first["source"] == {
        "note": "n.md", "lines": 3, "quote": h, "title": a, "url": "https://x.example/?a=b",
        "date": "2025-09-15", "checked": "2026-11",
    }  # fmt: skip
    assert (second["ask"], second["code"], second["wrong"]) == (g, h + "{{x}}", [[a, b]])


@given(decks)
def test_every_deck_is_yaml_for_everybody(deck: Deck) -> None:
    everybody(deck_text(deck))


def test_what_the_first_edition_wrote_for_one_reader_only_is_written_for_all() -> None:
    before = HAND_MADE.replace("ask: And this?,", "ask: And this?, tags: [what?],  # hm\n    ")
    with pytest.raises(yaml.YAMLError):
        yaml.load(before, Loader=yaml.SafeLoader)
    reading = read_deck(before, "d", "demo")
    written = deck_text(reading.deck, reading)
    assert written.startswith(before.split("  - {id: demo-b")[0])
    assert "# hm\n" in written
    assert read_deck(written, "d", "demo").deck == reading.deck
    assert deck_text(reading.deck, read_deck(written, "d", "demo")) == written
    everybody(written)


HAND_MADE = """# my own deck
deck: demo
title: Demo   # a comment
cards:
  # about the first
  - id: demo-a
    kind: basic
    ask:   What is it?
    answer: 'A thing'   # not sure

  - {id: demo-b, kind: basic, ask: And this?, answer: Another}
# the end
"""


def test_hand_made_formatting_and_comments_survive_a_change_elsewhere() -> None:
    reading = read_deck(HAND_MADE, "d", "demo")
    first, second = reading.deck.cards
    assert isinstance(second, Basic)
    after = replace(reading.deck, cards=(first, replace(second, answer="Something else")))
    written = deck_text(after, reading)
    assert written.startswith(HAND_MADE.split("  - {id: demo-b")[0])
    assert written.endswith("answer: Something else\n# the end\n")


def test_comments_in_a_changed_card_are_kept_above_it() -> None:
    reading = read_deck(HAND_MADE, "d", "demo")
    first, second = reading.deck.cards
    after = replace(reading.deck, cards=(replace(first, explain="More."), second))
    written = deck_text(after, reading)
    assert "  # about the first\n  # not sure\n  - id: demo-a\n" in written


def test_text_is_quoted_only_where_it_must_be() -> None:
    assert scalar("An abstraction over storage.") == "An abstraction over storage."
    for risky in (
        "no",
        "12:30",
        "a: b",
        "- x",
        "a #b",
        "{x}",
        " x",
        "x ",
        "",
        "3.6",
        "null",
        "*x",
        "tab\there",
    ):
        assert scalar(risky).startswith('"')


WITH_CODE = """deck: demo
title: Demo
cards:
  - id: demo-a
    kind: code
    ask: What is missing?
    code: |-
      x = {{1}}  # set it
      # done
  # about the second
  - id: demo-b
    kind: basic
    ask: And this?  # too short
    answer: Another
"""


def test_what_only_looks_like_a_comment_stays_in_its_text() -> None:
    reading = read_deck(WITH_CODE, "d", "demo")
    first, second = reading.deck.cards
    assert isinstance(second, Basic)
    after = replace(reading.deck, cards=(replace(first, explain="So."), replace(second, answer="One more")))
    code, head = "      x = {{1}}  # set it\n      # done\n", "  # about the second\n  # too short\n"
    written = deck_text(after, reading)
    assert "cards:\n  - id: demo-a\n" in written
    assert f"{code}    explain: So.\n{head}  - id: demo-b\n" in written
