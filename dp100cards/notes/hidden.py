"""Options whose key stands elsewhere: lettered bullets with a hidden answer, and yes/no series."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dp100cards.cards import Choice, Multiple, Option, Statements
from dp100cards.notes.blocks import Block, Section
from dp100cards.notes.inline import NUMBERED, TAG, flow, plain
from dp100cards.notes.options import MOST_OPTIONS, counted, stem_of
from dp100cards.notes.question import EXPLANATION, Found, render

LETTERED = re.compile(r"\(?([A-Ja-j])[.)\]:]\s+")
ANSWER = re.compile(
    r"\W*(?:(?:the )?(?:correct|right)\s+)?(?:answers?|options?|solution)\b\s*(?:is|are)?\s*[:*_\s–-]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
LETTERS = re.compile(
    r"(?:options? )?\(?([A-Ja-j])\)?(?:(?:\s*[,&/]\s*|\s+and\s+|\s*,\s*and\s+)\(?([A-Ja-j])\)?)*(?=[.):,\s–-]|\Z)"
)
SOLUTION = re.compile(r"\A\**(?:proposed )?solution\**\s*:\**\s*", re.IGNORECASE)
GOAL = re.compile(
    r"\s*\**(?:does|do|will|did)\b[^.?!]*\b(?:meet|satisfy|achieve|reach|fulfil?l)\b[^.?!]*\?\**\s*\Z",
    re.IGNORECASE,
)


def series(found: Found, section: Section, name: str) -> bool:
    """A situation and several solutions with Yes and No: one card of statements. False: it is something else."""
    statements, every = [], []
    for solution in section.below:
        boxes = [item for block in solution.blocks if block.is_tasks for item in block.items]
        said = {plain(item.lead).lower().rstrip("."): item for item in boxes}
        if set(said) != {"yes", "no"} or sum(bool(item.box) for item in boxes) != 1:
            return False
        right = said["yes"].box is True
        key = said["yes" if right else "no"]
        above = [block for block in solution.blocks if not block.is_tasks and block.first < boxes[0].first]
        text = SOLUTION.sub("", GOAL.sub("", render(found.note, above))).strip()
        why = render(found.note, key.rest) or render(found.note, said["no" if right else "yes"].rest)
        after = [block for block in solution.blocks if block.first > boxes[-1].first]
        statements.append(Option(text, right, why or render(found.note, after)))
        every += solution.blocks
    if len(statements) < 2 or not all(each.text for each in statements):
        return False
    situation = render(found.note, section.blocks)
    last = max(block.last for block in every)
    ask = f"{situation}\n\nDoes each solution meet the goal?".strip()
    found.tasks = True
    lines, tags = (section.line, last), ("series",)
    found.add(Statements, section, lines, ask, statements=tuple(statements), quote=name, tags=tags)
    return True


def lettered(found: Found, section: Section, blocks: Sequence[Block], title: str) -> set[int]:
    """Plain bullets under a question, with a hidden answer: a choice if the answer is among the bullets."""
    used: set[int] = set()
    for n, block in enumerate(blocks):
        if block.kind != "list" or block.is_tasks:
            continue
        for item in block.items:
            inner = next((k for k, each in enumerate(item.items) if each.kind == "list"), 0)
            after = item.items[inner + 1 :] or (blocks[n + 1 : n + 4] if item is block.items[-1] else [])
            answer = _hidden(found, after) if inner else None
            if answer and _letters(found, section, item.items[:inner], "", item.items[inner], answer[0]):
                used |= {n, *(k for k, each in enumerate(blocks) if each in answer[1])}
        stem = list(blocks[n - 1 : n]) if n and blocks[n - 1].kind == "paragraph" else []
        answer = _hidden(found, blocks[n + 1 : n + 6])
        if n in used or not answer or not (stem or title):
            continue
        asked = stem[0].lead if stem else title
        letters = all(LETTERED.match(item.lead) for item in block.items)
        if "?" in asked or NUMBERED.match(asked.lstrip("*")) or letters:
            _letters(found, section, stem, title if not stem else "", block, answer[0])
            used |= {n, *range(n - len(stem), n), *(k for k, each in enumerate(blocks) if each in answer[1])}
    return used


def _hidden(found: Found, after: Sequence[Block]) -> tuple[str, list[Block]] | None:
    """The answer in the blocks behind a list of bullets, and the blocks that hold it."""
    if not after:
        return None
    first = after[0]
    if first.kind == "html" and "<details" in first.text.lower():
        text = re.sub(r"(?is)<summary.*?</summary>|<summary[^>]*>", "", first.text)
        inside, end = [], 1
        if "</details" not in text.lower():
            ends = (k for k, b in enumerate(after) if b.kind == "html" and "</details" in b.text.lower())
            end = next(ends, len(after) - 1)
            inside, end = list(after[1:end]), end + 1
        said = "\n".join(
            [TAG.sub("", text).strip(), *(render(found.note, [each]) for each in inside)]
        ).strip()
        return said, list(after[:end])
    if first.lead and (match := ANSWER.match(first.lead)) and match[1].strip():
        return first.lead, [first]
    return None


def _letters(
    found: Found, section: Section, stem: Sequence[Block], title: str, options: Block, said: str
) -> bool:
    """The card of lettered options, if what is said names one of them."""
    texts = [flow(item.lead) for item in options.items]
    bare = [plain(LETTERED.sub("", text, count=1)) for text in texts]
    marks = map(LETTERED.match, texts)
    names = [match[1].lower() if match else chr(97 + n) for n, match in enumerate(marks)]
    match = ANSWER.match(said)
    answer = plain(match[1] if match and match[1].strip() else said)
    right: set[int] = set()
    first = answer.split("\n", 1)[0].strip()
    low = first.lower()
    equal = [n for n, text in enumerate(bare) if len(text) > 1 and low.startswith(text.rstrip(".").lower())]
    if equal:
        right = {max(equal, key=lambda n: len(bare[n]))}
    elif letters := LETTERS.match(first):
        said_letters = set(re.sub(r"options?|and", "", letters[0].lower()))
        right = {n for n, name in enumerate(names) if name in said_letters}
    ask = stem_of(found, stem, title)
    if not right or not 2 <= len(texts) <= MOST_OPTIONS or not ask or not all(bare):
        found.tell(options.first, "the answer is not one of the options: this question makes no card")
        return True
    made = tuple(Option(LETTERED.sub("", text, count=1), n in right) for n, text in enumerate(texts))
    explain = "\n".join(said.split("\n")[1:]).strip()
    lines = (stem[0].first if stem else section.line, options.last)
    kind, ask = (Choice, ask) if len(right) == 1 else (Multiple, counted(ask, len(right)))
    found.tasks = True
    found.add(kind, section, lines, ask, options=made, explain=EXPLANATION.sub("", explain, count=1))
    return True
