"""ItemData of one ItemGroupData: values as text, typed or not, and the units that they bear."""

import sys
from dataclasses import dataclass, field
from typing import Any

from analysis.edc.sources.cdisc.odm.xml_events import ODM, local_name, require_attribute, split_name
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

_ITEM = f"{ODM}ItemData"


@dataclass
class Skipped:
    """What of the data is not read. ``values_of_null``: cells that are null and have a value."""

    kinds: dict[str, None] = field(default_factory=dict)
    values_of_null: int = 0

    def add(self, kind: str) -> None:
        """Note one kind of element or attribute."""
        self.kinds[kind] = None

    def list_notes(self) -> list[str]:
        """Return what to say of it."""
        notes = [f"Not read: {', '.join(self.kinds)}"] if self.kinds else []
        if self.values_of_null:
            notes.append(
                f"{self.values_of_null} cell(s) of the file have IsNull and a value: empty"
            )
        return notes


def read_items(
    file: SourceFile, place: str, group: Any, skipped: Skipped
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of an ItemGroupData and the OIDs of their units, by OID of the item.

    ``place``: where it stands, as messages name it. Raises DataError if an item comes twice, is to
    be removed, or has its value in another place than ODM 1.3 has it.
    """
    texts: dict[str, str] = {}
    units: dict[str, str] = {}
    for element in group:
        if not element.tag.startswith(_ITEM):
            skipped.add(local_name(element))
            continue
        oid = sys.intern(require_attribute(file, element, "ItemOID"))
        if oid in texts:
            raise DataError(
                f"{place}: item {oid} stands twice in one item group. Export a snapshot, in which "
                "each item has one value"
            )
        if element.get("TransactionType") == "Remove":
            raise DataError(
                f"{place}: item {oid} is to be removed (TransactionType Remove), which a snapshot "
                "cannot say. Export a snapshot"
            )
        texts[oid] = _read_text(place, oid, element, skipped)
        unit = _read_children(file, element, skipped)
        if unit:
            units[oid] = unit
    return texts, units


def _read_text(place: str, oid: str, element: Any, skipped: Skipped) -> str:
    is_typed = element.tag != _ITEM
    written = element.text if is_typed else element.get("Value")
    value = str(written or "").strip()
    null = element.get("IsNull", "No")
    if null not in ("Yes", "No"):
        raise DataError(
            f"{place}: item {oid}: IsNull is neither Yes nor absent, so the file is no valid ODM. "
            "Export it again, or ask the vendor"
        )
    if null == "Yes":
        skipped.values_of_null += bool(value)
        return ""
    if written is None and not is_typed and "".join(element.itertext()).strip():
        raise DataError(
            f"{place}: item {oid} has its value as text and not as the attribute Value, which is "
            "not ODM 1.3. Export a snapshot as ODM-XML 1.3.2"
        )
    return value


def _read_children(file: SourceFile, element: Any, skipped: Skipped) -> str:
    """The OID of the unit of a value; what else stands with it is noted as not read."""
    for name in element.attrib:
        if name.startswith("{"):
            skipped.add(f"attribute {split_name(name)[1]} of ItemData")
    unit = ""
    for child in element:
        if child.tag == f"{ODM}MeasurementUnitRef":
            unit = require_attribute(file, child, "MeasurementUnitOID")
        else:
            skipped.add(local_name(child))
    return unit
