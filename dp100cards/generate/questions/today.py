"""What has changed since the notes were written: today's truth is asked, and what the notes said is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dp100cards.cards import Basic
from dp100cards.generate.draft import Draft
from dp100cards.generate.english import bare, count_words, lower_first, sentence, upper_first
from dp100cards.generate.phrase import cut
from dp100cards.generate.stems import overlap, stems
from dp100cards.generate.words_of import texts
from dp100cards.generate.world import World
from dp100cards.notes.facts import Change, Fact

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
    r"(?:^|[.;,]\s*)(?:please\s+)?(?:use|using|move to|migrate to"
    r"|take)\s+(?P<new>[^.;]+?)(?:\s+instead)?(?:[.;]|$)",
    re.IGNORECASE,
)
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
    ask, answer = _question(fact, change, world)
    short, rest = cut(answer, 20)
    told = sentence(change.text)
    more = rest or overlap(stems(told), stems(short)) < 1
    card = Basic(
        id="",
        deck=fact.deck,
        ask=upper_first(ask),
        answer=sentence(short),
        explain=told if more else "",
        shows=f"The notes said: {sentence(_old(fact))}",
        tags=tuple(dict.fromkeys(("today", fact.kind, *fact.tags))),
        source=change.source,
    )
    yield Draft(card, fact, "today.now")


def _question(fact: Fact, change: Change, world: World) -> tuple[str, str]:
    """The question for a change and its answer."""
    text, date = bare(change.text), since(month(change.date))
    if not fact.concept:
        return f"“{_old(fact)}”: what is true today{date}?", text
    title = world.naming.title(fact.concept)
    successor, renamed = _INSTEAD.search(text), _BY.search(text)
    if successor and _GONE.search(text[: successor.start()] or text):
        be = "are" if _many(fact, world) else "is"
        return f"{title} {be} no longer current{date}. What should you use instead?", successor["new"]
    if renamed and stems(renamed["new"]):
        verb = "is it called" if re.search("renamed|called|became|is now", renamed[0]) else "replaced it"
        return f"{title}: what {verb} today{date}?", renamed["new"]
    return f"{title}: what is true today{date}, other than in the first notes?", text


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
    from dp100cards.generate.english import plural

    return world.naming.common(fact.concept) and plural(world.naming.inside(fact.concept))


def _old(fact: Fact) -> str:
    said = "; ".join(text for text in texts(fact) if text)
    short, _ = cut(said, 30)
    return upper_first(bare(short)) if count_words(short) > 1 else lower_first(short)


def outdated(draft: Draft, change: Change) -> Draft:
    """A card for what the notes said and is no longer so: marked, with today's truth beside it, and only suggested."""
    told = f"Today{since(month(change.date))}: {sentence(change.text)}"
    card = replace(draft.card, status="outdated", explain=" ".join(filter(None, (draft.card.explain, told))))
    return replace(draft, card=card, doubts=(*draft.doubts, "no longer so"))
