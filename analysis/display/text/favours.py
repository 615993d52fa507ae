"""Which side of 1 favours which arm, as the plan reports odds ratios and win odds (SAP 1.2)."""

from analysis.config import Plan
from analysis.display.text.language import say, say_label

LEFT, RIGHT = -1, 1


def is_better(ratio: float, plan: Plan) -> bool:
    """Return whether an odds ratio of the mRS, or win odds, favour the treatment."""
    return ratio > 1 if _is_above(plan) else ratio < 1


def odds_of(plan: Plan) -> str:
    """Return which mRS the reported odds are those of: ``lower`` or ``higher``."""
    return "lower" if _is_above(plan) else "higher"


def side_of_cut(plan: Plan) -> str:
    """Return on which side of a cut point the event of its odds ratio lies."""
    return "at or below" if _is_above(plan) else "above"


def favourable_side(plan: Plan) -> str:
    """Return the side of 1 that favours the treatment: ``above`` or ``below``."""
    return "above" if _is_above(plan) else "below"


def favoured_arms(plan: Plan) -> dict[int, tuple[str, str]]:
    """Return by side of 1, :data:`LEFT` and :data:`RIGHT`, whom it favours and what it means."""
    treatment = say_label(plan.arms.treatment.label), say("lower mRS")
    reference = say_label(plan.arms.reference.label), say("higher mRS")
    if _is_above(plan):
        return {LEFT: reference, RIGHT: treatment}
    return {LEFT: treatment, RIGHT: reference}


def _is_above(plan: Plan) -> bool:
    return plan.inference.favours_treatment == "above_1"
