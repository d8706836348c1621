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

from dp100cards.cards import Card, Choice, Multiple, Option, Order, Scenario, Source, Statements
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.draw import draw

LIMIT = 50.0


def question(n: int, area: str) -> Card:
    """A question of some kind; every hundred have a case study of five among them."""
    common = {
        "id": f"c-{n:05}", "deck": "d", "ask": f"What is it, number {n}, in a service of many parts?", "area": area,
        "source": Source("a.md", (n + 1, n + 1), f"fact {n}"),
        "scenario": Scenario(f"s-{n // 100}", "A firm.") if n % 100 < 5 else None,
    }  # fmt: skip
    right = Option(f"this is the long right option of number {n}", right=True)
    match n % 10:
        case 7:
            return Multiple(options=(right, Option("these", right=True), Option("that")), **common)
        case 8:
            return Order(items=("one", "two", "three"), **common)
        case 9:
            return Statements(statements=(right, Option("that")), **common)
    return Choice(options=(right, Option("that")), **common)


def main() -> int:
    """Measure, tell, and fail above the limit."""
    plan = read_blueprint("dp-100")
    bank = [question(n, plan.areas[n % len(plan.areas)].id) for n in range(5000)]
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
