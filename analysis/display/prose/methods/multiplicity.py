"""Methods of multiplicity in words: what is confirmatory, what is tested behind it, and levels."""

from collections.abc import Sequence

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.conclusion.key_secondaries import name_outcome
from analysis.display.text.format import format_plain, scale_exactly
from analysis.display.text.language import join_words
from analysis.display.text.wording import PRIMARY, confidence

NOWHERE = "nowhere"


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
        f"{gate} by a Bonferroni-based graphical procedure; {_say_edges(plan, names)}; {adjusted}"
    )


def _say_edges(plan: Plan, names: list[str]) -> str:
    """``alpha goes on, of the confirmatory analysis 50% to A ...; of A, once rejected, ...``."""
    testing = plan.inference.testing
    parts = [f"alpha goes on, of the confirmatory analysis {_say_shares(names, testing.weights)}"]
    for name, row in zip(names, testing.transitions, strict=True):
        parts.append(f"of {name}, once rejected, {_say_shares(names, row)}")
    return "; ".join(parts)


def _say_shares(names: Sequence[str], shares: Sequence[float]) -> str:
    pairs = zip(names, shares, strict=True)
    return join_words([f"{_percent(share)} to {name}" for name, share in pairs if share]) or NOWHERE


def _percent(share: float) -> str:
    return f"{format_plain(scale_exactly(share, 100))}%"


def _say_levels(plan: Plan) -> str:
    """What the intervals are, where not all of them are of one confidence."""
    if len(plan.inference.boundaries) == 1:
        return ""
    ids = plan.primary.may_be_confirmatory
    named = " and of ".join("the primary analysis" if name == PRIMARY else name for name in ids)
    return (
        f" The interval of {named} is a {confidence(plan, PRIMARY)}, which goes with the test at "
        f"{format_plain(plan.inference.alpha)}; every other interval is a {confidence(plan)}, not "
        "adjusted for multiplicity."
    )
