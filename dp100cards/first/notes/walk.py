"""Through the blocks of one note, in order: each becomes units, and each unit facts."""

from __future__ import annotations

import re
from collections.abc import Sequence as Many
from dataclasses import replace

from dp100cards.first.notes import grammar, names
from dp100cards.first.notes.blocks import Block, Bullets, Fence, Item, Paragraph, Quote, Section, Table, Text
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import (
    Consequence,
    Definition,
    Fact,
    Statement,
    Use,
)
from dp100cards.first.notes.lists import OPTION, Lists
from dp100cards.first.notes.marks import CROSSED
from dp100cards.first.notes.quotes import Quotes
from dp100cards.first.notes.sentences import sentences
from dp100cards.first.notes.skip import WRONG, about_the_exam, half_about_the_exam
from dp100cards.first.notes.tables import Tables
from dp100cards.first.notes.terms import is_label, term_of

_OPTIONS = re.compile(r"^[ \t]*[A-Ha-h][.)][ \t]", re.MULTILINE)


def _hung(blocks: Many[Block]) -> list[Block]:
    """The blocks, with a list under the last name of a numbered list nested in it, as its writer meant: "1. Name"."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if (
            isinstance(block, Bullets)
            and not block.numbered
            and isinstance(last, Bullets)
            and last.numbered
            and (text := last.items[-1].text)
            and not last.items[-1].below
            and len(text.plain.split()) <= 6
            and text.lines[1] + 1 == _first_line(block)
            and not grammar.has_verb(text.plain)
        ):
            item = Item((*last.items[-1].blocks, block))
            found[-1] = Bullets((*last.items[:-1], item), last.numbered)
        else:
            found.append(block)
    return found


def _first_line(block: Bullets) -> int:
    text = block.items[0].text if block.items else None
    return text.lines[0] if text else 0


class Walk(Lists, Quotes, Tables):
    """Walks through one note."""

    def blocks(self, blocks: Many[Block], context: Context) -> None:
        """Blocks in order; a lead ("…:") goes with the list or the code that follows it."""
        lead: Text | None = None
        headed: Context | None = None
        before = (0, 0)
        blocks = _hung(blocks)
        for n, block in enumerate(blocks):
            following = blocks[n + 1] if n + 1 < len(blocks) else None
            start = (len(self.facts), len(self.units))
            match block:
                case Paragraph(text=text) if CROSSED.match(text.plain):
                    self.unit(text, [], WRONG)
                    headed, lead = None, None
                case Paragraph(text=text) if isinstance(following, Bullets) and self._headed(text):
                    headed, lead = self.term(text, context)
                case Paragraph(text=text) if isinstance(following, Bullets) and self._is_title(text):
                    name = names.without_number(text.plain)
                    headed, lead = replace(context, concept=name, term=True, certain=True), None
                case Paragraph(text=text) if isinstance(following, Bullets) and (
                    is_label(text.plain.rstrip(": ")) or names.is_generic(text.plain)
                ):
                    headed, lead = None, text
                case Paragraph(text=text) if self._bold_term(text) and not self.own(text, context):
                    self.term(text, context)
                    headed, lead = None, None
                case Paragraph(text=text) if self._only_leads(text) and not isinstance(
                    following, Bullets | Fence
                ):
                    self.unit(text, [], "a heading")
                case Paragraph(text=text):
                    headed, lead = None, self.paragraph(text, following, context)
                case Bullets():
                    self._opened = True
                    self.bullets(block, lead, headed or context)
                    headed, lead = None, None
                case Quote(blocks=inner):
                    if self.quote(inner, context, before):
                        continue
                case Table():
                    self._opened = True
                    self.table(block, context)
                case Fence():
                    self.fence(block, lead, context)
                    lead = None
            before = start

    def section(self, section: Section, context: Context) -> None:
        """All blocks of a section, unless it is about the exam or the course."""
        if any(about_the_exam(title) for title in section.path):
            self.passed_over(section.blocks)
            return
        if words := section.words:
            self.introduced(self.mend(words.plain, words.lines[0]), words, context)
        self._opened = False
        half = any(half_about_the_exam(title) for title in section.path)
        self.blocks(section.blocks, replace(context, doubtful=True) if half else context)

    @staticmethod
    def _headed(text: Text) -> bool:
        """`**Stono Rebellion** - 1739` over a list: what the list says is said of that, and not of the heading above."""
        term = term_of(text)
        return Walk._bold_term(text) and term is not None and not is_label(term.name)

    @staticmethod
    def _bold_term(text: Text) -> bool:
        """Does a paragraph begin with a term in bold and say what it is?"""
        term = term_of(text)
        bold = any(a == 0 for a, _ in text.bold)
        return bool(term and term.strong and bold and not text.plain.endswith(":"))

    @staticmethod
    def _is_title(text: Text) -> bool:
        """A paragraph of a few bold words over a list, without a colon, is a heading in all but name."""
        whole = any(a == 0 and b >= len(text.plain) for a, b in text.bold)
        named = len(text.plain.split()) <= 4 and not names.is_generic(text.plain)
        return whole and named and not text.plain.endswith(":") and not grammar.has_verb(text.plain)

    @staticmethod
    def _only_leads(text: Text) -> bool:
        """`**Scaling policies:**`: all of it bold, with a colon: a heading, which states nothing."""
        whole = any(a == 0 and b >= len(text.plain) - 1 for a, b in text.bold)
        return whole and text.plain.endswith(":") and not grammar.has_verb(text.plain)

    def paragraph(self, text: Text, following: Block | None, context: Context) -> Text | None:
        """A paragraph's sentences; gives its last one if it leads into what follows."""
        if self.own(text, context):
            return None
        if OPTION.match(text.plain) and len(_OPTIONS.findall(text.raw)) > 2:
            self.unit(text, [], "options of a question")
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
        if last is None:
            return replace(context, certain=False, pronoun="")
        if isinstance(last, Consequence) and not context.term:
            told = grammar.split(last.result)
            subject = names.key(told.subject) if told else ""
            if subject not in ("", "it", "they", "you", "we", names.key(context.concept)):
                return replace(context, certain=False, pronoun="")
        if last.concept == context.concept or not last.concept:
            spoken = names.key(last.subject) if isinstance(last, Statement) else ""
            itself = spoken in ("", "it", "they", names.key(context.concept)) or not last.subject  # type: ignore[attr-defined]
            return context if itself or context.term else replace(context, certain=False, pronoun="")
        if not isinstance(last, Definition | Statement | Use):
            return context
        if isinstance(last, Statement) and names.key(last.subject) != names.key(last.concept):
            return context
        return replace(context, pronoun=last.concept)
