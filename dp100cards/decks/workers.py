"""Much work shared out among the processors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Thing = TypeVar("Thing")
Result = TypeVar("Result")

MANY = 100
"""Of fewer things than this, sharing them out would cost more than it saves."""
AT_A_TIME = 50
"""So many neighbouring things go to one process, the next to another: what is hard comes in clusters."""
MOST = 4


def spread(work: Callable[[Sequence[Thing]], list[Result]], things: Sequence[Thing], /) -> list[Result]:
    """Do the work in as many processes as there are processors; in this one alone where there is little to do.

    A copy of this process does its share and sends the results. That is safe only where processes may be copied as
    they are, which macOS and Windows do not promise: there everything is done here. What a copy fails to do is done
    here, too.
    """
    count = min(processors(), MOST)
    if sys.platform != "linux" or len(things) < MANY or count < 2:
        return work(things)
    from multiprocessing import get_context

    context = get_context("fork")
    shares = [share(len(things), n, count) for n in range(count)]
    copies = []
    for places in shares[1:]:
        ours, theirs = context.Pipe(duplex=False)
        copy = context.Process(target=_send, args=(work, [things[n] for n in places], theirs), daemon=True)
        with suppress(OSError):  # there may be no more processes: the pipe, closed below, says so
            copy.start()
        theirs.close()
        copies.append((copy, ours, places))
    results: dict[int, Result] = dict(zip(shares[0], work([things[n] for n in shares[0]]), strict=True))
    for copy, ours, places in copies:
        try:
            done: list[Result] = ours.recv()
        except (EOFError, OSError):
            done = work([things[n] for n in places])
        results.update(zip(places, done, strict=True))
        if copy.pid is not None:
            copy.join()
    return [results[n] for n in range(len(things))]


def share(things: int, nth: int, of: int) -> list[int]:
    """The places of the things that the nth of so many processes works on."""
    return [n for n in range(things) if n // AT_A_TIME % of == nth]


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _send(work: Callable[[Sequence[Thing]], list[Result]], things: Sequence[Thing], to: Connection) -> None:
    """In a copy: work and send; a copy that fails says nothing, and its share is done again where it can be told."""
    try:
        to.send(work(things))
    except BaseException:  # Ctrl-C reaches the copies, too
        os._exit(1)
