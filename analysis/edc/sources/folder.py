"""The folder of an export: its files by table name, and whether the mapping fits the layout."""

from pathlib import Path

from analysis.config import Mapping
from analysis.edc.absent.not_collected import check_declared
from analysis.edc.layout import Layout
from analysis.edc.written.mapped_layout import check_forms
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
    """Raise ConfigError if the mapping names a table or column that the layout does not hold.

    So it does for a column that it declares not collected and describes, or that cannot be.
    """
    findings = []
    for name, spec in mapping.tables.items():
        if name not in layout.tables and spec.model_fields_set == {"not_allocation"}:
            continue  # a file that is no table of the layout, which a blinded run searches
        if name not in layout.tables:
            allowed = ", ".join(layout.tables)
            findings.append(f"tables.{name}: no such table; allowed: {allowed}")
            continue
        columns = layout.tables[name].columns
        keys = (
            ("columns", spec.columns),
            ("values", spec.values),
            ("identifiers", spec.identifiers),
            ("factors", spec.factors),
        )
        for key, named in keys:
            findings += [
                f"tables.{name}.{key}.{column}: no such column; allowed: {', '.join(columns)}"
                for column in named
                if column not in columns
            ]
        findings += [
            f"tables.{name}.identifiers.{column}: the column holds no identifiers, which are text"
            for column in spec.identifiers
            if column in columns and (columns[column].type != "str" or columns[column].codes)
        ]
        findings += [
            f"tables.{name}.factors.{column}: the column holds no decimal numbers"
            for column in spec.factors
            if column in columns and columns[column].type != "float"
        ]
        findings += check_declared(name, spec, layout.tables[name])
        findings += check_forms(name, columns, spec)
    findings += _find_shared_files(mapping)
    if findings:
        raise ConfigError(join_findings("The mapping of the export is wrong.", findings))


def _find_shared_files(mapping: Mapping) -> list[str]:
    """A file that is named for several tables: each is read from one of its own."""
    tables_of: dict[str, list[str]] = {}
    for table, spec in mapping.tables.items():
        if spec.file:
            tables_of.setdefault(spec.file, []).append(table)
    return [
        f"{file}: named for several tables ({', '.join(tables)}), and a file holds one. Export one "
        "file per table, or give each table its copy; columns of other tables in it are not read"
        for file, tables in tables_of.items()
        if len(tables) > 1
    ]
