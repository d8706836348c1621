"""The kinds of fact: what `extract` finds in a note, and all that `generate` knows of it.

A fact is one statement of the learner's, made explicit: what it is about (`concept`), which set of like things
that belongs to (`category`: the list, the table, the group of "What is …" headings), and the words themselves.
Facts are data between two rooms: `notes` knows Markdown and nothing of cards, `generate` knows cards and
nothing of Markdown.

The text of a fact is cleaned (typing errors mended, abbreviations left as written, no Markdown noise); the quote
in its source is the note's raw words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from dp100cards.cards import Source


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since the note was written: a `> Today (2025-06): …` line."""

    date: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has. `confidence` (0–1) says how sure the rule is that it read the words rightly."""

    kind: ClassVar[str] = ""

    concept: str
    """What it is about, as the learner names it, without an article: "workspace", "Azure Databricks". "" if none."""
    category: str = ""
    """What the concept is one of: "Azure data science option". Facts of one category lend each other distractors."""
    heading: tuple[str, ...] = ()
    """The headings above it, outermost first."""
    source: Source
    deck: str = ""
    """The deck that the note or its front matter asks for; "" leaves it to the build."""
    tags: tuple[str, ...] = ()
    confidence: float = 1.0
    status: str = ""
    """"", "advice", "outdated" or "unclear"."""
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Fact):
    """What the concept is: `value` is a noun phrase ("an abstraction over an Azure Storage account")."""

    kind: ClassVar[str] = "definition"
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(Fact):
    """One thing said of a concept beside its siblings, as a fragment: "drag and drop", "based on Spark"."""

    kind: ClassVar[str] = "description"
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """A whole sentence about the concept, split in subject, verb and object where the rule could."""

    kind: ClassVar[str] = "statement"
    sentence: str
    subject: str = ""
    verb: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration(Fact):
    """The parts, kinds or members of something: an image has three components."""

    kind: ClassVar[str] = "enumeration"
    lead: str
    """The words before the list, as a sentence without its colon: "An image has three components"."""
    what: str
    """What the items are, in the plural: "components", "deployment targets"."""
    items: tuple[str, ...]
    open: bool = False
    """True where the list is not complete ("such as", "e.g.", "etc.")."""
    inline: bool = False
    """True where the items stand inside the sentence and not as a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Fact):
    """All that a list under a heading says, where its lines are no sentences and nothing says what they are."""

    kind: ClassVar[str] = "points"
    title: str
    """The heading, or the term that the list hangs on."""
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(Fact):
    """Steps in an order that the note states: an arrow, a numbered list."""

    kind: ClassVar[str] = "sequence"
    what: str
    """What the steps are of: "DS pipeline"."""
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast(Fact):
    """The concept against another, in one respect; `value` holds of the concept and not of `other`."""

    kind: ClassVar[str] = "contrast"
    other: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Fact):
    """What the concept is good for: "on-premises data", "beginner data scientists"."""

    kind: ClassVar[str] = "use"
    marker: str
    """The learner's word for it: "useful for", "ideal for", "use … to"."""
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Fact):
    """If `condition`, then `result`; both whole clauses."""

    kind: ClassVar[str] = "consequence"
    condition: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Fact):
    """`claim`, because of `reason`; both whole clauses."""

    kind: ClassVar[str] = "cause"
    claim: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Fact):
    """What somebody recommends (`what`), and why, if said."""

    kind: ClassVar[str] = "advice"
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation(Fact):
    """`short` stands for `long`."""

    kind: ClassVar[str] = "abbreviation"
    short: str
    long: str


MATRIX = "yes or no"
"""The category of a row that says for each column, a thing, whether it has what the row is about."""

YES = re.compile(r"^(?:yes|y|true|✓|✔|✅|✅ ?yes|x|☑)(?: \([^)]*\))?$", re.IGNORECASE)
NO = re.compile(r"^(?:no|n|false|✗|✘|❌|❌ ?no)(?: \([^)]*\))?$", re.IGNORECASE)
"""A cell that says only yes, or only no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Fact):
    """One row of a table: the concept and, for each further column, its header and the cell."""

    kind: ClassVar[str] = "row"
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet(Fact):
    """A fenced code block with `{{marked}}` spans, or with spans that a rule found worth asking."""

    kind: ClassVar[str] = "snippet"
    language: str
    code: str
    task: str
    """What the code does, from the words before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own(Fact):
    """A card that the learner wrote: `Q:`/`A:`, `{{cloze}}`, `term :: definition`. It becomes exactly that card.

    `form` is "question" (`front`, `back`), "cloze" (`front` holds the gaps) or "term" (asked both ways).
    """

    kind: ClassVar[str] = "own"
    form: str
    front: str
    back: str = ""
