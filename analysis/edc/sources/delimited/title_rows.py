"""Rows of a text file above the names of columns that hold titles of groups."""

import csv
from itertools import islice

from analysis.edc.sources.delimited.header import split_lines
from analysis.edc.sources.files.options import ReadOptions
from analysis.errors import DataError


def read_titles(name: str, text: str, separator: str, options: ReadOptions) -> list[list[str]]:
    """Return the cells of the rows of titles that the options name; no row where they name none.

    ``text``: of the whole file. A title has no line break. Raises DataError if a row is not a line
    of cells.
    """
    lines = [*islice(split_lines(text), options.name_row)] if options.title_rows else []
    return [
        _split(f"{name}: line {row}", lines[row - 1], separator, options.quote)
        for row in options.title_rows
    ]


def _split(place: str, line: str, separator: str, quote: str) -> list[str]:
    reader = csv.reader(
        [line],
        delimiter=separator,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=True,
    )
    try:
        return next(reader, [])
    except csv.Error as error:
        raise DataError(
            f"{place}: no row of titles ({error}). Set header_rows to the rows of the header, that "
            "of the names last"
        ) from None
