"""The page for paper, in a real browser: printed, and on a phone. Skipped where Chromium is not installed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from dp100cards.cards import Basic, Choice, Code, Deck, Match, Option, Order, Pair, Source, Statements
from dp100cards.exchange.documents import paper as to_page
from dp100cards.exchange.markup import Media

LONG = "an_identifier_without_any_break_that_is_longer_than_any_line_on_any_paper_" * 3
DECK = Deck(
    "demo", "Demo", "", (
        Basic(id="demo-a", deck="demo", ask=f"What is `{LONG}`?", answer=LONG, explain=LONG),
        Order(id="demo-b", deck="demo", ask="Order?", items=("one", "two", "three")),
        Match(id="demo-c", deck="demo", ask="Match.", pairs=(Pair("a", "z"), Pair("b", "x"), Pair("c", "y"))),
        Statements(id="demo-d", deck="demo", ask="True?", statements=(Option("Yes.", right=True), Option("No.", because="So."))),
        Code(id="demo-e", deck="demo", ask="Code?", code=f"x = {{{{y}}}}\n{LONG}"),
        *(Basic(id=f"demo-{n}", deck="demo", ask=f"Question {n}?", answer=f"Answer {n}.") for n in range(60)),
    ),
)  # fmt: skip


def test_it_prints_on_a4_and_breaks_between_questions(browser: Any, tmp_path: Path) -> None:
    page = tmp_path / "paper.html"
    page.write_text(to_page([DECK], "DP-100"), encoding="utf-8")
    browser.size(794)
    browser.go(page)
    paper = browser.paper(tmp_path / "paper.pdf").read_bytes()
    assert paper.startswith(b"%PDF")
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)[0])
    assert (round(width), round(height)) == (595, 842)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= 4
    inside = "getComputedStyle(document.querySelector('article')).breakInside"
    assert browser.js(inside) == "avoid"
    assert browser.js("getComputedStyle(document.querySelector('.answers')).breakBefore") == "page"


def test_nothing_runs_out_of_the_page_on_paper_or_phone(browser: Any, tmp_path: Path) -> None:
    page = tmp_path / "paper.html"
    page.write_text(to_page([DECK], "DP-100"), encoding="utf-8")
    for width, media in ((657, "print"), (390, "screen"), (1000, "screen")):
        browser.size(width, phone=width < 500)
        browser.call("Emulation.setEmulatedMedia", media=media)
        browser.go(page)
        assert browser.js("document.documentElement.scrollWidth") <= width, (width, media)
        browser.picture(tmp_path / f"{width}.png")


def test_answers_name_the_letters_that_the_questions_show() -> None:
    deck = Deck("demo", "D", "", (
        Choice(id="demo-a", deck="demo", ask="Which?", options=(Option("one"), Option("two", right=True, because="It is."))),
    ))  # fmt: skip
    page = to_page([deck], "DP-100")
    assert "<ol class='choices' type='A' data-pick='one'><li>one</li><li>two</li></ol>" in page
    assert (
        "<ol class='key' type='A'><li class='wrong'>✗ one</li><li class='right'>✓ two<span class='because'>It is."
        in page
    )


def test_pictures_are_in_the_page_and_markup_of_a_card_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "a.png").write_bytes(b"png")
    source = Source("sub/n.md", (1, 1), "q")
    deck = Deck("demo", "<D>", "", (
        Basic(id="demo-a", deck="demo", ask="What <script> is ![it](../img/a.png)?", answer="![x](../../evil.png)", source=source),
    ))  # fmt: skip
    page = to_page([deck], "<N>", Media(tmp_path))
    assert 'src="data:image/png;base64,cG5n"' in page
    assert "[picture: x]" in page
    assert "<script>" not in page
    assert "<h1>&lt;N&gt;</h1>" in page
