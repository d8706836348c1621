"""Decks and exams as documents: tables (CSV), notes in the program's own language (Markdown), pages (HTML).

`dp100 build` makes the same cards of the Markdown again. What notes have no spelling for (tags, status, what the notes
said before, the explanation of a cloze) is in comments there. A page is one file, and fetches nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

from markupsafe import Markup

from dp100cards.cards import GAP, Card, Code, Deck, Scenario, Source, compared, key
from dp100cards.exam.score import Result
from dp100cards.exchange.markup import NONE, Media, numbered, templates, to_html

COLUMNS = tuple(
    "id deck kind question code answer wrong because explanation shows tags status area level skills scenario source"
    " quote page".split()
)
"""Of an answer with several parts each is on a line. `shows` is what the notes say that is not true any more."""


def to_csv(cards: Iterable[Card]) -> str:
    """The cards as CSV (RFC 4180): commas, quotes doubled, CRLF at the end of a line, a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in cards:
        source = card.source or Source()
        row = [card.id, card.deck, card.kind, card.ask, numbered(card.code) if isinstance(card, Code) else ""]
        row += ["\n".join(lines) for lines in _in_words(card)]
        row += [card.explain, card.shows, " ".join(card.tags), card.status, card.area, card.level]
        row += [" ".join(card.skills), card.scenario.text if card.scenario else ""]
        first, last = source.lines
        place = f"{source.note}:{first}" + (f"-{last}" if last != first else "") if source.note else ""
        row += [place, source.quote, source.url]
        # A spreadsheet may take a cell for a formula; an apostrophe before it prevents that.
        writer.writerow([f"'{cell}" if re.match(r"[=+\-@\t\r\n]", cell) else cell for cell in row])
    return out.getvalue()


def _in_words(card: Any) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    """What is right, what is wrong, and why: one line for each part."""
    parts = getattr(card, "options", ()) or getattr(card, "statements", ())
    because = [f"{each.text}: {each.because}" for each in parts if each.because]
    match card.kind:
        case "choice" | "multiple":
            right, wrong = ([each.text for each in parts if each.right is side] for side in (True, False))
            return right, wrong, because
        case "statements":
            return [f"{'Yes' if each.right else 'No'}: {each.text}" for each in parts], (), because
        case "order":
            return card.items, card.extra, ()
        case "match":
            return [f"{pair.left} → {pair.right}" for pair in card.pairs], card.extra, ()
    return map(str, key(card)), [" | ".join(words) for words in getattr(card, "wrong", ())], ()


# Markdown


def to_markdown(deck: Deck) -> str:
    """A deck as a note."""
    pages = dict.fromkeys(page for card in deck.cards if (page := page_of(card)).title or page.url)
    return _rendered(
        "notes.md",
        deck=deck,
        sources={page: f"s{n}" for n, page in enumerate(pages, 1)},
        quoted=partial(json.dumps, ensure_ascii=False),
        numbered_gaps=partial(GAP.sub, lambda gap: "{{c1::" + gap[1].strip() + "}}"),
        says_order=re.compile(r"\b(order|sequence)\b", re.IGNORECASE).search,
        page_of=page_of,
        case_study=case_study,
        comment=comment,
        with_numbers=with_numbers,
        fenced=fenced,
    )


def page_of(card: Card) -> Source:
    """The public page of a card, without its place in the notes."""
    return replace(card.source or Source(), note="", lines=(0, 0), quote="")


def case_study(scenario: Scenario) -> Sequence[str]:
    """The name of a case study, and its text."""
    named = re.fullmatch(r"\*\*(.+?)\*\*\s*\n\n(.*)", scenario.text, re.DOTALL)
    return named.groups() if named else (scenario.id.replace("-", " "), scenario.text)


def comment(card: Card) -> str:
    """What notes have no spelling for."""
    kept = {"id": card.id, "tags": " ".join(card.tags), "status": card.status, "notes said": card.shows}
    kept |= {"explanation": card.explain} if card.kind == "cloze" else {}
    said = "; ".join(f"{name}: {' '.join(value.split())}" for name, value in kept.items() if value)
    return f"<!-- {said.replace('--', '- -')} -->"


def with_numbers(code: str) -> str:
    """Code with its blanks numbered, each for its list of options."""
    number = count(1)
    return GAP.sub(lambda _: f"__{next(number)}__", code)


def fenced(code: str, info: str) -> str:
    fence = max(["~~~", *(tildes + "~" for tildes in re.findall("~{3,}", code))], key=len)
    return f"{fence}{info}\n{code}\n{fence}"


# Pages


def paper(decks: Sequence[Deck], name: str, media: Media = NONE) -> str:
    """Decks as one page for paper: the questions first, then the answers, under the same numbers."""
    return _rendered("paper.html", title=name, decks=decks, media=media)


def report(result: Result) -> str:
    """What came of an exam, question by question."""
    sitting, studies = result.sitting, defaultdict[Scenario, list[int]](list)
    for n, card in enumerate(sitting.questions, 1):
        if card.scenario:
            studies[card.scenario].append(n)
    values = {"result": result, "plan": sitting.plan, "sitting": sitting, "studies": studies}
    title = f"{sitting.plan.name} mock exam {sitting.id}, {sitting.date}"
    return _rendered("report.html", title=title, parted=_parted, compared=compared, **values)


def _rendered(template: str, **values: Any) -> str:
    return templates().get_template(template).render(values)


def _parted(text: str) -> tuple[Markup, Markup]:
    """A question's text up to its first block, which no heading can hold, and the rest."""
    heading, *blocks = re.split("(?=<(?:pre|ul|ol|table))", to_html(text), maxsplit=1)
    return Markup(heading), Markup("".join(blocks))
