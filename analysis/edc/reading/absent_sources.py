"""Tables for which the export holds no source, or several: what is said of them."""

from collections.abc import Iterable
from pathlib import Path

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.edc.absent.files import find_absent_files, name_resembling
from analysis.edc.absent.sources import describe_absent_source
from analysis.edc.layout import Table
from analysis.edc.reading.named_sources import find_tables_of
from analysis.edc.reading.reading import find_spec
from analysis.edc.sources.folder import list_tables
from analysis.edc.sources.source import Source


def find_absent_declared(
    mapping: Mapping, tables: Iterable[str], files: dict[str, list[Source]]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return a finding for each declared source that is not there, and the tables that read one.

    ``tables``: those of the layout; ``files``: the sources of the folder by table or name.
    """
    there = [source for sources in files.values() for source in sources]
    absent = find_absent_files(mapping, there)
    if not absent:
        return (), frozenset()
    specs = {name: find_spec(mapping, name) for name in tables}
    read_by = find_tables_of([name.casefold() for name in absent], specs)
    findings = tuple(
        f"{finding}{_name_tables(read_by[name.casefold()])}" for name, finding in absent.items()
    )
    return findings, frozenset(table for found in read_by.values() for table in found)


def list_absent_declared(folder: Path, mapping: Mapping, tables: Iterable[str]) -> tuple[str, ...]:
    """Return the findings of :func:`find_absent_declared`; raises DataError without the folder."""
    if not mapping.sources:
        return ()
    return find_absent_declared(mapping, tables, list_tables(folder, mapping))[0]


def _name_tables(tables: list[str]) -> str:
    return f". Not read without it: table {', '.join(tables)}" if tables else ""


def describe_no_source(name: str, spec: TableMapping, files: dict[str, list[Source]]) -> str:
    if spec.file:
        held = {source.file.name for sources in files.values() for source in sources}
        near = name_resembling(spec.file, held)
        alike = f". Files that resemble it: {', '.join(near)}" if near else ", nor one like it"
        return (
            f"table {name}: no file {spec.file} in the export, as the mapping names it{alike}. "
            f"Name the file that is meant (tables.{name}.file), or export it"
        )
    there = {source.name for sources in files.values() for source in sources}
    return describe_absent_source(name, str(spec.source), sorted(there))


def describe_several(name: str, found: list[Source]) -> str:
    listed = ", ".join(source.label for source in found)
    ways = "Leave one in the folder"
    if len({source.name for source in found}) == len(found):
        names = " or ".join(source.name for source in found)
        ways += f", or name the one that is meant: tables.{name}.source: {names}"
    return f"table {name}: several files ({listed}). {ways}"


def describe_no_file(name: str, table: Table, spec: TableMapping) -> str:
    ways = "Export it, or name its file in config/edc.yaml"
    if table.optional:
        ways += f", or take tables.{name} out of it, which describes the table"
    elif not [column for column in table.essential if column not in table.key]:
        ways += (
            f"; if the trial did not collect it, declare that (tables.{name}.not_collected: all)"
        )
    return (
        f"table {name}: no file in the export (expected {name}.csv, or .xpt, .sas7bdat, .sav). "
        f"{ways}"
    )
