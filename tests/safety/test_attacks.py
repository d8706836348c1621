"""A stranger's collection must not read, write or remove anything but itself, nor make the program wait for ever."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.safety.hostile import LOOKS, SOME_LOOKS, WRITES, dp100, is_sound, tree

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")

NOTE = "# Rye\n\n## What is rye\n\nA grain of cold lands. It is used for bread.\n\nQ: What is spelt?\nA: A wheat.\n"
DECK = "deck: {0}\ntitle: T\ncards:\n  - {{id: {0}-1, kind: basic, ask: What?, answer: That.}}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection, built once, so that everything is there that can be exchanged for a trap."""
    home = tmp_path / "home"
    (home / "notes").mkdir(parents=True)
    (home / "decks").mkdir()
    (home / "notes" / "rye.md").write_text(NOTE, encoding="utf-8")
    (home / "decks" / "own.yaml").write_text(DECK.format("own"), encoding="utf-8")
    (home / "dp100.toml").write_text('name = "Rye"\n', encoding="utf-8")
    assert dp100(["--home", str(home), "--data", str(tmp_path / "data"), "build"]).status == 0
    (home / "notes" / "rye.md").write_text(NOTE + "\nQ: What is oat?\nA: A grass.\n", encoding="utf-8")
    return home


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """What belongs to the learner, elsewhere."""
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "precious.yaml").write_text(DECK.format("precious"), encoding="utf-8")
    (victim / ".bashrc").write_text("alias secret=hunter2\n", encoding="utf-8")
    return victim


def link(path: Path, target: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for each in path.iterdir():
            each.unlink()
        path.rmdir()
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def decks_folder(home: Path, victim: Path) -> None:
    link(home / "decks", victim)


def notes_folder(home: Path, victim: Path) -> None:
    link(home / "notes", victim)


def journal(home: Path, victim: Path) -> None:
    (home / "decks" / ".build-journal.json").write_text(
        json.dumps(
            [
                ["../../victim/precious.yaml", None],
                ["own.yaml", "../../victim/.bashrc"],
                ["x/.bashrc", "own.yaml"],
            ]
        ),
        encoding="utf-8",
    )
    link(home / "decks" / "x", victim)


def files_that_are_links(home: Path, victim: Path) -> None:
    for path in [*(home / "decks").iterdir(), home / "dp100.toml"]:
        link(path, victim / ".bashrc")


def dangling_links(home: Path, victim: Path) -> None:
    for path in [*(home / "decks").iterdir(), home / "notes" / "more.md"]:
        link(path, victim / "made")


def names_of_unfinished_files(home: Path, victim: Path) -> None:
    for path in list((home / "decks").iterdir()):
        for ending in (".new", ".unfinished", ".tmp", "~"):
            link(path.with_name(path.name + ending), victim / ".bashrc")
    link(home / "decks" / ".build-journal.json.new", victim / ".bashrc")


def lock(home: Path, victim: Path) -> None:
    for name in (".build.lock", ".lock", "build.lock", ".build.lock.lock"):
        link(home / "decks" / name, victim / "precious.yaml")


def exports(home: Path, victim: Path) -> None:
    for name in ("x.apkg", "x.csv", "x.html", "x.jsonl"):
        link(home / name, victim / ".bashrc")


def init(home: Path, victim: Path) -> None:
    link(home / "sub", victim)


TRAPS: list[Callable[[Path, Path], None]] = [
    decks_folder, notes_folder, journal, files_that_are_links, dangling_links, names_of_unfinished_files, lock, exports,
    init,
]  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
def test_no_command_touches_what_links_lead_to(
    trap: Callable[[Path, Path], None],
    home: Path,
    victim: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trap(home, victim)
    monkeypatch.chdir(home)
    before = tree(victim)
    more = [
        ["import", "csv", "table.csv", "--as-deck", "taken"], ["exam", "report", "--html", "x.html"],
        ["progress", "export", "x.jsonl"], ["cards", "reject", "own-1"], ["cards", "suspend", "own-1"],
    ]  # fmt: skip
    (home / "table.csv").write_text("question,answer\nWhat?,That\n", encoding="utf-8")
    for arguments in (*LOOKS, *WRITES, *more):
        done = dp100(["--data", str(tmp_path / "data"), *arguments])
        assert not is_sound(done, arguments), (arguments, is_sound(done, arguments), done)
        if arguments[:1] == ["init"]:  # what is named is meant
            before = tree(victim)
        assert tree(victim) == before, arguments
        assert "hunter2" not in done.out + done.err, arguments
    for path in (home / "decks").glob("*.yaml"):
        if not path.is_symlink():
            assert "hunter2" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "where", ["decks/x.yaml", "notes/x.md", "dp100.toml", "decks/.generated.yaml", "exam.yaml"]
)
@pytest.mark.parametrize("kind", ["pipe", "zero", "endless", "folder", "large"])
def test_no_command_waits_for_what_is_no_file(where: str, kind: str, home: Path, tmp_path: Path) -> None:
    path = home / where
    if where == "exam.yaml":
        (home / "dp100.toml").write_text('blueprint = "exam.yaml"\n', encoding="utf-8")
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(200 << 20)
    else:
        path.symlink_to({"zero": "/dev/zero", "endless": "/dev/urandom"}[kind])
    for arguments in (*SOME_LOOKS, *WRITES[:1]):
        done = dp100(["--home", str(home), "--data", str(tmp_path / "data"), *arguments], seconds=10)
        assert not is_sound(done, arguments), (arguments, is_sound(done, arguments), done)
    assert path.lstat()


@pytest.mark.parametrize(
    "target", ["link", "dangling", "pipe", "/dev/null", "/dev/full", "folder", "nowhere/x"]
)
@pytest.mark.parametrize(
    "command", ["export csv -o", "export anki -o", "export markdown -o", "export html -o", "progress export"]
)
def test_an_export_replaces_nothing_but_a_regular_file(
    command: str, target: str, home: Path, tmp_path: Path
) -> None:
    if (command, target) == ("export markdown", "folder"):
        pytest.skip("each deck becomes a file in it")
    if (command, target) == ("export markdown -o", "folder"):
        return  # it writes a note for each deck into a folder
    victim = tmp_path / "victim.txt"
    victim.write_text("precious", encoding="utf-8")
    out = Path(target) if target.startswith("/") else tmp_path / "out"
    if target in ("link", "dangling"):
        out.symlink_to(victim if target == "link" else tmp_path / "made")
    elif target == "pipe":
        os.mkfifo(out)
    elif target == "folder":
        out.mkdir()
    elif target == "nowhere/x":
        out = tmp_path / target
    kind = out.lstat() if os.path.lexists(out) else None
    done = dp100(["--home", str(home), "--data", str(tmp_path / "data"), *command.split(), str(out)])
    assert done.status == 2, done
    assert "cannot be written" in done.err
    assert victim.read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "made").exists()
    assert (out.lstat().st_mode if kind else None) == (kind.st_mode if kind else None)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".dp100-")] == []


@pytest.mark.parametrize(
    "name", [b"b\xff.md", b"\xc3\x28.md", b"a\nb.md", b"-o.md", b"x\x1b[2J.md", b"con.md"]
)
def test_odd_names_of_notes_are_a_sentence_or_work(name: bytes, home: Path, tmp_path: Path) -> None:
    (home / "notes" / os.fsdecode(name)).write_text(NOTE, encoding="utf-8")
    for arguments in (*SOME_LOOKS, *WRITES[:1]):
        done = dp100(["--home", str(home), "--data", str(tmp_path / "data"), *arguments])
        assert not is_sound(done, arguments), (arguments, is_sound(done, arguments), done)
    if b"\xff" in name or b"\xc3" in name:
        assert "the file's name is not UTF-8; rename it" in done.err


@pytest.mark.parametrize("name", [b"b\xff.yaml", b"a\nb.yaml", b"x\x1b[2J.yaml", b" .yaml", b"-o.yaml"])
def test_odd_names_of_decks_are_a_sentence_or_work(name: bytes, home: Path, tmp_path: Path) -> None:
    (home / "decks" / os.fsdecode(name)).write_text(DECK.format("x"), encoding="utf-8")
    for arguments in (*SOME_LOOKS, *WRITES[:1]):
        done = dp100(["--home", str(home), "--data", str(tmp_path / "data"), *arguments])
        assert not is_sound(done, arguments), (arguments, is_sound(done, arguments), done)
    done = dp100(["--home", str(home), "--data", str(tmp_path / "data"), "check"])
    assert done.status == 1
    if b"\xff" in name:
        assert "the file's name is not UTF-8; rename it" in done.out


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
BOMBS = {
    "laughs": LAUGHS,
    "itself": "a: &a [*a]\ncards: *a\ndecks: *a\n",
    "merge": "a: &a {x: 1}\nb: {<<: *a}\n",
    "depth": "deck: " + "[" * 20_000,
    "block depth": "".join(f"{' ' * n}a:\n" for n in range(2000)),
    "digits": "minutes: " + "9" * 100_000 + "\nformat: " + "9" * 100_000 + "\n",
    "float": "cut: 1" + "0" * 100_000 + ".0\nretention: .inf\n",
    "date": "source: {date: 2025-02-30}\nchecked: 2025-13-45\n",
    "tag": "deck: !!python/object/apply:os.system ['touch made']\n",
    "keys": "{a: 1, a: 2}\n",
    "null": "deck: a\x00b\n",
    "anchors": "".join(f"k{n}: &k{n} v\n" for n in range(4_000)),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("where", ["decks/x.yaml", "decks/.generated.yaml", "exam.yaml", "notes/x.md"])
def test_a_bomb_is_a_sentence_at_once(
    where: str, bomb: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"---\n{BOMBS[bomb]}\n---\n# Rye\n" if where.endswith(".md") else BOMBS[bomb]
    (home / where).write_text(text, encoding="utf-8")
    if where == "exam.yaml":
        (home / "dp100.toml").write_text('blueprint = "exam.yaml"\n', encoding="utf-8")
    for arguments in (*SOME_LOOKS, ["build"]):
        done = dp100(["--home", str(home), "--data", str(tmp_path / "data"), *arguments], seconds=10)
        assert not is_sound(done, arguments), (arguments, is_sound(done, arguments), done)
    assert not (tmp_path / "made").exists()


TOML_BOMBS = {
    "depth": "a = " + "[" * 50_000,
    "tables": "[" + ".".join("a" * 4_000) + "]\nx = 1\n",
    "digits": "[study]\nnew_per_day = " + "9" * 100_000,
    "hex": "[study]\nnew_per_day = 0x" + "f" * 100_000,
    "float": "[study]\nretention = nan\nmaximum_interval = inf\n",
    "huge": "[study]\nretention = 1e999999\n",
    "date": "name = 2025-02-30\n",
    "time": "name = 25:61:61\n",
    "null": 'name = "a\x00"\n',
    "control": 'name = "\x1b[2J"\n',
    "escape": 'name = "\\u001b[2J\\u202e"\n',
    "surrogate": 'name = "\\ud800"\n',
    "size": "# " + "x" * 3_000_000,
    "keys": "".join(f"k{n} = 1\n" for n in range(5000)),
}


@pytest.mark.parametrize("bomb", TOML_BOMBS)
def test_settings_of_any_sort_are_read_or_a_sentence(bomb: str, home: Path, tmp_path: Path) -> None:
    (home / "dp100.toml").write_text(TOML_BOMBS[bomb], encoding="utf-8")
    for arguments in (
        ["doctor"],
        [],
        ["study", "--plain"],
        ["build"],
        ["exam", "--plain"],
        ["export", "anki", "-o", str(tmp_path / "x.apkg")],
    ):
        done = dp100(["--home", str(home), "--data", str(tmp_path / "data"), *arguments], seconds=10)
        assert not is_sound(done, arguments), (arguments, is_sound(done, arguments), done)
