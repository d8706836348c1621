"""The words of a fact: everything that it says, for comparing it with others."""

from __future__ import annotations

from dp100cards.first.notes.facts import (
    Abbreviation,
    Advice,
    Cause,
    Consequence,
    Contrast,
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


def texts(fact: Fact) -> tuple[str, ...]:
    """All that a fact says, piece by piece, without the name of its concept."""
    match fact:
        case Definition(value=value) | Description(value=value) | Contrast(value=value):
            return (value,)
        case Statement(sentence=sentence):
            return (sentence,)
        case Enumeration(lead=lead, items=items):
            return (lead, *items)
        case Sequence(what=what, steps=steps):
            return (what, *steps)
        case Use(marker=marker, purpose=purpose):
            return (f"{marker} {purpose}",)
        case Consequence(condition=condition, result=result):
            return (condition, result)
        case Cause(claim=claim, reason=reason):
            return (claim, reason)
        case Advice(what=what, why=why):
            return (what, why) if why else (what,)
        case Abbreviation(short=short, long=long):
            return (short, long)
        case Row(cells=cells):
            return tuple(f"{header} {cell}" for header, cell in cells)
        case Snippet(task=task):
            return (task,)
        case Own(front=front, back=back):
            return (front, back)
    return ()
