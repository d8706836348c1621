"""An explicit question: the card that a person wrote, and what of a note makes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from textwrap import dedent
from typing import Any

from dp100cards.cards import GAP, Basic, Card, Cloze, Source, gapped, gaps
from dp100cards.errors import Problem
from dp100cards.notes.blocks import WEB, Block, Blocks, Lines, Note, Section
from dp100cards.notes.inline import (
    COMMENT,
    IMG,
    LINK,
    PICTURE,
    TAG,
    flow,
    is_label,
    masked,
    plain,
    sentences,
    unnumbered,
)
from dp100cards.notes.words import any_of, is_listed

AFTER_LABEL = r"\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:?|:)\s*"
EXPLANATION = re.compile(rf"\A(?:\*\*|__)?(?:{any_of('explanation labels')}){AFTER_LABEL}", re.IGNORECASE)
SOURCE = re.compile(rf"(?:\*\*|__)?(?:{any_of('source labels')})(?:{AFTER_LABEL}|\s*\(|\s*\Z)", re.IGNORECASE)
QUESTIONS = re.compile(rf".*\b(?:{any_of('question headings')})\W*\Z", re.IGNORECASE)
SUMMARY = re.compile(r"<summary\b.*?</summary>|<summary\b[^>]*>", re.DOTALL | re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s)>\]\"']+")
CITED = re.compile(
    r"(?:\A|\n)[ \t]*(?:\*\*|__)?Sources?(?:\*\*|__)?\s*:(?:\*\*|__)?\s*"
    r"(?:(?P<note>[^\"“”\n:]+\.(?:md|markdown))(?::(?P<first>\d{1,6})(?:[-–](?P<last>\d{1,6}))?)?:?\s*)?"
    r"(?P<quote>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
"""The words that a question names as its proof: `Source: lecture.md:12 "the very words"`."""
QUOTED = re.compile(r"(?:\".*\"|“.*”|„.*“|«.*»|`.*`)\Z")
DEPENDENT = re.compile(r"\b(?:it|its|they|their|them|this|that|these|those|he|she)\b", re.IGNORECASE)
ANSWER = re.compile(r"\A(?:\*\*|__)?(?:A|Answer)(?:\*\*|__)?:(?:\*\*|__)?\s+")
LONGEST_LIST = 7
LONGEST_QUOTE = 200
GAPS = re.compile(
    r"(?<![\w=])==(?=[^\s=])(?P<light>[^=\n]{1,200}?)(?<=[^\s=])==(?![\w=])"
    r"|(?<![${])\{\{(?![\s#%<>/{!^&=])(?:c(?P<number>\d{1,3})::)?(?P<inner>[^{}\n]{1,300}?)(?:::(?P<hint>[^{}\n:]{1,100}))?"
    r"(?<!\s)\}\}(?!\})"
)
BRACKETS = re.compile(r"\[(?P<inner>[^\[\]\n]{1,200})\](?![(\[:])")
LEAST_SHOWN = 4  # words around a gap, for a sentence of a paragraph to be asked alone


@dataclass
class Question:
    """One card that a person wrote, with the section that it stands in."""

    card: Card
    section: Section
    lines: Lines
    loose: bool = False
    """Only a line that ends in `?`, with what is under it: a bank of quiz questions has such lines in its README."""
    cited: bool = False  # is its source a quote of a note, `Source: lecture.md "the very words"`?


@dataclass
class Found:
    """The explicit questions of one note, in the making."""

    note: Note
    section: Section  # where the reader is
    questions: list[Question] = field(default_factory=list)
    unused: list[Problem] = field(default_factory=list)
    tasks: bool = False  # was a question in task-list form found?

    @property
    def whole(self) -> bool:
        """Is all that stands in a section one question, as under a heading that is only a label?"""
        title, level = self.section.title, self.section.given.level
        return title != "" and (is_label(title) or level == "exam")

    def tell(self, line: int, message: str, *, wrong: bool = False) -> None:
        """Say why something makes no card, or what is wrong with it."""
        told = self.note.problems if wrong else self.unused
        told.append(Problem(f"notes/{self.note.path}", line, 0, message))

    def add(
        self, kind: type[Card], lines: Lines, ask: str, after: Blocks = (), quote: str = "", **fields: Any
    ) -> None:
        """Add a card. `after` are the blocks behind the answer: explanation and source."""
        given, note = self.section.given, self.note
        begins = plain(ask.split("\n", 1)[0])
        begins = begins if len(begins) <= LONGEST_QUOTE else begins[:LONGEST_QUOTE].rsplit(" ", 1)[0]
        scenarios = (each.scenario for each in (self.section, *self.section.above) if each.scenario)
        fields["skills"] = given.skills or (() if given.level == "exam" else note.front.file_skills)
        fields["source"] = given.source(note.path, lines, quote or begins)
        fields |= {"level": given.level, "scenario": next(scenarios, None)}
        self.questions.append(Question(kind(id="", deck="", ask=ask, **fields), self.section, lines))
        self.explain(after)

    def explain(self, blocks: Blocks) -> None:
        """Give the last question what these blocks say: its explanation, and the page that they name as its source."""
        last = self.questions[-1]
        text, page = self._afterwards(blocks)
        last.card = replace(last.card, explain="\n\n".join(filter(None, (last.card.explain, text))))
        if page and last.card.source:
            source = replace(last.card.source, title=page.title, url=page.url, date="", checked="")
            last.card = replace(last.card, source=source)

    def render(self, blocks: Blocks) -> str:
        """Blocks as the Markdown of a card. What a quote holds is given without its marks."""
        return "\n\n".join(filter(None, map(self._rendered, blocks)))

    def _rendered(self, block: Block) -> str:
        match block.kind:
            case "paragraph":
                return flow(block.text)
            case "quote":
                return self.render(block.items)
            case "code":
                mark = "~~~" if "```" in block.text else "```"
                return f"{mark}{block.info}\n{block.text}\n{mark}"
            case "html":
                lines = TAG.sub("", SUMMARY.sub("", flow(block.text))).split("\n")
                return "\n".join(map(str.strip, lines)).strip()
            case "list" | "table":
                raw = dedent("\n".join(map(str.rstrip, self.note.lines[block.first - 1 : block.last])))
                return COMMENT.sub("", IMG.sub(lambda match: flow(match[0]), raw)).strip()
        return ""

    def _afterwards(self, blocks: Blocks) -> tuple[str, Source | None]:
        """What stands behind a question: its explanation, and the page that it names as its source."""
        page, kept = None, []
        for block in blocks:
            text = block.lead
            links = LINK.findall(text)
            addresses = [target for _, target in links] or ADDRESS.findall(text)
            alone = text and not re.sub(r"[\W_]+|\band\b", "", ADDRESS.sub("", LINK.sub("", text)))
            if (alone or (addresses and SOURCE.match(text))) and not PICTURE.search(text):
                targets = [target for target in addresses if not target.startswith("#")]
                if not targets:
                    continue
                address = (targets[0].split() or [""])[0].strip("<>")
                if page is None and WEB.fullmatch(address):
                    rest = ADDRESS.sub("", SOURCE.sub("", text)).strip(" .,:–-()<>")
                    name = plain(links[0][0] if links else rest)
                    title = "" if is_listed(name.rstrip(" 0123456789"), "no title") else name
                    page = Source(title=title, url=address)
                    if len(targets) == 1:
                        continue
            kept.append(_unlabelled(block))
        return self.render(kept), page


def _unlabelled(block: Block) -> Block:
    """A block without "Explanation:" in front."""
    if block.kind == "quote" and block.items:
        return replace(block, items=[_unlabelled(block.items[0]), *block.items[1:]])
    return replace(block, text=EXPLANATION.sub("", block.text)) if block.kind == "paragraph" else block


def use(blocks: Blocks) -> None:
    """Keep facts away from these blocks."""
    for block in blocks:
        for each in block.walk():
            each.used = True


def take_citations(note: Note, loose: bool) -> list[tuple[Section, int, Source]]:
    """Take the lines `Source: …` that quote a note off its blocks; with `loose` they need not name the note."""
    found = []
    for section in note.sections:
        for block in [inner for each in section.blocks for inner in each.walk() if "ource" in inner.text]:
            match = CITED.search(block.text) if block.kind == "paragraph" else None
            if not match or not (loose or match["note"]):
                continue
            quote = flow(match["quote"]).replace("\n", " ")
            marked = QUOTED.match(quote.rstrip("."))
            if not marked and not loose:
                continue
            first = int(match["first"] or 0)
            path = (match["note"] or "").strip().removeprefix("notes/")
            words = quote.rstrip(".")[1:-1] if marked else quote
            line = block.first + block.text[: match.start() + 1].count("\n")
            found.append((section, line, Source(path, (first, int(match["last"] or first)), words)))
            block.text = block.text[: match.start()].rstrip()
            block.last = max(block.first, line - 1)
        section.blocks[:] = [block for block in section.blocks if block.kind != "paragraph" or block.text]
    return found


def cloze(found: Found, text: str, marks: re.Pattern[str], lines: Lines) -> bool:
    """A card for each gap that is marked in a text; gaps of one number are hidden together."""
    pieces, end = list[tuple[str, str, str]](), 0  # words, the gap that hides them, and its hint
    for n, match in enumerate(marks.finditer(masked(text))):
        parts = match.groupdict()
        inner = text[slice(*match.span("light" if parts.get("light") else "inner"))]
        hint = f" ({parts['hint']})" if parts.get("hint") else ""
        pieces += [(text[end : match.start()], "", ""), (inner, parts.get("number") or f"alone {n}", hint)]
        end = match.end()

    def shown(name: str, gap: str) -> str:
        hidden = (gap % inner + hint if mine == name else inner for inner, mine, hint in pieces)
        return "".join([*hidden, text[end:]])

    before = len(found.questions)
    for name in dict.fromkeys(name for _, name, _ in pieces if name):
        ask = gapped(partial(shown, name), [inner for inner, mine, _ in pieces if mine == name])
        if name.startswith("alone"):  # in its sentence, if that says enough
            fit = (
                one
                for one in sentences(ask)
                if gaps(one) == gaps(ask) and len(GAP.sub("", one).split()) >= LEAST_SHOWN
            )
            ask = next(fit, ask)
        if re.search(r"\w", GAP.sub("", ask)):
            found.add(Cloze, lines, ask, quote=plain(shown("-", "")))
    return len(found.questions) > before


def asked(found: Found, title: str, blocks: Blocks, line: int = 0) -> bool:
    """A question and what is under it: the first sentence or a short list is the answer, the rest explains."""
    blocks = [block for block in blocks if found.render([block])]
    section, ask, length = found.section, unnumbered(title), len(plain(unnumbered(title)).split())
    heads = title == section.title
    above = [
        each
        for each in section.headings[: -1 if heads else None]
        if not (QUESTIONS.match(each) or is_label(each))
    ]
    if above and (length <= 2 or (length <= 5 and DEPENDENT.search(ask))):
        ask = f"{above[-1]}: {ask[0].lower()}{ask[1:]}"
    names = [plain(each.title) for each in section.below] if heads else []
    answer, after, last = "", list[Block](), 0
    if blocks:
        (answer, after), last = _answer(found, blocks), blocks[0].last
    elif 2 <= len(names) <= LONGEST_LIST and not any("?" in name for name in names):
        answer, last = _listed(names), section.below[-1].line
    if answer:
        found.add(Basic, (line or section.line, last), ask, after, answer=answer)
        found.questions[-1].loose = True
    return bool(answer)


def _answer(found: Found, blocks: Blocks) -> tuple[str, list[Block]]:
    """The answer in the blocks below a question, and the blocks of its explanation."""
    first, *rest = blocks
    if first.kind == "quote":
        return _answer(found, [*first.items, *rest]) if first.items else ("", [])
    if first.kind == "paragraph" and rest and rest[0].kind == "list" and plain(first.text).endswith(":"):
        first, *rest = rest
    if first.kind == "list" and all(item.lead and not item.rest for item in first.items):
        return _listed([flow(item.lead) for item in first.items]), rest
    if first.kind != "paragraph":
        return found.render([first]), rest
    said = sentences(flow(first.text)) or [""]
    more = [replace(first, text=" ".join(said[1:]))] if said[1:] else []
    return ANSWER.sub("", said[0]), [*more, *rest]


def _listed(items: Sequence[str]) -> str:
    """Items as one answer: `a, b and c`, or a line for each where they are long."""
    items = [item.rstrip(" .;,") for item in items]
    if len(items) < 2:
        return "".join(items)
    if any(len(item) > 60 or "," in item or "\n" in item for item in items):
        return "\n".join(f"- {item}" for item in items)
    last = ", and " if any(" and " in item for item in items) else " and "
    return ", ".join(items[:-1]) + last + items[-1]
