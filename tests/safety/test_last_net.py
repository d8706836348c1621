"""The last net: whatever happens, a sentence and a status, and never a traceback unless it is asked for."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dp100cards.cli import home
from dp100cards.cli.main import run


def program(arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a shell does, redirections included."""
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        f"{sys.executable} -m dp100cards --data {cwd / 'data'} {arguments}", shell=True, cwd=cwd, text=True,
        capture_output=True, check=False, env=os.environ | {"PYTHONPATH": str(root)} | environment, timeout=60,
    )  # fmt: skip


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A program with a mistake in it, and the arguments that meet it."""

    words = "secret words of a note \x1b[2J"

    def mistake(*_: object, **__: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(home.home, "callback", mistake)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("DP100_DEBUG", raising=False)
    return ["--data", str(tmp_path / "data")]


def test_what_nobody_foresaw_is_a_sentence_and_a_report(
    broken: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(broken) == 70
    err = capsys.readouterr().err
    assert "something went wrong that should not (RuntimeError). Nothing that was recorded is lost." in err
    assert "Traceback" not in err
    (report,) = tmp_path.rglob("report.txt")
    assert str(report) in err
    text = report.read_text(encoding="utf-8")
    assert "in mistake" in text
    assert "secret" not in text
    assert "--data" in text
    if os.name == "posix":
        assert report.stat().st_mode & 0o077 == 0


def test_the_traceback_is_shown_on_demand_and_clean(
    broken: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DP100_DEBUG", "1")
    assert run(broken) == 70
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "\x1b" not in err


def test_reports_do_not_pile_up(broken: list[str], tmp_path: Path) -> None:
    run(broken)
    run(broken)
    assert len([*tmp_path.rglob("report*")]) == 1


def test_a_report_that_can_be_written_nowhere_is_no_second_mistake(
    broken: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dp100cards.files.write", full)
    assert run(broken) == 70
    assert "A report" not in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="redirections of a POSIX shell")
@pytest.mark.parametrize(
    "closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "</dev/null >/dev/full", "| head -0"]
)
@pytest.mark.parametrize("command", ["", "study", "cards", "export csv"])
def test_a_closed_stream_is_no_traceback(command: str, closed: str, tmp_path: Path) -> None:
    done = program(f"{command} {closed}", tmp_path)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode in (0, 1, 2, 3), done
    database = tmp_path / "data" / "progress.db"
    assert not database.exists() or database.read_bytes()[:15] == b"SQLite format 3"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("stduy", "dp100 study"), ("exma", "dp100 exam"), ("exam resmue", "dp100 exam resume"), ("exprot", "dp100 export"),
     ("export cvs", "dp100 export csv")],
)  # fmt: skip
def test_a_mistyped_command_is_understood(typed: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(typed.split()) == 2
    assert f"did you mean {meant}?" in capsys.readouterr().err


def test_version_and_help_are_commands_too(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["version"], ["--version"]):
        assert run(arguments) == 0
        assert capsys.readouterr().out.startswith("dp100 ")
    assert run(["help"]) == 0
    assert "study" in capsys.readouterr().out
    assert run(["help", "exam", "report"]) == 0
    assert "exam report" in capsys.readouterr().out


def test_hints_repeat_the_folders_that_were_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "my notes"
    (home / "notes").mkdir(parents=True)
    run(["--home", str(home), "--data", str(tmp_path / "data"), "build"])
    err = capsys.readouterr().err
    assert f"dp100 --home '{home}' --data {tmp_path / 'data'} build\n" in err
    run(["--home", str(home), "stduy"])
    assert f"did you mean dp100 --home '{home}' study?" in capsys.readouterr().err
    run(["stduy"])
    assert "did you mean dp100 study?" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert "_DP100_COMPLETE" in out
    assert "dp100cards" in out


@pytest.mark.parametrize(
    ("line", "found"),
    [("dp100 stu", "study"), ("dp100 study wor", "workspace"), ("dp100 quiz --tag t", "t"), ("dp100 cards show w", "w1"),
     ("dp100 export csv w", "workspace")],
)  # fmt: skip
def test_names_of_commands_decks_tags_and_cards_are_completed(line: str, found: str, tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "dp100.toml").write_text("", encoding="utf-8")
    (tmp_path / "decks" / "workspace.yaml").write_text(
        "deck: workspace\ntitle: W\ncards:\n  - {id: w1, kind: basic, ask: What?, answer: That, tags: [t, u]}\n",
        encoding="utf-8",
    )
    done = program(
        "", tmp_path, DP100_DATA=str(tmp_path / "data"), _DP100_COMPLETE="bash_complete", COMP_WORDS=line,
        COMP_CWORD=str(len(line.split()) - 1),
    )  # fmt: skip
    assert f"plain,{found}" in done.stdout.split("\n"), done


@pytest.mark.skipif(os.name != "posix", reason="TZ")
@pytest.mark.parametrize("zone", ["UTC+25", "UTC-25", "UTC+167", "nonsense", ""])
def test_a_time_zone_that_cannot_be_is_no_traceback(zone: str, tmp_path: Path) -> None:
    for command in ("", "stats", "doctor", "study --plain </dev/null"):
        done = program(command, tmp_path, TZ=zone)
        assert "Traceback" not in done.stderr
        assert "went wrong" not in done.stderr
        assert done.returncode == 0, done


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "1969-01-01", "-1"]
)
def test_a_moment_out_of_the_calendar_is_a_sentence(moment: str, tmp_path: Path) -> None:
    for command in ("", "stats", "study --plain </dev/null", "exam --plain </dev/null"):
        done = program(command, tmp_path, DP100_NOW=moment)
        assert "is not a moment" in done.stderr, done
        assert done.returncode == 2


NUMBER = "99999999999999999999"


@pytest.mark.parametrize(
    "arguments",
    [f"exam report {NUMBER}", f"exam learn {NUMBER}", f"study --limit {NUMBER} --plain", f"study --new {NUMBER} --plain",
     f"study --minutes {NUMBER} --plain", f"study --ahead {NUMBER} --plain", "plan --exam-date 0001-01-01",
     "plan --exam-date 9999-12-31", f"exam --questions {NUMBER} --plain", f"exam --minutes {NUMBER} --plain",
     f"exam --seed {NUMBER} --plain", f"quiz --limit {NUMBER} --plain", "export html -o .", "export html -o ..",
     "export csv -o /", "export anki -o .", "exam report --html .", "export csv -o nowhere/x", "export markdown -o nowhere/x", "anki sync --port 1",
     "import anki . --as-deck a", "import anki .", "build .", "import anki /dev/zero",
     "doctor --restore .", "doctor --restore /etc/passwd"],
)  # fmt: skip
def test_odd_arguments_are_a_sentence(
    arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    status = run(["--data", str(tmp_path / "data"), *arguments.split()])
    err = capsys.readouterr().err
    assert status in (0, 1, 2, 3), err
    assert "Traceback" not in err
    assert "went wrong" not in err
