"""Locations of a CONSORT item in the report: sections, with the names of tables and figures."""

from analysis.display.checklist.items import Item
from analysis.display.outline.parts import Kind
from analysis.display.outline.sections import SECTIONS
from analysis.errors import AnalysisError

AUDIT = "t_audit"
"""What the ids of the tables of the audit begin with: they are no parts of the outline."""


def name_locations(item: Item) -> str:
    """Return ``Flow of subjects (consort); Analysis sets (t_populations)``.

    Raises AnalysisError if the report holds no such location.
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
        if location in shown or (section.id == "audit" and location.startswith(AUDIT)):
            return section.title, location
    for section in SECTIONS:
        if location == section.id:
            return section.title, ""
    raise AnalysisError(f"CONSORT checklist: the report has no place called {location}")
