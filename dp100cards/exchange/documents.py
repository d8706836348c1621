"""Decks as text: tables (CSV), and Markdown in the program's own language of notes.

`dp100 build` makes the same cards of that Markdown again. What notes have no spelling for (tags, status, what the notes
said before, the explanation of a cloze) is in comments there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

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
    Order,
    Source,
    Statements,
    gaps,
)
from dp100cards.exchange.markup import fenced
from dp100cards.exchange.wording import answers, numbered, place, reasons, wrong

COLUMNS = (
    "id", "deck", "kind", "question", "code", "answer", "wrong", "because", "explanation", "shows", "tags", "status",
    "area", "level", "skills", "scenario", "source", "quote", "page",
)  # fmt: skip
"""Of an answer with several parts each is on a line. `shows` is what the notes say that is not true any more."""

_FORMULA = re.compile(r"[=+\-@\t\r\n]")
"""What a spreadsheet may take for a formula; an apostrophe before it prevents that."""


def to_csv(cards: Iterable[Card]) -> str:
    """The cards as CSV (RFC 4180): commas, quotes doubled, CRLF at the end of a line, a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in cards:
        row = (
            card.id, card.deck, card.kind, card.ask, numbered(card.code) if isinstance(card, Code) else "",
            "\n".join(answers(card)), "\n".join(wrong(card)), "\n".join(reasons(card)), card.explain, card.shows,
            " ".join(card.tags), card.status, card.area, card.level, " ".join(card.skills),
            card.scenario.text if card.scenario else "", place(card), card.source.quote if card.source else "",
            card.source.url if card.source else "",
        )  # fmt: skip
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
    return out.getvalue()


# Markdown


def to_markdown(deck: Deck) -> str:
    """A deck as a note."""
    sources: dict[Source, str] = {}
    for card in deck.cards:
        if (page := _page(card)) and page not in sources:
            sources[page] = f"s{len(sources) + 1}"
    lines = ["---", f"deck: {deck.name}", f"title: {json.dumps(deck.title, ensure_ascii=False)}"]
    lines += [f"area: {deck.area}"] if deck.area else []
    lines += ["sources:"] if sources else []
    for page, name in sources.items():
        parts = {key: getattr(page, key) for key in ("title", "url", "date", "checked")}
        given = ", ".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in parts.items() if value
        )
        lines.append(f"  {name}: {{{given}}}")
    lines += ["---", "", f"# {deck.title}", ""]
    number, before = 0, None
    for (scenario, heading), cards in groupby(deck.cards, lambda c: (c.scenario, _attributes(c, sources))):
        if scenario != before:
            name, text = _scenario(scenario.text, scenario.id) if scenario else ("", "")
            lines += [f"## Case study: {name}", "", text, ""] if scenario else ["## Questions", ""]
        before = scenario
        for in_rows, group in groupby(cards, _fits_a_row):
            for shown in [_rows(group)] if in_rows else map(_card, group):
                number += 1
                lines += [f"### Question {number}{heading}", "", *shown, ""]
    return re.sub(r"\n{3,}(?=#)", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _page(card: Card) -> Source | None:
    source = card.source or Source()
    return replace(source, note="", lines=(0, 0), quote="") if source.url or source.title else None


def _attributes(card: Card, sources: dict[Source, str]) -> str:
    page = _page(card)
    pairs = {"level": card.level, "skills": ",".join(card.skills), "source": sources[page] if page else ""}
    given = " ".join(f"{name}={value}" for name, value in pairs.items() if value)
    return f" {{{given}}}" if given else ""


def _scenario(text: str, id_: str) -> tuple[str, str]:
    """The name of a scenario, and its text without it."""
    match = re.match(r"\*\*(.+?)\*\*\s*\n\n(.*)", text, re.DOTALL)
    return (match[1], match[2]) if match else (id_.replace("-", " "), text)


def _fits_a_row(card: Card) -> bool:
    """Is it a question with an answer, without code in blocks and tables?"""
    texts = (card.ask, card.answer, card.explain) if isinstance(card, Basic) else ()
    return bool(texts) and not re.search(r"^(```|~~~|[ \t]+\S|\|)", "\n".join(texts), re.MULTILINE)


def _rows(cards: Iterable[Card]) -> Iterator[str]:
    every = [card for card in cards if isinstance(card, Basic)]
    why = any(card.explain for card in every)
    yield "| Question | Answer |" + (" Why |" if why else "")
    yield "| --- | --- |" + (" --- |" if why else "")
    for card in every:
        yield _row(card.ask, card.answer, *([card.explain] if why else []))
    for card in every:
        yield from _comment(card)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def _comment(card: Card) -> Iterator[str]:
    """What notes have no spelling for."""
    kept = {
        "id": card.id, "tags": " ".join(card.tags), "status": card.status, "notes said": card.shows,
        "explanation": card.explain if isinstance(card, Cloze) else "",
    }  # fmt: skip
    said = "; ".join(f"{name}: {' '.join(value.split())}" for name, value in kept.items() if value)
    yield f"<!-- {said.replace('--', '- -')} -->"


def _card(card: Card) -> Iterator[str]:
    """One card below its heading."""
    explain = card.explain
    if isinstance(card, Basic):
        yield f"Q: {card.ask}"
        yield ("A:\n\n" if "\n" in card.answer else "A: ") + card.answer
    elif isinstance(card, Cloze):
        text = GAP.sub(lambda gap: "{{c1::" + gap[1].strip() + "}}", card.ask)
        yield text.replace("\n", "<br>")
        explain = ""
    else:
        yield _ask(card)
        yield ""
    match card:
        case Choice(options=options) | Multiple(options=options):
            for option in options:
                yield _option(option.text, option.right, option.because)
        case Order(items=items, extra=extra):
            yield from (f"{n}. {item}" for n, item in enumerate(items, 1))
            yield from ("", *(f"- {step}" for step in extra)) if extra else ()
        case Match(pairs=pairs, extra=extra):
            yield from ("| Of | Belongs |", "| --- | --- |")
            yield from (_row(pair.left, pair.right) for pair in pairs)
            yield from (_row("", right) for right in extra)
        case Statements(statements=statements):
            yield from ("| Statement | Yes/No | Why |", "| --- | --- | --- |")
            yield from (_row(each.text, "Yes" if each.right else "No", each.because) for each in statements)
        case Code():
            explain = yield from _code(card)
    if explain:
        yield from ("", f"**Explanation**: {explain}")
    yield from ("", *_comment(card))


def _ask(card: Card) -> str:
    """The stem, with the words by which its kind is known."""
    words = card.ask.lower()
    if isinstance(card, Order) and not re.search(r"\b(order|sequence)\b", words):
        return f"{card.ask} Put them in order."
    if isinstance(card, Match) and "match" not in words:
        return f"{card.ask} Match each to what belongs to it."
    return card.ask


def _option(text: str, right: bool, because: str) -> str:
    lines = [f"- [{'x' if right else ' '}] " + text.replace("\n", "\n  ")]
    lines += [f"  > {line}".rstrip() for line in because.split("\n")] if because else []
    return "\n".join(lines)


def _code(card: Code) -> Generator[str, None, str]:
    """Code with its blanks, and the lists to choose from; what is left of the explanation is returned."""
    if not any(card.wrong):
        yield f"~~~{card.language} gaps\n{card.code}\n~~~"
        return card.explain
    left = card.explain.split("\n")
    lists = list(zip(gaps(card.code), card.wrong, strict=True))
    # A blank that occurs twice in the code has one list of options, and one part of the explanation.
    parts = len(set(lists)) < len(lists) and f"**{len(lists)}**" not in left
    distinct = list(dict.fromkeys(lists)) if parts else lists
    numbers = [distinct.index(each) + 1 if parts else n for n, each in enumerate(lists, 1)]
    count = iter(numbers)
    yield fenced(GAP.sub(lambda _: f"__{next(count)}__", card.code), card.language)
    for n in range(1, max(numbers) + 1):
        yield from ("", f"**{n}**", "")
        right, wrong = lists[numbers.index(n)]
        start = left.index(f"**{n}**") if f"**{n}**" in left else 0
        end = left.index(f"**{n + 1}**") if f"**{n + 1}**" in left else len(left)
        named = [(word, line) for line in left[start:end] for word in (right, *wrong)]
        whys = {word: line for word, line in named if line.startswith(f"- `{word}`: ")}
        # The right one is where its reason is among the others'.
        before = [word for word in whys if right in whys and list(whys).index(word) < list(whys).index(right)]
        at = max((wrong.index(word) + 1 for word in before), default=0)
        for word in (*wrong[:at], right, *wrong[at:]):
            yield _option(f"`{word}`", word == right, whys.get(word, "").removeprefix(f"- `{word}`: "))
        left[start:end] = [line for line in left[start:end] if line not in (*whys.values(), f"**{n}**")]
    return "\n".join(left).strip()
