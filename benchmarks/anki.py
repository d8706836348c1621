"""How fast and how small the way to Anki and back is: `python benchmarks/anki.py [CARDS [REVIEWS]]`.

Ratios to bare genanki for the same notes are taken in one run, turn by turn, best of three. The learner's past is made
up from a fixed seed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import genanki

from dp100cards.cards import Basic, Card
from dp100cards.exchange.anki_file import opened
from dp100cards.exchange.anki_in import Here, take
from dp100cards.exchange.anki_out import FIELDS, Package, Schedule, fields, note_type
from dp100cards.exchange.markup import data
from dp100cards.scheduler.engine import Engine, replay
from dp100cards.scheduler.event import DAY, Event, Moment
from dp100cards.store.store import Store

NOW = Moment(1_795_420_800_000, 0)
WORDS = "workspace datastore pipeline compute target image service model script account storage resource run".split()


def main(count: int = 10_000, reviews: int = 100_000) -> None:
    rng = random.Random(1)
    cards: list[Card] = [
        Basic(
            id=f"big-{n}", deck=f"deck-{n % 20}", ask=f"What is {n} {' '.join(rng.choices(WORDS, k=8))}?",
            answer=" ".join(rng.choices(WORDS, k=12)), explain=" ".join(rng.choices(WORDS, k=15)), tags=("a", "b"),
        )
        for n in range(count)
    ]  # fmt: skip
    titles = {card.deck: card.deck for card in cards}
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs, full = (Path(folder) / name for name in ("ours.apkg", "theirs.apkg", "full.apkg"))
        pairs = [
            (
                timed(lambda: Package(cards, titles, "Big", NOW, {}).write(ours)),
                timed(lambda: by_genanki(theirs, cards)),
            )
            for _ in range(3)
        ]
        mine, others = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
        print(
            f"{count} cards out: {mine:.2f} s; genanki {others:.2f} s; ratio {mine / others:.2f} (at most 1)"
        )
        size, other = ours.stat().st_size, theirs.stat().st_size
        print(f"  {size / 1e6:.2f} MB; genanki {other / 1e6:.2f} MB; ratio {size / other:.2f} (at most 0.25)")
        past = history(cards, reviews, rng)
        engine = Engine()
        schedule = Schedule(engine, {id_: replay(engine, id_, mine_) for id_, mine_ in past.items()}, past)
        took = timed(lambda: Package(cards, titles, "Big", NOW, {}, schedule).write(full))
        print(f"{count} cards with {reviews} reviews out: {took:.2f} s (at most 10)")
        with Store.open(Path(folder) / "data", NOW) as store:
            took = timed(lambda: bring(full, {card.id for card in cards}, store))
            print(f"{reviews} reviews in, into an empty past: {took:.2f} s (at most 10)")
            took = timed(lambda: bring(full, {card.id for card in cards}, store))
            print(f"  the same file again: {took:.2f} s")


def timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def bring(path: Path, ours: set[str], store: Store) -> None:
    with opened(path) as collection:
        intake = take(collection, ours, Here.of(store, NOW, lambda _: 0))
    store.record_all(intake.events)


def history(cards: list[Card], reviews: int, rng: random.Random) -> dict[str, list[Event]]:
    past: dict[str, list[Event]] = {}
    each = reviews // len(cards)
    for n, card in enumerate(cards):
        at = NOW.at - 500 * DAY + n * 7001
        mine = past[card.id] = []
        for k in range(each):
            mine.append(
                Event(
                    card=card.id,
                    kind="review",
                    rating=rng.choice((1, 2, 3, 3, 3, 4)),
                    took=4000,
                    moment=Moment(at),
                )
            )
            at += 600_000 if not k else int(rng.uniform(1, 45) * DAY)
    return past


def by_genanki(path: Path, cards: list[Card]) -> None:
    kind = note_type("basic")
    model = genanki.Model(
        1607392319, "Bare", fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card 1", "qfmt": kind.front, "afmt": kind.back}], css=data("anki.css"),
    )  # fmt: skip
    decks: dict[str, genanki.Deck] = {}
    for card in cards:
        deck = decks.setdefault(card.deck, genanki.Deck(2059400110 + len(decks), f"Big::{card.deck}"))
        deck.add_note(genanki.Note(model=model, fields=fields(card), guid=card.id, tags=list(card.tags)))
    genanki.Package(list(decks.values())).write_to_file(str(path))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
