"""The clock: where the program learns what time it is, and nowhere else."""

from __future__ import annotations

import os
import time
from datetime import datetime

from dp100cards.errors import UsageError
from dp100cards.scheduler.event import MINUTE, Moment

STARTED = time.monotonic()
FIRST, LAST = 0, 253_000_000_000
"""Seconds since 1970: from there to the year 9987 every calendar can count the days around a moment."""
MOST = 24 * 60 - 1


def now(*, simulated: bool = False) -> Moment:
    """The present moment, with the offset from UTC of the local time zone.

    With `simulated`, `DP100_NOW` (ISO 8601 with an offset, `2026-11-23T09:00:00+01:00`) stands in for the clock;
    it is honoured only for a data folder named by the caller, so that no real progress gets false dates. It says
    when the program started; from there the clock runs on.
    """
    given = os.environ.get("DP100_NOW", "") if simulated else ""
    if given:
        return parse(given).later(int((time.monotonic() - STARTED) * 1000))
    at = time.time()
    return Moment(int(at * 1000), local_offset(at))


def parse(text: str) -> Moment:
    """A moment from ISO 8601 text. Raises UsageError if it is not one."""
    try:
        moment = datetime.fromisoformat(text)
        at = moment.timestamp()
        if not FIRST <= at <= LAST:
            raise ValueError(text)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"DP100_NOW: {text!r} is not a moment such as 2026-11-23T09:00:00+01:00") from None
    offset = moment.utcoffset()
    return Moment(
        round(at * 1000), local_offset(at) if offset is None else int(offset.total_seconds() * 1000) // MINUTE
    )


def local_offset(at: float) -> int:
    """Minutes east of UTC of the local time zone at a time in seconds since 1970; a day's at most (`TZ=UTC+25`)."""
    try:
        offset = time.localtime(at).tm_gmtoff // 60
    except (ValueError, OverflowError, OSError):
        return 0
    return min(max(offset, -MOST), MOST)
