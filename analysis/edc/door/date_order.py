"""Data queries on dates that stand in the wrong order, within one export."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.queries import Places, Queries, QueryRows, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode

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
    frame = _lay_side_by_side(pair, tables, layout)
    return int(_find_wrong(pair, frame).sum()), len(frame)


def is_after(left: str, right: str) -> bool:
    """Whether ISO text ``left`` lies after ``right`` at the precision that both have."""
    shared = min(len(left), len(right))
    return left[:shared] > right[:shared]


def are_after(left: pd.Series, right: pd.Series) -> "pd.Series[bool]":
    """Return for each pair of ISO texts what :func:`is_after` says of it; none may be missing.

    >>> are_after(pd.Series(["2026-03-06", "2026"]), pd.Series(["2026-03-05T10:00", "2025-12"]))
    0    True
    1    True
    dtype: bool
    """
    shared = np.minimum(left.str.len().to_numpy(), right.str.len().to_numpy())
    after = np.zeros(len(left), dtype=bool)
    for length in np.unique(shared):
        alike = shared == length
        cut = (texts[alike].str.slice(0, int(length)) for texts in (left, right))
        after[alike] = next(cut).to_numpy() > next(cut).to_numpy()
    return pd.Series(after, index=left.index, dtype=bool)


def iso_text(values: pd.Series) -> pd.Series:
    """Return dates and datetimes as ISO text to the second; text (partial dates) stays as it is."""
    if not pd.api.types.is_datetime64_any_dtype(values):
        return values
    texts = np.datetime_as_string(values.to_numpy(dtype="datetime64[s]"), unit="s")
    return pd.Series(texts, index=values.index, dtype="str").where(values.notna())


def _dates(tables: Tables, table: str, column: str, layout: Layout) -> pd.Series:
    texts = iso_text(tables[table][column])
    is_day = layout.tables[table].columns[column].type == "date"
    return texts.str.slice(0, 10) if is_day else texts


def _lay_side_by_side(pair: Pair, tables: Tables, layout: Layout) -> pd.DataFrame:
    """Both dates of every row that has them, as texts; without rows if a table is absent."""
    if pair.table not in tables or pair.other_table not in tables:
        return pd.DataFrame({"date": [], "other": []}, dtype="str")
    frame = pd.DataFrame({"date": _dates(tables, pair.table, pair.column, layout)})
    other = _dates(tables, pair.other_table, pair.other_column, layout)
    if pair.table == pair.other_table:
        frame["other"] = other
    else:
        by_subject = other.set_axis(tables[pair.other_table][SUBJECT])
        known = by_subject[~by_subject.index.duplicated()]
        frame["other"] = known.reindex(tables[pair.table][SUBJECT]).set_axis(frame.index)
    return frame.dropna(subset=["date", "other"])


def _find_wrong(pair: Pair, frame: pd.DataFrame) -> "pd.Series[bool]":
    if pair.wrong == "after":
        return are_after(frame["date"], frame["other"])
    return are_after(frame["other"], frame["date"])


def _check_pair(
    pair: Pair, tables: Tables, layout: Layout, places: Places | None
) -> pd.DataFrame | None:
    """The queries of one pair, in the order of the table; None without any."""
    frame = _lay_side_by_side(pair, tables, layout)
    wrong = frame[_find_wrong(pair, frame)]
    if wrong.empty:
        return None
    there = {pair.table: tables[pair.table].loc[wrong.index]}
    key = layout.tables[pair.table].key
    texts = {c: _to_minute(_dates(there, pair.table, c, layout).astype("str")) for c in key}
    rows = QueryRows(
        pair.table,
        key,
        pd.DataFrame(texts),
        places.take(wrong.index.to_numpy()) if places else None,
    )
    return rows.raise_at(
        np.arange(len(wrong)), Severity.WARNING, Rule.DATE_ORDER, pair.column,
        _to_minute(wrong["date"]), _write_messages(pair, _to_minute(wrong["other"])),
    )  # fmt: skip


def _write_messages(pair: Pair, references: pd.Series) -> pd.Series:
    """The words of each query, whose reference is the other date."""
    column = f"{pair.other_table}.{pair.other_column}"
    words = {
        date: MessageCode.DATE_ORDER.write(order=pair.words, column=column, date=date)
        for date in references.unique()
    }
    return references.map(words)


def _to_minute(texts: pd.Series) -> pd.Series:
    """The texts as exports write them: seconds only where there are some."""
    is_full = texts.str.len() == len("YYYY-MM-DDTHH:MM:SS")
    return texts.mask(is_full.fillna(False).astype(bool), texts.str.removesuffix(":00"))
