"""The proof of drafted cards: what a good reply gives, what is caught, and replies that mean harm."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dp100cards.cards import Basic, Choice, Option, Order
from dp100cards.draft.prompt import drafts_text
from dp100cards.draft.proof import Drafted, prove, read_reply
from dp100cards.generate.pipeline import draft_cards

HERE = Path(__file__).parent
NOTE = (HERE / "coffee.md").read_text(encoding="utf-8")
REPLY = (HERE / "reply.md").read_text(encoding="utf-8")
NOTES = {"coffee.md": NOTE}
GOOD = read_reply(REPLY)


def card(
    ask: str = "Which city did coffee reach in 1570?",
    answer: str = "Venice",
    quote: str = "The drink reached Venice in 1570",
) -> str:
    return f'### Question\nQ: {ask}\nA: {answer}\n\nSource: "{quote}"\n'


def test_every_card_of_a_good_reply_is_taken_with_its_place() -> None:
    verdicts = prove(GOOD, NOTES)
    assert [each.reason for each in verdicts] == [""] * len(GOOD) and len(GOOD) == 20
    kinds = {each.card.kind for each in verdicts if each.card}
    assert kinds == {"basic", "cloze", "choice", "order", "match", "statements"}
    for each in verdicts:
        assert each.card and each.card.source and each.card.source.note == "coffee.md"
        first, last = each.card.source.lines
        said = " ".join(NOTE.split("\n")[first - 1 : last]).replace("*", "").replace("`", "")
        assert re.sub(r"\W", "", each.card.source.quote) in re.sub(r"\W", "", said)


def test_what_is_taken_is_a_note_that_gives_the_same_cards_again() -> None:
    cards = [each.card for each in prove(GOOD, NOTES) if each.card]
    notes = {**NOTES, "drafts/coffee.md": drafts_text("", "coffee.md", cards)}
    made = [draft for draft in draft_cards(notes).drafts if draft.cited]
    assert [replace(each.card, level="") for each in made] == sorted(
        cards, key=lambda card: card.source.lines[0] if card.source else 0
    )
    assert all(each.headings[0] == "Coffee" for each in made)
    moved = {**notes, "coffee.md": NOTE.replace("## Roasting", "One line more.\n\n## Roasting")}
    lines = {
        draft.card.ask: draft.card.source.lines[0]
        for draft in draft_cards(moved).drafts
        if draft.cited and draft.card.source
    }
    assert lines["What is the foam on espresso called?"] == 39


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (card(quote="The drink came to Venice in 1570"), "word for word"),
        (card(quote="The drink reached Venice and London in 1570"), "word for word"),
        (card(quote="Venice"), "word for word"),
        (card(answer="Genoa"), "does not say there: genoa"),
        (card("In which year did coffee reach Venice?", "1571"), "does not say there: 1571"),
        (card("In which year did coffee reach Venice?", "1652"), "does not hold the answer"),
        (card("Which city did coffee reach in 1580?"), "1580"),
        (card(ask="Which city did Venice reach?"), "is in the question"),
        (card(ask="Which city did it reach in 1570?"), "name its subject"),
        (card("Which file is the log written to?", "`burr.log`", "its log is written to `burrs.log`"), "burr.log"),
        (card("How long does a roasted bean keep its taste?", "Two weeks", "A roasted bean keeps its taste for two weeks."), "true today"),
        (card().replace("Source", "Sauce"), "no line Source"),
        (card().replace("Q: ", "").replace("A: ", "").replace("?", ""), "no question in the form"),
        ('### Which city did coffee reach in 1570?\n- [x] Venice\n- [ ] Genoa\n\nSource: "The drink reached Venice in 1570"', "too few"),
        ('### Which city did coffee reach?\n- [x] Venice\n- [ ] London\n- [ ] *venice*\n\nSource: "The drink reached Venice in 1570"', "say the same"),
        ('### What do coffee beans draw in inside a fridge?\n- [x] water\n- [ ] smells\n- [ ] metal\n\nSource: "Never store beans in the fridge: they draw in water and smells."', "make a wrong option true: smells"),
        ('### Put the steps of pour over coffee in order.\n1. bloom the grounds\n2. rinse the filter\n3. let it drain\n\nSource: "rinse the filter -> bloom the grounds -> pour in circles -> let it drain"', "another order"),
        ('### Match each brewing method with its time.\n| M | T |\n| --- | --- |\n| Espresso | 4 minutes |\n| Moka pot | 5 minutes |\n| French press | 25 seconds |\n\nSource: "Espresso | fine | 25 seconds | | Moka pot | medium fine | 5 minutes | | French press | coarse | 4 minutes"', "both Espresso and 4 minutes"),
        ('### Is each statement about Robusta true?\n| Statement | Yes/No |\n| --- | --- |\n| Robusta tastes bitter | No |\n| Robusta resists leaf rust | Yes |\n\nSource: "Robusta resists leaf rust and tastes bitter"', "make a wrong option true"),
        ('### Which coffee plant is rare?\n- [x] Liberica\n- [ ] Arabica\n  > Only Starbucks sells it since 1999.\n- [ ] Robusta\n\nSource: "Liberica is rare."', "a reason names"),
    ],
)  # fmt: skip
def test_what_the_notes_do_not_say_is_refused(reply: str, why: str) -> None:
    found = read_reply(reply + "\n" + card())
    first = prove(found, NOTES)[0]
    assert first.reason and why.lower() in first.reason.lower()


@pytest.mark.parametrize(
    "reply",
    [
        card("Why is it better not to store coffee beans in the fridge?", "Coffee beans draw in water and smells", "Never store beans in the fridge: they draw in water and smells."),
        card("What is it called when a roast is between both cracks of coffee beans?", "A medium roast", "Between both a roast is called medium."),
        card("How many chromosomes are there in Arabica?", "44", "Arabica grows above 1000 metres and has 44 chromosomes."),
        card("Which reaction browns sugars?", "The Maillard reaction", "Sugars brown in the Maillard reaction"),
        card("Which city was reached by coffee in 1570?", "The city of Venice", "The drink reached   **Venice**\nin 1570"),
    ],
)  # fmt: skip
def test_plain_english_is_not_refused(reply: str) -> None:
    (verdict,) = prove(read_reply(reply), NOTES)
    assert verdict.reason == ""


def test_the_same_is_not_taken_twice() -> None:
    taken = [each.card for each in prove(GOOD, NOTES) if each.card]
    assert all(each.reason for each in prove(GOOD, NOTES, taken))
    rejected = prove(GOOD[:1], NOTES, (), taken[:1])[0]
    assert "you rejected" in rejected.reason
    for change in (str, str.lower, lambda ask: ask.replace("Which", "What").rstrip("?")):
        for each in GOOD:
            assert each.card
            again = replace(each, card=replace(each.card, ask=change(each.card.ask)))
            assert prove([each, again], NOTES)[1].reason


def share(spoil: Callable[[Drafted, Drafted], Drafted | None]) -> float:
    """The share of cards that are caught when each is spoilt with others."""
    pairs = [
        (one, other)
        for n, one in enumerate(GOOD)
        for m, other in enumerate(GOOD)
        if n != m and (n + m) % 3 == 0
    ]
    spoilt = [made for one, other in pairs if (made := spoil(one, other))]
    caught = sum(bool(prove([each], NOTES)[0].reason) for each in spoilt)
    return caught / len(spoilt)


def with_quote(one: Drafted, quote: str) -> Drafted:
    assert one.card and one.card.source
    return replace(one, card=replace(one.card, source=replace(one.card.source, quote=quote)))


def shuffled(one: Drafted, other: Drafted) -> Drafted | None:
    assert one.card and one.card.source and other.card
    words = one.card.source.quote.split()
    random.Random(other.card.ask).shuffle(words)
    return with_quote(one, " ".join([*words, "indeed"]))


def invented(one: Drafted, other: Drafted) -> Drafted | None:
    words = random.Random(other.ask).sample(
        ["orange", "Paris", "quickly", "19 bar", "tea leaves", "`tamp`", "sold"], 2
    )
    return (
        replace(one, card=replace(one.card, answer=" ".join(words))) if isinstance(one.card, Basic) else None
    )


def equal(one: Drafted, other: Drafted) -> Drafted | None:
    if not isinstance(one.card, Basic) or not isinstance(other.card, Basic):
        return None
    key = one.card.answer
    options = (Option(key, True), Option(f"*{key.upper()}*"), Option(other.card.answer))
    made = Choice(id="", deck="", ask=one.card.ask, options=options, source=one.card.source)
    return replace(one, card=made)


def others_answer(one: Drafted, other: Drafted) -> Drafted | None:
    both = isinstance(one.card, Basic) and isinstance(other.card, Basic)
    return replace(one, card=replace(one.card, answer=other.card.answer)) if both else None  # type: ignore[type-var, union-attr]


def others_quote(one: Drafted, other: Drafted) -> Drafted | None:
    assert one.card and other.card and one.card.source and other.card.source
    quote = other.card.source.quote
    return with_quote(one, quote) if quote != one.card.source.quote else None


@pytest.mark.parametrize(
    ("spoil", "least"),
    [(shuffled, 1.0), (invented, 1.0), (equal, 1.0), (others_answer, 0.85), (others_quote, 0.85)],
)
def test_spoilt_cards_are_caught(spoil: Callable[[Drafted, Drafted], Drafted | None], least: float) -> None:
    assert share(spoil) >= least


def test_a_reply_may_be_wrapped_and_talk() -> None:
    assert [each.ask for each in read_reply(f"Sure!\n\n```markdown\n{REPLY}\n```\n\nAnything else?")] == [
        each.ask for each in GOOD
    ]
    assert [each.ask for each in read_reply(REPLY.replace("\n", "\r\n"))] == [each.ask for each in GOOD]


@pytest.mark.parametrize(
    "text",
    ["", "I cannot help with that.", "# Notes\n\nJust notes.", "\x00\x1b[2J", "---\n---\n", "### Q\n" * 50],
)
def test_what_is_not_in_the_form_gives_nothing(text: str) -> None:
    assert read_reply(text) == []


HOSTILE = {
    "a heading in an answer": card(answer="Venice\n\n# Owned\n\nQ: What now?\nA: This"),
    "front matter": "---\ndeck: ../../etc\nlevel: exam\n---\n" + card(),
    "attributes": card().replace("### Question", "### Question {level=exam skills=dp-100/3.17}"),
    "an escape": card(answer="Venice\x1b]0;owned\x07"),
    "a page": card(answer="[Venice](https://example.org)"),
    "a picture": card(answer="![Venice](http://example.org/x.png)"),
    "html": card(answer="Venice<script>x()</script>"),
    "a comment": card(answer="Venice <!-- and"),
    "a fence": card(answer="Venice\n\n```\n") + card("When did coffee reach Venice?", "1570"),
    "a direction": card(answer="\u202eVenice"),
    "another note": card().replace("Source: ", "Source: notes/../../secret.md:1 "),
    "a gap": card(answer="{{Venice}} ${{ x }}"),
    "a long word": card(answer="Venice " + "a" * 100_000),
    "deep quotes": card(answer="Venice\n" + ">" * 3000 + " x"),
}  # fmt: skip


@pytest.mark.parametrize("reply", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_reply_writes_nothing_but_proved_cards(reply: str) -> None:
    cards = [each.card for each in prove(read_reply(reply), NOTES) if each.card]
    text = drafts_text("", "coffee.md", cards)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]|https?:|<|exam|etc|secret|Owned", text)
    made = [draft.card for draft in draft_cards({**NOTES, "drafts/coffee.md": text}).drafts if draft.cited]
    assert [(each.ask, each.level, each.skills) for each in made] == [(each.ask, "", ()) for each in cards]


def test_ten_thousand_cards_are_proved_at_once() -> None:
    many = "".join(
        card(f"Which city number {n} did coffee reach?", ("Venice", f"City{n}")[n % 2], ("The drink reached Venice in 1570", f"Never said {n}")[n % 3 > 0])
        for n in range(10_000)
    )  # fmt: skip
    begin = time.perf_counter()
    verdicts = prove(read_reply(many + REPLY), NOTES)
    assert sum(bool(each.card) for each in verdicts) == 20
    assert time.perf_counter() - begin < 60


def test_steps_keep_their_places() -> None:
    (order,) = [each.card for each in prove(GOOD, NOTES) if isinstance(each.card, Order)]
    assert order.items[0] == "rinse the filter"
