"""Subgroups: the common odds ratio in each level, and the test of interaction (SAP 8.4)."""

from dataclasses import dataclass, replace

import pandas as pd

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.model_data.covariates import Prepared, prepare_covariates
from analysis.analyses.model_data.design import OUTCOME, Design, build_design
from analysis.analyses.model_data.separated import fit_unseparated
from analysis.analyses.mrs.common_odds import ESTIMANDS, describe_effect
from analysis.analyses.mrs.distributions import COUNT_METHOD, count_by_arm
from analysis.analyses.mrs.interaction import describe_heterogeneity, describe_interaction
from analysis.analyses.mrs.primary_measure import analyse_effect, name_effect_method
from analysis.analyses.mrs.win_odds import is_adjusted
from analysis.analyses.statistics.estimates import describe_not_estimable
from analysis.config import Plan
from analysis.config.blocks.subgroups import Subgroup
from analysis.errors import EstimationError
from analysis.io.result import AnalysisResult, Statistic

OF_LEVEL = ("n", "estimate", "ci_low", "ci_high", "p_value", "log_estimate", "std_error")
"""Statistics of a level."""

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
        found, further = _estimate_level(analysis_id, within, members, level, plan)
        statistics += found
        notes = (*_note_constant(within, columns, plan), *further)
        warnings += [f"{level}: {note}" for note in notes]
    if plan.primary.is_common_odds:
        by_subject = factor.level.set_axis(members["SUBJID"]).loc[list(design.subjects)]
        test, alone = describe_interaction(design, columns, list(by_subject), factor.levels)
        method = METHOD
    else:
        test, alone = describe_heterogeneity(statistics), ()
        method = f"{name_effect_method(plan, 'within each level')}; {HETEROGENEITY}"
    return AnalysisResult(
        analysis_id, population, method, (*statistics, *test),
        f"{ESTIMANDS[population]}; {NO_CLAIM}", warnings=(*warnings, *alone),
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
) -> tuple[list[Statistic], tuple[str, ...]]:
    """The statistics of a level, and what the reader must know of its strata."""
    if plan.primary.is_common_odds:
        return _fit_level(analysis_id, design, level, plan), ()
    found = analyse_effect(analysis_id, plan.subgroups.population, design, adsl, plan)
    of_strata = tuple(note for note in found.warnings if note not in design.notes)
    return [
        replace(each, level=level) for each in found.statistics if each.name in OF_LEVEL
    ], of_strata


def _note_constant(design: Design, columns: tuple[str, str], plan: Plan) -> tuple[str, ...]:
    """Covariates that are constant within a level, but by nature; none where none are used."""
    if not (plan.primary.is_common_odds or is_adjusted(plan.primary.measure)):
        return ()
    own = tuple(f"{column}=" for column in columns)
    constant = tuple(name for name in design.constant if not name.startswith(own))
    return replace(design, constant=constant).notes


def _fit_level(analysis_id: str, design: Design, level: str, plan: Plan) -> list[Statistic]:
    counts = [replace(count, level=level) for count in design.counts]
    try:
        fit, notes = fit_unseparated(design)
    except EstimationError as error:
        reason = error.reason
        return [*counts, *describe_not_estimable(reason, variable=OUTCOME, level=level)]
    said = "; ".join(f"{level}: {note}" for note in notes)
    effect = describe_effect(analysis_id, fit, plan, level=level)
    return [*counts, *(replace(each, warning=each.warning or said) for each in effect)]
