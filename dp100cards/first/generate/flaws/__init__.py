"""Item-writing rules: what is wrong with a card, each flaw with a code, hard or soft.

The same rules judge what was generated and what people wrote themselves.
"""

from dp100cards.first.generate.flaws.flaw import CODES, Flaw
from dp100cards.first.generate.flaws.inspect import Background, flaws
from dp100cards.first.generate.flaws.neighbours import Neighbours

__all__ = ["CODES", "Background", "Flaw", "Neighbours", "flaws"]
