"""What one sentence says, where its subject is named and its verb is one of a short list.

One function for each form of sentence; it gives the parts of a fact, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dp100cards.notes.words import (
    ACTION_FORMS,
    ACTIONS,
    LISTS,
    NUMBERS,
    THIRD,
    VERBS,
    any_of,
    is_clause,
    is_name,
    is_participle,
    is_plural,
)

Parts = dict[str, Any]
"""`kind`, `subject`, `value`, and what the kind's question needs beside them."""

LEAD_IN = re.compile(rf"\A(?:{any_of('lead-ins')}),?\s+(?=\S)", re.IGNORECASE)
CUT = re.compile(
    rf"\s*(?:;|(?<!\d)\s[–—-]\s|,? (?:{any_of('clause begins')})\b|, (?:{any_of('comma begins')})\b| but "
    rf"| and (?:{any_of('and begins')}|\w+ed (?:on|in|by|to|with))\b)"
)
"""Where the next clause begins."""
PRONOUN = re.compile(r"(?:it|they|this|he|she)\s+(?=\w)", re.IGNORECASE)
NEGATIVE = re.compile(rf"\b(?:{any_of('negative')})\b", re.IGNORECASE)
CONDITION = re.compile(r"If (?!not\b|\w+ing\b|you[’\']re\b)(.{8,120}?), (?:then )?(.{5,160})")
SHORT_CUT, MOST_SAID = 7, 25
"""Words of what something is."""
UNASKED = re.compile(r"\?|:\Z|\A(?:both|n?either|none|each (?:item|one))\b", re.IGNORECASE)
REMARK = re.compile(rf"(?:like|one of|(?:{any_of('determiners')}) (?:{any_of('remarks')}))\b")
POINTS = re.compile(
    r"[,;:()]|\b(?:that|which|who|you|we|means|helps|examples?|above|below)\b|\A(?:same|next|previous|following)\b"
)
"""What is in no subject, or refers to what is not there."""
SURE = LISTS["be"] | LISTS["modal"] | LISTS["let"]
YEAR = re.compile(r"(?:\w+ )?(?:\d{1,2}(?:st|nd|rd|th)? )?\d{3,4}(?![.\w])")
LY = re.compile(r"[a-z]{3}ly\Z")
LET = re.compile(r"(?:you|users|us|developers|teams|data scientists) (?:to )?(?:\w{2,}[^p]ly )?(\w+) (.+)")


def sentence_parts(text: str, about: str) -> Parts | None:
    """What a sentence says, if it can be asked for. `about` is what a leading "it" stands for, or nothing."""
    said = LEAD_IN.sub("", text.strip().rstrip(".!"))
    if not 3 <= len(said.split()) <= 45 or UNASKED.search(said):
        return None
    return _condition(said) or _clause(said, about)


def _cut(text: str) -> str:
    """The words up to the next clause."""
    return CUT.split(text)[0]


def _parts(kind: str, value: str, subject: str = "", **more: str) -> Parts:
    return {"kind": kind, "subject": subject, "value": value, **more}


def _condition(said: str) -> Parts | None:
    match = CONDITION.match(said)
    if not match or re.search(r"\b(?:it|they|them|this|these|that|either|both)\b", match[1]):
        return None
    clause, main = match[1], _cut(match[2])
    if clause.count("(") > clause.count(")") or " " not in clause or not main.split():
        return None
    first = main.split()[0].lower()
    verb = not THIRD.keys().isdisjoint(clause.lower().split()[1:]) or is_clause(f"X {clause} now")
    if not verb or first in THIRD or is_participle(first) or re.match(r"(?:such|when|it is)\b", main):
        return None
    if you := re.match(r"you (can|should|must|may) (.+)", main):
        return _parts("condition.do", you[2], clause=clause, modal=you[1])
    if first in ACTIONS and not SURE.intersection(main.split()[1:3]):
        return _parts("condition.do", main, clause=clause, modal="should")
    return _parts("condition", main, clause=clause)


def _clause(said: str, about: str) -> Parts | None:
    """A subject and its verb."""
    if resolved := PRONOUN.match(said):
        if not about:
            return None
        said = f"{about} {said[resolved.end() :]}"
    said = re.sub(r"\s*\([^()]*\)(?= \w)", "", said, count=1) if "(" in said[:60] else said
    words = said.split()
    start = len(about.split()) if resolved else 1
    at = next((n for n in range(start, min(len(words) - 1, 10 + start)) if _is_verb(words, n)), 0)
    subject, rest = words[:at], words[at + 1 :]
    while len(subject) > 1 and (subject[-1].lower() in LISTS["adverbs"] or LY.search(subject[-1])):
        subject.pop()
    if subject[-1:] == ["only"]:
        rest.insert(0, subject.pop())  # "only supports A" is asked as "supports only A"
    while rest and rest[0].lower() in LISTS["adverbs"]:
        rest.pop(0)
    name, word = " ".join(subject), words[at].lower()
    named = at and (len(subject) <= start if resolved else _is_subject(name))
    if not named or not rest or NEGATIVE.search(" ".join(rest[:4])):
        return None
    if word in LISTS["be"]:
        return _be(name, word, rest)
    if word not in LISTS["modal"]:
        return _verb(name, word, rest)
    if rest[0].lower() != "be":
        return None  # what something can do is one of many things
    rest = [each for each in rest[1:] if each.lower() not in LISTS["adverbs"]]
    return _passive(name, "be", word, rest) if rest else None


def _is_verb(words: Sequence[str], at: int) -> bool:
    word, before, after = words[at], words[at - 1].lower(), words[at + 1].lower()
    if before in LISTS["noun signs"] or before.endswith((",", ":", ";")):
        return False
    return word in SURE or (word in VERBS and after not in ("of", "is", "are", "and"))


def _is_subject(name: str) -> bool:
    first, _, inner = name.partition(" ")
    if first.lower() in LISTS["starts"]:
        return bool(inner) and not POINTS.search(inner) and len(inner.split()) <= 8
    known = first.lower() not in LISTS["adverbs"] | THIRD.keys()
    return known and is_name(name) and not re.search("[,:]|[–—-]$", name)


def _be(subject: str, verb: str, rest: list[str]) -> Parts | None:
    if passive := _passive(subject, verb, "", rest):
        return passive
    first, second = rest[0].lower(), rest[1].lower() if len(rest) > 1 else ""
    said, two = " ".join(rest), " and " in subject and verb == "is"
    value = _cut(said)
    another = said[len(value) :].startswith(" and ")  # "the node agent and has access to …"
    if len(value.split()) < SHORT_CUT and len(rest) <= MOST_SAID and not another:
        value = said  # "atoms of one element, but with …" is no definition without its end
    if is_participle(first) or two or REMARK.match(value) or subject.lower().startswith("the one"):
        return None
    copula = _parts("copula", value.removeprefix("that "), subject, be=verb)
    if (first in LISTS["determiners"] and len(value.split()) > 2) or (first in NUMBERS and second != "of"):
        return copula
    owned = re.match(r"the (?:.+ )?(\w+) (?:of|for) ", subject, re.IGNORECASE)
    if owned and (first in ("that", "to") or owned[1].lower() in LISTS["properties"]):
        return copula
    a_kind = re.match(r"([\w-]+ ){0,3}[\w-]+s (?:that|which|of|used|for|in|with|made)\b", value)
    listed = re.match(r"[\w`-]+(?: [\w`-]+){0,3}(?:, | and )", value)
    kinds = verb == "are" and is_plural(subject) and len(rest) >= 4
    return copula if kinds and a_kind and not listed else None


def _passive(subject: str, verb: str, modal: str, rest: list[str]) -> Parts | None:
    """A participle and its preposition: "is based on Spark", "must be registered in the workspace"."""
    word = rest[0].lower()
    if not is_participle(word):
        return None
    shared = {"subject": subject, "be": verb, "modal": modal, "participle": word}
    at = next((n for n, each in enumerate(rest[:5]) if n and each.lower() in LISTS["prepositions"]), 0)
    between = (each.lower() for each in rest[1:at])
    if not at or not all(each.endswith("ly") or each in LISTS["adverbs"] for each in between):
        return None
    prep, value = rest[at].lower(), _cut(" ".join(rest[at + 1 :]))
    start = value.split()[0].lower().strip(",") if value else "it"
    clause = re.search(r"\b(?:is|are|was|were)\b", re.split(r"that|which|who", value)[0])
    if clause or start in LISTS["vague words"]:
        return None
    if prep == "during" or (prep in ("in", "on") and YEAR.match(value)):
        return _parts("passive.when", f"{prep} {value}", **shared)
    if prep in LISTS["in place"] and word in LISTS["places"]:
        return _parts("passive.where", f"{prep} {value}", **shared)
    if prep == "to" and word in ("used", "designed", "needed", "required"):
        return _parts("used", f"to {value}", **shared)
    # What something is related to, run by or done with has many right answers.
    asked = (word, prep) in (("based", "on"), ("used", "for")) or (prep == "by" and word in LISTS["made by"])
    return _parts("passive", value, prep=prep, **shared) if asked else None


def _verb(subject: str, word: str, rest: list[str]) -> Parts | None:
    """A verb and its object."""
    first, stays = rest[0].lower(), word.removesuffix("s")
    base, prep, do = VERBS.get(word, ("", "", "do" if word == stays else "does"))
    if word in LISTS["let"]:
        let = LET.match(" ".join(rest))
        verb = f"{stays} you {'' if stays == 'let' else 'to '}{let[1]}" if let else ""
        return _parts("verb", _cut(let[2]), subject, do=do, verb=verb) if let else None
    last = subject.split()[-1].lower()
    many = is_plural(subject) or " and " in subject or last in ("people", "data", "children", "men")
    if not base or (do == "do" and not many):
        return None
    if prep and not " ".join(rest).startswith(prep + " "):
        return None
    rest = rest[len(prep.split()) :]
    first = rest[0].lower() if rest else "it"
    # "unmet needs result in …", "DNS translates names to …"
    noun = do == "does" and ((first in ACTIONS and rest[0] == first) or last in THIRD)
    if noun or first in LISTS["no object"] | SURE or first.startswith(","):
        return None
    if base == "have" and (is_participle(first) or first == "become"):
        return None
    begins = prep or first in LISTS["object begins"] or rest[0][0].isupper() or rest[0][0].isdigit()
    if do == "did" and (is_participle(first) or not begins):
        return None  # a form in -ed may be a participle
    # "stores A and returns B": the object ends before the next verb.
    forms = THIRD if do == "does" else ACTION_FORMS
    lows = [each.lower() for each in rest]
    links = (n for n, each in enumerate(lows[:-1]) if each in ("and", "or") and lows[n + 1] in forms)
    value, verb = _cut(" ".join(rest[: next(links, None)])).rstrip(","), f"{base} {prep}".strip()
    if base == "tell":
        told = re.match(r"(.{2,50}?) to (.+)", value)
        verb, value = (f"tell {told[1]} to do", told[2]) if told else ("", "")
    return _parts("verb", value, subject, do=do, verb=verb)
