"""Elements Study, BasicDefinitions and MetaDataVersion of an ODM file, read into the metadata."""

from collections.abc import Iterable
from typing import Any

from analysis.edc.sources.cdisc.odm.metadata import Codes, Item, ItemGroup, Metadata, Version
from analysis.edc.sources.cdisc.odm.xml_events import ODM, local_name, require_attribute
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError


def read_units(file: SourceFile, study: str, basic: Any, metadata: Metadata) -> None:
    """Add the units of a BasicDefinitions element to the metadata; raises DataError for no OID."""
    for unit in basic.iterchildren(f"{ODM}MeasurementUnit"):
        oid = require_attribute(file, unit, "OID")
        symbol = _read_words(unit, "Symbol") or unit.get("Name", "").strip() or oid
        metadata.units[study, oid] = symbol


def read_version(file: SourceFile, study: str, element: Any, metadata: Metadata) -> None:
    """Add a MetaDataVersion element to the metadata.

    Raises DataError if an OID lacks or is defined twice in different ways.
    """
    key = (study, require_attribute(file, element, "OID"))
    if key in metadata.versions:
        raise DataError(
            f"{file.name}: line {element.sourceline}: MetaDataVersion {key[1]} of study {study} is "
            "defined twice. Export it again, or ask the vendor"
        )
    included = next(element.iterchildren(f"{ODM}Include"), None)
    metadata.versions[key] = Version(
        key,
        None
        if included is None
        else (
            require_attribute(file, included, "StudyOID"),
            require_attribute(file, included, "MetaDataVersionOID"),
        ),
        _collect(file, element, "ItemGroupDef", lambda each: _read_group(file, each)),
        _collect(file, element, "ItemDef", lambda each: _read_item(file, study, each, metadata)),
        _collect(file, element, "CodeList", lambda each: _read_codes(file, each)),
    )


def _collect(file: SourceFile, version: Any, name: str, read: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for element in version.iterchildren(ODM + name):
        oid = require_attribute(file, element, "OID")
        definition = read(element)
        if found.setdefault(oid, definition) != definition:
            raise DataError(
                f"{file.name}: line {element.sourceline}: {name} {oid} is defined twice, and not "
                "alike. Export it again, or ask the vendor"
            )
    return found


def _read_group(file: SourceFile, element: Any) -> ItemGroup:
    oids = (
        require_attribute(file, each, "ItemOID") for each in element.iterchildren(f"{ODM}ItemRef")
    )
    name = element.get("Name", "").strip()
    return ItemGroup(require_attribute(file, element, "OID"), name, tuple(dict.fromkeys(oids)))


def _read_item(file: SourceFile, study: str, element: Any, metadata: Metadata) -> Item:
    oid = require_attribute(file, element, "OID")
    units = (
        require_attribute(file, each, "MeasurementUnitOID")
        for each in element.iterchildren(f"{ODM}MeasurementUnitRef")
    )
    code_list = next(element.iterchildren(f"{ODM}CodeListRef"), None)
    return Item(
        oid,
        element.get("Name", "").strip() or oid,
        _read_words(element, "Question") or _read_words(element, "Description"),
        tuple(metadata.units.get((study, unit), unit) for unit in units),
        "" if code_list is None else require_attribute(file, code_list, "CodeListOID"),
    )


def _read_codes(file: SourceFile, element: Any) -> Codes:
    """An EnumeratedItem has no other words than its value."""
    codes: Codes = {}
    for item in element.iterchildren(f"{ODM}CodeListItem", f"{ODM}EnumeratedItem"):
        if item.get("CodedValue") is None:
            raise DataError(
                f"{file.name}: line {item.sourceline}: the element {local_name(item)} has no "
                "CodedValue, so the file is no valid ODM. Export it again, or ask the vendor"
            )
        value = item.get("CodedValue").strip()
        codes[value] = _read_words(item, "Decode") or value
    return codes


def _read_words(element: Any, child: str) -> str:
    """The TranslatedText of a child, in the language that comes first, on one line."""
    texts: Iterable[Any] = element.iterfind(f"{ODM}{child}/{ODM}TranslatedText")
    return " ".join("".join(next((each.itertext() for each in texts), ())).split())
