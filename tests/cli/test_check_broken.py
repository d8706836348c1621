"""`dp100 check` names questions that look broken."""

from pathlib import Path

import pytest

from dp100cards.cards import Choice, Option
from dp100cards.cli.main import main
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.sitting import SittingEvent
from dp100cards.scheduler.days import Moment
from dp100cards.store import sittings
from dp100cards.store.store import Store

DECK = """deck: q
title: Q
cards:
  - id: q-000001
    kind: choice
    ask: Which one is it?
    options: [{text: the key, right: true}, {text: the rival, because: no}]
"""


def test_a_distractor_taken_more_often_than_the_key_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "q.yaml").write_text(DECK, encoding="utf-8")
    options = (Option("the key", right=True), Option("the rival"))
    odd, sound = (Choice(id=i, deck="q", ask="?", options=options) for i in ("q-000001", "q-000002"))
    now = Moment(1_790_000_000_000)
    arguments = ["--home", str(tmp_path), "--data", str(tmp_path / "data"), "check"]

    def told() -> str:
        with pytest.raises(SystemExit):
            main(arguments)
        return capsys.readouterr().out

    assert "look broken" not in told()
    with Store.open(tmp_path / "data", now) as store:
        for n in range(3):
            sitting = sittings.create(store, read_blueprint("dp-100"), n, (odd, sound), 10, now)
            for event in (
                SittingEvent("answer", 0, "[1]"),
                SittingEvent("answer", 1, "[0]"),
                SittingEvent("submit"),
            ):
                sittings.record(store, sitting, event, now)
    out = told()
    assert "look broken (1)" in out
    assert "q-000001: “the rival” was taken more often than the right option" in out
