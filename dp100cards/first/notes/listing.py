"""Lists and orders inside a sentence: "supports A, B and C", "A -> B -> C"."""

from __future__ import annotations

import re

from dp100cards.cards import Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.context import Context, resolved
from dp100cards.first.notes.facts import (
    Enumeration,
    Fact,
    Sequence,
)
from dp100cards.first.notes.vocabulary import BASE

_ARROWS = re.compile(r"\s*(?:-+>|→|=>|⇒|➔)\s*")


def arrow(text: str, source: Source, context: Context) -> list[Fact]:
    """`DS pipeline: A -> B -> C`."""
    lead, colon, chain = text.partition(":")
    if not colon or re.search(r"->|→|=>", lead):
        lead, chain = "", text
    steps = [step.strip(" .") for step in _ARROWS.split(chain)]
    told = len(steps[0].split()) > 6 or sum(not re.search(r"[a-z]{3}", step) for step in steps) * 2 > len(
        steps
    )
    if len(steps) < 3 or told or not all(steps) or any(len(step.split()) > 10 for step in steps):
        return []
    what = lead.strip() or context.concept
    concept = lead.strip() if 0 < len(lead.split()) <= 5 else context.concept
    return [Sequence(**context.shared(source, concept=concept), what=what, steps=tuple(steps))]


_MEMBERS = re.compile(
    r"(?P<head>.+?\b(?:are|is|includes?|including|supports?|support only|offers?|provides?|contains?|consists? of|comprises?|of|has|have"
    r"|via|through|following|choices of|types|kinds|options|can be|either|between)):?\s+(?P<items>.+)$",
    re.IGNORECASE,
)


_QUALITY = re.compile(
    r"((?:[a-z]+(?:ed|ant|ent|ful|ible|able|al)|useful|good|ideal|popular|common) (?:in|for|to|by|from|with|on|at)) (.+)"
)
"""What stands before the first item and goes for all: "important in science, medicine and …"."""


_GOES_ON = re.compile(
    r"(?:while|whereas|but|so|which|who|where|because|although|though|however|then)\b", re.IGNORECASE
)
"""What is no item any more: the sentence goes on."""


def members(text: str, source: Source, context: Context) -> list[Fact]:
    """`X supports A, B and C`; `Core artifacts: A, B, C`; `the choices of A, B or C`."""
    body = text.rstrip(". ")
    lead, items, colon = _colon_list(body)
    if not items:
        lead, items = _verb_list(body)
    if len(items) < 3:
        return []
    if any(_GOES_ON.match(item) or item.count("<") != item.count(">") for item in items):
        return []
    whole = bool(
        re.search(
            r"\b(?:such as|e\.g\.?|for example|like|among others|(?:several|many) (?:other|more)|and more|eg|other options|and so on|etc\.?)\b|…|\.\.\.",
            body,
            re.IGNORECASE,
        )
    )
    items = [item for item in items if item.lower().strip(".") not in ("etc", "and more", "more", "others")]
    if len(items) < 3:
        return []
    what = what_items_are(lead)
    if not colon and (shared := _QUALITY.match(items[0])):
        lead, what, items = f"{lead} {shared[1]}", "", [shared[2], *items[1:]]
    verb = grammar.split(lead + " them")
    concept = context.concept
    if not concept and verb and not grammar.opens_with_pronoun(lead):
        concept = re.sub(r"^(?:an?|the)\s+", "", verb.subject, flags=re.IGNORECASE)
    elif not concept and colon and 0 < len(lead.split()) <= 5:
        concept = lead
    named = resolved(lead, context)
    return [
        Enumeration(
            **context.shared(source, concept=concept, confidence=0.9 if concept else 0.5),
            lead=named, what=what, items=tuple(items), open=whole, inline=not colon,
        )
    ]  # fmt: skip


def _colon_list(body: str) -> tuple[str, list[str], bool]:
    lead, colon, rest = body.partition(":")
    if not colon or not rest.startswith(" ") or len(lead.split()) > 14:
        return "", [], False
    items = parted(rest)
    if not items or any(len(item.split()) > 8 or grammar.has_verb(item) for item in items):
        return "", [], False
    return lead.strip(), items, True


_LEANS = re.compile(
    r"(?:with|without|from|by|via|through|as|so|where|when|including|such|for|on|in|at|to|of)\s",
    re.IGNORECASE,
)
"""How an item of no list begins: "…, with models and a datastore" goes on with the sentence."""


def _verb_list(body: str) -> tuple[str, list[str]]:
    """The words before a list and its items, where the list ends the sentence."""
    found = _MEMBERS.match(body) if "," in body else None
    best: tuple[str, list[str]] = ("", [])
    at = 0
    while found:
        head, rest = body[:at] + found["head"], found["items"]
        items = parted(rest)
        if (
            len(items) >= 3
            and all(len(item.split()) <= 6 and not grammar.has_verb(item) for item in items)
            and not re.search(r"\b(?:that|which|who)\b", rest)
            and not any(_LEANS.match(item) for item in items)
            and grammar.bare(items[-1].split()[-1]) not in BASE  # "…, compliance and data residency apply"
            and "," in rest
        ):
            best = (head.strip(" :"), items)
        at = len(body) - len(rest)
        found = _MEMBERS.match(rest)
    return best


def parted(text: str) -> list[str]:
    """ "A, B (x, y) and C" → A; B (x, y); C. A single thing gives itself."""
    pieces, depth, start = [], 0, 0
    for n, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0 and text[n + 1 : n + 2] in (" ", ""):
            pieces.append(text[start:n])
            start = n + 1
    pieces.append(text[start:])
    last = re.split(r"\s+(?:and|or|&|as well as)\s+", pieces[-1].strip())
    if len(pieces) > 2 and re.match(r"\s*(?:and|or)\s", pieces[-1]):
        last = [pieces[-1].strip()]  # "…, and control over inbound and outbound traffic" is one more
    first = re.sub(r"^(?:and|or)\s+", "", last[0].strip())
    if len(pieces) > 1 or len(last) > 1:
        head = (
            [*pieces[:-1], first, *last[1:]]
            if len(last) == 2 and first
            else [*pieces[:-1], re.sub(r"^(?:and|or)\s+", "", pieces[-1].strip())]
        )
        pieces = head
    return [piece.strip(" .;") for piece in pieces if piece.strip(" .;")]


def what_items_are(lead: str) -> str:
    """What a list's items are, from its lead: "An image has three components" → "components"."""
    text = re.sub(r"\b(?:the|these|following|as follows|below)\b", " ", lead, flags=re.IGNORECASE)
    split = grammar.split(lead + " them")
    choice = re.search(
        r"\b(choices|options|types|kinds|components|parts|steps|stages|phases|files|modes|tiers|levels|methods|ways)\b",
        text,
        re.IGNORECASE,
    )
    if choice:
        before = text[: choice.start()].split()
        qualifier = [
            w
            for w in before[-1:]
            if w.islower()
            and w
            not in (
                "has",
                "have",
                "of",
                "are",
                "is",
                "need",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "with",
                "in",
                "several",
                "many",
                "different",
            )
        ]
        return " ".join([*qualifier, choice[1].lower()])
    if (
        split
        and grammar.bare(split.verb.split()[-1]) in ("are", "is")
        and grammar.looks_plural(grammar.bare(split.subject.split()[-1]))
    ):
        return re.sub(r"^(?:the|an?)\s+", "", split.subject, flags=re.IGNORECASE)
    if not split and 0 < len(lead.split()) <= 5 and grammar.looks_plural(grammar.bare(lead.split()[-1])):
        return lead[:1].lower() + lead[1:] if not lead[1:2].isupper() else lead
    return ""
