"""Methods of multiplicity in words: what is confirmatory, what is tested behind it, and levels."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.key_secondaries import name_outcome
from analysis.display.text.format import format_number, format_plain
from analysis.display.text.language import join_words
from analysis.display.text.wording import PRIMARY, confidence


def describe_multiplicity(ard: Ard, plan: Plan) -> str:
    """Return which p-value is confirmatory, how others are tested, and what the intervals are."""
    tested = _say_tested(ard, plan)
    every = (
        "every p-value that is neither is nominal" if tested else "every other p-value is nominal"
    )
    joint = f". {tested}; " if tested else "; "
    return f"{_say_confirmatory(plan)}{joint}{every}.{_say_levels(plan)}"


def _say_confirmatory(plan: Plan) -> str:
    primary = plan.primary
    if primary.confirmatory != "primary":
        return f"The confirmatory analysis is {primary.confirmatory}, as prespecified"
    if primary.switch_if_nonproportional:
        return (
            f"The primary analysis is confirmatory unless {primary.switch_test} has p < "
            f"{format_plain(plan.inference.alpha)}; then {primary.switch_to} is"
        )
    return "There is one primary analysis"


def _say_tested(ard: Ard, plan: Plan) -> str:
    """How the key secondary outcomes are tested; empty if the plan tests none."""
    testing, alpha = plan.inference.testing, format_plain(plan.inference.alpha)
    if testing.procedure == "none":
        return ""
    names = [name_outcome(ard, plan, name) for name in testing.outcomes]
    gate = f"Once its two-sided p is below {alpha}, key secondary outcomes are tested"
    adjusted = "adjusted p-values by the sequentially rejective algorithm (Bretz et al. 2009)"
    if testing.procedure == "fixed_sequence":
        return (
            f"{gate} in a fixed sequence, each two-sided at {alpha} until one is not rejected: "
            f"{', then '.join(names)}; {adjusted}"
        )
    return (
        f"{gate} by a graphical procedure, Bonferroni-based: {_say_weights(plan, names)} of alpha; "
        f"{_say_transitions(plan, names)}; {adjusted}"
    )


def _say_weights(plan: Plan, names: list[str]) -> str:
    """``50% to mRS 0-2 (risk ratio) and 50% to ...``, of those that begin with a share."""
    pairs = zip(names, plan.inference.testing.weights, strict=True)
    return join_words([f"{_percent(weight)} to {name}" for name, weight in pairs if weight])


def _say_transitions(plan: Plan, names: list[str]) -> str:
    """Where the alpha of each goes once it is rejected."""
    texts = []
    for name, row in zip(names, plan.inference.testing.transitions, strict=True):
        goals = [f"{_percent(share)} to {goal}" for goal, share in zip(names, row, strict=True)
                 if share]  # fmt: skip
        texts.append(f"that of {name}, once rejected, {join_words(goals) or 'nowhere'}")
    return "; ".join(texts)


def _percent(share: float) -> str:
    whole = round(100 * share, 6)
    return f"{format_plain(whole) if whole.is_integer() else format_number(whole, 1)}%"


def _say_levels(plan: Plan) -> str:
    """What the intervals are, where not all of them are of one confidence."""
    if len(plan.inference.boundaries) == 1:
        return ""
    named = " and of ".join(plan.primary.may_be_confirmatory)
    return (
        f" The interval of {named} is a {confidence(plan, PRIMARY)}, which goes with the test at "
        f"{format_plain(plan.inference.alpha)}; every other interval is a {confidence(plan)}, not "
        "adjusted for multiplicity."
    )
