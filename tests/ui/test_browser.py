"""The filter of the browser: words, slips of the finger, and names."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, cast

from dp100cards.cards import Basic
from dp100cards.scheduler.event import Moment
from dp100cards.ui.browser import Browser, Filter, Row
from dp100cards.ui.terminal import Lines
from dp100cards.ui.view import Size

RECORDS = cast(Any, object())
"""What is asked of nothing: no key reaches a card."""


def now() -> Moment:
    raise AssertionError


def row(n: int, ask: str, deck: str = "deploy", states: tuple[str, ...] = (), **more: Any) -> Row:
    card = Basic(id=f"{deck}-{n:06}", deck=deck, ask=ask, answer="An answer.", **more)
    return Row(card, ask, "", "new", frozenset(states))


ROWS = [
    row(0, "What is a managed online endpoint?", states=("due", "review"), tags=("Endpoints",)),
    row(1, "What does a datastore keep?", "design", states=("new",), skills=("dp-100/1.2",)),
    row(2, "Which endpoint is for batches?", states=("new",), level="exam", skills=("dp-100/1.21",)),
]


def found(query: str) -> list[int]:
    return [ROWS.index(each) for each in Filter(ROWS)(query)]


def test_every_word_is_looked_for_and_a_slip_finds_the_nearest() -> None:
    assert found("") == [0, 1, 2]
    assert found("endpoint WHAT") == [0]
    assert found("endpiont") == [0, 2]
    assert found("datastroe") == [1]
    assert found("zzzz") == []


def test_names_narrow_the_list() -> None:
    assert found("deck:dep") == [0, 2]
    assert found("is:due") == [0]
    assert found("is:new endpoint") == [2]
    assert found("tag:endp") == [0]
    assert found("skill:1.2") == [1], "not 1.21 as well"
    assert found("skill:dp-100/1.2") == [1]
    assert found("skill:1.21") == [2]
    assert found("kind:basic level:exam") == [2]
    assert found("is:due,new deck:design,deploy") == [0, 1, 2]
    assert found("tag:endpoints,none kind:bas") == [0]
    assert found("http://x") == [], "what is no name is a word"
    capitals = row(3, "What is a region?", "AZ900")
    assert list(Filter([*ROWS, capitals])("deck:AZ900")) == [capitals], "a deck's name may have capitals"


def test_ten_thousand_cards_are_filtered_within_a_few_frames() -> None:
    rows = [
        row(n, f"What is thing {n} of the service number {n % 97}, and what is it for?")
        for n in range(10_000)
    ]
    search = Filter(rows)
    search("servcie")
    began = time.process_time()
    for query in ("t", "th", "thi", "thin", "thing 99", "servcie", "deck:deploy is:new"):
        search(query)
    assert (time.process_time() - began) / 7 < 0.05


def test_rejected_cards_count_only_where_they_are_asked_for() -> None:
    rows = [*ROWS, row(3, "What was that?", states=("rejected",))]
    index = cast(Any, SimpleNamespace(card=lambda _: None))
    for query, count in (("", "3 cards of 3"), ("what", "2 cards of 3"), ("is:rejected", "1 card of 4")):
        view = Browser(Lines(), RECORDS, index, now, lambda: rows, query).view(Lines().size)
        assert view.right.plain.strip() == count


def test_what_is_not_there_is_said_and_not_offered() -> None:
    index = cast(Any, SimpleNamespace(card=lambda _: None))
    screen = Browser(Lines(), RECORDS, index, now, lambda: ROWS, "is:foo")
    view = screen.view(Size(80, 24))
    assert "there is no state foo; there are new, learning, " in "\n".join(line.plain for line in view.body)
    for key in ("enter", "esc", "x", "@"):
        screen.press(key)
        assert screen.message == ("" if key == "esc" else "No card is chosen.")
    offered = [key for key, _ in screen.view(Size(80, 24)).hints]
    assert offered == ["/", "u", "q"]


def test_what_is_typed_into_a_long_filter_stays_in_sight() -> None:
    index = cast(Any, SimpleNamespace(card=lambda _: None))
    screen = Browser(
        Lines(), RECORDS, index, now, lambda: ROWS, "deck:deploy,design kind:basic,choice is:new"
    )
    for key in "xyz":
        screen.press(key)
    [heading, *_] = screen.view(Size(40, 12)).heading
    assert heading.plain.endswith("xyz▏")
    assert heading.cell_len <= 40
