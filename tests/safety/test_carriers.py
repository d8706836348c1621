"""Fifteen carriers of control characters and every command: none of them reaches the terminal raw."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dp100cards.cards import KINDS
from tests.safety.hostile import EVIL, EVIL_NAME, EVIL_YAML, LOOKS, SOME_LOOKS, Done, dp100, is_sound


def deck(name: str = "evil") -> str:
    """A deck in which every text of every kind is hostile."""
    e = f'"x{EVIL_YAML}y"'
    own = {
        "basic": f"answer: {e}",
        "cloze": "",
        "choice": f'options: [{{text: {e}, right: true, because: {e}}}, {{text: "b{EVIL_YAML}", because: {e}}}]',
        "multiple": f'options: [{{text: {e}, right: true}}, {{text: "c{EVIL_YAML}", right: true}}, {{text: d, because: {e}}}]',
        "order": f'items: [{e}, "z{EVIL_YAML}", c]',
        "match": f'pairs: [{{left: {e}, right: {e}}}, {{left: l, right: "r{EVIL_YAML}"}}, {{left: m, right: q}}]',
        "statements": f"statements: [{{text: {e}, right: true, because: {e}}}, {{text: f}}]",
        "code": f'code: "a = {{{{b{EVIL_YAML}}}}}", language: {e}, wrong: [[{e}, c]]',
    }
    cards = []
    for kind in KINDS:
        ask = f'"x{{{{y{EVIL_YAML}}}}} {EVIL_YAML}"' if kind == "cloze" else e
        fields = [f"id: {name}-{kind}", f"kind: {kind}", f"ask: {ask}", f"explain: {e}", f"shows: {e}", f"tags: [{e}]",
                  f"source: {{note: {e}, lines: 1-2, quote: \"{kind}{EVIL_YAML}\", title: {e}, url: https://x.example/a, date: \"2025-01-01\"}}", f"scenario: s{name}" * (kind == "choice"), own[kind]]  # fmt: skip
        cards.append("  - {" + ", ".join(filter(None, fields)) + "}\n")
    return f"deck: {name}\ntitle: {e}\narea: {e}\nscenarios:\n  s{name}: {e}\ncards:\n{''.join(cards)}"


NOTE = f"""---
deck: {EVIL_NAME}
sources:
  a: {{title: "x{EVIL_YAML}", url: "https://x{EVIL_YAML}", date: "{EVIL_YAML}"}}
---
# Rye {EVIL}

## What is {EVIL}rye{EVIL}

A grain {EVIL} of cold lands. **Spelt{EVIL}**: a wheat {EVIL}.

Q: What is {EVIL} oat?
A: A {EVIL} grass.

## Which? {EVIL}

- [x] yes {EVIL}
- [ ] no {EVIL}

```python {EVIL}
a = {{{{b{EVIL}|c{EVIL}}}}}
```

<!-- {EVIL} -->
[link{EVIL}](https://x.example/{EVIL}) ![p{EVIL}](p{EVIL}.png)
"""

Carrier = Callable[[Path], None]


def in_deck(home: Path) -> None:
    (home / "decks" / "evil.yaml").write_text(deck(), encoding="utf-8")


def in_two_decks(home: Path) -> None:
    """Mistakes that quote what they find: the same id twice, a name that is not the file's."""
    in_deck(home)
    (home / "decks" / "other.yaml").write_text(
        deck().replace("deck: evil", f'deck: "o{EVIL_YAML}"'), encoding="utf-8"
    )


def in_mistakes(home: Path) -> None:
    texts = [
        f'deck: evil\ntitle: T\ncards:\n  - {{id: "{EVIL_YAML}", kind: basic, ask: a, answer: b}}\n',
        f'deck: evil\ntitle: T\ncards:\n  - {{id: a, kind: "k{EVIL_YAML}", ask: a, answer: b}}\n',
        f'deck: evil\ntitle: T\n"f{EVIL_YAML}": 1\ncards:\n  - {{id: a, kind: basic, ask: a, answer: b, status: "{EVIL_YAML}"}}\n',
        f'deck: evil\ntitle: T\ncards:\n  - {{id: a, kind: basic, ask: a, answer: b, scenario: "{EVIL_YAML}", lines: "{EVIL_YAML}"}}\n',
        f"deck: evil\ntitle: T\ncards: {EVIL_NAME}\n",
        f'deck: evil\ntitle: T\ncards:\n  - {{id: a, kind: basic, ask: a, answer: b, source: {{note: n, lines: "{EVIL_YAML}"}}}}\n',
    ]
    for n, text in enumerate(texts):
        (home / "decks" / f"evil{n}.yaml").write_text(
            text.replace("deck: evil", f"deck: evil{n}"), encoding="utf-8"
        )


def in_note(home: Path) -> None:
    (home / "notes" / "evil.md").write_text(NOTE, encoding="utf-8")


def in_file_names(home: Path) -> None:
    (home / "notes" / f"n{EVIL_NAME}.md").write_text(NOTE, encoding="utf-8")
    (home / "decks" / f"d{EVIL_NAME}.yaml").write_text(deck(), encoding="utf-8")


def in_folder_name(home: Path) -> None:
    (home / "notes" / f"f{EVIL_NAME}").mkdir()
    (home / "notes" / f"f{EVIL_NAME}" / "a.md").write_bytes(b"# \xff\n")


def in_settings(home: Path) -> None:
    text = "".join(f"\\U{ord(c):08x}" for c in EVIL)
    (home / "dp100.toml").write_text(
        f'name = "x{text}"\n[decks.rye]\ntitle = "x{text}"\nconcepts = ["x{text}"]\n', encoding="utf-8"
    )
    in_deck(home)


def in_settings_mistakes(home: Path) -> None:
    text = "".join(f"\\U{ord(c):08x}" for c in EVIL)
    (home / "dp100.toml").write_text(
        f'"x{text}" = 1\nblueprint = "x{text}"\n[study]\n"y{text}" = 1\n[keys]\n"z{text}" = "q{text}"\n',
        encoding="utf-8",
    )


def in_keys(home: Path) -> None:
    text = "".join(f"\\U{ord(c):08x}" for c in EVIL)
    (home / "dp100.toml").write_text(f'[keys]\nundo = "q{text}"\n[ui]\ntheme = "x{text}"\n', encoding="utf-8")


def in_blueprint_name(home: Path) -> None:
    text = "".join(f"\\U{ord(c):08x}" for c in EVIL)
    (home / "dp100.toml").write_text(f'blueprint = "x{text}"\n', encoding="utf-8")


def in_blueprint(home: Path) -> None:
    (home / "dp100.toml").write_text('blueprint = "exam.yaml"\n', encoding="utf-8")
    e = f'"x{EVIL_YAML}"'
    (home / "exam.yaml").write_text(
        f"name: {e}\ntitle: {e}\nsource: {{title: {e}, address: {e}, date: {e}}}\nminutes: 10\nquestions: 5\n"
        f"areas:\n  - {{id: a, title: {e}, weight: [40, 60]}}\n  - {{id: b, title: {e}, weight: [40, 60]}}\n",
        encoding="utf-8",
    )
    in_deck(home)


def in_blueprint_mistakes(home: Path) -> None:
    (home / "dp100.toml").write_text('blueprint = "exam.yaml"\n', encoding="utf-8")
    e = f'"x{EVIL_YAML}"'
    (home / "exam.yaml").write_text(
        f"{e}: {e}\nkinds: [{e}]\nminutes: {e}\nareas: [{{id: {e}}}]\n", encoding="utf-8"
    )


def in_manifest(home: Path) -> None:
    path = home / "decks" / ".generated.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("rye", f"rye{EVIL_YAML}"), encoding="utf-8")


def in_broken_yaml(home: Path) -> None:
    (home / "decks" / "evil.yaml").write_text(f"deck: [{EVIL_NAME}\n", encoding="utf-8")
    (home / "decks" / ".generated.yaml").write_text(f"x: [{EVIL_NAME}\n", encoding="utf-8")


CARRIERS: list[Carrier] = [
    in_deck, in_two_decks, in_mistakes, in_note, in_file_names, in_folder_name, in_settings, in_settings_mistakes,
    in_keys, in_blueprint_name, in_blueprint, in_blueprint_mistakes, in_manifest, in_broken_yaml,
]  # fmt: skip


def test_the_hostile_cards_are_sound_and_asked(home: Path, tmp_path: Path) -> None:
    """Else they would test nothing."""
    in_deck(home)
    assert len(json.loads(through(home, tmp_path, "cards", "deck:evil", "--json").out)["cards"]) == len(KINDS)
    assert "␛]52" in through(home, tmp_path, "study", "evil", "--plain").out
    assert "␛]52" in through(home, tmp_path, "quiz", "evil", "--plain").out
    assert "␛]52" in through(home, tmp_path, "exam", "--plain").out


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "notes").mkdir(parents=True)
    (home / "decks").mkdir()
    (home / "notes" / "rye.md").write_text("# Rye\n\nQ: What is rye?\nA: A grain.\n", encoding="utf-8")
    assert dp100(["--home", str(home), "--data", str(tmp_path / "data"), "build"]).status == 0
    return home


def through(home: Path, tmp_path: Path, *arguments: str) -> Done:
    done = dp100(
        ["--home", str(home), "--data", str(tmp_path / "data"), *arguments],
        typed="\n1\n\n3\n1 2\n\na\n\n1,2\n" * 8,
    )
    assert not is_sound(done, list(arguments)), (arguments, is_sound(done, list(arguments)), ascii(done))
    return done


@pytest.mark.skipif(os.name != "posix", reason="such names are not possible")
@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.__name__)
def test_no_carrier_reaches_the_terminal(carrier: Carrier, home: Path, tmp_path: Path) -> None:
    carrier(home)
    more = [
        ["build"], ["exam", "report"], ["exam", "report", "--all"], ["exam", "report", "--json"], ["cards", "show", "evil-basic"],
        ["cards", "show", f"evil{EVIL_NAME}"], ["cards", "edit", "evil-basic"], ["cards", "suspend", "evil-code"],
        ["cards", "is:suspended"], ["study", f"d{EVIL_NAME}", "--plain"], [f"c{EVIL_NAME}"], ["doctor", "--restore", EVIL_NAME],
        ["study", "--plain", "--kind", "code"], ["quiz", "--plain", "--tag", f"x{EVIL_NAME}"], ["export", "anki", "-o", f"{home}/x{EVIL_NAME}.apkg"],
        ["import", "anki", f"{EVIL_NAME}.apkg"], ["import", "csv", f"{EVIL_NAME}.csv", "--as-deck", f"d{EVIL_NAME}"],
        ["init", f"{home}/{EVIL_NAME}"], ["exam", "learn"], ["stats"], [],
    ]  # fmt: skip
    for arguments in (*LOOKS, *more):
        through(home, tmp_path, *arguments)


def history(path: Path) -> list[str]:
    """A history in whose every text there is something hostile."""
    dp100(["--home", str(path.parent / "home"), "--data", str(path.parent / "other"), "study", "--plain"])
    dp100(
        [
            "--home",
            str(path.parent / "home"),
            "--data",
            str(path.parent / "other"),
            "progress",
            "export",
            str(path),
        ]
    )
    evil = json.dumps(EVIL)[1:-1]
    lines = path.read_text(encoding="utf-8").splitlines()
    hostile = [re.sub(r'": "([^"]+)"', lambda found: f'": "{found[1]}{evil}"', line) for line in lines]
    path.write_text("\n".join([lines[0], *hostile[1:-1], lines[-1]]) + "\n", encoding="utf-8")
    return ["progress", "merge", str(path)]


def broken_history(path: Path) -> list[str]:
    path.write_text(f'{{"x{EVIL_NAME}": "y"}}\n{EVIL_NAME}\n', encoding="utf-8")
    return ["progress", "merge", str(path)]


def broken_package(path: Path) -> list[str]:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(f"collection{EVIL_NAME}.anki2", EVIL)
        package.writestr("collection.anki2", f"SQLite format 3\x00{EVIL}")
    return ["import", "anki", str(path)]


FILES = [history, broken_history, broken_package]


@pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)
def test_no_file_that_is_taken_in_reaches_the_terminal(
    make: Callable[[Path], list[str]], home: Path, tmp_path: Path
) -> None:
    arguments = make(tmp_path / "file")
    through(
        home,
        tmp_path,
        *arguments,
        *([] if "--as-deck" in arguments or "anki" not in arguments else ["--as-deck", "taken"]),
    )
    through(home, tmp_path, *arguments)
    for look in SOME_LOOKS:
        through(home, tmp_path, *look)


def test_no_anki_package_reaches_the_terminal(home: Path, tmp_path: Path) -> None:
    """A package of our own, with hostile names and texts put into its database."""
    in_deck(home)
    through(home, tmp_path, "export", "anki", "-o", str(tmp_path / "x.apkg"))
    with zipfile.ZipFile(tmp_path / "x.apkg") as package:
        (tmp_path / "c.db").write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(tmp_path / "c.db") as database:
        (names,) = database.execute("SELECT decks FROM col").fetchone()
        models = database.execute("SELECT models FROM col").fetchone()[0]
        evil = json.dumps(EVIL_NAME)[1:-1]
        database.execute("UPDATE col SET decks = ?, models = ?", (names.replace('"name": "', f'"name": "{evil}'), re.sub(r'"name": "(\w)', rf'"name": "{evil.replace(chr(92), chr(92) * 2)}\1', models)))  # fmt: skip
        database.execute(
            "UPDATE notes SET flds = flds || ?, tags = ?, guid = guid || ?",
            (f'{EVIL_NAME}<img src="{EVIL_NAME}.png">', EVIL_NAME, EVIL_NAME),
        )
    database.close()
    with zipfile.ZipFile(tmp_path / "y.apkg", "w") as package:
        package.write(tmp_path / "c.db", "collection.anki2")
        package.writestr("media", json.dumps({"0": EVIL_NAME}))
    for arguments in (["--as-deck", "taken"], ["--as-deck", "again", "--with-reviews"], [], ["--dry-run"]):
        through(home, tmp_path, "import", "anki", str(tmp_path / "y.apkg"), *arguments)
    for look in SOME_LOOKS:
        through(home, tmp_path, *look)
