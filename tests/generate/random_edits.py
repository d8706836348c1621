"""Notes as one edits them: random edits that leave a trace, so that a test knows what was touched and how.

A note is a list of blocks; a block is a heading, a paragraph of sentences, or a list item. Each sentence and item is a
`Line` with a number that stays with it wherever it moves.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from itertools import count

NOTES = {
    "platform.md": """# Platform

## What is a workspace

The top-level resource of the machine learning service. A workspace stores the experiment objects that each model requires. You can create up to 800 workspaces in one subscription.

If you register a model twice under one name, the second upload gets a higher version.

## What is a datastore

An abstraction over a storage account. Each workspace has a registered default datastore. A datastore supports Parquet, Avro and Orc.

## What is an image

An image has three components:

- A scoring script that loads the model
- An environment file that declares the dependencies
- A configuration file that names the needed resources

How long does an idle image wait for its next job :: 30 minutes at most

> OBS: It is better to pin the Python kernel to 3.6, because the default kernel changes with each release.
""",
    "services.md": """# Services

## Options for data science

- Databricks: based on Spark. Useful for big data.
- HDInsight: runs Hadoop clusters. Easy to manage.
- Machine Learning Studio: drag and drop. Ideal for beginners.
- SQL Server: analyzes data where it lies. Useful for on-premises data.

Databricks encrypts notebooks at rest. HDInsight keeps its data in memory for 30 minutes. A cluster of Databricks stops after 120 minutes without a job.

## Deployment

Environment setup -> Data preparation -> Experimentation -> Deployment

A deployment needs a registered model. Container Instances serve tests, and Kubernetes Service serves production. Kubernetes Service requires at least 12 cores.

How many cores does Kubernetes Service need :: 12 cores at least
""",
}

UNRELATED = (
    "A heron catches fish in shallow rivers.",
    "The baker bakes rye, wheat and spelt.",
    "A canal lock raises boats by 7 feet.",
    "If you water a cactus daily, its roots rot.",
    "The choir needs a tenor and a soprano.",
    "You can tune a violin with its pegs.",
)
OTHER_WORDS = {
    "stores": "keeps", "requires": "needs", "needs": "requires", "create": "make", "useful": "handy", "each": "every",
    "supports": "handles", "declares": "lists", "needed": "required", "loads": "opens", "better": "wiser",
    "analyzes": "examines", "keeps": "holds", "job": "task", "because": "since", "runs": "drives",
}  # fmt: skip
NAMES = ("Snowflake", "Kafka", "Grafana")
_ids = count()


@dataclass
class Line:
    """A sentence or item; `touched` names what was done to it."""

    text: str
    kind: str
    id: int = field(default_factory=lambda: next(_ids))
    touched: set[str] = field(default_factory=set)


Block = list[Line]
Section = list[Block]
Notes = dict[str, list[Section]]


def parsed(texts: dict[str, str]) -> Notes:
    """The notes as lines that know themselves."""
    notes: Notes = {}
    for name, text in texts.items():
        sections: list[Section] = []
        for block in re.split(r"\n\n|\n(?=- )", text.strip()):
            if block.startswith("#"):
                sections.append([[Line(block, "heading")]])
            elif block.startswith(("- ", "> ")):
                sections[-1].append([Line(block, "item" if block[0] == "-" else "quote")])
            elif " :: " in block:
                sections[-1].append([Line(block, "pair")])
            else:
                sections[-1].append([Line(s, "sentence") for s in re.split(r"(?<=\.) (?=[A-Z])", block)])
        notes[name] = sections
    return notes


def rendered(notes: Notes) -> dict[str, str]:
    """The notes as Markdown."""
    texts = {}
    for name, sections in notes.items():
        out = ""
        for block in (block for section in sections for block in section if block):
            follows = block[0].kind == "item" and out.rpartition("\n\n")[2].startswith("- ")
            out += ("\n" if follows else "\n\n" if out else "") + " ".join(line.text for line in block)
        texts[name] = out + "\n"
    return texts


def lines(notes: Notes) -> list[Line]:
    """All lines of all notes."""
    return [
        line for sections in notes.values() for section in sections for block in section for line in block
    ]


def edit(notes: Notes, how: str, rng: random.Random) -> bool:
    """One edit, in place. Gives whether there was anything that it could be done to."""
    name = rng.choice(sorted(notes))
    sections = notes[name]
    if how in ("move", "drop", "rename", "split file"):
        return _files(notes, name, how, rng)
    section = rng.choice(sections)
    block = rng.choice(section)
    line = rng.choice(block)
    if how == "heading":
        first = section[0][0]
        found = re.fullmatch(r"## What is an? (.+)", first.text)
        first.text = f"## {found[1].capitalize()}" if found else first.text
        return bool(found)
    if how == "reorder":
        items = [n for n, b in enumerate(section) if b[0].kind == "item"]
        if len(items) > 1:
            one, two = rng.sample(items, 2)
            section[one], section[two] = section[two], section[one]
        return len(items) > 1
    if line.kind == "heading":
        return False
    if how == "add":
        if line.kind == "sentence":
            block.insert(block.index(line), Line(rng.choice(UNRELATED), "sentence", touched={"new"}))
        return line.kind == "sentence"
    if how == "remove":
        block.remove(line)
        if not block:
            section.remove(block)
        return True
    return _words(line, how, rng)


def _files(notes: Notes, name: str, how: str, rng: random.Random) -> bool:
    sections = notes[name]
    at = rng.randrange(len(sections))
    if how == "rename":
        notes[f"new-{name}"] = notes.pop(name)
        return True
    if at == 0 or len(sections) < 3:
        return False
    if how == "split file":
        notes[f"more-{next(_ids)}-{name}"], notes[name] = sections[at:], sections[:at]
        return True
    section = sections.pop(at)
    if how == "move":
        other = notes[rng.choice(sorted(notes))]
        other.insert(rng.randint(1, len(other)), section)
    return True


def _words(line: Line, how: str, rng: random.Random) -> bool:
    words = line.text.split(" ")
    places = [n for n, word in enumerate(words) if _fits(how, word, n)]
    if not places:
        return False
    at = rng.choice(places)
    word = words[at]
    if how == "slip":
        cut = rng.randint(1, len(word) - 3)
        words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    elif how == "word":
        words[at] = OTHER_WORDS[word]
    elif how == "number":
        words[at] = str(int(word) + 1)
    else:
        words[at] = rng.choice([each for each in NAMES if each not in line.text])
    if words[at] == word:
        return False
    line.text = " ".join(words)
    line.touched.add(how)
    return True


def _fits(how: str, word: str, place: int) -> bool:
    if how == "slip":
        return bool(re.fullmatch(r"[a-z]{6,}", word))
    if how == "word":
        return word in OTHER_WORDS
    if how == "number":
        return word.isdigit()
    return place > 1 and bool(re.fullmatch(r"(?!It|Easy)[A-Z][a-z]+", word))
