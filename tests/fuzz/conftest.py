"""The limits that hold for all fuzzing; where an operating system has none (Windows), it is left out."""

import sys

from hypothesis import HealthCheck, Phase, settings

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.fuzz.bounded import bounded

    __all__ = ["bounded"]

settings.register_profile(
    "fuzz",
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    max_examples=500,
)
