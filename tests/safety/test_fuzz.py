"""A thousand mutated decks, notes, settings, blueprints, packages and tables; `python -m tests.fuzz` tries more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import Bench, fuzz

RUNS = {
    "deck": 400, "note": 150, "table": 150, "settings": 120, "blueprint": 60, "package": 60, "history": 60,
}  # fmt: skip


@pytest.mark.parametrize("kind", RUNS)
def test_no_mutant_does_harm(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("DP100_DEBUG", "1")
    assert [(which, wrong) for which, _, wrong in fuzz(kind, RUNS[kind], 20261129, Bench(tmp_path))] == []


def test_there_are_a_thousand() -> None:
    assert sum(RUNS.values()) >= 1000


def test_harm_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistake(*_: object) -> object:
        raise KeyError

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("dp100cards.decks.read.read_deck", mistake)
    assert list(fuzz("deck", 10, 1, Bench(tmp_path)))
