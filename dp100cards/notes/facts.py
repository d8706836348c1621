"""Facts from the structure of a note: headings, terms, lists, tables, procedures, contrasts, short sentences.

One small function for each construct. Whatever gives no good card gives none; what was read is kept, for coverage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.notes.blocks import Block, Note, Section
from dp100cards.notes.fact import MARKS, NUMBERING, Facts, Spot, concept_of
from dp100cards.notes.inline import bare, flow, plain, sentences
from dp100cards.notes.lists import (
    item_head,
    split_term,
)
from dp100cards.notes.question import Found
from dp100cards.notes.sentences import Parts
from dp100cards.notes.tables import table_facts
from dp100cards.notes.terms import (
    abbreviation_facts,
    common_facts,
    definition_fact,
    is_today,
    sentence_fact,
    sentence_facts,
    term_facts,
    today_facts,
)
from dp100cards.notes.words import (
    LISTS,
    VERBS,
    Index,
    is_name,
    is_plural,
)

REMARK = re.compile(
    r"(?:OBS\s?\d*|N\.?B|Note|Tip|Important|Remember|Info|Hint|Attention)\s*[:.]\s*", re.IGNORECASE
)
PROCESS = re.compile(
    r"\b(?:steps?|process|procedure|how to|stages?|phases?|sequence|order|life ?cycle|workflow|pipeline|algorithm)\b",
    re.IGNORECASE,
)
NO_PROCESS = re.compile(r"\b(?:ways|types|kinds|options|rules|principles)\b", re.IGNORECASE)
THAT = re.compile(r"((?:an?|the) [\w -]{2,40}?),? (?:that|which) (\w+s) (.+)", re.IGNORECASE)


MOST_ITEMS = 7
MOST_TERMS = 12
"""Only in so short a list each term is compared with each other."""


def read_facts(note: Note, found: Found) -> Facts:
    """All facts of a note. A bank of task-list questions has none, unless it is written in this program's language."""
    facts = Facts(Index([]), set())
    if found.tasks and not note.front.own:
        return facts
    blocks = [each for section in note.sections for block in section.blocks for each in block.walk()]
    facts.index = Index(plain(block.text) for block in blocks if block.kind == "paragraph")
    for section in note.sections:
        titles = {plain(each.title).lower().strip(" .:!?") for each in (*section.above, section)}
        if not titles & LISTS["skip"]:
            _section(facts, section)
    return facts


def _section(facts: Facts, section: Section) -> None:
    concept = concept_of(section)
    own = bool(concept) and not (section.above and concept == concept_of(section.above[-1]))
    spot = Spot(section, (section.line, section.line), concept if own else "", concept)
    abbreviation_facts(facts, spot, plain(section.title))
    _blocks(facts, spot, section.blocks, own)


def _blocks(facts: Facts, spot: Spot, blocks: Sequence[Block], first: bool) -> None:
    """Facts of blocks beside each other; `first`: may they begin with a definition?"""
    skip = False
    for n, block in enumerate(blocks):
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        if skip or block.used:
            skip = False
            continue
        here = replace(spot, lines=(block.first, block.last))
        named = replace(here, about=spot.about or spot.concept)
        if block.kind == "paragraph" and after is not None and is_today(after):
            today_facts(facts, replace(named, lines=(after.first, after.last)), after, plain(block.text))
            skip = True
        elif (
            block.kind == "paragraph"
            and after is not None
            and after.kind == "list"
            and plain(block.text).endswith(":")
        ):
            if skip := not after.used:
                _lead(facts, replace(named, lines=(block.first, after.last)), bare(block.text), after)
                _list(facts, named, after, led=True)
        elif block.kind == "paragraph":
            _paragraph(facts, replace(here, raw=flow(block.text)), block, first)
        elif block.kind == "list":
            _list(facts, named, block, led=n > 0)
        elif block.kind == "table":
            table_facts(facts, named, block)
        elif block.kind == "quote" and not is_today(block):
            _blocks(facts, spot, block.items, False)
        first = False


def _paragraph(facts: Facts, spot: Spot, block: Block, first: bool) -> None:
    lines = block.text.split("\n")
    starts = [n for n, line in enumerate(lines) if split_term(flow(line))]
    if len(starts) < len(lines):
        starts = [n for n in starts if lines[n].startswith(("**", "__"))]
    if len(starts) > 1 and starts[0] == 0:  # a term a line, without blank lines between them
        for n, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            text = "\n".join(lines[n:end])
            part = replace(block, text=text, first=block.first + n, last=block.first + end - 1)
            _paragraph(facts, replace(spot, raw=flow(text), lines=(part.first, part.last)), part, False)
        return
    text = bare(spot.raw)
    text = text[match.end() :] if (match := REMARK.match(text)) else text
    if not text or spot.raw.startswith(("![", "<")) or len(text) > 6000:
        return
    if common_facts(facts, spot, text):
        return
    term = split_term(spot.raw)
    if term and (spot.raw.startswith(("**", "__")) or not first):
        facts.said.append((spot.lines, text))
        term_facts(facts, replace(spot, about=spot.about or spot.concept), *term, text)
        return
    said = sentences(text)
    if first and spot.about and said and definition_fact(facts, spot, spot.about, said[0], "definition"):
        facts.said.append((spot.lines, said.pop(0)))
    sentence_facts(facts, spot, said, block)


def _lead(facts: Facts, spot: Spot, text: str, listing: Block) -> None:
    """A sentence that ends in a colon, and the list that it introduces."""
    facts.said.append((spot.lines, text))
    names = [item_head(bare(item.lead)) for item in listing.items]
    if any(talk in text.lower() for talk in LISTS["talk"]) or not all(names):
        return
    process = PROCESS.search(text) or PROCESS.search(spot.section.title)
    if listing.ordered and len(names) >= 3 and process and not NO_PROCESS.search(text):
        steps = [(bare(item.lead), "") for item in listing.items]
        facts.keep(spot, text, "order", text.rstrip(" :"), items=steps, lead="1")
    else:
        facts.list_fact(spot, sentences(text)[-1], names, spot.about)


def _list(facts: Facts, spot: Spot, block: Block, led: bool) -> None:
    items = [item for item in block.items if item.lead and not item.used]
    links = sum(bool(re.fullmatch(r"\W*\[[^\]]*\]\([^)]*\)\W*", item.lead)) for item in items)
    if not items or block.is_tasks or links * 2 > len(items):
        return
    title = MARKS.sub("", NUMBERING.sub("", plain(spot.section.title))).rstrip(" :")
    names = [bare(item.lead).rstrip(".;,") for item in items]
    short = all(
        len(name.split()) <= 7 and not i.rest and not split_term(flow(i.lead))
        for name, i in zip(names, items, strict=True)
    )
    if not led and short and 2 <= len(items) <= MOST_ITEMS and len(items) == len(block.items):
        here = replace(spot, lines=(spot.section.line, block.last))
        if block.ordered and len(names) >= 3 and PROCESS.search(title):
            facts.keep(here, title, "order", title, items=[(name, "") for name in names])
        elif is_plural(title) and is_name(title) and all(map(is_name, names)):
            above = concept_of(spot.section.above[-1]) if spot.section.above else ""
            facts.list_fact(here, f"{title}:", names, above)
    terms = [pair for item in items if (pair := _item(facts, spot, item))]
    terms = [pair for pair in terms if pair[0].lower() not in facts.steps]
    if len(terms) >= 3 and len(items) <= MOST_TERMS:
        told: Parts = {
            f"text of {item_head(name)}": " ".join(bare(b.text) for b in item.walk())
            for name, item in zip(names, items, strict=True)
        }
        here = replace(spot, lines=(block.first, block.last))
        facts.keep(
            here,
            " / ".join(name for name, _ in terms),
            "terms",
            facts.index.heading(title),
            items=terms,
            **told,
        )


def _item(facts: Facts, spot: Spot, item: Block) -> tuple[str, str] | None:
    """The facts of one list item; its name and definition, if it is a term."""
    raw, rest = flow(item.lead), item.rest
    text, term = bare(raw), split_term(raw)
    spot = replace(spot, lines=(item.items[0].first, item.items[0].last), raw=raw)
    if rest and is_today(rest[-1]):
        here = replace(
            spot, about=term[0] if term else spot.about, lines=(rest[-1].first, rest[-1].last), raw=""
        )
        today_facts(facts, here, rest[-1], text)
        return None
    if common_facts(facts, spot, text):
        return None
    pair, name = None, ""
    first = text.split(" ", 1)[0].lower()
    if term:
        facts.said.append((spot.lines, text))
        pair = term_facts(facts, spot, *term, text)
        name = spot.about if term[0].lower() in LISTS["generic"] else term[0]
    elif rest:
        facts.said.append((spot.lines, text))
        name = text.rstrip(" :") if is_name(text.rstrip(" :")) else ""
    elif first in VERBS and VERBS[first][2] != "do" and spot.about:
        facts.said.append((spot.lines, text))
        sentence_fact(facts, spot, f"{facts.index.with_article(spot.about)} {text[0].lower()}{text[1:]}")
    else:
        that = THAT.match(text)
        sentence_facts(
            facts, replace(spot, about=""), [f"{that[1]} {that[2]} {that[3]}"] if that else sentences(text)
        )
    inner = replace(spot, about=name or spot.about, raw="")
    for n, block in enumerate(rest):
        if block.kind == "list" and n == 0:
            names = [item_head(bare(each.lead)) for each in block.items]
            here = replace(inner, lines=(item.first, block.last))
            if term and term[1].endswith(":"):
                facts.list_fact(here, sentences(term[1])[-1], names, name)
            elif text.endswith(":") or (name and is_plural(name) and not (term and term[1])):
                facts.list_fact(here, text.rstrip(":") + ":", names, spot.about)
            _list(facts, inner, block, led=True)
        else:
            _blocks(facts, inner, [block], False)
    return pair
