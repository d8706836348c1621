"""Much work shared out among the processors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Generic

from dp100cards.first.notes.spread import AT_A_TIME, Result, Thing

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

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
) -> Generator[Result, None, None]:
    """Do the work in as many processes as there are processors; in this one alone where there is little to do.

    Neighbouring things are a share; whoever is done with one takes the next. A copy of this process sends the results
    of each share as soon as it has them, so that whoever asked can go on with the first ones while the last are made.
    That is safe only where processes may be copied as they are, which macOS and Windows do not promise: there
    everything is done here. What a copy fails to do is done here, too. Once the copies have begun, this process does
    `meanwhile`, and then its own shares.
    """
    at_a_time = max(at_a_time, -(-len(things) // MOST_SHARES))
    shares = [things[at : at + at_a_time] for at in range(0, len(things), at_a_time)]
    count = min(processors(), MOST, len(shares))
    if sys.platform != "linux" or len(shares) < MANY or count < 2:
        yield from work(things)
        return
    numbers, full = os.pipe()
    os.write(full, b"".join(n.to_bytes(_WIDTH, "big") for n in range(len(shares))))
    os.close(full)
    copies = _Copies(count - 1, work, shares, numbers)
    mine = _taken(numbers)
    try:
        meanwhile()
        for n, share in enumerate(shares):
            while n not in copies.results and (taken := next(mine, None)) is not None:
                copies.results[taken] = work(shares[taken])
                copies.receive(0)
            while n not in copies.results and copies.receive():
                pass
            yield from copies.results.pop(n, None) or work(share)
    finally:
        for _ in mine:  # after a mistake here nobody shall begin anything more
            pass
        os.close(numbers)
        copies.end()


class _Copies(Generic[Thing, Result]):
    """Copies of this process that take shares of the work, and the results of each share so far."""

    def __init__(
        self,
        count: int,
        work: Callable[[Sequence[Thing]], list[Result]],
        shares: list[Sequence[Thing]],
        numbers: int,
    ) -> None:
        self.results: dict[int, list[Result]] = {}
        self._processes: list[BaseProcess] = []
        self._open: list[Connection] = []
        if sys.platform == "linux":
            from multiprocessing import get_context

            context = get_context("fork")
            for _ in range(count):
                ours, theirs = context.Pipe(duplex=False)
                self._open.append(ours)
                copy = context.Process(
                    target=_send, args=(work, shares, numbers, theirs, self._open), daemon=True
                )
                with suppress(OSError):  # there may be no more processes: the pipe, closed below, says so
                    copy.start()
                    self._processes.append(copy)
                theirs.close()

    def receive(self, timeout: float | None = None) -> bool:
        """Take what the copies have sent, and wait for it if need be; False if they will never send more."""
        from multiprocessing.connection import wait

        ready = wait(self._open, timeout) if self._open else []
        for pipe in [each for each in self._open if each in ready]:
            try:
                n, results = pipe.recv()
                self.results[n] = results
            except (EOFError, OSError):
                pipe.close()
                self._open.remove(pipe)
        return bool(self._open)

    def end(self) -> None:
        """Take nothing more; a copy that still has something to send ends of it."""
        for pipe in self._open:
            pipe.close()
        for copy in self._processes:
            copy.join()


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
    others: list[Connection],
) -> None:
    """In a copy: work and send, share by share; a copy that fails says nothing, and its shares are done again where it
    can be told."""
    try:
        for pipe in others:
            pipe.close()  # else nobody would tell this copy that its results are no longer wanted
        for n in _taken(numbers):
            to.send((n, work(shares[n])))
    except BaseException:  # Ctrl-C reaches the copies, too
        os._exit(1)
