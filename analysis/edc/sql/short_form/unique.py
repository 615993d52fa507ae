"""What is joined or looked up may match only once: which columns of which source tell."""

from dataclasses import dataclass

from analysis.config.mapping import TableMapping
from analysis.edc.sql.engine import quote
from analysis.edc.sql.short_form.lookups import write_key, write_where


@dataclass(frozen=True)
class Unique:
    """Columns of a source of which each combination may stand in one row, or beside one text.

    ``take``: the column of that text; empty: one row. ``where``: the condition for its rows.
    ``compared``: the keys as they are compared, in SQL; empty: as they stand.
    """

    source: str
    keys: tuple[str, ...]
    take: str = ""
    where: str = ""
    compared: tuple[str, ...] = ()


def list_unique(spec: TableMapping) -> tuple[Unique, ...]:
    """Return what the join and the lookups of a table need to be unique."""
    joined = [Unique(source, spec.join.by) for source in spec.join.sources] if spec.join else []
    looked = [
        Unique(
            lookup.source,
            tuple(lookup.match.values()),
            lookup.take,
            write_where(lookup),
            tuple(write_key(quote(there), lookup) for there in lookup.match.values()),
        )
        for lookup in spec.lookup.values()
    ]
    return (*joined, *looked)
