"""The report page can be read by everybody: in light and dark, by ear, without colours, and on paper."""

import json
import re
from html.parser import HTMLParser

import pytest

from dp100cards.cards import (
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Statements,
    key,
)
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.score import score
from dp100cards.exam.sitting import Sitting, SittingEvent, replay
from dp100cards.exchange.documents import report
from dp100cards.exchange.markup import data

STYLE = data("report.css")
PLAN = read_blueprint("dp-100")
FIRM = Scenario("firm", "A **firm** with <much>.\n\n- And soon.")
TWO = (Option("x", right=True, because="it is"), Option("y <b>", because="it is not"))
CARDS: tuple[Card, ...] = (
    Choice(id="a-1", deck="a", ask="Which?\n```python\nx = 1\n```", area="train", options=TWO),
    Multiple(id="a-2", deck="a", ask="Which two?", area="design", options=(*TWO, Option("z", right=True))),
    Order(id="a-3", deck="a", ask="In which order?", items=("one", "two", "three")),
    Match(id="a-4", deck="a", ask="What belongs?", pairs=(Pair("l", "1"), Pair("m", "2"))),
    Statements(id="a-5", deck="a", ask="True?", statements=TWO, scenario=FIRM),
    Cloze(id="a-6", deck="a", ask="A {{boat}} and a {{captain}}."),
    Code(id="a-7", deck="a", ask="Which call?", code="ws = {{get}}()", wrong=(("put",),)),
)
ANSWERS: dict[str, list[list[object]]] = {
    "right": [list(key(card)) for card in CARDS],
    "wrong": [[1], [1], [2, 1, 0], [1, 0], [0, 1], ["ship", ""], ["put"]],
    "nothing": [[] for _ in CARDS],
}


def sat(answers: list[list[object]]) -> Sitting:
    happened = [
        SittingEvent("answer", n, json.dumps(answer), 1000 * n) for n, answer in enumerate(answers) if answer
    ]
    return replay(Sitting(1, PLAN, 1, CARDS, 10), [*happened, SittingEvent("submit", 0, "", 9000)])


def made(which: str) -> str:
    return report(score(sat(ANSWERS[which])))


class Outline(HTMLParser):
    """What a screen reader would know of a page."""

    VOID = ("meta", "br", "hr", "img")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.lang = self.title = ""
        self.headers: list[str] = []
        self.coloured: list[str] = []
        self.inside_text: list[str] = []
        self.targets: set[str] = set()
        self.links: set[str] = set()
        self.bars: list[str] = []
        self.feed(text)
        assert not self.open, "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("pre", "ul", "div", "article", "p"):
            self.inside_text += [name for name, _ in self.open if name in ("p", "h1", "h2", "h3")]
        if tag not in self.VOID:
            self.open.append((tag, given))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.lang = given.get("lang") or ""
        if tag == "th":
            self.headers.append(given.get("scope") or "")
        if given.get("role") == "img":
            self.bars.append(given.get("aria-label") or "")
        self.targets |= {f"#{given['id']}"} if given.get("id") else set()
        self.links |= {str(given["href"])} if given.get("href") else set()
        if given.get("class") in ("right", "wrong", "missed", "verdict passed", "verdict failed"):
            self.coloured.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1][0] == tag, f"{tag} closes {self.open[-1][0]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "title":
            self.title += data
        if self.coloured:
            self.coloured[-1] += data if len(self.coloured[-1]) < 20 else ""


@pytest.mark.parametrize("which", list(ANSWERS))
def test_the_page_is_sound_and_can_be_heard(which: str) -> None:
    seen = Outline(made(which))
    assert seen.lang == "en"
    assert seen.title
    assert seen.headings[0] == 1
    assert seen.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(seen.headings, seen.headings[1:], strict=False)), (
        "no level is left out"
    )
    assert seen.headers
    assert set(seen.headers) <= {"col", "row"}
    assert all(re.search(r"\d+%", said) for said in seen.bars)
    assert seen.inside_text == [], "no block inside a paragraph or a heading"
    assert seen.links <= seen.targets
    assert "#scenario-1" in seen.links


@pytest.mark.parametrize("which", list(ANSWERS))
def test_no_colour_is_the_only_sign(which: str) -> None:
    seen = Outline(made(which))
    assert seen.coloured
    for text in seen.coloured:
        assert re.match(r"\[[+XO~]\]|Passed|Not passed|No verdict", text.strip()), text


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_stands_out_in_both_schemes(scheme: int) -> None:
    schemes = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert len(schemes) == 2
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", schemes[scheme]))
    used = set(re.findall(r"[^-]color: var\(--(\w+)\)", STYLE))
    assert used == {"ink", "quiet", "good", "bad", "bar"}
    for name in used:
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    assert contrast(colours["line"], colours["paper"]) >= 3, "the frame of a bar is no text"
    assert not re.findall(r"(?<!-)color: #", STYLE), "all colours are named, so that both schemes have them"


def test_what_was_wrong_is_told_beside_what_is_right() -> None:
    text = made("wrong")
    assert "you: three" in text
    assert "you: ship" in text
    assert text.index("Which?") < text.index("Which two?") < text.index("In which order?")
    right = made("right")
    assert "you: " not in right
    assert 'class="wrong"' not in right
    nothing = made("nothing")
    assert "7 questions not answered." in nothing
    assert nothing.count("[O] unanswered") == 7


def test_a_list_in_a_question_stands_below_its_heading() -> None:
    listed = Choice(id="a-8", deck="a", ask="Which:\n- one\n- two", options=TWO)
    sitting = Sitting(1, PLAN, 1, (listed,), 10)
    Outline(report(score(sitting)))
    assert Outline(report(score(sitting))).inside_text == []


def test_paper_is_white_in_the_dark_too() -> None:
    assert "@media screen and (prefers-color-scheme: dark)" in STYLE
    assert "@media print" in STYLE
