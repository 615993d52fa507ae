"""The verdict on one mutant: every difference is told, or is what the change itself wrote."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.config.mapping import TableMapping
from tests.properties.mutated_shapes.mutant import Change, MappingChange
from tests.properties.mutated_shapes.oracle.case import Case, list_near
from tests.properties.mutated_shapes.oracle.differences import Difference
from tests.properties.mutated_shapes.oracle.meanings import may_mean
from tests.properties.mutated_shapes.oracle.told import is_told, is_told_of_row


def judge(case: Case) -> list[str]:
    """Return the faults: differences of which nothing tells, in words."""
    if case.after.message:
        return []
    return list(dict.fromkeys(fault for each in case.differences for fault in _judge(case, each)))


def _judge(case: Case, difference: Difference) -> Iterator[str]:
    if difference.before is None or difference.after is None:
        if not (is_told_of_row(case, difference) or _may_come_or_go(case, difference)):
            what = "came" if difference.before is None else "went"
            yield f"{difference.table}: a row {what} unsaid: {_show(difference)}"
        return
    if _is_another_row(case, difference) and is_told_of_row(case, difference):
        return
    for column in difference.columns:
        if not (is_told(case, difference, column) or _is_written(case, difference, column)):
            was, now = (repr(row[column]) for row in (difference.before, difference.after))
            what = f"{difference.table}.{column}: {was[:40]} -> {now[:60]}"
            yield f"{what} unsaid: {_show(difference)}"


def _is_another_row(case: Case, difference: Difference) -> bool:
    """Whether two rows were paired that have no key in common: one went and another came."""
    was, now = difference.before or {}, difference.after or {}
    return all(was[name] != now[name] for name in case.layout.tables[difference.table].key)


def _show(difference: Difference) -> str:
    row = difference.before or difference.after or {}
    return str({name: str(cell)[:20] for name, cell in list(row.items())[:4]})


def _is_written(case: Case, difference: Difference, column: str) -> bool:
    """Whether a value is what a change wrote there, or what a mapping says that is another."""
    value = difference.after[column] if difference.after else None
    spec = case.mapping.tables.get(difference.table, TableMapping())
    for change in list_near(case, difference):
        if any(may_mean(t, value, column, spec, case.mapping) for t in change.written):
            return True
    if any(_is_meant(c, difference, column) for c in case.mutant.changes):
        return True
    return value is None and _is_empty_now(case, difference.table, column)


def _is_empty_now(case: Case, table: str, column: str) -> bool:
    """Whether a column lost all its values: the rule ``empty_column`` says it, or it stops."""
    return bool(case.after.tables[table][column].isna().all())


def _is_meant(change: Change | MappingChange, difference: Difference, column: str) -> bool:
    return (
        isinstance(change, MappingChange)
        and change.is_valid
        and (change.tables is None or difference.table in change.tables)
        and (change.columns is None or column in change.columns)
    )


def _may_come_or_go(case: Case, difference: Difference) -> bool:
    gone = difference.after is None
    if any(c.removes if gone else c.adds for c in list_near(case, difference)):
        return True
    if any(_is_meant(c, difference, c2) for c in case.mutant.changes for c2 in difference.columns):
        return True
    return case.before.left != case.after.left
