"""The names of concepts: out of headings and terms, and known again under another spelling or an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dp100cards.first.notes import grammar
from dp100cards.first.notes.vocabulary import BASE, STOP_WORDS

GENERIC = frozenset(
    """
        overview introduction intro summary conclusion notes note types type kinds general basics basic
        concepts concept features feature benefits benefit advantages advantage disadvantages disadvantage pros
        cons limitations limitation drawbacks drawback characteristics objective objectives goal goals takeaway takeaways
        reminder reminders highlights gist common breakdown capabilities capability considerations challenges fact facts
        scenarios differences best practices responsibilities
        function functions role roles examples
        example details key points terms terminology glossary definitions definition resources reference references links
        links misc miscellaneous other others more information background recap review questions faq faqs
        deeper deep dive tips tip exam mock practice quiz knowledge check cheat sheet revision test tests question answer answers
        theory description purpose usage use cases how it works why what when options
        components steps important remember built-in additional further reading prerequisites requirements
        agenda contents step-by-step walkthrough about table of main core properties architecture pricing comparison day week module
        lab exercise chapter part lesson section unit
        """.split()
)
"""Headings made of these words name no concept of their own: their parent's counts."""

_NUMBERING = re.compile(
    r"^(?:(?:chapter|part|module|lesson|section|unit|step|lab|exercise|day|week|task|objective|domain|topic|skill|lecture|video|fact|tip|rule|point)\s+[\divxlc]+(?:\.\d+)*\s*[:.)–—-]*\s*"
    r"|\(?\d+(?:\.\d+)*\.?[A-Za-z][.):]\s+|\(?\d+(?:\.\d+)*[.):]?\s+|\d+(?:\.\d+)+[.):]?\s*|[IVXLC]+[.)]\s+|[A-Za-z][.)]\s+|[#>•–—-]+\s*)+",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"^what(?:['’]s|\s+is|\s+are|\s+does|\s+do)\s+(?:an?\s+|the\s+)?(?P<name>.+?)(?:\s+(?:do|mean|stand for|used for))?\s*\??$",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:we|you|i|they|there|it|this|these|those|some|other)\b", re.IGNORECASE)
"""Of whom "What are we doing?" speaks: of no concept."""
_OTHER = re.compile(
    r"(?:other|more|additional|further|various|some|misc\w*|steps|ways|tips)\b", re.IGNORECASE
)
_QUESTION = re.compile(r"^(?:why|how|when|where|which|who|should|can|do|does|is|are)\b", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"\b((?:[A-Z]?[\w/&-]+\s+){1,7}?[A-Z]?[\w/&-]+)\s+\((?:[A-Z][a-z]+ )?([A-Z][A-Za-z]*[A-Z][A-Za-z]{0,2}s?|[A-Z]{1,3}[23])\)"
)
_DECORATION = re.compile(r"^\W+(?=\w)")
_IN_CODE = re.compile(r"`[a-z_][\w.:-]*(?:\(\))?`")
"""A name of code, which stays written as such lest it be read as a word: `element`, `count()`."""


def without_number(title: str) -> str:
    """A heading without its number, decoration and closing colon."""
    if _IN_CODE.fullmatch(title.strip()):
        return title.strip()
    text = _DECORATION.sub("", title.strip())
    text = _NUMBERING.sub("", text) or text
    return text.strip().rstrip(":").strip()


_SHORT_AND_LONG = re.compile(r"(?P<short>[A-Z][A-Za-z]*[A-Z]s?)\s+[-–—]\s+(?P<long>\S.+)$")
_SORT_OF_TEXT = re.compile(
    r"\s*[-–—:]\s*(?:overview|introduction|summary|basics|notes|recap)$", re.IGNORECASE
)
_TOLD_OF = re.compile(
    r"^(?:introduction to|overview of|intro to|about|understanding|basics of|types of)\s+", re.IGNORECASE
)
_DOING = re.compile(r"[A-Za-z]+ing\s+(?:with|your|the|a|an|to|from|in|and)\b")


@lru_cache(maxsize=4096)
def from_heading(title: str) -> str:
    """The concept that a heading names; "" for a generic one, a question, or one that says what to do."""
    text = without_number(title)
    asked = _WHAT_IS.match(text)
    if asked:
        return "" if _NOBODY.match(asked["name"]) else _article_off(asked["name"].rstrip("?").strip())
    short = _SHORT_AND_LONG.match(text)
    if short and long_form(short["long"], short["short"]) == short["long"]:
        return f"{short['long']} ({short['short']})"
    text = _TOLD_OF.sub("", _SORT_OF_TEXT.sub("", text))
    if is_generic(text) or _QUESTION.match(text) or text.endswith("?") or _OTHER.match(text):
        return ""
    first = grammar.bare(grammar.words(text)[0]) if grammar.words(text) else ""
    if (
        first in BASE and len(text.split()) > 1 and not text.split()[1][:1].isupper()
    ) or grammar.is_imperative(text):
        return ""
    if _DOING.match(text) or len(text.split()) > 7:
        return ""
    return _article_off(text)


def object_of_heading(title: str) -> str:
    """What a heading that says what to do does it to: "Interact with ML Service" → "ML Service"; "" for others."""
    text = without_number(title)
    parts = text.split()
    if (
        from_heading(title)
        or len(parts) < 2
        or not (grammar.bare(parts[0]) in BASE or parts[0].lower().endswith("ing"))
    ):
        return ""
    rest = re.sub(r"^(?:and|&) [a-z]+\s+", "", " ".join(parts[1:]))  # "Configure and run a client"
    rest = re.sub(r"^(?:with|to|from|in|on|for|up)\s+", "", rest)
    rest = re.split(r"\s+(?:with|using|in|on|from|for|to|by|and|via)\s+", rest)[0]
    return "" if is_generic(rest) else _article_off(rest)


def is_generic(text: str) -> bool:
    """Is this made of words only that stand over any text?"""
    parts = [grammar.bare(part) for part in grammar.words(text)]
    return all(
        part in GENERIC or part in STOP_WORDS or not any(letter.isalpha() for letter in part)
        for part in parts
    )


_DIGIT = re.compile(r"\d")


def is_category(title: str) -> bool:
    """Does a heading name a set of like things, so that what stands below are its members: "Azure storage options"?"""
    text = without_number(title)
    last = grammar.bare(text.split()[-1]) if text.split() else ""
    return (
        grammar.looks_plural(last)
        and not is_generic(text)
        and not _DIGIT.search(text)
        and len(text.split()) <= 6
    )


def asks_what_is(title: str) -> bool:
    """Is the heading "What is X"?"""
    return bool(_WHAT_IS.match(without_number(title)))


_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


def _article_off(text: str) -> str:
    plain = _ARTICLE.sub("", text).strip()
    return plain if _IN_CODE.fullmatch(plain) else plain.strip(" `")


_SPELT_OUT = re.compile(r"\b([A-Z][A-Za-z]*[A-Z]s?)\s+\(((?:[A-Za-z-]+\s+){1,6}[A-Za-z-]+)\)")


def abbreviations(text: str) -> list[tuple[str, str]]:
    """The (short, long) pairs that a text introduces: "Azure ML Services (AMLS)", "RG (resource group)"."""
    if "(" not in text:
        return []
    found: list[tuple[str, str]] = []
    for match in _ABBREVIATED.finditer(text):
        long = long_form(match[1], match[2])
        if long:
            found.append((match[2], long))
    for match in _SPELT_OUT.finditer(text):
        if long_form(match[2], match[1]) == match[2]:
            found.append((match[1], match[2]))
    return list(dict.fromkeys(found))


def long_form(before: str, short: str) -> str:
    """The last words of `before` whose initials, small words aside, spell `short`; "" if none do."""
    letters = re.sub(r"s$", "", short).upper() if short.endswith("s") and len(short) > 2 else short.upper()
    letters = _REPEATED.sub(lambda found: found[1] * int(found[2]), letters)
    parts = before.split()
    for start in range(len(parts) - 1, -1, -1):
        if _spells(parts[start:], letters):
            return " ".join(parts[start:])
    for start in range(len(parts) - 2, -1, -1):
        if _begins(parts[start:], letters):
            return " ".join(parts[start:])
    return ""


_REPEATED = re.compile(r"([A-Z])([23])$")
"""EC2 has two Cs, and S3 three of them."""


def _begins(parts: list[str], letters: str) -> bool:
    """Do two or more words with capitals spell the letters, some giving more than their first: "Secure Shell (SSH)"?"""
    rest = letters
    for part in parts:
        word = part.upper()
        if not part[:1].isupper() or not rest:
            return False
        if not word.startswith(rest[0]):
            if not word.startswith(f"E{rest[0]}"):  # "Extensible Markup Language (XML)"
                return False
            word = word[1:]
        at, taken = 0, 0
        following = parts[parts.index(part) + 1 :]
        while rest and at >= 0 and len(rest) > len(following):
            at = word.find(rest[0], at)
            if at < 0:
                break
            at, taken, rest = at + 1, taken + 1, rest[1:]
        if not taken:
            return False
    return not rest


def _spells(parts: list[str], letters: str) -> bool:
    """Do the words' initials spell the letters? A word in capitals spells itself; small words may be left out."""
    if not parts or grammar.bare(parts[0]) in STOP_WORDS:
        return False

    def match(n: int, rest: str) -> bool:
        if n == len(parts):
            return not rest
        word = re.sub(r"[^A-Za-z]", "", parts[n])
        small = word.lower() in ("of", "for", "and", "the", "to", "in", "a", "an", "on", "with", "as")
        if small and match(n + 1, rest):
            return True
        if word.isupper() and len(word) > 1 and rest.startswith(word) and match(n + 1, rest[len(word) :]):
            return True
        inner = [
            piece[0].upper()
            for piece in re.split(r"[-/]|(?<=[a-z])(?=[A-Z])", parts[n])
            if piece[:1].isalpha()
        ]
        whole = "".join(inner)
        if len(whole) > 1 and rest.startswith(whole) and match(n + 1, rest[len(whole) :]):
            return True
        return bool(word) and rest.startswith(word[0].upper()) and match(n + 1, rest[1:])

    return match(0, letters)


_WORDS = re.compile(r"[\w#+.]+")


@lru_cache(maxsize=8192)
@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What all spellings of a name share: case, articles, plural and punctuation left out."""
    parts = [grammar.stem(grammar.bare(part)) for part in _WORDS.findall(name.lower().replace("`", ""))]
    return " ".join(part for part in parts if part not in ("a", "an", "the"))


class Glossary:
    """The names in a collection of notes, and which of them are one concept."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._long: dict[str, str] = {}
        for short, long in pairs:
            self._long.setdefault(key(short), key(long))
        self._longs = frozenset(self._long.values())

    def key(self, name: str) -> str:
        """What all names of one concept share; an abbreviation has its long form's."""
        known = key(name)
        vendor, _, rest = known.partition(" ")
        if vendor in ("amazon", "aws") and (rest in self._long or rest in self._longs):
            known = rest  # Amazon EC2 is EC2; but Azure AD is not AD
        return self._long.get(known, known)

    def same(self, one: str, other: str) -> bool:
        """Are these two names of one concept?"""
        return bool(one) and self.key(one) == self.key(other)
