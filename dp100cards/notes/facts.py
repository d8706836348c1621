"""Facts from the structure of a note: headings, terms, lists, tables, procedures, contrasts, short sentences.

One small function for each construct. Whatever gives no good card gives none; what was read is kept, for coverage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dp100cards.notes.blocks import Block, Lines, Note, Section
from dp100cards.notes.inline import LINK, PICTURE, bare, flow, plain, sentences
from dp100cards.notes.question import Found
from dp100cards.notes.questions import name_of
from dp100cards.notes.sentences import (
    MARKS,
    PRONOUN,
    abbreviations,
    arrows,
    contrasts,
    inline_items,
    item_head,
    lead_parts,
    sentence_parts,
    split_term,
)
from dp100cards.notes.words import (
    ACTION_FORMS,
    ACTIONS,
    LISTS,
    SMALL,
    THIRD,
    VERBS,
    Index,
    is_clause,
    is_gerund,
    is_name,
    is_participle,
    is_plural,
    lower,
    third,
)

NUMBERING = re.compile(
    r"(?:\d{1,2}[.)](?=[A-Za-z])|\(?\d{1,3}(?:\.\d+)*[.):]?|[A-Z][.)]|[ivx]{1,4}[.)]"
    r"|(?:chapter|part|section|step|lesson|module) \d+\s*[:.–-]?)\s*",
    re.IGNORECASE,
)
INTRODUCES = re.compile(r"(?:introduction to|overview of|about|more on|basics of|notes on)\s+", re.IGNORECASE)
REMARK = re.compile(
    r"\A(?:OBS\s?\d*|N\.?B|Note|Tip|Important|Remember|Info|Hint|Attention)\s*[:.]\s*", re.IGNORECASE
)
PROCESS = re.compile(
    r"\b(?:steps?|process|procedure|how to|stages?|phases?|sequence|order|life ?cycle|workflow|pipeline|algorithm)\b",
    re.IGNORECASE,
)
NO_PROCESS = re.compile(r"\b(?:ways|types|kinds|options|rules|principles)\b", re.IGNORECASE)
THAT = re.compile(r"((?:an?|the) [\w -]{2,40}?),? (?:that|which) (\w+s .+)", re.IGNORECASE)
READS_ON = re.compile(r"\b(?:of|for|that|which|to|between|in|from|by|where|who)\b")
TODAY = re.compile(r"Today(?: \(([\d-]{4,10})\))?:\s*", re.IGNORECASE)
SAID_BY = re.compile(r"\s*\(Sources?: .*\)\s*\Z", re.DOTALL)
INSTEAD = re.compile(
    r"(.+?) (?:is|are|was|were|has been|have been|ended|will be)\b.*?[;,.] (?:please )?use (.+?) instead\b",
    re.IGNORECASE,
)
DATED_EVENT = re.compile(
    r"((?:[A-Z][\w'’-]+ ){1,4}(?:Act|Wars?|Treaty|Battle|Conference|Pact|Movement|Putsch|Revolution|Crash|March|Plan"
    r"|Day|Monday|Tuesday|Massacre|Crisis|Agreement|Revolt|Rebellion|Compromise|Purchase|Doctrine|Declaration"
    r"|Constitution|Reform|Congress|League))"
    r" \(((?:c\. ?)?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{3,4}(?:\s?[–-]\s?\d{2,4})?)\)"
)
ASPECT = re.compile(
    r"(?:feature|aspect|criteri(?:on|a)|property|attribute|characteristic|basis|factor|point|difference)s?\Z"
)
DATED = re.compile(r"(?:date|year|when|time|period)s?\Z", re.IGNORECASE)
NO_THING = frozenset("# no nr id week day date chapter file link step".split()) | {""}
MOST_ROWS = 40
MOST_ITEMS = 7
MOST_TERMS = 12
"""Only in so short a list each term is compared with each other."""


Items = Sequence[tuple[str, str]]
"""Names, and what is said of each."""


@dataclass(frozen=True)
class Fact:
    """One statement drawn from a note's structure: its kind, the thing it is about, and the words a question needs."""

    kind: str
    subject: str
    value: str
    section: Section
    lines: Lines
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
    lines: Lines
    about: str = ""
    concept: str = ""
    raw: str = ""

    @property
    def named(self) -> str:
        return self.about or self.concept


@dataclass
class Facts:
    """The facts of one note, and every statement that was read."""

    index: Index
    facts: list[Fact] = field(default_factory=list)
    said: list[tuple[Lines, str]] = field(default_factory=list)
    short_names: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    """The names of the steps of procedures."""
    shows: str = ""

    def keep(
        self,
        spot: Spot,
        quote: str,
        kind: str,
        subject: str = "",
        value: str = "",
        about: str = "",
        items: Items = (),
        **parts: str,
    ) -> None:
        subject = self.index.inside(subject)
        parts.setdefault("be", "are" if self.index.is_plural(subject) else "is")
        linked = spot.raw if LINK.search(spot.raw) or PICTURE.search(spot.raw) else ""
        value, about = value.strip(" .;,"), about or spot.named
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
            self.keep(spot, f"{lead} {'; '.join(names)}", items=unsaid(names), **parts)
        return bool(parts)


def unsaid(names: Sequence[str]) -> Items:
    """Names of which nothing is said."""
    return [(name, "") for name in names]


def concept_of(section: Section) -> str:
    """What a section is about: its heading if that is a noun, else the one above."""
    for each in (section, *reversed(section.above)):
        name = name_of(each.title) or NUMBERING.sub("", plain(each.title)).strip(" :.?!–—-")
        name = INTRODUCES.sub("", MARKS.sub("", name))
        verb = " " in name and is_gerund(name.split()[0])
        kind = {name.lower(), name.lower().split(" and ")[0]} & LISTS["properties"]
        if name and not kind and not verb and is_name(name):
            return name
    return ""


def read_facts(note: Note, found: Found) -> Facts:
    """All facts of a note. A bank of task-list questions has none, unless it is written in this program's language."""
    blocks = [each for section in note.sections for block in section.blocks for each in block.walk()]
    facts = Facts(Index(plain(block.text) for block in blocks if block.kind == "paragraph"))
    for section in note.sections if note.front.own or not found.tasks else ():
        titles = {plain(each.title).lower().strip(" .:!?") for each in (*section.above, section)}
        if titles & LISTS["skip"]:
            continue
        concept = concept_of(section)
        own = bool(concept) and not (section.above and concept == concept_of(section.above[-1]))
        spot = Spot(section, (section.line, section.line), concept if own else "", concept)
        _abbreviations(facts, spot, plain(section.title))
        _blocks(facts, spot, section.blocks, own)
    return facts


def _blocks(facts: Facts, spot: Spot, blocks: Sequence[Block], first: bool) -> None:
    """Facts of blocks beside each other; `first`: may they begin with a definition?"""
    skip = False
    for n, block in enumerate(blocks):
        if skip or block.used:
            skip = False
            continue
        here = replace(spot, lines=(block.first, block.last))
        named = replace(here, about=spot.named)
        after = blocks[n + 1] if n + 1 < len(blocks) else block
        match block.kind:
            case "paragraph" if is_today(after):
                _today(facts, replace(named, lines=(after.first, after.last)), after, plain(block.text))
                skip = True
            case "paragraph" if after.kind == "list" and plain(block.text).endswith(":"):
                if skip := not after.used:
                    _lead(facts, replace(named, lines=(block.first, after.last)), bare(block.text), after)
                    _list(facts, named, after, led=True)
            case "paragraph":
                _paragraph(facts, here, block, first)
            case "list":
                _list(facts, named, block, led=n > 0)
            case "table":
                _table(facts, named, block)
            case "quote" if not is_today(block):
                _blocks(facts, spot, block.items, False)
        first = False


def _paragraph(facts: Facts, spot: Spot, block: Block, first: bool) -> None:
    lines = block.text.split("\n")
    bold = not all(split_term(flow(line)) for line in lines)
    starts = [
        n
        for n, line in enumerate(lines)
        if split_term(flow(line)) and (not bold or line.startswith(("**", "__")))
    ]
    if len(starts) > 1 and starts[0] == 0:  # a term a line, without blank lines between them
        for n, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            part = replace(
                block, text="\n".join(lines[n:end]), first=block.first + n, last=block.first + end - 1
            )
            _paragraph(facts, replace(spot, lines=(part.first, part.last)), part, False)
        return
    raw = flow(block.text)
    spot, text = replace(spot, raw=raw), REMARK.sub("", bare(raw))
    if not text or raw.startswith(("![", "<")) or len(text) > 6000 or _common(facts, spot, text):
        return
    term = split_term(raw)
    if term and (raw.startswith(("**", "__")) or not first):
        facts.said.append((spot.lines, text))
        _term(facts, replace(spot, about=spot.named), *term, text)
        return
    said = sentences(text)
    if first and spot.about and said and _definition(facts, spot, spot.about, said[0], "definition"):
        facts.said.append((spot.lines, said.pop(0)))
    _sentences(facts, spot, said, block)


def _lead(facts: Facts, spot: Spot, text: str, listing: Block) -> None:
    """A sentence that ends in a colon, and the list that it introduces."""
    facts.said.append((spot.lines, text))
    names = [item_head(bare(item.lead)) for item in listing.items]
    if any(talk in text.lower() for talk in LISTS["talk"]) or not all(names):
        return
    process = PROCESS.search(text) or PROCESS.search(spot.section.title)
    if listing.ordered and len(names) >= 3 and process and not NO_PROCESS.search(text):
        steps = [bare(item.lead) for item in listing.items]
        facts.keep(spot, text, "order", text.rstrip(" :"), items=unsaid(steps), lead="1")
    else:
        facts.list_fact(spot, sentences(text)[-1], names, spot.about)


def _list(facts: Facts, spot: Spot, block: Block, led: bool) -> None:
    items = [item for item in block.items if item.lead and not item.used]
    links = sum(bool(re.fullmatch(r"\W*\[[^\]]*\]\([^)]*\)\W*", item.lead)) for item in items)
    if not items or block.is_tasks or links * 2 > len(items):
        return
    section = spot.section
    title = MARKS.sub("", NUMBERING.sub("", plain(section.title))).rstrip(" :")
    names = [bare(item.lead).rstrip(".;,") for item in items]
    plain_items = not any(item.rest or split_term(flow(item.lead)) for item in items)
    if (
        plain_items
        and not led
        and 2 <= len(block.items) == len(items) <= MOST_ITEMS
        and all(len(name.split()) <= 7 for name in names)
    ):
        here = replace(spot, lines=(section.line, block.last))
        if block.ordered and len(names) >= 3 and PROCESS.search(title):
            facts.keep(here, title, "order", title, items=unsaid(names))
        elif is_plural(title) and is_name(title) and all(map(is_name, names)):
            facts.list_fact(here, f"{title}:", names, concept_of(section.above[-1]) if section.above else "")
    terms = [pair for item in items if (pair := _item(facts, spot, item))]
    terms = [pair for pair in terms if pair[0].lower() not in facts.steps]
    if len(terms) >= 3 and len(items) <= MOST_TERMS:
        texts = (" ".join(bare(block.text) for block in item.walk()) for item in items)
        told = {f"text of {item_head(name)}": text for name, text in zip(names, texts, strict=True)}
        quote = " / ".join(name for name, _ in terms)
        facts.keep(
            replace(spot, lines=(block.first, block.last)),
            quote,
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
        lines = (rest[-1].first, rest[-1].last)
        _today(
            facts, replace(spot, about=term[0] if term else spot.about, lines=lines, raw=""), rest[-1], text
        )
        return None
    if _common(facts, spot, text):
        return None
    pair, name = None, ""
    leaves_out = VERBS.get(text.split(" ", 1)[0].lower(), ("", "", "do"))[2] != "do" and spot.about
    if term or rest or leaves_out:
        facts.said.append((spot.lines, text))
    if term:
        pair = _term(facts, spot, *term, text)
        name = spot.about if term[0].lower() in LISTS["generic"] else term[0]
    elif rest:
        name = text.rstrip(" :") if is_name(text.rstrip(" :")) else ""
    elif leaves_out:
        _sentence(facts, spot, f"{facts.index.with_article(spot.about)} {text[0].lower()}{text[1:]}")
    else:
        that = THAT.match(text)
        _sentences(facts, replace(spot, about=""), [f"{that[1]} {that[2]}"] if that else sentences(text))
    inner = replace(spot, about=name or spot.about, raw="")
    if rest and rest[0].kind == "list":
        names = [item_head(bare(each.lead)) for each in rest[0].items]
        here = replace(inner, lines=(item.first, rest[0].last))
        if term and term[1].endswith(":"):
            facts.list_fact(here, sentences(term[1])[-1], names, name)
        elif text.endswith(":") or (name and is_plural(name) and not (term and term[1])):
            facts.list_fact(here, text.rstrip(":") + ":", names, spot.about)
        _list(facts, inner, rest[0], led=True)
        rest = rest[1:]
    for block in rest:
        _blocks(facts, inner, [block], False)
    return pair


def _table(facts: Facts, spot: Spot, block: Block) -> None:
    """The cells and columns of a table whose first column names things."""
    header = [plain(cell) for cell in block.rows[0].cells]
    rows = [(row.line, [bare(cell) for cell in row.cells]) for row in block.rows[1:]]
    facts.said += [((line, line), " | ".join(cells)) for line, cells in rows]
    if (
        len(header) == 2
        and DATED.match(header[0])
        and all(re.search(r"\d", when) and what for _, (when, what) in rows)
    ):
        _dates(facts, spot, rows)
        return
    lines, firsts = [line for line, _ in rows], [cells[0].lower() for _, cells in rows]
    aspects = sum(each in LISTS["aspects"] for each in firsts) * 3 > len(firsts)
    turned = len(header) > 2 and (aspects or ASPECT.match(header[0].lower()))
    if turned:
        # The things stand in the header: turn the table over.
        things = [facts.index.with_article(name) for name in header[1:]]
        header = ["item", *(cells[0] for _, cells in rows)]
        rows = [(block.first, [thing, *(cells[n] for _, cells in rows)]) for n, thing in enumerate(things, 1)]
    names = [cells[0] for _, cells in rows]
    thing = header[0]
    things_named = all(name and len(name.split()) <= 6 and re.search("[A-Za-z]", name) for name in names)
    against = {cell.lower() for cell in header[1:]} & {name.lower() for name in names}
    beside = len(header) == 2 and thing.isupper() and header[1].isupper()
    unique = len(set(names)) == len(rows) > 1 and thing.lower().strip(" .") not in NO_THING
    if not things_named or not unique or against or beside:
        return  # also things against things, and two lists side by side
    for column, head in enumerate(header[1:], 1):
        items = [(cells[0], cells[column]) for _, cells in rows[:MOST_ROWS]]
        facts.keep(spot, f"{thing} | {head}", "column", thing, items=items, header=head, thing=thing)
        for n, (line, cells) in enumerate(rows):
            at, value = lines[column - 1] if turned else line, cells[column]
            if value:
                facts.keep(
                    replace(spot, lines=(at, at)),
                    f"{cells[0]} | {value}",
                    "cell",
                    cells[0],
                    value,
                    cells[0],
                    items,
                    row=str(n),
                    header=head,
                    thing=thing,
                )


def _dates(facts: Facts, spot: Spot, rows: Sequence[tuple[int, list[str]]]) -> None:
    """A table of dates and what happened."""
    items = [(what, when) for _, (when, what) in rows[:MOST_ROWS]]
    for line, (when, what) in rows:
        facts.keep(replace(spot, lines=(line, line)), f"{when} | {what}", "date", what, when, what, items)
    quote = f"{rows[0][1][0]} | {rows[-1][1][0]}"
    facts.keep(spot, quote, "dates", plain(spot.section.title), items=items)


def _abbreviations(facts: Facts, spot: Spot, text: str) -> None:
    """Short names that a text introduces in brackets, each once a note."""
    for short, full in abbreviations(text):
        if short not in facts.short_names:
            facts.short_names.add(short)
            quote = next((each for each in sentences(text) if short in each), text[:200])
            facts.keep(spot, quote, "abbreviation", short, full, short)


def _common(facts: Facts, spot: Spot, text: str) -> bool:
    """What paragraphs and list items have in common: abbreviations, dates, contrasts and arrows; is that all of it?"""
    _abbreviations(facts, spot, text)
    for name, when in DATED_EVENT.findall(text):
        first, _, rest = name.partition(" ")
        shown = rest if first.lower() in LISTS["leaders"] else name
        facts.keep(spot, f"{name} ({when})", "when", shown, when, shown)
    before = len(facts.facts)
    for one, other, predicate, clause in contrasts(text):
        facts.keep(spot, clause, "contrast", one, one, one, other=other, predicate=predicate)
    label, steps = arrows(text)
    label = label if len(label.split()) <= 6 else plain(spot.section.title)
    if steps and (name := label or spot.named):
        facts.steps.update(map(str.lower, steps))
        facts.keep(spot, text, "order", name, items=unsaid(steps))
    if len(facts.facts) > before:
        facts.said.append((spot.lines, text))
    return len(facts.facts) > before


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
    talks = any(talk in sentence.lower() for talk in LISTS["talk"])
    if talks or len(sentence) > 400 or re.match(r"(?i)(?:that|it|there|here|what|who)['’]s\b", sentence):
        return False
    if colon := re.match(r"(.{6,90}?:)\s+(.+)", sentence):
        items = inline_items(colon[2])
        if items and facts.list_fact(replace(spot, about=""), colon[1], items, spot.concept):
            return False
    parts = sentence_parts(sentence, facts.index.with_article(spot.about) if spot.about else "")
    if not parts:
        return False
    facts.keep(replace(spot, about=""), plain(sentence), **parts)
    return bool(spot.about) and spot.about.lower() in parts.get("subject", "").lower()


def _bold(facts: Facts, spot: Spot, sentence: str) -> None:
    """A short bold name inside a sentence is a gap that the learner marked."""
    words = sentence.split()
    if not 8 <= len(words) <= 25 or sentence.endswith(":") or "$" in sentence or not is_clause(sentence):
        return
    if words[0].lower() in ACTIONS | LISTS["leaders"] - {"many", "most", "one", "some", "in", "at", "when"}:
        return
    for name in re.findall(r"\*\*([^*\n]{2,50}[^*\n:?.])\*\*", spot.raw):
        called = re.search(rf"(?:called|known as|named) (?:an? |the )?{re.escape(name)}", sentence)
        telling = called or not name.islower() or (" " in name and name[0].isalpha())
        if telling and sentence.count(name) == 1 and len(name.split()) <= 4 and is_name(name):
            facts.keep(spot, sentence, "bold", name, name, spot.concept)
            return


def _definition(facts: Facts, spot: Spot, name: str, sentence: str, kind: str) -> bool:
    """The first words under a heading, or behind a term, if they say what it is."""
    text = re.sub(r"\A(?:Is|Are|This is|These are|It is|It's|They are) ", "", sentence.rstrip(" .;"))
    words = text.split()
    first = words[0].lower().strip(",") if words else ""
    named = _after_name(text, name)
    if not words or len(words) > 32:
        return False
    if not named and first in ("a", "an", "the", "one", "any"):
        if len(words) < 3 or is_clause(text) or words[-1].endswith("ed"):
            return False
        if kind == "definition" and first == "the" and not READS_ON.search(text):
            return False
    elif not named and (
        kind == "term" or first in LISTS["leaders"] | ACTION_FORMS or not _is_noun_phrase(text, name)
    ):
        return False
    facts.keep(spot, plain(sentence), kind, facts.index.with_article(name), named or text, name)
    return True


def _is_noun_phrase(text: str, name: str) -> bool:
    """Without an article only a short noun phrase says what something is: "Azure based Jupyter notebooks"."""
    words = text.split()
    if not 2 < len(words) <= 14 or "," in text or is_clause(text) or sentence_parts(text, ""):
        return False
    if re.search(r"\w{3}ed\b(?! (?:by|on|in|to|for))", " ".join(words[2:])):
        return False
    of = re.match(r"(?:[\w'’-]+ ){1,3}(?:of|for|that|which|to|between|from)\b", text)
    return bool(of or set(words) & set(name.split()))


def _after_name(text: str, name: str) -> str:
    """What follows "The NAME is" in a text; nothing if it does not begin so."""
    match = re.match(
        rf"(?:an? |the )?{re.escape(name)}s? (?:is|are) (?=(?-i:an?\b|the\b|one\b))", text, re.IGNORECASE
    )
    return text[match.end() :] if match else ""


def _term(facts: Facts, spot: Spot, name: str, said: str, text: str) -> tuple[str, str] | None:
    """`Term: what it is`, `Purpose: …`, `Supports: …`; a term's name and meaning."""
    low, every = name.lower().strip(), [part for each in sentences(said) for part in re.split(r";\s+", each)]
    if not every or not low:
        return None
    first, *more = low.split()
    items = inline_items(every[0])
    owner = facts.index.with_article(spot.about) if spot.about and spot.about.lower() != low else ""
    many = low.split()[-1] in LISTS["properties"] and is_plural(name) and len(items) > 2 and owner
    base, prep, _ = VERBS.get(first, ("", "", ""))
    if low not in LISTS["generic"] and (low in LISTS["properties"] or many):
        if owner and (items or low in LISTS["tells"] or not is_clause(every[0])):
            facts.keep(spot, text, "property", owner, every[0], items=unsaid(items), property=lower(name))
        return None
    if owner and base and first.endswith("s") and more in ([], [prep]) and low not in LISTS["generic"]:
        _sentence(facts, spot, " ".join(f"{owner} {third(base)} {prep} {said}".split()))
        return None
    if low in LISTS["generic"] or not is_name(name):
        _sentences(facts, replace(spot, about=""), every)
        return None
    if steps := arrows(said)[1]:
        facts.keep(spot, text, "order", name, about=name, items=unsaid(steps))
        return None
    defined = ""
    for n, sentence in enumerate(every):
        if any(talk in sentence.lower() for talk in LISTS["talk"]):
            continue
        quote = text[: text.find(sentence) + len(sentence)] if n == 0 and sentence in text else sentence
        listed = n == 0 and is_plural(name) and len(items) >= 3
        if listed and facts.list_fact(spot, f"{name}:", items, spot.about):
            continue
        if _told_of(facts, replace(spot, about=name), name, sentence, quote, n == 0) and n == 0:
            defined = sentence
    if not defined and 3 <= len(every[0].split()) <= 25 and not every[0].endswith(":"):
        defined = every[0]
    return (name, defined.rstrip(" .;")) if defined else None


def _told_of(facts: Facts, spot: Spot, name: str, sentence: str, quote: str, first_one: bool) -> bool:
    """One sentence behind a term, which may leave out its subject; does it say what the term is?"""
    subject, many = facts.index.with_article(name), facts.index.is_plural(name)
    words = sentence.split()
    first, small = words[0].lower().strip(",."), sentence[0].lower() + sentence[1:]
    second = words[1].lower() if len(words) > 1 else ""
    if first_one and first == "to" and second in ACTIONS and len(words) > 2:
        facts.keep(spot, quote, "for", subject, sentence)
        return True
    step, do = name.lower() in facts.steps, VERBS.get(first, ("", "", ""))[2]
    if do in ("does", "did") or (do == "do" and many and not step):
        before = len(facts.facts)
        _sentence(facts, spot, f"{subject} {small}")
        if len(facts.facts) > before:
            return True
    if is_participle(first) or first in LISTS["fit"]:
        if parts := sentence_parts(f"{subject} {'are' if many else 'is'} {small}", subject):
            facts.keep(spot, quote, **parts)
        return False
    if first in ACTIONS and step:
        action, _, value = sentence.partition(" ")
        if not second.endswith("ly"):
            facts.keep(spot, quote, "step", name, value, action=action.lower())
        return False
    if first_one and _definition(facts, spot, name, sentence, "term"):
        return True
    if 3 <= len(words) <= 25 and first in THIRD:
        value = " ".join(words[1:])
        if words[0].endswith(",") or re.search(r",|;|\band \w+s\b", value) or second in SMALL:
            facts.keep(spot, quote, "does", subject, sentence)
        else:
            facts.keep(spot, quote, "verb", subject, value, verb=THIRD[first], do="does")
        return True
    starts = first not in (LISTS["leaders"] - {"one", "first", "second", "third"}) | ACTIONS
    fits = 3 <= len(words) <= 25 and "=" not in sentence and not is_clause(sentence)
    if first_one and starts and fits and not re.search(r"\b(?:it|they|this|etc)\b", small):
        facts.keep(spot, quote, "term", subject, sentence)
        return False
    # A label before a sentence with a subject of its own may limit it: "Prokaryotic: DNA is located in …".
    if not first_one or PRONOUN.match(sentence) or name.lower() in sentence.lower():
        _sentence(facts, spot, sentence)
    return False


def is_today(quote: Block) -> bool:
    """Is a quote a line `> Today (2026-06): …`?"""
    return quote.kind == "quote" and bool(quote.items) and bool(TODAY.match(quote.items[0].lead))


def _today(facts: Facts, spot: Spot, quote: Block, before: str) -> None:
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
