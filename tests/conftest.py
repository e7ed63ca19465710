"""Settings for all tests: one BLAS thread, so that results and times do not depend on the machine's cores; and property
tests that draw the same examples every time, however slow the machine.
"""

import os

for library in ("OMP", "OPENBLAS", "MKL"):  # before NumPy is imported
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

from hypothesis import settings  # noqa: E402

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_make_parametrize_id(val, argname):
    """Files' bytes and long texts are called as their argument is: an archive holds the time it was made at, and two
    workers whose tests are called otherwise stop.
    """
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 80) else None
