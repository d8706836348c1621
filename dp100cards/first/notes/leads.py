"""Lists under a lead or a heading: the members of something, the steps of something."""

from __future__ import annotations

import re
from collections.abc import Sequence as Many
from dataclasses import replace

from dp100cards.cards import Source
from dp100cards.first.notes import grammar, names
from dp100cards.first.notes.blocks import Block, Bullets, Item, Text
from dp100cards.first.notes.context import Context, resolved
from dp100cards.first.notes.facts import (
    Enumeration,
    Sequence,
)
from dp100cards.first.notes.gather import Gather, Unit
from dp100cards.first.notes.listing import what_items_are
from dp100cards.first.notes.saying import statement
from dp100cards.first.notes.skip import reason_to_skip
from dp100cards.first.notes.terms import NUMBER, is_label, is_meaning, is_term, term_of

_RELATIVE = re.compile(r"^(?P<thing>[^,]+),\s+which\s+(?P<says>\w+\s.+)$")
"""An item such as "A scoring script, which tells …": the thing, and what it does."""

_NUMBERS = """
    zero one two three four five six seven eight nine ten eleven twelve
    """.split()


_COUNTED = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS[2:])})\s+(?:\w+\s+)?\w+s\b", re.IGNORECASE)
_MERITS = re.compile(
    r"\b(?:benefits?|advantages?|disadvantages?|features?|limitations?|drawbacks?|pros|cons|key points|takeaways|notes?"
    r"|characteristics|properties|rules|facts|use cases|reasons|requirements|principles|constraints|conditions"
    r"|assumptions|goals|problems|issues|challenges)\b",
    re.IGNORECASE,
)
"""A lead over what is told in whole sentences, whose subjects are no members of it."""


_TELLS = re.compile(r"^[\w`-]+(?: [\w`-]+)? (?:means|is|are|has|have|can|must|should|will) ")
"""An item that is a sentence of its own: below a bare name it tells of it, and is no member."""


_SOMEBODY = re.compile(r"(?:you|we|it|they|there|this|these|your|users?)\b", re.IGNORECASE)


class Leads(Gather):
    """Reads a list as the members or the steps of something."""

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
        if self.predicates(said, texts, colon=lead.plain.rstrip().endswith(":")):
            no_name = (names.is_generic(said) or is_label(said)) and context.concept
            named_so = replace(context, concept=context.concept if no_name else said, certain=True, term=True)
            for item in block.items:
                self.item(item, named_so, in_terms=False)
            return True
        told = sum(
            term_of(text) is None and bool(grammar.split(text.plain)) and not _SOMEBODY.match(text.plain)
            for text in texts
        )
        if told * 2 > len(texts) and number_in(said) is None and not what_items_are(said):
            return False  # "It follows one idea:" and sentences that explain it
        if told == len(texts) and len(said.split()) < 4 and not _MERITS.search(said):
            return False  # "Named pipes:" and sentences about them
        ends = [item.text.plain.endswith(":") for item in block.items if item.text is not None]
        if any(ends) and not all(ends):
            return False  # a lead among sentences is no member
        items = [self.member(text, named=not _MERITS.search(said)) for text in texts]
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
        source = self.source_of([lead, *texts])
        whole = bool(
            re.search(r"\b(?:such as|e\.g|for example|including|some of|among)\b", said, re.IGNORECASE)
        ) or items[-1].lower().startswith(("etc", "..."))
        points = re.match(r"(?:this|these|that|those|it|they|here|below)\b", named, re.IGNORECASE)
        fact = Enumeration(
            **context.shared(source, concept=concept, confidence=sure if concept and not points else 0.5),
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
            elif (term := term_of(item.text)) and is_label(term.name):
                self.units.append(Unit(self.note, item.text.lines, item.text.quote, [at]))
            elif term:
                self.term(
                    item.text,
                    replace(context, heading=(*context.heading, what or said)[-3:], category=what or said),
                )
            elif grammar.has_verb(item.text.plain) and not re.match(
                r".*?\b(?:that|which|who)\b", item.text.plain
            ):
                self.sentence(
                    item.text, replace(context, category=what or context.category, term=False, certain=False)
                )
            else:
                self.units.append(Unit(self.note, item.text.lines, item.text.quote, [at]))
            below = self._told_below(item, context)
            self.nested(item.below, None, below, (at, len(self.units) - 1))
        return True

    def _told_below(self, item: Item, context: Context) -> Context:
        """What is nested under a member that is a name, as "What: …" and "Key types: …" are, is told of that member."""
        if item.text is None or not tells_of_one(item.below):
            return context
        name = NUMBER.sub("", self.mend(item.text.plain.strip(" .:"), item.text.lines[0]))
        if len(name.split()) > 6 or grammar.has_verb(name) or not is_term(name, marked=True):
            return context
        return replace(
            context, concept=name, category=context.concept or context.category, term=True, certain=True
        )

    @staticmethod
    def predicates(said: str, texts: Many[Text], *, colon: bool) -> bool:
        """Is the lead a bare name, and do its items say what it does or is, and not what it has?"""
        if number_in(said) or grammar.has_verb(said) or len(said.split()) > 4 or not said[:1].isupper():
            return False
        if sum(term_of(text) is not None for text in texts) * 2 >= len(texts):
            return False  # "Tiers" and "Hot: …", "Cool: …"
        if not colon and any(_TELLS.search(text.plain) for text in texts):
            return True
        says = sum(grammar.opens_with_predicate(text.plain) for text in texts)
        whole = sum(grammar.has_verb(text.plain) for text in texts)
        return says > 0 and (says + whole) * 2 >= len(texts)

    def member(self, text: Text, *, named: bool = True) -> str:
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
            and named
            and len(split.subject.split()) <= 7
            and not grammar.opens_with_pronoun(plain)
            and not re.search(r"\b(?:that|which|who)\b", split.subject)
        ):
            return split.subject
        return plain

    def _lead(self, said: str, context: Context) -> tuple[str, str]:
        return resolved(said, context), what_items_are(said)

    def members_of_heading(self, block: Bullets, context: Context) -> bool:
        """Short items under a plural heading are its members: "Types of compute" and its list."""
        texts = [item.text for item in block.items if item.text is not None]
        title = names.without_number(context.heading[-1]) if context.heading else ""
        if not 3 <= len(texts) <= 7 or not title or any(item.below for item in block.items):
            return False
        if grammar.is_imperative(title):
            return False  # "Describe analytics workloads": what to learn
        if not grammar.looks_plural(grammar.bare(title.split()[-1])) and not re.match(
            r"types of\s", title, re.IGNORECASE
        ):
            return False
        if sum(len(t.plain.split()[0]) == 1 for t in texts if t.plain) * 2 > len(texts):
            return False  # keys, "q for exit"
        if any(
            len(t.plain.split()) > 5 or grammar.has_verb(t.plain) or term_of(t) or reason_to_skip(t.plain)
            for t in texts
        ):
            return False
        source = self.source_of(texts)
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
        source = self.source_of([lead, *texts] if lead else texts)
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


def tells_of_one(blocks: Many[Block]) -> bool:
    """Do mostly labels such as "What", "Purpose" and "Key types" stand below a name? They name no members of it."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Bullets):
        return False
    labels = [item.text.plain.partition(":") for item in first.items if item.text is not None]
    told = sum(bool(colon) and (is_label(name) or is_meaning(name)) for name, colon, _ in labels)
    return told > 0 and told * 2 >= len(labels)


def number_in(text: str) -> int | None:
    """The number of things that a lead announces: "three components" → 3; None if it says none."""
    found = _COUNTED.search(text)
    if not found:
        return None
    word = found[1].lower()
    return int(word) if word.isdigit() else _NUMBERS.index(word)
