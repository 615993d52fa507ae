"""What the libraries raise for a damaged file, as one error that the readers let through."""

import struct
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from zipfile import BadZipFile

DAMAGED = (
    BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    AttributeError, TypeError,
)  # fmt: skip
"""A runtime error is that of a member that is encrypted; the last two are those of a value that is
of another type than the format has it."""


@contextmanager
def damage_told() -> Generator[None]:
    """Raise ValueError, which names the kind of error and no cell, for what is damaged."""
    try:
        yield
    except DAMAGED as error:
        raise ValueError(type(error).__name__) from None
