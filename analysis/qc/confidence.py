"""The confidence of intervals, read from the plan by the check itself (SAP 1.3)."""

from analysis.config import Plan


def find_left_out(plan: Plan, analysis_id: str = "") -> float:
    """Return what the interval of an analysis leaves out on both sides together.

    Alpha where the p-value is confirmatory, or would be but for another one: of the primary
    analysis, of ``sens_mi`` if the plan prespecifies it, and of the win odds to which it switches.
    Of everything else 1 less the level, to the twelfth decimal.
    """
    primary = plan.primary
    at_alpha = {"primary": True, "sens_mi": primary.confirmatory == "sens_mi"}
    at_alpha[primary.switch_to] = primary.switch_if_nonproportional
    is_at_alpha = at_alpha.get(analysis_id, False)
    return plan.inference.alpha if is_at_alpha else round(1.0 - plan.inference.level, 12)
