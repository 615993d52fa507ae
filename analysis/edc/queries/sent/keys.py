"""The key of a query as data: ``SUBJID=S01; VISIT=D90`` to its columns and texts, and its rows."""

import re
from collections.abc import Collection, Iterator

import pandas as pd

Cells = dict[str, str]
_COLUMN = r"[A-Z][A-Z0-9_]*"
_SUBJECT = re.compile(rf"SUBJID=(.*?)(?=; {_COLUMN}=|$)", re.DOTALL)


def split_key(key: str, columns: Collection[str]) -> Cells:
    """Return the texts of a key by column; an identifier may hold a semicolon.

    >>> split_key("SUBJID=S; 1; VISIT=D90", ["SUBJID", "VISIT"])
    {'SUBJID': 'S; 1', 'VISIT': 'D90'}
    """
    named = "|".join(map(re.escape, columns))
    parts = re.split(rf"(?:^|; )({named})=", key) if named else [key]
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def find_subject(key: str) -> str:
    """Return the subject of a key; "" if it has none.

    >>> find_subject("SUBJID=S; 1; VISIT=D90"), find_subject("RANDNO=R1")
    ('S; 1', '')
    """
    found = _SUBJECT.match(key)
    return found[1] if found else ""


def find_rows(queries: pd.DataFrame, table: pd.DataFrame) -> dict[int, list[int]]:
    """Return the rows of a typed table that each query is on, by their places from 0.

    ``queries``: with ``key``, ``column`` and ``value``, by their index. Dates of a key and of a
    value may be shorter than those of the table. Where a key leads to several rows, those that
    hold the value of the query; if none does, all.
    """
    cells = {key: split_key(key, table.columns) for key in queries["key"].unique()}
    signature = queries["key"].map(lambda key: tuple(cells[key]))
    rows: dict[int, list[int]] = {}
    for columns, asked in queries.groupby(signature, sort=False):
        if columns:
            rows |= _find_by_columns(asked, [cells[key] for key in asked["key"]], table)
    return rows


def _find_by_columns(
    asked: pd.DataFrame, cells: list[Cells], table: pd.DataFrame
) -> dict[int, list[int]]:
    texts = pd.DataFrame(cells, dtype=str).assign(query=asked.index.to_numpy())
    columns = [name for name in texts.columns if name != "query"]
    dates = [name for name in columns if _is_date(table[name])]
    exact = [name for name in columns if name not in dates]
    found = _join(texts, table, exact)
    for name in dates:
        found = found[[there.startswith(text) if text else not there for there, text in zip(
            write_cells(table[name]).iloc[found["place"]], found[name], strict=True)]]  # fmt: skip
    return {
        query: _narrow(places, table, *asked.loc[query, ["column", "value"]])
        for query, places in _group(found)
    }


def _join(texts: pd.DataFrame, table: pd.DataFrame, exact: list[str]) -> pd.DataFrame:
    """Every query beside the place of every row that has its exact cells."""
    near = table
    if exact:
        near = table[write_cells(table[exact[0]]).isin(texts[exact[0]]).to_numpy()]
    places = pd.Series(range(len(table)), index=table.index).loc[near.index].to_numpy()
    there = pd.DataFrame({name: write_cells(near[name]).to_numpy() for name in exact}, dtype=str)
    there["place"] = places
    return texts.merge(there, on=exact) if exact else texts.merge(there, how="cross")


def _group(found: pd.DataFrame) -> Iterator[tuple[int, list[int]]]:
    places: dict[int, list[int]] = {}
    for query, place in zip(found["query"], found["place"], strict=True):
        places.setdefault(int(query), []).append(int(place))
    yield from ((query, sorted(there)) for query, there in places.items())


def _narrow(places: list[int], table: pd.DataFrame, column: str, value: str) -> list[int]:
    if len(places) == 1 or column not in table.columns:
        return places
    texts = write_cells(table[column].iloc[places])
    is_date = _is_date(table[column])
    holding = [
        place
        for place, text in zip(places, texts, strict=True)
        if text == value or (is_date and value and text.startswith(value))
    ]
    return holding or places


def _is_date(cells: pd.Series) -> bool:
    return pd.api.types.is_datetime64_any_dtype(cells)


def write_cells(cells: pd.Series) -> pd.Series:
    """Return typed cells as texts: dates to the second in ISO form, "" for missing."""
    texts = cells.dt.strftime("%Y-%m-%dT%H:%M:%S") if _is_date(cells) else cells
    return texts.astype("str").where(cells.notna(), "").astype("str")
