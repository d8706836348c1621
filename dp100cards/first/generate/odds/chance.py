"""How likely a reader takes a card as it is, and what follows for its tier.

The rules make more cards than are good, and their doubts see one fault each; which cards are worth a learner's time
was learned from cards that were read (`weights`). So do Heilman and Smith (2010) choose among generated questions:
make many, and rank them by a model of readers' verdicts.
"""

from __future__ import annotations

import re
from math import exp

from dp100cards.first.generate.doubts.alone import LEAD
from dp100cards.first.generate.draft import GUESS, Draft
from dp100cards.first.generate.odds.traits import traits
from dp100cards.first.generate.odds.weights import BIAS, WEIGHTS
from dp100cards.first.generate.world import World

LIKELY = 0.8
"""A card that a reader takes as it is with less likelihood waits for the learner's yes."""
NEEDED = {
    "abbreviation.long": 0.78,
    "advice.why": 0.64,
    "definition.describes": 0.9,
    "definition.what": 0.78,
    "definition.which": 0.9,
    "description.what": 0.9,
    "description.which": 0.79,
    "enumeration.gap": 0.6,
    "row.cell": 0.88,
    "row.choice": 0.95,
    "row.which": 0.74,
    "statement.gap": 0.9,
    "statement.object": 0.78,
    "statement.property": 0.9,
    "statement.subject": 0.9,
    "use.what": 0.74,
    "use.which": 0.76,
}
"""What the cards of some rules need instead: of these the likelihood is too kind, or not kind enough."""
ASKED_FOR = 0.66
"""What a definition needs below a heading that asks for it, "What is a datastore?": of 62 readers took 56."""
IN_A_SETTING = 0.82
"""What a definition needs whose question names more than its thing: of 197 such cards with a little less, readers took
135."""
OF_CODE = 0.85
"""What a definition of a word of code needs: of 48 with less readers took 20."""
OF_A_COLUMN = 0.92
"""What a row needs that is asked for by what stands in some column. Of rows that are asked for by a description, which
need less, readers took 171 of 207; of 52 others with as much 29."""
_ASKS = re.compile(r"\W*(?:\d[\d.]*\W+)?what(?:['’]s| is| are) ", re.IGNORECASE)
SURE_READ = 0.6
"""A fact that was read with less confidence gives suggestions only."""
TRUSTED = frozenset(
    """abbreviation.long abbreviation.short definition.describes definition.property definition.what description.what
    description.which row.which""".split()
)
"""Rules of whose doubted cards four in five were good where they were likely to be."""
STANDING = frozenset(
    {
        "near-duplicate", "word-repeat", "wordy-question", "grammar-cue", "longest-key", "uneven-options",
        "far-fetched options", GUESS, "everybody knows what it stands for",
        "the answer is an abbreviation, too", "a word may be misspelt",
        "an exam, and nothing of its subject", "it usually stands for something else",
        "the answer is in another language",
        "no longer so", "the note is not clear",
    }
)  # fmt: skip
"""Doubts that no likelihood outweighs: a reader of one card alone does not see them, or they are facts."""
OFTEN_WANTING = "readers often found cards like this one wanting"


def needed(draft: Draft) -> float:
    """The likelihood that a draft without a doubt needs to be active."""
    heading = draft.fact.heading[-1] if draft.fact.heading else ""
    if draft.rule == "definition.what" and _ASKS.match(heading):
        return ASKED_FOR
    if draft.rule == "definition.what" and "`" in draft.card.ask:
        return OF_CODE
    if draft.rule == "definition.what" and LEAD.match(draft.card.ask):
        return IN_A_SETTING
    if draft.rule == "row.which" and " does this describe: " not in draft.card.ask:
        return OF_A_COLUMN
    return NEEDED.get(draft.rule, LIKELY)


def chance(draft: Draft, world: World) -> float:
    """The likelihood, 0–1, that a reader takes a judged draft as it is."""
    odds = BIAS + sum(WEIGHTS.get(trait, 0.0) for trait in traits(draft, world))
    return 1 / (1 + exp(-odds))


def weighed(draft: Draft, world: World) -> Draft:
    """The draft with the tier that its chance gives it.

    A spare one and what has changed since are left alone; one that has more than one thing against it waits, whatever
    its odds.
    """
    if draft.tier == "spare" or draft.rule.startswith("today."):
        return draft
    if not draft.doubts:
        wanting = chance(draft, world) < needed(draft)
        return draft.judged("suggested", (OFTEN_WANTING,)) if wanting else draft
    may_rise = draft.rule in TRUSTED and len(draft.doubts) == 1 and draft.doubts[0] not in STANDING
    if may_rise and draft.fact.confidence >= SURE_READ and chance(draft, world) >= max(LIKELY, needed(draft)):
        return draft.judged("active", draft.doubts)
    return draft
