"""Questions with options: task lists, lettered bullets with a hidden answer, code with blanks, yes/no series.

A section is what stands up to the next heading. All task lists in it are one question, unless a paragraph between
them asks the next one.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from dp100cards.cards import Choice, Code, Multiple, Option, Statements, gapped
from dp100cards.notes.blocks import Block, Blocks, Section
from dp100cards.notes.inline import NUMBERED, PICTURE, is_label, plain, unnumbered
from dp100cards.notes.question import EXPLANATION, Found, use
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
    r"\W*(?:(?:the )?(?:correct|right)\s+)?(?:answers?|options?|solution)\b\s*(?:is|are)?\s*[:*_\s–-]*(?=\S)",
    re.IGNORECASE,
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
class Group:
    """One question in the making: an option is an item of a task list."""

    stem: list[Block] = field(default_factory=list)
    options: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """One more block. Those between two task lists belong to the option above them."""
        if not block.is_tasks:
            (self.after if self.options else self.stem).append(block)
            return
        if self.options:
            self.options[-1].items += self.after
            self.after = []
        for item in block.items:
            if item.box is not None:
                self.options.append(item)
            else:
                (self.options[-1].items if self.options else self.stem).extend(item.items)

    def end(self) -> None:
        """Give the last option what is its own of the blocks behind it; an empty box is a slip."""
        *others, last = self.options
        while self.after and (is_text(self.after[0]) or self.after[0].kind == "quote"):
            block = self.after[0]
            alike = others and all(
                any(own.kind == block.kind and own.first > each.last for own in each.items) for each in others
            )
            if not (alike or (block.kind == "quote" and block.first == last.last + 1)):
                break
            last.items.append(self.after.pop(0))
        self.options = [each for each in self.options if each.box or each.items]


def option(found: Found, item: Block) -> Option:
    """An item of a task list: code and pictures in it are its text, anything else its rationale.

    If its line says nothing (`&shy;`), all that is in it is its text.
    """
    lead, more = item.items[:1], item.items[1:]
    if not html.unescape(found.render(lead)).strip("\u00ad\u200b\u00a0"):
        lead, more = item.items, []
    why = found.render([block for block in more if not is_text(block)])
    return Option(found.render([*lead, *filter(is_text, more)]), bool(item.box), EXPLANATION.sub("", why))


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


def task_questions(found: Found, title: str, blocks: Blocks) -> None:
    """All questions of one section whose options are task lists."""
    if _code_question(found, blocks, title):
        return
    groups = [Group()]
    for n, block in enumerate(blocks):
        if block.kind == "list" and not block.is_tasks and has_tasks([block]):
            for item in block.items:
                if has_tasks(item.items):
                    task_questions(found, "", item.items)
            groups.append(Group())
            continue
        if _asks_next(groups[-1], block) and has_tasks(blocks[n + 1 :]):
            groups.append(Group())
        if block.kind != "rule" or groups[-1].options:
            groups[-1].take(block)
    groups = [each for each in groups if each.options]
    for n, each in enumerate(groups):
        alone = len(groups) == 1 or (n == 0 and not each.stem)
        _task_question(found, each, title if alone else "")


def _asks_next(group: Group, block: Block) -> bool:
    """Is a question complete, and does what follows its options ask the next one?"""
    if len(group.options) < 2 or not any(item.box for item in group.options):
        return False
    text, number = block.lead, block.ordered and len(block.items) == 1
    asks = plain(text).endswith("?") or NUMBERED.match(text.lstrip("*")) or is_label(text)
    return block.kind == "rule" or number or bool(text and asks)


def _task_question(found: Found, group: Group, title: str) -> None:
    """A question with one right option or with several, which says how many."""
    section, first = found.section, group.options[0]
    group.end()
    ask, options = stem_of(found, group.stem, title), tuple(option(found, each) for each in group.options)
    right, wrong = ([each.text for each in options if each.right is truth] for truth in (True, False))
    short = not re.search(r"[?:\d]", title) and len(title.split()) <= 2
    nameless = short and not any(re.search(r"[?:]\W*\Z", block.lead) for block in group.stem)
    listed = any(is_listed(each.title, "to-do headings") for each in (section, *section.above))
    sure = "?" in ask or first.info or section.given.level == "exam" or (is_label(title) and title)
    if listed or (nameless and not sure):
        found.tell(first.last, "this task list is a to-do list: it makes no card")
    elif not right:
        found.tell(first.last, "no box is ticked: this question has no right answer and makes no card")
    elif not wrong or len(options) > MOST_OPTIONS:
        found.tell(first.last, f"a question needs 2 to {MOST_OPTIONS} options, and not all of them ticked")
    elif not ask or "" in right + wrong:
        found.tell(first.last, "the question or one of its options has no text: it makes no card")
    elif set(right) & set(wrong):
        found.tell(
            first.last, "a right option and a wrong one have the same text: this question makes no card"
        )
    else:
        if len(right) > 1 and not COUNTED.search(plain(ask)):
            ask += f"{chr(10) * 2 if chr(10) in ask else ' '}Choose {NUMBERS[len(right)]}."
        begin = group.stem[0].first if group.stem and not title else section.line
        lines, kind = (begin, group.options[-1].last), Choice if len(right) == 1 else Multiple
        found.add(kind, lines, ask, group.after, options=options)
        found.tasks = True


def _code_question(found: Found, blocks: Blocks, title: str) -> bool:
    """Code with blanks `__1__`, then for each `**1**` and a task list."""
    fences = (n for n, block in enumerate(blocks) if block.kind == "code" and BLANK.search(block.text))
    at = next(fences, len(blocks))
    if not has_tasks(blocks[at:]):
        return False
    fence, group, groups = blocks[at], Group(stem=[*blocks[:at]]), dict[str, Group]()
    stem, order = group.stem, BLANK.findall(fence.text)
    for block in blocks[at + 1 :]:
        if (label := BLANK_LABEL.match(block.lead)) and label[1] in {*order} - groups.keys():
            group = groups[label[1]] = Group()
        elif groups or not block.is_tasks:
            group.take(block)
    blanks, reasons = {}, []
    for name in dict.fromkeys(order):
        options = [option(found, each) for each in groups.get(name, Group()).options]
        if sum(option.right for option in options) != 1 or len(options) < 2:
            message = f"blank {name} of the code needs a list of options under **{name}**, one of them ticked"
            found.tell(fence.first, message, wrong=True)
            return True
        ranked = sorted(options, key=lambda option: not option.right)
        blanks[name] = [IN_CODE.sub(lambda match: match[2] or match[3], option.text) for option in ranked]
        if because := "\n".join(f"- {each.text}: {each.because}" for each in options if each.because):
            reasons += [f"**{name}**", because] if len(set(order)) > 1 else [because]
    lines = (blocks[0].first if is_label(title) or not title else found.section.line, blocks[-1].last)
    parts, explain = [blanks[name] for name in order], "\n\n".join(reasons)
    ask = stem_of(found, stem, title)
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


def tick_answers(found: Found, blocks: list[Block], title: str) -> None:
    """Make a task list of plain bullets under a question, if an answer behind them says which one is right."""
    for n, block in enumerate(blocks):
        if block.kind != "list" or block.is_tasks:
            continue
        behind = _hidden(blocks[n + 1 : n + 6])
        if behind and any(each.kind == "list" for each in block.items[-1].items):
            block.items[-1].items += behind
            del blocks[n + 1 : n + 1 + len(behind)]
        for item in block.items:
            tick_answers(found, item.items, "?" if block.ordered else "")
            block.used |= any(each.used for each in item.items)
        asked = (blocks[n - 1].lead if n else "") or title
        letters = all(LETTERED.match(item.lead) for item in block.items)
        asks = asked and (letters or "?" in asked + title or NUMBERED.match(asked.lstrip("*")))
        answer = _hidden(blocks[n + 1 : n + 6]) if asks else []
        if answer and not _tick(found, block.items, answer):
            found.tell(block.first, "the answer is not one of the options: this question makes no card")
            use([block, *answer])


def _hidden(after: Blocks) -> Blocks:
    """The blocks that hold an answer, if these do that stand behind a list."""
    if after and after[0].kind == "html" and "<details" in after[0].text.lower():
        ends = (n for n, block in enumerate(after, 1) if "</details" in block.text.lower())
        return after[: next(ends, len(after))]
    return after[:1] if after and ANSWER.match(after[0].lead) else []


def _tick(found: Found, items: Blocks, answer: Blocks) -> bool:
    """Tick what an answer names, by its words or by letters; what else it says is left as the explanation."""
    block = next((each for each in answer if found.render([each])), answer[0])
    said = found.render([block])
    match = ANSWER.match(said)
    first, _, rest = said[match.end() if match else 0 :].partition("\n")
    first = plain(first)
    texts = [plain(LETTERED.sub("", item.lead)) for item in items]
    right = {text for text in texts if len(text) > 1 and first.lower().startswith(text.rstrip(".").lower())}
    right = {max(right, key=len)} if right else set()
    if not right and (named := LETTERS.match(first)):
        told = re.sub(r"options?|and", "", named[0].lower())
        labels = [LETTERED.match(item.lead) for item in items]
        letters = [label[1].lower() if label else chr(97 + n) for n, label in enumerate(labels)]
        right = {text for text, letter in zip(texts, letters, strict=True) if letter in told}
    if not right or not all(texts):
        return False
    for item, text in zip(items, texts, strict=True):
        item.items[0].text = LETTERED.sub("", item.items[0].text)
        item.box, item.info = text in right, "answered"
    block.kind, block.text = "paragraph", rest.strip()
    return True


def join_series(found: Found, section: Section, name: str) -> None:
    """A situation and several solutions with Yes and No: one card of statements in place of theirs."""
    cards = [each.card for each in found.questions if any(each.section is below for below in section.below)]
    statements = []
    for card in cards:
        options = {plain(each.text).lower().rstrip("."): each for each in getattr(card, "options", ())}
        if not isinstance(card, Choice) or options.keys() != {"yes", "no"}:
            return
        right, wrong = sorted(options.values(), key=lambda option: not option.right)
        text = SOLUTION.sub("", GOAL.sub("", card.ask)).strip()
        statements.append(Option(text, options["yes"].right, right.because or wrong.because or card.explain))
    if len(cards) < 2 or len(cards) != len(section.below) or not all(each.text for each in statements):
        return
    found.section, section.scenario = section, None
    found.questions = [each for each in found.questions if each.card not in cards]
    ask = f"{found.render(section.blocks)}\n\nDoes each solution meet the goal?".strip()
    lines = (section.line, section.below[-1].blocks[-1].last)
    found.add(Statements, lines, ask, quote=name, statements=tuple(statements), tags=("series",))
