"""Doubts about the rows of a table: does a header name what is asked of a row, and is the row more than a sample?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.aspects import EVERYWHERE
from dp100cards.first.generate.concept_key import initials
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, lower_first, plural
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import MATRIX, Row
from dp100cards.first.notes.vocabulary import ADJECTIVES, NAMES

_SIDES = frozenset(
    """local cloud remote on-premises on-prem onpremises premises azure aws gcp google amazon microsoft windows linux
    mac macos ios android public private hybrid before after old new free paid basic standard premium enterprise
    you customer provider client server development production dev prod test manual automatic static dynamic
    traditional modern internal external physical virtual ipv4 ipv6 tcp udp iaas paas saas sql nosql""".split()
)
"""Headers that are one side of a comparison, and no property of a row."""
_SAMPLE = AnyCase(
    r"\bexample\.(?:com|org|net)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\w+@\w+\.\w+|\b\w+\.(?:txt|csv|log|jpe?g|png|docx?)\b"
    r"|^\d{4}-\d\d-\d\d|^(?:row|item|record|user|student|customer|employee|product|order) ?\d+$"
)
"""What stands in a table of invented records."""
_OF_SAMPLES = AnyCase(r"^(?:examples?|samples?) (?:of|for|data|table)\b|\b(?:example|sample)(?:$| [–—-] )")
"""Headings over tables of examples, whose amounts are samples: "Examples of rules", "Price example"."""
_PERSONAL = re.compile(
    r"(?:birth ?(?:year|date|day)|date of birth|dob|age|grades?|salary|phone(?: number)?|e-?mail|student\w*|first ?name"
    r"|last ?name|surname|gender|marks?|\w+_id|\w+id)",
    re.IGNORECASE,
)
"""Headers of invented records of people."""
_VERB_AND = re.compile(r"\w+s (?:against|from|to|with|on|by|into|via)", re.IGNORECASE)
"""Headers that are a verb and what goes with it: no row has "its protects against"."""
_EXAMPLE = AnyCase(r"\bexamples?\b|\be\.g\b|\bsyntax\b|\bsource\b|\bip\b|\baddress")
_AMOUNT = re.compile(r"(?:unlimited|none|all|many|few|several|up to .*|\d[\d,.]*[kKmM]?\+?)$", re.IGNORECASE)


_PARTS = re.compile(r"\s+[—–-]\s+|[(:;,]")


def of_a_row(draft: Draft, world: World) -> Iterator[str]:
    """Why the cell of a row may not be what its header and its question say."""
    fact = draft.fact
    if not isinstance(fact, Row):
        return
    headers = [bare(header).lower() for header, _ in fact.cells]
    item = bare(draft.item).lower()
    if re.fullmatch(r"[\d.]+|[a-z]|#|col(?:umn)? ?\d+|value \d+", item):
        yield "the columns are compared with each other"
    if item and (_is_side(item) or _one_head(item, headers)):
        yield "the columns are compared with each other"
    told = [text for header, text in fact.cells if not _EXAMPLE.search(header)]
    if any(_SAMPLE.search(text) for text in (fact.concept, *told)):
        yield "one row alone is an example"
    if any(_PERSONAL.fullmatch(header) for header in headers) or (
        fact.heading and _ONLY_EXAMPLE.fullmatch(fact.heading[-1].strip(" :*#0123456789."))
    ):
        yield "one row alone is an example"
    if len(headers) == 1 and _are_sides(fact.category.lower(), headers[0], world):
        yield "the columns are compared with each other"
    spelt = (initials(part) for text in told for part in _PARTS.split(text))
    if any(letters == fact.concept for letters in spelt if letters) and draft.rule == "row.which":
        yield "the question names its answer"
    if draft.rule == "row.match" and _VERB_AND.fullmatch(item):
        yield "clumsy question"
    short = [value for _, value in fact.cells if re.fullmatch(r"[A-Z]", value.strip("`* "))]
    if fact.category != MATRIX and len(short) * 2 >= len(fact.cells) and len(fact.cells) > 1:
        yield "one row alone is an example"
    cell = next((value for header, value in fact.cells if header == draft.item), "")
    if fact.heading and _OF_SAMPLES.search(fact.heading[-1]) and re.search(r"\d", cell):
        yield "one row alone is an example"
    if (
        draft.rule == "row.cell"
        and plural(item)
        and _AMOUNT.match(cell.strip())
        and " have?" not in draft.card.ask
    ):
        yield "clumsy question"
    if count_words(item) > 3:
        yield "long header"
    yield from _of_its_name(fact)
    if draft.item and not re.search(r"\w", draft.item):
        yield "the column has no name"
    if draft.rule in ("row.cell", "row.which", "row.match") and _are_two_lists(fact, draft.item):
        yield "the columns are two lists side by side"
    if draft.item.rstrip().endswith(("...", "…")) or fact.category.rstrip().endswith(("...", "…")):
        yield "clumsy question"
    if "/" in item and "/" not in cell and re.search(r"\w ?/ ?\w{3}", item):
        yield "clumsy question"
    if _MODEL_NUMBER.fullmatch(fact.concept.strip("`* ")) and len(fact.cells) > 2 and not _NEWS.search(cell):
        yield "a table to look things up in"
    if item in ADJECTIVES or item.split()[-1:] == ["important"]:
        yield "clumsy question"
    if item in _ACTS:
        yield "clumsy question"
    if cell.rstrip().endswith("?"):
        yield "not a plain statement"
    if draft.rule == "row.cell" and fact.heading and _MERITS.search(fact.heading[-1]):
        yield "one of several cases"
    if draft.rule == "row.cell":
        yield from _of_a_cell(item, bare(cell))
    words = [frozenset(header.split()) for header, _ in fact.cells]
    shared = frozenset.intersection(*words) if len(words) > 1 else frozenset()
    proper = any(world.naming.always_capital(word) or word in NAMES for word in shared)
    if proper and fact.category != MATRIX:
        yield "the columns are compared with each other"
    if _LANGUAGE.fullmatch(item) or draft.item in NAMES or re.fullmatch(r"[A-Z]\d\w+", draft.item):
        yield "the columns are compared with each other"


_MODEL_NUMBER = re.compile(
    r"(?:Standard_)?[a-zA-Z]{1,3}\d{1,3}[a-z]{0,3}\d?[._ -]?(?:v\d|\w*(?:micro|nano|small|medium|large|metal))"
)
"""One of many sizes of a thing, "m5.large", whose figures nobody learns."""
_NEWS = re.compile(r"[a-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]{3,}")


def _are_two_lists(fact: Row, header: str) -> bool:
    """Do "Categories" and "Types" stand side by side, one of each in a row, as if one were said of the other?"""
    if len(fact.cells) != 1 or not plural(bare(header)) or not plural(bare(fact.category)):
        return False
    cell = fact.cells[0][1]
    return not re.search(r",|;|/| and |\n|\d", cell) and count_words(cell) < 4


def _of_its_name(fact: Row) -> Iterator[str]:
    """The name of a row must be one: not "17", "Null", "AWS owned", "0 ≤ x ≤ 3"."""
    name = bare(fact.concept).strip("`* ")
    if re.fullmatch(r"1\d\d\d|20\d\d", name):
        return  # a year
    if re.fullmatch(r"[\d.,–-]+", name) and stems(_COUNTED_BY.sub("", fact.category.lower())):
        return  # port 443, layer 4
    if re.fullmatch(
        r"(?:very )?(?:small|medium|large|big|short|long|few|many)(?: \(.*\))?", name, re.IGNORECASE
    ):
        yield "asks about no thing"
    if name.split()[-1:] and name.split()[-1].lower() in ADJECTIVES | {"important"}:
        yield "asks about no thing"
    if sum(letter.isalpha() for letter in name) < 2 or _NO_ROW.search(name):
        yield "asks about no thing"


def _of_a_cell(item: str, cell: str) -> Iterator[str]:
    """A noun asks for a thing, and no command or sentence answers it."""
    if _HOLLOW.fullmatch(cell.rstrip(".")):
        yield "says little"
    if _MORE.match(cell) or _YES_AND.match(cell):
        yield "says little"
    if _DENIED.match(cell):
        yield "asks for what is not so"
    form = shape(lower_first(cell))
    if plural(item) and _MERITS.search(item) and form in ("verb", "imperative", "modal"):
        yield "the answer is a fragment"
    if _ANY_FORM.search(item) or cell.startswith("`"):
        return
    if form == "imperative" and _COMMAND.match(cell):
        yield "the answer is a fragment"
    if form == "imperative" and re.match(r"[A-Z][a-z]+, [a-z]+\b", cell):
        yield "the answer is a fragment"
    if re.match(r"(?:how|what|when|where|whether|why) (?!to\b)", cell, re.IGNORECASE):
        yield "the answer is a whole sentence"
    if form in ("clause", "modal") or _CLAUSE.match(cell):
        yield "the answer is a whole sentence"


_ACTS = frozenset(
    "runs works lives needs keeps takes gives goes comes stops starts ends sees gets does has is".split()
)
"""Headers that are verbs: what "runs" is asked for is a guess."""
_MERITS = AnyCase(
    r"\b(?:benefits?|advantages?|disadvantages?|limitations?|pros|cons|drawbacks?|challenges?|considerations?)\b"
)
_COUNTED_BY = re.compile(
    r"\b(?:numbers?|no\.?|ids?|types?|values?|levels?|codes?|size|rank|index|order)\b|\w+\.id\b|#"
)
"""Headers that number the rows, and do not say of what."""
_NO_ROW = AnyCase(
    r"[≤≥<>=]|\b(?:null|none|true|false|yes|no)$"
    r"|\b(?:owned|managed|based|enabled|disabled|required|provided|hosted)$"
)
_LANGUAGE = re.compile(
    r"english|korean|japanese|chinese|french|german|spanish|italian|portuguese|russian|hindi|arabic|dutch|polish|latin",
    re.IGNORECASE,
)
_HOLLOW = re.compile(
    r"medium|moderate|average|normal|varies|depends?(?: on .*)?|custom|various|multiple|different|same|similar"
    r"|see .*|as above|ditto|other|any",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:higher|lower|faster|slower|more|less|better|worse|greater|smaller|larger|bigger|cheaper|easier|harder|simpler"
    r"|shorter|longer|fewer)\b(?! than\b)",
    re.IGNORECASE,
)
"""More than what? That stands in another column."""
_YES_AND = re.compile(r"(?:yes|no|true|false)\s*[-–—,;(:]", re.IGNORECASE)
_DENIED = re.compile(r"(?:not|no longer|never|doesn['’]t|does not|cannot) ", re.IGNORECASE)
_ANY_FORM = AnyCase(
    r"\b(?:actions?|how|steps?|(?:best )?practices?|examples?|commands?|syntax|solutions?|fix(?:es)?|mitigations?"
    r"|uses?|use cases?|usage|purpose|used for|functions?|roles?|tasks?|goals?|responsibilit\w+|descriptions?"
    r"|definitions?|meanings?|details?|explanations?|features?|behaviou?rs?|effects?|results?|rules?|ideas?"
    r"|what .*|why .*|when .*|where .*|who .*|key .*|benefits?|reasons?|principles?|questions?|answers?|formulas?)\b"
)
"""Headers under which deeds and sentences are what is asked for."""
_COMMAND = re.compile(r"[A-Z][a-z]+ (?:the|an?|your|this|it|to|in|on|with|from|as|non|[A-Z])")
_CLAUSE = re.compile(r"(?:there (?:is|are|can|may|will)|it|they|you|we|this|users?) [a-z]+ ", re.IGNORECASE)


_OPPOSITES = frozenset(
    {
        ("inbound", "outbound"),
        ("input", "output"),
        ("pros", "cons"),
        ("advantages", "disadvantages"),
        ("do", "don't"),
    }
    | {
        ("dos", "don'ts"),
        ("before", "after"),
        ("benefits", "drawbacks"),
        ("strengths", "weaknesses"),
        ("old", "new"),
    }
)
_ONLY_EXAMPLE = re.compile(r"examples?|samples?", re.IGNORECASE)


def _are_sides(first: str, second: str, world: World) -> bool:
    """Are the two columns two things of the notes, set against each other: "Process" and "Thread"?"""
    one, two = first.split(), second.split()
    if not one or not two or first == second:
        return False
    if (first, second) in _OPPOSITES:
        return True
    alike = one[-1] == two[-1] and len(one) > 1 < len(two)
    return alike or (
        world.has(world.key(first)) and world.has(world.key(second)) and second not in EVERYWHERE
    )


def _is_side(header: str) -> bool:
    """Is it one of the things compared: "Local", "Terraform Cloud", "AWS"?"""
    words = re.findall(r"[\w-]+", header)
    return bool(words) and (all(w in _SIDES for w in words) or (len(words) == 1 and words[0] in ADJECTIVES))


def _one_head(header: str, headers: list[str]) -> bool:
    """Do all the columns end in one word, and so name things of one kind: "kernel space", "user space"?"""
    heads = {each.split()[-1] for each in headers if each.split()}
    return len(headers) > 1 and len(heads) == 1 and len(header.split()) > 1
