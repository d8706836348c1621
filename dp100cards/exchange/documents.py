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
from typing import Any

from markupsafe import Markup

from dp100cards.cards import (
    GAP,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Deck,
    Match,
    Multiple,
    Option,
    Order,
    Scenario,
    Source,
    Statements,
    compared,
    gaps,
)
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.score import Result
from dp100cards.exam.sitting import Sitting
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


def _in_words(card: Card) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """What is right, what is wrong, and why: one line for each part."""
    match card:
        case Basic(answer=text):
            return [text], [], []
        case Cloze(ask=text):
            return gaps(text), [], []
        case Code(code=text, wrong=lists):
            return gaps(text), [" | ".join(words) for words in lists], []
        case Order(items=items, extra=extra):
            return items, extra, []
        case Match(pairs=pairs, extra=extra):
            return [f"{pair.left} → {pair.right}" for pair in pairs], extra, []
        case Statements(statements=each):
            return [f"{_yes(s)}: {s.text}" for s in each], [], _reasons(each)
        case Choice(options=each) | Multiple(options=each):
            return [o.text for o in each if o.right], [o.text for o in each if not o.right], _reasons(each)
    raise TypeError(card.kind)


def _yes(statement: Option) -> str:
    return "Yes" if statement.right else "No"


def _reasons(options: Iterable[Option]) -> list[str]:
    return [f"{option.text}: {option.because}" for option in options if option.because]


# Markdown


def to_markdown(deck: Deck) -> str:
    """A deck as a note."""
    pages = dict.fromkeys(page for card in deck.cards if (page := _page(card)).title or page.url)
    sources = {page: f"s{n}" for n, page in enumerate(pages, 1)}

    def attributes(card: Card) -> str:
        pairs = {"level": card.level, "skills": ",".join(card.skills), "source": sources.get(_page(card), "")}
        given = " ".join(f"{name}={value}" for name, value in pairs.items() if value)
        return f" {{{given}}}" if given else ""

    return _rendered(
        "notes.md",
        deck=deck,
        sources=sources,
        attributes=attributes,
        quoted=partial(json.dumps, ensure_ascii=False),
        numbered_gaps=partial(GAP.sub, lambda gap: "{{c1::" + gap[1].strip() + "}}"),
        says_order=re.compile(r"\b(order|sequence)\b", re.IGNORECASE).search,
        has_block=re.compile(r"^(```|~~~|[ \t]+\S|\|)", re.MULTILINE).search,
        case_study=case_study,
        comment=comment,
        with_lists=with_lists,
    )


def _page(card: Card) -> Source:
    """The public page of a card, without its place in the notes."""
    return replace(card.source or Source(), note="", lines=(0, 0), quote="")


def case_study(scenario: Scenario) -> Sequence[str]:
    """The name of a case study, and its text."""
    named = re.fullmatch(r"\*\*(.+?)\*\*\s*\n\n(.*)", scenario.text, re.DOTALL)
    return named.groups() if named else (scenario.id.replace("-", " "), scenario.text)


def comment(card: Card) -> str:
    """What notes have no spelling for."""
    kept = {"id": card.id, "tags": " ".join(card.tags), "status": card.status, "notes said": card.shows}
    kept |= {"explanation": card.explain} if isinstance(card, Cloze) else {}
    said = "; ".join(f"{name}: {' '.join(value.split())}" for name, value in kept.items() if value)
    return f"<!-- {said.replace('--', '- -')} -->"


def with_lists(card: Code) -> tuple[str, list[list[tuple[str, bool, str]]], str]:
    """Code with its blanks, for each the options (text, right, because), and what is left of the explanation."""
    left = card.explain.split("\n")
    lists = list(zip(gaps(card.code), card.wrong, strict=True))
    # A blank that occurs twice in the code has one list of options, and one part of the explanation.
    distinct, merged = list(dict.fromkeys(lists)), f"**{len(lists)}**" not in left
    numbers = [distinct.index(each) + 1 if merged else n for n, each in enumerate(lists, 1)]
    count = iter(numbers)
    fence = max(["```", *(ticks + "`" for ticks in re.findall("`{3,}", card.code))], key=len)
    code = f"{fence}{card.language}\n{GAP.sub(lambda _: f'__{next(count)}__', card.code)}\n{fence}"
    made = []
    for n in range(1, max(numbers) + 1):
        right, wrong = lists[numbers.index(n)]
        start = left.index(f"**{n}**") if f"**{n}**" in left else 0
        end = left.index(f"**{n + 1}**") if f"**{n + 1}**" in left else len(left)
        named = [(word, line) for line in left[start:end] for word in (right, *wrong)]
        whys = {word: line for word, line in named if line.startswith(f"- `{word}`: ")}
        # The right one is where its reason is among the others'.
        before = [word for word in whys if right in whys and list(whys).index(word) < list(whys).index(right)]
        at = max((wrong.index(word) + 1 for word in before), default=0)
        words = (*wrong[:at], right, *wrong[at:])
        made.append(
            [(f"`{word}`", word == right, whys.get(word, "").removeprefix(f"- `{word}`: ")) for word in words]
        )
        left[start:end] = [line for line in left[start:end] if line not in (*whys.values(), f"**{n}**")]
    return code, made, "\n".join(left).strip()


# Pages


def paper(decks: Sequence[Deck], name: str, media: Media = NONE) -> str:
    """Decks as one page for paper: the questions first, then the answers, under the same numbers."""
    numbers = {card.id: n for n, card in enumerate((card for deck in decks for card in deck.cards), 1)}
    return _rendered("paper.html", title=name, decks=decks, numbers=numbers, media=media)


def report(sitting: Sitting, result: Result, plan: Blueprint, date: str) -> str:
    studies: dict[Scenario, list[int]] = defaultdict(list)
    for n, card in enumerate(sitting.questions, 1):
        if card.scenario:
            studies[card.scenario].append(n)
    values = {"result": result, "plan": plan, "sitting": sitting, "studies": studies}
    title = f"{plan.name} mock exam {sitting.id}, {date}"
    return _rendered("report.html", title=title, parted=_parted, compared=compared, **values)


def _rendered(template: str, **values: Any) -> str:
    return templates().get_template(template).render(values)


def _parted(text: str) -> tuple[Markup, Markup]:
    """A question's text up to its first block, which no heading can hold, and the rest."""
    heading, *blocks = re.split("(?=<(?:pre|ul|ol|table))", to_html(text), maxsplit=1)
    return Markup(heading), Markup("".join(blocks))
