"""A list item that explains a term: `Term -> …`, `**Term**: …`, `Term - …`, `Term: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dp100cards.first.notes import grammar
from dp100cards.first.notes.blocks import Bullets, Item, Paragraph, Text
from dp100cards.first.notes.vocabulary import ADJECTIVES

LONGEST = 8
"""Words of a term at most."""

_SEPARATOR = re.compile(r"\s*(?:->|=>|→|⇒)\s*|\s+(?:--|[-–—=])\s+|\s*:\s+|\s*[–—]\s+")
_SEPARATES = re.compile(r"[=→⇒–—:]|->|-\s")
"""What every separator holds."""
_LABEL = re.compile(
    r"^(?:e\.g|i\.e|note|tip|warning|important|example|examples|obs\d*|ps|hint|caution|remember|today)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term and where its explanation begins in the text."""

    name: str
    rest: Text
    purpose: str = ""
    """ "Azure Databricks for Big Data - …": what stands after "for"."""
    strong: bool = False
    """Is it marked as a term, by bold, code or an arrow?"""


_ARROW = re.compile(r"->|=>|→|⇒")


_SENTENCE = re.compile(r" (?:The|An?|This|These|It|They|You|Each|Every|Use|All) [a-z]")
"""How a sentence of its own begins behind a bold term: "**Usage meters** The meters track …"."""


NUMBER = re.compile(r"^(?:\d{1,2}[a-z]?[.)]|\d{1,2}[a-z]|[a-zA-Z][.)])\s+(?=[A-Z])")
"""How a label is numbered: "5. Data augmentation", "4f Verbose logging"."""


_IN_BRACKETS = re.compile(r"\s+\(([^()]{8,})\)\.?")
"""What a command does, behind it: "`terraform plan` (shows what would change)"."""
_DASH = re.compile(r"^[-–—•⁻]+\s*(?=[A-Z][a-z])")
"""The bullet of a list that no space makes one: "-Availability zones: …"; but "-n" and "-D" are names."""


def term_of(text: Text) -> Term | None:
    """The term that an item explains, or None if it is not such an item."""
    plain = text.plain
    for found in _SEPARATOR.finditer(plain) if _SEPARATES.search(plain) else ():
        if any(a < found.start() < b for a, b in text.code) or _open_bracket(plain[: found.start()]):
            continue
        name = _DASH.sub("", NUMBER.sub("", plain[: found.start()].strip(" *_"))).rstrip(" :–—-")
        arrow = bool(_ARROW.search(found[0]))
        bold = any(a == 0 and b >= found.start() - 1 for a, b in text.bold)
        code = any(a == 0 and b >= found.start() - 1 for a, b in text.code)
        if arrow and re.search(r"->|=>|→", plain[found.end() :]):
            return None
        rest = text.part(found.end(), len(plain))
        if not rest.plain or not is_term(name, marked=bold or code or arrow):
            return None
        return _parted(name, rest, strong=bold or code or arrow)
    code_first = next((b for a, b in text.code if a == 0), 0)
    if code_first and (told := _IN_BRACKETS.fullmatch(plain, code_first)):
        return Term(plain[:code_first], text.part(told.start(1), told.end(1)), strong=True)
    bold_first = next((b for a, b in text.bold if a == 0), 0)
    if bold_first and (
        (_SENTENCE.match(plain[bold_first:]) or _tells_of(plain[:bold_first], plain[bold_first:]))
        and is_term(plain[:bold_first].strip(), marked=True)
        and plain[0].isupper()
    ):
        return Term(plain[:bold_first].strip(), text.part(bold_first + 1, len(plain)), strong=True)
    if bold_first and bold_first < len(plain) - 2 and plain[:bold_first].rstrip().endswith(":"):
        name = plain[:bold_first].strip(" :")
        if is_term(name, marked=True):
            return Term(name, text.part(bold_first, len(plain)), strong=True)
    return None


_STOPPED = re.compile(r"[A-Z`][^.!?:;,]{2,50}(?=\. +[A-Z`])")
_FEW = 5
"""Words of a term at most that a full stop parts from its explanation."""


def with_colons(block: Bullets) -> Bullets:
    """The list with a colon for the full stop behind each term, where most items are "Term. What it is …", or where the
    term is bold."""
    ends = [_end_of_stopped(item.text) if item.text else 0 for item in block.items]
    most = sum(map(bool, ends)) > 1 and sum(map(bool, ends)) * 3 >= 2 * len(ends)
    if not any(ends):
        return block
    return replace(
        block,
        items=tuple(
            _with_colon(item, end) if end and (most or _is_bold(item.text, end)) else item
            for item, end in zip(block.items, ends, strict=True)
        ),
    )


def _end_of_stopped(text: Text) -> int:
    """Where the full stop behind a term stands, 0 where there is none."""
    found = _STOPPED.match(text.plain)
    name = found[0].split() if found else []
    is_name = 0 < len(name) <= _FEW and grammar.bare(name[-1]) not in ADJECTIVES and is_term(" ".join(name))
    return found.end() if found and is_name else 0


def _is_bold(text: Text | None, end: int) -> bool:
    return text is not None and any(a == 0 and end <= b <= end + 1 for a, b in text.bold)


def _with_colon(item: Item, end: int) -> Item:
    assert item.text is not None
    text = replace(item.text, plain=f"{item.text.plain[:end]}:{item.text.plain[end + 1 :]}")
    return replace(item, blocks=(Paragraph(text), *item.below))


def _tells_of(name: str, told: str) -> bool:
    """Does a sentence behind a name in bold begin with that name, or with its letters: "**Azure Bastion** The Azure
    Bastion service is …"?"""
    words = told.split()[:5]
    first = name.split()[0] if name.split() else ""
    letters = re.search(r"\(([A-Z][A-Za-z]+)\)", name)
    begins = words[1:2] if words[:1] in (["The"], ["An"], ["A"]) else words[:1]
    return bool(begins) and begins[0] in (first, letters[1] if letters else first)


_FOR = re.compile(r"^(?P<name>[A-Z].*?)\s+for\s+(?P<purpose>.+)$")


_NO_NAME_FOR = frozenset("Check Search Look Use How What When Why Where Plan Test Watch".split())
"""How a term begins that says something to do: "Check if enabled for user"."""


def _parted(name: str, rest: Text, *, strong: bool) -> Term:
    """ "Azure Databricks for Big Data" is a term with a purpose; "Azure Database for MySQL" is a name."""
    found = _FOR.match(name)
    product = found and rest.plain and re.fullmatch(r"[A-Z][\w.+#-]*", found["purpose"])
    asks = found and found["name"].split()[0] in _NO_NAME_FOR
    if found and len(found["name"].split()) >= 2 and not asks and not product:
        return Term(found["name"], rest, found["purpose"], strong)
    return Term(name, rest, strong=strong)


_NO_TERM = re.compile(r"[.!?;]\s|[,;]$|[a-z]{3}\.$")


def is_term(name: str, *, marked: bool = False) -> bool:
    """May these words be a term: few, no finite verb, no label such as "Note"?"""
    parts = name.split()
    if not parts or len(parts) > LONGEST or _LABEL.match(name) or not any(c.isalpha() for c in name):
        return False
    if _NO_TERM.search(name) or grammar.bare(parts[0]) in (
        "it",
        "this",
        "they",
        "if",
        "when",
        "you",
        "we",
        "there",
        "these",
        "that",
    ):
        return False
    if grammar.bare(parts[-1]) in (
        "that",
        "which",
        "with",
        "of",
        "and",
        "or",
        "to",
        "for",
        "by",
        "the",
        "is",
        "are",
    ):
        return False
    if grammar.bare(parts[0]) in (
        "unlike",
        "while",
        "since",
        "because",
        "although",
        "whereas",
        "once",
        "after",
        "before",
    ):
        return False
    if marked:
        return True
    if (grammar.is_imperative(name) and len(parts) > 2) or re.match(
        r"(?:for|in|on|to|by|from|with)\s", name, re.IGNORECASE
    ):
        return False
    return not grammar.has_verb(name)


def _open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")")


_TRAIT = re.compile(
    r"^(?:(?:key |main )?(?:features?|types?|components?|concepts?)|why(?: it matters| use it)?|how|when|where|who"
    r"|workflow|deployment options|best practices|real[- ](?:life|world) examples?|common mistakes|exam tips?"
    r"|use cases?|uses?|used for|best for|ideal for|purpose|limitations?|limits?|advantages?|disadvantages?"
    r"|benefits?|drawbacks?|pros|cons|default|goals?|aim|scope|cost|price|pricing|durability|availability|capacity"
    r"|max(?:imum)? size|role|function|when to use|average \w+ \w+"
    r"|logic|mechanism|behaviou?r|caveats?|intervals?|protocols?"
    r"|targets?|requirements?|syntax|output|input|complexity|structure|location|formula|importance|significance|causes?"
    r"|symptoms?|treatment|effects?|results?|methods?|problems?|solutions?|analogy"
    r"|key (?:point|idea)s?|main idea|how it works"
    r"|risks?|rates?|burst|baseline|size|shape|range|duration|frequency|format|scalability|performance|security|compatibility|availability|latency"
    r"|throughput|consistency|retention|encryption|authentication|examples?|characteristics?|properties)$",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"^(?:(?:simple |short )?definition|meaning|description|concept|overview|explanation"
    r"|in (?:short|simple (?:terms|words))|what(?: it is| is it| are they| they are| it does| it means)?)\??$",
    re.IGNORECASE,
)


def is_meaning(name: str) -> bool:
    """Does a label stand before what the concept above it is ("Definition: …")?"""
    return bool(_MEANING.match(name.strip("` ")))


def is_label(name: str) -> bool:
    """Does a term name a trait of the concept above it ("Limitation", "Use cases") and no concept of its own?"""
    return bool(_TRAIT.match(name.strip("` ")))
