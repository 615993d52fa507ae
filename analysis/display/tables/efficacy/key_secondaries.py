"""The columns of the secondary table that say what was tested behind the primary outcome."""

from collections.abc import Callable

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.text.conclusion.key_secondaries import explain_tests, read_key_secondaries
from analysis.display.text.format import format_p

TESTING, ADJUSTED = "Testing", "Adjusted p"
Further = Callable[[Effect], tuple[str, ...]]
"""Cells of a row behind those of its effect."""


def name_test_columns(plan: Plan) -> tuple[str, ...]:
    """Return the headings; none if the plan tests no key secondary outcome."""
    return (TESTING, ADJUSTED) if plan.inference.testing.outcomes else ()


def read_test_cells(ard: Ard, plan: Plan) -> Further:
    """Return what makes the cells of an effect: empty ones for an outcome that is no key one."""
    found = {each.analysis_id: each for each in read_key_secondaries(ard, plan)}

    def write(effect: Effect) -> tuple[str, ...]:
        each = found.get(effect.analysis_id)
        if each is None:
            return ("",) * len(name_test_columns(plan))
        return each.verdict, format_p(each.adjusted_p, *plan.inference.boundaries)

    return write


def say_nominal(ard: Ard, plan: Plan) -> tuple[str, ...]:
    """Return which p-values are nominal, and what the tests of the others mean: footnotes."""
    if not plan.inference.testing.outcomes:
        return ("All p-values are nominal.",)
    return explain_tests(ard, plan), "Every p-value that is not adjusted is nominal."
