"""Elements of the data as they come: subjects, events, forms, item groups and values."""

from __future__ import annotations

from analysis.qc.from_export.reading.sources.files.markup import local
from analysis.qc.from_export.reading.sources.odm.definitions import Key
from analysis.qc.from_export.reading.sources.odm.rows import Attribute, Level, Row

LEVELS = {"SubjectData": 0, "StudyEventData": 1, "FormData": 2}
KEYS = {
    "SubjectData": ("SubjectKey",),
    "StudyEventData": ("StudyEventOID", "StudyEventRepeatKey"),
    "FormData": ("FormOID", "FormRepeatKey"),
}
NO_VENDORS = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/XMLSchema-instance")


class DataTarget:
    """Takes the elements inside ``ClinicalData``: rows by OID of their item group.

    ``vendor``: all attributes of the vendor, in the order in which they come first.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.vendor: dict[Attribute, None] = {}
        self._version: Key = ("", "")
        self._levels: list[Level] = []
        self._row: Row | None = None
        self._item = ""
        self._typed: list[str] | None = None

    def start(self, opened: list[str], attributes: dict[str, str]) -> None:
        """Take one that begins; raises ValueError for a change, which a snapshot has none of."""
        name = opened[-1]
        if attributes.get("TransactionType") == "Remove":
            raise ValueError("the file holds changes")
        if name == "ClinicalData":
            self._version = (attributes["StudyOID"].strip(),
                             attributes["MetaDataVersionOID"].strip())  # fmt: skip
        elif name in LEVELS:
            self._levels = [*self._levels[: LEVELS[name]], self._read_level(name, attributes)]
        elif name == "SiteRef" and opened[-2] == "SubjectData":
            self._levels[0].places["SiteOID"] = attributes["LocationOID"].strip()
        elif name == "ItemGroupData":
            repeat = attributes.get("ItemGroupRepeatKey", "").strip()
            self._row = Row(self._version, tuple(self._levels), repeat)
            self.rows.setdefault(attributes["ItemGroupOID"].strip(), []).append(self._row)
        elif name.startswith("ItemData") and self._row and opened[-2] == "ItemGroupData":
            self._take_item(name, attributes)
        elif name == "MeasurementUnitRef" and self._row and opened[-2].startswith("ItemData"):
            self._row.units[self._item] = attributes["MeasurementUnitOID"].strip()

    def data(self, text: str) -> None:
        """A piece of a value that is no attribute (``ItemDataString`` and its kin)."""
        if self._typed is not None:
            self._typed.append(text)

    def end(self, opened: list[str]) -> None:
        """Take such a value, whose element ends."""
        if self._typed is not None and opened[-1].startswith("ItemData") and self._row:
            self._row.texts[self._item] = "".join(self._typed).strip()
            self._typed = None

    def _take_item(self, name: str, attributes: dict[str, str]) -> None:
        row = self._row
        self._item = attributes["ItemOID"].strip()
        if row is None or self._item in row.texts:
            raise ValueError("an item stands twice in one item group")
        is_null = attributes.get("IsNull") == "Yes"
        row.texts[self._item] = "" if is_null else attributes.get("Value", "").strip()
        self._typed = [] if name != "ItemData" and not is_null else None

    def _read_level(self, name: str, attributes: dict[str, str]) -> Level:
        vendor = {
            (name, key): value.strip()
            for key, value in attributes.items()
            if key.startswith("{") and key[1:].partition("}")[0] not in NO_VENDORS
        }
        self.vendor.update(dict.fromkeys(vendor))
        return Level({key: attributes.get(key, "").strip() for key in KEYS[name]}, vendor)


def name_attributes(vendor: dict[Attribute, None], taken: set[str]) -> dict[Attribute, str]:
    """Return the columns of attributes of the vendor: their names without the namespace.

    One that several elements have, or a column of the table, has the element before it. ``taken``:
    the other columns in capitals.
    """
    short = [local(key).upper() for _, key in vendor]
    long = [(element.removesuffix("Data") + local(key)).upper() for element, key in vendor]
    names = {}
    for (element, key), of_key, of_both in zip(vendor, short, long, strict=True):
        if short.count(of_key) == 1 and of_key not in taken:
            names[element, key] = local(key)
        elif long.count(of_both) == 1 and of_both not in taken.union(short):
            names[element, key] = element.removesuffix("Data") + local(key)
        else:
            names[element, key] = f"{element} {key}"
    return names
