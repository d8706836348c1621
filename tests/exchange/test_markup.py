"""What a note may hold is in the card: pictures, links, tables, lists, LaTeX; and nothing else is taken for markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import Basic, Cloze, Scenario, Source
from dp100cards.exchange.anki_out import Package, fields, tags
from dp100cards.exchange.markup import Media, to_html
from dp100cards.scheduler.event import Moment

CASES = {
    "*Hamlet* by 2 * 3 * 4 and `*x*`, a*b*c": "<i>Hamlet</i> by 2 * 3 * 4 and <code>*x*</code>, a*b*c",
    "a <b> & `x<y>` **bold `c`**": "a &lt;b&gt; &amp; <code>x&lt;y&gt;</code> <b>bold <code>c</code></b>",
    "1. one\n2. two\n   - in\n3. three\n\nafter": "<ol class='list'><li>one</li><li>two<ul class='list'><li>in</li></ul></li>"
    "<li>three</li></ol>after",
    "see\n- a\n- b\n\nend": "see<ul class='list'><li>a</li><li>b</li></ul>end",
    "| a | b |\n| --- | :-: |\n| 1 | `x\\|y` |": "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><code>x|y</code></td></tr></table>",
    "```python\nif x:\n    y()\n```\nend": "<pre><code class='language-python'>if x:\n    y()</code></pre>end",
    "$x^2$ and $$\\frac{a}{b}$$ and \\(n\\)": "\\(x^2\\) and \\[\\frac{a}{b}\\] and \\(n\\)",
    "costs $5 and $10, $HOME/$USER, a_b_c, 2*3*4, # no, > no": "costs $5 and $10, $HOME/$USER, a_b_c, 2*3*4, # no, &gt; no",
    "[docs](https://example.org/a?b=1&c=2) [no](javascript:x)": '<a href="https://example.org/a?b=1&amp;c=2">docs</a> [no](javascript:x)',
    "![A graph](img/a.png)": "[picture: A graph]",
    '![](a b.png "Title")': "[picture: a b.png]",
}


@pytest.mark.parametrize("text", CASES)
def test_markup_becomes_html(text: str) -> None:
    assert to_html(text) == CASES[text]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "notes" / "sub").mkdir(parents=True)
    (tmp_path / "notes" / "sub" / "a b.png").write_bytes(b"picture")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "notes" / "link.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "notes" / "text.txt").write_text("no picture", encoding="utf-8")
    return tmp_path / "notes"


def test_pictures_beside_the_note_arrive_in_the_real_anki(notes: Path, tmp_path: Path, anki: Any) -> None:
    source = Source("sub/n.md", (1, 2), "q")
    ask = "![p](a b.png) ![q](../../secret.png) ![r](../link.png) ![s](../text.txt) ![t](none.png) ![u](https://x.org/u.png)"
    card = Basic(id="demo-a", deck="demo", ask=ask, answer="$a^2$ | b", source=source)
    cloze = Cloze(
        id="demo-b",
        deck="demo",
        ask="A {{gap}} ![p](a b.png)",
        source=source,
        scenario=Scenario("f", "{{x}} **F**"),
    )
    media = Media(notes)
    Package([card, cloze], {}, "DP-100", Moment(1_795_420_800_000), {}, media=media).write(
        tmp_path / "out.apkg"
    )
    anki.take_in(tmp_path / "out.apkg")
    front = anki.cards()["demo-a"].note()["Question"]
    assert front.count("<img") == 1
    assert all(f"[picture: {name}]" in front for name in "qrstu")
    kept = list((tmp_path / "anki-0.media").iterdir())
    assert [path.read_bytes() for path in kept] == [b"picture"]
    assert f'src="{kept[0].name}"' in front
    assert "\\(a^2\\)" in anki.cards()["demo-a"].answer()
    assert anki.collection.media.check().missing == []
    rendered = anki.cards()["demo-b"].question()
    assert "<details" in rendered and "&#123;&#123;x" in rendered and "<img" in rendered


def test_the_public_page_level_and_skills_are_on_the_card_and_in_its_tags() -> None:
    source = Source("", (0, 0), "", "Docs <1>", "https://example.org/x", "2026-05-01", "2026-11")
    card = Basic(
        id="demo-a", deck="demo", ask="?", answer="!", source=source, level="exam", skills=("dp-100/3.17",)
    )
    *_, place, scenario, page = fields(card)
    assert (place, scenario) == ("", "")
    assert page == (
        '<a href="https://example.org/x">Docs &lt;1&gt;</a> (2026-05-01, checked 2026-11) · exam item · dp-100/3.17'
    )
    assert tags(card) == ("demo", "dp100::exam", "dp100::dp-100/3.17")


def test_what_is_outdated_is_said_once() -> None:
    line = "The notes said: it was another."
    for card in (
        Basic(id="a", deck="d", ask="Q?", answer="A", explain=line, shows=line),
        Basic(id="a", deck="d", ask=f"{line} What is it today?", answer="A", shows=line),
        Basic(id="a", deck="d", ask="Q?", answer="A", shows=line),
    ):
        assert "".join(fields(card)).count(line) == 1
