"""Questions with options: task lists, code with blanks, lettered bullets with a hidden answer, yes/no series.

A section is what stands up to the next heading. All task lists in it are one question, unless a paragraph between
them asks the next one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dp100cards.cards import Choice, Code, Multiple, Option, Statements, gapped
from dp100cards.notes.blocks import Block, Blocks, Lines, Section
from dp100cards.notes.inline import NUMBERED, PICTURE, TAG, flow, is_label, plain, unnumbered
from dp100cards.notes.question import EXPLANATION, SUMMARY, Found, use
from dp100cards.notes.words import is_listed

COUNTED = re.compile(
    r"\b(?:choose|select|pick|check|mark|tick|which|what|name)\b[^.?!]{0,40}\b(?:two|three|four|five|[2-6]|all|multiple|several"
    r"|any|many)\b|\ball that apply\b|\((?:two|three|four|[2-6])\b|\bmultiple (?:answers|choice)",
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"\s*\((?:choose|select|pick) \w+\)\W*\Z", re.IGNORECASE)
NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split()
MOST_OPTIONS = 12
BLANK = re.compile(r"__(\d{1,2})__")
SHORT_BLANK = re.compile(r"(?<!\$)\{\{(?!\{)([^\n]+?)\}\}")
BLANK_LABEL = re.compile(r"\**(?:blank |gap )?\(?(\d{1,2})\)?[.:]?\**\Z", re.IGNORECASE)
IN_CODE = re.compile(r"\A(?:(`{1,3})\s?([^\n]+?)\s?\1|(?:```|~~~)[^\n]*\n(.*)\n(?:```|~~~))\Z", re.DOTALL)
LETTERED = re.compile(r"\A\(?([A-Ja-j])[.)\]:]\s+")
ANSWER = re.compile(
    r"\W*(?:(?:the )?(?:correct|right)\s+)?(?:answers?|options?|solution)\b\s*(?:is|are)?\s*[:*_\s–-]*(\S.*)",
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


@dataclass
class Choosing:
    """One option in the making."""

    right: bool
    text: list[Block]
    why: list[Block]
    last: int
    loose: bool = False
    """Did code or a rationale below the list already go to it?"""

    @classmethod
    def of(cls, item: Block) -> Choosing:
        """An item of a task list. If its line says nothing (`&shy;`), what is nested in it is its text."""
        lead = item.items[: len(item.items) - len(item.rest)]
        if lead and not html.unescape(lead[0].text).strip(" \u00ad\u200b\u00a0"):
            return cls(bool(item.box), item.items, [], item.last)
        option = cls(bool(item.box), lead, [], item.last)
        option.take(item.rest)
        return option

    def take(self, blocks: Blocks) -> None:
        """Code and pictures are more of its text; anything else is its rationale."""
        for block in blocks:
            (self.text if is_text(block) else self.why).append(block)

    def made(self, found: Found) -> Option:
        return Option(found.render(self.text), self.right, EXPLANATION.sub("", found.render(self.why)))


@dataclass
class Group:
    """One question in the making."""

    stem: list[Block] = field(default_factory=list)
    options: list[Choosing] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)

    def more(self, items: Blocks) -> None:
        """One more task list: the blocks since the last one belong to the option above them."""
        if self.options and self.after:
            self.options[-1].take(self.after)
            self.options[-1].loose = True
        self.after = []
        for item in items:
            if item.box is not None:
                self.options.append(Choosing.of(item))
            else:
                (self.options[-1].why if self.options else self.stem).extend(item.items)

    def end(self) -> None:
        """Give the last option what is its own of the blocks behind it; the other blocks are left."""
        *others, last = self.options
        loose = bool(others) and all(option.loose for option in others)
        kind = self.after[0].kind if self.after and is_text(self.after[0]) else ""
        if kind and loose and all(option.text and option.text[-1].kind == kind for option in others):
            last.text.append(self.after.pop(0))
        close = self.after and self.after[0].first == last.last + 1
        reasoned = loose and all(option.why for option in others)
        if self.after and self.after[0].kind == "quote" and (close or reasoned):
            last.why.append(self.after.pop(0))


def is_text(block: Block) -> bool:
    """Is it code, or nothing but pictures?"""
    pictures = block.kind == "paragraph" and PICTURE.search(block.text)
    return block.kind == "code" or bool(pictures and not PICTURE.sub("", block.text).strip())


def has_tasks(blocks: Blocks) -> bool:
    """Is a task list among these blocks, or in an item of a list or a quote among them?"""
    return any(each.is_tasks for block in blocks for each in block.walk())


def opened(blocks: Blocks) -> list[Block]:
    """Blocks with the quotes opened that hold a task list, as callouts do."""
    found: list[Block] = []
    for block in blocks:
        found += opened(block.items) if block.kind == "quote" and has_tasks(block.items) else [block]
    return found


def stem_of(found: Found, blocks: Blocks, title: str) -> str:
    """What is asked: the heading, unless it is only a label, and all before the options; without its number."""
    if blocks and blocks[0].lead and is_label(blocks[0].lead):
        blocks = blocks[1:]
    topic = not re.search(r"[?:]", title) and len(title.split()) <= 4 and not NUMBERED.match(title)
    asked = topic and any(block.kind == "paragraph" and "?" in block.text for block in blocks)
    title = "" if asked or is_label(HOW_MANY.sub("", title)) else unnumbered(title)
    if blocks and not title:
        if blocks[0].ordered and len(blocks[0].items) == 1:
            blocks = [*blocks[0].items[0].items, *blocks[1:]]
        title = unnumbered(blocks[0].lead) if blocks else ""
        blocks = blocks[1:] if title else blocks
    return "\n\n".join(filter(None, (title, found.render(blocks))))


def _choice(found: Found, lines: Lines, ask: str, options: Sequence[Option], **more: Any) -> None:
    """A question with one right option or with several, which says how many."""
    right = sum(option.right for option in options)
    if right > 1 and not COUNTED.search(plain(ask)):
        ask += f"{chr(10) * 2 if chr(10) in ask else ' '}Choose {NUMBERS[right]}."
    found.tasks = True
    found.add(Choice if right == 1 else Multiple, lines, ask, options=tuple(options), **more)


def task_questions(found: Found, blocks: Blocks, title: str) -> None:
    """All questions of one section whose options are task lists."""
    if _code_question(found, blocks, title):
        return
    group = Group()
    groups = [group]
    for n, block in enumerate(blocks):
        if block.is_tasks:
            group.more(block.items)
        elif block.kind == "list" and has_tasks([block]):
            for item in block.items:
                if has_tasks(item.items):
                    task_questions(found, item.items, "")
            groups.append(group := Group())
        elif _asks_next(group, block) and has_tasks(blocks[n + 1 :]):
            groups.append(group := Group([] if block.kind == "rule" else [block]))
        elif group.options:
            group.after.append(block)
        elif block.kind != "rule":
            group.stem.append(block)
    groups = [each for each in groups if each.options]
    for n, each in enumerate(groups):
        alone = len(groups) == 1 or (n == 0 and not each.stem)
        _task_question(found, each, title if alone else "")


def _asks_next(group: Group, block: Block) -> bool:
    """Is a question complete, and does what follows its options ask the next one?"""
    if len(group.options) < 2 or not any(option.right for option in group.options):
        return False
    text, number = block.lead, block.ordered and len(block.items) == 1
    asks = plain(text).endswith("?") or NUMBERED.match(text.lstrip("*")) or is_label(text)
    return block.kind == "rule" or number or bool(text and asks)


def _task_question(found: Found, group: Group, title: str) -> None:
    section, line = found.section, group.options[0].last
    group.options = [each for each in group.options if each.right or each.text]  # an empty box is a slip
    if group.options:
        group.end()
    ask, options = stem_of(found, group.stem, title), [each.made(found) for each in group.options]
    right, wrong = ({each.text for each in options if each.right is truth} for truth in (True, False))
    short = not re.search(r"[?:\d]", title) and len(title.split()) <= 2
    nameless = short and not any(re.search(r"[?:]\W*\Z", block.lead) for block in group.stem)
    listed = any(is_listed(each.title, "to-do headings") for each in (section, *section.above))
    sure = "?" in ask or section.given.level == "exam" or (is_label(title) and title)
    reason = ""
    if listed or (nameless and not sure):
        reason = "this task list is a to-do list: it makes no card"
    elif not right:
        reason = "no box is ticked: this question has no right answer and makes no card"
    elif not wrong or len(options) > MOST_OPTIONS:
        reason = f"a question needs 2 to {MOST_OPTIONS} options, and not all of them ticked"
    elif not ask or "" in right | wrong:
        reason = "the question or one of its options has no text: it makes no card"
    elif right & wrong:
        reason = "a right option and a wrong one have the same text: this question makes no card"
    if reason:
        found.tell(line, reason)
        return
    first = group.stem[0].first if group.stem and not title else section.line
    _choice(found, (first, group.options[-1].last), ask, options, after=group.after)


def _code_question(found: Found, blocks: Blocks, title: str) -> bool:
    """Code with blanks `__1__`, then for each `**1**` and a task list."""
    fences = (n for n, block in enumerate(blocks) if block.kind == "code" and BLANK.search(block.text))
    at = next(fences, len(blocks))
    if not has_tasks(blocks[at:]):
        return False
    fence, group, groups = blocks[at], Group(), dict[str, Group]()
    stem = group.after
    for block in blocks[at + 1 :]:
        if label := BLANK_LABEL.match(block.lead):
            group = groups[label[1]] = Group()
        elif block.is_tasks and groups:
            group.more(block.items)
        else:
            group.after.append(block)
    order = BLANK.findall(fence.text)
    blanks, reasons = {}, []
    for name in dict.fromkeys(order):
        options = [each.made(found) for each in groups.get(name, Group()).options]
        if sum(option.right for option in options) != 1 or len(options) < 2:
            message = f"blank {name} of the code needs a list of options under **{name}**, one of them ticked"
            found.tell(fence.first, message, wrong=True)
            return True
        ranked = sorted(options, key=lambda option: not option.right)
        blanks[name] = [IN_CODE.sub(lambda match: match[2] or match[3], option.text) for option in ranked]
        reasons += [f"**{name}**"] * (len(set(order)) > 1)
        reasons += ["\n".join(f"- {option.text}: {option.because}" for option in options if option.because)]
    lines = (blocks[0].first if is_label(title) or not title else found.section.line, blocks[-1].last)
    ask, explain = stem_of(found, [*blocks[:at], *stem], title), "\n\n".join(filter(None, reasons))
    parts = [blanks[name] for name in order]
    found.tasks |= _code(found, fence, BLANK, parts, ask, lines=lines, after=group.after, explain=explain)
    return True


def short_code(found: Found, blocks: Blocks, at: int) -> int:
    """A fence with `gaps` in its info string and blanks `{{right|wrong|wrong}}`."""
    fence, before = blocks[at], [block for block in blocks[max(0, at - 1) : at] if block.kind == "paragraph"]
    if "gaps" not in fence.info.split():
        return 0
    parts = [[part.strip() for part in match.split("|")] for match in SHORT_BLANK.findall(fence.text)]
    if not parts or not all(all(part) for part in parts):
        found.tell(fence.first, "this code has no blank: write {{right|wrong|wrong}}", wrong=True)
        return 1
    ask = stem_of(found, before, found.section.title if found.whole or at == 0 else "")
    quote = fence.text.strip().split("\n", 1)[0]
    _code(found, fence, SHORT_BLANK, parts, ask, lines=(fence.first, fence.last), quote=quote)
    return 1


def _code(
    found: Found, fence: Block, blank: re.Pattern[str], parts: list[list[str]], ask: str, **more: Any
) -> bool:
    """A card of code. The parts are what is right in each blank, and behind it what is wrong there."""

    def written(gap: str) -> str:
        rights = iter(parts)
        return blank.sub(lambda _: gap % next(rights)[0], fence.text)

    code = gapped(written, [right for right, *_ in parts])
    if not code:
        message = "the code or an answer to a blank holds braces that cannot be told from blanks"
        found.tell(fence.first, message, wrong=True)
        return False
    wrong = tuple(tuple(part[1:]) for part in parts)
    language = next((word.strip("{}.") for word in fence.info.split() if word != "gaps"), "")
    wrong = wrong if any(wrong) else ()
    found.add(Code, ask=ask or "Complete the code.", code=code, language=language, wrong=wrong, **more)
    return True


def lettered(found: Found, blocks: Blocks) -> None:
    """Plain bullets under a question, with a hidden answer: a choice if the answer is among the bullets."""
    for n, block in enumerate(blocks):
        if block.kind != "list" or block.is_tasks:
            continue
        for item in block.items:
            inner = next((k for k, each in enumerate(item.items) if each.kind == "list"), 0)
            after = item.items[inner + 1 :] or (blocks[n + 1 : n + 4] if item is block.items[-1] else [])
            if inner and (answer := _hidden(found, after)):
                _letters(found, item.items[:inner], "", item.items[inner], answer[0])
                use([block, *answer[1]])
        stem = blocks[n - 1 : n] if n and blocks[n - 1].kind == "paragraph" else []
        title = "" if stem else found.section.title
        asked = stem[0].lead if stem else title
        letters = all(LETTERED.match(item.lead) for item in block.items)
        asks = asked and ("?" in asked or NUMBERED.match(asked.lstrip("*")) or letters)
        if asks and not block.used and (answer := _hidden(found, blocks[n + 1 : n + 6])):
            _letters(found, stem, title, block, answer[0])
            use([*stem, block, *answer[1]])


def _hidden(found: Found, after: Blocks) -> tuple[str, Blocks] | None:
    """The answer in the blocks behind a list of bullets, and the blocks that hold it."""
    if not after:
        return None
    first, ends = after[0], ["</details" in block.text.lower() and block.kind == "html" for block in after]
    if first.kind == "html" and "<details" in first.text.lower():
        end = ends.index(True) + 1 if True in ends else len(after)
        said = TAG.sub("", SUMMARY.sub("", first.text)).strip()
        return "\n".join([said, *(found.render([each]) for each in after[1:end])]).strip(), after[:end]
    return (first.lead, after[:1]) if first.lead and ANSWER.match(first.lead) else None


def _letters(found: Found, stem: Blocks, title: str, listed: Block, said: str) -> None:
    """The card of lettered options, if what is said names one of them."""
    leads = [flow(item.lead) for item in listed.items]
    texts = [LETTERED.sub("", lead) for lead in leads]
    match = ANSWER.match(said)
    first = plain((match[1] if match else said).split("\n", 1)[0])
    bare = [plain(text) for text in texts]
    equal = [text for text in bare if len(text) > 1 and first.lower().startswith(text.rstrip(".").lower())]
    right: set[str] = set()
    if equal:
        right = {max(equal, key=len)}
    elif named := LETTERS.match(first):
        told = set(re.sub(r"options?|and", "", named[0].lower()))
        labels = [lead.lstrip("(")[0].lower() if LETTERED.match(lead) else "" for lead in leads]
        letters = [label or chr(97 + n) for n, label in enumerate(labels)]
        right = {text for text, letter in zip(bare, letters, strict=True) if letter in told}
    ask = stem_of(found, stem, title)
    if not right or not 2 <= len(texts) <= MOST_OPTIONS or not ask or not all(bare):
        found.tell(listed.first, "the answer is not one of the options: this question makes no card")
        return
    options = [Option(text, plain(text) in right) for text in texts]
    explain = EXPLANATION.sub("", "\n".join(said.split("\n")[1:]).strip())
    lines = (stem[0].first if stem else found.section.line, listed.last)
    _choice(found, lines, ask, options, explain=explain)


def series(found: Found, section: Section, name: str) -> bool:
    """A situation and several solutions with Yes and No: one card of statements. False: it is something else."""
    statements, every = [], []
    for solution in section.below:
        boxes = [item for block in solution.blocks if block.is_tasks for item in block.items]
        said = {plain(item.lead).lower().rstrip("."): item for item in boxes}
        if set(said) != {"yes", "no"} or sum(bool(item.box) for item in boxes) != 1:
            return False
        right = said["yes"].box is True
        key, other = (said["yes"], said["no"]) if right else (said["no"], said["yes"])
        above = [block for block in solution.blocks if not block.is_tasks and block.first < boxes[0].first]
        after = [block for block in solution.blocks if block.first > boxes[-1].first]
        text = SOLUTION.sub("", GOAL.sub("", found.render(above))).strip()
        why = (found.render(blocks) for blocks in (key.rest, other.rest, after))
        statements.append(Option(text, right, next(filter(None, why), "")))
        every += solution.blocks
    if len(statements) < 2 or not all(each.text for each in statements):
        return False
    ask = f"{found.render(section.blocks)}\n\nDoes each solution meet the goal?".strip()
    lines = (section.line, max(block.last for block in every))
    found.tasks = True
    found.add(Statements, lines, ask, quote=name, statements=tuple(statements), tags=("series",))
    use([*section.blocks, *every])
    for each in section.below:
        each.done = True
    return True
