"""Queries over the sources of an export, run in memory, with their rows in one order."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.config.mapping import QUERY_SECONDS
from analysis.edc.sql.endless import explain_endless
from analysis.edc.sql.functions import write_functions
from analysis.edc.sql.settings import MEMORY, open_connection
from analysis.edc.sql.statement import QueryError, Statement, parse_statement
from analysis.edc.sql.time_limit import OutOfTime, limit_time

FILE, ROW = "_file", "_row"
"""Columns that every source has beside its own: where a row stands, the first one being 1."""

DATA_ERRORS = (
    duckdb.ConversionException,
    duckdb.InvalidInputException,
    duckdb.OutOfRangeException,
    duckdb.InternalException,
)
"""Errors whose message may quote a cell."""


class Engine:
    """Sources as views whose columns are texts, an empty cell being the empty text.

    ``seconds``: the time that a query may take.

    >>> import pandas as pd
    >>> engine = Engine()
    >>> engine.add_source("visits", pd.DataFrame({"id": ["S2", "S1"], "mrs": ["", "3"]}), "v.csv")
    >>> engine.run("SELECT id AS SUBJID, mrs AS MRS, _row FROM visits").to_dict("list")
    {'SUBJID': ['S2', 'S1'], 'MRS': ['', '3'], '_row': ['1', '2']}
    """

    def __init__(self, seconds: float = QUERY_SECONDS) -> None:
        self._seconds = seconds
        self._connection = open_connection()
        for statement in write_functions():
            self._connection.execute(statement)

    def add_source(self, name: str, texts: pd.DataFrame, file: str) -> None:
        """Make a table of texts known by ``name``. Its index counts the rows of ``file`` from 0."""
        taken = [c for c in texts.columns if str(c).casefold() in (FILE, ROW)]
        if taken:
            raise QueryError(f"{file}: column {taken[0]} has the name of one that a query adds")
        table = pa.Table.from_pandas(texts, preserve_index=False)
        table = table.append_column(FILE, pa.array([file] * len(texts), pa.string()))
        table = table.append_column(ROW, pa.array(texts.index.to_numpy() + 1, pa.int64()))
        self._connection.register(name, table.replace_schema_metadata(None))

    def run(self, text: str) -> pd.DataFrame:
        """Return what a query gives, as texts, ordered by file and row if it has them, then all.

        A missing value is the empty text, a moment is written as in the layout. Raises QueryError
        if the query may not be run, cannot, or does not end in its time.
        """
        return self.run_statement(parse_statement(text))

    def run_statement(self, statement: Statement) -> pd.DataFrame:
        """Return what a query that was parsed gives, as ``run`` does."""
        try:
            with limit_time(self._connection, self._seconds):
                columns, table = self._fetch(statement.text)
        except OutOfTime:
            raise QueryError(_describe_endless(statement.text, self._seconds)) from None
        except (duckdb.Error, RuntimeError) as error:
            raise QueryError(_describe(error)) from None
        return pd.DataFrame(
            {
                name: pd.Series(table.column(at).to_pandas(), dtype=str)
                for at, name in enumerate(columns)
            }
        )

    def _fetch(self, text: str) -> tuple[list[str], pa.Table]:
        """The columns of a query, and their texts."""
        self._connection.execute(f"EXPLAIN {text}")  # its errors name the line
        relation = self._connection.sql(text)
        columns = list(relation.columns)
        _require_distinct(columns)
        cells = [
            _as_text(column, str(kind))
            for column, kind in zip(columns, relation.types, strict=True)
        ]
        return columns, self._connection.sql(_wrap(text, cells, columns)).to_arrow_table()


def quote(name: str) -> str:
    """Return the name of a source or a column as SQL writes it.

    >>> quote('Date of "onset"')
    '"Date of ""onset""\"'
    """
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def quote_text(text: str) -> str:
    """Return a text as SQL writes it.

    >>> quote_text("Day 90's")
    "'Day 90''s'"
    """
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _as_text(column: str, kind: str) -> str:
    name = quote(column)
    forms = {"DATE": "%Y-%m-%d", "TIMESTAMP": "%Y-%m-%dT%H:%M:%S"}
    form = next((form for start, form in forms.items() if kind.startswith(start)), "")
    text = f"strftime({name}, '{form}')" if form else f"CAST({name} AS VARCHAR)"
    return f"coalesce({text}, '') AS {name}"


def _wrap(text: str, cells: Sequence[str], columns: Sequence[str]) -> str:
    """The query, its cells as texts, its rows in an order that is not the engine's."""
    first = [column for column in (FILE, ROW) if column in columns]
    order = [*first, *(column for column in columns if column not in first)]
    keys = ", ".join(f"given.{quote(column)} NULLS FIRST" for column in order)
    return f"SELECT {', '.join(cells)} FROM (\n{text}\n) AS given ORDER BY {keys}"


def _require_distinct(columns: Sequence[str]) -> None:
    counts = Counter(column.casefold() for column in columns)
    twice = sorted({column for column in columns if counts[column.casefold()] > 1})
    if twice:
        raise QueryError(f"column {', '.join(twice)} stands twice in what it selects")


def _describe(error: Exception) -> str:
    """The engine's message in one line, without the text of a cell."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"it needs more memory than a query may have ({MEMORY})"
    message, _, place = str(error).partition("LINE ")
    if isinstance(error, DATA_ERRORS):
        first = message.partition("\n")[0]
        shown = re.sub(r"['\"].*['\"]", "'...'", first)
        return (
            f"{shown}. Select the cell as it stands: dates and numbers are read after the query "
            "(tables.<table>.dates, .units, .numbers)"
        )
    line = f"line {place.partition(':')[0]}: " if place else ""
    return line + " ".join(message.split())


def _describe_endless(text: str, seconds: float) -> str:
    return (
        f"it had not ended after {seconds:,g} seconds and was stopped. {explain_endless(text)}"
        "If it is right and only long, give it more time: query_seconds in config/edc.yaml"
    )


def list_missing(statement: Statement, known: Mapping[str, object]) -> list[str]:
    """Return the names that a query selects from and that neither it nor the export gives."""
    return sorted(statement.tables - statement.given - set(known))
