"""Which key does what in a study session. `[keys]` in `dp100.toml` gives an action another key.

No key means two things on one screen: letters that are bound here are not used to label options.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dp100cards.errors import ContentError, Problem
from dp100cards.ui.attempt import ALPHABET
from dp100cards.ui.keys import NAMES

ACTIONS = {
    "reveal": ("space", "show the answer; then: good"),
    "again": ("1", "rate: again, I did not know it"),
    "hard": ("2", "rate: hard, with effort"),
    "good": ("3", "rate: good"),
    "easy": ("4", "rate: easy, at once"),
    "undo": ("u", "undo, as often as you like, also what an earlier session did"),
    "skip": ("s", "skip this card for this session"),
    "edit": ("e", "edit the card in $EDITOR"),
    "open": ("o", "see the lines of the note"),
    "info": ("i", "see what is known of the card in your memory"),
    "flag": ("f", "flag it: then 1 to 7, or 0 for none"),
    "mark": ("*", "mark it, or take the mark away"),
    "bury": ("-", "bury it until tomorrow"),
    "bury_siblings": ("=", "bury it and all cards of the same fact until tomorrow"),
    "suspend": ("@", "suspend it: never ask until you say so"),
    "suspend_siblings": ("!", "suspend it and all cards of the same fact"),
    "doubt": ("x", "say that this is a bad card"),
    "more": ("j", "scroll down; also PgDn"),
    "back": ("k", "scroll up; also PgUp"),
    "help": ("?", "this list"),
    "quit": ("q", "end the session; also Ctrl-D"),
}
"""Every action, with its usual key and what it does."""

FIXED = {"ctrl-d": "quit", "eof": "quit", "pgdn": "more", "pgup": "back"}
"""Keys that do the same whatever is set."""
RESERVED = frozenset(
    {*FIXED, "enter", "up", "down", "tab", "shift-tab", "esc", "ctrl-c", "ctrl-z", "ctrl-l", "backspace"}
)
YES_NO = frozenset("yn")
"""Keys that answer statements."""


class Bindings:
    """Keys to actions and back."""

    def __init__(
        self, keys: Mapping[str, str], line_of: Callable[[str], int] = lambda _: 0, path: str = "dp100.toml"
    ) -> None:
        """Raises ContentError, with all mistakes at once, for unknown actions, unknown keys and double meanings.

        `line_of` gives the line at which the learner has set the key of an action.
        """
        self.key_of = {action: key for action, (key, _) in ACTIONS.items()} | {
            action: key for action, key in keys.items() if action in ACTIONS
        }
        problems = [(action, _unknown(action)) for action in keys if action not in ACTIONS]
        used: dict[str, str] = {}
        # What the learner has set comes last, so that a clash is told of that.
        for action, key in sorted(self.key_of.items(), key=lambda each: each[0] in keys):
            if key in RESERVED or key in YES_NO:
                wrong = f"keys.{action}: {key} is a key with a meaning of its own; choose another"
            elif not (key in NAMES or (len(key) == 1 and key.isprintable() and key != " ")):
                wrong = f"keys.{action}: there is no key {key!r}; write one character, or space"
            elif key in used:
                wrong = f"keys.{action}: {key} is the key of {used[key]} already; one key, one meaning"
            else:
                used[key] = action
                continue
            problems.append((action, wrong))
        if problems:
            raise ContentError([Problem(path, line_of(action), 0, message) for action, message in problems])
        self.action_of = used | FIXED
        self.letters = "".join(letter for letter in ALPHABET if letter not in used)
        """Letters that are free to label options."""

    def action(self, key: str) -> str:
        """The action of a key, or "" if it has none."""
        return self.action_of.get(key, "")


def _unknown(action: str) -> str:
    return f"keys.{action}: there is no action {action}; there are {', '.join(ACTIONS)}"
