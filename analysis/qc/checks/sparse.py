"""What the plan puts in place of an adjusted estimate of few events, read once more (SAP 5.8)."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.config import Plan
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.likelihood.complex_step import Matrix
from analysis.qc.formulas.likelihood.penalised import recompute_penalised_odds
from analysis.qc.formulas.likelihood.regressions import recompute_odds_ratio
from analysis.qc.recomputed import Recomputed, assign

Replacement = Literal["adjusted", "firth", "crude"]
ADJUSTED: Replacement = "adjusted"
FIRTH: Replacement = "firth"
CRUDE: Replacement = "crude"
LOGISTIC = "statsmodels GLM, binomial"
PENALISED = "penalised likelihood with complex-step gradients, scipy BFGS and Newton; its profile"


def replace_sparse(fewest: int, columns: Matrix, plan: Plan) -> Replacement:
    """Return how the odds ratio of a model is estimated; others are crude unless it is adjusted.

    ``fewest``: subjects with the event, or without where these are fewer; ``columns`` (n, p).
    """
    rule, width = plan.sparse, columns.shape[1]
    if rule.events_per_variable == 0 or fewest / width >= rule.events_per_variable:
        return ADJUSTED
    return FIRTH if rule.below == "firth" and fewest >= rule.fewest_events else CRUDE


def count_fewest(event: NDArray[np.bool_]) -> int:
    """Return how many have the event, or how many have not where these are fewer."""
    return min(int(event.sum()), int((~event).sum()))


def recompute_odds(event: NDArray[np.bool_], columns: Matrix, plan: Plan) -> Iterator[Recomputed]:
    """Yield the odds ratio of an event, as it is estimated of so many, each with its method."""
    replaced, alpha = replace_sparse(count_fewest(event), columns, plan), find_left_out(plan)
    if replaced == FIRTH:
        return assign(recompute_penalised_odds(event, columns, alpha), PENALISED)
    own = columns if replaced == ADJUSTED else columns[:, :1]
    return assign(recompute_odds_ratio(event, own, alpha), LOGISTIC)
