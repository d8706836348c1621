"""`kill -9` at random moments of everything that writes. Ten times each in the suite (`test_kills`), more by command:

    python -m tests.kills              200 times each
    python -m tests.kills --times 1000 study restore

Each way is done once in peace, to know how long it takes; then again and again in a process that is killed somewhere on
the way. What must hold afterwards: nothing lost, nothing doubled, no half file, and the next start goes on as if
nothing had happened. (Exams have a test of their own: tests/store/test_sittings_killed.py, DP100_KILLS=200.)
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from dp100cards.cli.main import run
from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.decks.read import read_deck
from dp100cards.scheduler.event import DAY, Event, Moment
from dp100cards.scheduler.queue import Limits
from dp100cards.session.study import FINISHED, SessionOptions, StudySession
from dp100cards.store import disk, union
from dp100cards.store.daily import todays_queue
from dp100cards.store.store import FILE, Store
from tests.terminal.learner import write_deck

NOW = Moment(1_790_000_000_000, 60)
NOTE = """# Storage

**Datastore**: a reference to a storage account that a workspace can use

**Data asset**: a versioned name for data in a datastore

## Which file formats can a data asset point to?

- [ ] DOCX
- [x] Parquet
- [ ] PDF
"""


class Place:
    """A folder with a collection and some progress, and a way to do something in a process that is killed."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng = folder, rng
        self.home, self.data = folder / "home", folder / "data"
        write_deck(self.home, [f"What is thing number {n}?" for n in range(60)])
        (self.home / "notes").mkdir()
        self.reviewed(0)
        self.reviewed(1)

    def reviewed(self, day: int, cards: int = 20) -> None:
        """Some reviews on a day."""
        moment = NOW.later(day * DAY)
        with Store.open(self.data, moment) as store:
            store.record_all(
                [Event(card=f"things-{n:06}", kind="review", rating=3, moment=moment) for n in range(cards)]
            )

    def dp100(self, *arguments: str, data: Path | None = None) -> int:
        """Run a command, silently."""
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):  # noqa: PTH123
            return run(["--home", str(self.home), "--data", str(data or self.data), *arguments])

    def killed(self, work: Callable[[Callable[[str], None]], object], seconds: float) -> list[str]:
        """Do something in another process, and kill it at a random moment; what it said before."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)

                def say(text: str) -> None:
                    os.write(writing, f"{text}\n".encode())

                work(say)
            finally:
                os._exit(0)
        os.close(writing)
        time.sleep(self.rng.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = b""
        while got := os.read(reading, 65536):
            said += got
        os.close(reading)
        return said.decode().splitlines()

    def took(self, work: Callable[[Callable[[str], None]], object]) -> float:
        """How long something takes in a process of its own, and a little more."""
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            try:
                work(lambda _: None)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        return (time.monotonic() - started) * 1.1 + 0.002

    def events(self, data: Path | None = None) -> int:
        """The events of a progress file that must be whole, with states that are those of its events."""
        folder = data or self.data
        with Store.open(folder, NOW.later(9 * DAY)) as store:
            assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert store.mend() == 0, "states are those of the events"
            return len(list(store.events(undone=True)))


def study(place: Place, times: int) -> None:
    """A rating that was acknowledged is on disk, and at most the one in hand besides."""
    index = Index.open(Collection(place.home), place.folder / "cache")
    index.close()

    def session(say: Callable[[str], None]) -> None:
        with Store.open(place.data, NOW.later(5 * DAY)) as store:
            own = Index.open(Collection(place.home), place.folder / "cache")
            options = SessionOptions(limits=Limits(new=999, reviews=999, ahead=999))
            plan = partial(todays_queue, store, own)
            here = StudySession(store, own, lambda: NOW.later(5 * DAY), plan, options)
            count = 0
            while here.phase != FINISHED and count < 30:
                here.show()
                here.rate(4)
                count += 1
                say(str(count))

    seconds = place.took(session)
    for _ in range(times):
        before = place.events()
        said = place.killed(session, seconds)
        told = int(said[-1]) if said else 0
        assert told <= place.events() - before <= told + 1


def build(place: Place, times: int) -> None:
    """The decks are whole, and the next build makes of them what it would have made in peace."""
    shutil.rmtree(place.home / "decks")
    note = place.home / "notes" / "storage.md"
    note.write_text(NOTE, encoding="utf-8")
    assert place.dp100("build") == 0
    shutil.copytree(place.home, place.folder / "first")
    note.write_text(
        NOTE.replace("Parquet", "Delta tables") + "\n**Workspace**: the top-level resource\n",
        encoding="utf-8",
    )
    assert place.dp100("build") == 0
    wanted = decks(place.home)
    changed = note.read_text(encoding="utf-8")

    def again() -> None:
        shutil.rmtree(place.home)
        shutil.copytree(place.folder / "first", place.home)
        note.write_text(changed, encoding="utf-8")

    def work(_: Callable[[str], None]) -> None:
        place.dp100("build")

    again()
    seconds = place.took(work)
    for _ in range(times):
        again()
        place.killed(work, seconds)
        for path in (place.home / "decks").glob("*.yaml"):
            if not path.name.startswith("."):
                assert not read_deck(path.read_text(encoding="utf-8"), path.name, path.stem).problems
        assert place.dp100("build") == 0
        assert decks(place.home) == wanted


def decks(home: Path) -> dict[str, list[tuple[str, str]]]:
    """What the decks ask, without the ids, which are drawn."""
    return {
        path.name: sorted(
            (card.ask, card.kind)
            for card in read_deck(path.read_text(encoding="utf-8"), path.name, path.stem).deck.cards
        )
        for path in (home / "decks").glob("*.yaml")
        if not path.name.startswith(".")
    }


def export(place: Place, times: int) -> None:
    """A file that is written is the old one or the new one, never half of one."""
    history, package = place.folder / "history.jsonl", place.folder / "out.apkg"
    assert place.dp100("progress", "export", str(history)) == 0
    assert place.dp100("export", "anki", "-o", str(package)) == 0
    for path, arguments in (
        (history, ("progress", "export", str(history))),
        (package, ("export", "anki", "-o", str(package))),
    ):

        def work(_: Callable[[str], None], arguments: tuple[str, ...] = arguments) -> None:
            place.dp100(*arguments)

        seconds = place.took(work)
        for _ in range(times):
            place.killed(work, seconds)
            if path == history:
                assert union.read(path.read_text(encoding="utf-8"), "history")
            else:
                with zipfile.ZipFile(path) as opened:
                    assert opened.testzip() is None
    assert place.events() == 40


def import_(place: Place, times: int) -> None:
    """What comes from Anki or from another machine comes whole or not at all, and once."""
    package, history = place.folder / "out.apkg", place.folder / "history.jsonl"
    assert place.dp100("export", "anki", "-o", str(package)) == 0
    assert place.dp100("progress", "export", str(history)) == 0
    for arguments in (("import", "anki", str(package)), ("progress", "merge", str(history))):
        fresh = place.folder / f"fresh-{arguments[0]}"
        with Store.open(fresh, NOW) as store:
            store.record(Event(card="things-000059", kind="review", rating=3, moment=NOW))
        shutil.copytree(fresh, place.folder / "kept")

        def again(fresh: Path = fresh) -> None:
            shutil.rmtree(fresh)
            shutil.copytree(place.folder / "kept", fresh)

        def work(
            _: Callable[[str], None], arguments: tuple[str, ...] = arguments, fresh: Path = fresh
        ) -> None:
            place.dp100(*arguments, data=fresh)

        seconds = place.took(work)
        whole = place.events(fresh)
        assert whole > 1
        for _ in range(times):
            again()
            place.killed(work, seconds)
            assert place.events(fresh) in (1, whole)
            assert place.dp100(*arguments, data=fresh) == 0
            assert place.events(fresh) == whole
        shutil.rmtree(place.folder / "kept")


def back_up(place: Place, times: int) -> None:
    """Every backup is whole, none is lost, and nothing half made stays behind."""
    days = iter(range(10, 10**6))

    def work(_: Callable[[str], None], day: int = 9) -> None:
        with Store.open(place.data, NOW.later(day * DAY)) as store:
            store.back_up()

    seconds = place.took(work)
    for _ in range(times):
        day = next(days)
        before = disk.existing(place.data / FILE)
        place.killed(lambda say, day=day: work(say, day), seconds)  # type: ignore[misc]
        found = disk.existing(place.data / FILE)
        assert found[-1] == before[-1] or found[-2] == before[-1]
        assert all(disk.fault(each) is None for each in found)
    work(lambda _: None, next(days))
    assert not [each for each in (place.data / disk.FOLDER).iterdir() if each.name.startswith(".")]
    assert place.events() == 40


def put_back(place: Place, times: int) -> None:
    """After a restore that was killed the old progress is in place or the new, whole, and can be gone on with."""
    path = place.data / FILE
    shutil.copytree(place.data, place.folder / "kept")
    for damage in (False, True):

        def again(damage: bool = damage) -> None:
            shutil.rmtree(place.data)
            shutil.copytree(place.folder / "kept", place.data)
            if damage:
                path.write_bytes(b"damage" * 9999)

        def work(_: Callable[[str], None]) -> None:
            chosen = disk.newest_good(path)
            assert chosen is not None
            disk.restore(path, chosen, NOW)

        again()
        seconds = place.took(work)
        for _ in range(times):
            again()
            place.killed(work, seconds)
            if not damage or not disk.damage(path):
                assert place.events() in ((20,) if damage else (40, 20))
                place.reviewed(9, 5)
            else:
                assert path.read_bytes() == b"damage" * 9999
            work(lambda _: None)
            assert place.events() >= 20
            for end in ("-wal", "-shm"):
                assert not path.with_name(FILE + end).exists()


WAYS: dict[str, Callable[[Place, int], None]] = {
    "study": study, "build": build, "export": export, "import": import_, "backup": back_up, "restore": put_back,
}  # fmt: skip


def survive(way: str, times: int, seed: int = 1) -> None:
    """Do one of the ways, killed so many times."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        WAYS[way](Place(Path(folder), random.Random(f"{way}:{seed}")), times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    wanted = parser.parse_args()
    for way in wanted.ways or WAYS:
        started = time.monotonic()
        survive(way, wanted.times, wanted.seed)
        seconds = time.monotonic() - started
        print(f"{way:<8} {wanted.times} kills: nothing lost, doubled or half ({seconds:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
