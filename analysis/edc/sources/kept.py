"""Sources kept in memory, for a step that asks for each of them several times."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

from analysis.edc.sources.labelled_table import LabelledTable

_kept: list[dict[Hashable, LabelledTable]] = []


@contextmanager
def keep_sources() -> Iterator[None]:
    """Read each source once meanwhile, and keep what it holds.

    The files must not change meanwhile, and nobody may change a table that was read.
    """
    mine: dict[Hashable, LabelledTable] = {}
    _kept.append(mine)
    try:
        yield
    finally:
        _kept.remove(mine)


def read_once(source: Hashable, read: Callable[[], LabelledTable]) -> LabelledTable:
    """Return what is kept of a source, else what ``read`` gives; raises what that does."""
    if not _kept:
        return read()
    kept = _kept[-1]
    if source not in kept:
        kept[source] = read()
    return kept[source]
