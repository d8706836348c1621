"""Daily both ways with the real Anki, through a stand-in for AnkiConnect: nothing twice, nothing lost, nothing overwritten."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cli.main import run
from dp100cards.exchange.markup import data
from dp100cards.scheduler.event import DAY, CardState, Event, Moment, day_of
from dp100cards.store.store import Store
from tests.exchange.anki_connect import StandIn

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def card(n: int, answer: str = "", more: str = "") -> str:
    return f'  - {{id: demo-{n}, kind: basic, ask: "Question {n}?", answer: "{answer or f"Answer {n}."}"{more}}}\n'


class Learner:
    """A learner with decks here, and a running Anki."""

    def __init__(self, folder: Path, anki: Any, capsys: Any) -> None:
        self.folder, self.anki, self.capsys = folder, anki, capsys
        self.connect = StandIn(anki)
        (folder / "home" / "decks").mkdir(parents=True)
        (folder / "home" / "dp100.toml").write_text("", encoding="utf-8")
        self.decks(demo="".join(map(card, range(5))))

    def decks(self, **cards: str) -> None:
        for path in (self.folder / "home" / "decks").glob("*.yaml"):
            path.unlink()
        for name, text in cards.items():
            text = f"deck: {name}\ntitle: {name.capitalize()}\ncards:\n{text}"
            (self.folder / "home" / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def sync(self, *more: str, status: int = 0) -> str:
        self.capsys.readouterr()
        home, data = str(self.folder / "home"), str(self.folder / "data")
        got = run(["--home", home, "--data", data, "anki", "sync", "--port", str(self.connect.port), *more])
        out, err = self.capsys.readouterr()
        assert got == status, err
        assert "Traceback" not in err
        if status:
            assert err.count("\n") == 1, err
        return str(out + err)

    def here(self, id_: str, kind: str, value: int = 0, days: float = 0) -> None:
        at = Moment(int(time.time() * 1000 - days * DAY), time.localtime().tm_gmtoff // 60)
        rated = kind == "review"
        with Store.open(self.folder / "data", at) as store:
            store.record(
                Event(
                    card=id_, kind=kind, rating=value * rated, value=value * (not rated), moment=at, took=4000
                )
            )

    def state(self, id_: str) -> CardState:
        with Store.open(self.folder / "data", Moment(int(time.time() * 1000))) as store:
            return store.state(id_)

    def there(self, id_: str) -> Any:
        return self.anki.cards()[id_]

    def answer(self, id_: str, rating: int = 3) -> None:
        note = self.there(id_)
        note.start_timer()
        states = self.anki.collection._backend.get_scheduling_states(note.id)
        sched = self.anki.collection.sched
        sched.answer_card(sched.build_answer(card=note, states=states, rating=rating - 1))

    def reviews(self) -> list[tuple[str, int]]:
        return sorted((guid, ease) for _, guid, ease, *_ in self.anki.log() if ease)

    def own_reviews(self) -> list[tuple[str, int]]:
        with Store.open(self.folder / "data", Moment(int(time.time() * 1000))) as store:
            return sorted((e.card, e.rating) for e in store.events() if e.kind == "review")


@pytest.fixture
def learner(tmp_path: Path, anki: Any, capsys: Any) -> Iterator[Learner]:
    made = Learner(tmp_path, anki, capsys)
    yield made
    made.connect.close()


def test_a_first_sync_brings_all_and_a_second_does_nothing(learner: Learner) -> None:
    learner.here("demo-0", "review", 3, days=20)
    learner.here("demo-0", "review", 3, days=10)
    learner.here("demo-1", "suspend", days=1)
    said = learner.sync()
    assert "To Anki (User 1): 5 cards new." in said
    assert "FSRS is off in Anki until you switch it on" in said
    assert set(learner.anki.cards()) == {f"demo-{n}" for n in range(5)}
    assert learner.reviews() == [("demo-0", 3)] * 2
    assert learner.there("demo-1").queue == -1
    before = learner.anki.collection.db.all("select id, mod, flds from notes")
    learner.connect.calls.clear()
    assert "To Anki (User 1): nothing new.\nFrom Anki: no new reviews." in learner.sync()
    assert learner.anki.collection.db.all("select id, mod, flds from notes") == before
    assert not {"updateNoteFields", "insertReviews", "importPackage", "setSpecificValueOfCard"} & set(
        learner.connect.calls
    )


def test_reviews_go_both_ways_each_once(learner: Learner) -> None:
    learner.sync()
    learner.answer("demo-0", 4)
    learner.answer("demo-1", 1)
    learner.here("demo-2", "review", 4, days=0.01)
    learner.here("demo-3", "review", 3, days=3)
    for _ in range(3):
        learner.sync()
        want = [("demo-0", 4), ("demo-1", 1), ("demo-2", 4), ("demo-3", 3)]
        assert learner.reviews() == learner.own_reviews() == want
    assert learner.state("demo-0").phase == "review"
    assert (learner.there("demo-2").type, learner.there("demo-3").type) == (2, 1)
    now = Moment(int(time.time() * 1000), time.localtime().tm_gmtoff // 60)
    due = learner.there("demo-2").due - learner.anki.collection.sched.today
    assert due == learner.state("demo-2").due_day - day_of(now)


def test_the_same_card_studied_on_both_sides(learner: Learner) -> None:
    learner.here("demo-0", "review", 3, days=30)
    learner.here("demo-0", "review", 3, days=29)
    learner.sync()
    learner.here("demo-0", "review", 2, days=1)
    learner.answer("demo-0", 3)
    learner.sync()
    assert (
        learner.reviews()
        == learner.own_reviews()
        == [("demo-0", 2), ("demo-0", 3), ("demo-0", 3), ("demo-0", 3)]
    )
    there = learner.there("demo-0")
    assert there.reps == 4
    assert there.memory_state.stability == pytest.approx(learner.state("demo-0").stability, rel=1e-4)


def test_anki_has_the_memory_that_it_would_compute_itself_on_many_cards(learner: Learner) -> None:
    learner.decks(demo="".join(map(card, range(120))))
    learner.sync()
    offset = time.localtime().tm_gmtoff // 60
    at = Moment(int(time.time() * 1000), offset)
    events = [
        Event(
            card=f"demo-{n}",
            kind="review",
            rating=1 + (n * 7 + k) % 4,
            moment=at.later(-int((60 - n / 10 - 9 * k) * DAY)),
        )
        for n in range(120)
        for k in range(1 + n % 5)
    ]
    with Store.open(learner.folder / "data", at) as store:
        store.record_all(events)
    learner.sync()
    assert len(learner.reviews()) == sum(1 + n % 5 for n in range(120))
    computed = 0
    for id_, there in learner.anki.cards().items():
        said, state = learner.anki.collection.compute_memory_state(there.id), learner.state(id_)
        assert there.memory_state.stability == pytest.approx(said.stability, rel=1e-5, abs=1e-4), id_
        assert there.memory_state.difficulty == pytest.approx(said.difficulty, rel=1e-5, abs=1e-3), id_
        assert said.stability == pytest.approx(state.stability, rel=1e-5), id_
        assert there.last_review_time == state.last_at // 1000
        assert (there.reps, there.lapses) == (state.reps, state.lapses)
        computed += 1
    assert computed == 120
    # What Anki would make of the next answer is what is made of it here.
    review = next(id_ for id_, there in learner.anki.cards().items() if there.type == 2)
    learner.answer(review, 3)
    learner.sync()
    assert learner.there(review).memory_state.stability == pytest.approx(
        learner.state(review).stability, rel=2e-3
    )


def test_content_moves_and_deletions_go_there_and_own_tags_and_edits_stay(learner: Learner) -> None:
    learner.sync()
    col = learner.anki.collection
    note = learner.there("demo-0").note()
    note.tags.append("my-own")
    col.update_note(note)
    edited = learner.there("demo-1").note()
    edited["Explanation"] = "My own words."
    col.update_note(edited)
    col.set_deck([learner.there("demo-4").id], col.decks.id("Mine"))
    learner.decks(
        demo=card(0, "Changed 0.", ", tags: [fresh]") + card(1, "Changed 1."), other=card(2) + card(4)
    )
    said = learner.sync()
    assert "1 card updated, 2 cards moved" not in said
    assert "1 card updated, 1 card moved to another deck, 1 card deleted" in said
    assert "1 card changed here and in Anki: your text in Anki stays" in said
    assert set(learner.anki.cards()) == {"demo-0", "demo-1", "demo-2", "demo-4"}
    note = learner.there("demo-0").note()
    assert note["Answer"] == "Changed 0."
    assert {"my-own", "fresh"} <= set(note.tags)
    assert learner.there("demo-1").note()["Explanation"] == "My own words."
    names = {id_: col.decks.name(there.did) for id_, there in learner.anki.cards().items()}
    assert names == {
        "demo-0": "DP-100::Demo",
        "demo-1": "DP-100::Demo",
        "demo-2": "DP-100::Other",
        "demo-4": "Mine",
    }
    assert "other" in learner.there("demo-2").note().tags
    assert "demo" not in learner.there("demo-2").note().tags
    assert learner.there("demo-1").note()["Answer"] == "Answer 1."
    learner.sync("--overwrite")
    assert learner.there("demo-1").note()["Answer"] == "Changed 1."
    assert learner.there("demo-1").note()["Explanation"] == ""


def test_marks_go_both_ways_and_the_later_one_counts(learner: Learner) -> None:
    learner.sync()
    learner.anki.pass_days(0.1)
    learner.here("demo-0", "suspend")
    learner.here("demo-1", "flag", 3)
    learner.anki.collection.sched.suspend_cards([learner.there("demo-2").id])
    learner.anki.collection.set_user_flag_for_cards(5, [learner.there("demo-3").id])
    learner.sync()
    assert [learner.there(f"demo-{n}").queue for n in (0, 2)] == [-1, -1]
    assert [learner.there(f"demo-{n}").user_flag() for n in (1, 3)] == [3, 5]
    assert learner.state("demo-2").suspended
    assert learner.state("demo-3").flag == 5
    learner.anki.pass_days(0.1)
    learner.here("demo-2", "unsuspend")
    learner.anki.collection.sched.unsuspend_cards([learner.there("demo-0").id])
    time.sleep(1.1)  # Anki keeps whole seconds
    for _ in range(2):
        learner.sync()
        assert not learner.state("demo-0").suspended
        assert learner.there("demo-0").queue == 0
        assert not learner.state("demo-2").suspended
        assert learner.there("demo-2").queue == 0


def test_filtered_decks_are_left_alone(learner: Learner) -> None:
    learner.sync()
    col = learner.anki.collection
    filtered = col.sched.get_or_create_filtered_deck(deck_id=0)
    del filtered.config.search_terms[:]
    filtered.config.search_terms.extend(
        [type(filtered.config).SearchTerm(search='"deck:DP-100"', limit=2, order=0)]
    )
    col.sched.add_or_update_filtered_deck(filtered)
    inside = sorted(id_ for id_, there in learner.anki.cards().items() if there.odid)
    assert len(inside) == 2
    learner.here(inside[0], "review", 3, days=1)
    learner.here(inside[0], "flag", 2)
    learner.here(inside[1], "suspend")
    learner.decks(other="".join(map(card, range(5))))
    said = learner.sync()
    assert "2 cards in a filtered deck of Anki" in said
    assert "3 cards moved" in said
    assert sorted(id_ for id_, there in learner.anki.cards().items() if there.odid) == inside
    assert learner.reviews() == []
    col.sched.empty_filtered_deck(learner.there(inside[0]).did)
    learner.sync()
    assert learner.reviews() == [(inside[0], 3)]
    assert learner.there(inside[0]).user_flag() == 2
    assert learner.there(inside[1]).queue == -1
    assert {col.decks.name(there.did) for there in learner.anki.cards().values()} == {"DP-100::Other"}


@pytest.mark.parametrize(
    ("action", "after"),
    [("importPackage", 0), ("notesInfo", 0), ("updateNoteFields", 0), ("updateNoteFields", 1), ("deleteNotes", 0),
     ("changeDeck", 0), ("setSpecificValueOfCard", 0), ("setSpecificValueOfCard", 2), ("insertReviews", 0), ("suspend", 0),
     ("getReviewsOfCards", 0)],
)  # fmt: skip
def test_a_sync_that_breaks_off_is_a_sentence_and_the_next_one_ends_it(
    learner: Learner, action: str, after: int
) -> None:
    learner.sync()
    learner.answer("demo-0", 4)
    for n, rating in ((1, 4), (2, 3)):
        learner.here(f"demo-{n}", "review", rating, days=5)
        learner.here(f"demo-{n}", "review", rating, days=4)
    learner.here("demo-1", "suspend", days=-0.01)
    learner.decks(demo=card(0, "New.") + card(1, "New.") + card(9), other=card(2) + card(3))
    learner.connect.break_at = action, after
    said = learner.sync(status=3)
    assert "run `dp100" in said
    assert "anki sync` again" in said
    learner.connect.break_at = None
    learner.sync()
    learner.sync()
    assert set(learner.anki.cards()) == {"demo-0", "demo-1", "demo-2", "demo-3", "demo-9"}
    want = [("demo-0", 4), ("demo-1", 4), ("demo-1", 4), ("demo-2", 3), ("demo-2", 3)]
    assert learner.reviews() == learner.own_reviews() == want
    for id_ in ("demo-1", "demo-2"):
        there, state = learner.there(id_), learner.state(id_)
        assert there.type == 2
        assert there.ivl == state.interval
        assert there.memory_state.stability == pytest.approx(state.stability, rel=1e-4)
    assert learner.there("demo-1").queue == -1
    assert [learner.there(f"demo-{n}").note()["Answer"] for n in (0, 1)] == ["New.", "New."]
    deck = learner.anki.collection.decks.name(learner.there("demo-2").did)
    assert deck == "DP-100::Other"


def test_no_anki_an_old_add_on_or_another_profile_is_a_sentence_and_changes_nothing(learner: Learner) -> None:
    learner.sync()
    learner.connect.profile = "Partner"
    said = learner.sync(status=2)
    assert "Anki has the profile Partner open, but these decks are in User 1" in said
    learner.sync("--profile", "User 1", status=2)
    learner.connect.profile = None
    assert "no profile is open in Anki" in learner.sync("--profile", "User 1", status=2)
    learner.connect.profile = "User 1"
    for lacking in ("getActiveProfile", "getReviewsOfCards"):
        learner.connect.hidden = {lacking}
        said = learner.sync(status=2)
        assert "AnkiConnect is too old" in said
        assert "24.7.25 or newer" in said
    learner.connect.close()
    assert "Anki is not running" in learner.sync(status=2)
    assert learner.anki.collection.note_count() == 5
    learner.connect = StandIn(learner.anki)


def test_the_key_of_ankiconnect_is_given_and_asked_for(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.connect.key = "secret"
    assert "ANKICONNECT_KEY" in learner.sync(status=2)
    monkeypatch.setenv("ANKICONNECT_KEY", "secret")
    assert "5 cards new" in learner.sync()


def test_another_program_on_the_port_is_a_sentence(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner.connect, "_reply", lambda _: ["something", "else"])
    assert "is not AnkiConnect" in learner.sync(status=2)


def test_what_was_deleted_in_anki_is_not_sent_again_unless_it_is_wished(learner: Learner) -> None:
    learner.sync()
    learner.anki.collection.remove_notes([learner.there("demo-3").nid])
    for _ in range(2):
        assert "1 card deleted in Anki and not sent again (--restore sends them): demo-3" in learner.sync()
        assert "demo-3" not in learner.anki.cards()
    assert "1 card new" in learner.sync("--restore")
    assert "demo-3" in learner.anki.cards()


def test_an_emptied_or_foreign_collection_loses_nothing_there(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything deleted, and progress lost: what hurt users of such bridges."""
    learner.decks(demo="".join(map(card, range(20))))
    learner.sync()
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    learner.decks(demo=card(0))
    said = learner.sync()
    assert "19 cards not in your decks any more, and still in Anki" in said
    assert learner.anki.collection.note_count() == 20
    # Another collection of the same learner does not know these cards, and leaves them alone.
    other = learner.folder / "other"
    (other / "decks").mkdir(parents=True)
    (other / "dp100.toml").write_text('name = "Mine"\n', encoding="utf-8")
    (other / "decks" / "x.yaml").write_text(
        "deck: x\ntitle: X\ncards:\n" + card(77).replace("demo", "x"), encoding="utf-8"
    )
    data = str(learner.folder / "data")
    assert (
        run(["--home", str(other), "--data", data, "anki", "sync", "--port", str(learner.connect.port)]) == 0
    )
    assert learner.anki.collection.note_count() == 21
    learner.sync("--yes")
    assert learner.anki.collection.note_count() == 2


def test_who_came_with_a_package_goes_on_with_sync(learner: Learner) -> None:
    home, data, out = str(learner.folder / "home"), str(learner.folder / "data"), learner.folder / "out.apkg"
    learner.here("demo-0", "review", 3, days=9)
    assert run(["--home", home, "--data", data, "export", "anki", "-o", str(out)]) == 0
    learner.anki.take_in(out)
    learner.decks(demo=card(0, "Changed.") + "".join(map(card, range(1, 5))))
    learner.here("demo-1", "review", 4, days=2)
    said = learner.sync()
    assert "1 card updated, 1 review sent" in said
    assert learner.there("demo-0").note()["Answer"] == "Changed."
    assert learner.anki.collection.note_count() == 5
    assert learner.reviews() == [("demo-0", 3), ("demo-1", 4)]


def test_newer_templates_and_pictures_arrive(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    (learner.folder / "home" / "notes").mkdir()
    (learner.folder / "home" / "notes" / "a.png").write_bytes(PICTURE)
    source = ', source: {note: n.md, lines: 1, quote: "Q"}'
    learner.decks(demo=card(0, "![a](a.png) here", source) + card(1))
    learner.sync()
    assert '<img src="dp100-' in learner.there("demo-0").note()["Answer"]
    learner.decks(demo=card(0, "![a](a.png) here", source) + card(1, "now ![b](a.png)", source))
    learner.sync()
    media = list((learner.anki.path.parent / "anki-0.media").glob("dp100-*.png"))
    assert [path.read_bytes() for path in media] == [PICTURE]
    models = learner.anki.collection.models
    model = models.by_name("dp100 Basic")
    model["css"] = "old"
    models.update_dict(model)
    learner.sync()
    assert models.by_name("dp100 Basic")["css"] == "old", "it is newer than ours: the learner's own"
    monkeypatch.setattr("dp100cards.exchange.anki_out.CHANGED", int(time.time()) + 100)
    learner.sync()
    models._clear_cache()
    assert models.by_name("dp100 Basic")["css"] == data("anki.css")


def test_a_field_renamed_in_anki_stops_no_sync(learner: Learner) -> None:
    learner.sync()
    models = learner.anki.collection.models
    model = models.by_name("dp100 Basic")
    models.rename_field(model, model["flds"][6], "Mine")
    models.update_dict(model)
    learner.here("demo-0", "review", 3, days=2)
    assert "1 review sent" in learner.sync()


def test_a_card_whose_kind_changed_is_made_anew_with_its_past(learner: Learner) -> None:
    learner.here("demo-0", "review", 3, days=9)
    learner.here("demo-0", "review", 3, days=8)
    learner.sync()
    cloze = '  - {id: demo-0, kind: cloze, ask: "It is {{this}}."}\n'
    learner.decks(demo=cloze + "".join(map(card, range(1, 5))))
    learner.connect.break_at = "importPackage", 0
    learner.sync(status=3)
    learner.connect.break_at = None
    learner.sync()
    learner.sync()
    assert learner.there("demo-0").note().note_type()["name"] == "dp100 Cloze"
    assert learner.there("demo-0").reps == 2
    assert learner.reviews() == [("demo-0", 3)] * 2


def test_a_rejected_card_leaves_anki_and_comes_back_with_its_past(learner: Learner) -> None:
    learner.here("demo-0", "review", 3, days=9)
    learner.sync()
    now = Moment(int(time.time() * 1000))
    with Store.open(learner.folder / "data", now) as store:
        store.record(Event("demo-0", "reject", now))
    learner.sync()
    assert "demo-0" not in learner.anki.cards()
    with Store.open(learner.folder / "data", now) as store:
        store.record(Event("demo-0", "unreject", now.later(1000), origin="cards"))
    learner.sync()
    assert learner.there("demo-0").reps == 1
    assert learner.reviews() == learner.own_reviews() == [("demo-0", 3)]


def test_a_review_at_the_moment_of_another_decks_review_arrives(learner: Learner) -> None:
    learner.sync()
    learner.here("demo-0", "review", 3, days=2)
    with Store.open(learner.folder / "data", Moment(int(time.time() * 1000))) as store:
        at = next(iter(store.events())).moment.at
    other = learner.anki.collection.new_note(learner.anki.collection.models.by_name("Basic"))
    other["Front"] = "x"
    learner.anki.collection.add_note(other, learner.anki.collection.decks.id("Elsewhere"))
    learner.anki.collection.db.execute(
        "insert into revlog values (?, ?, -1, 3, 1, 0, 100, 9, 0)", at, other.card_ids()[0]
    )
    learner.sync()
    learner.sync()
    assert ("demo-0", 3) in learner.reviews()
    assert learner.own_reviews() == [("demo-0", 3)]


def test_what_an_earlier_version_remembered_is_read(learner: Learner) -> None:
    learner.sync()
    with Store.open(learner.folder / "data", Moment(int(time.time() * 1000))) as store:
        name = store.connection.execute("SELECT name FROM setting WHERE name LIKE 'anki sync%'").fetchone()[0]
        profile, sent = json.loads(store.setting(name) or "")
        older = {id_: [content, 1_795_000_000, deck, tags] for id_, (content, deck, tags) in sent.items()}
        store.set_setting(name, json.dumps([profile, older]))
    assert "nothing new" in learner.sync()
    learner.decks(demo=card(0, "Changed.") + "".join(map(card, range(1, 5))))
    assert "1 card updated" in learner.sync()


def test_what_is_remembered_can_be_broken_and_nothing_is_lost(learner: Learner) -> None:
    learner.sync()
    with Store.open(learner.folder / "data", Moment(int(time.time() * 1000))) as store:
        name = store.connection.execute("SELECT name FROM setting WHERE name LIKE 'anki sync%'").fetchone()[0]
        for broken in ("", "[", "[]", json.dumps([3, {"demo-0": [1]}]), json.dumps([3, 4])):
            store.set_setting(name, broken)
            learner.sync()
            assert learner.anki.collection.note_count() == 5
