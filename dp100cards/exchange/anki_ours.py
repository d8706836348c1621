"""A note of one of our own note types, as the card that it was: what `anki_notes` made, read back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from dp100cards.cards import (
    STATUSES,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Source,
    Statements,
)
from dp100cards.exchange.anki_types import CLOZE_FIELDS, FIELDS, NAMES
from dp100cards.exchange.markup import BLOCK, from_html
from dp100cards.exchange.wording import BLANK_LINE

KINDS = {name: kind for kind, name in NAMES.items()}
"""The kinds by the names of their note types."""

_SCENARIO = re.compile(
    r"""\A<blockquote(?: class=['"]scenario['"])?(?: data-id=['"]([a-z0-9-]+)['"])?>(.*?)</blockquote>""",
    re.DOTALL,
)
_ITEM = re.compile(r"""<li(?: class=['"](right|wrong)['"])?>(.*?)</li>""", re.DOTALL)
_BECAUSE = re.compile(r"""<span class=['"]because['"]>(.*?)</span>""", re.DOTALL)
_SHOWS = re.compile(r"""<div class=['"]shows['"]>(.*?)</div>""", re.DOTALL)
_VERDICT = re.compile(r"<b>(Yes|No)</b> – ")
_ROW = re.compile(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", re.DOTALL)
_CLOZE = re.compile(r"\{\{c\d+::(.*?)\}\}", re.DOTALL)
_SOURCE = re.compile(r"(.+), lines? (\d{1,9})(?:–(\d{1,9}))?: “(.*)”\Z", re.DOTALL)

Reader = Callable[[str], str]
"""Makes text of HTML."""


def our_kind(name: str, fields: tuple[str, ...]) -> str:
    """The kind of card that a note type holds, or "" if it is not ours, or was changed."""
    kind = KINDS.get(name, "")
    return kind if kind and fields == (CLOZE_FIELDS if kind == "cloze" else FIELDS) else ""


def our_card(kind: str, fields: Mapping[str, str], common: Mapping[str, Any], read: Reader) -> Card | None:
    """The card of a note of ours; None, if it was changed so much that it cannot be told any more.

    `common` holds id, deck and tags; `read` makes text of HTML that the learner wrote in Anki.
    """

    def text(value: str) -> str:
        own = from_html(value)
        return (read(value) if own is None else own).strip()

    tags = common["tags"]
    first = "Text" if kind == "cloze" else "Question"
    if scenario := _SCENARIO.match(fields[first]):
        fields = {**fields, first: fields[first][scenario.end() :]}
    whole = fields["Explanation"]
    shows = _SHOWS.search(whole)
    every: dict[str, Any] = {
        **common,
        "explain": text(_SHOWS.sub("", whole)),
        "shows": text(shows[1]) if shows else "",
        "source": _source(fields["Source"]),
        "scenario": Scenario(scenario[1] or "scenario", text(scenario[2])) if scenario else None,
        "status": next((tag for tag in tags if tag in STATUSES and tag), ""),
        "tags": tuple(tag for tag in tags if tag not in STATUSES),
    }
    if kind == "cloze":
        gaps = _CLOZE.sub(lambda gap: "{{" + gap[1] + "}}", fields["Text"])
        return Cloze(**every, ask=text(gaps)) if gaps != fields["Text"] else None
    answer, every["ask"] = fields["Answer"], text(fields["Question"])
    options = tuple(_option(match, text) for match in _ITEM.finditer(answer))
    right = sum(option.right for option in options)
    match kind:
        case "basic":
            return Basic(**every, answer=text(answer))
        case "choice" if right == 1 and len(options) > 1:
            return Choice(**every, options=options)
        case "multiple" if 1 < right < len(options):
            return Multiple(**every, options=options)
        case "order" if len(options) > 1:
            return Order(**every, items=tuple(option.text for option in options))
        case "match" if len(rows := _ROW.findall(answer)) > 1:
            return Match(**every, pairs=tuple(Pair(text(left), text(right_)) for left, right_ in rows))
        case "statements" if options:
            said = [_VERDICT.match(each[2]) for each in _ITEM.finditer(answer)]
            if all(said):
                return Statements(**every, statements=tuple(_option(m, text) for m in _ITEM.finditer(answer)))
        case "code":
            return _code(fields, every, text)
    return None


def _option(item: re.Match[str], text: Reader) -> Option:
    """An option or a statement."""
    inside = item[2]
    because = _BECAUSE.search(inside)
    inside = _BECAUSE.sub("", inside)
    verdict = _VERDICT.match(inside)
    right = item[1] == "right" or bool(verdict and verdict[1] == "Yes")
    return Option(text(_VERDICT.sub("", inside, count=1)), right, text(because[1]) if because else "")


def _code(fields: Mapping[str, str], every: dict[str, Any], text: Reader) -> Card | None:
    """A code card: what stands in its blanks is told by the code with and without them."""
    asked, told = BLOCK.search(fields["Question"]), BLOCK.search(fields["Answer"])
    if not asked or not told:
        return None
    every["ask"] = text(fields["Question"][: asked.start()])
    pieces = BLANK_LINE.split(html.unescape(asked[2]))
    found = re.fullmatch("(.+?)".join(map(re.escape, pieces)), html.unescape(told[2]), re.DOTALL)
    if not found or not found.groups():
        return None
    blanks = found.groups()
    code = pieces[0] + "".join("{{" + b + "}}" + piece for b, piece in zip(blanks, pieces[1:], strict=True))
    wrong: tuple[tuple[str, ...], ...] = ()
    if fields["Choices"]:
        lists = [
            html.unescape(each).partition(": ")[2].split(" | ") for each in fields["Choices"].split("<br>")
        ]
        if len(lists) == len(blanks):
            wrong = tuple(
                tuple(word for word in words if word != right)
                for words, right in zip(lists, blanks, strict=True)
            )
    return Code(**every, code=code, language=asked[1] or "", wrong=wrong)


def _source(value: str) -> Source | None:
    match = _SOURCE.match(html.unescape(value))
    if match is None:
        return None
    first, last = int(match[2]), int(match[3] or match[2])
    return Source(match[1], (first, last), match[4]) if 1 <= first <= last else None
