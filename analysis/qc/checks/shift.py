"""The common odds ratios, by a likelihood of the check's own (SAP 5.1, 5.4 d, 6)."""

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.config import Plan
from analysis.qc.confidence import find_left_out
from analysis.qc.formulas.likelihood.ordinal import ShiftFit, fit_shift
from analysis.qc.formulas.normal import find_chi_square_p
from analysis.qc.formulas.wald import RATIO_NAMES, describe_ratio
from analysis.qc.recomputed import (
    CURVATURE,
    NO_PROFILE_LIMIT,
    Recomputed,
    assign,
    count,
    tolerate_chi_square_p,
    without,
)
from analysis.qc.subjects import Model, Trial, build_model, with_outcome

METHOD = (
    "likelihood in cuts and log gaps, complex-step gradients, scipy BFGS and Newton; profile "
    "limits where its deviance is the chi-square quantile"
)
CLUSTER_METHOD = "the same likelihood, complex-step scores summed by site"
CLUSTERS = "sens_site_cluster"
PROFILE_NAMES = ("ci_low_profile", "ci_high_profile", "p_value_lr")
NOT_RECORDED = "\0"
"""Subjects without a site are one more of their own."""


def check_shift(trial: Trial) -> Iterator[Recomputed]:
    """Yield the common odds ratio, with the error of clusters, and the unadjusted one.

    Where it is the primary measure, that of the per-protocol set too.
    """
    own, first = trial.plan.primary.population, trial.plan.primary.common_odds_id
    analyses = {first: (own, True), "sens_unadjusted": (own, False)}
    if trial.plan.primary.is_common_odds:
        analyses["sens_pp"] = ("PP", True)
    for analysis_id, (population, adjusted) in analyses.items():
        rows = with_outcome(trial.members(population))
        model = build_model(trial, rows, adjusted=adjusted)
        fit = _fit(model, trial.plan)
        left_out = find_left_out(trial.plan, analysis_id)
        numbers = [*model.counts(trial.plan), *_describe(fit, left_out)]
        yield from assign(numbers, METHOD, analysis_id=analysis_id, population=population)
        if analysis_id == first:
            sites = label_strata(rows["SITEID"])
            counted = [*model.counts(trial.plan), count("n_clusters", sites.nunique())]
            clustered = [*counted, *_describe_clusters(fit, sites, trial.plan)]
            yield from assign(
                clustered, CLUSTER_METHOD, analysis_id=CLUSTERS, population=population
            )


def label_strata(*columns: pd.Series) -> pd.Series:
    """Return the combination of some columns as text; who has no value there has one of his own."""
    texts = [each.astype(object).where(each.notna(), NOT_RECORDED).astype(str) for each in columns]
    return pd.concat(texts, axis=1).agg("\0".join, axis=1)


def read_ranks(rows: pd.DataFrame, plan: Plan) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the outcome so that odds of the lower are those that the plan reports.

    Where these are odds of a higher mRS, the scale is read from its other end.
    """
    levels = read_levels(rows)
    is_lower = plan.inference.favours_treatment == "above_1"
    return levels if is_lower else levels.max(initial=0) - levels


def read_levels(rows: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the outcome of rows that all have one."""
    return rows["MRS90"].to_numpy(dtype=np.int64)


def _fit(model: Model, plan: Plan) -> ShiftFit | str:
    if not model.has_both_arms:
        return "one arm only"
    return fit_shift(read_ranks(model.rows, plan), model.columns)


def _describe(fit: ShiftFit | str, left_out: float) -> list[Recomputed]:
    names = (*RATIO_NAMES, *PROFILE_NAMES)
    if isinstance(fit, str):
        return without(names, fit)
    limits = [fit.profile_limit(side, left_out) for side in (-1.0, 1.0)]
    statistic = fit.likelihood_ratio()
    if statistic is None or None in limits:
        return without(names, NO_PROFILE_LIMIT)
    low, high = (math.exp(limit) for limit in limits if limit is not None)
    return [
        *describe_ratio(fit.log_odds_ratio, fit.standard_error, left_out),
        Recomputed("ci_low_profile", low, CURVATURE),
        Recomputed("ci_high_profile", high, CURVATURE),
        Recomputed("p_value_lr", find_chi_square_p(statistic), tolerate_chi_square_p(statistic)),
    ]


def _describe_clusters(fit: ShiftFit | str, sites: pd.Series, plan: Plan) -> list[Recomputed]:
    if isinstance(fit, str):
        return without(RATIO_NAMES, fit)
    if not plan.primary.is_common_odds:
        return without(RATIO_NAMES, "defined for the common odds ratio")
    if sites.nunique() < 2:
        return without(RATIO_NAMES, "one site only")
    error = fit.cluster_error(pd.factorize(sites)[0])
    if not error > 0.0:
        return without(RATIO_NAMES, "no variance between sites")
    return describe_ratio(fit.log_odds_ratio, error, find_left_out(plan, CLUSTERS))
