"""Locations of a CONSORT item in the report: sections, with the names of tables and figures."""

from __future__ import annotations

from analysis.display.checklist.items import Item
from analysis.display.outline import LISTINGS, SECTIONS, Kind
from analysis.errors import AnalysisError

AUDIT = "t_audit"


def name_locations(item: Item) -> str:
    """Return ``Flow of subjects (consort); Analysis sets (t_populations)``.

    Raises AnalysisError if the report holds no such place.
    """
    names: dict[str, list[str]] = {}
    for location in item.locations:
        section, name = _find(location)
        names.setdefault(section, []).extend([name] if name else [])
    return "; ".join(f"{key} ({', '.join(own)})" if own else key for key, own in names.items())


def _find(location: str) -> tuple[str, str]:
    """The title of the section, and the name of what is meant in it; empty for the whole."""
    for section in SECTIONS:
        shown = [part.name for part in section.parts if part.kind is not Kind.WORDS]
        if location in shown or _holds(section.id, location):
            return section.title, location
    for section in SECTIONS:
        if location == section.id:
            return section.title, ""
    raise AnalysisError(f"CONSORT checklist: the report has no place called {location}")


def _holds(section: str, location: str) -> bool:
    """Listings and the tables of the audit are no parts of the outline themselves."""
    return (section == "audit" and location.startswith(AUDIT)) or (
        section == "listings" and location in LISTINGS
    )
