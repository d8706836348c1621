"""Cards that ask for nothing, or point at what they do not show, wait for the learner's yes."""

from __future__ import annotations

import pytest

from dp100cards.first.generate.doubts.hidden import of_a_phrase
from dp100cards.first.generate.doubts.hollow import of_emptiness
from dp100cards.first.generate.doubts.words import no_noun, noisy
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import base_form
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.naming import Naming
from dp100cards.first.generate.shape import shape
from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.skip import reason_to_skip
from tests.first.generate.offered import undoubted


def drafts(text: str) -> list[Draft]:
    return [draft for draft in generate(extract({"note.md": text}).facts) if draft.tier != "spare"]


def active(text: str) -> list[str]:
    return [draft.card.ask for draft in drafts(text) if undoubted(draft)]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "## Bakery\n\nThe following ovens are suited for rye bread in winter.\n",
            "leans on another sentence",
        ),
        ("## Dough\n\nA dough is a great thing.\n", "says little"),
        ("## Yeast\n\nYeast is an option to raise the dough.\n", "says little"),
        ("## Steam\n\nSteam offers a shiny crust on each loaf.\n", "the question could mean anything"),
        ("## Mixer\n\nA mixer binds the flour to the water.\n", "the question asks for two things"),
        ("## Rye\n\nGood practices keep the rye starter in the fridge.\n", "asks about no thing"),
        (
            "## Salt\n\nWhen you need soft rolls, each of the rolls is cut in half.\n",
            "one of several cases",
        ),
        (
            "## Crust\n\n- Crust: The hard shell outside, making it crunchy\n",
            "the answer is a whole sentence",
        ),
        ("## Sponge\n\nA sponge is like a bed for the yeast.\n", "a picture and no fact"),
        ("## Mill\n\nThe mill requires some device to lift the sacks of grain.\n", "clumsy question"),
        ("## Oven\n\nA new oven replaces many of these tasks.\n", "leans on another sentence"),
        ("## Yeast\n\nA second method is to use dry yeast.\n", "leans on another sentence"),
        ("## Dough\n\nWhen the dough is mixed, go to the big fridge of the bakery.\n", "steps of a lab"),
    ],
)
def test_what_says_nothing_is_doubted(text: str, doubt: str) -> None:
    found = {each for draft in drafts(text) for each in of_emptiness(draft)}
    assert doubt in found, [draft.card.ask for draft in drafts(text)]


@pytest.mark.parametrize(
    "ask",
    [
        "A fixed tin you can hang into an {{Oven}}.",
        "Stone plate under the bread - {{Baking stone}}.",
        "A {{Proofing Box}} (PB) keeps the dough warm.",
        "A bakery sells bread, rolls and {{other pastry}}.",
        "Oven` door: {{Berta}} opens it with a stick.",
        "Otherwise, the loaf is baked for {{20}} minutes.",
        "Bread is {{Berta's}} best idea of the year.",
        "A good start is a look at the {{Sourdough}} book.",
    ],
)
def test_a_gap_in_a_phrase_or_beside_its_abbreviation_is_doubted(ask: str) -> None:
    assert list(of_a_phrase(ask))


def test_a_gap_in_a_sentence_is_not() -> None:
    assert not list(of_a_phrase("The dough that you knead by hand needs {{12}} minutes."))
    assert not list(of_a_phrase("With a scale you can weigh up to {{20}} loaves."))


def test_a_table_of_things_against_each_other_asks_for_no_side() -> None:
    table = (
        "## Ovens\n\n| Component | Local | Cloud |\n|---|---|---|\n"
        "| State | in a file of the bakery | in the vault of the mill |\n"
        "| Runs | on the counter | on a far agent |\n"
        "| Keys | in a drawer of the shop | in a safe of the bank |\n"
    )
    assert not active(table)


def test_a_row_of_invented_records_is_an_example() -> None:
    table = (
        "## Hosts\n\n| Record | Value | Lifetime |\n|---|---|---|\n"
        "| www.example.com | 10.1.2.3 | ten hours |\n| ftp.example.com | 10.1.2.4 | two hours |\n"
    )
    assert not active(table)


def test_a_row_of_codes_is_an_example() -> None:
    table = "## Sales\n\n| Name | Rolls | Rye |\n|---|---|---|\n| Anna | M | P |\n| Bertha | F | N |\n| Carla | F | P |\n"
    assert not active(table)


def test_columns_called_after_users_are_things() -> None:
    table = (
        "## Doors\n\n| Aspect | Baker door | User door |\n|---|---|---|\n"
        "| Lock | a heavy bolt of iron | a simple latch of wood |\n"
        "| Colour | white with a stripe | green with a dot |\n"
    )
    assert any("lock" in ask.lower() and "door" in ask.lower() for ask in active(table))
    assert not any("user door of" in ask or "its user door" in ask for ask in active(table))


def test_many_that_are_defined_as_one_are_asked_for_in_the_singular() -> None:
    asks = active(
        "## Ovens\n\nThe ovens stand in a row, and the ovens are hot.\n\nOvens: a box with a fire inside of it\n"
    )
    assert not any(ask.startswith("What are ovens") for ask in asks)


def test_a_name_before_a_noun_has_no_article_of_its_own() -> None:
    text = "## Panix\n\nYou can rent a Panix cluster by the hour.\n\nPanix is a managed service for bread clusters.\n"
    naming = Naming(extract({"note.md": text}).facts)
    assert naming.subject("Panix") == "Panix"


def test_a_title_is_a_name_and_needs_no_colon() -> None:
    naming = Naming(extract({"note.md": "Bread is sold.\n"}).facts)
    assert naming.subject("Crust Recognizer") == "Crust Recognizer"
    assert naming.subject("Bread Gateway") == ""


def test_an_unknown_verb_with_its_object_is_a_verb() -> None:
    assert shape("mounts a loaf on the rack") == "verb"
    assert shape("class the baker gives") != "verb"


def test_no_space_stands_before_a_question_mark() -> None:
    asks = [draft.card.ask for draft in drafts("## Crust\n\nA crust appears when the oven is hot enough.\n")]
    assert not any(" ?" in ask for ask in asks)


def test_arrows_between_consequences_are_no_steps() -> None:
    assert not active("## Poor Crust Explained\n\nCold oven -> slow rise -> pale crust\n")


@pytest.mark.parametrize(
    "name",
    [
        "It also",
        "Conclusions",
        "Oven Commands",
        "Functions of the oven",
        "Issue 2",
        "Hacky fix 1",
        "Kneading of a dough",
    ],
)
def test_a_pronoun_or_a_topic_is_no_name(name: str) -> None:
    assert no_noun(name)


def test_tags_of_a_book_program_state_nothing() -> None:
    assert reason_to_skip('{% code title="oven.yaml" %}') == "markup"
    assert not active('## Oven claim\n\n{% code title="oven.yaml" %}\n')


def test_a_pointer_to_more_is_no_plain_statement() -> None:
    assert noisy("See the oven documentation for more information") and not noisy(
        "The oven heats for one hour"
    )


def test_columns_headed_with_numbers_are_not_asked_for() -> None:
    table = "## Ovens\n\n| Oven | 1 | 2 |\n|---|---|---|\n| Old | cold | warm |\n| New | hot | cool |\n| Big | dry | wet |\n"
    assert not active(table)


def test_a_short_name_of_letters_and_a_digit_is_no_news_in_a_gap() -> None:
    text = "## Bakery\n\nWhen the E2 is shut down it goes in cooling mode.\n\nThe E2 bakes.\n"
    assert not any("{{E2}}" in ask for ask in active(text))


def test_the_third_person_of_cache_is_cache() -> None:
    assert base_form("caches") == "cache" and base_form("reaches") == "reach"


def test_a_definition_that_was_cut_before_its_adjective_s_noun_waits() -> None:
    text = "# Tides\n\n- **Bounded delay**: a limit on how old (set by the skipper in minutes).\n- **Slack water**: a pause between two tides that lets boats turn.\n"
    made = generate(extract({"note.md": text}).facts)
    whole = [draft for draft in made if "how old" in str(draft.card)]
    assert whole and not any(undoubted(draft) for draft in whole)
