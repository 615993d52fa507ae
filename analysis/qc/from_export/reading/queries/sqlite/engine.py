"""The second engine: SQLite in memory, which may read the tables it is given and nothing else."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from analysis.qc.from_export.reading.queries.relation import FILE, ROW, Column, Relation, Text
from analysis.qc.from_export.reading.queries.sqlite.functions import FUNCTIONS, OF_BOTH
from analysis.qc.from_export.reading.queries.sqlite.words import END, UnlikeQueryError, Word

ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
NAMES = frozenset(name for name, _ in FUNCTIONS) | OF_BOTH
MOST_STEPS = 400
STEP = 1_000_000
"""Instructions of the engine between two looks at how many it has run."""
Rows = list[tuple[Text | int | float | bytes, ...]]


@contextmanager
def open_engine(tables: Mapping[str, Relation]) -> Iterator[sqlite3.Connection]:
    """Yield an engine that knows some tables, each of their columns a text, with file and row."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA case_sensitive_like = ON")
        for (name, count), function in FUNCTIONS.items():
            connection.create_function(name, count, function, deterministic=True)
        for name, table in tables.items():
            _fill(connection, name, table)
        steps = iter(range(MOST_STEPS))
        connection.set_progress_handler(lambda: next(steps, None) is None, STEP)
        connection.set_authorizer(_authorize)
        yield connection
    finally:
        connection.close()


def run(connection: sqlite3.Connection, query: str) -> tuple[list[str], Rows]:
    """Return the names of the columns of a query and its rows.

    Raises UnlikeQueryError if the engine cannot run it: without its message where that may hold the
    text of a cell.
    """
    try:
        cursor = connection.execute(query)
        return [name for name, *_ in cursor.description], cursor.fetchall()
    except sqlite3.Error as error:
        raise UnlikeQueryError(_describe(error)) from None


def _describe(error: sqlite3.Error) -> str:
    message = str(error)
    if message == "interrupted":
        return "it takes too many steps"
    if message.startswith("user-defined function"):
        return "a function gets a text that the two engines may treat differently"
    return message


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """``first``: the table that is read; ``second``: the function that is called."""
    is_known = action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in NAMES
    is_own = action in ALLOWED and not (first or "").lower().startswith("sqlite_")
    return sqlite3.SQLITE_OK if is_known or is_own else sqlite3.SQLITE_DENY


def _fill(connection: sqlite3.Connection, name: str, table: Relation) -> None:
    columns = list(table.columns.values())
    described = [f"{quote(column.name)} TEXT" for column in columns]
    described += [f"{FILE} TEXT", f"{ROW} INTEGER"]
    connection.execute(f"CREATE TABLE {quote(name)} ({', '.join(described)})")
    marks = ", ".join("?" * len(described))
    rows = zip(*(column.texts for column in columns), table.files, table.numbers, strict=True)
    connection.executemany(f"INSERT INTO {quote(name)} VALUES ({marks})", rows)


def quote(name: str) -> str:
    """Return a name as SQL writes it."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def choose_columns(table: Relation, words: Sequence[Word], *, has_all: bool = False) -> Relation:
    """Return a table with the columns that a query may speak of."""
    named = {word.name for word in words}
    kept: dict[str, Column] = {k: c for k, c in table.columns.items() if has_all or k in named}
    return Relation(table.name, kept, table.files, table.numbers, table.ambiguous)


def require_known(words: Sequence[Word], known: Collection[str]) -> None:
    """Raise UnlikeQueryError for a quoted name that is none: the engine would take it for a text.

    ``known``: names of sources and columns, folded; those that the query gives (AS) are, too.
    """
    padded = [END, *words, END, END]
    named = {
        word.name
        for before, word, after, next_ in zip(padded, words, padded[2:], padded[3:], strict=False)
        if before.capitals == "AS" or (after.capitals == "AS" and next_.text == "(")
    }
    for word in words:
        if word.text.startswith('"') and word.name not in {*known, *named, FILE, ROW}:
            raise UnlikeQueryError(f"no source that it speaks of has a column {word.text}")
