"""An explicit question: the card that a person wrote, and what of a note makes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dp100cards.cards import Card, Scenario, Source
from dp100cards.errors import Problem
from dp100cards.notes.blocks import Block, Note, Section
from dp100cards.notes.inline import COMMENT, IMG, LINK, PICTURE, TAG, flow, plain

EXPLANATION = re.compile(
    r"(?:\*\*|__)?(?:answer )?(?:explanation|rationale|reason|why)\s*"
    r"(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:?|:)"
    r"\s*",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"(?:\*\*|__)?(?:references?|sources?|documentation|docs|further reading|more info|see also|links?)\b\s*"
    r"(?:\*\*|__)?\s*(?::|\]?\(|\Z)\s*(?:\*\*|__)?",
    re.IGNORECASE,
)
SUMMARY = re.compile(r"<summary\b.*?</summary>", re.DOTALL | re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s)>\]\"']+")
NO_TITLE = re.compile(
    r"(?:references?|source|link|docs?|documentation|here|article)?\s*\d*\W*\Z", re.IGNORECASE
)
LONGEST_QUOTE = 200


@dataclass
class Question:
    """One card that a person wrote, with the section that it stands in."""

    card: Card
    section: Section
    loose: bool = False
    """Only a line that ends in `?`, with what is under it: a bank of quiz questions has such lines in its README."""
    lines: tuple[int, int] = (0, 0)
    """Where it stands."""
    cited: bool = False
    """Is its source a quote of a note, `Source: lecture.md "the very words"`?"""


@dataclass
class Found:
    """The explicit questions of one note, and what was used up by them."""

    note: Note
    questions: list[Question] = field(default_factory=list)
    unused: list[Problem] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """The ids of the blocks that facts must leave alone."""
    scenarios: dict[int, Scenario] = field(default_factory=dict)
    """By the id of the section that tells them."""
    cited: set[int] = field(default_factory=set)
    """The ids of the sections that quote a note as the source of a question: a question there is a person's own."""
    tasks: bool = False
    """Was a question in task-list form found? Then the note is a bank of questions."""

    def use(self, blocks: Sequence[Block]) -> None:
        """Keep facts away from these blocks."""
        for block in blocks:
            self.used.update(map(id, block.walk()))

    def tell(self, line: int, message: str) -> None:
        """Say why something makes no card."""
        self.unused.append(Problem(f"notes/{self.note.path}", line, 0, message))

    def wrong(self, line: int, message: str) -> None:
        """Say what is malformed."""
        self.note.problems.append(Problem(f"notes/{self.note.path}", line, 0, message))

    def add(
        self,
        kind: type[Card],
        section: Section,
        lines: tuple[int, int],
        ask: str,
        *,
        quote: str = "",
        after: Sequence[Block] = (),
        explain: str = "",
        loose: bool = False,
        **fields: Any,
    ) -> None:
        """Add a card. `after` are the blocks behind the answer: explanation and source."""
        given = section.given
        more, page = afterwards(self.note, after)
        source = given.source(self.note.path, lines, quote or first_line(ask))
        if page:
            source = replace(source, title=page.title, url=page.url, date="", checked="")
        skills = given.skills or (() if given.level == "exam" else self.note.front.file_skills)
        told = (self.scenarios[id(each)] for each in (section, *section.above) if id(each) in self.scenarios)
        card = kind(
            id="",
            deck="",
            ask=ask,
            explain="\n\n".join(part for part in (explain, more) if part),
            level=given.level,
            skills=skills,
            source=source,
            scenario=next(told, None),
            **fields,
        )
        self.questions.append(Question(card, section, loose, lines))


def first_line(text: str) -> str:
    """The start of a text as a quote."""
    line = plain(text.split("\n", 1)[0])
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0]


def render(note: Note, blocks: Sequence[Block]) -> str:
    """Blocks as the Markdown of a card. What a quote holds is given without its marks."""
    parts = []
    for block in blocks:
        match block.kind:
            case "paragraph":
                parts.append(flow(block.text))
            case "quote":
                parts.append(render(note, block.items))
            case "code":
                mark = "~~~" if "```" in block.text else "```"
                parts.append(f"{mark}{block.info}\n{block.text}\n{mark}")
            case "html":
                text = "\n".join(
                    line.strip() for line in TAG.sub("", SUMMARY.sub("", flow(block.text))).split("\n")
                )
                parts.append(text.strip())
            case "list" | "table":
                text = note.raw(block)
                parts.append(flow_raw(text))
    return "\n\n".join(part for part in parts if part)


def flow_raw(text: str) -> str:
    """Raw lines without comments, with Markdown pictures."""
    return COMMENT.sub("", IMG.sub(lambda match: flow(match[0]), text)).strip()


def afterwards(note: Note, blocks: Sequence[Block]) -> tuple[str, Source | None]:
    """What stands behind a question: its explanation, and the page that it names as its source."""
    page, kept = None, []
    for block in blocks:
        text = block.lead
        links = LINK.findall(text)
        addresses = [target for _, target in links] or ADDRESS.findall(text)
        alone = text and not re.sub(r"[\W_]+|\band\b", "", ADDRESS.sub("", LINK.sub("", text)))
        if text and (alone or SOURCE.match(text)) and (addresses or alone) and not PICTURE.search(text):
            targets = [target for target in addresses if not target.startswith("#")]
            if targets and page is None:
                name = plain(links[0][0]) if links else ""
                if not links and SOURCE.match(text):
                    name = plain(ADDRESS.sub("", SOURCE.sub("", text))).strip(" .,:–-()<>")
                page = Source(
                    title="" if NO_TITLE.match(name) else name, url=targets[0].split()[0].strip("<>")
                )
                if len(targets) == 1:
                    continue
            if not targets:
                continue
        if match := EXPLANATION.match(block.text if block.kind == "paragraph" else ""):
            block = replace(block, text=block.text[match.end() :])
        elif block.kind == "quote" and block.items and (match := EXPLANATION.match(block.items[0].text)):
            said = replace(block.items[0], text=block.items[0].text[match.end() :])
            block = replace(block, items=[said, *block.items[1:]])
        if block.kind != "rule":
            kept.append(block)
    return render(note, kept), page
