"""What an assistant replied, as cards, and the proof of each: it rests on words of a note and passes the quality gate.

The proof is simple and strict. It cannot tell whether a card is worth learning, only that the note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
from dp100cards.clean import clean
from dp100cards.draft.prompt import note_text
from dp100cards.generate.quality import CHECKS, alike, findings
from dp100cards.generate.words import (
    Said,
    among,
    answer_text,
    lost_name,
    lost_number,
    roots,
    stems,
    tokens,
    unmarked,
)
from dp100cards.notes.blocks import read_note
from dp100cards.notes.inline import plain
from dp100cards.notes.questions import explicit_questions

PART = re.compile(r"^ {0,3}#{2,6}(?=\s)", re.MULTILINE)
FENCE = re.compile(r"^(?:```+|~~~+)[ \t]*(?:markdown|md)?[ \t]*$", re.MULTILINE)
CITES = re.compile(r"^\W{0,4}sources?\W{0,3}:", re.MULTILINE | re.IGNORECASE)
QUOTE = re.compile(r"^(\W{0,4}sources?\W{1,6}[\"“])([^\"”]{1,4000})(?=[\"”])", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Drafted:
    """One question of a reply, or why a part of it is none. Its source has nothing but the quote."""

    line: int
    ask: str
    card: Card | None = None
    reason: str = ""


def read_reply(text: str) -> list[Drafted]:
    """The questions of a reply, in its order. Empty if it is not in the form that the prompt asks for."""
    text = clean(text)
    first = PART.search(text)
    if first and (fence := FENCE.search(text, 0, first.start())):  # all of the reply is in a fence
        text = text[: fence.start()] + text[fence.end() :]
    starts = [match.start() for match in PART.finditer(text)]
    found: list[Drafted] = []
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        found += _part(text[start:end], text.count("\n", 0, start))
    return found if any(each.card for each in found) else []


def _part(text: str, above: int) -> Iterator[Drafted]:
    note = read_note("", QUOTE.sub(_on_one_line, text))
    found = explicit_questions(note, loose=True)
    for question in found.questions:
        card = replace(question.card, level="", skills=(), explain="")
        proof = card if question.cited and card.source and card.source.quote else None
        why = "" if proof else "it has no line Source: with words of the note"
        yield Drafted(above + question.lines[0], _shortly(card.ask), proof, why)
    if CITES.search(text) and not found.questions:
        told = (each.message for each in (*found.unused, *note.problems))
        why = next(told, "it is no question in the form asked for")
        yield Drafted(above + 1, _shortly(text.strip().split("\n", 1)[0].lstrip("# ")), None, why)


def _on_one_line(match: re.Match[str]) -> str:
    return match[1] + " ".join(map(unmarked, match[2].split("\n")))


def _shortly(text: str) -> str:
    line = plain(text)
    return line if len(line) <= 90 else line[:89].rstrip() + "…"


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
    return asked if len(asked) > 2 and not isinstance(card, Cloze) else (asked, roots(answer_text(card)))


def _proved(drafted: Drafted, said: Sequence[Said]) -> Verdict:
    card, reason = drafted.card, drafted.reason
    if card and card.source:
        reason = "its quote is not in the note word for word"
        for one in said if len(tokens(card.source.quote)) > 1 else ():
            for source, near in one.places(card.source.quote):
                placed = replace(card, source=source)
                if not (reason := _wrong(placed, source, near, one)):
                    return Verdict(drafted, placed)
    return Verdict(drafted, None, reason)


def _wrong(card: Card, source: Source, near: str, said: Said) -> str:
    if isinstance(card, Code):
        return "questions with gaps in code are yours to write"
    if said.replaced(source):
        return "the note says under these words what is true today"
    for code in findings(card)[0]:
        if code != "unsourced":  # `_unsupported` is the stricter proof
            return CHECKS[code].sentence
    wrong = _unsupported(card, near, source.quote) or _parts_wrong(card, source.quote, said)
    return wrong or ("" if _is_read_back(card) else "its markup would not be read as this card")


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
            return [answer_text(card), filled(ask)]
    return [answer_text(card)]


def _parts(card: Card) -> tuple[Option, ...]:
    return getattr(card, "options", ()) or getattr(card, "statements", ())


def _unsupported(card: Card, near: str, quote: str) -> str:
    """What of a card its quote and the words around it do not support."""
    asked = filled(card.ask)
    around, quoted, ask = roots(near), roots(quote), roots(asked)
    if not ask & around:
        return "its question shares no word with the quote"
    # A question with options may have numbers of its own.
    lost = "" if _parts(card) else lost_number(asked, near)
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


def _parts_wrong(card: Card, quote: str, said: Said) -> str:
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
        row = " ".join(tokens(quote))
        places = [at for item in card.items if (at := row.find(" ".join(tokens(item)))) >= 0]
        return "" if places == sorted(places) else "its quote has the steps in another order"
    pairs = card.pairs if isinstance(card, Match) else ()
    strays = (p for p in pairs if not said.states(f"{p.left} {p.right}"))
    return next((f"no statement of the note has both {p.left} and {p.right}" for p in strays), "")


def _is_read_back(card: Card) -> bool:
    """Does the card, written as a note, give the same card again?"""
    questions = explicit_questions(read_note("", note_text(card))).questions
    back = questions[0].card if len(questions) == 1 else None
    if not back or not back.source or not card.source or back.source.note != card.source.note:
        return False
    same = tokens(back.source.quote) == tokens(card.source.quote)
    return same and back == replace(card, source=back.source)
