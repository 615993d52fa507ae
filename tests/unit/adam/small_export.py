"""A complete export of a few subjects without a fault, in which a test changes single cells.

Every subject is randomised to MPSS at 10:00 on study day 0, weighs 70 kg, gets 40 mg and three
times 140 mg from kit ``K-MPSS``, and is scored 2 on day 90 by both readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pandas as pd

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.adam.tables import Tables
from analysis.config import Plan
from analysis.edc.allocation.lists import Lists
from analysis.edc.layout import load_layout
from analysis.edc.typed import type_table

RANDOMISED = datetime(2025, 3, 10, 10, 0)
KITS = {"K-MPSS": "MPSS", "K-PLACEBO": "PLACEBO"}
CENTRAL = {"VISIT": "D90", "MRSSRC": "CENTRAL"}
LOCAL = {"VISIT": "D90", "MRSSRC": "LOCAL"}

Row = dict[str, str]


def day(number: int) -> str:
    """Return the calendar date of a study day (randomisation = day 0)."""
    return f"{RANDOMISED + timedelta(days=number):%Y-%m-%d}"


def moment(*, hours: float = 0, minutes: float = 0) -> str:
    """Return the time so long after randomisation."""
    return f"{RANDOMISED + timedelta(hours=hours, minutes=minutes):%Y-%m-%dT%H:%M}"


def _faultless() -> dict[str, list[Row]]:
    """One subject's rows; columns not named are empty."""
    dose = {"EXKIT": "K-MPSS"}
    mrs = {"VISIT": "D90", "MRSDTC": day(90), "MRSMODE": "PHONE", "MRS": "2"}
    return {
        "dm": [
            {
                "SITEID": "01", "AGE": "65", "SEX": "F", "WEIGHT": "70",
                "RFICDTC": moment(minutes=-30),
            }
        ],
        "rand": [{"RANDDTC": moment(), "KITNO": "K-MPSS"}],
        "bl": [
            {
                "LKWDTC": moment(hours=-6), "MRSPRE": "0", "NIHSSBL": "15", "ASPECTS": "8",
                "OCCLOC": "M1", "IVT": "N", "GLUC": "7", "CREAT": "80", "EGFR": "90", "INR": "1",
                "ANTICOAG": "N",
            }
        ],
        "ie": [{"IETESTCD": "IN01", "IEORRES": "Y"}, {"IETESTCD": "EX01", "IEORRES": "N"}],
        "evt": [
            {
                "PUNCDTC": moment(hours=-2), "RECANDTC": moment(hours=-1), "PASSES": "1",
                "ETICI": "3", "DSACOMP": "NONE",
            }
        ],
        "ex": [
            {"EXSEQ": "1", "EXROUTE": "IA", "EXDAY": "0", "EXSTDTC": moment(minutes=20),
             "EXPDOSE": "40", "EXDOSE": "40", **dose},
            *(
                {"EXSEQ": str(k + 1), "EXROUTE": "IV", "EXDAY": str(k),
                 "EXSTDTC": moment(hours=24 * k), "EXPDOSE": "140", "EXDOSE": "140", **dose}
                for k in (1, 2, 3)
            ),
        ],
        "mrs": [{"MRSSRC": "CENTRAL", **mrs}, {"MRSSRC": "LOCAL", **mrs}],
        "ich": [{"ICHDTC": moment(hours=24), "ICHTYPE": "NONE", "SICH": "N"}],
        "ds": [{"DSDECOD": "COMPLETED", "DSSTDTC": day(90)}],
    }  # fmt: skip


@dataclass
class SmallExport:
    """Texts of all tables, and the arm of every subject; subjects keep their order."""

    arms: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(
        default_factory=lambda: {name: [] for name in load_layout().tables}
    )

    def add_subject(self, subjid: str) -> None:
        """Add a subject without a fault, in the arm MPSS."""
        self.arms[subjid] = "MPSS"
        for table, rows in _faultless().items():
            for row in rows:
                self.add(table, subjid, row)
        self.find("rand", subjid)[0]["RANDNO"] = f"R-{subjid}"

    def add(self, table: str, subjid: str, cells: Row) -> None:
        """Add a row."""
        self.rows[table].append({"SUBJID": subjid, **cells})

    def find(self, table: str, subjid: str, where: Row | None = None) -> list[Row]:
        """Return a subject's rows that hold these cells."""
        wanted = {"SUBJID": subjid, **(where or {})}
        return [row for row in self.rows[table] if wanted.items() <= row.items()]

    def build_tables(self) -> Tables:
        """Return the tables, typed by the layout as those of a real export."""
        layout = load_layout()
        typed = {}
        for name, rows in self.rows.items():
            columns = list(layout.tables[name].columns)
            texts = pd.DataFrame(rows, columns=columns, dtype="str").fillna("")
            typed[name] = type_table(name, layout.tables[name], texts).frame
        return typed

    def derive(self, plan: Plan) -> Derived:
        """Return the analysis data sets of this export."""
        lists = Lists({f"R-{subjid}": arm for subjid, arm in self.arms.items()}, KITS)
        return Derived(build_analysis_data(self.build_tables(), lists, plan))


Edit = Callable[[SmallExport, str], None]
"""One change of one subject's record."""


def put(table: str, where: Row | None = None, **cells: str) -> Edit:
    """Return an edit that writes cells in the subject's rows that hold ``where``."""

    def edit(export: SmallExport, subjid: str) -> None:
        for row in export.find(table, subjid, where):
            row.update(cells)

    return edit


def add(table: str, **cells: str) -> Edit:
    """Return an edit that adds a row."""

    def edit(export: SmallExport, subjid: str) -> None:
        export.add(table, subjid, cells)

    return edit


def drop(table: str, **where: str) -> Edit:
    """Return an edit that takes away the subject's rows that hold ``where``."""

    def edit(export: SmallExport, subjid: str) -> None:
        for row in export.find(table, subjid, where):
            export.rows[table].remove(row)

    return edit


def score(date: str, mrs: str, source: str = "CENTRAL", visit: str = "D90") -> Edit:
    """Return an edit that adds an assessment of the mRS."""
    return add("mrs", VISIT=visit, MRSDTC=date, MRSSRC=source, MRS=mrs)


def only_scores(*scores: tuple[str, str, str]) -> tuple[Edit, ...]:
    """Return edits that put (source, date, score) in the place of the day-90 readings."""
    return (drop("mrs"), *(score(date, mrs, source) for source, date, mrs in scores))


def died(number: int) -> Edit:
    """Return an edit that records the death on a study day in ``dd``."""
    return add("dd", DTHDTC=day(number))


def randomised_to(arm: str) -> Edit:
    """Return an edit that gives the subject this arm and its kit."""

    def edit(export: SmallExport, subjid: str) -> None:
        export.arms[subjid] = arm
        put("ex", EXKIT=f"K-{arm}")(export, subjid)

    return edit


@dataclass(frozen=True)
class Derived:
    """The analysis data sets, looked up by subject."""

    data: AnalysisData

    def value(self, subjid: str, column: str) -> object:
        """Return a cell of ADSL; None when it is missing."""
        cell = self.data.adsl.set_index("SUBJID").at[subjid, column]
        return None if pd.isna(cell) else cell

    def values(self, subjid: str, *columns: str) -> tuple[object, ...]:
        """Return cells of ADSL."""
        return tuple(self.value(subjid, column) for column in columns)

    def reasons(self, subjid: str) -> dict[str, str]:
        """Return the per-protocol reasons of a subject: value by code, in order."""
        rows = self.data.reasons[self.data.reasons["SUBJID"] == subjid]
        return dict(zip(rows["CODE"], rows["VALUE"], strict=True))

    def queries(self, subjid: str) -> list[str]:
        """Return the queries about a subject as ``rule table.column``, sorted."""
        return sorted(
            f"{query.rule} {query.table}.{query.column}"
            for query in self.data.queries
            if f"{query.key};".startswith(f"SUBJID={subjid};")
        )


def derive_cases(plan: Plan, cases: Mapping[str, Iterable[Edit]]) -> Derived:
    """Return what is derived when every case is a subject of one export, changed by its edits."""
    export = SmallExport()
    for name, edits in cases.items():
        export.add_subject(name)
        for edit in edits:
            edit(export, name)
    return export.derive(plan)
