"""Each source of an export: its rows that no table took, and its columns that nobody uses."""

from collections.abc import Iterable

import numpy as np

from analysis.edc.allocation.masking import MASK
from analysis.edc.allocation.mentions import Mentions
from analysis.edc.cells.beside import list_beside
from analysis.edc.mapping.opened import OpenedExport
from analysis.edc.reading.export import Export
from analysis.edc.sql.queried_table import QueriedTable
from analysis.errors import DataError
from analysis.io.mapping_account import SourceAccount


def account_sources(
    export: Export, opened: OpenedExport, mentions: Mentions
) -> tuple[SourceAccount, ...]:
    """Return the account of every source, in the order of the export.

    ``mentions``: what names an arm, which no name of a column shows.
    """
    taken, followed = _find_taken(export)
    return tuple(_account(name, opened, mentions, taken, followed) for name in opened.shelf)


def _account(
    name: str,
    opened: OpenedExport,
    mentions: Mentions,
    taken: dict[str, set[int]],
    followed: bool,
) -> SourceAccount:
    try:
        label, texts = opened.shelf.find(name).label, opened.shelf.read(name).texts
    except DataError as error:
        return SourceAccount(name, 0, None, 0, note=str(error))
    using = [table for table in opened.tables.values() if name in table.query.sources]
    used = {column for table in using for column in _list_used(table, name)}
    unused = [str(c) for c in texts.columns if str(c).casefold() not in used]
    rows = len(taken.get(label, set()))
    is_known = rows or not using
    note = "" if using else "no table is read from it"
    if not is_known:
        note = "its rows stand beside those of others" if followed else "a query hides the rows"
    return SourceAccount(
        label, len(texts), rows if is_known else None, texts.shape[1], _mask(unused, mentions), note
    )


def _list_used(table: QueriedTable, source: str) -> set[str]:
    """The folded names of the columns that a table takes from a source, or speaks of."""
    of_layout = {c for places in table.query.places.values() for s, c in places if s == source}
    beside = list_beside(table.spec).values()
    return {c.casefold() for c in (*of_layout, *beside)} | _list_spoken(table)


def _list_spoken(table: QueriedTable) -> set[str]:
    """What conditions, joins and queries in SQL name; no column of the layout by its own name."""
    if table.spec.sql:
        return set(table.query.columns)
    own = {column.casefold() for column in table.table.columns}
    keys = {key.casefold() for key in table.spec.join.by} if table.spec.join else set()
    lookups = table.spec.lookup.values()
    there = {c.casefold() for one in lookups for c in (*one.match.values(), *one.where)}
    return (set(table.query.columns) - own) | keys | there


def _find_taken(export: Export) -> tuple[dict[str, set[int]], bool]:
    """By the label of a source the rows that a table took; and whether every query says which."""
    taken: dict[str, set[int]] = {}
    followed = True
    for places in export.taken.values():
        codes = np.asarray(places.files.codes)
        for code, label in enumerate(places.files.categories):
            rows = places.rows[codes == code]
            followed = followed and not bool((rows == 0).any())
            taken.setdefault(str(label), set()).update(rows[rows > 0].tolist())
    return taken, followed


def _mask(names: Iterable[str], mentions: Mentions) -> tuple[str, ...]:
    return tuple(MASK if mentions.names_any(name) else name for name in names)
