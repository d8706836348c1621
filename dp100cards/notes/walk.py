"""Through the blocks of one note, in order: each becomes units, and each unit facts."""

from __future__ import annotations

import re
from collections.abc import Sequence as Many
from dataclasses import dataclass, replace

from dp100cards.cards import GAP, Source
from dp100cards.notes import grammar, names
from dp100cards.notes.clauses import Context, facts_of, parted, statement
from dp100cards.notes.facts import (
    Abbreviation,
    Advice,
    Change,
    Definition,
    Description,
    Enumeration,
    Fact,
    Own,
    Row,
    Sequence,
    Snippet,
    Statement,
    Use,
)
from dp100cards.notes.outline import Block, Bullets, Fence, Item, Paragraph, Quote, Section, Table, Text
from dp100cards.notes.sentences import sentences
from dp100cards.notes.skip import about_the_course, about_the_exam, reason_to_skip
from dp100cards.notes.terms import is_label, term_of
from dp100cards.notes.typos import Speller, Typo

_LABEL = re.compile(
    r"^\s*(?:\[!(?P<kind>\w+)\]|(?P<label>OBS|NOTE|NB|N\.B|TIP|WARNING|IMPORTANT|CAUTION|REMEMBER|HINT|ATTENTION|INFO|PS)\s*\d*\s*[:.\-–]*)\s*",
    re.IGNORECASE,
)
_ADVISING = frozenset(["obs", "tip", "warning", "important", "caution", "remember", "hint", "attention"])
_TODAY = re.compile(r"^\s*today\s*\((?P<date>[\d-]+)\)\s*:\s*(?P<text>.+)$", re.IGNORECASE | re.DOTALL)
_QUESTION = re.compile(r"^\s*Q\s*[:.)]\s*(?P<q>.+?)\s+A\s*[:.)]\s*(?P<a>.+)$", re.DOTALL)
_ANSWERED = re.compile(
    r"^(?P<q>(?:wh(?:at|ich|en|ere|o|y)|how|name|is|are|do|does|can)\b[^?]{8,160}\?)"
    r"\s*(?:->|=>|→|⇒|:|[-–—])\s*(?P<a>\S[^?]{0,160})$",
    re.IGNORECASE,
)
"""A check question with its answer behind it: "Which service …? → Azure Blobs"."""
_RELATIVE = re.compile(r"^(?P<thing>[^,]+),\s+which\s+(?P<says>\w+\s.+)$")
"""An item such as "A scoring script, which tells …": the thing, and what it does."""
_TERM = re.compile(r"^(?P<term>\S.*?)\s+::\s+(?P<meaning>\S.*)$")


@dataclass(slots=True)
class Unit:
    """One sentence, list item or row of a note: what coverage counts."""

    note: str
    lines: tuple[int, int]
    text: str
    facts: list[int]
    """Where its facts stand in `Walk.facts`, or in `Extraction.facts`."""
    skipped: str = ""
    """Why it states nothing to be asked; "" if it states something."""


class Walk:
    """Gathers the facts and units of one note."""

    def __init__(self, note: str, speller: Speller) -> None:
        self.note = note
        self.speller = speller
        self.facts: list[Fact] = []
        self.units: list[Unit] = []
        self.typos: list[Typo] = []
        self._opened = False

    def section(self, section: Section, context: Context) -> None:
        """All blocks of a section, unless it is about the exam or the course."""
        if any(about_the_exam(title) for title in section.path):
            self.passed_over(section.blocks)
            return
        self._opened = False
        self.blocks(section.blocks, context)

    def passed_over(self, blocks: Many[Block]) -> None:
        """Blocks that are about the exam, and not its subject."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self.unit(block.text, [], "about the course or the text")
            elif isinstance(block, Bullets):
                self.course(block)

    def blocks(self, blocks: Many[Block], context: Context) -> None:
        """Blocks in order; a lead ("…:") goes with the list or the code that follows it."""
        lead: Text | None = None
        headed: Context | None = None
        before = (0, 0)
        for n, block in enumerate(blocks):
            following = blocks[n + 1] if n + 1 < len(blocks) else None
            start = (len(self.facts), len(self.units))
            match block:
                case Paragraph(text=text) if isinstance(following, Bullets) and self._headed(text):
                    headed, lead = self.term(text, context)
                case Paragraph(text=text) if isinstance(following, Bullets) and self._is_title(text):
                    name = text.plain.strip(" :")
                    headed, lead = replace(context, concept=name, term=True, certain=True), None
                case Paragraph(text=text):
                    headed, lead = None, self.paragraph(text, following, context)
                case Bullets():
                    self.bullets(block, lead, headed or context)
                    headed, lead = None, None
                case Quote(blocks=inner):
                    if self.quote(inner, context, before):
                        continue
                case Table():
                    self.table(block, context)
                case Fence():
                    self.fence(block, lead, context)
                    lead = None
            before = start

    @staticmethod
    def _headed(text: Text) -> bool:
        """`**Stono Rebellion** - 1739` over a list: what the list says is said of that, and not of the heading above."""
        term = term_of(text)
        return bool(
            term and term.strong and text.bold and not text.plain.endswith(":") and not is_label(term.name)
        )

    @staticmethod
    def _is_title(text: Text) -> bool:
        """A paragraph of a few bold words over a list, without a colon, is a heading in all but name."""
        whole = any(a == 0 and b >= len(text.plain) for a, b in text.bold)
        named = len(text.plain.split()) <= 4 and not names.is_generic(text.plain)
        return whole and named and not text.plain.endswith(":") and not grammar.has_verb(text.plain)

    # Paragraphs

    def paragraph(self, text: Text, following: Block | None, context: Context) -> Text | None:
        """A paragraph's sentences; gives its last one if it leads into what follows."""
        if self.own(text, context):
            return None
        parts = sentences(text)
        lead = None
        if parts and isinstance(following, Bullets | Fence) and parts[-1].plain.endswith(":"):
            lead = parts.pop()
        opening = not self._opened and context.certain
        told = context
        for n, part in enumerate(parts):
            found = self.sentence(part, replace(told, opening=opening and n == 0))
            told = self.spoken_of(found, context)
        self._opened = True
        return lead

    @staticmethod
    def spoken_of(found: Many[Fact], context: Context) -> Context:
        """The context of the next sentence: a pronoun in it means what this sentence was about."""
        last = found[-1] if found else None
        if (
            not isinstance(last, Definition | Statement)
            or not last.concept
            or last.concept == context.concept
        ):
            return context
        if isinstance(last, Statement) and names.key(last.subject) != names.key(last.concept):
            return context
        return replace(context, pronoun=last.concept)

    def sentence(self, text: Text, context: Context, *, in_steps: bool = False) -> list[Fact]:
        """One sentence: a unit, with its facts or the reason why there are none."""
        why = reason_to_skip(text.plain, in_steps=in_steps)
        found = [] if why else facts_of(text, context, lambda words: self.mend(words, text.lines[0]))
        return self.unit(text, found, why)

    def unit(self, text: Text, facts: list[Fact], skipped: str = "") -> list[Fact]:
        """Keep a unit and its facts."""
        at = len(self.facts)
        self.facts += facts
        self.units.append(Unit(self.note, text.lines, text.quote, list(range(at, len(self.facts))), skipped))
        return facts

    def mend(self, words: str, line: int) -> str:
        """The words without slips; what was mended is kept for the report."""
        mended, found = self.speller.mended(words)
        for wrong, right in found:
            typo = Typo(self.note, line, wrong, right)
            if typo not in self.typos[-20:]:
                self.typos.append(typo)
        return mended

    def own(self, text: Text, context: Context) -> bool:
        """The learner's own cards: `Q: … A: …`, `term :: definition`, `{{cloze}}`. They win over every rule."""
        plain = text.plain
        source = Source(self.note, text.lines, text.quote)
        asked = _QUESTION.match(plain)
        if asked:
            shared = context.shared(source)
            self.unit(
                text, [Own(**shared, form="question", front=asked["q"].strip(), back=asked["a"].strip())]
            )
            return True
        if GAP.search(plain):
            self.unit(text, [Own(**context.shared(source), form="cloze", front=plain)])
            return True
        answered = _ANSWERED.match(plain)
        if answered and not _QUESTION.match(plain):
            front, back = answered["q"].strip(), answered["a"].strip(" .")
            self.unit(text, [Own(**context.shared(source), form="question", front=front, back=back)])
            return True
        term = _TERM.match(plain)
        if term and "::" not in term["meaning"] and not any(a <= term.end("term") < b for a, b in text.code):
            shared = context.shared(source, concept=term["term"])
            self.unit(text, [Own(**shared, form="term", front=term["term"], back=term["meaning"])])
            return True
        return False

    # Lists

    def bullets(self, block: Bullets, lead: Text | None, context: Context) -> None:
        """A list: terms and what they mean, the members of something, steps, or plain statements."""
        if lead is not None:
            listed = self.listed(block, lead, context)
            if listed:
                return
        elif (block.numbered and self.steps(block, None, context)) or self.members_of_heading(block, context):
            return
        names_of = [term_of(item.text) for item in block.items if item.text is not None]
        terms = sum(term is not None for term in names_of)
        if any(term and about_the_course(term.name) for term in names_of) and not context.term:
            self.course(block)
            return
        for item in block.items:
            self.item(item, context, in_terms=terms * 2 >= len(block.items), numbered=block.numbered)

    def course(self, block: Bullets) -> None:
        """A list of what the course or the exam is like ("Level: …", "Duration: …") states nothing to be asked."""
        for item in block.items:
            if item.text is not None:
                self.unit(item.text, [], "about the course or the text")

    def item(self, item: Item, context: Context, *, in_terms: bool, numbered: bool = False) -> None:
        """One item: a term with its description, or sentences; then what is nested in it."""
        text = item.text
        inner = context
        start = (len(self.facts), len(self.units))
        if text is not None and not self.own(text, context):
            term = term_of(text)
            if term and (in_terms or term.strong):
                inner, lead = self.term(text, context)
            else:
                parts = sentences(text)
                lead = (
                    parts.pop()
                    if parts
                    and item.below
                    and isinstance(item.below[0], Bullets)
                    and len(parts[-1].plain.split()) <= 14
                    else None
                )
                told = context
                for part in parts:
                    told = self.spoken_of(self.sentence(part, told, in_steps=numbered), context)
                if lead is not None and not lead.plain.endswith(":"):
                    name = lead.plain.strip(" .")
                    if len(name.split()) <= 6 and not grammar.has_verb(name):
                        inner = replace(
                            context,
                            concept=name,
                            category=context.concept or context.category,
                            term=True,
                            certain=True,
                        )
                        lead = None if not self._names_members(name) else lead
        else:
            lead = None
        self.nested(item.below, lead, inner, start)

    @staticmethod
    def _names_members(name: str) -> bool:
        return grammar.looks_plural(grammar.bare(name.split()[-1])) if name.split() else False

    def nested(
        self, blocks: Many[Block], lead: Text | None, context: Context, before: tuple[int, int]
    ) -> None:
        """What is nested in an item: about its term; under a line that is no term, about that line, if about anything."""
        line = lead is not None and not lead.plain.endswith(":")
        if context.concept and (line or (lead is None and not context.term and before[0] < len(self.facts))):
            context = replace(context, loose=True)
        for n, block in enumerate(blocks):
            if isinstance(block, Bullets) and n == 0 and lead is not None:
                self.bullets(block, lead, context)
            elif isinstance(block, Quote):
                self.quote(block.blocks, context, before)
            else:
                self.blocks([block], context)

    def term(self, text: Text, context: Context) -> tuple[Context, Text | None]:
        """`Term - description`: every sentence and fragment of the description is about the term.

        Gives the context of what is nested under it, and the lead of the description ("…:") if it ends with one.
        """
        term = term_of(text)
        assert term is not None
        name = self.mend(term.name, text.lines[0])
        inner = replace(
            context, concept=name, category=self._category(name, context), term=True, certain=True
        )
        if context.term and self.labelled(name, term.rest, context):
            return inner, None
        if re.match(r"(?:best practice|recommendation|pro tip|advice)s?$", name, re.IGNORECASE):
            self.noted(term.rest, replace(context, status="advice"), False)
            return context, None
        if is_label(name) and context.concept and context.certain:
            self.trait(name, text, term.rest, context)
            return context, None
        parts = sentences(term.rest)
        lead = parts.pop() if parts and parts[-1].plain.endswith(":") else None
        if term.purpose:
            source = Source(
                self.note, text.lines, text.quote if len(text.quote) < 200 else name + " for " + term.purpose
            )
            self.facts.append(Use(**inner.shared(source, confidence=0.8), marker="for", purpose=term.purpose))
        for n, part in enumerate(parts):
            self.described(part, inner, first=n == 0)
        return inner, lead

    def trait(self, label: str, text: Text, rest: Text, context: Context) -> None:
        """`Limitation: …` under a concept is no concept of its own but the concept's limitation."""
        said = self.mend(rest.plain.strip(" ."), rest.lines[0])
        why = reason_to_skip(rest.plain)
        source = Source(self.note, text.lines, text.quote)
        sure = 0.85 if len(said.split()) <= 20 else 0.5
        cells = ((label.strip("` "), said),)
        self.unit(text, [] if why else [Row(**context.shared(source, confidence=sure), cells=cells)], why)

    def _category(self, name: str, context: Context) -> str:
        """What a term is one of: a step of the sequence just told, or what the heading lists."""
        told = next((fact for fact in reversed(self.facts[-40:]) if isinstance(fact, Sequence)), None)
        if told and told.heading == context.heading and names.key(name) in map(names.key, told.steps):
            return f"{told.what} steps"
        title = context.heading[-1] if context.heading else ""
        return names.without_number(title) if names.is_category(title) else context.category

    def labelled(self, name: str, rest: Text, context: Context) -> bool:
        """`Core artifacts: jobs, libraries and clusters` under a term lists what the term has."""
        plain = self.mend(rest.plain.rstrip(". "), rest.lines[0])
        items = parted(plain)
        if (
            len(items) < 3
            or not grammar.looks_plural(grammar.bare(name.split()[-1]))
            or any(len(i.split()) > 6 for i in items)
        ):
            return False
        what = name if name[1:2].isupper() else name[0].lower() + name[1:]
        source = Source(self.note, rest.lines, f"{name}: {rest.quote}")
        self.unit(
            rest,
            [
                Enumeration(
                    **context.shared(source, confidence=0.9),
                    lead=name,
                    what=what,
                    items=tuple(items),
                    inline=True,
                )
            ],
        )
        return True

    def described(self, part: Text, context: Context, *, first: bool) -> None:
        """One piece of a term's description."""
        why = reason_to_skip(part.plain)
        plain = grammar.expanded(self.mend(part.plain.rstrip(". "), part.lines[0]))
        source = Source(self.note, part.lines, part.quote)
        if why:
            self.unit(part, [], why)
        elif first and re.match(r"to\s+[a-z]+\s", plain, re.IGNORECASE):
            self.unit(
                part, [Use(**context.shared(source, confidence=0.85), marker="used to", purpose=plain[3:])]
            )
        elif first and self._defines(plain):
            self.unit(part, [Definition(**context.shared(source, confidence=0.9), value=plain)])
        elif grammar.is_imperative(plain) or (
            not grammar.has_verb(plain)
            and not re.match(r"(?:useful|ideal|good|great|best|suitable|used)\b", plain, re.IGNORECASE)
        ):
            self.unit(part, [Description(**context.shared(source, confidence=0.85), value=plain)])
        else:
            self.sentence(part, context)

    @staticmethod
    def _defines(plain: str) -> bool:
        """Is the first piece of a description what the term is: a noun phrase with its article, or "VM with …"?"""
        if grammar.has_verb(re.split(r"\b(?:that|which|who|where|to|one|you|we)\b", plain)[0]):
            return False
        if re.match(r"(?:an?|the|one of|any)\s", plain, re.IGNORECASE):
            return True
        return (
            grammar.is_noun_phrase(plain)
            and bool(
                re.match(
                    r"[\w/-]+(?:\s[\w/-]+){0,3}\s(?:with|that|which|for|of|to|where|used|between|from)\s",
                    plain,
                )
            )
            and not re.match(r"(?:based|used|useful|ideal|good|massive|easy|secure)\b", plain, re.IGNORECASE)
        )

    def listed(self, block: Bullets, lead: Text, context: Context) -> bool:
        """A list under its lead: "An image has three components:"."""
        said = self.mend(lead.plain.rstrip(": "), lead.lines[0])
        why = reason_to_skip(said)
        texts = [item.text for item in block.items if item.text is not None]
        if (
            why
            or not texts
            or (
                re.search(r"\b(?:lab|steps?|follow|instructions?|links?|resources)\b", said, re.IGNORECASE)
                and not block.numbered
            )
        ):
            return False
        if block.numbered and self.steps(block, lead, context):
            return True
        if re.search(r"\b(?:order|stages|phases)\b", said, re.IGNORECASE) and block.numbered:
            return self.steps(block, lead, context)
        if len(texts) < 2:
            return False
        if self.predicates(said, texts):
            named_so = replace(context, concept=said, certain=True, term=True)
            for item in block.items:
                self.item(item, named_so, in_terms=False)
            return True
        items = [self.member(text) for text in texts]
        short = all(0 < len(item.split()) <= 22 for item in items)
        if not short:
            return False
        count = number_in(said)
        sure = 0.9 if count is None or count == len(items) else 0.5
        named, what = self._lead(said, context)
        concept = context.concept
        split = grammar.split(named + " them")
        if split:
            subject = re.sub(r"^(?:an?|the|each|every)\s+", "", split.subject, flags=re.IGNORECASE)
            if names.key(subject) in context.names or (
                not concept and subject.lower() not in ("you", "we", "it", "they", "there")
            ):
                concept = subject
        last = texts[-1]
        quote = " ".join([lead.quote, *(text.quote for text in texts)])
        source = Source(self.note, (lead.lines[0], last.lines[1]), quote)
        whole = bool(
            re.search(r"\b(?:such as|e\.g|for example|including|some of|among)\b", said, re.IGNORECASE)
        ) or items[-1].lower().startswith(("etc", "..."))
        fact = Enumeration(
            **context.shared(source, concept=concept, confidence=sure if concept else 0.5),
            lead=named, what=what, items=tuple(items), open=whole,
        )  # fmt: skip
        self.unit(lead, [fact])
        for item in block.items:
            if item.text is None:
                continue
            at = len(self.facts) - 1
            relative = _RELATIVE.match(self.mend(item.text.plain.rstrip(". "), item.text.lines[0]))
            if relative:
                source = Source(self.note, item.text.lines, item.text.quote)
                said = f"{relative['thing']} {relative['says']}"
                inner = replace(context, category=what or context.category, term=False, certain=False)
                self.unit(item.text, statement(said, source, inner))
            elif grammar.has_verb(item.text.plain) and not re.match(
                r".*?\b(?:that|which|who)\b", item.text.plain
            ):
                self.sentence(
                    item.text, replace(context, category=what or context.category, term=False, certain=False)
                )
            elif term_of(item.text):
                self.term(
                    item.text,
                    replace(context, heading=(*context.heading, what or said)[-3:], category=what or said),
                )
            else:
                self.units.append(Unit(self.note, item.text.lines, item.text.quote, [at]))
            self.nested(item.below, None, context, (at, len(self.units) - 1))
        return True

    @staticmethod
    def predicates(said: str, texts: Many[Text]) -> bool:
        """Is the lead a bare name, and do its items say what it does or is, and not what it has?"""
        if number_in(said) or grammar.has_verb(said) or len(said.split()) > 4 or not said[:1].isupper():
            return False
        says = sum(grammar.opens_with_predicate(text.plain) for text in texts)
        whole = sum(grammar.has_verb(text.plain) for text in texts)
        return says > 0 and (says + whole) * 2 >= len(texts)

    def member(self, text: Text) -> str:
        """What an item adds to a list: its term, or its subject where it is a whole sentence, or all of it."""
        plain = self.mend(text.plain.rstrip(".;, "), text.lines[0])
        term = term_of(text)
        if term:
            return term.name
        relative = _RELATIVE.match(plain)
        if relative:
            return relative["thing"]
        split = grammar.split(plain)
        if (
            split
            and len(split.subject.split()) <= 7
            and not grammar.opens_with_pronoun(plain)
            and not re.search(r"\b(?:that|which|who)\b", split.subject)
        ):
            return split.subject
        return plain

    def _lead(self, said: str, context: Context) -> tuple[str, str]:
        from dp100cards.notes.clauses import _named, _what

        return _named(said, context), _what(said)

    def members_of_heading(self, block: Bullets, context: Context) -> bool:
        """Short items under a plural heading are its members: "Types of compute" and its list."""
        texts = [item.text for item in block.items if item.text is not None]
        title = names.without_number(context.heading[-1]) if context.heading else ""
        if not 3 <= len(texts) <= 7 or not title or any(item.below for item in block.items):
            return False
        if not grammar.looks_plural(grammar.bare(title.split()[-1])) and not re.match(
            r"types of\s", title, re.IGNORECASE
        ):
            return False
        if any(
            len(t.plain.split()) > 5 or grammar.has_verb(t.plain) or term_of(t) or reason_to_skip(t.plain)
            for t in texts
        ):
            return False
        quote = " ".join(text.quote for text in texts)
        source = Source(self.note, (texts[0].lines[0], texts[-1].lines[1]), quote)
        generic = names.is_generic(title)
        concept = context.concept if generic or context.concept else title
        what = title[:1].lower() + title[1:] if not title[1:2].isupper() else title
        lead = f"{context.concept}: {what}" if generic and context.concept else title
        fact = Enumeration(
            **context.shared(source, concept=concept, confidence=0.65), lead=lead, what=what,
            items=tuple(self.mend(text.plain.strip(" ."), text.lines[0]) for text in texts),
        )  # fmt: skip
        at = len(self.facts)
        self.facts.append(fact)
        self.units += [Unit(self.note, text.lines, text.quote, [at]) for text in texts]
        return True

    def steps(self, block: Bullets, lead: Text | None, context: Context) -> bool:
        """A numbered list of three to seven short steps is a sequence; a lab's instructions are not."""
        texts = [item.text for item in block.items if item.text is not None]
        if not 3 <= len(texts) <= 7 or any(reason_to_skip(text.plain, in_steps=True) for text in texts):
            return False
        said = (
            self.mend(lead.plain.rstrip(": "), lead.lines[0])
            if lead
            else names.without_number(context.heading[-1] if context.heading else "")
        )
        ordered = re.search(
            r"\b(?:steps?|stages?|phases?|order|sequence|process|workflow|lifecycle|life cycle|pipeline|how)\b",
            said,
            re.IGNORECASE,
        )
        if not ordered or re.search(
            r"\b(?:lab|exercise|walkthrough|instructions|hands-on)\b",
            " ".join([said, *context.heading]),
            re.IGNORECASE,
        ):
            return False
        steps = [
            self.member(text) if term_of(text) else self.mend(text.plain.rstrip(". "), text.lines[0])
            for text in texts
        ]
        if any(len(step.split()) > 14 for step in steps):
            return False
        quote = " ".join(([lead.quote] if lead else []) + [text.quote for text in texts])
        first = (lead or texts[0]).lines[0]
        source = Source(self.note, (first, texts[-1].lines[1]), quote)
        fact = Sequence(
            **context.shared(source, confidence=0.85), what=said or context.concept, steps=tuple(steps)
        )
        at = len(self.facts)
        self.facts.append(fact)
        for item in block.items:
            if item.text is not None and term_of(item.text):
                self.term(item.text, context)
            elif item.text is not None:
                self.units.append(Unit(self.note, item.text.lines, item.text.quote, [at]))
            self.blocks(item.below, context)
        return True

    # Quotes

    def quote(self, blocks: Many[Block], context: Context, before: tuple[int, int]) -> bool:
        """A block quote: `Today (…)` changes what stands above it (then True); else advice or statements."""
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph):
            today = _TODAY.match(first.text.plain)
            if today:
                source = Source(self.note, first.text.lines, first.text.quote)
                self.changed(Change(today["date"], " ".join(today["text"].split()), source), before)
                return True
        inner = replace(context, certain=False, term=False)
        for n, block in enumerate(blocks):
            label = _LABEL.match(block.text.plain) if isinstance(block, Paragraph) and n == 0 else None
            if label and isinstance(block, Paragraph):
                text = block.text.part(label.end(), len(block.text.plain))
                kind = (label["kind"] or label["label"] or "").lower().strip(".")
                found = re.match(r"In\s+(?P<name>[A-Z][^,]{2,40}),\s+", text.plain)
                about = replace(inner, concept=found["name"], certain=True) if found else inner
                advising = "advice" if kind in _ADVISING else ""
                if text.plain:
                    self.noted(
                        text,
                        replace(about, status=advising),
                        isinstance(blocks[n + 1], Bullets) if n + 1 < len(blocks) else False,
                    )
            else:
                self.blocks([block], inner)
        return False

    def noted(self, text: Text, context: Context, leads: bool) -> None:
        """The sentences of a labelled quote: advice where they advise, else what they state."""
        if self.own(text, context):
            return
        for part in sentences(text):
            found = self.sentence(part, context)
            at = len(self.facts) - len(found)
            for n, fact in enumerate(found):
                if not isinstance(fact, Advice) and fact.status == "advice":
                    self.facts[at + n] = replace(fact, status="")

    def changed(self, change: Change, before: tuple[int, int]) -> None:
        """Put a change on the facts of the statement right above: of a block's several units, on those that share the
        most words with it."""
        units = [unit for unit in self.units[before[1] :] if unit.facts]
        if not units:
            return
        about = grammar.content(change.text)
        shares = [len(about & grammar.content(unit.text)) for unit in units]
        best = max(shares)
        chosen = (
            [unit for unit, share in zip(units, shares, strict=True) if share == best] if best else units[-1:]
        )
        for unit in chosen:
            for at in unit.facts:
                if isinstance(self.facts[at], Abbreviation):
                    continue  # what a name is short for stays so
                self.facts[at] = replace(self.facts[at], change=change, status="outdated")

    # Tables and code

    def table(self, table: Table, context: Context) -> None:
        """A table: each row a fact about its first cell; turned, if its first column names features."""
        header = [cell.plain for cell in table.header]
        rows = [[cell.plain for cell in row] for row in table.rows]
        turned = bool(header) and header[0].strip().lower() in (
            "",
            "aspect",
            "feature",
            "criteria",
            "property",
            "characteristic",
            "comparison",
        )
        for n, row in enumerate(table.rows):
            text = row[0] if row else None
            if text is None or not text.plain:
                continue
            lines = row[0].lines
            source = Source(self.note, lines, " | ".join(cell.quote for cell in row))
            cells = [
                (header[k], self.mend(rows[n][k], lines[0]))
                for k in range(1, min(len(header), len(row)))
                if rows[n][k].strip(" -–") and header[k]
            ]
            facts: list[Fact] = []
            if cells and not turned:
                category = context.concept or (context.heading[-1] if context.heading else header[0])
                facts = [
                    Row(
                        **context.shared(
                            source, concept=rows[n][0].strip("`* "), category=header[0] or category
                        ),
                        cells=tuple(cells),
                    )
                ]
            elif cells:
                facts = [
                    Row(
                        **context.shared(source, concept=column, category=context.concept or "option"),
                        cells=((rows[n][0], value),),
                    )
                    for column, value in cells
                ]
            at = len(self.facts)
            self.facts += facts
            self.units.append(
                Unit(
                    self.note,
                    lines,
                    source.quote,
                    list(range(at, len(self.facts))),
                    "" if facts else "empty row",
                )
            )

    def fence(self, block: Fence, lead: Text | None, context: Context) -> None:
        """A block of code; only with a sentence before it that says what it does, or with marked blanks."""
        task = self.mend(lead.plain.rstrip(": "), lead.lines[0]) if lead else ""
        if not GAP.search(block.code) and not task:
            return
        source = Source(self.note, block.lines, " ".join(block.code.split())[:200])
        fact = Snippet(
            **context.shared(source), language=block.language, code=block.code.rstrip("\n"), task=task
        )
        at = len(self.facts)
        self.facts.append(fact)
        if lead is not None:
            self.units.append(Unit(self.note, lead.lines, lead.quote, [at]))


_NUMBERS = """
    zero one two three four five six seven eight nine ten eleven twelve
    """.split()


def number_in(text: str) -> int | None:
    """The number of things that a lead announces: "three components" → 3; None if it says none."""
    found = re.search(rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS[2:])})\s+(?:\w+\s+)?\w+s\b", text, re.IGNORECASE)
    if not found:
        return None
    word = found[1].lower()
    return int(word) if word.isdigit() else _NUMBERS.index(word)
