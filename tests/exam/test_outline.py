"""Blueprints down to skills: what a card serves, what an exam may ask, and exams without a blueprint."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml

from dp100cards.cards import Basic, Card, Choice, Cloze, Multiple, Option
from dp100cards.decks.blueprints import FOLDER, parse, read_blueprint
from dp100cards.decks.collection import Collection
from dp100cards.errors import ContentError, UsageError
from dp100cards.exam.blueprint import Blueprint, blueprint_from, plain, without_outline
from dp100cards.exam.draw import draw
from dp100cards.exam.score import score
from dp100cards.exam.sitting import Sitting, SittingEvent, replay

DP, AI = read_blueprint("dp-100"), read_blueprint("AI-300")


def item(
    n: int, *skills: str, level: str = "exam", area: str = "", deck: str = "d", status: str = ""
) -> Card:
    return Choice(
        id=f"c-{n:04}", deck=deck, ask=f"What is number {n}?", area=area, level=level, skills=skills, status=status,
        options=(Option(f"this {n}", right=True), Option("that")),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "areas", "groups", "skills", "minutes"), [(DP, 4, 14, 64, 100), (AI, 5, 14, 58, 120)]
)
def test_the_outlines_are_whole(plan: object, areas: int, groups: int, skills: int, minutes: int) -> None:
    assert plan in (DP, AI)
    here = DP if plan == DP else AI
    assert len(here.areas) == areas
    assert sum(len(area.groups) for area in here.areas) == groups
    assert (len(here.skills), here.minutes) == (skills, minutes)
    for id_, (skill, _) in here.skills.items():
        assert id_.startswith(f"{here.id}/")
        assert skill.title
        assert all(other in DP.skills for other in skill.same_as)
    assert sum(area.weight[0] for area in here.areas) <= 100 <= sum(area.weight[1] for area in here.areas)


@pytest.mark.parametrize("name", ["dp-100", "ai-300"])
def test_every_skill_of_the_outlines_names_public_pages(name: str) -> None:
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert all(site.startswith("https://") for site in data["sites"].values())
    skills = [skill for area in data["areas"] for group in area["groups"] for skill in group["skills"]]
    assert all(skill.get("sources") or skill.get("same_as") for skill in skills)
    used = {source.partition(":")[0] for skill in skills for source in skill.get("sources", ())}
    assert used == data["sites"].keys()


def test_twenty_six_skills_of_ai_300_are_served_by_those_of_dp_100() -> None:
    assert sum(bool(skill.same_as) for skill, _ in AI.skills.values()) == 26
    cards = [item(n, skill) for n, skill in enumerate(DP.skills)]
    served = {skill.id for card in AI.items(cards) for skill in AI.skills_of(card)}
    assert len(served) == 26
    assert {AI.area_of(card) for card in AI.items(cards)} == {
        "mlops",
        "lifecycle",
        "genaiops",
        "quality",
        "generative",
    }


def test_a_card_counts_for_its_skill_then_its_area_then_its_deck() -> None:
    assert DP.area_of(item(1, "dp-100/4.2", area="train")) == "optimize"
    assert DP.area_of(item(1, area="train")) == "train"
    assert DP.area_of(item(1, deck="explore")) == "explore"
    assert DP.area_of(item(1, "ai-300/A1")) == ""
    assert [skill.id for skill in AI.skills_of(item(1, "dp-100/3.8"))] == ["ai-300/A7", "ai-300/B7"]


def test_only_current_items_of_exam_level_are_asked() -> None:
    basic = Basic(id="b-1", deck="d", ask="What?", answer="This.", level="exam")
    cards = [item(1), item(2, level="recall"), item(3, level=""), item(4, status="outdated"), basic]
    assert [card.id for card in DP.items(cards)] == ["c-0001"]
    unleveled = [item(n, level="") for n in range(3)]
    typed = Basic(id="b-2", deck="d", ask="What?", answer="This.")
    assert DP.items([*unleveled, typed]) == [*unleveled]


def test_what_is_of_another_exam_only_is_not_asked_by_one_that_knows_its_skills() -> None:
    cards = [item(1, "dp-100/4.8"), item(2, area="train"), item(3, "dp-100/1.4"), item(4)]
    assert [card.id for card in AI.items(cards)] == ["c-0003", "c-0004"]


def test_a_paper_spreads_over_skills_of_what_was_asked_least() -> None:
    ids = [skill.id for skill in DP.areas[3].skills]
    cards = [item(n, ids[n // 12]) for n in range(12 * len(ids))]
    drawn = draw(cards, DP, 17, Random(1))
    assert len({card.skills for card in drawn.cards}) == len(ids) == 17


def sat(cards: tuple[Card, ...], right: int, plan: Blueprint = DP) -> Sitting:
    happened = [SittingEvent("answer", n, "[0]" if n < right else "[1]") for n in range(len(cards))]
    return replay(Sitting(1, plan, 1, cards, 100), [*happened, SittingEvent("submit")])


def test_the_score_is_told_by_area_and_by_skill() -> None:
    cards = (item(1, "dp-100/1.1", "dp-100/1.2"), item(2, "dp-100/1.2"), item(3, "dp-100/3.1"), item(4))
    result = score(sat(cards, 1))
    assert [(a.id, a.points, a.of) for a in result.areas] == [("design", 1, 2), ("train", 0, 1), ("", 0, 1)]
    assert [(s.id, s.points, s.of) for s in result.areas[0].skills] == [
        ("dp-100/1.1", 1, 1),
        ("dp-100/1.2", 1, 2),
    ]
    assert result.areas[0].skills[1].title == "Choose the compute that a workload needs"


def test_a_paper_that_lacks_an_area_gets_no_verdict() -> None:
    areas = [area.id for area in DP.areas]
    whole = tuple(item(n, area=areas[n % 4]) for n in range(40))
    assert (score(sat(whole, 40)).verdict, score(sat(whole, 3)).verdict) == ("passed", "not passed")
    lame = tuple(item(n, area=areas[n % 3]) for n in range(40))
    result = score(sat(lame, 40))
    assert (result.passed, result.verdict) == (None, "no verdict")
    assert result.why_no_verdict == (f"No verdict: too few questions on {DP.areas[3].title}.",)
    thin = (*lame, *(item(50 + n, area="optimize") for n in range(3)))
    assert score(sat(thin, 43)).passed is None, "less than half of what it should have"


def test_decks_that_do_not_cover_every_skill_give_no_verdict() -> None:
    areas = [area.id for area in DP.areas]
    whole = replace(sat(tuple(item(n, area=areas[n % 4]) for n in range(40)), 40), partial="26 of 58")
    result = score(whole)
    assert (result.passed, result.verdict) == (None, "no verdict")
    assert result.why_no_verdict == ("No verdict: the decks cover 26 of 58 skills.",)


def test_without_a_blueprint_the_decks_are_the_areas() -> None:
    cards: list[Card] = [item(n, level="", deck="one" if n < 60 else "two") for n in range(90)]
    cards += [
        Cloze(id="g-1", deck="two", ask="A {{gap}}."),
        Basic(id="b-1", deck="two", ask="?", answer="x"),
        Multiple(id="m-1", deck="x", ask="?", options=(Option("a", right=True), Option("b", right=True), Option("c"))),
    ]  # fmt: skip
    plan = without_outline("Mine", cards, {"one": "First", "two": "Second"})
    assert (plan.questions, plan.minutes, plan.pass_mark, plan.cut) == (50, 100, 700, 0.7)
    assert [(area.id, area.title, area.middle) for area in plan.areas] == [
        ("one", "First", 60), ("two", "Second", 31), ("x", "x", 1)
    ]  # fmt: skip
    drawn = draw(plan.items(cards), plan, 50, Random(1))
    assert Counter(card.deck for card in drawn.cards) == {"one": 33, "two": 17}
    assert score(sat(drawn.cards, 50, plan)).verdict == "passed", "a deck of one card is no area that lacks"
    few = without_outline("Mine", cards[:7], {})
    assert (few.questions, few.minutes) == (7, 14)
    assert without_outline("Mine", [], {}).questions == 1


def test_a_sitting_keeps_the_skills_of_its_blueprint() -> None:
    read = blueprint_from(plain(AI))
    assert list(read.skills) == list(AI.skills)
    assert read.skills_of(item(1, "dp-100/1.4")) == (read.skills["ai-300/A1"][0],)


def test_an_exam_that_does_not_exist_is_one_sentence() -> None:
    with pytest.raises(UsageError, match="there is no exam az-900; there are ai-300, dp-100"):
        read_blueprint("az-900")


@pytest.mark.parametrize(
    ("area", "message"),
    [
        ({"id": "a", "groups": {"title": "x"}}, "groups must be a list"),
        (
            {"id": "a", "groups": [{"title": "x", "skills": [{"title": "S"}]}]},
            "the skill has no id",
        ),
        (
            {"id": "a", "groups": [{"skills": [{"id": "x/1", "sources": "y"}]}]},
            "sources must be a list",
        ),
        (
            {"id": "a", "groups": [{"skills": [{"id": "x/1"}, {"id": "x/1"}]}]},
            "skill x/1 is here twice",
        ),
    ],
)
def test_a_mistake_in_a_group_or_a_skill_is_told(area: dict[str, object], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        parse(json.dumps({"name": "X", "areas": [area]}), "x.yaml")


def test_an_area_and_a_skill_may_have_the_same_id() -> None:
    area = {"id": "a", "groups": [{"title": "a", "skills": [{"id": "a", "title": "a"}]}]}
    plan = parse(json.dumps({"name": "X", "areas": [area]}), "x.yaml")
    assert plan.skills["a"][1].id == "a"


def test_all_mistakes_in_a_blueprint_are_told_at_once() -> None:
    def told(text: str) -> list[str]:
        with pytest.raises(ContentError) as error:
            parse(text, "x.yaml")
        return [f"{each.line}:{each.column} {each.message.split(':')[0]}" for each in error.value.problems]

    assert told("minuets: 1\nquestons: 2\nareas: [{}]\n") == [
        "1:1 a blueprint has no field 'minuets'", "1:1 a blueprint has no name",
        "2:1 a blueprint has no field 'questons'", "3:9 the area has no id",
    ]  # fmt: skip
    sections = "sections: [{title: A, scenarios: 1}, {title: A, kinds: [code], scenarios: 0}, {title: B, scenarios: 2}]"
    assert told(f"name: X\nareas: [{{id: a}}, {{id: a}}, {{id: a}}]\n{sections}\nshares: {{cloze: 3}}\n") == [
        "2:23 area a is here twice", "2:32 area a is here twice", "3:46 section A is here twice",
        "3:79 only one section can have scenarios", "4:10 cloze is not one of the kinds that this exam asks",
    ]  # fmt: skip


def test_an_address_that_is_a_list_is_a_mistake() -> None:
    skill = {"id": "1.1", "sources": ["docs:a"]}
    areas = [{"id": "a", "groups": [{"title": "G", "skills": [skill]}]}]
    with pytest.raises(ContentError, match="docs must be text"):
        parse(json.dumps({"name": "X", "sites": {"docs": [1]}, "areas": areas}), "x.yaml")


def test_a_mistake_in_a_file_is_named_with_its_place(tmp_path: Path) -> None:
    text = "name: X\nminutes: 90\nareas:\n  - {id: one, weight: 3}\n  - {id: two, weight: [9, 2]}\nquestions: many\nminuets: 3\n"
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_blueprint("own.yaml", Collection(tmp_path))
    places = {
        (each.line, each.column, each.message.split(":")[0].split(" must")[0])
        for each in error.value.problems
    }
    assert places == {(7, 1, "a blueprint has no field 'minuets'"), (6, 12, "questions"), (5, 23, "weight")}
