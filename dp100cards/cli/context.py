"""What commands work with: the collection, its index, the progress file and the clock, opened once; and the figures."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards import config
from dp100cards.cards import KINDS, Card
from dp100cards.clean import as_typed, many, say
from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.errors import ContentError, DataError, Dp100Error, Interrupted, UsageError
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import Moment
from dp100cards.store import daily
from dp100cards.store.store import FILE, Store

if TYPE_CHECKING:  # 35 ms at run time, that `dp100 --short` saves
    from dp100cards.decks.build import Build
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.store.statistics import Statistics
    from dp100cards.ui.view import Stage

STARTED = time.monotonic()
LATEST = 253_000_000_000
"""Seconds since 1970: up to the year 9987 every calendar can count the days around a moment."""


class AppContext:
    """Opens what a command asks for, when it asks.

    `authoring`: the command works on notes and decks as an author does. In a clone of the program, authors work on the
    clone's own notes and decks; who studies there gets a copy, so that the clone stays clean.
    """

    def __init__(self, home: str | None = None, data: str | None = None, authoring: bool = False) -> None:
        self.home, self.authoring = home, authoring
        self.folders = config.folders(data)
        self.data, self.cache = self.folders.data, self.folders.cache
        self.closing = ExitStack()
        self.plain = os.environ.get("TERM") == "dumb" or bool(os.environ.get("ACCESSIBLE"))
        """Did the learner ask for text that stands still?"""

    @cached_property
    def collection(self) -> Collection:
        """The collection in use. Raises UsageError if the folder that was named is not there."""
        home = config.find_home(self.home, Path.cwd())
        if home is not None and (self.home or self.authoring or home.resolve() != config.shipped()):
            return Collection(home)
        from dp100cards.decks.shipped import own_copy  # 5 ms that a named collection saves

        return Collection(own_copy(self.folders, first=self._about_to_upgrade))

    def _about_to_upgrade(self, home: Path, brought: Build, yours: list[str]) -> None:
        from dp100cards.cli.build import upgraded  # a tenth of a second that an upgrade alone needs

        self.__dict__["collection"] = Collection(home)  # which the progress file asks for
        upgraded(self, home, brought, yours)

    @property
    def settings(self) -> config.Settings:
        """The collection's settings. Raises ContentError if `dp100.toml` has mistakes."""
        return self.collection.settings

    @cached_property
    def index(self) -> Index:
        """The compiled decks, brought up to date with the files."""
        index = Index.open(self.collection, self.cache)
        self.closing.callback(index.close)
        return index

    @property
    def begun(self) -> bool:
        """Is there any progress? Opening the store would make its file."""
        return (self.data / FILE).exists()

    @cached_property
    def store(self) -> Store:
        """The progress file, closed when the program ends. Raises DataError if it cannot be used."""
        options = self.settings.study
        engine = Engine(retention=options.retention, maximum_interval=options.maximum_interval)
        store = Store.open(self.data, self.now(), engine)
        self.closing.callback(self._finish, store)
        return store

    def _finish(self, store: Store) -> None:
        """Close the progress file, after the check and the backup that the first command of a day makes."""
        try:
            store.back_up()
        except DataError as error:
            say(f"dp100: {error.message}", err=True)
        finally:
            store.close()

    def now(self) -> Moment:
        """The present moment; a simulated one only for a folder that was named, so that no real progress lies."""
        return clock(simulated=self.folders.named)

    def require_cards(self) -> None:
        """Raise UsageError, which names the way to cards that is right here, if no deck holds any."""
        if self.index.decks():
            return
        collection, notes = self.collection, self.collection.note_files()
        way = f"Write notes into {collection.notes}; then `dp100 build` makes cards from them."
        if notes:
            way = f"`dp100 build` makes cards from {many(len(notes), 'note')}."
        if notes and collection.generated.exists():
            way = "`dp100 check` says why your notes give none."
        raise UsageError(f"{collection.decks} holds no cards yet. {way}")

    def decks(self, names: Iterable[str]) -> list[str]:
        """The decks with these names, or whose names begin so. Raises UsageError for a name that fits none."""
        known, found = [deck.name for deck in self.index.decks()], list[str]()
        for name in names:
            mine = [name] if name in known else [each for each in known if each.startswith(name)]
            if not mine:
                raise UsageError(f"there is no deck {name}; there are {', '.join(known) or 'none'}")
            found += mine
        return found

    def cards(self, decks: Iterable[str] = ()) -> list[Card]:
        """All cards, or those of the decks named, without the rejected ones."""
        rejected = self.store.rejected() if self.begun else {}
        return [card for card in self.index.cards(self.decks(decks) or None) if card.id not in rejected]

    def statistics(self, exam: Blueprint | None = None) -> Statistics:
        """All figures, as they are now; for another exam than the collection's, if one is given."""
        # Both take 25 ms, for which --short and a first card do not wait.
        from dp100cards.decks.blueprints import blueprint_of
        from dp100cards.store.statistics import Statistics

        exam = exam or blueprint_of(self.index, self.collection)
        return Statistics(self.store, self.index, exam, self.now(), self.settings.study)

    def today(self) -> daily.Today:
        """What today asks: all figures only where it takes the blueprint to say which plan is this collection's."""
        study, exam = self.settings.study, ""
        if planned := daily.planned_exams(self.store):
            exam = self.settings.blueprint.upper() or "DP-100"
            places, ids = self.index.places(), f"{exam}/".lower()
            serving = sum(count for card, count in places if ids in card.skill_text)
            if planned != [exam] or 2 * serving < sum(count for _, count in places):
                return self.statistics()
        return daily.Today(self.store, self.index, self.now(), study, exam)

    def today_in_short(self) -> str:
        """Today in one line, for a shell prompt or a status bar."""
        today = self.today()
        work, days, left, mistakes = today.work, today.streak.days, today.days_left, self.index.problems()
        counts = {"due": work.due, "learning": work.learning, "new": work.new}
        said = [" ".join(f"{count} {name}" for name, count in counts.items() if count) or "all done"]
        if mistakes:
            said.append(f"{many(len(mistakes), 'mistake')} in the decks")
        if days > 1:
            said.append(f"streak {days}")
        if left is not None:
            said.append(f"exam in {many(left, 'day')}" if left else "exam today")
        return " · ".join(said)

    @property
    def in_lines(self) -> bool:
        """Is there no terminal to paint on, or does the learner want text that stands still?"""
        return self.plain or not (sys.stdin.isatty() and sys.stdout.isatty())

    @contextmanager
    def shown(self) -> Iterator[Stage]:
        """Where screens are shown: the terminal, held, or lines."""
        from dp100cards.ui.terminal import Hangup, Lines, terminal  # 30 ms that `dp100 --short` saves
        from dp100cards.ui.text import THEMES, console

        theme = self.settings.ui.get("theme", THEMES[0])
        if theme not in THEMES:
            message = f"ui.theme: there is no theme {theme}; there are {', '.join(THEMES)}"
            raise ContentError([self.settings.problem("ui.theme", message)])
        try:
            with (
                interruptible(),
                nullcontext(Lines()) if self.in_lines else terminal(console(theme=theme)) as stage,
            ):
                yield stage
        except Hangup as end:
            sys.exit(128 + int(end.args[0]))


@contextmanager
def written(path: Path, failure: type[Dp100Error] = UsageError) -> Iterator[None]:
    """Where a file is written. Raises `failure` if it cannot be."""
    try:
        yield
    except OSError as error:
        raise failure(f"{path} cannot be written: {error.strerror or error}") from None


@contextmanager
def interruptible(saved: str = "Interrupted. Everything that you answered is saved.") -> Iterator[None]:
    """Where the learner may press Ctrl-C at any time. Raises Interrupted then, with what is saved."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(saved) from None


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of decks, tags or cards that a word can become; none, if anything goes wrong."""
    with suppress(Exception):
        root, metavar = ctx.find_root(), param.metavar or ""
        app = AppContext(root.params["home"], root.params["data"])
        with app.closing:
            decks, tags = "DECK" in metavar, metavar == "TAG"
            named = (deck.name for deck in app.index.decks()) if decks else app.index.ids()
            found = {tag for entry in app.index.each() for tag in entry.tags} if tags else {*named}
        return sorted(name for name in found if name.startswith(incomplete))
    return []


def clock(*, simulated: bool = False) -> Moment:
    """The present moment, with the local time zone's offset from UTC. Raises UsageError if `DP100_NOW` is no moment.

    With `simulated`, `DP100_NOW` (`2026-11-23T09:00:00+01:00`) is when the program started; from there it runs on.
    """
    text, at, zone = os.environ.get("DP100_NOW"), time.time(), None
    if simulated and text:
        try:
            moment = datetime.fromisoformat(text)
            at, zone = moment.timestamp() + time.monotonic() - STARTED, moment.utcoffset()
        except (ValueError, OverflowError, OSError):
            at = -1
        if not 0 <= at <= LATEST:
            message = f"DP100_NOW: {text!r} is not a moment such as 2026-11-23T09:00:00+01:00"
            raise UsageError(message)
    offset = local_offset(at) if zone is None else int(zone.total_seconds()) // 60
    return Moment(int(at * 1000), offset)


def local_offset(at: float) -> int:
    """Minutes east of UTC of the local time zone at a time in seconds since 1970; a day's at most (`TZ=UTC+25`)."""
    try:
        offset = time.localtime(at).tm_gmtoff // 60
    except (ValueError, OverflowError, OSError):
        return 0
    return min(max(offset, 1 - 24 * 60), 24 * 60 - 1)


def tell(lines: Iterable[str]) -> None:
    """Write sentences to stdout: broken at words where a terminal is too narrow for them, whole in a file or a pipe."""
    from dp100cards.ui.terminal import Lines  # 30 ms that `dp100 --short` saves
    from dp100cards.ui.text import styled, wrap

    out = Lines()
    for line in map(as_typed, lines):
        indent = len(line) - len(line.lstrip())
        out.say(*(row.plain for row in wrap(styled(line), out.size.width, indent)))


def _set_plain(ctx: click.Context, _: click.Parameter, plain: bool) -> None:
    if plain and (app := ctx.find_object(AppContext)):
        app.plain = True


plain = click.option(
    "--plain", is_flag=True, expose_value=False, callback=_set_plain, help="Print lines instead of a screen."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the same as JSON, for programs.")
deck_names = click.argument("decks", nargs=-1, metavar="[DECK]…", shell_complete=complete)
only = partial(click.option, multiple=True)
tags = only("--tag", "tags", metavar="TAG", shell_complete=complete, help="Only cards with this tag.")
kinds = only("--kind", "kinds", type=click.Choice(KINDS), help="Only cards of this kind.")
pass_context = click.make_pass_decorator(AppContext)
