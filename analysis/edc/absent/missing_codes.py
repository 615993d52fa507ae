"""Codes for missing that a file itself marks: special and user-defined missing values."""

from collections import Counter

import pandas as pd

from analysis.config.mapping import TableMapping
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.sources.labelled_table import LabelledTable


def empty_codes(
    source: LabelledTable, header: str, column: str, cells: pd.Series, spec: TableMapping
) -> pd.Series:
    """Return the cells of a layout column without what the file marks as missing.

    ``header``: the name of the column in the file. A code that the mapping gives a meaning
    (``values``) stays, for the mapping to read.
    """
    codes = source.missing_codes.get(header, frozenset()) - set(spec.values.get(column, {}))
    return cells.mask(cells.isin(codes), "") if codes else cells


def query_codes(source: LabelledTable, headers: dict[str, str], table: str) -> list[Query]:
    """Return a note for each column with such cells: how many of which code.

    ``headers``: by layout column its name in the file.
    """
    found = {
        column: Counter(
            text for text in source.texts[header] if text in source.missing_codes[header]
        )
        for column, header in headers.items()
        if source.missing_codes.get(header)
    }
    return [
        Query(
            Severity.NOTE, table, "", column, "", Rule.MISSING_CODE,
            "the file marks cells as missing: "
            + ", ".join(f"{code} {count:,}" for code, count in sorted(counts.items())),
        )
        for column, counts in found.items()
        if counts
    ]  # fmt: skip
