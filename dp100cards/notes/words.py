"""The word lists of `words.txt`, and what they tell of a word or a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files

NUMBER_SIGN = {"are": 1, "were": 1, "have": 1, "is": -1, "was": -1, "has": -1}
ABSTRACT = re.compile(r"(?:ity|tion|sion|ment|ness|ance|ence|ism|sis|logy|ure)s?\Z")
"""Ends of nouns that often have no article, and that no name begins with."""
ENDING = re.compile(r"(?:(ie)|(?<=ss)e|(?<=x)e|(?<=[cs]h)e)?s\Z", re.IGNORECASE)
WORD = re.compile(r"[A-Za-z0-9][\w+#'’./-]*")
COUNTED = re.compile(r"(?:(?!(?:and|as|with) )[a-z-]+(?<!ing)\b ?)+")
"""A name with an article, if the note has its plural."""
BRACKETS = re.compile(r"\s*\(.*?\)")
DONE = re.compile(r"(?:\w+[^\We]|\w\w[rt]e)ed")
"""A participle: used, guaranteed; not need or speed."""
NAME = re.compile(r"(?=.*[A-Za-z])[\w`(\"$.<~/].*(?<![,;?!])\Z", re.DOTALL)


def _lists() -> dict[str, frozenset[str]]:
    text = (files(__package__) / "words.txt").read_text(encoding="utf-8")
    parts = re.split(r"^\[(.+)\]$", re.sub(r"^#.*$", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
    words = (frozenset(word.strip() for word in re.split(r"[|\n]", part)) - {""} for part in parts[2::2])
    return dict(zip(parts[1::2], words, strict=True))


def is_listed(text: str, name: str) -> bool:
    """Is a text one of a list, but for capitals and marks?"""
    return re.sub(r"[\W_]+", " ", text.lower()).strip() in LISTS[name]


def third(base: str) -> str:
    """The third person of a verb: has, carries, passes, stores."""
    stem = re.sub(r"(?<=[^aeiou])y\Z", "ie", base)
    return "has" if base == "have" else stem + ("es" if re.search(r"(?:s|x|z|ch|sh|o)\Z", stem) else "s")


def past(base: str) -> str:
    return PAST.get(base) or re.sub(r"(?<=[^aeiou])y\Z", "i", base).removesuffix("e") + "ed"


def any_of(name: str) -> str:
    """A pattern of the words of a list, the longest first."""
    return "|".join(sorted(map(re.escape, LISTS[name]), key=len, reverse=True))


LISTS = _lists()
NO_NAME = re.compile(rf"[.!?;]\s|[\"“”$=→|{{}}\\]|\([^)]*\Z|n't\b|, and\b|\b(?:{any_of('no name has')})\b")
PAST = dict(pair.split(":") for pair in LISTS["past"])
VERBS: dict[str, tuple[str, str, str]] = {}
"""By each form of a verb that sentences are read by: its base, its preposition, and the "do" to ask with."""
for _verb in sorted(LISTS["verbs"]):
    _base, _, _prep = _verb.partition(" ")
    for _form, _do in ((_base, "do"), (third(_base), "does"), (past(_base), "did")):
        VERBS.setdefault(_form, (_base, _prep, _do))
ACTIONS = LISTS["actions"] | {verb.partition(" ")[0] for verb in LISTS["verbs"]}
THIRD = {third(verb): verb for verb in ACTIONS}
"""The base of each third person."""
ACTION_FORMS = ACTIONS | THIRD.keys()
FINITE = re.compile(
    rf"(?i)\b(?:is|are|was|were|can|will|must|should|you|we|has|have|\w+n['’]t)\b|(?<=.)\b(?:{any_of('finite')})\b"
    r"|(?<=.)\b(?-i:[a-z])\w+(?:(?<![suia])s|(?<!call)(?<!nam)ed|found) (?:an?|the|its|their|your|each|every|any)\b"
)
"""A verb; so is a word in -s before an article: "the server sends a reply"."""
ONE_DOES = re.compile(
    rf"(?i)(?:an?|each|every) (?:(?!(?:{any_of('prepositions')})\b)[\w`@./-]+ ){{1,4}}?"
    rf"(?-i:[a-z])\w+(?<![suia])(?<!ic)s (?:(?:{any_of('prepositions')})\b|\w+s\b)"
)
"""After "a connection" a word in -s is a verb."""
SMALL, STARTS = LISTS["small"], LISTS["starts"]
NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), 2)}


def is_gerund(word: str) -> bool:
    """Is a word a verb in -ing, as in "Using notebooks"?"""
    stem = word.lower().removesuffix("ing")
    return stem != word.lower() and not ACTIONS.isdisjoint((stem, stem + "e", stem[:-1]))


def is_participle(word: str) -> bool:
    """Is a word the form of a verb that a passive is made of?"""
    return bool(DONE.fullmatch(word)) or word in LISTS["participles"]


def is_clause(text: str) -> bool:
    """Has a text a verb of its own, before any "that"?"""
    head = re.split(r"\b(?:that|which|who|where|whose|when)\b", text)[0]
    words = head.lower().split()
    # "A saved state", "a file stored in the cloud": behind an article such a form says which one.
    forms = ("does",) if words[:1] in (["a"], ["an"], ["one"], ["any"]) else ("does", "did")
    verb = any(VERBS.get(word, ("", "", ""))[2] in forms for word in words[2 - text[:2].isupper() :])
    many = any(word in ACTIONS and is_plural(words[n]) for n, word in enumerate(words[1:-1]))
    return verb or many or bool(FINITE.search(head) or ONE_DOES.match(head))


def is_name(text: str) -> bool:
    """May this be what something is called? No verb, pronoun, preposition or adverb in front; short."""
    words = text.replace("`", "").lower().split()
    if not words or len(words) > 7 or not NAME.match(text) or NO_NAME.search(text):
        return False
    first, second = words[0].strip("(,.:"), words[1] if len(words) > 1 else ""
    if first in LISTS["leaders"] or text.lower().strip(" .:") in LISTS["generic"]:
        return False
    if words[-1].strip(".:") in LISTS["no name ends"]:
        return False
    if not second:
        return (first == "use" or first not in VERBS) and not DONE.fullmatch(first.rpartition("-")[2])
    small = second in SMALL or second in ("only", "also")
    if (small or second in LISTS["prepositions"]) and is_participle(first):
        return False
    doing = first.endswith("ing") and (second in SMALL or is_gerund(first))
    return not doing and (first not in ACTION_FORMS or second == "of")


def _head(name: str) -> list[str]:
    """The words of a name up to its first preposition."""
    return re.split(r"\s(?:of|in|for|with|to|on|from|and)\s", BRACKETS.sub("", name))[0].split()


def is_plural(name: str) -> bool:
    """Is a name plural, by its last word before a preposition?"""
    head = _head(name)
    word = head[-1].lower().strip("`*.,") if head else ""
    return len(word) > 3 and bool(re.search(r"(?<![suia])(?<!ic)s\Z", word))


def lower(text: str) -> str:
    """A title inside a sentence: words with one capital become small."""
    return " ".join(word.lower() if word[1:].islower() else word for word in text.split())


def singular(name: str) -> str:
    """A plural name as one of its kind: "deployment targets" is "deployment target"."""
    if not is_plural(name) or " and " in name:
        return name
    head, *rest = re.split(r"(?=\s(?:of|in|for|with|to|on|from)\s)", name, maxsplit=1)
    return "".join([ENDING.sub(lambda match: "y" if match[1] else "", head), *rest])


class Index:
    """The words of one note: how it writes them, and which article it puts before them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.small: Counter[str] = Counter()
        """Words inside sentences: above zero with a small letter, below with a capital."""
        self.many: Counter[str] = Counter()
        """Words that the note uses as plural, above zero, or as singular, below."""
        self.articles: dict[str, str] = {}
        for text in texts:
            found = [(match.start(), match[0].rstrip(".'’")) for match in WORD.finditer(text)]
            lows = [word.lower() for _, word in found]
            for n, (start, word) in enumerate(found):
                begins = not n or text[start - 2 : start].strip()[-1:] in tuple(".:!?-–")
                if not begins and not word[0].isdigit():
                    self.small[lows[n]] += 1 if word[0].islower() else -1
                self.many[lows[n]] += NUMBER_SIGN.get(found[n + 1][1], 0) if n + 1 < len(found) else 0
                for end in (n + 2, n + 3) if lows[n] in ("a", "an", "the") else ():
                    name = " ".join(lows[n + 1 : end])
                    if lows[n] != "the" or name not in self.articles:
                        self.articles[name] = lows[n]

    def _is_small(self, word: str) -> bool:
        """Does the note write a word with a small letter, or is it a noun that no name begins with?"""
        low = word.lower().rstrip(",.'’")
        written = any(self.small[form] > 0 for form in (low, low + "s", low.removesuffix("s")))
        return word[1:].islower() and (written or bool(not self.small[low] and ABSTRACT.search(low)))

    def is_plural(self, name: str) -> bool:
        """Is a name plural? The verb that the note uses with it decides."""
        head = _head(name)
        if not head or " and " in name:
            return bool(head)
        last = head[-1]
        if self.many[last.lower()]:
            return self.many[last.lower()] > 0
        return is_plural(name) and not last.isupper()

    def inside(self, name: str) -> str:
        """A name as it is written inside a sentence: with small letters where the note writes its words so."""
        words = name.split()
        plain = [word for word in words if word[:1].isalpha() and len(word) > 1 and word.lower() not in SMALL]
        if len(words) > 1 and words[0].lower() in STARTS:
            words[0] = words[0].lower()
        if plain and all(map(self._is_small, plain)):
            words = [word.lower() if word in plain else word for word in words]
        return " ".join(words)

    def with_article(self, name: str) -> str:
        """A name as the note would call it: `a workspace` where it says so, `Azure Databricks` where it does not."""
        inside = self.inside(name)
        words = inside.split()
        named = any(word[0].isupper() for word in words)
        if not words or named or words[0].lower() in STARTS or is_plural(inside):
            return inside
        known = self.articles.get(" ".join(words[:2]).lower(), "")
        head = " ".join(_head(inside)).rpartition(" ")[2].lower()
        counted = COUNTED.fullmatch(inside) and f"{head}s" in self.small
        if known in ("a", "an") or (
            counted and not known and head not in ACTIONS and not ABSTRACT.search(head)
        ):
            return f"{'an' if re.match('[aeio]|u(?!ni|s)', inside) else 'a'} {inside}"
        return f"{known} {inside}".strip()
