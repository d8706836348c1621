"""How long reading notes and building them takes, and how much memory.

python benchmarks/build.py [FOLDER | --build]

Without a folder a megabyte of made-up notes is read; then lines that are hard on a reader. What must hold: the megabyte
in 5 s of one processor and 150 MB, each hard line in 1 s, 6,000 terms in 4 s, and twice the notes in twice the time.
With `--build` the megabyte is built as well: in an empty folder, again, and after every tenth note was edited.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dp100cards.decks.build import prepare, write
from dp100cards.decks.collection import Collection
from dp100cards.generate.pipeline import draft_cards

MEGABYTE = 1_000_000
PAGE = """
## Part {n} of the service

Part {n} is a tool that stores the jobs of team {n}. It is based on engine {n}. If job {n} fails, the run is cancelled.

- **Setting {n}a**: a limit for the number of nodes.
- **Setting {n}b** - the name of the queue for jobs.

Part {n} has two stages:

- Loading data
- Writing results

| Option | Default |
| --- | --- |
| size {n} | {n} GB |
| wait {n} | {n} s |
"""
HARD = {
    "dots": "." * 200_000,
    "blanks": "a " + " " * 200_000 + "b",
    "braces": "{{a" * 60_000,
    "6,000 items": "\n".join(f"- item number {n} of the list" for n in range(6_000)),
    "6,000 terms": "\n".join(f"- **Alpha{n}**: a thing of kind {n}" for n in range(6_000)),
}


def measure(name: str, notes: dict[str, str], most: float) -> float:
    started = process_time()
    drafts = draft_cards(notes).drafts
    seconds = process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:>12}: {seconds:5.2f} s (at most {most:.0f}), {len(drafts):5} drafts, {memory:4.0f} MB so far"
    )
    return seconds


def made_up(size: int) -> dict[str, str]:
    pages = [PAGE.format(n=n) for n in range(size // 400)]
    return {f"{n}.md": f"# Book {n}\n" + "".join(pages[n : n + 20]) for n in range(0, len(pages), 20)}


def builds(notes: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(Path(folder))
        collection.decks.mkdir()
        edited = {n: t.replace("the", "each") if k % 10 == 0 else t for k, (n, t) in enumerate(notes.items())}
        for name, texts in (("first build", notes), ("again", notes), ("edited", edited)):
            started = process_time()
            built = prepare(collection, texts)
            write(collection, built)
            seconds, merged = process_time() - started, built.merged
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name:>12}: {seconds:5.2f} s, {memory:4.0f} MB so far; {len(merged.new)} new, {merged.kept} kept"
            )


def main() -> int:
    if sys.argv[1:] == ["--build"]:
        builds(made_up(MEGABYTE))
        return 0
    if len(sys.argv) > 1:
        root = Path(sys.argv[1])
        notes = {
            str(p.relative_to(root)): p.read_text("utf-8", "replace") for p in sorted(root.rglob("*.md"))
        }
        measure("folder", notes, 5 * sum(map(len, notes.values())) / MEGABYTE)
        return 0
    half, whole = measure("half a MB", made_up(MEGABYTE // 2), 3), measure("a megabyte", made_up(MEGABYTE), 5)
    slow = whole > 5 or whole > 2.6 * half
    slow |= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 150 * 1024
    for name, text in HARD.items():
        most = 4 if name == "6,000 terms" else 1
        slow |= measure(name, {"a.md": text}, most) > most
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
