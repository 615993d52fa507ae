"""The primary effect in subgroups, and whether it differs between them (SAP 8.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.analyses.arms import select_set
from analysis.analyses.common_odds import ESTIMANDS, describe_effect
from analysis.analyses.covariates import Prepared, prepare_covariates
from analysis.analyses.design import OUTCOME, build_design, fit_design
from analysis.analyses.distributions import COUNT_METHOD, count_by_arm
from analysis.analyses.estimates import describe_not_estimable
from analysis.analyses.interaction import describe_interaction
from analysis.config import Plan
from analysis.config.subgroups import Subgroup
from analysis.errors import EstimationError
from analysis.result import AnalysisResult, Statistic

METHOD = (
    "proportional odds within each level, adjusted, Wald interval; interaction by likelihood ratio"
)
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
    Subjects without the factor are left out. A level without an estimate says why.
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
    statistics = list(design.counts)
    warnings = list(factor.notes)
    for level in factor.levels:
        found, notes = _estimate_level(members[factor.level == level], level, plan, prepared)
        statistics += found
        own = tuple(f"{column}=" for column in columns)  # constant within the level by nature
        warnings += [f"{level}: {note}" for note in notes if not note.startswith(own)]
    by_subject = factor.level.set_axis(members["SUBJID"]).loc[list(design.subjects)]
    test, notes = describe_interaction(design, columns, list(by_subject), factor.levels)
    return AnalysisResult(
        f"subgroup_{factor.plan.name}", population, METHOD, (*statistics, *test),
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
    members: pd.DataFrame, level: str, plan: Plan, prepared: Prepared
) -> tuple[list[Statistic], tuple[str, ...]]:
    design = build_design(members, plan.subgroups.population, plan, prepared)
    counts = [replace(count, level=level) for count in design.counts]
    try:
        effect = describe_effect(fit_design(design), plan, level=level)
    except EstimationError as error:
        effect = describe_not_estimable(str(error), variable=OUTCOME, level=level)
    return [*counts, *effect], design.notes
