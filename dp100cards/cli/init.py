"""`dp100 init`: a collection of one's own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from dp100cards import files
from dp100cards.clean import say
from dp100cards.config import SETTINGS
from dp100cards.decks.write import SCHEMA_FILE, schema_text
from dp100cards.errors import UsageError

SAMPLE = "first.md"
NOTE = """\
# My first notes

<!-- What people write anyway gives cards: terms, lists, tables, questions with their answers, quizzes. docs/notes.md
shows it all. No card is made of a remark like this one, and none of this note once there are others beside it. -->

## What is a checkpoint

A saved state of a model during training.

A checkpoint contains three things:

- The weights
- The optimizer's state
- The epoch's number

A checkpoint lets you resume a run after an ==interruption==.

Q: Which card does a question in the notes give?
A: Exactly that card.

Epoch :: One pass over all data
"""

CONFIGURATION = """\
# Settings of this collection. Each line with a # shows the default; remove the # to change it.

# name = "DP-100"              # the name over all decks, as in Anki's deck tree
# blueprint = ""               # the exam: "dp-100", "ai-300", or a YAML file in this folder. Empty: DP-100, if the
#                              # cards are for it; else the decks are the areas of the exam

# [study]
# new_per_day = 10
# reviews_per_day = 200
# retention = 0.9              # how well to remember: the chance of recall at which a card is asked again
# maximum_interval = 36500     # days between two reviews at most
# leech_lapses = 8             # a card forgotten this often is set aside; 0: never

# Decks: which concepts go where. Without a plan of your own, notes that fit DP-100 are spread as for that exam; all
# else goes to a deck named after its note. "deck: name" in a note's front matter goes before both.
# [decks.training]
# title = "Training"
# area = "train"               # the exam area that its cards count towards
# concepts = ["checkpoint", "epoch"]
"""


@click.command(short_help="Start a collection of your own.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Start a collection in DIR: a folder for notes with a sample, one for decks, and a file of settings.

    DIR may exist already; what is there stays as it is.
    """
    wanted = starting_files(folder)
    try:
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write_new(path, text)
            say(f"made {path}")
    except OSError as error:
        raise UsageError(f"{error.filename or folder} cannot be made: {error.strerror}") from None
    say("\nPut your notes into notes/, then:")
    for command in ("build", "study"):
        say(f"  dp100 --home {folder} {command}")
    say("Inside the folder the same works without --home.")


def starting_files(folder: Path) -> dict[Path, str]:
    """The files to make. Raises UsageError if DIR is a collection already, or no folder."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder")
    if (folder / "decks").exists() or (folder / SETTINGS).exists():
        raise UsageError(f"{folder} is a collection already")
    name, settings = folder.absolute().name, CONFIGURATION
    if "dp100" not in re.sub(r"\W", "", name.casefold()):
        usual = '# name = "DP-100"              #'
        settings = settings.replace(usual, f"name = {json.dumps(name, ensure_ascii=False):<23} #")
    made = {folder / SETTINGS: settings, folder / "decks" / SCHEMA_FILE: schema_text()}
    if not (folder / "notes").exists():
        made[folder / "notes" / SAMPLE] = NOTE
    return made


def without_sample(notes: dict[str, str]) -> dict[str, str]:
    """The notes without the sample, where there are others and it is as it was made."""
    return {name: text for name, text in notes.items() if len(notes) == 1 or (name, text) != (SAMPLE, NOTE)}
