"""What a review of suggestions needs of editing; it goes with it."""

from __future__ import annotations

from rich.text import Text

from dp100cards.errors import Problem
from dp100cards.ui.footer import hints
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import clean, styled, wrapped


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
