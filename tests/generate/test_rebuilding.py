"""Rebuilding after random edits of notes: who keeps an id, and who must not."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dp100cards.cards import Card, Choice, Match, Statements
from dp100cards.generate.identity import DELETED, HERE, PLACE, REJECTED, Known
from dp100cards.generate.merge import Merge, Merged
from dp100cards.generate.pipeline import draft_cards
from dp100cards.generate.words import answer_text
from tests.generate.random_edits import NOTES, Line, Notes, edit, lines, parsed, rendered

PLACES = ("move", "rename", "split file", "reorder", "add")
WORDS = ("slip", "word")
ALL = (*PLACES, *WORDS, "drop", "remove", "heading", "number", "name")


def build(texts: dict[str, str], before: Merged | None = None) -> Merged:
    if before is None:
        return Merge(draft_cards(texts), notes=texts).run()
    return Merge(draft_cards(texts), before.known, before.decks, heads=before.heads, notes=texts).run()


def in_decks(merged: Merged) -> dict[str, Card]:
    return {card.id: card for deck in merged.decks for card in deck.cards}


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"^(?:- |> OBS: )", "", text.casefold())))


def behind(card: Card, all_lines: list[Line]) -> list[Line]:
    """The lines that a card comes from."""
    assert card.source is not None
    quote = plain(card.source.quote)
    return [line for line in all_lines if (said := plain(line.text)) and (said in quote or quote in said)]


def edited(
    seed: int, number: int, kinds: tuple[str, ...]
) -> tuple[Merged, dict[str, set[int]], Notes, Merged]:
    """A build, the lines behind each card of it, the notes after random edits, and the build of those."""
    rng = random.Random(seed)
    notes = parsed(NOTES)
    before = build(rendered(notes))
    origin = {id_: {line.id for line in behind(card, lines(notes))} for id_, card in in_decks(before).items()}
    for _ in range(number):
        for _ in range(20):
            if edit(notes, rng.choice(kinds), rng):
                break
    return before, origin, notes, build(rendered(notes), before)


SEEDS = st.integers(0, 10**9)
NUMBERS = st.integers(1, 10)


@settings(max_examples=20, deadline=None)
@given(SEEDS, NUMBERS)
@example(1496, 5)
@example(311, 6)
def test_what_was_only_moved_keeps_every_id(seed: int, number: int) -> None:
    """Sections moved, files renamed or split, lists put in another order, unrelated text added."""
    before, _, _, after = edited(seed, number, PLACES)
    assert in_decks(before).keys() <= in_decks(after).keys()
    assert not after.relearn


@settings(max_examples=20, deadline=None)
@given(SEEDS, NUMBERS)
def test_what_was_not_touched_keeps_its_id_among_edits_of_all_kinds(seed: int, number: int) -> None:
    before, origin, notes, after = edited(seed, number, tuple(k for k in ALL if k != "heading"))
    present = {line.id: line for line in lines(notes)}
    for id_ in in_decks(before):
        whole = all(one in present and not present[one].touched for one in origin[id_])
        assert not whole or id_ in in_decks(after), (id_, in_decks(before)[id_])


@settings(max_examples=20, deadline=None)
@given(SEEDS, NUMBERS)
def test_an_id_never_passes_to_another_line(seed: int, number: int) -> None:
    _, origin, notes, after = edited(seed, number, ALL)
    for id_, card in in_decks(after).items():
        if id_ in origin:
            now = {line.id for line in behind(card, lines(notes))}
            assert now & origin[id_], (id_, card)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_building_again_changes_nothing_and_every_quote_is_in_its_note(seed: int) -> None:
    _, _, notes, after = edited(seed, 6, ALL)
    texts = rendered(notes)
    again = build(texts, after)
    assert (again.new, again.changed, again.retired, again.relearn) == ([], [], [], [])
    assert again.decks == after.decks
    for card in in_decks(after).values():
        assert card.source is not None
        first, last = card.source.lines
        here = plain("\n".join(texts[card.source.note].splitlines()[first - 1 : last]).replace("\n- ", "\n"))
        assert plain(card.source.quote) in here, card


def test_a_sentence_that_was_lightly_reworded_keeps_its_cards() -> None:
    """At least 99 of 100 cards, over a few hundred rewordings."""
    kept: Counter[bool] = Counter()
    for seed in range(110):
        before, origin, notes, after = edited(seed, 2, WORDS)
        touched = {line.id for line in lines(notes) if len(line.touched) == 1}
        for id_ in in_decks(before):
            if origin[id_] & touched:
                kept[id_ in in_decks(after)] += 1
    assert kept[True] + kept[False] > 150
    assert kept[True] / kept.total() >= 0.99, kept


def test_a_changed_number_keeps_the_id_and_goes_back_to_learning() -> None:
    changed = 0
    for seed in range(150):
        before, _, _, after = edited(seed, 1, ("number",))
        old, new = in_decks(before), in_decks(after)
        digits = r"\d+"
        for id_ in old.keys() & new.keys():
            one, two = (re.findall(digits, answer_text(card)) for card in (old[id_], new[id_]))
            assert (one != two) == (id_ in after.relearn)
            changed += one != two
    assert changed >= 20


def test_steps_in_another_order_go_back_to_learning_and_pairs_do_not() -> None:
    steps = "## Put the steps of a release in order.\n\n1. Build it\n2. Test it\n3. Ship it\n"
    pairs = "## Match each port.\n\n| Name | Port |\n| --- | --- |\n| SSH | 22 |\n| DNS | 53 |\n"
    before = build({"n.md": steps + pairs})
    steps = steps.replace("2. Test it\n3. Ship it", "2. Ship it\n3. Test it")
    pairs = pairs.replace("| SSH | 22 |\n| DNS | 53 |", "| DNS | 53 |\n| SSH | 22 |")
    after = build({"n.md": steps + pairs}, before)
    assert in_decks(before).keys() == in_decks(after).keys()
    assert [in_decks(after)[id_].kind for id_ in after.relearn] == ["order"]


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_a_changed_name_is_another_fact(seed: int) -> None:
    """No card that asks with a name, or answers with one, goes on as a card with another name in its place."""
    before, _, _, after = edited(seed, 1, ("name",))
    old, new = in_decks(before), in_decks(after)
    for id_ in old.keys() & new.keys():
        if isinstance(new[id_], Statements | Match):
            continue  # it asks for several facts at once
        one, two = (set(re.findall(r"[A-Z]\w+", f"{c.ask} {answer_text(c)}")) for c in (old[id_], new[id_]))
        strange = two & {"Snowflake", "Kafka", "Grafana"}
        assert not strange or not (one - two), (old[id_], new[id_])


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from([REJECTED, DELETED]))
def test_what_was_rejected_stays_away_under_a_new_wording(seed: int, state: str) -> None:
    rng = random.Random(seed)
    notes = parsed(NOTES)
    before = build(rendered(notes))
    away = rng.choice([each for each in before.known if each.state == HERE])
    _mark(before, away, state)
    assume(any(edit(notes, rng.choice(WORDS), rng) for _ in range(200)))  # not every draw can be made
    after = build(rendered(notes), before)
    assert away.id not in in_decks(after)
    earlier = in_decks(before).keys()
    new = [card for id_, card in in_decks(after).items() if id_ not in earlier]
    assert not any((c.ask, answer_text(c)) == (away.card.ask, answer_text(away.card)) for c in new)


def _mark(merged: Merged, known: Known, state: str) -> None:

    merged.known = [replace(each, state=state) if each is known else each for each in merged.known]
    merged.decks = [
        replace(deck, cards=tuple(card for card in deck.cards if card.id != known.id))
        for deck in merged.decks
    ]


def test_notes_in_another_order_give_the_same_cards() -> None:
    before = build(NOTES)
    shuffled = dict(reversed([(f"{9 - n}-{name}", text) for n, (name, text) in enumerate(NOTES.items())]))
    after = build(shuffled, before)
    words = {id_: (card.ask, answer_text(card)) for id_, card in in_decks(before).items()}
    assert {id_: (card.ask, answer_text(card)) for id_, card in in_decks(after).items()} == words


def without_place(card: Card) -> Card:

    return replace(card, ask=PLACE.sub("", card.ask).casefold(), source=None, deck="", area="")


@settings(max_examples=30, deadline=None)
@given(SEEDS, NUMBERS)
def test_unrelated_text_changes_no_other_card(seed: int, number: int) -> None:
    """Sentences about other things in any paragraph: not in a list, which would be another list then."""
    before, _, _, after = edited(seed, number, ("add",))
    old, new = in_decks(before), in_decks(after)
    for id_, card in old.items():
        assert without_place(new[id_]) == without_place(card)


@settings(max_examples=20, deadline=None)
@given(SEEDS, NUMBERS)
def test_sections_in_another_order_or_note_change_no_card_s_text(seed: int, number: int) -> None:
    before, _, _, after = edited(seed, number, ("move", "rename", "split file"))
    old, new = in_decks(before), in_decks(after)
    for id_, card in old.items():
        assert without_place(new[id_]) == without_place(card)


ISLANDS = """# Ferries

## Seasons

| Ferry | Season |
| --- | --- |
| Night ferry | Winter |
| Cargo ferry | Summer |
| Fast ferry | Spring |
| Slow ferry | Autumn |

## Loads

| Boat | Load |
| --- | --- |
| Barge | Gravel |
| Tanker | Oil |
| Trawler | Fish |
| Lighter | Timber |
"""


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(("## Seasons", "## Loads")), st.integers(30, 80))
def test_a_long_section_about_something_else_changes_no_card_around_it(where: str, terms: int) -> None:
    """Rows that lend each other wrong options still do, however many other things now are between them."""
    before = build({"ferries.md": ISLANDS})
    choices = [each.card for each in before.known if isinstance(each.card, Choice)]
    assert choices and all(len(card.options) == 4 for card in choices)
    other = "".join(
        f"- **Loaf {number}**: dough of grain {number}.\n" for number in range(1000, 1000 + terms)
    )
    notes = ISLANDS.replace(where, f"## Bread\n\nBread is baked of dough.\n\n{other}\n{where}")
    after = {each.id: each.card for each in build({"ferries.md": notes}, before).known}
    for each in before.known:
        assert without_place(after[each.id]) == without_place(each.card)


def test_what_is_told_twice_keeps_its_card_when_its_first_place_goes() -> None:
    told = "## What is a berth\n\nA berth is a place in a harbour where a ship is moored.\n\n"
    twice = build({"n.md": f"# Ports\n\n{told}## Ships\n\nA ship is long.\n\n{told}"})
    once = build({"n.md": f"# Ports\n\n## Ships\n\nA ship is long.\n\n{told}"}, twice)
    berth = [card for card in in_decks(twice).values() if "berth" in card.ask]
    assert len(berth) == 1
    now = in_decks(once)[berth[0].id]
    assert (now.ask, now.source and now.source.lines) == (berth[0].ask, (9, 9))


def test_of_many_equal_cards_each_stays_with_its_line() -> None:
    part = "## Part {n}\n\n### What is a quay\n\nA quay is a wall at which ships are moored.\n\n"
    text = "# Port\n\n" + "".join(part.format(n=n) for n in range(40))
    first = build({"port.md": text})
    second = build({"port.md": text + "A berth is a place at a quay.\n"}, first)
    assert {known.id: known.card.source for known in first.known}.items() <= {
        known.id: known.card.source for known in second.known
    }.items()
