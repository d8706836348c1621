"""The proof of drafted cards: each must rest on words that stand in a note, and pass the quality gate.

It is simple and strict. It cannot tell whether a card is worth learning, only that the note says what it teaches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Source,
    Statements,
    filled,
)
from dp100cards.draft.reply import Drafted
from dp100cards.draft.text import is_read_back
from dp100cards.generate.quality import CHECKS, alike, answer_of, findings
from dp100cards.generate.said import Place, Said, among, lost_name, lost_number, roots, tokens
from dp100cards.generate.words import stems

IN_QUOTE = 0.6
"""The share of an answer's words that the quote itself must hold; its neighbours must hold the rest."""
ASKING = stems("which following option statement true correct best choose two three four")


@dataclass(frozen=True)
class Verdict:
    """What the proof found: the card with its place in the notes, or the reason why it is refused."""

    drafted: Drafted
    card: Card | None = None
    reason: str = ""


def prove(
    drafted: Sequence[Drafted],
    notes: Mapping[str, str],
    known: Sequence[Card] = (),
    rejected: Sequence[Card] = (),
) -> list[Verdict]:
    """Prove each card of a reply against the notes, and against the cards that there are or were."""
    said = [Said(path, text) for path, text in sorted(notes.items())]
    seen = {_key(card): "there is a card that asks this already" for card in known}
    seen |= {_key(card): "it is like a card that you rejected" for card in rejected}
    verdicts = []
    for each in drafted:
        verdict = _proved(each, said)
        if verdict.card and (twice := seen.get(_key(verdict.card))):
            verdict = Verdict(each, None, twice)
        elif verdict.card:
            seen[_key(verdict.card)] = "the reply asks this twice"
        verdicts.append(verdict)
    passed, before = [n for n, each in enumerate(verdicts) if each.card], [*known, *rejected]
    for n in alike([*before, *(card for each in verdicts if (card := each.card))]):
        if n >= len(before):
            place = passed[n - len(before)]
            verdicts[place] = Verdict(drafted[place], None, CHECKS["alike"].sentence)
    return verdicts


def _key(card: Card) -> object:
    """By what a card is known again: what it asks, in other words or another order, too."""
    asked = roots(filled(card.ask)) - ASKING
    return asked if len(asked) > 2 and not isinstance(card, Cloze) else (asked, roots(answer_of(card)))


def _proved(drafted: Drafted, said: Sequence[Said]) -> Verdict:
    card, reason = drafted.card, drafted.reason
    if card and card.source:
        reason = "its quote does not stand in the note word for word"
        for one in said:
            for place in one.places(card.source.quote):
                placed = replace(card, source=Source(place.note, place.lines, place.quote))
                if not (reason := _wrong(placed, place, one)):
                    return Verdict(drafted, placed)
    return Verdict(drafted, None, reason)


def _wrong(card: Card, place: Place, said: Said) -> str:
    """The first thing that is wrong with a card, or nothing."""
    if isinstance(card, Code):
        return "questions with gaps in code are yours to write"
    if said.replaced(place):
        return "the note says under these words what is true today"
    for code in findings(card)[0]:
        if code != "unsourced":  # `_unsupported` is the stricter proof
            return CHECKS[code].sentence
    wrong = _unsupported(card, f"{place.near}\n{place.quote}", place.quote) or _parts_wrong(card, place, said)
    return wrong or ("" if is_read_back(card) else "its markup would not be read as this card")


def _claims(card: Card) -> list[str]:
    """What a card says is true, part by part."""
    match card:
        case Choice() | Multiple() | Statements():
            return [each.text for each in _parts(card) if each.right]
        case Match(pairs=pairs):
            return [f"{pair.left} {pair.right}" for pair in pairs]
        case Order(items=items):
            return list(items)
        case Cloze(ask=ask):
            return [answer_of(card), filled(ask)]
    return [answer_of(card)]


def _parts(card: Card) -> tuple[Option, ...]:
    return getattr(card, "options", ()) or getattr(card, "statements", ())


def _unsupported(card: Card, near: str, quote: str) -> str:
    """What of a card its quote and the words around it do not support."""
    asked = filled(card.ask)
    around, quoted, ask = roots(near), roots(quote), roots(asked)
    if not ask & around:
        return "its question shares no word with the quote"
    lost = (
        "" if _parts(card) else lost_number(asked, near)
    )  # a question with options may have numbers of its own
    held = wanted = 0
    for claim in _claims(card):
        own = roots(claim) - (ask if isinstance(card, Basic) else frozenset())
        strange = (
            word for word in tokens(claim) if any(not among(around, each) for each in roots(word) & own)
        )
        if lost := lost or lost_name(claim, near) or next(strange, ""):
            return f"the note does not say there: {lost}"
        held, wanted = held + sum(among(quoted, word) for word in own), wanted + len(own)
    if not wanted or held < IN_QUOTE * wanted:
        return "its quote does not hold the answer"
    shown = " ".join([near, asked, *(each.text for each in _parts(card))])
    lost = next(filter(None, (lost_name(each.because, shown) for each in _parts(card))), "")
    return f"a reason names what the note does not have there: {lost}" if lost else ""


def _parts_wrong(card: Card, place: Place, said: Said) -> str:
    """What is wrong with parts: options that are one, a wrong one that the notes make true, a false order or pair."""
    every = [" ".join(tokens(each.text)) for each in _parts(card)]
    if len({roots(text) or text for text in every}) < len(every):
        return "two of its options say the same"
    need = roots(card.ask).difference(ASKING, *map(roots, every))
    for each, text in zip(_parts(card), every, strict=True):
        alone = isinstance(card, Statements) and said.states(each.text)
        if not each.right and (alone or (need and said.answers(need, text))):
            return f"the notes seem to make a wrong option true: {each.text}"
    if isinstance(card, Order):
        row = " ".join(tokens(place.quote))
        places = [at for item in card.items if (at := row.find(" ".join(tokens(item)))) >= 0]
        return "" if places == sorted(places) else "its quote has the steps in another order"
    pairs = card.pairs if isinstance(card, Match) else ()
    strays = (
        p for p in pairs if not any(roots(f"{p.left} {p.right}") <= held for _, held in said.statements)
    )
    return next((f"no statement of the note has both {p.left} and {p.right}" for p in strays), "")
