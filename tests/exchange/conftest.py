"""The real Anki, to be asked what it makes of our packages, and to answer cards over days that need not pass."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

DAY = 86_400
TURN = 4 * 3600
"""Seconds into the day at which both programs begin the next one."""
LONGEST = 20
"""Seconds that no test here takes."""


@pytest.fixture(autouse=True)
def _one_day() -> None:
    """Begin no test just before the day turns: its first half would stand in another day than its second."""
    now = time.localtime()
    left = (TURN - (now.tm_hour * 3600 + now.tm_min * 60 + now.tm_sec)) % DAY
    if left <= LONGEST:
        time.sleep(left + 1)


class RealAnki:
    """A collection of the real Anki."""

    def __init__(self, module: Any, path: Path) -> None:
        self.module, self.path = module, path
        self.collection: Any = module.Collection(str(path))
        self.collection.set_config("fsrs", True)

    def take_in(self, package: Path, *, progress: bool = True, merge: bool = False) -> Any:
        """Import a package, as Anki's import window does; `progress`: with both of its boxes ticked."""
        options = self.module.ImportAnkiPackageOptions(
            with_scheduling=progress, with_deck_configs=progress, merge_notetypes=merge
        )
        request = self.module.ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.collection.import_anki_package(request).log
        # The program clears what it remembers of note types after an import; its package for Python does not.
        self.collection.models._clear_cache()
        return log

    def answer(self, count: int, ratings: Iterable[int]) -> list[tuple[str, int]]:
        """Answer so many cards by Anki's own scheduler; what was answered: guid and rating."""
        self.collection.decks.select(self.collection.decks.id("DP-100"))
        done = list[tuple[str, int]]()
        for rating in ratings:
            queued = self.collection.sched.get_queued_cards().cards if len(done) < count else []
            if not queued:
                break
            card = self.collection.get_card(queued[0].card.id)
            card.start_timer()
            answer = self.collection.sched.build_answer(card=card, states=queued[0].states, rating=rating - 1)
            self.collection.sched.answer_card(answer)
            done.append((card.note().guid, rating))
        return done

    def pass_days(self, days: float) -> None:
        """Let days pass: all that has happened, and all that is due, moves so far into the past."""
        seconds = round(days * DAY)
        self.collection.close()
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("UPDATE col SET crt = crt - ?", (seconds,))
            # In two steps, for one row must not meet another's number.
            database.execute("UPDATE revlog SET id = -id")
            database.execute("UPDATE revlog SET id = -id - ?", (seconds * 1000,))
            database.execute("UPDATE cards SET mod = mod - ?", (seconds,))
            database.execute("UPDATE cards SET due = due - ? WHERE due > 1000000000", (seconds,))
            for id_, data in database.execute("SELECT id, data FROM cards").fetchall():
                table = json.loads(data or "{}")
                if "lrt" in table:
                    table["lrt"] -= seconds
                    database.execute("UPDATE cards SET data = ? WHERE id = ?", (json.dumps(table), id_))
        self.collection = self.module.Collection(str(self.path))

    def package(self, path: Path, *, legacy: bool = False, scheduling: bool = True) -> Path:
        """Export all as `.apkg`."""
        options = self.module.ExportAnkiPackageOptions(
            with_scheduling=scheduling, with_deck_configs=True, with_media=False, legacy=legacy
        )
        self.collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def whole(self, path: Path, *, legacy: bool = False) -> Path:
        """Export all as `.colpkg`."""
        self.collection.export_collection_package(str(path), include_media=False, legacy=legacy)
        self.collection = self.module.Collection(str(self.path))
        return path

    def log(self) -> list[tuple[Any, ...]]:
        """The review log: id, guid, ease, time, type, interval, factor."""
        rows = self.collection.db.all(
            "SELECT r.id, n.guid, r.ease, r.time, r.type, r.ivl, r.factor FROM revlog r JOIN cards c ON c.id = r.cid"
            " JOIN notes n ON n.id = c.nid ORDER BY r.id"
        )
        return [tuple(row) for row in rows]

    def cards(self) -> dict[str, Any]:
        """Every card by its note's guid."""
        cards = [self.collection.get_card(id_) for id_ in self.collection.find_cards("")]
        return {card.note().guid: card for card in cards}

    def close(self) -> None:
        """Close the collection."""
        self.collection.close()


@pytest.fixture
def new_anki(tmp_path: Path) -> Iterator[Callable[[], RealAnki]]:
    """Makes empty collections of the real Anki, which lives by the real clock."""
    clock = time.localtime()
    if 0 < (4 * 60 - clock.tm_hour * 60 - clock.tm_min) % (24 * 60) <= 30:
        pytest.skip("Anki's day ends within half an hour, and what is in learning would come on another day")
    module = pytest.importorskip("anki.collection")
    made: list[RealAnki] = []

    def make() -> RealAnki:
        made.append(RealAnki(module, tmp_path / f"anki-{len(made)}.anki2"))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def anki(new_anki: Callable[[], RealAnki]) -> RealAnki:
    """An empty collection of the real Anki."""
    return new_anki()


def only(package: Path, member: str, path: Path) -> Path:
    """A package of nothing but one member of another: how the oldest Anki wrote them."""
    with zipfile.ZipFile(package) as theirs, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as ours:
        ours.writestr("collection.anki2", theirs.read(member))
        ours.writestr("media", "{}")
    return path


@pytest.fixture
def oldest() -> Callable[[Path, str, Path], Path]:
    """Rewrites a package in the oldest container."""
    return only


@pytest.fixture
def dump() -> Callable[[Path], list[str]]:
    """All that a data folder's progress file holds, as text; nothing, if there is none."""

    def dumped(data: Path) -> list[str]:
        if not (data / "progress.db").exists():
            return []
        with closing(sqlite3.connect(data / "progress.db")) as database:
            return list(database.iterdump())

    return dumped


class Browser:
    """Chromium without a window, spoken to through a pipe."""

    def __init__(self, program: str, folder: Path) -> None:
        to_it, mine = os.pipe()
        theirs, from_it = os.pipe()
        wanted = (
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
            "--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank",
        )  # fmt: skip
        # Chromium reads from the file descriptor 3 and writes to 4; a small program puts the pipes there.
        put = "import os, sys; a, b = (os.dup(os.dup(int(n))) for n in sys.argv[1:3]); os.dup2(a, 3); os.dup2(b, 4)"
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{put}; os.execv(sys.argv[3], sys.argv[3:])", str(to_it), str(from_it), *wanted],
            pass_fds=(to_it, from_it), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_it)
        os.close(from_it)
        self._out, self._in = os.fdopen(mine, "wb", 0), os.fdopen(theirs, "rb", 0)
        self._count, self._rest, self._session = 0, b"", ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        """One command of the Chrome DevTools Protocol, and its result."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._rest:
            piece = self._in.read(1 << 16)
            assert piece, "Chromium has gone"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def size(self, width: int, *, dark: bool = False, phone: bool = False) -> None:
        """Make the window so wide."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=700, deviceScaleFactor=1, mobile=phone
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=phone)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def go(self, page: Path) -> None:
        """Open a page, and wait until it is there."""
        self.call("Page.navigate", url=page.as_uri())
        while self.js("document.readyState") != "complete" or self.js("location.href") != page.as_uri():
            pass

    def js(self, expression: str) -> Any:
        """What JavaScript gives on the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def tap(self, selector: str, number: int = 0, *, touch: bool = False) -> None:
        """Tap or click in the middle of an element."""
        x, y = self.js(
            f"(() => {{ const e = document.querySelectorAll({json.dumps(selector)})[{number}]; e.scrollIntoView();"
            " const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()"
        )
        if touch:
            self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
            self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        else:
            for kind in ("mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path: Path) -> Path:
        """Save what is seen, and all below it, as a PNG."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))
        return path

    def paper(self, path: Path) -> Path:
        """Print the page as a PDF."""
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        path.write_bytes(base64.b64decode(data))
        return path

    def close(self) -> None:
        """End the browser that was started here."""
        self._session = ""
        with suppress(AssertionError, OSError):
            self.call("Browser.close")
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._out.close()
        self._in.close()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, where it is installed."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None or os.name != "posix":
        pytest.skip("Chromium is not installed")
    opened = Browser(program, tmp_path_factory.mktemp("chromium"))
    yield opened
    opened.close()
