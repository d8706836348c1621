"""Cards as the real Anki renders them, in a real browser: tapped, turned, on a phone and on a desk, light and dark.

Where Chromium is not installed these are skipped. The pictures are kept in pytest's folder, to be looked at.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import (
    Basic,
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
    Source,
    Statements,
)  # fmt: skip
from dp100cards.exchange.anki_out import write_package
from dp100cards.scheduler.days import Moment

LONG = "a_very_long_identifier_without_any_break_that_no_phone_has_room_for_in_one_line"
SHARED: dict[str, Any] = {
    "deck": "demo", "explain": f"All of them live in a `{LONG}`.", "shows": "It was another.",
    "source": Source("01-services.md", (44, 45), f"The top-level resource {LONG} & more."),
}  # fmt: skip
FIRM = Scenario(
    "firm", "**Fabrikam** has 400 shops.\n\n- One team writes no code.\n- Another writes `SQL` only."
)
CARDS: list[Card] = [
    Basic(id="demo-basic", ask=f"What is `{LONG}`?", answer=f"It is {LONG}.", **SHARED),
    Cloze(id="demo-cloze", ask="An image has {{a score script}} and\n`{{an_environment}}`.", **SHARED),
    Choice(id="demo-choice", ask="Which is the top-level resource?", scenario=FIRM, options=tuple(
        Option(text, right=n == 0, because="" if n == 0 else "It is below it.")
        for n, text in enumerate(("Workspace", "Datastore", f"Compute `{LONG}`", "Image"))), **SHARED),
    Multiple(id="demo-multiple", ask="Which two?", options=tuple(
        Option(text, right=n < 2) for n, text in enumerate(("First", "Second", "Third", "Fourth"))), **SHARED),
    Order(id="demo-order", ask="Put these in order.", items=("Register", "Build", "Deploy"), **SHARED),
    Match(id="demo-match", ask="Match.", pairs=(Pair("ACI", "testing"), Pair("AKS", f"production {LONG}")), **SHARED),
    Statements(id="demo-statements", ask="Yes or no?", statements=(Option("One.", right=True), Option("Two.")), **SHARED),
    Code(id="demo-code", ask="Fill in.", code=f"if True:\n    x = {{{{load}}}}('{LONG}')", wrong=(("get",),), **SHARED),
]  # fmt: skip

PAGE = (
    '<!doctype html><html class="{root}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<style>body {{ margin: 20px; }}</style></head><body class="card card1 {body}"><div id="qa"></div></body></html>'
)

SHOW = """
(() => {{
  const place = document.getElementById("qa");
  place.innerHTML = {content};
  for (const old of place.querySelectorAll("script")) {{
    const script = document.createElement("script");
    script.textContent = old.textContent;
    old.replaceWith(script);
  }}
}})()
"""
"""Anki puts each side into the same page, and has its scripts run anew."""


class Reviewer:
    """Anki's reviewer, without Anki's window."""

    def __init__(self, browser: Any, sides: dict[str, tuple[str, str]], folder: Path) -> None:
        self.browser, self.sides, self.folder = browser, sides, folder
        self.touch = False

    def open(self, width: int, *, dark: bool = False) -> None:
        self.touch = width < 500
        self.browser.size(width, dark=dark, phone=self.touch)
        page = self.folder / f"{width}-{dark}.html"
        names = {"root": "night-mode", "body": "nightMode night_mode"} if dark else {"root": "", "body": ""}
        page.write_text(PAGE.format(**names), encoding="utf-8")
        self.browser.go(page)
        self.browser.js("sessionStorage.clear()")

    def show(self, card: str, side: int) -> None:
        self.browser.js(SHOW.format(content=json.dumps(self.sides[card][side])))

    def texts(self, selector: str) -> list[str]:
        """The first text node of each element: an option without its reason."""
        found: list[str] = self.browser.js(
            f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.firstChild.textContent)"
        )
        return found

    def tap(self, option: str) -> None:
        self.browser.tap(".choices li", self.texts(".choices li").index(option), touch=self.touch)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Front and back of each card, with their style, as the real Anki renders them."""
    module = pytest.importorskip("anki.collection")
    folder = tmp_path_factory.mktemp("rendered")
    write_package(folder / "out.apkg", CARDS, {}, "DP-100", Moment(1_795_420_800_000), {})
    collection = module.Collection(str(folder / "c.anki2"))
    request = module.ImportAnkiPackageRequest(
        package_path=str(folder / "out.apkg"), options=module.ImportAnkiPackageOptions()
    )
    collection.import_anki_package(request)
    rendered = {}
    for id_ in collection.find_cards(""):
        card = collection.get_card(id_)
        output = card.render_output()
        rendered[card.note().guid] = output.question_and_style(), output.answer_and_style()
    collection.close()
    return rendered


@pytest.fixture
def reviewer(browser: Any, sides: dict[str, tuple[str, str]], tmp_path: Path) -> Reviewer:
    return Reviewer(browser, sides, tmp_path)


@pytest.mark.parametrize("width", [360, 1000])
def test_of_a_choice_one_option_is_picked_and_shown_on_the_back(reviewer: Reviewer, width: int) -> None:
    reviewer.open(width)
    reviewer.show("demo-choice", 0)
    order = reviewer.texts(".choices li")
    assert sorted(order) == ["Compute ", "Datastore", "Image", "Workspace"]
    for option in ("Image", "Datastore"):
        reviewer.tap(option)
        assert reviewer.texts(".choices li.picked") == [option]
    reviewer.show("demo-choice", 1)
    assert reviewer.texts(".choices li") == order
    assert reviewer.texts(".choices li.picked") == ["Datastore"]
    assert reviewer.texts(".choices li.right") == ["Workspace"]
    mark = "getComputedStyle(document.querySelector('.choices li.{}'), '::before').content"
    assert "✗" in reviewer.browser.js(mark.format("picked"))
    assert "✓" in reviewer.browser.js(mark.format("right"))


def test_of_several_each_tap_picks_or_takes_back(reviewer: Reviewer) -> None:
    reviewer.open(360)
    reviewer.show("demo-multiple", 0)
    for option in ("First", "Third", "Fourth", "Third"):
        reviewer.tap(option)
    assert set(reviewer.texts(".choices li.picked")) == {"First", "Fourth"}
    reviewer.show("demo-multiple", 1)
    assert set(reviewer.texts(".choices li.picked")) == {"First", "Fourth"}


def test_options_are_shuffled(reviewer: Reviewer) -> None:
    reviewer.open(1000)
    seen = set()
    for _ in range(40):
        reviewer.show("demo-multiple", 0)
        seen.add(tuple(reviewer.texts(".choices li")))
    assert len(seen) > 3


def test_no_card_shows_what_was_picked_of_another(reviewer: Reviewer) -> None:
    reviewer.open(1000)
    reviewer.show("demo-choice", 0)
    reviewer.tap("Image")
    reviewer.show("demo-multiple", 1)
    assert reviewer.texts(".choices li") == ["First", "Second", "Third", "Fourth"]
    assert reviewer.texts(".choices li.picked") == []


def test_what_must_not_be_shuffled_or_tapped_stays(reviewer: Reviewer) -> None:
    reviewer.open(360)
    for card, texts in (
        ("demo-statements", ["One.", "Two."]),
        ("demo-order", ["Build", "Deploy", "Register"]),
    ):
        reviewer.show(card, 0)
        assert reviewer.texts(".choices li") == texts
        reviewer.tap(texts[0])
        assert reviewer.texts(".choices li.picked") == []
        reviewer.show(card, 1)


def test_without_scripts_or_storage_all_can_be_read(reviewer: Reviewer) -> None:
    reviewer.open(360)
    reviewer.browser.js(
        f"document.getElementById('qa').innerHTML = {json.dumps(reviewer.sides['demo-choice'][0])}"
    )
    assert len(reviewer.texts(".choices li")) == 4
    reviewer.browser.js(
        f"document.getElementById('qa').innerHTML = {json.dumps(reviewer.sides['demo-choice'][1])}"
    )
    assert reviewer.texts(".choices li.right") == ["Workspace"]
    reviewer.browser.js(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('no'); }}); 0"
    )
    reviewer.show("demo-choice", 0)
    reviewer.tap("Image")
    assert reviewer.texts(".choices li.picked") == ["Image"]
    reviewer.show("demo-choice", 1)
    assert reviewer.texts(".choices li.right") == ["Workspace"]


CONTRAST = """
(() => {
  const lit = text => { const [r, g, b] = text.match(/[\\d.]+/g).map(n => n / 255).map(
    c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (c !== "rgba(0, 0, 0, 0)") return c; } return "rgb(255, 255, 255)"; };
  let worst = 21;
  for (const e of document.querySelectorAll("#qa, #qa *:not(style, script)")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const a = lit(getComputedStyle(e).color), b = lit(ground(e));
    worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return worst;
})()
"""
"""The least contrast of any text to what is behind it, as WCAG 2 reckons it."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1000])
def test_every_side_fits_its_screen_and_can_be_read(reviewer: Reviewer, width: int, dark: bool) -> None:
    reviewer.open(width, dark=dark)
    for card in reviewer.sides:
        for side in (0, 1):
            reviewer.show(card, side)
            wide = reviewer.browser.js("document.documentElement.scrollWidth")
            assert wide <= width, f"{card} is {wide} wide"
            assert reviewer.browser.js(CONTRAST) >= 4.5, card
            reviewer.browser.picture(reviewer.folder / f"{card}-{side}.png")
