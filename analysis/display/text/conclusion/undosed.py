"""An arm in which nobody received study drug, said where the result is said."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.format import format_count


def undosed_warning(ard: Ard, plan: Plan) -> str:
    """Return a warning that names each arm of whose subjects none was dosed, else nothing."""
    undosed = []
    for arm in (plan.arms.treatment, plan.arms.reference):
        randomised, treated = (
            ard.number("disposition", "n", "ITT", arm.code, level)
            for level in ("randomised", "treated")
        )
        if randomised and treated == 0:
            undosed.append(f"none of the {format_count(randomised)} randomised to {arm.label}")
    if not undosed:
        return ""
    return (
        f"Warning: {' and '.join(undosed)} received study drug by the export: the arms are "
        "compared as randomised, and there is nothing of that arm in the safety set."
    )
