"""Facts from the structure of a note: headings, lists, tables and procedures, and the lines in them.

One small function for each construct. Whatever gives no good card gives none; what was read is kept, for coverage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dp100cards.notes.blocks import Block, Blocks, Note, Section
from dp100cards.notes.inline import bare, flow, plain, sentences
from dp100cards.notes.question import Found
from dp100cards.notes.questions import name_of
from dp100cards.notes.shapes import MARKS, PROCESS, item_head, split_term
from dp100cards.notes.terms import Fact, Facts, Spot, is_talk, is_today, unsaid
from dp100cards.notes.words import LISTS, Index, is_gerund, is_listed, is_name, is_plural

NUMBERING = re.compile(
    r"(?i)\A(?:\d{1,2}[.)](?=[A-Za-z])|\(?\d{1,3}(?:\.\d+)*(?:[.):](?!\w)|(?![\w.]))|[A-Z][.)]|[ivx]{1,4}[.)]"
    r"|(?:chapter|part|section|step|lesson|module|domain|unit|week|day|topic|lecture) \d+\s*[:.–-]?)\s*"
)
INTRODUCES = re.compile(
    r"(?i)\A(?:introduction to|overview of|about|more on|(?:basics|types|kinds) of"
    r"|(?:study |lecture )?notes (?:on|for))\s+"
)
THAT = re.compile(r"((?:an?|the) [\w -]{2,40}?),? (?:that|which) (\w+s .+)", re.IGNORECASE)
PAGE = re.compile(
    r"(?i)\A[\W\d_]+|\.(?:md|markdown)\Z|\b(?:study guide|cheat ?sheet|readme|notes?|summary|index)\b[ -]*"
)
"""What is no part of a page's name."""
EXAMPLE = re.compile(r"(?i)\bexample(?::|\Z)")
"""Headings over what is told as a story."""
ONLY_LINK = re.compile(r"\W*\[[^\]]*\]\([^)]*\)\W*")
MOST_ROWS = 40
MOST_WORDS = 15  # of one step
MOST_TERMS = 12  # only in so short a list each term is compared with each other


def read_facts(note: Note, found: Found) -> Facts:
    """All facts of a note. A bank of task-list questions has none, unless it is written in this program's language."""
    blocks = [each for section in note.sections for block in section.blocks for each in block.walk()]
    facts = Facts(Index(plain(block.text) for block in blocks if block.kind == "paragraph"))
    name = PAGE.sub("", re.sub("[_-]", " ", note.path.rpartition("/")[2])).strip()
    page = "" if re.search(r"\d", name) else concept_of(replace(note.sections[0], title=name, above=()))
    for section in () if _is_bank(note, found) else note.sections:
        titles = {plain(each.title).lower().strip(" .:!?") for each in (*section.above, section)}
        if titles & LISTS["skip"] or EXAMPLE.search(section.title):
            continue
        concept = concept_of(section)
        of = plain(section.title).split(" ")[0].lower() in LISTS["properties"]  # "Benefits of VLANs"
        parent = concept_of(section.above[-1]) if section.above else ""
        facts.heading = concept
        facts.topic = parent if parent not in ("", concept) else page
        own = concept not in ("", parent) and not of
        spot = Spot(section, (section.line, section.line), concept if own else "", concept)
        facts.abbreviations(spot, plain(section.title))
        _blocks(facts, spot, section.blocks, own)
    facts.facts[:] = [each for each in facts.facts if not _is_label(each, facts.labels)]
    return facts


def _is_bank(note: Note, found: Found) -> bool:
    """Is a note a bank of task-list questions: are there more of them than other sections?"""
    asked = {id(question.section) for question in found.questions}
    others = [
        each for each in note.sections if id(each) not in asked and not all(b.used for b in each.blocks)
    ]
    return found.tasks and not note.front.own and len(found.questions) > len(others)


def _is_label(fact: Fact, labels: Mapping[str, int]) -> bool:
    """Is what looks like a term only a label, for it stands in many places: "Fix: …", "Port: …"?"""
    named = re.match("an? ", fact.value, re.IGNORECASE) or re.search("[A-Z`]{2}|`", fact.about)
    often = labels[fact.about.lower()]
    return (fact.kind == "term" and often > 2 and not named) or (fact.kind == "riddle" and often > 1)


def concept_of(section: Section) -> str:
    """What a section is about: its heading if that is a noun, else the one above."""
    for each in (section, *reversed(section.above)):
        name = name_of(each.title) or NUMBERING.sub("", plain(each.title)).strip(" :.?!–—-")
        name = INTRODUCES.sub("", MARKS.sub("", name))
        verb = " " in name and is_gerund(name.split()[0])
        low = name.lower().split(" and ")[0]
        empty = LISTS["empty headings"] | LISTS["generic"]
        told = " ".join(word for word in re.findall(r"\w+", low) if word not in empty)
        kind = told in LISTS["properties"] | {""}
        if name and not kind and not verb and is_name(name):
            return name
    return ""


def _blocks(facts: Facts, spot: Spot, blocks: Blocks, first: bool) -> None:
    """Facts of blocks beside each other; `first`: may they begin with a definition?"""
    skip = False
    for n, block in enumerate(blocks):
        if skip or block.used:
            skip = False
            continue
        here = spot.at(block.first, block.last)
        named = here.of(spot.named)
        after = blocks[n + 1] if n + 1 < len(blocks) else block
        match block.kind:
            case "paragraph" if is_today(after):
                facts.today(named, after, plain(block.text))
                skip = True
            case "paragraph" if after.kind == "list" and plain(block.text).endswith(":"):
                if skip := not after.used:
                    _lead(facts, named.at(block.first, after.last), bare(block.text), after)
                    _list(facts, named, after)
            case "paragraph":
                _paragraph(facts, here, block, first)
            case "list":
                if not _steps(facts, named, block):
                    _list(facts, named, block)
            case "table":
                _table(facts, named, block)
            case "quote" if not is_today(block):
                _blocks(facts, spot, block.items, False)
        first = False


def _paragraph(facts: Facts, spot: Spot, block: Block, first: bool) -> None:
    lines = block.text.split("\n") if "\n" in block.text else []
    starts = [n for n, line in enumerate(lines) if split_term(flow(line))]
    if len(starts) < len(lines):
        starts = [n for n in starts if lines[n].startswith(("**", "__"))]
    if len(starts) > 1 and starts[0] == 0:  # a term a line, without blank lines between them
        for n, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            here = spot.at(block.first + n, block.first + end - 1)
            part = replace(block, text="\n".join(lines[n:end]), first=block.first + n)
            _paragraph(facts, here, part, False)
        return
    raw = flow(block.text)
    spot, text = spot._replace(raw=raw), bare(raw)
    linked = len(raw) < 300 and ONLY_LINK.fullmatch(raw)
    if linked or raw.startswith(("![", "<")) or not 0 < len(text) <= 6000 or facts.is_common(spot, text):
        return
    term = split_term(raw)
    if term and (raw.startswith(("**", "__")) or not first):
        facts.term(spot.of(spot.named), *term, text)
        return
    said = sentences(text)
    if first and spot.about and said and facts.definition(spot, spot.about, said[0], "definition"):
        facts.said.append((spot.lines, said.pop(0)))
    facts.sentences(spot, said, block.text)


def _lead(facts: Facts, spot: Spot, text: str, listing: Block) -> None:
    """A sentence that ends in a colon, and the list that it introduces."""
    facts.said.append((spot.lines, text))
    names = [item_head(bare(item.lead)) for item in listing.items]
    process = PROCESS.match(text) or PROCESS.match(spot.section.title)
    if is_talk(text) or not all(names):
        return
    if listing.ordered and len(names) >= 3 and process:
        steps = unsaid([bare(item.lead) for item in listing.items])
        facts.keep(spot, text, "order", items=steps, subject=text.rstrip(" :"), lead="1")
    else:
        facts.list_fact(spot, sentences(text)[-1], names, spot.about)


def _steps(facts: Facts, spot: Spot, block: Block) -> bool:
    """A numbered list under a heading that speaks of steps or an order."""
    title = MARKS.sub("", NUMBERING.sub("", plain(spot.section.title))).rstrip(" :")
    steps = [bare(item.lead).rstrip(".;,") for item in block.items]
    fits = all(step and len(step.split()) <= MOST_WORDS for step in steps)
    if block.ordered and len(steps) >= 3 and fits and PROCESS.match(title):
        name = title if " " in title or not spot.concept else f"{title} of {spot.concept}"
        facts.keep(spot.at(spot.section.line, block.last), title, "order", items=unsaid(steps), subject=name)
        return not any(split_term(item.lead) or item.rest for item in block.items)
    return False


def _list(facts: Facts, spot: Spot, block: Block, of_item: bool = False) -> None:
    """The facts of a list; `of_item`: does it tell of the name that its item is?"""
    items = [item for item in block.items if item.lead and not item.used]
    links = sum(bool(ONLY_LINK.fullmatch(item.lead)) for item in items)
    if not items or block.is_tasks or links * 2 > len(items):
        return
    names = [term[0] for item in items if (term := split_term(flow(item.lead)))]
    count = sum(name[:1].isdigit() or is_name(name) for name in names)
    listed = "glossary" if count >= 2 and 5 * count >= 3 * len(items) else "some"
    spot = spot._replace(listed=listed)
    terms = [pair for item in items if (pair := _item(facts, spot, item))]
    told = [flow(item.lead) for item in items if not item.rest and not split_term(flow(item.lead))]
    if of_item or spot.about == spot.concept:
        first = spot.lines[0] if of_item else spot.section.line
        facts.remarks(spot.at(first, block.last), [bare(each).rstrip(".;") for each in told], of_item)
    terms = [pair for pair in terms if pair[0].lower() not in facts.steps]
    if len(terms) >= 3 and len(items) <= MOST_TERMS:
        quote = " / ".join(name for name, _ in terms)
        facts.keep(spot.at(block.first, block.last), quote, "terms", items=terms)


def _item(facts: Facts, spot: Spot, item: Block) -> tuple[str, str] | None:
    """The facts of one list item; its name and definition, if it is a term."""
    raw, rest = flow(item.lead), item.rest
    text, term = bare(raw), split_term(raw)
    if rest and is_today(rest[-1]):
        facts.today(spot.of(term[0] if term else spot.about), rest[-1], text)
        return None
    spot = spot._replace(lines=(item.items[0].first, item.items[0].last), raw=raw)
    if facts.is_common(spot, text):
        return None
    pair, name = None, ""
    if term:
        pair = facts.term(spot, *term, text)
        name = spot.about if term[0].lower() in LISTS["generic"] else term[0]
    elif rest:
        facts.said.append((spot.lines, text))
        name = text.rstrip(" :") if is_name(text.rstrip(" :")) else ""
    else:
        before, that = len(facts.facts), THAT.match(text)
        facts.sentences(spot.of(""), sentences(text))
        if that and len(facts.facts) == before:
            facts.sentence(spot.of(""), f"{that[1]} {that[2]}")
    inner = spot._replace(about=name or spot.about, concept=name or spot.concept, raw="")
    for n, block in enumerate(rest):
        if n or block.kind != "list":
            _blocks(facts, inner, [block], False)
            continue
        names = [item_head(bare(each.lead)) for each in block.items]
        here = inner.at(item.first, block.last)
        if term and term[1].endswith(":"):
            facts.list_fact(here, sentences(term[1])[-1], names, name)
        elif text.endswith(":") or (name and is_plural(name) and not (term and term[1])):
            facts.list_fact(here, text.rstrip(":") + ":", names, spot.about)
        _list(facts, inner, block, bool(name) and not term and name.lower() not in LISTS["properties"])
    return pair


def _table(facts: Facts, spot: Spot, block: Block) -> None:
    """The cells and columns of a table whose first column names things."""
    header = [plain(cell) for cell in block.rows[0].cells]
    rows = [(row.line, [bare(cell) for cell in row.cells]) for row in block.rows[1:]]
    facts.said += [((line, line), " | ".join(cells)) for line, cells in rows]
    if len(header) == 2 and is_listed(header[0], "date column"):
        for line, (when, what) in rows if all(re.search(r"\d", cells[0]) for _, cells in rows) else ():
            event = re.split(r"[:;]\s", what)[0].strip(" .")
            facts.keep(spot.at(line, line), f"{when} | {what}", "date", event, subject=event, value=when)
        return
    listed = sum(is_listed(cells[0], "aspects") for _, cells in rows)
    aspects = not header[0] or is_listed(header[0], "aspect column") or 3 * listed > len(rows)
    # "Local Terraform | Terraform Cloud", "IaaS | PaaS": the header names things, not what they have.
    words = [set(head.lower().split()) for head in header[1:]]
    alike = len(words) > 1 and (
        set.intersection(*words) or all(re.search(r"\S[A-Z]", head) for head in header[1:])
    )
    facets = LISTS["meaning columns"] | LISTS["use columns"] | LISTS["weak columns"] | LISTS["properties"]
    turned = aspects and len(header) > 2 and facets.isdisjoint(map(str.lower, header[1:]))
    if alike and not aspects:
        return
    lines = [line for line, _ in rows]
    if turned:
        # The things stand in the header: turn the table over.
        things = [facts.index.with_article(name) for name in header[1:]]
        header = ["item", *(cells[0] for _, cells in rows)]
        rows = [(block.first, [thing, *(cells[n] for _, cells in rows)]) for n, thing in enumerate(things, 1)]
    names, thing = [cells[0] for _, cells in rows], header[0]
    things_named = all(name and len(name.split()) <= 6 and re.search("[A-Za-z]", name) for name in names)
    phrases = sum(" " in name and not is_name(name.split(" (")[0]) for name in names)
    unique = len(set(names)) == len(rows) > 1 and thing.lower().strip(" .#") not in LISTS["no thing"] | {""}
    against = {cell.lower() for cell in header[1:]} & {name.lower() for name in names}
    unnamed = not things_named or re.fullmatch(r"[A-Z]?[a-z]+_?(?:[Ii][Dd]|[Nn]ame)", thing)
    beside = len(header) == 2 and thing.isupper() and header[1].isupper()
    if unnamed or not unique or against or beside or (phrases * 3 > len(names) and not turned):
        return  # also things against things, and two lists side by side
    for column, head in enumerate(header[1:], 1):
        items = [(cells[0], cells[column]) for _, cells in rows[:MOST_ROWS]]
        shared = {"header": head, "thing": thing}
        facts.keep(spot, f"{thing} | {head}", "column", items=items, **shared)
        for n, (line, cells) in enumerate(rows):
            if "," in re.sub(r"\(.*?\)", "", cells[0]):
                continue  # told, not named
            at, name, value = lines[column - 1] if turned else line, cells[0], cells[column]
            parts = {"subject": name, "value": value, "row": str(n), **shared}
            if value:
                facts.keep(spot.at(at, at), f"{name} | {value}", "cell", name, items, **parts)
