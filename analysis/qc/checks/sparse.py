"""What the plan puts in place of an adjusted estimate of few events, read once more (SAP 5.8)."""

from typing import Literal

from analysis.config import Plan
from analysis.qc.formulas.complex_step import Matrix

Replacement = Literal["adjusted", "firth", "crude"]
ADJUSTED: Replacement = "adjusted"
FIRTH: Replacement = "firth"
CRUDE: Replacement = "crude"


def replace_sparse(fewest: int, columns: Matrix, plan: Plan) -> Replacement:
    """Return how the odds ratio of a model is estimated; others are crude unless it is adjusted.

    ``fewest``: subjects with the event, or without where these are fewer; ``columns`` (n, p).
    """
    rule, width = plan.sparse, columns.shape[1]
    if rule.events_per_variable == 0 or fewest / width >= rule.events_per_variable:
        return ADJUSTED
    return FIRTH if rule.below == "firth" and fewest >= rule.fewest_events else CRUDE
