"""The gate of the shipped bank: what every card has, what the numbers are, and that guessing does not pay."""

import ast
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from rapidfuzz.fuzz import token_set_ratio

from dp100cards.cards import Card, Choice, Code, Deck, Match, Multiple, Option, Order, Statements
from dp100cards.config import StudyOptions
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.decks.build import prepare, write
from dp100cards.decks.collection import Collection, to_data
from dp100cards.decks.index import Index
from dp100cards.decks.read import read_deck
from dp100cards.exam.draw import bounds, draw
from dp100cards.generate.words import answer_text
from dp100cards.scheduler.event import Moment
from dp100cards.store.statistics import Statistics
from dp100cards.store.store import Store

HOME = Path(__file__).parents[1]
DP = read_blueprint("dp-100")
SUBJECTS = {"services", "workspace", "image", "datastore", "pipeline", "compute-target", "deployment"}
WORD = re.compile(r"[\w.]+")


def shipped(home: Path) -> list[Deck]:
    decks = []
    for path in Collection(home).deck_files():
        reading = read_deck(path.read_text(encoding="utf-8"), path.name, path.stem)
        assert not reading.problems
        assert reading.deck
        decks.append(reading.deck)
    return decks


DECKS = shipped(HOME)
CARDS = [card for deck in DECKS for card in deck.cards]
ITEMS = DP.items(CARDS)
RECALL = [card for card in CARDS if card.level == "recall"]
CHOICES = [card for card in ITEMS if isinstance(card, Choice)]


def said(cards: list[Card]) -> list[str]:
    return [f"{card.id}: {card.ask[:70]}" for card in cards]


def in_any_places(decks: list[Deck]) -> list[tuple[str, list[Card]]]:
    """Decks without ids, and options in the order of their words: a build places them when it first makes a card."""
    return [(deck.name, [plain(card) for card in deck.cards]) for deck in decks]


def plain(card: Card) -> Card:
    if isinstance(card, (Choice, Multiple)):
        card = replace(card, options=tuple(sorted(card.options, key=lambda option: option.text)))
    return replace(card, id="")


def test_a_fresh_build_of_the_notes_makes_the_shipped_decks(tmp_path: Path) -> None:
    shutil.copytree(HOME / "notes", tmp_path / "notes")
    collection = Collection(tmp_path)
    write(collection, prepare(collection, collection.note_texts()))

    assert in_any_places(shipped(tmp_path)) == in_any_places(DECKS)
    again = prepare(collection, collection.note_texts())
    assert not again.files


def test_a_day_of_new_cards_mixes_decks_and_kinds(tmp_path: Path) -> None:
    order = list(Index.open(Collection(HOME), tmp_path).fresh(set()))
    days = [order[at : at + 10] for at in range(0, 300, 10)]
    assert all(len({entry.deck for entry in day}) == 10 for day in days)
    assert sum(len({entry.kind for entry in day}) > 1 for day in days) >= 25
    assert {entry.kind for day in days for entry in day} == {card.kind for card in CARDS}
    assert {entry.level for day in days for entry in day} == {"recall"}


def test_the_ids_of_surviving_facts_are_kept() -> None:
    asked = {card.id: card.ask for card in CARDS}
    facts = yaml.safe_load((HOME / "tests" / "first_edition_ids.yaml").read_text(encoding="utf-8"))
    assert len(facts) == 18
    assert {id_: asked.get(id_) for id_ in facts} == facts


def test_every_card_says_where_its_fact_was_read_and_which_skill_it_serves() -> None:
    full = [
        card for card in CARDS if card.source and card.source.title and card.source.url and card.source.date
    ]
    assert said([card for card in CARDS if card not in full]) == []
    assert (
        said([card for card in full if card.source and not re.fullmatch(r"20\d\d-\d\d", card.source.checked)])
        == []
    )
    assert said([card for card in CARDS if not 1 <= len(card.skills) <= 2]) == []
    assert said([card for card in CARDS if not set(card.skills) <= set(DP.skills)]) == []
    assert said([card for card in CARDS if card.level not in ("recall", "exam")]) == []
    assert {deck.name for deck in DECKS} >= SUBJECTS


def test_every_item_says_why() -> None:
    def reasons(card: Card) -> bool:
        options: tuple[Option, ...] = ()
        match card:
            case Choice() | Multiple():
                options = card.options
            case Statements():
                options = card.statements
        return all(option.because for option in options) if options else bool(card.explain)

    assert said([card for card in ITEMS if not reasons(card)]) == []


@pytest.mark.parametrize(
    ("plan", "area", "least"),
    [(DP, "design", 56), (DP, "explore", 50), (DP, "train", 70), (DP, "optimize", 60)],
)
def test_each_area_has_its_items(plan: object, area: str, least: int) -> None:
    assert plan is DP
    assert sum(DP.area_of(card) == area for card in ITEMS) >= least


def test_every_skill_has_recall_cards_and_items() -> None:
    items, recall = (Counter(skill for card in cards for skill in card.skills) for cards in (ITEMS, RECALL))
    assert [skill for skill in DP.skills if items[skill] < 2] == []
    assert [skill for skill in DP.skills if recall[skill] < 4] == []


def test_kinds_have_their_shares() -> None:
    kinds = Counter(card.kind for card in ITEMS)
    share = {kind: round(100 * kinds[kind] / len(ITEMS)) for kind in kinds}
    assert share["choice"] <= 60
    assert 10 <= share["multiple"] <= 15
    assert 10 <= share["code"] <= 15
    assert 5 <= share["order"] <= 8
    assert 4 <= share["match"] <= 6
    assert 8 <= share["statements"] <= 10


def test_six_case_studies() -> None:
    studies: dict[str, list[Card]] = {}
    for card in CARDS:
        if card.scenario and not card.scenario.id.startswith("series"):
            studies.setdefault(card.scenario.id, []).append(card)
    long = {id_: cards for id_, cards in studies.items() if len(cards[0].scenario.text.split()) >= 200}  # type: ignore[union-attr]
    assert len(long) == 6
    for cards in long.values():
        assert 4 <= len(cards) <= 6
        assert cards[0].scenario
        assert len(cards[0].scenario.text.split()) <= 400


def test_three_papers_share_no_item_and_keep_weights_and_kinds() -> None:
    asked: Counter[str] = Counter()
    for n in range(3):
        drawn = draw(ITEMS, DP, 50, random.Random(n), asked=asked)
        assert len(drawn.cards) == 50
        assert not drawn.short
        assert not any(asked[card.id] for card in drawn.cards)
        asked.update(card.id for card in drawn.cards)
        kinds = Counter(card.kind for card in drawn.cards)
        for kind, (least, most) in bounds(DP, 50).items():
            assert least <= kinds[kind] <= most, kind


def test_no_two_cards_ask_the_same() -> None:
    def spoken(card: Card) -> str:
        context = card.scenario.id if card.scenario else ""
        return f"{context} {card.ask} {answer_text(card)}".casefold()

    for cards in (RECALL, ITEMS):
        texts = [(card.id, spoken(card)) for card in cards]
        alike = [
            (one, other) for (one, a), (other, b) in combinations(texts, 2) if token_set_ratio(a, b) >= 90
        ]
        assert alike == []


def test_keys_stand_everywhere() -> None:
    for count in (3, 4):
        places = Counter(
            [option.right for option in card.options].index(True)
            for card in CHOICES
            if len(card.options) == count
        )
        total = sum(places.values())
        if total >= 100:
            assert all(0.8 / count <= places[n] / total <= 1.25 / count for n in range(count)), places


def words(text: str) -> set[str]:
    return {word for word in map(str.casefold, WORD.findall(text)) if len(word) > 3}


FREQUENT = Counter(word for card in CHOICES for option in card.options for word in words(option.text))


def likeness(card: Choice, option: Option) -> float:
    return sum(len(words(option.text) & words(other.text)) for other in card.options)


SOLVERS: dict[str, Callable[[Choice, Option], float]] = {
    "the longest": lambda _, option: len(option.text),
    "most words of the stem": lambda card, option: len(words(card.ask) & words(option.text)),
    "the most usual words": lambda _, option: (
        sum(FREQUENT[word] for word in words(option.text)) / (len(words(option.text)) or 1)
    ),
    "most like the others": likeness,
    "the longest reason": lambda _, option: len(option.because),
}


def solved(score: Callable[[Choice, Option], float]) -> float:
    """The share of choice items that a solver gets who takes the option of the highest score; ties share."""
    points = 0.0
    for card in CHOICES:
        best = max(score(card, option) for option in card.options)
        picks = [option for option in card.options if score(card, option) == best]
        points += sum(option.right for option in picks) / len(picks)
    return points / len(CHOICES)


@pytest.mark.parametrize("name", SOLVERS)
def test_guessing_does_not_pay(name: str) -> None:
    assert len(CHOICES) >= 100
    assert solved(SOLVERS[name]) <= 0.35


def test_the_shortest_option_is_right_as_often_as_others() -> None:
    assert solved(lambda _, option: -len(option.text)) >= 0.15


def test_code_can_be_read_by_its_language() -> None:
    for card in ITEMS:
        if isinstance(card, Code):
            whole = re.sub(r"\{\{(.+?)\}\}", r"\1", card.code)
            if card.language == "python":
                ast.parse(whole)
            elif card.language in ("yaml", "yml"):
                list(yaml.safe_load_all(whole))


def test_what_is_gone_is_right_in_bridges_only() -> None:
    gone = re.compile(
        r"\b(azureml-core|azureml\.core|ScriptRunConfig|az ml run|AciWebservice|AksWebservice|Notebook VM|Dataset\.get_by_name)\b"
    )
    found = [
        card for card in CARDS if not isinstance(card, (Order, Match)) and gone.search(answer_text(card))
    ]
    assert len(found) <= 5, said(found)


@pytest.mark.parametrize(
    ("deck", "words"),
    [
        ("services", "designer | drag and drop"),
        ("services", "Databricks | Apache Spark"),
        ("services", "Databricks | notebooks | Python, R, Scala and SQL"),
        ("services", "Data Science Virtual Machine | preinstalled"),
        ("services", "SQL Server Machine Learning Services | Python | database"),
        ("services", "Automated ML | algorithms | hyperparameters"),
        ("services", "notebook | storage account of the workspace"),
        ("workspace", "top-level resource"),
        ("workspace", "training run | snapshot of the scripts"),
        ("workspace", "Git repository | terminal of a compute instance"),
        ("image", "environment | specify | packages"),
        ("image", "image | scoring script | packages | resources"),
        ("datastore", "reference | Azure storage account"),
        ("datastore", "default datastore | uploads"),
        ("datastore", "blob | file share"),
        ("pipeline", "workflow | steps"),
        ("pipeline", "steps | each on a compute target of its own"),
        (
            "pipeline",
            "workspace and an environment | prepare the data | training jobs | best model | endpoint",
        ),
        ("compute-target", "runs a training script | hosts a deployment"),
        ("compute-target", "attached | workspace"),
        ("models", "name that exists | next higher version"),
        ("deployment", "managed and Kubernetes online endpoints"),
        ("deployment", "scoring script | init() | run()"),
        ("deployment", "environment | packages"),
        ("deployment", "autoscale"),
        ("deployment", "scale to zero instances | cost, without requests"),
    ],
)
def test_what_is_still_true_of_the_learners_notes_is_asked(deck: str, words: str) -> None:
    parts = words.lower().split(" | ")
    cards = [card for card in CARDS if card.deck == deck]
    assert [
        card.id
        for card in cards
        if all(part in yaml.safe_dump(to_data(card), width=10_000).lower() for part in parts)
    ]


def test_with_an_exam_date_too_items_of_exam_level_are_begun_last(tmp_path: Path) -> None:
    index = Index.open(Collection(HOME), tmp_path)
    now = Moment(1_790_000_000_000)
    with Store.open(tmp_path / "data", now) as store:
        order = list(Statistics(store, index, DP, now, StudyOptions()).new_cards())
    assert len(order) == len(CARDS)
    assert [entry.level for entry in order] == ["recall"] * len(RECALL) + ["exam"] * (
        len(CARDS) - len(RECALL)
    )
    assert len({entry.deck for entry in order[:20]}) >= 5
    assert len({entry.kind for entry in order[:20]}) > 1
