"""Cards as Anki notes: the note types, and the fields of each card as HTML.

A note type's id is made of its name and its fields: another set of fields would be another note type, and every
learner's cards would be there twice. New content goes into the two spare fields.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

from dp100cards import files
from dp100cards.cards import (
    GAP,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Statements,
    gaps,
)
from dp100cards.clean import safe_link
from dp100cards.exchange.markup import Pictures, code_block, to_html
from dp100cards.exchange.wording import numbered, place_in_words, scattered

FIELDS = ("Question", "Choices", "Answer", "Explanation", "Source", "Extra 1", "Extra 2")
CLOZE_FIELDS = ("Text", "Explanation", "Source", "Extra 1", "Extra 2")
"""`Extra 1` is the scenario, `Extra 2` the public page with level and skills."""

NAMES = {
    "basic": "dp100 Basic", "cloze": "dp100 Cloze", "choice": "dp100 Choice", "multiple": "dp100 Multiple response",
    "order": "dp100 Order", "match": "dp100 Match", "statements": "dp100 Statements", "code": "dp100 Code",
}  # fmt: skip

CHANGED = 1795987071
"""When templates or style last changed, in seconds: 2026-11-29. Anki takes over only what is newer than its own, and
a test holds that whoever changes them sets this to the moment of the change."""

PICTURE_LIMIT = 8 * files.MEGABYTE


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: its stable id, its name, its fields, what its cards show."""

    id: int
    name: str
    fields: tuple[str, ...]
    cloze: bool
    front: str
    back: str


@cache
def note_type(kind: str) -> NoteType:
    """The note type for a kind of card."""
    cloze = kind == "cloze"
    names = CLOZE_FIELDS if cloze else FIELDS
    front, back = (data(f"anki_{side}.html") for side in ("front", "back"))
    if cloze:
        front, back = (side.replace("{{Question}}", "{{cloze:Text}}") for side in (front, back))
        front = front.replace("{{Choices}}", "")
        back = back.replace('<hr id="answer"><div class="answer back">{{Answer}}</div>', "")
    else:
        front, back = (f"{side}<script>\n{data('anki.js')}</script>" for side in (front, back))
    return NoteType(stable_id("notetype", NAMES[kind], *names), NAMES[kind], names, cloze, front, back)


@cache
def data(name: str) -> str:
    """A data file of this room."""
    return resources("dp100cards.exchange").joinpath("data", name).read_text(encoding="utf-8")


def stable_id(*parts: str) -> int:
    """A number for Anki made of texts alone: milliseconds of a moment between 2001 and 2017, never in the future."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:8], "big") % 500_000_000_000


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

    def _name(self, path: Path) -> str:
        """A name in Anki made of the content; "" for what is no picture of the collection, or cannot be read."""
        if self.folder is None:
            return ""
        if path not in self._names:
            self._names[path] = ""
            try:
                whole = (self.folder / path).resolve()
                if whole.is_relative_to(self.folder) and whole.suffix.lower() in SUFFIXES:
                    content = files.read_bytes(whole, PICTURE_LIMIT)
                    name = f"dp100-{hashlib.sha256(content).hexdigest()[:16]}{whole.suffix.lower()}"
                    self.found[name], self._names[path] = content, name
            except (OSError, ValueError, RuntimeError):
                pass
        return self._names[path]


SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp")
NONE = Media()


def fields(card: Card, media: Media = NONE) -> list[str]:
    """The note's fields, in the order of its note type."""
    pictures = media.of(card)

    def shown(text: str) -> str:
        return to_html(text, pictures)

    scenario = shown(card.scenario.text) if card.scenario else ""
    last = [_explanation(card, shown), _source(card), scenario.replace("{{", "&#123;&#123;"), page_of(card)]
    if isinstance(card, Cloze):
        return [cloze_text(card.ask, pictures), *last]
    code = code_block(numbered(card.code), card.language) if isinstance(card, Code) else ""
    return [shown(card.ask) + code, _choices(card, shown), _answer(card, shown), *last]


def tags(card: Card) -> tuple[str, ...]:
    """The tags of a note; those of level and skills are below `dp100`."""
    below = (f"dp100::{each}" for each in (card.level, *card.skills) if each)
    own = (*card.tags, card.status, card.deck, *below)
    return tuple(dict.fromkeys(tag.replace(" ", "_") for tag in own if tag))


Shown = Callable[[str], str]


def cloze_text(text: str, pictures: Pictures | None = None) -> str:
    """A cloze in Anki's notation. All gaps are one card's, and have the number 1."""
    gaps_ = (to_html(gap[1].strip()) for gap in GAP.finditer(text))
    hidden = [each.replace(":", "&#58;").replace("}", "&#125;") for each in gaps_]
    # The gaps stand aside while the text around them becomes HTML, for no mark or line may end at them.
    around = to_html(GAP.sub(_ASIDE, text.replace(_ASIDE, "")), pictures)
    filled = iter(hidden)
    return re.sub(_ASIDE, lambda _: "{{c1::" + next(filled) + "}}", around).strip()


_ASIDE = "\ue000"
"""A character that no text has: it is reserved for private use."""


def _choices(card: Card, shown: Shown) -> str:
    """What can be chosen, on the front."""
    match card:
        case Choice(options=options):
            return _list(map(shown, texts(options)), "class='choices' type='A' data-pick='one'")
        case Multiple(options=options):
            return _list(map(shown, texts(options)), "class='choices' type='A' data-pick='many'")
        case Order(items=items, extra=extra):
            steps = scattered((*items, *extra))
            return _list(map(shown, steps), "class='choices' type='A' data-pick='order'")
        case Statements(statements=statements):
            return _list(map(shown, texts(statements)), "class='rows' data-pick='rows'")
        case Match(pairs=pairs, extra=extra):
            rights = scattered((*dict.fromkeys(pair.right for pair in pairs), *extra))
            lefts = _list((shown(pair.left) for pair in pairs), "class='rows' data-pick='rows'")
            return lefts + _list(map(shown, rights), "class='values' type='A'")
        case Code(code=code, wrong=wrong) if wrong:
            lists = (
                sorted({right, *others}, key=str.casefold)
                for right, others in zip(gaps(code), wrong, strict=True)
            )
            words = (" ".join(f"<code class='word'>{html.escape(w)}</code>" for w in each) for each in lists)
            return _list(words, "class='rows' data-pick='rows'")
    return ""


def _answer(card: Card, shown: Shown) -> str:
    """The right answer, on the back, with why each option is right or wrong."""

    def key_text(text: str, tag: str = "span") -> str:
        return f"<{tag} class='key-text'>{text}</{tag}>"

    def left_over(words: str, extra: Iterable[str]) -> str:
        return f"<div>{words}: {'; '.join(map(shown, extra))}</div>" if extra else ""

    match card:
        case Basic(answer=text):
            return shown(text)
        case Choice(options=options) | Multiple(options=options):
            signs = {True: ("right", "✓"), False: ("wrong", "✗")}
            marked = ((*signs[o.right], shown(o.text) + _because(o, shown)) for o in options)
            inside = "".join(f"<li class='{tone}'>{sign} {text}</li>" for tone, sign, text in marked)
            return f"<ol class='key' type='A'>{inside}</ol>"
        case Statements(statements=statements):
            judged = (
                (key_text("Yes" if s.right else "No", "b"), shown(s.text) + _because(s, shown))
                for s in statements
            )
            return _list((f"{verdict} – {text}" for verdict, text in judged), "class='key'")
        case Order(items=items, extra=extra):
            return _list(map(key_text, map(shown, items)), "class='key'") + left_over("Not needed", extra)
        case Match(pairs=pairs, extra=extra):
            sides = ((shown(pair.left), key_text(shown(pair.right))) for pair in pairs)
            rows = "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in sides)
            return f"<table>{rows}</table>{left_over('Belongs to none', extra)}"
        case Code(code=code, language=language):
            words = (key_text(html.escape(word), "code") for word in gaps(code))
            filled = GAP.sub(lambda gap: gap[1].strip(), code)
            return code_block(filled, language) + _list(words, "class='key'")
    return ""


def _list(items: Iterable[str], attributes: str) -> str:
    return f"<ol {attributes}>{''.join(f'<li>{item}</li>' for item in items)}</ol>"


def texts(options: Iterable[Option]) -> Iterator[str]:
    """The texts of options."""
    return (option.text for option in options)


def _because(option: Option, shown: Shown) -> str:
    return f"<span class='because'>{shown(option.because)}</span>" if option.because else ""


def _explanation(card: Card, shown: Shown) -> str:
    """Why; and what the notes say that is not true any more, unless the card says so already."""
    then = card.shows if card.shows and card.shows not in f"{card.ask}\n{card.explain}" else ""
    return shown(card.explain) + (f"<div class='outdated'>{shown(then)}</div>" if then else "")


def _source(card: Card) -> str:
    """The place in the notes, and the words there."""
    where = place_in_words(card)
    return html.escape(f"{where}: “{card.source.quote}”") if card.source and where else ""


def page_of(card: Card) -> str:
    """The public page that the card was checked against, its level and its skills."""
    parts = []
    if source := card.source:
        url, name = safe_link(source.url), html.escape(source.title or source.url)
        dated = ", ".join(filter(None, (source.date, f"checked {source.checked}" if source.checked else "")))
        if name:
            link = f'<a href="{html.escape(url)}">{name}</a>' if url else name
            parts.append(link + (f" ({html.escape(dated)})" if dated else ""))
    parts += ["exam item"] if card.level == "exam" else []
    return " · ".join([*parts, *map(html.escape, card.skills)])
