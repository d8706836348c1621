"""A card in plain words, for every place that knows only a question and an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from dp100cards.cards import GAP, Basic, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps


def scattered(texts: Iterable[str]) -> list[str]:
    """Texts in an order that depends on them alone and, unless they are all equal, is not the one that they came in."""
    given = list(texts)
    result = sorted(given, key=str.casefold)
    return [*result[1:], *result[:1]] if result == given else result


def stem(card: Card) -> str:
    """What is asked, without code and choices; nothing in it gives the answer away."""
    return GAP.sub("______", card.ask) if isinstance(card, Cloze) else card.ask


def numbered(code: str) -> str:
    """Code with a line in place of each blank, numbered where there are several."""
    number, several = count(1), len(gaps(code)) > 1
    return GAP.sub(lambda _: f"____{next(number)}____" if several else "________", code)


def with_scenarios(cards: Iterable[Card]) -> Iterator[tuple[Card, str]]:
    """Cards, each with the text of its scenario unless the card before has the same; else ""."""
    last = None
    for card in cards:
        yield card, card.scenario.text if card.scenario and card.scenario != last else ""
        last = card.scenario


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
    """What can be chosen and is wrong, one line for each option or blank."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            return [option.text for option in options if not option.right]
        case Order(extra=extra) | Match(extra=extra):
            return list(extra)
        case Code(wrong=lists):
            return [" | ".join(words) for words in lists]
    return []


def reasons(card: Card) -> list[str]:
    """Why each option or statement is right or wrong, where that is given."""
    match card:
        case Choice(options=each) | Multiple(options=each) | Statements(statements=each):
            return [f"{option.text}: {option.because}" for option in each if option.because]
    return []


def place(card: Card, between: str = ":", dash: str = "-") -> str:
    """The note and the lines that the card comes from, or ""."""
    if card.source is None or not card.source.note:
        return ""
    first, last = card.source.lines
    return f"{card.source.note}{between}{first}" + (f"{dash}{last}" if last != first else "")


def place_in_words(card: Card) -> str:
    """The same for a sentence."""
    several = card.source is not None and card.source.lines[0] != card.source.lines[1]
    return place(card, ", lines " if several else ", line ", "–")
