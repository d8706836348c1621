"""The report on a sitting as one HTML page: nothing is fetched, light and dark, fit for paper and screen readers."""

from __future__ import annotations

import html
from collections.abc import Iterable

from dp100cards.cards import Answer, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps, key
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.score import AreaScore, Outcome, Result
from dp100cards.exam.sitting import Sitting
from dp100cards.exchange.markup import code_block, to_html
from dp100cards.exchange.wording import question

STYLE = """
:root { color-scheme: light dark; --ink: #1c2733; --paper: #ffffff; --quiet: #56636f; --line: #c3ccd5; --good: #1f6b3e;
  --bad: #a3342e; --bar: #2f6f9f; }
@media (prefers-color-scheme: dark) { :root { --ink: #dde4ea; --paper: #1b2127; --quiet: #a3b0bc; --line: #46525e;
  --good: #6fcf94; --bad: #ef8b84; --bar: #6fb1dd; } }
body { font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  background: var(--paper);
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0 0 .3rem; }
.verdict { font-size: 1.2rem; font-weight: 700; } .passed { color: var(--good); } .failed { color: var(--bad); }
.quiet { color: var(--quiet); } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.bar { position: relative; height: .8rem; min-width: 8rem; border: 1px solid var(--line); }
.bar span { display: block; height: 100%; background: var(--bar); }
.bar i { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; background: var(--ink); }
article { border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; margin: .8rem 0;
  break-inside: avoid; }
ul { list-style: none; padding-left: 0; margin: .4rem 0; } li { margin: .2rem 0; }
ul.list { list-style: disc; padding-left: 1.2rem; }
.right { color: var(--good); } .wrong { color: var(--bad); }
.because { display: block; color: var(--quiet); font-size: .9em; }
pre { overflow-x: auto; } code { font-family: ui-monospace, Menlo, Consolas, monospace; }
@media print { body { margin: 0; font-size: 11pt; max-width: none; } }
"""


def page(sitting: Sitting, result: Result, blueprint: Blueprint, date: str) -> str:
    """The whole page."""
    title = html.escape(f"{blueprint.name} mock exam {sitting.id}, {date}")
    verdict = "Practice" if sitting.practice else "Passed" if result.passed else "Not passed"
    tone = "passed" if result.passed else "failed"
    used = round(sitting.used / 60_000)
    body = [
        f"<h1>{title}</h1>",
        f'<p class="verdict {tone}">{verdict}: {result.score} of 1000 (pass {blueprint.pass_mark})</p>',
        f'<p class="quiet">{result.points} of {result.of} points. So few questions tell the score only to'
        f" {result.low}–{result.high}. Time used: {used} minutes.</p>",
        *(f'<p class="quiet">{html.escape(blueprint.status)}</p>' for _ in range(bool(blueprint.status))),
        "<h2>Areas</h2>",
        '<table><thead><tr><th scope="col">Area</th><th scope="col">Share</th><th scope="col">Points</th></tr></thead>',
        "<tbody>",
        *(_area(area, blueprint.cut) for area in result.areas),
        "</tbody></table>",
        "<h2>Questions</h2>",
        *(_question(outcome) for outcome in _in_order(result.outcomes)),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Sure and wrong first, then wrong, then lucky, then the rest; each in the order of the paper."""
    return sorted(outcomes, key=lambda o: (not o.sure_and_wrong, o.mark.right, not o.lucky, o.number))


def _area(area: AreaScore, cut: float) -> str:
    share = f"{area.share:.0%}"
    said = f"{share}; pass at {cut:.0%}"
    return (
        f'<tr><th scope="row">{html.escape(area.title)}</th><td><div class="bar" role="img" aria-label="{said}">'
        f'<span style="width:{area.share:.1%}"></span><i style="left:{cut:.1%}"></i></div>{share}</td>'
        f"<td>{area.points} of {area.of}</td></tr>"
    )


def _question(outcome: Outcome) -> str:
    card, place = outcome.card, outcome.place
    told = [outcome.verdict]
    told += (
        ["you were sure"] if outcome.sure_and_wrong else ["but you were not sure"] if outcome.lucky else []
    )
    told += ["marked"] if place.marked else []
    told.append(f"{round(place.used / 1000)} seconds")
    tone = "right" if outcome.mark.right else "wrong"
    parts = [
        f"<h3>{outcome.number}. {to_html(asked(card))}</h3>",
        f'<p class="{tone}">{html.escape(", ".join(told))}</p>',
        answer_html(card, place.answer),
    ]
    parts += [f"<p>{to_html(text)}</p>" for text in (card.explain, card.shows) if text]
    if place.comment:
        parts.append(f"<p>Your comment: {html.escape(place.comment)}</p>")
    if card.source:
        first, last = card.source.lines
        where = str(first) if first == last else f"{first}–{last}"
        quote = html.escape(card.source.quote)
        parts.append(f'<p class="quiet">{html.escape(card.source.note)}, line {where}: “{quote}”</p>')
    return "<article>" + "".join(parts) + "</article>"


def asked(card: Card) -> str:
    """A card's question; of a cloze the statement with its gaps."""
    return question(card) if isinstance(card, Cloze) else card.ask


def answer_html(card: Card, answer: Answer) -> str:
    """What was answered, what is right, and why."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            return _items(
                (
                    option.right or n in answer,
                    option.right,
                    _sign(option.right, n in answer),
                    option.text,
                    option.because,
                )
                for n, option in enumerate(options)
            )
        case Statements(statements=statements):
            return _items(
                (
                    True,
                    n < len(answer) and answer[n] == int(s.right),
                    "Yes:" if s.right else "No:",
                    s.text,
                    s.because,
                )
                for n, s in enumerate(statements)
            )
        case Order(items=items):
            given = " → ".join(html.escape(items[int(i)]) for i in answer) or "nothing"
            return f"<p>You: {given}</p><p>Right: {' → '.join(map(html.escape, items))}</p>"
        case Match(pairs=pairs):
            return (
                "<ul>" + "".join(f"<li>{to_html(p.left)}: {to_html(p.right)}</li>" for p in pairs) + "</ul>"
            )
        case Cloze(ask=text):
            return f"<p>You: {_joined(answer)}</p><p>Right: {_joined(gaps(text))}</p>"
        case Code(code=code):
            whole = code_block(code.replace("{{", "").replace("}}", ""))
            return f"<p>You: {_joined(answer)}</p><p>Right: {html.escape(', '.join(gaps(code)))}</p>{whole}"
    return f"<p>Right: {html.escape(', '.join(map(str, key(card))))}</p>"


def _joined(texts: Answer) -> str:
    return html.escape(", ".join(map(str, texts))) or "nothing"


def _sign(right: bool, chosen: bool) -> str:
    return {(True, True): "[+]", (True, False): "[O]", (False, True): "[X]"}.get((right, chosen), "[ ]")


def _items(rows: Iterable[tuple[bool, bool, str, str, str]]) -> str:
    """Rows of: does it stand out, is it right, its sign, its text, why."""
    lines = []
    for stands_out, right, sign, text, because in rows:
        tone = f' class="{"right" if right else "wrong"}"' if stands_out else ""
        why = f'<span class="because">{to_html(because)}</span>' if because else ""
        lines.append(f"<li{tone}>{sign} {to_html(text)}{why}</li>")
    return "<ul>" + "".join(lines) + "</ul>"
