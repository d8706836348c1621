"""Questions to the learner in the footer of an exam, while the clock runs on: yes or no, a line of text, the end."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from dp100cards.ui.exam_desk import ExamDesk
from dp100cards.ui.exam_words import before_handing_in
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import styled, wrapped

TICK = 0.5
"""Seconds between two looks at the clock."""

GONE = ("ctrl-d", "eof")
Draw = Callable[[int, int], Frame]


def yes(stage: Stage, desk: ExamDesk, draw: Draw, question: str, *, if_gone: bool = False) -> bool:
    """Ask yes or no. `if_gone` is the answer of a learner who is gone; when the time is up it is no."""
    warning = ""
    while True:
        desk.prompt = f"{warning}{question} y/n"
        stage.paint(draw, keep_scroll=True)
        key = stage.key(TICK)
        warning = _beat(desk) or warning
        if desk.sitting.over or key in GONE:
            desk.prompt = ""
            return if_gone and not desk.sitting.over
        if key is not None and key != "resize":
            desk.prompt = ""
            return key in ("y", "Y", "enter")


def line(stage: Stage, desk: ExamDesk, draw: Draw, prompt: str, text: str) -> str | None:
    """Ask for a line of text; None if the learner thought better of it."""
    from dp100cards.ui.keys import Line, typed

    written = Line(text, len(text))
    warning = ""
    while True:
        desk.prompt = f"{warning}{prompt}{written.text}▏"
        stage.paint(draw, keep_scroll=True)
        key = stage.key(TICK)
        warning = _beat(desk) or warning
        if desk.sitting.over or key in ("esc", "eof"):
            desk.prompt = ""
            return None
        if key == "enter":
            desk.prompt = ""
            return written.text.strip()
        if key is not None and key != "resize":
            written = typed(written, key)


def _beat(desk: ExamDesk) -> str:
    """Look at the clock; the warning that it gives now, if it does."""
    desk.message = ""
    desk.beat()
    return f"{desk.message} " if desk.message else ""


def hand_in(stage: Stage, desk: ExamDesk, draw: Draw) -> bool:
    """Hand in, after naming what is unanswered and marked; is the sitting over?"""
    if yes(stage, desk, draw, before_handing_in(desk.sitting)):
        desk.do("submit")
    return desk.sitting.over


def foot(stage: Stage, desk: ExamDesk, keys: Text, width: int) -> list[Text]:
    """The footer: what the learner is asked; else what there is to say, and the keys."""
    said = desk.prompt or desk.message
    rows = wrapped(styled(said, "warning"), stage.console, width - 2) if said else []
    return [*(Text(" ") + row for row in rows), *([] if desk.prompt else [keys])]
