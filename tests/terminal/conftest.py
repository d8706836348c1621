"""Programs at pseudo-terminals, ended after each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.learner import Start, Terminal, write_deck


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `dp100` with arguments; whatever was started is ended after the test."""
    started: list[Terminal] = []

    def begin(*arguments: str, columns: int = 80, rows: int = 24, **environment: str) -> Terminal:
        terminal = Terminal(
            ["--home", str(tmp_path / "home"), "--data", str(tmp_path / "data"), *arguments],
            columns,
            rows,
            environment,
        )
        started.append(terminal)
        return terminal

    yield begin
    for terminal in started:
        terminal.child.close(force=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection with one deck of twelve plain questions."""
    return write_deck(tmp_path / "home", [f"What is thing number {n}?" for n in range(12)])
