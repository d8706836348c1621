"""`decks/.generated.yaml`: every id ever given, and the card behind it as it was generated last.

The build's memory: committed with the decks, never edited by hand.
"""

from __future__ import annotations

from typing import Any

import yaml

from dp100cards.decks.codec import from_data, to_data
from dp100cards.decks.write import flow, scalar
from dp100cards.errors import ContentError, Problem
from dp100cards.generate.known import HERE, STATES, Known

FILE = ".generated.yaml"
FORMAT = 1
HEAD = "# Written by `dp100 build`, which knows by it which card is which. Commit it; do not edit it."


def generated_text(known: list[Known]) -> str:
    """The text of the file; the same cards give the same bytes."""
    lines = [HEAD, f"format: {FORMAT}", "cards:"]
    for each in sorted(known, key=lambda one: one.id):
        lines.append(f"  - id: {scalar(each.id)}")
        lines.append(f"    deck: {scalar(each.card.deck)}")
        lines.append(f"    rule: {scalar(each.rule)}")
        for name, value in (("concept", each.concept), ("item", each.item), ("changed", each.changed)):
            if value:
                lines.append(f"    {name}: {scalar(value)}")
        if each.state != HERE:
            lines.append(f"    state: {each.state}")
        if each.doubts:
            lines.append(f"    doubts: {flow(list(each.doubts))}")
        data = to_data(each.card)
        del data["id"]
        lines.append(f"    card: {flow(data)}")
    if not known:
        lines[-1] = "cards: []"
    return "\n".join(lines) + "\n"


def read_generated(text: str, path: str) -> list[Known]:
    """The known cards. Raises ContentError for a file that `dp100 build` did not write."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        table = yaml.load(text, Loader=loader)
        if table["format"] != FORMAT:
            message = "it was written by another version of dp100cards; update the program"
            raise ContentError([Problem(path, 2, 1, message)])
        return [_known(entry) for entry in table["cards"]]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        message = "this is not what `dp100 build` wrote; take the file back from git or a backup"
        raise ContentError([Problem(path, line, 1, message)]) from None


def _known(entry: dict[str, Any]) -> Known:
    data = entry["card"] | {"id": entry["id"]}
    state = entry.get("state", HERE)
    if state not in STATES:
        raise ValueError(state)
    return Known(
        from_data(data, deck=str(entry["deck"])), str(entry["rule"]), str(entry.get("concept", "")),
        str(entry.get("item", "")), state, tuple(entry.get("doubts", ())), str(entry.get("changed", "")),
    )  # fmt: skip
