"""Decks as Markdown, to be read by people, and read back.

A heading for each deck and each question; below it what can be chosen, then sections that begin with a label in bold:
`**Answer:**`, `**Why:**`, `**Explanation:**`, `**Then:**`, `**Source:**`. A comment, which no reader of the page sees,
tells the card's id, kind, status, area and tags. A line of a card that looks like one of these has a backslash before
it. A line that begins with two spaces goes on with the item above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from dp100cards.cards import Basic, Card, Deck, Scenario
from dp100cards.exchange import cells, wording

LABELS = ("Answer", "Why", "Explanation", "Then", "Source", "Scenario")
"""What the sections of a card begin with, in bold and with a colon."""

GUARDED = re.compile(rf"\\*(?:#{{1,3}}(?:\s|\Z)|---\Z|<!-- |\*\*(?:{'|'.join(LABELS)}):\*\*)")
"""A line that would be taken for a heading, a comment, a label or the end of a scenario."""

FENCE = re.compile(r" *(`{3,}|~{3,})")


def to_markdown(decks: Iterable[Deck], name: str) -> str:
    """The decks as Markdown."""
    lines = [f"# {name}", ""]
    for deck in decks:
        lines += [f"## {deck.title}", "", _comment({"deck": deck.name, "area": deck.area}), ""]
        told: set[Scenario] = set()
        for card in deck.cards:
            lines += [*_card_lines(card, deck, card.scenario not in told), ""]
            told |= {card.scenario} if card.scenario else set()
    return "\n".join(lines).rstrip() + "\n"


def _card_lines(card: Card, deck: Deck, first_told: bool) -> list[str]:
    first, _, rest = wording.question(card).partition("\n")
    about = {
        "id": card.id, "kind": card.kind, "status": card.status, "area": card.area if card.area != deck.area else "",
        "tags": " ".join(card.tags),
    }  # fmt: skip
    lines = [f"### {first}", "", _comment(about)]
    if card.scenario:
        situation = [*_guarded(card.scenario.text), ""] if first_told else []
        lines += ["", f"**Scenario:** {card.scenario.id}", "", *situation, "---"]
    # The rest stands right below, so that it can be told whether an empty line comes first.
    lines += [*_guarded(rest), ""] if rest else [""]
    if found := wording.choices(card):
        lines += [*_items(found), ""]
    right = (
        cells.parts_of(cells.answer_cell(card))
        if card.kind in ("match", "statements")
        else wording.answers(card)
    )
    lines += ["**Answer:**", "", *(_guarded(right[0]) if isinstance(card, Basic) else _items(right)), ""]
    if reasons := wording.reasons(card):
        lines += ["**Why:**", "", *_items(reasons), ""]
    for label, text in (("Explanation", card.explain), ("Then", card.shows)):
        if text:
            lines += [f"**{label}:**", "", *_guarded(text), ""]
    if card.source:
        lines += [f"**Source:** {wording.place(card)}", ""]
        lines += (
            [*(f"> {line}".rstrip() for line in card.source.quote.split("\n")), ""]
            if card.source.quote
            else []
        )
    return lines[:-1]


def _comment(about: Mapping[str, str]) -> str:
    return f"<!-- {', '.join(f'{name}: {value}' for name, value in about.items() if value)} -->"


def _guarded(text: str) -> Iterator[str]:
    """The lines of a text, none of which can be taken for a part of the page."""
    for line, inside in with_fences(text.split("\n")):
        yield "\\" + line if not inside and GUARDED.match(line) else line


def _items(parts: Iterable[str]) -> Iterator[str]:
    """Parts as items of a list."""
    for part in parts:
        yield "- " + part.replace("\n", "\n  ")


def with_fences(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it stands in a fenced block (its fences are part of it)."""
    fence = ""
    for line in lines:
        found = FENCE.match(line)
        if fence:
            yield line, True
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            fence = found[1] if found else ""
            yield line, bool(found)
