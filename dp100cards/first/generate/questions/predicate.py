"""What is said of something, turned into the question for it: "stores metrics" → "What does it store?"."""

from __future__ import annotations

import re

from dp100cards.first.generate.english import (
    ARTICLES,
    bare,
    base_form,
    head_noun,
    is_third_person,
    lower_first,
)
from dp100cards.first.generate.phrase import object_of
from dp100cards.first.generate.questions.asked import Asked, Subject, asked, is_object
from dp100cards.first.generate.questions.copula import IN_ORDER, PLACES, copula
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.vocabulary import (
    ADJECTIVES,
    AUXILIARIES,
    BASE,
    LIGHT_VERBS,
    PREPOSITIONS,
    SENTENCE_ADVERBS,
    SMALL_WORDS,
)

_LEAVE = re.compile(
    r"^(lets?|allows?|enables?|helps?)"
    r" (you|us|users|developers|data scientists|teams|organizations|customers|applications)"
    r" (to )?([\"“]?[a-z]\S* .+)$",
    re.IGNORECASE,
)
_LETS = re.compile(r"^(lets?) ((?:[A-Z0-9]\S* ){1,4})([a-z]+ .+)$")
_MAKES = re.compile(
    r"^makes? it (easy|easier|possible|simple|simpler|harder|faster|cheaper) (?:for \w+ )?to (.+)$"
)
_TELLS = re.compile(
    r"^(tells?|shows?|teach|teaches) ((?:\S+ ){0,4}?\S+) ((?:how|where|what|when|which|whether) .+)$"
)
_ORDERS = re.compile(
    r"^(tells?|asks?|requires?|forces?|instructs?|causes?|allows?|enables?|helps?) (?:for )?((?:\S+ ){1,6}?)"
    r"to ([a-z]+ .+)$"
)
_ASKS = re.compile(r"\b(?:where|how|when|what|which|why|whether)\s*$")
_LIGHT = stems(" ".join(LIGHT_VERBS))
_WHEN = re.compile(r"^(?:during|before|after|until|while) .+$")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    r"(?P<date>(?:the )?(?:early |mid-|late |end of |\d{1,2}(?:st|nd|rd|th)? )*"
    rf"(?:{_MONTH}(?: \d{{1,2}})?,?(?: \d{{4}})?|1[0-9]\d\ds?|20\d\ds?|\d{{1,2}}(?:st|nd|rd|th) century))"
    r"(?P<rest> (?:by|to|in|at|with|as) .+)?"
)
"""A date, and who or where after it: "1972 by Nixon"."""
_TIMES = re.compile(
    r"(?:(?:about|up to|at least|at most|only) )?(?:once|twice|[\d.,]+(?:(?: to |-|–)[\d.,]+)? times)\b.*"
)
"""How often something happens."""
_SHIFTED = (PREPOSITIONS | {"like"}) - {"without", "of", "as", "before", "after", "during"}
_MEANT = frozenset(
    "used required allowed configured designed meant supposed expected able intended needed permitted set said able"
    " forced made known likely free ready about going work try want need seek aim".split()
)
"""What stands before "to do" where the deed is no purpose: "used to", "required to"."""


def subject_for(concept: str, world: World) -> Subject:
    """The concept as a subject: "a datastore", or "Feature store: … it" where its article is not known."""
    name = world.naming.subject(concept)
    many = world.naming.many(concept)
    if name:
        return Subject(name, many=many)
    return Subject("they" if many else "it", f"{world.naming.title(concept)}: ", many)


_ADVERBS = SENTENCE_ADVERBS | {"both"}


def question_for(subject: Subject, verb: str, obj: str, *, person: bool = False) -> Asked | None:
    """The question whose answer is the object; None where verb and object fit no frame."""
    verb, obj = lower_first(verb.strip()), IN_ORDER.sub("to ", obj.strip())
    parts = [w for w in verb.split() if w not in _ADVERBS]
    if not parts or "not" in parts or parts[-1].endswith("ly") or re.search(r"n't|cannot", verb):
        return None
    if parts in (["is", "to"], ["are", "to"]) or (parts in (["is"], ["are"]) and re.match(r"to [a-z]", obj)):
        deed = obj.removeprefix("to ")
        return (
            asked(subject.ask(f"what {parts[0]} {subject.words}?"), f"to {deed}")
            if deed.split()[0] in BASE
            else None
        )
    if parts in (["help"], ["helps"]) and shape(obj) == "imperative":
        return asked(subject.ask(f"what {subject.do} {subject.words} help to do?"), obj)
    special = _special(subject, " ".join(parts), obj)
    if special:
        return special
    obj, parts = _shift_prepositions(obj, parts)
    if len(parts) > 1 and parts[-1] == "about" and obj[:1].isdigit():
        obj, parts = f"about {obj}", parts[:-1]
    if parts[-1] in ("in", "on", "by", "since", "until") and (dated := _DATE.fullmatch(obj)):
        return _dated(subject, parts, dated)
    parts, obj = _idiom(parts, obj)
    if parts[0] in AUXILIARIES:
        return _with_auxiliary(subject, parts, obj, person=person)
    if not is_object(obj) or parts[0] in ("do", "does", "did"):
        return None
    if not (is_third_person(parts[0]) or subject.many or person or parts[0] in BASE):
        return None
    if parts[-1] == "to" or re.match(r"to [a-z]", obj):
        return _to_do(subject, parts, obj)
    base = base_form(parts[0]) if is_third_person(parts[0]) else parts[0]
    if base == "work" and parts[1:] == ["by"]:
        return asked(subject.ask(f"how {subject.do} {subject.words} work?"), f"by {obj}", "how")
    if _TIMES.fullmatch(obj):
        acts = " ".join([base, *parts[1:]])
        return Asked(subject.ask(f"how often {subject.do} {subject.words} {acts}?"), obj, rule="how-often")
    if base == "have" and len(parts) == 1 and (kind := _kind_of(obj)):
        return asked(subject.ask(f"what kind of {kind} {subject.do} {subject.words} have?"), obj)
    if person and not stems(" ".join([base, *parts[1:]])) - _LIGHT:
        return None
    rest = " ".join([base, *parts[1:]])
    return asked(subject.ask(f"what {subject.do} {subject.words} {rest}?"), obj)


def _dated(subject: Subject, parts: list[str], dated: re.Match[str]) -> Asked | None:
    """ "was signed in", "1972 by Nixon" → "When was it signed by Nixon?"; a verb in the past has no such question."""
    *verb, preposition = parts
    if verb and verb[0] in AUXILIARIES and len(verb) > 1:
        be = {"is": subject.be, "are": subject.be}.get(verb[0], verb[0])
        ask = f"when {be} {subject.words} {' '.join(verb[1:])}{dated['rest'] or ''}?"
    elif len(verb) == 1 and is_third_person(verb[0]):
        ask = f"when {subject.do} {subject.words} {base_form(verb[0])}{dated['rest'] or ''}?"
    else:
        return None
    return Asked(subject.ask(ask), f"{preposition} {dated['date']}", rule="when")


_DOES = re.compile(
    r"(?:control|access|manage|limit|monitor|secure|check|test|support|update|store) (?:the|an?|access|your)\b"
)
"""A deed whose verb is a noun as well."""
_A_TIME = re.compile(
    r"(?:the )?(?:very )?(?:end|beginning|start|outset|time|moment) of\b|(?:an? |the )?(?:[\w-]+ )?schedule\b"
)
_BY = ("by", "with", "through", "using", "via")
_DEED = re.compile(r"[\w-]+ing\b")
"""By what is done: "by splitting the data"; "by the SDK" says who does it."""
_DONE = re.compile(
    r"\b(?:done|made|achieved|implemented|performed|accomplished|computed|calculated|carried out|obtained|realized"
    r"|realised|reached|ensured|improved|reduced|prevented|avoided|solved|measured|estimated) \w+$"
)
"""What one does in some way: "How can it be achieved?" and not "What can it be achieved by?"."""
_IDIOM = re.compile(
    r"^(track of|place (?:in|on|at|before|after|during|when)|part in|care of|advantage of|use of|rise to|access to"
    r"|rid of|control of|(?:precedence|priority|control) over|(?:a|an|the)(?: \w+)? (?:role|part) in) (?=\S)"
)
_OPEN_VERBS = frozenset(
    "keep keeps take takes make makes give gives play plays have has get gets gain gains lose loses".split()
)
"""Verbs that with the noun behind them say one thing: "keep track of"."""


def _idiom(parts: list[str], obj: str) -> tuple[list[str], str]:
    """ "keep", "track of the offsets" → "keep track of", "the offsets"."""
    found = _IDIOM.match(obj) if parts[-1] in _OPEN_VERBS else None
    return ([*parts, *found[1].split()], obj[found.end() :]) if found else (parts, obj)


def _to_do(subject: Subject, parts: list[str], obj: str) -> Asked | None:
    """ "helps", "to find errors" → "What does it help to do?"; nothing where no deed follows."""
    deed = obj.removeprefix("to ")
    verb = " ".join(p for p in parts if p != "to")
    if deed.split()[0] not in BASE or verb.split()[0] not in (
        "helps",
        "help",
        "serves",
        "serve",
        "aims",
        "tries",
        "tends",
    ):
        return None
    base = base_form(verb) if is_third_person(verb) else verb
    return asked(subject.ask(f"what {subject.do} {subject.words} {base} to do?"), deed)


_BEFORE_NOUN = ARTICLES | {"some", "its", "their"}


def _kind_of(obj: str) -> str:
    """ "a user-friendly portal" → "portal": asked by its head, what something has is no guess among all that it has."""
    words = re.sub(r"^((?:an? )?[a-z-]+), (?=[a-z-]+ [a-z])", r"\1 ", bare(obj)).split()
    words = object_of(" ".join(words))[0].split()
    if words and words[0].lower() in _BEFORE_NOUN:
        words = words[1:]
    head = head_noun(" ".join(words))
    if {"already", "there", "here"} & set(words) or head.endswith("ed") or head in SMALL_WORDS:
        return ""
    at = words.index(head) if head in words else 0
    return (
        head if at and len(head) > 3 and head.islower() and all(w[:1].isalpha() for w in words[:at]) else ""
    )


def _special(subject: Subject, verb: str, obj: str) -> Asked | None:
    said = f"{verb} {re.split(r' and to (?=[a-z])', obj)[0]}"
    if leave := _LEAVE.match(said):
        base = base_form(leave[1].lower()) if leave[1].lower().endswith("s") else leave[1].lower()
        to = f"{leave[2]} to" if leave[3] and base != "help" else leave[2]
        return asked(subject.ask(f"what {subject.do} {subject.words} {base} {to} do?"), leave[4])
    if (named := _LETS.match(said)) and named[3].split()[0] in BASE:
        return asked(subject.ask(f"what {subject.do} {subject.words} let {named[2].strip()} do?"), named[3])
    if makes := _MAKES.match(said):
        return asked(subject.ask(f"what {subject.do} {subject.words} make {makes[1]}?"), f"to {makes[2]}")
    if told := _TELLS.match(said):
        base = base_form(told[1]) if told[1].endswith("s") else told[1]
        return asked(subject.ask(f"what {subject.do} {subject.words} {base} {told[2]}?"), told[3])
    if (
        (orders := _ORDERS.match(said))
        and stems(orders[2])
        and not _ASKS.search(orders[2])
        and _is_deed(orders[3])
    ):
        base = base_form(orders[1]) if orders[1].endswith("s") else orders[1]
        return asked(
            subject.ask(f"what {subject.do} {subject.words} {base} {orders[2].strip()} to do?"), orders[3]
        )
    return None


def _is_deed(text: str) -> bool:
    """ "span regions" is one, "services in the cluster" is none."""
    first = text.split()[0].lower()
    return first in BASE or not (first.endswith("s") or first in SMALL_WORDS or first in ADJECTIVES)


def _shift_prepositions(obj: str, parts: list[str]) -> tuple[str, list[str]]:
    """ "runs", "on Linux" → "runs on", "Linux"."""
    words = obj.split()
    of = words[:1] == ["of"] and parts[-1] in ("consists", "consist", "composed", "made", "capable", "aware")
    if len(words) > 1 and (of or words[0] in _SHIFTED) and words[1] != "time":
        return " ".join(words[1:]), [*parts, words[0]]
    return obj, parts


_FORM = re.compile(
    r"(?:(?:the |an? )?(?:[\w-]+ ){0,3}?(?:JSON|XML|YAML|CSV|HTML|HCL|Parquet|Avro|binary|plain text|ASCII|Markdown"
    r"|Python|Java|SQL)(?: (?:format|files?|syntax|documents?))?|(?:an? |the )?(?:[\w-]+ ){0,3}(?:language|format)"
    r"(?: called [^,.;]+)?)(?=$|[,.;(]| (?:and|with|using|by|as)\b)"
)
"""A language or a format: what is written in one is not written at a place."""


_AIM = re.compile(
    r"(?<=\w) to (?:[a-z]+ly )?(?:ensure|allow|make|route|provide|help|store|run|manage|prevent|enable)\b"
)
"""What somebody does it for, behind who does it: "reviewed by the board to ensure quality"."""


def _with_auxiliary(subject: Subject, parts: list[str], obj: str, *, person: bool) -> Asked | None:
    first, rest = parts[0], " ".join(parts[1:])
    first = subject.be if first in ("is", "are") else first
    if not rest:
        return copula(subject, first, obj) if first in ("is", "are") else None
    if parts[-1] == "in" and obj.startswith("order to "):
        return asked(subject.ask(f"why {first} {subject.words} {rest.removesuffix(' in')}?"), obj[6:], "why")
    does = shape(obj) == "imperative" or _DOES.match(obj)
    if parts[-1] == "to" and does and parts[-2] not in _MEANT:
        return asked(
            subject.ask(f"why {first} {subject.words} {rest.removesuffix(' to')}?"), f"to {obj}", "why"
        )
    if parts[-1] == "to" and shape(obj) == "imperative":
        return asked(subject.ask(f"what {first} {subject.words} {rest} do?"), obj)
    if parts[-1] in ("during", "before", "after", "until"):
        obj, rest = f"{parts[-1]} {obj}", " ".join(parts[1:-1])
    if when := _WHEN.match(obj):
        return asked(subject.ask(f"when {first} {subject.words} {rest}?"), when[0])
    if not is_object(obj):
        return None
    if (place := PLACES.search(rest)) and (form := _FORM.match(obj)) and place[1] == "in":
        kind = "language" if "language" in obj.lower() else "format"
        without = rest[: place.end() - 3].strip()
        return Asked(
            subject.ask(f"in which {kind} {first} {subject.words} {without}?"),
            form[0].rpartition(" called ")[2],
            obj[form.end() :].strip(),
        )
    if place and _A_TIME.match(obj):
        without = rest[: place.start(1)].strip()
        return asked(subject.ask(f"when {first} {subject.words} {without}?"), f"{place[1]} {obj}", "when")
    if place and re.match(r"(?:creation|start|runtime|boot|once|the same time)\b", obj):
        return None
    if place:
        without = rest[: place.start(1)].strip()
        return asked(subject.ask(f"where {first} {subject.words} {without}?"), f"{place[1]} {obj}", "where")
    if person and not stems(rest) - _LIGHT:
        return None
    if parts[-1] == "by" and (aim := _AIM.search(obj)):
        return asked(subject.ask(f"what {first} {subject.words} {rest}?"), obj[: aim.start()])
    if parts[-1] in _BY and _DONE.search(rest) and (parts[-1] != "by" or _DEED.match(obj)):
        by = f"{parts[-1]} {obj}"
        return asked(subject.ask(f"how {first} {subject.words} {rest.rpartition(' ')[0]}?"), by, "how")
    passive = parts[-1] not in PREPOSITIONS and (first in ("is", "are", "was", "were") or "be" in parts)
    if passive:
        return None
    return asked(subject.ask(f"what {first} {subject.words} {rest}?"), obj)
