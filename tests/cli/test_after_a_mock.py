"""After a mock exam: what became of what was missed, and how good the forecast was."""

from pathlib import Path

import pytest

from tests.cli.test_study_plain import dp100

DECK = "deck: q\ntitle: Q\ncards:\n" + "".join(
    f"  - {{id: q-00000{n}, kind: statements, ask: What is true of number {n}?,"
    f" statements: [{{text: It is {n}., right: true}}, {{text: It is less than {n + 1}., right: true}}]}}\n"
    for n in range(1, 5)
)
ALL_RIGHT = "y\ny\n4\n" * 4
SEEN_ALL = "".join(f"g\n{n}\n" for n in (2, 3, 4))
NEXT_DAY = "2027-01-02T09:00:00+00:00"
SECOND = "2027-01-03T09:00:00+00:00"


@pytest.fixture(autouse=True)
def decks(tmp_path: Path) -> None:
    decks = tmp_path / "home" / "decks"
    decks.mkdir(parents=True)
    (decks / "q.yaml").write_text(DECK, encoding="utf-8")


def test_what_was_missed_is_counted_as_known_once_it_is_learned(tmp_path: Path) -> None:
    dp100(tmp_path, "exam", "--plain", lines=f"\n{SEEN_ALL}S\ny\nq\n")
    said = dp100(tmp_path, "exam", "report", "--plain")
    assert said.count("You missed 4 questions here; today you know 0 of them.") == 1
    dp100(tmp_path, "exam", "learn")
    dp100(tmp_path, "study", "--plain", lines=ALL_RIGHT, now=NEXT_DAY)
    said = dp100(tmp_path, "exam", "report", "--plain", now=NEXT_DAY)
    assert said.count("You missed 4 questions here; today you know 4 of them.") == 1


def test_questions_that_were_never_seen_are_not_called_missed_as_they_are_not_learned(tmp_path: Path) -> None:
    dp100(tmp_path, "exam", "--plain", lines="\nS\ny\nq\n")
    said = dp100(tmp_path, "exam", "report", "--plain")
    assert "You missed 1 question here; today you do not know it." in said
    assert "1 missed question added to daily study." in dp100(tmp_path, "exam", "learn")


def test_the_forecast_before_a_mock_is_set_beside_its_result(tmp_path: Path) -> None:
    dp100(tmp_path, "study", "--plain", lines=ALL_RIGHT)
    dp100(tmp_path, "exam", "--plain", lines="\nS\ny\nq\n", now=SECOND)
    said = dp100(tmp_path, "stats", "--plain", now=SECOND)
    assert "2027-01-03" in said
    assert "forecast before it: chance to pass " in said
