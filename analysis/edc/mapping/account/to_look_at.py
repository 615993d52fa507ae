"""What stops no run, and may be a fault of the mapping all the same."""

from collections.abc import Iterable, Iterator

from analysis.io.mapping.account import SourceAccount


def list_to_look_at(sources: Iterable[SourceAccount]) -> tuple[str, ...]:
    """Return a line for each source of which rows are lost between the tables that read it."""
    return tuple(line for source in sources for line in _look_at(source))


def _look_at(source: SourceAccount) -> Iterator[str]:
    if source.tables and source.left:
        listed = ", ".join(source.tables)
        yield (
            f"{source.source}: {source.left:,} of {source.rows:,} rows are of no table (read by "
            f"{listed}). Look at tables.{source.tables[0]}.rows and at the blocks of stack"
        )
