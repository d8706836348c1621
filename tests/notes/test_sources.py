"""Whatever a note says of its sources, the deck that is made of it can be read again."""

from dataclasses import replace

import pytest

from dp100cards.cards import Deck
from dp100cards.decks.read import read_deck
from dp100cards.decks.write import deck_text
from dp100cards.generate.draft import Drafts
from dp100cards.generate.pipeline import draft_cards

CHOICE = "## Which one learns?\n\n- [x] Bayesian\n- [ ] Random\n"


def drafted(note: str) -> Drafts:
    """The drafts of a note, once a deck of them has been read again."""
    made = draft_cards({"a.md": note})
    cards = tuple(replace(each.card, id=f"a-{n}", deck="a") for n, each in enumerate(made.drafts))
    assert cards and read_deck(deck_text(Deck("a", "A", "", cards)), "a.yaml", "a").problems == []
    return made


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            "url: example.org",
            "the source 'x': url must look like https://example.org/page, not 'example.org'",
        ),
        ("date: May 2026", "the source 'x': date must look like 2026-05-31, not 'May 2026'"),
        ("checked: 2026", "the source 'x': checked must look like 2026-11, not '2026'"),
    ],
)
def test_a_part_of_a_page_that_no_deck_may_have_is_reported(page: str, message: str) -> None:
    made = drafted(f"---\nsources:\n  x: {{title: T, {page}}}\nsource: x\n---\n{CHOICE}")
    assert [(each.line, each.message) for each in made.problems] == [(3, message)]


def test_a_skill_that_no_deck_may_have_is_reported() -> None:
    made = drafted("# A {skills=dp-100/3_1}\n\n" + CHOICE)
    assert ["dp-100/3_1" in each.message for each in made.problems] == [True]


@pytest.mark.parametrize("link", ["docs/x.md", "", "<docs/x.md>", "mailto:a@example.org"])
def test_a_source_that_is_no_page_of_the_web_stays_in_the_explanation(link: str) -> None:
    (draft,) = drafted(f"{CHOICE}\nSource: [Docs]({link})\n").drafts
    assert draft.card.source and draft.card.source.url == ""
    assert draft.card.explain == f"Source: [Docs]({link})"


@pytest.mark.parametrize("front", ["documentation: the book", "sources: {x: {title: T}}\nsource: x#part"])
def test_a_source_without_an_address_gives_none(front: str) -> None:
    (draft,) = drafted(f"---\n{front}\n---\n{CHOICE}").drafts
    assert draft.card.source and draft.card.source.url == ""
