"""A learner exports more than once: without the schedule and then with it, with other parameters, with newer templates."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import Basic, Card
from dp100cards.config import StudyOptions
from dp100cards.exchange import anki_out
from dp100cards.exchange.anki_out import CHANGED, NAMES, Package, Schedule, note_type
from dp100cards.exchange.markup import data
from dp100cards.scheduler.engine import DEFAULTS, Engine, replay
from dp100cards.scheduler.event import DAY, Event, Moment

NOW = Moment(int(time.time() * 1000), time.localtime().tm_gmtoff // 60)
CARDS: list[Card] = [Basic(id=f"demo-{n}", deck="demo", ask=f"Q{n}?", answer=f"A{n}.") for n in range(4)]


def schedule(engine: Engine) -> Schedule:
    events = {
        card.id: [
            Event(
                card=card.id, kind=kind, rating=3 * (kind == "review"), value=4 * (kind == "flag"),
                moment=NOW.later(-int(ago * DAY)),
            )
            for kind, ago in (("review", 30), ("review", 29.99), ("review", 20), ("flag", 3), ("suspend", 2))
        ]
        for card in CARDS
    }  # fmt: skip
    return Schedule(engine, {id_: replay(engine, id_, mine) for id_, mine in events.items()}, events)


def package(path: Path, engine: Engine | None) -> Path:
    Package(
        CARDS, {"demo": "Demo"}, "DP-100", NOW, {}, schedule(engine) if engine is not None else None
    ).write(path)
    return path


def preset(anki: Any) -> dict[str, Any]:
    found: dict[str, Any] = anki.collection.decks.config_dict_for_deck_id(
        anki.collection.decks.id("DP-100::Demo")
    )
    return found


def test_without_the_schedule_every_card_arrives_new(anki: Any, tmp_path: Path) -> None:
    anki.take_in(package(tmp_path / "bare.apkg", None))
    assert anki.log() == []
    for card in anki.cards().values():
        assert (card.type, card.queue, card.reps, card.flags, card.memory_state) == (0, 0, 0, 0, None)
    assert not preset(anki)["fsrsParams6"]


def test_with_the_schedule_later_nothing_is_doubled_and_what_is_learned_there_stays(
    anki: Any, tmp_path: Path
) -> None:
    anki.take_in(package(tmp_path / "bare.apkg", None))
    done = anki.answer(3, [3, 4, 1])
    before = {id_: (card.type, card.due, card.ivl) for id_, card in anki.cards().items()}
    log = anki.log()
    anki.take_in(package(tmp_path / "full.apkg", Engine()))
    assert anki.collection.note_count() == anki.collection.card_count() == len(CARDS)
    assert {id_: (card.type, card.due, card.ivl) for id_, card in anki.cards().items()} == before
    assert anki.log() == log
    assert len(log) == len(done) == 3


def test_after_its_deck_is_deleted_there_all_progress_and_parameters_arrive(
    anki: Any, tmp_path: Path
) -> None:
    """As the program tells the learner to hand over later progress."""
    anki.take_in(package(tmp_path / "bare.apkg", None))
    mine = replace(Engine(), parameters=(0.5, *DEFAULTS[1:]), retention=0.87)
    for engine in (Engine(), mine):
        anki.collection.decks.remove([anki.collection.decks.id("DP-100")])
        assert anki.collection.card_count() == 0
        anki.take_in(package(tmp_path / "full.apkg", engine))
        assert len(anki.log()) >= 3 * len(CARDS)
        assert preset(anki)["fsrsParams6"] == pytest.approx(engine.parameters)
        assert preset(anki)["desiredRetention"] == pytest.approx(engine.retention)
        for card in anki.cards().values():
            assert (card.type, card.reps, card.queue, card.user_flag()) == (2, 3, -1, 4)


def test_how_the_learner_studies_here_becomes_the_preset_there(anki: Any, tmp_path: Path) -> None:
    study = StudyOptions(
        new_per_day=7, reviews_per_day=77, retention=0.93, maximum_interval=120, leech_lapses=5
    )
    Package(CARDS, {"demo": "Demo"}, "DP-100", NOW, {}, None, study).write(tmp_path / "out.apkg")
    anki.take_in(tmp_path / "out.apkg")
    found = preset(anki)
    assert (found["new"]["perDay"], found["new"]["delays"]) == (7, [1.0, 10.0])
    assert (found["rev"]["perDay"], found["rev"]["maxIvl"]) == (77, 120)
    assert (found["lapse"]["leechFails"], found["lapse"]["leechAction"], found["lapse"]["delays"]) == (
        5,
        0,
        [10.0],
    )
    assert found["desiredRetention"] == pytest.approx(0.93)


def test_other_parameters_reach_decks_that_are_there_as_a_preset_of_their_own(
    anki: Any, tmp_path: Path
) -> None:
    anki.take_in(package(tmp_path / "full.apkg", Engine()))
    before = preset(anki)
    before["new"]["perDay"] = 7
    anki.collection.decks.update_config(before)
    anki.take_in(package(tmp_path / "again.apkg", Engine()))
    assert preset(anki)["new"]["perDay"] == 7, "with the same parameters the learner's own wishes stay"
    anki.take_in(package(tmp_path / "other.apkg", replace(Engine(), retention=0.8)))
    assert preset(anki)["desiredRetention"] == pytest.approx(0.8)
    kept = anki.collection.decks.get_config(before["id"])
    assert kept["new"]["perDay"] == 7


def test_the_same_state_gives_the_same_bytes_whenever_it_is_exported(tmp_path: Path) -> None:
    first = package(tmp_path / "one.apkg", Engine()).read_bytes()
    later, plan = NOW.later(5 * DAY), schedule(Engine())
    Package(CARDS, {"demo": "Demo"}, "DP-100", later, {}, plan).write(tmp_path / "two.apkg")
    assert (tmp_path / "two.apkg").read_bytes() == first


def test_two_decks_of_one_title_stay_two(anki: Any, tmp_path: Path) -> None:
    cards = [CARDS[0], replace(CARDS[1], deck="other"), replace(CARDS[2], deck="third")]
    titles = {"demo": "Same", "other": "same ", "third": "::"}
    Package(cards, titles, "DP-100", NOW, {}).write(tmp_path / "out.apkg")
    anki.take_in(tmp_path / "out.apkg")
    names = {deck.name for deck in anki.collection.decks.all_names_and_ids(include_filtered=False)}
    assert {"DP-100::Same (demo)", "DP-100::same (other)", "DP-100::: "} & names == {
        "DP-100::Same (demo)",
        "DP-100::same (other)",
    }
    assert anki.collection.card_count() == 3


OLDER = 1_577_836_800


def test_changed_templates_reach_a_learner_who_has_an_older_package(
    anki: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as past:
        past.setattr(anki_out, "CHANGED", OLDER)
        past.setattr(
            anki_out, "data", lambda name: ".card { color: green; }" if name == "anki.css" else data(name)
        )
        older = replace(note_type("basic"), front="<i>old</i> {{Question}}")
        past.setattr(anki_out, "note_type", lambda _: older)
        anki.take_in(package(tmp_path / "old.apkg", Engine()))
    before = {id_: (card.id, card.due) for id_, card in anki.cards().items()}
    for merge in (False, True):
        anki.take_in(package(tmp_path / "new.apkg", Engine()), merge=merge)
        model = anki.collection.models.by_name("dp100 Basic")
        assert model["css"] == data("anki.css")
        assert model["tmpls"][0]["qfmt"].strip() == note_type("basic").front.strip()
        assert {id_: (card.id, card.due) for id_, card in anki.cards().items()} == before
        ours = [m.name for m in anki.collection.models.all_names_and_ids() if "dp100" in m.name]
        assert ours == ["dp100 Basic"]
    # What the learner changed there later stays.
    model["css"] += " .mine {}"
    anki.collection.models.update_dict(model)
    anki.take_in(package(tmp_path / "new.apkg", Engine()))
    assert anki.collection.models.by_name("dp100 Basic")["css"].endswith(".mine {}")


def test_whoever_changes_a_template_says_when() -> None:
    """If this fails, set `anki_out.CHANGED` to the moment of the change, and write both new values here.

    Else the change reaches no learner who has an older package: Anki takes over only what is newer.
    """
    sides = [side for kind in ("basic", "cloze") for side in (note_type(kind).front, note_type(kind).back)]
    digest = hashlib.sha256("\x1f".join([data("anki.css"), *sides]).encode()).hexdigest()[:16]
    assert (digest, CHANGED) == ("ce4f6d1ec5d03916", 1795987071)
    assert time.time() >= CHANGED, "what a learner changes there now must be newer"


def test_the_note_types_keep_their_ids_forever() -> None:
    """Another id is another note type, and each learner's cards are there twice."""
    assert {kind: note_type(kind).id for kind in NAMES} == {
        "basic": 1379086625901, "cloze": 1463063829958, "choice": 1076780929907, "multiple": 1381747282953, "order": 1023896167895, "match": 1237603644926, "statements": 1402700442673, "code": 1282286158665,
    }  # fmt: skip


def test_the_preset_keeps_its_number_while_nothing_in_it_changes(anki: Any, tmp_path: Path) -> None:
    """Another number is another preset, and what the learner set in the one before counts no more."""
    anki.take_in(package(tmp_path / "out.apkg", Engine()))
    assert preset(anki)["id"] == 1411589660840
