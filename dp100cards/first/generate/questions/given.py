"""What is not ours to word: the learner's own cards, and code."""

from __future__ import annotations

from collections.abc import Iterator

from dp100cards.cards import Basic, Cloze, Code, gaps
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, lower_first
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Own, Snippet


def own(fact: Own, world: World) -> Iterator[Draft]:
    """Exactly the card that the learner wrote; a term is asked both ways."""
    tags = fact.tags
    if fact.form == "cloze":
        card = Cloze(id="", deck=fact.deck, ask=fact.front, explain=fact.back, tags=tags, source=fact.source)
        yield Draft(card, fact, "own.cloze")
        return
    yield Draft(
        Basic(id="", deck=fact.deck, ask=fact.front, answer=fact.back, tags=tags, source=fact.source),
        fact,
        f"own.{fact.form}",
    )
    if fact.form == "term":
        reverse = Basic(
            id="", deck=fact.deck, ask=fact.back, answer=fact.front, tags=tags, source=fact.source
        )
        yield Draft(reverse, fact, "own.reverse")


def snippet(fact: Snippet, world: World) -> Iterator[Draft]:
    """Fill in the blanks of a piece of code; wrong entries are blanks of the same shape nearby."""
    blanks = gaps(fact.code)
    if not blanks:
        return
    task = bare(fact.task)
    ask = f"Complete the code: {lower_first(task)}." if task else "Complete the code."
    if fact.concept and not task:
        ask = f"{world.naming.title(fact.concept)}: complete the code."
    wrong = tuple(lures(blank, blanks, fact, world) for blank in blanks)
    card = Code(
        id="",
        deck=fact.deck,
        ask=ask,
        code=fact.code,
        language=fact.language,
        wrong=wrong if all(len(w) >= 2 for w in wrong) else (),
        tags=tuple(dict.fromkeys(("code", *fact.tags))),
        source=fact.source,
        status=fact.status if fact.status in ("advice", "outdated") else "",
    )
    yield Draft(card, fact, "snippet.blanks", doubts=() if task or fact.concept else ("no task",))


def lures(blank: str, blanks: tuple[str, ...], fact: Snippet, world: World) -> tuple[str, ...]:
    """Other blanks of the same shape, from this code and from the code near it, that are not in this place."""
    found = [other for other in blanks if other != blank]
    for other in world.snippets_near(fact):
        found += [gap for gap in gaps(other.code) if gap not in blanks]
    alike = [other for other in dict.fromkeys(found) if _form(other) == _form(blank)]
    return tuple(alike[:3])


def _form(code: str) -> tuple[bool, bool, bool]:
    return code[:1] in "\"'", code[:1].isdigit(), code[:1].isupper()
