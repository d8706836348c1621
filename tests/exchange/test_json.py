"""JSON for programs has a version, and every field of it is documented."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cli.main import run

PROGRESS = Path(__file__).resolve().parents[1] / "fixtures" / "first-edition" / "progress.db"
DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
DOCUMENTED = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT))


def keys(data: Any) -> set[str]:
    """The names of all fields, but not days and spans, which are values."""
    if isinstance(data, dict):
        return {key for key in data if not re.match(r"\d", key)} | set().union(
            *map(keys, data.values()), set()
        )
    return set().union(*map(keys, data), set()) if isinstance(data, list) else set()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(PROGRESS, folder / "progress.db")
    return folder


@pytest.mark.parametrize(
    "arguments", [["cards", "--json"], ["stats", "--json"], ["exam", "report", "--json"]]
)
def test_each_field_is_documented(
    arguments: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--data", str(data), *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["version"] == 1
    assert keys(found) <= DOCUMENTED, keys(found) - DOCUMENTED
    assert len(keys(found)) > 15
