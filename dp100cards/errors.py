"""What can go wrong, said to the learner.

Every error that a learner can meet is one of these: a sentence and an exit status. `cli.main` prints the sentence
to stderr and exits; nothing else prints errors and exits. A `Problem` is one mistake at one place in a file that
a learner wrote: problems are values, gathered all at once, never raised one by one.
"""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in a learner's file. `line` and `column` count from 1; 0 means that the place is not known."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])
        return f"{place}: {self.message}"


NOT_DATA = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)
"""What is raised for data, as JSON, that this program did not write."""


class Dp100Error(Exception):
    """An error with a sentence for the learner. `status` is the exit status of the program."""

    status = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ContentError(Dp100Error):
    """The learner's notes, decks or settings have mistakes (exit status 1)."""

    def __init__(self, problems: list[Problem] | str) -> None:
        self.problems = [] if isinstance(problems, str) else sorted(problems)
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, self.problems)))


class UsageError(Dp100Error):
    """The command was used wrongly: an unknown deck, a value out of range (exit status 2)."""

    status = 2


class DataError(Dp100Error):
    """The data folder cannot be used: unwritable, damaged, full, from a newer version (exit status 3)."""

    status = 3


class Interrupted(Dp100Error):
    """The learner pressed Ctrl-C. Nothing is wrong: the sentence says what was saved (exit status 130)."""

    status = 130
