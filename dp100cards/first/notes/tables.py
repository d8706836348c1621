"""Tables row by row, and blocks of code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence as Many

from dp100cards.cards import GAP, Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.blocks import Fence, Table, Text
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import (
    MATRIX,
    NO,
    YES,
    Contrast,
    Fact,
    Row,
    Snippet,
)
from dp100cards.first.notes.gather import Gather, Unit

_COMPARES = AnyCase(r"\b(?:vs\.?|versus|compar\w+|differences?|against)(?!\w)")
_ASPECT = re.compile(
    r"^(?:|aspects?|features?|criteri(?:a|on)|propert(?:y|ies)|characteristics?|comparison|parameters?|attributes?"
    r"|dimensions?|metrics?|factors?|points?|basis|difference|category|topic|item|#)$",
    re.IGNORECASE,
)
"""How the first column of a table is headed that sets things against each other."""
_TELLS = re.compile(
    r"^(?:description|definition|meaning|details?|explanation|notes?|comments?|values?|examples?|purpose"
    r"|use(?:s|d|d? (?!space|interface|mode|side).*|ful .*|-cases?)?|usage.*|why|how|what.*"
    r"|recommended.*|benefits?|limits?|formulas?|equations?|when .*|where.*|who.*|pros|cons|(?:dis)?advantages?"
    r"|terms?|(?:full |short )?names?|sub-?(?:topic|categor|type|area|domain|section)\w*|questions?.*|answers?"
    r"|.* meaning|costs?|prices?|scope|lower .*|higher .*"
    r"|interpretation|range|units?|symbols?|abbreviations?|syntax|commands?|default.*|goals?|effects?|causes?|results?"
    r"|guidance|common .*|supported .*"
    r"|.*\b(?:formats?|artifacts?|outputs?|inputs?|focus|status|level|size|count|number)"
    r"|key .*|best .*|good .*|functions?|roles?|types?|limitations?|drawbacks?|strengths?|weakness(?:es)?)$",
    re.IGNORECASE,
)
"""How a column is headed that says something of its row, and names no thing of its own."""


def is_turned(header: Many[str], title: str) -> bool:
    """Do the columns of a table name things, and its rows what is said of them?"""
    columns = [name.strip("`*: ") for name in header[1:]]
    if not columns or any(_TELLS.match(name) for name in columns):
        return False
    first = header[0].strip("`*: ")
    if _ASPECT.match(first) and (len(columns) > 1 or not first):
        return True
    return len(columns) > 1 and bool(_COMPARES.search(title)) and all(_named(name, title) for name in columns)


def _named(name: str, title: str) -> bool:
    """Does a title name what a column is headed with?"""
    own = {grammar.stem(word) for word in re.findall(r"[\w+#.]+", re.sub(r"\([^)]*\)", "", name).lower())}
    said = {grammar.stem(word) for word in re.findall(r"[\w+#.]+", title.lower())}
    return bool(own) and own <= said


def _names(rows: Many[Many[str]], often: Counter[str]) -> list[str]:
    """The names of the rows: where several begin alike, what stands in the second column tells them apart."""
    return [
        f"{row[0]} ({row[1]})"
        if len(row) > 2
        and often[row[0].casefold()] > 1
        and row[1].strip(" -–")
        and len(row[1].split()) <= _SHORT
        else "".join(row[:1])
        for row in rows
    ]


_OF_THE_EXAM = AnyCase(
    r"\b(?:of|in|on) (?:the )?exam\b|\bexam (?:weight|share|percent\w*)\b|\bweight(?:age|ing)\b"
)
_SHORT = 6
"""A cell of more words is no part of a name."""
_SHELLS = frozenset(
    ["", "bash", "sh", "shell", "console", "powershell", "cmd", "text", "zsh", "yaml", "json", "hcl", "tf"]
)


_TEMPLATE = re.compile(r"\{\{-? |\{%|\{\{[.$]| -?\}\}")
"""Braces of a template, as Jinja and Helm have them, and no gaps of the learner's."""


_SIDE = re.compile(r"(?:aspect|characteristic|property|attribute|specification|parameter)s?$", re.IGNORECASE)
"""How the first of two columns is headed whose rows are the sides of what the section is about."""
_NUMBER = re.compile(r"(?:n|no|nr|num|number|#|s\.? ?no|sl\.? ?no|id|index)?[.:]?", re.IGNORECASE)


def _without_numbers(table: Table) -> Table:
    """The table without a first column that only counts its rows."""
    firsts = [row[0].plain.strip(" .") for row in table.rows if row]
    counted = (
        len(firsts) > 2 and firsts == [str(n) for n in range(int(firsts[0]), int(firsts[0]) + len(firsts))]
        if (firsts and firsts[0].isdigit())
        else False
    )
    if not counted or len(table.header) < 3 or not _NUMBER.fullmatch(table.header[0].plain.strip()):
        return table
    return Table(table.header[1:], tuple(row[1:] for row in table.rows))


class Tables(Gather):
    """Reads tables and code."""

    def table(self, table: Table, context: Context) -> None:
        """A table: each row a fact about its first cell; turned, if its first column names features."""
        table = _without_numbers(table)
        header = [cell.plain for cell in table.header]
        rows = [[cell.plain for cell in row] for row in table.rows]
        if self.against(table, context):
            return
        if any(map(_OF_THE_EXAM.search, header)):
            for row in table.rows:
                self.unit(row[0], [], "about the exam") if row else None
            return
        said = [cell.strip() for row in rows for cell in row[1:]]
        blank = (
            "no" if sum(bool(YES.match(c)) for c in said) > 2 and not any(NO.match(c) for c in said) else ""
        )
        often = Counter(row[0].casefold() for row in rows if row)
        turned = (
            is_turned(header, context.heading[-1] if context.heading else "") and max(often.values()) == 1
        )
        named = _names(rows, often)
        told_apart = Counter(name.casefold() for name in named)
        lone = len(rows) < 3 or len(often) * 2 > len(
            rows
        )  # else the first column only groups what stands behind it
        of_one = bool(
            len(header) == 2 and _SIDE.match(header[0].strip("`*: ")) and context.concept and context.certain
        )
        for n, row in enumerate(table.rows):
            text = row[0] if row else None
            if text is None or not text.plain:
                continue
            lines = row[0].lines
            source = Source(self.note, lines, " | ".join(cell.quote for cell in row))
            cells = [
                (header[k], self.mend(rows[n][k].strip(), lines[0]) or blank)
                for k in range(2 if named[n] != rows[n][0] else 1, min(len(header), len(row)))
                if (rows[n][k].strip(" -–") or blank) and header[k]
            ]
            facts: list[Fact] = []
            if cells and not turned and of_one:
                facts = [
                    Row(
                        **context.shared(source, confidence=0.85),
                        cells=((rows[n][0].strip("`* "), cells[0][1]),),
                    )
                ]
            elif cells and not turned:
                category = context.concept or (context.heading[-1] if context.heading else header[0])
                facts = [
                    Row(
                        **context.shared(
                            source,
                            concept=named[n].strip("`* "),
                            category=header[0] or category,
                            confidence=1.0 if lone and told_apart[named[n].casefold()] == 1 else 0.5,
                        ),
                        cells=tuple(cells),
                    )
                ]
            elif len(cells) > 1 and all(YES.match(value) or NO.match(value) for _, value in cells):
                shared = context.shared(source, concept=rows[n][0].strip("`* "), category=MATRIX)
                facts = [Row(**shared, cells=tuple(cells))]
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

    def against(self, table: Table, context: Context) -> bool:
        """A table of two columns under "A vs B" sets the two against each other, row by row."""
        title = context.heading[-1] if context.heading else ""
        if len(table.header) != 2 or not _COMPARES.search(title):
            return False
        one, two = (cell.plain.strip("`* ") for cell in table.header)
        if not (_named(one, title) and _named(two, title)):
            return False
        for row in table.rows:
            texts = [self.mend(cell.plain.strip(" ."), cell.lines[0]) for cell in row]
            if len(texts) < 2 or not all(texts):
                continue
            source = Source(self.note, row[0].lines, " | ".join(cell.quote for cell in row))
            at = len(self.facts)
            self.facts += [
                Contrast(
                    **context.shared(source, concept=name, category=title, confidence=0.85),
                    other=other,
                    value=said,
                )
                for name, other, said in ((one, two, texts[0]), (two, one, texts[1]))
            ]
            self.units.append(Unit(self.note, row[0].lines, source.quote, [at, at + 1]))
        return True

    def fence(self, block: Fence, lead: Text | None, context: Context) -> None:
        """A block of code; only with a sentence before it that says what it does, or with marked blanks."""
        task = self.mend(lead.plain.rstrip(": "), lead.lines[0]) if lead else ""
        marked = GAP.search(block.code) and not _TEMPLATE.search(block.code)
        if not marked and not task:
            return
        if _TEMPLATE.search(block.code):
            if lead is not None:
                self.unit(lead, [], "leads to a template")
            return
        if lead is not None and block.language in _SHELLS and not marked:
            self.unit(lead, [], "leads to a command")
            return
        source = Source(self.note, block.lines, " ".join(block.code.split())[:200])
        fact = Snippet(
            **context.shared(source), language=block.language, code=block.code.rstrip("\n"), task=task
        )
        at = len(self.facts)
        self.facts.append(fact)
        if lead is not None:
            self.units.append(Unit(self.note, lead.lines, lead.quote, [at]))
