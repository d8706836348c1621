"""Word lists of `words.txt`, and what is known of a word or a name by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files

NUMBER_SIGN = {"are": 1, "were": 1, "have": 1, "is": -1, "was": -1, "has": -1}
ABSTRACT = re.compile(r"(?:ity|tion|sion|ment|ness|ance|ence|ism|sis|logy|ure)s?\Z")
SMALL = frozenset("a an the of in on for to and or with by from at as".split())
STARTS = frozenset("the a an each every all any both".split())
WORD = re.compile(r"[A-Za-z0-9][\w+#'’./-]*")


def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, str] = {}
    name = ""
    for line in (files(__package__) / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found[name] = f"{found.get(name, '')}|{line.lstrip('| ')}"
    return {name: frozenset(word.strip() for word in text.split("|")) - {""} for name, text in found.items()}


LISTS = _lists()


def third(base: str) -> str:
    """The third person of a verb: has, carries, passes, stores."""
    if base == "have":
        return "has"
    if re.search(r"[^aeiou]y\Z", base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh|o)\Z", base) else "s")


def past(base: str) -> str:
    """The past of a verb."""
    if base in PAST:
        return PAST[base]
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if re.search(r"[^aeiou]y\Z", base) else base + ("ned" if base == "ban" else "ed")


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
NUMBERS = {word: n for n, word in enumerate(("two", *"three four five six seven eight nine ten".split()), 2)}


def is_gerund(word: str) -> bool:
    """Is a word a verb in -ing, as in "Using notebooks"?"""
    stem = word.lower().removesuffix("ing")
    return stem != word.lower() and any(s in ACTIONS for s in (stem, stem + "e", stem[:-1]))


def is_name(text: str) -> bool:
    """May this be what something is called? No verb, pronoun, preposition or adverb in front; short."""
    words = text.replace("`", "").split()
    if not words or len(words) > 7 or text[-1] in ",;?!" or not re.search(r"[A-Za-z]", text):
        return False
    first = words[0].lower().strip("(,.:")
    if not re.match(r"[\w`(\"$.<~/]", text):
        return False
    if words[-1].lower().strip(".:") in LISTS["no name ends"]:
        return False
    if first in LISTS["leaders"] or text.lower().strip(" .:") in LISTS["generic"]:
        return False
    if len(words) > 1 and (
        first in ACTION_FORMS or (first.endswith("ing") and (is_gerund(first) or words[1] in SMALL))
    ):
        return False
    if (
        len(words) > 1
        and words[1].lower() in SMALL | {"only", "also"}
        and (first.endswith("ed") or first in LISTS["participles"])
    ):
        return False
    if len(words) == 1 and ((first in VERBS and first != "use") or (first.endswith("ed") and len(first) > 4)):
        return False
    return not re.search(
        r"[.!?;]\s|[\"“”]|n't\b|, and\b|\bvs\b|"
        r"[$=→|{}\\]|\b(?:is|are|was|were|that|which|you|we|they|it|not|whenever|where|whose|because|if|etc|can|cannot|must|should|will|do|does|did)\b",
        text,
    )


def is_plural(name: str) -> bool:
    """Is a name plural, by its last word before a preposition?"""
    head = re.split(r"\s(?:of|in|for|with|to|on|from|and)\s", re.sub(r"\s*\(.*?\)", "", name))[0].split()
    word = head[-1].lower().strip("`*.,") if head else ""
    return (
        len(word) > 3
        and word.endswith("s")
        and not re.search(r"(?:ss|us|is|ics|as)\Z", word)
        and word != "aws"
    )


def lower(text: str) -> str:
    """A title inside a sentence: words with one capital become small."""
    return " ".join(word.lower() if word[1:].islower() else word for word in text.split())


def singular(name: str) -> str:
    """A plural name as one of its kind: "deployment targets" is "deployment target"."""
    if not is_plural(name) or " and " in name:
        return name
    match = re.match(r"(.*?)(\w+?)(s)(\s(?:of|in|for|with|to|on|from)\s.*)?\Z", name)
    if not match:
        return name
    word = match[2] + "s"
    if word.lower().endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif re.search(r"(?:sses|xes|ches|shes)\Z", word.lower()):
        word = word[:-2]
    else:
        word = word[:-1]
    return match[1] + word + (match[4] or "")


class Index:
    """The words of one note: how it writes them, and which article it puts before them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.small: Counter[str] = Counter()
        self.articles: dict[str, str] = {}
        self.many: Counter[str] = Counter()
        """Words that the note uses as plural, above zero, or as singular, below."""
        for text in texts:
            found = list(WORD.finditer(text))
            words = [match[0].rstrip(".'’") for match in found]
            for n, word in enumerate(words):
                begins = not n or text[found[n].start() - 2 : found[n].start()].strip()[-1:] in (
                    ".",
                    ":",
                    "!",
                    "?",
                    "-",
                    "–",
                )
                if not begins and not word[0].isdigit():
                    self.small[word.lower()] += 1 if word[0].islower() else -1
                if words[n + 1 : n + 2] and words[n + 1] in NUMBER_SIGN:
                    self.many[word.lower()] += NUMBER_SIGN[words[n + 1]]
                if word.lower() in ("a", "an", "the"):
                    for end in (n + 2, n + 3):
                        name = " ".join(words[n + 1 : end]).lower()
                        if word.lower() != "the" or name not in self.articles:
                            self.articles[name] = word.lower()

    def is_small(self, word: str) -> bool:
        """Does the note write a word with a small letter, or is it a noun that no name begins with?"""
        low = word.lower().rstrip(",.'’")
        forms = (low, low + "s", low.removesuffix("s"))
        return any(self.small[form] > 0 for form in forms) or (
            not self.small[low] and bool(ABSTRACT.search(low))
        )

    def heading(self, title: str) -> str:
        """A heading as it is written inside a sentence: each word by itself."""
        return " ".join(
            w.lower() if w[1:].islower() and self.small[w.lower()] > 0 else w for w in title.split()
        )

    def is_plural(self, name: str) -> bool:
        """Is a name plural? The verb that the note uses with it decides; a long name with capitals is one thing."""
        head = re.split(r"\s(?:of|in|for|with|to|on|from)\s", re.sub(r"\s*\(.*?\)", "", name))[0].split()
        if not head or " and " in name:
            return bool(head)
        last = head[-1]
        if self.many[last.lower()]:
            return self.many[last.lower()] > 0
        long_name = len(head) > 1 and last[:1].isupper() and not self.small[last.lower()] > 0
        return is_plural(name) and not long_name and not last.isupper()

    def inside(self, name: str) -> str:
        """A name as it is written inside a sentence: with small letters where the note writes its words so."""
        words = name.split()
        plain = [word for word in words if word[:1].isalpha() and len(word) > 1 and word.lower() not in SMALL]
        if len(words) > 1 and words[0].lower() in STARTS:
            words[0] = words[0].lower()
        if plain and all(word[1:].islower() and self.is_small(word) for word in plain if len(word) > 1):
            words = [word.lower() if word in plain else word for word in words]
        return " ".join(words)

    def with_article(self, name: str) -> str:
        """A name as the note would call it: `a workspace` where it says so, `Azure Databricks` where it does not."""
        inside = self.inside(name)
        words = inside.split()
        if not words or words[0].lower() in STARTS or is_plural(inside):
            return inside
        if any(word[0].isupper() for word in words):
            return inside
        article = self.articles.get(" ".join(words[:2]).lower(), "")
        if not article or article == "the":
            return f"{article} {inside}".strip()
        return f"{'an' if words[0][0] in 'aeiou' else article} {inside}"
