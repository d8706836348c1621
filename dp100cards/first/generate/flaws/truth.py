"""A wrong option that the notes make right: the second key of a choice card, also of one that a person wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Choice
from dp100cards.first.generate.flaws.flaw import Flaw, flaw
from dp100cards.first.generate.flaws.wording import answer_text
from dp100cards.first.generate.stems import GENERIC_STEMS, overlap, stems
from dp100cards.first.generate.words_of import texts
from dp100cards.first.generate.world import World

SAID = 0.8
"""So much of the question's words in one sentence about the option makes it right as well."""

_QUOTE = re.compile(r"“([^”]+)”")
_WHICH = re.compile(r"^(?:[^:]+:\s*)?(?:which|what)(?:\s+of\s+these)?\b", re.IGNORECASE)


def second_keys(card: Choice, world: World) -> Iterator[Flaw]:
    """The wrong options of which the notes say, in one sentence, what the question asks for.

    Only options that name a concept of the notes can be judged, and only questions for "which one".
    """
    right = answer_text(card)
    asked = _QUOTE.search(card.ask)
    if world.of(right) is None or (asked is None and not _WHICH.match(card.ask)):
        return
    names = stems(" ".join(option.text for option in card.options))
    predicate = (stems(asked[1] if asked else card.ask) - GENERIC_STEMS) - (frozenset() if asked else names)
    if len(predicate) < 2:
        return
    for option in card.options:
        concept = None if option.right else world.of(option.text)
        for fact in concept.facts if concept else ():
            if any(overlap(predicate, stems(text)) >= SAID for text in texts(fact)):
                yield flaw("second-key", option.text)
                break
