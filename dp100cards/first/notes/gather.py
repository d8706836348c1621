"""What a walk through a note gathers: facts, and the units that they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence as Many
from dataclasses import dataclass

from dp100cards.cards import GAP, Source
from dp100cards.first.notes.blocks import Block, Item, Text
from dp100cards.first.notes.clauses import facts_of
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import (
    Fact,
    Own,
)
from dp100cards.first.notes.skip import reason_to_skip
from dp100cards.first.notes.typos import Speller, Typo

_QUESTION = re.compile(r"^\s*Q\s*[:.)]\s*(?P<q>.+?)\s+A\s*[:.)]\s*(?P<a>.+)$", re.DOTALL)

_ANSWERED = re.compile(
    r"^(?![^?]*\b(?:following|below|above|(?:figure|diagram|picture|code|snippet) shown?)\b)"
    r"(?P<q>(?:wh(?:at|ich|en|ere|o|y)|how|name|is|are|do|does|can)\b[^?]{8,160}\?)"
    r"\s*(?:->|=>|→|⇒|:|[-–—])\s*(?P<a>\S[^?]{0,160})$",
    re.IGNORECASE,
)
"""A check question with its answer behind it: "Which service …? → Azure Blobs". One of "the following" is none."""

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


_TEMPLATE = re.compile(
    r"\{\{ ?(?:inputs?|outputs?|steps|env|secrets|vars|github|params|values|matrix|context|item)\.[\w.]+ ?\}\}"
    r"|\{\{\\|\{\{-? |\{\{[.$]|\(\s*\)\s*\}\}"
)
"""Braces of a template in a piece of code, `{{ source() }}`, or of a formula, and no gap of the learner's."""


class Gather:
    """Gathers the facts and units of one note."""

    def __init__(self, note: str, speller: Speller) -> None:
        self.note = note
        self.speller = speller
        self.facts: list[Fact] = []
        self.units: list[Unit] = []
        self.typos: list[Typo] = []
        self._opened = False

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

    def source_of(self, texts: Many[Text]) -> Source:
        """The lines from the first text to the last, and the words of all."""
        quote = " ".join(text.quote for text in texts)
        return Source(self.note, (texts[0].lines[0], texts[-1].lines[1]), quote)

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
        gap = GAP.search(plain)
        found = _TEMPLATE.search(gap[0]) if gap else None
        template = (
            gap
            and found
            and (found[0][-1:] == "\\" or "." in found[0] or any(a <= gap.start() < b for a, b in text.code))
        )
        if gap and not template and GAP.search(text.quote):  # `\{\{` is a brace of a formula
            self.unit(text, [Own(**context.shared(source), form="cloze", front=plain)])
            return True
        answered = _ANSWERED.match(plain)
        if answered and not self._is_link(text):
            front, back = answered["q"].strip(), answered["a"].strip(" .")
            self.unit(text, [Own(**context.shared(source), form="question", front=front, back=back)])
            return True
        term = _TERM.match(plain)
        if term and "::" not in term["meaning"] and not any(a <= term.end("term") < b for a, b in text.code):
            shared = context.shared(source, concept=term["term"])
            self.unit(text, [Own(**shared, form="term", front=term["term"], back=term["meaning"])])
            return True
        return False

    @staticmethod
    def _is_link(text: Text) -> bool:
        """Is it all the title of a page that is linked to?"""
        raw = text.raw[: text.offsets[0]] if text.offsets else ""
        return raw.endswith("[")

    def blocks(self, blocks: Many[Block], context: Context) -> None:
        """Blocks in order; the walk knows how."""
        raise NotImplementedError

    def quote(self, blocks: Many[Block], context: Context, before: tuple[int, int]) -> bool:
        """A block quote; the walk knows how."""
        raise NotImplementedError

    def item(self, item: Item, context: Context, *, in_terms: bool, numbered: bool = False) -> None:
        """One item: a term with its description, or sentences; then what is nested in it."""
        raise NotImplementedError

    def term(self, text: Text, context: Context) -> tuple[Context, Text | None]:
        """`Term - description`: every sentence and fragment of the description is about the term.

        Gives the context of what is nested under it, and the lead of the description ("…:") if it ends with one.
        """
        raise NotImplementedError

    def nested(
        self, blocks: Many[Block], lead: Text | None, context: Context, before: tuple[int, int]
    ) -> None:
        """What is nested in an item: about its term, else about the line that it is under."""
        raise NotImplementedError

    def noted(self, text: Text, context: Context, leads: bool) -> None:
        """The sentences of a labelled quote: advice where they advise, else what they state."""
        raise NotImplementedError

    @staticmethod
    def spoken_of(found: Many[Fact], context: Context) -> Context:
        """The context of the next sentence: a pronoun in it means what this sentence was about."""
        raise NotImplementedError
