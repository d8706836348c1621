"""How a fact is asked: one template for each kind. A question names its subject and wraps the note's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dp100cards.cards import Basic, Card, Choice, Cloze, Match, Option, Order, Pair
from dp100cards.generate.distractors import clearly_different, others_of_column, others_of_list, words_of
from dp100cards.notes.facts import Fact
from dp100cards.notes.lists import abbreviations
from dp100cards.notes.sentences import is_clause
from dp100cards.notes.words import LISTS, VERBS, is_name, is_plural, lower, singular


@dataclass(frozen=True)
class Made:
    """A card before its source: the template, the kind, and its fields."""

    template: str
    kind: type[Card]
    ask: str
    fields: dict[str, Any] = field(default_factory=dict)
    concept: str = ""


SIMPLE = {
    "does": "What does {subject} do?",
    "when": "When was {subject}?",
    "for": "What {be} {subject} for?",
    "verb": "What {do} {subject} {verb}?",
    "modal": "What {modal} {subject} {verb}?",
    "count": "How many {noun} {do} {subject} have?",
    "copula": "What {be} {subject}?",
    "called": "What {be} {subject} called?",
    "passive": "What {aux} {subject} {passive} {prep}?",
    "passive.where": "Where {aux} {subject} {passive}?",
    "passive.when": "When {aux} {subject} {passive}?",
    "passive.how": "How {aux} {subject} {passive}?",
    "used.to": "What {aux} {subject} {passive} for?",
    "fit": "What {be} {subject} {fit}?",
    "condition": "What happens if {clause}?",
    "condition.do": "What {modal} you do if {clause}?",
    "place.can": "What can you {action} {place}?",
    "purpose": "What do you {action} to {purpose}?",
    "abbreviation": "What does {subject} stand for?",
    "today.instead": "What should you use today instead of {subject}?",
    "property": "What {pbe} the {property} of {subject}?",
    "step": "What do you {action} in the step “{subject}”?",
    "where": "Where {do} {subject} {verb}?",
}


def cards_of(fact: Fact) -> Iterator[Made]:
    """The cards of one fact."""
    if make := SPECIAL.get(fact.kind):
        yield from make(fact)
    elif pattern := SIMPLE.get(fact.kind):
        ask = pattern.format_map(_words(fact))
        items = [name for name, _ in fact.items]
        answer = together(items) if len(items) > 1 else fact.value
        yield Made(fact.kind, Basic, _tidy(ask), {"answer": _answer(answer)}, fact.subject or fact.about)


def _words(fact: Fact) -> dict[str, str]:
    parts = dict(fact.parts)
    be, modal = parts.get("be", ""), parts.get("modal", "")
    words = {
        "be": be,
        "aux": modal or be,
        "passive": f"be {parts.get('participle', '')}" if modal else parts.get("participle", ""),
        "pbe": "are" if is_plural(parts.get("property", "")) else "is",
    }
    return {**parts, **words, "subject": fact.subject, "modal": modal}


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).replace(" ?", "?").strip()
    return text[:1].upper() + text[1:]


def _answer(text: str) -> str:
    text = text.strip(" ,;.")
    return text[:1].upper() + text[1:] if text[1:2].islower() or text[:2] in ("a ", "A ") else text


def together(items: Sequence[str]) -> str:
    """Items as one answer."""
    items = [item.strip(" .;,") for item in items]
    if len(items) < 2:
        return "".join(items)
    if any(" and " in item or "," in item for item in items):
        return "; ".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


READS_AS_NAME = re.compile(r"\b(?:of|for|to|with|that|which|in|by|from|as|between|where|and)\b")
"""Words without an article in front are a definition only where one of these follows."""


def _define(fact: Fact) -> Iterator[Made]:
    bare = fact.kind == "term" and not re.match(r"(?:an?|the|one) ", fact.value, re.IGNORECASE)
    if bare and (len(fact.value.split()) < 4 or not READS_AS_NAME.search(fact.value)):
        return
    one = re.match(r"(?:an?|one) ", fact.value, re.IGNORECASE)
    yield Made(
        "definition",
        Basic,
        _tidy(f"What {'is' if one else fact.parts['be']} {fact.subject}?"),
        {"answer": _answer(fact.value)},
        fact.about,
    )


def _tell(fact: Fact) -> Iterator[Made]:
    match = re.match(r"(.{2,50}?) to (.+)", fact.value)
    if match:
        ask = f"What {fact.parts['do']} {fact.subject} tell {match[1]} to do?"
        yield Made("verb", Basic, _tidy(ask), {"answer": _answer(match[2])}, fact.subject)


def _verb(fact: Fact) -> Iterator[Made]:
    if fact.parts["verb"] == "tell":
        yield from _tell(fact)
        return
    ask = SIMPLE["verb"].format_map(_words(fact))
    yield Made(
        "verb",
        Basic,
        _tidy(ask),
        {"answer": _answer(fact.value or together([n for n, _ in fact.items]))},
        fact.subject,
    )


def _used(fact: Fact) -> Iterator[Made]:
    word = {
        "used": "used for",
        "designed": "designed for",
        "needed": "needed for",
        "required": "required for",
    }[fact.parts["participle"]]
    ask = f"What {fact.parts['modal'] or fact.parts['be']} {fact.subject} {'be ' if fact.parts['modal'] else ''}{word}?"
    yield Made("used", Basic, _tidy(ask), {"answer": _answer(fact.value)}, fact.subject)


def _you_can(fact: Fact) -> Iterator[Made]:
    prep, action = fact.parts.get("prep", ""), fact.parts["action"]
    place = fact.about if fact.about and not words_of(fact.about) & words_of(action) else ""
    if fact.kind == "means":
        ask, answer = f"How can you {action}?", fact.value
    elif prep in ("in", "on"):
        ask, answer = f"Where can you {action}?", f"{prep} {fact.value}"
    elif prep == "from":
        ask, answer = f"Where can you {action} from?", fact.value
    else:
        ask, answer = f"How can you {action}?", f"{prep} {fact.value}"
    if place:
        ask = f"{place}: {ask[0].lower()}{ask[1:]}"
    yield Made("you.can", Basic, ask, {"answer": _answer(answer)}, fact.about)


def _list(fact: Fact) -> Iterator[Made]:
    names = [name for name, _ in fact.items]
    what, owner = fact.parts.get("what", ""), fact.subject
    if fact.kind == "list.needed":
        ask = f"{'Which ' + what if what else 'What'} do you {fact.parts['verb']} {fact.parts['when']}?"
    elif fact.kind == "list.verb":
        ask = f"{'Which ' + what if what else 'What'} {fact.parts['do']} {owner} {fact.parts['verb']}?"
    else:
        ask = f"What are the {what[0].lower() + what[1:] if what[1:2].islower() else what}{' of ' + owner if owner else ''}?"
    yield Made("list", Basic, _tidy(ask), {"answer": _answer(together(names))}, owner or fact.about)


def _order(fact: Fact) -> Iterator[Made]:
    steps = tuple(name.rstrip(".;") for name, _ in fact.items)
    if not 3 <= len(steps) <= 7 or len({step.lower() for step in steps}) < len(steps):
        return
    name = fact.subject.rstrip(" .:")
    named = is_name(name) and not fact.parts.get("lead")
    ask = f"Put the steps of {name} in order." if named else f"{name}: put the steps in order."
    yield Made("order", Order, _tidy(ask), {"items": steps}, fact.about)


def _contrast(fact: Fact) -> Iterator[Made]:
    one, other = sorted((fact.subject, fact.parts["other"]))
    ask = f"Which one {fact.parts['predicate']}: {one} or {other}?"
    yield Made("contrast", Basic, ask, {"answer": fact.value}, fact.subject)


def _bold(fact: Fact) -> Iterator[Made]:
    yield Made("gap", Cloze, fact.quote.replace(fact.value, f"{{{{{fact.value}}}}}", 1), {}, fact.about)


def _terms(fact: Fact) -> Iterator[Made]:
    """A list of terms with their meanings: match them, and tell which one is meant."""
    noun = kind_noun(fact.subject)
    pairs = [(name, _answer(value)) for name, value in fact.items]
    short = [(name, value) for name, value in pairs if len(value.split()) <= 14 and not _shares(name, value)]
    if 3 <= len(short) <= 6 and len(short) == len(pairs) and clearly_different([value for _, value in short]):
        ask = f"Match each {noun} to its description."
        if fact.about and fact.about.lower() not in noun.lower():
            ask = f"{fact.about}: match each {noun} to its description."
        yield Made(
            "terms.match", Match, _tidy(ask), {"pairs": tuple(Pair(*pair) for pair in short)}, fact.about
        )
    for name, value in pairs:
        if not 3 <= len(value.split()) <= 25 or _shares(name, value):
            continue
        told = [
            text.lower()
            for key, text in fact.parts.items()
            if key.startswith("text of ") and not key.endswith(f" {name}")
        ]
        if not re.match(r"(?:an?|the|one|to) ", value, re.IGNORECASE) or is_clause(value):
            # A trait: others may have it, too, so there are no wrong options.
            if noun != "term" and not any(word in text for word in words_of(value) for text in told):
                yield Made("terms.trait", Basic, f"Which {noun} is this: “{value}”?", {"answer": name}, name)
            continue
        wrong = others_of_list(name, value, pairs)
        if len(wrong) >= 2:
            options = (
                Option(name, True),
                *(Option(each, because=f"{each}: {why}") for each, why in wrong[:3]),
            )
            yield Made("terms.which", Choice, f"Which {noun} is this: “{value}”?", {"options": options}, name)


NO_KIND = LISTS["generic"] | LISTS["properties"] - frozenset(
    "methods types tools layers stages phases protocols principles components elements parts levels".split()
)


def kind_noun(title: str) -> str:
    """What the terms under a heading are called, one of them: "Sampling methods" is "sampling method"."""
    title = title.strip(" :")
    if match := re.match(r"(\w+s) (?:common|found|used|of|in|for|to|needed|required)\b", title):
        title = match[1]
    if (
        is_plural(title)
        and is_name(title)
        and not ({title.lower(), title.split()[-1].lower()} & NO_KIND)
        and len(title.split()) <= 5
    ):
        if title.lower().endswith("ings"):
            return "term"
        noun = re.sub(
            r"\A(?:the|key|main|core|common|important|different|basic|some)\s+",
            "",
            singular(title),
            flags=re.IGNORECASE,
        )
        words = noun.split()
        return " ".join(
            [
                words[0].lower() if words[0][1:].islower() and words[0].lower() != "azure" else words[0],
                *words[1:],
            ]
        )
    return "term"


def _shares(name: str, value: str) -> bool:
    """Does a meaning give its name away?"""
    words = {word.lower() for word in re.findall(r"\w{3,}", name)}
    return bool(words & {word.lower() for word in re.findall(r"\w{3,}", value)})


MOST_CELL_WORDS = 18
MEANING = re.compile(
    r"(?:short |brief )?(?:descriptions?|definitions?|meanings?|explanations?|what (?:it|they) (?:is|are)|stands for|full (?:name|form))\Z",
    re.IGNORECASE,
)
USE = re.compile(
    r"(?:use cases?|uses?|used for|purpose|when to use|best for|good for|typical use|usage|ideal for|suits|applications?|function|role|what it does)\Z",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"(?:examples?|notes?|comments?|remarks?|links?|details?|pros?|cons?|advantages?|disadvantages?|e\.?g\.?|images?|source|reference|status|more|other|info|key facts?|what|where|why|how|covered|module|lesson|see|result|results|reason|verified|issue|fix|command|file|page)\Z",
    re.IGNORECASE,
)


def _cell_ask(fact: Fact) -> str:
    header, row = fact.parts["header"].strip(" :"), fact.subject
    be = fact.parts["be"]
    if not header[:1].isalpha() or WEAK.match(header) or len(header.split()) > 6:
        return ""
    if MEANING.match(header):
        short = re.fullmatch(r"[A-Z][A-Z0-9/]{1,7}", row) and re.match("stands|full", header.lower())
        return f"What does {row} stand for?" if short else f"What {be} {row}?"
    if header.lower() == "what it does":
        return f"What does {row} do?"
    if USE.match(header):
        return f"What {be} {row} used for?"
    words = header.split()
    if match := re.fullmatch(r"[Ww]hat (?:it|they) (\w+)", header):
        base = VERBS.get(match[1].lower(), (match[1].removesuffix("s"), "", ""))[0]
        return f"What {'do' if be == 'are' else 'does'} {row} {base}?"
    if match := re.fullmatch(r"(.+) (?:it|they) (\w+)", header):
        base = VERBS.get(match[2].lower(), ("", "", ""))[0] or match[2]
        return f"Which {match[1][0].lower() + match[1][1:]} {'do' if be == 'are' else 'does'} {row} {base}?"
    if words[0].lower() in VERBS and VERBS[words[0].lower()][2] == "does":
        base = VERBS[words[0].lower()][0]
        return f"What {'do' if be == 'are' else 'does'} {row} {' '.join([base, *words[1:]])}?"
    if not is_name(header):
        return ""
    noun = lower(header)
    if noun in ("name", "full name", "acronym") and list(abbreviations(f"{fact.value} ({row})")):
        return f"What does {row} stand for?"
    return f"What {'are' if is_plural(header) else 'is'} the {noun} of {row}?"


def _cell(fact: Fact) -> Iterator[Made]:
    ask, values = _cell_ask(fact), [value for _, value in fact.items]
    truths = sum(
        bool(
            re.match(
                r"(?:yes|no|true|false|y|n|x|present|absent|usually|rarely|sometimes)\b|[✓✔✗✘✅❌]",
                value,
                re.IGNORECASE,
            )
        )
        for value in values
    )
    if (
        truths
        or len(fact.value.split()) > MOST_CELL_WORDS
        or (MEANING.match(fact.parts["header"]) and is_clause(fact.value))
    ):
        return
    if not ask or fact.value.lower().strip(" .") in (
        "yes",
        "no",
        "-",
        "–",
        "n/a",
        "none",
        "x",
        "✓",
        "✗",
        "✅",
        "❌",
    ):
        return
    wrong = others_of_column(fact.value, values)
    if len(wrong) >= 3 and int(fact.parts["row"]) % 2 == 1:
        rows = {value: name for name, value in reversed(fact.items)}
        options = (
            Option(_answer(fact.value), True),
            *(Option(_answer(each), because=f"That is {rows[each]}.") for each in wrong[:3]),
        )
        yield Made("cell.choice", Choice, _tidy(ask), {"options": options}, fact.subject)
    else:
        yield Made("cell", Basic, _tidy(ask), {"answer": _answer(fact.value)}, fact.subject)


def _column(fact: Fact) -> Iterator[Made]:
    header, thing = fact.parts["header"], fact.parts["thing"]
    pairs = [(name, value) for name, value in fact.items if value and len(value.split()) <= 12]
    if (
        len(pairs) < len(fact.items)
        or not 3 <= len(pairs) <= 6
        or not clearly_different([value for _, value in pairs])
    ):
        return
    if (
        WEAK.match(header)
        or not is_name(thing)
        or not header[:1].isalpha()
        or any(_shares(*pair) for pair in pairs)
    ):
        return
    what = "description" if MEANING.match(header) else "use" if USE.match(header) else lower(header)
    if not is_name(what):
        what = "entry under “" + header + "”"
    one = lower(singular(thing))
    yield Made(
        "column.match",
        Match,
        f"Match each {one} to its {what if what.isupper() or what[-2:] == 'ps' else singular(what)}.",
        {"pairs": tuple(Pair(name, value) for name, value in pairs)},
        fact.about,
    )


def _event(text: str) -> str:
    return re.split(r"[:;]\s", text)[0].strip(" .")


def _dates(fact: Fact) -> Iterator[Made]:
    events = [_event(name) for name, _ in fact.items]
    years = [int(match[0]) if (match := re.search(r"\d{3,4}", when)) else 0 for _, when in fact.items]
    if fact.kind == "date":
        event = _event(fact.subject)
        if len(event.split()) <= 14 and events.count(event) == 1:
            yield Made("date", Basic, f"When was this: “{event}”?", {"answer": fact.value}, event)
    elif 3 <= len(events) <= 7 and len(set(years)) == len(years) and years == sorted(years) and all(years):
        yield Made(
            "dates.order",
            Order,
            f"{fact.subject}: put the events in order.",
            {"items": tuple(events)},
            fact.subject,
        )


SPECIAL: dict[str, Callable[[Fact], Iterator[Made]]] = {
    "definition": _define, "term": _define, "verb": _verb, "used.to": _used, "you.can": _you_can, "means": _you_can,
    "list.verb": _list, "list.there": _list, "list.are": _list, "list.needed": _list,
    "order": _order, "contrast": _contrast, "bold": _bold, "terms": _terms, "cell": _cell, "column": _column, "date": _dates, "dates": _dates,
}  # fmt: skip
