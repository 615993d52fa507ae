"""The displays of the report by name, in its order; a wrong declaration stops the import."""

from analysis.display.outline.parts import FigurePart, Kind, TablePart
from analysis.display.outline.sections import SECTIONS
from analysis.io.lazy_import import require_functions, require_once

_PARTS = tuple(part for section in SECTIONS for part in section.parts)
_TABLES = tuple(part for part in _PARTS if isinstance(part, TablePart))

FIGURES = {part.name: part for part in _PARTS if isinstance(part, FigurePart)}
"""Figures that the report needs, by file name."""

DRAWN_BY = {
    rule: [part for part in FIGURES.values() if part.rule == rule]
    for rule in dict.fromkeys(part.rule for part in FIGURES.values())
}
"""Figures by the rule that draws them."""

TABLES = {part.name: part for part in _TABLES if part.kind is not Kind.LISTING}
"""Tables that the report shows, by id."""

LISTINGS = {part.name: part for part in _TABLES if part.kind is Kind.LISTING}
"""Pages in the folder of the tables that the report leads to: they show single subjects."""

SECTION_OF = {part.name: section.title for section in SECTIONS for part in section.parts}
"""The title of the section that a part stands in, by its name."""

require_once("section", (section.id for section in SECTIONS))
require_once("figure or table", (part.name for part in _PARTS if part.kind is not Kind.WORDS))
require_functions(name for part in _PARTS for name in part.functions)
