"""The explicit questions of a note: each gives exactly the card that a person meant, whatever is around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.cards import Basic, Cloze, Match, Option, Order, Pair, Scenario, Statements
from dp100cards.notes.blocks import Block, Note, Section
from dp100cards.notes.inline import HIGHLIGHT, flow, is_label, masked, plain, sentences, unnumbered
from dp100cards.notes.question import EXPLANATION, SOURCE, Found, render
from dp100cards.notes.quizzes import has_tasks, lettered, opened, series, short_code, stem_of, task_questions

CASE = re.compile(r"(case study|series)\b\s*\d*\s*[:–—-]\s*(.*)", re.IGNORECASE)
EXPLAINS = re.compile(
    r"(?:answer )?(?:explanation|rationale|references?|sources?|answer key notes)s?\W*\Z", re.IGNORECASE
)
QUESTIONS = re.compile(
    r".*\b(?:questions?|faqs?|q ?& ?a|self[- ]?(?:check|test)|quiz(?:zes)?|flash ?cards?)\W*\Z", re.IGNORECASE
)
ORDER = re.compile(
    r"\b(?:put|arrange|sort|bring)\b.*\b(?:in|into)\b.{0,30}\b(?:order|sequence)\b(?! to\b)"
    r"|\b(?:which|what|correct|right)\b.{0,20}\b(?:order|sequence)\b(?! to\b).*[?:.!]",
    re.IGNORECASE | re.DOTALL,
)
MATCH = re.compile(r"(?:^|[.!?:]\s+)match\b|\bmatch (?:each|every|the|these)\b", re.IGNORECASE)
MARK = re.compile(
    r"(?:^|(?<=\n)|(?<=\s)(?=\*\*))(?:\*\*|__)?(Q|A|C|Question|Answer)\s?\d*(?:\*\*|__)?\s?[:.](?:\*\*|__)?(?:[ \t]+|(?=\n)|\Z)"
)
SPLIT = re.compile(r"\s(:::?)\s")
BOLD_LINE = re.compile(r"(?:\*\*|__)([^*\n]+?)(?:\*\*|__)[:.]?\s*(.*)\Z", re.DOTALL)
BRACES = re.compile(
    r"(?<![${])\{\{(?![\s#%<>/{!^&=])(?:c(\d{1,3})::)?([^{}\n]{1,300}?)(?:::([^{}\n:]{1,100}))?(?<!\s)\}\}(?!\})"
)
BRACKET = re.compile(r"\[([^\[\]\n]{1,200})\](?![(\[:])")
WHAT_IS = re.compile(r"what(?:'s|’s| is| are)\s+((?:an?\s+)?(?!the\b|an?\b)\S.*?)\s*\??\Z", re.IGNORECASE)
NO_NAME = frozenset(
    "used for by between called meant happening going it this that these those there they you we your our wrong next new "
    "needed with when if to so about in of stored done made how why some".split()
)
DEPENDENT = re.compile(r"\b(?:it|its|they|their|them|this|that|these|those|he|she)\b", re.IGNORECASE)
TABLE_ASK = re.compile(r"(?:questions?|q|front|prompt|ask|question text)\W*\Z", re.IGNORECASE)
TABLE_ANSWER = re.compile(r"(?:(?:short )?answers?|a|back|response|solution)\W*\Z", re.IGNORECASE)
TRUTH = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False, "t": True, "f": False}
LONGEST_LIST = 7


def explicit_questions(note: Note) -> Found:
    """All explicit questions of a note, in its order."""
    found = Found(note)
    if note.front.question:
        section = note.sections[0]
        blocks = [block for each in note.sections for block in each.blocks]
        found.use(blocks)
        if has_tasks(blocks):
            task_questions(found, section, opened(blocks), note.front.question)
        elif blocks:
            _asked(found, section, note.front.question, blocks, section.line)
        return found
    told: set[int] = set()
    for section in note.sections:
        if id(section) not in told:
            _section(found, section, told)
    return found


def name_of(title: str) -> str:
    """X of a heading "What is X"; empty for any other question: those are asked as they are written."""
    match = WHAT_IS.match(plain(title))
    words = match[1].split() if match else []
    return (
        match[1]
        if match and len(words) <= 6 and not NO_NAME & {word.lower().strip(",") for word in words}
        else ""
    )


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
            found.scenarios[id(section)] = Scenario(
                slug, f"**{name}**\n\n{render(found.note, section.blocks)}"
            )
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
    if title.endswith("?") and not used and not name_of(title) and not _structured(blocks, title):
        if _asked(found, section, title, blocks, section.line):
            found.use(section.blocks)
        return
    at = since = 0
    while at < len(blocks):
        took = 0 if id(blocks[at]) in found.used else _block(found, section, blocks, at, since, title, whole)
        found.use(blocks[at : at + took])
        at += took or 1
        since = at if took else since


def _explains_last(found: Found, section: Section) -> bool:
    """An explanation under a heading of its own goes to the question above."""
    last = found.questions[-1] if found.questions else None
    if not last or not (
        last.section in section.above
        or last.section is found.note.sections[found.note.sections.index(section) - 1]
    ):
        return False
    text = render(found.note, section.blocks)
    last.card = replace(last.card, explain="\n\n".join(part for part in (last.card.explain, text) if part))
    found.use(section.blocks)
    return True


def _structured(blocks: Sequence[Block], title: str) -> bool:
    """Is the question of a heading answered by something to put in order, to match or to judge?"""
    for block in blocks:
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
            return sum(_item(found, section, item) for item in block.items) and 1
        case "paragraph":
            return _paragraph(found, section, blocks, at, title)
        case "quote":
            return _paragraph(found, section, block.items, 0, title) if block.items else 0
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
    lines = (
        stem[0].first if stem and not is_label(title) else section.line if whole or not stem else block.first,
        block.last,
    )
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
        found.add(
            Statements, section, lines, ask or "Is each statement true?", statements=truths, after=after
        )
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
    if (
        len(head) < 2
        or not head[0].startswith("statement")
        or not all(len(row.cells) >= 2 for row in table.rows)
    ):
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


def _asked(found: Found, section: Section, title: str, blocks: Sequence[Block], line: int) -> bool:
    """A question and what is under it: the first sentence or a short list is the answer, the rest explains."""
    blocks = [block for block in blocks if block.kind != "rule"]
    ask = unnumbered(title)
    words = plain(ask).split()
    above = section.headings[:-1] if title == section.title else section.headings
    if above and (len(words) <= 2 or (len(words) <= 5 and DEPENDENT.search(ask))):
        ask = f"{above[-1]}: {ask[0].lower()}{ask[1:]}"
    if not blocks:
        names = [plain(each.title) for each in section.below]
        if (
            title != section.title
            or not 2 <= len(names) <= LONGEST_LIST
            or any(name.endswith("?") for name in names)
        ):
            return False
        found.add(Basic, section, (line, section.below[-1].line), ask, answer=listed(names))
        return True
    answer, after = _answer(found, blocks)
    if not answer:
        return False
    found.add(Basic, section, (line, blocks[0].last), ask, answer=answer, after=after)
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
    return (
        ", ".join(items[:-1]) + (", and " if any(" and " in item for item in items) else " and ") + items[-1]
    )


def _paragraph(found: Found, section: Section, blocks: Sequence[Block], at: int, title: str) -> int:
    block = blocks[at]
    text, line = block.text, block.first
    if block.kind != "paragraph":
        return 0
    following = list(blocks[at + 1 : at + 2])
    close = (
        following
        if following and following[0].first == block.last + 1 and following[0].kind != "paragraph"
        else []
    )
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
    if bold := BOLD_LINE.match(text):
        if plain(bold[1]).endswith("?"):
            answer = [replace(block, text=bold[2])] if bold[2].strip() else []
            end = at + 1
            while end < len(blocks) and not answer and not _starts_bold(blocks[end]):
                end += 1
            body = answer or [each for each in blocks[at + 1 : end] if each.kind != "rule"]
            return (end - at) * _asked(found, section, bold[1].strip(), body, line) if body else 0
    if len(lines) > 1 and plain(lines[0]).endswith("?"):
        body = [replace(block, text="\n".join(lines[1:])), *close]
        return (1 + len(close)) * _asked(found, section, lines[0].strip(), body, line)
    if plain(text).endswith("?") and len(sentences(flow(text))) == 1 and QUESTIONS.match(title) and following:
        if not plain(following[0].lead).endswith("?"):
            return 2 * _asked(found, section, flow(text), following, line)
    return _gaps(found, section, block)


def _starts_bold(block: Block) -> bool:
    match = BOLD_LINE.match(block.text) if block.kind == "paragraph" else None
    return block.kind == "rule" or bool(match and (not match[2].strip() or plain(match[1]).endswith("?")))


def _item(found: Found, section: Section, item: Block) -> int:
    """The questions in one bullet, and in the bullets below it."""
    if not item.items or item.items[0].kind != "paragraph":
        return sum(_item(found, section, each) for block in item.items for each in block.items)
    text = item.items[0].text
    lines = text.split("\n")
    bold = BOLD_LINE.match(text)
    if bold and plain(bold[1]).endswith("?"):
        lines = [bold[1], *bold[2].split("\n")] if bold[2].strip() else [bold[1]]
    if plain(lines[0]).endswith("?") and not MARK.match(text):
        body = [replace(item.items[0], text="\n".join(lines[1:]))] if lines[1:] else []
        body += item.rest
        if body and _asked(found, section, lines[0].strip(), body, item.first):
            found.use([item])
            return 1
    said = sentences(flow(text))
    if (
        not item.rest
        and len(said) > 1
        and plain(said[0]).endswith("?")
        and not any("?" in each for each in said[1:])
    ):
        body = [replace(item.items[0], text=" ".join(said[1:]))]
        if _asked(found, section, said[0], body, item.first):
            found.use([item])
            return 1
    made = _paragraph(found, section, item.items, 0, section.title)
    if made:
        found.use(item.items[:made])
    below = sum(_item(found, section, each) for block in item.rest for each in block.items)
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
    for n, (mark, said) in enumerate(parts):
        line = block.first + text[: marks[n].start()].count("\n")
        if mark == "Q":
            ask, start = flow(said), line
        elif mark == "C":
            made += _brackets(found, section, said, line)
        elif ask:
            answer = flow(said)
            following = blocks[at + took] if at + took < len(blocks) else block
            if (
                n == len(parts) - 1
                and following.kind in ("list", "code", "table")
                and (not answer or answer.endswith(":"))
            ):
                answer = "\n\n".join(part for part in (answer, render(found.note, [following])) if part)
                took += 1
            if answer:
                found.add(Basic, section, (start, max(line, blocks[at + took - 1].first)), ask, answer=answer)
                made += 1
            ask = ""
    if not made:
        found.tell(block.first, "this question has no answer behind A: it makes no card")
    return took


def _brackets(found: Found, section: Section, said: str, line: int) -> int:
    text = flow(said)
    spans = [
        (match.start(), match.end(), match[1], str(n), "")
        for n, match in enumerate(BRACKET.finditer(masked(text)))
    ]
    spans = [(start, end, text[start + 1 : end - 1], number, hint) for start, end, _, number, hint in spans]
    return _cloze(found, section, text, spans, (line, line + said.count("\n")))


def _gaps(found: Found, section: Section, block: Block) -> int:
    """`==gap==`, `{{gap}}` and `{{c1::gap::hint}}`."""
    if "==" not in block.text and "{{" not in block.text:
        return 0
    text = flow(block.text)
    hidden, spans = masked(text), []
    for n, match in enumerate(HIGHLIGHT.finditer(hidden)):
        spans.append((match.start(), match.end(), text[match.start(1) : match.end(1)], f"h{n}", ""))
    for n, match in enumerate(BRACES.finditer(hidden)):
        inner = text[match.start(2) : match.end(2)]
        spans.append(
            (match.start(), match.end(), inner, f"c{match[1]}" if match[1] else f"b{n}", match[3] or "")
        )
    return _cloze(found, section, text, sorted(spans), (block.first, block.last))


def _cloze(
    found: Found,
    section: Section,
    text: str,
    spans: Sequence[tuple[int, int, str, str, str]],
    lines: tuple[int, int],
) -> int:
    """One card for each gap; gaps of one number are hidden together."""
    if not spans:
        return 0
    quote, made = plain(_shown(text, spans, "")), 0
    for number in dict.fromkeys(span[3] for span in spans):
        shown = _shown(text, spans, number)
        if not number.startswith("c"):
            sentence = next((each for each in sentences(shown) if "{{" in each and "}}" in each), shown)
            visible = re.sub(r"\{\{.*?\}\}", "", sentence)
            shown = sentence if len(visible.split()) >= 4 else shown
        if re.sub(r"\{\{.*?\}\}|\W", "", shown):
            found.add(Cloze, section, lines, shown, quote=quote)
            made = 1
    return made


def _shown(text: str, spans: Sequence[tuple[int, int, str, str, str]], number: str) -> str:
    pieces, end = [], 0
    for start, stop, inner, name, hint in spans:
        if start < end:
            continue
        gap = f"{{{{{inner}}}}}" + (f" ({hint})" if hint else "")
        pieces += [text[end:start], gap if name == number else inner]
        end = stop
    return "".join([*pieces, text[end:]])
