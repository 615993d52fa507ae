"""The adjusted risk ratio of a safety outcome, beside the crude one (SAP 9.2, as 8.1)."""

from collections.abc import Sequence

import pandas as pd

from analysis.analyses.model_data.covariates import Prepared
from analysis.analyses.model_data.design import (
    TREATMENT_COLUMN,
    Design,
    build_design,
    require_two_arms,
)
from analysis.analyses.safety.outcomes import Event
from analysis.analyses.statistics.estimates import describe_not_estimable, describe_ratio
from analysis.analyses.statistics.risks import RATIO_METHOD
from analysis.analyses.statistics.sparse import Estimator, judge_binary, name_crude
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic
from analysis.models.means_and_risks import fit_log_risk

METHOD = "risk ratio, adjusted, Poisson regression with robust (HC0) variance, Wald interval"


def adjust_risk_ratio(
    event: Event,
    members: pd.DataFrame,
    population: str,
    prepared: Prepared,
    crude: Sequence[Statistic],
    plan: Plan,
) -> AnalysisResult:
    """Return the risk ratio on the covariates of the primary model; of sparse data the crude one.

    ``members``: the rows of ADSL that are analysed. ``crude``: the statistics that stand in its
    place where events are few for the columns (SAP 5.8), which method and note then say.
    """
    happened = (members[event.flag] == "Y").fillna(False).astype("Int64")
    design = build_design(members, population, plan, prepared, happened, event.flag)
    sparsity = judge_binary(int(design.y.sum()), len(design.y), design.x.shape[1], plan.sparse)
    words = event.describe(plan).partition(",")[0]
    notes = sparsity.note(f"{words[:1].upper()}{words[1:]}", sparsity.others)
    if sparsity.others is Estimator.CRUDE:
        method, statistics = name_crude(RATIO_METHOD), list(crude)
    else:
        method, statistics = METHOD, _fit(design, plan)
        notes = (*design.notes, *notes)
    return AnalysisResult(
        f"{event.analysis_id}_rr_adjusted", population, method, (*design.counts, *statistics),
        event.describe_estimand(population, plan), warnings=notes,
    )  # fmt: skip


def _fit(design: Design, plan: Plan) -> list[Statistic]:
    keys = {"variable": design.variable}
    try:
        require_two_arms(design)
        fit = fit_log_risk(design.y == 1, design.x)
    except EstimationError as error:
        return describe_not_estimable(error.reason.with_columns(design.names), **keys)
    estimate, spread = fit.beta[TREATMENT_COLUMN], fit.beta_errors[TREATMENT_COLUMN]
    return describe_ratio(float(estimate), float(spread), plan.inference.other_alpha, **keys)
