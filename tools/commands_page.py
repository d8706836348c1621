"""Write docs/commands.md from the program's own help: `python -m tools.commands_page`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent

import click

from dp100cards.cli.main import cli

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
START = """\
# Commands

Every command and option. `python -m tools.commands_page` writes this page from `--help`; a test
looks for each of them here.
`--home`, `--data`, `--short` and `--version` stand before the command; `-h` and `--help` work everywhere.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([START, *_entries(cli, click.Context(cli, info_name="dp100"))]).rstrip() + "\n"


def _entries(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join(["dp100", *context.command_path.split()[1:], *command.collect_usage_pieces(context)])
    yield f"## `{usage.replace('[OPTIONS] ', '').replace(' [OPTIONS]', '')}`\n"
    yield _prose(command.help or "") + "\n"
    if command.epilog:
        yield _prose(command.epilog) + "\n"
    rows = [row for each in command.get_params(context) if (row := each.get_help_record(context))]
    rows = [(names, help_) for names, help_ in rows if "--help" not in names and not names.startswith("[")]
    if rows:
        yield "| option | |\n| --- | --- |"
        for names, help_ in rows:
            yield "| `{}` | {} |".format(
                names.replace("|", "\\|"), re.sub(r"\s+", " ", help_).replace("|", "\\|")
            )
        yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below and not below.hidden:
                yield from _entries(below, click.Context(below, info_name=name, parent=context))


def _prose(text: str) -> str:
    r"""Paragraphs as Markdown; what stands after a `\b` is shown as it is written."""
    parts = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        if lines[0].strip() == "\b":
            parts.append(indent(dedent("\n".join(lines[1:])), "    "))
        else:
            parts.append(" ".join(line.strip() for line in lines))
    return "\n\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
