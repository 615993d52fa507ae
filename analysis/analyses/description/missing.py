"""Missing outcomes: how many, why, at which visits, and of whom (SAP 7)."""

from dataclasses import replace

import pandas as pd

from analysis.analyses.description.baseline import list_levels, summarise_baseline
from analysis.analyses.model_data.arms import count_share, iter_groups, select_set
from analysis.analyses.model_data.covariates import SUBJECT
from analysis.analyses.model_data.window import is_out_of_window
from analysis.config import Plan
from analysis.config.blocks.outcome import DEATH_SCORE
from analysis.edc.layout import load_layout
from analysis.io.result import AnalysisResult, Statistic

DEATH = "DEATH"
NOT_RECORDED = "NOT RECORDED"
KNOWN_ALIVE, DIED_LATER, STATUS_UNKNOWN = "KNOWN ALIVE", "DIED LATER", "STATUS UNKNOWN"
OUT_OF_WINDOW = "OUT OF WINDOW"
PATTERN_VISITS = ("NIHSS H24", "NIHSS D7", "MRS D30")
STATES = {"OBSERVED": "with", "MISSING": "without"}


def list_endings() -> tuple[str, ...]:
    """Return every code of how the study ended for a subject, that of no record last."""
    return *load_layout().tables["ds"].columns["DSDECOD"].allowed, NOT_RECORDED


def analyse_missing(adsl: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return missing_outcome, missing_visits, missing_patterns and missing_baseline (ITT set).

    The day-90 mRS by arm and reason, with the warnings of the plan; every assessment by visit; what
    else is known of those without a day-90 mRS; baseline of those with and without.
    """
    members, arm = select_set(adsl, "ITT")
    members = members.assign(ARM=members[arm], MISSING=members["MRS90"].isna())
    return [
        _count_outcome(members, plan),
        _count_visits(members, adqs, plan),
        _count_patterns(members, adqs, plan),
        _summarise_states(members, plan),
    ]


def _count_outcome(members: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Number missing by arm, by reason (disposition) and by what is known; and those late."""
    statistics: list[Statistic] = []
    for group, rows in iter_groups(members, plan, "ARM"):
        keys = {"group": group, "variable": "MRS"}
        missing = rows[rows["MISSING"]]
        statistics.append(Statistic("N", len(rows), **keys))
        statistics += count_share(len(missing), len(rows), **keys)
        reason = missing["DCSREAS"].fillna(NOT_RECORDED)
        counts = {code: int((reason == code).sum()) for code in list_endings()}
        for level, count in {**counts, **_count_known(missing)}.items():
            statistics += count_share(count, len(missing), **keys, level=level)
        late = int(is_out_of_window(rows).sum())
        statistics += count_share(late, len(rows), **keys, level=OUT_OF_WINDOW)
    method = (
        "count; percent of the randomised, at a level of those missing "
        f"({OUT_OF_WINDOW}: of the randomised)"
    )
    return AnalysisResult(
        "missing_outcome", "ITT", method, tuple(statistics), warnings=_warn(members, plan)
    )


def _count_known(missing: pd.DataFrame) -> dict[str, int]:
    """Of those missing: alive on the day of the outcome, of these died later, neither known."""
    alive, dead = (missing[name].eq("Y").fillna(False) for name in ("ALV90FL", "DTHFL"))
    return {
        KNOWN_ALIVE: int(alive.sum()),
        DIED_LATER: int((alive & dead).sum()),
        STATUS_UNKNOWN: int((~alive).sum()),
    }


def _warn(members: pd.DataFrame, plan: Plan) -> tuple[str, ...]:
    """The warnings of SAP 7, in counts."""
    missing = members[members["MISSING"]]
    if missing.empty:
        return ()
    day, limit = plan.outcome.day, plan.missing_data.warn_from_percent
    known = _count_known(missing)
    status = (
        f"of the {len(missing)} without a day-{day} mRS, {known[KNOWN_ALIVE]} are known alive on "
        f"day {day} ({known[DIED_LATER]} of them died later) and {known[STATUS_UNKNOWN]} are of "
        "unknown status"
    )
    if 100 * len(missing) < limit * len(members):
        return (status,)
    many = (
        f"{len(missing)} of {len(members)} day-{day} mRS are missing, {limit:g} % or more: the "
        "primary analysis is to be read beside sens_mi"
    )
    return many, status


def _count_visits(members: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Observed, dead and missing at every visit, by arm."""
    statistics: list[Statistic] = []
    for visit, status in _find_status(members, adqs, plan).items():
        for group, rows in iter_groups(members.assign(STATUS=status), plan, "ARM"):
            keys = {"group": group, "variable": visit.split()[0], "level": visit}
            counts = rows["STATUS"].value_counts()
            statistics += [
                Statistic("N", len(rows), **keys),
                Statistic("n_observed", int(counts.get("observed", 0)), **keys),
                Statistic("n_died", int(counts.get("died", 0)), **keys),
                *count_share(int(counts.get("missing", 0)), len(rows), **keys),
            ]
    method = "count of subjects; n and percent: neither assessed nor dead by the day of the visit"
    return AnalysisResult("missing_visits", "ITT", method, tuple(statistics))


def _find_status(members: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> dict[str, pd.Series]:
    """By visit, whether each subject is observed, died or missing; by row of ``members``."""
    rule, eq5d = plan.secondary.nihss_deaths, plan.secondary.eq5d
    last_days = {
        ("NIHSS", "H24"): ("NIHSS H24", rule.h24_last_day),
        ("NIHSS", "D7"): ("NIHSS D7", rule.d7_last_day),
        ("MRS", "D30"): ("MRS D30", plan.visits.mrs_d30_day),
        ("MRS", f"D{plan.outcome.day}"): (f"MRS D{plan.outcome.day}", plan.outcome.day),
        ("EQ5DUTIL", None): (f"EQ5D D{plan.outcome.day}", eq5d.death_last_day),
        ("EQVAS", None): (f"EQVAS D{plan.outcome.day}", eq5d.death_last_day),
    }
    used = adqs[adqs["ANL01FL"] == "Y"]
    by_visit = {}
    for (parameter, visit), (name, last_day) in last_days.items():
        rows = used[used["PARAMCD"] == parameter]
        rows = rows if visit is None else rows[rows["AVISIT"] == visit]
        derived = rows["DTYPE"].eq(DEATH).fillna(False)
        if parameter == "MRS":
            derived |= rows["AVAL"] == DEATH_SCORE
        dead = members[SUBJECT].isin(rows.loc[derived, SUBJECT])
        dead |= (members["DTHADY"] <= last_day).fillna(False)
        status = pd.Series("missing", index=members.index).mask(dead, "died")
        by_visit[name] = status.mask(members[SUBJECT].isin(rows.loc[~derived, SUBJECT]), "observed")
    return by_visit


def _count_patterns(members: pd.DataFrame, adqs: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Which earlier visits were observed, of those without a day-90 mRS."""
    status = _find_status(members, adqs, plan)
    seen = pd.DataFrame({visit: status[visit] == "observed" for visit in PATTERN_VISITS})
    patterns = {
        " + ".join(visit for visit, there in zip(PATTERN_VISITS, key, strict=True) if there)
        or "none": (seen == list(key)).all(axis=1)
        for key in _list_patterns(len(PATTERN_VISITS))
    }
    statistics = [
        Statistic("n", len(rows), group=group, variable="MRS", level=level)
        for level, holds in patterns.items()
        for group, rows in iter_groups(members[members["MISSING"] & holds], plan, "ARM")
    ]
    method = f"subjects without a day-{plan.outcome.day} mRS by the visits that were observed"
    return AnalysisResult("missing_patterns", "ITT", method, tuple(statistics))


def _list_patterns(n: int) -> list[tuple[bool, ...]]:
    """All patterns of n visits, the most complete first."""
    return [tuple(bool(code >> (n - 1 - j) & 1) for j in range(n)) for code in range(2**n)][::-1]


def _summarise_states(members: pd.DataFrame, plan: Plan) -> AnalysisResult:
    """Baseline of those with and without; the level holds the state, variable and category."""
    levels = list_levels(members)
    statistics: list[Statistic] = []
    for state in STATES:
        rows = members[members["MISSING"] == (state == "MISSING")]
        for group, subjects in iter_groups(rows, plan, "ARM"):
            keys = {"group": group, "variable": "MRS", "level": state}
            statistics.append(Statistic("n", len(subjects), **keys))
            statistics += [
                replace(one, level=_name_place(state, one))
                for one in summarise_baseline(subjects, group, levels)
            ]
    day = plan.outcome.day
    method = "; ".join(f"{state}: {word} a day-{day} mRS" for state, word in STATES.items())
    return AnalysisResult("missing_baseline", "ITT", f"descriptive; {method}", tuple(statistics))


def _name_place(state: str, statistic: Statistic) -> str:
    """As ``OBSERVED SEX=F``."""
    category = f"={statistic.level}" if statistic.level else ""
    return f"{state} {statistic.variable}{category}"
