"""Work that may be shared out: the same results, sooner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


class Spread(Protocol):
    """Does `work` on all things and gives its results, one for each thing, in the order of the things.

    It may be called on some of the things at a time, in any order, and in another process.
    """

    def __call__(  # noqa: D102
        self, work: Callable[[Sequence[Thing]], list[Result]], things: Sequence[Thing], /
    ) -> list[Result]: ...


def here(work: Callable[[Sequence[Thing]], list[Result]], things: Sequence[Thing], /) -> list[Result]:
    """All of it at once, in this process."""
    return work(things)
