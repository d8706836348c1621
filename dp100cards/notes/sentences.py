"""Facts of single sentences: only where the subject is named, and the verb is one of a short list.

One small function for each construct; each takes a sentence without its full stop, and gives its parts or nothing.
"""

from __future__ import annotations

import re
from typing import Any

from dp100cards.notes.words import (
    ACTION_FORMS,
    ACTIONS,
    LISTS,
    NUMBERS,
    THIRD,
    VERBS,
    is_clause,
    is_gerund,
    is_name,
    is_participle,
    is_plural,
)

Parts = dict[str, Any]
"""`kind`, `subject`, `value`, and what the kind's question needs beside them."""

LEAD_IN = re.compile(
    r"(?:additionally|also|however|moreover|furthermore|in addition|therefore|thus|in fact|generally|usually|typically"
    r"|basically|in general|note that|remember that|for future use|in short|today),?\s+(?=\S)",
    re.IGNORECASE,
)
STAYS = LISTS["stays"]
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
ADVERBS = LISTS["adverbs"]
PREPOSITIONS = LISTS["prepositions"]
BE = frozenset("is are was were".split())
MODAL = frozenset("can must should may will could".split())
LET = frozenset("let lets allow allows enable enables".split())
IN_PLACE = frozenset("in on at inside within".split())
MEANS = frozenset("in on from with via through using by".split())
VAGUE = frozenset("it them this that these those me us same".split())
NO_OBJECT = frozenset("to been is are and or it them by when as in on at".split())
OBJECT_SIGN = LISTS["determiners"] | {"the", "its", "their", "his", "her", "no", "more", "many", "all"}
ARTICLES = frozenset("the a an each every all any both".split())
FIT = LISTS["fit"]
NOUN_SIGN = LISTS["noun signs"]
WITH = LISTS["with"]
PARTICLES = LISTS["particles"]
DETERMINER = LISTS["determiners"]


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


def _cut(text: str) -> str:
    """The words up to the next clause."""
    return CUT.split(text)[0]


def _parts(kind: str, value: str, subject: str = "", **more: str) -> Parts:
    return {"kind": kind, "subject": subject, "value": value, **more}


def _first(words: list[str], signs: frozenset[str], start: int = 0) -> int:
    """The place of the first of some words, or -1."""
    return next((n for n, word in enumerate(words[start:], start) if word.lower() in signs), -1)


def _condition(said: str) -> Parts | None:
    match = re.match(r"If (?!not\b|\w+ing\b)(.{8,120}?), (?:then )?(.{5,160})", said)
    if not match or re.search(r"\b(?:it|they|them|this|these|that)\b", match[1]):
        return None
    clause, main = match[1], _cut(match[2])
    verbs = is_clause(f"X {clause}") or set(clause.lower().split()[1:]) & ACTION_FORMS
    if not verbs or re.match(r"(?:such|and|or|but|so|it is|they are)\b", main):
        return None
    if main.split()[0].lower() in ACTIONS:
        return _parts("condition.do", main, clause=clause, modal="should")
    if you := re.match(r"you (can|should|must|may) (.+)", main):
        return _parts("condition.do", you[2], clause=clause, modal=you[1])
    return _parts("condition", main, clause=clause)


def _by_doing(said: str) -> Parts | None:
    match = re.match(r"(By \w+ing\b.+?),? (?:you|we|one|users) can (\w+ .+)", said)
    return _parts("means", match[1], action=_cut(match[2])) if match else None


def _from_place(said: str) -> Parts | None:
    match = re.match(r"(From|In|With|On|Inside|Within) ([^,]{3,60}?),? (?:you|we|users) can (\w+) (.+)", said)
    if not match or match[3].lower() not in ACTIONS or not is_name(match[2]):
        return None
    place = f"{match[1].lower()} {match[2]}"
    return _parts("place.can", _cut(match[4]), match[2], place=place, action=match[3])


def _in_order_to(said: str) -> Parts | None:
    you = r"(?:you (?:can |must |should |need to |have to )?)?"
    match = re.match(rf"(?:In order )?[Tt]o ((\w+) [^,]{{3,80}}), {you}(\w+) (.+)", said)
    if (
        not match
        or match[2].lower() not in ACTIONS
        or match[3].lower() not in (ACTIONS - {"do", "make"}) | {"need"}
    ):
        return None
    return _parts("purpose", _cut(match[4]), action=match[3].lower(), purpose=match[1])


def _you_can(said: str) -> Parts | None:
    match = re.match(r"(?:You|We|Users|One) can (?:also |then |directly )?(\w+) (.+)", said)
    if not match or match[1].lower() not in ACTIONS:
        return None
    words = _cut(match[2]).split()
    at = _first(words, MEANS, 1)
    place = words[at + 1 :]
    if at < 1 or not place or words[at - 1] in NOUN_SIGN or VAGUE & {*place[:2], *words[:at]}:
        return None
    ends = (n for n, word in enumerate(place[:-1]) if word == "and" and place[n + 1] in ACTIONS)
    value = " ".join(place[: next(ends, None)])
    return _parts("you.can", value, action=" ".join([match[1], *words[:at]]), prep=words[at])


def _beside(said: str) -> Parts | None:
    """`X (1906), later led by Y`."""
    adverb = r"(?:later |first |originally |now )?"
    match = re.match(
        rf"([A-Z][^,:;()]{{2,60}}?)(?: \([^)]*\))?, {adverb}(\w+) (by|in|from|for|as|on) (.+)", said
    )
    if not match or not is_participle(match[2].lower()) or not is_name(match[1]):
        return None
    return _passive(match[1], "was", "", [match[2], match[3], *match[4].split()])


def _clause(said: str, about: str) -> Parts | None:
    """A subject and its verb."""
    resolved = PRONOUN.match(said)
    if resolved:
        if not about:
            return None
        said = f"{about} {said[resolved.end() :]}"
    said = re.sub(r"\s*\([^()]*\)(?= \w)", "", said, count=1) if "(" in said[:60] else said
    words = said.split()
    start = len(about.split()) if resolved else 1
    for at in range(start, min(len(words) - 1, 10 + start)):
        word, before = words[at].lower(), words[at - 1]
        if before.lower() in NOUN_SIGN or before.endswith((",", ":", ";")):
            continue
        verb = (word in VERBS or word.removesuffix("s") in STAYS) and words[at + 1].lower() not in (
            "of",
            "is",
            "are",
            "and",
        )
        if not (verb or word in BE or word in MODAL or word in LET):
            continue
        subject, rest = words[:at], words[at + 1 :]
        while len(subject) > 1 and (
            subject[-1].lower() in ADVERBS or re.search(r"[a-z]{3}ly\Z", subject[-1])
        ):
            subject.pop()
        while rest and rest[0].lower() in ADVERBS:
            rest = rest[1:]
        name = " ".join(subject)
        if not (resolved or _is_subject(name)) or not rest or NEGATIVE.search(" ".join(rest[:4])):
            return None
        return (_be if word in BE else _modal if word in MODAL else _verb)(name, word, rest)
    return None


def _is_subject(name: str) -> bool:
    first, _, inner = name.partition(" ")
    if first.lower() in ARTICLES:
        clean = not re.search(r"[,;:()]|\b(?:that|which|who|you|we)\b", inner)
        return bool(inner) and clean and len(inner.split()) <= 8
    return is_name(name) and "," not in name and ":" not in name


def _be(subject: str, verb: str, rest: list[str]) -> Parts | None:
    if passive := _passive(subject, verb, "", rest):
        return passive
    first, low, value = rest[0].lower(), subject.lower(), _cut(" ".join(rest))
    if is_participle(first) or (" and " in subject and verb == "is") or low.startswith("the one"):
        return None
    copula = _parts("copula", value.removeprefix("that "), subject, be=verb)
    if first in ("that", "to") and low.startswith("the "):
        return copula
    if first in DETERMINER or (first in NUMBERS and "of" not in rest[1:2]):
        return (
            None if first == "the" and rest[1:2] and rest[1].lower() in ("same", "best", "case") else copula
        )
    if first in FIT and len(rest) > 2 and rest[1].lower() in ("for", "to", "in", "when", "if"):
        fit = f"{rest[0]} {rest[1].lower()}"
        return _parts("fit", " ".join(value.split()[2:]), subject, be=verb, fit=fit)
    named = re.sub(r"\A(?:the|an?) ", "", low).split(" of ")[0].split()
    known = named and (
        named[-1] in LISTS["properties"] or named[0] in ("default", "maximum", "minimum", "main", "primary")
    )
    if low.startswith("the ") and known and len(value.split()) <= 12:
        return copula
    a_kind = re.match(r"([\w-]+ ){0,3}[\w-]+s (?:that|which|of|used|for|in|with|made)\b", value)
    listed = re.match(r"[\w`-]+(?: [\w`-]+){0,3}(?:, | and )", value)
    return (
        copula if is_plural(subject) and verb == "are" and a_kind and not listed and len(rest) >= 4 else None
    )


def _passive(subject: str, verb: str, modal: str, rest: list[str]) -> Parts | None:
    """A participle and its preposition: "is based on Spark", "must be registered in the workspace"."""
    word = rest[0].lower()
    if not is_participle(word):
        return None
    shared = {"subject": subject, "be": verb, "modal": modal, "participle": word}
    if word in ("called", "named") and len(rest) <= 6 and not modal:
        return _parts("called", _cut(" ".join(rest[1:])), **shared)
    at = _first(rest[:5], PREPOSITIONS, 1)
    if at < 1 or any(not each.lower().endswith("ly") and each.lower() not in ADVERBS for each in rest[1:at]):
        return None
    prep, value = rest[at].lower(), _cut(" ".join(rest[at + 1 :]))
    start = value.split()[0].lower() if value else "it"
    if start in VAGUE - {"same"} or re.search(
        r"\b(?:is|are|was|were)\b", re.split(r"that|which|who", value)[0]
    ):
        return None
    if prep in ("in", "on") and re.match(r"(?:\w+ )?(?:\d{1,2}(?:st|nd|rd|th)? )?\d{3,4}\b", value):
        return _parts("passive.when", f"{prep} {value}", **shared)
    if prep in IN_PLACE and word in LISTS["places"]:
        return _parts("passive.where", f"{prep} {value}", **shared)
    if (prep == "by" and is_gerund(start)) or prep == "using":
        return _parts("passive.how", f"{prep} {value}", **shared)
    if prep == "to" and (start in ACTIONS or start in VERBS):
        used = word in ("used", "designed", "needed", "required")
        return _parts("used.to", f"to {value}", **shared) if used else None
    return _parts("passive", value, prep=prep, **shared)


def _modal(subject: str, modal: str, rest: list[str]) -> Parts | None:
    word = rest[0].lower()
    if word == "be":
        after = [each for each in rest[1:] if each.lower() not in ADVERBS]
        return _passive(subject, "be", modal, after) if after else None
    if word in STAYS:
        return _where(subject, modal, word, rest[1:])
    if word not in VERBS or len(rest) < 2:
        return None
    base, prep, _ = VERBS[word]
    value = _cut(" ".join(rest[1:]))
    if prep and not value.startswith(prep + " "):
        return None
    return _parts(
        "modal", value.removeprefix(prep).strip(), subject, modal=modal, verb=f"{base} {prep}".strip()
    )


def _begins_object(rest: list[str], prep: str) -> bool:
    """May a form in -ed be a past, and no participle? Then a noun with its article, a name or a number follows."""
    first = (rest[len(prep.split()) :] or [""])[0]
    return bool(prep) or first.lower() in OBJECT_SIGN or first[:1].isupper() or first[:1] in '"“0123456789'


def _where(subject: str, do: str, word: str, rest: list[str]) -> Parts | None:
    """Where something runs, occurs or begins."""
    at = _first(rest[:4], IN_PLACE | {"between"})
    if at < 0 or any(each.lower() in NOUN_SIGN for each in rest[:at]):
        return None
    middle = " ".join(each for each in rest[:at] if each.lower() not in ADVERBS)
    return _parts("where", _cut(" ".join(rest[at:])), subject, do=do, verb=f"{word} {middle}".strip())


def _verb(subject: str, word: str, rest: list[str]) -> Parts | None:
    said, first, stays = " ".join(rest), rest[0].lower(), word.removesuffix("s")
    if word in LET:
        let = re.match(r"(?:you|users|us|developers|teams|data scientists) (?:to )?(\w+) (.+)", said)
        verb = f"{stays} you {'' if stays == 'let' else 'to '}{let[1]}" if let else ""
        return (
            _parts("verb", _cut(let[2]), subject, do="do" if word == stays else "does", verb=verb)
            if let
            else None
        )
    if stays in STAYS and (word not in VERBS or first in ("in", "at", "within")):
        return _where(subject, "do" if word in STAYS else "does", stays, rest)
    base, prep, do = VERBS[word]
    plural = (
        is_plural(subject)
        or " and " in subject
        or subject.split()[-1].lower() in ("people", "data", "children", "men")
    )
    if (do == "do" and not plural) or (do == "did" and not _begins_object(rest, prep)):
        return None
    if first in PARTICLES and len(rest) > 1:
        rest, prep, base = rest[1:], "", f"{base} {first}"
    elif do != "did" and not prep and base in WITH and first in ("with", "from", "for", "into", "to"):
        prep = first
    if prep and not " ".join(rest).startswith(prep + " "):
        return None
    rest = rest[len(prep.split()) :]
    first = rest[0].lower() if rest else "it"
    if (
        first in NO_OBJECT
        or first.startswith(",")
        or (do == "does" and first in ACTIONS and rest[0] == first)
    ):
        return None  # also a plural noun before its verb: "unmet needs result in …"
    if (do == "did" or base == "have") and (is_participle(first) or first == "become"):
        return None
    # "stores A and returns B": the object ends before the next verb.
    forms = THIRD if do == "does" else ACTION_FORMS
    ends = (
        n for n, each in enumerate(rest[1:]) if each.lower() in forms and rest[n].lower() in ("and", "or")
    )
    value = _cut(" ".join(rest[: next(ends, None)])).rstrip(",")
    number = re.match(rf"({'|'.join(NUMBERS)}|one|\d+) ([\w-]+(?: [\w-]+){{0,2}})\Z", value)
    if base == "have" and number and not prep:
        noun = number[2] if number[1] not in ("one", "1") else number[2] + "s"
        return _parts("count", number[1], subject, do=do, noun=noun)
    return _parts("verb", value, subject, do=do, verb=f"{base} {prep}".strip())
