"""A Markdown note as blocks with their lines, in sections under their headings, with what it says of itself.

The parser is markdown-it; its inline rules are left out, for cards keep a note's inline Markdown as it is written.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from dp100cards.cards import Scenario, Source
from dp100cards.errors import Problem
from dp100cards.notes.inline import COMMENT, flow, outside_code, plain

PARSER = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
KINDS = {
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "blockquote": "quote",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}
BOX = re.compile(r"\[([ xX*]?)\](?=\s|\Z|[^\s(\[:])\s*")
TAGS = re.compile(r"(?:\s+`?#[a-zA-Z][\w/-]*`?)+\Z")  # what Obsidian sorts by
SLOPPY = re.compile(r"(#{2,6})(?!#)(\S[^\n]*)\Z")
"""A heading without the blank after its marks."""
CALLOUT = re.compile(r"\[!\w+\][+-]?[ \t]*")
MARKS = {"item": BOX, "quote": CALLOUT}
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar is text: a date stays as it is written, and `no` is not false."""
FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
PAIR = re.compile(r"""([\w-]+)=("[^"]*"|'[^']*'|[^\s{}]+)""")
ATTRIBUTES = re.compile(rf"\s*\{{\s*(?:(?:[#.:][^\s{{}}]*|{PAIR.pattern})(?:\s+|(?=\}})))+\}}\s*\Z")
WEB = re.compile(r"https?://\S+")
SHAPES = {
    "deck": (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "hold only a–z, 0–9 and single hyphens"),
    "level": (re.compile(r"recall|exam"), "be recall or exam"),
    "skills": (re.compile(r"[a-z0-9-]+/[A-Za-z0-9][A-Za-z0-9.-]*"), "look like dp-100/3.17"),
    "url": (WEB, "look like https://example.org/page"),
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), "look like 2026-05-31"),
    "checked": (re.compile(r"\d{4}-\d\d"), "look like 2026-11"),
}
"""How what a note says of itself is written: what it must do. A deck with others could not be read again."""
PLAIN = ("deck", "title", "area", "documentation")
PAGE = ("url", "date", "checked")
MOST_SKILLS = 2
NO_PAGE = Source()
Lines = tuple[int, int]  # first and last, from 1
Wrong = tuple[str, str]  # the name of what is wrong, and a message


class Row(NamedTuple):
    """One row of a table."""

    line: int
    cells: list[str]


@dataclass(slots=True)
class Block:
    """One block of a note. What it holds depends on its kind:

    paragraph, heading and html have `text`; code has `text` and `info`; a list has `items`, which are blocks of kind
    item; an item and a quote have `items`, their blocks; a table has `rows`, the header first.
    """

    kind: str
    first: int
    last: int
    text: str = ""
    info: str = ""
    level: int = 0
    ordered: bool = False
    box: bool | None = None  # of an item of a task list: is it ticked?
    items: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    used: bool = False  # does a question use it? Then facts leave it alone

    @property
    def lead(self) -> str:
        """The text of a paragraph, or the first paragraph of an item; without line breaks."""
        if self.kind == "item":
            return self.items[0].lead if self.items and self.items[0].kind == "paragraph" else ""
        return flow(self.text) if self.kind == "paragraph" else ""

    @property
    def rest(self) -> list[Block]:
        """The blocks of an item below its lead."""
        return self.items[1:] if self.items and self.items[0].kind == "paragraph" else self.items

    @property
    def is_tasks(self) -> bool:
        """Is it a list of boxes to tick?"""
        return self.kind == "list" and any(item.box is not None for item in self.items)

    def walk(self) -> Iterator[Block]:
        """This block and all below it."""
        yield self
        for item in self.items:
            yield from item.walk()


Blocks = Sequence[Block]


@dataclass(frozen=True)
class Given:
    """The attributes in force at a heading: its own, else those of the headings above it."""

    level: str = ""
    skills: tuple[str, ...] = ()
    page: Source = NO_PAGE  # the public page: only title, url, date and checked are used

    def source(self, note: str, lines: Lines, quote: str) -> Source:
        """A source with a place in the notes and this page."""
        return replace(self.page, note=note, lines=lines, quote=quote)


@dataclass(frozen=True)
class Front:
    """The front matter of one note, checked."""

    deck: str = ""
    title: str = ""
    area: str = ""
    question: str = ""
    given: Given = Given()
    file_skills: tuple[str, ...] = ()
    """A default for recall cards only: an item of exam level names its own skills."""
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Is the note written in this program's language? Then it may have facts beside its quiz questions."""
        return bool(self.deck or self.sources or self.given.level or self.file_skills)


@dataclass(slots=True)
class Section:
    """What stands between one heading and the next one of any level."""

    title: str
    level: int
    line: int
    given: Given
    above: tuple[Section, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    below: list[Section] = field(default_factory=list)
    scenario: Scenario | None = None  # what it tells, for the questions below it

    @property
    def headings(self) -> tuple[str, ...]:
        """The titles of the headings above and of this one, outermost first."""
        return tuple(plain(each.title) for each in (*self.above, self) if each.title)


@dataclass(slots=True)
class Note:
    """One note, read."""

    path: str
    front: Front
    lines: list[str]
    sections: list[Section]
    problems: list[Problem]
    links: dict[str, str] = field(default_factory=dict)
    """How `[…][name]` at the end of a link is written out, for each definition in the note."""


def read_note(path: str, text: str) -> Note:
    """Read one note. `path` is below `notes/`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "�")
    front, body, problems = _front_matter(text, f"notes/{path}")
    note = Note(path, front, body.split("\n"), [Section("", 0, 1, front.given)], problems)
    env: dict[str, Any] = {}
    root = SyntaxTreeNode(PARSER.parse(body, env))
    for label, found in env.get("references", {}).items():
        note.links |= {f"][{name}]": f"]({found['href']})" for name in (label, label.lower())}
    for node in root.children:
        _place(note, _block(note, node))
    return note


def _block(note: Note, node: SyntaxTreeNode) -> Block:
    """A node of markdown-it as a block."""
    first, last = (node.map[0] + 1, node.map[1]) if node.map else (1, 1)
    while last > first and not note.lines[last - 1].strip(" \t>"):
        last -= 1
    block = Block(KINDS.get(node.type, node.type), first, last, ordered=node.type == "ordered_list")
    match block.kind:
        case "paragraph" | "heading":
            block.text, block.level = _text(note, node), int(node.tag[1:] or 0)
        case "code":
            block.text, block.info = node.content.rstrip("\n"), node.info.strip()
        case "html":
            block.text = COMMENT.sub("", node.content).strip()
        case "table":
            for row in (row for part in node.children for row in part.children):
                line = row.map[0] + 1 if row.map else first
                block.rows.append(Row(line, [flow(_text(note, cell)) for cell in row.children]))
        case "list" | "item" | "quote":
            block.items = [_block(note, child) for child in node.children]
            if block.kind in MARKS and block.items and block.items[0].kind == "paragraph":
                _take_mark(block, block.items[0])
    return block


def _text(note: Note, node: SyntaxTreeNode) -> str:
    text = node.children[0].content if node.children else ""
    if "<!--" in text:
        text = outside_code(text, lambda part: COMMENT.sub("", part))
    for name, target in note.links.items() if "][" in text else ():
        text = text.replace(name, target)
    return text


def _take_mark(block: Block, lead: Block) -> None:
    """Take the box off an item, and the callout's mark off a quote."""
    match = MARKS[block.kind].match(lead.text)
    if not match:
        return
    if block.kind == "item":
        block.box = match[1] in ("x", "X", "*")
    lead.text = lead.text[match.end() :].lstrip()
    if not lead.text:
        del block.items[0]


def _place(note: Note, block: Block) -> None:
    """Put a block into the section that it stands in; a heading begins the next one."""
    section = note.sections[-1]
    if block.kind == "paragraph" and (match := SLOPPY.match(block.text)):
        block = Block("heading", block.first, block.last, match[2], level=len(match[1]))
    if block.kind != "heading":
        section.blocks.append(block)
        return
    title, pairs = heading_attributes(flow(block.text))
    above = tuple(each for each in (*section.above, section) if 0 < each.level < block.level)
    wrong = list[Wrong]()
    given = _given(pairs, above[-1].given if above else note.front.given, note.front.sources, wrong)
    note.problems += [Problem(f"notes/{note.path}", block.first, 0, message) for _, message in wrong]
    title = TAGS.sub("", html.unescape(title).strip())
    note.sections.append(Section(title, block.level, block.first, given, above))
    if above:
        above[-1].below.append(note.sections[-1])


def _front_matter(text: str, path: str) -> tuple[Front, str, list[Problem]]:
    """The front matter, the note with blank lines in its place (line numbers stay), and its mistakes."""
    match = FRONT.match(text)
    if not match:
        return Front(), text.removeprefix("\ufeff"), []
    rest = "\n" * match[0].count("\n") + text[match.end() :]
    try:
        data: Any = yaml.load(match[1], LOADER) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", "") or "it is not YAML"
        line, column = (mark.line + 2, mark.column + 1) if mark else (1, 0)
        return Front(), rest, [Problem(path, line, column, f"the front matter cannot be read: {reason}")]
    if not isinstance(data, dict):
        return Front(), text, []
    wrong = list[Wrong]()
    texts = {
        name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in data.items()
    }
    said = {name: value.strip() for name, value in texts.items() if isinstance(value, str)}
    deck, title, area, page = (" ".join(said.get(name, "").split()) for name in PLAIN)
    deck = _checked("deck", deck, "deck", wrong)
    listed = data.get("sources")
    pages = listed if isinstance(listed, dict) else {}
    sources = {name: _page(name, parts, wrong) for name, parts in pages.items()}
    above = Given(page=Source(url=page if WEB.fullmatch(page) else ""))
    given = _given(said if sources else said | {"source": ""}, above, sources, wrong)
    names = ["---", *(line.lstrip().partition(":")[0] for line in match[1].splitlines())]
    places = ((names.index(name) + 1 if name in names else 1, message) for name, message in wrong)
    question, given, skills = said.get("question", ""), replace(given, skills=()), given.skills
    front = Front(deck, title, area, question, given, skills, sources)
    return front, rest, [Problem(path, line, 0, message) for line, message in places]


def _checked(part: str, value: str, name: str, wrong: list[Wrong]) -> str:
    """A value if it looks as that part must; else nothing, and a message about what has this name."""
    pattern, must = SHAPES[part]
    if not value or pattern.fullmatch(value):
        return value
    where = "" if name == part else f"the source {name!r}: "
    wrong.append((name, f"{where}{part} must {must}, not {value!r}"))
    return ""


def _page(name: str, parts: Any, wrong: list[Wrong]) -> Source:
    """One of the `sources:`."""
    if not isinstance(parts, dict) or not all(isinstance(part, str) for part in parts.values()):
        wrong.append((name, f"the source {name!r} needs title, url, date and checked"))
        return NO_PAGE
    url, date, checked = (_checked(part, parts.get(part, "").strip(), name, wrong) for part in PAGE)
    return Source(title=parts.get("title", "").strip(), url=url, date=date, checked=checked)


def heading_attributes(text: str) -> tuple[str, dict[str, str]]:
    """A heading without the `{…}` at its end, and what stands in there; `{#anchor .class}` is only taken off."""
    match = ATTRIBUTES.search(text)
    if not match:
        return text, {}
    return text[: match.start()], {name: value.strip("\"'") for name, value in PAIR.findall(match[0])}


def _given(said: Mapping[str, str], above: Given, sources: Mapping[str, Source], wrong: list[Wrong]) -> Given:
    """The attributes that hold where this is said, below those that hold above."""
    level = _checked("level", said.get("level", ""), "level", wrong)
    named = dict.fromkeys(filter(None, map(str.strip, said.get("skills", "").split(","))))
    skills = tuple(skill for skill in named if _checked("skills", skill, "skills", wrong))
    if max(Counter(skill.partition("/")[0] for skill in skills).values(), default=0) > MOST_SKILLS:
        wrong.append(("skills", f"the skills {','.join(skills)!r} are more than {MOST_SKILLS} of one exam"))
        skills = ()
    name, _, anchor = said.get("source", "").partition("#")
    page = sources.get(name)
    if page and page.url and anchor:
        page = replace(page, url=f"{page.url.partition('#')[0]}#{'-'.join(anchor.split())}")
    elif name and not page:
        wrong.append(("source", f"the source {name!r} is not listed under sources: in the front matter"))
    return Given(level or above.level, skills or above.skills, page or above.page)
