"""Memory between large steps."""

import pyarrow as pa


def give_back() -> None:
    """Give the system back what Arrow keeps for later of the memory that nothing uses any more.

    After a large table that is as much as the table was.
    """
    pa.default_memory_pool().release_unused()
