"""What a long step is at, for the log and the terminal: a line a subject, or one in ten seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LARGE_ROWS = 200_000
LARGE_BYTES = 20_000_000
"""Below these a table takes seconds, and nothing is said of it."""
SECONDS_BETWEEN = 10.0

Listener = Callable[[str], None]


@dataclass
class _Listening:
    """A listener, the subjects it has heard of, and when it was last told something."""

    listener: Listener
    heard: set[str] = field(default_factory=set)
    last: float = float("-inf")


_listening: list[_Listening] = []


@contextmanager
def telling(listener: Listener) -> Iterator[None]:
    """Tell ``listener`` in words what is being done meanwhile."""
    mine = _Listening(listener)
    _listening.append(mine)
    try:
        yield
    finally:
        _listening.remove(mine)


def tell(subject: str, doing: str) -> None:
    """Say what is done with a subject: the first time, and then at most every ten seconds.

    >>> with telling(print):
    ...     tell("ie", "ie.csv: reading 330 MB")
    ...     tell("ie", "table ie: typing 22,000,000 rows")
    ie.csv: reading 330 MB
    """
    now = time.monotonic()
    for each in _listening:
        if subject not in each.heard or now - each.last >= SECONDS_BETWEEN:
            each.heard.add(subject)
            each.last = now
            each.listener(doing)
