"""The tables of the report, by their id."""

from collections.abc import Sequence

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.outline.displays import TABLES
from analysis.display.outline.parts import Source
from analysis.display.tables.table import Table
from analysis.io.verdicts import Comparison


def build_tables(
    ard: Ard, plan: Plan, checks: Sequence[Comparison], stamp: str
) -> dict[str, Table]:
    """Return every table of the report; raises AnalysisError if the frame lacks a row.

    ``checks``: the verdicts of the independent check.
    """
    given = {Source.RESULTS: ard, Source.CHECKS: checks}
    return {name: part.build(given, plan, stamp) for name, part in TABLES.items()}
