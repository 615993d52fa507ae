"""Primary-outcome analysis of a stroke trial: EDC export, analysis data sets, results, displays.

The floors, from the bottom: ``errors``, ``io`` and ``config`` (the plan); ``edc`` reads an export;
``adam`` derives analysis data sets, ``models`` turns arrays into numbers; ``analyses`` applies them
by the plan, ``qc`` computes them again, ``display`` shows them, ``simulate`` makes the
demonstration trial; ``run`` is the bookkeeping, ``jobs`` what the workflow calls.
"""

import os

THREADS_OF = ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "BLIS_NUM", "VECLIB_MAXIMUM")
"""Libraries of linear algebra, as the variables of the environment name them."""

# Threads of these libraries fight over matrices as small as a trial's: one is fastest. They read
# their variables when numpy is first loaded; what somebody has set, Snakemake for one, stays.
for _library in THREADS_OF:
    os.environ.setdefault(f"{_library}_THREADS", "1")
