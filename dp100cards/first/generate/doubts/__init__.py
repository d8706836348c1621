"""Guards: why a card that breaks no rule may still not be what a careful reader wants.

A doubt demotes a card, and deletes none: it is suggested, and waits for the learner's yes. A card too few costs
less trust than a card that is clumsy.
"""

from dp100cards.first.generate.doubts.doubts import doubts

__all__ = ["doubts"]
