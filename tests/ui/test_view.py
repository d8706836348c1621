"""What is laid out for a window, and what a line of the plain form stands for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.style import Style
from rich.text import Text

from dp100cards import ui
from dp100cards.scheduler.queue import Group, Progress
from dp100cards.ui.home import boxes, heatmap, statistics_page, table
from dp100cards.ui.terminal import Lines, Window, keys_of
from dp100cards.ui.text import beside, fit, key_line, spread, styled, wrap
from dp100cards.ui.view import CLOSE, GONE, NOTHING, STAY, Page, Result, Screen, Size, View

HERE = Path(str(ui.__file__)).parent


def view(body: int, focus: tuple[int, int] | None = None, tail: int = 0) -> View:
    return View(
        title=Text("head"), body=[Text(f"line {n}") for n in range(body)], tail=[Text(f"tail {n}") for n in range(tail)],
        hints=[("q", "quit")], focus=focus,
    )  # fmt: skip


@given(st.integers(0, 100), st.integers(12, 40), st.integers(-50, 150), st.integers(0, 3))
def test_header_keys_and_ratings_are_always_there_and_every_line_can_be_reached(
    body: int, height: int, scroll: int, tail: int
) -> None:
    size = Size(80, height)
    window = Window(scroll=scroll)
    lines, _ = window.lay_out(view(body, tail=tail), size)
    assert len(lines) == height
    assert lines[0].plain.startswith("head")
    assert lines[-1].plain.strip() == "q quit"
    assert {f"tail {n}" for n in range(tail)} <= {line.plain for line in lines}
    assert 0 <= window.scroll <= window.most
    seen: set[str] = set()
    for start in range(body + 1):
        seen |= {line.plain for line in Window(scroll=start).lay_out(view(body, tail=tail), size)[0]}
    assert {f"line {n}" for n in range(body)} <= seen


@given(st.integers(1, 100), st.integers(12, 40), st.data())
def test_what_is_in_focus_is_on_the_screen(body: int, height: int, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, body - 1))
    window = Window(scroll=data.draw(st.integers(0, 100)))
    lines, _ = window.lay_out(view(body, (row, row)), Size(80, height))
    assert f"line {row}" in {line.plain for line in lines}


def test_a_message_does_not_push_what_is_in_focus_out_of_sight_but_the_learner_may_scroll() -> None:
    window, size, here = Window(page=1), Size(40, 12), replace(view(30, (14, 14)), page=1)

    def shown(message: str = "") -> set[str]:
        return {line.plain for line in window.lay_out(replace(here, message=message), size)[0]}

    assert "line 14" in shown() & shown("A message on two lines, which takes room away from them.")
    window.turn("home")
    assert "line 14" not in shown() | shown("A message.")


def test_ratings_stand_directly_below_a_short_answer_and_a_blank_line_goes_in_a_small_window() -> None:
    lines, _ = Window().lay_out(view(3, tail=1), Size(80, 40))
    assert [line.plain for line in lines[2:6]] == ["line 0", "line 1", "line 2", "tail 0"]
    small = View(title=Text("head"), body=[Text(), Text("one")], hints=[("q", "quit")])
    assert [line.plain for line in Window().lay_out(small, Size(40, 12))[0][:2]] == ["head".ljust(40), "one"]


def test_a_small_window_gets_a_sentence() -> None:
    lines, _ = Window().lay_out(view(3), Size(30, 10))
    assert len(lines) == 10
    assert "40×12" in " ".join(line.plain for line in lines)


def test_the_keys_that_matter_most_stay_in_a_narrow_footer() -> None:
    keys = [("space", "show the answer"), ("u", "undo"), ("e", "edit"), ("?", "help"), ("q", "quit")]
    assert key_line(keys, 100).plain == " space show the answer  u undo  e edit  ? help  q quit"
    assert key_line(keys, 42).plain == " space show the answer ? help q quit"
    assert spread(Text("a long title"), Text("right"), 12).plain == "a lon… right"


@given(st.text("ab 漢-/", max_size=120), st.integers(4, 30), st.integers(0, 3))
def test_a_paragraph_is_broken_at_words_and_keeps_them_all(text: str, width: int, hang: int) -> None:
    pieces = wrap(Text(text), width, hang)
    assert all(piece.cell_len <= width for piece in pieces)
    assert "".join("".join(piece.plain for piece in pieces).split()) == "".join(text.split())


def test_words_stay_whole_and_styles_stay_where_they_are() -> None:
    text = Text("one ").append("two three", "right").append(" four")
    pieces = wrap(text, 9, 2)
    assert [piece.plain for piece in pieces] == ["one two", "  three", "  four"]
    assert [span.style for span in pieces[1].spans] == ["right"]
    assert [piece.plain for piece in wrap(Text("x" * 25), 10)] == ["x" * 10, "x" * 10, "x" * 5]


def test_boxes_stand_side_by_side_where_they_have_room() -> None:
    parts = {"One": [Text("a"), Text("b")], "Two": [Text("c")]}
    drawn = [line.plain for line in boxes(parts, Size(61, 24))]
    assert len({len(line) for line in drawn}) == 1
    assert drawn[0].startswith("┌ One ──") and drawn[1].count("│") == 4
    assert [line.plain for line in boxes(parts, Size(40, 24))] == ["One", "  a", "  b", "", "Two", "  c"]
    assert boxes(parts, Size(99, 24, plain=True))[0].plain == "One"
    assert beside([Text("left")], [Text("right"), Text("more")], 6)[1].plain == "      │ more"


class Counter(Screen):
    """A screen that counts, and asks before it goes."""

    def __init__(self) -> None:
        self.count, self.message = 0, ""

    def view(self, size: Size) -> View:
        return View(
            title=Text("Counter"), right=Text(f"{self.count} so far"), body=[styled("─" * 9), Text(f"│ {self.count}")],
            message=self.message, hints=[("+", "count"), ("space", "nothing"), ("q", "quit")], page=self,
        )  # fmt: skip

    def press(self, key: str) -> Result:
        if key in GONE:
            return CLOSE
        if key == "?":
            self.stage.run(Page("Help", lambda size: [Text("All about it.")]))
            return STAY
        if key == "q":
            return CLOSE if self.ask("Leave?") else STAY
        if key == "+":
            self.count += 1
            return STAY
        return NOTHING


def told(lines: str) -> tuple[Counter, str]:
    out = StringIO()
    counter = Counter()
    counter.stage = Lines(out, StringIO(lines))
    counter.stage.run(counter)
    return counter, out.getvalue()


def test_a_screen_in_lines_says_what_a_stray_key_could_have_been_and_asks_again() -> None:
    counter, said = told("++\nz\nq\nx\n\nq\ny\n")
    assert counter.count == 2
    assert "z does nothing here. Keys: + count, enter nothing, q quit." in said
    assert said.count("Leave? [y/N]") == 3, "a stray key answers nothing; enter is no"
    assert not set(said) & set("─│")


def test_the_end_of_the_input_closes_a_screen_and_a_page_over_it() -> None:
    assert told("?\n")[1].count("All about it.") == 1
    assert told("q\n")[1].count("Leave?") == 1


def test_what_a_line_stands_for() -> None:
    card = View(title=Text(), picks="abc123")
    assert keys_of("", card) == ["enter"]
    assert keys_of("B, c", card) == ["ctrl-u", "b", "c", "enter"]
    assert keys_of("b", card) == ["b", "enter"], "one key adds to what is there"
    assert keys_of("s", card) == ["s"]
    assert keys_of("f 2", View(title=Text())) == ["f", "2"]
    typing = View(title=Text(), cursor=(0, 0))
    assert keys_of("q a; b", typing) == ["ctrl-u", "q", "space", "a", "tab", "b", "enter"]


def test_statistics_lose_no_figure_on_a_narrow_screen() -> None:
    at = Progress(cards=120, young=31, mature=9, recalled=40 * 0.87)
    row = Group(id="deploy", title="Deploy and operationalise models", progress=at)
    mine = partial(table, [row])
    page = statistics_page([], {"Reviews": partial(heatmap, [0, 123], ()), "Decks": mine, "Areas": mine})
    body = [line.plain for line in page.view(Size(40, 12)).body]
    assert max(len(line.rstrip()) for line in body) <= 39
    assert sum("recall" in line for line in body) == sum("87 %" in line for line in body) == 2
    assert any("up to 123 a day" in line for line in body)


def test_what_is_styled_is_clean() -> None:
    evil = "\x1b]52;c;AA==\x07 \u202eabc\x9b2J\u200b"
    assert styled(evil, "title").plain == "␛]52;c;AA==␇ �abc�2J"
    assert fit(evil, 9).plain == "␛]52;c;A…"


def test_by_default_colours_are_the_terminals_own_and_readable_on_black_and_on_white() -> None:
    unreadable = {0, 3, 4, 7, 8, 11, 15}  # black, yellow, blue, white and their bright ones
    lines = (HERE / "themes" / "terminal.ini").read_text(encoding="utf-8").splitlines()
    styles = dict(line.split(" = ") for line in lines if " = " in line)
    colours = {name: Style.parse(style).color for name, style in styles.items()}
    used = {name: colour.number for name, colour in colours.items() if colour is not None}
    assert all(number is not None and number < 16 for number in used.values()), "no more than sixteen"
    flags = {name for name in used if name.startswith("flag.")}  # a flag's colour is its name
    assert not {name for name, number in used.items() if number in unreadable} - flags


def test_exact_colours_stand_out_from_their_ground() -> None:
    lines = (HERE / "themes" / "night.ini").read_text(encoding="utf-8").splitlines()
    styles = {name: Style.parse(style) for name, style in (x.split(" = ") for x in lines if " = " in x)}
    ground = styles["ground"].bgcolor
    assert ground

    def light(colour: Color) -> float:
        parts = (part / 255 for part in colour.get_truecolor())
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05

    for name, style in styles.items():
        if style.color and not name.startswith("heat."):  # a scale, with its numbers beside it
            assert light(style.color) / light(ground) >= 4.5, name
