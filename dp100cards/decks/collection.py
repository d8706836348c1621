"""A collection: a folder with `notes/`, `decks/` and, if wanted, `dp100.toml`."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dp100cards import config, files
from dp100cards.config import GENERATED as GENERATED
from dp100cards.config import SETTINGS as SETTINGS
from dp100cards.errors import ContentError, Problem

IDS = "ids.yaml"
"""A person's list of which fact an id of before belongs to, beside the decks; no deck."""

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
        """The folder of the deck files."""
        return self.home / "decks"

    @property
    def notes(self) -> Path:
        """The folder of the notes."""
        return self.home / "notes"

    @property
    def generated(self) -> Path:
        """What the build knows of every card that it ever made."""
        return self.decks / GENERATED

    def deck_files(self) -> list[Path]:
        """The deck files by name; names that begin with a dot are the program's own."""
        return [path for path in self._all_decks() if not files.unreadable_name(path)]

    def deck_file(self, name: str) -> Path:
        """The file of a deck."""
        return self.decks / f"{name}.yaml"

    def odd_names(self) -> list[Problem]:
        """The deck files that cannot be used because of their names."""
        odd = [path for path in self._all_decks() if files.unreadable_name(path)]
        return [Problem(_in_utf8(self.shown(path)), 0, 0, ODD_NAME) for path in odd]

    def _all_decks(self) -> list[Path]:
        if not self.decks.is_dir():
            return []
        found = (path for path in self.decks.glob("*.yaml") if not path.name.startswith("."))
        return sorted(path for path in found if path.name != IDS)

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
        all_files = self.notes.rglob("*") if self.notes.is_dir() else []
        found = (path for path in all_files if path.suffix.lower() in NOTE_SUFFIXES)
        return sorted(
            p for p in found if not any(part.startswith(".") for part in p.relative_to(self.notes).parts)
        )

    def note_texts(self) -> dict[str, str]:
        """Each note's text by its path below `notes/`, with `/` between folders.

        Raises ContentError, naming them all, if notes are not UTF-8 text or cannot be read.
        """
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        for path in self.note_files():
            name = path.relative_to(self.notes).as_posix()
            try:
                texts[name] = self.note_text(path)
            except FileNotFoundError:
                continue  # it went away just now, or is a link to nothing
            except ContentError as error:
                problems += error.problems
        if problems:
            raise ContentError(problems)
        return texts

    def note_text(self, path: Path) -> str:
        """A note's text. Raises FileNotFoundError, or ContentError if it cannot be read."""
        shown = f"notes/{path.relative_to(self.notes).as_posix()}"
        if files.unreadable_name(path):
            raise ContentError([Problem(_in_utf8(shown), 0, 0, ODD_NAME)])
        # Somebody's collection could show, as its notes, whatever of the learner's it names.
        if not path.resolve().is_relative_to(self.notes.resolve()):
            raise ContentError(
                [Problem(shown, 0, 0, "it is a link that leads out of notes/; put a copy there")]
            )
        return files.read_text(path, shown, "note", files.NOTE_LIMIT)

    def shown(self, path: Path) -> str:
        """A file's path as messages show it: from the collection's folder on."""
        return path.relative_to(self.home).as_posix() if path.is_relative_to(self.home) else str(path)

    def settings(self) -> config.Settings:
        """What `dp100.toml` says, or the defaults. Raises ContentError if it has mistakes."""
        return config.parse_settings(self._settings_text())

    def line_of_key(self, action: str) -> int:
        """The line of `dp100.toml` at which the key of an action is set; 0 if that is not known."""
        try:
            return config.places(self._settings_text()).get(f"keys.{action}", (0, 0))[0]
        except ContentError:
            return 0

    def _settings_text(self) -> str:
        try:
            return files.read_text(self.home / SETTINGS, SETTINGS, "file", config.SETTINGS_LIMIT)
        except FileNotFoundError:
            return ""


def _in_utf8(name: str) -> str:
    """A name that is not UTF-8, as near as UTF-8 can hold it."""
    return name.encode("utf-8", "replace").decode()
