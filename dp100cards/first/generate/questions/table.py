"""Rows of a table: values that belong to names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.distractors import FEWEST, MOST, Wrong, values
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import (
    bare,
    base_form,
    count_words,
    joined,
    lower_first,
    number_word,
    plural,
    singular,
    upper_first,
)
from dp100cards.first.generate.making import basic, choice, match, multiple
from dp100cards.first.generate.naming import is_name
from dp100cards.first.generate.phrase import category_noun, quoted
from dp100cards.first.generate.questions.abbreviated import is_spelt, spelled_out
from dp100cards.first.generate.questions.asked import Subject
from dp100cards.first.generate.questions.cases import OF_CASES, of_a_case
from dp100cards.first.generate.questions.columns import (
    ASIDE,
    ASKS,
    DEEDS,
    DOES,
    EMPTY,
    HOW,
    USE,
    USED,
    USED_IN,
    VERB_HEADERS,
    WHAT,
    WHAT_IT,
    WHEN_TO_USE,
    WHO_DOES,
    first_of,
    is_yes_no,
    label_of,
    named,
)
from dp100cards.first.generate.questions.commands import command_of, of_a_command
from dp100cards.first.generate.questions.predicate import subject_for
from dp100cards.first.generate.shape import is_deed, shape
from dp100cards.first.generate.stems import overlap, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import MATRIX, NO, YES, Fact, Row
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import QUALITIES

_SORTS = QUALITIES | {"premium", "free", "hot", "cool", "cold", "archive"}
"""What names a row only with the kind of thing that its table is of: the hot tier."""
_QUALITY = re.compile(
    r"[A-Z][a-z]+(?:ical|ative|itive|entral|erial|ential|ous|able|[- ][Dd]riven|[- ][Bb]ased|[- ][Oo]riented)"
)
_TIERS = frozenset("tier plan level edition sku class layer".split())
_NO_KIND = frozenset(
    {"type", "name", "kind", "option", "feature", "item", "value", "term", "category", "mode"}
)
_WHEN = re.compile(r"(?:when|if|after|before|while|during|once|as soon as|whenever)\b", re.IGNORECASE)
_IN_FULL = AnyCase(
    r"^(?:full (?:name|form|title)|stands for|expansion|expanded|long (?:name|form)|meaning|spelled out|in full)$"
)
"""Headers over what an abbreviation stands for."""
_SHORT = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z0-9/&.-]{2,8}")
_TO_DO = re.compile(r"to [a-z]+ \S", re.IGNORECASE)
_BEHIND = re.compile(r" \([^)]*\)$")
"""What tells a name from another one like it: "Azure VM (two or more, in a set)"."""


def row(fact: Row, world: World) -> Iterator[Draft]:
    """Match the rows to their values. What is the (header) of X? Which row has this?"""
    if fact.category == MATRIX:
        yield from matrix(fact, world)
        return
    if command := command_of(fact):
        yield from of_a_command(fact, command)
        return
    name = _BEHIND.sub("", fact.concept)
    asked = any(
        bare(header).lower() in ("answer", "answers", "solution", "right choice") for header, _ in fact.cells
    )
    if not is_name(name) or "," in name or asked or OF_CASES.fullmatch(bare(fact.category)):
        if is_name(name):
            yield from matching(fact, world)
        yield from of_a_case(fact)
        return
    title = world.naming.title(fact.concept)
    for header, cell in fact.cells:
        if header and is_yes_no(cell):
            ask = f"{title}: {lower_first(bare(header))}, yes or no?"
            answer = "Yes" if YES.match(cell.strip()) else "No"
            yield basic(fact, "row.yes-no", ask, answer, item=header, doubts=("yes or no",))
    cells = [(h, c) for h, c in fact.cells if h and not EMPTY.match(c.strip()) and not is_yes_no(c)]
    yield from matching(fact, world)
    for header, cell in cells:
        if _spells_out(fact, header):
            yield spelled_out(fact, fact.concept, cell, item=header)
            continue
        short, rest = first_of(cell)
        if rest and is_spelt(fact.concept, short):
            short, rest = first_of(
                rest
            )  # "Time to live. Keys expire after it." tells what it is behind its name
        odd = _names_nothing(header) and not USED_IN.match(header)
        if (count_words(header) > 4 or odd) and not WHEN_TO_USE.match(header):
            ask = f"{title}: what is said under {quoted(header)}?"
            yield basic(fact, "row.cell", ask, short, explain=rest, item=header, doubts=("long header",))
            continue
        doubts = ("a side note",) if ASIDE.search(header) else ()
        ask = cell_question(fact, world, header)
        yield basic(fact, "row.cell", ask, short, explain=rest, item=header, doubts=doubts)
    for header, cell in cells:
        if ASIDE.search(header) or _spells_out(fact, header):
            continue
        yield from _which(fact, world, header, first_of(cell)[0])


def _names_nothing(header: str) -> bool:
    """Are several words of a header no name of what stands below it: "Used by"?"""
    return count_words(header) > 1 and shape(lower_first(header)) != "noun"


def _spells_out(fact: Row, header: str) -> bool:
    """Does the column say what the abbreviation that names the row stands for?"""
    return bool(_IN_FULL.match(bare(header)) and _SHORT.fullmatch(fact.concept))


def matrix(fact: Row, world: World) -> Iterator[Draft]:
    """Which of the columns have what the row is about?"""
    have = [upper_first(bare(header)) for header, cell in fact.cells if YES.match(cell.strip())]
    lack = [upper_first(bare(header)) for header, cell in fact.cells if NO.match(cell.strip())]
    about = quoted(fact.concept)
    wrong = [Wrong(name, f"The table does not give it {about}.", 0) for name in lack]
    if len(have) == 1 and len(lack) > 1:
        yield choice(fact, "row.matrix", f"Which of these has {about}?", have[0], wrong)
    elif len(have) > 1 and len(lack) > 1:
        n = number_word(len(have))
        yield multiple(fact, "row.matrix", f"Which {n} of these have {about}? (Choose {n}.)", have, wrong[:3])
    else:
        ask = f"{upper_first(about)}: which of {joined(sorted(have + lack), 'or')} have it?"
        doubts = () if have and lack else ("the same for all",)
        answer = joined(have) if have and lack else "All of them" if have else "None of them"
        yield basic(fact, "row.matrix", ask, answer, doubts=doubts)


def cell_question(fact: Row, world: World, column: str) -> str:
    """The question for one cell of a row."""
    told = next((c for h, c in fact.cells if h == column), "")
    header = named(column, told)
    subject, title = subject_for(fact.concept, world), world.naming.title(fact.concept)
    kind = category_noun(fact.category, header=True)
    tier = kind.lower().split()[-1:] and kind.lower().split()[-1] in _TIERS and fact.concept[1:].islower()
    sorts = fact.concept.lower() in _SORTS or _QUALITY.fullmatch(fact.concept) or tier
    if kind and kind.lower() not in _NO_KIND and sorts:
        title = f"{fact.concept} {kind}"
        subject = Subject(f"the {title}")
    if fact.category and not re.search(r"[A-Za-z]", fact.concept):
        title = f"{singular(lower_first(bare(fact.category)))} {fact.concept}"
        subject = Subject(title)
    if (WHAT.match(header) or USE.match(header)) and _TO_DO.match(told):
        return subject.ask(f"what {subject.be} {subject.words} for?")
    if WHAT.match(header) and (shape(lower_first(told)) == "verb" or is_deed(told)):
        return subject.ask(f"what {subject.do} {subject.words} do?")
    if WHAT.match(header):
        return subject.ask(f"what {subject.be} {subject.words}?")
    if USE.match(header) and shape(lower_first(told)) in ("verb", "modal"):
        return subject.ask(f"what {subject.do} {subject.words} do?")
    if USE.match(header) and re.match(r"(?:the|an?) ", told, re.IGNORECASE):
        return subject.ask(f"what {subject.be} {subject.words}?")
    if USE.match(header) and shape(lower_first(told)) == "imperative":
        return subject.ask(f"what {subject.do} {subject.words} do?")
    if USE.match(header):
        return subject.ask(f"what {subject.be} {subject.words} used for?")
    if DOES.match(header):
        return subject.ask(f"what {subject.do} {subject.words} do?")
    if WHEN_TO_USE.match(header):
        timed = bool(_WHEN.match(told)) or has_verb(told)
        asks = (
            f"when {subject.be} {subject.words} used?"
            if timed
            else f"what {subject.be} {subject.words} used for?"
        )
        return subject.ask(asks)
    label = label_of(bare(header))
    if (deed := WHAT_IT.match(header)) and deed[1].lower() not in ("is", "does"):
        return subject.ask(f"what {subject.do} {subject.words} {base_form(deed[1].lower())}?")
    if header.lower() in VERB_HEADERS:
        return subject.ask(f"what {subject.do} {subject.words} {base_form(header.lower())}?")
    if HOW.fullmatch(header):
        return subject.ask(f"how {subject.do} {subject.words} work?")
    if USED_IN.match(header):
        return subject.ask(f"where {subject.be} {subject.words} used?")
    if used := USED.match(header):
        verb = base_form(DEEDS[used[2].lower()])
        noun = label_of(used[1])
        return subject.ask(f"which {noun} {subject.do} {subject.words} {verb}?")
    if clause := WHO_DOES.match(header):
        who = "you" if clause[1].lower() == "you" else clause[1]
        do = "do" if who == "you" else "does"
        return f"With {world.naming.inside(fact.concept)}, what {do} {who} {base_form(clause[2].lower())}?"
    if header.endswith("?") or ASKS.match(header):
        return f"{upper_first(title)}: {label.rstrip('?')}?"
    of = subject.words if not subject.lead else world.naming.inside(fact.concept)
    if subject.lead and world.naming.common(fact.concept) and count_words(label) <= 3:
        whose = "their" if subject.many else "its"
        return f"{upper_first(title)}: what {'are' if plural(label) else 'is'} {whose} {label}?"
    if count_words(label) > 3:
        return f"{upper_first(title)}: which {label}?"
    if plural(label) and re.fullmatch(r"\d[\d,.]*", told.strip()):
        return f"How many {label} {subject.do} {of} have?"
    return f"What {'are' if plural(label) else 'is'} the {label} of {of}?"


def _which(fact: Row, world: World, header: str, cell: str) -> Iterator[Draft]:
    """Which row has this cell? Where two rows may have it: what is this row's?"""
    if _rivals(fact, world, header, cell):
        return
    others = _who_else(fact, world, header, cell)
    if len(others) >= FEWEST:
        kind = category_noun(fact.category, header=True)
        who = f"Which {kind}" if kind else "Which of these"
        if WHO_DOES.match(header) or WHAT_IT.match(header) or header.lower() in VERB_HEADERS:
            return
        plain = named(header, cell)
        special = any(known.match(plain) for known in (WHAT, USE, DOES, WHEN_TO_USE))
        label = label_of(plain)
        label = label if "," in cell else singular(label)
        if not special and count_words(cell) > 10:
            return
        said = quoted(cell) if count_words(cell) > 1 else cell
        if (use := _use_of(plain, cell)) and count_words(cell) <= 12:
            ask = f"{who} {use}?"
        elif special:
            ask = f"{who} does this describe: {quoted(cell)}?"
        elif HOW.fullmatch(plain):
            ask = f"{who} works like this: {quoted(cell)}?"
        elif ASKS.match(plain) or _names_nothing(plain):
            return  # none "has the where used"
        else:
            ask = f"{who} has the {label} {said}?"
        yield choice(fact, "row.which", ask, world.naming.title(fact.concept), others, item=header)
        return
    wrong = values(world, fact, cell, lambda f: _column(f, header))
    if len(wrong) >= FEWEST:
        yield choice(fact, "row.choice", cell_question(fact, world, header), cell, wrong, item=header)


_GOOD_FOR = AnyCase(r"^(?:best|good|ideal|great|suited|suitable|recommended) for$")


def _use_of(header: str, cell: str) -> str:
    """ "Best for", "small clusters" → "is best for small clusters"; "" where the cell is no noun phrase."""
    words = lower_first(bare(cell))
    if shape(words) not in ("noun", "gerund") or is_deed(cell) or has_verb(words):
        return ""
    if _GOOD_FOR.match(header):
        return f"is {header.lower()} {words}"
    if USED_IN.match(header):
        return f"is used in {words}"
    return (
        f"is used for {words}" if USE.match(header) and header.lower() not in ("scenario", "purpose") else ""
    )


def _column(fact: Fact, header: str) -> str | None:
    if not isinstance(fact, Row):
        return None
    found = next((c for h, c in fact.cells if h == header), "")
    return None if EMPTY.match(found.strip()) or is_yes_no(found) else first_of(found)[0]


def _rivals(fact: Row, world: World, header: str, cell: str) -> bool:
    """Does another row hold the same value, or nearly?"""
    mine = stems(cell)
    if not mine:
        return False
    return any(overlap(mine, stems(_column(r, header) or "")) >= 0.8 for r in world.rows_beside(fact))


def _who_else(fact: Row, world: World, header: str, cell: str) -> list[Wrong]:
    found: list[Wrong] = []
    for other in world.rows_beside(fact):
        theirs = _column(other, header)
        known = world.of(other.concept)
        elsewhere = known is not None and world.may_hold(stems(cell), known)  # said of it beside the table
        if theirs and not elsewhere and overlap(stems(cell), stems(theirs)) < 0.5:
            title = world.naming.title(other.concept)
            found.append(Wrong(title, f"{upper_first(bare(header))}: {bare(theirs)}.", 0))
        if len(found) == MOST:
            break
    return found


def matching(fact: Row, world: World) -> Iterator[Draft]:
    """Four to six rows matched to one column, made from the first row of each run of rows."""
    rows = [fact, *sorted(world.rows_beside(fact), key=lambda r: r.source.lines)]
    rows = [r for r in rows if r.source.note == fact.source.note]
    if min(rows, key=lambda r: r.source.lines) is not fact or len(rows) < 4:
        return
    for header, _ in fact.cells:
        pairs: list[tuple[str, str]] = []
        plain = named(header)
        for other in rows:
            value = _column(other, header)
            if value and count_words(value) <= 12 and all(_apart(value, right) for _, right in pairs):
                pairs.append((world.naming.title(other.concept), value))
        if len(pairs) >= 4:
            kind = category_noun(fact.category, header=True)
            left = f"each {kind}" if kind else "each name"
            label = "description" if WHAT.match(plain) else "use" if USE.match(plain) else label_of(plain)
            if header.lower() in VERB_HEADERS:
                yield match(
                    fact, "row.match", f"Match {left} to what it {header.lower()}.", pairs[:6], item=header
                )
                return
            if DOES.match(header) or WHO_DOES.match(header) or WHAT_IT.match(header):
                ask = f"Match {left} to what {_does_what(header)}."
                yield match(fact, "row.match", ask, pairs[:6], item=header)
                return
            yield match(fact, "row.match", f"Match {left} to its {singular(label)}.", pairs[:6], item=header)
            return


def _does_what(header: str) -> str:
    """ "You manage" → "you manage"; "What it does" → "it does"."""
    clause, deed = WHO_DOES.match(header), WHAT_IT.match(header)
    if clause is None:
        return f"it {deed[1].lower()}" if deed else "it does"
    return f"{'you' if clause[1].lower() == 'you' else clause[1]} {clause[2].lower()}"


def _apart(one: str, two: str) -> bool:
    a, b = stems(one), stems(two)
    return bool(a) and bool(b) and max(overlap(a, b), overlap(b, a)) < 0.5
