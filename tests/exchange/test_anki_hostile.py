"""A broken, truncated, foreign, huge or hostile file: one sentence, and nothing is changed."""

from __future__ import annotations

import io
import sqlite3
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100cards.cards import Basic, Card
from dp100cards.cli.main import run
from dp100cards.exchange.anki_out import Package, Schedule
from dp100cards.exchange.markup import data
from dp100cards.scheduler.engine import Engine, replay
from dp100cards.scheduler.event import DAY, Event, Moment

NOW = Moment(1_795_420_800_000, 0)
CARDS: list[Card] = [Basic(id=f"demo-{n}", deck="demo", ask=f"Q{n}?", answer=f"A{n}.") for n in range(3)]
DECK = "deck: demo\ntitle: Demo\ncards:\n" + "".join(
    f"  - {{id: demo-{n}, kind: basic, ask: Question {n}?, answer: Answer {n}.}}\n" for n in range(3)
)


class Home:
    """A collection with a deck and some progress, and what it held at first."""

    def __init__(self, folder: Path, dump: Callable[[Path], list[str]], capsys: Any) -> None:
        self.folder, self._dump, self._capsys = folder, dump, capsys
        (folder / "home" / "decks").mkdir(parents=True)
        (folder / "home" / "decks" / "demo.yaml").write_text(DECK, encoding="utf-8")
        assert self.take_in(good(folder / "mine.apkg", 1)) == 0
        self.before = self.content()

    def content(self) -> tuple[object, ...]:
        """Every byte of the decks, every row of the progress, and the names of all files."""
        decks = {path.name: path.read_bytes() for path in (self.folder / "home").rglob("*") if path.is_file()}
        names = sorted(
            str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.suffix != ".apkg"
        )
        lasting = [name for name in names if not name.endswith(("-wal", "-shm"))]
        return decks, self._dump(self.folder / "data"), lasting

    def take_in(self, path: Path, *more: str) -> int:
        self._capsys.readouterr()
        home, data = str(self.folder / "home"), str(self.folder / "data")
        return run(["--home", home, "--data", data, "import", "anki", str(path), *more])

    def refuses(self, path: Path, says: str = "") -> None:
        """Both ways of taking a file in end with one sentence, and nothing is changed."""
        for more in ((), ("--dry-run",), ("--as-deck", "theirs")):
            status = self.take_in(path, *more)
            told = self._capsys.readouterr()
            assert status == (2 if "no file" in says else 1)
            assert told.out == ""
            assert told.err.count("\n") == 1
            assert says in told.err
            assert "Traceback" not in told.err
            assert self.content() == self.before


@pytest.fixture
def home(tmp_path: Path, dump: Callable[[Path], list[str]], capsys: pytest.CaptureFixture[str]) -> Home:
    return Home(tmp_path, dump, capsys)


def good(path: Path, reviews: int) -> Path:
    """A package as it should be, with so many reviews of each card."""
    events = {
        card.id: [
            Event(card=card.id, kind="review", rating=3, moment=NOW.later((n - 20) * DAY)) for n in range(reviews)
        ]
        for card in CARDS
    }  # fmt: skip
    engine = Engine()
    states = {id_: replay(engine, id_, mine) for id_, mine in events.items()}
    Package(CARDS, {"demo": "Demo"}, "DP-100", NOW, {}, Schedule(engine, states, events)).write(path)
    return path


def newer(package: Path, path: Path) -> Path:
    """The same collection in the newer container."""
    zstd = pytest.importorskip("backports.zstd" if sys.version_info < (3, 14) else "compression.zstd")
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(path, "w") as new:
        new.writestr("meta", b"\x08\x03")
        new.writestr("collection.anki21b", zstd.compress(old.read("collection.anki2")))
        new.writestr("collection.anki2", b"")
        new.writestr("media", b"")
    return path


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


TABLES = data("anki.sql")


def database(path: Path, *statements: str, tables: str = TABLES) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(tables)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    content = path.read_bytes()
    path.unlink()
    return content


def test_what_is_no_package_is_refused(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "x.apkg"
    home.refuses(path, "there is no file")
    (tmp_path / "folder.apkg").mkdir()
    home.refuses(tmp_path / "folder.apkg", "there is no file")
    for content in (b"", b"PK", b"\x00" * 5000, b"SQLite format 3\x00" + bytes(4000), "text äöü".encode()):
        path.write_bytes(content)
        home.refuses(path, "not an Anki package")
    home.refuses(zipped(path, {}), "no Anki collection")
    home.refuses(zipped(path, {"word/document.xml": b"<x/>"}), "no Anki collection")


def test_names_that_lead_out_of_the_package_are_never_written(home: Home, tmp_path: Path) -> None:
    path, outside = tmp_path / "x.apkg", tmp_path / "evil"
    members = {f"../{outside.name}": b"1", str(outside): b"1", "..\\evil": b"1", "decks/../../evil": b"1"}
    home.refuses(zipped(path, members), "no Anki collection")
    home.refuses(zipped(path, {**members, "../collection.anki2": database(tmp_path / "db")}), "no Anki")
    assert not outside.exists()
    assert not (tmp_path.parent / outside.name).exists()
    with zipfile.ZipFile(good(path, 1), "a") as package:
        package.writestr("../evil", b"1")
        package.writestr(str(outside), b"1")
    assert home.take_in(path) == 0, "a sound collection is taken in, whatever lies beside it"
    assert home.content() == home.before
    assert not outside.exists()


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21", "collection.anki21b"])
def test_a_collection_that_is_none_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.apkg"
    for content in (b"", b"this is no database" * 100, b"\x28\xb5\x2f\xfd" + bytes(100), bytes(1000)):
        home.refuses(zipped(path, {name: content}))


def test_another_programs_database_is_refused(home: Home, tmp_path: Path) -> None:
    path, other = tmp_path / "x.apkg", tmp_path / "db"
    for tables in (
        "CREATE TABLE notes (a)",
        TABLES.replace("guid text NOT NULL, ", ""),
        TABLES.replace("CREATE TABLE notes (id", "CREATE TABLE other (id")
        + "CREATE VIEW notes AS SELECT * FROM other;",
    ):
        home.refuses(zipped(path, {"collection.anki2": database(other, tables=tables)}), "not Anki's")


ENDLESS = """CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
    SELECT id, 'demo-0' AS guid, 1 AS mid, 1 AS mod, '' AS tags, '' AS flds FROM n;"""


def test_a_database_that_would_do_something_is_refused(home: Home, tmp_path: Path) -> None:
    path, other = tmp_path / "x.apkg", tmp_path / "db"
    endless = TABLES.replace("CREATE TABLE notes (id", "CREATE TABLE other (id") + ENDLESS
    home.refuses(zipped(path, {"collection.anki2": database(other, tables=endless)}), "not Anki's")
    huge = TABLES.replace(
        "flds text NOT NULL", "flds text GENERATED ALWAYS AS (hex(zeroblob(900000000))) VIRTUAL"
    )
    home.refuses(zipped(path, {"collection.anki2": database(other, tables=huge)}), "not Anki's")


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21b"])
def test_a_bomb_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    size, path = 120 << 20, tmp_path / "bomb.apkg"
    if name.endswith("b"):
        zstd = pytest.importorskip("backports.zstd" if sys.version_info < (3, 14) else "compression.zstd")
        zipped(path, {name: zstd.compress(bytes(size))})
    else:
        zipped(path, {name: bytes(size)})
    home.refuses(path, "unpacks to more than")


def test_a_package_that_lies_about_its_size_or_is_locked_is_refused(home: Home, tmp_path: Path) -> None:
    whole, path = good(tmp_path / "good.apkg", 3).read_bytes(), tmp_path / "x.apkg"
    at = whole.index(b"PK\x01\x02")
    sizes = whole[:at + 24] + struct.pack("<I", 10) + whole[at + 28:]  # fmt: skip
    locked = whole[: at + 8] + struct.pack("<H", 1) + whole[at + 10 :]
    method = whole[: at + 10] + struct.pack("<H", 77) + whole[at + 12 :]
    for content in (sizes, locked, method):
        path.write_bytes(content)
        home.refuses(path)


NEWER = """
CREATE TABLE notetypes (id integer PRIMARY KEY, name text, config blob);
CREATE TABLE fields (ntid integer, ord integer, name text, config blob);
CREATE TABLE templates (ntid integer, ord integer, name text, config blob);
INSERT INTO fields VALUES (1, 0, 'Front', ''); INSERT INTO notes VALUES (1, 'x', 1, 1, -1, '', 'a', '', 0, 0, '');
"""


@pytest.mark.parametrize(
    "config", ["NULL", "'text'", "900000000000", "x'0AFF'", "x'FFFFFFFFFFFFFFFFFFFFFF'", "x'0F'"]
)
def test_newer_note_types_that_cannot_be_read_are_refused(home: Home, tmp_path: Path, config: str) -> None:
    bad = f"INSERT INTO templates VALUES (1, 0, 'Card', {config});"
    path = zipped(
        tmp_path / "x.apkg", {"collection.anki2": database(tmp_path / "db", tables=TABLES + NEWER + bad)}
    )
    assert home.take_in(path, "--as-deck", "theirs") == 1
    assert home.content() == home.before


def test_note_types_that_cannot_be_read_are_refused(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "x.apkg"
    note = "INSERT INTO notes VALUES (1, 'x', 1, 1, -1, '', 'a\x1fb', '', 0, 0, '')"
    for models in (
        "",
        "[",
        "[]",
        '{"1": 3}',
        '{"x": {}}',
        "[" * 50_000,
        '{"1": {"flds": [{}], "tmpls": []}}',
    ):
        content = database(
            tmp_path / "db", note, f"INSERT INTO col VALUES (1,0,0,0,11,0,0,0,'{{}}','{models}','{{}}','{{}}','{{}}')"
        )  # fmt: skip
        zipped(path, {"collection.anki2": content})
        assert home.take_in(path, "--as-deck", "theirs") == 1, models[:20]
        assert home.content() == home.before
    zipped(path, {"collection.anki2": database(tmp_path / "db", note)})
    assert home.take_in(path, "--as-deck", "theirs") == 1, "there is no row of the collection"
    assert home.content() == home.before


@pytest.fixture(scope="module")
def wholes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[bytes]]:
    folder = tmp_path_factory.mktemp("wholes")
    first = good(folder / "good.apkg", 3)
    second = newer(first, folder / "newer.apkg")
    yield [first.read_bytes(), second.read_bytes()]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_wherever_a_good_package_is_hurt_it_is_refused_or_read_as_it_was(
    home: Home, wholes: list[bytes], capsys: pytest.CaptureFixture[str], tmp_path: Path, data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from(wholes), label="container")
    if data.draw(st.booleans(), label="cut"):
        hurt = whole[: data.draw(st.integers(0, len(whole) - 1), label="length")]
    else:
        content = bytearray(whole)
        for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4), label="places"):
            content[at] ^= data.draw(st.integers(1, 255))
        hurt = bytes(content)
    path = tmp_path / "hurt.apkg"
    path.write_bytes(hurt)
    status = home.take_in(path, "--dry-run")
    told = capsys.readouterr()
    assert home.content() == home.before
    if status:
        assert (status, told.out, told.err.count("\n")) == (1, "", 1)
        assert "Traceback" not in told.err
    else:
        # What was hurt is not read: a name, a date, the list of media.
        assert "6 new reviews of 3 cards would be taken in" in told.out
        assert zipfile.is_zipfile(io.BytesIO(hurt))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_stands_in_the_database_ends_in_a_sentence(
    home: Home, wholes: list[bytes], capsys: pytest.CaptureFixture[str], tmp_path: Path, data: st.DataObject
) -> None:
    """The package is sound, its collection is not: the zip's own checksum tells nothing then."""
    with zipfile.ZipFile(io.BytesIO(wholes[0])) as package:
        content = bytearray(package.read("collection.anki2"))
    used = [n for n, byte in enumerate(content) if byte]
    for at in data.draw(st.lists(st.sampled_from(used), min_size=1, max_size=6), label="places"):
        content[at] ^= data.draw(st.integers(1, 255))
    path = zipped(tmp_path / "hurt.apkg", {"collection.anki2": bytes(content)}, zipfile.ZIP_STORED)
    for more in ((), ("--as-deck", "theirs")):
        status = home.take_in(path, "--dry-run", *more)
        told = capsys.readouterr()
        assert home.content() == home.before
        assert status in (0, 1)
        assert told.err.count("\n") == status, told.err
