"""The gate for text: nothing that a terminal obeys, and no trick of direction or width, comes through."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from rich.text import Text

from dp100cards.clean import clean, clean_line, safe_link, say, say_json
from dp100cards.ui.text import CleanConsole

INVISIBLE = [
    "\u200b",
    "\u2060",
    "\u2061",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u3164",
    "\u115f",
    "\U000e0041",
    "\U000e0101",
]
OVERRIDES = ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c"]  # fmt: skip


def harmless(text: str) -> bool:
    """Has a text nothing in it that a terminal obeys or a reader cannot see?"""
    return not any(
        (unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n")
        or (unicodedata.category(c) == "Cf" and c not in "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f"
            "\u0890\u0891\u08e2\U000110bd\U000110cd" and not 0x13430 <= ord(c) <= 0x1345F)
        for c in text
    )  # fmt: skip


@given(st.text(st.characters(), max_size=200))
def test_nothing_harmful_comes_through_and_cleaning_twice_changes_nothing(text: str) -> None:
    assert harmless(clean(text)), ascii(clean(text))
    assert clean(clean(text)) == clean(text)
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize("character", [chr(n) for n in [*range(10), *range(11, 32), *range(0x7F, 0xA0)]] + INVISIBLE + OVERRIDES)  # fmt: skip
def test_each_of_the_known_ones_is_gone(character: str) -> None:
    for text in (f"a{character}b", f"{character}{character}", f"日{character}本"):
        assert character not in clean(text)


def test_controls_become_pictures_and_overrides_a_mark() -> None:
    assert clean("a\x1b[31mb\x07\x7f\x9b\u202e\r\n\tc") == "a␛[31mb␇␡��\n    c"
    assert clean("\x1b]52;c;ZXZpbA==\x07") == "␛]52;c;ZXZpbA==␇"
    assert clean_line("x\ndp100: all is well.md") == "x dp100: all is well.md"


@pytest.mark.parametrize(
    "text",
    [
        "naïve café – „Ärger“",
        "日本語 と かな",
        "👩‍💻 👍🏽 ❤️ 1️⃣ 🏳️‍🌈",
        "می‌خواهم",
        "क्‍ष",
        "x → y ≤ z",
        "e\u0301",
        "שלום عربي",
    ],
)
def test_honest_text_in_any_script_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("text", ["pay\u200dpal", "a\u200cb", "a\ufe0f\ufe0f\ufe0e", "\u200d"])
def test_joiners_where_nothing_joins_go(text: str) -> None:
    assert "\u200d" not in clean(text)
    assert "\u200c" not in clean(text)
    assert len(clean(text)) < len(text)


def test_commands_speak_through_the_gate(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2Jb")
    say("oops \x9b", err=True)
    say(end="")
    out, err = capsys.readouterr()
    assert out == "a␛[2Jb\n"
    assert err == "oops \ufffd\n"


def test_a_screen_prints_nothing_unclean_whatever_a_caller_forgot() -> None:
    file = io.StringIO()
    console = CleanConsole(file=file, force_terminal=True, width=60, markup=False, highlight=False)
    text = Text("evil \x1b]52;c;AA==\x07 \u202e and \u2028 more", "bold")
    text.append("link", Style(link="https://example.org/\x1b]0;x\x07"))
    text.append("good", Style(link="https://example.org/a"))
    console.print(text)
    console.print("plain \x9b2J\x1b[2J", soft_wrap=True)
    shown = file.getvalue()
    assert "\x1b]52" not in shown
    assert "\x1b]0;" not in shown
    assert "\x1b[2J" not in shown
    assert not set("\x07\x9b\u202e\u2028") & set(shown)
    assert "https://example.org/a" in shown


@pytest.mark.parametrize(
    ("url", "safe"),
    [("https://learn.example/a?b=c#d", True), ("http://a.example", True), ("file:///etc/passwd", False),
     ("https://a\x1b]8;;", False), ("https://а.example", False), ("javascript:x", False), ("https://a b", False)],
)  # fmt: skip
def test_only_an_address_of_the_web_is_a_link(url: str, safe: bool) -> None:
    assert safe_link(url) == (url if safe else "")


def test_json_is_plain_ascii_and_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"text": "".join(map(chr, range(0x100))) + "\u202e\ud800\U000e0041"}
    say_json(data)
    said = capsys.readouterr().out
    assert said.replace("\n", "").isascii() and said.replace("\n", "").isprintable()
    assert json.loads(said) == data
