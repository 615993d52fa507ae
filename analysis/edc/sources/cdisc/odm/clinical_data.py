"""Clinical data of an ODM file, taken from its elements as they come."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

from analysis.edc.sources.cdisc.odm.item_data import Skipped, read_items
from analysis.edc.sources.cdisc.odm.metadata import VersionKey
from analysis.edc.sources.cdisc.odm.rows import Attribute, Form, Row, Subject, Visit
from analysis.edc.sources.cdisc.odm.xml_events import ODM, local_name, require_attribute, split_name
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

_PARENTS = {
    "SubjectData": "ClinicalData",
    "StudyEventData": "SubjectData",
    "FormData": "StudyEventData",
    "ItemGroupData": "FormData",
}
"""Where the elements of the data stand."""
CONTEXT_ELEMENTS = frozenset(ODM + name for name in (*_PARENTS, "ClinicalData", "SiteRef"))
"""Elements that :meth:`ClinicalData.start` takes."""
_LEVELS = CONTEXT_ELEMENTS - {f"{ODM}ItemGroupData", f"{ODM}SiteRef"}
_NO_VENDORS = (
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2001/XMLSchema-instance",
)


@dataclass
class ClinicalData:
    """The rows by OID of their item group, read from the elements as they come."""

    file: SourceFile
    rows: dict[str, list[Row]] = field(default_factory=dict)
    skipped: Skipped = field(default_factory=Skipped)
    vendor: dict[Attribute, None] = field(default_factory=dict)
    is_there: bool = False
    _version: VersionKey = ("", "")
    _subject: Subject | None = None
    _visit: Visit | None = None
    _form: Form | None = None

    def start(self, element: Any) -> None:
        """Take an element whose attributes are there; raises DataError if it stands elsewhere."""
        name = local_name(element)
        if name in _PARENTS and not self._stands_right(element, name):
            return
        if name == "ClinicalData":
            self.is_there = True
            keys = ("StudyOID", "MetaDataVersionOID")
            study, version = (require_attribute(self.file, element, key) for key in keys)
            self._version = (study, version)
        elif name == "SubjectData":
            key = require_attribute(self.file, element, "SubjectKey")
            self._subject = Subject(self._version, key, self._read_vendor(element))
        elif name == "SiteRef" and self._subject and _parent(element) == "SubjectData":
            self._subject.site = require_attribute(self.file, element, "LocationOID")
        elif name == "StudyEventData" and self._subject:
            self._visit = Visit(self._subject, *self._read_keys(element, "StudyEvent"))
        elif name == "FormData" and self._visit:
            self._form = Form(self._visit, *self._read_keys(element, "Form"))

    def note_other(self, element: Any) -> None:
        """Note an element that stands among the data and is not read."""
        parent = element.getparent()
        if parent is not None and parent.tag in _LEVELS:
            self.skipped.add(local_name(element))

    def end_item_group(self, element: Any) -> None:
        """Take an ItemGroupData with its content; raises DataError for what is not understood."""
        if self._form is None or _parent(element) != "FormData":
            return
        oid = sys.intern(require_attribute(self.file, element, "ItemGroupOID"))
        place = (
            f"{self.file.name}: line {element.sourceline}: subject {self._form.visit.subject.key}"
        )
        texts, units = read_items(self.file, place, element, self.skipped)
        repeat = element.get("ItemGroupRepeatKey", "").strip()
        self.rows.setdefault(oid, []).append(Row(self._form, repeat, texts, units))

    def _read_keys(self, element: Any, level: str) -> tuple[str, str, dict[Attribute, str]]:
        oid = sys.intern(require_attribute(self.file, element, f"{level}OID"))
        return oid, element.get(f"{level}RepeatKey", "").strip(), self._read_vendor(element)

    def _read_vendor(self, element: Any) -> dict[Attribute, str]:
        found = {
            (local_name(element), name): value.strip()
            for name, value in element.items()
            if name.startswith("{") and split_name(name)[0] not in _NO_VENDORS
        }
        self.vendor.update(dict.fromkeys(found))
        return found

    def _stands_right(self, element: Any, name: str) -> bool:
        """Whether it does; reference data, which have no subjects, are noted as not read."""
        if element.get("TransactionType") == "Remove":
            raise DataError(
                f"{self.file.name}: line {element.sourceline}: {name} is to be removed "
                "(TransactionType Remove), which a snapshot cannot say. Export a snapshot"
            )
        parent = _parent(element)
        if parent == "ReferenceData":
            self.skipped.add("ReferenceData")
        elif parent != _PARENTS[name]:
            raise DataError(
                f"{self.file.name}: line {element.sourceline}: {name} stands in {parent} and not "
                f"in {_PARENTS[name]}, so the file is no ODM 1.3 of an EDC system (Dataset-XML is "
                "not read). Export a snapshot of the data as ODM-XML 1.3.2"
            )
        return parent != "ReferenceData"


def _parent(element: Any) -> str:
    parent = element.getparent()
    return "" if parent is None or not parent.tag.startswith(ODM) else local_name(parent)
