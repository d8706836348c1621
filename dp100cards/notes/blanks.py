"""Code with blanks: `__1__` and a task list for each, or `{{right|wrong}}` in a fence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dp100cards.cards import Code, gapped
from dp100cards.notes.blocks import Block, Section
from dp100cards.notes.inline import is_label
from dp100cards.notes.options import Group, choosing, has_tasks, option_of, stem_of
from dp100cards.notes.question import Found

BLANK = re.compile(r"__(\d{1,2})__")
SHORT_BLANK = re.compile(r"(?<!\$)\{\{(?!\{)([^\n]+?)\}\}")
BLANK_LABEL = re.compile(r"\**(?:blank |gap )?\(?(\d{1,2})\)?[.:]?\**\Z", re.IGNORECASE)


def code_question(found: Found, section: Section, blocks: Sequence[Block], title: str) -> bool:
    """Code with blanks `__1__`, then for each `**1**` and a task list."""
    at = next((n for n, b in enumerate(blocks) if b.kind == "code" and BLANK.search(b.text)), None)
    if at is None or not has_tasks(blocks[at:]):
        return False
    fence, groups, number = blocks[at], {}, ""
    after: list[Block] = []
    stem: list[Block] = []
    for block in blocks[at + 1 :]:
        label = BLANK_LABEL.match(block.lead) if block.lead else None
        if label:
            number, after = label[1], []
            groups[number] = Group()
        elif block.is_tasks and number:
            group = groups[number]
            if group.options:
                group.give(after)
            after = []
            group.options += map(choosing, block.items)
        elif number:
            after.append(block)
        else:
            stem.append(block)
    wanted = list(dict.fromkeys(BLANK.findall(fence.text)))
    rights, wrongs, reasons = {}, {}, []
    for name in wanted:
        options = groups.get(name, Group()).options
        texts = [option_of(found, option) for option in options]
        if sum(right for _, right, _ in texts) != 1 or len(texts) < 2:
            found.wrong(
                fence.first,
                f"blank {name} of the code needs a list of options under **{name}**, one of them ticked",
            )
            return True
        rights[name] = next(_code_text(text) for text, right, _ in texts if right)
        wrongs[name] = tuple(_code_text(text) for text, right, _ in texts if not right)
        reasons += [f"**{name}**"] * (len(wanted) > 1)
        reasons += ["\n".join(f"- {text}: {why}" for text, _, why in texts if why)]
    order = BLANK.findall(fence.text)
    code = gapped(
        lambda gap: BLANK.sub(lambda match: gap % rights[match[1]], fence.text),
        [rights[name] for name in order],
    )
    if not code:
        found.wrong(
            fence.first, "the code or an answer to a blank holds braces that cannot be told from blanks"
        )
        return True
    found.tasks = True
    first = blocks[0].first if is_label(title) or not title else section.line
    found.add(
        Code,
        section,
        (first, blocks[-1].last),
        stem_of(found, [*blocks[:at], *stem], title) or "Complete the code.",
        code=code,
        language=_language(fence.info),
        wrong=tuple(wrongs[name] for name in order),
        explain="\n\n".join(part for part in reasons if part),
        after=after,
    )
    return True


def short_code(found: Found, section: Section, blocks: Sequence[Block], at: int, title: str) -> None:
    """A fence with `gaps` in its info string and blanks `{{right|wrong|wrong}}`."""
    fence = blocks[at]
    parts = [[part.strip() for part in match.split("|")] for match in SHORT_BLANK.findall(fence.text)]
    if not parts or not all(all(part) for part in parts):
        found.wrong(fence.first, "this code has no blank: write {{right|wrong|wrong}}")
        return
    code = SHORT_BLANK.sub(lambda match: f"{{{{{match[1].split('|')[0].strip()}}}}}", fence.text)
    lists = any(len(part) > 1 for part in parts)
    found.add(
        Code,
        section,
        (fence.first, fence.last),
        stem_of(found, [block for block in blocks[max(0, at - 1) : at] if block.kind == "paragraph"], title)
        or "Complete the code.",
        code=code,
        language=_language(fence.info),
        wrong=tuple(tuple(part[1:]) for part in parts) if lists else (),
        quote=fence.text.strip().split("\n", 1)[0],
    )


def _language(info: str) -> str:
    words = [word for word in info.split() if word != "gaps"]
    return words[0].strip("{}.") if words else ""


def _code_text(text: str) -> str:
    match = re.fullmatch(r"(`{1,3})\s?(.+?)\s?\1", text) or re.fullmatch(
        r"(```|~~~).*?\n(.*)\n\1", text, re.DOTALL
    )
    return match[2] if match else text
