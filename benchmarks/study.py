"""How fast is studying? Figures of one run, each against its limit.

    python benchmarks/study.py                      all, as the limits are meant
    python benchmarks/study.py --cards 5000 --reviews 50000      a quick look

First card and memory are measured with 10,000 cards, keys and replay with 100,000 cards and 1,000,000 reviews. The
first card is compared with a Python that only imports what no such program can do without.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from random import Random

from dp100cards.scheduler.engine import Engine, advance, replay
from dp100cards.scheduler.event import DAY, CardState, Event, Moment
from dp100cards.store.store import Store

BASELINE = "import click, rich.console, rich.live, sqlite3"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT |= {"TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
NOW = int(time.time() * 1000)


def write_decks(home: Path, cards: int) -> None:
    """Decks of a thousand cards each."""
    (home / "decks").mkdir(parents=True)
    for deck in range(-(-cards // 1000)):
        rows = [f"deck: deck{deck:03}\ntitle: Deck {deck}\ncards:\n"]
        for n in range(min(1000, cards - deck * 1000)):
            rows.append(
                f"  - id: deck{deck:03}-{n:06}\n    kind: basic\n    ask: What is thing {n} of deck {deck}?\n"
                f"    answer: It is the answer {n}.\n    tags: [definition]\n"
                f"    source: {{note: {deck:03}.md, lines: '{n + 1}', quote: thing {n} of {deck}}}\n"
            )
        (home / "decks" / f"deck{deck:03}.yaml").write_text("".join(rows), encoding="utf-8")


def write_log(data: Path, cards: int, reviews: int) -> None:
    """A log as a learner leaves it who answers what falls due, and comes back from a week-end away.

    Cards begun over the last year have some ten reviews each; fewer reviews mean a shorter year.
    """
    rng, engine = Random(1), Engine()
    rows: list[tuple[str, int, int, int]] = []
    longest = max(round(430 * reviews / cards / 10), 10)
    for n in range(cards):
        state, at = CardState(card=f"deck{n // 1000:03}-{n % 1000:06}"), NOW - rng.randint(5, longest) * DAY
        while at < NOW - 2 * DAY:
            rating = rng.choice((1, 2, 3, 3, 3, 3, 3, 3, 4))
            state = advance(
                engine, state, Event(card=state.card, kind="review", moment=Moment(at), rating=rating)
            )
            rows.append((state.card, at, rating, rng.randint(2_000, 20_000)))
            at = state.due_at or state.due_day * DAY + rng.randint(8, 16) * DAY // 24
    rows.sort(key=lambda row: row[1])
    with Store.open(data, Moment(NOW)) as store:
        store.connection.execute("BEGIN")
        query = """INSERT INTO event (uid, card, kind, at, turn, offset, rating, took)
            VALUES (abs(random()), ?1, 'review', ?2, ?2, 0, ?3, ?4)"""
        store.connection.executemany(query, rows)
        store.connection.execute("COMMIT")
        store.rebuild()


class Session:
    """`dp100 study`, or another command, at a pseudo-terminal."""

    def __init__(self, home: Path, data: Path, *command: str) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            arguments = ["-m", "dp100cards", "--home", str(home), "--data", str(data), *command]
            os.execvpe(sys.executable, [sys.executable, *arguments], ENVIRONMENT)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, wanted: bytes) -> None:
        """Read until a picture is whole and a text was in it."""
        got = b""
        while not (wanted in got and got.endswith(b"\x1b[?2026l")):
            if not select.select([self.fd], [], [], 60)[0]:
                raise TimeoutError(got[-2000:])
            got += os.read(self.fd, 65_536)

    def press(self, key: bytes, wanted: bytes) -> float:
        """Seconds from a key to the whole picture that it leads to."""
        started = time.perf_counter()
        os.write(self.fd, key)
        self.until(wanted)
        return time.perf_counter() - started

    def memory(self) -> float:
        """Resident megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def first_pictures(home: Path, data: Path, runs: int = 15) -> tuple[float, float, float]:
    """Medians, in seconds, of the first card, of home and of the baseline, taken in turns."""
    card, at_home, theirs = [], [], []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", BASELINE], check=True, env=ENVIRONMENT)
        theirs.append(time.perf_counter() - started)
        for taken, command in ((card, ["study"]), (at_home, [])):
            started = time.perf_counter()
            session = Session(home, data, *command)
            session.until(b"quit")
            taken.append(time.perf_counter() - started)
            session.end()
    return statistics.median(card), statistics.median(at_home), statistics.median(theirs)


def filtering(home: Path, data: Path) -> list[float]:
    """Seconds from each key of the live filter to the list."""
    session = Session(home, data, "cards")
    session.until(b"to the list")
    taken = []
    for query in ("thing 42", "deck 7 answer", "thnig"):
        taken += [session.press(key.encode(), b"m") for key in query]
        taken += [session.press(b"\x7f", b"m") for _ in query]
    session.end()
    return taken


def keys(home: Path, data: Path, presses: int = 150) -> list[float]:
    """Seconds from each rating to the next card, and from each reveal to the answer."""
    session = Session(home, data, "study")
    session.until(b"quit")
    taken = []
    for _ in range(presses):
        taken.append(session.press(b" ", b"1"))
        taken.append(session.press(b"3", b"show"))
    session.end()
    return taken


def report(name: str, value: float, limit: float, unit: str) -> bool:
    good = value <= limit
    print(
        f"{name:<58} {value:>8.2f} {unit:<3} limit {limit:>6.2f}  {'ok' if good else 'TOO SLOW'}", flush=True
    )
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    wanted = parser.parse_args()
    good = []
    with tempfile.TemporaryDirectory() as folder:
        small, small_data = Path(folder, "small"), Path(folder, "small-data")
        write_decks(small, min(wanted.cards, 10_000))
        write_log(small_data, min(wanted.cards, 10_000), min(wanted.reviews, 100_000))
        warm = Session(small, small_data, "study")
        warm.until(b"quit")
        warm.end()
        card, at_home, theirs = first_pictures(small, small_data)
        with Store.open(small_data, Moment(NOW)) as store:
            print(f"{sum(1 for _ in store.due(Moment(NOW)))} of 10,000 cards are due")
        print(
            f"card {card * 1000:.0f} ms, home {at_home * 1000:.0f} ms, Python with {BASELINE!r} {theirs * 1000:.0f} ms"
        )
        good.append(report("first card on the screen, against that", card / theirs, 1.8, "x"))
        good.append(report("home on the screen, against that", at_home / theirs, 2.0, "x"))
        slowest = max(filtering(small, small_data))
        good.append(report("key of the live filter to the list, slowest", slowest * 1000, 50, "ms"))
        session = Session(small, small_data, "study")
        session.until(b"quit")
        for _ in range(30):
            session.press(b" ", b"1")
            session.press(b"3", b"show")
        good.append(report("resident memory with 10,000 cards", session.memory(), 80, "MB"))
        session.end()

        home, data = Path(folder, "large"), Path(folder, "large-data")
        write_decks(home, wanted.cards)
        write_log(data, wanted.cards, wanted.reviews)
        taken = sorted(keys(home, data))
        good.append(report("key to picture, median", statistics.median(taken) * 1000, 16, "ms"))
        good.append(report("key to picture, 99th percentile", taken[int(len(taken) * 0.99)] * 1000, 16, "ms"))
        with Store.open(data, Moment(NOW)) as store:
            count = store.connection.execute("SELECT count(*) FROM event").fetchone()[0]
            started = time.perf_counter()
            states = sum(1 for card, events in store.by_card() if replay(store.engine, card, events))
            seconds = time.perf_counter() - started
        print(f"{count} reviews replayed into {states} memory states")
        good.append(report("replay of 100,000 reviews", seconds * 100_000 / count, 4, "s"))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
