"""Studying in lines: what a screen reader or a pipe gets."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.every_kind import write

REPOSITORY = Path(__file__).resolve().parents[2]


def dp100(tmp_path: Path, *arguments: str, lines: str = "", now: str = "2027-01-01T09:00:00+00:00") -> str:
    """What `dp100` prints, standard output and errors together."""
    done = subprocess.run(
        [sys.executable, "-m", "dp100cards", "--home", f"{tmp_path}/home", "--data", f"{tmp_path}/data", *arguments],
        input=lines, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False, cwd=REPOSITORY,
        env={**os.environ, "DP100_NOW": now, "COLUMNS": "80"},
    )  # fmt: skip
    assert "Traceback" not in done.stdout, done.stdout
    return f"{done.stdout}[{done.returncode}]"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write(tmp_path / "home")


def letters(text: str, *words: str) -> str:
    """The letters that stand before some words."""
    rows = [line.replace("›", "").split() for line in text.splitlines()]
    return " ".join(
        next(row[0] for row in rows if word in " ".join(row) and len(row[0]) == 1) for word in words
    )


def test_an_empty_line_reveals_and_then_rates_good(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "study", "--kind", "basic", lines="\n\nq\n")
    assert "Shown [bold]as it is[/bold] \\n :smile: 漢字" in said
    assert "1 again 1m" in said
    assert "3 good 10m" in said
    assert "1 rating in" in said
    assert said.endswith("[0]")
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert connection.execute("SELECT rating FROM review").fetchall() == [(3,)]


def test_it_is_text_that_stands_still(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "study", lines="\n\n\n\n\n\n\n\n?\ni\no\nq\n")
    assert not set(said) & set("│─━┌▎█\x1b\r\x07\x9b\u202e")


def test_all_kinds_can_be_answered_in_lines(home: Path, tmp_path: Path) -> None:
    for kind, words in {
        "choice": ["Workspace"],
        "multiple": ["A scoring script", "An environment file"],
        "order": ["Setup", "Preparation", "Experimentation", "Deployment"],
        "match": ["Spark", "tools", "in-memory"],
    }.items():
        asked = dp100(tmp_path, "study", "--kind", kind, lines="q\n")
        answer = letters(asked, *words)
        said = dp100(tmp_path, "study", "--kind", kind, lines=f"{answer}\n4\nq\n")
        assert "✓ Right" in said, (kind, answer, said)
    assert "Partly right: 1 of 2 points" in dp100(
        tmp_path, "study", "--kind", "statements", lines="y y\n\nq\n"
    )
    said = dp100(tmp_path, "study", "--kind", "cloze", "--type", lines="data store; run\n2\nq\n")
    assert "✓ 1 you: data store" in said.replace("‸", "") and "✗ 2 you: " in said


def test_what_makes_no_sense_says_what_is_possible_and_changes_nothing(home: Path, tmp_path: Path) -> None:
    asked = dp100(tmp_path, "study", "--kind", "choice", lines="q\n")
    wrong, right = letters(asked, "Pipeline"), letters(asked, "Workspace")
    said = dp100(tmp_path, "study", "--kind", "choice", lines=f"zz\ne\nf\n{wrong}\nz\n3\nu\n{right}\n4\nq\n")
    assert "z does nothing here. Keys: a–c choose, enter confirm," in said
    assert said.count("works after the answer.") == 2
    assert "can only be rated again" in said
    assert "Answer taken back." in said
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert connection.execute("SELECT rating FROM review").fetchall() == [(4,)]


def test_digits_answer_as_letters_do_and_an_empty_line_hands_nothing_in_at_once(
    home: Path, tmp_path: Path
) -> None:
    asked = dp100(tmp_path, "study", "--kind", "choice", lines="q\n")
    digit = "abc".index(letters(asked, "Workspace")) + 1
    said = dp100(tmp_path, "study", "--kind", "choice", lines=f"\n{digit}\nq\n")
    assert "Choose a–c or use the arrows. Enter again: not known." in said
    assert "✓ Right" in said
    said = dp100(tmp_path, "study", "--kind", "multiple", lines="a\n\n4\nq\n")
    assert "1 of 2 chosen. Enter again: hand in." in said
    assert "points" in said or "Wrong" in said


def test_undo_flag_bury_suspend_and_edit_in_lines(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "study", "--kind", "basic", lines="\nf 2\n*\ne\n-\nu\n@\nu\n\nx\nu\nq\n")
    for words in (
        "Flagged orange.",
        "Marked.",
        "kinds.yaml:",
        "Buried until tomorrow.",
        "Undone: bury.",
        "Suspended.",
        "Undone: suspend.",
        "Rejected for good.",
        "Undone: reject.",
    ):
        assert words in said


def test_the_end_of_the_input_ends_the_session_in_good_order(home: Path, tmp_path: Path) -> None:
    assert dp100(tmp_path, "study", lines="").endswith("[0]")
    assert "Nothing was rated." in dp100(tmp_path, "study", lines="")


def test_what_comes_next_is_told_when_nothing_is_due(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", "--kind", "basic", lines="\n4\n")
    assert "Nothing is due now." in dp100(tmp_path, "study", "--kind", "basic", lines="")


def test_wrong_names_are_refused_with_the_right_ones(home: Path, tmp_path: Path) -> None:
    assert "there is no deck nosuch; there are kinds[2]" in dp100(tmp_path, "study", "nosuch").replace(
        "\n", ""
    )
    assert "No card matches: tag:x." in dp100(tmp_path, "study", "--tag", "x")
    (home / "dp100.toml").write_text('[keys]\nskip = "u"\nfly = "w"\n', encoding="utf-8")
    said = dp100(tmp_path, "study")
    assert "one key, one meaning" in said
    assert "there is no action fly" in said
    assert said.endswith("[1]")


def test_a_quiz_keeps_score_and_leaves_the_schedule_alone(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "quiz", "-n", "3", "--seed", "1", lines="\n\n\n" * 3)
    assert said.count("0 of 3 questions right (0 %)") == 1
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert connection.execute("SELECT count(*) FROM review").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM event WHERE kind = 'practice'").fetchone() == (3,)


def test_cards_are_found_shown_and_set_aside(home: Path, tmp_path: Path) -> None:
    assert dp100(tmp_path, "cards", "datastore", "WORKSPACE").count("kinds-") == 2
    assert "8 cards" in dp100(tmp_path, "cards")
    assert len(dp100(tmp_path, "cards").splitlines()) == 8 + 2, "a line each, however long, and how many"
    page = dp100(tmp_path, "cards", "show", "kinds-ch")
    for words in (
        "decks/kinds.yaml:4",
        "✓ a  Workspace",
        "▎   3  The top-level resource",
        "Phase         new",
    ):
        assert words in page
    assert (
        dp100(tmp_path, "cards", "suspend", "kinds-ch", "kinds-ba")
        == "kinds-choice: suspended\nkinds-basic: suspended\n[0]"
    )
    assert (
        json.loads(dp100(tmp_path, "cards", "is:suspended", "--json").removesuffix("[0]"))["cards"][0]["id"]
        == "kinds-choice"
    )
    assert "begins the ids of 8 cards" in dp100(tmp_path, "cards", "forget", "kinds")
    assert "there is no card nosuch" in dp100(tmp_path, "cards", "show", "nosuch")
    assert "Undone: suspend of 2 cards." in dp100(tmp_path, "cards", "undo")
    dp100(tmp_path, "cards", "suspend", "kinds-ch")
    dp100(tmp_path, "cards", "unsuspend", "kinds-ch")
    assert dp100(tmp_path, "cards", "is:suspended").endswith("0 cards\n[0]")


def test_what_is_buried_or_suspended_is_not_due(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", "--limit", "2", lines="\n\n1\n" * 2)
    assert "2 cards" in dp100(tmp_path, "cards", "is:due")
    begun = json.loads(dp100(tmp_path, "cards", "is:due", "--json").removesuffix("[0]"))["cards"]
    dp100(tmp_path, "cards", "bury", begun[0]["id"])
    assert "1 card\n" in dp100(tmp_path, "cards", "is:due")
    dp100(tmp_path, "cards", "suspend", begun[1]["id"])
    assert "0 cards" in dp100(tmp_path, "cards", "is:due")


def test_the_json_of_a_card_has_its_history(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", "--kind", "basic", lines="\n4\n")
    card = json.loads(dp100(tmp_path, "cards", "show", "kinds-basic", "--json").removesuffix("[0]"))
    assert card["state"]["phase"] == "review"
    assert card["state"]["retrievability"] == 1
    assert [event["rating"] for event in card["events"]] == [4]
    assert (card["file"], card["line"]) == ("decks/kinds.yaml", 48)


def test_the_page_of_a_known_card_tells_its_difficulty(home: Path, tmp_path: Path) -> None:
    assert " of 10" not in dp100(tmp_path, "cards", "show", "kinds-basic")
    dp100(tmp_path, "study", "--kind", "basic", lines="\n4\n")
    page = dp100(tmp_path, "cards", "show", "kinds-basic")
    assert " of 10" in page


def test_statistics_count_days_as_the_learner_lived_them(home: Path, tmp_path: Path) -> None:
    for day, hour in ((1, "09"), (2, "23"), (4, "03")):  # 03:00 belongs to the third
        dp100(tmp_path, "study", "--limit", "1", lines="\n\n\n", now=f"2027-01-0{day}T{hour}:00:00+01:00")
    found = json.loads(
        dp100(tmp_path, "stats", "--json", now="2027-01-04T03:30:00+01:00").removesuffix("[0]")
    )
    assert (found["streak"], found["longest_streak"], found["reviews"]) == (3, 3, 3)
    assert list(found["by_day"]) == ["2027-01-01", "2027-01-02", "2027-01-03"]
    page = dp100(tmp_path, "stats", now="2027-01-04T03:30:00+01:00")
    assert "streak 3 days" in page
    assert all(len(line) <= 80 for line in page.splitlines())


def test_too_few_reviews_are_not_fitted(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "optimize")
    assert "a fit needs at least 400 reviews, and you have 0" in said
    assert said.endswith("[2]")


def test_a_filter_by_state_and_a_slip_in_a_command_are_told(home: Path, tmp_path: Path) -> None:
    assert "there is no state foo; there are new, learning, review, due" in dp100(tmp_path, "cards", "is:foo")
    assert "there is no kind ordr; there are basic, cloze, choice" in dp100(tmp_path, "cards", "kind:ordr")
    assert "8 cards" in dp100(tmp_path, "cards", "is:new")
    said = dp100(tmp_path, "cards", "sho")
    assert "cards show?" in said
    assert said.endswith("[0]")
    assert "Did you mean" not in dp100(tmp_path, "cards", "workspace")
