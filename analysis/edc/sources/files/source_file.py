"""A file of an export as a reader meets it: its name and bytes, wherever they lie."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class SourceFile:
    """A file in the folder of the export, or one inside an archive that lies there.

    ``name``: as messages show it; inside an archive with that before it (``export.zip/dm.csv``).
    ``content``: the bytes, where they are not those of ``path``.
    """

    name: str
    path: Path | None = None
    content: bytes = b""

    @classmethod
    def at(cls, path: Path) -> SourceFile:
        """Return the file at a path."""
        return cls(path.name, path)

    @property
    def suffix(self) -> str:
        """The ending of the name in small letters, with its dot."""
        return Path(self.name).suffix.lower()

    def read_bytes(self) -> bytes:
        """Return the whole content."""
        return self.path.read_bytes() if self.path else self.content

    def open(self) -> BinaryIO:
        """Return the content as a binary stream from its beginning."""
        return self.path.open("rb") if self.path else io.BytesIO(self.content)

    @property
    def source(self) -> Path | io.BytesIO:
        """What a library reads from: the path where there is one."""
        return self.path or io.BytesIO(self.content)
