"""What every command works with: the collection, its index, the progress file and the clock, each opened once."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from dp100cards import config, files
from dp100cards.clean import as_typed, say
from dp100cards.cli import clock
from dp100cards.decks.collection import Collection
from dp100cards.errors import ContentError, DataError, Interrupted, Problem, UsageError
from dp100cards.scheduler.event import Moment

if TYPE_CHECKING:
    from dp100cards.decks.index import Index
    from dp100cards.decks.shipped import Copy
    from dp100cards.scheduler.engine import Engine
    from dp100cards.store.store import Store
    from dp100cards.ui.view import Stage


class AppContext:
    """Opens what a command asks for, when it asks.

    `authoring`: the command works on notes and decks as an author does. In a clone of the program, authors work on the
    clone's own notes and decks; who studies there gets a copy, so that the clone stays clean.
    """

    def __init__(self, home: str | None = None, data: str | None = None, *, authoring: bool = False) -> None:
        self._home = home
        self._data = data
        self._authoring = authoring
        self.at_a_glance = False
        """Is the command so quick that it checks and backs up nothing?"""

    @property
    def named_home(self) -> Path | None:
        """The folder that the learner named as the collection, if any; it need not exist."""
        return Path(self._home).expanduser() if self._home else None

    @cached_property
    def collection(self) -> Collection:
        """The collection in use. Raises UsageError if the folder that was named is not there."""
        try:
            here = Path.cwd()
        except OSError:  # the folder was removed under us
            here = Path(os.sep)
        home = config.find_home(self._home, here)
        own = home is not None and (self._home or self._authoring or home.resolve() != config.shipped())
        if home is not None and own:
            return Collection(home)
        from dp100cards.decks.shipped import own_copy

        return Collection(own_copy(self.folders, first=self._about_to_upgrade).home)

    def _about_to_upgrade(self, copy: Copy) -> None:
        """Say what an upgrade of the program brings into the learner's copy, and send what it changed to learning."""
        from dp100cards.cli.build import relearn, upgrade

        if copy.brought:
            self.__dict__["collection"] = Collection(copy.home)  # which the progress file asks for
            relearn(self, copy.brought.merged.relearn)
            for line in upgrade(copy):
                say(line, err=True)

    @cached_property
    def settings(self) -> config.Settings:
        """The collection's settings. Raises ContentError if `dp100.toml` has mistakes."""
        return self.collection.settings()

    @cached_property
    def index(self) -> Index:
        """The compiled decks, brought up to date with the files."""
        from dp100cards.decks.index import Index

        index = Index.open(self.collection, self.cache)
        files.private_file(self.cache / f"{self.collection.key}.db")
        context = click.get_current_context(silent=True)
        if context:
            context.call_on_close(index.close)
        return index

    @cached_property
    def folders(self) -> config.Folders:
        """The learner's folders."""
        return config.folders(self._data)

    @property
    def data_is_named(self) -> bool:
        """Did the learner name the data folder? Only then does `DP100_NOW` count."""
        return bool(self._data)

    @property
    def data(self) -> Path:
        """The folder that holds the learner's progress; it need not exist yet."""
        return self.folders.data

    @property
    def cache(self) -> Path:
        """The folder of what can be made anew; it need not exist yet."""
        return self.folders.cache

    @cached_property
    def store(self) -> Store:
        """The progress file, closed when the command ends. Raises DataError if it cannot be used."""
        from dp100cards.store.store import Store

        with suppress(OSError):  # the store itself says what is wrong
            files.private_folder(self.data)
        store = Store.open(self.data, self.now(), self.usual_engine)
        context = click.get_current_context(silent=True)
        if context:
            context.call_on_close(lambda: self._finish(store))
        return store

    def _finish(self, store: Store) -> None:
        """Close the progress file, after the check and the backup that the first command of a day makes."""
        from dp100cards.store.migrate import is_damage

        try:
            if not self.at_a_glance:
                store.back_up(self.now())
        except DataError as error:
            if is_damage(error.__cause__):
                say(f"dp100: {error.message}", err=True)
        finally:
            store.close()

    @cached_property
    def usual_engine(self) -> Engine:
        """The engine as `dp100.toml` wants it, with the published parameters."""
        from dp100cards.scheduler.engine import Engine

        options = self.settings.study
        return Engine(retention=options.retention, maximum_interval=options.maximum_interval)

    def now(self) -> Moment:
        """The present moment."""
        return clock.now(simulated=self.data_is_named)

    def command(self, rest: str) -> str:
        """A command as it must be typed here, as `say` writes it: with --home and --data where they were given."""
        return as_typed(f"dp100 {rest}")

    def require_cards(self) -> None:
        """Raise UsageError, which names the way to cards, if no deck holds any."""
        if not self.index.decks():
            build = self.command("build")
            raise UsageError(f"{self.collection.decks} holds no cards; `{build}` makes them from your notes")

    def in_lines(self, plain: bool) -> bool:
        """Is there no terminal to paint on, or does the learner want text that stands still?"""
        return plain or self.screen_reader or not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout))

    @contextmanager
    def shown(self, plain: bool = False) -> Iterator[Stage]:
        """Where screens are shown: the terminal, held, or lines."""
        if self.in_lines(plain):
            from dp100cards.ui.plain import Lines

            with interruptible():
                yield Lines()
            return
        from dp100cards.ui.terminal import Hangup, terminal
        from dp100cards.ui.theme import THEMES, console

        theme = self.settings.ui.get("theme", THEMES[0])
        if theme not in THEMES:
            message = f"ui.theme: there is no theme {theme}; there are {', '.join(THEMES)}"
            raise ContentError([Problem(config.SETTINGS, 0, 0, message)])
        try:
            with interruptible(), terminal(console(theme=theme)) as held:
                yield held
        except Hangup as end:
            sys.exit(128 + int(end.args[0]))

    @property
    def screen_reader(self) -> bool:
        """Did the learner ask, by the environment, for text that stands still?"""
        return os.environ.get("TERM") == "dumb" or bool(os.environ.get("ACCESSIBLE"))


def _is_terminal(stream: TextIO | None) -> bool:
    """Is a stream a terminal? Not if it is closed."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def quoted(value: str) -> str:
    """A value as it is typed in a shell."""
    return value if re.fullmatch(r"[\w./\\:~@%+=,-]+", value) else "'" + value.replace("'", "'\\''") + "'"


@contextmanager
def interruptible(saved: str = "Interrupted. Everything that you answered is saved.") -> Iterator[None]:
    """Where the learner may press Ctrl-C at any time. Raises Interrupted then, with what is saved."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(saved) from None


pass_context = click.make_pass_decorator(AppContext)
