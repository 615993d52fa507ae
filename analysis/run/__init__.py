"""The bookkeeping of a run: what is analysed, where it goes, what it was made from."""

from analysis.run.settings import Run, open_run

__all__ = ["Run", "open_run"]
