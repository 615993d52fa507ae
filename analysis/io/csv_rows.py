"""Rows of the CSV files that people open and that are read back: any text survives both.

Fields are quoted as RFC 4180 says, carriage returns too (Python's writer leaves them bare), and
what a spreadsheet would compute is escaped (:mod:`analysis.io.formula_cells`).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.io.formula_cells import escape_formula, unescape_formula

LONGEST_FIELD = 2**31 - 1
"""Characters: Python's reader refuses fields from 131,073 on unless it is told."""

_QUOTED = re.compile(r'[,"\r\n]')


def write_rows(rows: Iterable[Sequence[str]]) -> str:
    r"""Return rows of text as CSV with ``\n`` line ends."""
    return "".join(f"{_write_row([*map(escape_formula, row)])}\n" for row in rows)


def read_rows(path: Path) -> list[list[str]]:
    """Return the rows of a file that :func:`write_rows` made, header first, as they were.

    Raises AnalysisError if it is no UTF-8 or no CSV, or if a row is shorter or longer than the
    header.
    """
    try:
        rows = parse_rows(path.read_bytes().decode())
    except (UnicodeDecodeError, csv.Error) as error:
        raise AnalysisError(f"{path.name}: cannot be read as a table ({error})") from None
    if uneven := [number for number, row in enumerate(rows, 1) if len(row) != len(rows[0])]:
        raise AnalysisError(f"{path.name}: row {uneven[0]} has not as many cells as the header")
    return [[unescape_formula(cell) for cell in row] for row in rows]


def read_records(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a file by column; AnalysisError if its columns are others."""
    header, *rows = read_rows(path) or [[]]
    if tuple(header) != tuple(columns):
        raise AnalysisError(f"{path.name}: the columns must be {', '.join(columns)}")
    return [dict(zip(header, row, strict=True)) for row in rows]


def parse_rows(text: str) -> list[list[str]]:
    """Return the rows of CSV text as they stand there, empty lines left out; raises csv.Error."""
    with any_length():
        return [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]


@contextmanager
def any_length() -> Iterator[None]:
    """Let Python's reader take cells of any length meanwhile."""
    limit = csv.field_size_limit(LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _write_row(cells: Sequence[str]) -> str:
    if len(cells) == 1 and not cells[0]:
        return '""'  # an empty line would be no row
    return ",".join(_quote(cell) for cell in cells)


def _quote(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if _QUOTED.search(cell) else cell
