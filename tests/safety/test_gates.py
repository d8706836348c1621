"""Nobody goes past the gates: what the linter cannot see of it.

Ruff (`banned-api` in pyproject.toml) finds `click.echo` and `os.replace`; here are methods of paths, what is written to
a stream by hand, consoles that do not clean, and styled text that is made of words which nobody has cleaned.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import dp100cards

PACKAGE = Path(dp100cards.__file__).parent

BY_HAND = {
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "unlink",
    "touch",
    "symlink_to",
    "hardlink_to",
}
"""Methods of a path that read or write; `open` and `replace` are too common as names of other things."""

OUR_OWN = {"decks/blueprints.py": 1, "decks/build.py": 1, "decks/index.py": 1, "store/disk.py": 1}
"""Files that read the program's own data, and how often."""


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path


def is_by_hand(call: ast.Call) -> bool:
    """Does a call read or write a file itself? The package's own data (`importlib.resources.files`) may be read."""
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in BY_HAND:
        return False
    if isinstance(function.value, ast.Name) and function.value.id in ("files", "gate", "formatter"):
        return False
    inner = [
        n.func.id
        for n in ast.walk(function.value)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    ]
    return "resources" not in inner and "files" not in inner


def test_files_are_read_and_written_only_by_the_gate() -> None:
    found = {name: sum(map(is_by_hand, calls(path))) for name, path in modules()}
    past = {
        name: count for name, count in found.items() if count > OUR_OWN.get(name, 0) and name != "files.py"
    }
    assert not past, f"use dp100cards.files in {past}"


def test_every_console_cleans() -> None:
    for name, path in modules():
        made = sum(isinstance(c.func, ast.Name) and c.func.id == "Console" for c in calls(path))
        assert not made, f"{name}: CleanConsole of dp100cards.ui.text"


def test_nothing_is_written_to_a_stream_by_hand() -> None:
    """But by the painter, whose text a console that cleans has made, and for a question that takes a key."""
    for name, path in modules():
        if name in ("clean.py", "ui/terminal.py"):
            continue
        source = path.read_text(encoding="utf-8")
        assert "sys.stdout.write" not in source, name
        assert "sys.stderr.write" not in source, name


def bare_text(source: str) -> list[int]:
    """The lines in which words become a `rich.text.Text` without the gate, `styled()` of dp100cards.ui.text.

    `Text()` is only where lines begin. What can be called by another name is not seen: the class comes as `Text`.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="Text"), args=args, keywords=keywords) if args or keywords:
                found.append(node.lineno)
            case ast.Attribute(value=ast.Name(id="Text")) | ast.Import(names=[ast.alias(name="rich.text")]):
                found.append(node.lineno)
            case ast.ImportFrom(module="rich", names=names) if any(name.name == "text" for name in names):
                found.append(node.lineno)
            case ast.ImportFrom(module="rich.text", names=names) if any(name.asname for name in names):
                found.append(node.lineno)
    return found


def test_words_become_styled_text_only_by_the_gate() -> None:
    past = {name: lines for name, path in modules() if (lines := bare_text(path.read_text(encoding="utf-8")))}
    assert not past, f"use styled() of dp100cards.ui.text in {past}"


@pytest.mark.parametrize(
    "offending",
    [
        "row = Text(card.ask)", "Text(f'{name}')", "Text(text=title)", "Text.from_markup(name)", "make = Text.assemble",
        "import rich.text", "from rich import text", "from rich.text import Text as Words", "from rich.text import Text\nText(x)",
    ],
)  # fmt: skip
def test_the_rule_sees_text_that_nobody_cleaned(offending: str) -> None:
    assert bare_text(offending)
    assert not bare_text(
        "from rich.text import Text\nline: Text = Text()\nline.append_text(styled(card.ask))"
    )
