"""What one line says: sentences, and the shapes of terms, lists, arrows, contrasts and abbreviations.

Only where the subject is named, and the verb is one of a short list. Each reader gives the parts of a fact, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dp100cards.notes.inline import bare, masked
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
    r"\A(?:additionally|also|however|moreover|furthermore|in addition|therefore|thus|in fact|generally|usually|typically"
    r"|basically|in general|note that|remember that|for future use|in short|today),?\s+(?=\S)",
    re.IGNORECASE,
)
CUT = re.compile(
    r"\s*(?:;|\s[–—-]\s|,? (?:because|since|so that|and thus|and therefore|whereas|while|although)\b"
    r"|, (?:which|who|where|so|but|and (?:it|they|you|we|then|this)|it|they|you|we|making|allowing|enabling|causing"
    r"|mocking|leading|resulting|giving|ensuring|reducing|creating|providing|conversely|otherwise|thus|meaning|e\.g\."
    r"|i\.e\.|such as|for example|like|or you can|or it|in order to)\b| but "
    r"| and (?:it|they|you|we|can|must|will|is|are|was|were|has|have|then|run|runs|\w+ed (?:on|in|by|to|with))\b)"
)
"""Where the next clause begins."""
PRONOUN = re.compile(r"(?:it|they|this|he|she)\s+(?=\w)", re.IGNORECASE)
NEGATIVE = re.compile(
    r"\b(?:not|never|neither|nor|cannot|can't|isn't|aren't|doesn't|don't|won't|no longer)\b", re.IGNORECASE
)
CONDITION = re.compile(r"If (?!not\b|\w+ing\b)(.{8,120}?), (?:then )?(.{5,160})")
BY_DOING = re.compile(r"(By \w+ing\b.+?),? (?:you|we|one|users) can (\w+ .+)")
FROM_PLACE = re.compile(r"(From|In|With|On|Inside|Within) ([^,]{3,60}?),? (?:you|we|users) can (\w+) (.+)")
PURPOSE = re.compile(
    r"(?:In order )?[Tt]o ((\w+) [^,]{3,80}), (?:you (?:can |must |should |need to |have to )?)?(\w+) (.+)"
)
YOU_CAN = re.compile(
    r"(?:You|We|Users|One) can (?:also |then |directly )?((\w+) .*?(\S+)) (in|on|from|with|via|through|using|by) (.+)"
)
BESIDE = re.compile(
    r"([A-Z][^,:;()]{2,60}?)(?: \([^)]*\))?, (?:later |first |originally |now )?(\w+) (by|in|from|for|as|on) (.+)"
)
LET = re.compile(r"(?:you|users|us|developers|teams|data scientists) (?:to )?(\w+) (.+)")
BE = frozenset("is are was were".split())
MODAL = frozenset("can must should may will could".split())
LETS = frozenset("let lets allow allows enable enables".split())
IN_PLACE = frozenset("in on at inside within".split())
VAGUE = frozenset("it them this that these those me us".split())
NO_OBJECT = frozenset("to been is are and or it them by when as in on at".split())
OBJECT_SIGN = LISTS["determiners"] | {"the", "its", "their", "his", "her", "no", "more", "many", "all"}
ARTICLES = frozenset("the a an each every all any both".split())


def sentence_parts(text: str, about: str) -> Parts | None:
    """What a sentence says, if it can be asked for. `about` is what a leading "it" stands for, or nothing."""
    said = LEAD_IN.sub("", text.strip().rstrip(".!"))
    if not 3 <= len(said.split()) <= 45 or "?" in said or said.endswith(":"):
        return None
    for read in (_condition, _you_can_do, _beside):
        if parts := read(said):
            return parts
    return _clause(said, about)


def _cut(text: str) -> str:
    """The words up to the next clause."""
    return CUT.split(text)[0]


def _parts(kind: str, value: str, subject: str = "", **more: str) -> Parts:
    return {"kind": kind, "subject": subject, "value": value, **more}


def _condition(said: str) -> Parts | None:
    match = CONDITION.match(said)
    if not match or re.search(r"\b(?:it|they|them|this|these|that)\b", match[1]):
        return None
    clause, main = match[1], _cut(match[2])
    verb = is_clause(f"X {clause}") or not ACTION_FORMS.isdisjoint(clause.lower().split()[1:])
    if not verb or re.match(r"(?:such|and|or|but|so|it is|they are)\b", main):
        return None
    if you := re.match(r"you (can|should|must|may) (.+)", main):
        return _parts("condition.do", you[2], clause=clause, modal=you[1])
    if main.split()[0].lower() in ACTIONS:
        return _parts("condition.do", main, clause=clause, modal="should")
    return _parts("condition", main, clause=clause)


def _you_can_do(said: str) -> Parts | None:
    """`By …ing you can …`, `From X you can …`, `To …, use …`, `You can … in X`."""
    if match := BY_DOING.match(said):
        return _parts("means", match[1], action=_cut(match[2]))
    if (match := FROM_PLACE.match(said)) and match[3].lower() in ACTIONS and is_name(match[2]):
        return _parts(
            "place.can", _cut(match[4]), match[2], place=f"{match[1].lower()} {match[2]}", action=match[3]
        )
    if (match := PURPOSE.match(said)) and match[2].lower() in ACTIONS:
        if match[3].lower() in (ACTIONS - {"do", "make"}) | {"need"}:
            return _parts("purpose", _cut(match[4]), action=match[3].lower(), purpose=match[1])
    if (match := YOU_CAN.match(said)) and match[2].lower() in ACTIONS and not CUT.search(match[1]):
        value = _cut(match[5])
        ends = (each.start() for each in re.finditer(r" and (\w+)", value) if each[1] in ACTIONS)
        value = value[: next(ends, None)]
        vague = VAGUE.intersection([*match[1].split(), *value.split()[:2]])
        if value and match[3] not in LISTS["noun signs"] and not vague:
            return _parts("you.can", value, action=match[1], prep=match[4])
    return None


def _beside(said: str) -> Parts | None:
    """`X (1906), later led by Y`."""
    match = BESIDE.match(said)
    if not match or not is_participle(match[2].lower()) or not is_name(match[1]):
        return None
    return _passive(match[1], "was", "", [match[2], match[3], *match[4].split()])


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
    while len(subject) > 1 and (
        subject[-1].lower() in LISTS["adverbs"] or re.search(r"[a-z]{3}ly\Z", subject[-1])
    ):
        subject.pop()
    while rest and rest[0].lower() in LISTS["adverbs"]:
        rest = rest[1:]
    name, word = " ".join(subject), words[at].lower()
    if not at or not (resolved or _is_subject(name)) or not rest or NEGATIVE.search(" ".join(rest[:4])):
        return None
    return (_be if word in BE else _modal if word in MODAL else _verb)(name, word, rest)


def _is_verb(words: Sequence[str], at: int) -> bool:
    word, before, after = words[at].lower(), words[at - 1].lower(), words[at + 1].lower()
    if before in LISTS["noun signs"] or before.endswith((",", ":", ";")):
        return False
    if word in BE | MODAL | LETS:
        return True
    return (word in VERBS or word.removesuffix("s") in LISTS["stays"]) and after not in (
        "of",
        "is",
        "are",
        "and",
    )


def _is_subject(name: str) -> bool:
    first, _, inner = name.partition(" ")
    if first.lower() in ARTICLES:
        clean = not re.search(r"[,;:()]|\b(?:that|which|who|you|we)\b", inner)
        return bool(inner) and clean and len(inner.split()) <= 8
    return is_name(name) and "," not in name and ":" not in name


def _be(subject: str, verb: str, rest: list[str]) -> Parts | None:
    if passive := _passive(subject, verb, "", rest):
        return passive
    first, second = rest[0].lower(), rest[1].lower() if len(rest) > 1 else ""
    low, value = subject.lower(), _cut(" ".join(rest))
    if is_participle(first) or (" and " in subject and verb == "is") or low.startswith("the one"):
        return None
    copula = _parts("copula", value.removeprefix("that "), subject, be=verb)
    if first in LISTS["determiners"] or (first in NUMBERS and second != "of"):
        return None if first == "the" and second in ("same", "best", "case") else copula
    if first in LISTS["fit"] and len(rest) > 2 and second in ("for", "to", "in", "when", "if"):
        return _parts("fit", " ".join(value.split()[2:]), subject, be=verb, fit=f"{rest[0]} {second}")
    if low.startswith("the "):
        named = low[4:].split(" of ")[0].split() or [""]
        known = named[-1] in LISTS["properties"] or named[0] in (
            "default",
            "maximum",
            "minimum",
            "main",
            "primary",
        )
        if first in ("that", "to") or (known and len(value.split()) <= 12):
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
    if word in ("called", "named") and len(rest) <= 6 and not modal:
        return _parts("called", _cut(" ".join(rest[1:])), **shared)
    at = next((n for n, each in enumerate(rest[:5]) if n and each.lower() in LISTS["prepositions"]), 0)
    between = (each.lower() for each in rest[1:at])
    if not at or not all(each.endswith("ly") or each in LISTS["adverbs"] for each in between):
        return None
    prep, value = rest[at].lower(), _cut(" ".join(rest[at + 1 :]))
    start = value.split()[0].lower() if value else "it"
    if start in VAGUE or re.search(r"\b(?:is|are|was|were)\b", re.split(r"that|which|who", value)[0]):
        return None
    if prep in ("in", "on") and re.match(r"(?:\w+ )?(?:\d{1,2}(?:st|nd|rd|th)? )?\d{3,4}\b", value):
        return _parts("passive.when", f"{prep} {value}", **shared)
    if prep in IN_PLACE and word in LISTS["places"]:
        return _parts("passive.where", f"{prep} {value}", **shared)
    if prep == "using" or (prep == "by" and is_gerund(start)):
        return _parts("passive.how", f"{prep} {value}", **shared)
    if prep == "to" and (start in ACTIONS or start in VERBS):
        used = word in ("used", "designed", "needed", "required")
        return _parts("used.to", f"to {value}", **shared) if used else None
    return _parts("passive", value, prep=prep, **shared)


def _modal(subject: str, modal: str, rest: list[str]) -> Parts | None:
    word = rest[0].lower()
    if word == "be":
        after = [each for each in rest[1:] if each.lower() not in LISTS["adverbs"]]
        return _passive(subject, "be", modal, after) if after else None
    if word in LISTS["stays"]:
        return _where(subject, modal, word, rest[1:])
    base, prep, _ = VERBS.get(word, ("", "", ""))
    value = _cut(" ".join(rest[1:]))
    if not base or not value or (prep and not value.startswith(prep + " ")):
        return None
    return _parts(
        "modal", value.removeprefix(prep).strip(), subject, modal=modal, verb=f"{base} {prep}".strip()
    )


def _where(subject: str, do: str, word: str, rest: list[str]) -> Parts | None:
    """Where something runs, occurs or begins."""
    places = IN_PLACE | {"between"}
    at = next((n for n, each in enumerate(rest[:4]) if each.lower() in places), -1)
    if at < 0 or any(each.lower() in LISTS["noun signs"] for each in rest[:at]):
        return None
    middle = " ".join(each for each in rest[:at] if each.lower() not in LISTS["adverbs"])
    return _parts("where", _cut(" ".join(rest[at:])), subject, do=do, verb=f"{word} {middle}".strip())


def _verb(subject: str, word: str, rest: list[str]) -> Parts | None:
    """A verb and its object."""
    first, stays = rest[0].lower(), word.removesuffix("s")
    if word in LETS:
        let = LET.match(" ".join(rest))
        verb = f"{stays} you {'' if stays == 'let' else 'to '}{let[1]}" if let else ""
        return (
            _parts("verb", _cut(let[2]), subject, do="do" if word == stays else "does", verb=verb)
            if let
            else None
        )
    if stays in LISTS["stays"] and (word not in VERBS or first in ("in", "at", "within")):
        return _where(subject, "do" if word == stays else "does", stays, rest)
    base, prep, do = VERBS[word]
    many = (
        is_plural(subject)
        or " and " in subject
        or subject.split()[-1].lower() in ("people", "data", "children", "men")
    )
    if do == "do" and not many:
        return None
    if first in LISTS["particles"] and len(rest) > 1:
        rest, prep, base = rest[1:], "", f"{base} {first}"
    elif (
        do != "did" and not prep and base in LISTS["with"] and first in ("with", "from", "for", "into", "to")
    ):
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
    if do == "did" and not (
        prep or first in OBJECT_SIGN or rest[0][0].isupper() or rest[0][0] in '"“0123456789'
    ):
        return None  # a form in -ed may be a participle
    if (do == "did" or base == "have") and (is_participle(first) or first == "become"):
        return None
    # "stores A and returns B": the object ends before the next verb.
    forms = THIRD if do == "does" else ACTION_FORMS
    ends = (
        n for n, each in enumerate(rest[1:]) if each.lower() in forms and rest[n].lower() in ("and", "or")
    )
    value = _cut(" ".join(rest[: next(ends, None)])).rstrip(",")
    number = re.match(rf"({'|'.join(NUMBERS)}|\d+) ([\w-]+(?: [\w-]+){{0,2}})\Z", value)
    if base == "have" and number:
        return _parts("count", number[1], subject, do=do, noun=number[2])
    return _parts("verb", value, subject, do=do, verb=f"{base} {prep}".strip())


BOLD_TERM = re.compile(
    r"(?:\*\*|__)(.{1,80}?)(?:\*\*|__)\s*(\([^)]{1,60}\))?\s*(:|–|—|-|->|→|=>|=)?\s*(.*)\Z", re.DOTALL
)
PLAIN_TERM = re.compile(
    r"(.{2,80}?)(?:\s?:\s{1,3}|\s{1,3}[–—-]\s{1,3}|\s{0,3}(?:->|=>|→)\s{0,3}|\s=\s)(.+)\Z", re.DOTALL
)
MARKS = re.compile(r"\A[^\w`(\"$.<~/-]+")
"""Emoji and the like in front of a name."""
ARROW = re.compile(r"\s*(?:-+>|=+>|→|➜|⇒)\s*")
SHORT = re.compile(r"\(([A-Z][A-Za-z0-9]{1,7}?)s?\)|\b([A-Z][A-Z0-9]{1,6})s? \(([A-Za-z][^()]{4,70})\)")
LEAD = re.compile(
    r"(?P<subject>.{2,70}?) (?P<verb>has|have|contains?|includes?|consists? of|supports?|provides?|offers?|uses?|needs?"
    r"|requires?|comprises?|covers?|stores?|takes?|produces?|returns?)(?P<what>(?: [\w-]+){0,6})?:\Z"
)
THERE = re.compile(r"There (?:are|exist) (?:only |about |mainly )?(?P<what>.{3,80}?):\Z", re.IGNORECASE)
ARE = re.compile(r"(.{3,80}?) (?:are|include|includes)(?: the following| as follows)?:\Z", re.IGNORECASE)
NEEDED = re.compile(
    r"(?P<when>(?:For|In|To|On|With|Before|After)\b.{3,60}?),? (?:you|we)(?:'ll|’ll| will| can| must| should)?"
    r" (?P<verb>need|use|have|create|want|configure|set|choose)"
    r"(?: to have)?(?: (?:the|these))?(?: following)? ?(?P<what>[\w -]{2,40})?:\Z",
    re.IGNORECASE,
)
VERSUS = re.compile(
    r"(\w[\w .+#-]{1,40}?) (?:vs\.?|versus) (\w[\w .+#-]{1,40}?)\s*:\s+(.+)", re.IGNORECASE | re.DOTALL
)
UNLIKE = re.compile(
    r"(?:Unlike|In contrast to) ([^,]{2,40}), (\w[^,]{1,40}?)"
    r" ((?:is|are|can|has|have|does|do|uses?|supports?)\b .+?)\.?(?:\s|\Z)"
)
OPEN = re.compile(
    r"\b(?:etc|such as|for example|e\.g|some|many|among others|and more|and so on|like)\b|\.\.\.|…",
    re.IGNORECASE,
)
NO_ITEM = re.compile(r"\b(?:is|are|was|were|can|you|we|it|they|which|that|has|have)\b|[.:;]")
HEAD_END = re.compile(r"\s*(?:, which|, who|\bthat\b|\bwhich\b|: | [–—-] | -> | → |\.\s)")


def split_term(raw: str) -> tuple[str, str] | None:
    """`**Term**: meaning`, `Term - meaning`, `Term -> meaning`: the term and the meaning."""
    if match := BOLD_TERM.match(raw):
        name = MARKS.sub("", bare(match[1])).strip()
        ended = match[3] or name.endswith(":") or (match[2] and not match[4])
        return (name.rstrip(" :.-"), bare(match[4])) if ended else None
    raw = raw.replace(" $-$ ", " - ")
    hidden = masked(raw)
    match = PLAIN_TERM.match(hidden)
    if not match or "://" in hidden[: match.end(1) + 3]:
        return None
    name, said = bare(raw[: match.end(1)]), bare(raw[match.start(2) :])
    simple = re.sub(r"\s*\([^)]*\)\Z", "", name)
    begins = name[:1].isupper() or name[:1].isdigit() or raw.startswith("`") or len(name.split()) <= 3
    if not begins or "," in simple or len(simple.split()) > 6 or simple.endswith((".", "?")):
        return None
    return simple, said


def arrows(text: str) -> tuple[str, list[str]]:
    """`Label: A -> B -> C` as its label and its steps; no steps if it is something else."""
    parts = [part.strip(" .") for part in ARROW.split(text)]
    label, _, parts[0] = parts[0].rpartition(": ")
    fits = 3 <= len(parts) <= 8 and all(parts) and all(len(step.split()) <= 8 for step in parts)
    alike = len({step.lower() for step in parts}) < len(parts)
    return (label.strip(), parts) if fits and not alike else ("", [])


def contrasts(text: str) -> Iterator[tuple[str, str, str, str]]:
    """`A vs B: A …` and `Unlike A, B …`: the one, the other, what is true of the one only, and the words."""
    if match := VERSUS.match(text):
        for clause in re.split(r"[;.]\s+", match[3]):
            for one, other in ((match[1], match[2]), (match[2], match[1])):
                said = re.match(rf"{re.escape(one)}\S*,? (it's |it is |is |are )?", clause, re.IGNORECASE)
                if said and other.lower() not in clause.lower():
                    yield one, other, ("is " if said[1] else "") + clause[said.end() :].strip(" ."), clause
                    break
    elif match := UNLIKE.match(text):
        yield match[2], match[1], re.split(r"\.\s", match[3])[0].rstrip("."), text


def inline_items(text: str) -> list[str]:
    """`A, B and C` as its items; none if it is no closed list of short names."""
    text = text.strip().rstrip(".;")
    if OPEN.search(text) or len(text) > 240 or not re.search(r",| and | or ", text):
        return []
    flat = re.sub(r"\([^)]*\)", lambda match: match[0].replace(",", "\0").replace(" and ", "\1"), text)
    parts = re.split(r",\s*(?:and |or |& )?|\s+(?:and|or|&)\s+(?=[^,]*\Z)", flat)
    items = [part.replace("\0", ",").replace("\1", " and ").strip() for part in parts if part.strip()]
    return items if len(items) > 1 and all(map(_is_item, items)) else []


def _is_item(item: str) -> bool:
    first, *more = item.split()
    no_name = first.lower() in LISTS["leaders"] - {"one", "on"}
    return len(more) < 6 and not no_name and not NO_ITEM.search(re.sub(r"\(.*?\)", "", item))


def item_head(text: str) -> str:
    """What a list item names, without what it says of it."""
    head = HEAD_END.split(text, maxsplit=1)[0].strip(" .;,:*")
    words = head.split()
    if words and words[0].lower() in ("a", "an", "the"):
        verbs = (
            n for n, word in enumerate(words) if n and VERBS.get(word.lower(), ("", "", "do"))[2] != "do"
        )
        return " ".join(words[: next(verbs, None)])
    return head


def _is_closed(lead: str, items: Sequence[str]) -> bool:
    """Does a lead introduce a list that is whole: names throughout, and as many as it says?"""
    if not 2 <= len(items) <= 8 or any(
        OPEN.search(each) or len(each.split()) > 14 for each in (lead[-80:], *items)
    ):
        return False
    names = (re.sub(r"\s*\(.*", "", item) for item in items)
    if not all(is_name(name) or re.match(r"\d|(?:an?|the) ", name, re.IGNORECASE) for name in names):
        return False
    if sum(bool(re.fullmatch(r"\w+ (?:[A-Z]|\d+)(?: \(.*\))?", item)) for item in items) * 2 > len(items):
        return False  # Phase 1, Phase 2
    words = re.findall(r"[a-z]+|\b\d\b", lead.lower())
    numbers = [NUMBERS.get(word) or int(word) for word in words if word in NUMBERS or word.isdigit()]
    return not numbers or numbers[0] == len(items)


def lead_parts(lead: str, items: Sequence[str], about: str) -> Parts | None:
    """What the lead of a list asks for. A lead that names a number must have as many items."""
    lead = lead.strip()
    if not _is_closed(lead, items):
        return None
    if match := NEEDED.match(lead):
        when, what = match["when"][0].lower() + match["when"][1:], (match["what"] or "").strip()
        return {"kind": "list.needed", "when": when, "verb": match["verb"], "what": what}
    if match := THERE.match(lead):
        plural = is_plural(match["what"].split(" to ")[0])
        return {"kind": "list.there", "what": match["what"]} if plural else None
    if (match := LEAD.match(lead)) and _is_list_subject(match["subject"]):
        verb, _, more = match["verb"].partition(" ")
        base, _, do = VERBS.get(verb, (verb, "", "do"))
        what = re.sub(r"\b(?:the |these )?following\b|\bthe\b", "", match["what"] or "").strip()
        return {
            "kind": "list.verb",
            "subject": match["subject"],
            "do": do,
            "verb": f"{base} {more}".strip(),
            "what": what,
        }
    match = ARE.match(lead)
    what = re.sub(
        r"\A(?:the|these|its|their)\s+", "", match[1] if match else lead.rstrip(": "), flags=re.IGNORECASE
    )
    named = re.sub(rf"\A(?:{'|'.join(NUMBERS)})\s+", "", what)
    verb_first = what.split(" ")[0].lower() in ACTION_FORMS - {"use", "uses", "access", "process"}
    if verb_first or not is_plural(what) or not is_name(named):
        return None
    owned = re.search(r" (?:of|for|in) ", what) or about.lower() in what.lower()
    return {"kind": "list.are", "subject": "" if owned else about, "what": what}


def _is_list_subject(name: str) -> bool:
    inner = re.sub(r"\A(?:an?|the|each|every)\s+", "", name, flags=re.IGNORECASE)
    return is_name(inner) and name.split()[0].lower() not in ("it", "this", "they", "you", "we")


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """`Azure Kubernetes Service (AKS)` and `AKS (Azure Kubernetes Service)`: short and full name."""
    for match in SHORT.finditer(text):
        if match[1]:
            words = text[max(0, match.start() - 90) : match.start()].replace("(", " ").split()
            if full := _initials(match[1], words):
                yield match[1], full
        elif match[2] and _initials(match[2], match[3].split()) == match[3].strip():
            yield match[2], match[3].strip()


def _initials(short: str, words: Sequence[str]) -> str:
    """The last words that a short name is made of, if they are."""
    for count in range(2, min(len(words), len(short) + 3) + 1):
        name = words[-count:]
        if any(word[-1] in ".,;:" for word in name[:-1]):
            return ""
        pieces = (part for word in name for part in re.split(r"[-/]", word.strip("*_`\"'")))
        letters = "".join(part[:1] for part in pieces).lower()
        big = "".join(word[0] for word in name if word[0].isupper() or len(word) > 3).lower()
        caps = "".join(word if word.isupper() else word[0] for word in name).lower()
        if short.lower() in (letters, big, caps) and name[0].lower() not in ("the", "a", "an", "of", "and"):
            return " ".join(name)
    return ""
