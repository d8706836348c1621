"""Questions with options in task lists.

A section is what stands up to the next heading. All task lists in it are one question, unless a paragraph between
them asks the next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dp100cards.cards import Choice, Multiple, Option
from dp100cards.notes.blanks import code_question
from dp100cards.notes.blocks import Block, Section
from dp100cards.notes.inline import NUMBERED, is_label, plain
from dp100cards.notes.options import (
    MOST_OPTIONS,
    Group,
    choosing,
    counted,
    has_tasks,
    is_text,
    option_of,
    stem_of,
)
from dp100cards.notes.question import Found

TO_DO = re.compile(
    r"(?:my )?(?:to[- ]?dos?(?: list)?|tasks?(?: list)?|check ?lists?|next steps|action items?|progress|roadmap"
    r"|follow[- ]?ups?|open (?:points|items|tasks)|shopping list|prerequisites)\W*\Z",
    re.IGNORECASE,
)


def task_questions(found: Found, section: Section, blocks: Sequence[Block], title: str) -> None:
    """All questions of one section whose options are task lists."""
    if code_question(found, section, blocks, title):
        return
    group, groups = Group(), []
    for n, block in enumerate(blocks):
        if block.is_tasks:
            if group.options:
                group.give(group.after)
                group.after = []
            for item in block.items:
                if item.box is None:
                    extra = group.options[-1].why if group.options else group.stem
                    extra += [item] if group.options else item.items
                    continue
                group.options.append(choosing(item))
        elif block.kind == "list" and has_tasks([block]):
            if group.options:
                groups.append(group)
            for item in block.items:
                if has_tasks(item.items):
                    task_questions(found, section, item.items, "")
            group = Group()
        elif group.complete and (block.kind == "rule" or _asks(block)) and has_tasks(blocks[n + 1 :]):
            groups.append(group)
            group = Group([] if block.kind == "rule" else [block])
        elif group.options:
            group.after.append(block)
        elif block.kind != "rule":
            group.stem.append(block)
    if group.options:
        groups.append(group)
    for n, each in enumerate(groups):
        alone = len(groups) == 1 or (n == 0 and not each.stem)
        _task_question(found, section, each, title if alone else "")


def _asks(block: Block) -> bool:
    """Does a paragraph between two task lists ask the next question?"""
    if block.kind == "list":
        return block.ordered and len(block.items) == 1
    text = block.lead
    return bool(text) and (
        plain(text).endswith("?") or bool(NUMBERED.match(text.lstrip("*"))) or is_label(text)
    )


def _task_question(found: Found, section: Section, group: Group, title: str) -> None:
    line = group.options[0].last
    group.options = [each for each in group.options if each.right or each.text]  # an empty box is a slip
    options = group.options
    ask = stem_of(found, group.stem, title)
    told = [option.right for option in options]
    todo = any(TO_DO.match(each.title) for each in (section, *section.above))
    bare_title = not re.search(r"[?:\d]", title) and len(title.split()) <= 2
    nameless = bare_title and not any(re.search(r"[?:]\W*\Z", block.lead) for block in group.stem)
    if todo or (
        nameless and not ("?" in ask or section.given.level == "exam" or (is_label(title) and title))
    ):
        found.tell(line, "this task list is a to-do list: it makes no card")
        return
    if not any(told):
        found.tell(line, "no box is ticked: this question has no right answer and makes no card")
        return
    if len(options) < 2 or len(options) > MOST_OPTIONS or all(told):
        found.tell(line, f"a question needs 2 to {MOST_OPTIONS} options, and not all of them ticked")
        return
    after = _last_option(group)
    made = [Option(*option_of(found, option)) for option in options]
    if not ask or not all(option.text for option in made):
        found.tell(line, "the question or one of its options has no text: it makes no card")
        return
    if {option.text for option in made if option.right} & {
        option.text for option in made if not option.right
    }:
        found.tell(line, "a right option and a wrong one have the same text: this question makes no card")
        return
    found.tasks = True
    first = group.stem[0].first if group.stem and not title else section.line
    lines = (first, options[-1].last)
    if sum(told) == 1:
        found.add(Choice, section, lines, ask, options=tuple(made), after=after)
    else:
        found.add(Multiple, section, lines, counted(ask, sum(told)), options=tuple(made), after=after)


def _last_option(group: Group) -> list[Block]:
    """Give the last option what is its own of the blocks behind it; the other blocks are left."""
    after, last = list(group.after), group.options[-1]
    others = group.options[:-1]
    if after and is_text(after[0]) and others:
        kind = after[0].kind
        if all(option.loose and option.text and option.text[-1].kind == kind for option in others):
            last.text.append(after.pop(0))
    if after and after[0].kind == "quote":
        close = after[0].first == last.last + 1
        if close or (others and all(option.loose and option.why for option in others)):
            last.why.append(after.pop(0))
    return after
