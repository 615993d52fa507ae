"""What reading the sources of an export gave, table by table."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from analysis.config import Mapping
from analysis.config.mapping import DecimalMark, TableMapping
from analysis.edc.queries import Places, Queries, Query
from analysis.edc.queries.source_rows import Place
from analysis.edc.written.unprintable import Spellings

Mask = Callable[[dict[str, pd.DataFrame]], dict[str, pd.DataFrame]]
"""Tables of text to the same tables with some cells masked."""


@dataclass(frozen=True)
class Reading:
    """What reading gave: texts by table, queries, and what makes the analysis impossible.

    ``mapped``: by table, the name of its file and the cells that the mapping changed, by column.
    ``told``: by table and column, how many cells were read in which way by keys of the mapping.
    ``decimals``: by table, the decimal mark of its source. ``places``: where its rows stand;
    ``sources``: the sources that were read, by what messages call them.
    ``given``: by table and column that the export has, the filled cells as they came.
    ``raised``: queries, single ones and frames of many.
    ``spellings``: how the files spell their identifiers.
    """

    texts: dict[str, pd.DataFrame]
    raised: list[Query | pd.DataFrame]
    fatal: list[str]
    mapped: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)
    told: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    spellings: Spellings = field(default_factory=Spellings)
    decimals: dict[str, DecimalMark] = field(default_factory=dict)
    places: dict[str, Places] = field(default_factory=dict)
    sources: dict[str, Place] = field(default_factory=dict)
    given: dict[str, dict[str, int]] = field(default_factory=dict)

    def update(self, of_table: "Reading") -> None:
        """Add what reading another table gave."""
        self.texts.update(of_table.texts)
        self.raised.extend(of_table.raised)
        self.fatal.extend(of_table.fatal)
        self.mapped.update(of_table.mapped)
        self.told.update(of_table.told)
        self.decimals.update(of_table.decimals)
        self.places.update(of_table.places)
        self.sources.update(of_table.sources)
        self.given.update(of_table.given)
        self.spellings.update(of_table.spellings)

    @property
    def queries(self) -> Queries:
        """The queries raised so far."""
        return Queries(self.raised)


def find_spec(mapping: Mapping, name: str) -> TableMapping:
    """Return what the mapping says of one table; nothing, if it does not name it."""
    return mapping.tables.get(name, TableMapping())
