"""The report on a sitting as one HTML page: nothing is fetched, light and dark, fit for paper and screen readers."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from dp100cards.cards import Card
from dp100cards.exam.blueprint import Blueprint, scenario_of
from dp100cards.exam.score import Outcome, Part, Result
from dp100cards.exam.sitting import TIMED_OUT, Sitting
from dp100cards.exchange.exam_answer import answer_html
from dp100cards.exchange.markup import to_html
from dp100cards.exchange.wording import place_in_words, stem

STYLE = """
:root { color-scheme: light dark; --ink: #1c2733; --paper: #ffffff; --quiet: #56636f; --line: #8a96a2; --good: #1f6b3e;
  --bad: #a3342e; --bar: #2f6f9f; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #dde4ea; --paper: #1b2127; --quiet: #a3b0bc;
  --line: #6f7d8a; --good: #6fcf94; --bad: #ef8b84; --bar: #6fb1dd; } }
* { box-sizing: border-box; }
body { font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  background: var(--paper); max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0 0 .3rem; }
h2, h3 { break-after: avoid; }
.verdict { font-size: 1.2rem; font-weight: 700; } .passed { color: var(--good); } .failed { color: var(--bad); }
.quiet { color: var(--quiet); } table { border-collapse: collapse; width: 100%; } a { color: var(--bar); }
th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; } .skill { font-weight: 400; padding-left: 1.2rem; }
td:last-child { white-space: nowrap; } th:last-child { overflow-wrap: normal; }
td:nth-child(2) { width: 32%; min-width: 6rem; }
.bar { position: relative; height: .8rem; min-width: 5rem; border: 1px solid var(--line); print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
.bar span { display: block; height: 100%; background: var(--bar); }
.bar i { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; background: var(--ink); }
article { border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; margin: .8rem 0;
  break-inside: avoid; }
article > div { margin: .5rem 0; }
ul { list-style: none; padding-left: 0; margin: .4rem 0; }
li { margin: .2rem 0; padding-left: 2em; text-indent: -2em; } li > * { text-indent: 0; }
ul.list { list-style: disc; padding-left: 1.2rem; } ul.list li { padding-left: 0; text-indent: 0; }
.sign { font-family: ui-monospace, Menlo, Consolas, monospace; }
.right { color: var(--good); } .wrong { color: var(--bad); } .missed { font-weight: 600; }
.missed .because { font-weight: 400; }
.because { display: block; color: var(--quiet); font-size: .9em; }
pre { overflow-x: auto; white-space: pre-wrap; } code { font-family: ui-monospace, Menlo, Consolas, monospace; }
@media print { body { margin: 0; font-size: 10.5pt; max-width: none; padding: 0; } a { color: inherit; } }
"""


def page(sitting: Sitting, result: Result, blueprint: Blueprint, date: str) -> str:
    """The whole page."""
    title = html.escape(f"{blueprint.name} mock exam {sitting.id}, {date}")
    verdict = result.verdict.capitalize()
    tone = {True: " passed", False: " failed", None: ""}[result.passed]
    studies = _studies(sitting.questions)
    body = [
        f"<h1>{title}</h1>",
        f'<p class="verdict{tone}">{verdict}: {result.score} of 1000 (pass {blueprint.pass_mark})</p>',
        f"<p>{' '.join(_facts(sitting, result))}</p>",
        *(f'<p class="quiet">{html.escape(sentence)}</p>' for sentence in blueprint.standing),
        "<h2>Areas</h2>",
        '<table><thead><tr><th scope="col">Area</th><th scope="col">Share</th><th scope="col">Points</th></tr></thead>',
        "<tbody>",
        *(
            _area(part, blueprint.cut, part is not area)
            for area in result.areas
            for part in (area, *area.skills)
        ),
        *(
            _unasked(area.title)
            for area in blueprint.areas
            if area.id not in {each.id for each in result.areas}
        ),
        "</tbody></table>",
        f'<p class="quiet">The upright line in each bar is the pass line, {blueprint.cut:.0%}.</p>',
        "<h2>Questions</h2>",
        '<p class="quiet">What was wrong comes first. '
        '<span class="sign">[+]</span> right, <span class="sign">[X]</span> wrong, '
        '<span class="sign">[O]</span> right and missed.</p>',
        *(_question(outcome, studies) for outcome in _in_order(result.outcomes)),
        *_scenarios(studies, sitting),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _facts(sitting: Sitting, result: Result) -> list[str]:
    """Points, interval and time, in sentences."""
    facts = [f"No verdict: too few questions on {', '.join(result.lacking)}."] if result.lacking else []
    facts += [
        f"{result.points} of {result.of} points.",
        f"With this number of questions your real level lies between {result.low} and {result.high}.",
        f"Time used: {_many(round(sitting.used / 60_000), 'minute')}"
        f"{f' of {sitting.minutes}' if sitting.minutes else ''}.",
    ]
    slow = sorted((o for o in result.outcomes if o.place.used >= 1000), key=lambda o: -o.place.used)
    if len(slow) > 3:
        most = ", ".join(f"{o.number} ({_many(round(o.place.used / 1000), 'second')})" for o in slow[:3])
        facts.append(f"Most of it went to questions {most}.")
    if sitting.phase == TIMED_OUT:
        facts.append("The time ran out, and the sitting was handed in as it stood.")
    if sitting.unanswered:
        facts.append(f"{len(sitting.unanswered)} not answered.")
    return facts


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """What was wrong first, then the rest; each in the order of the paper."""
    return sorted(outcomes, key=lambda o: (o.mark.right, o.number))


def _area(area: Part, cut: float, skill: bool) -> str:
    share = f"{area.share:.0%}"
    head = f'<th scope="row"{" class=skill" * skill}>{html.escape(area.title)}</th>'
    said = f"{share}; pass at {cut:.0%}"
    return (
        f'<tr>{head}<td><div class="bar" role="img" aria-label="{said}">'
        f'<span style="width:{area.share:.1%}"></span><i style="left:{cut:.1%}"></i></div>{share}</td>'
        f"<td>{area.points} of {area.of}</td></tr>"
    )


def _unasked(title: str) -> str:
    return f'<tr><th scope="row">{html.escape(title)}</th><td colspan="2">no questions</td></tr>'


def _studies(cards: Sequence[Card]) -> list[tuple[str, str]]:
    """The scenarios of the paper, in its order."""
    return list(dict.fromkeys(scenario_of(card) for card in cards if card.scenario))


def _scenarios(studies: Sequence[tuple[str, str]], sitting: Sitting) -> list[str]:
    """The scenarios at the end of the page, where their questions point to."""
    parts = ["<h2>Scenarios</h2>"] if studies else []
    for n, study in enumerate(studies, 1):
        numbers = [i for i, card in enumerate(sitting.questions) if scenario_of(card) == study]
        scenario = sitting.questions[numbers[0]].scenario
        if scenario is not None:
            asked_in = ", ".join(str(i + 1) for i in numbers)
            parts.append(
                f'<article id="scenario-{n}"><h3>Scenario {n}, of questions {asked_in}</h3>'
                f"<div>{to_html(scenario.text)}</div></article>"
            )
    return parts


def _question(outcome: Outcome, studies: Sequence[tuple[str, str]]) -> str:
    card, place = outcome.card, outcome.place
    sign = {"right": "[+]", "partly": "[~]", "wrong": "[X]", "unanswered": "[O]"}[outcome.verdict]
    told = [f"{sign} {outcome.verdict}"]
    told += [f"{outcome.mark.points} of {outcome.mark.of} points"] if outcome.mark.of > 1 else []
    told += ["marked"] if place.marked else []
    told.append(_many(round(place.used / 1000), "second") if place.seen else "never seen")
    tone = "right" if outcome.mark.right else "wrong"
    heading, blocks = split_blocks(to_html(stem(card)))
    parts = [
        f"<h3>{outcome.number}. {heading}</h3>{blocks}",
        f'<p class="{tone}">{html.escape(", ".join(told))}</p>',
        answer_html(card, place.answer),
    ]
    if card.scenario:
        number = studies.index(scenario_of(card)) + 1
        parts.insert(1, f'<p>About <a href="#scenario-{number}">scenario {number}</a>.</p>')
    parts += [f"<div>{to_html(text)}</div>" for text in (card.explain, card.shows) if text]
    if card.source:
        where = f"{place_in_words(card)}: “{card.source.quote}”"
        parts.append(f'<p class="quiet">{html.escape(where)}</p>')
    return "<article>" + "".join(parts) + "</article>"


def split_blocks(text: str) -> tuple[str, str]:
    """HTML of a card's text, cut before its first block: a heading can hold no code block and no list."""
    cut = min((text.find(tag) for tag in ("<pre", "<ul") if tag in text), default=len(text))
    return text[:cut], text[cut:]
