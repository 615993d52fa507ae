"""The independent check of each run: what matters, computed a second time (docs/validation.md).

Nothing here imports the code that it checks: it reads the analysis data sets, the plan and the
results table, and recomputes by another library or another formula.
"""

from analysis.qc.check import check_independently
from analysis.qc.engine import EngineNumbers
from analysis.qc.subjects import Trial

__all__ = ["EngineNumbers", "Trial", "check_independently"]
