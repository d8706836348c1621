"""How long a build takes and how much memory, and how both grow with the notes.

python benchmarks/build.py [--quick]

Two sorts of notes are built. Those as people write them are the fixtures of the tests, over and over, with other names
in each copy. Dense ones are made up, to see how the time grows: lines are short, and hardly one states nothing.

Each build is started as a learner starts it, one process; of several the best counts, in seconds of the clock. The
ratios of one run must hold on any machine; the limits in seconds are meant for a machine with nothing else to do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]

LINES, SECONDS = 3500, 2.0
MEGABYTE, MEGABYTE_SECONDS = 1_000_000, 5.0
MEMORY = 150.0
"""Megabytes at most, whatever the build."""
DOUBLE = 2.3
"""Notes of twice the length may take so many times the time."""

THINGS = """storage compute model image cluster endpoint pipeline scoring datastore experiment registry container
network identity quota region vault key secret policy gateway balancer subnet tunnel cache queue topic blob table
index replica shard snapshot backup restore metric alert log trace budget tag lock role scope tenant zone node pod
volume""".split()
KINDS = "managed shared private public regional global secure fast cheap durable elastic virtual".split()
VERBS = "stores supports requires creates declares hosts manages monitors encrypts replicates".split()


BUILDS = ("first", "again", "edited")
"""Of new notes, of the same notes once more, and after one sentence was added."""


class Cost(NamedTuple):
    """What one build took: seconds of the clock, and megabytes at its peak."""

    seconds: float
    megabytes: float


_NAME = re.compile(
    r"\b(?!(?:Today|Note|Source|What|Which|When|Where|There|They|This|That|These|Those|With|From|Each|Only|Unlike|Both"
    r"|After|Before|Then|Also|Once|While|Never|Always|Unless|Other|Used|Important)\b)[A-Z][a-z]{3,}\b"
)
"""A word with a capital, which may be a name; the first words of sentences and the signs of notes are none."""


def as_written(lines: int) -> str:
    """So many lines of notes as people write them: each copy is about things with other names."""
    texts = [
        re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for path in sorted((ROOT / "tests" / "fixtures" / "notes").glob("*.md"))
    ]
    out: list[str] = []
    copy = 0
    while len(out) < lines:
        ending = f"{chr(ord('a') + copy // 26)}{chr(ord('a') + copy % 26)}"
        named = (_NAME.sub(rf"\g<0>{ending}", text) for text in texts)
        out += [line for text in named for line in text.split("\n")]
        copy += 1
    return "\n".join(out[:lines]) + "\n"


def notes(lines: int) -> str:
    """Dense notes of so many lines: headings, definitions, statements, lists, terms, advice."""
    rng = Random(1)
    names = [f"{a} {b} {c}".capitalize() for a in KINDS for b in THINGS for c in THINGS if b != c]
    rng.shuffle(names)

    def thing() -> str:
        return rng.choice(THINGS)

    def verb() -> str:
        return rng.choice(VERBS)

    out: list[str] = []
    for n, name in enumerate(names):
        if len(out) >= lines:
            break
        if n % 8 == 0:
            out += [f"## {names[n * 7 % len(names)]}s", ""]
        out += [f"### What is a {name.lower()}", ""]
        version = f"{rng.randint(1, 9)}.{rng.randint(0, 9)}"
        out += [
            f"A {rng.choice(KINDS)} {thing()} for {thing()}s and {thing()}s in version {version}."
            f" It {verb()} {thing()}s of each {thing()} that you create.",
            "",
            "It has three parts:",
            "",
            *(f"- A {rng.choice(KINDS)} {thing()} that {verb()} the {thing()}" for _ in range(3)),
            "",
            *(
                f"- **{rng.choice(KINDS).capitalize()} {thing()}**: {verb()} {thing()}s. Useful for {thing()}s."
                for _ in range(4)
            ),
            "",
        ]
        if n % 5 == 0:
            out += [
                f"> Note: It is better to use a {thing()}, because the {thing()} is {rng.choice(KINDS)}.",
                "",
            ]
    return "\n".join(out[:lines]) + "\n"


BLOCKS = ("paragraph", "list", "table")
BLOCK = 1000
"""Lines of the shorter one of two blocks that are measured beside each other."""


def one_block(shape: str, lines: int) -> str:
    """Notes of one long block: what grows with the sections of a note need not grow so within one of them."""
    rng = Random(1)
    out = ["# Things", ""]
    if shape == "table":
        out += ["| Thing | Limit | Use case |", "|---|---|---|"]
    for n in range(lines):
        one, two, kind = rng.choice(THINGS), rng.choice(THINGS), rng.choice(KINDS)
        verb = rng.choice(VERBS)
        if shape == "paragraph":
            out.append(f"The {kind} {one} {n} {verb} each {two} of a team, and keeps it for {n} days.")
        elif shape == "list":
            out.append(f"- **{kind.capitalize()} {one} {n}**: a {two} that {verb} what team {n} needs")
        else:
            out.append(f"| {kind.capitalize()} {one} {n} | {n} GB | {two}s of team {n} |")
    return "\n".join(out) + "\n"


def build(home: Path) -> Cost:
    """Build a collection in a process of its own, with the program compiled as an installed one is."""
    compiled = {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": tempfile.gettempdir() + "/dp100-compiled",
    }
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "dp100cards", "--home", str(home), "--data", str(home / "data"), "build"],
        cwd=ROOT,
        env=os.environ | compiled,
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - start
    if status:
        raise SystemExit(f"the build ended with status {status}")
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(seconds, peak)


def measure(text: str, times: int) -> tuple[Cost, Cost, Cost]:
    """The best of several first builds, of several when nothing has changed, and of several after an edit."""
    first, again, edited = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "notes").mkdir()
        note = home / "notes" / "notes.md"
        for _ in range(times):
            note.write_text(text, encoding="utf-8")
            for path in (home / "decks").glob("*"):
                path.unlink()
            for path in (home / "decks").glob(".*.yaml"):
                path.unlink()
            first.append(build(home))
            again.append(build(home))
            note.write_text(f"{text}\nA last storage is a shared storage for storages.\n", encoding="utf-8")
            edited.append(build(home))
    one, two, three = (Cost(*map(min, zip(*each, strict=True))) for each in (first, again, edited))
    return one, two, three


def main() -> int:
    """Measure, tell, and fail above a limit."""
    if not hasattr(os, "wait4"):
        print("this system does not tell what a process took")
        return 0
    failed = 0

    def tell(what: str, value: float, unit: str, limit: float | None = None) -> None:
        nonlocal failed
        above = limit is not None and value > limit
        failed += above
        told = f"   limit {limit:g}{'   ABOVE' if above else ''}" if limit is not None else ""
        print(f"{what:<44} {value:7.2f} {unit:<2}{told}")

    build_once = measure(notes(50), 2)  # so that the program is compiled and on hand
    tell("50 lines (what every build costs)", build_once[0].seconds, "s")
    written = measure(as_written(LINES), 3)
    one, two = measure(notes(LINES), 3), measure(notes(2 * LINES), 3)
    for n, what in enumerate(BUILDS):
        tell(f"{LINES} lines as people write, {what}", written[n].seconds, "s", SECONDS)
        tell(f"{LINES} dense lines, {what}", one[n].seconds, "s", SECONDS)
        tell(f"{2 * LINES} dense lines, {what}, beside {LINES}", two[n].seconds / one[n].seconds, "x", DOUBLE)
    for shape in BLOCKS:
        short, long = (measure(one_block(shape, n * BLOCK), 2)[0].seconds for n in (1, 2))
        tell(f"{2 * BLOCK} lines of one {shape}, beside {BLOCK}", long / short, "x", DOUBLE)
    if "--quick" not in sys.argv[1:]:
        for sort, text in (("as people write", as_written(40_000)), ("dense", notes(40_000))):
            text = text[: text.rindex("\n", 0, MEGABYTE) + 1]
            for what, cost in zip(BUILDS, measure(text, 1), strict=True):
                tell(f"1 MB {sort}, {what}", cost.seconds, "s", MEGABYTE_SECONDS)
                tell(f"1 MB {sort}, {what}, memory", cost.megabytes, "MB", MEMORY)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
