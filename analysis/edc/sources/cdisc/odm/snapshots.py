"""An ODM-XML snapshot as tables, one an item group, read in one pass."""

import os
from dataclasses import replace
from functools import lru_cache

from analysis.edc.sources.cdisc.odm.clinical_data import CONTEXT_ELEMENTS, ClinicalData
from analysis.edc.sources.cdisc.odm.definitions import read_units, read_version
from analysis.edc.sources.cdisc.odm.metadata import Metadata
from analysis.edc.sources.cdisc.odm.root import require_snapshot
from analysis.edc.sources.cdisc.odm.tables import build_table
from analysis.edc.sources.cdisc.odm.xml_events import ODM, read_events, require_attribute
from analysis.edc.sources.cdisc.opening import unreadable
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError

Stamp = tuple[int, int, int]


def read_odm(file: SourceFile) -> dict[str, LabelledTable]:
    """Return all item groups that have data by OID, in order of definition.

    A table has a row an ItemGroupData: study, subject, event, form, repeats and site, attributes of
    the vendor, then the items. The file that was read last is kept, so that asking for its groups
    one by one parses it once. Audit records, signatures and annotations are not read.

    Raises DataError if the file is no well-formed ODM 1.3 snapshot with its metadata.
    """
    return {oid: replace(t, texts=t.texts.copy()) for oid, t in _read_once(file, _stamp(file))}


def list_item_groups(file: SourceFile) -> tuple[str, ...]:
    """Return the OIDs of the item groups that have data, in order of definition.

    Raises DataError as ``read_odm`` does.
    """
    return tuple(oid for oid, _ in _read_once(file, _stamp(file)))


def read_item_group(file: SourceFile, oid: str) -> LabelledTable:
    """Return one item group; raises DataError as ``read_odm`` does, or if it has no data."""
    tables = read_odm(file)
    if oid not in tables:
        there = ", ".join(tables) or "none"
        raise DataError(
            f"{file.name}: there are no data of item group {oid}. Item groups with data: {there}"
        )
    return tables[oid]


def _stamp(file: SourceFile) -> Stamp | None:
    """What changes when the file of a path does."""
    if file.path is None or not file.path.is_file():
        return None
    try:
        state = os.stat(file.path)
    except OSError as error:
        raise unreadable(file, error) from None
    return state.st_mtime_ns, state.st_size, state.st_ino


@lru_cache(maxsize=1)
def _read_once(file: SourceFile, stamp: Stamp | None) -> tuple[tuple[str, LabelledTable], ...]:
    metadata, data = _parse(file)
    if not data.is_there:
        raise DataError(
            f"{file.name}: the file has no ClinicalData: it holds metadata alone, as a study "
            "design or a define.xml does. Export a snapshot of the data with their metadata"
        )
    defined = [oid for oid in metadata.list_groups() if oid in data.rows]
    ordered = dict.fromkeys((*defined, *data.rows))  # one that is not defined raises an error
    return tuple((oid, build_table(file, oid, data, metadata)) for oid in ordered)


def _parse(file: SourceFile) -> tuple[Metadata, ClinicalData]:
    metadata, data = Metadata(), ClinicalData(file)
    study, is_first = "", True
    for event, element in read_events(file):
        if is_first:
            require_snapshot(file, element)
            is_first = False
        if event == "start" and element.tag == f"{ODM}Study":
            study = require_attribute(file, element, "OID")
        elif event == "start" and element.tag in CONTEXT_ELEMENTS:
            data.start(element)
        elif event == "start":
            data.note_other(element)
        elif event == "end" and element.tag == f"{ODM}BasicDefinitions":
            read_units(file, study, element, metadata)
        elif event == "end" and element.tag == f"{ODM}MetaDataVersion":
            read_version(file, study, element, metadata)
        elif event == "end" and element.tag == f"{ODM}ItemGroupData":
            data.end_item_group(element)
    return metadata, data
