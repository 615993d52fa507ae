"""Columns of the shapes that split a small trial as an allocation would, and are none."""

from __future__ import annotations

from analysis.config import Mapping
from analysis.config.mapping import TableMapping

YEARS = {
    "ae": ("AE_START_YYYY", "AE_STOP_YYYY"), "cm": ("CM_START_YYYY",),
    "dm": ("CONSENT_DT_YYYY", "GENDER_STD"), "rand": ("RAND_DT_YYYY",), "bl": ("LKW_DT_YYYY",),
    "evt": ("GROIN_DT_YYYY", "REPERF_DT_YYYY"), "ex": ("DOSE_DT_YYYY",),
    "nihss": ("NIHSS_DT_YYYY",), "eq5d": ("EQ_DATE_YYYY",), "ich": ("SCAN_DT_YYYY",),
}  # fmt: skip
"""By table, the years of two that the trial lasts, and the code of the sex."""
DECLARED = {
    "viedoc": {"dm": ("GENDERCD",), "bl": ("HX_HTNCD",)}, "rave_csv": YEARS, "rave_xpt": YEARS,
}  # fmt: skip


def declare(mapping: Mapping, shape: str) -> Mapping:
    """The mapping with the columns of a shape that a trial of few subjects must declare."""
    tables = dict(mapping.tables)
    for name, columns in DECLARED.get(shape, {}).items():
        spec = tables.get(name, TableMapping())
        reasons = dict.fromkeys(columns, "codes of two values") | spec.not_allocation
        tables[name] = spec.model_copy(update={"not_allocation": reasons})
    return mapping.model_copy(update={"tables": tables})
