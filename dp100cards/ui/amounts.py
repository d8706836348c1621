"""Numbers and times in words."""

from __future__ import annotations


def many(count: int, noun: str = "card") -> str:
    """A number with its noun: 1 card, 2 cards."""
    return f"{count} {noun}{'s' * (count != 1)}"


def percent(share: float) -> str:
    """A share: 92 %."""
    return f"{share:.0%}".replace("%", " %")


def duration(milliseconds: int) -> str:
    """A time: 40 seconds, 12 minutes, 1 hour 12 minutes."""
    seconds = round(milliseconds / 1000)
    if seconds < 90:
        return many(seconds, "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [many(hours, "hour")] * (hours > 0) + [many(minutes, "minute")] * (minutes > 0)
    return " ".join(parts)
