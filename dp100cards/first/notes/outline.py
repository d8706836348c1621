"""Markdown to sections and blocks, each with its lines.

The text is parsed by markdown-it-py, once its marks are such as CommonMark knows. Of every inline text three things are
kept: its plain words, where each of their letters stands in the raw text, and which words are bold or code. So a fact
can quote the note's very words and name their lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dp100cards.first.notes.blocks import Block, Bullets, Fence, Item, Paragraph, Quote, Section, Table, Text
from dp100cards.first.notes.lines import in_lines, named_lines
from dp100cards.first.notes.marks import CLOSES, CONTENTS, as_commonmark
from dp100cards.first.notes.terms import with_colons

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")


def outline(text: str, first_line: int = 1) -> list[Section]:
    """The sections of a note. `first_line` is the line at which the text begins, after front matter."""
    # An unending line of brackets costs a parser more than its length; no learner writes one.
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    tokens = _parser().parse(as_commonmark(plain))
    reader = _Reader(tokens, first_line)
    return reader.sections()


class _Reader:
    """Walks the flat list of tokens, and nests it."""

    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self.tokens = tokens
        self.first_line = first_line
        self.at = 0

    def sections(self) -> list[Section]:
        """Everything, by heading."""
        sections = [Section((), self.first_line)]
        titles: list[tuple[int, str]] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.type == "heading_open":
                level = int(token.tag[1])
                words = inline_text(self.tokens[self.at + 1], self.line(token))
                title = words.plain.strip()
                titles = [(n, t) for n, t in titles if n < level and not CONTENTS.fullmatch(t)]
                if title != CLOSES:
                    titles.append((level, title))
                sections.append(Section(tuple(t for _, t in titles), self.line(token), words))
                self.at += 3
            else:
                sections[-1].blocks.extend(self.block(top=True))
        return [section for section in sections if section.path or section.blocks]

    def line(self, token: Token) -> int:
        """The line of the note at which a token begins."""
        return self.first_line + (token.map[0] if token.map else 0)

    def block(self, *, top: bool = False) -> Iterator[Block]:
        """The block that begins here, if it is one that says something; the place moves behind it. At the `top` a
        paragraph whose lines are names with what they are is a list."""
        token = self.tokens[self.at]
        self.at += 1
        match token.type:
            case "paragraph_open":
                text = inline_text(self.tokens[self.at], self.line(token))
                self.at += 2
                if lines := top and named_lines(text.part(0, len(text.plain))):
                    yield Bullets(tuple(Item((Paragraph(line),)) for line in lines), False)
                elif text.plain.strip():
                    yield from map(Paragraph, in_lines(text.part(0, len(text.plain))))
            case "bullet_list_open" | "ordered_list_open":
                items = tuple(self.items(token.type.replace("open", "close")))
                yield with_colons(Bullets(items, token.type[0] == "o"))
            case "blockquote_open":
                yield Quote(tuple(self.until("blockquote_close")))
            case "table_open":
                yield from self.table()
            case "fence" | "code_block":
                first, last = token.map or (0, 1)
                language = token.info.split()[0].lower() if token.info.split() else ""
                yield Fence(language, token.content, (self.first_line + first, self.first_line + last - 1))

    def until(self, closing: str) -> Iterator[Block]:
        """The blocks up to a closing token."""
        while self.tokens[self.at].type != closing:
            if self.tokens[self.at].type == "heading_open":
                text = inline_text(self.tokens[self.at + 1], self.line(self.tokens[self.at]))
                self.at += 3
                yield Paragraph(text)
            else:
                yield from self.block()
        self.at += 1

    def items(self, closing: str) -> Iterator[Item]:
        """The items of a list."""
        while self.tokens[self.at].type != closing:
            self.at += 1
            yield Item(tuple(self.until("list_item_close")))
        self.at += 1

    def table(self) -> Iterator[Table]:
        """The rows of a table."""
        rows: list[tuple[Text, ...]] = []
        cells: list[Text] = []
        line = 0
        while (token := self.tokens[self.at]).type != "table_close":
            if token.type == "tr_open":
                line, cells = self.line(token), []
            elif token.type == "inline":
                text = inline_text(token, line, ", ")
                cells.append(text.part(0, len(text.plain)))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
            self.at += 1
        self.at += 1
        if len(rows) > 1:
            yield Table(rows[0], tuple(rows[1:]))


_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKS = re.compile(
    r"\[\[(?:[^\[\]|]*\|)?#?|\]\]|(?<![\w:/.]):[a-z][a-z0-9_+-]{2,30}:(?![\w:/])"
    r"|(?<![\w=])==(?=[\w\"'(])|(?<=[\w.)\"'%])==(?![\w=])"
)
"""The marks of a link between notes (`[[Note]]`, `[[#Heading]]`, `[[Note|words]]`), emoji by name (`:whale:`), and the
marks of what is highlighted (`==words==`)."""


_CLOSED = (".", ",", ";", ":", "!", "?", "|", "-", "–")


_MARKUP = re.compile(r"<(/?)(code|kbd|samp|tt|b|strong)>", re.IGNORECASE)
"""Tags that mark code or a term, as Markdown's own signs do."""


def inline_text(token: Token, line: int, between: str = " ") -> Text:
    """The plain words of an inline token. Links and emphasis leave their words, images and HTML nothing, but `<br>`
    what stands `between` two parts."""
    raw = token.content
    plain: list[str] = []
    offsets: list[int] = []
    bold: list[tuple[int, int]] = []
    code: list[tuple[int, int]] = []
    opened: list[int] = []
    coded: list[int] = []
    cursor = 0

    def add(text: str, at: int) -> None:
        if not text.startswith("`") and (marks := list(_MARKS.finditer(text))):
            edges = [0, *(edge for mark in marks for edge in mark.span()), len(text)]
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                add(text[start:end], at + start)
            return
        plain.append(text)
        if at + len(text) <= len(raw):
            offsets.extend(range(at, at + len(text)))
        else:
            offsets.extend(min(at + n, max(len(raw) - 1, 0)) for n in range(len(text)))

    for child in token.children or ():
        match child.type:
            case "text" | "text_special":
                written = child.markup if child.type == "text_special" else child.content
                found = raw.find(written, cursor)
                at = found if found >= 0 else cursor
                if child.type == "text_special":
                    plain.append(child.content)
                    offsets.extend([at] * len(child.content))
                else:
                    add(child.content, at)
                cursor = at + len(written)
            case "code_inline":
                found = raw.find(child.content, cursor)
                at = found if found >= 0 else cursor
                start = len(offsets)
                add(f"`{child.content}`", max(at - 1, 0))
                code.append((start, len(offsets)))
                cursor = at + len(child.content) + len(child.markup)
            case "softbreak" | "hardbreak":
                found = raw.find("\n", cursor)
                at = found if found >= 0 else cursor
                add(" ", at)
                cursor = at + 1
            case "html_inline" if _BREAK.fullmatch(child.content):
                found = raw.find(child.content, cursor)
                at = found if found >= 0 else cursor
                before = "".join(plain).rstrip()
                add(between if before and not before.endswith(_CLOSED) else " ", at)
                cursor = at + len(child.content)
            case "html_inline" if tag := _MARKUP.fullmatch(child.content):
                found = raw.find(child.content, cursor)
                at = found if found >= 0 else cursor
                cursor = at + len(child.content)
                spans, marks = (code, coded) if tag[2].lower() not in ("b", "strong") else (bold, opened)
                if not tag[1]:
                    marks.append(len(offsets))
                if spans is code:
                    add("`", at)
                if tag[1] and marks:
                    spans.append((marks.pop(), len(offsets)))
            case "strong_open":
                opened.append(len(offsets))
            case "strong_close" if opened:
                bold.append((opened.pop(), len(offsets)))
            case "link_close":
                found = raw.find("](", cursor)
                if found >= 0:
                    cursor = found + 2
            case "image":
                found = raw.find(")", cursor)
                cursor = found + 1 if found >= 0 else cursor
    return Text("".join(plain), raw, tuple(offsets), line, tuple(bold), tuple(code))
