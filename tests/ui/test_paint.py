from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from dp100cards.ui.footer import hints, spread
from dp100cards.ui.paint import Frame, place, too_small
from dp100cards.ui.theme import console


def frame(body: int, focus: tuple[int, int] | None = None) -> Frame:
    return Frame(
        header=[Text("head")], body=[Text(f"line {n}") for n in range(body)], footer=[Text("rule"), Text("foot")],
        focus=focus,
    )  # fmt: skip


@given(st.integers(0, 100), st.integers(6, 40), st.integers(-50, 150))
def test_header_and_footer_are_always_there_and_every_line_can_be_reached(
    body: int, height: int, scroll: int
) -> None:
    lines, at = place(frame(body), height, scroll)
    assert len(lines) == height
    assert (lines[0].plain, lines[-1].plain) == ("head", "foot")
    assert 0 <= at <= max(body - (height - 3), 0)
    seen: set[str] = set()
    for start in range(body + 1):
        seen |= {line.plain for line in place(frame(body), height, start)[0]}
    assert {f"line {n}" for n in range(body)} <= seen


@given(st.integers(1, 100), st.integers(7, 40), st.data())
def test_what_is_in_focus_is_on_the_screen(body: int, height: int, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, body - 1))
    lines, _ = place(frame(body, (row, row)), height, data.draw(st.integers(0, 100)))
    assert f"line {row}" in {line.plain for line in lines}


def test_a_small_window_gets_a_sentence() -> None:
    lines = too_small(console(width=80), 30, 10)
    assert len(lines) == 10
    assert "40×20" in " ".join(line.plain for line in lines)


def test_the_keys_that_matter_most_stay_in_a_narrow_footer() -> None:
    keys = [("space", "show the answer"), ("u", "undo"), ("e", "edit"), ("?", "help"), ("q", "quit")]
    assert hints(keys, 100).plain == " space show the answer  u undo  e edit  ? help  q quit"
    assert hints(keys, 42).plain == " space show the answer  ? help  q quit"
    assert spread(Text("a long title"), Text("right"), 12).plain == "a lon… right"
