"""How a fact is asked: one template for each kind. A question names its subject and wraps the note's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dp100cards.cards import Choice, Cloze, Option, Order
from dp100cards.generate.draft import (
    TRUTHS,
    Draft,
    as_answer,
    basic,
    made,
    matches,
    others_of_column,
    others_of_list,
    shares,
    tidy,
)
from dp100cards.generate.words import roots
from dp100cards.notes.inline import sentences
from dp100cards.notes.shapes import inline_items
from dp100cards.notes.terms import DATE, NAMES, Fact
from dp100cards.notes.words import (
    BRACKETS,
    LISTS,
    THIRD,
    VERBS,
    any_of,
    is_clause,
    is_name,
    is_plural,
    lower,
    singular,
)

SIMPLE = {
    "verb": "What {do} {subject} {verb}?",
    "copula": "What {be} {subject}?",
    "passive": "What {aux} {subject} {passive} {prep}?",
    "passive.where": "Where {aux} {subject} {passive}?",
    "passive.when": "When {aux} {subject} {passive}?",
    "used": "What {aux} {subject} {passive} for?",
    "date": "When was this: “{about}”?",
    "condition": "What happens if {clause}?",
    "condition.do": "What {modal} you do if {clause}?",
    "abbreviation": "What does {subject} stand for?",
    "today.instead": "What should you use today instead of {subject}?",
    "property": "What {pbe} the {property} of {subject}?",
    "step": "What do you {action} in the step “{subject}”?",
}
PURPOSE = re.compile(
    r"(?:use|need|require) (?!.* (?:that|and) )([^,;:(]{3,60}?)(?<! a)(?<!ed)"
    r" (to (?!an? |the |be )[a-z]+ .{3,90}|for [a-z].{4,90})"
)
"""What is used, and what for."""
MOST_TOLD = 40  # words of what is said of a thing that is asked for
CLOSED = re.compile(r"only |\d|(?:one|two|three|four|five|six|seven|eight|nine|ten) ", re.IGNORECASE)
"""How an answer begins that is the whole answer."""
PERSON = re.compile(
    r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|von|van|of)){0,4}: (?:an? |the )?(?:[\w’'-]+ ){0,3}?"
    rf"(?:\w+(?:(?<!l)ist|lyst|pher|ian)|{any_of('roles')})\b"
)
"""A name, and a person's trade: `Ada Lovelace: a mathematician`."""


def cards_of(fact: Fact) -> Iterator[Draft]:
    if make := SPECIAL.get(fact.kind):
        yield from make(fact)
    else:
        ask = SIMPLE[fact.kind].format_map(_words(fact))
        items = [name for name, _ in fact.items]
        answer = together(items) if len(items) > 1 else fact.value
        ask = _who(fact, ask) if fact.kind == "copula" else ask
        verb, placed = fact.parts.get("verb", ""), _in_place(fact, ask)
        told = PURPOSE.fullmatch(f"{verb} {answer}")
        if told and not roots(told[2]) <= roots(fact.subject):
            placed, answer = _in_place(fact, f"{ask[:-1]} {told[2]}?"), told[1]
        elif verb in LISTS["vague verbs"] and not inline_items(answer):
            placed = _under(fact, ask)
            if not CLOSED.match(answer):
                return  # one of many right answers
        yield basic(fact.kind, placed, answer, fact.subject or fact.about)


def _words(fact: Fact) -> dict[str, str]:
    parts = fact.parts
    be, modal = parts.get("be", ""), parts.get("modal", "")
    words = {
        "be": be,
        "aux": modal or be,
        "passive": f"be {parts.get('participle', '')}" if modal else parts.get("participle", ""),
        "pbe": "are" if is_plural(parts.get("property", "")) else "is",
    }
    return {**parts, **words, "subject": fact.subject, "about": fact.about, "modal": modal}


def together(items: Sequence[str]) -> str:
    items = [item.lstrip(" ;,").rstrip(" .;,") for item in items]
    if any(" and " in item or "," in item for item in items):
        return "; ".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def _define(fact: Fact) -> Iterator[Draft]:
    if date := DATE.match(fact.about):
        on = "on" if date[1] or date[2] else "in"
        ask = _under(fact, f"What happened {on} {fact.about}?")
        yield basic("happened", ask, fact.value, fact.about)
        return
    be = "is" if re.match(r"(?:an?|one) ", fact.value, re.IGNORECASE) else fact.parts["be"]
    ask = _who(fact, f"What {be} {fact.subject}?")
    yield basic("definition", _in_place(fact, ask), fact.value, fact.about)


def _who(fact: Fact, ask: str) -> str:
    """A question with "Who", if what is asked for is a person."""
    return f"Who{ask[4:]}" if PERSON.match(f"{fact.subject}: {fact.value}") else ask


def _list(fact: Fact) -> Iterator[Draft]:
    names = [name for name, _ in fact.items]
    what, owner = fact.parts.get("what", ""), fact.subject
    if fact.kind == "list.verb":
        ask = f"{'Which ' + what if what else 'What'} {fact.parts['do']} {owner} {fact.parts['verb']}?"
    else:
        what = what[0].lower() + what[1:] if what[1:2].islower() else what
        ask = f"What are the {what}{' of ' + owner if owner else ''}?"
    yield basic("list", _in_place(fact, ask), together(names), owner or fact.about)


def _order(fact: Fact) -> Iterator[Draft]:
    steps = tuple(name.rstrip(".;") for name, _ in fact.items)
    if not 3 <= len(steps) <= 7 or len({step.lower() for step in steps}) < len(steps):
        return
    name = fact.subject.rstrip(" .:")
    if not fact.parts.get("lead") and name.lower() in LISTS["generic"] | {"vocabulary"}:
        return
    named = is_name(name) and not fact.parts.get("lead")
    ask = f"Put the steps of {name} in order." if named else f"{name}: put the steps in order."
    if not fact.parts.get("lead") and re.match(r"steps (?:of|for|to) ", name, re.IGNORECASE):
        ask = f"Put the {name[0].lower()}{name[1:]} in order."
    yield made("order", Order, tidy(ask), fact.about, items=steps)


def _contrast(fact: Fact) -> Iterator[Draft]:
    one, other = sorted((fact.subject, fact.parts["other"]))
    ask = f"Which one {fact.parts['predicate']}: {one} or {other}?"
    yield basic("contrast", ask, fact.value, fact.subject)


def _bold(fact: Fact) -> Iterator[Draft]:
    yield made("gap", Cloze, fact.quote.replace(fact.value, f"{{{{{fact.value}}}}}", 1), fact.about)


def _terms(fact: Fact) -> Iterator[Draft]:
    """A list of terms with their meanings."""
    pairs = [(name, as_answer(value)) for name, value in fact.items]
    yield from matches(
        "terms.match", _under(fact, "Match each term to its description"), pairs, fact.about, 14
    )


def which_term(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Draft]]:
    """Which of the terms of a note is meant: those near it whose own definitions differ clearly are wrong."""
    facts = [
        each for each in facts if _is_definition(each) or (each.kind == "term" and not DATE.match(each.about))
    ]
    names = [fact.subject if fact.kind == "copula" else fact.about or fact.subject for fact in facts]
    defined = [(fact, _named(name), as_answer(fact.value)) for fact, name in zip(facts, names, strict=True)]
    for n, (fact, name, value) in enumerate(defined):
        near = [(other, said) for _, other, said in defined[max(0, n - 6) : n + 7]]
        wrong = others_of_list(name, value, near)[:3]
        fits = _is_definition(fact) and 4 <= len(value.split()) <= 25 and not shares(name, value)
        if fits and len(wrong) >= 2:
            ask = f"Which term is this: “{value}”?"
            yield fact, made("which", Choice, ask, name, options=_options(name, wrong))


def _riddle(fact: Fact) -> Iterator[Draft]:
    """What is said of a thing: which one is it?"""
    told = ""
    for sentence in sentences(fact.value):
        longer = f"{told} {sentence}".strip()
        told = longer if len(longer.split()) <= MOST_TOLD else told
    place, told = _place(fact, fact.subject), as_answer(told)
    ask = f"{place}: which one is this: “{told}”?" if place else f"What is this: “{told}”?"
    yield basic("riddle", ask, _named(fact.subject), fact.subject)


def _options(name: str, wrong: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    return (Option(name, True), *(Option(each, because=why) for each, why in wrong))


def _named(name: str) -> str:
    name = re.sub(r"\A(?:an?|the) ", "", name, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]


def _is_definition(fact: Fact) -> bool:
    article = re.match(
        r"(?i)(?:an?|one) |the .*\b(?:of|that|which|for|from|used|where|between)\b", fact.value
    )
    if fact.kind == "copula":
        named = re.sub(r"\A(?:an?|the) ", "", fact.subject, flags=re.IGNORECASE)
        return bool(article) and len(named.split()) <= 4 and not fact.subject.startswith("the ")
    short = len(fact.about.split()) <= 5 and not DATE.match(fact.about)
    return fact.kind in ("definition", "term") and bool(article) and short


# The cells, columns and dates of tables

MEANINGS, USES, WEAK = (LISTS[f"{name} columns"] for name in ("meaning", "use", "weak"))
NO_NOUN = re.compile(
    r"(?i)(?:born|died|number|count|amount|total|.* (?:based on .*|at|in|on|by|to|from|with|of|for|into|as))\Z"
)
"""Headers without a noun that a row can have, such as `Caramelises at`."""
NO_VALUE = re.compile(r"\W*\Z|(?:yes|no|not|none|n/a)\b", re.IGNORECASE)
DOES = re.compile(rf"(?i)(?:\w+ly )?(?:{'|'.join(THIRD)})\b(?! of\b)")
MOST_CELL_WORDS = 18
LABELS = {"term", "definition", "property", "list.are", "list.verb"}


def _header(fact: Fact) -> str:
    """The header of a column: "Short description" is one that says what a row is, as "Description" does."""
    header = fact.parts["header"].strip(" :*")
    last = header.rpartition(" ")[2]
    return last if last.lower() in MEANINGS else header


def _cell_ask(fact: Fact) -> str:
    header, row, be = _header(fact), fact.subject, fact.parts["be"]
    if len(row) == 1 and is_name(fact.parts["thing"]):
        row = f"{lower(singular(fact.parts['thing']))} {row}"
    low, words, do = header.lower(), header.split(), "do" if be == "are" else "does"
    odd = not header[:1].isalpha() or re.search(r"/| or | - |(?i:column) ?\d", header)
    if odd or low in WEAK | LISTS["vague"] or len(words) > 6:
        return ""
    if low.startswith(("stands", "full")) and low in MEANINGS and re.fullmatch(r"[A-Z][A-Z0-9/]{1,7}", row):
        return f"What does {row} stand for?"
    if low in LISTS["place columns"]:
        return f"Where {be} {row}?"
    if low == "what it does" or (low in MEANINGS | USES and DOES.match(fact.value)):
        return f"What {do} {row} do?"
    if low in MEANINGS:
        return f"What {be} {row}?"
    if low in USES:
        return f"What {be} {row} used for?"
    if match := re.fullmatch(r"(.+) (?:it|they) (\w+)", header):
        base = VERBS.get(match[2].lower(), (match[2].removesuffix("s"), "", ""))[0]
        which = "What" if match[1].lower() == "what" else f"Which {match[1][0].lower()}{match[1][1:]}"
        return f"{which} {do} {row} {base}?"
    base, _, form = VERBS.get(words[0].lower(), ("", "", ""))
    if form == "does" and low not in LISTS["properties"]:
        return f"What {do} {row} {' '.join([base, *words[1:]]).lower()}?"
    if not _is_noun(header) or re.search("['’]s ", header):
        return ""
    noun = lower(header)
    be = "are" if is_plural(header) else "is"
    if be == "are" and not (
        is_plural(fact.value) or re.search(r"[,;/\d]| and |[a-z](?:i|ae|ia)\Z", fact.value)
    ):
        return ""  # it asks for several, and the row has one
    if be == "are" and re.fullmatch(r"[\d.,]+", fact.value):
        return f"How many {noun} {do} {row} have?"
    return f"For {row}, what {be} the {noun}?" if " " in noun else f"What {be} the {noun} of {row}?"


def _is_noun(header: str) -> bool:
    """Does a header name what each row has?"""
    return (header.lower() in LISTS["properties"] or is_name(header)) and not NO_NOUN.match(header)


def _place(fact: Fact, ask: str) -> str:
    """The list item or the section that a fact stands under, where its question has no word of that.

    A short heading, as "Diagnosis", is a part of something, which is named too.
    """
    places = (fact.parts["place"], fact.parts["heading"])
    names = [re.sub(r"\AAn? ", "", re.split(r"[:(–—]| - ", each)[0].strip()) for each in places]
    known = roots(f"{ask} {fact.value}" if fact.kind in ("abbreviation", "passive.where") else ask)
    name = next((each for each in names if 2 * len(roots(each) & known) < len(roots(each))), "")
    name = "" if name.lower() in LISTS["generic"] else name
    topic = re.split(r"\s+[–—(]", fact.parts["topic"])[0] if len((name or names[0]).split()) < 3 else ""
    return name if roots(topic) & (known | roots(name)) else ", ".join(filter(None, (topic, name)))


def _under(fact: Fact, ask: str) -> str:
    """A question with its place in front."""
    place = _place(fact, ask) if ask else ""
    return f"{place}: {ask[0].lower()}{ask[1:]}" if place else ask


def _in_place(fact: Fact, ask: str) -> str:
    """A question whose subject is no name that says more than one common word says, with its place in front.

    Labels and headings may have capitals that are none of a name's.
    """
    name = BRACKETS.sub("", fact.subject)
    named = len(name) > 2 and re.search(r"\S[A-Z0-9`]| [A-Z0-9`]", name)
    label = fact.kind in LABELS and not NAMES.search(name)
    elsewhere = label and not roots(_place(fact, ask)) & roots(ask)
    return ask if named and not elsewhere else _under(fact, ask)


def cell_cards(fact: Fact) -> Iterator[Draft]:
    """One cell: what a row has in a column."""
    ask, value, values = _under(fact, _cell_ask(fact)), fact.value, [value for _, value in fact.items]
    low, long = _header(fact).lower(), len(value.split()) > MOST_CELL_WORDS
    clause = low in MEANINGS | USES and is_clause(value) and not DOES.match(value)
    if not ask or long or clause or NO_VALUE.match(value) or any(map(TRUTHS.match, values)):
        return
    wrong = others_of_column(value, values)[:3]
    # What a row has in a column of words is seldom to be told without options: "the registration of questions".
    words = low not in MEANINGS | USES | LISTS["place columns"] and not re.search(r"\d", value)
    exact = low not in MEANINGS and (len(value.split()) <= 3 or re.search(r"\d", value))
    if len(wrong) == 3 and (words or (exact and int(fact.parts["row"]) % 2 == 1)):
        rows = {value: name for name, value in reversed(fact.items)}
        others = (Option(as_answer(each), because=f"That is {rows[each]}.") for each in wrong)
        options = (Option(as_answer(value), True), *others)
        yield made("cell.choice", Choice, tidy(ask), fact.subject, options=options)
    elif not words or len(values) < 4:
        yield basic("cell", ask, value, fact.subject)


def column_cards(fact: Fact) -> Iterator[Draft]:
    """A whole column: what belongs to what."""
    header, thing = _header(fact), fact.parts["thing"]
    if header.lower() in WEAK or not is_name(thing) or not header[:1].isalpha():
        return
    what = "description" if header.lower() in MEANINGS else "use" if header.lower() in USES else lower(header)
    match = re.fullmatch(r"(.+) (?:it|they) \w+", what)
    adjective = what in LISTS["vague"] and re.search(r"\d", fact.items[0][1])
    named = match or (_is_noun(what) and not adjective)
    what = singular(match[1] if match else what) if named else f"entry under “{header}”"
    ask = f"Match each {lower(singular(thing))} to its {what}"
    yield from matches("column.match", _under(fact, ask), fact.items, fact.about, 12)


SPECIAL: dict[str, Callable[[Fact], Iterator[Draft]]] = {
    "definition": _define,
    "term": _define,
    "list.verb": _list,
    "list.are": _list,
    "order": _order,
    "contrast": _contrast,
    "bold": _bold,
    "terms": _terms,
    "riddle": _riddle,
    "cell": cell_cards,
    "column": column_cards,
}
