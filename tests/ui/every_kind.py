"""A deck with a card of each kind, and text that tries to do harm."""

from __future__ import annotations

from pathlib import Path

DECK = r"""deck: kinds
title: All [kinds]
cards:
  - id: kinds-choice
    kind: choice
    ask: Which resource is the top-level one?
    options:
      - {text: Workspace, right: true, because: It holds all the others.}
      - {text: Datastore, because: It is an abstraction over a storage account.}
      - {text: Pipeline, because: It orchestrates steps.}
    source: {note: one.md, lines: 3-4, quote: The top-level resource}
  - id: kinds-multiple
    kind: multiple
    ask: Which two are components of an image?
    options:
      - {text: A scoring script, right: true}
      - {text: An environment file, right: true}
      - {text: A datastore}
      - {text: A compute target}
      - {text: A run}
  - id: kinds-order
    kind: order
    ask: Put the stages in order.
    items: [Setup, Preparation, Experimentation, Deployment]
  - id: kinds-match
    kind: match
    ask: Match each service to what it is.
    pairs:
      - {left: Databricks, right: based on Spark}
      - {left: Data Science VM, right: a machine with tools}
      - {left: HDInsight, right: in-memory processing}
  - id: kinds-statements
    kind: statements
    ask: Are these true of a workspace?
    statements:
      - {text: It holds experiments., right: true}
      - {text: It is a storage account., because: It only uses one.}
  - id: kinds-cloze
    kind: cloze
    ask: A {{datastore}} is registered with a {{workspace}}.
  - id: kinds-code
    kind: code
    ask: Complete the code.
    language: python
    code: |
      ws = Workspace.{{from_config}}()
    wrong: [[get, create]]
  - id: kinds-basic
    kind: basic
    ask: "Shown [bold]as it is[/bold] \\n :smile: 漢字 e\u0301 👩‍👩‍👧 \e[31mred \x9b2J \u202Eback"
    answer: "An `answer` with **weight** and\n\n```python\nprint('[x]')  # \e]0;title\a\n```"
"""


def write(home: Path) -> Path:
    """A collection with that deck, and the note that one card comes from."""
    (home / "decks").mkdir(parents=True)
    (home / "notes").mkdir()
    (home / "decks" / "kinds.yaml").write_text(DECK, encoding="utf-8", newline="\n")
    (home / "notes" / "one.md").write_text(
        "# One\n\nThe top-level resource\nis the workspace.\n", encoding="utf-8"
    )
    return home
