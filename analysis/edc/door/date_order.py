"""Data queries on dates that stand in the wrong order, within one export."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.queries import Query, Rule, Severity
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


def check_date_order(tables: Tables, layout: Layout) -> list[Query]:
    """Return a query for every date in the wrong order against another date of the subject.

    Dates are compared at the precision that both have: a date against a datetime by the day,
    ``2025-03`` against a day by the month.
    """
    return [query for pair in PAIRS for query in _check_pair(pair, tables, layout)]


def count_pairs(pair: Pair, tables: Tables, layout: Layout) -> tuple[int, int]:
    """Return how many dates of a pair are in the wrong order, and how many can be compared."""
    frame = _lay_side_by_side(pair, tables, layout)
    return sum(_is_wrong(pair, row) for row in frame.to_dict("records")), len(frame)


def is_after(left: str, right: str) -> bool:
    """Whether ISO text ``left`` lies after ``right`` at the precision that both have."""
    shared = min(len(left), len(right))
    return left[:shared] > right[:shared]


def iso_text(values: pd.Series) -> pd.Series:
    """Return dates and datetimes as ISO text to the second; text (partial dates) stays as it is."""
    if not pd.api.types.is_datetime64_any_dtype(values):
        return values
    texts: pd.Series = values.dt.strftime("%Y-%m-%dT%H:%M:%S").astype("str")
    return texts


def _dates(tables: Tables, table: str, column: str, layout: Layout) -> pd.Series:
    texts = iso_text(tables[table][column])
    is_day = layout.tables[table].columns[column].type == "date"
    return texts.str.slice(0, 10) if is_day else texts


def _lay_side_by_side(pair: Pair, tables: Tables, layout: Layout) -> pd.DataFrame:
    """The key of every row with both dates, as texts; without rows if a table is absent."""
    if pair.table not in tables or pair.other_table not in tables:
        return pd.DataFrame()
    key = list(layout.tables[pair.table].key)
    frame = pd.DataFrame(
        {column: _dates(tables, pair.table, column, layout).astype("str") for column in key}
    )
    frame["date"] = _dates(tables, pair.table, pair.column, layout)
    other = _dates(tables, pair.other_table, pair.other_column, layout)
    if pair.table == pair.other_table:
        frame["other"] = other
    else:
        by_subject = other.set_axis(tables[pair.other_table][SUBJECT])
        frame["other"] = frame[SUBJECT].map(by_subject[~by_subject.index.duplicated()])
    return frame.dropna(subset=["date", "other"])


def _is_wrong(pair: Pair, row: Mapping[Hashable, object]) -> bool:
    date, reference = str(row["date"]), str(row["other"])
    return is_after(date, reference) if pair.wrong == "after" else is_after(reference, date)


def _check_pair(pair: Pair, tables: Tables, layout: Layout) -> Iterator[Query]:
    for row in _lay_side_by_side(pair, tables, layout).to_dict("records"):
        if not _is_wrong(pair, row):
            continue
        key = layout.tables[pair.table].key
        described = "; ".join(f"{column}={_to_minute(str(row[column]))}" for column in key)
        date, reference = _to_minute(str(row["date"])), _to_minute(str(row["other"]))
        yield Query(
            Severity.WARNING, pair.table, described, pair.column, date, Rule.DATE_ORDER,
            MessageCode.DATE_ORDER.write(
                order=pair.words, column=f"{pair.other_table}.{pair.other_column}", date=reference
            ),
        )  # fmt: skip


def _to_minute(text: str) -> str:
    """The text as exports write it: seconds only where there are some."""
    return text.removesuffix(":00") if len(text) == len("YYYY-MM-DDTHH:MM:SS") else text
