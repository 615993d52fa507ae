"""Where in the report an item is answered: its sections, with the names of tables and figures."""

from __future__ import annotations

from analysis.display.checklist.items import Item
from analysis.display.outline import LISTINGS, SECTIONS, Kind
from analysis.errors import AnalysisError

AUDIT = "t_audit"


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
        if place in shown or _holds(section.id, place):
            return section.title, place
    for section in SECTIONS:
        if place == section.id:
            return section.title, ""
    raise AnalysisError(f"CONSORT checklist: the report has no place called {place}")


def _holds(section: str, place: str) -> bool:
    """Listings and the tables of the audit are no parts of the outline themselves."""
    return (section == "audit" and place.startswith(AUDIT)) or (
        section == "listings" and place in LISTINGS
    )
