"""The sources of an export by their names, each read when a table asks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.qc.from_export.reading.files import FOREIGN, TextFile, read_piece
from analysis.qc.from_export.reading.sources.pieces import Piece
from analysis.qc.from_export.reading.sources.written import describe_writing


class NotCheckedError(Exception):
    """Why the check has nothing to hold a table against."""


class WrongExportError(Exception):
    """Why the export and the mapping do not give a table, where a run has read one."""


@dataclass(frozen=True)
class Registry:
    """The pieces of an export as sources: by name in small letters, and how each is read."""

    pieces: Sequence[Piece]
    mapping: Mapping
    _read: dict[str, TextFile] = field(default_factory=dict)

    def list_names(self) -> list[str]:
        """Return the names of the sources that the check can read, in order of file name."""
        read = (piece for piece in self._list_pieces() if not piece.is_foreign)
        return list(dict.fromkeys(name for piece in read for name in self._specs(piece)))

    def list_foreign(self) -> list[str]:
        """Return the names of the files that the check does not read."""
        foreign = (piece.content.name for piece in self._list_pieces() if piece.is_foreign)
        return list(dict.fromkeys(foreign))

    def find(self, pattern: str) -> list[str]:
        """Return the names that a name with * or ? means; raises NotCheckedError if it may mean
        sources that the check does not read: it does not know what parts of such files are called.
        """
        foreign = next((piece for piece in self._list_pieces() if piece.is_foreign), None)
        if foreign:
            raise NotCheckedError(f"{FOREIGN} {foreign.content.name}")
        return [name for name in self.list_names() if fnmatchcase(name, pattern.casefold())]

    def read(self, name: str) -> TextFile:
        """Return a source; raises NotCheckedError if there is none of the name that it reads."""
        name = name.casefold()
        if name not in self._read:
            self._read[name] = self._read_one(name)
        file = self._read[name]
        if file.is_foreign:
            raise NotCheckedError(file.problem)
        if file.problem:
            raise WrongExportError(file.problem)
        return file

    def _read_one(self, name: str) -> TextFile:
        pieces = [*self._list_pieces()]
        found = [p for p in pieces if name in self._specs(p) and not p.is_foreign]
        foreign = dict.fromkeys(piece.content.name for piece in pieces if piece.is_foreign)
        if not found and foreign:
            raise NotCheckedError(f"{FOREIGN} {', '.join(foreign)}")
        if len(found) != 1:
            raise WrongExportError(f"{len(found) or 'no'} files of the export hold source {name}")
        return read_piece(found[0], describe_writing(self.mapping, self._specs(found[0])[name]))

    def _list_pieces(self) -> Iterator[Piece]:
        wanted = self.mapping.format
        for piece in self.pieces:
            if wanted in ("auto", piece.content.path.suffix.lower()[1:]):
                yield piece

    def _specs(self, piece: Piece) -> dict[str, SourceMapping | None]:
        """By name what ``sources`` says of a piece: of it alone, else of its file; else its own."""
        of_file = {
            key.casefold(): spec
            for key, spec in self.mapping.sources.items()
            if spec.file == piece.content.name
        }
        of_part = {k: s for k, s in of_file.items() if s.part and s.part == piece.part}
        whole = {k: s for k, s in of_file.items() if s.part is None}
        return {**(of_part or whole)} or {piece.name.casefold(): None}
