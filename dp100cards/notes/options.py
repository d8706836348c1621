"""The parts of a question with options: its stem, and each option with its rationale."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dp100cards.notes.blocks import Block
from dp100cards.notes.inline import NUMBERED, PICTURE, is_label, plain, unnumbered
from dp100cards.notes.question import EXPLANATION, Found, render

COUNTED = re.compile(
    r"\b(?:choose|select|pick|check|mark|tick|which|what|name)\b[^.?!]{0,40}\b(?:two|three|four|five|[2-6]|all|multiple|several|any|many)\b"
    r"|\ball that apply\b|\((?:two|three|four|[2-6])\b|\bmultiple (?:answers|choice)",
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"\s*\((?:choose|select|pick) \w+\)\W*\Z", re.IGNORECASE)
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOST_OPTIONS = 12


@dataclass
class Choosing:
    """One option in the making."""

    right: bool
    text: list[Block]
    why: list[Block]
    last: int
    loose: bool = False
    """Did code or a rationale below the list already go to it?"""


@dataclass
class Group:
    """One question in the making."""

    stem: list[Block] = field(default_factory=list)
    options: list[Choosing] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Could it stand for itself?"""
        return len(self.options) >= 2 and any(option.right for option in self.options)

    def give(self, found: Sequence[Block]) -> None:
        """Blocks between two lists belong to the option above: code to its text, anything else is its rationale."""
        option = self.options[-1]
        for block in found:
            (option.text if is_text(block) else option.why).append(block)
            option.loose = True


def has_tasks(blocks: Sequence[Block]) -> bool:
    """Is a task list among these blocks, or in an item of a list or a quote among them?"""
    return any(each.is_tasks for block in blocks for each in block.walk())


def opened(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the quotes opened that hold a task list, as callouts do."""
    found: list[Block] = []
    for block in blocks:
        found += opened(block.items) if block.kind == "quote" and has_tasks(block.items) else [block]
    return found


def is_text(block: Block) -> bool:
    """Is a block below an option more of its text? Code and pictures are; anything else is its rationale."""
    pictures = block.kind == "paragraph" and PICTURE.search(block.text)
    return block.kind == "code" or bool(pictures and not PICTURE.sub("", block.text).strip())


def choosing(item: Block) -> Choosing:
    """An item of a task list. If its line says nothing (`&shy;`), what is nested in it is its text."""
    lead = item.items[:1] if item.items and item.items[0].kind == "paragraph" else []
    if lead and not html.unescape(lead[0].text).strip(" \u00ad\u200b\u00a0"):
        return Choosing(bool(item.box), item.items, [], item.last)
    text = [each for each in item.rest if is_text(each)]
    why = [each for each in item.rest if not is_text(each)]
    return Choosing(bool(item.box), [*lead, *text], why, item.last)


def stem_of(found: Found, blocks: Sequence[Block], title: str) -> str:
    """What is asked: the heading, unless it is only a label, and all before the options; without its number."""
    blocks = list(blocks)
    if blocks and is_label(blocks[0].lead) and blocks[0].lead:
        blocks = blocks[1:]
    if title and is_label(HOW_MANY.sub("", title)):
        title = ""
    if (
        title
        and "?" not in title
        and ":" not in title
        and len(title.split()) <= 4
        and not NUMBERED.match(title)
    ):
        asked = [block for block in blocks if block.kind == "paragraph" and "?" in block.text]
        title = "" if asked else title  # a topic over a question
    parts = [unnumbered(title)] if title else []
    if blocks and not parts:
        first = blocks[0]
        if first.kind == "list" and first.ordered and len(first.items) == 1:
            blocks = [*first.items[0].items, *blocks[1:]]
        lead = unnumbered(blocks[0].lead) if blocks and blocks[0].kind == "paragraph" else ""
        if lead:
            parts, blocks = [lead], blocks[1:]
    rest = render(found.note, blocks)
    return "\n\n".join(part for part in (*parts, rest) if part)


def counted(ask: str, right: int) -> str:
    """The stem of a question with several right options, which says how many."""
    if COUNTED.search(plain(ask)):
        return ask
    number = NUMBERS[right] if right < len(NUMBERS) else str(right)
    return f"{ask}{' ' if chr(10) not in ask else chr(10) * 2}Choose {number}."


def option_of(found: Found, option: Choosing) -> tuple[str, bool, str]:
    """The text of an option, whether it is right, and its rationale."""
    text = render(found.note, option.text)
    why = render(
        found.note, [each for item in option.why for each in ([item] if item.kind != "item" else item.items)]
    )
    return text, option.right, EXPLANATION.sub("", why, count=1) if EXPLANATION.match(why) else why
