"""Where things live: which folder is a collection, the learner's copy of the shipped one, and what is never written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dp100cards import config
from dp100cards.cli.context import AppContext
from dp100cards.cli.main import run
from dp100cards.config import find_home, is_collection, shipped
from dp100cards.decks import shipped as shipping
from dp100cards.decks.collection import Collection
from dp100cards.errors import UsageError

DECK = "deck: a\ntitle: A\ncards:\n  - {id: a, kind: basic, ask: What is a?, answer: A}\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def collection(home: Path, decks: dict[str, str] | None = None) -> Path:
    (home / "decks").mkdir(parents=True)
    for name, text in (decks or {"a.yaml": DECK}).items():
        (home / "decks" / name).write_text(text, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("files", "ours"),
    [
        ({"dp100.toml": ""}, True),
        ({"decks/.generated.yaml": ""}, True),
        ({"decks/a.yaml": DECK}, True),
        ({"decks/a.yaml": f"# a remark\n\n{DECK}"}, True),
        ({"decks/slides.pptx": "x"}, False),
        ({"decks/compose.yaml": "services:\n  deck:\n    image: x\n"}, False),
        ({"decks/empty.yaml": ""}, False),
        ({"notes/a.md": "# A"}, False),
        ({}, False),
    ],
)
def test_a_collection_has_settings_or_decks_of_ours(
    files: dict[str, str], ours: bool, tmp_path: Path
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert is_collection(tmp_path) == ours


def test_the_nearest_collection_upwards_is_used_and_no_folder_that_is_only_called_decks(
    tmp_path: Path,
) -> None:
    home = collection(tmp_path / "mine")
    deep = home / "slides" / "b"
    (home / "slides" / "decks").mkdir(parents=True)
    deep.mkdir()
    assert find_home(None, deep) == home
    assert find_home(str(deep), tmp_path) == deep
    assert find_home(None, tmp_path) is None
    with pytest.raises(UsageError, match="there is no folder"):
        find_home(str(tmp_path / "nowhere"), tmp_path)


def test_elsewhere_it_is_the_learner_s_own_copy_of_the_shipped_collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = AppContext(None, "data").collection.home
    assert home == tmp_path / "data" / shipping.NAME
    here, there = tree(shipped() / "decks"), tree(home / "decks")
    assert here == there
    assert tree(shipped() / "notes") == tree(home / "notes")
    assert is_collection(home)
    (home / "decks" / "mine.yaml").write_text(DECK.replace("deck: a", "deck: mine"), encoding="utf-8")
    assert AppContext(None, "data").collection.home == home
    assert (home / "decks" / "mine.yaml").exists()


def test_a_clone_stays_clean_when_somebody_studies_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Studying, editing and looking use the copy; an author's build uses the clone."""
    monkeypatch.chdir(shipped() / "dp100cards")
    data = tmp_path / "data"
    assert AppContext(None, str(data)).collection.home == data / shipping.NAME
    assert AppContext(None, str(data), authoring=True).collection.home == shipped()
    assert AppContext(str(shipped()), str(data)).collection.home == shipped()


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_an_installation_is_never_written_into_and_may_be_read_only(tmp_path: Path) -> None:
    """The package as it is installed: its collection inside it, everything read-only, another home of the user."""
    site, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    package = site / "dp100cards"
    shutil.copytree(Path(config.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("decks", "notes"):
        shutil.copytree(shipped() / name, package / "collection" / name)
    before = tree(site)
    for path in [site, *site.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DP100_", "XDG_", "PYTHON"))
    } | {"HOME": str(home), "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": "1"}
    for arguments in (
        ["stats"],
        ["cards", "--json"],
        ["study", "--plain"],
        ["quiz", "--plain"],
        ["doctor"],
        ["build"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "dp100cards", *arguments], cwd=home, env=environment, input="\n4\n\n4\nq\n",
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    for path in [site, *site.rglob("*")]:
        path.chmod(0o755)
    assert tree(site) == before
    written = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.name == "progress.db" for path in written)
    assert {path.relative_to(home).parts[0] for path in written} == {".local", ".cache"}
    for path in home.rglob("progress.db"):
        assert path.parent.stat().st_mode & 0o077 == 0


def test_where_the_data_folder_cannot_be_written_the_shipped_collection_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert AppContext(None, str(tmp_path / "file" / "data")).collection.home == shipped()


def test_a_copy_that_was_killed_half_way_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = config.folders(str(tmp_path))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("dp100cards.files.write", killed)
        with pytest.raises(KeyboardInterrupt):
            shipping.own_copy(folders)
    assert not (tmp_path / shipping.NAME).exists()
    home = shipping.own_copy(folders)
    assert tree(home / "decks") == tree(shipped() / "decks")


def test_the_index_lives_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = collection(tmp_path / "mine")
    assert run(["--home", str(home), "--data", str(tmp_path / "data"), "cards"]) == 0
    assert (tmp_path / "data" / "cache" / f"{Collection(home).key}.db").exists()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    if sys.platform.startswith("linux"):
        folders = config.folders()
        assert (folders.data, folders.cache) == (
            tmp_path / "share" / "dp100cards",
            tmp_path / "cache" / "dp100cards",
        )
