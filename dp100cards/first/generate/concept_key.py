"""What the spellings of one concept have in common: its key, its initials, its abbreviation."""

from __future__ import annotations

import re
from functools import lru_cache

from dp100cards.first.generate.stems import stem, words

_IN_BRACKETS = re.compile(r"\([^)]*\)")


@lru_cache(maxsize=4096)
def concept_stem(concept: str) -> str:
    """A concept's name without case, articles, punctuation and endings."""
    name = _IN_BRACKETS.sub(" ", concept) if "(" in concept else concept
    return " ".join(stem(w) for w in words(name) if w.lower() not in ("a", "an", "the"))


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """ "Azure Kubernetes Service" → "AKS"; "" for a single word."""
    capitals = [
        w[0].upper()
        for w in words(name.replace("-", " "))
        if w.lower() not in ("of", "for", "and", "the", "a", "an", "to", "in")
    ]
    return "".join(capitals) if len(capitals) > 1 else ""


@lru_cache(maxsize=4096)
def a_caps(name: str) -> str:
    """A one-word abbreviation without its plural s, or "?" for anything else: "FPGAs" → "FPGA"."""
    bare = name.strip()
    if bare[1:2] == "-":
        bare = re.sub(r"^([A-Za-z])-(?=[A-Z]{2})", lambda m: m[1].upper(), bare)
    bare = bare.removesuffix("s")
    return bare if bare.isupper() and " " not in bare else "?"
