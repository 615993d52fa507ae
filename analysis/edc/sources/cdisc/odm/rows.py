"""Subjects, events and forms of an ODM file, and one row an ItemGroupData."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.edc.sources.cdisc.odm.metadata import VersionKey

Attribute = tuple[str, str]
"""Element and attribute, the attribute with its namespace."""


@dataclass
class Subject:
    """A SubjectData element; ``vendor``: attributes of the vendor."""

    version: VersionKey
    key: str
    vendor: dict[Attribute, str]
    site: str = ""


@dataclass(frozen=True)
class Visit:
    """A StudyEventData element."""

    subject: Subject
    oid: str
    repeat: str
    vendor: dict[Attribute, str]


@dataclass(frozen=True)
class Form:
    """A FormData element."""

    visit: Visit
    oid: str
    repeat: str
    vendor: dict[Attribute, str]


@dataclass(frozen=True, slots=True)
class Row:
    """An ItemGroupData element: texts and OIDs of units by OID of the item."""

    form: Form
    repeat: str
    texts: dict[str, str]
    units: dict[str, str]
