"""The report on a sitting, as lines of text and as data: verdict, areas, and every question that was not right."""

from __future__ import annotations

from typing import Any

from dp100cards.cards import Answer, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps, key
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.score import Outcome, Result
from dp100cards.exam.sitting import TIMED_OUT, Sitting
from dp100cards.exchange.wording import place_in_words, stem
from dp100cards.ui.amounts import duration
from dp100cards.ui.text import clean, shortened, unmarked

BAR = 20


def report_lines(sitting: Sitting, result: Result, blueprint: Blueprint, *, all_: bool = False) -> list[str]:
    """The report for people. `all_` shows the right answers too."""
    lines = [*head(sitting, result, blueprint), "", *area_lines(result, blueprint)]
    worst = sorted(result.outcomes, key=lambda o: (o.mark.right, o.number))
    shown = [o for o in worst if all_ or not o.mark.right]
    if shown:
        lines += ["", "Questions" if all_ else "What was not right"]
    for outcome in shown:
        lines += ["", *outcome_lines(outcome)]
    return [clean(line) for line in lines]


def head(sitting: Sitting, result: Result, blueprint: Blueprint) -> list[str]:
    """Verdict, score, time."""
    verdict = result.verdict.upper()
    if sitting.practice:
        verdict = "PRACTICE (each answer was explained at once)"
    if result.passed is None and not sitting.practice:
        verdict += f" (the paper lacks {', '.join(result.lacking)})"
    lines = [
        f"{blueprint.name} mock exam {sitting.id}: {verdict}, {result.score} of 1000 (pass {blueprint.pass_mark})",
        f"{result.points} of {result.of} points; with this number of questions your real level lies between"
        f" {result.low} and {result.high}",
        f"Time used: {duration(sitting.used)}"
        + (f" of {sitting.minutes} minutes" if sitting.minutes else ""),
    ]
    timed = [o for o in result.outcomes if o.place.used >= 1000]
    slowest = sorted(timed, key=lambda o: -o.place.used)[:3]
    if len(timed) > 3:
        most = ", ".join(f"{o.number} ({duration(o.place.used)})" for o in slowest)
        lines.append(f"Most of it went to questions {most}")
    if sitting.phase == TIMED_OUT:
        lines.append("The time ran out, and the sitting was handed in as it stood.")
    unanswered = len(sitting.unanswered)
    if unanswered:
        lines.append(f"{unanswered} not answered.")
    return lines


def area_lines(result: Result, blueprint: Blueprint) -> list[str]:
    """A bar for each area, with the pass line."""
    width = max((len(area.title) for area in result.areas), default=0)
    lines = []
    for area in result.areas:
        filled = round(BAR * area.share)
        cut = min(round(BAR * blueprint.cut), BAR - 1)
        bar = "".join("|" if n == cut else "█" if n < filled else "·" for n in range(BAR))
        lines += [
            f"{area.title:<{min(width, 52)}}",
            f"  {bar} {area.share:>4.0%}   {area.points} of {area.of} points",
        ]
    asked = {area.id for area in result.areas}
    for each in blueprint.areas:
        if each.id not in asked:
            lines.append(f"{each.title}: no question of this area was asked")
    return lines


def outcome_lines(outcome: Outcome) -> list[str]:
    """One question: what was answered, what is right, and why."""
    card = outcome.card
    sign = {"right": "[+]", "partly": "[~]", "wrong": "[X]", "unanswered": "[O]"}[outcome.verdict]
    points = f", {outcome.mark.points} of {outcome.mark.of} points" if outcome.mark.of > 1 else ""
    marked = "; marked" if outcome.place.marked else ""
    spent = f"; {duration(outcome.place.used)}" if outcome.place.seen else "; never seen"
    told = f"    {outcome.verdict}{points}{marked}{spent}"
    lines = [f"{sign} {outcome.number}. {unmarked(stem(card))}", told]
    if card.scenario:
        lines.append(f"    Scenario: {shortened(card.scenario.text)}")
    lines += [f"    {line}" for line in option_lines(card, outcome.place.answer)]
    if card.explain:
        lines.append(f"    {unmarked(card.explain)}")
    if card.shows:
        lines.append(f"    {unmarked(card.shows)}")
    if card.source:
        lines.append(f"    From {place_in_words(card)}: “{card.source.quote}”")
    return lines


def option_lines(card: Card, answer: Answer) -> list[str]:
    """Each option with [+] right and chosen, [O] right and missed, [X] wrong and chosen, and why."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            lines = []
            for n, option in enumerate(options):
                sign = {(True, True): "[+]", (True, False): "[O]", (False, True): "[X]"}.get(
                    (option.right, n in answer), "[ ]"
                )
                why = f" – {option.because}" if option.because else ""
                lines.append(f"{sign} {unmarked(option.text)}{unmarked(why)}")
            return lines
        case Order(items=items):
            given = [items[int(i)] for i in answer]
            return [f"You: {' → '.join(given) or 'nothing'}", f"Right: {' → '.join(items)}"]
        case Match(pairs=pairs):
            lines = []
            for n, pair in enumerate(pairs):
                chosen = int(answer[n]) if n < len(answer) else -1
                sign = "[+]" if 0 <= chosen < len(pairs) and pairs[chosen].right == pair.right else "[X]"
                yours = f" (you: {pairs[chosen].right})" if sign == "[X]" and 0 <= chosen < len(pairs) else ""
                lines.append(f"{sign} {pair.left}: {pair.right}{yours}")
            return lines
        case Statements(statements=statements):
            lines = []
            for n, statement in enumerate(statements):
                said = int(answer[n]) if n < len(answer) else -1
                sign = "[+]" if said == int(statement.right) else "[O]" if said < 0 else "[X]"
                why = f" – {statement.because}" if statement.because else ""
                lines.append(f"{sign} {'Yes' if statement.right else 'No'}: {statement.text}{why}")
            return lines
        case Cloze(ask=code) | Code(code=code):
            return [f"You: {', '.join(map(str, answer)) or 'nothing'}", f"Right: {', '.join(gaps(code))}"]
    return [f"Right: {', '.join(map(str, key(card)))}"]


def as_data(sitting: Sitting, result: Result, blueprint: Blueprint) -> dict[str, Any]:
    """The report for programs."""
    return {
        "sitting": sitting.id,
        "exam": blueprint.name,
        "phase": sitting.phase,
        "passed": result.passed,
        "verdict": result.verdict,
        "score": result.score,
        "pass": blueprint.pass_mark,
        "interval": [result.low, result.high],
        "points": result.points,
        "of": result.of,
        "minutes": sitting.minutes,
        "used_ms": sitting.used,
        "areas": [
            {"id": a.id, "title": a.title, "points": a.points, "of": a.of, "skills": [
                {"id": s.id, "title": s.title, "points": s.points, "of": s.of} for s in a.skills
            ]} for a in result.areas
        ],
        "questions": [
            {
                "number": o.number, "card": o.card.id, "kind": o.card.kind, "area": blueprint.area_of(o.card),
                "skills": [skill.id for skill in blueprint.skills_of(o.card)], "ask": o.card.ask,
                "answer": list(o.place.answer), "right": list(key(o.card)), "points": o.mark.points, "of": o.mark.of,
                "verdict": o.verdict, "marked": o.place.marked,
                "section": heading, "scenario": o.card.scenario.id if o.card.scenario else "",
                "used_ms": o.place.used,
            }
            for o, heading in zip(result.outcomes, sitting.headings or ("",) * len(result.outcomes), strict=True)
        ],
    }  # fmt: skip
