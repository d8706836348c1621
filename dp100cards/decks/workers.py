"""Much work shared out among the processors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from dp100cards.notes.spread import AT_A_TIME, Result, Thing

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MANY = 5
"""Of fewer shares than this, dealing them out would cost more than it saves."""
MOST = 4
"""Processes at most."""
MOST_SHARES = 2000
"""Their numbers go into a pipe at once, which may be as small as a page of memory."""
_WIDTH = 2
"""Bytes of a share's number in the pipe."""


def spread(
    work: Callable[[Sequence[Thing]], list[Result]],
    things: Sequence[Thing],
    /,
    at_a_time: int = AT_A_TIME,
    meanwhile: Callable[[], object] = bool,
) -> list[Result]:
    """Do the work in as many processes as there are processors; in this one alone where there is little to do.

    Neighbouring things are a share; whoever is done with one takes the next. A copy of this process sends the results
    of its shares. That is safe only where processes may be copied as they are, which macOS and Windows do not promise:
    there everything is done here. What a copy fails to do is done here, too. Once the copies have begun, this process
    does `meanwhile`, and then its own shares.
    """
    at_a_time = max(at_a_time, -(-len(things) // MOST_SHARES))
    shares = [things[at : at + at_a_time] for at in range(0, len(things), at_a_time)]
    count = min(processors(), MOST, len(shares))
    if sys.platform != "linux" or len(shares) < MANY or count < 2:
        return work(things)
    from multiprocessing import get_context

    context = get_context("fork")
    numbers, full = os.pipe()
    os.write(full, b"".join(n.to_bytes(_WIDTH, "big") for n in range(len(shares))))
    os.close(full)
    copies = []
    for _ in range(count - 1):
        ours, theirs = context.Pipe(duplex=False)
        copy = context.Process(target=_send, args=(work, shares, numbers, theirs), daemon=True)
        with suppress(OSError):  # there may be no more processes: the pipe, closed below, says so
            copy.start()
        theirs.close()
        copies.append((copy, ours))
    try:
        meanwhile()
        results = {n: work(shares[n]) for n in _taken(numbers)}
    finally:
        for _ in _taken(numbers):  # after a mistake here nobody shall begin anything more
            pass
        os.close(numbers)
    for copy, ours in copies:
        with suppress(EOFError, OSError):
            results.update(ours.recv())
        if copy.pid is not None:
            copy.join()
    return [result for n, share in enumerate(shares) for result in results.get(n) or work(share)]


def _taken(numbers: int) -> Iterator[int]:
    """The numbers of the shares that this process takes from the pipe, until it is empty."""
    while number := os.read(numbers, _WIDTH):
        yield int.from_bytes(number, "big")


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _send(
    work: Callable[[Sequence[Thing]], list[Result]],
    shares: list[Sequence[Thing]],
    numbers: int,
    to: Connection,
) -> None:
    """In a copy: work and send; a copy that fails says nothing, and its shares are done again where it can be told."""
    try:
        to.send({n: work(shares[n]) for n in _taken(numbers)})
    except BaseException:  # Ctrl-C reaches the copies, too
        os._exit(1)
