"""Single imputation: the primary model with one value for each missing outcome (SAP 6)."""

import pandas as pd

from analysis.analyses.model_data.covariates import Prepared
from analysis.analyses.model_data.design import OUTCOME, build_design
from analysis.analyses.mrs.common_odds import TREATMENT_POLICY
from analysis.analyses.mrs.primary_measure import analyse_effect
from analysis.config import Plan
from analysis.io.result import AnalysisResult, Statistic

WHOM = {"ITT": "all randomised subjects", "PP": "all subjects of the per-protocol set"}
LOCF_CAVEAT = "known to be optimistic: nobody gets worse, or dies, after the last score"


def analyse_extreme(
    analysis_id: str, adsl: pd.DataFrame, plan: Plan, prepared: Prepared
) -> AnalysisResult:
    """Return ``sens_worst`` (missing is worst in the treatment arm, best in the other) or
    ``sens_best`` (the reverse).

    Worst is the level of death, best the best level that anybody of either arm was observed at.
    """
    treated, reference = _extremes(analysis_id, adsl, plan)
    detail = (
        f"missing mRS set to {treated} for {plan.arms.treatment.code} and to {reference} for "
        f"{plan.arms.reference.code}"
    )
    filled = fill_extreme(analysis_id, adsl, plan)
    return _analyse_replaced(analysis_id, adsl, filled, plan, prepared, detail)


def analyse_last_score(adsl: pd.DataFrame, plan: Plan, prepared: Prepared) -> AnalysisResult:
    """Return ``sens_locf``: a missing mRS takes the last score after baseline (MRSLAST)."""
    detail = "last score in the place of a missing mRS"
    return _analyse_replaced("sens_locf", adsl, fill_last_score(adsl), plan, prepared, detail)


def fill_extreme(analysis_id: str, adsl: pd.DataFrame, plan: Plan) -> pd.Series:
    """Return the outcomes with the missing ones at the level of ``sens_worst`` or ``sens_best``."""
    treated, reference = _extremes(analysis_id, adsl, plan)
    is_treated = adsl["TRT01P"] == plan.arms.treatment.code
    values = pd.Series(reference, index=adsl.index, dtype="Int64").mask(is_treated, treated)
    return adsl["MRS90"].fillna(values)


def fill_last_score(adsl: pd.DataFrame) -> pd.Series:
    """Return the outcomes with the last score after baseline in the place of a missing one."""
    return adsl["MRS90"].fillna(adsl["MRSLAST"])


def _extremes(analysis_id: str, adsl: pd.DataFrame, plan: Plan) -> tuple[int, int]:
    """What a missing outcome becomes in the treatment and in the reference arm."""
    worst, best = plan.outcome.death_level, adsl["MRS90"].min()
    return (worst, best) if analysis_id == "sens_worst" else (best, worst)


def _analyse_replaced(
    analysis_id: str,
    adsl: pd.DataFrame,
    filled: pd.Series,
    plan: Plan,
    prepared: Prepared,
    detail: str,
) -> AnalysisResult:
    population = plan.primary.population
    design = build_design(adsl, population, plan, prepared, filled)
    left = int(filled.isna().sum())
    notes = [LOCF_CAVEAT] if analysis_id == "sens_locf" else []
    notes += [f"{left} subjects have no score at all and stay missing"] if left else []
    return analyse_effect(
        analysis_id, population, design, adsl, plan, detail=detail,
        estimand=describe_everybody(plan), further=count_replaced(adsl, filled, plan),
        warnings=notes,
    )  # fmt: skip


def describe_everybody(plan: Plan) -> str:
    """Return the estimand of an analysis that leaves out nobody of the set of the primary one."""
    return f"{TREATMENT_POLICY}, {WHOM[plan.primary.population]}"


def count_replaced(adsl: pd.DataFrame, outcome: pd.Series, plan: Plan) -> list[Statistic]:
    """Return how many missing outcomes were given a value, together and by arm."""
    given = adsl["MRS90"].isna() & outcome.notna()
    arms = adsl.loc[given, "TRT01P"]
    by_arm = [
        Statistic("n_imputed", int((arms == code).sum()), group=code, variable=OUTCOME)
        for code in plan.arms.codes
    ]
    return [Statistic("n_imputed", int(given.sum()), variable=OUTCOME), *by_arm]
