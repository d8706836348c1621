"""FSRS's parameters, as fitted to the learner's own reviews and kept in the progress file."""

from __future__ import annotations

import json

from dp100cards.memory.engine import ALGORITHM, Engine, check_parameters
from dp100cards.progress.store import Store

NAME = "fsrs"
"""The setting's name in the file."""


def parameters(store: Store) -> tuple[float, ...] | None:
    """The fitted parameters, or None if there are none, or only such as this program's algorithm cannot use."""
    text = store.setting(NAME)
    if not text:
        return None
    try:
        kept = json.loads(text)
        if kept["algorithm"] != ALGORITHM:
            return None
        values = tuple(float(value) for value in kept["parameters"])
        check_parameters(values)
    except (ValueError, KeyError, TypeError):
        return None
    return values


def keep(store: Store, values: tuple[float, ...], *, reviews: int, at: int) -> None:
    """Keep parameters that were fitted to so many reviews at a moment (milliseconds UTC)."""
    check_parameters(values)
    kept = {"algorithm": ALGORITHM, "parameters": list(values), "reviews": reviews, "fitted_at": at}
    store.set_setting(NAME, json.dumps(kept))


def drop(store: Store) -> None:
    """Go back to the published parameters."""
    store.set_setting(NAME, "")


def engine(store: Store, usual: Engine) -> Engine:
    """The engine with the fitted parameters, if there are any."""
    from dataclasses import replace

    values = parameters(store)
    return usual if values is None else replace(usual, parameters=values)
