"""Statistics: twelve weeks at a glance, retention, what is coming, how far each deck and area is, mock exams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.text import Text

from dp100cards.clean import clean_line, many, percent
from dp100cards.ui.view import NOTHING, SCROLLS, Result, Screen, Size, View, bar, blocks, fit, said, styled

WEEKS = 12
HEAT = "·░▒▓█"
NARROW = 48
"""With fewer columns the tables leave out what the maturity of all cards says above."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """How far the learner is with one deck or area."""

    title: str
    cards: int
    begun: int | None
    """None until it is counted."""
    mature: int
    recall: float | None
    """The mean recall of those that were begun."""


@dataclass(frozen=True, kw_only=True)
class MockRow:
    """One mock exam."""

    date: str
    score: int
    verdict: str
    forecast: str = ""
    """What was said of the chance to pass when it began."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All that there is to show."""

    summary: Sequence[str]
    days: Sequence[int]
    """Reviews on each day of the last twelve weeks, from a Monday on; today last."""
    months: Sequence[tuple[int, str]]
    """In which of these weeks a month begins, and its name."""
    retention: Sequence[tuple[int, int]]
    """For each of the last twelve weeks: cards that were known, of those asked."""
    coming: Sequence[int]
    """Cards that fall due on each coming day, today first."""
    phases: Sequence[tuple[str, int]]
    """How many cards are new, in learning, young, mature."""
    decks: Sequence[Row]
    areas: Sequence[Row] = ()
    mocks: Sequence[MockRow] = ()
    pass_mark: int = 700
    commands: Sequence[str] = field(default_factory=tuple)


class StatisticsScreen(Screen):
    """One page that scrolls."""

    widest = 110

    def __init__(self, overview: Overview) -> None:
        self._overview = overview

    def press(self, key: str) -> Result:
        """Scroll or leave."""
        return NOTHING if key in SCROLLS else "close"

    def view(self, size: Size) -> View:
        """All of it."""
        found, body = self._overview, [Text()]
        for line in found.summary:
            body += said(line, size.width - 2)
        body += _section("Reviews in twelve weeks", _heatmap(found, size))
        body += _section("Retention by week", _retention(found, size))
        body += _section("Cards falling due", _coming(found, size))
        body += _section("Maturity", _phases(found, size))
        body += _section("Decks", _table(found.decks, size)) + _section(
            "Areas of the exam", _table(found.areas, size)
        )
        body += _section("Mock exams", _mocks(found, size))
        hints = [("PgDn", "more"), ("q", "back")]
        return View(title=styled(" Statistics", "title"), body=body, hints=hints, page="statistics")


def _section(title: str, lines: Sequence[Text]) -> list[Text]:
    return [Text(), styled(f"  {title}", "title"), *lines] if lines else []


def _heatmap(found: Overview, size: Size) -> list[Text]:
    """A column for each week, a row for each weekday; in lines a sum for each week."""
    if not any(found.days):
        return []
    if size.plain:
        sums = [sum(found.days[n : n + 7]) for n in range(0, len(found.days), 7)]
        return [styled(f"  {', '.join(map(str, sums))} reviews, week by week")]
    most = max(found.days)
    head = [" "] * (WEEKS * 2 + 2)
    for week, name in found.months:
        head[week * 2 : week * 2 + 3] = name
    rows = [styled(f"        {''.join(head).rstrip()}", "quiet")]
    for weekday, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "Sun")):
        row = styled(f"  {name:<5} ", "quiet")
        for week in range(WEEKS):
            n = week * 7 + weekday
            if n < len(found.days):
                level = -(-found.days[n] * 4 // most)
                row.append(f"{HEAT[level]} ", f"heat.{level}")
        rows.append(row)
    legend = styled("        less ", "quiet")
    for level, mark in enumerate(HEAT):
        legend.append(f"{mark} ", f"heat.{level}")
    if size.width < NARROW:
        return [*rows, legend.append("more", "quiet"), styled(f"        up to {most} a day", "quiet")]
    return [*rows, legend.append(f"more (up to {most} a day)", "quiet")]


def _retention(found: Overview, size: Size) -> list[Text]:
    weeks = [(n, known, asked) for n, (known, asked) in enumerate(found.retention) if asked]
    result = []
    for n, known, asked in weeks:
        ago = len(found.retention) - 1 - n
        name = "this week" if not ago else "last week" if ago == 1 else f"{ago} weeks ago"
        lead = styled(f"  {name:<12} ", "quiet").append(f"{percent(known / asked):>5}  ")
        lead.append(f"{known} of {asked}".ljust(12), "quiet")
        result.append(lead if size.plain else lead + bar(known / asked, min(size.width - 35, 40), "good"))
    return result


def _coming(found: Overview, size: Size) -> list[Text]:
    if not any(found.coming):
        return []
    if size.plain:
        return [styled(f"  today {found.coming[0]}, then {', '.join(map(str, found.coming[1:8]))}")]
    most = max(found.coming)
    shown = found.coming[: max(min(size.width - 12, 60) // 2, 7)]
    line = styled("  ").append(" ".join(blocks(shown, most)), "accent").append(f"  up to {most}", "quiet")
    last = f"in {len(shown) - 1} days"
    return [line, styled(f"  today{last.rjust(max(len(shown) * 2 - 6, 0))}", "quiet")]


def _phases(found: Overview, size: Size) -> list[Text]:
    total = max(sum(count for _, count in found.phases), 1)
    lines = []
    for name, count in found.phases:
        lead = styled(f"  {name:<9}", "quiet").append(f"{count:>6}  ")
        lines.append(
            lead if size.plain else lead + bar(count / total, min(size.width - 22, 50), "bar.mature")
        )
    return lines


def _table(groups: Sequence[Row], size: Size) -> list[Text]:
    """How far each deck or area is; recall is that of the cards begun."""
    if not groups:
        return []
    narrow = size.width < NARROW
    names = min(max(len(group.title) for group in groups), max(size.width - (26 if narrow else 34), 10))
    room = min(size.width - names - 36, 30)
    rows = [
        styled(
            f"  {'':<{names}}  {'cards':>6}{'begun':>7}{'' if narrow else '  mature'}{'recall':>8}", "quiet"
        )
    ]
    for group in groups:
        recall = "–" if group.recall is None else percent(group.recall)
        row = styled("  ") + fit(clean_line(group.title), names)
        mature = "" if narrow else f"{group.mature:>8}"
        row.append(f"  {group.cards:>6}{group.begun or 0:>7}{mature}{recall:>8}  ")
        rows.append(
            row if size.plain or room < 6 else row + bar((group.begun or 0) / max(group.cards, 1), room)
        )
    return rows


def _mocks(found: Overview, size: Size) -> list[Text]:
    """Each score against the pass mark, and what was forecast."""
    rows = []
    room = min(size.width - 42, 40)
    for mock in found.mocks[-10:]:
        row = styled(f"  {mock.date:<11} ", "quiet").append(f"{mock.score:>4}  ")
        if not size.plain and room >= 10:
            row.append_text(
                bar(mock.score / 1000, room, "good" if mock.score >= found.pass_mark else "again")
            )
        row.append(f"  {mock.verdict}", "quiet")
        rows.append(row)
        if mock.forecast:
            rows.append(styled(f"  {'':<11}       {mock.forecast}", "quiet"))
    return rows


def summary_of(cards: int, begun: int, mature: int, recall: float | None, streak: int, longest: int) -> str:
    """The line that says most."""
    known = f" · recall {percent(recall)} of begun" if recall is not None else ""
    run = f" · streak {many(streak, 'day')}, longest {longest}" if longest else ""
    return f"{begun} of {many(cards)} begun · {mature} mature{known}{run}"
