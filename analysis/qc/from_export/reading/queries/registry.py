"""The sources of an export by their names, each read when a table asks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.qc.from_export.reading.files import SUFFIXES, TextFile, read_path
from analysis.qc.from_export.reading.sources.written import describe_writing

WITH_PARTS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xml", ".zip", ".gz")
"""Files that hold sources by names of their own, which the check does not know."""
CATALOGUES = (".sas7bcat", ".txt")
"""Files beside the sources that are none."""


class NotCheckedError(Exception):
    """Why the check has nothing to hold a table against."""


class WrongExportError(Exception):
    """Why the export and the mapping do not give a table, where a run has read one."""


@dataclass(frozen=True)
class Registry:
    """The files of an export as sources: by name in small letters, the file and how it is read."""

    files: Sequence[Path]
    mapping: Mapping
    _read: dict[str, TextFile] = field(default_factory=dict)

    def list_names(self) -> list[str]:
        """Return the names of the sources that the check can read, in order of file name."""
        return list(dict.fromkeys(self._name(path) for path in self._list_paths()))

    def find(self, pattern: str) -> list[str]:
        """Return the names that a name with * or ? means; raises NotCheckedError if it means
        sources that the check does not read, or cannot know of."""
        pattern = pattern.casefold()
        others = [path for path in self._list_foreign() if self._may_be(path, pattern)]
        if others:
            raise NotCheckedError(f"the second implementation does not read {others[0].name}")
        return [name for name in self.list_names() if fnmatchcase(name, pattern)]

    def read(self, name: str) -> TextFile:
        """Return a source; raises NotCheckedError if there is none of the name that it reads."""
        name = name.casefold()
        if name not in self._read:
            paths = [path for path in self._list_paths() if self._name(path) == name]
            if len(paths) != 1:
                raise NotCheckedError(
                    f"the second implementation finds {len(paths) or 'no'} text, SAS or SPSS files "
                    f"for source {name}"
                )
            self._read[name] = read_path(paths[0], describe_writing(self.mapping, self._spec(name)))
        file = self._read[name]
        if file.problem:
            raise WrongExportError(file.problem)
        return file

    def _spec(self, name: str) -> SourceMapping | None:
        named = {key.casefold(): spec for key, spec in self.mapping.sources.items()}
        return named.get(name)

    def _list_paths(self) -> Iterator[Path]:
        wanted = self.mapping.format
        for path in self.files:
            suffix = path.suffix.lower()
            if suffix in SUFFIXES and wanted in ("auto", suffix[1:]) and not self._has_part(path):
                yield path

    def _list_foreign(self) -> Iterator[Path]:
        read = {*self._list_paths()}
        for path in self.files:
            if path not in read and path.suffix.lower() not in CATALOGUES:
                yield path

    def _may_be(self, path: Path, pattern: str) -> bool:
        has_parts = path.suffix.lower() in WITH_PARTS
        return (has_parts and "*" in pattern) or fnmatchcase(self._name(path), pattern)

    def _has_part(self, path: Path) -> bool:
        return any(s.file == path.name and s.part for s in self.mapping.sources.values())

    def _name(self, path: Path) -> str:
        """The first key of ``sources`` with the file, else the file's name without its ending."""
        keys = (key for key, spec in self.mapping.sources.items() if spec.file == path.name)
        return next(keys, path.stem).casefold()
