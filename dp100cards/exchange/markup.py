"""A card's text as HTML with its pictures, and the templates of this room.

Code, bold, links, pictures, lists, tables and LaTeX are known; everything else is escaped as it stands.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.resources import files as resources
from itertools import count
from pathlib import Path

from jinja2 import Environment, FunctionLoader, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup

from dp100cards import files
from dp100cards.cards import GAP, INLINE, Card, filled, gaps
from dp100cards.clean import many, safe_link

Pictures = Callable[[str], str]  # gives the `src` for the path of a picture, or "" if it cannot be shown

_SPECIAL = re.compile(r"[`*$\\|]|\]\(|~~~|^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_INLINE = re.compile(INLINE + r"|(?P<plain>[^`$\\!\[*]+|.)", re.DOTALL)


def to_html(text: str, pictures: Pictures | None = None) -> str:
    text = text.strip("\n")
    return _blocks(text, pictures) if _SPECIAL.search(text) else _plain(text)


def code_block(code: str, language: str = "") -> str:
    """Code as a block that keeps its indentation."""
    named = f" class='language-{html.escape(language)}'" if language else ""
    return f"<pre><code{named}>{html.escape(code)}</code></pre>"


def _plain(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero").enable(["fence", "list", "table"]).disable(["normalize", "inline"])


def _blocks(text: str, pictures: Pictures | None) -> str:
    made, before = "", ""
    for token in _parser().parse(text):
        match token.tag:
            case "code":
                made += code_block(token.content.removesuffix("\n"), token.info.partition(" ")[0])
            case "":
                made += _inline(token.content, pictures)
            case "p":
                made += "<br><br>" if before == "paragraph_close" and token.type == "paragraph_open" else ""
            case "ul" | "ol" if token.nesting > 0:
                start = f" start='{token.attrs['start']}'" if "start" in token.attrs else ""
                made += f"<{token.tag} class='list'{start}>"
            case tag if tag not in ("thead", "tbody"):
                made += f"</{tag}>" if token.nesting < 0 else f"<{tag}>"
        before = token.type
    return made


def _inline(text: str, pictures: Pictures | None) -> str:
    return _INLINE.sub(lambda found: _span(found, pictures), text)


def _span(found: re.Match[str], pictures: Pictures | None) -> str:
    """One piece of inline markup. LaTeX is marked as Anki's MathJax wants it, which reads well without it too."""
    match found.lastgroup:
        case "code":
            code = found["code"]
            padded = len(code) > 2 and code[0] == code[-1] == " " and code.strip()
            return f"<code>{html.escape(code[1:-1] if padded else code)}</code>"
        case "block" | "bracket" as name:
            return f"\\[{html.escape(found[name])}\\]"
        case "paren" | "math" as name:
            return f"\\({html.escape(found[name])}\\)"
        case "path":
            source = pictures(found["path"]) if pictures else ""
            words = html.escape(found["alt"] or found["path"])
            return f'<img src="{html.escape(source)}" alt="{words}">' if source else f"[picture: {words}]"
        case "url":
            url, words = safe_link(found["url"]), _inline(found["link"], pictures)
            return f'<a href="{html.escape(url)}">{words}</a>' if url else _plain(found[0])
        case "soft":
            return f"<i>{_inline(found['soft'], pictures)}</i>"
        case "bold":
            return f"<b>{_inline(found['bold'], pictures)}</b>"
    return _plain(found[0])


# Pictures

PICTURE_LIMIT = 8 * files.MEGABYTE
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp")


class Media:
    """The pictures of a collection's notes, gathered under the names that they have in Anki."""

    def __init__(self, notes: Path | None = None) -> None:
        self.folder = notes.resolve() if notes else None
        self.found: dict[str, bytes] = {}
        self._names: dict[Path, str] = {}

    def of(self, card: Card) -> Pictures:
        """Finds the pictures that a card names beside its note."""
        beside = Path(card.source.note if card.source else "").parent
        return lambda path: self._name(beside / path)

    def inside(self, card: Card) -> Pictures:
        """The same for a page: it is one file, with its pictures in it."""

        def address(path: str) -> str:
            name = self.of(card)(path)
            suffix = name.rpartition(".")[2]
            kind = {"jpg": "jpeg", "svg": "svg+xml"}.get(suffix, suffix)
            return name and f"data:image/{kind};base64,{base64.b64encode(self.found[name]).decode()}"

        return address

    def _name(self, path: Path) -> str:
        """A name in Anki made of the content; "" for what is no picture of the collection, or cannot be read."""
        if self.folder is not None and path not in self._names:
            with suppress(OSError, ValueError, RuntimeError):
                whole = (self.folder / path).resolve()
                if whole.is_relative_to(self.folder) and whole.suffix.lower() in SUFFIXES:
                    content = files.read_bytes(whole, PICTURE_LIMIT)
                    name = f"dp100-{hashlib.sha256(content).hexdigest()[:16]}{whole.suffix.lower()}"
                    self.found[name], self._names[path] = content, name
        return self._names.setdefault(path, "")


NONE = Media()


# Templates


@cache
def data(name: str) -> str:
    return resources("dp100cards.exchange").joinpath("data", name).read_text(encoding="utf-8")


@cache
def templates() -> Environment:
    """The templates: those of HTML escape every text."""
    made = Environment(
        autoescape=select_autoescape(), loader=FunctionLoader(data), trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {
        "html": lambda text, pictures=None: Markup(to_html(text, pictures)),
        "code_block": lambda code, language: Markup(code_block(code, language)),
        "escaped": lambda text: Markup(html.escape(text)),
    }
    made.filters |= {each.__name__: each for each in (filled, gaps, stem, numbered, scattered, safe_link)}
    made.filters["percent"] = "{:.0%}".format
    made.globals |= {"many": many}
    return made


def scattered(texts: Iterable[str]) -> list[str]:
    """Texts in an order that depends on them alone and, unless they are all equal, is not the one that they came in."""
    given = list(texts)
    result = sorted(given, key=str.casefold)
    return [*result[1:], *result[:1]] if result == given else result


def stem(card: Card) -> str:
    """What is asked, without code and choices; nothing in it gives the answer away."""
    return GAP.sub("______", card.ask) if card.kind == "cloze" else card.ask


def numbered(code: str) -> str:
    """Code with a line in place of each blank, numbered where there are several."""
    number, several = count(1), len(gaps(code)) > 1
    return GAP.sub(lambda _: f"____{next(number)}____" if several else "________", code)
