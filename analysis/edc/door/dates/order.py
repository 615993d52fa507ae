"""Data queries on dates that stand in the wrong order, within one export."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.door.dates.compared import Dates, read_dates
from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.queries import Places, Queries, QueryRows, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.io.large.text_columns import find_first

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Pair:
    """The date ``column`` of ``table`` is queried when it is ``wrong`` against the other date."""

    table: str
    column: str
    wrong: str  # "before" or "after"
    other_table: str
    other_column: str
    words: str


PAIRS = (
    Pair("dm", "RFICDTC", "after", "rand", "RANDDTC", "consent after randomisation"),
    Pair("bl", "LKWDTC", "after", "rand", "RANDDTC", "last known well after randomisation"),
    Pair("evt", "RECANDTC", "before", "evt", "PUNCDTC", "recanalisation before puncture"),
    Pair("evt", "PUNCDTC", "before", "bl", "LKWDTC", "puncture before last known well"),
    Pair("nihss", "NIHDTC", "before", "rand", "RANDDTC", "assessment before randomisation"),
    Pair("mrs", "MRSDTC", "before", "rand", "RANDDTC", "assessment before randomisation"),
    Pair("eq5d", "EQDTC", "before", "rand", "RANDDTC", "assessment before randomisation"),
    Pair("ich", "ICHDTC", "before", "rand", "RANDDTC", "imaging before randomisation"),
    Pair("ds", "DSSTDTC", "before", "rand", "RANDDTC", "disposition before randomisation"),
    Pair("dd", "DTHDTC", "before", "rand", "RANDDTC", "death before randomisation"),
    Pair("ae", "AEENDTC", "before", "ae", "AESTDTC", "end before start"),
    Pair("cm", "CMENDTC", "before", "cm", "CMSTDTC", "end before start"),
    Pair("ex", "EXSTDTC", "after", "dd", "DTHDTC", "dose after the recorded death"),
    Pair("nihss", "NIHDTC", "after", "dd", "DTHDTC", "assessment after the recorded death"),
    Pair("eq5d", "EQDTC", "after", "dd", "DTHDTC", "assessment after the recorded death"),
    Pair("ich", "ICHDTC", "after", "dd", "DTHDTC", "imaging after the recorded death"),
)


def check_date_order(
    tables: Tables, layout: Layout, places: Mapping[str, Places] | None = None
) -> Queries:
    """Return a query for every date in the wrong order against another date of the subject.

    Dates are compared at the precision that both have: a date against a datetime by the day,
    ``2025-03`` against a day by the month. ``places``: by table where its rows stand in the export.
    """
    found = (_check_pair(pair, tables, layout, (places or {}).get(pair.table)) for pair in PAIRS)
    return Queries(query for query in found if query is not None)


def count_pairs(pair: Pair, tables: Tables, layout: Layout) -> tuple[int, int]:
    """Return how many dates of a pair are in the wrong order, and how many can be compared."""
    compared = _compare(pair, tables, layout)
    return (len(compared.wrong), compared.count) if compared else (0, 0)


def is_after(left: str, right: str) -> bool:
    """Whether ISO text ``left`` lies after ``right`` at the precision that both have."""
    shared = min(len(left), len(right))
    return left[:shared] > right[:shared]


def iso_text(values: pd.Series) -> pd.Series:
    """Return dates and datetimes as ISO text to the second; text (partial dates) stays as it is."""
    if not pd.api.types.is_datetime64_any_dtype(values):
        return values
    texts = np.datetime_as_string(values.to_numpy(dtype="datetime64[s]"), unit="s")
    return pd.Series(texts, index=values.index, dtype="str").where(values.notna())


@dataclass(frozen=True)
class _Compared:
    """``wrong``: the positions of the rows in the wrong order, ``others``: those of the other
    date; ``count``: the rows that have both dates."""

    wrong: NDArray[np.int64]
    others: NDArray[np.int64]
    count: int


def _compare(pair: Pair, tables: Tables, layout: Layout) -> _Compared | None:
    """The dates of a pair, row by row of its table; None if a table is absent."""
    if pair.table not in tables or pair.other_table not in tables:
        return None
    frame, other_frame = tables[pair.table], tables[pair.other_table]
    if pair.table == pair.other_table:
        there = np.arange(len(frame))
    else:
        there = find_first(frame[SUBJECT], other_frame[SUBJECT])
    own = _read(tables, pair.table, pair.column, layout)
    other = _read(tables, pair.other_table, pair.other_column, layout).take(there)
    later, earlier = (own, other) if pair.wrong == "after" else (other, own)
    wrong = np.flatnonzero(later.are_after(earlier))
    return _Compared(wrong, there[wrong], int(own.are_comparable(other).sum()))


def _read(tables: Tables, table: str, column: str, layout: Layout) -> Dates:
    is_day = layout.tables[table].columns[column].type == "date"
    return read_dates(tables[table][column], is_day=is_day)


def _check_pair(
    pair: Pair, tables: Tables, layout: Layout, places: Places | None
) -> pd.DataFrame | None:
    """The queries of one pair, in the order of the table; None without any."""
    compared = _compare(pair, tables, layout)
    if compared is None or not len(compared.wrong):
        return None
    there = {
        pair.table: tables[pair.table].iloc[compared.wrong],
        "other": tables[pair.other_table].iloc[compared.others],
    }
    key = layout.tables[pair.table].key
    texts = {c: _write_dates(there[pair.table], pair.table, c, layout) for c in key}
    date = _write_dates(there[pair.table], pair.table, pair.column, layout)
    other = _write_dates(there["other"], pair.other_table, pair.other_column, layout)
    placed = places.take(compared.wrong) if places else None
    rows = QueryRows(pair.table, key, pd.DataFrame(texts), placed)
    return rows.raise_at(
        np.arange(len(compared.wrong)), Severity.WARNING, Rule.DATE_ORDER, pair.column,
        date, _write_messages(pair, other),
    )  # fmt: skip


def _write_messages(pair: Pair, references: pd.Series) -> pd.Series:
    """The words of each query, whose reference is the other date."""
    column = f"{pair.other_table}.{pair.other_column}"
    words = {
        date: MessageCode.DATE_ORDER.write(order=pair.words, column=column, date=date)
        for date in references.unique()
    }
    return references.map(words)


def _write_dates(frame: pd.DataFrame, table: str, column: str, layout: Layout) -> pd.Series:
    """The cells of a column as exports write them: days, moments with seconds if there are some."""
    texts = iso_text(frame[column])
    is_day = layout.tables[table].columns[column].type == "date"
    texts = (texts.str.slice(0, 10) if is_day else texts).astype("str")
    is_full = texts.str.len() == len("YYYY-MM-DDTHH:MM:SS")
    return texts.mask(is_full.fillna(False).astype(bool), texts.str.removesuffix(":00"))
