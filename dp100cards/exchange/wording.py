"""A card in plain words: its question and its answer as simple Markdown, for every place that knows only those two."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dp100cards.cards import (
    GAP,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Scenario,
    Statements,
    gaps,
)
from dp100cards.exchange.markup import fenced

BLANK_LINE = re.compile(r"____\d+____|________")
"""What `numbered` puts in place of a blank."""
LETTERS = string.ascii_uppercase


def letter(n: int) -> str:
    """The name of the n-th option from 0: A to Z, then numbers."""
    return LETTERS[n] if n < len(LETTERS) else str(n + 1)


def scattered(texts: Iterable[str]) -> list[str]:
    """Texts in an order that depends on them alone and, unless they are all equal, is not the one that they came in."""
    given = list(texts)
    result = sorted(given, key=str.casefold)
    return [*result[1:], *result[:1]] if result == given else result


def question(card: Card) -> str:
    """What is asked, without what can be chosen."""
    if isinstance(card, Cloze):
        return GAP.sub("______", card.ask)
    if isinstance(card, Code):
        return f"{card.ask}\n{fenced(numbered(card.code), card.language)}"
    return card.ask


def stem(card: Card) -> str:
    """What is asked, without code and choices; nothing in it gives the answer away."""
    return GAP.sub("______", card.ask) if isinstance(card, Cloze) else card.ask


def with_scenarios(cards: Iterable[Card]) -> Iterator[tuple[Card, str]]:
    """Cards, each with the text of its scenario if that has not just been told; else ""."""
    told = None
    for card in cards:
        yield card, card.scenario.text if card.scenario and card.scenario != told else ""
        told = card.scenario


def scenarios_apart(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards, of which no two have scenarios of one id and different texts: a deck holds each id once."""
    texts: dict[str, str] = {}
    result = []
    for card in cards:
        if card.scenario:
            id_, turn = card.scenario.id, 2
            while texts.setdefault(id_, card.scenario.text) != card.scenario.text:
                id_, turn = f"{card.scenario.id}-{turn}", turn + 1
            if id_ != card.scenario.id:
                card = replace(card, scenario=Scenario(id_, card.scenario.text))
        result.append(card)
    return tuple(result)


def choices(card: Card) -> list[str]:
    """What can be chosen, one line each; nothing in it gives the answer away."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            return [f"{letter(n)}. {option.text}" for n, option in enumerate(options)]
        case Order(items=items):
            return [f"{letter(n)}. {item}" for n, item in enumerate(scattered(items))]
        case Match(pairs=pairs):
            rights = scattered(pair.right for pair in pairs)
            return [
                *(f"{n}. {pair.left}" for n, pair in enumerate(pairs, 1)),
                *(f"{letter(n)}. {right}" for n, right in enumerate(rights)),
            ]
        case Statements(statements=statements):
            return [f"{n}. {statement.text}" for n, statement in enumerate(statements, 1)]
        case Code(wrong=wrong) if wrong:
            lists = zip(gaps(card.code), wrong, strict=True)
            return [
                f"{n}: {' | '.join(sorted({right, *others}, key=str.casefold))}"
                for n, (right, others) in enumerate(lists, 1)
            ]
    return []


def answers(card: Card) -> list[str]:
    """The right answer, one line for each of its parts."""
    match card:
        case Basic(answer=text):
            return [text]
        case Cloze(ask=text) | Code(code=text):
            return list(gaps(text))
        case Choice(options=options) | Multiple(options=options):
            return [option.text for option in options if option.right]
        case Order(items=items):
            return list(items)
        case Match(pairs=pairs):
            return [f"{pair.left} → {pair.right}" for pair in pairs]
        case Statements(statements=statements):
            return [f"{'Yes' if each.right else 'No'}: {each.text}" for each in statements]
    return []


def wrong(card: Card) -> list[str]:
    """The wrong options, where there are any."""
    return [option.text for option in options_of(card) if not option.right]


def options_of(card: Card) -> tuple[Option, ...]:
    """The options of a choice or multiple card; of another, none."""
    return card.options if isinstance(card, Choice | Multiple) else ()


def reasons(card: Card) -> list[str]:
    """Why each option or statement is right or wrong, where that is said."""
    each = card.statements if isinstance(card, Statements) else options_of(card)
    return [f"{option.text}: {option.because}" for option in each if option.because]


def place(card: Card) -> str:
    """The note and the lines that the card comes from, or ""."""
    if card.source is None:
        return ""
    first, last = card.source.lines
    return f"{card.source.note}:{first}" + (f"-{last}" if last != first else "")


def place_in_words(card: Card) -> str:
    """The note and the lines that the card comes from, for a sentence, or ""."""
    if card.source is None:
        return ""
    first, last = card.source.lines
    return f"{card.source.note}, line{'s' * (last != first)} {first}" + (
        f" to {last}" if last != first else ""
    )


def numbered(code: str) -> str:
    """Code with a line in place of each blank, numbered where there are several."""
    several, count = len(gaps(code)) > 1, 0

    def blank(_: object) -> str:
        nonlocal count
        count += 1
        return f"____{count}____" if several else "________"

    return GAP.sub(blank, code)
