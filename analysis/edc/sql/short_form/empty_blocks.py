"""The rows of a source that a block of ``stack`` leaves out, because its columns are empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.edc.sql.engine import quote
from analysis.edc.sql.short_form.blocks import Part
from analysis.edc.sql.short_form.cells import Cell

EMPTY, ROWS = "empty", "rows"


@dataclass(frozen=True)
class CountedBlock:
    """A block that leaves out empty rows: ``name`` and ``columns`` as messages name them.

    ``sql``: a query of one row, how many rows of the source the block looks at (``rows``), and in
    how many of them its columns are empty (``empty``).
    """

    name: str
    columns: tuple[str, ...]
    sql: str

    @classmethod
    def of(cls, part: Part, cells: Mapping[str, Cell], select: str) -> CountedBlock:
        """Return the block of a part; ``select``: the rows that it looks at, empty ones too."""
        own = [column for column in cells if column in part.own]
        texts = ", ".join(map(quote, own))
        sources = [name for column in own for _, name in cells[column].places]
        return cls(
            part.name,
            tuple(dict.fromkeys(sources)),
            f"SELECT count(*) AS {ROWS}, count(*) FILTER (WHERE concat({texts}) = '') AS {EMPTY} "
            f"FROM (\n{select}\n) AS looked_at",
        )
