"""Listings: one row per death, per serious adverse event, per reason against the per-protocol set.

They show single subjects, which the results frame does not hold, so they are made from the
analysis data sets; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

import pandas as pd

from analysis.config import Plan
from analysis.display.tables.table import Row, Table
from analysis.display.words.format import format_plain
from analysis.display.words.wording import registry_line

RANDOMISED, TREATED = "Randomised to", "Treated as"
IMPUTED = {"D": "day", "M": "month and day", "Y": "date"}
"""What of a start date is imputed, by ASTDTF."""
Cell = Callable[[Mapping[Hashable, object]], str]


def build_listings(
    adsl: pd.DataFrame, adae: pd.DataFrame, reasons: pd.DataFrame, plan: Plan, stamp: str
) -> dict[str, Table]:
    """Return l_deaths, l_serious and l_pp_exclusions by their id.

    ``reasons``: SUBJID, CODE, VALUE, REASON. Study days count from randomisation, which is day 0.
    """
    labels = {arm.code: arm.label for arm in (plan.arms.treatment, plan.arms.reference)}
    named = adsl.assign(**{name: adsl[name].map(labels) for name in ("TRT01P", "TRT01A")})
    by_subject = named[["SUBJID", "SITEID", "TRT01P", "TRT01A"]]
    serious = adae.loc[adae["AESER"].eq("Y").fillna(False)].drop(
        columns=["SITEID", "TRT01P", "TRT01A"]
    )
    listings = (
        _list_deaths(named[named["DTHFL"] == "Y"], plan, stamp),
        _list_serious(serious.merge(by_subject, on="SUBJID"), plan, stamp),
        _list_exclusions(reasons.merge(by_subject, on="SUBJID"), plan, stamp),
    )
    return {listing.id: listing for listing in listings}


def _list_deaths(rows: pd.DataFrame, plan: Plan, stamp: str) -> Table:
    cells = {
        RANDOMISED: _text("TRT01P"),
        TREATED: _text("TRT01A"),
        "Day of death": _text("DTHADY"),
        f"By day {plan.safety.death_day}": _text("DTH90FL"),
        "Date taken from": _text("DTHSRC"),
        "Cause": _text("DTHCAUS"),
    }
    notes = ("A day that is empty: no table holds a complete date of the death.",)
    return _build("l_deaths", "Deaths", rows, cells, notes, plan, stamp)


def _list_serious(rows: pd.DataFrame, plan: Plan, stamp: str) -> Table:
    cells = {
        TREATED: _text("TRT01A"),
        "Preferred term": _text("AEDECOD"),
        "System organ class": _text("AEBODSYS"),
        "As reported": _text("AETERM"),
        "Start, day": _text("ASTDY"),
        "Imputed": lambda row: IMPUTED.get(_show(row["ASTDTF"]), ""),
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


def _list_exclusions(rows: pd.DataFrame, plan: Plan, stamp: str) -> Table:
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


def _show(value: object) -> str:
    """A cell as text; empty if there is none."""
    return "" if pd.isna(value) else format_plain(value)  # type: ignore[call-overload]
