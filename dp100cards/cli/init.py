"""`dp100 init`: a collection of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from dp100cards.clean import say
from dp100cards.decks.collection import SETTINGS
from dp100cards.errors import UsageError

NOTE = """\
# My first notes

<!-- Write as you always do. Sentences, lists, tables and code all give cards; `dp100 build` turns them into decks.
Here are a few shapes that it reads well; delete them when you have your own. No card is made of a remark like this. -->

## What is a checkpoint

A saved state of a model during training. A checkpoint lets you resume a run after an interruption.

A checkpoint holds three things:

- The weights of the model
- The state of the optimizer
- The number of the epoch

> Note: It is better to keep only the last checkpoints, because each of them takes up disk space.

Q: Which cards does a question in the notes give?
A: Exactly that card.

Epoch :: One pass over all data
"""

CONFIGURATION = """\
# Settings of this collection. Each line shows the default; remove the # to change it.

# name = "DP-100"              # the name over all decks, as in Anki's deck tree
# blueprint = ""               # the exam: "dp-100", "ai-300", or a YAML file in this folder. Empty: DP-100, if the
#                              # cards are for it; else the decks are the areas of the exam

# [study]
# new_per_day = 10
# reviews_per_day = 200
# retention = 0.9              # how well to remember: the chance of recall at which a card is asked again
# maximum_interval = 36500     # days between two reviews at most
# leech_lapses = 8             # a card forgotten so often is set aside; 0: never

# Decks: which concepts go where. Without a plan of your own, the program's plan for the exam counts; what is in no
# plan goes to a deck named after its note. "deck: name" in a note's front matter goes before both.
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
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            say(f"made {path}")
    except OSError as error:
        raise UsageError(f"{error.filename or folder} cannot be made: {error.strerror}") from None
    say("\nPut your notes into notes/, then:")
    say(f"  dp100 --home {folder} build")
    say(f"  dp100 --home {folder} study")
    say("Inside the folder the same works without --home.")


def starting_files(folder: Path) -> dict[Path, str]:
    """The files to make. Raises UsageError if DIR is a collection already, or no folder."""
    from dp100cards.decks.write import SCHEMA_FILE, schema_text

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder")
    if (folder / "decks").exists() or (folder / SETTINGS).exists():
        raise UsageError(f"{folder} is a collection already")
    files = {folder / SETTINGS: CONFIGURATION, folder / "decks" / SCHEMA_FILE: schema_text()}
    if not (folder / "notes").exists():
        files[folder / "notes" / "first.md"] = NOTE
    return files
