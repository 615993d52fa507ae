"""The eligibility criteria as the data show them (SAP 3.2): violations and missing values.

Read as ``eligibility_readings`` of the plan declares: onset is last known well (IN02); EX06
and EX08 go by the values alone; duration (EX15A) or passes (EX15B) violate EX15. What the values
cannot show is the site's answer (IE).
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.adam.tables import SUBJECT
from analysis.config import Plan
from analysis.config.blocks.eligibility import Eligibility
from analysis.edc.door.dates.order import is_after
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode

Condition = Callable[[pd.DataFrame, Eligibility], pd.Series]


@dataclass(frozen=True)
class Criterion:
    """One criterion: when it is violated, and the columns it needs (ADSL column: table, column).

    ``each_alone``: each of the columns can violate it without the others.
    """

    code: str
    violated: Condition
    needs: dict[str, tuple[str, str]]
    applies: Condition = lambda s, _: pd.Series(True, index=s.index)
    each_alone: bool = False


def _outside(column: str, low: str | None, high: str | None) -> Condition:
    def condition(subjects: pd.DataFrame, rule: Eligibility) -> pd.Series:
        value = subjects[column]
        below = value < getattr(rule, low) if low else pd.Series(False, index=value.index)
        above = value > getattr(rule, high) if high else pd.Series(False, index=value.index)
        return below.fillna(False) | above.fillna(False)

    return condition


def _not_among(column: str, allowed: str) -> Condition:
    def condition(subjects: pd.DataFrame, rule: Eligibility) -> pd.Series:
        return subjects[column].notna() & ~subjects[column].isin(getattr(rule, allowed))

    return condition


def _lkw_violated(subjects: pd.DataFrame, rule: Eligibility) -> pd.Series:
    return (subjects["LKWRNDH"] > rule.lkw_hours_max) | (subjects["LKWRNDH"] < 0)


def _consent_violated(subjects: pd.DataFrame, _: Eligibility) -> pd.Series:
    randomised = subjects["RANDDTM"].dt.strftime("%Y-%m-%dT%H:%M:%S")
    late = [
        isinstance(consent, str) and is_after(consent, moment)
        for consent, moment in zip(subjects["RFICDTC"], randomised, strict=True)
    ]
    return (subjects["RFICEMFL"] == "Y") | pd.Series(late, index=subjects.index)


def _anticoagulated(subjects: pd.DataFrame, _: Eligibility) -> pd.Series:
    return subjects["ANTICOAG"].eq("Y").fillna(False)


def _renal_violated(subjects: pd.DataFrame, rule: Eligibility) -> pd.Series:
    return (subjects["EGFR"] < rule.egfr_min) | (subjects["CREAT"] > rule.creatinine_max)


def _inr_violated(subjects: pd.DataFrame, rule: Eligibility) -> pd.Series:
    return _anticoagulated(subjects, rule) & (subjects["INR"] > rule.anticoagulated_inr_max)


_TIMES = {"PUNCDTM": ("evt", "PUNCDTC"), "RECANDTM": ("evt", "RECANDTC")}

CRITERIA = (
    Criterion("IN01", _outside("AGE", "age_min", "age_max"), {"AGE": ("dm", "AGE")}),
    Criterion("IN02", _lkw_violated, {"LKWDTM": ("bl", "LKWDTC")}),
    Criterion("IN03", _not_among("OCCLOC", "occlusion_sites"), {"OCCLOC": ("bl", "OCCLOC")}),
    Criterion("IN04", _outside("NIHSSBL", "nihss_min", None), {"NIHSSBL": ("bl", "NIHSSBL")}),
    Criterion("IN05", _outside("ASPECTS", "aspects_min", None), {"ASPECTS": ("bl", "ASPECTS")}),
    Criterion("IN06", _not_among("ETICI", "etici"), {"ETICI": ("evt", "ETICI")}),
    Criterion(
        "IN07", _consent_violated, {"RFICDTC": ("dm", "RFICDTC")}, lambda s, _: s["RFICEMFL"] == "N"
    ),
    Criterion("EX02", _outside("MRSPRE", None, "prestroke_mrs_max"), {"MRSPRE": ("bl", "MRSPRE")}),
    Criterion("EX06", _inr_violated, {"ANTICOAG": ("bl", "ANTICOAG")}),
    Criterion(
        "EX08", _renal_violated, {"EGFR": ("bl", "EGFR"), "CREAT": ("bl", "CREAT")}, each_alone=True
    ),
    Criterion("EX10", _outside("GLUC", "glucose_min", "glucose_max"), {"GLUC": ("bl", "GLUC")}),
    Criterion("EX14", _not_among("DSACOMP", "dsa_complications"), {"DSACOMP": ("evt", "DSACOMP")}),
    Criterion("EX15A", _outside("PUNCRECM", None, "procedure_minutes_max"), _TIMES),
    Criterion("EX15B", _outside("PASSES", None, "passes_max"), {"PASSES": ("evt", "PASSES")}),
)

_INR_NEEDED = Criterion("EX06", _inr_violated, {"INR": ("bl", "INR")}, _anticoagulated)

_SHOWN = {
    "IN02": ("LKWRNDH",),
    "IN07": ("RFICDTC", "RANDDTM"),
    "EX06": ("ANTICOAG", "INR"),
    "EX15A": ("PUNCRECM",),
}


def list_needs() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return by code the columns of the export that a criterion needs, as ``bl.GLUC``.

    They stand in groups: of each group one column at least must be there.
    """
    needs: dict[str, tuple[tuple[str, ...], ...]] = {}
    for criterion in CRITERIA:
        further = _INR_NEEDED.needs if criterion.code == _INR_NEEDED.code else {}
        names = tuple(f"{t}.{c}" for t, c in {**criterion.needs, **further}.values())
        needs[criterion.code] = (names,) if criterion.each_alone else tuple((n,) for n in names)
    return needs


def find_violations(adsl: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return SUBJID, CODE, VALUE of every criterion that the data violate (SAP 3.2).

    A missing value violates nothing, except an empty consent cell (IN07).
    """
    parts = []
    for criterion in CRITERIA:
        broken = adsl[criterion.violated(adsl, plan.eligibility).fillna(False).astype(bool)]
        shown = _SHOWN.get(criterion.code, tuple(criterion.needs))
        values = [
            "; ".join(f"{name}={_show(row[name])}" for name in shown)
            for row in broken[list(shown)].to_dict("records")
        ]
        parts.append(
            pd.DataFrame({SUBJECT: broken[SUBJECT], "CODE": criterion.code, "VALUE": values})
        )
    return pd.concat(parts, ignore_index=True)


def query_missing_criteria(adsl: pd.DataFrame, plan: Plan) -> list[Query]:
    """Return a query for every eligibility value that is missing (SAP 3.2)."""
    return [
        Query(
            Severity.WARNING, table, f"{SUBJECT}={subject}", column, "", Rule.CRITERION_MISSING,
            MessageCode.CRITERION_MISSING.write(criterion=criterion.code),
        )
        for criterion in (*CRITERIA, _INR_NEEDED)
        for name, (table, column) in criterion.needs.items()
        for subject in adsl.loc[
            criterion.applies(adsl, plan.eligibility) & adsl[name].isna(), SUBJECT
        ]
    ]  # fmt: skip


def _show(value: object) -> str:
    """A value as an auditor finds it in the export."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%dT%H:%M}"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
