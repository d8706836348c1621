"""Which drafts a test of wording looks at."""

from __future__ import annotations

from dp100cards.first.generate.doubts.named import SAFE
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.odds.chance import OFTEN_WANTING


def offered(draft: Draft) -> bool:
    """Is nothing against the draft itself? It may be of a sort that always waits for the learner's yes."""
    return draft.tier == "active" or (
        draft.tier == "suggested" and set(draft.doubts) <= SAFE | {OFTEN_WANTING}
    )


def undoubted(draft: Draft) -> bool:
    """Has no rule anything against the draft, whatever its odds?"""
    return draft.tier != "spare" and set(draft.doubts) <= {OFTEN_WANTING}
