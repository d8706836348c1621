"""The program as a whole: its help, its errors, its exit statuses, its clock."""

from importlib import import_module
from pathlib import Path

import click
import pytest

from dp100cards.cli import main
from dp100cards.cli.context import clock
from dp100cards.cli.main import COMMANDS, cli, run
from dp100cards.errors import UsageError
from dp100cards.scheduler.event import Moment


def test_every_command_in_the_table_is_there_and_says_what_it_does() -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert isinstance(command, click.Command), name
        assert command.help, name


def test_help_names_every_command_without_importing_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def imported(name: str) -> object:
        raise AssertionError(f"{name} was imported")

    monkeypatch.setattr(main, "import_module", imported)
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)
    monkeypatch.setattr(main, "import_module", import_module)


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["study", "--nonsense"]])
def test_wrong_usage_is_status_2_and_no_traceback(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    err = capsys.readouterr().err
    assert "no such" in err or "there is no command" in err
    assert "Traceback" not in err


def test_a_home_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(tmp_path / "nowhere"), "--data", str(tmp_path), "check"]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_a_mistake_in_the_settings_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dp100.toml").write_text("colour = 1\n", encoding="utf-8")
    assert run(["--home", str(tmp_path), "--data", str(tmp_path / "data"), "stats"]) == 1
    assert "dp100.toml:1:1: there is no setting colour" in capsys.readouterr().err


def test_the_clock_can_be_set_only_for_a_named_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DP100_NOW", "2026-11-23T09:00:00+01:00")
    moment = clock(simulated=True)
    assert moment.offset == 60
    assert 0 <= moment.at - 1_795_420_800_000 < 3_600_000, "the clock runs on from there"
    assert clock() != Moment(1_795_420_800_000, 60)
    monkeypatch.setenv("DP100_NOW", "soon")
    with pytest.raises(UsageError, match="DP100_NOW"):
        clock(simulated=True)


def test_a_file_that_the_system_refuses_is_a_sentence_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "decks" / ".generated.yaml").mkdir(parents=True)
    assert run(["--home", str(tmp_path), "--data", str(tmp_path / "data"), "build"]) == 1
    assert ".generated.yaml: the file cannot be read: it is a folder" in capsys.readouterr().err
