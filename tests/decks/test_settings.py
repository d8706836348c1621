"""`dp100.toml`: what can be set, and how a mistake is told."""

import pytest

from dp100cards.config import Settings, StudyOptions
from dp100cards.config import parse_settings as parse
from dp100cards.errors import ContentError


def test_an_empty_file_gives_the_defaults() -> None:
    assert parse("") == Settings()


def test_what_is_set_counts() -> None:
    settings = parse('name = "AI-300"\n[study]\nnew_per_day = 5\nretention = 0.85\n[keys]\nundo = "z"\n')
    assert settings.name == "AI-300"
    assert settings.study == StudyOptions(new_per_day=5, retention=0.85)
    assert settings.keys == {"undo": "z"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1\n", "dp100.toml:1:1: there is no setting colour"),
        ("\n[study]\nnew = 1\n", "dp100.toml:3:1: there is no setting study.new"),
        ("[study]\nnew_per_day = -1\n", "dp100.toml:2:1: study.new_per_day must be a whole number from 0"),
        ("[study]\nnew_per_day = true\n", "dp100.toml:2:1: study.new_per_day must be a whole number"),
        ("[study]\nretention = 2\n", "dp100.toml:2:1: study.retention must be a number from 0.7"),
        ("study = 3\n", "dp100.toml:1:1: study must be a table"),
        (
            "[decks]\nimage = 3\n",
            "dp100.toml:2:1: decks.image must be a table of title, area and a list of concepts",
        ),
        ("\n[decks.My_deck]\n", "dp100.toml:2:2: decks.My_deck must be a table of title"),
        ("[decks.image]\nconcepts = 'x'\n", "dp100.toml:1:2: decks.image must be a table of title"),
        ("[keys]\nundo = 3\n", "dp100.toml:2:1: keys.undo must be text"),
        ("name = \n", "dp100.toml:1:8: this is not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse(text)
    assert caught.value.message.startswith(message)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        parse("a = 1\nb = 2\n[study]\nc = 3\n")
    assert len(caught.value.problems) == 3
