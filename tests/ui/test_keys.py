from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.ui.keys import NAMES, decode, from_windows


def test_keys_have_the_same_names_on_all_terminals() -> None:
    for sequence in ("\x1b[A", "\x1bOA"):
        assert decode(sequence) == (["up"], "")
    assert decode("\x1b[5~\x1b[6~\x1b[3~\x1b[H\x1bOF\x1b[Z")[0] == [
        "pgup",
        "pgdn",
        "delete",
        "home",
        "end",
        "shift-tab",
    ]
    assert decode("\x03\x04\x1a\r\n\t \x7f\x08")[0] == [
        "ctrl-c", "ctrl-d", "ctrl-z", "enter", "enter", "tab", "space", "backspace", "backspace",
    ]  # fmt: skip


def test_a_sequence_that_is_not_whole_waits_for_its_rest() -> None:
    assert decode("a\x1b[1") == (["a"], "\x1b[1")
    assert decode("\x1b") == ([], "\x1b")


def test_unknown_sequences_and_alt_do_nothing() -> None:
    assert decode("\x1b[20~\x1b[1;5Dx\x1bq") == (["x"], "")


def test_letters_of_all_scripts_are_keys() -> None:
    assert decode("é漢ß")[0] == ["é", "漢", "ß"]


@given(st.text(max_size=60))
def test_whatever_is_sent_every_key_has_a_name_or_is_one_printable_character(text: str) -> None:
    keys, _ = decode(text)
    assert all(key in NAMES or (len(key) == 1 and key.isprintable()) for key in keys)


class Console:
    """What Windows' `msvcrt` would give for some typing; only Windows has the real one."""

    def __init__(self, characters: str) -> None:
        self.characters = list(characters)

    def kbhit(self) -> bool:
        return bool(self.characters)

    def getwch(self) -> str:
        return self.characters.pop(0)


def test_the_windows_console_speaks_as_other_terminals_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msvcrt", Console("a\r\xe0H\x00;\ud83d\ude00\x03"))
    keys = [decode(from_windows(0))[0] for _ in range(6)]
    assert keys == [["a"], ["enter"], ["up"], [], ["😀"], ["ctrl-c"]]
    assert from_windows(0) == ""
