"""The columns that the check reads, and what their cells may hold (docs/edc_tables.md, Tables).

Written out from the document, not taken from the layout of the reading that is checked.
"""

from dataclasses import dataclass

from analysis.qc.from_export.reading.cells import (
    Kind,
    Whole,
    one_of,
    read_day,
    read_moment,
    read_partial_day,
    read_partial_moment,
    read_text,
    read_yes_no,
)
from analysis.qc.from_export.reading.numbers import read_number

SUBJECT = "SUBJID"
YES_NO = read_yes_no


@dataclass(frozen=True)
class TableColumns:
    """The columns of a table. A row without a value in ``key`` is left out.

    ``repeats``: rows of identical content are one; there all columns of the layout stand.
    ``single``: a subject has one row. ``dated``: the column by which, beside the key, a query names
    its row.
    """

    kinds: dict[str, Kind]
    key: tuple[str, ...] = (SUBJECT,)
    repeats: bool = False
    single: bool = False
    dated: tuple[str, ...] = ()


CRITERIA = (*(f"IN{i:02d}" for i in range(1, 8)), *(f"EX{i:02d}" for i in range(1, 16)))

TABLES = {
    "rand": TableColumns({"RANDNO": read_text, "RANDDTC": read_moment}, single=True),
    "dm": TableColumns(
        {"AGE": Whole(), "WEIGHT": read_number, "RFICDTC": read_partial_moment}, single=True
    ),
    "bl": TableColumns(
        {
            "LKWDTC": read_moment,
            "MRSPRE": Whole(0, 5),
            "NIHSSBL": Whole(0, 42),
            "ASPECTS": Whole(0, 10),
            "OCCLOC": one_of("ICA", "M1", "M2", "OTHER"),
            "GLUC": read_number,
            "CREAT": read_number,
            "EGFR": read_number,
            "INR": read_number,
            "ANTICOAG": YES_NO,
        },
        single=True,
    ),
    "ie": TableColumns(
        {"IETESTCD": one_of(*CRITERIA), "IEORRES": YES_NO}, key=(SUBJECT, "IETESTCD")
    ),
    "evt": TableColumns(
        {
            "PUNCDTC": read_moment,
            "RECANDTC": read_moment,
            "PASSES": Whole(),
            "ETICI": one_of("0", "1", "2A", "2B50", "2B67", "2C", "3"),
            "DSACOMP": one_of("NONE", "PERFORATION", "DISSECTION", "EXTRAVASATION"),
        },
        single=True,
    ),
    "ex": TableColumns(
        {
            "EXSEQ": Whole(),
            "EXROUTE": one_of("IA", "IV"),
            "EXDAY": Whole(0, 3),
            "EXSTDTC": read_moment,
            "EXPDOSE": read_number,
            "EXDOSE": read_number,
            "EXKIT": read_text,
            "EXREAS": read_text,
        },
        key=(SUBJECT, "EXSEQ"),
        repeats=True,
    ),
    "nihss": TableColumns(
        {"VISIT": one_of("H24", "D7"), "NIHDTC": read_moment}, key=(SUBJECT, "VISIT")
    ),
    "mrs": TableColumns(
        {
            "VISIT": one_of("D30", "D90"),
            "MRSDTC": read_day,
            "MRSSRC": one_of("CENTRAL", "LOCAL"),
            "MRS": Whole(0, 6),
        },
        key=(SUBJECT, "VISIT", "MRSSRC"),
        dated=("MRSDTC",),
    ),
    "eq5d": TableColumns(
        {"VISIT": one_of("D90"), "EQDTC": read_day}, key=(SUBJECT, "VISIT")
    ),
    "ich": TableColumns(
        {
            "ICHDTC": read_moment,
            "ICHTYPE": one_of("NONE", "1A", "1B", "1C", "2", "3A", "3B", "3C", "3D"),
            "SICH": YES_NO,
        },
        dated=("ICHDTC",),
    ),
    "ae": TableColumns(
        {
            "AESEQ": Whole(),
            "AETERM": read_text,
            "AEDECOD": read_text,
            "AEBODSYS": read_text,
            "AESTDTC": read_partial_day,
            "AEENDTC": read_partial_day,
            "AESEV": one_of("MILD", "MODERATE", "SEVERE"),
            "AESER": YES_NO,
            "AEREL": one_of("NOT RELATED", "UNLIKELY", "POSSIBLE", "PROBABLE", "DEFINITE"),
            "AEOUT": one_of(
                "RECOVERED", "RECOVERING", "NOT RECOVERED", "RECOVERED WITH SEQUELAE", "FATAL",
                "UNKNOWN",
            ),
            "AEACN": one_of(
                "DOSE NOT CHANGED", "DOSE REDUCED", "DRUG INTERRUPTED", "DRUG WITHDRAWN",
                "NOT APPLICABLE",
            ),
        },
        key=(SUBJECT, "AESEQ"),
        repeats=True,
    ),
    "ds": TableColumns(
        {
            "DSDECOD": one_of(
                "COMPLETED", "DEATH", "LOST TO FOLLOW-UP", "WITHDRAWAL BY SUBJECT", "OTHER"
            ),
            "DSSTDTC": read_partial_day,
        },
        single=True,
    ),
    "dd": TableColumns({"DTHDTC": read_partial_day}, single=True),
    "dv": TableColumns({"DVSEQ": Whole(), "DVMAJOR": YES_NO}, key=(SUBJECT, "DVSEQ")),
}  # fmt: skip
SEEN_ALIVE: dict[str, tuple[str, ...]] = {
    "evt": ("PUNCDTC", "RECANDTC"),
    "nihss": ("NIHDTC",),
    "eq5d": ("EQDTC",),
    "ich": ("ICHDTC",),
    "ae": ("AESTDTC",),
}
"""Dates on which only the living are seen, whatever else stands in the row (SAP 9.1)."""
