"""Names for a side of what a section is about ("Performance benefit", "Size limit"), and not for a thing of its own."""

from __future__ import annotations

from functools import lru_cache

from dp100cards.first.notes.any_case import AnyCase

EVERYWHERE = frozenset(
    """compute storage network networking security performance cost costs value scale scaling resilience connectivity
    availability durability reliability billing pricing backup monitoring management data access support integration
    configuration size speed location type types name purpose scope limit limits use tool result process step output
    input code file system rate base burst baseline risk recommendation exclusions note example formula tip default
    benefit logic generation compliance isolation rotation versatility
    people business governance operations technology culture
    quality safety ethics privacy usability efficiency maintenance accessibility complexity consistency
    usage flexibility simplicity compatibility issue hardware software idea concept thing way part""".split()
)
"""What every subject has: alone these words name a point of a list, and no thing."""
_ASPECTS = frozenset(
    """benefit benefits penalty improvement improvements performance efficiency saving savings limit limits size cost
    costs price prices pricing speed durability flexibility simplicity reliability scalability baseline overhead
    experience boost gain gains advantage drawback downside impact""".split()
)
_SAID_OF_ASPECTS = EVERYWHERE | frozenset(
    """better improved increased reduced enhanced fixed minimum maximum max min low lower high higher free additional
    extra good great excellent consistent predictable overall total average main key""".split()
)
_OF_SOMETHING = AnyCase(
    r"(?:integration|compatibility|support|access|ease|lack|free|ability|capacity) (?:with|for|to|of) "
)


@lru_cache(maxsize=4096)
def is_aspect(name: str) -> bool:
    """Does the name say which side of something is told: "Cost", "Improved performance", "Support for R"?"""
    parts = name.lower().split()
    if _OF_SOMETHING.match(name):
        return True
    if len(parts) == 1:
        return parts[0] in EVERYWHERE
    return bool(parts) and parts[-1] in _ASPECTS and all(part in _SAID_OF_ASPECTS for part in parts[:-1])
