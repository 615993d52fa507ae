"""The folder of an export: its sources, and which of them is which table of the layout."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.edc.sources.containers.archives import SUFFIXES as ARCHIVES
from analysis.edc.sources.containers.archives import list_members
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.kinds import KINDS
from analysis.edc.sources.source import Source
from analysis.edc.sources.statistical.catalogue import list_catalogues
from analysis.errors import DataError
from analysis.io.names.shown_names import show_name

SUFFIXES = (*KINDS, *ARCHIVES)
SHOWN = 5


def list_tables(folder: Path, mapping: Mapping) -> dict[str, list[Source]]:
    """Return the sources of ``folder`` by table name (lower case), in order of file name.

    A source that no table takes stands under its own name. Raises DataError if the folder is
    absent.
    """
    by_table: dict[str, list[Source]] = {}
    for source in list_sources(folder, mapping):
        for table in _find_tables(source, mapping):
            by_table.setdefault(table, []).append(source)
    return by_table


def list_read(folder: Path, mapping: Mapping) -> set[Path]:
    """Return the files that are read: those of the sources, and catalogues beside SAS data sets."""
    paths = {source.path for source in list_sources(folder, mapping)}
    has_sas = any(path.suffix.lower() == ".sas7bdat" for path in paths)
    return paths | ({*list_catalogues(folder)} if has_sas else set())


def list_sources(folder: Path, mapping: Mapping) -> Iterator[Source]:
    """Yield every source of ``folder``, in order of file name.

    Folders in it are passed over. Raises DataError if it is absent, and if something else than a
    file has the name of one: nothing can be read from it, and nothing would say that it is missing.
    """
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder (key edc_dir or unblinding_dir)")
    wanted = SUFFIXES if mapping.format == "auto" else (f".{mapping.format}",)
    named = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in wanted)
    paths = [path for path in named if not path.name.startswith(".") and not path.is_dir()]
    _require_files(folder, paths)
    for path in paths:
        yield from open_file(path, mapping)


def _require_files(folder: Path, paths: Sequence[Path]) -> None:
    others = [path for path in paths if not path.is_file()]
    if not others:
        return
    listed = ", ".join(
        f"{show_name(path.name)} ({'a pipe or a device' if path.exists() else 'a broken link'})"
        for path in others[:SHOWN]
    )
    raise DataError(
        f"{folder}: {len(others)} of the names in it are of no file: {listed}"
        f"{', ...' if len(others) > SHOWN else ''}. Put the data there as files, or take the names "
        "out of the folder"
    )


def open_file(path: Path, mapping: Mapping) -> Iterator[Source]:
    """Yield the sources of one file: itself, its parts, or those of the files of an archive.

    A file whose parts cannot be told is one source, which says why when it is read.
    """
    whole = Source("", path, SourceFile.at(path), ReadOptions())
    try:
        is_archive = whole.file.suffix in ARCHIVES
        for file in list_members(whole.file) if is_archive else (whole.file,):
            parts = _list_parts(file)
            stem = Path(file.name).stem
            for part in parts:
                name = part if len(parts) > 1 else stem
                yield from _find_names(replace(whole, name=name, file=file, part=part), mapping)
    except DataError as error:
        yield from _find_names(replace(whole, name=path.stem, problem=str(error)), mapping)


def _list_parts(file: SourceFile) -> tuple[str, ...]:
    """The parts of a file, an empty one if it is one table; none of a kind that is not read."""
    kind = KINDS.get(file.suffix)
    if kind is None:
        return ()
    return kind.list_parts(file) if kind.list_parts else ("",)


def _find_tables(source: Source, mapping: Mapping) -> tuple[str, ...]:
    """The tables that name the source; without one, the table of its own name."""
    named = (
        table
        for table, spec in mapping.tables.items()
        if (spec.source == source.name and not spec.is_query) or spec.file == source.file.name
    )
    return tuple(named) or (source.name,)


def _find_names(source: Source, mapping: Mapping) -> Iterator[Source]:
    """The source under each name that the mapping gives it, as it is written there; else its own.

    What the mapping says of the part alone goes before what it says of the whole file.
    """
    named = [
        (name, spec) for name, spec in mapping.sources.items() if spec.file == source.file.name
    ]
    of_part = [(name, spec) for name, spec in named if source.part and spec.part == source.part]
    found = of_part or [(name, spec) for name, spec in named if spec.part is None]
    for name, spec in found:
        yield replace(source, name=name, options=find_options(mapping, spec))
    if not found:
        yield replace(source, name=source.name.lower(), options=find_options(mapping))


def find_options(mapping: Mapping, spec: SourceMapping | None = None) -> ReadOptions:
    """Return how a source is written; ``spec``: what the mapping says of it alone."""
    common = ReadOptions(
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        decimal=mapping.decimal,
        unterminated_last_line=mapping.unterminated_last_line,
    )
    if spec is None:
        return common
    return replace(
        common,
        encoding=spec.encoding or common.encoding,
        delimiter=spec.delimiter or common.delimiter,
        decimal=spec.decimal or common.decimal,
        quote=spec.quote,
        header_row=spec.header_row,
        header_rows=spec.header_rows,
        label_rows=spec.label_rows,
        rows_by=spec.rows_by,
        repeated_headers=spec.repeated_headers,
    )
