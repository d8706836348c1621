"""A question and the answer under it, beside it or behind a mark: cards of kind basic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.cards import Basic
from dp100cards.notes.blocks import Block, Section
from dp100cards.notes.gaps import bracket_cards, gap_cards, has_gap
from dp100cards.notes.inline import flow, masked, plain, sentences, unnumbered
from dp100cards.notes.question import Found, render

QUESTIONS = re.compile(
    r".*\b(?:questions?|faqs?|q ?& ?a|self[- ]?(?:check|test)|quiz(?:zes)?|flash ?cards?)\W*\Z", re.IGNORECASE
)
MARK = re.compile(
    r"(?:^|(?<=\n)|(?<=\s)(?=\*\*))(?:\*\*|__)?(Q|A|C|Question|Answer)\s?\d*(?:\*\*|__)?\s?[:.](?:\*\*|__)?"
    r"(?:[ \t]+|(?=\n)|\Z)"
)
SPLIT = re.compile(r"\s(:::?)\s")
BOLD_LINE = re.compile(r"(?:\*\*|__)([^*\n]+?)(?:\*\*|__)[:.]?\s*(.*)\Z", re.DOTALL)
DEPENDENT = re.compile(r"\b(?:it|its|they|their|them|this|that|these|those|he|she)\b", re.IGNORECASE)
LONGEST_LIST = 7


def asked(found: Found, section: Section, title: str, blocks: Sequence[Block], line: int) -> bool:
    """A question and what is under it: the first sentence or a short list is the answer, the rest explains."""
    blocks = [block for block in blocks if block.kind != "rule" and render(found.note, [block])]
    ask = unnumbered(title)
    words = plain(ask).split()
    above = section.headings[:-1] if title == section.title else section.headings
    above = tuple(each for each in above if not QUESTIONS.match(each))
    if above and (len(words) <= 2 or (len(words) <= 5 and DEPENDENT.search(ask))):
        ask = f"{above[-1]}: {ask[0].lower()}{ask[1:]}"
    if not blocks:
        names = [plain(each.title) for each in section.below]
        if (
            title != section.title
            or not 2 <= len(names) <= LONGEST_LIST
            or any("?" in name for name in names)
        ):
            return False
        found.add(Basic, section, (line, section.below[-1].line), ask, answer=listed(names), loose=True)
        return True
    answer, after = _answer(found, blocks)
    if not answer:
        return False
    found.add(Basic, section, (line, blocks[0].last), ask, answer=answer, after=after, loose=True)
    return True


def _answer(found: Found, blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """The answer in the blocks below a question, and the blocks of its explanation."""
    first, rest = blocks[0], list(blocks[1:])
    if first.kind == "quote":
        return _answer(found, [*first.items, *rest]) if first.items else ("", [])
    if first.kind == "paragraph" and rest and rest[0].kind == "list" and plain(first.text).endswith(":"):
        first, rest = rest[0], rest[1:]
    if first.kind == "list":
        items = [flow(item.lead) for item in first.items]
        short = all(items) and not any(item.rest for item in first.items)
        return (listed(items), rest) if short else (render(found.note, [first]), rest)
    if first.kind != "paragraph":
        return render(found.note, [first]), rest
    said = sentences(flow(first.text))
    answer = re.sub(r"\A(?:\*\*|__)?(?:A|Answer)(?:\*\*|__)?:(?:\*\*|__)?\s+", "", said[0] if said else "")
    more = [replace(first, text=" ".join(said[1:]))] if said[1:] else []
    return answer, [*more, *rest]


def listed(items: Sequence[str]) -> str:
    """Items as one answer: `a, b and c`, or a line for each where they are long."""
    items = [item.rstrip(" .;,") for item in items]
    if len(items) < 2:
        return "".join(items)
    if any(len(item) > 60 or "," in item or "\n" in item for item in items):
        return "\n".join(f"- {item}" for item in items)
    last = ", and " if any(" and " in item for item in items) else " and "
    return ", ".join(items[:-1]) + last + items[-1]


def paragraph(found: Found, section: Section, blocks: Sequence[Block], at: int, title: str) -> int:
    """The questions in one paragraph; how many blocks were used."""
    block = blocks[at]
    text, line = block.text, block.first
    if block.kind != "paragraph":
        return 0
    following = list(blocks[at + 1 : at + 2])
    close = [each for each in following if each.first == block.last + 1 and each.kind != "paragraph"]
    if MARK.match(text):
        return _marked(found, section, blocks, at)
    lines = text.split("\n")
    for n, each in enumerate(lines):
        if each.strip() in ("?", "??"):
            ask, answer = flow("\n".join(lines[:n])), flow("\n".join(lines[n + 1 :]))
            back, took = blocks[at - 1 : at] if at else [], 1
            if not ask and back and back[0].kind == "paragraph":
                ask, line = flow(back[0].text), back[0].first
                found.use(back)
            if not answer and following:
                answer, took = render(found.note, following), 2
            if ask and answer:
                span = (line, blocks[at + took - 1].last)
                both_ways(found, section, span, ask, answer, each.strip() == "??")
                return took
            return 0
    took = 0
    for n, each in enumerate(lines):
        took |= _pair(found, section, each, line + n)
    if took:
        return 1
    if (bold := BOLD_LINE.match(text)) and plain(bold[1]).endswith("?"):
        said = [replace(block, text=bold[2])] if bold[2].strip() else []
        end = at + 1
        while end < len(blocks) and not said and not starts_bold(blocks[end]):
            end += 1
        body = said or [each for each in blocks[at + 1 : end] if each.kind != "rule"]
        return (end - at) * asked(found, section, bold[1].strip(), body, line) if body else 0
    if len(lines) > 1 and plain(lines[0]).endswith("?"):
        body = [replace(block, text="\n".join(lines[1:])), *close]
        return (1 + len(close)) * asked(found, section, lines[0].strip(), body, line)
    alone = plain(text).endswith("?") and len(sentences(flow(text))) == 1 and QUESTIONS.match(title)
    if alone and following and not plain(following[0].lead).endswith("?"):
        return 2 * asked(found, section, flow(text), following, line)
    return gap_cards(found, section, block)


def is_question(block: Block) -> bool:
    """Is a paragraph a question of its own: `Q: …`, `term :: meaning`, or a sentence with a gap?"""
    if block.kind != "paragraph":
        return False
    mark = MARK.match(block.text)
    return bool(mark and mark[1][0] != "A") or bool(SPLIT.search(masked(block.text))) or has_gap(block.text)


def starts_bold(block: Block) -> bool:
    """Does a block begin another bold question, or end this one?"""
    match = BOLD_LINE.match(block.text) if block.kind == "paragraph" else None
    return block.kind == "rule" or bool(match and (not match[2].strip() or plain(match[1]).endswith("?")))


def item_questions(found: Found, section: Section, item: Block) -> int:
    """The questions in one bullet, and in the bullets below it."""
    if not item.items or item.items[0].kind != "paragraph":
        return sum(item_questions(found, section, each) for block in item.items for each in block.items)
    text = item.items[0].text
    lines = text.split("\n")
    bold = BOLD_LINE.match(text)
    if bold and plain(bold[1]).endswith("?"):
        lines = [bold[1], *bold[2].split("\n")] if bold[2].strip() else [bold[1]]
    if plain(lines[0]).endswith("?") and not MARK.match(text):
        body = [replace(item.items[0], text="\n".join(lines[1:]))] if lines[1:] else []
        body += item.rest
        if body and asked(found, section, lines[0].strip(), body, item.first):
            found.use([item])
            return 1
    said = sentences(flow(text))
    if not item.rest and len(said) > 1 and plain(said[0]).endswith("?") and "?" not in " ".join(said[1:]):
        body = [replace(item.items[0], text=" ".join(said[1:]))]
        if asked(found, section, said[0], body, item.first):
            found.use([item])
            return 1
    made = paragraph(found, section, item.items, 0, section.title)
    if made:
        found.use(item.items[:made])
    below = sum(item_questions(found, section, each) for block in item.rest for each in block.items)
    return made + below


def both_ways(
    found: Found, section: Section, lines: tuple[int, int], ask: str, answer: str, both: bool
) -> None:
    """A card, and with `both` the same the other way round."""
    quote = plain(ask)
    found.add(Basic, section, lines, unnumbered(ask), answer=answer, quote=quote)
    if both:
        found.add(Basic, section, lines, answer, answer=ask, quote=quote)


def _pair(found: Found, section: Section, line: str, number: int) -> int:
    """`term :: meaning` on one line."""
    match = SPLIT.search(masked(line)) if "::" in line else None
    if not match:
        return 0
    ask, answer = flow(line[: match.start()]), flow(line[match.end() :])
    if not ask or not answer:
        return 0
    both_ways(found, section, (number, number), ask, answer, match[1] == ":::")
    return 1


def _marked(found: Found, section: Section, blocks: Sequence[Block], at: int) -> int:
    """`Q: … A: …` and `C: … [gap] …`; the answer may be the next block."""
    block, took = blocks[at], 1
    text = block.text
    while took < 6 and at + took < len(blocks):
        following = blocks[at + took]
        mark = MARK.match(following.text) if following.kind == "paragraph" else None
        if not mark or mark[1][0] != "A":
            break
        text += "\n" + following.text
        took += 1
    marks = list(MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [(mark[1][0], text[mark.end() : end].strip("\n")) for mark, end in zip(marks, ends, strict=True)]
    made, ask = 0, ""
    for n, (letter, said) in enumerate(parts):
        line = block.first + text[: marks[n].start()].count("\n")
        if letter == "Q":
            ask, start = flow(said), line
        elif letter == "C":
            made += bracket_cards(found, section, said, line)
        elif ask:
            answer = flow(said)
            following = blocks[at + took] if at + took < len(blocks) else block
            more = following.kind in ("list", "code", "table") and (not answer or answer.endswith(":"))
            if n == len(parts) - 1 and more:
                answer = "\n\n".join(part for part in (answer, render(found.note, [following])) if part)
                took += 1
            if answer:
                found.add(Basic, section, (start, max(line, blocks[at + took - 1].first)), ask, answer=answer)
                made += 1
            ask = ""
    if not made:
        found.tell(block.first, "this question has no answer behind A: it makes no card")
    return took
