"""Two names that are one, written in two ways."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def run_together(a: str, b: str) -> bool:
    """ "Dynamo DB" and "AWS DynamoDB" are one name, written in two ways."""
    one, two = _letters(a), _letters(b)
    return min(len(one), len(two)) > 5 and (one in two or two in one)
