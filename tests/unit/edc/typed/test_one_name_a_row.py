"""One row has one name in the queries, whatever finds fault with it; and impossible days."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.edc.door.dates.order import check_date_order
from analysis.edc.layout import Layout, Table
from analysis.edc.typed import TypedTable, type_table

FORMS = ("%d-%m-%Y",)
RAND = {"SUBJID": "S1", "RANDNO": "R1", "RANDDTC": "2026-03-05T10:00"}
MRS = {"SUBJID": "S1", "VISIT": "D90", "MRSSRC": "LOCAL", "MRSDTC": "03-02-2026", "MRS": "9"}


def type_rows(table: Table, *rows: dict[str, str]) -> TypedTable:
    texts = pd.DataFrame(rows, columns=[*table.columns], dtype="str").fillna("")
    return type_table("mrs" if "MRS" in table.columns else "rand", table, texts)


def change(table: Table, column: str, forms: tuple[str, ...]) -> Table:
    changed = table.columns[column].model_copy(update={"forms": forms})
    return table.model_copy(update={"columns": {**table.columns, column: changed}})


def test_a_row_is_named_alike_by_its_cells_its_key_and_the_order_of_dates(layout: Layout) -> None:
    table = change(layout.tables["mrs"], "MRSDTC", FORMS)
    typed = type_rows(table, MRS, {**MRS, "MRS": "2"})
    tables = {"mrs": typed.frame, "rand": type_rows(layout.tables["rand"], RAND).frame}
    queries = [*typed.queries, *check_date_order(tables, layout)]
    assert {q.rule.value for q in queries} >= {"limits", "duplicate_key", "date_order"}
    (key,) = {q.key for q in queries}
    assert "MRSDTC=2026-02-03" in key


def test_what_is_no_date_stays_as_the_export_has_it(layout: Layout) -> None:
    table = change(layout.tables["mrs"], "MRSDTC", FORMS)
    typed = type_rows(table, {**MRS, "MRSDTC": "spring"})
    assert {q.key for q in typed.queries} == {"SUBJID=S1; VISIT=D90; MRSSRC=LOCAL; MRSDTC=spring"}


@pytest.mark.parametrize(
    ("forms", "text", "said"),
    [
        (("%d.%m.%Y",), "30.02.2026", "no such day or time (%d.%m.%Y); set to missing"),
        ((), "2026-02-30", "no such day or time (YYYY-MM-DD); set to missing"),
        (("%d.%m.%Y",), "2026-02-03", "not of type date (%d.%m.%Y); set to missing"),
        (("%d %b %Y",), "3 Foo 2026", "not of type date (%d %b %Y); set to missing"),
        (("%d %b %Y",), "31 Apr 2026", "no such day or time (%d %b %Y); set to missing"),
        # two forms, two days: neither is right, and both are days
        (
            ("%d-%m-%Y", "%m-%d-%Y"),
            "03-02-2026",
            "not of type date (%d-%m-%Y or %m-%d-%Y); set to missing",
        ),
    ],
)
def test_an_impossible_day_is_told_from_another_form(
    layout: Layout, forms: tuple[str, ...], text: str, said: str
) -> None:
    table = change(layout.tables["mrs"], "MRSDTC", forms)
    typed = type_rows(table, {**MRS, "MRS": "2", "MRSDTC": text})
    assert said in [q.message for q in typed.queries]
