"""Settings for all tests: one BLAS thread, so that results and times do not depend on the machine's cores."""

import os

for library in ("OMP", "OPENBLAS", "MKL"):  # before NumPy is imported
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
