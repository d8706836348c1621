"""Tables, texts, JSON and Markdown that are broken or hostile: a sentence, exit status 1, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100cards.cli.main import run
from dp100cards.exchange.documents import FORMAT

KINDS = ("csv", "text", "json", "markdown")
CARD = {"id": "x-1", "kind": "basic", "ask": "Q?", "answer": "A."}


class Folder:
    """A collection without decks, and a file to be taken in."""

    def __init__(self, folder: Path) -> None:
        self.home, self.data, self.file = folder / "home", folder / "data", folder / "file"
        (self.home / "decks").mkdir(parents=True)

    def take_in(self, kind: str, content: bytes, *more: str) -> int:
        self.file.write_bytes(content)
        named = ["--as-deck", "taken"] if kind in ("csv", "text") else []
        return run(
            [
                "--home",
                str(self.home),
                "--data",
                str(self.data),
                "import",
                kind,
                str(self.file),
                *named,
                *more,
            ]
        )

    def decks(self) -> list[str]:
        return sorted(path.name for path in (self.home / "decks").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00q", b"\x00" * 100, bytes(range(256)), b"PK\x03\x04rest", b"[" * 100_000, b'"' * 1001, b"\xef\xbb\xbf", b""],
    ids=range(8),
)  # fmt: skip
def test_what_is_nothing_of_the_sort_is_refused(
    folder: Folder, kind: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.take_in(kind, content) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert folder.decks() == []
    assert not (folder.data / "progress.db").exists()


def as_json(*cards: object, **deck: object) -> bytes:
    return json.dumps(
        {"format": FORMAT, "decks": [{"deck": "x", "title": "T", "cards": [*cards]} | deck]}
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        as_json({**CARD, "ask": "\ud800"}),
        as_json({**CARD, "more": 1}),
        as_json(CARD, CARD),
        as_json({**CARD, "id": "../x"}),
        as_json(CARD, deck="../x"),
        as_json(CARD, deck="con/x"),
        as_json(CARD, scenarios=3),
        as_json({**CARD, "scenario": "none"}),
        as_json([[]]),
        as_json({**CARD, "ask": {"a": "b"}}),
        as_json(CARD).replace(b'"Q?"', b"9" * 5000),
    ],
    ids=range(11),
)  # fmt: skip
def test_json_that_is_wrong_or_hostile_is_refused(
    folder: Folder, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.take_in("json", content) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert folder.decks() == []


def test_one_wrong_deck_keeps_all_of_a_file_out(folder: Folder) -> None:
    two = {"format": FORMAT, "decks": [
        {"deck": "good", "title": "T", "cards": [CARD]}, {"deck": "bad", "title": "T", "cards": [{**CARD, "kind": "odd"}]},
    ]}  # fmt: skip
    assert folder.take_in("json", json.dumps(two).encode()) == 1
    assert folder.decks() == []
    two["decks"][1]["cards"] = [CARD]  # type: ignore[index]
    assert folder.take_in("json", json.dumps(two).encode()) == 1, "an id is never used twice"
    assert folder.decks() == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(KINDS),
    st.lists(
        st.sampled_from(["question,answer,kind\n", "a,b\n", '"a\n', "\t", "#html:true\n", "## D\n<!-- deck: d -->\n",
                         "### Q?\n<!-- id: d-1, kind: basic -->\n", "**Answer:**\nA\n", '{"format": "x"}', "\x0b", "\u2028",
                         "=1,2,code\n", "\x85", "{{x}}", "\n", "é", "😀"]) | st.text(max_size=5),
        max_size=12,
    ),
)  # fmt: skip
def test_any_file_is_taken_in_or_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], kind: str, parts: list[str]
) -> None:
    status = folder.take_in(kind, "".join(parts).encode("utf-8", "surrogatepass"), "--dry-run")
    told = capsys.readouterr()
    assert status in (0, 1)
    assert (status == 0) == (told.err == "")
    assert folder.decks() == []
