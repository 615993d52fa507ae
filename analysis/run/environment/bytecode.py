"""Compiled code that Python holds against its source each time it is imported.

By default Python takes compiled code for current when size and time stamp of the source are those
that were compiled: an edit that keeps both would run as if it had not been made. Hash-based
compiled code (PEP 552) is compared with the content. Python keeps that kind when it compiles an
edited source again, so only new files need the change.
"""

import importlib.util
import py_compile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
CHECKED_HASH = (0b11).to_bytes(4, "little")
"""The flags in the header of compiled code that is compared with the content of its source."""
FLAGS = slice(4, 8)


def check_bytecode(package: Path = PACKAGE) -> None:
    """Make sure that no module of the package is taken from compiled code that may be stale.

    A source that cannot be compiled is left to its import, which says what is wrong with it; a
    folder that cannot be written to is left as it is: nobody edits its sources either.
    """
    for source in package.rglob("*.py"):
        compiled = Path(importlib.util.cache_from_source(str(source)))
        if not _is_compared(compiled):
            _compile(source, compiled)


def _is_compared(compiled: Path) -> bool:
    try:
        with compiled.open("rb") as file:
            return file.read(FLAGS.stop)[FLAGS] == CHECKED_HASH
    except OSError:
        return False


def _compile(source: Path, compiled: Path) -> None:
    try:
        compiled.unlink(missing_ok=True)
        py_compile.compile(
            str(source),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH,
        )
    except (OSError, py_compile.PyCompileError):
        return
