"""The file that a gzip archive holds."""

import gzip
import io
import zlib
from pathlib import PurePath

from analysis.edc.sources.containers.limits import (
    TooMuchError,
    allow_bytes,
    describe_too_much,
    read_within,
)
from analysis.edc.sources.containers.nested import describe_nested

SUFFIX = ".gz"


def read_gzip(archive: str, raw: bytes) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Return name and content of the file, and what is wrong.

    It is called like the archive, without the ending of that (``dm.csv`` in ``dm.csv.gz``); the
    name inside the archive, which renaming leaves behind, does not count.
    """
    name = PurePath(archive).name[: -len(SUFFIX)]
    if not PurePath(name).suffix:
        found = f"the name does not say what file it holds. Call it {name}.csv{SUFFIX}, by its kind"
        return [], [found]
    try:
        with gzip.open(io.BytesIO(raw)) as stream:
            content = read_within(stream, allow_bytes(len(raw)))
    except TooMuchError:
        return [], [f"{name}: {describe_too_much(len(raw))}"]
    except (OSError, EOFError, zlib.error):
        return [], [
            f"{name}: its content is not as it was packed. The archive was cut off or damaged: "
            "pack it again, or fetch it again"
        ]
    return [(name, content)], describe_nested(name, content)
