"""The secondary outcomes that are compared by their means, and their values by subject (SAP 8)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.config import Plan
from analysis.config.outcome import DEATH_SCORE
from analysis.config.secondary import OutcomeId

SUBJECT = "SUBJID"
DEATH = "DEATH"
SURVIVORS = "subjects alive, a group that the treatment may have shaped: no randomised comparison"


@dataclass(frozen=True)
class Measure:
    """One outcome: parameter and visit of ADQS (None: any), label, and whether lower is better."""

    parameter: str
    visit: str | None
    label: str
    lower_is_better: bool


@dataclass(frozen=True)
class Values:
    """The outcome by subject, none missing; ``died`` (same subjects): it stands for a death."""

    values: pd.Series
    died: pd.Series


MEASURES: dict[OutcomeId, Measure] = {
    "nihss_h24": Measure("NIHSS", "H24", "NIHSS at 24 h", True),
    "nihss_d7": Measure("NIHSS", "D7", "NIHSS at day 7", True),
    "eq5d": Measure("EQ5DUTIL", None, "EQ-5D-5L utility", False),
    "eqvas": Measure("EQVAS", None, "EQ-VAS", False),
    "uw_mrs": Measure("UWMRS", None, "utility-weighted mRS", False),
}


def read_values(outcome: OutcomeId, adsl: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> Values:
    """Return the values of an outcome: the records analysed, or the utility of the day-90 mRS."""
    if outcome == "uw_mrs":
        return _weigh_mrs(adsl, plan)
    measure = MEASURES[outcome]
    rows = adqs[(adqs["PARAMCD"] == measure.parameter) & (adqs["ANL01FL"] == "Y")]
    if measure.visit is not None:
        rows = rows[rows["AVISIT"] == measure.visit]
    rows = rows.set_index(SUBJECT)
    return Values(rows["AVAL"].astype("float64"), rows["DTYPE"].eq(DEATH).fillna(False))


def describe_estimand(outcome: OutcomeId, plan: Plan) -> str:
    """Return the outcome in words, with what the dead count."""
    rule, eq5d = plan.secondary.nihss_deaths, plan.secondary.eq5d
    day = f"day {plan.outcome.day}"
    dead = {
        "nihss_h24": f"death by day {rule.h24_last_day} without a score = {rule.score}",
        "nihss_d7": f"death by day {rule.d7_last_day} without a score = {rule.score}",
        "eq5d": f"{day}; death by day {eq5d.death_last_day} = {eq5d.death_utility:g}",
        "eqvas": f"{day}; death by day {eq5d.death_last_day} = {eq5d.death_vas:g}",
        "uw_mrs": f"{day}; death = {plan.secondary.mrs_utilities[-1]:g}",
    }[outcome]
    return f"{MEASURES[outcome].label}; {dead}"


def _weigh_mrs(adsl: pd.DataFrame, plan: Plan) -> Values:
    observed = adsl[adsl["MRS90"].notna()].set_index(SUBJECT)
    utility = dict(zip(plan.outcome.levels, plan.secondary.mrs_utilities, strict=True))
    values = observed["MRS90"].map(utility).astype("float64")
    return Values(values, observed["MRS90SCR"].eq(DEATH_SCORE))
