"""Settings have moved to `dp100cards.config`; this goes when nobody asks here any more."""

from __future__ import annotations

from dp100cards.config import RANGES as RANGES
from dp100cards.config import Settings as Settings
from dp100cards.config import StudyOptions as Study  # noqa: F401
from dp100cards.config import parse_settings as parse  # noqa: F401
