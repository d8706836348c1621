"""A card in the learner's own editor, at its line in the deck; what comes back is checked."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rich.text import Text

from dp100cards.clean import clean
from dp100cards.errors import Problem
from dp100cards.ui.view import Page, Size, Stage, said

AT_LINE = {
    "code": ["--wait", "--goto", "{path}:{line}"],
    "codium": ["--wait", "--goto", "{path}:{line}"],
    "subl": ["--wait", "{path}:{line}"],
    "hx": ["{path}:{line}"],
    "notepad": ["{path}"],
}
"""Editors that do not understand `+LINE FILE`, and what they understand."""


def editor() -> list[str]:
    """The learner's editor as a command, or an empty list if there is none."""
    for name in ("VISUAL", "EDITOR"):
        if os.environ.get(name, "").strip():
            try:
                return shlex.split(os.environ[name], posix=os.name != "nt")
            except ValueError:
                return [os.environ[name].strip()]
    usual = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vim", "vi")
    return next(([found] for name in usual if (found := shutil.which(name))), [])


def edit(stage: Stage, place: tuple[Path, int, int] | None, reread: Callable[[Path], list[Problem]]) -> str:
    """Edit a file at a line until it is sound or the learner leaves it as it is; what there is to say of it."""
    tool = editor()
    if place is None:
        return "The deck file is not there."
    path, line, _ = place
    if not os.access(path, os.W_OK):
        return f"{path} cannot be written. `dp100 init DIR` makes a collection of your own."
    if not tool or not sys.stdin.isatty():
        return f"The card is at {path}:{line}. Edit it there; the change counts at once."
    while True:
        with stage.released():
            message = run(tool, path, line)
        problems = reread(path)
        if not problems or not _again(stage, problems):
            return message
        line = problems[0].line or line


def run(tool: list[str], path: Path, line: int) -> str:
    """Run the editor and wait for it; what went wrong, or "".

    Ctrl-C is the editor's meanwhile: it must not end the program that waits for it, and with that the editor. A
    handler of our own is used, for the editor would inherit it if the signal were ignored.
    """
    pattern = AT_LINE.get(Path(tool[0]).stem.casefold(), ["+{line}", "{path}"])
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        command = [*tool, *(part.format(path=path, line=line) for part in pattern)]
        status = subprocess.run(command, check=False).returncode
    except (OSError, ValueError) as error:
        return f"{tool[0]} cannot be started ({getattr(error, 'strerror', None) or error})."
    finally:
        signal.signal(signal.SIGINT, before)
    return f"{tool[0]} ended with status {status}." if status else ""


def _again(stage: Stage, problems: list[Problem]) -> bool:
    """Show what is wrong in the deck now; True if the learner wants to mend it at once."""

    def lines(size: Size) -> list[Text]:
        body = [Text()]
        for problem in problems:
            body += [*said(clean(str(problem)), size.width - 2), Text()]
        saved = "Your text is saved as you left it. Until it is corrected, this card cannot be asked."
        return body + said(saved, size.width - 2, "quiet")

    page = Page("The deck has a mistake", lines, [("e", "edit again"), ("q", "go on without")])
    stage.run(page)
    return page.pressed in ("e", "enter")
