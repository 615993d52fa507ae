"""Elements of the metadata as they come."""

from __future__ import annotations

from analysis.qc.from_export.reading.sources.odm.definitions import Definitions, Item, Version

Attributes = dict[str, str]


class MetadataTarget:
    """Takes the elements inside ``Study``; ``open`` are the names of those not yet ended.

    Of a word in several languages the first is taken.
    """

    def __init__(self) -> None:
        self.definitions = Definitions()
        self._study = self._unit = self._code = ""
        self._version = Version()
        self._group: list[str] = []
        self._item = Item("")
        self._codes: dict[str, str] = {}
        self._words: list[str] | None = None

    def start(self, opened: list[str], attributes: Attributes) -> None:
        """Take one that begins."""
        name, parent = opened[-1], opened[-2] if len(opened) > 1 else ""
        oid = attributes.get("OID", "").strip()
        version = self._version
        if name == "Study":
            self._study = oid
        elif name == "MeasurementUnit":
            self._unit = oid
            self.definitions.units[self._study, oid] = attributes.get("Name", "").strip() or oid
        elif name == "MetaDataVersion":
            version = self._version = Version()
            self.definitions.versions[self._study, oid] = version
        elif name == "Include":
            version.included = (attributes["StudyOID"].strip(),
                                attributes["MetaDataVersionOID"].strip())  # fmt: skip
        elif name == "ItemGroupDef":
            self._group = version.groups.setdefault(oid, [])
        elif name == "ItemRef" and parent == "ItemGroupDef":
            self._group.append(attributes["ItemOID"].strip())
        elif name == "ItemDef":
            self._item = version.items[oid] = Item(attributes.get("Name", "").strip() or oid)
        elif name == "MeasurementUnitRef" and parent == "ItemDef":
            self._item.units.append(attributes["MeasurementUnitOID"].strip())
        elif name == "CodeListRef":
            self._item.code_list = attributes["CodeListOID"].strip()
        elif name == "CodeList":
            self._codes = version.code_lists.setdefault(oid, {})
        elif name in ("CodeListItem", "EnumeratedItem"):
            self._code = attributes["CodedValue"].strip()
            self._codes[self._code] = self._code
        elif name == "TranslatedText":
            self._words = [] if parent in ("Decode", "Symbol") else None

    def data(self, text: str) -> None:
        """A piece of a word."""
        if self._words is not None:
            self._words.append(text)

    def end(self, opened: list[str]) -> None:
        """Take the word that ends; ``opened``: with the element itself."""
        if opened[-1] != "TranslatedText" or self._words is None:
            return
        word = " ".join("".join(self._words).split())
        unit = (self._study, self._unit)
        if word and opened[-2] == "Decode" and self._codes.get(self._code) == self._code:
            self._codes[self._code] = word
        elif word and opened[-2] == "Symbol":
            self.definitions.units[unit] = word
        self._words = None
