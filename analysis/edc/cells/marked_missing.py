"""Codes for missing that a file itself marks: special and user-defined missing values."""

from collections import Counter

import pandas as pd

from analysis.config.mapping import TableMapping
from analysis.edc.cells.told import MISSING
from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.written.normal import normalise


def empty_codes(
    source: LabelledTable, header: str, column: str, cells: pd.Series, spec: TableMapping
) -> pd.Series:
    """Return the cells of a layout column without what the file marks as missing.

    ``header``: the name of the column in the file. A code that the mapping gives a meaning
    (``values``) stays, for the mapping to read.
    """
    meant = {normalise(text) for text in spec.values.get(column, {})}
    codes = {
        code
        for code in source.missing_codes.get(header, frozenset())
        if normalise(code) not in meant
    }
    return cells.mask(cells.isin(codes), "") if codes else cells


def _list_counts(source: LabelledTable, header: str, counts: Counter[str]) -> str:
    return ", ".join(
        f"{code}{_name_label(source, header, code)} {count:,}"
        for code, count in sorted(counts.items())
    )


def query_codes(source: LabelledTable, headers: dict[str, str], table: str) -> list[Query]:
    """Return a note for each column with such cells: how many of which code, and its label.

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
            MessageCode.MISSING_CODE.write(codes=_list_counts(source, headers[column], counts)),
        )
        for column, counts in found.items()
        if counts
    ]  # fmt: skip


def tell_codes(source: LabelledTable, header: str, cells: pd.Series) -> dict[str, int]:
    """Return how many cells the file marks as missing, by reason: the label of the code, or it.

    ``cells``: those of the layout column, in which such codes are emptied.
    """
    codes = source.missing_codes.get(header, frozenset())
    emptied = source.texts[header][cells.to_numpy() == ""] if codes else []
    labels = source.value_labels.get(header, {})
    counts = Counter(labels.get(str(text), str(text)) for text in emptied if text in codes)
    return {f"{MISSING}{reason}": n for reason, n in sorted(counts.items())}


def _name_label(source: LabelledTable, header: str, code: str) -> str:
    label = source.value_labels.get(header, {}).get(code)
    return f" ({label})" if label else ""
