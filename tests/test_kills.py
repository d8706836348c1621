"""Ten kills of each way to write; 200 by `python -m tests.kills`."""

import sys

import pytest

from tests.kills import WAYS, survive


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal")
@pytest.mark.parametrize("way", WAYS)
def test_killed_at_random_moments_nothing_is_lost_doubled_or_half(way: str) -> None:
    survive(way, 10)
