"""What is said of sections: never a lock without a word before it, and no word without a lock."""

import json

from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Card, Choice, Option, Scenario, Statements
from dp100cards.exam.blueprint_data import parse
from dp100cards.exam.sitting import Sitting, SittingEvent, apply, begin, closes
from dp100cards.ui.exam_words import beginning, clock, entering, leaving, section

PLAN = parse(
    {
        "name": "X",
        "sections": [
            {"title": "Case study", "scenarios": 2, "locks": "section"},
            {"title": "Yes or no", "kinds": ["statements"], "locks": "section"},
            {"title": "Free", "tags": ["free"]},
        ],
    },
    "x.yaml",
)


def question(n: int, scenario: str = "", *tags: str) -> Card:
    about = Scenario(scenario, scenario) if scenario else None
    return Choice(
        id=f"c-{n}",
        deck="d",
        ask="?",
        tags=tags,
        options=(Option("a", right=True), Option("b")),
        scenario=about,
    )


SERIES = [Statements(id=f"s-{n}", deck="d", ask="?", statements=(Option("a"),)) for n in range(2)]
PAPER = PLAN.arranged(
    [*map(question, range(2)), question(2, "firm"), question(3, "firm"), question(4, "shop"), *SERIES,
     question(5, "", "free")]
)  # fmt: skip


def fresh() -> Sitting:
    made = begin(1, "x", 1, PAPER, 10, locks=PLAN.locks(PAPER), headings=PLAN.headings(PAPER))
    return apply(made, SittingEvent("sections"))


def test_a_section_is_announced_with_what_holds_in_it() -> None:
    here = fresh()
    assert beginning(here) == "Normal questions: 2 questions."
    seen = []
    for n in range(1, len(PAPER)):
        here = apply(here, SittingEvent("go", n))
        seen.append(entering(here, n - 1))
    assert seen == [
        "",
        "Case study 1: 2 questions. Once you leave them, they are closed for good.",
        "",
        "Case study 2: 1 question. Once you leave it, it is closed for good.",
        "Yes or no: 2 questions. Once you leave them, they are closed for good.",
        "",
        "Free: 1 question.",
    ]
    assert section(here, 3) == ("Case study 1", 2, 2)


@given(
    st.lists(st.tuples(st.sampled_from(["go", "answer"]), st.integers(0, 7)), max_size=25), st.integers(0, 7)
)
def test_whatever_closes_is_asked_about_first(happened: list[tuple[str, int]], to: int) -> None:
    here = fresh()
    for kind, n in happened:
        here = apply(here, SittingEvent(kind, n, json.dumps([0]) if kind == "answer" else ""))
    closing = closes(here, to) - here.locked
    assert bool(leaving(here, to)) == bool(closing)


def test_a_paper_without_sections_says_nothing_of_them() -> None:
    plain = begin(1, "x", 1, PAPER[:2], 10, locks=("", ""), headings=("", ""))
    assert (beginning(plain), leaving(plain, 1), section(plain, 1)[0]) == ("", "", "")
    assert entering(apply(plain, SittingEvent("go", 1)), 0) == ""


def test_the_clock_is_read_as_people_read_it() -> None:
    assert [clock(ms) for ms in (0, 1, 59_000, 60_000, 3_600_000, 5_945_001)] == [
        "0:00", "0:01", "0:59", "1:00", "1:00:00", "1:39:06",
    ]  # fmt: skip
