"""Work that may be shared out: the same results, sooner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

AT_A_TIME = 20
"""So many neighbouring things are worked on together."""


class Spread(Protocol):
    """Does `work` on all things and gives its results, one for each thing, in the order of the things; the first ones
    perhaps before the last are made.

    It may be called on some of the things at a time, `at_a_time` of them or more, in any order, and in another process.
    """

    def __call__(  # noqa: D102
        self,
        work: Callable[[Sequence[Thing]], list[Result]],
        things: Sequence[Thing],
        /,
        at_a_time: int = AT_A_TIME,
    ) -> Iterable[Result]: ...


def here(
    work: Callable[[Sequence[Thing]], list[Result]], things: Sequence[Thing], /, at_a_time: int = AT_A_TIME
) -> Iterable[Result]:
    """All of it at once, in this process."""
    return work(things)
