"""`dp100`: the group of commands. A command's module is imported when it is called, not before."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from pathlib import Path
from shlex import quote
from typing import Any

import click

from dp100cards import __version__, files
from dp100cards.clean import repeat_in_hints, say
from dp100cards.cli.context import AppContext
from dp100cards.errors import Dp100Error, Interrupted

HERE = Path(__file__).parent
TABLE, EXAMPLES = HERE / "commands.txt", HERE / "examples.txt"
COMMANDS = {line.split()[0]: line.split(maxsplit=2)[1:] for line in files.read_text(TABLE).splitlines()}
"""Each command, its module and its line of help: `dp100 --help` imports none of them."""
AUTHORS = ("build", "check", "draft")
"""In a clone of the program they work on the clone's own notes and decks."""


def illustrate(command: click.Command, path: str, examples: list[str]) -> None:
    """Give a command and those under it the examples that begin with its words, for its help."""
    mine = [line for line in examples if line.startswith(f"{path} ")]
    command.epilog = "\n  ".join(["\b\nExamples:", *mine[:4]])
    for name, inner in getattr(command, "commands", {}).items():
        illustrate(inner, f"{path} {name}", mine)


class Commands(click.Group):
    """A group that imports a command's module when it is wanted, and takes from it the command of that name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and have every hint repeat the folders that were named."""
        rest = super().parse_args(ctx, args)
        typed = click.core.ParameterSource.COMMANDLINE
        named = [name for name in ("home", "data") if ctx.get_parameter_source(name) is typed]
        repeat_in_hints(COMMANDS, " ".join(f"--{name} {quote(ctx.params[name])}" for name in named))
        return rest

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed; `help` and `version` are options in another form."""
        options = {"help": [*args[1:], "--help"], "version": ["--version"]}
        return super().resolve_command(ctx, options.get(args[0], args))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dp100cards.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name, None) or getattr(module, f"{cmd_name}_")
        illustrate(command, f"dp100 {cmd_name}", files.read_text(EXAMPLES).splitlines())
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


HOME = (
    "The collection: a folder with notes/ and decks/. Default: the nearest folder upwards with dp100.toml or decks,"
    " else your copy of the decks that came with the program. Also DP100_HOME."
)
DATA = "The folder that holds your progress. Also DP100_DATA."


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--home", envvar="DP100_HOME", metavar="DIR", help=HOME)
@click.option("--data", envvar="DP100_DATA", metavar="DIR", help=DATA)
@click.option("--short", is_flag=True, help="Today in one line, for a shell prompt or a status bar.")
@click.version_option(__version__, message="dp100 %(version)s")
@click.pass_context
def cli(ctx: click.Context, home: str | None, data: str | None, short: bool) -> None:
    """Your notes, as flashcards and mock exams in the terminal.

    Without a command: home, with what there is to do today.

    Example: dp100 --home biology study
    """
    command = ctx.invoked_subcommand
    ctx.obj = AppContext(home, data, authoring=command in AUTHORS)
    ctx.call_on_close(ctx.obj.closing.close)
    if short and command is None:
        say(ctx.obj.today_in_short())
    elif command is None:
        ctx.invoke(import_module("dp100cards.cli.home").home)


@click.command()
@click.argument("shell", type=click.Choice(("bash", "fish", "zsh")))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands, decks, tags and card ids.

    \b
    bash, in ~/.bashrc:   eval "$(dp100 completion bash)"
    zsh, in ~/.zshrc:     eval "$(dp100 completion zsh)"
    fish, in config.fish: dp100 completion fish | source
    """
    from click.shell_completion import get_completion_class  # 0.5 ms of each start

    kind = get_completion_class(shell)
    assert kind is not None
    for name in ("dp100", "dp100cards"):
        source = kind(cli, {}, name, "_DP100_COMPLETE")
        say(source.source_template % source.source_vars())


def main(arguments: list[str] | None = None) -> None:
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """The exit status; every error that a learner can meet ends as a sentence here."""
    prepare_streams()
    try:
        result: Any = cli.main(arguments, prog_name="dp100", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except (Interrupted, click.Abort, KeyboardInterrupt) as error:
        # Below the ^C that a terminal shows.
        said, status = f"\n{getattr(error, 'message', 'Interrupted.')}", Interrupted.status
    except Dp100Error as error:
        lead = "" if getattr(error, "problems", None) else "dp100: "
        said, status = f"{lead}{error.message}", error.status
    except click.ClickException as error:
        said, status = usage(error), error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`dp100 cards | head`): nothing is wrong, and nobody is left to tell.
        sys.stdout = None
        return 0
    except OverflowError:
        said, status = "dp100: a number or a date is out of range. Nothing was changed by it.", 2
    except OSError as error:
        said = f"dp100: {error.filename or 'a file'} cannot be used: {error.strerror or error}"
        status = 1
    except Exception as error:
        from dp100cards.cli.upkeep import unforeseen  # 30 ms that only a mistake of ours takes

        return unforeseen(error, sys.argv[1:] if arguments is None else arguments)
    say(said, err=True)
    return status


def usage(error: click.ClickException) -> str:
    """What is wrong with a command line, with the command that may have been meant."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    path = context.command_path if context else "dp100"
    if context and (unknown := re.match(r"No such command '(.*?)'", message, re.DOTALL)):
        from difflib import get_close_matches  # 1 ms of each start

        near = get_close_matches(unknown[1], context.command.list_commands(context), 1)
        meant = f"; did you mean {path} {near[0]}?" if near else ""
        return f"dp100: there is no command {unknown[1]!r}{meant}\n{path} --help lists the commands."
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return message
    if wrong := re.match(r"No such option '?(--home|--data)\b", message):
        return f"dp100: {wrong[1]} stands before the command: dp100 {wrong[1]} DIR {path.partition(' ')[2]}"
    return f"dp100: {message[:1].lower()}{message[1:]}\n{path} --help says more."


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale says, and never fail on a character or a stream that is not there.

    Where a stream is closed (`dp100 <&-`), the next file opened would take its number, and be written over.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None or getattr(stream, "closed", False):
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
