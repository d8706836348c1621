"""A clause turned into a question: "X is flat" → "is X flat", ready for "Why …?" and "When …?"."""

from __future__ import annotations

import re

from dp100cards.first.generate.english import DETERMINERS, bare, base_form, lower_first, plural
from dp100cards.first.generate.world import World
from dp100cards.first.notes.vocabulary import ADJECTIVES, AUXILIARIES, BASE, PRONOUNS, THIRD

_JUDGED = frozenset("better best important useful easier possible recommended good necessary".split())
_OPENS = frozenset("that which who if when".split())
_BE = frozenset("is are was were can will may must should".split())
_BEFORE_A_NOUN = (ADJECTIVES | DETERMINERS) - {"this", "that"}
_FAR = 9
"""The verb of a clause is looked for among so many words."""


def inverted(clause: str, world: World, concept: str = "") -> str | None:
    """The clause with its auxiliary (or "do") first; None where its verb is not found."""
    words = _with_subject(lower_first(bare(clause)).split(), world, concept)
    low = [w.lower() for w in words]
    for at, word in enumerate(low[1:_FAR], 1):
        if any(w in _OPENS for w in low[:at]):
            return None
        before, after = " ".join(words[:at]), " ".join(words[at + 1 :])
        if word in AUXILIARIES and "'" not in word and word != "cannot":
            if not after:
                return None  # "The worst case is", and nothing behind it
            return f"{word} {before} {after}"
        following = low[at + 1] if at + 1 < len(low) else ""
        if word in THIRD and (
            following in _BE or (plural(words[at]) and following in BASE and at + 2 < len(low))
        ):
            continue  # "self joins are useful": a noun
        if plural(words[at]) and low[at - 1] in _BEFORE_A_NOUN:
            continue  # "different groups"
        if (word in THIRD or word == "has") and "to" not in low[:at]:
            return f"does {before} {base_form(word)} {after}"
        if word in ("have", "had") and re.match(r"(?:been|[a-z]+ed)\b", after):
            return f"{word} {before} {after}"
        person = at == 1 and low[0] in ("you", "we", "they", "users")
        several = plural(words[at - 1]) and (low[0] in DETERMINERS or at == 1)
        if (person or several) and (word in BASE or word in ("need", "have", "get", "want")):
            return f"do {' '.join(words)}"
    return None


def _with_subject(words: list[str], world: World, concept: str) -> list[str]:
    """The words with "it" or "they" replaced by the concept, but not in "it is better to"."""
    if words and words[0].lower() == "it's":
        words = ["it", "is", *words[1:]]
    if len(words) < 3 or words[0].lower() not in PRONOUNS - {"there"} or not concept:
        return words
    if words[1] == "is" and words[2] in _JUDGED:
        return words
    name = world.naming.subject(concept) or world.naming.inside(concept)
    return [*name.split(), *words[1:]]


def why_question(claim: str, world: World, concept: str = "") -> str:
    """A clause as a question for its reason: "X is flat" → "Why is X flat?"; else "Why is it that X …?"."""
    asked = inverted(claim, world, concept)
    if asked:
        return f"Why {asked}?"
    text = lower_first(bare(claim))
    if re.match(r"[a-z]+ \S", text) and text.split()[0] in BASE:
        return f"Why should you {text}?"
    return f"Why is it that {text}?"
