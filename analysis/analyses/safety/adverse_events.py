"""Adverse events: overview, terms, events of special interest (SAP 9.3)."""

from collections.abc import Callable

import pandas as pd

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.safety.event_counts import (
    CLASS,
    CONTRAST_METHOD,
    TERM,
    EventCounter,
    count_terms,
    find_special,
)
from analysis.config import Plan
from analysis.io.not_collected import list_not_collected
from analysis.io.result import AnalysisResult, Statistic

POPULATION = "SAF"
ESTIMAND = (
    "subjects with a treatment-emergent adverse event of the kind, by the treatment received, "
    "subjects of the safety set"
)
Condition = Callable[[pd.DataFrame, Plan], pd.Series]


def _is(column: str, value: str) -> Condition:
    return lambda events, _: events[column].eq(value).fillna(False)


def _is_related(events: pd.DataFrame, plan: Plan) -> pd.Series:
    return events["AEREL"].isin(plan.adverse_events.related)


def _is_serious_and_related(events: pd.DataFrame, plan: Plan) -> pd.Series:
    return _is("AESER", "Y")(events, plan) & _is_related(events, plan)


def _led_to_withdrawal(events: pd.DataFrame, plan: Plan) -> pd.Series:
    return events["AEACN"].isin(plan.adverse_events.drug_withdrawn)


KINDS: dict[str, Condition] = {
    "any": lambda events, _: pd.Series(True, index=events.index),
    "severe": _is("AESEV", "SEVERE"),
    "serious": _is("AESER", "Y"),
    "fatal": _is("AEOUT", "FATAL"),
    "related": _is_related,
    "serious_related": _is_serious_and_related,
    "drug_withdrawn": _led_to_withdrawal,
}
"""Rows of the overview: level and the events that count."""

NEEDS = {
    "severe": ("AESEV",),
    "serious": ("AESER",),
    "fatal": ("AEOUT",),
    "related": ("AEREL",),
    "serious_related": ("AESER", "AEREL"),
    "drug_withdrawn": ("AEACN",),
}
"""The columns of ADAE that tell an event of a kind."""
OVERVIEW, SPECIAL = "ae_overview", "ae_special"
ALL_TERMS = "ae_soc_pt"

BY_TERM = {
    "ae_serious": "serious",
    "ae_fatal": "fatal",
    "ae_related": "related",
    "ae_drug_withdrawn": "drug_withdrawn",
}
"""Tables of one kind of event by system organ class and preferred term: analysis id, kind."""


def analyse_adverse_events(
    adsl: pd.DataFrame, adae: pd.DataFrame, plan: Plan
) -> list[AnalysisResult]:
    """Return ae_overview, ae_special and the tables by term of treatment-emergent events."""
    members, arm = select_set(adsl, POPULATION)
    totals = {code: int((members[arm] == code).sum()) for code in plan.arms.codes}
    counter = EventCounter(totals, arm, plan)
    events, _ = select_set(adae, POPULATION)
    emergent = events[events["TRTEMFL"] == "Y"]
    coded = f"MedDRA {plan.adverse_events.meddra_version}"
    kinds = {name: emergent[holds(emergent, plan)] for name, holds in KINDS.items()}
    method = f"treatment-emergent adverse events, {coded}"
    overview = _count_kinds(counter, kinds, events)
    all_terms = count_terms(counter, emergent, contrasts=True)
    return [
        AnalysisResult(
            OVERVIEW, POPULATION, f"{method}; {CONTRAST_METHOD}, Fisher's exact p",
            tuple(overview), ESTIMAND, warnings=_warn(members, emergent),
        ),
        AnalysisResult(
            ALL_TERMS, POPULATION, f"{method}; {CONTRAST_METHOD}", tuple(all_terms), ESTIMAND
        ),
        *(
            AnalysisResult(
                analysis_id, POPULATION, method,
                tuple(count_terms(counter, kinds[kind], contrasts=False)),
            )
            for analysis_id, kind in BY_TERM.items()
        ),
        _count_special(counter, emergent, method, plan),
    ]  # fmt: skip


def name_columns(analysis_id: str, level: str) -> tuple[str, ...]:
    """Return the columns of ADAE that a statistic of one of these analyses needs."""
    if analysis_id not in (OVERVIEW, ALL_TERMS, SPECIAL, *BY_TERM):
        return ()
    kind = level if analysis_id == OVERVIEW else BY_TERM.get(analysis_id, "")
    return ("TRTEMFL", *NEEDS.get(kind, ()))


def list_special_columns(label: str, plan: Plan) -> tuple[str, ...]:
    """Return the columns of ADAE by which an event of special interest is found."""
    chosen = [each for each in plan.adverse_events.special_interest if each.label == label]
    by_term, by_class = (
        any(each.preferred_terms for each in chosen),
        any(each.system_organ_classes for each in chosen),
    )
    return (*([TERM] if by_term else []), *([CLASS] if by_class else []))


def _count_kinds(
    counter: EventCounter, kinds: dict[str, pd.DataFrame], events: pd.DataFrame
) -> list[Statistic]:
    statistics: list[Statistic] = []
    for level, rows in kinds.items():
        keys = {"variable": "AE", "level": level}
        statistics += counter.count(rows, **keys)
        statistics += counter.contrast(rows, with_p=True, **keys)
    left_out = events[events["TRTEMFL"] == "N"]
    return [*statistics, *counter.count(left_out, variable="AE", level="not_emergent")]


def _count_special(
    counter: EventCounter, emergent: pd.DataFrame, method: str, plan: Plan
) -> AnalysisResult:
    statistics: list[Statistic] = []
    for special in plan.adverse_events.special_interest:
        rows = emergent[find_special(emergent, special)]
        keys = {"variable": "AESI", "level": special.label}
        statistics += counter.count(rows, **keys)
        statistics += counter.contrast(rows, with_p=True, **keys)
    method = f"{method}; {CONTRAST_METHOD}, Fisher's exact p"
    return AnalysisResult(SPECIAL, POPULATION, method, tuple(statistics), ESTIMAND)


def _warn(members: pd.DataFrame, emergent: pd.DataFrame) -> tuple[str, ...]:
    """What of the counts rests on dates or judgements that are not there."""
    is_judged = "AEREL" not in list_not_collected(emergent)
    findings = {
        "treatment-emergent events with an imputed start date": int(
            emergent["ASTDTF"].notna().sum()
        ),
        "treatment-emergent events of unknown relation, not counted as related": int(
            is_judged and emergent["AEREL"].isna().sum()
        ),
        "subjects with undated doses, whose events count from randomisation": int(
            members["TRTSDTM"].isna().sum()
        ),
    }
    return tuple(f"{words}: {count}" for words, count in findings.items() if count)
