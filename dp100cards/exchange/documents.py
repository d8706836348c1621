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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
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
from dp100cards.exchange.markup import NONE, Media, data, numbered, templates, to_html

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
    lines = ["---", f"deck: {deck.name}", f"title: {json.dumps(deck.title, ensure_ascii=False)}"]
    lines += [f"area: {deck.area}"] if deck.area else []
    lines += ["sources:"] if sources else []
    for page, name in sources.items():
        parts = {part: getattr(page, part) for part in ("title", "url", "date", "checked")}
        given = (f"{part}: {json.dumps(text, ensure_ascii=False)}" for part, text in parts.items() if text)
        lines.append(f"  {name}: {{{', '.join(given)}}}")
    lines += ["---", "", f"# {deck.title}", ""]

    def like(card: Card) -> tuple[Scenario | None, str, bool]:
        pairs = {"level": card.level, "skills": ",".join(card.skills), "source": sources.get(_page(card), "")}
        given = " ".join(f"{name}={value}" for name, value in pairs.items() if value)
        return card.scenario, f" {{{given}}}" if given else "", _fits_a_row(card)

    number, before = 0, None
    for (scenario, attributes, in_rows), group in groupby(deck.cards, like):
        if scenario != before:
            lines += _case_study(scenario) if scenario else ["## Questions", ""]
        before = scenario
        for shown in [_rows(group)] if in_rows else map(_question, group):
            number += 1
            lines += [f"### Question {number}{attributes}", "", *shown, ""]
    return re.sub(r"\n{3,}(?=#)", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _case_study(scenario: Scenario) -> list[str]:
    named = re.match(r"\*\*(.+?)\*\*\s*\n\n(.*)", scenario.text, re.DOTALL)
    name, text = named.groups() if named else (scenario.id.replace("-", " "), scenario.text)
    return [f"## Case study: {name}", "", text, ""]


def _page(card: Card) -> Source:
    """The public page of a card, without its place in the notes."""
    return replace(card.source or Source(), note="", lines=(0, 0), quote="")


def _fits_a_row(card: Card) -> bool:
    """Is it a question with an answer, without code in blocks and tables?"""
    texts = (card.ask, card.answer, card.explain) if isinstance(card, Basic) else ()
    return bool(texts) and not re.search(r"^(```|~~~|[ \t]+\S|\|)", "\n".join(texts), re.MULTILINE)


def _rows(cards: Iterable[Card]) -> Iterator[str]:
    every = [card for card in cards if isinstance(card, Basic)]
    width = 3 if any(card.explain for card in every) else 2
    yield from (_row(*("Question", "Answer", "Why")[:width]), _row(*["---"] * width))
    yield from (_row(*(card.ask, card.answer, card.explain)[:width]) for card in every)
    yield from map(_comment, every)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def _comment(card: Card) -> str:
    """What notes have no spelling for."""
    kept = {"id": card.id, "tags": " ".join(card.tags), "status": card.status, "notes said": card.shows}
    kept |= {"explanation": card.explain} if isinstance(card, Cloze) else {}
    said = "; ".join(f"{name}: {' '.join(value.split())}" for name, value in kept.items() if value)
    return f"<!-- {said.replace('--', '- -')} -->"


def _question(card: Card) -> Iterator[str]:
    """One card below its heading, with the words by which its kind is known."""
    words, explain = card.ask.lower(), card.explain
    match card:
        case Basic(answer=answer):
            yield from (f"Q: {card.ask}", ("A:\n\n" if "\n" in answer else "A: ") + answer)
        case Cloze():
            yield GAP.sub(lambda gap: "{{c1::" + gap[1].strip() + "}}", card.ask).replace("\n", "<br>")
            explain = ""
        case Choice(options=options) | Multiple(options=options):
            yield from (card.ask, "", *(_option(o.text, o.right, o.because) for o in options))
        case Order(items=items, extra=extra):
            known = re.search(r"\b(order|sequence)\b", words)
            yield from (card.ask if known else f"{card.ask} Put them in order.", "")
            yield from (f"{n}. {item}" for n, item in enumerate(items, 1))
            yield from ("", *(f"- {step}" for step in extra)) if extra else ()
        case Match(pairs=pairs, extra=extra):
            yield card.ask if "match" in words else f"{card.ask} Match each to what belongs to it."
            yield from ("", "| Of | Belongs |", "| --- | --- |")
            yield from (_row(pair.left, pair.right) for pair in pairs)
            yield from (_row("", right) for right in extra)
        case Statements(statements=statements):
            yield from (card.ask, "", "| Statement | Yes/No | Why |", "| --- | --- | --- |")
            yield from (_row(each.text, _yes(each), each.because) for each in statements)
        case Code():
            code, explain = _code(card)
            yield from (card.ask, "", *code)
    yield from ("", f"**Explanation**: {explain}") if explain else ()
    yield from ("", _comment(card))


def _option(text: str, right: bool, because: str) -> str:
    lines = [f"- [{'x' if right else ' '}] " + text.replace("\n", "\n  ")]
    lines += [f"  > {line}".rstrip() for line in because.split("\n")] if because else []
    return "\n".join(lines)


def _code(card: Code) -> tuple[list[str], str]:
    """Code with its blanks, and the lists to choose from; and what is left of the explanation."""
    if not any(card.wrong):
        return [f"~~~{card.language} gaps\n{card.code}\n~~~"], card.explain
    left = card.explain.split("\n")
    lists = list(zip(gaps(card.code), card.wrong, strict=True))
    # A blank that occurs twice in the code has one list of options, and one part of the explanation.
    distinct, merged = list(dict.fromkeys(lists)), f"**{len(lists)}**" not in left
    numbers = [distinct.index(each) + 1 if merged else n for n, each in enumerate(lists, 1)]
    count = iter(numbers)
    fence = max(["```", *(ticks + "`" for ticks in re.findall("`{3,}", card.code))], key=len)
    made = [fence + card.language, GAP.sub(lambda _: f"__{next(count)}__", card.code), fence]
    for n in range(1, max(numbers) + 1):
        right, wrong = lists[numbers.index(n)]
        start = left.index(f"**{n}**") if f"**{n}**" in left else 0
        end = left.index(f"**{n + 1}**") if f"**{n + 1}**" in left else len(left)
        named = [(word, line) for line in left[start:end] for word in (right, *wrong)]
        whys = {word: line for word, line in named if line.startswith(f"- `{word}`: ")}
        # The right one is where its reason is among the others'.
        before = [word for word in whys if right in whys and list(whys).index(word) < list(whys).index(right)]
        at = max((wrong.index(word) + 1 for word in before), default=0)
        made += ["", f"**{n}**", ""]
        for word in (*wrong[:at], right, *wrong[at:]):
            made.append(_option(f"`{word}`", word == right, whys.get(word, "").removeprefix(f"- `{word}`: ")))
        left[start:end] = [line for line in left[start:end] if line not in (*whys.values(), f"**{n}**")]
    return made, "\n".join(left).strip()


# Pages


def paper(decks: Sequence[Deck], name: str, media: Media = NONE) -> str:
    """Decks as one page for paper: the questions first, then the answers, under the same numbers."""
    numbers = {card.id: n for n, card in enumerate((card for deck in decks for card in deck.cards), 1)}
    return _page_of("paper", title=name, decks=decks, numbers=numbers, media=media)


def report(sitting: Sitting, result: Result, plan: Blueprint, date: str) -> str:
    studies: dict[Scenario, list[int]] = defaultdict(list)
    for n, card in enumerate(sitting.questions, 1):
        if card.scenario:
            studies[card.scenario].append(n)
    values = {"result": result, "plan": plan, "sitting": sitting, "studies": studies}
    title = f"{plan.name} mock exam {sitting.id}, {date}"
    return _page_of("report", title=title, parted=_parted, compared=compared, **values)


def _page_of(name: str, **values: Any) -> str:
    return templates().get_template(f"{name}.html").render(values, style=Markup(data(f"{name}.css")))


def _parted(text: str) -> tuple[Markup, Markup]:
    """A question's text up to its first block, which no heading can hold, and the rest."""
    heading, *blocks = re.split("(?=<(?:pre|ul|ol|table))", to_html(text), maxsplit=1)
    return Markup(heading), Markup("".join(blocks))
