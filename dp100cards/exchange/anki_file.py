"""Anki's packages, opened: `.apkg` and `.colpkg`, in the older container and in the newer one.

Nothing is ever unpacked under a name that the file gives: the one member that holds the collection is read into a
folder of our own, up to a limit, and opened there for reading only. Somebody's notes become a deck of ours, as text.
"""

from __future__ import annotations

import html
import lzma
import re
import sqlite3
import struct
import sys
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
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

NEEDED = {  # the columns that are read
    "notes": "id guid mid mod tags flds",
    "cards": "id nid did ord mod type queue flags data",
    "revlog": "id cid ease ivl factor time type",
}
CUT = (zlib.error, lzma.LZMAError, zstd.ZstdError, struct.error, EOFError)  # what unpacking may end in


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
        except zipfile.BadZipFile:
            raise ContentError(f"{path} is not an Anki package, or is cut short; export it again") from None
        except OSError as error:
            raise ContentError(f"{path} cannot be read ({error.strerror or error})") from None
        except (*CUT, RuntimeError, ValueError, OverflowError, sqlite3.Error) as error:
            why = " ".join(str(error).split())[:100] or type(error).__name__
            raise ContentError(f"{path} is damaged ({why}); export it from Anki again") from None


def _unpack(path: Path, copy: Path) -> None:
    with files.opened(path) as file, zipfile.ZipFile(file) as package:
        member = next((name for name in MEMBERS if name in package.namelist()), None)
        if member is None:
            raise ContentError(f"{path} holds no Anki collection: it is another kind of zip file")
        info, size = package.getinfo(member), 0
        limit = min(LARGEST, max(MODEST, TIMES * info.compress_size))
        with package.open(info) as packed, copy.open("wb") as target:
            # Zstandard may have packed it once more; the limit counts from what is in the zip.
            source: Any = zstd.ZstdFile(packed) if member.endswith("b") else packed
            while piece := source.read(1 << 20):
                size += len(piece)
                if size > limit:
                    raise ContentError(f"{path} unpacks to more than {limit >> 20} MB: too much for its size")
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
    query = """SELECT held.name, info.name FROM sqlite_master AS held, pragma_table_info(held.name) AS info
        WHERE held.type = 'table'"""
    held = set(connection.execute(query))
    if not held >= {(table, column) for table, columns in NEEDED.items() for column in columns.split()}:
        raise ContentError(f"{path} holds a database that is not Anki's")
    said = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != ("ok",):
        raise sqlite3.DatabaseError(said and said[0])


# Somebody's deck

OLDER = (
    "SELECT kind.key, json_extract(each.value, '$.name') FROM col, json_each(models) AS kind,"
    " json_each(kind.value, '$.flds') AS each",
    "SELECT kind.key, json_extract(each.value, '$.qfmt'), json_extract(each.value, '$.afmt')"
    " FROM col, json_each(models) AS kind, json_each(kind.value, '$.tmpls') AS each",
)
NEWER = (
    "SELECT ntid, name FROM fields ORDER BY ntid, ord",
    "SELECT ntid, config, NULL FROM templates ORDER BY ntid, ord",
)
"""The fields and the templates of all note types, in either of Anki's forms."""
KEPT = ["b", "strong", "code", "pre", "p", "div", "br", "ul", "ol", "li", "tr", "td", "th", "table"]
"""The HTML that becomes Markdown; of every other element but scripts and styles its text stays."""
_MEDIA = re.compile(
    r"""<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>|\[sound:([^\]]*)\]""", re.IGNORECASE
)
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::([^{}]*?))?\}\}", re.DOTALL | re.IGNORECASE)

Texts = Mapping[str, str]  # of a note: Markdown by the name of the field


class Foreign(NamedTuple):
    """A deck made of a foreign collection, and what could not come along."""

    deck: Deck
    notes: int
    media: list[str]  # pictures and sounds; where one was, its name is
    left: int  # cards without a question or an answer when only text is taken
    ids: dict[tuple[str, int], str]  # the card made of each of Anki's, which a note's guid and a number name


def as_deck(connection: sqlite3.Connection, name: str, known: AbstractSet[str] = frozenset()) -> Foreign:
    """The simple and cloze notes of an opened collection as a deck; `known` ids are other cards'."""
    kept = connection.execute("SELECT models FROM col").fetchone()
    names, templates = OLDER if kept and kept[0] else NEWER
    fields: dict[int, list[str]] = defaultdict(list)
    for kind, field in connection.execute(names):
        fields[int(kind)].append(str(field))
    sides: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for kind, question, answer in connection.execute(templates):
        sides[int(kind)].append(_sides(question) if answer is None else (str(question), str(answer)))
    cards, ids, taken = list[Card](), dict[tuple[str, int], str](), set(known)
    media, notes, left = dict[str, None](), 0, 0
    for guid, kind, tags, values in connection.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY id"):
        notes += 1
        shown = (_markdown(value, media) for value in str(values).split("\x1f"))
        texts = dict(zip(fields[kind], shown, strict=False))
        for number, ask, answer, explain in _cards(sides[kind], texts):
            if not ask or answer == "":
                left += 1
                continue
            place = f"c{number + 1}" if answer is None else number
            tries = (id_from(name, f"{guid}\x1f{place}\x1f{n}") for n in count())
            id_ = ids[str(guid), number] = next(each for each in tries if each not in taken)
            taken.add(id_)
            kind_of = Cloze if answer is None else partial(Basic, answer=answer)
            words = tuple(dict.fromkeys(str(tags).split()))
            cards.append(kind_of(id=id_, deck=name, ask=ask, explain=explain, tags=words))
    deck = Deck(name, name.replace("-", " ").capitalize(), cards=tuple(cards))
    return Foreign(deck, notes, list(media), left, ids)


def _sides(message: object) -> tuple[str, str]:
    """The two texts at the start of a template in Protocol Buffers: each a tag, a length, and itself."""
    rest, sides = message if isinstance(message, bytes) else b"", {b"\x0a": "", b"\x12": ""}
    while found := re.match(rb"([\x0a\x12])([\x80-\xff]{0,4}[\x00-\x7f])", rest):
        end = found.end() + sum((byte & 0x7F) << 7 * n for n, byte in enumerate(found[2]))
        sides[found[1]] = rest[found.end() : end].decode("utf-8", "replace")
        rest = rest[end:]
    return sides[b"\x0a"], sides[b"\x12"]


def _cards(sides: Iterable[tuple[str, str]], texts: Texts) -> Iterator[tuple[int, str, str | None, str]]:
    """Each card of a note: Anki's number of it, question, answer (None: the question is a cloze), explanation."""
    for n, (question, answer) in enumerate(sides):
        front = _shown(question, texts)
        back = {name: text for name, text in _shown(answer, texts).items() if name not in front}
        cloze = re.search(r"\{\{cloze:([^{}]*)\}\}", question)
        if cloze and (name := cloze[1].strip()) in texts:
            text, rest = texts[name], "\n".join(text for each, text in (front | back).items() if each != name)
            for number in sorted({int(match[1]) for match in _CLOZE.finditer(text)}) or [0]:
                yield number - 1, _cloze(text, number) if number else "", None, rest
        elif front or not n:
            # Anki makes no card whose front is empty; only a note without any is counted. Nothing in it is a gap.
            one, other = (GAP.sub(r"{ {\1} }", "\n".join(shown.values())) for shown in (front, back))
            yield n, one, other, ""


def _shown(side: str, texts: Texts) -> dict[str, str]:
    """The texts that a side of a card shows, by their fields, in their order. Filters are before a field's name."""
    names = (each.rpartition(":")[2].strip() for each in re.findall(r"\{\{([^{}#^/!][^{}]*)\}\}", side))
    return {name: text for name in names if (text := texts.get(name, ""))}


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

    as_it_is: dict[str, Any] = dict.fromkeys(("escape_asterisks", "escape_underscores", "escape_misc"), False)
    kept = [*KEPT, "script", "style"]  # these become nothing
    text = markdownify(
        _MEDIA.sub(named, value), convert=kept, bullets="-", newline_style="backslash", **as_it_is
    )
    text = text.replace("\\\n", "\n").replace("\xa0", " ")
    text = "".join(c for c in text if c in "\n\t" or c.isprintable())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
