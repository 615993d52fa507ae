"""The plan and the mapping for an audit: every key with its source, and every change."""

from collections.abc import Mapping
from typing import Any

from analysis.display.report.audit.values import spell_json
from analysis.display.tables.table import Row

SETTING_COLUMNS = ("Key", "Value", "Source")
CHANGE_COLUMNS = ("Key", "Old", "New", "Date", "Reason")

AS_IN_FILE = "Values as a configuration file holds them; null: not given."
UP_TO, AFTER = "Dated up to the day of the unblinding", "Dated AFTER THE UNBLINDING"
NOT_LOCKED = "The data set is not locked: there is no locked plan to hold changes against."
UNCHANGED = "Nothing was changed in plan or mapping since the first lock."


def list_settings(audit: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return one row per key of plan and mapping: value and source, under its block."""
    return tuple(
        Row(key, (spell_json(value), source), _block(key))
        for key, value, source in audit["settings"]
    )


def list_changes(audit: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return one row per change since the first lock; those made after the unblinding stand last.

    Without an unblinding they stand under no heading.
    """
    rows = [
        Row(
            change["key"],
            (
                spell_json(change["old"]),
                spell_json(change["new"]),
                change["date"],
                change["reason"],
            ),
            _heading(change, audit["unblinding"]),
        )
        for change in audit["changes"]
    ]
    return tuple(sorted(rows, key=lambda row: row.section == AFTER))


def note_changes(audit: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how to read the changes, or why there are none."""
    if audit["changes"]:
        return (AS_IN_FILE,)
    return (UNCHANGED,) if "Seal" in audit["lock"] else (NOT_LOCKED,)


def _heading(change: Mapping[str, str], record: Mapping[str, str]) -> str:
    if change["after_unblinding"]:
        return AFTER
    return UP_TO if record else ""


def _block(key: str) -> str:
    """``Plan: primary`` for ``plan.primary.covariates``."""
    file, block, *_ = key.split(".")
    return f"Plan: {block}" if file == "plan" else "Mapping of the export"
