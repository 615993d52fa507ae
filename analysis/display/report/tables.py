"""The tables of the report, one file each; ``build_tables`` makes them all."""

from __future__ import annotations

from collections.abc import Callable

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.checklist.table import build_consort_checklist
from analysis.display.tables.efficacy.coefficients import build_coefficients
from analysis.display.tables.efficacy.estimands import build_estimands
from analysis.display.tables.efficacy.primary import build_primary
from analysis.display.tables.efficacy.proportionality import build_proportionality, build_tests
from analysis.display.tables.efficacy.secondary import build_secondary
from analysis.display.tables.efficacy.sensitivity import build_sensitivity
from analysis.display.tables.efficacy.subgroups import build_subgroups
from analysis.display.tables.efficacy.tipping import build_tipping
from analysis.display.tables.safety.adverse_events import BUILDERS as ADVERSE_EVENTS
from analysis.display.tables.safety.deaths_and_bleeding import build_safety
from analysis.display.tables.safety.exposure import build_exposure
from analysis.display.tables.table import Table
from analysis.display.tables.trial.baseline import build_baseline
from analysis.display.tables.trial.disposition import build_disposition
from analysis.display.tables.trial.missing import build_missing, build_missing_baseline
from analysis.display.tables.trial.populations import build_populations, build_pp_reasons
from analysis.display.tables.trial.quality import build_queries

TABLES: dict[str, Callable[[Ard, Plan, str], Table]] = {
    "t_estimands": build_estimands,
    "t_primary": build_primary,
    "t_coefficients": build_coefficients,
    "t_proportionality": build_proportionality,
    "t_brant": build_tests,
    "t_sensitivity": build_sensitivity,
    "t_tipping_point": build_tipping,
    "t_missing": build_missing,
    "t_missing_baseline": build_missing_baseline,
    "t_secondary": build_secondary,
    "t_subgroups": build_subgroups,
    "t_safety": build_safety,
    **ADVERSE_EVENTS,
    "t_exposure": build_exposure,
    "t_disposition": build_disposition,
    "t_populations": build_populations,
    "t_baseline": build_baseline,
    "t_pp_reasons": build_pp_reasons,
    "t_queries": build_queries,
    "t_consort_checklist": build_consort_checklist,
}
"""Table id (and file name) and what builds it from the results frame, the plan and the stamp."""


def build_tables(ard: Ard, plan: Plan, stamp: str) -> dict[str, Table]:
    """Return every table by its id; raises AnalysisError if the frame lacks a row."""
    return {name: build(ard, plan, stamp) for name, build in TABLES.items()}
