"""Keys and what they do; one key never has two meanings."""

from __future__ import annotations

from dp100cards.errors import ContentError
from dp100cards.ui.keys import ACTIONS, Bindings
from dp100cards.ui.view import NOTHING, STAY
from tests.ui.test_golden import CASE, studied


def test_keys_can_be_remapped() -> None:
    own = Bindings({"skip": "w", "reveal": "v", "doubt": "z"})
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
            Bindings(keys)
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
