"""Tables row by row, and blocks of code."""

from __future__ import annotations

from dp100cards.cards import GAP, Source
from dp100cards.notes.context import Context
from dp100cards.notes.facts import (
    Fact,
    Row,
    Snippet,
)
from dp100cards.notes.gather import Gather, Unit
from dp100cards.notes.outline import Fence, Table, Text


class Tables(Gather):
    """Reads tables and code."""

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
