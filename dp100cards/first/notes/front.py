"""A note's front matter: which deck, which exam area, which tags, and when what it says was current."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dp100cards.errors import Problem

FIELDS = ("deck", "title", "area", "tags", "as-of", "source")

_FIELD = re.compile(r"[\w-]+\s*:(\s|$)")


@dataclass(frozen=True, slots=True)
class Front:
    """What the front matter of one note says; all of it may be empty."""

    deck: str = ""
    title: str = ""
    area: str = ""
    tags: tuple[str, ...] = ()
    as_of: str = ""
    source: str = ""


def front_matter(text: str, path: str) -> tuple[Front, str, int, list[Problem]]:
    """The front matter, the rest of the note, the line at which the rest begins, and mistakes.

    A first line `---` opens front matter only if another `---` closes it and a field stands first between them; else
    it is a rule across the page, as a note may begin with.
    """
    lines = text.split("\n")
    if not lines or lines[0].rstrip() != "---":
        return Front(), text, 1, []
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    inside = [line for line in lines[1:end] if line.strip() and not line.startswith("#")]
    if end is None or (inside and not _FIELD.match(inside[0])):
        return Front(), text, 1, []
    rest, first_line = "\n".join(lines[end + 1 :]), end + 2
    front, problems = _fields("\n".join(lines[1:end]), path)
    return front, rest, first_line, problems


def _fields(source: str, path: str) -> tuple[Front, list[Problem]]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(source, Loader=loader) if source.count("[") + source.count("{") < 50 else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 2, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or "it cannot be read"
        return Front(), [Problem(path, line, column, f"the front matter is not YAML: {what}")]
    if node is None:
        return Front(), []
    if not isinstance(node, yaml.MappingNode):
        return Front(), [Problem(path, 2, 1, "the front matter must be fields such as `deck: workspace`")]
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in node.value:
        if name.value not in FIELDS:
            continue  # other programs keep fields of their own in a note
        if isinstance(value, yaml.ScalarNode) and name.value != "tags":
            values[name.value.replace("-", "_")] = value.value
        elif name.value == "tags" and isinstance(value, yaml.SequenceNode | yaml.ScalarNode):
            values["tags"] = _tags(value.value)
        else:
            mark = value.start_mark
            problems.append(Problem(path, mark.line + 2, mark.column + 1, f"{name.value} must be text"))
    return Front(**values), problems


def _tags(value: Any) -> tuple[str, ...]:
    words = value.replace(",", " ").split() if isinstance(value, str) else [str(node.value) for node in value]
    return tuple(word for word in words if word)
