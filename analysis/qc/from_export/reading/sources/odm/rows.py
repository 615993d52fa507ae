"""The rows of a snapshot: values by item, and where each row stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.qc.from_export.reading.sources.odm.definitions import Key

PLACES = (
    "StudyOID", "SubjectKey", "StudyEventOID", "StudyEventRepeatKey", "FormOID", "FormRepeatKey",
    "ItemGroupRepeatKey", "SiteOID",
)  # fmt: skip
"""Columns that every table has, by which its rows are told apart."""
Attribute = tuple[str, str]
"""Element, and one of its attributes with the namespace of the vendor."""


@dataclass
class Level:
    """A subject, an event or a form: what its element says, and the vendor beside it."""

    places: dict[str, str]
    vendor: dict[Attribute, str]


@dataclass
class Row:
    """The data of an item group once. ``levels``: subject, event and form, shared by their rows.

    ``texts``: by OID of the item; ``units``: the OIDs of their units.
    """

    version: Key
    levels: tuple[Level, ...]
    repeat: str
    texts: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def find_place(self, name: str) -> str:
        """Return a cell of the columns ``PLACES``."""
        if name == "StudyOID":
            return self.version[0]
        if name == "ItemGroupRepeatKey":
            return self.repeat
        return next((one.places[name] for one in self.levels if name in one.places), "")

    def find_vendor(self, attribute: Attribute) -> str:
        """Return an attribute of the vendor; empty where the row has none."""
        return next((one.vendor[attribute] for one in self.levels if attribute in one.vendor), "")
