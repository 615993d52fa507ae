"""Findings and answers of the baseline forms: a column of the layout becomes rows of a domain."""

from dataclasses import dataclass

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.design.forms import load_forms
from analysis.simulate.exports.sdtm.study import BASELINE, encode, number_rows, start_domain


@dataclass(frozen=True)
class Finding:
    """A column of a table as a test of a domain; a cell without a text has no row."""

    table: str
    column: str
    code: str


@dataclass(frozen=True)
class Occurrence:
    """A yes and no that everybody is asked, as a row that says whether something occurred."""

    table: str
    column: str
    term: str


FINDINGS = {
    "VS": (
        Finding("dm", "WEIGHT", "WEIGHT"), Finding("dm", "HEIGHT", "HEIGHT"),
        Finding("bl", "SBP", "SYSBP"), Finding("bl", "DBP", "DIABP"),
    ),
    "LB": (
        Finding("bl", "GLUC", "GLUC"), Finding("bl", "CREAT", "CREAT"),
        Finding("bl", "EGFR", "GFRE"), Finding("bl", "INR", "INR"),
    ),
    "NV": (
        Finding("bl", "ASPECTS", "ASPECTS"), Finding("bl", "OCCLOC", "OCCLOC"),
        Finding("bl", "OCCSIDE", "OCCSIDE"), Finding("evt", "ETICI", "ETICI"),
    ),
    "FA": (Finding("bl", "TOAST", "TOAST"),),
}  # fmt: skip
OCCURRENCES = {
    "MH": (
        Occurrence("bl", "HTN", "HYPERTENSION"), Occurrence("bl", "DIAB", "DIABETES MELLITUS"),
        Occurrence("bl", "AFIB", "ATRIAL FIBRILLATION"),
        Occurrence("bl", "CAD", "CORONARY ARTERY DISEASE"),
        Occurrence("bl", "STROKEHX", "PREVIOUS STROKE"),
    ),
    "SU": (Occurrence("bl", "SMOKE", "TOBACCO"),),
    "CM": (
        Occurrence("bl", "ANTIPLT", "ANTIPLATELETS"),
        Occurrence("bl", "ANTICOAG", "ANTICOAGULANTS"),
    ),
    "PR": (
        Occurrence("bl", "IVT", "INTRAVENOUS THROMBOLYSIS"),
        Occurrence("evt", "RESCUE", "RESCUE ANGIOPLASTY OR STENTING"),
    ),
}  # fmt: skip
TERMS = {"MH": "MHTERM", "SU": "SUTRT", "CM": "CMTRT", "PR": "PRTRT"}


def build_findings(carrier: Carrier, domain: str) -> pd.DataFrame:
    """Return a domain of findings: test, result and unit as they were collected."""
    parts = []
    for each in FINDINGS[domain]:
        field = load_forms()[each.table].field(each.column)
        part = start_domain(carrier, each.table, domain)
        part[f"{domain}TESTCD"], part[f"{domain}TEST"] = each.code, field.label[:40]
        part[f"{domain}ORRES"] = encode(carrier, each.table, each.column)
        part[f"{domain}ORRESU"], part["VISIT"] = field.unit, BASELINE
        parts.append(part[part[f"{domain}ORRES"] != ""])
    return number_rows(pd.concat(parts), domain)


def build_occurrences(carrier: Carrier, domain: str) -> pd.DataFrame:
    """Return the rows of a domain that answer what was asked of everybody."""
    parts = []
    for each in OCCURRENCES[domain]:
        part = start_domain(carrier, each.table, domain)
        part[TERMS[domain]], part[f"{domain}CAT"] = each.term, "PRESPECIFIED"
        part[f"{domain}PRESP"] = "Y"
        part[f"{domain}OCCUR"] = encode(carrier, each.table, each.column)
        parts.append(part[part[f"{domain}OCCUR"] != ""])
    return number_rows(pd.concat(parts), domain)
