"""Facts of single sentences: only where the subject is named, and the verb is one of a short list.

One small function for each construct; each takes a sentence without its full stop, and gives its parts or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dp100cards.notes.words import (
    ACTION_FORMS,
    ACTIONS,
    LISTS,
    NUMBERS,
    THIRD,
    VERBS,
    is_gerund,
    is_name,
    is_plural,
)

Parts = dict[str, Any]
"""`kind`, `subject`, `value`, and what the kind's question needs beside them."""

LEAD_IN = re.compile(
    r"(?:additionally|also|however|moreover|furthermore|in addition|therefore|thus|in fact|generally|usually|typically"
    r"|basically|in general|note that|remember that|for future use|in short|today),?\s+(?=\S)",
    re.IGNORECASE,
)
STAYS = frozenset("run live occur happen reside exist work sit lie appear start begin end take".split())
"""Verbs of which it is asked where."""
CUT = re.compile(
    r"\s*(?:;|\s[–—-]\s|,? (?:because|since|so that|and thus|and therefore|whereas|while|although)\b|, (?:which|who|where|so|but|and"
    r" (?:it|they|you|we|then|this)|it|they|you|we|making|allowing|enabling|causing|mocking|leading|resulting|giving|ensuring|reducing|creating|providing|conversely|otherwise|thus|meaning|e\.g\.|i\.e\.|such as|for example|like|or you can"
    r"|or it|in order to)\b| but | and (?:it|they|you|we|can|must|will|is|are|was|were|has|have|then|run|runs|\w+ed (?:on|in|by|to|with))\b)"
)
PRONOUN = re.compile(r"(?:it|they|this|he|she)\s+(?=\w)", re.IGNORECASE)
NEGATIVE = re.compile(
    r"\b(?:not|never|neither|nor|cannot|can't|isn't|aren't|doesn't|don't|won't|no longer)\b", re.IGNORECASE
)
ADVERBS = frozenset(
    "only also usually often always typically mainly primarily commonly generally sometimes mostly currently normally "
    "automatically then just directly now still originally first specifically easily basically".split()
)
PREPOSITIONS = frozenset(
    "in on at by from to into with for as of through via between within under inside during using against".split()
)
BE = ("is", "are", "was", "were")
MODAL = ("can", "must", "should", "may", "will", "could")
FIT = frozenset(
    "useful ideal good suitable responsible perfect great well-suited best essential necessary famous similar equivalent".split()
)
NOUN_SIGN = frozenset(
    "a an the its their your his her this that these those in of to for with from on by and or as at".split()
)
WITH = frozenset("increase reduce decrease begin deal come differ suffer benefit work connect".split())
PARTICLES = frozenset("up out down off away over back".split())
DETERMINER = frozenset("a an one the another any".split())


def sentence_parts(text: str, about: str) -> Parts | None:
    """What a sentence says, if it can be asked for. `about` is what a leading "it" stands for, or nothing."""
    said = text.strip().rstrip(".!")
    said = said[match.end() :] if (match := LEAD_IN.match(said)) else said
    if not 3 <= len(said.split()) <= 45 or "?" in said or said.endswith(":"):
        return None
    for read in (_condition, _by_doing, _from_place, _in_order_to, _you_can, _beside):
        if parts := read(said):
            return parts
    return _clause(said, about)


def _condition(said: str) -> Parts | None:
    match = re.match(r"If (?!not\b)(.{8,120}?), (?:then )?(.{5,160})", said)
    if (
        not match
        or PRONOUN.match(match[1])
        or match[1].split()[0].endswith("ing")
        or not is_clause(f"X {match[1]}")
    ):
        return None
    main = CUT.split(match[2])[0]
    if re.match(r"(?:such|and|or|but|so|it is|they are)\b", main):
        return None
    if main.split()[0].lower() in ACTIONS:
        return {"kind": "condition.do", "subject": "", "clause": match[1], "modal": "should", "value": main}
    you = re.match(r"you (can|should|must|need to|have to|may|will) (.+)", main)
    if you and you[1] in ("can", "should", "must", "may"):
        return {"kind": "condition.do", "subject": "", "clause": match[1], "modal": you[1], "value": you[2]}
    return {"kind": "condition", "subject": "", "clause": match[1], "value": main}


def _by_doing(said: str) -> Parts | None:
    match = re.match(r"(By \w+ing\b.+?),? (?:you|we|one|users) can (\w+ .+)", said)
    return (
        {"kind": "means", "subject": "", "action": CUT.split(match[2])[0], "value": match[1]}
        if match
        else None
    )


def _from_place(said: str) -> Parts | None:
    match = re.match(r"(From|In|With|On|Inside|Within) ([^,]{3,60}?),? (?:you|we|users) can (\w+) (.+)", said)
    if not match or match[3].lower() not in ACTIONS or not is_name(match[2]):
        return None
    place = f"{match[1].lower()} {match[2]}"
    return {
        "kind": "place.can",
        "subject": match[2],
        "place": place,
        "action": match[3],
        "value": CUT.split(match[4])[0],
    }


def _in_order_to(said: str) -> Parts | None:
    match = re.match(
        r"(?:In order )?[Tt]o (\w+ [^,]{3,80}), (?:you (?:can |must |should |need to |have to )?)?(\w+) (.+)",
        said,
    )
    if (
        not match
        or match[2].lower() not in (ACTIONS - {"do", "make"}) | {"need"}
        or match[1].split()[0].lower() not in ACTIONS
    ):
        return None
    value = CUT.split(match[3])[0]
    return {"kind": "purpose", "subject": "", "action": match[2].lower(), "purpose": match[1], "value": value}


def _you_can(said: str) -> Parts | None:
    match = re.match(r"(?:You|We|Users|One) can (?:also |then |directly )?(\w+) (.+)", said)
    if not match or match[1].lower() not in ACTIONS:
        return None
    words = CUT.split(match[2])[0].split()
    at = next(
        (
            n
            for n, word in enumerate(words)
            if n and word in ("in", "on", "from", "with", "via", "through", "using", "by")
        ),
        0,
    )
    place = words[at + 1 :]
    if (
        not at
        or not place
        or NOUN_SIGN & {words[at - 1]}
        or {"same", "this", "it", "them", "that"} & set(place[:2])
    ):
        return None
    action = f"{match[1]} {' '.join(words[:at])}"
    place = place[
        : next(
            (n for n, word in enumerate(place) if word == "and" and {*place[n + 1 : n + 2]} & ACTIONS), None
        )
    ]
    if re.search(r"\b(?:it|them|this|these|that)\b", action):
        return None
    return {"kind": "you.can", "subject": "", "action": action, "prep": words[at], "value": " ".join(place)}


def _beside(said: str) -> Parts | None:
    """`X (1906), later led by Y`."""
    match = re.match(
        r"([A-Z][^,:;()]{2,60}?)(?: \([^)]*\))?, (?:later |first |originally |now )?(\w+) (by|in|from|for|as|on) (.+)",
        said,
    )
    if not match or not is_participle(match[2].lower()) or not is_name(match[1]):
        return None
    return _passive(match[1], "was", "", [match[2], match[3], *match[4].split()])


def _clause(said: str, about: str) -> Parts | None:
    """A subject and its verb."""
    resolved = False
    if match := PRONOUN.match(said):
        if not about:
            return None
        said, resolved = f"{about} {said[match.end() :]}", True
    said = re.sub(r"\s*\([^()]*\)(?= \w)", "", said, count=1) if "(" in said[:60] else said
    words = said.split()
    start = len(about.split()) if resolved else 1
    for at in range(start, min(len(words) - 1, 10 + start)):
        word = words[at].lower()
        if words[at - 1].lower() in NOUN_SIGN or words[at - 1].endswith((",", ":", ";")):
            continue
        stays = word in STAYS or word.removesuffix("s") in STAYS
        if word in BE or word in MODAL or ((word in VERBS or stays) and words[at + 1].lower() not in ("of", "is", "are", "and")) or word in (
            "lets", "allows", "enables", "let", "allow", "enable",
        ):  # fmt: skip
            subject = words[:at]
            while len(subject) > 1 and (
                subject[-1].lower() in ADVERBS or re.search(r"[a-z]{3}ly\Z", subject[-1])
            ):
                subject.pop()
            name = " ".join(subject)
            if not resolved and not _is_subject(name):
                return None
            rest = words[at + 1 :]
            while rest and rest[0].lower() in ADVERBS:
                rest = rest[1:]
            if not rest or NEGATIVE.search(" ".join(rest[:4])):
                return None
            read: Callable[[str, str, list[str]], Parts | None] = (
                _be if word in BE else _modal if word in MODAL else _verb
            )
            return read(name, word, rest)
    return None


def _is_subject(name: str) -> bool:
    words = name.split()
    first = words[0].lower()
    if first in ("the", "a", "an", "each", "every", "all", "any", "most", "both"):
        inner = " ".join(words[1:])
        return (
            bool(inner)
            and len(words) <= 9
            and not re.search(r"[,;:()]|\b(?:that|which|who|you|we)\b", inner)
            and first != "most"
        )
    return is_name(name) and "," not in name and ":" not in name


def _be(subject: str, verb: str, rest: list[str]) -> Parts | None:
    first = rest[0].lower()
    if passive := _passive(subject, verb, "", rest):
        return passive
    value = CUT.split(" ".join(rest))[0]
    if is_participle(first) or (" and " in subject and verb == "is") or subject.lower().startswith("the one"):
        return None
    if first in ("that", "to") and subject.lower().startswith("the "):
        return {"kind": "copula", "subject": subject, "be": verb, "value": value.removeprefix("that ")}
    if first in DETERMINER or (first in NUMBERS and "of" not in rest[1:2]):
        if first == "the" and len(rest) > 1 and rest[1].lower() in ("same", "best", "case"):
            return None
        return {"kind": "copula", "subject": subject, "be": verb, "value": value}
    if first in FIT and len(rest) > 2 and rest[1].lower() in ("for", "to", "in", "when", "if"):
        prep = rest[1].lower()
        return {
            "kind": "fit",
            "subject": subject,
            "be": verb,
            "fit": f"{rest[0]} {prep}",
            "value": " ".join(value.split()[2:]),
        }
    named = re.sub(r"\A(?:the|an?) ", "", subject.lower()).split(" of ")[0].split()
    of_property = named and (
        named[-1] in LISTS["properties"] or named[0] in ("default", "maximum", "minimum", "main", "primary")
    )
    if subject.lower().startswith("the ") and of_property and len(value.split()) <= 12:
        return {"kind": "copula", "subject": subject, "be": verb, "value": value}
    if (
        is_plural(subject)
        and verb == "are"
        and re.match(r"[\w`-]+(?: [\w`-]+){0,3}(?:, | and )", value) is None
        and len(rest) >= 4
    ):
        noun = re.match(r"([\w-]+ ){0,3}[\w-]+s (?:that|which|of|used|for|in|with|made)\b", value)
        return {"kind": "copula", "subject": subject, "be": verb, "value": value} if noun else None
    return None


def is_clause(text: str) -> bool:
    """Has a text a verb of its own, before any "that"?"""
    head = re.split(r"\b(?:that|which|who|where|whose|when)\b", text)[0].lower()
    verb = any(VERBS.get(word, ("", "", ""))[2] in ("does", "did") for word in head.split()[2:])
    return verb or bool(re.search(r"\b(?:is|are|was|were|can|will|must|should|you|we|has|have)\b", head))


def is_participle(word: str) -> bool:
    """Is a word the form of a verb that a passive is made of?"""
    return (word.endswith("ed") and len(word) > 4) or word in LISTS["participles"]


def _passive(subject: str, verb: str, modal: str, rest: list[str]) -> Parts | None:
    """A participle and its preposition: "is based on Spark", "must be registered in the workspace"."""
    word = rest[0].lower()
    if not is_participle(word):
        return None
    shared = {"subject": subject, "be": verb, "modal": modal, "participle": word}
    if word in ("called", "named") and len(rest) <= 6 and not modal:
        return {"kind": "called", **shared, "value": CUT.split(" ".join(rest[1:]))[0]}
    at = next((n for n, each in enumerate(rest[1:5], 1) if each.lower() in PREPOSITIONS), 0)
    if not at or (
        at > 1 and not all(each.lower().endswith("ly") or each.lower() in ADVERBS for each in rest[1:at])
    ):
        return None
    prep, value = rest[at].lower(), CUT.split(" ".join(rest[at + 1 :]))[0]
    if (
        not value
        or value.split()[0].lower() in ("it", "them", "this", "that", "these")
        or re.search(r"\b(?:is|are|was|were)\b", re.split(r"that|which|who", value)[0])
    ):
        return None
    if prep in ("in", "on") and re.match(r"(?:\w+ )?(?:\d{1,2}(?:st|nd|rd|th)? )?\d{3,4}\b", value):
        return {"kind": "passive.when", **shared, "value": f"{prep} {value}"}
    if prep in ("in", "on", "at", "inside", "within") and word in LISTS["places"]:
        return {"kind": "passive.where", **shared, "value": f"{prep} {value}"}
    if (prep == "by" and is_gerund(value.split()[0])) or prep == "using":
        return {"kind": "passive.how", **shared, "value": f"{prep} {value}"}
    if prep == "to" and value.split()[0].lower() in ACTIONS | set(VERBS):
        return (
            {"kind": "used.to", **shared, "value": f"to {value}"}
            if word in ("used", "designed", "needed", "required")
            else None
        )
    return {"kind": "passive", **shared, "prep": prep, "value": value}


def _modal(subject: str, modal: str, rest: list[str]) -> Parts | None:
    if rest[0].lower() == "be":
        after = [word for word in rest[1:] if word.lower() not in ADVERBS]
        return _passive(subject, "be", modal, after) if after else None
    word = rest[0].lower()
    if subject.lower() in ("you", "we"):
        return None
    if word in STAYS:
        return _where(subject, modal, word, rest[1:])
    if word not in VERBS or len(rest) < 2:
        return None
    base, prep, _ = VERBS[word]
    value = CUT.split(" ".join(rest[1:]))[0]
    if prep and not value.startswith(prep + " "):
        return None
    return {
        "kind": "modal",
        "subject": subject,
        "modal": modal,
        "verb": f"{base} {prep}".strip(),
        "value": value.removeprefix(prep).strip(),
    }


def _begins_object(rest: list[str], prep: str) -> bool:
    """May a form in -ed be a past, and no participle? Then a noun with its article, a name or a number follows."""
    first = rest[len(prep.split())] if len(rest) > len(prep.split()) else ""
    return (
        first.lower() in DETERMINER | {"the", "its", "their", "his", "her", "no", "more", "many", "all"}
        or first[:1].isupper()
        or first[:1] in '"“0123456789'
        or bool(prep)
    )


def _where(subject: str, do: str, word: str, rest: list[str]) -> Parts | None:
    """Where something runs, occurs or begins."""
    at = next(
        (
            n
            for n, each in enumerate(rest[:4])
            if each.lower() in ("in", "on", "at", "inside", "within", "between")
        ),
        None,
    )
    if at is None or any(each.lower() in NOUN_SIGN for each in rest[:at]):
        return None
    value = CUT.split(" ".join(rest[at:]))[0]
    middle = " ".join(each for each in rest[:at] if each.lower() not in ADVERBS)
    return {"kind": "where", "subject": subject, "do": do, "verb": f"{word} {middle}".strip(), "value": value}


def _verb(subject: str, word: str, rest: list[str]) -> Parts | None:
    said = " ".join(rest)
    let = re.match(r"(?:you|users|us|developers|teams|data scientists) (?:to )?(\w+) (.+)", said)
    if word.rstrip("s") in ("let", "allow", "enable"):
        if not let:
            return None
        do = "does" if word.endswith("s") else "do"
        verb = f"{word.rstrip('s')} you {'' if word.startswith('let') else 'to '}{let[1]}"
        return {"kind": "verb", "subject": subject, "do": do, "verb": verb, "value": CUT.split(let[2])[0]}
    stays = word.removesuffix("s")
    if stays in STAYS and (word not in VERBS or rest[0].lower() in ("in", "at", "within")):
        return _where(subject, "do" if word in STAYS else "does", stays, rest)
    base, prep, do = VERBS[word]
    first = rest[0].lower()
    plural = (
        is_plural(subject)
        or " and " in subject
        or subject.split()[-1].lower() in ("people", "data", "children", "men", "cells")
    )
    if (do == "do" and not plural) or (do == "did" and not _begins_object(rest, prep)):
        return None
    if first in PARTICLES and len(rest) > 1:
        rest, prep, base = rest[1:], "", f"{base} {first}"
        said, first = " ".join(rest), rest[0].lower()
    if do != "did" and not prep and base in WITH and first in ("with", "from", "for", "into", "to"):
        prep = first
    if prep and not said.startswith(prep + " "):
        return None
    rest = rest[len(prep.split()) :]
    no_object = ("to", "been", "is", "are", "and", "or", "it", "them", "by", "when", "as", "in", "on", "at")
    if (
        not rest
        or rest[0].startswith(",")
        or rest[0].lower() in no_object
        or (do == "did" and is_participle(rest[0].lower()))
        or (base == "have" and (is_participle(rest[0].lower()) or rest[0] == "become"))
    ):
        return None
    # "stores A and returns B": the object ends before the next verb.
    ends = (
        n
        for n, each in enumerate(rest[1:], 1)
        if each.lower() in (THIRD if do == "does" else ACTION_FORMS) and rest[n - 1].lower() in ("and", "or")
    )
    rest = rest[: next(ends, len(rest) + 1) - 1]
    value = CUT.split(" ".join(rest))[0].rstrip(",")
    number = re.match(rf"({'|'.join(NUMBERS)}|one|\d+) ([\w-]+(?: [\w-]+){{0,2}})\Z", value)
    if base == "have" and number and not prep:
        noun = number[2] if number[1] not in ("one", "1") else number[2] + "s"
        return {"kind": "count", "subject": subject, "do": do, "noun": noun, "value": number[1]}
    return {"kind": "verb", "subject": subject, "do": do, "verb": f"{base} {prep}".strip(), "value": value}
