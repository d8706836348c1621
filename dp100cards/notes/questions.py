"""The explicit questions of a note: each gives exactly the card that a person meant, whatever is around it.

A section is walked block by block. The readers of its kind get the blocks and a place among them, one after the other,
and say how many blocks the question took.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Any

from dp100cards.cards import Basic, Card, Match, Option, Order, Pair, Scenario, Statements
from dp100cards.notes.blocks import Block, Blocks, Lines, Note, Row, Section
from dp100cards.notes.inline import flow, is_label, masked, plain, sentences, unnumbered
from dp100cards.notes.question import (
    BRACKETS,
    EXPLANATION,
    GAPS,
    QUESTIONS,
    SOURCE,
    Found,
    asked,
    cloze,
    take_citations,
    use,
)
from dp100cards.notes.tasks import (
    has_tasks,
    join_series,
    opened,
    short_code,
    stem_of,
    task_questions,
    tick_answers,
)
from dp100cards.notes.words import LISTS, is_listed

CASE = re.compile(r"(case study|series)\b\s*\d*\s*[:–—-]\s*(.*)", re.IGNORECASE)
ORDER = re.compile(
    r"\b(?:put|arrange|sort|bring)\b.*\b(?:in|into)\b.{0,30}\b(?:order|sequence)\b(?! to\b)"
    r"|\b(?:which|what|correct|right)\b.{0,20}\b(?:order|sequence)\b(?! to\b).*[?:.!]",
    re.IGNORECASE | re.DOTALL,
)
MATCH = re.compile(r"(?:^|[.!?:]\s+)match\b|\bmatch (?:each|every|the|these)\b", re.IGNORECASE)
WHAT_IS = re.compile(r"what(?:'s|’s| is| are)\s+((?:an?\s+)?(?!the\b|an?\b)\S.*?)\s*\??\Z", re.IGNORECASE)
TRUTH = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False, "t": True, "f": False}
MARK = re.compile(
    r"(?:^|(?<=\n)|(?<=\s)(?=\*\*))(?:\*\*|__)?(Q|A|C|Question|Answer)\s?\d*(?:\*\*|__)?\s?[:.](?:\*\*|__)?"
    r"(?:[ \t]+|(?=\n)|\Z)"
)
SPLIT = re.compile(r"\s(:::?)\s")
APART = re.compile(r"^[ \t]*(\?\??)[ \t]*$", re.MULTILINE)
BOLD_LINE = re.compile(r"(?:\*\*|__)([^*\n]+?)(?:\*\*|__)[:.]?\s*(.*)\Z", re.DOTALL)


def explicit_questions(note: Note, *, loose: bool = False) -> Found:
    """All explicit questions of a note, in its order. With `loose` a quoted source need not name its note."""
    citations = take_citations(note, loose)
    found = Found(note, note.sections[0])
    if note.front.question:
        blocks = opened([block for section in note.sections for block in section.blocks])
        read = task_questions if has_tasks(blocks) else asked
        read(found, note.front.question, blocks)
        use(blocks)
    else:
        for section in note.sections:
            _section(found, section, any(section is cited for cited, _, _ in citations))
        for section in note.sections:
            if (match := CASE.match(section.title)) and match[1].lower() == "series":
                join_series(found, section, plain(match[2]))
        sure = [question for question in found.questions if not question.loose]
        if found.tasks and not note.front.own and len(sure) > 4 * (len(found.questions) - len(sure)):
            found.questions = sure
    for section, line, source in citations:
        above = [each for each in found.questions if each.section is section and each.lines[0] < line]
        for question in above:
            if question.lines[0] == above[-1].lines[0] and not question.cited:
                question.card, question.cited = replace(question.card, source=source), True
    return found


def ask_of_headings(found: Found, told: set[tuple[str, ...]]) -> None:
    """Ask each heading "What is X?" with what is below it, unless its section has given a card already."""
    told = told | {question.section.headings for question in found.questions}
    for section in found.note.sections:
        if section.title.endswith("?") and name_of(section.title) and section.headings not in told:
            found.section = section
            asked(found, section.title, opened(section.blocks))


def name_of(title: str) -> str:
    """X of a heading "What is X"; empty for any other question: those are asked as they are written."""
    match = WHAT_IS.match(plain(title))
    words = {word.strip(",") for word in match[1].lower().split()} if match else set()
    return match[1] if match and len(words) <= 6 and not LISTS["no name in"] & words else ""


def _section(found: Found, section: Section, cited: bool) -> None:
    found.section = section
    title = section.title
    if (match := CASE.match(title)) and not has_tasks(section.blocks):
        name = plain(match[2])
        slug = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "case-study"
        section.scenario = Scenario(slug, f"**{name}**\n\n{found.render(section.blocks)}")
        use(section.blocks)
        return
    if found.tasks and is_listed(title, "explanation headings"):
        before = found.note.sections[found.note.sections.index(section) - 1]
        if found.questions[-1].section in (before, *section.above):
            found.explain(section.blocks)
            use(section.blocks)
            return
    tick_answers(found, section.blocks, title)
    blocks = opened(section.blocks)
    if has_tasks(blocks):
        task_questions(found, title, blocks)
        use(section.blocks)
        return
    structured = _read(found, blocks, STRUCTURE)
    if title.endswith("?") and not structured and (cited or not name_of(title)):
        below = [*blocks[:1], *takewhile(lambda block: not _is_question(block), blocks[1:])]
        if asked(found, title, below):
            use(below)
    _read(found, blocks, TEXTS)


def _read(found: Found, blocks: Blocks, readers: Sequence[Reader]) -> bool:
    """Let the first reader that can make cards of a block and of those behind it; are any of the blocks used?"""
    for at, block in enumerate(blocks):
        before = len(found.questions)
        took = 0 if block.used else next((took for read in readers if (took := read(found, blocks, at))), 0)
        if len(found.questions) > before:
            after = list(takewhile(lambda each: not _is_question(each), blocks[at + took :]))
            labelled = list(takewhile(_explains, after))
            if not found.whole or not (labelled or readers is STRUCTURE):
                after = labelled
            found.explain(after)
            took += len(after)
        done = [each.used for each in block.items]
        partly = (
            took == 1 and any(done) and not all(done)
        )  # bullets that are no questions are left to the facts
        use(blocks[at + partly : at + took])
    return any(each.used for block in blocks for each in block.walk())


def _is_question(block: Block) -> bool:
    """Is a paragraph a question of its own: `Q: …`, `term :: meaning`, a sentence with a gap?"""
    if block.kind != "paragraph":
        return False
    mark, flowing = MARK.match(block.text), masked(flow(block.text))
    return bool((mark and mark[1][0] != "A") or SPLIT.search(flowing) or GAPS.search(flowing))


def _explains(block: Block) -> bool:
    """Is a block labelled as an explanation or as a source?"""
    return bool(EXPLANATION.match(block.lead) or SOURCE.match(block.lead))


# Readers of structure


def _parts(found: Found, blocks: Blocks, at: int) -> int:
    """A question that asks for an order, for pairs or for yes and no, before its list or table."""
    block, title = blocks[at], found.section.title
    if block.kind not in ("list", "table"):
        return 0
    above = list(takewhile(lambda each: not (each.used or _is_question(each)), reversed(blocks[:at])))
    stem = above[::-1] if found.whole else above[:1]
    told = any(each.kind == "paragraph" for each in stem)
    ask = stem_of(found, stem, title if found.whole or not told else "")
    kind, fields = _lists(block, blocks[at + 1 : at + 2], plain(ask))
    if not fields:
        return 0
    first = stem[0].first if stem and not is_label(title) else found.section.line
    found.add(kind, (first, block.last), ask or "Is each statement true?", **fields)
    use(stem)
    return 2 if kind is Order and fields["extra"] else 1


def _lists(block: Block, following: Blocks, question: str) -> tuple[type[Card], dict[str, Any]]:
    """The kind of card that a list or a table gives under a question, and what it lists; nothing if it gives none."""
    if block.kind == "list":
        steps = tuple(flow(item.lead) for item in block.items)
        more = following[0].items if following and not following[0].ordered else []
        ordered = block.ordered and ORDER.search(question) and len(steps) > 1 and all(steps)
        return Order, {"items": steps, "extra": tuple(flow(item.lead) for item in more)} if ordered else {}
    if truths := _truths(block):
        return Statements, {"statements": truths}
    rows = [(row.cells[0], row.cells[1]) for row in block.rows[1:] if len(row.cells) == 2 and row.cells[1]]
    pairs = tuple(Pair(left, right) for left, right in rows if left)
    spare = tuple(right for left, right in rows if not left)
    return Match, {"pairs": pairs, "extra": spare} if MATCH.search(question) and len(pairs) > 1 else {}


def _truths(table: Block) -> tuple[Option, ...]:
    """The statements of a table `Statement | Yes/No | Why`; none if it is another table."""
    head, *rows = (row.cells for row in table.rows)
    if len(head) < 2 or not plain(head[0]).lower().startswith("statement"):
        return ()
    answers = [TRUTH.get(plain(cells[1]).lower().rstrip(".")) for cells in rows]
    if None in answers:
        return ()
    told = zip(rows, answers, strict=True)
    return tuple(Option(cells[0], bool(answer), "".join(cells[2:3])) for cells, answer in told)


def _question_table(found: Found, blocks: Blocks, at: int) -> int:
    """The cards of a table `Question | Answer`."""
    header, *rows = blocks[at].rows or [Row(0, [])]
    asks, answers, *_ = [*map(plain, header.cells), "", ""]
    if not (is_listed(asks, "question column") and is_listed(answers, "answer column")):
        return 0
    for line, (ask, answer, *more) in rows:
        if ask and answer:
            explain = "\n\n".join(filter(None, more))
            found.add(Basic, (line, line), unnumbered(ask), answer=answer, explain=explain)
        elif ask or answer or any(more):
            found.tell(line, "this row has no question or no answer: it makes no card")
    return 1


# Readers of texts


def _inner(found: Found, blocks: Blocks, at: int) -> int:
    """The questions in a quote, or in the bullets of a list."""
    block = blocks[at]
    if block.kind == "quote":
        return int(_read(found, block.items, TEXTS))
    return int(block.kind == "list" and sum(_bullet(found, item) for item in block.items) > 0)


def _bullet(found: Found, item: Block) -> bool:
    """The question of one bullet, or those in it and below it."""
    marks = [mark[0] for mark in MARK.findall(item.lead)]
    if marks in ([], ["Q"]) and item.lead:
        lead = item.items[0]
        ask, answer = _split(MARK.sub("", lead.text), alone=not item.rest)
        body = [*([replace(lead, text=answer)] if answer else []), *item.rest]
        if ask and asked(found, ask, body, item.first):
            use([item])
            return True
    return _read(found, item.items, TEXTS)


def _marked(found: Found, blocks: Blocks, at: int) -> int:
    """`Q: … A: …` and `C: … [gap] …`. Where a section is one question, Q and A may have several blocks each."""
    said, took = list[tuple[str, list[Block]]](), 0  # what stands behind each mark
    for block in blocks[at:]:
        lead, *parts = MARK.split(block.text) if block.kind == "paragraph" else [""]
        marked = bool(parts) and not lead
        if marked and (not said or parts[0][0] == "A"):
            line = block.first
            for mark, text in zip(parts[::2], parts[1::2], strict=True):
                last = line + text.strip("\n").count("\n")
                said.append((mark[0], [Block("paragraph", line, last, text.strip())]))
                line += text.count("\n")
        elif marked or not said or said[-1][0] == "C" or _explains(block):
            break
        elif found.whole or (said[-1][0] == "A" and _introduces(said[-1][1][-1], block)):
            said[-1][1].append(block)
        else:
            break
        took += 1
    before = len(found.questions)
    for (mark, ask), (behind, answer) in pairwise([*said, ("", [])]):
        if mark == "C":
            cloze(found, found.render(ask), BRACKETS, (ask[0].first, ask[0].last))
        elif mark == "Q" and behind == "A" and (text := found.render(answer)):
            found.add(Basic, (ask[0].first, answer[-1].last), found.render(ask), answer=text)
    if said and len(found.questions) == before:
        found.tell(blocks[at].first, "this question has no answer behind A: it makes no card")
    return took


def _introduces(lead: Block, block: Block) -> bool:
    """Does a block end what stands before it: a list, code or a table behind `A:` or a colon?"""
    return block.kind in ("list", "code", "table") and lead.text[-1:] in ("", ":")


def _apart(found: Found, blocks: Blocks, at: int) -> int:
    """A question mark alone on its line, between the question and its answer."""
    match, first, took = APART.search(blocks[at].text), blocks[at].first, 1
    if not match or blocks[at].kind != "paragraph":
        return 0
    ask, answer = flow(blocks[at].text[: match.start()]), flow(blocks[at].text[match.end() :])
    if not ask and at and blocks[at - 1].kind == "paragraph":
        ask, first = flow(blocks[at - 1].text), blocks[at - 1].first
        use(blocks[at - 1 : at])
    if not answer and blocks[at + 1 :]:
        answer, took = found.render(blocks[at + 1 : at + 2]), 2
    if ask and answer:
        _both_ways(found, (first, blocks[at + took - 1].last), ask, answer, match[1] == "??")
    return took if ask and answer else 0


def _pairs(found: Found, blocks: Blocks, at: int) -> int:
    """`term :: meaning` on each of its lines."""
    before, text = len(found.questions), blocks[at].text if blocks[at].kind == "paragraph" else ""
    for number, line in enumerate(text.split("\n"), blocks[at].first):
        if match := SPLIT.search(masked(line)) if "::" in line else None:
            ask, answer = flow(line[: match.start()]), flow(line[match.end() :])
            if ask and answer:
                _both_ways(found, (number, number), ask, answer, match[1] == ":::")
    return len(found.questions) > before


def _both_ways(found: Found, lines: Lines, ask: str, answer: str, both: bool) -> None:
    """A card, and with `both` the same the other way round."""
    quote = plain(ask)
    found.add(Basic, lines, unnumbered(ask), quote=quote, answer=answer)
    if both:
        found.add(Basic, lines, answer, quote=quote, answer=ask)


def _question(found: Found, blocks: Blocks, at: int) -> int:
    """A line that ends in `?`: its answer is on the next lines, or below it up to the next bold line."""
    block, below = blocks[at], blocks[at + 1 :]
    ask, rest = _split(block.text) if block.kind == "paragraph" else ("", "")
    if rest:
        below = [each for each in below[:1] if each.first == block.last + 1 and each.kind != "paragraph"]
    elif BOLD_LINE.match(block.text):
        below = list(takewhile(lambda each: not _is_bold(each), below))
    elif QUESTIONS.match(found.section.title) and not plain(below[0].lead if below else "").endswith("?"):
        below = below[:1]
    else:
        return 0
    body = [*([replace(block, text=rest)] if rest else []), *below]
    return 1 + len(below) if ask and asked(found, ask, body, block.first) else 0


def _split(text: str, alone: bool = False) -> tuple[str, str]:
    """A question on the first line of a text or in bold, and what follows it; `alone` its first sentence will do."""
    bold, (first, *more) = BOLD_LINE.match(text), sentences(flow(text)) or [""]
    ask, rest = (bold[1], bold[2]) if bold and plain(bold[1]).endswith("?") else text.partition("\n")[::2]
    if alone and not plain(ask).endswith("?") and "?" not in " ".join(more):
        ask, rest = first, " ".join(more)
    asks = plain(ask).endswith("?") and re.search(r"\w", ask)
    return (ask.strip(), rest.strip()) if asks else ("", "")


def _is_bold(block: Block) -> bool:
    """Is a block bold throughout, a bold question or a rule? It ends the question above."""
    match = BOLD_LINE.match(block.lead)
    return block.kind == "rule" or bool(match and (not match[2] or plain(match[1]).endswith("?")))


def _gaps(found: Found, blocks: Blocks, at: int) -> int:
    """`==gap==`, `{{gap}}` and `{{c1::gap::hint}}`."""
    block = blocks[at]
    marked = block.kind == "paragraph" and ("==" in block.text or "{{" in block.text)
    return int(marked and cloze(found, flow(block.text), GAPS, (block.first, block.last)))


Reader = Callable[[Found, Blocks, int], int]
"""Makes the cards of the block at a place and perhaps of those behind it; says how many blocks it used."""
STRUCTURE: tuple[Reader, ...] = (short_code, _question_table, _parts)
TEXTS: tuple[Reader, ...] = (_marked, _apart, _pairs, _question, _gaps, _inner)
