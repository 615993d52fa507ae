"""Listings: one row per death, per serious adverse event, per reason against the per-protocol set.

They show single subjects, which the results frame does not hold, so they are made from the
analysis data sets; nothing is computed here.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.config import Plan
from analysis.display.tables.table import Row, Table
from analysis.display.text.format import format_plain
from analysis.display.text.wording import registry_line

RANDOMISED, TREATED = "Randomised to", "Treated as"
IMPUTED = {"D": "day", "M": "month and day", "Y": "date"}
"""What of a date is imputed, by ASTDTF or DTHDTF."""
Cell = Callable[[Mapping[Hashable, object]], str]


@dataclass(frozen=True)
class Records:
    """What is listed: ADSL, ADAE, and the reasons (SUBJID, CODE, VALUE, REASON).

    Study days count from randomisation, which is day 0.
    """

    adsl: pd.DataFrame
    adae: pd.DataFrame
    reasons: pd.DataFrame

    def name_arms(self, plan: Plan) -> pd.DataFrame:
        """Return ADSL with the labels of the arms in the place of their codes."""
        labels = {arm.code: arm.label for arm in (plan.arms.treatment, plan.arms.reference)}
        return self.adsl.assign(
            **{name: self.adsl[name].map(labels) for name in ("TRT01P", "TRT01A")}
        )

    def add_subjects(self, rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
        """Return the rows with site and arms of their subject, those without one left out."""
        columns = ["SITEID", "TRT01P", "TRT01A"]
        subjects = self.name_arms(plan)[["SUBJID", *columns]]
        return rows.drop(columns=columns, errors="ignore").merge(subjects, on="SUBJID")


def list_deaths(records: Records, plan: Plan, stamp: str) -> Table:
    """Return ``l_deaths``: everybody who died."""
    subjects = records.name_arms(plan)
    rows = subjects[subjects["DTHFL"] == "Y"]
    cells = {
        RANDOMISED: _text("TRT01P"),
        TREATED: _text("TRT01A"),
        "Day of death": _text("DTHADY"),
        "Imputed": _show_imputed("DTHDTF"),
        f"By day {plan.safety.death_day}": _text("DTH90FL"),
        "Date taken from": _text("DTHSRC"),
        "Cause": _text("DTHCAUS"),
    }
    notes = (
        "Imputed: what of the date no table holds; the day is the earliest that fits and is not "
        "before the last day known alive, or, where no table holds any that fits, the day after "
        "that (SAP 4.1).",
    )
    return _build("l_deaths", "Deaths", rows, cells, notes, plan, stamp)


def list_serious(records: Records, plan: Plan, stamp: str) -> Table:
    """Return ``l_serious``: every serious adverse event."""
    adae = records.adae
    rows = records.add_subjects(adae.loc[adae["AESER"].eq("Y").fillna(False)], plan)
    cells = {
        TREATED: _text("TRT01A"),
        "Preferred term": _text("AEDECOD"),
        "System organ class": _text("AEBODSYS"),
        "As reported": _text("AETERM"),
        "Start, day": _text("ASTDY"),
        "Imputed": _show_imputed("ASTDTF"),
        "End, day": _text("AENDY"),
        "Severity": _text("AESEV"),
        "Relation": _text("AEREL"),
        "Outcome": _text("AEOUT"),
        "Action": _text("AEACN"),
        "Treatment-emergent": _text("TRTEMFL"),
    }
    notes = (
        f"Coded with MedDRA {plan.adverse_events.meddra_version}. Events of all randomised "
        "subjects, treatment-emergent or not.",
        "Imputed: what of the start date was not given (SAP 9.3).",
    )
    return _build("l_serious", "Serious adverse events", rows, cells, notes, plan, stamp)


def list_exclusions(records: Records, plan: Plan, stamp: str) -> Table:
    """Return ``l_pp_exclusions``: every reason of every subject against the per-protocol set."""
    rows = records.add_subjects(records.reasons, plan)
    cells = {
        RANDOMISED: _text("TRT01P"),
        "Code": _text("CODE"),
        "Reason": _text("REASON"),
        "Value": _text("VALUE"),
    }
    notes = ("Every reason of every subject (SAP 3.2).",)
    title = "Exclusions from the per-protocol set"
    return _build("l_pp_exclusions", title, rows, cells, notes, plan, stamp)


def _build(
    listing_id: str,
    title: str,
    rows: pd.DataFrame,
    cells: dict[str, Cell],
    notes: Iterable[str],
    plan: Plan,
    stamp: str,
) -> Table:
    columns = {"Site": _text("SITEID"), **cells}
    return Table(
        id=listing_id,
        title=title,
        columns=("Subject", *columns),
        rows=tuple(
            Row(_show(row["SUBJID"]), tuple(cell(row) for cell in columns.values()))
            for row in rows.to_dict("records")
        ),
        footnotes=tuple(notes),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset(columns),
    )


def _text(column: str) -> Cell:
    return lambda row: _show(row[column])


def _show_imputed(column: str) -> Cell:
    return lambda row: IMPUTED.get(_show(row[column]), "")


def _show(value: object) -> str:
    """A cell as text; empty if there is none."""
    return "" if pd.isna(value) else format_plain(value)  # type: ignore[call-overload]
