"""How many questions of each kind to take from each area, so that areas are met exactly and kinds as far as can be.

Kinds and areas are the two sides of a flow network: from each kind as much as its share allows, through what the bank
holds, into each area as much as is wanted. Widening the shares step by step, least, middle, most, any, finds the
flow that meets all of them if there is one, for widening never takes back what has flowed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Cell = tuple[str, str]
"""An area and a kind."""

Share = tuple[str, float, float]


def bounds(shares: Sequence[Share], count: int) -> dict[str, tuple[int, int]]:
    """Of each kind that has a share the least and the most questions of `count`; part of a question is allowed for."""
    return {
        kind: (math.floor(count * least / 100 + 1e-9), math.ceil(count * most / 100 - 1e-9))
        for kind, least, most in shares
    }


def unmet(shares: Sequence[Share], got: Mapping[str, int], count: int) -> dict[str, tuple[int, int, int]]:
    """The kinds of which too few or too many were drawn: how many, and the least and the most that were wanted."""
    return {
        kind: (got.get(kind, 0), least, most)
        for kind, (least, most) in bounds(shares, count).items()
        if not least <= got.get(kind, 0) <= most
    }


def allot(
    wanted: Mapping[str, int],
    held: Mapping[Cell, int],
    shares: Sequence[Share],
    got: Mapping[str, int],
    count: int,
) -> dict[Cell, int]:
    """How many to take from each cell: at most what it holds, in each area what is `wanted` if there is so much.

    `got` is what the paper of `count` questions has of each kind already.
    """
    limits = bounds(shares, count)
    kinds = list(dict.fromkeys(kind for _, kind in held))
    middle = {kind: round(count * (least + most) / 200) for kind, least, most in shares}
    rest = max(count - sum(middle.get(kind, 0) for kind in kinds), 0)
    flow: dict[Cell, int] = {}
    steps: tuple[Callable[[str], int], ...] = (
        lambda kind: limits[kind][0] if kind in limits else 0,
        lambda kind: middle[kind] if kind in limits else rest,
        lambda kind: limits[kind][1] if kind in limits else count,
        lambda kind: count,
    )
    for step in steps:
        room = {kind: max(step(kind) - got.get(kind, 0), 0) for kind in kinds}
        while _push(flow, room, wanted, held, kinds):
            pass
    return {cell: number for cell, number in flow.items() if number}


def _push(
    flow: dict[Cell, int],
    room: Mapping[str, int],
    wanted: Mapping[str, int],
    held: Mapping[Cell, int],
    kinds: Sequence[str],
) -> bool:
    """Let more flow, along one way from a kind that may give more to an area that lacks; False if there is none."""
    used = {kind: sum(n for (_, k), n in flow.items() if k == kind) for kind in kinds}
    filled = {area: sum(n for (a, _), n in flow.items() if a == area) for area in wanted}
    before: dict[tuple[str, str], tuple[str, str] | None] = {
        ("kind", kind): None for kind in kinds if used[kind] < room[kind]
    }
    waiting = list(before)
    for node in waiting:
        side, name = node
        if side == "area" and filled[name] < wanted[name]:
            _along(flow, before, node, room, used, wanted[name] - filled[name], held)
            return True
        for area, kind in held:
            if area not in wanted:
                continue
            if side == "kind" and kind == name and flow.get((area, kind), 0) < held[area, kind]:
                following = ("area", area)
            elif side == "area" and area == name and flow.get((area, kind), 0) > 0:
                following = ("kind", kind)
            else:
                continue
            if following not in before:
                before[following] = node
                waiting.append(following)
    return False


def _along(
    flow: dict[Cell, int],
    before: Mapping[tuple[str, str], tuple[str, str] | None],
    end: tuple[str, str],
    room: Mapping[str, int],
    used: Mapping[str, int],
    lacking: int,
    held: Mapping[Cell, int],
) -> None:
    """Change the flow along the way that ends at an area: forward more, backward less, by as much as all of it can."""
    steps: list[tuple[Cell, int]] = []
    node, most = end, lacking
    while (origin := before[node]) is not None:
        forward = node[0] == "area"
        cell = (node[1], origin[1]) if forward else (origin[1], node[1])
        steps.append((cell, 1 if forward else -1))
        most = min(most, held[cell] - flow.get(cell, 0) if forward else flow[cell])
        node = origin
    most = min(most, room[node[1]] - used[node[1]])
    for cell, sign in steps:
        flow[cell] = flow.get(cell, 0) + sign * most
