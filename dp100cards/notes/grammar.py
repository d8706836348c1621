"""As much English grammar as finding a fact needs: where the verb is, what a noun phrase looks like.

Closed word lists and the shape of words decide; where they cannot, the answer is None, and the sentence stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dp100cards.notes.vocabulary import AUXILIARIES, BASE, PREPOSITIONS, PRONOUNS, STOP_WORDS, THIRD

WORD = re.compile(r"`[^`]*`|[^\s]+")

BE = frozenset(["is", "are", "was", "were"])
_MODAL = frozenset(
    """
    can could may might must shall should will would cannot can't
    """.split()
)
_ADVERBS = frozenset(
    """
        only also just usually often typically always never automatically currently now then already still
        mainly generally additionally normally simply directly easily fully both not even instead further
        later too auto almost nearly rarely frequently sometimes commonly primarily usually effectively
        """.split()
)
_DETERMINERS = frozenset(
    """
        a an the each every all some any many most several both your my our their its this that these those
        no two three four five six seven eight nine ten
        """.split()
)
_ADJECTIVES = frozenset("new free main final same default trained registered different common single".split())
_IRREGULAR = frozenset(
    """
        built made done set put kept held run sent given taken written known seen shown found bound split
        tied
        """.split()
)
_NOUN_TOO = frozenset(
    """
        scores loads uses calls reads writes tests trains runs sets shows shares stores starts stops limits
        lists maps costs controls covers needs offers opens points places records reports requests returns
        routes scales searches serves supports takes tracks transforms triggers works moves measures groups
        handles holds hosts increases monitors processes updates views builds images models
        """.split()
)
"""Verbs that are plural nouns as well: after a determiner or an adjective they are taken for nouns."""


@dataclass(frozen=True, slots=True)
class Split:
    """A sentence in three parts; `object` may be empty."""

    subject: str
    verb: str
    object: str


def words(text: str) -> list[str]:
    """The words of a text, with their punctuation; a code span is one word."""
    return WORD.findall(text)


def bare(word: str) -> str:
    """A word without the punctuation around it, in lower case."""
    return word.strip(".,;:!?()[]“”\"'…").lower()


def split(sentence: str) -> Split | None:
    """Subject, verb group and object of a plain statement; None where the verb is not certain."""
    parts = words(expanded(sentence.rstrip(". ")))
    at = _verb_at(parts)
    if at is None or at > 14:
        return None
    while at > 1 and bare(parts[at - 1]) in _ADVERBS:
        at -= 1  # "You still have": the adverb goes with the verb
    subject = " ".join(parts[:at])
    end = _verb_end(parts, at)
    verb, rest = " ".join(parts[at:end]), " ".join(parts[end:])
    if subject.endswith((",", ":", ";")) or not subject or bare(subject) in _ADVERBS:
        return None
    return Split(subject.strip(), verb.strip(" ,"), rest.strip(" ,"))


_LEAD = re.compile(
    r"^(?P<lead>(?:by|with|from|in|on|at|for|using|together with|along with|other than|apart from|besides|during"
    r"|within|inside|through|via|after|before|without)\s[^:;]+?),?\s+(?P<rest>(?:you|we)\s+(?:\w+).*)$"
    r"|^(?P<lead2>(?:by|with|from|in|on|at|for|using|together with|along with|other than|apart from|besides|during"
    r"|within|inside|through|via|after|before|without)\s[^:;,]+),\s+(?P<rest2>.+)$",
    re.IGNORECASE,
)


def in_order(sentence: str) -> str:
    """A sentence with what stands before its subject moved to its end: "By using VMs you can add power"."""
    found = _LEAD.match(sentence)
    if not found:
        return sentence
    lead, rest = (found["lead"], found["rest"]) if found["lead"] else (found["lead2"], found["rest2"])
    if (
        has_verb(re.sub(r"\b(?:that|which|who)\b.*", "", lead))
        or not has_verb(rest)
        or re.search(r"[,;]\s", rest)
    ):
        return sentence
    if re.search(r"\b(?:it|they|them|its|their|this|that|those)\b", rest, re.IGNORECASE):
        return sentence
    return f"{rest[0].upper()}{rest[1:]} {lead[0].lower()}{lead[1:]}"


_READY = re.compile(
    r"\b(ready|easy) to use"
    r"(?= (?!(?:the|a|an|your|our|in|on|for|with|as|at|from|and|or|but|by|right|out|when|if|to)\b)[a-z])",
    re.IGNORECASE,
)
"""Before a noun these words are one adjective: "ready to use projects"."""


def expanded(text: str) -> str:
    """ "It's attached" as "It is attached", "you'll need" as "you will need"."""
    text = re.sub(r"\b(it|that|there|he|she|what)['’]s\b", r"\1 is", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(you|we|they)['’]re\b", r"\1 are", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(you|we|they|it)['’]ll\b", r"\1 will", text, flags=re.IGNORECASE)
    return hyphened(text)


def hyphened(text: str) -> str:
    """ "Ready to use projects" as "ready-to-use projects"."""
    return _READY.sub(r"\1-to-use", text) if "to use" in text else text


def _verb_at(parts: list[str]) -> int | None:
    """The place of the main verb: the first word that must be one."""
    depth = 0
    relative = False
    if parts and bare(parts[0]) in THIRD - _NOUN_TOO:
        return None  # "Keeps file shares in sync": a verb without its subject, and what follows is its object
    for n, part in enumerate(parts):
        depth += part.count("(") - part.count(")")
        word = bare(part)
        if depth > 0 or not n or part.startswith("`"):
            continue
        before = next((bare(p) for p in reversed(parts[:n]) if bare(p) not in _ADVERBS), "")
        if word in ("that", "which", "who") and n >= 1:
            relative = True
            continue
        if not _is_verb(word, before, parts, n):
            continue
        if relative:
            relative = False  # the verb of "X that needs Y"; the main one comes later
            continue
        return n
    return None


def _is_verb(word: str, before: str, parts: list[str], n: int) -> bool:
    if word in AUXILIARIES or word in BE:
        return before not in ("what", "how", "as")
    if word in ("has", "have", "does", "do"):
        return before not in ("to",)
    following = bare(parts[n + 1]) if n + 1 < len(parts) else ""
    if n == 1 and before == "it" and re.fullmatch(r"[a-z]+s", word):
        return True
    if word.endswith("ed") and before in ("they", "it", "we", "you", "he", "she", "i"):
        return True
    if is_participle(word) and n >= 2 and bare(parts[0]) in _DETERMINERS and following:
        return (
            following not in PREPOSITIONS | BE | AUXILIARIES | {"to", "has", "have"}
            and before not in _ADJECTIVES | _DETERMINERS
        )
    if before in _DETERMINERS or before in PREPOSITIONS or before in ("to", "and", "or", "of"):
        return False
    if following in ("a", "an", "the") and _acts(word, before, parts[n - 1], n):
        return True
    if word in THIRD:
        if word in _NOUN_TOO:
            if (
                n >= 2
                and bare(parts[0]) in _DETERMINERS
                and following not in AUXILIARIES | BE | {"has", "have"}
            ):
                return not looks_plural(before) and before not in _ADJECTIVES
            if is_participle(bare(parts[0])) and following in PREPOSITIONS and n <= 3:
                return False  # "Managed file shares with SMB"
            named = n >= 2 and parts[n - 1][:1].isupper()
            if named and following and following not in AUXILIARIES | BE | THIRD | BASE | {"has", "have"}:
                return True  # "Azure Notebooks offers free projects": a name before it
            return (
                following in _DETERMINERS
                or following in PREPOSITIONS
                or following in ("you", "how", "to", "as", "when")
            )
        return True
    if word in BASE and following not in THIRD - _NOUN_TOO | BE | {"allow", "allows"}:
        if looks_plural(before) and (bare(parts[n - 1]) in _ADVERBS or following in _DETERMINERS):
            return True
        return before in ("you", "we", "they", "i", "users") or (
            (looks_plural(before) and n <= 6 and word not in _BASE_NOUNS) or _head_is_plural(parts[:n])
        )
    return False


def _acts(word: str, before: str, raw_before: str, n: int) -> bool:
    """Is a word that no list has a verb all the same, for an article follows: "the client broadcasts a message"?"""
    if n > 8 or (n == 1 and before.endswith("ly")) or not word.isalpha() or word in STOP_WORDS:
        return False
    if looks_plural(word) and not looks_plural(before):
        return before not in _ADJECTIVES and not before.endswith(("ed", "ing", ","))
    return word.endswith("ed") and len(word) > 4 and raw_before[:1].isupper() and raw_before[-1:].isalpha()


def _head_is_plural(subject: list[str]) -> bool:
    """Is it "users of the workspace", "notebooks in the workspace": a plural before the first preposition?"""
    of = next(
        (n for n, part in enumerate(subject) if n and bare(part) in ("of", "in", "on", "inside", "within")), 0
    )
    return bool(of) and len(subject) <= 8 and looks_plural(bare(subject[of - 1])) and len(subject) > of + 1


_BASE_NOUNS = frozenset(
    """
        access test train score report request process name group list log map record schedule search set
        query rate value charge share store update use view work load build call change check control model start
        stop link support
        code host scale
        """.split()
)
"""Base forms that are nouns as well; between two nouns they are taken for nouns."""


def _verb_end(parts: list[str], at: int) -> int:
    """Where the verb group that begins at `at` ends: auxiliaries, adverbs, participle, a preposition that clings."""
    while bare(parts[at]) in _ADVERBS and at + 1 < len(parts):
        at += 1
    n = at + 1
    verb = bare(parts[at])
    if verb in _MODAL:
        while n < len(parts) and bare(parts[n]) in _ADVERBS:
            n += 1
        if n < len(parts) and bare(parts[n]) in ("be", "have"):
            n += 1
            while n < len(parts) and (bare(parts[n]) in _ADVERBS or bare(parts[n]) == "been"):
                n += 1
            if n < len(parts) and is_participle(bare(parts[n])):
                n += 1
                return n + 1 if n < len(parts) and bare(parts[n]) in PREPOSITIONS else n
            return n
        if n < len(parts) and re.fullmatch(r"[a-z-]+", parts[n]):
            n += 1
            return n + 1 if n + 1 < len(parts) and bare(parts[n]) in PREPOSITIONS - {"of"} else n
        return n
    while n < len(parts) and bare(parts[n]) in _ADVERBS:
        n += 1
    if verb in BE:
        if n < len(parts) and is_participle(bare(parts[n])) and not parts[n].endswith(","):
            n += 1
            return n + 1 if n + 1 < len(parts) and bare(parts[n]) in PREPOSITIONS | {"to"} else n
        return n
    if n + 1 < len(parts) and bare(parts[n]) in PREPOSITIONS - {"of"} and verb not in ("has", "have"):
        n += 1
    return n


def is_participle(word: str) -> bool:
    """Does the word look like a past participle: "attached", "built"?"""
    return (
        len(word) > 4 and word.endswith("ed") and word not in ("need", "speed", "shared", "embed")
    ) or word in _IRREGULAR | {"shared"}


def looks_plural(word: str) -> bool:
    """Does the word look like a plural noun?"""
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics"))


def has_verb(text: str) -> bool:
    """Does a finite verb stand in the text, so that it is a clause and not a fragment?"""
    parts = words(text)
    return bool(parts) and (bare(parts[0]) in BE | _MODAL or _verb_at(parts) is not None)


def is_imperative(text: str, *, lenient: bool = False) -> bool:
    """Does the text begin with a command: "Use Python libraries …"? `lenient`: also where its verb may be a noun."""
    parts = words(text)
    if len(parts) < 2:
        return False
    first = bare(parts[0])
    if (
        first in ("then", "now", "just", "simply", "always", "never", "first", "finally", "next")
        and len(parts) > 2
    ):
        first = bare(parts[1])
    following = bare(parts[1])
    if first not in BASE or following in BE | _MODAL or following in ("of", "is"):
        return False
    if lenient:
        return True
    if first in _BASE_NOUNS:
        if looks_plural(following) or following.endswith("ly"):
            return True
        return following in _DETERMINERS or (
            following in ("in", "on", "to", "with", "for") and first not in _BASE_NOUNS
        )
    return True


def opens_with_predicate(text: str) -> bool:
    """Does a piece begin with what something does or is: "Stored as files", "Define variables", "Includes a schema"?"""
    parts = words(text)
    if len(parts) < 2:
        return False
    first, following = bare(parts[0]), bare(parts[1])
    if first in THIRD - _NOUN_TOO or is_imperative(text):
        return True
    return is_participle(first) and following in PREPOSITIONS | {"by", "as", "to"}


def is_noun_phrase(text: str) -> bool:
    """Is the text a noun phrase, as far as its first words tell?"""
    parts = words(text)
    if not parts or is_imperative(text):
        return False
    first = bare(parts[0])
    if first in THIRD - _NOUN_TOO:
        return False
    if first in _DETERMINERS:
        return first not in ("this", "that", "these", "those") or len(parts) > 1
    return first not in PRONOUNS | PREPOSITIONS | AUXILIARIES | BE | {
        "to",
        "if",
        "when",
        "you",
        "we",
        "use",
        "no",
        "not",
    }


def opens_with_pronoun(text: str) -> bool:
    """Does the sentence begin with a word that stands for something named before?"""
    parts = words(text)
    if not parts:
        return False
    first = bare(parts[0])
    base = re.split(r"['’]", first)[0]
    if base in ("it", "they", "he", "she"):
        return True
    return first in ("this", "these", "that", "those", "there's") and (
        len(parts) < 2 or bare(parts[1]) in BE | _MODAL | THIRD or bare(parts[1]) in BASE - {"model", "set"}
    )


def content(text: str) -> set[str]:
    """The words of a text that tell what it is about, cut to their stems."""
    return {
        stem(bare(word))
        for word in words(text.replace("`", " ").replace("/", " "))
        if bare(word) not in STOP_WORDS and len(bare(word)) > 1
    }


def stem(word: str) -> str:
    """A word without its plural or verbal ending."""
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + put
    if looks_plural(word):
        return word[:-1]
    return word
