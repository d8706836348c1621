"""Seeded fuzzing of everything that the program reads: a thousand in the suite, and as many as you like by hand.

    python -m tests.fuzz                       20,000 mutants of every kind
    python -m tests.fuzz --runs 500 --kind note --seed 7

A mutant may be refused with a sentence. It must never give a traceback, an unforeseen exception, a control character
in the output, or, where it is refused, a change in the collection or the progress.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.safety.hostile import EVIL, Done, dp100, is_sound, tree

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("deck", "note", "table", "settings", "blueprint", "package", "history")
VALUE = re.compile(rb"(?<=[:=] )[^\n,{}\[\]]+|(?<=[\[,] )[^\n,{}\[\]:]+")
"""A value as decks, settings, blueprints and JSON have them: put another in its place, and the rest stays sound."""
BATCH = 10
"""Decks and notes are tried so many at a time, and one by one if something is wrong."""

TOKENS = [
    EVIL, "\x00", "\x1b]0;x\x07", "\u202e", "\ufeff", "\ud7ff", "\U0010ffff", "e\u0301" * 50, "9" * 400, "-1", "0", "1e400",
    ".inf", ".nan", "0x" + "f" * 40, "2025-02-30", "0000-00-00", "99999-01-01", "true", "null", "~", "[]", "{}", "[[", "]]",
    "{{", "}}", "{{a|b|c}}", "{{c1::a::b}}", "${{ x }}", "&a", "*a", "<<: *a", "!!python/name:os.system", "!!binary x", "| ",
    ">-\n", "---\n", "...\n", "- ", "? ", ": ", "#", "\t", "\r\n", "\r", "\u2028", "```", "~~~", "$$", "$", "==", "**", "`", "|",
    "| --- | --- |\n", "- [x] ", "- [ ] ", "Q: ", "A: ", "::", ":::", "# ", "###### ", "> ", "<!--", "-->", "<script>", "&#0;", "&amp;",
    "![x](y)", "[x](javascript:y)", "](", "![[x]]", "\\", "'", '"', '"""', "'''", "%", "\x7f", "\x85", "A" * 5000, "a b " * 2000,
    "id: ", "kind: code", "kind: cloze", "options: ", "pairs: ", "wrong: ", "lines: 0-0", "lines: 99-1", "level: exam", "skills: [x/y]",
    "right: maybe", "cards:\n", "scenarios:\n", "../../etc/passwd", "/dev/zero", "C:\\x", "con.yaml",
]  # fmt: skip


@cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """Sound files of a kind, to start from."""
    if kind == "deck":
        found = [*(ROOT / "decks").glob("*.yaml"), *(ROOT / "tests" / "fixtures").rglob("decks/*.yaml")]
        texts = [path.read_text(encoding="utf-8") for path in sorted(found)]
        return every_kind(), *("\n  - id:".join(text.split("\n  - id:")[:15]).encode() for text in texts)
    if kind == "note":
        found = [*(ROOT / "notes").rglob("*.md"), *(ROOT / "tests" / "fixtures").rglob("*.md")]
        return tuple(path.read_bytes()[:6_000] for path in sorted(found)[:40])
    if kind == "settings":
        from dp100cards.cli.build import CONFIGURATION

        live = CONFIGURATION.replace("# [", "[").replace("# name", "name").replace("# new_per", "new_per")
        return (
            live.encode(),
            b'name = "A"\nblueprint = "dp-100"\n[study]\nretention = 0.9\n[keys]\nundo = "z"\n',
        )
    if kind == "blueprint":
        found = sorted((ROOT / "dp100cards" / "exam" / "blueprints").glob("*.yaml"))
        return BLUEPRINT.encode(), BLUEPRINT.encode(), *(path.read_bytes() for path in found)
    if kind == "table":
        return tuple(text.encode() for text in TABLES)
    return (exported(kind),)


TABLES = (
    "# T\n\n| Question | Answer |\n| --- | --- |\n| What? | That |\n| Which? | `a \\| b` |\n\n| Service | Use | Limit |\n"
    "| :-- | :-: | --: |\n| Blob | files | 5 GB |\n| Queue | messages | 64 KB |\n| Table | rows | |\n",
    "## Are these true?\n\n| Statement | Yes/No | Why |\n|---|---|---|\n| A is b. | Yes | It is. |\n| C is d. | No | |\n\n"
    "## Match each\n\n| Service | Use |\n|---|---|\n| Blob | files |\n| Queue | messages |\n| | rows |\n",
)


BLUEPRINT = """name: Small
title: A small exam
source: {title: An outline, address: "https://example.org/a", date: 2026-05-01}
minutes: 10
questions: 5
pass: 700
cut: 0.7
kinds: [choice, multiple, order, match, statements, code]
shares: {choice: [1, 3], code: [0, 1]}
areas:
  - {id: design, title: Design, weight: [40, 60]}
  - {id: train, title: Train, weight: [40, 60]}
sections:
  - {title: Normal, kinds: [choice, multiple, order, match, code]}
  - {title: Series, kinds: [statements], locks: question}
"""


def every_kind() -> bytes:
    from tests.ui.every_kind import DECK

    return DECK.encode()


def exported(kind: str) -> bytes:
    """What the program itself writes: an Anki package, or the history of a learner."""
    with tempfile.TemporaryDirectory() as name:
        home = collection(Path(name))
        options = ["--home", str(home), "--data", f"{name}/data"]
        dp100([*options, "study", "--plain"], typed="\n3\n" * 5)
        target = Path(name) / "x"
        command = ["export", "anki", "-o"] if kind == "package" else ["progress", "export"]
        done = dp100([*options, *command, str(target)])
        assert done.status == 0, done
        return target.read_bytes()


def collection(folder: Path) -> Path:
    """A small sound collection."""
    home = folder / "home"
    (home / "decks").mkdir(parents=True)
    (home / "notes").mkdir()
    (home / "dp100.toml").write_text("", encoding="utf-8")
    (home / "decks" / "kinds.yaml").write_bytes(every_kind())
    (home / "notes" / "one.md").write_text(
        "# One\n\nThe top-level resource\nis the workspace.\n", encoding="utf-8"
    )
    return home


def mutant(kind: str, dice: random.Random) -> bytes:
    """A sound file with one to six things wrong in it."""
    data = dice.choice(seeds(kind))
    if kind == "package":
        return broken_package(data, dice)
    other = dice.choice(seeds(kind))
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        data = changed(data, other, dice)
    # Most are text, for what is none is refused at once.
    return data if dice.random() < 0.02 else data.decode("utf-8", "replace").encode()


def changed(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """One change."""
    at = dice.randrange(len(data) + 1)
    end = min(at + dice.choice((1, 2, 10, 100)), len(data))
    match dice.randrange(16):
        case 0:
            return data[:at] + dice.choice(TOKENS).encode("utf-8", "surrogatepass") + data[at:]
        case 1:
            return data[:at] + dice.choice(TOKENS).encode("utf-8", "surrogatepass") + data[end:]
        case 2:
            return data[:at] + data[end:]
        case 3:
            return data[:end] + data[at:end] * dice.choice((1, 2, 30)) + data[end:]
        case 4:
            return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
        case 5:
            return data[:at]
        case 6:
            lines = data.split(b"\n")
            dice.shuffle(lines) if dice.random() < 0.2 else lines.insert(
                dice.randrange(len(lines)), dice.choice(lines)
            )
            return b"\n".join(lines)
        case 7:
            lines, more = data.split(b"\n"), other.split(b"\n")
            start = dice.randrange(len(more))
            cut = dice.randrange(len(lines) + 1)
            return b"\n".join([*lines[:cut], *more[start : start + dice.randrange(1, 12)], *lines[cut:]])
        case 8 | 9 | 10 | 11 | 12 | 13 | 14 if values := list(VALUE.finditer(data)):
            old = dice.choice(values)
            new = dice.choice(values)[0] if dice.random() < 0.3 else dice.choice(TOKENS)
            if isinstance(new, str):
                new = (json.dumps(new) if dice.random() < 0.7 else new).encode("utf-8", "surrogatepass")
            return data[: old.start()] + new + data[old.end() :]
    lines = data.split(b"\n")
    which = dice.randrange(len(lines))
    lines[which] = (
        dice.choice((b"  ", b"    ", b"\t", b"- ")) + lines[which]
        if dice.random() < 0.5
        else lines[which].strip()
    )
    return b"\n".join(lines)


def broken_package(data: bytes, dice: random.Random) -> bytes:
    """A package with broken bytes, or a sound one whose database holds what it should not."""
    if dice.random() < 0.3:
        return changed(data, data, dice)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        database = package.read("collection.anki2")
    if dice.random() < 0.3:
        database = changed(database, database, dice)
    else:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(database)
        for _ in range(dice.randrange(1, 5)):
            table, columns = dice.choice((
                ("notes", ("id", "guid", "mid", "tags", "flds", "mod")), ("col", ("models", "decks", "dconf", "crt", "ver")),
                ("cards", ("id", "nid", "did", "ord", "type", "queue", "due", "ivl", "factor", "flags", "data", "reps")),
                ("revlog", ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")),
            ))  # fmt: skip
            value = dice.choice(
                (*TOKENS, None, -1, 0, 2**63 - 1, -(2**63), 1e300, b"\xff\x00", "[]", "{}", "9" * 30, 10**17)
            )
            try:
                connection.execute(
                    f"UPDATE {table} SET {dice.choice(columns)} = ? WHERE rowid % ? = 0",
                    (value, dice.choice((1, 2, 3))),
                )
            except sqlite3.Error:
                continue
        database = connection.serialize()
        connection.close()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            dice.choice(("collection.anki2", "collection.anki2", "collection.anki21", "collection.anki21b")),
            database,
        )
        package.writestr("media", "{}")
    return target.getvalue()


class Bench:
    """A place where mutants are tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template"
        collection(self.template)
        self.home, self.data = folder / "home", folder / "data"

    def fresh(self) -> None:
        """The sound collection again, and no progress."""
        for path in (self.home, self.data):
            shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.template / "home", self.home)

    def run(self, *arguments: str, typed: str = "\n3\na\n\n1 2\n\n") -> Done:
        """Run a command on the collection."""
        return dp100(
            ["--home", str(self.home), "--data", str(self.data), *arguments], typed=typed, seconds=60
        )

    def events(self) -> object:
        """All that the progress file holds, but what a look may write."""
        path = self.data / "progress.db"
        if not path.exists():
            return []
        connection = sqlite3.connect(path)
        try:
            return connection.execute("SELECT * FROM event ORDER BY id").fetchall()
        except sqlite3.Error as error:
            return str(error)
        finally:
            connection.close()

    def mistakes(self, kind: str, mutants: list[bytes], dice: random.Random) -> list[str]:
        """What goes wrong with these mutants, taken together."""
        self.fresh()
        looks = [
            ("doctor",),
            ("study", "--plain"),
            ("cards", "--json"),
            ("exam", "--plain"),
            ("stats",),
            ("check",),
        ]
        commands: list[tuple[str, ...]] = []
        if kind == "deck":
            for n, data in enumerate(mutants):
                (self.home / "decks" / f"m{n}.yaml").write_bytes(data)
            commands = [
                ("cards", "--json"),
                *dice.sample(looks, 1),
                *([("build",)] if dice.random() < 0.2 else []),
            ]
        elif kind in ("note", "table"):
            for n, data in enumerate(mutants):
                (self.home / "notes" / f"m{n}.md").write_bytes(data)
            commands = [("build",), *([("build",), ("study", "--plain")] if dice.random() < 0.2 else [])]
        elif kind == "settings":
            (self.home / "dp100.toml").write_bytes(mutants[0])
            commands = [
                dice.choice(
                    [
                        ("doctor",),
                        ("study", "--plain"),
                        ("stats",),
                        ("build", "--dry-run"),
                        ("exam", "--plain"),
                    ]
                )
            ]
        elif kind == "blueprint":
            (self.home / "dp100.toml").write_text('blueprint = "exam.yaml"\n', encoding="utf-8")
            (self.home / "exam.yaml").write_bytes(mutants[0])
            commands = [dice.choice([("exam", "--plain"), ("exam", "--plain"), ("stats",), ("check",)])]
        else:
            path = self.folder / "file"
            path.write_bytes(mutants[0])
            command = ["import", "anki"] if kind == "package" else ["progress", "merge"]
            if kind == "package" and dice.random() < 0.5:
                command += ["--as-deck", "taken"]
            commands = [(*command, str(path)), *([("cards", "--json")] if dice.random() < 0.2 else [])]
        found = []
        for arguments in commands:
            before, events = tree(self.home), self.events()
            done = self.run(*arguments)
            if why := is_sound(done, list(arguments)):
                found.append(f"{' '.join(arguments)}: {why}: {done.err[-1500:]!a}")
            elif (
                done.status
                and not (arguments[0] == "build" and done.out)
                and (tree(self.home) != before or self.events() != events)
            ):
                found.append(
                    f"{' '.join(arguments)}: refused, and yet something changed: {done.err[-500:]!a}"
                )
            elif arguments[0] in ("import", "progress") and not done.status:
                for check in (self.run("doctor"), self.run("check")):
                    if check.status:
                        found.append(
                            f"{' '.join(arguments)}: what was taken in is not sound: {check.out[-800:]!a}"
                        )
        return found


def fuzz(kind: str, runs: int, seed: int, bench: Bench) -> Iterator[tuple[str, bytes, str]]:
    """Try so many mutants of a kind; for each that does harm its name, its bytes, and what it did."""
    size = BATCH if kind in ("deck", "note", "table") else 1
    for first in range(0, runs, size):
        names = [f"{kind}-{seed}-{n}" for n in range(first, first + size)]
        mutants = [mutant(kind, random.Random(name)) for name in names]
        if not bench.mistakes(kind, mutants, random.Random(names[0])):
            continue
        single = [
            (name, data, wrong)
            for name, data in zip(names, mutants, strict=True)
            for wrong in bench.mistakes(kind, [data], random.Random(names[0]))
        ]
        yield from single or [(f"{names[0]} to {names[-1]}", b"", "only together")]


def main() -> int:
    """Fuzz by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--keep", type=Path, help="a folder for the mutants that do harm")
    chosen = parser.parse_args()
    kinds = chosen.kind or KINDS
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = name
        os.environ["DP100_DEBUG"] = "1"
        bench = Bench(Path(name))
        for kind in kinds:
            started, before = time.monotonic(), bad
            for which, data, wrong in fuzz(kind, chosen.runs // len(kinds), chosen.seed, bench):
                bad += 1
                print(f"{which}: {wrong}\n", flush=True)
                if chosen.keep:
                    chosen.keep.mkdir(exist_ok=True)
                    (chosen.keep / which).write_bytes(data)
            print(
                f"{kind}: {bad - before} bad, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True
            )
    print(json.dumps({"seed": chosen.seed, "runs": chosen.runs, "bad": bad}))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
