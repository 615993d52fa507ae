"""A table that the mapping writes as a query of its own, run by the second engine."""

from collections.abc import Sequence

from analysis.qc.from_export.reading.files import FOREIGN
from analysis.qc.from_export.reading.queries.registry import NotCheckedError, Registry
from analysis.qc.from_export.reading.queries.relation import FILE, ROW, stack
from analysis.qc.from_export.reading.queries.short_form import MadeTable
from analysis.qc.from_export.reading.queries.sqlite.dialect import translate
from analysis.qc.from_export.reading.queries.sqlite.engine import (
    Rows,
    choose_columns,
    open_engine,
    require_known,
    run,
)
from analysis.qc.from_export.reading.queries.sqlite.words import UnlikeQueryError

NO_SOURCE = "no such table: "
"""How the engine says that it misses one."""


def run_query(text: str, columns: Sequence[str], registry: Registry) -> MadeTable:
    """Return the columns of the layout that a query gives, in the order of files and rows.

    Raises UnlikeQueryError if the second engine cannot run it as the first one does.
    """
    query, words = translate(text)
    named = {word.name for word in words}
    sources = [name for name in registry.list_names() if name in named]
    has_all = any(word.text == "*" for word in words)
    tables = {
        name: choose_columns(stack({name: registry.read(name)}), words, has_all=has_all)
        for name in sources
    }
    known = {column for table in tables.values() for column in table.columns}
    require_known(words, {*known, *sources})
    with open_engine(tables) as engine:
        try:
            names, rows = run(engine, query)
        except UnlikeQueryError as error:
            _name_unread(str(error), registry)
            raise
    return _order(names, rows, columns, tuple(sources))


def _name_unread(message: str, registry: Registry) -> None:
    """Raise NotCheckedError if the engine misses a source that a run reads and the check does not.

    The query is not at fault then.
    """
    foreign = registry.list_foreign()
    if message.startswith(NO_SOURCE) and foreign:
        raise NotCheckedError(
            f"{FOREIGN} {', '.join(foreign)}, in which source {message.removeprefix(NO_SOURCE)} "
            "must be; the query itself is not at fault"
        )


def _order(
    names: list[str], rows: Rows, columns: Sequence[str], sources: tuple[str, ...]
) -> MadeTable:
    folded = [name.casefold() for name in names]
    if len(set(folded)) < len(folded):
        raise UnlikeQueryError("two of its columns have the same name")
    known = {name.casefold(): name for name in columns}
    first = [folded.index(name) for name in (FILE, ROW) if name in folded]
    kept = [at for at, name in enumerate(folded) if name in known]
    cells = [[_take(row[at], folded[at]) for at in (*first, *kept)] for row in rows]
    if len(first) < 2:
        cells = [["", 0, *row[len(first) :]] for row in cells]
    cells.sort(key=lambda row: (row[0], int(row[1]), *row[2:]))
    listed = [list(column) for column in zip(*cells, strict=True)] or [[] for _ in (0, 1, *kept)]
    return MadeTable(
        {known[folded[at]]: list(map(str, listed[i])) for i, at in enumerate(kept, start=2)},
        list(map(str, listed[0])),
        [int(number) for number in listed[1]],
        {},
        sources,
    )


def _take(cell: object, name: str) -> str | int:
    if cell is None:
        return 0 if name == ROW else ""
    if isinstance(cell, str) or (isinstance(cell, int) and name == ROW):
        return cell
    raise UnlikeQueryError(f"its column {name} holds numbers or truth values, not texts")
