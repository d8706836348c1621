"""How the cells, columns and dates of tables are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Choice, Option, Order, Statements
from dp100cards.generate.distractors import others_of_column
from dp100cards.generate.made import TRUTHS, Made, answer_text, basic, matches, tidy
from dp100cards.notes.fact import Fact
from dp100cards.notes.lists import abbreviations
from dp100cards.notes.words import VERBS, is_clause, is_name, is_plural, lower, singular

MEANING = re.compile(
    r"(?:short |brief )?(?:descriptions?|definitions?|meanings?|explanations?|what (?:it|they) (?:is|are)|stands for|full (?:name|form))\Z",
    re.IGNORECASE,
)
USE = re.compile(
    r"(?:use cases?|uses?|used for|purpose|when to use|best for|good for|typical use|usage|ideal for|suits|applications?|function|what it does)\Z",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"(?:examples?|notes?|comments?|remarks?|links?|details?|pros?|cons?|advantages?|disadvantages?|e\.?g\.?|images?|source|reference|status|more|other|info|key facts?|what|where|why|how|covered|module|lesson|see|result|results|reason|verified|issue|fix|command|file|page)\Z",
    re.IGNORECASE,
)
TRUTH = re.compile(r"(yes|no|true|false|✓|✔|✅|✗|✘|❌)\W*\Z", re.IGNORECASE)
LIFE = {"born": "was {} born", "died": "did {} die", "founded": "was {} founded"}
NO_NOUN = re.compile(
    r"(?:born|died|number|count|amount|total|.* (?:at|in|on|by|to|from|with|of|for|into|as))\Z", re.IGNORECASE
)
"""Headers without a noun that a row can have, such as `Caramelises at`."""
MOST_CELL_WORDS = 18


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
    if header.lower() in LIFE and re.search(r"\b\d{3,4}\b", fact.value):
        return f"When {LIFE[header.lower()].format(row)}?"
    words, do = header.split(), "do" if be == "are" else "does"
    if match := re.fullmatch(r"[Ww]hat (?:it|they) (\w+)", header):
        base = VERBS.get(match[1].lower(), (match[1].removesuffix("s"), "", ""))[0]
        return f"What {do} {row} {base}?"
    if match := re.fullmatch(r"(.+) (?:it|they) (\w+)", header):
        base = VERBS.get(match[2].lower(), ("", "", ""))[0] or match[2]
        return f"Which {match[1][0].lower() + match[1][1:]} {do} {row} {base}?"
    if words[0].lower() in VERBS and VERBS[words[0].lower()][2] == "does":
        base = VERBS[words[0].lower()][0]
        return f"What {do} {row} {' '.join([base, *words[1:]])}?"
    if not is_name(header) or NO_NOUN.match(header):
        return ""
    noun = lower(header)
    if noun in ("name", "full name", "acronym") and list(abbreviations(f"{fact.value} ({row})")):
        return f"What does {row} stand for?"
    return f"What {'are' if is_plural(header) else 'is'} the {noun} of {row}?"


def cell_cards(fact: Fact) -> Iterator[Made]:
    """One cell: what a row has in a column."""
    ask, value, values = _cell_ask(fact), fact.value, [value for _, value in fact.items]
    meaning = MEANING.match(fact.parts["header"])
    if not ask or any(map(TRUTHS.match, values)) or value.lower().strip(" .") in ("-", "–", "n/a", "none"):
        return
    if len(value.split()) > MOST_CELL_WORDS or (meaning and is_clause(value)):
        return
    wrong = others_of_column(value, values)[:3]
    exact = not meaning and (len(value.split()) <= 3 or re.search(r"\d", value))
    if len(wrong) == 3 and exact and int(fact.parts["row"]) % 2 == 1:
        rows = {value: name for name, value in reversed(fact.items)}
        others = (Option(answer_text(each), because=f"That is {rows[each]}.") for each in wrong)
        options = (Option(answer_text(value), True), *others)
        yield Made("cell.choice", Choice, tidy(ask), {"options": options}, fact.subject)
    else:
        yield basic("cell", ask, value, fact.subject)


def _truths(fact: Fact) -> Iterator[Made]:
    """A column of yes and no."""
    header, thing = fact.parts["header"].strip(" ?"), fact.parts["thing"]
    marks = [TRUTH.match(value) for _, value in fact.items]
    answers = [match[1].lower() in "yes true ✓ ✔ ✅".split() for match in marks if match]
    if 3 <= len(answers) == len(fact.items) <= 6 and is_name(thing) and len(set(answers)) == 2:
        ask = f"“{header}”: is it true of each {lower(singular(thing))}?"
        statements = tuple(
            Option(name, answer) for (name, _), answer in zip(fact.items, answers, strict=True)
        )
        yield Made("column.true", Statements, ask, {"statements": statements}, fact.about)


def column_cards(fact: Fact) -> Iterator[Made]:
    """A whole column: yes or no of each row, or what belongs to what."""
    header, thing = fact.parts["header"], fact.parts["thing"]
    yield from _truths(fact)
    if WEAK.match(header) or not is_name(thing) or not header[:1].isalpha():
        return
    what = "description" if MEANING.match(header) else "use" if USE.match(header) else lower(header)
    match = re.fullmatch(r"(.+) (?:it|they) \w+", what)
    named = match or (is_name(what) and not NO_NOUN.match(header))
    what = singular(match[1] if match else what) if named else f"entry under “{header}”"
    ask = f"Match each {lower(singular(thing))} to its {what}"
    yield from matches("column.match", ask, fact.items, fact.about, 12)


def _event(text: str) -> str:
    return re.split(r"[:;]\s", text)[0].strip(" .")


def date_cards(fact: Fact) -> Iterator[Made]:
    """When something was, and what came first."""
    events = tuple(_event(name) for name, _ in fact.items)
    years = [int(match[0]) if (match := re.search(r"\d{3,4}", when)) else 0 for _, when in fact.items]
    if fact.kind == "date":
        event = _event(fact.about)
        if len(event.split()) <= 14 and events.count(event) <= 1:
            yield basic("date", f"When was this: “{event}”?", fact.value, event)
    elif 3 <= len(events) <= 7 and len(set(years)) == len(years) and years == sorted(years) and all(years):
        ask = f"{fact.subject}: put the events in order."
        yield Made("dates.order", Order, ask, {"items": events}, fact.subject)
