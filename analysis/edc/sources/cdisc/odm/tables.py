"""One item group as a table: context, items, and what the metadata say of them."""

from collections import Counter

from analysis.edc.sources.cdisc.odm.clinical_data import ClinicalData
from analysis.edc.sources.cdisc.odm.context_columns import (
    CONTEXT,
    find_vendor,
    name_vendor,
    read_context,
    read_vendor,
)
from analysis.edc.sources.cdisc.odm.item_columns import ItemColumns, find_items
from analysis.edc.sources.cdisc.odm.metadata import Metadata, Version, VersionKey
from analysis.edc.sources.cdisc.odm.rows import Attribute, Row
from analysis.edc.sources.cdisc.odm.words import label_items, label_values
from analysis.edc.sources.cdisc.opening import require_few_columns
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable, frame_texts
from analysis.errors import DataError, name_subjects

UNIT = "_UNIT_OF_VALUE"
"""What follows the name of an item in that of the column of its units."""


def build_table(
    file: SourceFile, oid: str, data: ClinicalData, metadata: Metadata
) -> LabelledTable:
    """Return one item group, a row an ItemGroupData.

    Raises DataError if metadata lack, a key stands twice, or two columns would bear one name.
    """
    rows = data.rows[oid]
    versions = _resolve(file, rows, metadata)
    columns = find_items(file, oid, rows, versions)
    require_few_columns(f"{file.name}: item group {oid}", len(columns.items))
    _require_distinct_keys(file, oid, rows)
    units = _find_units(rows, columns, metadata)
    frame = _read_context(rows, columns, data.vendor) + _read_items(rows, columns, units)
    names = [name for name, _ in frame]
    _require_distinct_names(file, oid, names)
    value_labels, differing = label_values(columns, versions)
    return LabelledTable(
        frame_texts(names, [cells for _, cells in frame]),
        labels=label_items(columns),
        value_labels=value_labels,
        notes=(
            *_describe(oid, columns, versions),
            *differing,
            *data.skipped.list_notes(),
        ),
    )


def _resolve(file: SourceFile, rows: list[Row], metadata: Metadata) -> dict[VersionKey, Version]:
    """The versions of the rows, in the order of the file."""
    used = {row.form.visit.subject.version for row in rows}
    known = [key for key in metadata.versions if key in used]
    return {key: metadata.resolve(file, key) for key in (*known, *sorted(used - set(known)))}


def _read_context(
    rows: list[Row], columns: ItemColumns, known: dict[Attribute, None]
) -> list[tuple[str, list[str]]]:
    context = zip(*(read_context(row) for row in rows), strict=True)
    taken = {name.upper() for name in (*CONTEXT, *columns.names.values())}
    names = name_vendor(known, taken)
    return [
        *((name, list(cells)) for name, cells in zip(CONTEXT, context, strict=True)),
        *(
            (names[each], [read_vendor(row, each) for row in rows])
            for each in find_vendor(rows, known)
        ),
    ]


def _read_items(
    rows: list[Row], columns: ItemColumns, units: dict[str, list[str]]
) -> list[tuple[str, list[str]]]:
    frame = []
    for oid, name in columns.names.items():
        frame.append((name, [row.texts.get(oid, "") for row in rows]))
        if oid in units:
            frame.append((name + UNIT, units[oid]))
    return frame


def _find_units(rows: list[Row], columns: ItemColumns, metadata: Metadata) -> dict[str, list[str]]:
    """Units of the values of an item, where the metadata alone do not say them."""
    found: dict[str, list[str]] = {}
    for oid in dict.fromkeys(item for row in rows for item in row.units):
        cells = [
            metadata.units.get((row.form.visit.subject.version[0], unit), unit)
            if (unit := row.units.get(oid, ""))
            else ""
            for row in rows
        ]
        defined = columns.items[oid].units
        if len(defined) != 1 or set(cells) - {"", *defined}:
            found[oid] = cells
    return found


def _require_distinct_keys(file: SourceFile, oid: str, rows: list[Row]) -> None:
    counts = Counter(read_context(row)[:-1] for row in rows)
    twice = [key for key, count in counts.items() if count > 1]
    if twice:
        raise DataError(
            f"{file.name}: item group {oid}: {len(twice)} key(s) (study, subject, event, form and "
            f"repeats) stand more than once, of {name_subjects(key[1] for key in twice)}. Export "
            "a snapshot, in which each stands once"
        )


def _require_distinct_names(file: SourceFile, oid: str, names: list[str]) -> None:
    counts = Counter(name.upper() for name in names)
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        raise DataError(
            f"{file.name}: item group {oid}: several columns would be called {', '.join(twice)}. "
            "Name the items of the group differently in the EDC system, and export again"
        )


def _describe(oid: str, columns: ItemColumns, versions: dict[VersionKey, Version]) -> list[str]:
    names = dict.fromkeys(version.groups[oid].name for version in versions.values())
    notes = [name for name in names if name]
    notes += [f"MetaDataVersion {version} of study {study}" for study, version in versions]
    if columns.unreferenced:
        listed = ", ".join(columns.unreferenced)
        notes.append(f"Items with data that the item group does not refer to: {listed}")
    return notes
