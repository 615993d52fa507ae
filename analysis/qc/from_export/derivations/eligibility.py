"""The criteria of eligibility that values break (SAP 3.2, IN01 to EX15B)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from analysis.config.blocks.eligibility import Eligibility
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.reading.cells import Span, Value


@dataclass(frozen=True)
class Baseline:
    """What is known of one subject, and the limits of the plan."""

    values: dict[str, Value | None]
    randomised: datetime | None
    has_consent: bool
    limits: Eligibility

    def is_below(self, name: str, limit: float) -> bool:
        """Whether a number that is there is below a limit."""
        value = self.values.get(name)
        return isinstance(value, Decimal) and value < Decimal(str(limit))

    def is_above(self, name: str, limit: float) -> bool:
        """Whether a number that is there is above a limit."""
        value = self.values.get(name)
        return isinstance(value, Decimal) and value > Decimal(str(limit))

    def is_not_among(self, name: str, allowed: tuple[str, ...]) -> bool:
        """Whether a code that is there is none of those allowed."""
        value = self.values.get(name)
        return value is not None and value not in allowed

    def find_moment(self, name: str) -> datetime | None:
        """Return a moment, None where it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, datetime) else None


def _breaks_onset(b: Baseline) -> bool:
    onset = b.find_moment("LKWDTC")
    if onset is None or b.randomised is None:
        return False
    return not timedelta(0) <= b.randomised - onset <= timedelta(hours=b.limits.lkw_hours_max)


def _breaks_consent(b: Baseline) -> bool:
    """No consent, or one whose earliest moment lies after randomisation."""
    consent = b.values.get("RFICDTC")
    if not b.has_consent or not isinstance(consent, Span):
        return not b.has_consent
    return b.randomised is not None and consent.earliest > b.randomised


def _breaks_duration(b: Baseline) -> bool:
    start, end = b.find_moment("PUNCDTC"), b.find_moment("RECANDTC")
    allowed = timedelta(minutes=b.limits.procedure_minutes_max)
    return start is not None and end is not None and end - start > allowed


BROKEN: dict[str, Callable[[Baseline], bool]] = {
    "IN01": lambda b: b.is_below("AGE", b.limits.age_min) or b.is_above("AGE", b.limits.age_max),
    "IN02": _breaks_onset,
    "IN03": lambda b: b.is_not_among("OCCLOC", b.limits.occlusion_sites),
    "IN04": lambda b: b.is_below("NIHSSBL", b.limits.nihss_min),
    "IN05": lambda b: b.is_below("ASPECTS", b.limits.aspects_min),
    "IN06": lambda b: b.is_not_among("ETICI", b.limits.etici),
    "IN07": _breaks_consent,
    "EX02": lambda b: b.is_above("MRSPRE", b.limits.prestroke_mrs_max),
    "EX06": lambda b: (
        b.values.get("ANTICOAG") == "Y" and b.is_above("INR", b.limits.anticoagulated_inr_max)
    ),
    "EX08": lambda b: (
        b.is_below("EGFR", b.limits.egfr_min) or b.is_above("CREAT", b.limits.creatinine_max)
    ),
    "EX10": lambda b: (
        b.is_below("GLUC", b.limits.glucose_min) or b.is_above("GLUC", b.limits.glucose_max)
    ),
    "EX14": lambda b: b.is_not_among("DSACOMP", b.limits.dsa_complications),
    "EX15A": _breaks_duration,
    "EX15B": lambda b: b.is_above("PASSES", b.limits.passes_max),
}
"""By code, whether the values of a subject break the criterion; a missing value breaks none."""


def find_broken_criteria(export: Export) -> dict[str, set[str]]:
    """Return the subjects who break each criterion, by code."""
    subjects = {subject: _describe(export, subject) for subject in export.subjects}
    return {
        code: {subject for subject, baseline in subjects.items() if breaks(baseline)}
        for code, breaks in BROKEN.items()
    }


def _describe(export: Export, subject: str) -> Baseline:
    rows = [export.single(table).get(subject) for table in ("dm", "bl", "evt")]
    values = {name: value for row in rows if row for name, value in row.values.items()}
    consented = rows[0] is not None and rows[0].texts["RFICDTC"] != ""
    return Baseline(values, export.moments[subject], consented, export.plan.eligibility)
