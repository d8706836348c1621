"""Markdown that `markdown.to_markdown` wrote, perhaps edited since, read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from dp100cards.cards import (
    STATUSES,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Deck,
    Match,
    Multiple,
    Option,
    Order,
    Scenario,
    Statements,
)
from dp100cards.errors import ContentError, Problem
from dp100cards.exchange import cells, wording
from dp100cards.exchange.markdown import FENCE, GUARDED, LABELS, with_fences

_COMMENT = re.compile(r"<!-- (.*) -->\s*\Z")
_HEADING = re.compile(r"(#{1,3})(?:\s+(.*))?\Z")
_CHOICE = re.compile(r"- (?:[A-Z]|\d+)\. (.*)\Z", re.DOTALL)
_GAP = re.compile(r"______")
_LABEL = re.compile(rf"\*\*({'|'.join(LABELS)}):\*\* ?(.*)\Z")


@dataclass(slots=True)
class _Block:
    """A deck's or a card's part of the page: its heading, its comment, its sections by their labels."""

    line: int
    heading: str
    about: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=lambda: {"": []})


def from_markdown(text: str, path: str) -> list[Deck]:
    """The decks of a Markdown file that `to_markdown` wrote, perhaps edited since. Raises ContentError."""
    problems: list[Problem] = []
    decks: list[Deck] = []
    cards: list[list[Card]] = []
    told: dict[str, str] = {}
    for deck, block in _blocks(text):
        if deck:
            told = {}
            cards.append([])
            name = block.about.get("deck", "")
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
                problems.append(
                    Problem(path, block.line, 0, "below a deck's heading must stand <!-- deck: its name -->")
                )
            decks.append(Deck(name, block.heading, block.about.get("area", "")))
            continue
        try:
            if not decks:
                raise ValueError("this question stands before the heading of a deck")
            cards[-1].append(_card(block, decks[-1], told))
        except ValueError as error:
            problems.append(Problem(path, block.line, 0, str(error)))
    if not decks and not problems:
        problems.append(Problem(path, 1, 0, "this is not Markdown of ours: it has no deck's heading"))
    if problems:
        raise ContentError(problems)
    return [
        replace(deck, cards=wording.scenarios_apart(mine))
        for deck, mine in zip(decks, cards, strict=True)
        if mine
    ]


def _blocks(text: str) -> Iterator[tuple[bool, _Block]]:
    """The parts of the page in their order, and of each whether it is a deck."""
    block: _Block | None = None
    label, deck = "", False
    for n, (line, inside) in enumerate(with_fences(text.replace("\r\n", "\n").split("\n")), 1):
        heading = None if inside else _HEADING.match(line)
        if heading and heading[1] != "#":
            if block:
                yield deck, block
            block, label, deck = _Block(n, (heading[2] or "").strip()), "", heading[1] == "##"
        elif block is None or heading:
            continue
        elif not inside and not block.about and (comment := _COMMENT.match(line)):
            pairs = (part.partition(": ") for part in re.split(", (?=[a-z]+: )", comment[1]))
            block.about = {name.strip(): value.strip() for name, _, value in pairs}
            block.sections[""] = []
        elif not inside and (found := _LABEL.match(line)):
            label = found[1]
            block.sections[label] = [found[2]] if found[2] else []
        elif label == "Scenario" and line == "---":
            label = ""
            block.sections[""] = []
        else:
            block.sections[label].append(
                line[1:] if not inside and line[:1] == "\\" and GUARDED.match(line) else line
            )
    if block:
        yield deck, block


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip()


def _list(lines: Iterable[str]) -> list[str]:
    """The items of a list; other lines are left."""
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        elif line.startswith("  ") and items:
            items[-1] += "\n" + line[2:]
        elif not line.strip() and items:
            items[-1] += "\n"
    return [item.strip() for item in items if item.strip()]


def _scenario(lines: list[str], known: dict[str, str]) -> Scenario | None:
    """A scenario, whose text stands where it comes first. Raises ValueError, with a sentence."""
    if not lines:
        return None
    id_, text = lines[0].strip(), _text(lines[1:])
    if text:
        known[id_] = text
    return cells.scenario_of(f"{id_}\n{known.get(id_, '')}")


def _card(block: _Block, deck: Deck, scenarios: dict[str, str]) -> Card:
    """A card. Raises ValueError, with a sentence."""
    kind, told = block.about.get("kind", ""), block.sections
    if not kind or not block.about.get("id"):
        raise ValueError("below a question's heading must stand <!-- id: its id, kind: its kind -->")
    if block.about.get("status", "") not in STATUSES:
        raise ValueError(f"there is no status {block.about['status']!r}: {', '.join(filter(None, STATUSES))}")
    asked, shown = list(told[""]), list[str]()
    if kind not in ("basic", "cloze"):
        asked, shown = _parted(asked, kind)
    ask = _text([block.heading, *asked])
    place, *quote = told.get("Source", [""])
    common: dict[str, Any] = {
        "id": block.about["id"], "deck": deck.name, "ask": ask, "explain": _text(told.get("Explanation", ())),
        "shows": _text(told.get("Then", ())), "tags": tuple(block.about.get("tags", "").split()),
        "status": block.about.get("status", ""), "area": block.about.get("area", deck.area),
        "source": cells.source_of(place, "\n".join(line[2:] for line in quote if line.startswith(">"))),
        "scenario": _scenario(told.get("Scenario", []), scenarios),
    }  # fmt: skip
    if "Answer" not in told:
        raise ValueError("this question has no **Answer:**")
    right, why = _list(told["Answer"]), cells.lines_of(_list(told.get("Why", ())))
    match kind:
        case "basic":
            return Basic(**common, answer=_text(told["Answer"]))
        case "cloze":
            return Cloze(**common | {"ask": _filled(ask, right, _GAP)})
        case "choice" | "multiple":
            texts = [choice[1] for each in _list(shown) if (choice := _CHOICE.match(f"- {each}"))]
            if missing := next((text for text in right if text not in texts), ""):
                raise ValueError(f"the answer {missing!r} is not among the choices")
            options = cells.with_reasons([Option(text, right=text in right) for text in texts], why)
            return (
                Choice(**common, options=options) if kind == "choice" else Multiple(**common, options=options)
            )
        case "order":
            return Order(**common, items=tuple(right))
        case "match":
            return Match(**common, pairs=cells.pairs_of(cells.lines_of(right)))
        case "statements":
            return Statements(
                **common, statements=cells.with_reasons(cells.statements_of(cells.lines_of(right)), why)
            )
        case "code":
            return _code(common, right, shown)
    raise ValueError(f"there is no kind {kind!r}")


FIRST = {
    "choice": "- A. ", "multiple": "- A. ", "order": "- A. ", "match": "- 1. ", "statements": "- 1. ", "code": "- 1: ",
}  # fmt: skip
"""How the first of what can be chosen begins."""


def _parted(lines: list[str], kind: str) -> tuple[list[str], list[str]]:
    """What is asked, and what can be chosen: the list at the end."""
    for n in range(len(lines) - 1, -1, -1):
        if lines[n].startswith(FIRST.get(kind, "\n")):
            return lines[:n], lines[n:]
    return lines, []


def _filled(text: str, words: list[str], line: re.Pattern[str]) -> str:
    """A text with its lines filled in again. Raises ValueError if there are more or fewer."""
    if len(line.findall(text)) != len(words):
        raise ValueError(
            f"of the answers there are {len(words)}, of the lines to fill in {len(line.findall(text))}"
        )
    left = iter(words)
    return line.sub(lambda _: "{{" + next(left) + "}}", text)


def _code(common: dict[str, Any], right: list[str], shown: list[str]) -> Code:
    """A code card, from the fenced block at the end of its question."""
    lines = common["ask"].split("\n")
    opening, fence = 0, ""
    for n, line in enumerate(lines):
        found = FENCE.match(line)
        if fence:
            fence = "" if line.strip() == fence else fence
        elif found:
            opening, fence = n, found[1]
    if not opening or fence or not FENCE.match(lines[-1]):
        raise ValueError("a code card's question ends with a fenced block of code")
    code = _filled("\n".join(lines[opening + 1 : -1]), right, wording.BLANK_LINE)
    lists = [each.partition(": ")[2].split(" | ") for each in _list(shown)]
    wrong = tuple(
        tuple(word for word in words if word != mine) for words, mine in zip(lists, right, strict=False)
    )
    common["ask"] = _text(lines[:opening])
    return Code(**common, code=code, language=lines[opening].strip().strip("`~"), wrong=wrong)
