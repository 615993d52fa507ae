"""Primary-outcome analysis of a stroke trial: EDC export, analysis data sets, results, displays.

The floors, from the bottom: ``errors``, ``io`` and ``config`` (the plan); ``edc`` reads an export;
``adam`` derives analysis data sets, ``models`` turns arrays into numbers; ``analyses`` applies them
by the plan, ``qc`` computes them again, ``display`` shows them, ``simulate`` makes the
demonstration trial; ``run`` is the bookkeeping, ``jobs`` what the workflow calls.
"""
