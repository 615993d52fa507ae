"""Rows right below a header that hold words on the columns, as some EDC systems write them."""

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import DataError

Row = tuple[int, list[str]]
"""A line of the file, and its cells."""
BETWEEN = "; "
"""Between the words of several rows on one column."""
_FIGURES = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?|[0-9]{4}-[0-9]{2}(?:-[0-9]{2}.*)?")


def split_label_rows(
    name: str, header: Sequence[str], rows: Sequence[Row], count: int
) -> tuple[list[list[str]], list[Row]]:
    """Return the rows of words on the columns, and the rows of data below them.

    Raises DataError if the file has fewer rows, if one of them is data and would be lost, or if
    the header stands a second time among the data.
    """
    if len(rows) < count:
        raise DataError(
            f"{name}: label_rows is {count}, and only {len(rows)} row(s) stand below the header. "
            "Set label_rows to the number of rows of words on the columns"
        )
    words, data = rows[:count], list(rows[count:])
    for line, cells in words:
        _require_words(name, line, cells, data)
    _require_one_header(name, header, data, count)
    return [cells for _, cells in words], data


def join_words(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the words on each column that has any, from rows of them."""
    columns = zip(*rows, strict=True) if rows else ()
    labels = {
        column.strip(): BETWEEN.join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
        for column, cells in zip(header, columns, strict=False)
    }
    return {column: label for column, label in labels.items() if label}


def is_figure(cell: str) -> bool:
    """Whether a cell is a number or a date, which no name of a column is.

    >>> is_figure("2026-03-01"), is_figure("12,5"), is_figure("day 3")
    (True, True, False)
    """
    return bool(_FIGURES.fullmatch(cell))


def are_words(cells: Sequence[str], data: Sequence[pa.ChunkedArray]) -> bool:
    """Whether most filled cells of a row are neither figures nor texts of the data below it.

    ``cells``, and ``data`` by column, stand without blanks at both ends.
    """
    filled = [(column, cell) for column, cell in enumerate(cells) if cell]
    alike = sum(
        is_figure(cell) or pc.index(data[column], cell).as_py() >= 0 for column, cell in filled
    )
    return bool(2 * alike <= len(filled))


def _require_words(name: str, line: int, cells: Sequence[str], data: Sequence[Row]) -> None:
    """Raise DataError if most cells are figures, or texts of the data: then they are data too."""
    filled = [(column, cell.strip()) for column, cell in enumerate(cells) if cell.strip()]
    alike = sum(
        is_figure(cell) or any(row[column].strip() == cell for _, row in data)
        for column, cell in filled
    )
    if 2 * alike > len(filled):
        raise DataError(
            f"{name}: line {line}: label_rows takes this row for words on the columns, but most of "
            "its cells are numbers, dates or texts of the rows below. It would be lost. Set "
            "label_rows to the number of rows right below the header that hold no data"
        )


def _require_one_header(name: str, header: Sequence[str], data: Sequence[Row], count: int) -> None:
    wanted = [fold(name) for name in header]
    again = [place for place, (_, row) in enumerate(data) if [fold(c) for c in row] == wanted]
    if not again:
        return
    found = f"{name}: line {data[again[0]][0]}: the header stands there a second time. "
    if again[0] == 0:
        raise DataError(
            f"{found}Set label_rows to {count + 1}, the number of rows right below the header that "
            "hold no data, or export the file with one header"
        )
    raise DataError(
        f"{found}The file was put together from several: export it as one. label_rows leaves out "
        "only rows right below the first header"
    )


def fold(cell: str) -> str:
    """Return the text of a cell as names of columns are compared: without blanks and case."""
    return cell.strip().casefold()
