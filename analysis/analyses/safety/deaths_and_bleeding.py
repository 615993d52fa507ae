"""Deaths and intracranial haemorrhage: counts, risk ratios and differences (SAP 9.1, 9.2)."""

from dataclasses import dataclass

import pandas as pd

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    RATIO_METHOD,
    count_events,
    describe_risk_difference,
    describe_risk_ratio,
)
from analysis.config import Plan
from analysis.io.result import AnalysisResult, Statistic


@dataclass(frozen=True)
class Event:
    """A yes-or-no outcome: analysis id, words, flag, flag of subjects of unknown status, sets.

    ``among``: flag of those who are the denominator; None is the whole set.
    """

    analysis_id: str
    words: str
    flag: str
    unknown: str | None
    populations: tuple[str, ...]
    among: str | None = None


HAEMORRHAGE = "within {hours:g} h of randomisation, unknown status is no event"
EVENTS = (
    Event("death_90d", "death on or before day {day}", "DTH90FL", None, ("SAF", "ITT")),
    Event(
        "sich_48h", f"symptomatic intracranial haemorrhage {HAEMORRHAGE}", "SICH48FL", "SICHUNFL",
        ("SAF",),
    ),
    Event(
        "ich_any_48h", f"any intracranial haemorrhage {HAEMORRHAGE}", "ICH48FL", "ICHUNFL",
        ("SAF",),
    ),
    Event("ph_48h", f"parenchymal haematoma {HAEMORRHAGE}", "PH48FL", "ICHUNFL", ("SAF",)),
    Event(
        "ich_any_48h_imaged", "any intracranial haemorrhage within {hours:g} h of randomisation "
        "among those imaged", "ICH48FL", "ICHUNFL", ("SAF",), "ICHIMGFL",
    ),
)  # fmt: skip
SUBJECTS = {
    "SAF": "by the treatment received, subjects of the safety set",
    "ITT": "as randomised, all randomised subjects",
}


def analyse_safety(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return counts, risk ratio and risk difference of every safety outcome and set."""
    return [
        result
        for event in EVENTS
        for population in event.populations
        for result in _analyse_event(event, adsl, population, plan)
    ]


def _analyse_event(
    event: Event, adsl: pd.DataFrame, population: str, plan: Plan
) -> list[AnalysisResult]:
    members, arm = select_set(adsl, population)
    if event.among is not None:
        members = members[members[event.among] == "Y"]
    by_arm = [members[members[arm] == code] for code in plan.arms.codes]
    events = [int((rows[event.flag] == "Y").sum()) for rows in by_arm]
    totals = [len(rows) for rows in by_arm]
    keys, alpha = {"variable": event.flag}, plan.inference.other_alpha
    counted = count_events(plan, events, totals, **keys)
    if event.unknown:
        counted += [
            Statistic("n_unknown", int((rows[event.unknown] == "Y").sum()), group=code, **keys)
            for code, rows in zip(plan.arms.codes, by_arm, strict=True)
        ]
    n = [
        Statistic("n", len(members), **keys),
        *(
            Statistic("n", total, group=code, **keys)
            for code, total in zip(plan.arms.codes, totals, strict=True)
        ),
    ]
    ratio = describe_risk_ratio(events, totals, alpha, **keys)
    difference = describe_risk_difference(events, totals, alpha, **keys)
    name, estimand = event.analysis_id, _describe_estimand(event, population, plan)
    return [
        AnalysisResult(name, population, "count and percent", tuple(counted), estimand),
        AnalysisResult(f"{name}_rr", population, RATIO_METHOD, (*n, *ratio), estimand),
        AnalysisResult(f"{name}_rd", population, DIFFERENCE_METHOD, (*n, *difference), estimand),
    ]


def _describe_estimand(event: Event, population: str, plan: Plan) -> str:
    words = event.words.format(day=plan.safety.death_day, hours=plan.safety.haemorrhage_hours)
    return f"{words}; {SUBJECTS[population]}"
