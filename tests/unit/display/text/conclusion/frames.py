"""Frames in which one result is another."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.display.ard import Ard

Records = list[dict[str, str]]
KEPT = (
    "analysis_id", "population", "group", "variable", "level", "stat_name", "method", "warning",
)  # fmt: skip
NAMES = ("estimate", "ci_low", "ci_high", "p_value")


def list_records(ard: Ard) -> Records:
    """The frame as records of text, as it is read from."""
    return [
        {
            **{name: getattr(row, name) for name in KEPT},
            "stat": "" if row.value is None else repr(row.value),
            "allocation": str(ard.allocation),
        }
        for row in ard.rows
    ]


def change_effect(records: Records, analysis_id: str, *numbers: float, level: str = "") -> Records:
    """The records with estimate, interval and p-value of one analysis as given."""
    values = dict(zip(NAMES, map(str, numbers), strict=True))
    return [
        {**row, "stat": values[row["stat_name"]]}
        if (row["analysis_id"], row["level"], row["group"]) == (analysis_id, level, "")
        and row["stat_name"] in values
        else row
        for row in records
    ]


def mark_confirmatory(records: Records, chosen: str) -> Ard:
    """The frame of a run whose plan makes another analysis than the primary one confirmatory."""
    marks = []
    for name in ("primary", chosen):
        like = next(row for row in records if row["analysis_id"] == name)
        mark = {"stat_name": "confirmatory", "stat": str(int(name == chosen))}
        marks.append({**like, "group": "", "level": "", "variable": "", "warning": "", **mark})
    return Ard.from_records([*records, *marks])


def change_missing(records: Records, counts: Mapping[str, int]) -> Ard:
    """The frame with counts of missing outcomes, of both arms together, as given by level."""
    return Ard.from_records(
        {**row, "stat": str(counts[row["level"]])}
        if row["analysis_id"] == "missing_outcome"
        and (row["group"], row["stat_name"]) == ("", "n")
        and row["level"] in counts
        else row
        for row in records
    )
