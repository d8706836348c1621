"""Edit the card on the screen in the learner's own editor, at its line in the deck; what comes back is checked."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

from rich.text import Text

from dp100cards.errors import Problem
from dp100cards.ui.desk import Desk
from dp100cards.ui.footer import hints
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import clean, styled, wrapped

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


def command(editor: list[str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a line."""
    pattern = AT_LINE.get(Path(editor[0]).stem.casefold(), ["+{line}", "{path}"])
    return [*editor, *(part.format(path=path, line=line) for part in pattern)]


def edit(stage: Stage, desk: Desk, card: str) -> None:
    """Open a card in the editor, until what is saved is sound or the learner leaves it so."""
    place = desk.index.place(card)
    tool = editor()
    if place is None or not tool:
        desk.message = "The deck file is not there." if place is None else "No editor: set EDITOR to yours."
        return
    path, line, _ = place
    if not os.access(path, os.W_OK):
        desk.message = f"{path} cannot be written. `dp100 init DIR` makes a collection of your own."
        return
    while True:
        with stage.released():
            desk.message = run(tool, path, line)
        problems = desk.reread(path)
        if not problems or not again(stage, problems):
            return
        line = problems[0].line or line


def run(tool: list[str], path: Path, line: int) -> str:
    """Run the editor and wait for it; what went wrong, or "".

    Ctrl-C is the editor's meanwhile: it must not end the program that waits for it, and with that the editor. A
    handler of our own is used, for the editor would inherit it if the signal were ignored.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = subprocess.run(command(tool, path, line), check=False).returncode
    except (OSError, ValueError) as error:
        return f"{tool[0]} cannot be started ({getattr(error, 'strerror', None) or error})."
    finally:
        signal.signal(signal.SIGINT, before)
    return f"{tool[0]} ended with status {status}." if status else ""


def again(stage: Stage, problems: list[Problem]) -> bool:
    """Show what is wrong in the deck now; True if the learner wants to mend it at once."""

    def draw(width: int, _: int) -> Frame:
        body = [Text()]
        for problem in problems:
            text = wrapped(Text(clean(str(problem))), stage.console, width - 4)
            body += [*(Text("  ") + line for line in text), Text()]
        saved = "Your text is saved as you left it. Until it is mended, what is wrong cannot be asked."
        body += [Text("  ") + line for line in wrapped(styled(saved, "quiet"), stage.console, width - 4)]
        return Frame(
            header=[styled(" The deck has a mistake", "title"), styled("─" * width, "rule")],
            body=body,
            footer=[styled("─" * width, "rule"), hints([("e", "edit again"), ("q", "go on without")], width)],
        )

    stage.paint(draw)
    while True:
        key = stage.key()
        if key in ("e", "enter"):
            return True
        if key in ("q", "esc", "ctrl-d", "eof"):
            return False
        if key:
            stage.scroll(key)
