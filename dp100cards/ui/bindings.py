"""Which key does what over a card, in study and quiz. `[keys]` in `dp100.toml` gives an action another key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dp100cards.errors import ContentError, Problem
from dp100cards.session.answering import LETTERS
from dp100cards.ui.keys import NAMES

ACTIONS = {
    "reveal": ("space", "Answer", "show the answer; then: the usual rating"),
    "again": ("1", "Rate", "again: I did not know it"),
    "hard": ("2", "Rate", "hard: I knew it with effort"),
    "good": ("3", "Rate", "good: I knew it"),
    "easy": ("4", "Rate", "easy: I knew it at once"),
    "undo": ("u", "Answer", "take back the answer, then what was done before, in earlier sessions too"),
    "skip": ("s", "Card", "skip it for this session"),
    "edit": ("e", "Card", "edit it in your editor (after the answer)"),
    "reject": ("x", "Card", "reject it for good (after the answer)"),
    "open": ("o", "Card", "read the note at its line"),
    "info": ("i", "Card", "card info: memory and history"),
    "flag": ("f", "Card", "flag it: then 1 to 7, or 0 for none (after the answer)"),
    "mark": ("*", "Card", "mark it, or take the mark away"),
    "bury": ("-", "Card", "bury it until tomorrow"),
    "bury_siblings": ("=", "Card", "bury it and its siblings until tomorrow"),
    "suspend": ("@", "Card", "suspend it: not asked until you unsuspend it"),
    "suspend_siblings": ("!", "Card", "suspend it and its siblings"),
    "more": ("j", "Session", "scroll down; also PgDn"),
    "back": ("k", "Session", "scroll up; also PgUp"),
    "help": ("?", "Session", "this list"),
    "quit": ("q", "Session", "end the session; also Ctrl-D"),
}
"""Every action: its usual key, its group in the help, and what it does."""
OLD = {"doubt": "reject"}
"""Names of the first edition, which settings may still use."""
AFTER = ("edit", "flag", "reject")
"""What waits until the answer is there: before it, letters answer."""
CHOOSE = (
    ("a–f or 1–6", "choose an option; more than six with the arrows"),
    ("↑ ↓", "move; in a choice this chooses"),
    ("space", "choose what is in focus, or take it back"),
    ("← →", "change a match or a yes/no; go from blank to blank"),
    ("y n", "yes or no to a statement"),
    ("enter", "confirm the answer; until then it can be changed"),
    ("backspace", "take the last choice back"),
    ("esc", "show the answer without typing"),
)
"""Keys that answer a card, whatever is set."""
FIXED = {"ctrl-d": "quit", "eof": "quit", "pgdn": "more", "pgup": "back"}
_ANSWERING = frozenset({*LETTERS, *"123456", "y", "n"})
_RESERVED = frozenset({*NAMES, *FIXED} - {"space", "delete", "home", "end", "left", "right"})


class Bindings:
    """Keys to actions and back."""

    def __init__(
        self, keys: Mapping[str, str], line_of: Callable[[str], int] = lambda _: 0, path: str = "dp100.toml"
    ) -> None:
        """Raises ContentError, with all mistakes at once, for unknown actions, unknown keys and double meanings.

        `line_of` gives the line at which the learner has set the key of an action.
        """
        own = {OLD.get(action, action): key for action, key in keys.items()}
        usual = {action: key for action, (key, _, _) in ACTIONS.items()}
        self.key_of = usual | {action: key for action, key in own.items() if action in ACTIONS}
        known = ", ".join(ACTIONS)
        problems = [
            (action, f"keys.{action}: there is no action {action}; there are {known}")
            for action in own
            if action not in ACTIONS
        ]
        used: dict[str, str] = {}
        # What the learner has set comes last, so that a clash is reported for that.
        for action, key in sorted(self.key_of.items(), key=lambda each: each[0] in own):
            if key != usual[action] and key in _ANSWERING:
                wrong = f"keys.{action}: {key} answers cards (a–f, 1–6, y and n do); choose another key"
            elif key in _RESERVED:
                wrong = f"keys.{action}: {key} has a meaning of its own; choose another key"
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
        self._action_of = used | FIXED

    def action(self, key: str) -> str:
        """The action of a key, or "" if it has none."""
        return self._action_of.get(key, "")
