"""Cases in Markdown: a fence of notes, then a fence of the cards that they give, as YAML.

Only the fields that a case names are compared; the cards must be all there are, in their order. How a card is written
is said in `tests/notes/cases/README.md`.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from dp100cards.cards import Option
from dp100cards.generate.draft import Draft
from dp100cards.generate.pipeline import draft_cards

FENCE = re.compile(r"^(`{4,}|~{4,})(markdown|yaml)([^\n]*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def cases(path: Path) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """The cases of one file: its name, the notes, the cards."""
    text = path.read_text(encoding="utf-8")
    found, notes, name = [], "", ""
    for fence in FENCE.finditer(text):
        if fence[2] == "markdown":
            notes = fence[4]
            outside = FENCE.sub("", text[: fence.start()])
            name = ([path.stem, *HEADING.findall(outside)])[-1]
        else:
            found.append((f"{path.stem}: {name}", notes, yaml.safe_load(fence[4]) or []))
    return found


def written(draft: Draft) -> dict[str, Any]:
    """A card as a case writes it."""
    card = draft.card
    data: dict[str, Any] = {name: _plain(value) for name, value in card.__dict__.items()}
    data["kind"] = card.kind
    data["template"] = draft.template
    data["concept"] = draft.concept
    if card.source:
        data |= {"quote": card.source.quote, "url": card.source.url, "page": card.source.title}
        first, last = card.source.lines
        data["lines"] = str(first) if first == last else f"{first}-{last}"
    if "pairs" in data:
        data["pairs"] = {pair.left: pair.right for pair in card.__dict__["pairs"]}
    data["scenario"] = card.scenario.text if card.scenario else ""
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Option):
        return f"[{'x' if value.right else ' '}] {value.text}" + (
            f" > {value.because}" if value.because else ""
        )
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def compare(notes: str, wanted: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What was made and what is wanted, in the fields that the case names."""
    made = [written(draft) for draft in draft_cards({"note.md": notes}).drafts]
    wanted = [{"kind": "basic", **card} for card in wanted]
    shown = [
        {name: card.get(name, "(no such field)") for name in want}
        for card, want in zip(made, wanted, strict=False)
    ]
    rest = [{name: card[name] for name in ("kind", "ask", "template")} for card in made[len(wanted) :]]
    return shown + rest, wanted
