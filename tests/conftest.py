"""Hypothesis settings: the default run is bounded, `pytest -m long` is not hurried."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("default")
