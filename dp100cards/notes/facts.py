"""Facts from the structure of a note: headings, terms, lists, tables, procedures, contrasts, short sentences.

One small function for each construct. Whatever gives no good card gives none; what was read is kept, for coverage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dp100cards.notes.blocks import Block, Note, Section
from dp100cards.notes.inline import LINK, bare, flow, plain, sentences
from dp100cards.notes.lists import (
    abbreviations,
    arrows,
    contrasts,
    inline_items,
    item_head,
    lead_parts,
    split_term,
)
from dp100cards.notes.question import Found
from dp100cards.notes.questions import name_of
from dp100cards.notes.sentences import FIT, Parts, is_clause, is_participle, sentence_parts
from dp100cards.notes.words import (
    ACTION_FORMS,
    ACTIONS,
    LISTS,
    SMALL,
    THIRD,
    VERBS,
    Index,
    is_gerund,
    is_name,
    is_plural,
    lower,
    third,
)

NUMBERING = re.compile(
    r"(?:\d{1,2}[.)](?=[A-Za-z])|\(?\d{1,3}(?:\.\d+)*[.):]?|[A-Z][.)]|[ivx]{1,4}[.)]|(?:chapter|part|section|step|lesson|module) \d+\s*[:.–-]?)\s*",
    re.IGNORECASE,
)
INTRODUCES = re.compile(r"(?:introduction to|overview of|about|more on|basics of|notes on)\s+", re.IGNORECASE)
TODAY = re.compile(r"Today(?: \(([\d-]{4,10})\))?:\s*", re.IGNORECASE)
SAID_BY = re.compile(r"\s*\(Sources?: .*\)\s*\Z", re.DOTALL)
REMARK = re.compile(
    r"(?:OBS\s?\d*|N\.?B|Note|Tip|Important|Remember|Info|Hint|Attention)\s*[:.]\s*", re.IGNORECASE
)
PROCESS = re.compile(
    r"\b(?:steps?|process|procedure|how to|stages?|phases?|sequence|order|life ?cycle|workflow|pipeline|algorithm)\b",
    re.IGNORECASE,
)
NO_PROCESS = re.compile(r"\b(?:ways|types|kinds|options|rules|principles)\b", re.IGNORECASE)
THAT = re.compile(r"((?:an?|the) [\w -]{2,40}?),? (?:that|which) (\w+s) (.+)", re.IGNORECASE)
INSTEAD = re.compile(
    r"(.+?) (?:is|are|was|were|has been|have been|ended|will be)\b.*?[;,.] (?:please )?use (.+?) instead\b",
    re.IGNORECASE,
)
ASPECTS = frozenset(
    "cost costs price speed security reliability performance scalability latency overhead complexity setup maintenance flexibility "
    "portability availability consistency accuracy size location usage purpose definition efficiency examples example visibility "
    "structure shape type function features advantages disadvantages management control ownership isolation startup deployment".split()
)
ASPECT = re.compile(
    r"(?:feature|aspect|criteri(?:on|a)|property|attribute|characteristic|basis|factor|point|difference)s?\Z"
)
DATED_EVENT = re.compile(
    r"((?:[A-Z][\w'’-]+ ){1,4}(?:Act|Wars?|Treaty|Battle|Conference|Pact|Movement|Putsch|Revolution|Crash|March|Plan|Day|Monday|Tuesday"
    r"|Massacre|Crisis|Agreement|Revolt|Rebellion|Compromise|Purchase|Doctrine|Declaration|Constitution|Reform|Congress|League))"
    r" \(((?:c\. ?)?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{3,4}(?:\s?[–-]\s?\d{2,4})?)\)"
)
DATED = re.compile(r"(?:date|year|when|time|period)s?\Z", re.IGNORECASE)
READS_ON = re.compile(r"\b(?:of|for|that|which|to|between|in|from|by|where|who)\b")
NO_THING = frozenset("# no nr id week day date chapter file link step".split()) | {""}
MOST_ITEMS = 7


@dataclass(frozen=True)
class Fact:
    """One statement drawn from a note's structure: its kind, the thing it is about, and the words a question needs."""

    kind: str
    subject: str
    value: str
    section: Section
    lines: tuple[int, int]
    quote: str
    parts: Mapping[str, str]
    items: tuple[tuple[str, str], ...]
    about: str
    """The name that the section or the list item is about."""
    shows: str
    """What the note said before a line `> Today: …` took its place."""
    linked: str
    """The statement with its links, where it has any."""


@dataclass(frozen=True)
class Spot:
    """Where the reader is: `about` is what "it" stands for, `concept` what the section is about."""

    section: Section
    lines: tuple[int, int]
    about: str = ""
    concept: str = ""
    raw: str = ""


@dataclass
class Facts:
    """The facts of one note, and every statement that was read."""

    index: Index
    used: set[int]
    facts: list[Fact] = field(default_factory=list)
    said: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    short_names: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    """The names of the steps of procedures."""
    shows: str = ""

    def keep(
        self, spot: Spot, quote: str, kind: str, subject: str = "", value: str = "",
        items: Sequence[tuple[str, str]] = (), about: str = "", **parts: str,
    ) -> None:  # fmt: skip
        """Keep a fact."""
        subject = self.index.inside(subject)
        parts.setdefault("be", "are" if self.index.is_plural(subject) else "is")
        linked = spot.raw if "](" in spot.raw and LINK.search(spot.raw) else ""
        about, value = about or spot.about or spot.concept, value.strip(" .;,")
        self.facts.append(
            Fact(
                kind,
                subject,
                value,
                spot.section,
                spot.lines,
                quote,
                parts,
                tuple(items),
                about,
                self.shows,
                linked,
            )
        )

    def list_fact(self, spot: Spot, lead: str, names: Sequence[str], about: str) -> bool:
        """Keep what the lead of a list asks for, if it does."""
        parts = lead_parts(lead, names, about) if all(names) else None
        if parts:
            self.keep(spot, f"{lead} {'; '.join(names)}", items=[(name, "") for name in names], **parts)
        return bool(parts)


def read_facts(note: Note, found: Found) -> Facts:
    """All facts of a note. A bank of task-list questions has none, unless it is written in this program's language."""
    facts = Facts(Index([]), found.used)
    if found.tasks and not note.front.own:
        return facts
    blocks = [each for section in note.sections for block in section.blocks for each in block.walk()]
    facts.index = Index(plain(block.text) for block in blocks if block.kind == "paragraph")
    for section in note.sections:
        titles = {plain(each.title).lower().strip(" .:!?") for each in (*section.above, section)}
        if not titles & LISTS["skip"]:
            _section(facts, section)
    return facts


def concept_of(section: Section) -> str:
    """What a section is about: its heading if that is a noun, else the one above."""
    for each in (section, *reversed(section.above)):
        name = name_of(each.title) or NUMBERING.sub("", plain(each.title)).strip(" :.?!–—-✅❌⚠️🔹🔸📌💡🚀")
        name = INTRODUCES.sub("", name)
        if {name.lower(), name.lower().split(" and ")[0]} & LISTS["properties"]:
            continue
        if name and is_name(name) and not (is_gerund(name.split()[0]) and " " in name):
            return name
    return ""


def _section(facts: Facts, section: Section) -> None:
    concept = concept_of(section)
    own = bool(concept) and not (section.above and concept == concept_of(section.above[-1]))
    spot = Spot(section, (section.line, section.line), concept if own else "", concept)
    _abbreviations(facts, spot, plain(section.title))
    _blocks(facts, spot, section.blocks, own)


def _blocks(facts: Facts, spot: Spot, blocks: Sequence[Block], first: bool) -> None:
    """Facts of blocks beside each other; `first`: may they begin with a definition?"""
    skip = False
    for n, block in enumerate(blocks):
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        if skip or id(block) in facts.used:
            skip = False
            continue
        here = replace(spot, lines=(block.first, block.last))
        named = replace(here, about=spot.about or spot.concept)
        if block.kind == "paragraph" and after is not None and _today(after):
            _today_line(facts, replace(named, lines=(after.first, after.last)), after, plain(block.text))
            skip = True
        elif (
            block.kind == "paragraph"
            and after is not None
            and after.kind == "list"
            and plain(block.text).endswith(":")
        ):
            if skip := id(after) not in facts.used:
                _lead(facts, replace(named, lines=(block.first, after.last)), bare(block.text), after)
                _list(facts, named, after, led=True)
        elif block.kind == "paragraph":
            _paragraph(facts, replace(here, raw=flow(block.text)), block, first)
        elif block.kind == "list":
            _list(facts, named, block, led=n > 0)
        elif block.kind == "table":
            _table(facts, named, block)
        elif block.kind == "quote" and not _today(block):
            _blocks(facts, spot, block.items, False)
        first = False


def _today(quote: Block) -> bool:
    return quote.kind == "quote" and bool(quote.items) and bool(TODAY.match(quote.items[0].lead))


def _today_line(facts: Facts, spot: Spot, quote: Block, before: str) -> None:
    """What holds today, in place of the statement above."""
    text = SAID_BY.sub("", bare(TODAY.sub("", quote.items[0].lead, count=1)))
    facts.said.append((spot.lines, text))
    facts.shows = before
    if match := INSTEAD.match(text):
        facts.keep(spot, text, "today.instead", match[1], match[2])
    else:
        for sentence in re.split(r"(?<=[.;]) ", text):
            _sentence(facts, spot, sentence)
    facts.shows = ""


def _paragraph(facts: Facts, spot: Spot, block: Block, first: bool) -> None:
    text = bare(spot.raw)
    text = text[match.end() :] if (match := REMARK.match(text)) else text
    if not text or spot.raw.startswith(("![", "<")) or len(text) > 6000:
        return
    if _common(facts, spot, text):
        return
    term = split_term(spot.raw)
    if term and (spot.raw.startswith(("**", "__")) or not first):
        facts.said.append((spot.lines, text))
        _term(facts, replace(spot, about=spot.about or spot.concept), *term, text)
        return
    said = sentences(text)
    if first and spot.about and said and _definition(facts, spot, spot.about, said[0], "definition"):
        facts.said.append((spot.lines, said.pop(0)))
    _sentences(facts, spot, said, block)


def _common(facts: Facts, spot: Spot, text: str) -> bool:
    """What paragraphs and list items have in common: abbreviations, contrasts and arrows; is that all of it?"""
    _abbreviations(facts, spot, text)
    _dated(facts, spot, text)
    before = len(facts.facts)
    for one, other, predicate, clause in contrasts(text):
        facts.keep(spot, clause, "contrast", one, one, about=one, other=other, predicate=predicate)
    label, steps = arrows(text)
    label = label if len(label.split()) <= 6 else plain(spot.section.title)
    if name := label or spot.about or spot.concept if steps else "":
        facts.steps.update(map(str.lower, steps))
        facts.keep(spot, text, "order", name, items=[(step, "") for step in steps])
    if len(facts.facts) > before:
        facts.said.append((spot.lines, text))
    return len(facts.facts) > before


def _abbreviations(facts: Facts, spot: Spot, text: str) -> None:
    for short, full in abbreviations(text):
        if short not in facts.short_names:
            facts.short_names.add(short)
            quote = next((each for each in sentences(text) if short in each), text[:200])
            facts.keep(spot, quote, "abbreviation", short, full, about=short)


def _sentences(facts: Facts, spot: Spot, said: Sequence[str], block: Block | None = None) -> None:
    """Each sentence by itself; "it" stands for the subject only while every sentence had that subject."""
    lines = block.text.split("\n") if block else []
    for sentence in said:
        at = (
            next((n for n, line in enumerate(lines) if sentence[:16] in bare(line)), 0)
            if len(lines) > 1
            else 0
        )
        here = replace(spot, lines=(spot.lines[0] + at, spot.lines[1]))
        facts.said.append((here.lines, sentence))
        before = len(facts.facts)
        if not _sentence(facts, here, sentence):
            spot = replace(spot, about="")
        if len(facts.facts) == before and "**" in spot.raw:
            _bold(facts, here, sentence)


def _sentence(facts: Facts, spot: Spot, sentence: str) -> bool:
    """Read one sentence; does it keep to the subject?"""
    if any(talk in sentence.lower() for talk in LISTS["talk"]) or len(sentence) > 400:
        return False
    if colon := re.match(r"(.{6,90}?:)\s+(.+)", sentence):
        items = inline_items(colon[2])
        if items and facts.list_fact(replace(spot, about=""), colon[1], items, spot.concept):
            return False
    parts = sentence_parts(sentence, facts.index.with_article(spot.about) if spot.about else "")
    if parts:
        facts.keep(replace(spot, about=""), plain(sentence), **parts)
    return bool(parts and spot.about) and spot.about.lower() in (parts or {}).get("subject", "").lower()


def _dated(facts: Facts, spot: Spot, text: str) -> None:
    """`Munich Agreement (1938)`: when something was."""
    for name, when in DATED_EVENT.findall(text):
        first, _, rest = name.partition(" ")
        shown = rest if first.lower() in LISTS["leaders"] else name
        facts.keep(spot, f"{name} ({when})", "when", shown, when, about=shown)


def _bold(facts: Facts, spot: Spot, sentence: str) -> None:
    """A short bold name inside a sentence is a gap that the learner marked."""
    if (
        not 8 <= len(sentence.split()) <= 25
        or sentence.endswith(":")
        or "$" in sentence
        or not is_clause(sentence)
    ):
        return
    if (
        sentence.split()[0].lower()
        in ACTIONS | LISTS["leaders"] - {"many", "most", "one", "some", "in", "at", "when"}
        or "$" in sentence
    ):
        return
    for name in re.findall(r"\*\*([^*\n]{2,50}[^*\n:?.])\*\*", spot.raw):
        called = re.search(rf"(?:called|known as|named) (?:an? |the )?{re.escape(name)}", sentence)
        telling = called or not name.islower() or (" " in name and name[0].isalpha())
        if telling and sentence.count(name) == 1 and len(name.split()) <= 4 and is_name(name):
            facts.keep(spot, sentence, "bold", name, name, about=spot.concept)
            return


def _definition(facts: Facts, spot: Spot, name: str, sentence: str, kind: str) -> bool:
    """The first words under a heading, or behind a term, if they say what it is."""
    text = re.sub(r"\A(?:Is|Are|This is|These are|It is|It's|They are) ", "", sentence.rstrip(" .;"))
    words = text.split()
    first = words[0].lower().strip(",") if words else ""
    named = re.match(
        rf"(?:(?:An?|The) )?{re.escape(name)}s? (?:is|are) (?=an?\b|the\b|one\b)", text, re.IGNORECASE
    )
    if not words or len(words) > 32:
        return False
    if named:
        text = text[named.end() :]
    elif first in ("a", "an", "the", "one", "any"):
        if len(words) < 3 or is_clause(text) or words[-1].endswith("ed"):
            return False
        if kind == "definition" and first == "the" and not READS_ON.search(text):
            return False
    elif (
        kind == "term" or not 2 < len(words) <= 14 or first in LISTS["leaders"] | ACTION_FORMS or "," in text
    ):
        return False  # without an article only a short noun phrase, as "Azure based Jupyter notebooks"
    elif (
        is_clause(text)
        or sentence_parts(sentence, "")
        or re.search(r"\w{3}ed\b(?! (?:by|on|in|to|for))", " ".join(words[2:]))
        or (
            not re.match(r"(?:[\w'’-]+ ){1,3}(?:of|for|that|which|to|between|from)\b", text)
            and not set(words) & set(name.split())
        )
    ):
        return False
    facts.keep(spot, plain(sentence), kind, facts.index.with_article(name), text, about=name)
    return True


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
        facts.list_fact(spot, text, names, spot.about)


def _list(facts: Facts, spot: Spot, block: Block, led: bool) -> None:
    items = [item for item in block.items if item.lead and id(item) not in facts.used]
    links = sum(bool(re.fullmatch(r"\W*\[[^\]]*\]\([^)]*\)\W*", item.lead)) for item in items)
    if not items or block.is_tasks or links * 2 > len(items):
        return
    title = NUMBERING.sub("", plain(spot.section.title)).rstrip(" :")
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
    if len(terms) >= 3:
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
    if rest and _today(rest[-1]):
        here = replace(
            spot, about=term[0] if term else spot.about, lines=(rest[-1].first, rest[-1].last), raw=""
        )
        _today_line(facts, here, rest[-1], text)
        return None
    if _common(facts, spot, text):
        return None
    pair, name = None, ""
    first = text.split(" ", 1)[0].lower()
    if term:
        facts.said.append((spot.lines, text))
        pair = _term(facts, spot, *term, text)
        name = spot.about if term[0].lower() in LISTS["generic"] else term[0]
    elif rest:
        facts.said.append((spot.lines, text))
        name = text.rstrip(" :") if is_name(text.rstrip(" :")) else ""
    elif first in VERBS and VERBS[first][2] != "do" and spot.about:
        facts.said.append((spot.lines, text))
        _sentence(facts, spot, f"{facts.index.with_article(spot.about)} {text[0].lower()}{text[1:]}")
    else:
        that = THAT.match(text)
        _sentences(
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


def _term(facts: Facts, spot: Spot, name: str, said: str, text: str) -> tuple[str, str] | None:
    """`Term: what it is`, `Purpose: …`, `Supports: …`; a term's name and meaning."""
    low, every = name.lower().strip(), [part for each in sentences(said) for part in re.split(r";\s+", each)]
    if not every or not low:
        return None
    if low in LISTS["generic"]:
        _sentences(facts, spot, every)
        return None
    words, items = low.split(), inline_items(every[0])
    owner = facts.index.with_article(spot.about) if spot.about and spot.about.lower() != low else ""
    own = low in LISTS["properties"] or (
        words[-1] in LISTS["properties"] and is_plural(name) and len(items) > 2 and owner
    )
    if own:
        tells = low in ("function", "purpose", "role", "goal", "aim", "effect", "significance") or items
        if owner and (tells or not is_clause(every[0])):
            shown = lower(name)
            facts.keep(
                spot, text, "property", owner, every[0], [(each, "") for each in items], property=shown
            )
        return None
    if owner and words[0] in VERBS and (len(words) == 1 or words[1:] == [VERBS[words[0]][1]]):
        base, prep, _ = VERBS[words[0]]
        _sentence(facts, spot, " ".join(f"{owner} {third(base)} {prep} {said}".split()))
        return None
    if not is_name(name):
        _sentences(facts, replace(spot, about=""), every)
        return None
    if steps := arrows(said)[1]:
        facts.keep(spot, text, "order", name, items=[(step, "") for step in steps], about=name)
        return None
    here, defined = replace(spot, about=name), ""
    for n, sentence in enumerate(every):
        if any(talk in sentence.lower() for talk in LISTS["talk"]):
            continue
        quote = text[: text.find(sentence) + len(sentence)] if n == 0 and sentence in text else sentence
        if (
            n == 0
            and is_plural(name)
            and len(items) >= 3
            and facts.list_fact(spot, f"{name}:", items, spot.about)
        ):
            continue
        if _told_of(facts, here, name, sentence, quote, n == 0):
            defined = defined or sentence if n == 0 else defined
    if not defined and 3 <= len(every[0].split()) <= 25 and not every[0].endswith(":"):
        defined = every[0]
    return (name, defined.rstrip(" .;")) if defined else None


def _told_of(facts: Facts, spot: Spot, name: str, sentence: str, quote: str, first_one: bool) -> bool:
    """One sentence behind a term, which may leave out its subject; does it say what the term is?"""
    subject = facts.index.with_article(name)
    words = sentence.split()
    first, small = words[0].lower().strip(",."), sentence[0].lower() + sentence[1:]
    second = words[1].lower() if len(words) > 1 else ""
    if first_one and first == "to" and second in ACTIONS and len(words) > 2:
        facts.keep(spot, quote, "for", subject, sentence)
        return True
    do = VERBS[first][2] if first in VERBS else ""
    if do in ("does", "did") or (
        do == "do" and facts.index.is_plural(name) and name.lower() not in facts.steps
    ):
        before = len(facts.facts)
        _sentence(facts, spot, f"{subject} {small}")
        if len(facts.facts) > before:
            return True
    if is_participle(first) or first in FIT:
        be = "are" if facts.index.is_plural(name) else "is"
        if parts := sentence_parts(f"{subject} {be} {small}", subject):
            facts.keep(spot, quote, **parts)
        return False
    if first in ACTIONS and name.lower() in facts.steps:
        action, _, value = sentence.partition(" ")
        if not value.split(" ")[0].endswith("ly"):
            facts.keep(spot, quote, "step", name, value, action=action.lower())
        return False
    if first_one and _definition(facts, spot, name, sentence, "term"):
        return True
    if 3 <= len(words) <= 25 and first in THIRD:
        base, value = THIRD[first], " ".join(words[1:])
        single = (
            base
            and not words[0].endswith(",")
            and not re.search(r",|\\band \\w+s\\b|;", value)
            and second not in SMALL
        )
        if single:
            facts.keep(spot, quote, "verb", subject, value, verb=base, do="does")
        else:
            facts.keep(spot, quote, "does", subject, sentence)
        return True
    no_start = (LISTS["leaders"] - {"one", "first", "second", "third"}) | ACTIONS
    fits = (
        first_one
        and first not in no_start
        and 3 <= len(words) <= 25
        and not is_clause(sentence)
        and "=" not in sentence
    )
    if fits and not re.search(r"\b(?:it|they|this|etc)\b", small):
        facts.keep(spot, quote, "term", subject, sentence)
        return False
    _sentence(facts, spot, sentence)
    return False


def _table(facts: Facts, spot: Spot, block: Block) -> None:
    """The cells and columns of a table whose first column names things."""
    header = [plain(cell) for cell in block.rows[0].cells]
    rows = [(row.line, [bare(cell) for cell in row.cells]) for row in block.rows[1:]]
    facts.said += [((line, line), " | ".join(cells)) for line, cells in rows]
    lines = [line for line, _ in rows]
    firsts = [cells[0].lower() for _, cells in rows]
    events = [cells[1] for _, cells in rows] if len(header) == 2 else []
    if events and DATED.match(header[0]) and all(events) and all(re.search(r"\d", each) for each in firsts):
        _dates(facts, spot, rows)
        return
    turned = len(header) > 2 and (
        ASPECT.match(header[0].lower()) or sum(e in ASPECTS for e in firsts) * 3 > len(firsts)
    )
    if turned:
        # The things stand in the header: turn the table over.
        things = [facts.index.with_article(name) for name in header[1:]]
        columns = [[thing, *(cells[n] for _, cells in rows)] for n, thing in enumerate(things, 1)]
        header = ["item", *(cells[0] for _, cells in rows)]
        rows = [(block.first, cells) for cells in columns]
    names = [cells[0] for _, cells in rows]
    if {cell.lower() for cell in header[1:]} & {name.lower() for name in names}:
        return  # things against things
    things_named = all(name and len(name.split()) <= 6 and re.search("[A-Za-z]", name) for name in names)
    if (
        len(rows) < 2
        or len(set(names)) < len(rows)
        or header[0].lower().strip(" .") in NO_THING
        or not things_named
    ):
        return
    for column in range(1, len(header)):
        items = [(cells[0], cells[column]) for _, cells in rows]
        shared = {"header": header[column], "thing": header[0]}
        facts.keep(spot, f"{header[0]} | {header[column]}", "column", header[0], items=items, **shared)
        for n, (line, cells) in enumerate(rows):
            if value := cells[column]:
                at = lines[column - 1] if turned else line
                here = replace(spot, lines=(at, at))
                facts.keep(
                    here,
                    f"{cells[0]} | {value}",
                    "cell",
                    cells[0],
                    value,
                    items,
                    cells[0],
                    row=str(n),
                    **shared,
                )


def _dates(facts: Facts, spot: Spot, rows: Sequence[tuple[int, list[str]]]) -> None:
    """A table of dates and what happened."""
    items = [(cells[1], cells[0]) for _, cells in rows]
    for line, cells in rows:
        here = replace(spot, lines=(line, line))
        facts.keep(here, f"{cells[0]} | {cells[1]}", "date", cells[1], cells[0], items)
    facts.keep(spot, f"{rows[0][1][0]} | {rows[-1][1][0]}", "dates", plain(spot.section.title), items=items)
