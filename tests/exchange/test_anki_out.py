"""A package from here is imported by the real Anki, once, again, changed, and with its schedule."""

import zipfile
from collections.abc import Iterator
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
    Source,
    Statements,
)
from dp100cards.config import shipped
from dp100cards.decks.collection import Collection
from dp100cards.decks.read import read_deck
from dp100cards.exchange.anki_out import Package, Schedule, cloze_text
from dp100cards.exchange.markup import to_html
from dp100cards.scheduler.engine import Engine, replay
from dp100cards.scheduler.event import DAY, Event, Moment, day_of

anki_collection = pytest.importorskip("anki.collection")

NOW = Moment(1_795_420_800_000, 0)  # 2026-11-23, 08:00 UTC
SOURCE = Source("a.md", (3, 4), "The <top> & {{level}}")
SHARED: dict[str, Any] = {
    "deck": "demo",
    "ask": "What is <b> & [it]?",
    "source": SOURCE,
    "tags": ("definition",),
}
EVERY_KIND: list[Card] = [
    Basic(id="demo-a", answer="A `thing` **here**.", **SHARED),
    Cloze(id="demo-b", **SHARED | {"ask": "An image has {{a: score}} and {{x}}y}}."}),
    Choice(id="demo-c", options=(Option("yes", right=True), Option("no", because="it is not")), **SHARED),
    Multiple(id="demo-d", options=(Option("1", right=True), Option("2", right=True), Option("3")), **SHARED),
    Order(id="demo-e", items=("one", "two", "three"), **SHARED),
    Match(id="demo-f", pairs=(Pair("a", "1"), Pair("b", "2")), **SHARED),
    Statements(id="demo-g", statements=(Option("s", right=True), Option("t", because="no")), **SHARED),
    Code(id="demo-h", code="if x:\n    y = {{z}}()", language="python", wrong=(("w",),), **SHARED),
]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    opened = anki_collection.Collection(str(tmp_path / "theirs.anki2"))
    yield opened
    opened.close()


def take_in(collection: Any, path: Path, *, progress: bool = False) -> Any:
    options = anki_collection.ImportAnkiPackageOptions(
        with_scheduling=progress, with_deck_configs=progress, merge_notetypes=True
    )
    request = anki_collection.ImportAnkiPackageRequest(package_path=str(path), options=options)
    return collection.import_anki_package(request).log


def package(
    path: Path, cards: list[Card], *, changed: int = 1_700_000_000, schedule: Schedule | None = None
) -> Path:
    Package(
        cards, {"demo": "Demo"}, "DP-100", NOW, dict.fromkeys((card.id for card in cards), changed), schedule
    ).write(path)
    return path


def shipped_cards() -> tuple[list[Card], dict[str, str]]:
    decks = [
        read_deck(p.read_text(encoding="utf-8"), p.name, p.stem).deck
        for p in Collection(shipped()).deck_files()
    ]
    return [card for deck in decks for card in deck.cards], {deck.name: deck.title for deck in decks}


def test_the_shipped_decks_arrive_under_one_deck_with_their_tags(collection: Any, tmp_path: Path) -> None:
    cards, titles = shipped_cards()
    path = tmp_path / "out.apkg"
    Package(cards, titles, "DP-100", NOW, {}).write(path)
    take_in(collection, path)
    assert collection.note_count() == len(cards)
    names = {deck.name for deck in collection.decks.all_names_and_ids()}
    assert {"DP-100::Workspace", "DP-100::Compute target", "DP-100::Datastore"} <= names
    first = collection.get_note(collection.find_notes(f'deck:"DP-100::{titles[cards[0].deck]}"')[0])
    assert cards[0].deck in first.tags
    guids = set(collection.db.list("select guid from notes"))
    assert guids == {card.id for card in cards}


def test_importing_again_doubles_nothing(collection: Any, tmp_path: Path) -> None:
    path = package(tmp_path / "out.apkg", EVERY_KIND)
    take_in(collection, path)
    log = take_in(collection, package(tmp_path / "again.apkg", EVERY_KIND))
    assert collection.note_count() == collection.card_count() == len(EVERY_KIND)
    assert not log.new
    assert not log.conflicting
    assert len([m for m in collection.models.all_names_and_ids() if m.name.startswith("dp100")]) == 8


def test_a_changed_card_is_updated_and_keeps_its_schedule_there(collection: Any, tmp_path: Path) -> None:
    take_in(collection, package(tmp_path / "out.apkg", EVERY_KIND))
    card_id = collection.find_cards("thing")[0]
    collection.sched.set_due_date([card_id], "5")
    due = collection.get_card(card_id).due
    changed = [replace(EVERY_KIND[0], answer="Another thing."), *EVERY_KIND[1:]]  # type: ignore[call-arg]
    log = take_in(collection, package(tmp_path / "changed.apkg", changed, changed=1_800_000_000))
    assert len(log.updated) >= 1
    card = collection.get_card(card_id)
    assert card.note()["Answer"] == "Another thing."
    assert card.due == due


def test_every_kind_is_rendered_by_anki_without_a_template_error(collection: Any, tmp_path: Path) -> None:
    take_in(collection, package(tmp_path / "out.apkg", EVERY_KIND))
    for card_id in collection.find_cards(""):
        card = collection.get_card(card_id)
        for side in (card.question(), card.answer()):
            assert "{{" not in side.replace("{{level}}", "")
            assert "invalid" not in side.lower()
        assert "a.md, lines 3–4" in card.answer()
    cloze = collection.get_card(collection.find_cards("note:*Cloze")[0])
    assert "a&#58; score" not in cloze.question()
    assert "a: score" in cloze.answer() or "a&#58; score" in cloze.answer()


def reviewed(cards: list[Card]) -> Schedule:
    engine = Engine()
    events: dict[str, list[Event]] = {}
    start = NOW.at - 60 * DAY
    for n, card in enumerate(cards):
        at, mine = start + n * 60_000, []
        for k, rating in enumerate((3, 3, 3, 1 + n % 4, 3)):
            mine.append(Event(card=card.id, kind="review", rating=rating, took=4000, moment=Moment(at, 0)))
            at += 600_000 if k == 0 else (k + n % 3 + 1) * DAY
        events[card.id] = mine
    events["demo-h"].append(Event(card="demo-h", kind="suspend", moment=NOW))
    events["demo-g"].append(Event(card="demo-g", kind="flag", value=3, moment=NOW))
    return Schedule(engine, {id_: replay(engine, id_, mine) for id_, mine in events.items()}, events)


def test_the_schedule_arrives_whole(collection: Any, tmp_path: Path) -> None:
    schedule = reviewed(EVERY_KIND)
    take_in(collection, package(tmp_path / "out.apkg", EVERY_KIND, schedule=schedule), progress=True)
    today = collection.sched.today
    real_now = Moment(int(collection.db.scalar("select strftime('%s','now')")) * 1000, 0)
    for card_id in collection.find_cards(""):
        card = collection.get_card(card_id)
        state = schedule.states[card.note().guid]
        assert (card.ivl, card.reps, card.lapses) == (
            max(state.interval, card.ivl * (state.phase != "review")),
            state.reps,
            state.lapses,
        )
        if state.phase == "review":
            assert card.due - today == state.due_day - day_of(real_now)
        assert card.memory_state.stability == pytest.approx(state.stability, abs=1e-3)
        assert card.memory_state.difficulty == pytest.approx(state.difficulty, abs=1e-2)
        assert card.user_flag() == state.flag
        assert (card.queue == -1) == state.suspended
    kept = collection.db.all("select cid, ease, type from revlog order by id")
    assert len(kept) == 5 * len(EVERY_KIND)


def test_the_package_is_small_and_plain(tmp_path: Path) -> None:
    with zipfile.ZipFile(package(tmp_path / "out.apkg", EVERY_KIND)) as zipped:
        assert zipped.namelist() == ["collection.anki2", "media"]
        assert all(info.compress_type == zipfile.ZIP_DEFLATED for info in zipped.infolist())
    assert not list(tmp_path.glob("*.unfinished"))


@given(st.text(max_size=60))
def test_text_of_any_sort_becomes_html_that_shows_it(text: str) -> None:
    import html
    import re

    page = to_html(text)
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    if "<li>" in page:  # the browser makes the marks of a list, which are no text then
        text = re.sub(r"(?m)^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])(?=\s|$))+", "", text)
    assert re.sub(r"[`*~\s]", "", shown) == re.sub(r"[`*~\s]", "", text) or "```" in text or "~~~" in text


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
        lambda t: "}" not in t and t.strip() and not t.startswith("{")  # three braces are no gap
    )
)
def test_a_gap_never_breaks_out_of_its_cloze(hidden: str) -> None:
    text = cloze_text("before {{" + hidden + "}} after")
    inside = text.split("{{c1::", 1)[1].split("}}", 1)[0]
    assert "::" not in inside
    assert text.endswith(("}} after", "}}after"))
