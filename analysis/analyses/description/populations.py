"""Analysis sets, flow of subjects, per-protocol reasons and the distribution of the outcome."""

import pandas as pd

from analysis.analyses.description.missing import NOT_RECORDED, list_endings
from analysis.analyses.model_data.arms import count_share, iter_groups, select_set
from analysis.analyses.model_data.design import OUTCOME
from analysis.analyses.mrs.distributions import COUNT_METHOD, count_by_arm
from analysis.analyses.statistics.estimates import give_reason
from analysis.config import Plan
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic

QUARTILES = {"median": 0.5, "q1": 0.25, "q3": 0.75}
EXCLUDED = "excluded"
EXCLUSIONS = {"NOT ELIGIBLE": "not_eligible", "DECLINED": "declined", "OTHER": "other"}


def analyse_populations(
    adsl: pd.DataFrame, reasons: pd.DataFrame, screening: pd.DataFrame | None, plan: Plan
) -> list[AnalysisResult]:
    """Return populations, disposition, study_end, pp_reasons and mrs_distribution (SAP 3, 4.3).

    The distribution holds its median and quartiles by arm.

    ``reasons``: SUBJID and CODE of every per-protocol reason. ``screening``: the screening log, or
    None when it was not exported.
    """
    return [
        *(_count_set(adsl, population, plan) for population in ("ITT", "PP", "SAF")),
        _count_disposition(adsl, screening, plan),
        _count_endings(adsl, plan),
        _count_reasons(adsl, reasons, plan),
        *(_count_levels(adsl, population, plan) for population in ("ITT", "PP")),
    ]


def _count_set(adsl: pd.DataFrame, population: str, plan: Plan) -> AnalysisResult:
    members, arm = select_set(adsl, population)
    statistics = [
        Statistic("n", len(rows), group=group) for group, rows in iter_groups(members, plan, arm)
    ]
    return AnalysisResult("populations", population, "count", tuple(statistics))


def _count_disposition(
    adsl: pd.DataFrame, screening: pd.DataFrame | None, plan: Plan
) -> AnalysisResult:
    states = {
        "randomised": adsl["ITTFL"] == "Y",
        "treated": adsl["SAFFL"] == "Y",
        "not_treated": adsl["SAFFL"] == "N",
        "died": adsl["DTH90FL"] == "Y",
        "withdrew": adsl["DCSREAS"].eq("WITHDRAWAL BY SUBJECT").fillna(False),
        "lost": adsl["DCSREAS"].eq("LOST TO FOLLOW-UP").fillna(False),
        "outcome_observed": adsl["MRS90"].notna(),
        "outcome_missing": adsl["MRS90"].isna(),
        "pp": adsl["PPROTFL"] == "Y",
        "pp_excluded": adsl["PPROTFL"] == "N",
    }
    statistics = _count_screened(screening)
    for group, rows in iter_groups(adsl, plan, "TRT01P"):
        for level, holds in states.items():
            keys = {"group": group, "variable": "DISPOSITION", "level": level}
            statistics += count_share(int(holds[rows.index].sum()), len(rows), **keys)
    method = "count; percent of the randomised"
    return AnalysisResult("disposition", "ITT", method, tuple(statistics))


def _count_endings(adsl: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """How the study ended for the randomised, as it was recorded."""
    recorded = adsl["DCSREAS"].fillna(NOT_RECORDED)
    statistics: list[Statistic] = []
    for group, rows in iter_groups(adsl, plan, "TRT01P"):
        for code in list_endings():
            keys = {"group": group, "variable": "DCSREAS", "level": code}
            count = int((recorded[rows.index] == code).sum())
            statistics += count_share(count, len(rows), **keys)
    method = "count; percent of the randomised"
    return AnalysisResult("study_end", "ITT", method, tuple(statistics))


def _count_screened(screening: pd.DataFrame | None) -> list[Statistic]:
    if screening is None:
        return []
    counts = {
        "screened": len(screening),
        EXCLUDED: int(screening["SCRRES"].isin(list(EXCLUSIONS)).sum()),
    } | {level: int((screening["SCRRES"] == code).sum()) for code, level in EXCLUSIONS.items()}
    return [
        Statistic("n", count, variable="DISPOSITION", level=level)
        for level, count in counts.items()
    ]


def _count_reasons(adsl: pd.DataFrame, reasons: pd.DataFrame, plan: Plan) -> AnalysisResult:
    arm = reasons["SUBJID"].map(adsl.set_index("SUBJID")["TRT01P"])
    statistics = [
        Statistic("n", len(rows), group=group, variable="REASON", level=code)
        for code in describe_reasons(plan)
        for group, rows in iter_groups(
            reasons.assign(TRT01P=arm)[reasons["CODE"] == code], plan, "TRT01P"
        )
    ]
    return AnalysisResult("pp_reasons", "ITT", "count of subjects", tuple(statistics))


def _count_levels(adsl: pd.DataFrame, population: str, plan: Plan) -> AnalysisResult:
    members, arm = select_set(adsl, population)
    statistics = count_by_arm(members["MRS90"], members[arm], plan)
    for code in plan.arms.codes:
        statistics += _find_quartiles(members[members[arm] == code]["MRS90"], code)
    return AnalysisResult("mrs_distribution", population, COUNT_METHOD, tuple(statistics))


def _find_quartiles(scores: pd.Series, code: str) -> list[Statistic]:
    """Median and quartiles of the mRS of one arm (R type 7)."""
    observed, keys = scores.dropna().astype("float64"), {"group": code, "variable": OUTCOME}
    if observed.empty:
        return give_reason(Reason.of(ReasonCode.NOBODY_OBSERVED), QUARTILES, **keys)
    return [
        Statistic(name, float(observed.quantile(share)), **keys)
        for name, share in QUARTILES.items()
    ]
