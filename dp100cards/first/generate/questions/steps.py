"""Sequences: put the steps in order; what comes right after this one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.distractors import Wrong
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import ORDINALS, bare, count_words, lower_first, plural, upper_first
from dp100cards.first.generate.making import choice, order
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Sequence
from dp100cards.first.notes.vocabulary import BASE


def sequence(fact: Sequence, world: World) -> Iterator[Draft]:
    """Put them in order; what comes right after this one?"""
    steps = [bare(step) for step in fact.steps]
    whole, title = named_steps(fact, world)
    if len(steps) >= 3 and len(steps) <= 7:
        yield order(fact, "sequence.order", f"Put the steps of {whole} in order.", steps)
    if not 3 <= len(steps) <= len(ORDINALS) - 1 or any(count_words(step) > 12 for step in steps):
        return
    for at in sorted(range(len(steps) - 1), key=lambda at: (abs(at - (len(steps) - 1) // 2), at))[:2]:
        ask = f"{title}: which step comes right after {_as_noun(steps[at])}?"
        others = [n for n in range(len(steps)) if n not in (at, at + 1)]
        others.sort(key=lambda n: (abs(n - at - 1), n))
        wrong = [Wrong(upper_first(steps[n]), f"It is the {ORDINALS[n + 1]} step.", 0) for n in others]
        if len(wrong) > 1:
            yield choice(fact, "sequence.next", ask, steps[at + 1], wrong, item=steps[at])


def _as_noun(step: str) -> str:
    return lower_first(step) if count_words(step) <= 3 else f"“{upper_first(step)}”"


def named_steps(fact: Sequence, world: World) -> tuple[str, str]:
    """What the steps are of, inside a sentence ("the DS pipeline") and as a title ("DS pipeline")."""
    what = bare(fact.what) or fact.concept
    what = re.sub(
        r"^(?:the\s+)?(?:steps?|stages?|phases?|order|process)\s+(?:of|for|in|to)\s+",
        "",
        what,
        flags=re.IGNORECASE,
    )
    what = re.sub(r"\s+(?:steps?|stages?|phases?)$", "", what, flags=re.IGNORECASE)
    what = re.sub(r"^(?:the|a|an)\s+", "", what, flags=re.IGNORECASE)
    title, inside = upper_first(what), world.naming.inside(what)
    first = inside.split()[0].lower() if inside.split() else ""
    if (first in BASE and count_words(inside) > 1) or count_words(inside) > 6:
        return f"“{title}”", title
    if first.endswith("ing") or plural(inside):
        return lower_first(inside), title
    return f"the {inside}", title
