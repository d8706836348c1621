"""What every command works with: the collection, its index, the progress file and the clock, each opened once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards.cli import clock
from dp100cards.decks.collection import Collection, find_home
from dp100cards.decks.commit import JOURNAL, recover
from dp100cards.errors import DataError, Interrupted
from dp100cards.scheduler.days import Moment

if TYPE_CHECKING:
    from dp100cards.decks.index import Index
    from dp100cards.decks.settings import Settings
    from dp100cards.scheduler.engine import Engine
    from dp100cards.store.store import Store
    from dp100cards.ui.paint import Stage
    from dp100cards.ui.plain import Plain
    from dp100cards.ui.view import Stage as ShownOn


class Workplace:
    """Opens what a command asks for, when it asks. `data_is_named` tells whether the learner named the data folder."""

    def __init__(self, home: str | None = None, data: str | None = None) -> None:
        self._home = home
        self._data = data

    @property
    def named_home(self) -> Path | None:
        """The folder that the learner named as the collection, if any; it need not exist."""
        return Path(self._home).expanduser() if self._home else None

    @cached_property
    def collection(self) -> Collection:
        """The collection. Raises UsageError if the folder that was named is not there."""
        collection = Collection(find_home(self._home, Path.cwd()))
        if (collection.decks / JOURNAL).exists():
            from dp100cards.decks.lock import PATIENCE, Busy, locked

            try:
                with suppress(Busy), locked(collection.decks, PATIENCE):  # who is busy there finishes it
                    recover(collection.decks)
            except OSError as error:
                raise DataError(
                    f"a build was interrupted and cannot be finished: {error.strerror} ({error.filename})"
                ) from None
        return collection

    @cached_property
    def settings(self) -> Settings:
        """The collection's settings. Raises ContentError if `dp100.toml` has mistakes."""
        return self.collection.settings()

    @cached_property
    def index(self) -> Index:
        """The compiled decks, brought up to date with the files."""
        from dp100cards.decks.index import Index

        index = Index.open(self.collection, self.data / "index")
        context = click.get_current_context(silent=True)
        if context:
            context.call_on_close(index.close)
        return index

    @property
    def data_is_named(self) -> bool:
        """Did the learner name the data folder? Only then does `DP100_NOW` count."""
        return bool(self._data)

    @cached_property
    def data(self) -> Path:
        """The folder that holds the learner's progress; it need not exist yet."""
        if self._data:
            return Path(self._data).expanduser()
        from platformdirs import user_data_path

        return user_data_path("dp100cards", appauthor=False, roaming=False)

    @cached_property
    def store(self) -> Store:
        """The progress file, closed when the command ends. Raises DataError if it cannot be used."""
        from dp100cards.store import fitted
        from dp100cards.store.store import Store

        store = Store.open(self.data, self.now(), lambda store: fitted.engine(store, self.usual_engine))
        context = click.get_current_context(silent=True)
        if context:
            context.call_on_close(store.close)
        return store

    @cached_property
    def usual_engine(self) -> Engine:
        """The engine as `dp100.toml` wants it, with the published parameters."""
        from dp100cards.scheduler.engine import Engine

        wishes = self.settings.study
        return Engine(retention=wishes.retention, maximum_interval=wishes.maximum_interval)

    def now(self) -> Moment:
        """The present moment."""
        return clock.now(simulated=self.data_is_named)

    def in_lines(self, plain: bool) -> bool:
        """Is there no terminal to paint on, or does the learner want text that stands still?"""
        return plain or self.screen_reader or not (sys.stdin.isatty() and sys.stdout.isatty())

    @contextmanager
    def stage(self) -> Iterator[Stage]:
        """The terminal, held; if it is closed, or the program killed, the program ends with the signal's status."""
        from dp100cards.ui.paint import Hangup, stage
        from dp100cards.ui.theme import console

        try:
            with interruptible(), stage(console()) as held:
                yield held
        except Hangup as end:
            sys.exit(128 + int(end.args[0]))

    @contextmanager
    def shown(self, plain: bool = False) -> Iterator[ShownOn]:
        """Where screens are shown: the terminal, held, or lines."""
        from dp100cards.ui.theme import console

        if self.in_lines(plain):
            from dp100cards.ui.plain import Lines

            with interruptible():
                yield Lines()
            return
        from dp100cards.ui.terminal import Hangup, terminal

        try:
            with interruptible(), terminal(console()) as held:
                yield held
        except Hangup as end:
            sys.exit(128 + int(end.args[0]))

    @contextmanager
    def lines(self) -> Iterator[Plain]:
        """The linear form of a screen."""
        from dp100cards.ui.plain import Plain

        with interruptible():
            yield Plain()

    @property
    def screen_reader(self) -> bool:
        """Did the learner ask, by the environment, for text that stands still?"""
        return os.environ.get("TERM") == "dumb" or bool(os.environ.get("ACCESSIBLE"))


@contextmanager
def interruptible(saved: str = "Interrupted. Everything that you answered is saved.") -> Iterator[None]:
    """Where the learner may press Ctrl-C at any time. Raises Interrupted then, with what is saved."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(saved) from None


pass_workplace = click.make_pass_decorator(Workplace)
