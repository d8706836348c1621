"""What has changed since the notes were written: today's truth is asked, and what the notes said is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dp100cards.cards import Basic
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, joined, lower_first, sentence, upper_first
from dp100cards.first.generate.phrase import cut
from dp100cards.first.generate.stems import overlap, stems
from dp100cards.first.generate.words_of import texts
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Change, Enumeration, Fact
from dp100cards.first.notes.vocabulary import BASE

LONGEST = 22
"""Words of a question that says what the notes said."""
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_INSTEAD = re.compile(
    r"(?:^|[.;,]\s*)(?:please\s+)?(?P<act>use|using|move to|migrate to|take|[a-z]+)\s+(?P<new>[^.;]+?)"
    r"(?P<instead>\s+instead)?"
    r"(?=[.;]|$)",
    re.IGNORECASE,
)
_ENDED = AnyCase(r"\b(?:ended|is private|reached (?:its )?end of life)\b")
_THEN_USE = re.compile(r"[;.]\s+(?=(?:please\s+)?(?:use|using|move|migrate|take)\b)", re.IGNORECASE)
_USES = ("use", "using", "move to", "migrate to", "take")
_SOURCE = re.compile(r"\s*\((?:source|see|from):?\s.*\)\.?$", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:replaced by|superseded by|succeeded by|renamed (?:to|as)?|merged into|now called|became"
    r"|is now)\s+(?P<new>[^.;,]+)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:retired|deprecated|removed|discontinued|shut down|closed|no longer (?:available|supported"
    r"|exists?))\b",
    re.IGNORECASE,
)


def today(fact: Fact, world: World) -> Iterator[Draft]:
    """One card for the change: what took its place, if that is said; else what is true today."""
    change = fact.change
    if change is None:
        return
    text = _SOURCE.sub("", change.text.strip())
    ask, answer = _question(fact, text, since(month(change.date)), world)
    short, rest = cut(answer, 20)
    more = rest or text != change.text.strip() or overlap(stems(text), stems(short)) < 1
    card = Basic(
        id="",
        deck=fact.deck,
        ask=upper_first(ask),
        answer=sentence(short),
        explain=sentence(change.text) if more else "",
        shows=f"The notes said: {sentence(_old(fact))}",
        tags=tuple(dict.fromkeys(("today", fact.kind, *fact.tags))),
        source=change.source,
    )
    yield Draft(card, fact, "today.now")


def _question(fact: Fact, text: str, date: str, world: World) -> tuple[str, str]:
    """The question for a change and its answer."""
    text = bare(text)
    if not fact.concept:
        return f"“{_old(fact)}”: what has changed since{date}?", text
    title = world.naming.title(fact.concept)
    instead, gone, renamed = _instead(text), _GONE.search(text), _BY.search(text)
    if instead:
        act, what = instead
        ask = "What should you use instead?" if act in _USES else "What should you do instead?"
        answer = what if act in _USES else f"{act} {what}"
        told = _THEN_USE.split(text, maxsplit=1)
        if len(told) > 1 and gone_or_ended(told[0]) and count_words(told[0]) <= 18:
            when = "" if re.search(r"\b(?:19|20)\d\d\b", told[0]) else date
            return f"{bare(told[0])}{when}. {ask}", answer
        if gone and world.named_in(fact.concept, text[: gone.start()]) and "support for" not in text.lower():
            be = "are" if _many(fact, world) else "is"
            return f"{title} {be} no longer current{date}. {ask}", answer
        return f"{title}: {lower_first(ask).replace(' instead', ' today')[:-1]}{date}?", answer
    if renamed and stems(renamed["new"]):
        verb = "is it called" if re.search("renamed|called|became|is now", renamed[0]) else "replaced it"
        return f"{title}: what {verb} today{date}?", renamed["new"]
    return _what_is_so(fact, title, date, world), text


def _what_is_so(fact: Fact, title: str, date: str, world: World) -> str:
    """The question for a change that only says what is so: beside what the notes said, it has one answer."""
    said = _old(fact)
    asks = f"{title}: the notes said “{said}”. What is so today{date}?"
    if world.names_wholly(fact.concept, said):
        asks = f"The notes said “{said}”. What is so today{date}?"
    if count_words(asks) <= LONGEST:
        return asks
    when = f" (As of {date[2:-1]}.)" if date else ""
    return f"{title}: what has changed since the notes were written?{when}"


def gone_or_ended(text: str) -> bool:
    """Does the clause say that something is no more?"""
    return bool(_GONE.search(text) or _ENDED.search(text))


def _instead(text: str) -> tuple[str, str] | None:
    """What to use or do now: the verb and its object."""
    for found in _INSTEAD.finditer(text):
        act = found["act"].lower()
        if act in _USES or (found["instead"] and act in BASE):
            return act, found["new"]
    return None


def month(date: str) -> str:
    """ "2025-06" → "June 2025"; what is no such date comes back as it is."""
    found = re.match(r"(\d{4})-(\d{1,2})", date)
    if found and 1 <= int(found[2]) <= 12:
        return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    return date.strip()


def since(when: str) -> str:
    """The date in brackets, if there is one."""
    return f" ({when})" if when else ""


def _many(fact: Fact, world: World) -> bool:
    from dp100cards.first.generate.english import plural

    return world.naming.common(fact.concept) and plural(world.naming.inside(fact.concept))


def _old(fact: Fact) -> str:
    if isinstance(fact, Enumeration):
        return f"{bare(fact.lead)}: {joined(fact.items)}"
    said = "; ".join(text for text in texts(fact) if text)
    short, _ = cut(said, 30)
    return upper_first(bare(short)) if count_words(short) > 1 else lower_first(short)


def of_a_thing_that_is_gone(draft: Draft, change: Change) -> Draft:
    """A card about something that is retired as a whole: what it asks was so, and the card says what became of it."""
    told = f"Today{since(month(change.date))}: {sentence(_SOURCE.sub('', change.text.strip()))}"
    explain = " ".join(filter(None, (draft.card.explain, told)))
    return replace(draft, card=replace(draft.card, status="outdated", explain=explain))


def outdated(draft: Draft, change: Change) -> Draft:
    """A card for what the notes said and is no longer so: marked, with today's truth beside it, and only suggested."""
    told = f"Today{since(month(change.date))}: {sentence(change.text)}"
    card = replace(draft.card, status="outdated", explain=" ".join(filter(None, (draft.card.explain, told))))
    return replace(draft, card=card, doubts=(*draft.doubts, "no longer so"))
