"""The explicit questions of a note: each gives exactly the card that a person meant, whatever is around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.cards import Basic, Match, Option, Order, Pair, Scenario, Statements
from dp100cards.notes.answers import asked, is_question, item_questions, paragraph
from dp100cards.notes.blanks import short_code
from dp100cards.notes.blocks import Block, Note, Section
from dp100cards.notes.cited import citation_of, take_citations
from dp100cards.notes.hidden import lettered, series
from dp100cards.notes.inline import flow, is_label, plain, unnumbered
from dp100cards.notes.options import has_tasks, opened, stem_of
from dp100cards.notes.question import EXPLANATION, SOURCE, Found, render
from dp100cards.notes.quizzes import task_questions
from dp100cards.notes.words import LISTS

CASE = re.compile(r"(case study|series)\b\s*\d*\s*[:–—-]\s*(.*)", re.IGNORECASE)
EXPLAINS = re.compile(
    r"(?:answer )?(?:explanation|rationale|references?|sources?|answer key notes)s?\W*\Z", re.IGNORECASE
)
ORDER = re.compile(
    r"\b(?:put|arrange|sort|bring)\b.*\b(?:in|into)\b.{0,30}\b(?:order|sequence)\b(?! to\b)"
    r"|\b(?:which|what|correct|right)\b.{0,20}\b(?:order|sequence)\b(?! to\b).*[?:.!]",
    re.IGNORECASE | re.DOTALL,
)
MATCH = re.compile(r"(?:^|[.!?:]\s+)match\b|\bmatch (?:each|every|the|these)\b", re.IGNORECASE)
WHAT_IS = re.compile(r"what(?:'s|’s| is| are)\s+((?:an?\s+)?(?!the\b|an?\b)\S.*?)\s*\??\Z", re.IGNORECASE)
NO_NAME = LISTS["no name in"]
TABLE_ASK = re.compile(r"(?:questions?|q|front|prompt|ask|question text)\W*\Z", re.IGNORECASE)
TABLE_ANSWER = re.compile(r"(?:(?:short )?answers?|a|back|response|solution)\W*\Z", re.IGNORECASE)
TRUTH = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False, "t": True, "f": False}


def explicit_questions(note: Note, *, loose: bool = False) -> Found:
    """All explicit questions of a note, in its order. With `loose` a quoted source need not name its note."""
    citations = take_citations(note, loose=loose)
    found = Found(note, cited={id(each.section) for each in citations})
    _explicit(found, note)
    for question in found.questions if citations else ():
        first = question.lines[0]
        others = (each.lines[0] for each in found.questions if each.section is question.section)
        following = min((line for line in others if line > first), default=1 << 30)
        if cited := citation_of(citations, question.section, first, following):
            question.card, question.cited = replace(question.card, source=cited.source), True
    return found


def _explicit(found: Found, note: Note) -> None:
    if note.front.question:
        section = note.sections[0]
        blocks = [block for each in note.sections for block in each.blocks]
        found.use(blocks)
        if has_tasks(blocks):
            task_questions(found, section, opened(blocks), note.front.question)
        elif blocks:
            asked(found, section, note.front.question, blocks, section.line)
        return
    told: set[int] = set()
    for section in note.sections:
        if id(section) not in told:
            _section(found, section, told)
    sure = [question for question in found.questions if not question.loose]
    if found.tasks and not note.front.own and len(sure) > 4 * (len(found.questions) - len(sure)):
        found.questions = sure


def ask_of_headings(found: Found, told: set[tuple[str, ...]]) -> None:
    """Ask each heading "What is X?" with what is below it, unless its section has given a card as a term."""
    for section in found.note.sections:
        if section.title.endswith("?") and name_of(section.title) and section.headings not in told:
            asked(found, section, section.title, opened(section.blocks), section.line)


def name_of(title: str) -> str:
    """X of a heading "What is X"; empty for any other question: those are asked as they are written."""
    match = WHAT_IS.match(plain(title))
    words = {word.lower().strip(",") for word in match[1].split()} if match else NO_NAME
    return match[1] if match and len(words) <= 6 and not NO_NAME & words else ""


def _section(found: Found, section: Section, told: set[int]) -> None:
    title, blocks = section.title, opened(section.blocks)
    if match := CASE.match(title):
        if match[1].lower() == "series" and series(found, section, plain(match[2])):
            told.update(map(id, section.below))
            for each in (section, *section.below):
                found.use(each.blocks)
            return
        if not has_tasks(blocks):
            name = plain(match[2])
            slug = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "case-study"
            text = f"**{name}**\n\n{render(found.note, section.blocks)}"
            found.scenarios[id(section)] = Scenario(slug, text)
            found.use(section.blocks)
            return
    if EXPLAINS.match(title) and found.tasks and _explains_last(found, section):
        return
    if has_tasks(blocks):
        before = len(found.questions), len(found.unused), len(found.note.problems)
        task_questions(found, section, blocks, title)
        if before != (len(found.questions), len(found.unused), len(found.note.problems)):
            found.use(section.blocks)
        return
    used = lettered(found, section, blocks, title)
    found.use([blocks[n] for n in used])
    whole = is_label(title) or section.given.level == "exam"
    named = name_of(title) and id(section) not in found.cited
    at = since = 0
    if title.endswith("?") and not used and not named and not _structured(blocks, title):
        at = next((n for n, block in enumerate(blocks) if n and is_question(block)), len(blocks))
        if not asked(found, section, title, blocks[:at], section.line):
            return
        found.use(blocks[:at])
    while at < len(blocks):
        took = 0 if id(blocks[at]) in found.used else _block(found, section, blocks, at, since, title, whole)
        found.use(blocks[at : at + took])
        at += took or 1
        since = at if took else since


def _explains_last(found: Found, section: Section) -> bool:
    """An explanation under a heading of its own goes to the question above."""
    last = found.questions[-1] if found.questions else None
    before = found.note.sections[found.note.sections.index(section) - 1]
    if not last or not (last.section in section.above or last.section is before):
        return False
    text = render(found.note, section.blocks)
    last.card = replace(last.card, explain="\n\n".join(part for part in (last.card.explain, text) if part))
    found.use(section.blocks)
    return True


def _structured(blocks: Sequence[Block], title: str) -> bool:
    """Is the question of a heading answered by something to put in order, to match or to judge?"""
    for block in blocks:
        if block.kind == "code" and "gaps" in block.info.split():
            return True
        if block.kind == "table":
            return bool(_truths(block) or MATCH.search(title) or _is_question_table(block))
        if block.kind == "list":
            return block.ordered and bool(ORDER.search(title))
    return False


def _block(
    found: Found, section: Section, blocks: Sequence[Block], at: int, since: int, title: str, whole: bool
) -> int:
    """Make the cards of the block at a place; how many blocks were used."""
    block = blocks[at]
    match block.kind:
        case "code" if "gaps" in block.info.split():
            short_code(found, section, blocks, at, title if whole or at == 0 else "")
            return 1
        case "table" | "list":
            if block.kind == "table" and _is_question_table(block):
                return _question_table(found, section, block)
            if took := _parts(found, section, blocks, at, since, title, whole):
                return took
            return sum(item_questions(found, section, item) for item in block.items) and 1
        case "paragraph":
            return paragraph(found, section, blocks, at, title)
        case "quote":
            return paragraph(found, section, block.items, 0, title) if block.items else 0
    return 0


def _parts(
    found: Found, section: Section, blocks: Sequence[Block], at: int, since: int, title: str, whole: bool
) -> int:
    """A question that asks for an order, for pairs or for yes and no; how many blocks from its list or table on."""
    block, before = blocks[at], [each for each in blocks[since:at] if id(each) not in found.used]
    stem = before if whole or not before else before[-1:]
    paragraphs = [each for each in stem if each.kind == "paragraph"]
    ask = stem_of(found, stem, title if whole or not paragraphs else "")
    question = plain(ask)
    after = list(blocks[at + 1 :]) if whole else _explanation(blocks, at + 1)
    first = stem[0].first if stem and not is_label(title) else section.line
    lines = (first, block.last)
    if block.kind == "list":
        steps = [flow(item.lead) for item in block.items]
        if not block.ordered or not ORDER.search(question) or len(steps) < 2 or not all(steps):
            return 0
        more = blocks[at + 1] if at + 1 < len(blocks) else block
        extra = [flow(item.lead) for item in more.items] if more.kind == "list" and not more.ordered else []
        if extra:
            after = list(blocks[at + 2 :]) if whole else _explanation(blocks, at + 2)
        found.add(Order, section, lines, ask, items=tuple(steps), extra=tuple(extra), after=after)
        took = 1 + bool(extra) + len(after)
    elif truths := _truths(block):
        ask = ask or "Is each statement true?"
        found.add(Statements, section, lines, ask, statements=truths, after=after)
        took = 1 + len(after)
    elif MATCH.search(question) and len(block.rows[0].cells) == 2:
        rows = [row.cells for row in block.rows[1:] if len(row.cells) == 2 and row.cells[1]]
        pairs = tuple(Pair(left, right) for left, right in rows if left)
        if len(pairs) < 2:
            return 0
        spare = tuple(right for left, right in rows if not left)
        found.add(Match, section, lines, ask, pairs=pairs, extra=spare, after=after)
        took = 1 + len(after)
    else:
        return 0
    found.use(stem)
    return took


def _explanation(blocks: Sequence[Block], at: int) -> list[Block]:
    found = []
    while at < len(blocks) and (EXPLANATION.match(blocks[at].lead) or SOURCE.match(blocks[at].lead)):
        found.append(blocks[at])
        at += 1
    return found


def _truths(table: Block) -> tuple[Option, ...]:
    """The statements of a table `Statement | Yes/No | Why`; none if it is another table."""
    head = [plain(cell).lower() for cell in table.rows[0].cells]
    if len(head) < 2 or not head[0].startswith("statement"):
        return ()
    answers = [TRUTH.get(plain(row.cells[1]).lower().rstrip(".")) for row in table.rows[1:]]
    if not answers or None in answers:
        return ()
    return tuple(
        Option(row.cells[0], bool(answer), row.cells[2] if len(row.cells) > 2 else "")
        for row, answer in zip(table.rows[1:], answers, strict=True)
    )


def _is_question_table(table: Block) -> bool:
    head = [plain(cell) for cell in table.rows[0].cells]
    return len(head) > 1 and bool(TABLE_ASK.match(head[0]) and TABLE_ANSWER.match(head[1]))


def _question_table(found: Found, section: Section, table: Block) -> int:
    for row in table.rows[1:]:
        if len(row.cells) > 1 and row.cells[0] and row.cells[1]:
            more = "\n\n".join(cell for cell in row.cells[2:] if cell)
            ask, answer = unnumbered(row.cells[0]), row.cells[1]
            found.add(Basic, section, (row.line, row.line), ask, answer=answer, explain=more)
        elif any(row.cells):
            found.tell(row.line, "this row has no question or no answer: it makes no card")
    return 1
