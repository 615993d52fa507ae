"""Where in the report an item is answered: its sections, with the names of tables and figures."""

from __future__ import annotations

from analysis.display.checklist.items import Item
from analysis.display.outline.parts import Kind
from analysis.display.outline.sections import SECTIONS
from analysis.errors import AnalysisError

AUDIT = "t_audit"
"""What the ids of the tables of the audit begin with: they are no parts of the outline."""


def name_places(item: Item) -> str:
    """Return ``Flow of subjects (consort); Analysis sets (t_populations)``.

    Raises AnalysisError if the report holds no such place.
    """
    found: dict[str, list[str]] = {}
    for place in item.places:
        section, name = _find(place)
        found.setdefault(section, []).extend([name] if name else [])
    return "; ".join(
        f"{section} ({', '.join(names)})" if names else section for section, names in found.items()
    )


def _find(place: str) -> tuple[str, str]:
    """The title of the section, and the name of what is meant in it; empty for the whole."""
    for section in SECTIONS:
        shown = [part.name for part in section.parts if part.kind is not Kind.WORDS]
        if place in shown or (section.id == "audit" and place.startswith(AUDIT)):
            return section.title, place
    for section in SECTIONS:
        if place == section.id:
            return section.title, ""
    raise AnalysisError(f"CONSORT checklist: the report has no place called {place}")
