"""Each source of an export: its rows that no table took, and its columns that nobody uses."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from analysis.edc.allocation.masking import MASK
from analysis.edc.allocation.mentions import Mentions
from analysis.edc.mapping.account.partly_used import list_partly
from analysis.edc.mapping.opened import OpenedExport
from analysis.edc.reading.export import Export
from analysis.edc.reading.used_columns import list_unused
from analysis.errors import DataError
from analysis.io.mapping.account import SourceAccount


@dataclass
class _Taken:
    """By the label of a source and by table the rows that it took.

    ``unknown``: the tables whose query does not say which.
    """

    rows: dict[str, dict[str, set[int]]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def of_source(self, label: str, tables: Iterable[str]) -> dict[str, set[int]]:
        """Return the rows of a source by table, without the tables of which nobody knows."""
        of_label = self.rows.get(label, {})
        return {name: of_label.get(name, set()) for name in tables if name not in self.unknown}


def account_sources(
    export: Export, opened: OpenedExport, mentions: Mentions
) -> tuple[SourceAccount, ...]:
    """Return the account of every source, in the order of the export.

    ``mentions``: what names an arm, which no name of a column shows.
    """
    taken = _find_taken(export)
    return tuple(_account(name, opened, mentions, taken) for name in opened.shelf)


def _account(name: str, opened: OpenedExport, mentions: Mentions, taken: _Taken) -> SourceAccount:
    try:
        label, texts = opened.shelf.find(name).label, opened.shelf.read(name).texts
    except DataError as error:
        return SourceAccount(name, 0, None, 0, note=str(error))
    using = [table for table in opened.tables.values() if name in table.query.sources]
    of_table = taken.of_source(label, [table.name for table in using])
    rows = len({row for found in of_table.values() for row in found})
    is_known = rows or not using
    note = "" if using else "no table is read from it"
    if not is_known:
        followed = not taken.unknown
        note = "its rows stand beside those of others" if followed else "a query hides the rows"
    beside = any(t.spec.join and name in t.spec.join.sources for t in using)
    return SourceAccount(
        label,
        len(texts),
        rows if is_known else None,
        texts.shape[1],
        _mask(list_unused(using, name, texts.columns), mentions),
        note,
        () if beside else _mask(list_partly(texts, name, using, of_table), mentions),
        tuple(table.name for table in using),
    )


def _find_taken(export: Export) -> _Taken:
    taken = _Taken()
    for table, places in export.taken.items():
        codes = np.asarray(places.files.codes)
        for code, label in enumerate(places.files.categories):
            rows = places.rows[codes == code]
            if bool((rows == 0).any()):
                taken.unknown.add(table)
            of_label = taken.rows.setdefault(str(label), {})
            of_label.setdefault(table, set()).update(rows[rows > 0].tolist())
    return taken


def _mask(names: Iterable[str], mentions: Mentions) -> tuple[str, ...]:
    return tuple(MASK if mentions.names_any(name) else name for name in names)
