"""A snapshot as tables: one an item group, a row each time that it was filled.

Source: CDISC ODM 1.3.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.files.markup import local, parse
from analysis.qc.from_export.reading.sources.labelled import LabelledColumns
from analysis.qc.from_export.reading.sources.odm.clinical_data import DataTarget, name_attributes
from analysis.qc.from_export.reading.sources.odm.definitions import Definitions, Item, Version
from analysis.qc.from_export.reading.sources.odm.metadata import MetadataTarget
from analysis.qc.from_export.reading.sources.odm.rows import PLACES, Row

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"
UNIT = "_UNIT_OF_VALUE"
"""Behind the name of an item, that of the column of its units."""


class SnapshotTarget:
    """Passes the elements of ODM to what takes metadata or data; those of vendors are let go."""

    def __init__(self) -> None:
        self.metadata, self.clinical = MetadataTarget(), DataTarget()
        self._taker: MetadataTarget | DataTarget = self.metadata
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """One begins; raises ValueError if the file is no snapshot in ODM 1.3."""
        if not self._open and (tag != f"{ODM}ODM" or attributes.get("FileType") != "Snapshot"):
            raise ValueError("no snapshot in ODM 1.3")
        self._open.append(local(tag) if tag.startswith(ODM) else "")
        if self._open[-1] in ("Study", "ClinicalData"):
            self._taker = self.metadata if self._open[-1] == "Study" else self.clinical
        if "ReferenceData" not in self._open:
            self._taker.start(self._open, attributes)

    def data(self, text: str) -> None:
        """A piece of text."""
        self._taker.data(text)

    def end(self, _: str) -> None:
        """One ends."""
        self._taker.end(self._open)
        self._open.pop()


def read_snapshot(content: Content) -> dict[str, LabelledColumns]:
    """Return the item groups that have data by OID.

    Raises ValueError or LookupError if the file cannot be read, or lacks metadata of its data.
    """
    target = SnapshotTarget()
    with content.open() as stream:
        parse(stream, target)
    definitions, clinical = target.metadata.definitions, target.clinical
    return {
        oid: LabelledColumns(*_make_table(oid, rows, definitions, clinical))
        for oid, rows in clinical.rows.items()
    }


def _make_table(
    oid: str, rows: list[Row], definitions: Definitions, clinical: DataTarget
) -> tuple[dict[str, list[str]], dict[str, frozenset[str]], dict[str, dict[str, str]]]:
    """Texts by column, nothing that is marked, labels of codes by column."""
    used = {row.version for row in rows}
    ordered = [key for key in definitions.versions if key in used]
    versions = [definitions.resolve(key) for key in (*ordered, *(used - {*ordered}))]
    items = _find_items(oid, rows, versions)
    names = _name_items(items)
    columns = {name: [row.find_place(name) for row in rows] for name in PLACES}
    taken = {name.upper() for name in (*PLACES, *names.values())}
    for attribute, name in name_attributes(clinical.vendor, taken).items():
        if any(attribute in level.vendor for row in rows for level in row.levels):
            columns[name] = [row.find_vendor(attribute) for row in rows]
    for item, name in names.items():
        columns[name] = [row.texts.get(item, "") for row in rows]
        columns.update(_list_units(item, name, rows, items[item], definitions))
    labels: dict[str, dict[str, str]] = {}
    for item, name in names.items():
        for codes in _list_codes(item, versions):
            labels.setdefault(name, {}).update(codes)
    return columns, {}, labels


def _find_items(oid: str, rows: list[Row], versions: list[Version]) -> dict[str, Item]:
    """Those that the group refers to, as the last version has them, and others with data."""
    found = {
        item: version.items[item]
        for version in versions
        for item in version.groups[oid]
        if item in version.items
    }
    others = dict.fromkeys(item for row in rows for item in row.texts if item not in found)
    for item in others:
        found[item] = [version.items[item] for version in versions if item in version.items][-1]
    return found


def _name_items(items: dict[str, Item]) -> dict[str, str]:
    """By their names, if these are distinct and none of the columns before them; else by OID."""
    names = [item.name.upper() for item in items.values()]
    is_distinct = len({*names}) == len(names) and not {n.upper() for n in PLACES} & {*names}
    return {oid: item.name if is_distinct else oid for oid, item in items.items()}


def _list_units(
    oid: str, name: str, rows: list[Row], item: Item, definitions: Definitions
) -> Iterator[tuple[str, list[str]]]:
    """The units of an item, where values bear others than the one that it is defined in."""
    if not any(row.units.get(oid) for row in rows):
        return
    cells = [
        definitions.units.get((row.version[0], unit), unit) if (unit := row.units.get(oid)) else ""
        for row in rows
    ]
    study = rows[0].version[0]
    defined = [definitions.units.get((study, unit), unit) for unit in item.units]
    if len(defined) != 1 or {*cells} - {"", *defined}:
        yield name + UNIT, cells


def _list_codes(item: str, versions: list[Version]) -> Iterator[dict[str, str]]:
    for version in versions:
        if item in version.items:
            yield version.code_lists.get(version.items[item].code_list, {})
