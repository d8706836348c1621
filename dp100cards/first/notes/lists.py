"""Lists, item by item, and what is nested in them."""

from __future__ import annotations

import re
from collections.abc import Sequence as Many
from dataclasses import replace

from dp100cards.first.notes import grammar
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.blocks import Block, Bullets, Item, Paragraph, Quote, Text
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import Points
from dp100cards.first.notes.gather import Unit
from dp100cards.first.notes.leads import Leads, tells_of_one
from dp100cards.first.notes.marks import CROSSED
from dp100cards.first.notes.names import is_generic, without_number
from dp100cards.first.notes.sentences import sentences
from dp100cards.first.notes.skip import WRONG, about_the_course, is_hint, reason_to_skip
from dp100cards.first.notes.terms import NUMBER, is_label, is_term, term_of
from dp100cards.first.notes.terms_told import Terms

_EXAMPLE = AnyCase(
    r"^(?:for )?(?:an? )?(?:[\w-]+ ){0,3}(?:example|instance|scenario)s?(?: (?:\d+|use cases?))?(?::|\s*$)|^e\.g\.?:?$"
    r"|^(?:practice |exam |sample )?(?:question|scenario|q)(?: ?#?\d+)?:"
)
_MERITS = AnyCase(
    r"\b(?:features?|benefits?|advantages?|capabilities|characteristics|principles|pillars|reasons)\b"
)
FEWEST_POINTS, MOST_POINTS = 2, 7
LONGEST_POINTS = 30
"""Words of a list that is recalled as a whole."""
_IF = AnyCase(r"\b(?:if|when|unless|because|while|whether|so that|such that)(?: [\w-]+)?:$")
"""A lead whose items are only what it says if: "Storage is extended if:"."""
"""A line over a made-up case: what is told there holds of the case, and not of what it stands for."""


def _of_merits(context: Context) -> bool:
    """Are the names of the items qualities, "High availability" below "Key features", and "it" is what has them?"""
    return bool(context.heading) and bool(_MERITS.search(context.heading[-1]))


class Lists(Leads, Terms):
    """Reads lists."""

    def bullets(self, block: Bullets, lead: Text | None, context: Context) -> None:
        """A list: terms and what they mean, the members of something, steps, or plain statements."""
        if is_contents(block):
            self.passed_over([block], "table of contents")
            return
        if are_options(block):
            self.passed_over([block], "options of a question")
            return
        if lead is not None and (_EXAMPLE.match(lead.plain) or _IF.search(lead.plain)):
            context = replace(context, doubtful=True)
        if lead is not None and reason_to_skip(lead.plain).startswith("about the course"):
            self.unit(lead, [], "about the course or the text")
            self.course(block)
            return
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
        names = sum(_names_a_thing(item) for item in block.items)
        heads = names and names + sum(_names_a_thing(item, colon=False) for item in block.items)
        named = heads > 1 and (heads * 2 >= len(block.items) or heads > 3)
        starts = []
        for item in block.items:
            in_terms = terms * 2 >= len(block.items)
            starts.append(len(self.units))
            self.item(item, context, in_terms=in_terms, numbered=block.numbered, named=named)
        if lead is None and not terms and not block.numbered:
            self.points(block, context, [unit for at in starts for unit in self.units[at : at + 1]])

    def points(self, block: Bullets, context: Context, units: Many[Unit]) -> None:
        """A short list of fragments under a heading, as a whole: alone its lines ask for little. `units` are those of
        the items without what is nested in them."""
        texts = [item.text for item in block.items if item.text is not None]
        title = (
            context.concept
            if context.term
            else without_number(context.heading[-1] if context.heading else "")
        )
        told = [self.mend(text.plain.strip(" .;:,"), text.lines[0]) for text in texts]
        if not title or not FEWEST_POINTS <= len(told) == len(block.items) == len(units) <= MOST_POINTS:
            return
        if any(unit.skipped for unit in units) or any(grammar.has_verb(each) for each in told):
            return
        if sum(len(each.split()) for each in told) > LONGEST_POINTS:
            return
        at = len(self.facts)
        self.facts.append(Points(**context.shared(self.source_of(texts)), title=title, items=tuple(told)))
        for unit in units:
            unit.facts.append(at)

    def course(self, block: Bullets) -> None:
        """A list of what the course or the exam is like ("Level: …", "Duration: …") states nothing to be asked."""
        for item in block.items:
            self.passed_over(item.blocks)

    def passed_over(self, blocks: Many[Block], why: str = "about the course or the text") -> None:
        """Blocks that are about the exam or the text, and not its subject."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self.unit(block.text, [], why)
            elif isinstance(block, Bullets):
                for item in block.items:
                    self.passed_over(item.blocks, why)

    def item(
        self, item: Item, context: Context, *, in_terms: bool, numbered: bool = False, named: bool = False
    ) -> None:
        """One item: a term with its description, or sentences; then what is nested in it. `named`: lines that end in a
        colon are names ("Portal:"), as are those of the items beside it."""
        text = item.text
        inner = context
        start = (len(self.facts), len(self.units))
        if text is not None and CROSSED.match(text.plain):
            self.passed_over(item.blocks, WRONG)
            return
        if text is not None and not self.own(text, context):
            if _EXAMPLE.match(text.plain):
                context = inner = replace(context, doubtful=True)
            term = term_of(text)
            if term and is_hint(term.name):
                self.passed_over(item.blocks)
                return
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
                if lead is not None and (not lead.plain.endswith(":") or (named and _names_a_thing(item))):
                    name = NUMBER.sub("", lead.plain.strip(" .:"))
                    label = is_label(name) or is_generic(name)  # "**Benefits**" is no thing, colon or not
                    if (
                        len(name.partition(" (")[0].split()) <= 6
                        and not label
                        and not grammar.has_verb(name)
                        and is_term(name, marked=True)
                    ):
                        inner = replace(
                            context,
                            concept=name,
                            category=context.concept or context.category,
                            term=True,
                            certain=not _of_merits(context),
                        )
                        self.introduced(self.mend(lead.plain, lead.lines[0]), lead, inner)
                        members = self._names_members(name) and not tells_of_one(item.below)
                        lead = lead if members else None
                if inner is context and parts:
                    inner = replace(
                        context, category=""
                    )  # what hangs on a sentence is no member of the heading
        else:
            lead = None
        self.nested(item.below, lead, inner, start)

    @staticmethod
    def _names_members(name: str) -> bool:
        words = name.partition(" (")[0].split()  # "IEEE (Institute of … Engineers)" is one
        return bool(words) and grammar.looks_plural(grammar.bare(words[-1]))

    def nested(
        self, blocks: Many[Block], lead: Text | None, context: Context, before: tuple[int, int]
    ) -> None:
        """What is nested in an item: about its term, else about the line that it is under."""
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


_LISTS = AnyCase(
    r"\b(?:benefits?|advantages?|disadvantages?|features?|types?|kinds?|examples?|use cases?|uses?|limitations?|pros"
    r"|cons|steps?|components?|notes?|options?|points?|characteristics|considerations?|requirements?|tips?|properties"
    r"|parameters|settings|services|tools|methods|ways|reasons|rules|roles|scenarios?|capabilities|purpose|goals?"
    r"|overview|summary|definition|description|how it works|includes?|such as|responsib\w+|suitable|best for"
    r"|for:?$)(?!\w)"
)
"""Words of a line that leads to a list, and names no thing."""


def _names_a_thing(item: Item, *, colon: bool = True) -> bool:
    """Is the item a name with a list below, and with a colon or without one: "Portal:"?"""
    if item.text is None or not item.below or not isinstance(item.below[0], Bullets):
        return False
    name = item.text.plain.strip()
    if name.endswith(":") is not colon or len(name.split()) > 4 or _LISTS.search(name):
        return False
    return is_term(name.rstrip(": "), marked=True) and not grammar.has_verb(name.rstrip(": "))


_ANCHOR = re.compile(r"^\s*\[[^\]]*\]\((?:#|(?!https?:)[^)\s]*\.md\b[^)]*\)\s*$)", re.MULTILINE)


_RIGHT, _WRONG = "\u2705", "\u274c"
OPTION = re.compile(r"^\s*\W*[A-Ha-h][.)]\s")
"""How the option of a practice question begins."""


def are_options(block: Bullets) -> bool:
    """Are the items the options of a practice question, of which some are wrong: "A. …", "B. …", or "…✅", "…❌"?"""
    texts = [item.text.plain for item in block.items if item.text is not None]
    marked = [(_RIGHT in text, _WRONG in text) for text in texts]
    if len(texts) > 1 and all(map(any, marked)) and any(wrong for _, wrong in marked):
        return True
    return len(texts) > 2 and all(map(OPTION.match, texts))


def is_contents(block: Bullets) -> bool:
    """Are the items links into the note itself: a table of contents?"""
    texts = [item.text for item in block.items if item.text is not None]
    return bool(texts) and sum(bool(_ANCHOR.match(text.raw)) for text in texts) * 2 > len(texts)
