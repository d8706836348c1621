"""FSRS's parameters, as fitted to the learner's own reviews and kept in the progress file."""

from __future__ import annotations

import json
from dataclasses import replace

from dp100cards.scheduler.engine import ALGORITHM, Engine, check_parameters
from dp100cards.store.store import Store

NAME = "fsrs"
"""The setting's name in the file."""


def parameters(store: Store) -> tuple[float, ...] | None:
    """The fitted parameters, or None if there are none, or only ones that this program's algorithm cannot use."""
    return _kept(store)[0]


def fitted_at(store: Store) -> int:
    """When they were fitted (milliseconds UTC); 0 if there are none."""
    return _kept(store)[1]


def _kept(store: Store) -> tuple[tuple[float, ...] | None, int]:
    text = store.setting(NAME)
    if not text:
        return None, 0
    try:
        kept = json.loads(text)
        if kept["algorithm"] != ALGORITHM:
            return None, 0
        values = tuple(float(value) for value in kept["parameters"])
        check_parameters(values)
        return values, int(kept.get("fitted_at", 0))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, 0


def keep(store: Store, values: tuple[float, ...], *, reviews: int, at: int) -> None:
    """Keep parameters that were fitted to this many reviews at a moment (milliseconds UTC)."""
    check_parameters(values)
    kept = {"algorithm": ALGORITHM, "parameters": list(values), "reviews": reviews, "fitted_at": at}
    store.set_setting(NAME, json.dumps(kept), at)


def drop(store: Store, at: int = 0) -> None:
    """Go back to the published parameters, from a moment on."""
    store.set_setting(NAME, "", at)


def engine(store: Store, usual: Engine) -> Engine:
    """The engine with the fitted parameters, if there are any."""
    values = parameters(store)
    return usual if values is None else replace(usual, parameters=values)
