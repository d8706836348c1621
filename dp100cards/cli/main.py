"""`dp100`: the group of commands. A command's module is imported when it is called, not before."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

from dp100cards.cli.context import AppContext
from dp100cards.errors import ContentError, Dp100Error, Interrupted

COMMANDS = {
    "build": "Turn notes into decks.",
    "check": "Look for mistakes in decks and notes; show what the cards cover.",
    "study": "Today's session.",
    "quiz": "Practise without touching the schedule.",
    "exam": "Sit a timed mock exam.",
    "cards": "Find, show, edit, suspend, flag or forget cards.",
    "stats": "See what has been learned.",
    "plan": "Be ready on the day of the exam.",
    "export": "Take decks to Anki and elsewhere.",
    "import": "Bring home what was done in Anki.",
    "optimize": "Fit the schedule to your own memory.",
    "doctor": "Check and mend the data; see the backups.",
    "init": "Start a collection of your own.",
}
"""Each command and its one line of help, so that `dp100 --help` need not import them all."""

AUTHORS = ("build", "check", "draft")
"""Commands that work, in a clone of the program, on the clone's own notes and decks."""


class Commands(click.Group):
    """A group that knows its commands by name and imports a command's module when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which a learner meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import `dp100cards.cli.<command>` and take the click command of that name from it."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(f"dp100cards.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--home", envvar="DP100_HOME", metavar="DIR",
    help="The collection: a folder with notes/ and decks/. Default: the nearest folder upwards with dp100.toml or"
    " decks, else your copy of the decks that came with the program. Also DP100_HOME.",
)  # fmt: skip
@click.option(
    "--data", envvar="DP100_DATA", metavar="DIR",
    help="The folder that holds your progress. Also DP100_DATA.",
)  # fmt: skip
@click.version_option(package_name="dp100cards", message="dp100 %(version)s")
@click.pass_context
def cli(ctx: click.Context, home: str | None, data: str | None) -> None:
    """Your notes, as flashcards and mock exams in the terminal.

    Without a command: where you stand today, and what to type next.
    """
    ctx.obj = AppContext(home, data, authoring=ctx.invoked_subcommand in AUTHORS)
    if ctx.invoked_subcommand is None:
        from dp100cards.cli.today import today

        ctx.invoke(today)


def main(arguments: list[str] | None = None) -> None:
    """Run the program and exit; every error that a learner can meet ends as a sentence and a status here."""
    status = run(arguments)
    gc.freeze()  # on the way out nobody need look for garbage, which takes a tenth of a second after a large build
    sys.exit(status)


def run(arguments: list[str] | None = None) -> int:
    """Run the program and give the exit status."""
    speak_utf8()
    try:
        result: Any = cli.main(arguments, prog_name="dp100", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except Interrupted as error:
        return interrupted(error)
    except Dp100Error as error:
        prefix = "" if isinstance(error, ContentError) and error.problems else "dp100: "
        click.echo(f"{prefix}{error.message}", err=True)
        return error.status
    except (click.exceptions.Abort, KeyboardInterrupt):
        return interrupted(Interrupted("Interrupted."))
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`dp100 cards | head`): nothing is wrong, and nobody is left to tell.
        sys.stdout = None
        return 0
    except OSError as error:
        click.echo(f"dp100: {error.filename or 'a file'} cannot be used: {error.strerror or error}", err=True)
        return 1


def interrupted(error: Interrupted) -> int:
    """Say what was saved, below the ^C that a terminal shows; the exit status."""
    click.echo(f"\n{error.message}", err=True)
    return error.status


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, and never fail on a character that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
