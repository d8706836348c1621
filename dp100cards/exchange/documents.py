"""Decks as documents: JSON for programs, HTML for paper. Markdown is in `markdown`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from dp100cards.cards import Card, Cloze, Deck, Match, Order, Statements
from dp100cards.decks.codec import to_deck_data
from dp100cards.errors import ContentError, Problem
from dp100cards.exchange import wording
from dp100cards.exchange.markup import to_html

FORMAT = "dp100cards decks 1"
"""The first key of the JSON, so that a reader knows what it holds; 1 is its version.

    {"format": FORMAT, "decks": [{"deck", "title", "area", "scenarios", "cards": [card, …]}, …]}

A deck, and each card in it, is what it is in a deck's YAML; `decks/schema.json` describes it.
"""


def to_json(decks: Iterable[Deck]) -> str:
    """The decks as JSON."""
    data = [
        {"deck": deck.name, "title": deck.title, "area": deck.area,
         **({"scenarios": {each.id: each.text for each in deck.every_scenario}} if deck.every_scenario else {}),
         "cards": [to_deck_data(card, deck_area=deck.area) for card in deck.cards]}
        for deck in decks
    ]  # fmt: skip
    return json.dumps({"format": FORMAT, "decks": data}, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str, path: str) -> list[Deck]:
    """The decks of a JSON file. Raises ContentError with every mistake."""
    from dp100cards.decks.read import NAME, read_deck

    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
        what = getattr(error, "msg", "") or "it is nested too deeply"
        raise ContentError([Problem(path, line, column, f"this is not JSON: {what}")]) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("decks"), list):
        raise ContentError(
            [Problem(path, 1, 0, f'this is not JSON of ours: it does not say "format": "{FORMAT}"')]
        )
    decks, problems = [], []
    for n, deck in enumerate(data["decks"], 1):
        name = deck.get("deck") if isinstance(deck, dict) else None
        if not isinstance(name, str) or not NAME.match(name):
            problems.append(
                Problem(path, 0, 0, f"deck number {n} has no name of small letters, digits and hyphens")
            )
            continue
        # What a person may have written goes through the reader of decks, which takes JSON too.
        reading = read_deck(_as_yaml({k: v for k, v in deck.items() if v != ""}), path, name)
        problems += [Problem(path, 0, 0, f"deck {name}: {problem.message}") for problem in reading.problems]
        decks.append(reading.deck)
    if problems:
        raise ContentError(problems)
    return decks


_PAIRED = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})")
"""A letter beyond the first 65,536, as JSON escapes it."""


def _as_yaml(data: Any) -> str:
    """JSON that YAML reads too, which knows no pairs of surrogates."""

    def letter(pair: re.Match[str]) -> str:
        high, low = int(pair[2], 16), int(pair[3], 16)
        return f"{pair[1]}\\U{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00:08x}"

    return _PAIRED.sub(letter, json.dumps(data))


PAPER = """
@page { size: A4; margin: 18mm 16mm; }
:root { color-scheme: light; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #1c2733; background: #fff; max-width: 44em;
  margin: 2em auto; padding: 0 1em; }
h1 { font-size: 20pt; margin: 0 0 0.2em; } h2 { font-size: 14pt; margin: 1.6em 0 0.6em; break-after: avoid;
  border-bottom: 1px solid #b9c4cf; padding-bottom: 0.2em; }
.count { color: #5d6b79; margin: 0 0 1em; }
article { break-inside: avoid; display: grid; grid-template-columns: 2.2em 1fr; margin: 0 0 0.9em; }
.number { color: #5d6b79; } .question { font-weight: bold; } ul { list-style: none; margin: 0.3em 0; padding: 0; }
li { padding-left: 1.5em; text-indent: -1.5em; } ul.list { list-style: disc; padding-left: 1.2em; }
ul.list li { padding: 0; text-indent: 0; } article, h1, h2 { overflow-wrap: anywhere; }
.answers article { font-size: 10pt; margin-bottom: 0.5em; } .because, .source { color: #5d6b79; font-size: 9pt; }
.scenario { border-left: 3px solid #b9c4cf; padding-left: 0.8em; margin: 1.2em 0 0.6em; }
.answers { break-before: page; }
pre { font-weight: normal; text-indent: 0; overflow-wrap: anywhere; font-size: 9pt; background: #f2f5f7;
  padding: 0.5em; white-space: pre-wrap; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
@media (max-width: 30em) { body { margin: 1em auto; } }
@media print { body { margin: 0; max-width: none; padding: 0; } }
""".strip()


def to_page(decks: Sequence[Deck], name: str) -> str:
    """The decks as one page for paper: the questions first, then the answers, under the same numbers."""
    asked, told, number = [], [], 0
    for deck in decks:
        asked.append(f"<h2>{html.escape(deck.title)}</h2>")
        told.append(f"<h2>{html.escape(deck.title)}</h2>")
        for card, scenario in wording.with_scenarios(deck.cards):
            number += 1
            asked += [f'<div class="scenario">{to_html(scenario)}</div>'] if scenario else []
            asked.append(
                _article(
                    number, f'<div class="question">{to_html(wording.question(card))}</div>' + _choices(card)
                )
            )
            told.append(_article(number, _answer(card)))
    title = html.escape(name)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{PAPER}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="count">{number} question{"" if number == 1 else "s"}</p>\n'
        + "\n".join(asked)
        + '\n<section class="answers">\n<h1>Answers</h1>\n'
        + "\n".join(told)
        + "\n</section>\n</body>\n</html>\n"
    )


def _article(number: int, inside: str) -> str:
    return f'<article><div class="number">{number}</div><div>{inside}</div></article>'


def _choices(card: Card) -> str:
    found = wording.choices(card)
    return "<ul>" + "".join(f"<li>{to_html(choice)}</li>" for choice in found) + "</ul>" if found else ""


def _answer(card: Card) -> str:
    separator = "; " if isinstance(card, Cloze) else "<br>"
    parts = [separator.join(map(to_html, lettered_answers(card)))]
    parts += [
        f'<div class="because">{to_html(text)}</div>'
        for text in (*lettered_reasons(card), card.explain, card.shows)
        if text
    ]
    if card.source:
        parts.append(f'<div class="source">{html.escape(wording.place(card))}</div>')
    return "".join(parts)


def lettered_answers(card: Card) -> list[str]:
    """The right answer, each part by the letter that it has among the choices."""
    right = wording.answers(card)
    if wording.options_of(card):
        return [choice for choice in wording.choices(card) if choice.split(". ", 1)[1] in right]
    if isinstance(card, Order):
        return _by_letter(card.items, wording.scattered(card.items))
    if isinstance(card, Match):
        rights = [pair.right for pair in card.pairs]
        named = _by_letter(rights, wording.scattered(rights))
        return [f"{n}. {p.left} → {r}" for n, (p, r) in enumerate(zip(card.pairs, named, strict=True), 1)]
    return right


def _by_letter(texts: Iterable[str], shown: list[str]) -> list[str]:
    left = [(text, wording.letter(n)) for n, text in enumerate(shown)]
    named = []
    for text in texts:
        mine = next(each for each in left if each[0] == text)
        left.remove(mine)
        named.append(f"{mine[1]}. {text}")
    return named


def lettered_reasons(card: Card) -> list[str]:
    """Why each option or statement is right or wrong, by its letter or number."""
    if isinstance(card, Statements):
        return [f"{n}: {each.because}" for n, each in enumerate(card.statements, 1) if each.because]
    options = enumerate(wording.options_of(card))
    return [f"{wording.letter(n)}: {option.because}" for n, option in options if option.because]
