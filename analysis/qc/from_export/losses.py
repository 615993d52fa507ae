"""What of each table could not be used: as the check finds it, beside the data queries."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from analysis.errors import name_subjects
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc.from_export.export import RANDOMISATION, Export
from analysis.qc.from_export.reading.columns import SUBJECT, TABLES
from analysis.qc.from_export.reading.files import TextFile
from analysis.qc.from_export.reading.tables import ReadTable
from analysis.qc.recomputed import Unit

UNREADABLE = ("type", "code_list", "limits", "plausible_dates")
"""Rules of the queries on cells that were set to missing."""
STRANGER, KEYLESS = ("unknown_subject",), ("missing_key",)
METHOD = "cells and rows of the file that cannot be used, beside the queries of reading"
_NEXT_COLUMN = re.compile(r"; (?=[A-Z][A-Z0-9]*=)")
"""Between the parts of a key; an identifier may hold a semicolon."""
Lost = Counter[tuple[str, str]]
"""Column and subject."""


def compare_losses(export: Export, queries: pd.DataFrame) -> Iterator[Comparison]:
    """Yield, by table, cells that hold nothing allowed and rows of subjects not randomised.

    A loss that no query tells of differs, and a query on a cell that is well.
    """
    for name, table in export.tables.items():
        if table.file.problem:
            continue
        own = queries[queries["table"] == name]
        columns = (SUBJECT, *TABLES[name].kinds)
        own = own[own["column"].isin(columns)]
        for what, rules, kind in (
            ("cells not understood", UNREADABLE, "cell"),
            ("values missing that identify a row", KEYLESS, "key"),
            ("rows of subjects not randomised", STRANGER, "stranger"),
        ):
            found = Counter((x.column, x.subject) for x in table.losses if x.kind == kind)
            comparison = _compare(table, what, _count(own, rules), found)
            rand = export.tables[RANDOMISATION].file
            yield _withhold(comparison, rand) if rand.is_foreign else comparison


def _withhold(comparison: Comparison, rand: TextFile) -> Comparison:
    """Nothing is said of losses where the check does not know who is randomised."""
    return replace(
        comparison, check="", difference="", verdict=Verdict.NOT_CHECKED, reason=rand.problem
    )


def _count(queries: pd.DataFrame, rules: tuple[str, ...]) -> Lost:
    told = queries[queries["rule"].isin(rules)]
    subjects = [_NEXT_COLUMN.split(key)[0].removeprefix("SUBJID=") for key in told["key"]]
    return Counter(zip(told["column"], subjects, strict=True))


def _compare(table: ReadTable, what: str, engine: Lost, check: Lost) -> Comparison:
    differing = (engine - check) + (check - engine)
    columns = ", ".join(sorted({table.mapped.find_name(column) for column, _ in differing}))
    who = name_subjects(subject for _, subject in differing)
    return Comparison(
        analysis_id="queries",
        population="",
        group="",
        level=table.mapped.name,
        stat_name=what,
        engine=str(engine.total()),
        check=str(check.total()),
        difference=str(differing.total()),
        difference_unit=Unit.ABSOLUTE.value,
        tolerance="0",
        method=METHOD,
        verdict=Verdict.DIFFERS if differing else Verdict.AGREES,
        reason=f"{who}: {table.file.name}, column {columns}" if differing else "",
    )
