"""Verdicts on what was counted from the export: variables by subject, numbers of the results."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.errors import name_subjects
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc.compare import compare
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.numbers import Number
from analysis.qc.from_export.obstacles import Gravity, Needs, Obstacle, find_obstacle
from analysis.qc.recomputed import Unit

NOTHING = (None, "N")
"""Values that count nobody."""
ROWS_METHOD = "subject by subject, from the files of the export"


@dataclass(frozen=True)
class Rows:
    """One variable by subject, as the data set has it and as the export has it.

    ``engine``: empty where the data set has no such variable. ``must_be_absent``: whether a column
    that was not collected leaves no value at all.
    """

    data_set: str
    variable: str
    section: str
    needs: Needs
    engine: Mapping[str, object]
    check: Mapping[str, object]
    must_be_absent: bool = False
    name: str = "subjects"


def compare_rows(rows: Rows, export: Export) -> Comparison:
    """Return the verdict on one variable: how many have it, and who differs."""
    differing = sorted(
        subject
        for subject in {*rows.engine, *rows.check}
        if rows.engine.get(subject) != rows.check.get(subject)
        or (subject in rows.engine) != (subject in rows.check)
    )
    engine, check = (_count(values) for values in (rows.engine, rows.check))
    comparison = Comparison(
        analysis_id=rows.data_set,
        population="ITT",
        group="",
        level=rows.variable,
        stat_name=rows.name,
        engine=str(engine),
        check=str(check),
        difference=str(len(differing)),
        difference_unit=Unit.ABSOLUTE.value,
        tolerance="0",
        method=ROWS_METHOD,
        verdict=Verdict.DIFFERS if differing else Verdict.AGREES,
        reason=f"{name_subjects(differing)}: {_locate(export, rows)}" if differing else "",
    )
    has_value = any(value is not None for value in rows.engine.values())
    return _judge(
        comparison, find_obstacle(export, rows.needs), is_nothing=not (engine or check),
        has_number=has_value if rows.must_be_absent else None,
    )  # fmt: skip


def compare_number(number: Number, engine: str | None, export: Export) -> Comparison:
    """Return the verdict on one number of the results table."""
    comparison = compare(number.number, engine)
    if comparison.verdict is Verdict.DIFFERS:
        reason = "; ".join(part for part in (comparison.reason, _name_places(export, number.needs,
                           number.section)) if part)  # fmt: skip
        comparison = replace(comparison, reason=reason)
    return _judge(
        comparison, find_obstacle(export, number.needs), is_nothing=not number.number.value,
        has_number=bool(engine),
    )  # fmt: skip


def _judge(
    comparison: Comparison, obstacle: Obstacle | None, *, is_nothing: bool, has_number: bool | None
) -> Comparison:
    """The verdict where columns could not be counted.

    ``is_nothing``: both count nobody. ``has_number``: whether the engine has a number where the
    mapping says that there can be none; None where other columns may give one.
    """
    if obstacle is None:
        return comparison
    if obstacle.gravity is Gravity.FAILS:
        return replace(comparison, verdict=Verdict.DIFFERS, reason=obstacle.words)
    if obstacle.gravity is Gravity.FOREIGN:
        blank = replace(comparison, check="", difference="", verdict=Verdict.NOT_CHECKED)
        return replace(blank, reason=obstacle.words)
    if obstacle.gravity is Gravity.NOT_COLLECTED and has_number is not None:
        verdict = Verdict.DIFFERS if has_number else Verdict.NOT_CHECKED
        blank = replace(comparison, check="", difference="", verdict=verdict)
        return replace(blank, reason=obstacle.words, engine=comparison.engine if has_number else "")
    if comparison.verdict is Verdict.AGREES and is_nothing:
        return replace(comparison, verdict=Verdict.NOT_CHECKED, reason=obstacle.words)
    return comparison


def _count(values: Mapping[str, object]) -> int:
    return sum(value not in NOTHING for value in values.values())


def _locate(export: Export, rows: Rows) -> str:
    return _name_places(export, rows.needs, rows.section)


def _name_places(export: Export, needs: Needs, section: str) -> str:
    """Files and columns, as the export names them, and the section of the plan."""
    places = []
    for name, columns in needs.items():
        table = export.tables[name]
        names = ", ".join(table.mapped.find_name(column) for column in columns)
        places.append(f"{table.file.name or name}, column {names}")
    return f"{'; '.join(places)} (SAP {section})"
