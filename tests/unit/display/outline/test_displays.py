"""Every display is declared once, with what makes it, and stands in a section."""

from __future__ import annotations

import subprocess
import sys

from analysis.display.outline.displays import DRAWN_BY, FIGURES, LISTINGS, SECTION_OF, TABLES
from analysis.display.outline.sections import SECTIONS
from analysis.io.lazy_import import load_function


def test_what_makes_a_display_can_be_imported() -> None:
    for display in (*FIGURES.values(), *TABLES.values(), *LISTINGS.values()):
        for name in display.functions:
            assert callable(load_function(name)), display.name


def test_the_order_is_that_of_the_sections() -> None:
    titles = [section.title for section in SECTIONS]
    for displays in (FIGURES, TABLES, LISTINGS):
        places = [titles.index(SECTION_OF[name]) for name in displays]
        assert places == sorted(places)


def test_every_figure_is_drawn_by_one_rule() -> None:
    drawn = [figure.name for figures in DRAWN_BY.values() for figure in figures]
    assert sorted(drawn) == sorted(FIGURES)
    assert all(rule.name.startswith("draw_") and rule.doing for rule in DRAWN_BY)


def test_the_declarations_import_nothing_that_makes_a_display() -> None:
    check = (
        "import sys, analysis.display.outline.displays, analysis.analyses.topics; "
        "sys.exit(bool({'matplotlib', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
