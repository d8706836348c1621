"""Keys and what they do; one key never has two meanings."""

from __future__ import annotations

from io import StringIO

import pytest

from dp100cards.config import Settings
from dp100cards.errors import ContentError
from dp100cards.ui.keys import ACTIONS, Bindings, Keyboard
from dp100cards.ui.terminal import Terminal
from dp100cards.ui.text import CleanConsole, styled
from dp100cards.ui.view import NOTHING, STAY, Page
from tests.ui.test_golden import CASE, studied


def test_keys_can_be_remapped() -> None:
    own = Bindings(Settings(keys={"skip": "w", "reveal": "v", "doubt": "z"}))
    assert own.action("z") == "reject"
    assert own.action("w") == "skip"
    assert own.action("s") == ""


def test_one_key_never_has_two_meanings() -> None:
    for keys in (
        {"skip": "u"},
        {"skip": "enter"},
        {"skip": "y"},
        {"skip": "a"},
        {"undo": "6"},
        {"skip": "ab"},
        {"fly": "w"},
        {"skip": " "},
    ):
        try:
            Bindings(Settings(keys=keys))
        except ContentError as error:
            assert "dp100.toml" in error.message
        else:
            raise AssertionError(keys)
    assert len({key for key, _, _ in ACTIONS.values()}) == len(ACTIONS)


def test_what_was_said_stays_while_the_learner_scrolls_and_keeps_nobody_from_it() -> None:
    screen = studied(CASE)
    screen.press("s")
    assert screen.session.message == "Skipped for this session."
    assert screen.press("pgdn") == NOTHING, "the stage scrolls"
    assert screen.session.message == "Skipped for this session."
    assert screen.press("a") == STAY
    assert screen.session.message == ""


class Keys(Keyboard):
    """A keyboard on which these keys are pressed."""

    def __init__(self, *keys: str) -> None:
        self.keys = list(keys)

    def read(self, timeout: float | None = None) -> str | None:
        return self.keys.pop(0)


@pytest.mark.parametrize(("key", "moves"), [("w", True), ("j", True), ("z", False)])
def test_a_key_of_ones_own_scrolls(key: str, moves: bool) -> None:
    out = StringIO()
    painted = CleanConsole(file=out, width=80)
    page = Page("Long", lambda size: [styled(f"line {n}") for n in range(99)], [("q", "quit")])
    page.scrolls = studied(CASE, bindings=Bindings(Settings(keys={"more": "w"}))).scrolls
    Terminal(painted, Keys(key, key, "q")).run(page)
    assert ("more above" in out.getvalue()) == moves
    assert (f"{key} does nothing here" in out.getvalue()) != moves
