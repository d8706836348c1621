"""Questions with options: task lists, code with blanks, lettered bullets with a hidden answer, yes/no series.

A section is what stands up to the next heading. All task lists in it are one question, unless a paragraph between
them asks the next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dp100cards.cards import Choice, Code, Multiple, Option, Statements, gaps
from dp100cards.notes.blocks import Block, Section
from dp100cards.notes.inline import NUMBERED, TAG, flow, is_label, plain, unnumbered
from dp100cards.notes.question import EXPLANATION, Found, render

TO_DO = re.compile(
    r"(?:my )?(?:to[- ]?dos?(?: list)?|tasks?(?: list)?|check ?lists?|next steps|action items?|progress|roadmap"
    r"|follow[- ]?ups?|open (?:points|items|tasks)|shopping list|prerequisites)\W*\Z",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:choose|select|pick|check|mark|tick|which|what|name)\b[^.?!]{0,40}\b(?:two|three|four|five|[2-6]|all|multiple|several|any|many)\b"
    r"|\ball that apply\b|\((?:two|three|four|[2-6])\b|\bmultiple (?:answers|choice)",
    re.IGNORECASE,
)
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
BLANK = re.compile(r"__(\d{1,2})__")
SHORT_BLANK = re.compile(r"(?<!\$)\{\{(?!\{)([^\n]+?)\}\}")
BLANK_LABEL = re.compile(r"\**(?:blank |gap )?\(?(\d{1,2})\)?[.:]?\**\Z", re.IGNORECASE)
LETTERED = re.compile(r"\(?([A-Ja-j])[.)\]:]\s+")
ANSWER = re.compile(
    r"\W*(?:(?:the )?(?:correct|right)\s+)?(?:answers?|options?|solution)\b\s*(?:is|are)?\s*[:*_\s–-]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
LETTERS = re.compile(
    r"(?:options? )?\(?([A-Ja-j])\)?(?:(?:\s*[,&/]\s*|\s+and\s+|\s*,\s*and\s+)\(?([A-Ja-j])\)?)*(?=[.):,\s–-]|\Z)"
)
GOAL = re.compile(
    r"\s*\**(?:does|do|will|did)\b[^.?!]*\b(?:meet|satisfy|achieve|reach|fulfil?l)\b[^.?!]*\?\**\s*\Z",
    re.IGNORECASE,
)
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
            (option.text if block.kind == "code" else option.why).append(block)
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
                lead = item.items[:1] if item.items and item.items[0].kind == "paragraph" else []
                code = [each for each in item.rest if each.kind == "code"]
                why = [each for each in item.rest if each.kind != "code"]
                group.options.append(Choosing(bool(item.box), [*lead, *code], why, item.last))
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


def stem_of(found: Found, blocks: Sequence[Block], title: str) -> str:
    """What is asked: the heading, unless it is only a label, and all before the options; without its number."""
    blocks = list(blocks)
    if blocks and is_label(blocks[0].lead) and blocks[0].lead:
        blocks = blocks[1:]
    if title and is_label(title):
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


def _task_question(found: Found, section: Section, group: Group, title: str) -> None:
    line = group.options[0].last
    group.options = [each for each in group.options if each.right or each.text]  # an empty box is a slip
    options = group.options
    ask = stem_of(found, group.stem, title)
    told = [option.right for option in options]
    todo = any(TO_DO.match(each.title) for each in (section, *section.above))
    bare_title = not re.search(r"[?:\d]", title) and len(title.split()) <= 2
    nameless = bare_title and not any(re.search(r"[?:]\W*\Z", block.lead) for block in group.stem)
    if todo or (nameless and not ("?" in ask or section.given.level == "exam" or is_label(title) and title)):
        found.tell(line, "this task list is a to-do list: it makes no card")
        return
    if not any(told):
        found.tell(line, "no box is ticked: this question has no right answer and makes no card")
        return
    if len(options) < 2 or len(options) > MOST_OPTIONS or (all(told) and "?" not in ask and not title):
        found.tell(line, f"a question needs 2 to {MOST_OPTIONS} options, and not all of them ticked")
        return
    after = _last_option(group)
    made = [Option(*_texts(found, option)) for option in options]
    if not ask or not all(option.text for option in made):
        found.tell(
            line, "this question has no text" if not ask else "one of the options has no text: no card"
        )
        return
    found.tasks = True
    first = group.stem[0].first if group.stem and not title else section.line
    lines = (first, options[-1].last)
    if sum(told) == 1:
        found.add(Choice, section, lines, ask, options=tuple(made), after=after)
    else:
        found.add(Multiple, section, lines, counted(ask, sum(told)), options=tuple(made), after=after)


def counted(ask: str, right: int) -> str:
    """The stem of a question with several right options, which says how many."""
    if COUNTED.search(plain(ask)):
        return ask
    number = NUMBERS[right] if right < len(NUMBERS) else str(right)
    return f"{ask}{' ' if chr(10) not in ask else chr(10) * 2}Choose {number}."


def _last_option(group: Group) -> list[Block]:
    """Give the last option what is its own of the blocks behind it; the other blocks are left."""
    after, last = list(group.after), group.options[-1]
    others = group.options[:-1]
    if after and after[0].kind == "code" and others and not any(block.kind == "code" for block in last.text):
        if all(any(block.kind == "code" for block in option.text) for option in others):
            last.text.append(after.pop(0))
    if after and after[0].kind == "quote":
        close = after[0].first == last.last + 1
        if close or (others and all(option.loose and option.why for option in others)):
            last.why.append(after.pop(0))
    return after


def _texts(found: Found, option: Choosing) -> tuple[str, bool, str]:
    text = render(found.note, option.text)
    why = render(
        found.note, [each for item in option.why for each in ([item] if item.kind != "item" else item.items)]
    )
    return text, option.right, EXPLANATION.sub("", why, count=1) if EXPLANATION.match(why) else why


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
            for item in block.items:
                code = [each for each in item.items if each.kind in ("paragraph", "code")][:1]
                why = [each for each in item.items if each not in code]
                group.options.append(Choosing(bool(item.box), code, why, item.last))
        elif number:
            after.append(block)
        else:
            stem.append(block)
    wanted = list(dict.fromkeys(BLANK.findall(fence.text)))
    rights, wrongs, reasons = {}, {}, []
    for name in wanted:
        options = groups.get(name, Group()).options
        texts = [_texts(found, option) for option in options]
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
    code = BLANK.sub(lambda match: f"{{{{{rights[match[1]]}}}}}", fence.text)
    order = BLANK.findall(fence.text)
    if gaps(code) != tuple(rights[name] for name in order):
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
        text = render(
            found.note,
            [block for block in solution.blocks[:8] if not block.is_tasks and block.first < boxes[0].first],
        )
        text = re.sub(
            r"^\**(?:proposed )?solution\**\s*:\**\s*", "", GOAL.sub("", text), flags=re.IGNORECASE
        ).strip()
        why = render(found.note, key.rest) or render(found.note, said["no" if right else "yes"].rest)
        after = [block for block in solution.blocks if block.first > boxes[-1].first]
        statements.append(Option(text, right, why or render(found.note, after)))
        every += solution.blocks
    if len(statements) < 2 or not all(each.text for each in statements):
        return False
    situation = render(found.note, section.blocks)
    last = max(block.last for block in every)
    ask = (
        f"{situation}\n\nDoes each solution meet the goal?"
        if situation
        else "Does each solution meet the goal?"
    )
    found.tasks = True
    found.add(
        Statements,
        section,
        (section.line, last),
        ask,
        statements=tuple(statements),
        quote=name,
        tags=("series",),
    )
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
            if (
                inner
                and (answer := _hidden(found, after))
                and _letters(found, section, item.items[:inner], "", item.items[inner], *answer)
            ):
                used |= {n, *(k for k, each in enumerate(blocks) if each in answer[1])}
        stem = list(blocks[n - 1 : n]) if n and blocks[n - 1].kind == "paragraph" else []
        answer = _hidden(found, blocks[n + 1 : n + 6])
        if n in used or not answer or not (stem or title):
            continue
        asked = stem[0].lead if stem else title
        if (
            "?" in asked
            or NUMBERED.match(asked.lstrip("*"))
            or all(LETTERED.match(item.lead) for item in block.items)
        ):
            _letters(found, section, stem, title if not stem else "", block, *answer)
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
            end = next(
                (k for k, b in enumerate(after) if b.kind == "html" and "</details" in b.text.lower()),
                len(after) - 1,
            )
            inside, end = list(after[1:end]), end + 1
        said = "\n".join(
            [TAG.sub("", text).strip(), *(render(found.note, [each]) for each in inside)]
        ).strip()
        return said, list(after[:end])
    if first.lead and (match := ANSWER.match(first.lead)) and match[1].strip():
        return first.lead, [first]
    return None


def _letters(
    found: Found,
    section: Section,
    stem: Sequence[Block],
    title: str,
    options: Block,
    said: str,
    hidden: Sequence[Block],
) -> bool:
    texts = [flow(item.lead) for item in options.items]
    bare = [plain(LETTERED.sub("", text, count=1)) for text in texts]
    names = [
        (match[1].lower() if (match := LETTERED.match(text)) else chr(97 + n)) for n, text in enumerate(texts)
    ]
    match = ANSWER.match(said)
    answer = plain(match[1] if match and match[1].strip() else said)
    right: set[int] = set()
    first = answer.split("\n", 1)[0].strip()
    equal = [
        n
        for n, text in enumerate(bare)
        if text and first.rstrip(".").lower().startswith(text.rstrip(".").lower())
    ]
    if equal and len(bare[max(equal, key=lambda n: len(bare[n]))]) > 1:
        right = {max(equal, key=lambda n: len(bare[n]))}
    elif letters := LETTERS.match(first):
        right = {
            names.index(x)
            for x in re.findall(r"[a-j]", re.sub(r"options?|and", "", letters[0].lower()))
            if x in names
        }
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
