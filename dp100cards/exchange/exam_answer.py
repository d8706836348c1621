"""What was answered in an exam, what is right, and why, as HTML; signs say it, colours only repeat them."""

from __future__ import annotations

import html
from collections.abc import Iterable

from dp100cards.cards import (
    Answer,
    Card,
    Choice,
    Code,
    Match,
    Multiple,
    Order,
    Statements,
    gaps,
    key,
    same_text,
)
from dp100cards.exchange.markup import code_block, to_html

RIGHT, WRONG, MISSED, NEITHER = "[+]", "[X]", "[O]", "[ ]"
TONES = {RIGHT: "right", WRONG: "wrong", MISSED: "missed"}


def answer_html(card: Card, answer: Answer) -> str:
    """The answer to a card beside the right one, part by part."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            signs = {(True, True): RIGHT, (True, False): MISSED, (False, True): WRONG}
            return _rows(
                (signs.get((option.right, n in answer), NEITHER), to_html(option.text), option.because)
                for n, option in enumerate(options)
            )
        case Statements(statements=statements):
            return _rows(
                (
                    _sign(answer, n, int(s.right)),
                    f"{'Yes' if s.right else 'No'}: {to_html(s.text)}",
                    s.because,
                )
                for n, s in enumerate(statements)
            )
        case Order(items=items):
            given = [items[n] if isinstance(n, int) and 0 <= n < len(items) else "" for n in answer]
            return _rows(
                (_same(given, n, item), f"{n + 1}. {to_html(item)}", _yours(given, n, item))
                for n, item in enumerate(items)
            )
        case Match(pairs=pairs):
            given = [pairs[n].right if isinstance(n, int) and 0 <= n < len(pairs) else "" for n in answer]
            return _rows(
                (
                    _same(given, n, pair.right),
                    f"{to_html(pair.left)}: {to_html(pair.right)}",
                    _yours(given, n, pair.right),
                )
                for n, pair in enumerate(pairs)
            )
    wanted = gaps(card.code) if isinstance(card, Code) else tuple(map(str, key(card)))
    typed = [*map(str, answer), *[""] * len(wanted)]
    rows = _rows(
        (
            MISSED if not typed[n].strip() else RIGHT if same_text(typed[n], right) else WRONG,
            html.escape(right),
            f"you: {typed[n]}" if typed[n] and typed[n] != right else "",
        )
        for n, right in enumerate(wanted)
    )
    return (
        rows + code_block(card.code.replace("{{", "").replace("}}", "")) if isinstance(card, Code) else rows
    )


def _sign(answer: Answer, n: int, right: int) -> str:
    said = answer[n] if n < len(answer) else -1
    return RIGHT if said == right else MISSED if said == -1 else WRONG


def _same(given: list[str], n: int, right: str) -> str:
    said = given[n] if n < len(given) else ""
    return RIGHT if said == right else WRONG if said else MISSED


def _yours(given: list[str], n: int, right: str) -> str:
    said = given[n] if n < len(given) else ""
    return f"you: {said}" if said and said != right else ""


def _rows(rows: Iterable[tuple[str, str, str]]) -> str:
    """A list: the sign of each part, its HTML, and why, or what was answered instead."""
    lines = []
    for sign, text, because in rows:
        tone = f' class="{TONES[sign]}"' if sign in TONES else ""
        why = f'<div class="because">{to_html(because)}</div>' if because else ""
        lines.append(f'<li{tone}><span class="sign">{sign}</span> {text}{why}</li>')
    return "<ul>" + "".join(lines) + "</ul>"
