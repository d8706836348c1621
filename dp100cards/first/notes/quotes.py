"""Block quotes: advice, remarks, and what has changed since."""

from __future__ import annotations

import re
from collections.abc import Sequence as Many
from dataclasses import replace

from dp100cards.cards import Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.blocks import Block, Bullets, Paragraph, Text
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import (
    Abbreviation,
    Advice,
    Change,
)
from dp100cards.first.notes.gather import Gather
from dp100cards.first.notes.sentences import sentences

_LABEL = re.compile(
    r"^\s*(?:\[!(?P<kind>\w+)\]|(?P<label>OBS|NOTE|NB|N\.B|TIP|WARNING|IMPORTANT|CAUTION|REMEMBER|HINT|ATTENTION|INFO|PS)\s*\d*\s*[:.\-–]*)\s*",
    re.IGNORECASE,
)

_ADVISING = frozenset(["obs", "tip", "warning", "important", "caution", "remember", "hint", "attention"])

_TODAY = re.compile(r"^\s*today\s*\((?P<date>[\d-]+)\)\s*:\s*(?P<text>.+)$", re.IGNORECASE | re.DOTALL)


class Quotes(Gather):
    """Reads block quotes."""

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
                start = self._after_title(block.text, label.end()) if label["kind"] else label.end()
                text = block.text.part(start, len(block.text.plain))
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

    @staticmethod
    def _after_title(text: Text, start: int) -> int:
        """Where the words of `[!INFO] Title` begin: on the line after the title, if there is one."""
        for n in range(start, len(text.offsets)):
            if text.raw[text.offsets[n]] == "\n":
                return n
        return start

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
