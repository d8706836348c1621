"""The screens of an exam: they fit, prompts are not answered by the clock, lines and screen say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest

from dp100cards.cards import (
    Card,
    Choice,
    Cloze,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Source,
    Statements,
)
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam import sitting as exam
from dp100cards.exam.draw import Paper, draw_paper
from dp100cards.exam.score import score
from dp100cards.exam.sitting import Sitting, SittingEvent, replay
from dp100cards.session.exam import ExamResult, ExamSession
from dp100cards.ui.exam import Exam, Review
from dp100cards.ui.exam_pages import (
    Opening,
    OutcomePage,
    ResultPage,
    as_data,
    coverage,
    missing,
    report,
    shell_lines,
    waiting_page,
)
from dp100cards.ui.keys import HELP
from dp100cards.ui.pages import help_page
from dp100cards.ui.terminal import Lines, for_lines
from dp100cards.ui.text import key_line, spread
from dp100cards.ui.view import CLOSE, NOTHING, STAY, Screen, Size, View
from tests.ui.exam_states import NOWHERE, in_hand

PLAN = read_blueprint("dp-100")
LONG = (
    "An endpoint that answers single requests with a low latency, in a network of its own, for many customers"
)
FIRM = Scenario("firm", "**Fabrikam** sells shoes.\n\n- Data arrives at night.\n- " + LONG)
OPTIONS = (
    Option(LONG, True, "It waits for nobody."),
    Option("A batch endpoint", False, LONG),
    Option("A pipeline"),
)
PAGE = Source(
    title="Endpoints", url="https://learn.microsoft.com/azure/x", date="2026-08-14", checked="2026-11"
)
CARDS: tuple[Card, ...] = (
    Choice(id="a-1", deck="a", ask=f"Which one? {LONG}", skills=("dp-100/3.17", "dp-100/3.18"), options=OPTIONS, source=PAGE),
    Multiple(id="a-2", deck="a", ask="Which two?", skills=("dp-100/1.2",), options=(*OPTIONS, Option("Both", True))),
    Order(id="a-3", deck="a", ask="In which order?", area="explore", items=("one", LONG, "three")),
    Match(id="a-4", deck="a", ask="Match.", area="train", pairs=(Pair("left", LONG), Pair("right", "2"))),
    Cloze(id="a-5", deck="a", ask="A {{boat}} and a {{captain}}."),
    Choice(id="a-6", deck="a", ask="What does it need?", area="train", options=OPTIONS, scenario=FIRM),
    Statements(id="a-7", deck="a", ask="True?", area="train", statements=(Option("So.", True), Option(LONG))),
)  # fmt: skip
SIZES = [Size(40, 12), Size(80, 16), Size(80, 24), Size(100, 40), Size(80, 10_000, plain=True)]


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


LINES = Lines(StringIO(), StringIO())


def running(minutes: int = 10, practice: bool = False) -> tuple[Exam, Watch]:
    sitting = exam.apply(Sitting(1, PLAN, 1, CARDS, minutes, practice), SittingEvent("sections"))
    watch = Watch()
    session = ExamSession(sitting, in_hand, watch)
    lines = Lines(StringIO(), StringIO())
    return Exam(lines, session), watch


def finished(right: bool = False) -> ExamResult:
    happened = [SittingEvent("answer", n, json.dumps([0]), 1000 * (n + 1)) for n in (0, 5)]
    happened += [SittingEvent("mark", 0, "1")] + (
        [SittingEvent("answer", 1, "[0, 3]", 9000)] if right else []
    )
    sitting = replay(Sitting(3, PLAN, 1, CARDS, 10), [*happened, SittingEvent("submit", 0, "", 70_000)])
    return ExamResult(score(sitting), *NOWHERE)


def screens() -> list[Screen]:
    here, _ = running()
    paper = draw_paper(PLAN, CARDS, 1, asked={})
    opening = Opening(here.stage, paper)
    opening.details = True
    found = finished()
    shown: list[Screen] = [
        waiting_page(here.session.sitting), Opening(here.stage, paper), opening, Review(here.stage, here.session),
        help_page([("Exam", HELP["exam"])]), ResultPage(here.stage, found), *(OutcomePage(LINES, found, n) for n in range(len(CARDS))),
    ]  # fmt: skip
    for n in range(len(CARDS)):
        for practice in (False, True):
            at, _ = running(practice=practice)
            at.session.go(n)
            if practice:
                at.session.do("answer", "[0]", n)
                at.session.explained.add(n)
            shown.append(at)
    return shown


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_line_fits_and_every_screen_has_keys(size: Size) -> None:
    for screen in screens():
        view = screen.view(size)
        assert view.hints
        room = size.panes[1] if view.aside and size.panes else size.width
        for line in view.body:
            assert size.plain or line.cell_len <= room, (type(screen).__name__, line.plain)
        for line in view.aside:
            assert size.panes
            assert line.cell_len <= size.panes[0]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_gives_a_hidden_answer_away(size: Size) -> None:
    here, _ = running()
    for screen in (here, Review(here.stage, here.session)):
        here.session.go(4)
        assert "captain" not in "\n".join(line.plain for line in screen.view(size).body)


class Unattended(Lines):
    """A stage on which some keys are pressed, and then none while the time runs out."""

    def __init__(self, watch: Watch, *pressed: str) -> None:
        super().__init__(StringIO(), StringIO())
        self.pressed, self.watch = list(pressed), watch
        self.behind: set[str] = set()

    def keys(self, view: View, tick: float | None) -> Iterator[str | None]:
        assert tick
        if not self.pressed:
            self.behind |= {type(screen).__name__ for screen in self.screens}
            self.watch.seconds += 20
        yield self.pressed.pop(0) if self.pressed else None


@pytest.mark.parametrize(
    ("keys", "page"),
    [("S", "Ask"), ("q", "Ask"), ("g", "Ask"), ("r", "Review"), ("rS", "Ask"), ("?", "Page")],
)
def test_the_clock_runs_on_behind_every_page_and_answers_no_prompt(keys: str, page: str) -> None:
    here, watch = running(minutes=1)
    here.stage = stage = Unattended(watch, *keys)
    stage.run(here)
    assert page in stage.behind
    assert here.session.sitting.phase == "timed out", "by the clock, and not by the learner"
    assert not stage.screens


def test_the_clock_can_be_hidden_and_runs_on() -> None:
    here, watch = running(minutes=10)
    shown = [here.view(SIZES[2]).right.plain for key in "tt" if here.press(key) == STAY]
    assert ["clock hidden" in right for right in shown] == [True, False]
    here.press("t")
    watch.seconds = 601
    assert here.beat() == CLOSE


def test_stray_keys_close_no_result() -> None:
    found = finished()
    page = ResultPage(LINES, found)
    assert [page.press(key) for key in ("space", "7", "y", "pgdn")] == [NOTHING] * 4
    assert page.press("q") == CLOSE


def test_letters_go_into_a_typed_answer_until_esc_says_otherwise() -> None:
    here, _ = running()
    here.session.go(4)
    here.view(SIZES[2])
    for key in ("q", "S", "r"):
        assert here.press(key) == STAY
    assert here.session.attempt.lines[0].text == "qSr"
    here.press("esc")
    assert here.view(SIZES[2]).cursor is None
    here.press("*")
    assert here.session.sitting.places[4].marked


def test_where_both_have_no_room_the_scenario_is_a_page_of_its_own() -> None:
    here, _ = running()
    wide, narrow = SIZES[3], SIZES[2]
    here.session.go(5)
    here.reading = True
    shown = "\n".join(line.plain for line in here.view(narrow).body)
    assert "Fabrikam" in shown
    assert "What does it need" not in shown
    assert here.press("a") == NOTHING, "nothing is chosen that is not seen"
    assert here.press("enter") == STAY
    shown = "\n".join(line.plain for line in here.view(narrow).body)
    assert "Fabrikam" not in shown
    view = here.view(wide)
    assert any("Fabrikam" in line.plain for line in view.aside)
    assert any("What does it need" in line.plain for line in view.body)


def test_the_opening_says_in_one_line_what_the_decks_do_not_cover() -> None:
    whole = Paper(
        plan=PLAN,
        cards=tuple(
            replace(CARDS[0], id=str(n), skills=(), area=area.id) for n in range(3) for area in PLAN.areas
        ),
        wanted=12,
        minutes=24,
    )
    assert coverage(whole) == "This paper asks about 4 of 4 areas."
    part = draw_paper(PLAN, CARDS, 1, asked={})
    assert (
        coverage(part) == f"The decks hold {len(part.cards)} of the 50 questions wanted. "
        "Your decks cover 3 of 64 skills; this paper asks about 1."
    )
    page = Opening(running()[0].stage, part)
    shown = "\n".join(line.plain for line in page.view(SIZES[2]).body)
    assert "a score by area, no verdict" in shown
    assert "pass at" not in shown
    page.paper = replace(whole, served=64)
    assert any("pass at 700" in line.plain for line in page.view(SIZES[2]).body)
    page.paper = replace(whole, served=26)
    assert not any("pass at" in line.plain for line in page.view(SIZES[2]).body)
    said = "\n".join(missing(replace(part, others=(("ai-300", 18, 58),))))
    assert "No verdict: too few questions on Optimize language models for AI applications." in said
    assert "For AI-300 the decks cover 18 of 58 skills: dp100 exam --exam ai-300." in said
    assert "1 June 2026" in said
    assert "Outline: Microsoft's study guide" in said


def test_only_complete_answers_count_as_answered() -> None:
    here, _ = running()
    for n, answer in ((0, "[0]"), (2, "[0]")):
        here.session.do("answer", answer, n)
    assert here.view(SIZES[2]).right.plain.startswith("1 answered ")
    waiting = waiting_page(here.session.sitting).view(SIZES[2])
    assert any("1 answered" in line.plain for line in waiting.body)


def test_a_narrow_terminal_shows_the_review_title_the_keys_of_the_question_and_the_way_out() -> None:
    here, _ = running()
    review = Review(here.stage, here.session).view(SIZES[0])
    assert spread(review.title, review.right, 40).plain.startswith(" Review: all")
    assert [line.plain.strip() for line in review.heading] == ["7 unanswered · 0 marked"]
    footer = key_line(here.view(SIZES[0]).hints, 40).plain
    for words in ("a–c choose", "enter next", "? help", "q pause"):
        assert words in footer


def test_lines_offer_no_arrows() -> None:
    page = ResultPage(LINES, finished()).view(SIZES[4])
    assert for_lines(page.hints)[0] == ("enter", "open")
    keys = [key for key, _ in OutcomePage(LINES, finished(), 0).view(SIZES[4]).hints]
    assert keys[:2] == ["n", "p"]


def test_the_result_in_lines_says_what_the_screen_says() -> None:
    out = StringIO()
    lines = Lines(out, StringIO())
    report(finished(), lines)
    said = out.getvalue()
    for words in (
        "of 1000 · no verdict\n", "With 7 questions, your real level lies between", "Train and deploy models:",
        "Configure an online deployment: 100 %  1 of 1", "Optimize language models for AI applications: no questions",
        "Time: 70 seconds of 10 minutes", "5 questions not answered.", "Skill: Choose the compute that a workload needs",
    ):  # fmt: skip
        assert words in said
    everything = StringIO()
    lines = Lines(everything, StringIO())
    report(finished(), lines, every=True)
    for words in ("your choice", "It waits for nobody.", "https://learn.microsoft.com/azure/x"):
        assert words in everything.getvalue()


def test_three_lines_stay_in_the_shell() -> None:
    said = shell_lines(finished().result)
    assert len(said) == 3
    assert said[0].startswith("DP-100 mock exam 3: ")
    assert said[1] == "2 of 7 questions right, 70 seconds of 10 minutes"
    assert [*as_data(finished().result)["lacking"]] == ["Optimize language models for AI applications"]


def test_a_rejected_card_is_named_and_can_be_taken_back() -> None:
    page = OutcomePage(LINES, finished(), 0)
    page.press("x")
    assert page.found.message == "This card is rejected and will not be asked again. x takes that back."
    assert "rejected" in page.view(SIZES[2]).right.plain
    page.press("x")
    assert (page.found.rejected, page.found.message) == (set(), "The card is back.")
    assert page.press("left") == STAY
    assert page.found.message == "This is the first question."
    page.press("right")
    assert page.at == 1


def test_a_line_ends_at_a_message_about_an_answer() -> None:
    for typed, kept, words in (
        ("a b c", 2, "Already 2 chosen; deselect one first."),
        ("a b\np\nc", 2, "Already 2 chosen; deselect one first."),
        ("a b\np\na", 1, "1 of 2 chosen. Enter again leaves it incomplete."),
    ):
        here, _ = running()
        here.session.go(1)
        out = StringIO()
        here.stage = Lines(out, StringIO(f"{typed}\n"))
        here.stage.run(here)
        assert here.session.sitting.at == 1, typed
        assert len(here.session.place.answer) == kept
        assert words in out.getvalue()


def test_what_is_said_of_a_stray_key_is_gone_when_another_screen_opens() -> None:
    here, _ = running()
    out, source = StringIO(), StringIO("Z\nq y\nnot read")
    here.stage = Lines(out, source)
    here.stage.run(here)
    assert out.getvalue().count("Z does nothing here.") == 1
    assert source.read() == "not read", "q y is a whole line"
