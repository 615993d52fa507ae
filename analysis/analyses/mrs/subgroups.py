"""Subgroups: the common odds ratio in each level, and the test of interaction (SAP 8.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import chdtrc

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.model_data.covariates import Prepared, prepare_covariates
from analysis.analyses.model_data.design import OUTCOME, Design, build_design, fit_design
from analysis.analyses.model_data.separated import fit_unseparated
from analysis.analyses.mrs.common_odds import ESTIMANDS, describe_effect
from analysis.analyses.mrs.distributions import COUNT_METHOD, count_by_arm
from analysis.analyses.mrs.primary_measure import analyse_effect, name_effect_method
from analysis.analyses.statistics.estimates import describe_not_estimable, give_reason
from analysis.config import Plan
from analysis.config.blocks.subgroups import Subgroup
from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import AnalysisResult, Statistic

TEST_NAMES = ("p_interaction", "statistic", "df")
DECIMALS = 10
"""Decimals of a deviance: a log likelihood of some thousand subjects is rounded at the 12th."""

OF_LEVEL = ("n", "estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")
"""Statistics of a level."""
Columns = dict[str, NDArray[np.float64]]

METHOD = (
    "proportional odds within each level, adjusted, Wald interval; interaction by likelihood ratio"
)
HETEROGENEITY = "interaction by Wald chi-square of the levels' log win odds"
NO_CLAIM = "no claim from a subgroup alone"


@dataclass(frozen=True)
class _Factor:
    """One factor: level of each subject (missing: left out), levels in the plan's order."""

    plan: Subgroup
    level: pd.Series
    levels: tuple[str, ...]
    notes: tuple[str, ...]


def analyse_subgroups(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return the common odds ratio in each level of every subgroup factor, and the mRS there.

    ``subgroup_<name>`` holds the estimates, ``mrs_distribution_<name>`` the counts of the mRS.

    Model 5.1 is fitted within the level; p_interaction is the likelihood-ratio test of the product
    of arm and factor in model 5.1 plus the factor, which replaces its own categorical covariate.
    Subjects without the factor are left out. A covariate that separates the outcome within a level
    is left out of its model, and said beside the estimate (SAP 5.8); a level without an estimate
    says why.
    """
    prepared = prepare_covariates(adsl, plan)
    members, _ = select_set(adsl, plan.subgroups.population)
    factors = [_read_factor(members, factor, prepared) for factor in plan.subgroups.factors]
    return [
        *(_analyse_factor(members, factor, plan, prepared) for factor in factors),
        *(_count_factor(members, factor, plan) for factor in factors),
    ]


def describe_interaction(
    design: Design, columns: Sequence[str], level: Sequence[str], levels: Sequence[str]
) -> tuple[list[Statistic], tuple[str, ...]]:
    """Return p_interaction with its statistic and df, and what the reader must know.

    The likelihood-ratio test of the products of arm and factor, in the model of ``design`` plus the
    factor. ``columns``: the factor's own covariates, which it replaces; ``level`` (n,): that of
    each subject, one of ``levels``. Levels that nobody has are no levels; one with a single arm
    stays in the model and takes no part in the test. Not estimable with the reason.
    """
    by_level = {name: np.array([own == name for own in level], dtype=bool) for name in levels}
    present = {name: rows for name, rows in by_level.items() if rows.any()}
    treated = design.x[:, 0] == 1.0
    compared = [name for name, rows in present.items() if 0 < treated[rows].sum() < rows.sum()]
    df = len(compared) - 1
    try:
        if df < 1:
            raise EstimationError(ReasonCode.ONE_COMPARABLE_LEVEL)
        base = _add(_drop_covariates(design, columns), _indicate(present, list(present)[1:]))
        products = _indicate(present, compared[1:], design.x[:, 0])
        deviance = _compute_deviance(base, _add(base, products))
    except EstimationError as error:
        return give_reason(error.reason, TEST_NAMES, variable=OUTCOME), ()
    values = (float(chdtrc(df, deviance)), deviance, df)
    statistics = [
        Statistic(name, value, variable=OUTCOME)
        for name, value in zip(TEST_NAMES, values, strict=True)
    ]
    alone = [name for name in present if name not in compared]
    return statistics, tuple(
        f"{name}: one arm only, not in the test of interaction" for name in alone
    )


def describe_heterogeneity(estimates: Sequence[Statistic]) -> list[Statistic]:
    """Return p_interaction with its statistic and df: whether the levels' log odds differ.

    Cochran's Q of their ``log_estimate`` with ``std_error``, chi-square on levels less one
    (docs/methods.md, section 13). Levels without an estimate take no part; not estimable if fewer
    than two are left.
    """
    log_odds, errors = (
        np.array([each.value for each in estimates if each.name == name and each.value is not None])
        for name in ("log_estimate", "std_error")
    )
    df = len(log_odds) - 1
    if df < 1:
        reason = Reason.of(ReasonCode.ONE_COMPARABLE_LEVEL)
        return give_reason(reason, TEST_NAMES, variable=OUTCOME)
    weights = errors**-2
    mean = float(weights @ log_odds / weights.sum())
    statistic = float(weights @ (log_odds - mean) ** 2)
    values = (float(chdtrc(df, statistic)), statistic, df)
    return [
        Statistic(name, value, variable=OUTCOME)
        for name, value in zip(TEST_NAMES, values, strict=True)
    ]


def _drop_covariates(design: Design, columns: Sequence[str]) -> Design:
    """The design without the columns of some categorical covariates."""
    own = tuple(f"{column}=" for column in columns)
    kept = [j for j, name in enumerate(design.names) if not name.startswith(own)]
    return replace(design, x=design.x[:, kept], names=tuple(design.names[j] for j in kept))


def _indicate(
    rows: dict[str, NDArray[np.bool_]],
    levels: Sequence[str],
    times: NDArray[np.float64] | None = None,
) -> Columns:
    """One 0/1 column for each level, or its product with the arm."""
    if times is None:
        return {f"factor={level}": rows[level].astype(np.float64) for level in levels}
    return {f"arm*{level}": rows[level] * times for level in levels}


def _add(design: Design, columns: Columns) -> Design:
    return replace(
        design,
        x=np.column_stack([design.x, *columns.values()]),
        names=(*design.names, *columns),
    )


def _compute_deviance(base: Design, full: Design) -> float:
    """Twice the rise of the log likelihood from a model to a larger one."""
    rise = fit_design(full).log_likelihood - fit_design(base).log_likelihood
    return max(round(2.0 * rise, DECIMALS), 0.0)


def _read_factor(members: pd.DataFrame, factor: Subgroup, prepared: Prepared) -> _Factor:
    level, levels = members[factor.variable].astype("str"), factor.levels
    notes: list[str] = []
    if factor.merge_rare:
        kept = prepared.levels[factor.column]
        rare = level.notna() & ~level.isin(kept)
        names = sorted(level[rare].unique())
        notes = [f"{name}: too few subjects, merged into {kept[0]}" for name in names]
        level, levels = level.mask(rare, kept[0]), tuple(name for name in levels if name in kept)
    level = level.where(level.isin(levels))
    left_out = int((level.isna() & members["MRS90"].notna()).sum())
    if left_out:
        notes.append(f"subjects with an outcome who belong to no level, left out: {left_out}")
    return _Factor(factor, level, levels, tuple(notes))


def _analyse_factor(
    members: pd.DataFrame, factor: _Factor, plan: Plan, prepared: Prepared
) -> AnalysisResult:
    population, columns = plan.subgroups.population, (factor.plan.column, factor.plan.variable)
    design = build_design(members[factor.level.notna()], population, plan, prepared)
    analysis_id = f"subgroup_{factor.plan.name}"
    statistics = list(design.counts)
    warnings = list(factor.notes)
    for level in factor.levels:
        within = build_design(members[factor.level == level], population, plan, prepared)
        statistics += _estimate_level(analysis_id, within, members, level, plan)
        own = tuple(f"{column}=" for column in columns)  # constant within the level by nature
        constant = tuple(name for name in within.constant if not name.startswith(own))
        warnings += [f"{level}: {note}" for note in replace(within, constant=constant).notes]
    if plan.primary.is_common_odds:
        by_subject = factor.level.set_axis(members["SUBJID"]).loc[list(design.subjects)]
        test, notes = describe_interaction(design, columns, list(by_subject), factor.levels)
        method = METHOD
    else:
        test, notes = describe_heterogeneity(statistics), ()
        method = f"{name_effect_method(plan, 'within each level')}; {HETEROGENEITY}"
    return AnalysisResult(
        analysis_id, population, method, (*statistics, *test),
        f"{ESTIMANDS[population]}; {NO_CLAIM}", warnings=(*warnings, *notes),
    )  # fmt: skip


def _count_factor(members: pd.DataFrame, factor: _Factor, plan: Plan) -> AnalysisResult:
    """The mRS by arm in each level of the factor."""
    _, arm = select_set(members, plan.subgroups.population)
    statistics = [
        statistic
        for level in factor.levels
        for rows in [members[factor.level == level]]
        for statistic in count_by_arm(rows["MRS90"], rows[arm], plan, level)
    ]
    return AnalysisResult(
        f"mrs_distribution_{factor.plan.name}", plan.subgroups.population, COUNT_METHOD,
        tuple(statistics), warnings=factor.notes,
    )  # fmt: skip


def _estimate_level(
    analysis_id: str, design: Design, adsl: pd.DataFrame, level: str, plan: Plan
) -> list[Statistic]:
    if not plan.primary.is_common_odds:
        found = analyse_effect(analysis_id, plan.subgroups.population, design, adsl, plan)
        return [replace(each, level=level) for each in found.statistics if each.name in OF_LEVEL]
    counts = [replace(count, level=level) for count in design.counts]
    try:
        fit, notes = fit_unseparated(design)
    except EstimationError as error:
        reason = error.reason
        return [*counts, *describe_not_estimable(reason, variable=OUTCOME, level=level)]
    said = "; ".join(f"{level}: {note}" for note in notes)
    effect = describe_effect(analysis_id, fit, plan, level=level)
    return [*counts, *(replace(each, warning=each.warning or said) for each in effect)]
