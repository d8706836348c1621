"""A collection: where its files are, who may write them now, and the shape that a card has in them.

A collection is a folder with `notes/`, `decks/` and, if wanted, `dp100.toml`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dp100cards import config, files
from dp100cards.cards import Card, Option, Pair, Scenario, Source, Value
from dp100cards.errors import ContentError, DataError, Problem

NOTE_SUFFIXES = (".md", ".markdown")
ODD_NAME = "the file's name is not UTF-8; rename it"


@dataclass(frozen=True)
class Collection:
    """Where a collection's files are. Nothing is read before it is asked for."""

    home: Path

    @property
    def key(self) -> str:
        """A short name by which what is kept elsewhere of a collection is found again."""
        home = str(self.home).encode("utf-8", "replace")
        return f"{zlib.crc32(home):08x}{zlib.adler32(home):08x}"

    @property
    def decks(self) -> Path:
        return self.home / "decks"

    @property
    def notes(self) -> Path:
        return self.home / "notes"

    @property
    def generated(self) -> Path:
        """What the build knows of every card that it ever made."""
        return self.decks / config.GENERATED

    def deck_file(self, name: str) -> Path:
        return self.decks / f"{name}.yaml"

    def deck_files(self) -> list[Path]:
        """The deck files by name; names that begin with a dot are the program's own."""
        return sorted(p for p in self.decks.glob("[!.]*.yaml") if not files.unreadable_name(p))

    def odd_names(self) -> list[Problem]:
        """The deck files that cannot be used because of their names."""
        odd = filter(files.unreadable_name, self.decks.glob("*.yaml"))
        return [Problem(self.shown(path), 0, 0, ODD_NAME) for path in odd]

    def key_of(self, id_: str) -> str:
        """The semantic key of a card, by which a build knows it under another wording; "" for one made by hand."""
        start = f'{{"id": "{id_}", '.encode()
        with suppress(OSError, ValueError, KeyError):
            for line in files.read_bytes(self.generated).splitlines():
                if line.startswith(start):  # one line of many: the rest need not be understood
                    return str(json.loads(line.rstrip(b","))["key"])
        return ""

    def note_files(self) -> list[Path]:
        """The notes, by path, folders included; names that begin with a dot are left out."""
        notes = (path for path in self.notes.rglob("*") if path.suffix.lower() in NOTE_SUFFIXES)
        return sorted(p for p in notes if not any(x.startswith(".") for x in p.relative_to(self.notes).parts))

    def note_texts(self) -> dict[str, str]:
        """Each note's text by its path below `notes/`, with `/` between folders.

        Raises ContentError, naming them all, if notes are not UTF-8 text or cannot be read.
        """
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        for path in self.note_files():
            with suppress(FileNotFoundError):  # it went away just now, or is a link to nothing
                try:
                    texts[path.relative_to(self.notes).as_posix()] = self.note_text(path)
                except ContentError as error:
                    problems += error.problems
        if problems:
            raise ContentError(problems)
        return texts

    def note_text(self, path: Path) -> str:
        """A note's text. Raises FileNotFoundError, or ContentError if it cannot be read."""
        shown = f"notes/{path.relative_to(self.notes).as_posix()}"
        if files.unreadable_name(path):
            raise ContentError([Problem(shown, 0, 0, ODD_NAME)])
        # Somebody's collection could show, as its notes, whatever of the learner's it names.
        if not path.resolve().is_relative_to(self.notes.resolve()):
            out = "it is a link that leads out of notes/; put a copy there"
            raise ContentError([Problem(shown, 0, 0, out)])
        return files.read_text(path, shown, "note", files.NOTE_LIMIT)

    def shown(self, path: Path) -> str:
        """A file's path as messages show it: from the collection's folder on."""
        return path.relative_to(self.home).as_posix() if path.is_relative_to(self.home) else str(path)

    @cached_property
    def settings(self) -> config.Settings:
        """What `dp100.toml` says, or the defaults. Raises ContentError if it has mistakes."""
        path = self.home / config.SETTINGS
        try:
            said = files.read_text(path, config.SETTINGS, "file", config.SETTINGS_LIMIT)
        except FileNotFoundError:
            return config.Settings()
        return config.parse_settings(said)


LOCK = ".build.lock"
PATIENCE = 3.0  # seconds to wait for another program that is only writing what it has already worked out


@contextmanager
def locked(folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Be the only one that changes a folder's decks. Raises DataError if another program is at it.

    It is tried again for `patience` seconds. Raises OSError if there can be no such folder, or if it leads out of the
    collection.
    """
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with files.locked(folder / LOCK, patience, within=folder.parent):
            yield
    except files.Held:
        raise DataError(
            f"another dp100 is writing the decks in {folder} just now; wait until it is done, then type this again"
        ) from None
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()  # nothing came of it


# A card as plain data, and back: the shape that it has in YAML, in the index and in a sitting's own copy

Data = dict[str, Any]
"""Text, booleans, lists and mappings only: what YAML and JSON both hold."""

CLASSES: dict[str, type[Card]] = {cls.kind: cls for cls in Card.__subclasses__()}
ORDER = (
    "id kind scenario ask answer options items pairs extra statements language code wrong"
    " explain shows tags status level skills area source"
).split()
_PARTS = {"options": Option, "statements": Option, "pairs": Pair, "scenario": Scenario, "source": Source}


def to_data(card: Card, *, deck_area: str = "") -> Data:
    """A card as a mapping in the order of a deck file, without what is empty or, as the area, the deck's.

    It is whole by itself: of a scenario it has the text too, where a deck file has its id.
    """
    data = {name: _plain(getattr(card, name, "")) for name in ORDER}
    if data["area"] == deck_area:
        del data["area"]
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if not isinstance(value, Value):
        return value
    data = {name: each for name, each in vars(value).items() if each not in ("", False)}
    if isinstance(value, Source):
        first, last = data.pop("lines")
        if value.note:
            lines = str(first) if first == last else f"{first}-{last}"
            data = {"note": data.pop("note"), "lines": lines, **data}
    return data


def from_data(data: Data, *, deck: str, area: str = "") -> Card:
    """A card from the mapping that `to_data` makes. The data must be sound: `read` checks what a person wrote."""
    made: Data = {name: _made(name, value) for name, value in data.items()}
    return CLASSES[made.pop("kind")](**{"deck": deck, "area": area, **made})


def _made(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(name, each) for each in value)
    if not isinstance(value, dict):
        return value
    if name == "source" and "lines" in value:
        value = {**value, "lines": parse_lines(str(value["lines"]))}
    return _PARTS[name](**value)


def parse_lines(text: str) -> tuple[int, int]:
    """`"44-45"` or `"44"` as first and last line."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)
