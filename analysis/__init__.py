"""Primary-outcome analysis of a stroke trial: EDC export, analysis data sets, results, displays.

The floors, from the bottom: ``edc`` reads an export, ``adam`` derives analysis data sets,
``models`` turns arrays into numbers, ``analyses`` applies them by the plan, ``display`` shows
what the results frame holds. ``config`` is the plan, ``run`` the bookkeeping of a run.
"""
