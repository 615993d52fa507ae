"""Columns that a file lacks: which of them stop the run, and what they may be called there."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.edc.layout import Table

NEAREST = 3
"""Headers that are named beside an absent column, the nearest first."""
SIMILAR = 0.6
"""Least ratio of difflib at which two headers may be the same one, misspelt."""


@dataclass(frozen=True)
class Header:
    """The header of a file beside the layout: the table's name, the file's, and its columns.

    ``wanted``: by layout column the header (capitals) at which it should stand. ``is_selected``:
    the columns are those that a query of the mapping (``sql``) selects.
    """

    name: str
    file: str
    columns: tuple[str, ...]
    wanted: Mapping[str, str]
    is_selected: bool = False

    @property
    def absent(self) -> tuple[str, ...]:
        """The layout columns that the file lacks."""
        given = {column.upper() for column in self.columns}
        return tuple(column for column, header in self.wanted.items() if header not in given)

    @property
    def unclaimed(self) -> tuple[str, ...]:
        """The headers of the file that belong to no column of the layout."""
        claimed = set(self.wanted.values())
        return tuple(column for column in self.columns if column.upper() not in claimed)

    def describe(self, column: str) -> str:
        """Return a layout column with the header that the mapping gives it."""
        source = self.wanted[column]
        return column if source == column else f"{column} (mapped from {source})"

    def tell_ways(self, column: str) -> str:
        """Return how an absent column can be had, as the beginning of a sentence."""
        near = find_nearest(self.wanted[column], self.unclaimed)
        likest = near[0] if near else "HEADER"
        if self.is_selected:
            return f"Select it in config/edc.yaml (tables.{self.name}.sql: {likest} AS {column})"
        line = f"tables.{self.name}.columns: {{{column}: {likest}}}"
        return f"Correct the export, or map it in config/edc.yaml ({line})"


def find_absent(
    header: Header,
    table: Table,
    mapped: Collection[str],
    named: Collection[str],
    declared: Collection[str],
) -> list[str]:
    """Return a finding for every absent column without which the run must stop.

    They are those that the mapping names (``mapped``), those that the plan names (``named``), and
    all of which a number is made; of a column of no number there is a query. Those ``declared`` not
    collected are none of them.
    """
    return [
        _describe(header, column, column in mapped, column in table.essential)
        for column in header.absent
        if column not in declared
        if column in mapped or column in named or table.columns[column].use != "none"
    ]


def find_nearest(header: str, candidates: Sequence[str]) -> list[str]:
    """Return the headers that may be one that is absent: first those of the same letters.

    Letters that changed places, then small differences of spelling; none if nothing is alike.
    """
    folded = {candidate.upper(): candidate for candidate in candidates}
    exchanged = [text for text in folded if sorted(text) == sorted(header.upper())]
    alike = difflib.get_close_matches(header.upper(), folded, n=NEAREST, cutoff=SIMILAR)
    return [folded[text] for text in dict.fromkeys((*exchanged, *alike))][:NEAREST]


def name_nearest(header: Header, column: str) -> str:
    """Return what an absent column may be called in the file, as a sentence; "" if nothing is."""
    near = find_nearest(header.wanted[column], header.unclaimed)
    near = near or find_nearest(column, header.unclaimed)
    if not near:
        return ""
    listed = ", ".join(f"'{text}'" for text in near)
    return f" The nearest headers of the file: {listed}."


def _describe(header: Header, column: str, is_mapped: bool, is_essential: bool) -> str:
    why = "the mapping names it" if is_mapped else "numbers of the analysis need it"
    ways = header.tell_ways(column)
    if is_mapped:
        ways += f", or take it out of tables.{header.name}.columns"
    if not is_essential:
        ways += (
            f"; if the trial did not collect it, declare that (tables.{header.name}."
            f"not_collected: [{column}])"
        )
    return (
        f"{header.file}: column {header.describe(column)} is missing, and {why}."
        f"{name_nearest(header, column)} {ways}"
    )
