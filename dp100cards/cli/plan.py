"""`dp100 plan`: how to be ready on the day of the exam."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from dp100cards.cli.told import tell
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.scheduler.preparation import Outlook

FURTHEST = 730
"""Days: nobody plans further ahead."""
USUAL_SECONDS = 8.0
"""Seconds for an answer, until the learner's own are known."""
ENOUGH_ANSWERS = 50


@dataclass(frozen=True)
class Standing:
    """One exam area: its cards, how many are begun today, and the recall expected on the day."""

    id: str
    title: str
    weight: tuple[float, float]
    cards: int
    begun: int
    recall: float


@click.command()
@click.option("--exam-date", required=True, metavar="DATE", help="The day of the exam, as 2027-01-15.")
@click.option(
    "--minutes",
    type=click.FloatRange(0, min_open=True),
    metavar="M",
    help="No more than M minutes on an average day.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_workplace
def plan(work: Workplace, exam_date: str, minutes: float | None, as_json: bool) -> None:
    """Work out how many new cards a day it takes to be ready on the day of the exam.

    The days until then are played out with the scheduler: how much there will be to review, and how much you would
    recall on the day, by exam area. On the last two days nothing new is begun.
    """
    from dp100cards.cli.exam import blueprint_of
    from dp100cards.scheduler import preparation
    from dp100cards.scheduler.days import day_of
    from dp100cards.store import history

    now, engine, store = work.now(), work.store.engine, work.store
    today = date(1970, 1, 1) + timedelta(days=day_of(now, engine.rollover))
    day, days = _ahead(exam_date, today)
    entries = {entry.id: entry for entry in work.index.entries()}
    if not entries:
        raise UsageError(f"{work.collection.decks} holds no cards; `dp100 build` makes them from your notes")
    states = {card: state for card, state in store.states().items() if card in entries}
    begun = [state for state in states.values() if not state.is_new and not state.out]
    asked = {state.card for state in begun} | {card for card, state in states.items() if state.out}
    unseen = [entry.id for entry in work.index.fresh(asked)]
    reviews, took = history.totals(store)
    seconds = max(took / reviews / 1000, 1.0) if reviews >= ENOUGH_ANSWERS else USUAL_SECONDS
    limit = work.settings.study.reviews_per_day
    if minutes is None:
        wanted = preparation.needed(len(unseen), days)
        outlook = preparation.play(begun, unseen, now, days, engine, wanted, limit)
    else:
        outlook = preparation.affordable(begun, unseen, now, days, engine, limit, minutes * 60 / seconds)
    blueprint = blueprint_of(work)
    areas = _standings(
        blueprint, {id_: entry.area for id_, entry in entries.items()}, outlook, {s.card for s in begun}
    )
    if as_json:
        click.echo(json.dumps(_data(day, days, seconds, outlook, areas), ensure_ascii=False, indent=1))
        return
    tell([*_sentences(work, day, days, today, seconds, outlook, len(unseen)), "", *_table(areas)])
    if blueprint.status:
        tell(["", blueprint.status])


def _ahead(text: str, today: date) -> tuple[date, int]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is no date; write it as 2027-01-15") from None
    days = (day - today).days
    if days < 1:
        raise UsageError(f"{text} is not ahead; today is {today.isoformat()}")
    if days > FURTHEST:
        raise UsageError(f"{text} is {days} days ahead; a plan reaches no further than {FURTHEST}")
    return day, days


def _standings(
    blueprint: Blueprint, area_of: dict[str, str], outlook: Outlook, begun: set[str]
) -> list[Standing]:
    found = []
    for area in blueprint.areas:
        cards = [card for card in outlook.recall if area_of.get(card) == area.id]
        recall = sum(outlook.recall[card] for card in cards) / len(cards) if cards else 0.0
        found.append(
            Standing(
                area.id, area.title, area.weight, len(cards), sum(card in begun for card in cards), recall
            )
        )
    return found


def readiness(areas: list[Standing]) -> float:
    """The recall on the day over the whole exam: each area by its weight; one without cards counts as nothing."""
    weights = [sum(area.weight) / 2 for area in areas]
    return (
        sum(w * area.recall for w, area in zip(weights, areas, strict=True)) / sum(weights) if areas else 0.0
    )


def _sentences(
    work: Workplace, day: date, days: int, today: date, seconds: float, outlook: Outlook, unseen: int
) -> list[str]:
    from dp100cards.ui.amounts import many

    told = [f"The exam is on {day:%A} {day.day} {day:%B %Y}, in {many(days, 'day')}."]
    left = unseen - sum(outlook.begun)
    if not unseen:
        told.append("All cards are begun: what is left is to review them.")
    elif outlook.new_per_day:
        last = today + timedelta(days=outlook.last_begun or 0)
        told.append(
            f"Take {many(outlook.new_per_day, 'new card')} a day until {last.day} {last:%B}: "
            + (
                f"{many(left)} would not be begun by then."
                if left
                else f"then all {many(unseen)} that are left are begun."
            )
        )
    else:
        told.append(f"There is no time for new cards: {many(left)} would not be begun.")
    total, most = sum(outlook.answers), max(outlook.answers)
    told.append(
        f"That takes about {many(round(total / days), 'answer')} a day, {_minutes(total / days * seconds)};"
        f" on the busiest day {most}, {_minutes(most * seconds)}."
    )
    chances = list(outlook.recall.values())
    spread = 2 * sum(p * (1 - p) for p in chances) ** 0.5
    told.append(
        f"On the day you would recall about {round(sum(chances))} of {many(len(chances))},"
        f" give or take {round(spread)}."
    )
    usual = work.settings.study.new_per_day
    if unseen and outlook.new_per_day > usual:
        told.append(
            f"dp100.toml has {usual} new cards a day: set study.new_per_day to {outlook.new_per_day},"
            f" or type dp100 study --new {outlook.new_per_day}."
        )
    return told


def _minutes(seconds: float) -> str:
    from dp100cards.ui.amounts import many

    return many(max(round(seconds / 60), 1), "minute")


def _table(areas: list[Standing]) -> list[str]:
    rows = [f"{'weight':>8} {'cards':>6} {'begun':>6} {'recall':>7}  Area"]
    for area in areas:
        low, high = area.weight
        weight = f"{low:g}–{high:g} %" if low != high else f"{low:g} %"
        recall = f"{area.recall:.0%}" if area.cards else "none"
        rows.append(f"{weight:>8} {area.cards:>6} {area.begun:>6} {recall:>7}  {area.title}")
    empty = [area.title for area in areas if not area.cards]
    told = f"Over the whole exam, each area by its weight: {readiness(areas):.0%}."
    if empty:
        told += f" The decks hold nothing on: {'; '.join(empty)}."
    return [*rows, "", told]


def _data(day: date, days: int, seconds: float, outlook: Outlook, areas: list[Standing]) -> dict[str, Any]:
    return {
        "exam_date": day.isoformat(),
        "days": days,
        "new_per_day": outlook.new_per_day,
        "not_begun": sum(not chance for chance in outlook.recall.values()),
        "answers_by_day": list(outlook.answers),
        "begun_by_day": list(outlook.begun),
        "seconds_per_answer": round(seconds, 1),
        "cards": len(outlook.recall),
        "recalled": round(sum(outlook.recall.values()), 1),
        "readiness": round(readiness(areas), 4),
        "areas": [
            {
                "id": area.id, "title": area.title, "weight": list(area.weight), "cards": area.cards,
                "begun": area.begun, "recall": round(area.recall, 4),
            }
            for area in areas
        ],
    }  # fmt: skip
