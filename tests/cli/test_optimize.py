"""`dp100 optimize`, from a year of reviews to another schedule and back."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dp100cards.scheduler.engine import DEFAULTS
from dp100cards.scheduler.event import DAY, Event, Moment
from dp100cards.store.store import Store
from tests.cli.test_study_plain import REPOSITORY, dp100
from tests.scheduler.test_fit import learner
from tests.terminal.learner import write_deck

STRONG = (*DEFAULTS[:2], 12.0, 40.0, *DEFAULTS[4:8], 2.6, *DEFAULTS[9:])


def write_log(tmp_path: Path, log: list[Event]) -> str:
    """Put a log into the progress file; the moment after it."""
    after = max(event.moment.at for event in log) + DAY
    with Store.open(tmp_path / "data", Moment(after)) as store:
        store.connection.executemany(
            "INSERT INTO event (uid, card, kind, at, turn, offset, rating) VALUES (abs(random()), ?1, 'review', ?2, ?2, 0, ?3)",
            [(event.card, event.moment.at, event.rating) for event in log],
        )
        store.rebuild()
    return datetime.fromtimestamp(after / 1000, UTC).isoformat()


def intervals(tmp_path: Path) -> list[int]:
    with closing(sqlite3.connect(tmp_path / "data" / "progress.db")) as connection:
        return [row[0] for row in connection.execute("SELECT interval FROM state ORDER BY card")]


def losses_in(said: str) -> dict[str, float]:
    """The log loss of the published parameters, of those in use and of the new fit."""
    return {name: float(loss) for name, loss in re.findall(r"^  (\w+ ?\w+) +(\d\.\d{4})$", said, re.M)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "home", ["Anything?"])


def test_a_fit_that_forecasts_better_is_told_kept_and_can_be_dropped(home: Path, tmp_path: Path) -> None:
    now = write_log(tmp_path, learner(STRONG, 300))
    before = intervals(tmp_path)
    said = dp100(tmp_path, "optimize", now=now)
    assert "2400 reviews. Judged by the latest" in said
    assert "log loss" in said
    losses = losses_in(said)
    assert losses["new fit"] < losses["published"] == losses["in use"]
    assert "it is in use from now on" in said
    assert sum(intervals(tmp_path)) > sum(before), "who remembers well is asked less often"
    again = dp100(tmp_path, "optimize", now=now)
    assert (
        "the fit in use stays: a new one is judged by at least 50 reviews since then, and you have 0" in again
    )
    assert "published parameters are in use" in dp100(tmp_path, "optimize", "--reset", now=now)
    assert intervals(tmp_path) == before


def test_parameters_in_use_that_forecast_better_are_kept(home: Path, tmp_path: Path) -> None:
    """A learner who is just as published: a fit to few reviews only follows chance."""
    log = sorted(learner(DEFAULTS, 60), key=lambda event: event.moment.at)
    now = write_log(tmp_path, log)
    said = dp100(tmp_path, "optimize", now=now)
    losses = losses_in(said)
    assert losses["new fit"] > losses["published"]
    assert "The parameters in use forecast better: they are kept." in said
    with Store.open(tmp_path / "data", Moment(0)) as store:
        assert store.engine.parameters == DEFAULTS


def test_a_fit_in_use_is_judged_by_what_it_has_not_seen(home: Path, tmp_path: Path) -> None:
    log = sorted(learner(STRONG, 300), key=lambda event: event.moment.at)
    now = write_log(tmp_path, log)
    with Store.open(tmp_path / "data", Moment(0)) as store:
        store.keep_fitted((*DEFAULTS[:-1], 0.3), at=log[-300].moment.at)
    said = dp100(tmp_path, "optimize", now=now)
    assert [*losses_in(said)] == ["published", "in use", "new fit"]
    judged = re.search(r"Judged by the latest (\d+)", said)
    assert judged
    assert 50 <= int(judged[1]) <= 300


def test_without_the_extra_the_command_says_how_to_get_it(home: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    (blocked / "fsrs_rs_python").mkdir(parents=True)
    text = "raise ModuleNotFoundError('No module named fsrs_rs_python')"
    (blocked / "fsrs_rs_python" / "__init__.py").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "dp100cards", "--home", f"{home}", "--data", f"{tmp_path}/data", "optimize"],
        env={**os.environ, "PYTHONPATH": f"{blocked}{os.pathsep}{REPOSITORY}"}, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "pip install 'dp100cards[optimize]'" in ran.stderr
    assert "Traceback" not in ran.stderr
