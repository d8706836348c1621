"""The page before the first question of an exam."""

from __future__ import annotations

from rich.text import Text

from dp100cards.ui.footer import hints
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import styled, wrapped


def opening(stage: Stage, title: str, lines: list[str]) -> bool:
    """The page before the first question, while the clock still stands; False if the learner leaves."""

    def draw(width: int, _: int) -> Frame:
        rows: list[Text] = [Text()]
        for line in lines:
            rows += [Text("  ") + piece for piece in wrapped(Text(line), stage.console, width - 4)] + [Text()]
        foot = [
            styled("─" * width, "rule"),
            hints([("enter", "begin: the clock starts"), ("q", "leave")], width),
        ]
        head = [styled(f" {title}", "title"), styled("─" * width, "rule")]
        return Frame(header=head, body=rows, footer=foot)

    stage.paint(draw)
    while True:
        key = stage.key()
        if key in ("q", "esc", "ctrl-d", "eof"):
            return False
        if key in ("enter", "space"):
            return True
        if key is not None and key != "resize":
            stage.scroll(key)
