"""The proof of drafted cards: each must rest on words that stand in a note, and pass the quality gate.

The proof is deliberately simple and strict. It cannot tell whether a card is worth learning; it can tell that the note
says what the card teaches.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Order,
    Source,
    Statements,
    filled,
)
from dp100cards.draft.reply import Drafted
from dp100cards.draft.text import note_text, read_back
from dp100cards.draft.words import Place, Said, tokens
from dp100cards.generate.quality import CHECKS, alike, answer_of, findings
from dp100cards.generate.words import names, stems
from dp100cards.notes.words import NUMBERS

IN_QUOTE = 0.6
"""The share of an answer's words that the quote itself must hold; its neighbours may hold the rest."""
PER_STRANGE = 6
"""One plain word in so many of an answer may be the assistant's own."""
MADE_TRUE = 0.7
"""The share of a question's words with which a statement of the notes answers it."""
CONTRAST = re.compile(
    r"\b(?:not|no|nor|never|unlike|instead|rather|than|vs|versus|but|except|without|whereas|while|however|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
CODE = re.compile(r"`([^`\n]+)`")
ASKING = stems("which what following option options statement statements true correct best choose two three four")


@dataclass(frozen=True)
class Verdict:
    """What the proof found: the card with its place in the notes, or the reason why it is refused."""

    drafted: Drafted
    card: Card | None = None
    reason: str = ""


def prove(
    drafted: Sequence[Drafted],
    notes: Mapping[str, str],
    known: Iterable[Card] = (),
    rejected: Iterable[Card] = (),
) -> list[Verdict]:
    """Prove each card of a reply against the notes and against the cards that there are."""
    said = _in_order(drafted, {path: Said(path, text) for path, text in notes.items()})
    seen = {key: "there is a card that asks this already" for card in known for key in _keys(card)}
    seen |= {key: "it is like a card that you rejected" for card in rejected for key in _keys(card)}
    verdicts = []
    for each in drafted:
        verdict = _proved(each, said)
        if verdict.card:
            keys = _keys(verdict.card)
            if twice := next((seen[key] for key in keys if key in seen), ""):
                verdict = Verdict(each, None, twice)
            else:
                seen |= dict.fromkeys(keys, "the reply asks this twice")
        verdicts.append(verdict)
    return _unlike(verdicts, [*known, *rejected])


def _in_order(drafted: Sequence[Drafted], said: Mapping[str, Said]) -> list[Said]:
    """The notes, that one first in which most of the quotes stand."""
    counts: Counter[str] = Counter()
    for each in drafted[:200]:
        if each.card and each.card.source:
            wanted = f" {' '.join(tokens(each.card.source.quote))} "
            counts.update(path for path, one in said.items() if wanted in one.text)
    return sorted(said.values(), key=lambda one: (-counts[one.note.path], one.note.path))


def _unlike(verdicts: list[Verdict], known: Sequence[Card]) -> list[Verdict]:
    """The verdicts, with what the quality gate calls alike refused."""
    passed = [n for n, each in enumerate(verdicts) if each.card]
    cards = [card for n in passed if (card := verdicts[n].card)]
    for n in alike([*known, *cards]):
        if n >= len(known):
            place = passed[n - len(known)]
            verdicts[place] = Verdict(verdicts[place].drafted, None, CHECKS["alike"].sentence)
    return verdicts


def _keys(card: Card) -> list[object]:
    """By what a card is known again: what it asks, in other words or another order, too."""
    if isinstance(card, Cloze):
        return [(stems(filled(card.ask)), stems(answer_of(card)))]
    asked = stems(card.ask) - ASKING
    return [asked if len(asked) > 2 else (asked, stems(answer_of(card)))]


def _proved(drafted: Drafted, said: Sequence[Said]) -> Verdict:
    card = drafted.card
    if card is None or card.source is None:
        return Verdict(drafted, None, drafted.reason)
    if len(tokens(card.source.quote)) < 2:
        return Verdict(drafted, None, "its quote is less than two words")
    reason = "its quote does not stand in the note word for word"
    for one in said:
        for place in one.places(card.source.quote):
            source = Source(place.note, place.lines, place.quote)
            placed = replace(card, source=source, explain="")
            if not (reason := _wrong(placed, place, one)):
                return Verdict(drafted, placed)
    return Verdict(drafted, None, reason)


def _wrong(card: Card, place: Place, said: Said) -> str:
    """The first thing that is wrong with a card, or nothing."""
    if isinstance(card, Code):
        return "questions with gaps in code are yours to write"
    if said.replaced(place):
        return "the note says under these words that something else is true today"
    if missing := _unsupported(card, place):
        return missing
    if wrong := _options(card, said):
        return wrong
    hard = [code for code in findings(card)[0] if code != "unsourced"]  # `_unsupported` proves it by stems
    if hard:
        return CHECKS[hard[0]].sentence
    if read_back(note_text(card)) != replace(card, source=None):
        return "it holds markup that would not be read back as this card"
    return ""


def _claims(card: Card) -> list[str]:
    """What a card says is true, part by part."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            return [option.text for option in options if option.right]
        case Statements(statements=statements):
            return [each.text for each in statements if each.right]
        case Match(pairs=pairs):
            return [f"{pair.left} {pair.right}" for pair in pairs]
        case Order(items=items):
            return list(items)
    return [answer_of(card)]


def _unsupported(card: Card, place: Place) -> str:
    """What of a card its quote and the words around it do not support."""
    near = f"{place.near}\n{place.quote}"
    words, around, quoted = set(tokens(near)), stems(near), stems(place.quote)
    words |= {str(number) for word, number in NUMBERS.items() if word in words}
    asked = set(tokens(filled(card.ask)))
    if not isinstance(card, Choice | Multiple):  # a situation may bring numbers of its own
        strange = {word for word in asked if word[-1].isdigit() and word not in words}
        if strange and not isinstance(card, Cloze):
            return f"the question has a number that is not in the note there: {min(strange)}"
    if not stems(filled(card.ask)) & around:
        return "its question shares no word with the quote"
    held = wanted = 0
    for claim in _claims(card):
        if lost := _strange(claim, words, near, around):
            return f"the note does not say there: {lost}"
        held, wanted = held + len(stems(claim) & quoted), wanted + len(stems(claim))
    if not wanted:
        return "its answer says nothing that a quote could prove"
    if held < IN_QUOTE * wanted:
        return "its quote does not hold the answer"
    if isinstance(card, Cloze) and (lost := _strange(filled(card.ask), words, near, around)):
        return f"the note does not say there: {lost}"
    if isinstance(card, Choice | Multiple | Statements):
        parts = card.statements if isinstance(card, Statements) else card.options
        shown = " ".join([near, said_of(card), *(each.text for each in parts)])
        for each in parts:
            if each.because and (lost := _named(each.because, set(tokens(shown)), shown)):
                return f"a rationale names what the note does not: {lost}"
    return ""


def said_of(card: Card) -> str:
    """The question as text."""
    return filled(card.ask)


def _strange(claim: str, words: set[str], near: str, around: frozenset[str]) -> str:
    """What of a claim is not in the words around its quote."""
    if lost := _named(claim, words, near):
        return lost
    own = stems(claim)
    strange = sorted(word for word in own - around if not _slip(word, around))
    return strange[0] if len(strange) > len(own) // PER_STRANGE else ""


def _named(text: str, words: set[str], near: str) -> str:
    """A number, a name or code in a text that is not in the words around its quote."""
    row = f" {' '.join(tokens(near))} "
    for code in CODE.findall(text):
        if f" {' '.join(tokens(code))} " not in row:
            return str(code)
    low = near.casefold()
    numbers = (word for word in tokens(text) if word[-1].isdigit() and word not in words)
    return next(numbers, "") or next((name for name in sorted(names(text)) if name not in low), "")


def _slip(word: str, around: frozenset[str]) -> bool:
    """Is a word one of the note's but for a slip of the pen?"""
    return len(word) > 4 and word.isalpha() and any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in around if len(one) > 4)


def _options(card: Card, said: Said) -> str:
    """What is wrong with options: two that are one, or a wrong one that the notes make true."""
    if isinstance(card, Statements):
        false = [f" {' '.join(tokens(each.text))} " for each in card.statements if not each.right]
        return "the notes say that a “No” is true" if any(text in said.text for text in false) else ""
    if not isinstance(card, Choice | Multiple):
        return ""
    texts = [" ".join(tokens(option.text)) for option in card.options]
    if len(set(texts)) < len(texts) or len({stems(text) or text for text in texts}) < len(texts):
        return "two of its options say the same"
    given = frozenset[str]().union(*(stems(option.text) for option in card.options))
    need = stems(card.ask) - given - ASKING
    for option in card.options:
        if need and not option.right and _made_true(option.text, need, said):
            return f"the notes seem to make a wrong option true: {option.text}"
    return ""


def _made_true(option: str, need: frozenset[str], said: Said) -> bool:
    phrase = f" {' '.join(tokens(option))} "
    return phrase in said.text and any(
        phrase in text and len(need & held) >= MADE_TRUE * len(need) and not CONTRAST.search(text)
        for text, held in said.statements
    )
