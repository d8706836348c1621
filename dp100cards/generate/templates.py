"""How a fact is asked: one template for each kind. A question names its subject and wraps the note's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dp100cards.cards import Basic, Choice, Cloze, Option, Order
from dp100cards.generate.cells import cell_cards, column_cards, date_cards
from dp100cards.generate.distractors import others_of_list, words_of
from dp100cards.generate.made import Made, answer_text, basic, matches, shares, tidy
from dp100cards.notes.fact import Fact
from dp100cards.notes.words import LISTS, is_clause, is_name, is_plural, singular

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
        yield basic(fact.kind, ask, answer, fact.subject or fact.about)


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


DATE = re.compile(
    r"(?=.*\d)(\d{1,2}(?:st|nd|rd|th)? )?(?:(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Sept|Nov|Dec)ember|October)( \d{1,2}\b,?)?(?: \d{3,4})?\Z"
)


def _define(fact: Fact) -> Iterator[Made]:
    if date := DATE.match(fact.about):
        on = "on" if date[1] or date[2] else "in"
        yield basic("happened", f"What happened {on} {fact.about}?", fact.value, fact.about)
        return
    bare = fact.kind == "term" and not re.match(r"(?:an?|the|one) ", fact.value, re.IGNORECASE)
    if bare and (len(fact.value.split()) < 4 or not READS_AS_NAME.search(fact.value)):
        return
    be = "is" if re.match(r"(?:an?|one) ", fact.value, re.IGNORECASE) else fact.parts["be"]
    yield basic("definition", f"What {be} {fact.subject}?", fact.value, fact.about)


def _verb(fact: Fact) -> Iterator[Made]:
    told = re.match(r"(.{2,50}?) to (.+)", fact.value)
    if fact.parts["verb"] != "tell":
        yield basic("verb", SIMPLE["verb"].format_map(_words(fact)), fact.value, fact.subject)
    elif told:
        yield basic(
            "verb", f"What {fact.parts['do']} {fact.subject} tell {told[1]} to do?", told[2], fact.subject
        )


def _used(fact: Fact) -> Iterator[Made]:
    words = _words(fact)
    yield basic(
        "used", f"What {words['aux']} {fact.subject} {words['passive']} for?", fact.value, fact.subject
    )


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
    yield basic("you.can", ask, answer, fact.about)


def _list(fact: Fact) -> Iterator[Made]:
    names = [name for name, _ in fact.items]
    what, owner = fact.parts.get("what", ""), fact.subject
    if fact.kind == "list.needed":
        ask = f"{'Which ' + what if what else 'What'} do you {fact.parts['verb']} {fact.parts['when']}?"
    elif fact.kind == "list.verb":
        ask = f"{'Which ' + what if what else 'What'} {fact.parts['do']} {owner} {fact.parts['verb']}?"
    else:
        what = what[0].lower() + what[1:] if what[1:2].islower() else what
        ask = f"What are the {what}{' of ' + owner if owner else ''}?"
    yield basic("list", ask, together(names), owner or fact.about)


NO_PROCEDURE = frozenset("vocabulary terms terminology glossary overview summary recap notes".split())
"""Headings that name nothing that has steps."""


def _order(fact: Fact) -> Iterator[Made]:
    steps = tuple(name.rstrip(".;") for name, _ in fact.items)
    if not 3 <= len(steps) <= 7 or len({step.lower() for step in steps}) < len(steps):
        return
    name = fact.subject.rstrip(" .:")
    if not fact.parts.get("lead") and name.lower() in NO_PROCEDURE:
        return
    named = is_name(name) and not fact.parts.get("lead")
    ask = f"Put the steps of {name} in order." if named else f"{name}: put the steps in order."
    if not fact.parts.get("lead") and re.match(r"steps (?:of|for|to) ", name, re.IGNORECASE):
        ask = f"Put the {name[0].lower()}{name[1:]} in order."
    yield Made("order", Order, tidy(ask), {"items": steps}, fact.about)


def _contrast(fact: Fact) -> Iterator[Made]:
    one, other = sorted((fact.subject, fact.parts["other"]))
    ask = f"Which one {fact.parts['predicate']}: {one} or {other}?"
    yield basic("contrast", ask, fact.value, fact.subject)


def _bold(fact: Fact) -> Iterator[Made]:
    yield Made("gap", Cloze, fact.quote.replace(fact.value, f"{{{{{fact.value}}}}}", 1), {}, fact.about)


def _terms(fact: Fact) -> Iterator[Made]:
    """A list of terms with their meanings: match them, and tell which one is meant."""
    noun = kind_noun(fact.subject)
    pairs = [(name, answer_text(value)) for name, value in fact.items]
    of = f"{fact.about}: m" if fact.about and noun == "term" else "M"
    yield from matches("terms.match", f"{of}atch each {noun} to its description", pairs, fact.about, 14)
    for name, value in pairs:
        if not 3 <= len(value.split()) <= 25 or shares(name, value):
            continue
        ask = f"Which {noun} is this: “{value}”?"
        if re.match(r"(?:an?|the|one|to) ", value, re.IGNORECASE) and not is_clause(value):
            wrong = others_of_list(name, value, pairs)[:3]
            if len(wrong) >= 2:
                yield Made("terms.which", Choice, ask, {"options": _options(name, wrong)}, name)
        elif noun != "term":
            # A trait: others may have it, too, so there are no wrong options.
            told = (
                text for key, text in fact.parts.items() if key.startswith("text of ") and key[8:] != name
            )
            if not words_of(value) & set().union(*map(words_of, told)):
                yield Made("terms.trait", Basic, ask, {"answer": name}, name)


NO_KIND = LISTS["generic"] | LISTS["properties"] - frozenset(
    "methods types tools layers stages phases protocols principles components elements parts levels".split()
)


def which_term(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Made]]:
    """Which of the terms of a note is meant: those near it whose own definitions differ clearly are wrong."""
    facts = [fact for fact in facts if _is_definition(fact)]
    defined = [(fact, _named(fact.about or fact.subject), answer_text(fact.value)) for fact in facts]
    for n, (fact, name, value) in enumerate(defined):
        near = [(other, said) for _, other, said in defined[max(0, n - 6) : n + 7]]
        wrong = others_of_list(name, value, near)[:3]
        if len(wrong) >= 2 and 4 <= len(value.split()) <= 25 and not shares(name, value):
            ask, options = f"Which term is this: “{value}”?", {"options": _options(name, wrong)}
            yield fact, Made("which", Choice, ask, options, name)


def _options(name: str, wrong: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    return (Option(name, True), *(Option(each, because=why) for each, why in wrong))


def _named(name: str) -> str:
    name = re.sub(r"\A(?:an?|the) ", "", name, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]


def _is_definition(fact: Fact) -> bool:
    article = re.match(
        r"(?:an?|one) |the .*\b(?:of|that|which|for|used|where|between)\b", fact.value, re.IGNORECASE
    )
    if fact.kind == "copula":
        named = re.sub(r"\A(?:an?|the) ", "", fact.subject, flags=re.IGNORECASE)
        return bool(article) and len(named.split()) <= 4 and not fact.subject.startswith("the ")
    short = len(fact.about.split()) <= 5 and not DATE.match(fact.about)
    return fact.kind in ("definition", "term") and bool(article) and short


UNNEEDED = re.compile(r"\A(?:the|key|main|core|common|important|different|basic|some)\s+", re.IGNORECASE)


def kind_noun(title: str) -> str:
    """What the terms under a heading are called, one of them: "Sampling methods" is "sampling method"."""
    title = title.strip(" :")
    if match := re.match(r"(\w+s) (?:common|found|used|of|in|for|to|needed|required)\b", title):
        title = match[1]
    words = title.split()
    kinds = is_plural(title) and is_name(title) and not {title.lower(), words[-1].lower()} & NO_KIND
    if not kinds or len(words) > 5 or title.lower().endswith("ings"):
        return "term"
    noun = UNNEEDED.sub("", singular(title))
    first, _, rest = noun.partition(" ")
    small = first[1:].islower() and first.lower() != "azure"
    return f"{first.lower() if small else first} {rest}".strip()


SPECIAL: dict[str, Callable[[Fact], Iterator[Made]]] = {
    "definition": _define, "term": _define, "verb": _verb, "used.to": _used, "you.can": _you_can, "means": _you_can,
    "list.verb": _list, "list.there": _list, "list.are": _list, "list.needed": _list,
    "order": _order, "contrast": _contrast, "bold": _bold, "terms": _terms, "cell": cell_cards,
    "column": column_cards, "date": date_cards, "dates": date_cards,
}  # fmt: skip
