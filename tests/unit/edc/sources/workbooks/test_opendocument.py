"""OpenDocument workbooks (``.ods``): values, and what a scan of their cells finds."""

from __future__ import annotations

import pytest

from analysis.errors import DataError
from tests.unit.edc.sources.workbooks.handmade.opendocument import cell, ods, row, texts
from tests.unit.edc.sources.workbooks.handmade.packages import cells, read

HEADER = row(texts("SUBJID", "MRS"))
FIRST, SECOND = row(texts("01", "3")), row(texts("02", "4"))
ERROR = 'table:formula="of:=NA()" calcext:value-type="error"'


def one(content: str) -> str:
    """The text of the only cell of data."""
    return cells(ods(row(texts("X")), row(content)), "dm.ods")[1][0]


def refusal(*rows: str) -> str:
    with pytest.raises(DataError) as caught:
        read(ods(HEADER, *rows), "dm.ods")
    return str(caught.value)


def notes(*rows: str, **options: object) -> tuple[str, ...]:
    return read(ods(HEADER, FIRST, *rows, **options), "dm.ods").notes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (cell("2,8", "float", "2.8"), "2.8"), (cell("50%", "percentage", "0.5"), "0.5"),
        (cell("3", "float", "3"), "3"), (cell("WAHR", "boolean", "true"), "TRUE"),
        (cell("01", "string"), "01"), (cell("a</text:p><text:p>b", "string"), "a\nb"),
        (cell("11.04.26", "date", "2026-04-11"), "2026-04-11"),
        (cell("x", "date", "2026-04-11T03:52:00"), "2026-04-11T03:52"),
        (cell("x", "date", "2026-04-11T03:52:07.4"), "2026-04-11T03:52:07"),
        (cell("03:52", "time", "PT03H52M00S"), "03:52"),
        (cell("3", "float", "3", 'table:formula="of:=1+2"'), "3"),
    ],
)  # fmt: skip
def test_values(content: str, shown: str) -> None:
    assert one(content) == shown


def test_rows_and_cells_that_repeat() -> None:
    twice = 'table:number-columns-repeated="2"'
    body = row(cell("1", "float", "1", twice), 'table:number-rows-repeated="2"')
    empty = row(cell("", more='table:number-columns-repeated="16384"'),
                'table:number-rows-repeated="1048000"')  # fmt: skip
    assert cells(ods(HEADER, body, empty), "dm.ods")[1:] == [["1", "1"], ["1", "1"]]


def test_errors() -> None:
    old = cell("#DIV/0!", "float", "0", 'table:formula="of:=1/0"')
    message = refusal(row(cell("01", "string") + cell("#N/A", "string", "", ERROR)), row(old))
    assert "column B (MRS): 1 cell(s) with an error in place of a value (#N/A), row 2" in message
    assert "column A (SUBJID): 1 cell(s) with an error in place of a value (#DIV/0!)" in message


def test_a_text_that_looks_like_an_error_is_a_text() -> None:
    assert one(cell("#N/A", "string")) == "#N/A"


def test_a_formula_that_was_never_calculated() -> None:
    message = refusal(row(cell("01", "string") + cell("", more='table:formula="of:=1"')))
    assert "column B (MRS): 1 cell(s) with a formula that was never calculated, row 2" in message


@pytest.mark.parametrize("value", ["PT24H00M00S", "-PT03H00M00S", "P1DT03H"])
def test_durations(value: str) -> None:
    message = refusal(row(cell("01", "string") + cell("30:00", "time", value)))
    assert "column B (MRS): 1 cell(s) with a duration" in message
    assert "30:00" not in message


def test_merged_cells() -> None:
    spanned = 'table:number-columns-spanned="{}" table:number-rows-spanned="{}"'
    covered = "<table:covered-table-cell/>"
    down = row(cell("01", "string", "", spanned.format(1, 2)) + texts("3"))
    assert "over several rows (A2:A3)" in refusal(down, row(covered + texts("4")))
    right = row(cell("withdrawn", "string", "", spanned.format(2, 1)) + covered)
    assert notes(right) == (
        "sheet S: 1 merged range(s), first A3:B3: only the first cell of each holds a value",
    )


def test_hidden_parts() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    hidden = row(texts("02", "4"), 'table:visibility="filter"')
    assert notes(hidden, before=columns, is_hidden=True) == (
        "sheet S: the sheet is hidden",
        "sheet S: 1 hidden row(s), row 3: read like any other",
        "sheet S: 1 hidden column(s), column B (MRS): read like any other",
    )


def test_a_note_at_a_cell_is_none_of_its_text() -> None:
    note = "<office:annotation><text:p>see source</text:p></office:annotation>"
    assert one(f'<table:table-cell office:value-type="string">{note}<text:p>x</text:p>'
               "</table:table-cell>") == "x"  # fmt: skip
    failed = 'table:formula="of:=1/0" office:value-type="float" office:value="0"'
    cell_with_note = f"<table:table-cell {failed}>{note}<text:p>#DIV/0!</text:p></table:table-cell>"
    assert "an error in place of a value (#DIV/0!), row 2" in refusal(row(cell_with_note))


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        (100_000, 1, "100,000 columns, and no sheet"), (16_384, 1_048_000, "at most 30,000,000"),
        (1, 2_000_000, "2,000,001 rows"),
    ],
)  # fmt: skip
def test_cells_that_repeat_too_often(columns: int, rows: int, message: str) -> None:
    filled = cell("1", "float", "1", f'table:number-columns-repeated="{columns}"')
    assert message in refusal(row(filled, f'table:number-rows-repeated="{rows}"'))


def test_a_password() -> None:
    locked = "<file-entry><encryption-data/></file-entry>"
    with pytest.raises(DataError, match="protected by a password"):
        read(ods(HEADER, manifest=locked), "dm.ods")
