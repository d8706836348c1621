"""The page of `dp100 stats`: a few figures, and bars that a narrow terminal can show."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from dp100cards.ui.amounts import duration, many
from dp100cards.ui.figures import DeckFigures, Figures
from dp100cards.ui.pages import day_date
from dp100cards.ui.text import one_line, styled, wrapped
from dp100cards.ui.view import BLOCKS

BAR, REST = "━", "─"


def page(found: Figures, console: Console, width: int) -> list[Text]:
    """All of it."""
    rows = [Text()]
    for sentence in sentences(found):
        rows += [Text("  ") + line for line in wrapped(Text(sentence), console, width - 2)]
    rows += [Text(), *decks(found.decks, width)]
    if found.by_day:
        past = [found.by_day.get(day, 0) for day in range(found.today - found.days + 1, found.today + 1)]
        first = day_date(found.today - found.days + 1)
        rows += [Text(), *columns("Reviews a day", past, first, "today", width, "good")]
    if any(found.coming):
        last = day_date(found.today + len(found.coming) - 1)
        rows += [Text(), *columns("Falling due", found.coming, "today", last, width, "accent")]
    return [*rows, Text()]


def sentences(found: Figures) -> list[str]:
    """What matters most, in words."""
    counts = found.counts
    learned = many(found.cards - counts.new - counts.suspended)
    result = [
        f"{many(found.cards)}: {counts.new} new, {counts.learning} in learning, {counts.young} young,"
        f" {counts.mature} mature{f', {counts.suspended} suspended' if counts.suspended else ''}."
    ]
    if not found.reviews:
        return [*result, "Nothing was reviewed yet: type dp100 study."]
    result.append(f"Of {learned} begun, about {found.remembered:.0f} would be recalled now.")
    shares = [
        f"{known / asked:.0%} in {span} days ({known} of {asked})"
        for span, (known, asked) in found.retention.items()
        if asked
    ]
    if shares:
        result.append(f"Remembered: {', '.join(shares)}.")
    today = found.done_today
    if today.reviews:
        result.append(
            f"Today: {many(today.reviews, 'review')} in {duration(today.took)}, {many(today.new)} new."
        )
    result.append(
        f"In all: {many(found.reviews, 'review')}, {duration(found.took)}."
        f" Streak: {many(found.streak, 'day')}; the longest: {many(found.longest_streak, 'day')}."
    )
    return result


def decks(found: list[DeckFigures], width: int) -> list[Text]:
    """How far each deck is: a bar of its cards, mature, young, begun and new."""
    if not found:
        return []
    names = min(max(len(one_line(deck.title)) for deck in found), width // 3)
    room = max(width - names - 27, 0)
    rows = [styled(f"  {'Deck':<{names}}  {'cards':>5}  {'begun':>5}  {'recall':>6}", "quiet")]
    for deck in found:
        begun = deck.cards - deck.counts.new
        title = Text(one_line(deck.title))
        title.truncate(names, overflow="ellipsis", pad=True)
        row = Text("  ") + title
        row.append(f"  {deck.cards:>5}  {begun:>5}  {deck.recall:>6.0%}  ")
        filled = round(room * deck.recall)
        rows.append(row.append(BAR * filled, "bar.done").append(REST * (room - filled), "rule"))
    return rows


def columns(title: str, values: list[int], first: str, last: str, width: int, style: str) -> list[Text]:
    """Values as columns of four rows, with the greatest named; several days share a column where they must."""
    room = max(width - 10, 10)
    per = -(-len(values) // room)
    grouped = [sum(values[n : n + per]) for n in range(0, len(values), per)]
    wide = max(min(room // len(grouped), 3), 1)
    most = max(*grouped, 1)
    rows = [styled(f"  {title}{f', {per} days in a column' if per > 1 else ''}", "quiet")]
    for level in (3, 2, 1, 0):
        cells = ""
        for value in grouped:
            height = value * 32 / most - level * 8
            block = BLOCKS[min(max(round(height), 1 if value and not level else 0), 8)]
            cells += block * (wide - (wide > 1)) + " " * (wide > 1)
        name = str(most) if level == 3 else ""
        rows.append(styled(f"  {name:>5} ", "quiet").append(cells, style))
    span = max(len(grouped) * wide - len(first) - len(last), 1)
    rows.append(styled(f"        {first}{' ' * span}{last}", "quiet"))
    return rows
