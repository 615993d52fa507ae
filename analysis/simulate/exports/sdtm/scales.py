"""The scales, each a part of QS of its own, and the scans of follow-up."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.rows import keep_first
from analysis.simulate.exports.sdtm.study import (
    BASELINE,
    VISITS,
    encode,
    number_rows,
    start_domain,
)

EQ5D = {
    "EQMO": "EQ5D0201",
    "EQSC": "EQ5D0202",
    "EQUA": "EQ5D0203",
    "EQPD": "EQ5D0204",
    "EQAD": "EQ5D0205",
    "EQVAS": "EQ5D0206",
}
SCANS = {"ICHTYPE": "HEIDELBG", "SICH": "SICH"}
_DONE = {True: "NOT DONE", False: ""}


def build_nihss(carrier: Carrier) -> pd.DataFrame:
    """Return the NIHSS, on admission and after randomisation."""
    rows = [
        _build(carrier, "bl", "NIHSSBL", "NIHTOT", "NIHSS", BASELINE),
        _build(carrier, "nihss", "NIHSS", "NIHTOT", "NIHSS", "", "NIHDTC"),
    ]
    return number_rows(pd.concat(rows), "QS")


def build_mrs(carrier: Carrier) -> pd.DataFrame:
    """Return the mRS, before the stroke and after it, with who assessed it and how."""
    after = _build(carrier, "mrs", "MRS", "MRS0101", "MRS", "", "MRSDTC")
    after["QSEVAL"] = encode(carrier, "mrs", "MRSSRC")
    after["QSMETHOD"] = encode(carrier, "mrs", "MRSMODE")
    before = _build(carrier, "bl", "MRSPRE", "MRS0101", "MRS", BASELINE)
    return number_rows(pd.concat([before, after]).fillna(""), "QS")


def build_eq5d(carrier: Carrier) -> pd.DataFrame:
    """Return the EQ-5D-5L, a row a question."""
    keep_first(carrier, "eq5d", ["SUBJID", "VISIT", "EQDTC"])
    rows = [
        _build(carrier, "eq5d", column, code, "EQ-5D-5L", "", "EQDTC")
        for column, code in EQ5D.items()
    ]
    return number_rows(pd.concat(rows), "QS")


def build_scans(carrier: Carrier) -> pd.DataFrame:
    """Return the scans of follow-up, two rows a scan with one group id."""
    parts = []
    for column, code in SCANS.items():
        part = start_domain(carrier, "ich", "NV")
        part["NVGRPID"] = "SCAN " + part["NVSEQ"]
        part["NVTESTCD"], part["NVCAT"] = code, "FOLLOW-UP IMAGING"
        part["NVORRES"] = encode(carrier, "ich", column)
        part["NVSTAT"] = part["NVORRES"].eq("").map(_DONE)
        part["NVDTC"] = encode(carrier, "ich", "ICHDTC")
        parts.append(part)
    return number_rows(pd.concat(parts), "NV")


def _build(
    carrier: Carrier, table: str, column: str, code: str, scale: str, visit: str, day: str = ""
) -> pd.DataFrame:
    part = start_domain(carrier, table, "QS")
    part["QSTESTCD"], part["QSCAT"] = code, scale
    part["QSORRES"] = encode(carrier, table, column)
    part["QSSTAT"] = part["QSORRES"].eq("").map(_DONE)
    part["VISIT"] = visit or carrier.encode(table, "VISIT", VISITS)
    part["QSDTC"] = encode(carrier, table, day) if day else ""
    return part
