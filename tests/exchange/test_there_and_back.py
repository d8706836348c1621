"""The whole way by the program's own commands: studied here, answered in the real Anki, brought home."""

from pathlib import Path
from typing import Any

import pytest

from dp100cards.cli.main import run

anki_collection = pytest.importorskip("anki.collection")


def test_a_learner_goes_to_anki_and_comes_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "data")]
    out, back = tmp_path / "out.apkg", tmp_path / "back.colpkg"
    assert run([*data, "export", "anki", "workspace", "-o", str(out)]) == 0
    assert not (tmp_path / "data" / "progress.db").exists()
    collection: Any = anki_collection.Collection(str(tmp_path / "theirs.anki2"))
    options = anki_collection.ImportAnkiPackageOptions(with_scheduling=True, merge_notetypes=True)
    request = anki_collection.ImportAnkiPackageRequest(package_path=str(out), options=options)
    collection.import_anki_package(request)
    collection.decks.select(collection.decks.id("DP-100"))
    for _ in range(4):
        queued = collection.sched.get_queued_cards().cards[0]
        card = collection.get_card(queued.card.id)
        card.start_timer()
        collection.sched.answer_card(collection.sched.build_answer(card=card, states=queued.states, rating=3))
    collection.export_collection_package(str(back), include_media=False, legacy=False)
    capsys.readouterr()
    wanted = [*data, "import", "anki", str(back)]
    assert run([*wanted, "--dry-run"]) == 0
    assert "4 new reviews of 4 cards would be taken in" in capsys.readouterr().out
    assert not (tmp_path / "data" / "progress.db").exists()
    assert run(wanted) == 0
    assert "4 new reviews of 4 cards were taken in" in capsys.readouterr().out
    assert run(wanted) == 0
    said = capsys.readouterr().out
    assert "no new reviews of your" in said
    assert "4 reviews are here already" in said
    before = (tmp_path / "data" / "progress.db").read_bytes()
    back.write_bytes(back.read_bytes()[:2000])
    assert run(wanted) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "data" / "progress.db").read_bytes() == before
    assert run([*data, "export", "anki", "workspace", "-o", str(out)]) == 0
    assert "4 of them with their schedule, 4 reviews" in capsys.readouterr().out


def test_every_way_out_gives_the_same_bytes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ["--data", str(tmp_path / "data")]
    kinds = ("anki", "csv", "markdown", "html")
    written: list[list[bytes]] = []
    for now in ("2026-11-23T09:00:00+00:00", "2026-12-24T18:30:00+00:00"):
        monkeypatch.setenv("DP100_NOW", now)
        path = tmp_path / "out"
        written.append([])
        for kind in kinds:
            assert run([*data, "export", kind, "workspace", "-o", str(path)]) == 0
            written[-1].append(path.read_bytes())
    assert written[0] == written[1]
