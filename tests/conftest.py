"""What holds for every test."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No test depends on the speed of the machine; speed lives in benchmarks.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")
