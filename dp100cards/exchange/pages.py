"""Pages in HTML by Jinja2, which escapes all text: decks for paper, and the report on an exam. Nothing is fetched."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from dp100cards.cards import (
    Answer,
    Card,
    Choice,
    Code,
    Deck,
    Match,
    Multiple,
    Order,
    Statements,
    filled,
    gaps,
    key,
    same_text,
)
from dp100cards.clean import many
from dp100cards.exam.blueprint import Blueprint, scenario_of
from dp100cards.exam.score import Outcome, Result
from dp100cards.exam.sitting import TIMED_OUT, Sitting
from dp100cards.exchange.anki_notes import FIELDS, NONE, Media, data, fields, page_of
from dp100cards.exchange.markup import code_block, to_html
from dp100cards.exchange.wording import place_in_words, stem, with_scenarios

RIGHT, WRONG, MISSED, NEITHER = "[+]", "[X]", "[O]", "[ ]"
TONES = {RIGHT: "right", WRONG: "wrong", MISSED: "missed", NEITHER: ""}
SIGNS = {"right": RIGHT, "partly": "[~]", "wrong": WRONG, "unanswered": MISSED}
TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".svg": "image/svg+xml", ".avif": "image/avif", ".bmp": "image/bmp",
}  # fmt: skip


@cache
def _templates() -> Environment:
    return Environment(autoescape=True, loader=FunctionLoader(data), keep_trailing_newline=True)


def _page(name: str, **values: Any) -> str:
    style = Markup(data(f"{name}.css"))
    return _templates().get_template(f"{name}.html").render(style=style, **values)


def paper(decks: Sequence[Deck], name: str, media: Media = NONE) -> str:
    """Decks as one page for paper: the questions first, then the answers, under the same numbers."""
    shown, number = [], 0
    for deck in decks:
        questions = []
        for card, scenario in with_scenarios(deck.cards):
            number += 1
            made = [_with_pictures(each, media) for each in fields(card, media)]
            if len(made) < len(FIELDS):  # a cloze
                ask = _with_pictures(to_html(stem(card), media.of(card)), media)
                made = [ask, Markup(""), Markup("; ".join(map(to_html, gaps(card.ask)))), *made[1:]]
            question, choices, answer_, explanation, source, _, page = made
            questions.append({
                "number": number, "scenario": Markup(to_html(scenario)), "question": question, "choices": choices,
                "answer": answer_, "explanation": explanation, "sources": [each for each in (source, page) if each],
            })  # fmt: skip
        shown.append({"title": deck.title, "questions": questions})
    return _page("paper", title=name, decks=shown, count=number)


def _with_pictures(text: str, media: Media) -> Markup:
    """HTML with its pictures in it: a page is one file."""
    for name, content in media.found.items() if "<img" in text else ():
        kind = TYPES[name[name.rindex(".") :]]
        text = text.replace(f'src="{name}"', f'src="data:{kind};base64,{base64.b64encode(content).decode()}"')
    return Markup(text)


def report(sitting: Sitting, result: Result, plan: Blueprint, date: str) -> str:
    """The report on an exam."""
    studies = list(dict.fromkeys(scenario_of(card) for card in sitting.questions if card.scenario))
    scenarios = []
    for study in studies:
        mine = [n for n, card in enumerate(sitting.questions, 1) if scenario_of(card) == study]
        scenario = sitting.questions[mine[0] - 1].scenario
        scenarios.append({"numbers": mine, "text": Markup(to_html(scenario.text if scenario else ""))})
    asked = {area.id for area in result.areas}
    return _page(
        "report", title=f"{plan.name} mock exam {sitting.id}, {date}", result=result, plan=plan,
        facts=list(_facts(sitting, result)), unasked=[area for area in plan.areas if area.id not in asked],
        questions=[_question(o, studies) for o in sorted(result.outcomes, key=lambda o: (o.mark.right, o.number))],
        scenarios=scenarios, percent=lambda share: f"{share:.0%}",
    )  # fmt: skip


def _facts(sitting: Sitting, result: Result) -> Iterator[str]:
    """Points, interval and time, in sentences."""
    yield from result.why_no_verdict
    yield f"{result.points} of {result.of} points."
    yield f"With this number of questions your real level lies between {result.low} and {result.high}."
    limit = f" of {sitting.minutes}" if sitting.minutes else ""
    yield f"Time used: {many(round(sitting.used / 60_000), 'minute')}{limit}."
    slow = sorted((o for o in result.outcomes if o.place.used >= 1000), key=lambda o: -o.place.used)
    if len(slow) > 3:
        most = ", ".join(f"{o.number} ({many(round(o.place.used / 1000), 'second')})" for o in slow[:3])
        yield f"Most of it went to questions {most}."
    if sitting.phase == TIMED_OUT:
        yield "The time ran out, and the exam was handed in as it was."
    if sitting.unanswered:
        yield f"{len(sitting.unanswered)} not answered."


def _question(outcome: Outcome, studies: Sequence[tuple[str, str]]) -> dict[str, Any]:
    card, place = outcome.card, outcome.place
    verdict = [f"{SIGNS[outcome.verdict]} {outcome.verdict}"]
    verdict += [f"{outcome.mark.points} of {outcome.mark.of} points"] if outcome.mark.of > 1 else []
    verdict += ["marked"] if place.marked else []
    verdict.append(many(round(place.used / 1000), "second") if place.seen else "never seen")
    text = to_html(stem(card))
    # A heading can hold no block.
    cut = min((text.find(tag) for tag in ("<pre", "<ul", "<ol", "<table") if tag in text), default=len(text))
    where = place_in_words(card)
    return {
        "number": outcome.number, "heading": Markup(text[:cut]), "blocks": Markup(text[cut:]),
        "scenario": studies.index(scenario_of(card)) + 1 if card.scenario else 0,
        "tone": "right" if outcome.mark.right else "wrong", "verdict": ", ".join(verdict),
        "parts": [(s, TONES[s], Markup(t), Markup(to_html(why))) for s, t, why in _parts(card, place.answer)],
        "code": Markup(code_block(filled(card.code))) if isinstance(card, Code) else "",
        "more": [Markup(to_html(each)) for each in (card.explain, card.shows) if each],
        "place": f"{where}: “{card.source.quote}”" if card.source and where else "", "page": Markup(page_of(card)),
    }  # fmt: skip


def _parts(card: Card, answer: Answer) -> Iterable[tuple[str, str, str]]:
    """Each part of a question: its sign, its HTML, and why, or what was answered instead."""
    given: Sequence[str]
    match card:
        case Choice(options=options) | Multiple(options=options):
            signs = {True: (MISSED, RIGHT), False: (NEITHER, WRONG)}
            return [(signs[o.right][n in answer], to_html(o.text), o.because) for n, o in enumerate(options)]
        case Statements(statements=statements):
            judged = zip((*answer, *[-1] * len(statements)), statements, strict=False)
            return [
                (_sign(said == int(s.right), said != -1), f"{'Yes' if s.right else 'No'}: {to_html(s.text)}", s.because)
                for said, s in judged
            ]  # fmt: skip
        case Order(items=items, extra=extra):
            wanted, given = items, _chosen((*items, *extra), answer)
            shown = [f"{n}. {to_html(item)}" for n, item in enumerate(items, 1)]
        case Match(pairs=pairs, extra=extra):
            wanted = tuple(pair.right for pair in pairs)
            given = _chosen((*wanted, *extra), answer)
            shown = [f"{to_html(pair.left)}: {to_html(pair.right)}" for pair in pairs]
        case _:
            wanted = gaps(card.code) if isinstance(card, Code) else tuple(map(str, key(card)))
            given, shown = [str(each) for each in answer], list(map(to_html, wanted))
    given = [*given, *[""] * len(wanted)]
    typed = not isinstance(card, Order | Match)
    return [
        (
            _sign(mine == right or (typed and same_text(mine, right)), bool(mine.strip())), text,
            f"you: {mine}" if mine and mine != right else "",
        )
        for mine, right, text in zip(given, wanted, shown, strict=False)
    ]  # fmt: skip


def _sign(right: bool, answered: bool) -> str:
    return RIGHT if right and answered else WRONG if answered else MISSED


def _chosen(texts: Sequence[str], answer: Answer) -> list[str]:
    return [texts[n] if isinstance(n, int) and 0 <= n < len(texts) else "" for n in answer]
