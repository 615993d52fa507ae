"""The tables of the report, one file each; ``build_tables`` makes them all."""

from __future__ import annotations

from collections.abc import Callable

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.table import Table
from analysis.display.tables.baseline import build_baseline
from analysis.display.tables.coefficients import build_coefficients
from analysis.display.tables.populations import build_populations
from analysis.display.tables.pp_reasons import build_pp_reasons
from analysis.display.tables.primary import build_primary
from analysis.display.tables.quality import build_quality
from analysis.display.tables.queries import build_queries
from analysis.display.tables.safety import build_safety

TABLES: dict[str, Callable[[Ard, Plan, str], Table]] = {
    "t_populations": build_populations,
    "t_baseline": build_baseline,
    "t_pp_reasons": build_pp_reasons,
    "t_primary": build_primary,
    "t_coefficients": build_coefficients,
    "t_safety": build_safety,
    "t_queries": build_queries,
    "t_quality": build_quality,
}
"""Table id (and file name) and what builds it from the results frame, the plan and the stamp."""


def build_tables(ard: Ard, plan: Plan, stamp: str) -> dict[str, Table]:
    """Return every table by its id; raises AnalysisError if the frame lacks a row."""
    return {name: build(ard, plan, stamp) for name, build in TABLES.items()}
