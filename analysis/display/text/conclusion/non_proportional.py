"""Whether a test of the plan finds the treatment's odds not proportional (SAP 5.5)."""

from analysis.config import Plan
from analysis.display.ard import Ard

TESTS = {"po_lr_treatment": "", "brant": "arm"}
"""Tests of proportional odds of the treatment, and the level at which they stand."""


def find_rejected(ard: Ard, plan: Plan) -> float | None:
    """Return the p-value of the first test of the plan that is estimable, if it is below alpha.

    None where that test does not reject, or the plan runs none.
    """
    for name, level in TESTS.items():
        row = ard.find(name, "p_value", plan.primary.population, level=level)
        if name not in plan.analyses.run or row is None or row.value is None:
            continue
        return row.value if row.value < plan.inference.alpha else None
    return None
