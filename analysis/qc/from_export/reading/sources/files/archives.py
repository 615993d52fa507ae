"""Files inside zip and gzip archives: in memory, by the standard library."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from analysis.qc.from_export.reading.sources.files.content import Content

ARCHIVES = (".zip", ".gz")
LITTER = ("__MACOSX", ".DS_Store")
MOST_BYTES = 2**30
"""Of all that an archive holds, as many as the reading of the export allows."""


def list_contents(path: Path) -> list[Content]:
    """Return the file itself, or those of an archive in order of name.

    Raises ValueError or OSError for an archive that cannot be read, or holds too much.
    """
    suffix = path.suffix.lower()
    if suffix not in ARCHIVES:
        return [Content(path)]
    found = [*_unzip(path)] if suffix == ".zip" else [_gunzip(path)]
    return sorted(found, key=lambda content: content.member)


def _unzip(path: Path) -> Iterator[Content]:
    with ZipFile(path) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        _require_size(sum(info.file_size for info in files))
        for info in files:
            name = info.filename.replace("\\", "/").removeprefix("./")
            parts = name.split("/")
            if not {*parts}.intersection(LITTER) and not parts[-1].startswith("._"):
                yield Content(path, name, archive.read(info))


def _gunzip(path: Path) -> Content:
    with gzip.open(path) as stream:
        unpacked = stream.read(MOST_BYTES + 1)
    _require_size(len(unpacked))
    return Content(path, path.stem, unpacked)


def _require_size(count: int) -> None:
    if count > MOST_BYTES:
        raise ValueError("the archive holds too much")
