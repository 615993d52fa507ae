"""The folder of an export: its files by table name, and whether the mapping fits the layout."""

from pathlib import Path

from analysis.config import Mapping
from analysis.edc.layout import Layout
from analysis.errors import ConfigError, DataError, join_findings

SUFFIXES = (".csv", ".xpt", ".sas7bdat", ".sav")


def list_tables(folder: Path, mapping: Mapping) -> dict[str, list[Path]]:
    """Return the readable files of ``folder`` by table name (lower case), in order of file name.

    Raises DataError if the folder is absent.
    """
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder (key edc_dir or unblinding_dir)")
    renamed = {spec.file: table for table, spec in mapping.tables.items() if spec.file}
    by_table: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        wanted = SUFFIXES if mapping.format == "auto" else (f".{mapping.format}",)
        if path.is_file() and path.suffix.lower() in wanted and not path.name.startswith("."):
            by_table.setdefault(renamed.get(path.name, path.stem.lower()), []).append(path)
    return by_table


def check_mapping(mapping: Mapping, layout: Layout) -> None:
    """Raise ConfigError if the mapping names a table or column that the layout does not hold."""
    findings = []
    for name, spec in mapping.tables.items():
        if name not in layout.tables and spec.model_fields_set == {"not_allocation"}:
            continue  # a file that is no table of the layout, which a blinded run searches
        if name not in layout.tables:
            allowed = ", ".join(layout.tables)
            findings.append(f"tables.{name}: no such table; allowed: {allowed}")
            continue
        columns = layout.tables[name].columns
        for key, named in (("columns", spec.columns), ("values", spec.values)):
            findings += [
                f"tables.{name}.{key}.{column}: no such column; allowed: {', '.join(columns)}"
                for column in named
                if column not in columns
            ]
    if findings:
        raise ConfigError(join_findings("The mapping of the export is wrong.", findings))
