"""As much English as a question needs: articles, number, the verb's base form, capitals, full stops."""

from __future__ import annotations

import re
from functools import lru_cache

from dp100cards.notes.vocabulary import NAMES, PREPOSITIONS, PRONOUNS, SPOKEN_AS_WORD, THIRD

NUMBERS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

ARTICLES = frozenset(["a", "an", "the"])
DETERMINERS = ARTICLES | frozenset(
    [
        "each",
        "every",
        "all",
        "some",
        "any",
        "many",
        "most",
        "several",
        "both",
        "your",
        "my",
        "our",
        "their",
        "its",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "no",
    ]
)

_IRREGULAR = {
    "has": "have",
    "does": "do",
    "goes": "go",
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "caches": "cache",
}
_SAID_AS_VOWEL = frozenset("aefhilmnorsx")
_VOWEL_SOUND = re.compile(
    r"(?:[aeiou]|hour|honest|honou?r|heir|mlops|mlflow|nsg|xml|svm|html|x-)", re.IGNORECASE
)
_CONSONANT_SOUND = re.compile(
    r"(?:uni(?!n|m)|us[aei]|ut[ie]|eu|one\b|once|ubiq|ur[ael]|uk\b|url|uri\b)", re.IGNORECASE
)
_SINGULAR_S = re.compile(
    r"(?:ss|us|aas|is|(?<!top)(?<!metr)ics|ous|kubernetes|databricks|analytics|devops|mlops|windows|s3|https?|dns|aws|aks"
    r"|eks|gcs|ios|sas|tls|css|news|gas|lens|canvas|atlas|bias|alias|access|process|class|series|species)$",
    re.IGNORECASE,
)


_SPELT = re.compile(r"[A-Z][A-Z]+s?(?![A-Za-z])|[A-Z](?=\d)|[A-Z][B-DF-HJ-NP-TV-Z]")
"""Begins as an abbreviation that is said letter by letter: AKS, VMs, S3, XGBoost."""


@lru_cache(maxsize=4096)
def article(noun: str) -> str:
    """ "a" or "an", by the sound of the first word: an hour, a user, an ML pipeline, a SQL server, a VM."""
    first = re.split(r"[\s\-/]", noun.lstrip("“\"'`*("), maxsplit=1)[0]
    if not first:
        return "a"
    if first.rstrip("s") not in SPOKEN_AS_WORD and _SPELT.match(first):
        return "an" if first[0].lower() in _SAID_AS_VOWEL else "a"
    if len(first) == 1 and first.isalpha():
        return "an" if first.lower() in _SAID_AS_VOWEL else "a"
    if _CONSONANT_SOUND.match(first):
        return "a"
    if first[0] == "8" or first in ("11", "18"):
        return "an"
    return "an" if _VOWEL_SOUND.match(first) else "a"


@lru_cache(maxsize=4096)
def plural(noun: str) -> bool:
    """Is the noun phrase plural, by its head (the last word before a preposition)?"""
    head = head_noun(noun)
    if _DOING.match(noun):
        return False  # "adding dependencies"
    if head.lower() in ("people", "criteria", "data", "children"):
        return head.lower() != "data"
    if len(head) > 2 and head[-1] == "s" and head[-2].isupper():
        return True
    return len(head) > 2 and head[-1] in "sS" and not _SINGULAR_S.search(head) and not head.isupper()


_DOING = re.compile(
    r"(?:add|us|manag|creat|delet|remov|deploy|enabl|disabl|chang|hav|mak|tak|giv|gett|putt|keep|increas|reduc)ing \w",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_AFTER_HEAD = PREPOSITIONS | {"that", "which", "where", "who", "and", "or"}


@lru_cache(maxsize=8192)
def head_noun(phrase: str) -> str:
    """The last word of a noun phrase before its first preposition: "cost of running" → "cost"."""
    head = ""
    for word in (_IN_BRACKETS.sub("", phrase) if "(" in phrase else phrase).split():
        bare = word.strip(",;:.`*\"“”'()")
        if head and bare.lower() in _AFTER_HEAD:
            break
        head = bare or head
        if word.endswith((",", ";", ":")):
            break
    return head


@lru_cache(maxsize=4096)
def singular(noun: str) -> str:
    """A plural noun phrase in the singular, by its last word: "deployment targets" → "deployment target"."""
    start, _, last = noun.rpartition(" ")
    if not plural(last):
        return noun
    if last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif re.search(r"(?:ss|sh|ch|x|z|\b[bg]us)es$", last) and not last.lower().endswith("caches"):
        last = last[:-2]
    elif re.search(r"(?:cris|lys|thes|gnos)es$", last.lower()):
        last = f"{last[:-2]}is"
    elif last.lower() == "criteria":
        last = last[:-1] + "on"
    elif last.lower() != "people":
        last = last[:-1]
    return f"{start} {last}".strip()


def base_form(verb: str) -> str:
    """A verb of the third person in its base form: stores → store, has → have, carries → carry."""
    low = verb.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz|o|[^aeiou]ocus|bias)es$", low):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def is_third_person(verb: str) -> bool:
    """Does the verb look like a third person singular: stores, has, goes?"""
    low = verb.lower()
    return len(low) > 2 and low.endswith("s") and not low.endswith(("ss", "us", "is"))


_ODD_WORD = re.compile(r"[._/\\()=]\w|[A-Z0-9_]")
"""Stands in a word that is code, a file's name, or a name with a capital of its own."""
_KEEPS_STOP = re.compile(r"\b(?:etc|e\.g|i\.e|Inc|vs)\.$")


@lru_cache(maxsize=4096)
def upper_first(text: str) -> str:
    """The text with a capital first letter; code, file names and names such as iOS stay as they are."""
    if not text or text[0] in "`" or not text[0].islower():
        return text
    first = text.split(maxsplit=1)[0]
    if _ODD_WORD.search(first):
        return text
    return text[0].upper() + text[1:]


@lru_cache(maxsize=4096)
def lower_first(text: str) -> str:
    """The text with a small first letter, unless its first word is a name or an abbreviation."""
    parts = text.split(maxsplit=2)
    bare = parts[0].strip(",;:.()“”\"'") if parts else ""
    plain = bare[:1].isupper() and (bare[1:].islower() or (bare == "A" and " " in text))
    if plain and " " in text and bare.lower() in THIRD and bare not in NAMES:
        return text[0].lower() + text[1:]
    follows = parts[1:2]
    if not plain or bare in NAMES or (follows and follows[0][:1].isupper() and bare.lower() not in _SMALL):
        return text
    return text[0].lower() + text[1:]


_SMALL = (
    DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | frozenset(
        [
            "if",
            "when",
            "you",
            "use",
            "we",
            "i",
            "and",
            "or",
            "but",
            "while",
            "only",
            "multiple",
            "several",
            "many",
            "most",
        ]
    )
)


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, one full stop (or ! or ?) last."""
    text = upper_first(text.strip())
    return text if text.endswith((".", "!", "?", "…", ":", "```", ".)", ".”")) else text.rstrip(",;") + "."


def bare(text: str) -> str:
    """The text without a full stop, comma or colon at its end; an abbreviation keeps its stop."""
    text = text.strip()
    while text and text[-1] in ".,;:!" and not _KEEPS_STOP.search(text):
        text = text[:-1].rstrip()
    return text


def number_word(n: int) -> str:
    """A small number in words, as in "Choose two"."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def joined(items: list[str] | tuple[str, ...], last: str = "and") -> str:
    """ "a, b and c"; with semicolons where an item has a comma of its own."""
    if len(items) < 2:
        return "".join(items)
    comma = "; " if any("," in item for item in items) else ", "
    return f"{comma.join(items[:-1])} {last} {items[-1]}"


def count_words(text: str) -> int:
    """How many words, parted by spaces."""
    return len(text.split())
