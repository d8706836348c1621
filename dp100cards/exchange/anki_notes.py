"""Cards as Anki notes: the fields of each, as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

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
from dp100cards.exchange import wording
from dp100cards.exchange.markup import code_block, to_html


def fields(card: Card) -> list[str]:
    """The note's fields, in the order of its note type."""
    explanation = to_html(card.explain) + (
        f"<div class='shows'>{to_html(card.shows)}</div>" if card.shows else ""
    )
    if isinstance(card, Cloze):
        return [_scenario(card) + cloze_text(card.ask), explanation, source(card), "", ""]
    return [
        _scenario(card) + to_html(card.ask) + _code(card),
        choices(card),
        answer(card),
        explanation,
        source(card),
        "",
        "",
    ]


def cloze_text(text: str) -> str:
    """A cloze in Anki's notation. All gaps are one card's, so all have the number 1."""
    hidden = iter(
        [to_html(gap[1].strip()).replace(":", "&#58;").replace("}", "&#125;") for gap in GAP.finditer(text)]
    )
    # The gaps stand aside while the text around them becomes HTML, so that no mark or line ends at them.
    around = to_html(GAP.sub(_ASIDE, text.replace(_ASIDE, "")))
    return re.sub(_ASIDE, lambda _: "{{c1::" + next(hidden) + "}}", around).strip()


_ASIDE = "\ue000"
"""A character that no text has: it is reserved for private use."""


def _scenario(card: Card) -> str:
    """The situation that the question is about, above it."""
    if card.scenario is None:
        return ""
    text = to_html(card.scenario.text).replace("{{", "&#123;&#123;")  # in a cloze it would hide something
    return f"<blockquote class='scenario' data-id='{card.scenario.id}'>{text}</blockquote>"


def _code(card: Card) -> str:
    """Code with its blanks, below the question."""
    if not isinstance(card, Code):
        return ""
    return code_block(wording.numbered(card.code), card.language)


def choices(card: Card) -> str:
    """What can be chosen, on the front."""
    match card:
        case Choice(options=options):
            return _list([to_html(option.text) for option in options], " data-one")
        case Multiple(options=options):
            return _list([to_html(option.text) for option in options])
        case Order(items=items):
            return _list([to_html(item) for item in wording.scattered(items)], " data-fixed")
        case Statements(statements=statements):
            return _list([to_html(statement.text) for statement in statements], " data-fixed")
        case Match(pairs=pairs):
            rights = wording.scattered(pair.right for pair in pairs)
            return _numbered([pair.left for pair in pairs]) + _numbered(rights, " type='A'")
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
                f"<li><b>{'Yes' if each.right else 'No'}</b> – {to_html(each.text)}{_because(each)}</li>"
                for each in statements
            )
            return "<ul class='choices' data-fixed>" + "".join(said) + "</ul>"
        case Order(items=items):
            return _numbered(items)
        case Match(pairs=pairs):
            rows = "".join(f"<tr><td>{to_html(p.left)}</td><td>{to_html(p.right)}</td></tr>" for p in pairs)
            return f"<table>{rows}</table>"
        case Code(code=code):
            return code_block(GAP.sub(lambda gap: gap[1].strip(), code)) + html.escape(", ".join(gaps(code)))
    return ""


def _list(items: list[str], flags: str = "") -> str:
    return f"<ul class='choices'{flags}>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _numbered(items: Iterable[str], numbering: str = "") -> str:
    return f"<ol{numbering}>" + "".join(f"<li>{to_html(item)}</li>" for item in items) + "</ol>"


def _option(option: Option, right: bool) -> str:
    return f"<li class='{'right' if right else 'wrong'}'>{to_html(option.text)}{_because(option)}</li>"


def _because(option: Option) -> str:
    return f"<span class='because'>{to_html(option.because)}</span>" if option.because else ""


def source(card: Card) -> str:
    """Where the card comes from."""
    if card.source is None:
        return ""
    first, last = card.source.lines
    where = f"line {first}" if first == last else f"lines {first}–{last}"
    return html.escape(f"{card.source.note}, {where}: “{card.source.quote}”")
