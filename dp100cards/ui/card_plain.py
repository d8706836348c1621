"""A card in lines: its question, what can be chosen, how to answer, and the answer with its reasons."""

from __future__ import annotations

from dp100cards.cards import (
    Answer,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Mark,
    Match,
    Multiple,
    Order,
    Statements,
    gaps,
    key,
)
from dp100cards.exchange.wording import place_in_words
from dp100cards.ui.attempt import UNSET, Attempt, cleared, press
from dp100cards.ui.plain import Plain
from dp100cards.ui.text import clean


def write_question(plain: Plain, attempt: Attempt) -> None:
    """Write a question and what can be chosen."""
    card = attempt.card
    write_scenario(plain, card)
    plain.show(gapped(card.ask, "blank") if isinstance(card, Cloze) else card.ask)
    if isinstance(card, Code):
        plain.show(gapped(card.code, "blank"), 4)
    for name, text in choices(attempt):
        plain.show(f"{name} {text}", 2)


def write_scenario(plain: Plain, card: Card) -> None:
    """Write the situation that a question is about, if there is one."""
    if card.scenario:
        plain.say("The scenario:")
        plain.show(card.scenario.text, 2)
        plain.say("The question:")


def write_verdict(plain: Plain, card: Card, answer: Answer | None, marked: Mark | None) -> None:
    """Write whether it was right, and what was typed if it was not."""
    if marked is None:
        plain.say("Answer:")
    elif marked.right:
        plain.say("Right.")
    elif not answer:
        plain.say("Not answered.")
    else:
        plain.say(f"Wrong: {marked.points} of {marked.of} points." if marked.of > 1 else "Wrong.")
    if answer and isinstance(card, Basic | Cloze | Code) and not (marked and marked.right):
        plain.say(f"You: {'; '.join(map(str, answer))}")


def write_solution(plain: Plain, attempt: Attempt, answer: Answer | None) -> None:
    """Write the right answer, why it is right, and where the card comes from."""
    card = attempt.card
    match card:
        case Basic(answer=text):
            plain.show(text, 2)
        case Cloze() | Code():
            for n, text in enumerate(gaps(card.code if isinstance(card, Code) else card.ask), 1):
                plain.show(f"{n}. {text}", 2)
        case Choice(options=options) | Multiple(options=options):
            for letter, i in zip(attempt.labels, attempt.shuffle, strict=True):
                chosen = i in (answer or ())
                if options[i].right or chosen or options[i].because:
                    sign = "right" if options[i].right else "wrong"
                    because = f" ({options[i].because})" if options[i].because else ""
                    plain.show(f"{letter}, {sign}{', your choice' * chosen}: {options[i].text}{because}", 2)
        case Order(items=items):
            for n, item in enumerate(items, 1):
                plain.show(f"{n}. {item}", 2)
        case Match(pairs=pairs):
            for pair in pairs:
                plain.show(f"{pair.left}: {pair.right}", 2)
        case Statements(statements=statements):
            for n, statement in enumerate(statements, 1):
                because = f" ({statement.because})" if statement.because else ""
                plain.show(f"{n}. {'yes' if statement.right else 'no'}: {statement.text}{because}", 2)
    for text in (card.explain, card.shows):
        if text:
            plain.show(text, 2)
    if card.source:
        plain.say(f"  From {place_in_words(card)}.")


def gapped(text: str, word: str) -> str:
    """A text with its gaps named: [blank], or [blank 2] of several."""
    count = len(gaps(text))
    for n, hidden in enumerate(gaps(text), 1):
        text = text.replace(f"{{{{{hidden}}}}}", f"[{word}{f' {n}' * (count > 1)}]", 1)
    return text


def choices(attempt: Attempt) -> list[tuple[str, str]]:
    """What can be chosen, each with its letter or number."""
    card = attempt.card
    match card:
        case Choice(options=options) | Multiple(options=options):
            return [
                (f"{letter}.", options[i].text)
                for letter, i in zip(attempt.labels, attempt.shuffle, strict=True)
            ]
        case Order(items=items):
            return [
                (f"{letter}.", items[i]) for letter, i in zip(attempt.labels, attempt.shuffle, strict=True)
            ]
        case Match(pairs=pairs):
            rights = [
                (f"{letter}.", pairs[i].right)
                for letter, i in zip(attempt.labels, attempt.shuffle, strict=True)
            ]
            return [(f"{n}.", pair.left) for n, pair in enumerate(pairs, 1)] + rights
        case Statements(statements=statements):
            return [(f"{n}.", statement.text) for n, statement in enumerate(statements, 1)]
    rows = []
    for n, words in enumerate(attempt.wordings, 1):
        entries = ", ".join(f"{letter} {word}" for letter, word in zip(attempt.labels, words, strict=False))
        rows.append((f"Blank {n}:", entries))
    return rows


def how(attempt: Attempt) -> str:
    """How to answer, as a prompt."""
    card = attempt.card
    if attempt.types:
        more = f"; {len(attempt.lines)} answers with ; between" if len(attempt.lines) > 1 else ""
        return f"Type the answer, empty to see it{more}:"
    if not attempt.picks:
        return "Empty line for the answer:"
    match card:
        case Choice():
            return "Your choice:"
        case Multiple():
            return f"Your {len(key(card))} choices, such as {' '.join(attempt.labels[:2])}:"
        case Order():
            return "Letters in the right order:"
        case Match(pairs=pairs):
            return f"The letter for each of 1 to {len(pairs)}, in this order:"
        case Statements(statements=statements):
            return f"y or n for each of 1 to {len(statements)}, in this order:"
    return "A letter for each blank, in this order:"


def picked(attempt: Attempt, line: str) -> Attempt | None:
    """The attempt after the letters of a line, or None if they are no whole answer."""
    typed = [c for c in clean(line) if c not in " ,;\t"]
    letters = [c if c in attempt.labels else c.casefold() for c in typed]
    if any(letter not in attempt.labels for letter in letters):
        return None
    wanted = {"order": len(attempt.shuffle), "choice": 1}.get(attempt.card.kind, attempt.rows)
    if attempt.card.kind == "multiple":
        if len(set(letters)) != len(letters) or not 1 <= len(letters) <= len(key(attempt.card)):
            return None
    elif len(letters) != wanted or (
        attempt.card.kind in ("order", "match") and len(set(letters)) != len(letters)
    ):
        return None
    after: Attempt | None = cleared(attempt)
    for letter in letters:
        after = press(after, letter) if after is not None else None
    whole = after is not None and (
        attempt.card.kind in ("choice", "multiple", "order") or UNSET not in after.values
    )
    return after if whole else None
