"""The sources that files of an export hold: each a file, or a part of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.qc.from_export.reading.sources.files.archives import list_contents
from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.files.damage import damage_told
from analysis.qc.from_export.reading.sources.kinds import FOREIGN, WORKBOOKS, Read, list_parts
from analysis.qc.from_export.reading.sources.written import USUAL

UNREADABLE = (ValueError, OverflowError, LookupError, OSError)
"""What the readers raise for a file that they cannot read; a warning that is raised is none."""


@dataclass(frozen=True)
class Piece:
    """One source. ``name``: in small letters, before the mapping names it; ``part``: of its file.

    ``read``: None where the check does not read such files, or ``problem`` says why it cannot.
    """

    content: Content
    name: str
    part: str = ""
    read: Read | None = None
    problem: str = ""

    @property
    def label(self) -> str:
        """The source as messages name it."""
        kind = {".xpt": "data set", ".xml": "item group"}.get(self.content.suffix, "sheet")
        return f"{self.content.name}, {kind} {self.part}" if self.part else self.content.name

    @property
    def is_foreign(self) -> bool:
        """Whether the check does not read such files."""
        return self.read is None and not self.problem

    @property
    def has_decimal(self) -> bool:
        """Whether its numbers have the decimal mark of the mapping."""
        return self.content.suffix in (*USUAL, *WORKBOOKS)


def list_pieces(paths: Sequence[Path]) -> tuple[Piece, ...]:
    """Return the sources of files, in order of file name; files of other kinds hold none."""
    return tuple(piece for path in sorted(paths) for piece in _open(path))


def _open(path: Path) -> Iterator[Piece]:
    try:
        with damage_told():
            pieces = [piece for content in list_contents(path) for piece in _split(content)]
    except UNREADABLE as error:
        reason = f"{path.name} cannot be read ({type(error).__name__})"
        pieces = [Piece(Content(path), path.stem.casefold(), problem=reason)]
    yield from pieces


def _split(content: Content) -> list[Piece]:
    """The pieces of one file: its only one has the name of the file."""
    if content.suffix in FOREIGN:
        return [Piece(content, content.stem.casefold())]
    parts = list_parts(content)
    return [
        Piece(content, (part if len(parts) > 1 else content.stem).casefold(), part, read)
        for part, read in parts.items()
    ]
