"""Findings on an export as a whole, after its tables are read."""

from collections.abc import Sequence

import pandas as pd

from analysis.config import Plan
from analysis.edc.door.covariates import find_imputed
from analysis.edc.door.dates.visit_days import find_visits_of_other_days
from analysis.edc.door.kits import find_unlisted_kits
from analysis.edc.door.limits import leave_out_said
from analysis.edc.door.relations import find_relations
from analysis.edc.layout import Layout


def find_in_export(
    tables: dict[str, pd.DataFrame],
    kits: frozenset[str],
    plan: Plan,
    layout: Layout,
    earlier: Sequence[str],
) -> list[str]:
    """Return what no table shows alone: kits, subjects, dates, visits, units, covariates.

    ``kits``: those of the kit list, none in a blinded run. ``earlier``: findings of single tables,
    which are not said again.
    """
    findings = [
        *find_unlisted_kits(tables, kits, plan.door),
        *find_relations(tables, plan, layout),
        *find_visits_of_other_days(tables, plan, layout),
        *find_imputed(tables, plan),
    ]
    return leave_out_said(findings, earlier)
