"""A Markdown note as blocks with their lines, in sections under their headings.

The parser is markdown-it; its inline rules are left out, for cards keep a note's inline Markdown as it is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dp100cards.errors import Problem
from dp100cards.notes.front import Front, Given, attributes, front_matter, heading_attributes
from dp100cards.notes.inline import COMMENT, flow, link_references, outside_code, plain

PARSER = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
BOX = re.compile(r"\[([ xX*]?)\](?=\s|\Z|[^\s(\[:])\s*")
SLOPPY = re.compile(r"(#{2,6})(?!#)(\S[^\n]*)\Z")
"""A heading without the blank after its marks."""
CALLOUT = re.compile(r"\[!\w+\][+-]?[ \t]*")


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
    box: bool | None = None
    """Of an item of a task list: is it ticked?"""
    items: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

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


@dataclass(slots=True)
class Row:
    """One row of a table."""

    line: int
    cells: list[str]


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

    def raw(self, block: Block) -> str:
        """The lines of a block as they are written, less their common indentation."""
        lines = self.lines[block.first - 1 : block.last]
        if block.kind == "quote":
            return "\n".join(line.lstrip() for line in lines)
        indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
        return "\n".join(line[min(indents, default=0) :].rstrip() for line in lines)


def read_note(path: str, text: str) -> Note:
    """Read one note. `path` is below `notes/`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "�")
    shown = f"notes/{path}"
    front, body, problems = front_matter(text, shown)
    lines = body.split("\n")
    references: dict[str, object] = {}
    tokens = PARSER.parse(body, references)
    blocks = _blocks(tokens, lines, link_references(references))
    note = Note(path, front, lines, [], problems)
    _sections(note, blocks, shown)
    return note


def _blocks(tokens: Sequence[Token], lines: Sequence[str], resolve: dict[str, str]) -> list[Block]:
    root: list[Block] = []
    stack: list[list[Block]] = [root]
    last_line = 0
    for token in tokens:
        kind = token.type
        if token.map:
            first, last = token.map[0] + 1, token.map[1]
            while last > first and not lines[last - 1].strip(" \t>"):
                last -= 1
            last_line = first
        if kind == "inline":
            text = token.content
            if "<!--" in text:
                text = outside_code(text, lambda part: COMMENT.sub("", part))
            for name, target in resolve.items() if "][" in text else ():
                text = text.replace(name, target)
            top = stack[-1][-1] if stack[-1] else None
            if top is not None and top.kind == "table":
                top.rows[-1].cells.append(flow(text))
            elif top is not None:
                top.text = text
        elif kind in ("paragraph_open", "heading_open"):
            block = Block(kind.removesuffix("_open"), first, last)
            block.level = int(token.tag[1]) if block.kind == "heading" else 0
            stack[-1].append(block)
        elif kind in ("bullet_list_open", "ordered_list_open", "blockquote_open", "list_item_open"):
            name = {"list_item_open": "item", "blockquote_open": "quote"}.get(kind, "list")
            block = Block(name, first, last, info=token.markup, ordered=kind == "ordered_list_open")
            stack[-1].append(block)
            stack.append(block.items)
        elif kind in ("bullet_list_close", "ordered_list_close", "blockquote_close", "list_item_close"):
            stack.pop()
            _finish(stack[-1][-1])
        elif kind == "table_open":
            stack[-1].append(Block("table", first, last))
        elif kind == "tr_open":
            stack[-1][-1].rows.append(Row(first if token.map else last_line, []))
        elif kind in ("fence", "code_block"):
            info = token.info.strip()
            stack[-1].append(Block("code", first, last, token.content.rstrip("\n"), info))
        elif kind == "html_block":
            stack[-1].append(Block("html", first, last, COMMENT.sub("", token.content).strip()))
        elif kind == "hr":
            stack[-1].append(Block("rule", first, last))
    return root


def _finish(block: Block) -> None:
    """Take the box off an item, and the callout's mark off a quote."""
    lead = block.items[0] if block.items and block.items[0].kind == "paragraph" else None
    if block.kind == "quote" and lead and (match := CALLOUT.match(lead.text)):
        lead.text = lead.text[match.end() :].lstrip()
        if not lead.text:
            del block.items[0]
    elif block.kind == "item" and lead and (match := BOX.match(lead.text)):
        block.box = match[1] in ("x", "X", "*")
        lead.text = lead.text[match.end() :]
        if not lead.text:
            del block.items[0]


def _sections(note: Note, blocks: list[Block], shown: str) -> None:
    section = Section("", 0, 1, note.front.given)
    note.sections.append(section)
    for block in blocks:
        if block.kind == "paragraph" and (match := SLOPPY.match(block.text)):
            block.kind, block.level, block.text = "heading", len(match[1]), match[2]
        if block.kind != "heading":
            section.blocks.append(block)
            continue
        title, pairs = heading_attributes(flow(block.text))
        above = tuple(each for each in (*section.above, section) if 0 < each.level < block.level)
        given = above[-1].given if above else note.front.given
        given, wrong = attributes(pairs, given, note.front.sources)
        note.problems += [Problem(shown, block.first, 0, message) for message in wrong]
        section = Section(html.unescape(title).strip(), block.level, block.first, given, above)
        if above:
            above[-1].below.append(section)
        note.sections.append(section)
