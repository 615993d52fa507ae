"""The bytes of a file of the export, wherever they lie."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Content:
    """A file in the folder of the export, or one that an archive in it holds.

    ``path``: of the file in the folder. ``member``: the name inside the archive there.
    ``unpacked``: the bytes of that.
    """

    path: Path
    member: str = ""
    unpacked: bytes = b""

    @property
    def name(self) -> str:
        """The file as mapping and messages name it: ``dm.csv``, ``export.zip/forms/dm.csv``."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    @property
    def stem(self) -> str:
        """The name of the file alone, without its ending."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of the name in small letters, with its dot."""
        return Path(self.name).suffix.lower()

    def read(self) -> bytes:
        """Return the whole content."""
        return self.unpacked if self.member else self.path.read_bytes()

    def open(self) -> BinaryIO:
        """Return the content as a stream from its beginning."""
        return BytesIO(self.unpacked) if self.member else self.path.open("rb")

    @property
    def source(self) -> Path | BytesIO:
        """What a library reads from."""
        return BytesIO(self.unpacked) if self.member else self.path
