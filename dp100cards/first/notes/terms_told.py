"""A term and its description: every piece of it is about the term."""

from __future__ import annotations

import re
from dataclasses import replace

from dp100cards.cards import Source
from dp100cards.first.notes import grammar, names
from dp100cards.first.notes.blocks import Text
from dp100cards.first.notes.clauses import abbreviated
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import (
    Definition,
    Description,
    Enumeration,
    Row,
    Sequence,
    Statement,
    Use,
)
from dp100cards.first.notes.gather import Gather
from dp100cards.first.notes.listing import parted
from dp100cards.first.notes.sentences import sentences
from dp100cards.first.notes.skip import reason_to_skip
from dp100cards.first.notes.terms import is_label, is_meaning, term_of
from dp100cards.first.notes.verb import may_be_past

_ABOUT_THE_TEXT = re.compile(
    r"(?:correct )?(?:answer|explanation|rationale|reasoning|justification|solution|takeaway|key takeaway|conclusion"
    r"|in summary|question|summary|context|background)s?(?: \d+)?$",
    re.IGNORECASE,
)
"""Labels that say what part of a text stands behind them, and name nothing."""


_FOR_WHAT = re.compile(
    r"(?:for|if you (?:need|want)|when you need|need(?:ing)?)\s+(?P<what>\S.{2,60})$", re.IGNORECASE
)
_USE_IT = re.compile(
    r"(?:use|choose|pick|go (?:with|for))\s+(?P<thing>[\w`][^.;,:()]{1,40}?)\.?$", re.IGNORECASE
)
"""A rule of thumb, "For X → use Y": its two sides."""


class Terms(Gather):
    """Reads the description of a term."""

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
        self.introduced(name, text.part(0, text.plain.find(term.name) + len(term.name)), inner)
        if context.term and self.labelled(name, term.rest, context):
            return inner, None
        if self.rule_of_thumb(name, text, term.rest, context):
            return context, None
        if _ABOUT_THE_TEXT.match(name):
            for part in sentences(term.rest):
                self.sentence(part, context)
            return context, None
        if re.match(r"(?:best practice|recommendation|pro tip|advice)s?$", name, re.IGNORECASE):
            self.noted(term.rest, replace(context, status="advice"), False)
            return context, None
        if is_meaning(name) and context.concept and context.certain:
            said = replace(context, term=True)
            for n, part in enumerate(sentences(term.rest)):
                self.described(part, said, first=n == 0)
            return said, None
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

    def introduced(self, name: str, at: Text, context: Context) -> None:
        """The abbreviations that a name brings with it: "Network Security Group (NSG)"."""
        self.facts += abbreviated(name, Source(self.note, at.lines, at.quote), context)

    def rule_of_thumb(self, name: str, text: Text, rest: Text, context: Context) -> bool:
        """`For shared files → use EFS` says what EFS is for."""
        asked, told = _FOR_WHAT.match(name), _USE_IT.match(rest.plain)
        if not asked or not told:
            return False
        source = Source(self.note, text.lines, text.quote)
        shared = context.shared(source, concept=self.mend(told["thing"], rest.lines[0]), confidence=0.9)
        self.unit(text, [Use(**shared, marker="used for", purpose=asked["what"])])
        return True

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
        elif may_be_past(plain):
            self.unit(part, [Statement(**context.shared(source, confidence=0.5), sentence=plain)])
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
