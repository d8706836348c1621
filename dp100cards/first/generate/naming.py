"""How a concept is named inside a sentence: its article and its capitals, learnt from the notes' own use of it.

"Datastore", a heading, is "a datastore" where the notes say "What is a Datastore" or "as a datastore" anywhere;
"Azure Databricks" takes no article; of a name that the notes never use in a sentence nothing is known, and a
question then puts it first, with a colon: "Feature store: what is it?".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from dp100cards.first.generate.english import DETERMINERS, article, head_noun, plural, singular, upper_first
from dp100cards.first.generate.stems import words
from dp100cards.first.generate.words_of import texts
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Fact
from dp100cards.first.notes.verb import SURELY_THIRD
from dp100cards.first.notes.vocabulary import AUXILIARIES, BASE, NAMES, PREPOSITIONS, SMALL_WORDS, THIRD

_AFTER_ARTICLE = re.compile(
    r"\b(an?|the|each|every|one|your|per|this)\s+((?:[\w#+-]+[ ]?){1,5})", re.IGNORECASE
)
_WHAT_IS = re.compile(r"what(?: is|'s)", re.IGNORECASE)
_ACTS = re.compile(r"(?:The )?([\w-]+s) ([a-z]+s)\b")
_IS_ONE = re.compile(r"((?:[A-Z][\w-]+ ){1,3}[A-Z][\w-]*s) (?:is|was) (?:an?|the) ")
"""A product named in the plural, which is one: "Event Hubs is a …"."""
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b(?! [A-Z])")
_CAPITAL = re.compile(r"[A-Z][a-z-]+")
_UNCOUNTED = re.compile(r"(?:ing|tion|ity|ness|ance|ence|ism|ics|ment)$")
_QUALITY = re.compile(r"(?:ing|\bmanagement|thentication|thorization|ncryption|[ai]bility|vernance)$")
"""What has no article for all that is said of "the encryption of a disk"."""
_DOING = re.compile(r"^\w+ing$")
""" "Clustering" has no article, whatever "a clustering algorithm" has."""
_NEVER_COUNTED = frozenset(
    "data storage software hardware information traffic code compute memory access".split()
)
"""Nouns without a plural: "a relational data" is the beginning of "a relational data store"."""
_VENDORS = frozenset({"AWS", "GCP", "IBM", "SQL", "Amazon"})
_THINGS = frozenset(
    """
    account alert algorithm application artifact balancer blob bucket certificate cluster container cookie
    credential database dataset datastore disk document endpoint environment event experiment feature file filter
    function gateway group host image index instance interface key label layer lock log machine message metric
    model module network node notebook object option partition permission pipeline plan pod policy pool process
    queue record region registry replica report request resource role rule run script secret server snapshot
    state store subnet subscription system table tag target task template test thread tier token topic trigger type
    unit user variable vector version view volume zone analyst engineer scientist administrator developer architect
    manager owner format protocol port flag system service tool server client agent channel code device factor machine
    annotation entity set deployment secret probe taint toleration cell organism enzyme molecule network response packet
    frame segment router switch
    """.split()
)
"""Things that are counted: a name that ends in their plural is spoken of in the plural."""
_OF_PRODUCTS = frozenset({"services", "systems", "tools", "forms", "tables", "functions"})
"""Plurals that one product may be called by: "SQL Server Machine Learning Services"."""
_PRODUCTS = frozenset("pandas jenkins postgres pgs keras redis tigris maps docs sheets forms lex".split())
_COUNTED = frozenset({"a", "an", "each", "every", "one", "per"})


_TOPIC = (
    r"(?:factors?|guidelines?|considerations?|decisions?|knowledge check|summary|overview|objectives?|introduction"
    r"|best practices|learning path|additional resources|further reading|references|prerequisites|conclusion"
    r"|key points|key takeaways|takeaways|questions?|scenarios?|use cases?|examples?|benefits|advantages"
    r"|disadvantages|features|limitations|requirements|pros|cons|tips?|notes?|steps|intro|basics)"
)
_NO_NAME = AnyCase(
    r"^(?:this|these|those|whatever|whichever|any|such|how|what|why|when|which|where|who|your|my|our|other|more|some|key|main|lab|exercise|module|step|part)\b"
    rf"|^{_TOPIC} (?:of|for|to|when|in|about)\b|\b{_TOPIC}$|\bvs\b|[?:!/]$|[:;?!|]"
    r"|^(?:pricing|prices?|costs?|performance|scalability|flexibility|security|durability|availability"
    r"|reliability|speed|size|purpose|usage|types?|definitions?|options|below|above|here|following|then|now|next)$"
)
"""Headings that name a topic of the notes and not a thing, and nouns for what everything has."""


_COMMANDS = frozenset(
    """create deploy identify design configure manage implement explore understand choose define describe enable use
    get build train run make find see learn select decide prepare perform work interact connect install add
    evaluate optimize consume set""".split()
)
"""Verbs that open a heading about something to do; others open names too: "Load balancer", "Scale set"."""


_OPENS_CLAUSE = AUXILIARIES | THIRD | PREPOSITIONS | {"had", "has", "have", "did", "does", "not", "no", "to"}


_AFTER_VERB = DETERMINERS | PREPOSITIONS
_AFTER_A_NAME = (
    AUXILIARIES
    | THIRD
    | PREPOSITIONS
    | {"and", "or", "that", "which", "who", "to", "if", "when", "is", "are"}
)
"""What follows a noun and its article; before another noun ("a Dataproc cluster") a name has no article of its own."""


def is_name(concept: str) -> bool:
    """Does the concept name a thing, and not a heading's subject ("Factors to consider", "Deploy a model")?"""
    parts = concept.split()
    if not 1 <= len(parts) <= 7 or _NO_NAME.search(concept):
        return False
    if len(parts) > 1 and parts[0].lower() in _OPENS_CLAUSE:
        return False
    first, second = parts[0].lower(), parts[1].lower() if len(parts) > 1 else ""
    if not second or first not in BASE:
        return True
    return not (first in _COMMANDS or second in _AFTER_VERB or len(parts) > 3)


_NAMED = NAMES | _VENDORS


def _is_title(name: str) -> bool:
    """Is it written as names of products are ("Power Virtual Agents", "Form Recognizer"), and no counted thing?"""
    parts = name.split()
    if len(parts) < 2 or not all(
        re.match(r"[A-Z][\w.+#-]*$", part) or part in ("for", "of", "and") for part in parts
    ):
        return False
    last = parts[-1].lower()
    return last not in _THINGS and singular(last) not in _THINGS and not plural(name)


class Naming:
    """What the notes' own sentences show about the names in them."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._asked_what: set[str] = set()
        """Names that a heading asks for with an article: "What is a VM"."""
        self._names: dict[str, tuple[bool, str, str, str]] = {}
        self._many: dict[str, bool] = {}
        self._articles: dict[str, set[str]] = defaultdict(set)
        self._small: set[str] = set()
        self._ones: set[str] = set()
        """Words that end like a plural and act as one thing: "k-means partitions the data"."""
        self._products: set[str] = set()
        """Names that end like a plural and are one thing, whatever else is written small: "Event Hubs"."""
        self._capitals: set[str] = set()
        """Words that are met with a capital inside a sentence."""
        seen: set[str] = set()
        for fact in facts:
            for text in (*texts(fact), *fact.heading[-1:], fact.source.quote):
                if text not in seen:
                    seen.add(text)
                    self._learn(text)

    def _learn(self, text: str) -> None:
        asks = _WHAT_IS.match(text)
        if (alone := _ACTS.match(text)) and (alone[2] in SURELY_THIRD or alone[2] in ("is", "has", "was")):
            self._ones.add(alone[1].lower())
        self._products.update(_IS_ONE.findall(text))
        for found in _AFTER_ARTICLE.finditer(text):
            following = found[2].lower().split()
            if asks:
                self._asked_what.add(" ".join(following).rstrip("?"))
            plain = found[2].split()
            modifies = plain[0][:1].isupper() and len(plain) > 1 and following[1] not in _AFTER_A_NAME
            for n in range(2 if modifies else 1, len(following) + 1):
                self._articles[" ".join(following[:n])].add(found[1].lower())
        self._capitals.update(_INSIDE.findall(text))
        runs: list[str] = []
        for word in words(text):
            runs = [word, *[f"{run} {word}" for run in runs[:3]]] if word.islower() else []
            self._small.update(runs)

    def _named(self, concept: str) -> tuple[bool, str, str, str]:
        """`common`, `inside`, `subject` and `title`, worked out once for each name."""
        known = self._names.get(concept)
        if known is None:
            common = self._is_common(concept)
            inside = self._inside(concept, common)
            subject = self._subject(inside, common)
            known = self._names[concept] = common, inside, subject, upper_first(inside)
        return known

    def common(self, concept: str) -> bool:
        """Is it a common noun ("compute target", "ML pipeline") and not a name ("Azure Databricks")?"""
        return self._named(concept)[0]

    def inside(self, concept: str) -> str:
        """The name as it stands inside a sentence, without an article: "datastore", "Azure Databricks"."""
        return self._named(concept)[1]

    def subject(self, concept: str) -> str:
        """The name with its article, ready for "What is …?"; "" where the notes do not show which it takes."""
        return self._named(concept)[2]

    def many(self, concept: str) -> bool:
        """Is it spoken of in the plural: "compute targets", "Reserved Instances", but not "AWS Organizations"?"""
        known = self._many.get(concept)
        if known is None:
            known = self._many[concept] = self._is_many(concept)
        return known

    def _is_many(self, concept: str) -> bool:
        name = self.inside(concept)
        if name in self._products:
            return False
        if not plural(name):
            one, _, other = name.partition(" and ")
            return bool(other) and plural(one) and plural(other.split(" in ")[0])
        last = head_noun(name)
        if name.lower() in self._ones and singular(name.lower()) not in self._small:
            return False
        if re.fullmatch(r"[A-Z]{2,}s", last):
            return True  # "URIs"
        if singular(last.lower()) in _THINGS and last.lower() not in _OF_PRODUCTS:
            return True  # "Docker containers"
        own = name.split()[0] not in _NAMED
        return self.common(concept) or (own and last.lower() not in _PRODUCTS)

    def _is_common(self, concept: str) -> bool:
        parts = concept.split()
        if (
            not parts
            or concept in self._products
            or (parts[0] in NAMES and (len(parts) == 1 or parts[-1][:1].isupper()))
        ):
            return False
        if any(re.search(r"[A-Z0-9]", part[1:]) for part in parts[-1:]):
            return False
        if parts[-1].islower() or (len(parts) == 1 and concept[1:].islower() and concept.lower() in _THINGS):
            return True
        if len(parts) == 1 and self._articles.get(concept.lower(), set()) & _COUNTED:
            return True
        return self.seen_small(" ".join(parts))

    def seen_small(self, name: str) -> bool:
        """Do the notes write the name with a small letter anywhere?"""
        low = name.lower()
        return any(form in self._small for form in (low, low + "s", singular(low)))

    def always_capital(self, word: str) -> bool:
        """Do the notes write the word with a capital inside a sentence, and never with a small letter?"""
        return word in self._capitals and word.lower() not in SMALL_WORDS and not self.seen_small(word)

    def _inside(self, concept: str, common: bool) -> str:
        if not common:
            return concept
        return " ".join(p.lower() if _CAPITAL.fullmatch(p) and p not in NAMES else p for p in concept.split())

    def _subject(self, name: str, common: bool) -> str:
        if not name:
            return ""
        used = self._articles.get(name.lower(), set())
        counted = used & _COUNTED
        first = name.split()[0]
        if name in self._products:
            return name
        if not common:
            acronym = re.fullmatch(r"[A-Z]+[a-z]{0,2}[A-Z]+\d?", name) is not None
            if counted and first not in NAMES:
                return f"{article(name)} {name}" if name.lower() in self._asked_what else ""
            known = acronym or first in NAMES or re.search(r"[a-z][A-Z]|\d", name) or first == name
            return name if known or _is_title(name) else ""
        if plural(name):
            return name
        last = name.split()[-1].lower()
        shown = used & {"the", "this", "your"}
        if (last in _THINGS and not shown) or (
            counted and last not in _NEVER_COUNTED and not _DOING.search(name)
        ):
            return f"{article(name)} {name}"
        if _UNCOUNTED.search(name) and ("the" not in used or _QUALITY.search(name)):
            return name
        return f"the {name}" if shown else ""

    def title(self, concept: str) -> str:
        """The name at the head of a question, "Datastore: …", or as an option."""
        return self._named(concept)[3]
