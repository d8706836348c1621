"""How long it takes to draw 50 questions from 5,000: at most 50 ms is the promise.

python benchmarks/exam.py
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dp100cards.cards import Choice, Option, Source
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.draw import draw

LIMIT = 50.0


def main() -> int:
    """Measure, tell, and fail above the limit."""
    plan = read_blueprint("dp-100")
    bank = [
        Choice(
            id=f"c-{n:05}", deck="d", ask=f"What is it, number {n}, in a service of many parts?",
            area=plan.areas[n % len(plan.areas)].id, source=Source("a.md", (n + 1, n + 1), f"fact {n}"),
            options=(Option(f"this is the long right option of number {n}", right=True), Option("that")),
        )
        for n in range(5000)
    ]  # fmt: skip
    times = []
    for seed in range(30):
        begin = time.perf_counter()
        drawn = draw(bank, plan, 50, Random(seed))
        times.append((time.perf_counter() - begin) * 1000)
        assert len(drawn.cards) == 50
    median, worst = statistics.median(times), max(times)
    print(f"draw 50 of 5,000: median {median:.1f} ms, worst {worst:.1f} ms, limit {LIMIT:.0f} ms")
    return int(median > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
