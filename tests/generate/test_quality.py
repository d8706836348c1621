"""Each check of the gate, with a card that passes it and one that does not."""

import pytest

from dp100cards.cards import Basic, Card, Choice, Cloze, Match, Option, Order, Pair, Source
from dp100cards.generate.quality import CHECKS, alike, findings


def basic(ask: str, answer: str, quote: str = "") -> Card:
    return Basic(
        id="", deck="", ask=ask, answer=answer, source=Source("n.md", (1, 1), quote) if quote else None
    )


def choice(ask: str, *texts: str) -> Card:
    options = tuple(Option(text.removeprefix("*"), text.startswith("*")) for text in texts)
    return Choice(id="", deck="", ask=ask, options=options)


def cloze(ask: str) -> Card:
    return Cloze(id="", deck="", ask=ask)


def order(*items: str) -> Card:
    return Order(id="", deck="", ask="Put the steps of a deployment in order.", items=items)


WORDS = "seven words that nobody will ever need " * 5
CASES: dict[str, tuple[Card, Card]] = {
    "pronoun": (basic("What does the workspace store?", "Jobs"), basic("What does it store?", "Jobs")),
    "shown": (basic("What is Spark?", "An engine"), basic("What is the Spark engine?", "The Spark engine")),
    "markup": (
        basic("What is `(` in code?", "A bracket"),
        basic("What is Spark (an engine?", "See https://x.y"),
    ),
    "doubled": (basic("What is an image?", "A file"), basic("What is the the image?", "A file")),
    "vague": (basic("What is a pipeline?", "A workflow"), basic("What is the way?", "By car")),
    "broken": (basic("What is a pipeline?", "A workflow"), basic("What is a pipeline?", "A workflow of the")),
    "unsourced": (
        basic("What is Spark?", "An engine", "Spark is an engine."),
        basic("What is Spark?", "A database", "Spark is an engine."),
    ),
    "paragraph": (basic("What is Spark?", "An engine"), basic("What is Spark?", WORDS)),
    "talk": (basic("What is Spark?", "An engine"), basic("What is Spark in this lab?", "An engine")),
    "gap": (
        cloze("The enzyme {{RuBisCO}} fixes carbon dioxide in the stroma."),
        cloze("The enzyme fixes {{a}} carbon dioxide in the stroma."),
    ),
    "options": (choice("Which one?", "*a1", "b1", "c1"), choice("Which one?", "*a1", "b1")),
    "only-key": (
        choice("Which compute scores batches?", "*Cluster", "Notebook", "Endpoint"),
        choice("Which compute scores batches?", "*Batches endpoint", "Notebook", "Online"),
    ),
    "all-of": (
        choice("Which one?", "*a1", "b1", "c1"),
        choice("Which one?", "*a1", "b1", "None of the above"),
    ),
    "parts": (order("Register", "Create", "Deploy"), order("Register", "Deploy")),
    "absolute": (
        choice("Which?", "*It waits", "It stops", "It ends"),
        choice("Which?", "*It waits", "It never ends", "It ends"),
    ),
    "long-question": (basic("What is Spark?", "An engine"), basic(f"What is {WORDS}?", "An engine")),
    "long-answer": (
        basic("What is Spark?", "An engine"),
        basic("What is Spark?", " ".join(WORDS.split()[:20])),
    ),
    "unfocused": (basic("What is Spark?", "An engine"), basic("What can you do with Spark?", "Compute")),
}


@pytest.mark.parametrize("code", CASES)
def test_a_check_tells_a_good_card_from_a_bad_one(code: str) -> None:
    good, bad = CASES[code]
    assert code not in [each for found in findings(good) for each in found]
    assert code in findings(bad)[not CHECKS[code].hard]


def test_every_check_has_a_case_and_a_sentence() -> None:
    assert set(CASES) | {"alike"} == set(CHECKS)
    assert all(check.sentence.endswith(".") for check in CHECKS.values())


def test_an_answer_is_shown_by_a_part_of_a_name_too() -> None:
    assert "shown" in findings(basic("What is the OS of `spark-latest`?", "Spark"))[0]


def test_a_good_card_has_no_findings() -> None:
    pairs = (Pair("SSH", "22"), Pair("DNS", "53"), Pair("HTTP", "80"))
    assert findings(Match(id="", deck="", ask="Match each protocol to its port.", pairs=pairs)) == ([], [])


def test_cards_that_ask_nearly_the_same_are_found() -> None:
    cards = [
        basic("What is Azure Databricks based on?", "Spark"),
        basic("What is a pipeline?", "A workflow"),
        basic("What is Azure Databricks based on", "Spark."),
    ]
    assert alike(cards) == {2}
