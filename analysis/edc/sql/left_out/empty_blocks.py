"""Findings on rows of a source that blocks of ``stack`` leave out as their columns are empty."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analysis.edc.queries import Query, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.sql.queried_table import QueriedTable
from analysis.edc.sql.short_form.empty_blocks import EMPTY, ROWS, CountedBlock

SHOWN = 5
Show = Callable[[Sequence[str]], list[str]]
"""Names of sources and columns to what a message shows of them."""


@dataclass(frozen=True)
class _Left:
    """A block that leaves out ``empty`` of the ``rows`` that it looks at."""

    name: str
    columns: str
    rows: int
    empty: int

    @property
    def words(self) -> str:
        """The block among others of its table."""
        return f"{self.name}: {self.empty:,} of {self.rows:,} ({self.columns})"


def query_empty_blocks(table: QueriedTable, show: Show = list) -> Iterator[Query]:
    """Yield a note on the blocks with such rows, and a warning on those that have no others.

    Each is one for the table: of several blocks it counts all and names the first five. ``show``
    masks the names of columns that tell an arm.
    """
    left = [one for block in table.query.blocks if (one := _count(table, block, show)).empty]
    whole = [one for one in left if one.empty == one.rows]
    for severity, blocks in (
        (Severity.NOTE, [one for one in left if one not in whole]),
        (Severity.WARNING, whole),
    ):
        if blocks:
            yield Query(severity, table.name, "", "", "", Rule.EMPTY_BLOCK, _write(blocks))


def _count(table: QueriedTable, block: CountedBlock, show: Show) -> _Left:
    counted = table.count(block.sql)
    columns = ", ".join(show(block.columns))
    return _Left(show([block.name])[0], columns, int(counted[ROWS]), int(counted[EMPTY]))


def _write(blocks: Sequence[_Left]) -> str:
    first = blocks[0]
    if len(blocks) == 1:
        return MessageCode.EMPTY_BLOCK.write(
            block=first.name, empty=first.empty, rows=first.rows, columns=first.columns
        )
    named = "; ".join(each.words for each in blocks[:SHOWN]) + "; ..." * (len(blocks) > SHOWN)
    return MessageCode.EMPTY_BLOCKS.write(
        blocks=len(blocks), empty=sum(each.empty for each in blocks), first=named
    )
