"""Decks as documents: JSON that comes back, Markdown, a page for paper."""

import json
from pathlib import Path

import pytest

from dp100cards.cards import Deck
from dp100cards.cli.main import run
from dp100cards.decks.collection import Collection, shipped
from dp100cards.decks.read import read_deck
from dp100cards.errors import ContentError
from dp100cards.exchange.documents import FORMAT, from_json, to_json, to_page
from dp100cards.exchange.markdown import to_markdown


def decks() -> list[Deck]:
    return [read_deck(p.read_bytes(), p.name, p.stem).deck for p in Collection(shipped()).deck_files()]


def test_json_comes_back_as_the_same_decks() -> None:
    assert from_json(to_json(decks()), "x.json") == decks()


def test_json_holds_decks_as_their_schema_says() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((shipped() / "dp100cards" / "decks" / "schema.json").read_text(encoding="utf-8"))
    data = json.loads(to_json(decks()))
    assert data["format"] == FORMAT
    for deck in data["decks"]:
        jsonschema.validate(deck, schema)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        '{"format": "other"}',
        "[" * 100_000,
        json.dumps({"format": FORMAT, "decks": [3]}),
        json.dumps({"format": FORMAT, "decks": [{"deck": "../x", "title": "T", "cards": []}]}),
        json.dumps({"format": FORMAT, "decks": [{"deck": "x", "title": "T", "cards": [{"id": "x-1"}]}]}),
        json.dumps({"format": FORMAT, "decks": [{"deck": "x", "title": 3, "cards": 4}]}),
    ],
    ids=range(9),
)
def test_json_of_another_sort_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ContentError, match=r"x\.json"):
        from_json(text, "x.json")


def test_markdown_and_paper_hold_every_question_and_answer() -> None:
    from dp100cards.exchange.markup import to_html
    from dp100cards.exchange.wording import answers, question

    markdown, page = to_markdown(decks(), "DP-100"), to_page(decks(), "DP-100")
    for deck in decks():
        for card in deck.cards:
            assert question(card).split("\n")[0] in markdown
            assert to_html(question(card)) in page
            assert all(answer in markdown and to_html(answer) in page for answer in answers(card))


def test_every_way_out_writes_a_file_and_the_decks_come_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "data")]
    for name in ("csv", "json", "markdown", "html", "text"):
        assert run([*data, "export", name, "workspace", "-o", str(tmp_path / f"x.{name}")]) == 0
        assert (tmp_path / f"x.{name}").stat().st_size > 1000
    assert run([*data, "export", "json", "nothing"]) == 2
    home = tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    there = [*data, "--home", str(home)]
    assert run([*there, "import", "json", str(tmp_path / "x.json"), "--dry-run"]) == 0
    assert not list((home / "decks").iterdir())
    assert run([*there, "import", "json", str(tmp_path / "x.json")]) == 0
    written = (home / "decks" / "workspace.yaml").read_bytes()
    assert written == Collection(shipped()).deck_file("workspace").read_bytes()
    assert run([*there, "import", "json", str(tmp_path / "x.json")]) == 2
    assert run([*there, "import", "csv", str(tmp_path / "x.csv"), "--as-deck", "mine"]) == 0
    assert run([*there, "import", "csv", str(tmp_path / "none.csv"), "--as-deck", "other"]) == 2
    assert run([*there, "check"]) in (0, 1)
    assert "already" not in capsys.readouterr().out
