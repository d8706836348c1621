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
from dp100cards.exchange.anki_out import Package
from dp100cards.scheduler.event import Moment

LONG = "a_very_long_identifier_without_any_break_that_no_phone_has_room_for_in_one_line"
SHARED: dict[str, Any] = {
    "deck": "demo", "explain": f"All of them live in a `{LONG}`.", "shows": "It was another.",
    "source": Source("01-services.md", (44, 45), f"The top-level resource {LONG} & more.", "Azure docs",
                     "https://learn.microsoft.com/azure", "2026-01-01", "2026-11"),
    "level": "exam", "skills": ("dp-100/1.2",),
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
    Order(id="demo-order", ask="Put these in order.", items=("Register", "Build", "Deploy"), extra=("Order lunch",), **SHARED),
    Match(id="demo-match", ask="Match.", pairs=(Pair("ACI", "testing"), Pair("AKS", f"production {LONG}")), extra=("training",), **SHARED),
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
        """The text of each element, without reasons and marks, on one line."""
        found: list[str] = self.browser.js(
            f"[...document.querySelectorAll({json.dumps(selector)})].map(e => {{ e = e.cloneNode(true);"
            " e.querySelectorAll('.because, .yours, .letter').forEach(x => x.remove());"
            " return e.textContent.replace(/\\s+/g, ' ').trim(); })"
        )
        return found

    def tap(self, option: str, selector: str = "button.option") -> None:
        """Tap a button that says this; the letter stands before it."""
        at = self.texts(selector).index(option)
        self.browser.js(WATCH)
        self.browser.tap(selector, at, touch=self.touch)
        assert self.browser.js("window.turned") == 0, "AnkiMobile would turn the card"

    def pick(self, row: int, label: str) -> None:
        """Tap a button of a row, by what it says."""
        labels = self.browser.js(
            f"[...document.querySelectorAll('.rows > li')[{row}].querySelectorAll('button')].map(e => e.textContent)"
        )
        self.browser.js(WATCH)
        before = self.browser.js(
            f"[...document.querySelectorAll('.rows > li')].slice(0, {row}).reduce((n, e) => n + e.querySelectorAll('button').length, 0)"
        )
        self.browser.tap("button.option", before + labels.index(label), touch=self.touch)
        assert self.browser.js("window.turned") == 0, "AnkiMobile would turn the card"

    def checked(self) -> list[str]:
        return self.texts("button[aria-checked=true] .text")


WATCH = """
(() => { if (window.turned === undefined) { document.addEventListener("click", e => {
  const stays = e => e.tagName === "A" || e.tagName === "BUTTON" || e.hasAttribute("onclick") || e.onclick ||
    e.classList.contains("tappable");
  let at = e.target, passed = false;
  for (; at && at.tagName !== "BODY"; at = at.parentElement) { passed = passed || stays(at); }
  if (!passed || !stays(e.target)) { window.turned += 1; }
}, true); } window.turned = 0; })()
"""
"""AnkiMobile's published rule (docs.ankiweb.net/ankimobile/more): a tap goes to the card, and does not turn it, on an
A or BUTTON, on what has an onclick handler, and on what has the class `tappable`. Here the very element that is hit must
be one of them, not only one around it."""


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Front and back of each card, with their style, as the real Anki renders them."""
    module = pytest.importorskip("anki.collection")
    folder = tmp_path_factory.mktemp("rendered")
    Package(CARDS, {}, "DP-100", Moment(1_795_420_800_000), {}).write(folder / "out.apkg")
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


WIDTHS = pytest.mark.parametrize("width", [390, 1100])


@WIDTHS
def test_of_a_choice_one_option_is_picked_and_shown_on_the_back(reviewer: Reviewer, width: int) -> None:
    reviewer.open(width)
    reviewer.show("demo-choice", 0)
    order = reviewer.texts("button.option .text")
    assert sorted(order) == [f"Compute {LONG}", "Datastore", "Image", "Workspace"]
    letters = "[...document.querySelectorAll('.letter')].map(e => e.textContent).join('')"
    assert reviewer.browser.js(letters) == "ABCD"
    for option in ("Image", "Datastore"):
        reviewer.tap(option)
        assert reviewer.checked() == [option]
    reviewer.show("demo-choice", 1)
    shown = reviewer.texts(".key li")
    assert [text[2:] for text in shown] == order
    assert reviewer.texts(".key li.right") == ["✓ Workspace"]
    yours = "[...document.querySelectorAll('.yours')].map(e => e.parentNode.textContent).join('')"
    assert "Datastore" in reviewer.browser.js(yours)
    assert reviewer.texts(".result") == ["✗ Not right."]


def test_of_several_each_tap_picks_or_takes_back(reviewer: Reviewer) -> None:
    reviewer.open(390)
    reviewer.show("demo-multiple", 0)
    for option in ("First", "Third", "Fourth", "Third"):
        reviewer.tap(option)
    assert set(reviewer.checked()) == {"First", "Fourth"}
    reviewer.show("demo-multiple", 1)
    assert reviewer.browser.js("document.querySelectorAll('.yours').length") == 2
    assert reviewer.texts(".result") == ["✗ 1 of 2 right."]


@WIDTHS
def test_an_order_is_tapped_step_by_step(reviewer: Reviewer, width: int) -> None:
    reviewer.open(width)
    reviewer.show("demo-order", 0)
    assert reviewer.texts("button.option .text") == ["Build", "Deploy", "Order lunch", "Register"]
    for step in ("Register", "Deploy", "Deploy", "Build", "Order lunch"):
        reviewer.tap(step)
    numbers = "[...document.querySelectorAll('.letter')].map(e => e.textContent).join(' ')"
    assert reviewer.browser.js(numbers) == "2. B 3. 1."
    reviewer.show("demo-order", 1)
    assert reviewer.texts(".result") == ["✗ 2 of 3 right."]
    assert reviewer.texts(".key li") == ["Register ✓", "Build ✓", "Deploy ✗ your answer: Order lunch"]
    assert "Not needed: Order lunch" in reviewer.texts(".answer")[0]


@WIDTHS
def test_sides_are_matched_by_their_letters(reviewer: Reviewer, width: int) -> None:
    reviewer.open(width)
    reviewer.show("demo-match", 0)
    rights = reviewer.texts(".values li")
    for row, right in enumerate(("testing", f"production {LONG}")):
        reviewer.pick(row, "ABC"[rights.index(right)])
    reviewer.show("demo-match", 1)
    assert reviewer.texts(".result") == ["✓ All right."]
    assert reviewer.texts("td")[1] == "testing ✓"


def test_statements_are_judged_and_blanks_filled(reviewer: Reviewer) -> None:
    reviewer.open(390)
    reviewer.show("demo-statements", 0)
    reviewer.pick(0, "No")
    reviewer.pick(0, "Yes")
    reviewer.pick(1, "Yes")
    reviewer.show("demo-statements", 1)
    assert reviewer.texts(".result") == ["✗ 1 of 2 right."]
    assert reviewer.texts(".key li") == ["Yes ✓ – One.", "No ✗ your answer: Yes – Two."]
    reviewer.show("demo-code", 0)
    reviewer.pick(0, "load")
    reviewer.show("demo-code", 1)
    assert reviewer.texts(".result") == ["✓ All right."]


def test_a_scenario_folds_open_in_front_and_closed_behind(reviewer: Reviewer) -> None:
    reviewer.open(390)
    for side, is_open in ((0, True), (1, False)):
        reviewer.show("demo-choice", side)
        assert reviewer.browser.js("document.querySelector('details').open") is is_open
        reviewer.browser.js(WATCH)
        reviewer.browser.tap("summary", touch=True)
        assert reviewer.browser.js("window.turned") == 0
        assert reviewer.browser.js("document.querySelector('details').open") is not is_open


def test_options_are_shuffled(reviewer: Reviewer) -> None:
    reviewer.open(1100)
    seen = set()
    for _ in range(40):
        reviewer.show("demo-multiple", 0)
        seen.add(tuple(reviewer.texts("button.option .text")))
    assert len(seen) > 3


def test_no_card_shows_what_was_picked_of_another(reviewer: Reviewer) -> None:
    reviewer.open(1100)
    reviewer.show("demo-choice", 0)
    reviewer.tap("Image")
    reviewer.show("demo-multiple", 1)
    assert [text[2:] for text in reviewer.texts(".key li")] == ["First", "Second", "Third", "Fourth"]
    assert not reviewer.texts(".yours, .result")


def test_keys_reach_every_option_and_roles_say_what_they_are(reviewer: Reviewer) -> None:
    reviewer.open(1100)
    for card, role, group in (
        ("demo-choice", "radio", "radiogroup"), ("demo-multiple", "checkbox", "group"),
        ("demo-order", "checkbox", "group"), ("demo-statements", "radio", "radiogroup"),
    ):  # fmt: skip
        reviewer.show(card, 0)
        assert reviewer.browser.js(
            f"[...document.querySelectorAll('button.option')].every(e => e.getAttribute('role') === '{role}'"
            f" && e.closest('[role={group}]') && e.tabIndex === 0 && e.hasAttribute('aria-checked'))"
        )
    reviewer.show("demo-choice", 0)
    reviewer.browser.js("document.querySelector('button.option').focus()")
    for kind in ("keyDown", "keyUp"):
        reviewer.browser.call(
            "Input.dispatchKeyEvent", type=kind, key=" ", code="Space", text=" " * (kind == "keyDown")
        )
    assert len(reviewer.checked()) == 1


@pytest.mark.parametrize("card", [card.id for card in CARDS])
def test_without_scripts_or_storage_all_can_be_read(reviewer: Reviewer, card: str) -> None:
    reviewer.open(390)
    reviewer.browser.js(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('no'); }}); 0"
    )
    for scripts in (False, True):
        texts = []
        for side in (0, 1):
            if scripts:
                reviewer.show(card, side)
            else:
                content = json.dumps(reviewer.sides[card][side])
                reviewer.browser.js(f"document.getElementById('qa').innerHTML = {content}")
            texts.append(reviewer.browser.js("document.getElementById('qa').innerText"))
        for words in ANSWERS[card]:
            assert words in texts[1], f"{words} is not on the back"
        for words in CHOICES.get(card, ()):
            assert words in texts[0], f"{words} is not on the front"
        assert "undefined" not in "".join(texts)


def test_what_the_notes_said_is_there_once(reviewer: Reviewer) -> None:
    reviewer.open(390)
    reviewer.show("demo-basic", 1)
    assert reviewer.browser.js("document.body.innerText").count("It was another.") == 1


CHOICES = {
    "demo-choice": ("Workspace", "Datastore", "Image"), "demo-multiple": ("First", "Fourth"),
    "demo-order": ("Register", "Order lunch"), "demo-match": ("ACI", "testing", "training"),
    "demo-statements": ("One.", "Two."), "demo-code": ("get", "load"),
}  # fmt: skip
ANSWERS = {
    "demo-basic": ("It is", "lines 44–45"), "demo-cloze": ("a score script",),
    "demo-choice": ("✓ Workspace", "✗ Image", "It is below it."), "demo-multiple": ("✓ First", "✗ Third"),
    "demo-order": ("Register", "Not needed: Order lunch"), "demo-match": ("ACI", "testing", "Belongs to none"),
    "demo-statements": ("Yes – One.", "No – Two."), "demo-code": ("load", "Azure docs", "dp-100/1.2"),
}  # fmt: skip


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
"""The least contrast of any text to what is behind it, as WCAG 2 has it."""
BORDERS = (
    CONTRAST.replace("#qa, #qa *:not(style, script)", "#qa button")
    .replace("getComputedStyle(e).color", "getComputedStyle(e).borderTopColor")
    .replace("n => n.nodeType === 3 && n.textContent.trim()", "n => true")
    .replace("ground(e)", "ground(e.parentElement)")
)
"""The same of the borders of buttons."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1100])
def test_every_side_fits_its_screen_and_can_be_read(reviewer: Reviewer, width: int, dark: bool) -> None:
    reviewer.open(width, dark=dark)
    for card in reviewer.sides:
        for side in (0, 1):
            reviewer.show(card, side)
            wide = reviewer.browser.js("document.documentElement.scrollWidth")
            assert wide <= width, f"{card} is {wide} wide"
            assert reviewer.browser.js(CONTRAST) >= 4.5, card
            assert reviewer.browser.js(BORDERS) >= 3, card
            reviewer.browser.picture(reviewer.folder / f"{card}-{side}.png")
