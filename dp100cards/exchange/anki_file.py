"""Anki's packages, opened: `.apkg` and `.colpkg`, in the older container and in the newer one.

Nothing is ever unpacked under a name that the file gives: the one member that holds the collection is read into a
folder of our own, up to a limit, and opened there for reading only. Somebody's notes become a deck of ours, as text.
"""

from __future__ import annotations

import errno
import html
import json
import lzma
import re
import sqlite3
import struct
import sys
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from dp100cards import files
from dp100cards.cards import GAP, Basic, Card, Cloze, Deck
from dp100cards.errors import ContentError, UsageError
from dp100cards.generate.draft import id_from

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MEMBERS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""Where the collection may be, the newest first: a newer package also carries a dummy under the oldest name."""
LARGEST = 1 << 30  # bytes: no collection is unpacked beyond this
MODEST = 32 << 20  # bytes: a collection up to this size is never taken for a bomb
TIMES = 100  # what grows by more than this was made to fill the disk; Anki's grow by three to twenty
STEPS = 2_000_000_000  # of SQLite's machine, far above an honest collection's need; then a query is given up

TABLES = {
    "notes": {"id", "guid", "mid", "mod", "tags", "flds"},
    "cards": {"id", "nid", "did", "ord", "mod", "type", "queue", "flags", "data"},
    "revlog": {"id", "cid", "ease", "ivl", "factor", "time", "type"},
}
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, zstd.ZstdError, struct.error, EOFError)
_UNSOUND = (RuntimeError, ValueError, OverflowError, sqlite3.Error)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The collection in a package, to be read from. Raises UsageError, or ContentError for what is not sound."""
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    with tempfile.TemporaryDirectory(prefix="dp100-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "collection"
        try:
            _unpack(path, copy)
            with closing(_connect(copy)) as connection:
                _check(connection, path)
                yield connection
        except OSError as error:
            if error.errno in (None, errno.EINVAL):
                # Not the disk's fault: the file names a place in itself that cannot be.
                raise _damaged(path, error) from None
            raise UsageError(f"{path} cannot be read ({error.strerror or error})") from None
        except (*_BROKEN, *_UNSOUND) as error:
            raise _damaged(path, error) from None


def _damaged(path: Path, error: object) -> ContentError:
    if isinstance(error, zipfile.BadZipFile):
        return ContentError(f"{path} is not an Anki package, or is cut short; export it from Anki again")
    why = " ".join(str(error).split())[:100] or type(error).__name__
    return ContentError(f"{path} is damaged ({why}); export it from Anki again")


def _unpack(path: Path, copy: Path) -> None:
    with files.opened(path) as file, zipfile.ZipFile(file) as package:
        member = next((name for name in MEMBERS if name in package.namelist()), None)
        if member is None:
            raise ContentError(f"{path} holds no Anki collection: it is a zip file of another sort")
        info, size = package.getinfo(member), 0
        limit = min(LARGEST, max(MODEST, TIMES * info.compress_size))
        with package.open(info) as packed, copy.open("wb") as target:
            # Zstandard may have packed it once more; the limit counts from what is in the zip.
            source: Any = zstd.ZstdFile(packed) if member.endswith("b") else packed
            while piece := source.read(1 << 20):
                size += len(piece)
                if size > limit:
                    raise ContentError(
                        f"{path} unpacks to more than {limit >> 20} MB: far more than an Anki package of its size"
                    )
                target.write(piece)


def _connect(copy: Path) -> sqlite3.Connection:
    """Open for reading, trusting nothing: no functions in the schema, no endless queries, no broken text."""
    connection = sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    steps = iter(range(STEPS // 1_000_000))
    connection.set_progress_handler(lambda: next(steps, None) is None, 1_000_000)
    connection.execute("PRAGMA trusted_schema = OFF")

    def unicase(one: str, other: str) -> int:
        """Anki's own order of names, which its tables ask for: without regard to case."""
        return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())

    connection.create_collation("unicase", unicase)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    for table, columns in TABLES.items():
        held = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if table not in tables_of(connection) or not held >= columns:
            raise ContentError(f"{path} holds a database that is not Anki's")
    said = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said is None or said[0] != "ok":
        raise _damaged(path, said and said[0])


def tables_of(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


# Note types


class Template(NamedTuple):
    """One sort of card of a note type: the fields that its two sides show, each once, in their order."""

    front: list[str]
    back: list[str]
    cloze: str  # the field that is a cloze, or ""


Model = tuple[list[str], list[Template]]
"""A note type: its fields and its templates."""


def _models(connection: sqlite3.Connection) -> dict[int, Model]:
    """The note types by their ids. Raises ValueError or sqlite3.Error for what is not sound."""
    fields: dict[int, list[str]] = defaultdict(list)
    sides: dict[int, list[tuple[str, str]]] = defaultdict(list)
    try:
        if "notetypes" in tables_of(connection):
            for id_, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
                fields[id_].append(str(name))
            for id_, config in connection.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
                sides[id_].append(_sides(config))
        else:
            for id_, model in json.loads(connection.execute("SELECT models FROM col").fetchone()[0]).items():
                fields[int(id_)] = [str(each["name"]) for each in model["flds"]]
                sides[int(id_)] = [(str(each["qfmt"]), str(each["afmt"])) for each in model["tmpls"]]
    except (KeyError, TypeError, AttributeError):
        raise ValueError("its note types cannot be read") from None
    return {id_: (names, [_template(names, *both) for both in sides[id_]]) for id_, names in fields.items()}


def _template(fields: list[str], question: str, answer: str) -> Template:
    # Filters (`text:`, `type:`) are before a field's name.
    front, back = (
        [each.rpartition(":")[2].strip() for each in re.findall(r"\{\{([^{}#^/!][^{}]*)\}\}", side)]
        for side in (question, answer)
    )
    shown = [name for name in dict.fromkeys(front) if name in fields]
    rest = [name for name in dict.fromkeys(back) if name in fields and name not in shown]
    cloze = next((name.strip() for name in re.findall(r"\{\{cloze:([^{}]*)\}\}", question)), "")
    return Template(shown, rest, cloze if cloze in fields else "")


def _sides(message: bytes) -> tuple[str, str]:
    """The two texts at the start of a template in Protocol Buffers: each a tag, a length, and itself."""
    sides = {b"\x0a": "", b"\x12": ""}
    while found := re.match(rb"([\x0a\x12])([\x80-\xff]*[\x00-\x7f])", message):
        end = found.end() + sum((byte & 0x7F) << 7 * n for n, byte in enumerate(found[2]))
        if end > len(message):
            raise ValueError("a template of its note types cannot be read")
        sides[found[1]] = message[found.end() : end].decode("utf-8", "replace")
        message = message[end:]
    return sides[b"\x0a"], sides[b"\x12"]


# Somebody's deck

KEPT = ["b", "strong", "code", "pre", "p", "div", "br", "ul", "ol", "li", "tr", "td", "th", "table"]
"""The HTML that becomes Markdown; of every other element only its text stays."""
_MEDIA = re.compile(
    r"""<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>|\[sound:([^\]]*)\]""", re.IGNORECASE
)
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::([^{}]*?))?\}\}", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class Foreign:
    """A deck made of a foreign collection, and what could not come along."""

    deck: Deck
    notes: int = 0
    media: list[str] = field(default_factory=list)  # pictures and sounds; where one was, its name is
    left: int = 0  # cards without a question or an answer when only text is taken
    ids: dict[tuple[str, int], str] = field(default_factory=dict)
    """The card made of each of Anki's cards, which a note's guid and a number name."""


def as_deck(
    connection: sqlite3.Connection, name: str, title: str, known: AbstractSet[str] = frozenset()
) -> Foreign:
    """The simple and cloze notes of an opened collection as a deck; `known` ids are other cards'.

    Raises ValueError or sqlite3.Error for what is not sound.
    """
    models, cards, media, taken = _models(connection), list[Card](), dict[str, None](), set(known)
    result = Foreign(Deck(name, title))
    for guid, mid, tags, values in connection.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY id"):
        if mid not in models:
            continue
        fields, templates = models[mid]
        result.notes += 1
        texts = dict(
            zip(fields, (_markdown(value, media) for value in str(values).split("\x1f")), strict=False)
        )
        for place, number, made in _cards(templates, texts):
            if made is None:
                result.left += 1
                continue
            tries = (id_from(name, f"{guid}\x1f{place}\x1f{n}") for n in range(1000))
            result.ids[str(guid), number] = id_ = next(each for each in tries if each not in taken)
            taken.add(id_)
            ask, answer, explain = made
            common: dict[str, Any] = {"id": id_, "deck": name, "ask": ask, "explain": explain}
            common["tags"] = tuple(dict.fromkeys(str(tags).split()))
            cards.append(Cloze(**common) if answer is None else Basic(**common, answer=answer))
    result.deck, result.media = Deck(name, title, "", tuple(cards)), list(media)
    return result


Made = tuple[str, str | None, str]
"""Question, answer (None: the question is a cloze), explanation."""


def _cards(templates: list[Template], texts: dict[str, str]) -> Iterator[tuple[str, int, Made | None]]:
    """Each card of a note, with what tells it from the note's others, and Anki's number of it."""

    def joined(names: list[str]) -> str:
        return "\n".join(texts[name] for name in names if texts.get(name))

    for n, (front, back, cloze) in enumerate(templates):
        if cloze:
            text, rest = texts.get(cloze, ""), joined([each for each in (*front, *back) if each != cloze])
            numbers = sorted({int(match[1]) for match in _CLOZE.finditer(text)})
            yield from ((f"c{number}", number - 1, (_cloze(text, number), None, rest)) for number in numbers)
            if not numbers:
                yield "c0", 0, None
        elif ask := joined(front):
            answer = joined(back)
            # Nothing in it can be taken for a gap.
            plain = [GAP.sub(lambda match: "{ {" + match[1] + "} }", text) for text in (ask, answer)]
            yield str(n), n, (plain[0], plain[1], "") if answer else None
        elif not n:
            # Anki makes no card whose front is empty; only a note without any is counted.
            yield str(n), n, None


def _cloze(text: str, number: int) -> str:
    """The text with the gaps of one number hidden; the others are shown, and hints are dropped."""

    def shown(match: re.Match[str]) -> str:
        words = " ".join(match[2].split())
        return "{{" + words + "}}" if int(match[1]) == number and words else words

    return _CLOZE.sub(shown, text)


def _markdown(value: str, media: dict[str, None]) -> str:
    """A field's HTML as simple Markdown; pictures and sounds are named where they were, and gathered."""
    from markdownify import markdownify  # 0.2 s that only this needs

    def named(match: re.Match[str]) -> str:
        name = html.unescape(next(filter(None, match.groups()), ""))
        media[name] = None
        return f"({'sound' if match[4] is not None else 'picture'}: {html.escape(name, quote=False)})"

    value = _MEDIA.sub(named, _SCRIPT.sub("", value))
    options: dict[str, Any] = {"convert": KEPT, "bullets": "-", "newline_style": "backslash"}
    options |= dict.fromkeys(("escape_asterisks", "escape_underscores", "escape_misc"), False)
    text = markdownify(value, **options)
    text = text.replace("\\\n", "\n").replace("\xa0", " ")
    text = "".join(c for c in text if c in "\n\t" or c.isprintable())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
