"""Cards as Anki notes: the fields of each, as HTML."""

from __future__ import annotations

import html

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
    Statements,
    gaps,
)
from dp100cards.exchange.markup import code_block, to_html


def fields(card: Card) -> list[str]:
    """The note's fields, in the order of its note type."""
    explanation = "<br>".join(to_html(part) for part in (card.explain, card.shows) if part)
    if isinstance(card, Cloze):
        return [cloze_text(card.ask), explanation, source(card), "", ""]
    return [to_html(card.ask) + _code(card), choices(card), answer(card), explanation, source(card), "", ""]


def cloze_text(text: str) -> str:
    """A cloze in Anki's notation. All gaps are one card's, so all have the number 1."""
    pieces: list[str] = []
    start = 0
    for gap in GAP.finditer(text):
        pieces.append(to_html(text[start : gap.start()]) if text[start : gap.start()].strip() else " ")
        if text[start : gap.start()].endswith(" ") and not pieces[-1].endswith(" "):
            pieces[-1] += " "
        hidden = to_html(gap[1].strip()).replace(":", "&#58;").replace("}", "&#125;")
        pieces.append("{{c1::" + hidden + "}}")
        start = gap.end()
    return ("".join(pieces) + to_html(text[start:])).strip()


def _code(card: Card) -> str:
    """Code with its blanks, below the question."""
    if not isinstance(card, Code):
        return ""
    count = 0

    def blank(_: object) -> str:
        nonlocal count
        count += 1
        return f"____{count}____" if len(gaps(card.code)) > 1 else "________"

    return code_block(GAP.sub(blank, card.code))


def choices(card: Card) -> str:
    """What can be chosen, on the front."""
    match card:
        case Choice(options=options):
            return _list([to_html(option.text) for option in options], " data-one")
        case Multiple(options=options):
            return _list([to_html(option.text) for option in options])
        case Order(items=items):
            return _list([to_html(item) for item in sorted(items, key=str.casefold)], " data-fixed")
        case Statements(statements=statements):
            return _list([to_html(statement.text) for statement in statements], " data-fixed")
        case Match(pairs=pairs):
            rights = sorted((pair.right for pair in pairs), key=str.casefold)
            rows = "".join(
                f"<tr><td>{to_html(pair.left)}</td><td>{to_html(right)}</td></tr>"
                for pair, right in zip(pairs, rights, strict=True)
            )
            return f"<table>{rows}</table>"
        case Code(wrong=wrong) if wrong:
            lists = [
                sorted({right, *others}, key=str.casefold)
                for right, others in zip(gaps(card.code), wrong, strict=True)
            ]
            return "<br>".join(f"{n}: {html.escape(' | '.join(words))}" for n, words in enumerate(lists, 1))
    return ""


def answer(card: Card) -> str:
    """The right answer, on the back, with why each wrong option is wrong."""
    match card:
        case Basic(answer=text):
            return to_html(text)
        case Choice(options=options) | Multiple(options=options):
            return (
                "<ul class='choices'>"
                + "".join(_option(option, option.right) for option in options)
                + "</ul>"
            )
        case Statements(statements=statements):
            said = (
                _option(Option(f"{'Yes' if s.right else 'No'}: {s.text}", s.right, s.because), s.right)
                for s in statements
            )
            return "<ul class='choices'>" + "".join(said) + "</ul>"
        case Order(items=items):
            return "<ol>" + "".join(f"<li>{to_html(item)}</li>" for item in items) + "</ol>"
        case Match(pairs=pairs):
            rows = "".join(f"<tr><td>{to_html(p.left)}</td><td>{to_html(p.right)}</td></tr>" for p in pairs)
            return f"<table>{rows}</table>"
        case Code(code=code):
            return code_block(GAP.sub(lambda gap: gap[1].strip(), code)) + html.escape(", ".join(gaps(code)))
    return ""


def _list(items: list[str], flags: str = "") -> str:
    return f"<ul class='choices'{flags}>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _option(option: Option, right: bool) -> str:
    because = f"<span class='because'>{to_html(option.because)}</span>" if option.because else ""
    return f"<li class='{'right' if right else 'wrong'}'>{to_html(option.text)}{because}</li>"


def source(card: Card) -> str:
    """Where the card comes from."""
    if card.source is None:
        return ""
    first, last = card.source.lines
    where = str(first) if first == last else f"{first}–{last}"
    return html.escape(f"{card.source.note}, line {where}: “{card.source.quote}”")
