"""X is …: "What is X useful for?", "Where is X stored?"; "What is X?" where a noun phrase follows."""

from __future__ import annotations

import re

from dp100cards.first.generate.english import ARTICLES, lower_first
from dp100cards.first.generate.questions.asked import Asked, Subject, asked, is_object
from dp100cards.first.generate.shape import shape
from dp100cards.first.notes.vocabulary import PREPOSITIONS

PLACES = re.compile(
    r"\b(?:stored|saved|registered|located|kept|hosted|held|placed|created|logged|recorded|written|found|run|deployed)"
    r" (in|on|at)$"
)
IN_ORDER = re.compile(r"\bin order to ")
_EASY = frozenset({"easy", "easier", "hard", "harder", "possible", "difficult", "simple", "simpler"})
_TO_DO = frozenset(
    {
        "useful",
        "ready",
        "able",
        "free",
        "necessary",
        "needed",
        "required",
        "good",
        "important",
        "better",
        "designed",
        "built",
        "used",
        "intended",
        "meant",
        "made",
        "allowed",
        "configured",
        "expected",
        "likely",
        "suited",
    }
)


_ALSO_SO = re.compile(
    r"^[a-z]+(?:able|ible|ful|ive|al|ant|ent|ple) and (?=(?:ideal|suitable|good|best|useful|perfect|great)\b)"
)
"""A quality before the one that is asked for: "scalable and ideal for"."""
_PART_OF = re.compile(r"(?:an? )?(?:essential |integral |key |core )?part of (?=[\w“`])(.+)", re.IGNORECASE)


def copula(subject: Subject, be: str, said: str) -> Asked | None:
    """X is …: "What is X useful for?", "Where is X stored?"; "What is X?" where a noun phrase follows."""
    said = IN_ORDER.sub("to ", said)
    said = _ALSO_SO.sub("", said)
    if part := _PART_OF.match(said):
        return asked(subject.ask(f"what {be} {subject.words} part of?"), part[1])
    words = lower_first(said).split()
    form = shape(lower_first(said))
    if form == "noun":
        named = len(words) > 1 and words[0] in ("a", "an", "the", "one", "part")
        return asked(subject.ask(f"what {be} {subject.words}?"), said) if named else None
    if form not in ("adjective", "participle"):
        return None
    at = next((n for n, w in enumerate(words[:4]) if n and w in PREPOSITIONS), 0)
    if not at or len(words) == at + 1 or words[at] in ("as", "without", "of", "before", "after", "during"):
        return None
    if "," in " ".join(words[:at]):
        return None
    head, obj = " ".join(words[: at + 1]), " ".join(said.split()[at + 1 :])
    if words[at] == "to" and words[0] in _EASY:
        return None
    acts = shape(obj) == "imperative" or (words[0] in _TO_DO and words[at + 1] not in ARTICLES)
    if words[at] == "to" and acts:
        return asked(subject.ask(f"what {be} {subject.words} {head} do?"), obj)
    if not is_object(obj):
        return None
    if place := PLACES.search(head):
        return asked(
            subject.ask(f"where {be} {subject.words} {' '.join(words[:at])}?"), f"{place[1]} {obj}", "where"
        )
    return asked(subject.ask(f"what {be} {subject.words} {head}?"), obj)
