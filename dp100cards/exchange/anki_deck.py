"""Somebody's Anki deck as a deck of ours: simple and cloze notes, as text."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from dp100cards.cards import GAP, Basic, Card, Cloze, Deck
from dp100cards.exchange.anki_file import Model, models
from dp100cards.generate.identity import id_from

KEPT = ["b", "strong", "code", "pre", "p", "div", "br", "ul", "ol", "li", "tr", "td", "th", "table"]
"""The HTML that becomes Markdown; of every other element only its text stays."""

_IMAGE = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>""", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\]]*)\]")
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::([^{}]*?))?\}\}", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class Foreign:
    """A deck made of a foreign collection, and what could not come along."""

    deck: Deck
    notes: int = 0
    media: list[str] = field(default_factory=list)
    """Names of pictures and sounds, each once; where one was, its name is."""
    left: int = 0
    """Cards without a question or an answer when only text is taken."""
    ids: dict[tuple[str, int], str] = field(default_factory=dict)
    """The card made of each of Anki's cards, which a note's guid and a number name."""


def as_deck(
    connection: sqlite3.Connection, name: str, title: str, known: AbstractSet[str] = frozenset()
) -> Foreign:
    """The notes of an opened collection as a deck; `known` ids are other cards'.

    Raises ValueError or sqlite3.Error for what is not sound.
    """
    types = models(connection)
    taken, cards = set(known), list[Card]()
    result = Foreign(Deck(name, title))
    for guid, mid, tags, values in connection.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY id"):
        if mid not in types:
            continue
        result.notes += 1
        media: list[str] = []
        read = (_markdown(value, media) for value in str(values).split("\x1f"))
        texts = dict(zip(types[mid].fields, read, strict=False))
        for place, number, made in _cards(types[mid], texts):
            if made is None:
                result.left += 1
                continue
            ask, answer, explain = made
            common: dict[str, Any] = {
                "id": _id(name, str(guid), place, taken), "deck": name, "ask": ask, "explain": explain,
                "tags": tuple(dict.fromkeys(str(tags).split())),
            }  # fmt: skip
            cards.append(Cloze(**common) if answer is None else Basic(**common, answer=answer))
            result.ids[str(guid), number] = cards[-1].id
        result.media += [each for each in media if each not in result.media]
    result.deck = Deck(name, title, "", tuple(cards))
    return result


Made = tuple[str, str | None, str]
"""Question, answer (None: the question is a cloze), explanation."""


def _cards(model: Model, texts: dict[str, str]) -> Iterator[tuple[str, int, Made | None]]:
    """Each card of a note, with what tells it from the note's others, and Anki's number of it."""
    for n, template in enumerate(model.templates):
        if template.cloze:
            text = texts.get(template.cloze, "")
            numbers = sorted({int(match[1]) for match in _CLOZE.finditer(text)})
            rest = _joined(texts, (*template.front, *template.back), without=template.cloze)
            for number in numbers:
                yield f"c{number}", number - 1, (_cloze(text, number), None, rest)
            if not numbers:
                yield "c0", 0, None
            continue
        front, back = (_joined(texts, names) for names in (template.front, template.back))
        if front:
            yield str(n), n, (_plain_braces(front), _plain_braces(back), "") if back else None
        elif not n:
            # Anki makes no card whose front is empty; only a note without any is counted.
            yield str(n), n, None


def _joined(texts: dict[str, str], names: tuple[str, ...], without: str = "") -> str:
    return "\n".join(texts[name] for name in names if name != without and texts.get(name))


def _cloze(text: str, number: int) -> str:
    """The text with the gaps of one number hidden; the others are shown, and hints are dropped."""

    def shown(match: re.Match[str]) -> str:
        words = " ".join(match[2].split())
        return "{{" + words + "}}" if int(match[1]) == number and words else words

    return _CLOZE.sub(shown, text)


def _plain_braces(text: str) -> str:
    """Text in which nothing can be taken for a gap."""
    return GAP.sub(lambda match: "{ {" + match[1] + "} }", text)


def _markdown(value: str, media: list[str]) -> str:
    """A field's HTML as simple Markdown; pictures and sounds are named where they were, and gathered."""
    from markdownify import markdownify  # 120 ms that only this needs

    def named(kind: str, name: str) -> str:
        name = html.unescape(name)
        media.append(name)
        return f"({kind}: {html.escape(name, quote=False)})"

    value = _SCRIPT.sub("", value)
    value = _IMAGE.sub(lambda m: named("picture", m[1] or m[2] or m[3] or ""), value)
    value = _SOUND.sub(lambda m: named("sound", m[1]), value)
    text = str(
        markdownify(
            value, convert=KEPT, bullets="-", escape_asterisks=False, escape_underscores=False, escape_misc=False,
            newline_style="backslash",
        )
    )  # fmt: skip
    text = "".join(
        c for c in text.replace("\\\n", "\n").replace("\xa0", " ") if c in "\n\t" or c.isprintable()
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def _id(deck: str, guid: str, place: str, taken: set[str]) -> str:
    """An id that the same note gets again."""
    id_ = next(made for n in range(1000) if (made := id_from(deck, f"{guid}\x1f{place}\x1f{n}")) not in taken)
    taken.add(id_)
    return id_
