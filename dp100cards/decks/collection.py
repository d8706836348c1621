"""A collection: a folder with `notes/`, `decks/` and, if wanted, `dp100.toml`."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dp100cards.errors import ContentError, Problem, UsageError, not_utf8

if TYPE_CHECKING:
    from dp100cards.decks.settings import Settings

SETTINGS = "dp100.toml"
GENERATED = ".generated.yaml"
IDS = "ids.yaml"
"""A person's list of which fact an id of before belongs to, beside the decks."""


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

    def deck_files(self) -> list[Path]:
        """The deck files by name; names that begin with a dot are the program's own."""
        if not self.decks.is_dir():
            return []
        found = (path for path in self.decks.glob("*.yaml") if not path.name.startswith("."))
        return sorted(path for path in found if path.name != IDS)

    def deck_file(self, name: str) -> Path:
        """The file of a deck."""
        return self.decks / f"{name}.yaml"

    @property
    def generated(self) -> Path:
        """What the build knows of every card that it ever made."""
        return self.decks / GENERATED

    def note_files(self) -> list[Path]:
        """The notes, by path, folders included; names that begin with a dot are left out."""
        found = self.notes.rglob("*.md") if self.notes.is_dir() else []
        return sorted(
            p for p in found if not any(part.startswith(".") for part in p.relative_to(self.notes).parts)
        )

    def note_texts(self) -> dict[str, str]:
        """Each note's text by its path below `notes/`, with `/` between folders.

        Raises ContentError, naming them all, if notes are not UTF-8 text or cannot be read.
        """
        texts, problems = {}, []
        for path in self.note_files():
            name = path.relative_to(self.notes).as_posix()
            try:
                texts[name] = path.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                problems.append(not_utf8(f"notes/{name}", error, "note"))
            except OSError as error:
                problems.append(Problem(f"notes/{name}", 0, 0, f"cannot be read ({error.strerror})"))
        if problems:
            raise ContentError(problems)
        return texts

    def shown(self, path: Path) -> str:
        """A file's path as messages show it: from the collection's folder on."""
        return path.relative_to(self.home).as_posix() if path.is_relative_to(self.home) else str(path)

    def settings(self) -> Settings:
        """What `dp100.toml` says, or the defaults. Raises ContentError if it has mistakes."""
        from dp100cards.decks import settings

        path = self.home / SETTINGS
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return settings.Settings()
        except UnicodeDecodeError as error:
            raise ContentError([not_utf8(SETTINGS, error, "file")]) from None
        except OSError as error:
            raise ContentError([Problem(SETTINGS, 0, 0, f"cannot be read ({error})")]) from None
        return settings.parse(text, SETTINGS)

    def line_of_key(self, action: str) -> int:
        """The line of `dp100.toml` at which the key of an action is set; 0 if that is not known."""
        from dp100cards.decks.settings import line_of

        try:
            return line_of(action, (self.home / SETTINGS).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return 0


def find_home(named: str | None, start: Path) -> Path:
    """The collection's folder: the one that was named, else the nearest upwards that has `decks/`, else our own.

    Raises UsageError if the folder that was named does not exist.
    """
    if named:
        home = Path(named).expanduser()
        if not home.is_dir():
            raise UsageError(f"there is no folder {named}; `dp100 init {named}` makes a collection there")
        return home.absolute()
    for folder in (start, *start.parents):
        if (folder / "decks").is_dir():
            return folder
    return shipped()


def shipped() -> Path:
    """The collection that came with the program: inside the installed package, or the checkout that it runs from."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "collection"
    return installed if installed.is_dir() else package.parent
