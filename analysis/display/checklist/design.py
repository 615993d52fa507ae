"""CONSORT 2025 items 1 to 21, answered from the plan: design, arms, outcomes, methods."""

from analysis.config import Plan
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.display.ard import Ard
from analysis.display.prose.methods.primary import estimand, methods
from analysis.display.text.conclusion.key_secondaries import name_outcome
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import NOT_COLLECTED, format_count, format_plain
from analysis.display.text.wording import SETS, outcome_name

RANDOMISED = "randomi"
CRITERIA = ("IN", "EX")
"""How the codes of eligibility criteria begin."""


def answer_title(plan: Plan) -> str:
    """Return whether the title of the plan says that the trial is randomised."""
    says = "says so" if RANDOMISED in plan.trial.title.lower() else "does not say so"
    return f"The title in the plan {says}: {plan.trial.title}."


def answer_registration(plan: Plan) -> str:
    """Return the registry number."""
    return f"{plan.trial.registry_id}. Address and date are not in the plan."


def answer_objectives(ard: Ard, plan: Plan) -> str:
    """Return the estimand of the primary analysis."""
    parts = "; ".join(f"{name.lower()}: {text}" for name, text in estimand(ard, plan))
    return f"Estimand of the primary analysis: {parts}."


def answer_design(plan: Plan) -> str:
    """Return phase, arms and ratio; the plan tests for a difference, two-sided."""
    trial, arms = plan.trial, plan.arms
    ratio = ":".join(map(str, trial.allocation_ratio))
    return (
        f"Phase {trial.phase}, two parallel arms ({arms.treatment.label}, {arms.reference.label}), "
        f"allocation {ratio}, difference tested two-sided at {format_plain(plan.inference.alpha)}."
    )


def answer_sites(ard: Ard) -> str:
    """Return how many sites randomised."""
    row = ard.find("recruitment", "n_sites", "ITT")
    if row is not None and row.is_not_collected:
        return f"The number of sites was {NOT_COLLECTED}."
    return f"{format_count(row.value)} sites randomised." if row else ""


def answer_eligibility(plan: Plan) -> str:
    """Return the criteria whose values the analysis checks."""
    criteria = [text for code, text in describe_reasons(plan).items() if code.startswith(CRITERIA)]
    return f"Checked against the data, each a violation: {'; '.join(criteria)}." if criteria else ""


def answer_interventions(plan: Plan) -> str:
    """Return the planned doses."""
    dosing = plan.dosing
    return (
        f"{plan.arms.treatment.label} against {plan.arms.reference.label}. Study drug as planned: "
        f"{format_plain(dosing.ia_mg)} mg intra-arterially, then "
        f"{format_plain(dosing.iv_mg_per_kg)} mg per kg intravenously on day "
        f"{format_plain(dosing.iv_days)}."
    )


def answer_method(ard: Ard, plan: Plan, *names: str) -> str:
    """Return the paragraphs of the methods with these headings."""
    texts = dict(methods(ard, plan))
    return " ".join(texts[name] for name in names)


def answer_outcomes(ard: Ard, plan: Plan) -> str:
    """Return the primary outcome, and how many secondary ones the plan has."""
    secondary = plan.secondary
    return (
        f"Primary: {outcome_name(plan)}. {answer_method(ard, plan, 'Outcome')} Secondary: "
        f"{len(secondary.dichotomies)} dichotomies of the mRS and {len(secondary.outcomes)} scores "
        f"and utilities{_name_keys(ard, plan)}."
    )


def _name_keys(ard: Ard, plan: Plan) -> str:
    """The key secondary outcomes, if the plan tests any."""
    names = [name_outcome(ard, plan, name) for name in plan.inference.testing.outcomes]
    return f"; key ones, tested behind the primary: {', '.join(names)}" if names else ""


def answer_sample_size(plan: Plan) -> str:
    """Return the number planned."""
    return f"{plan.trial.n_randomised} planned. Its calculation is not in the plan."


def answer_ratio(plan: Plan) -> str:
    """Return the allocation ratio, the one restriction that the plan names."""
    ratio = ":".join(map(str, plan.trial.allocation_ratio))
    return f"Allocation {ratio}. Blocks and strata of the randomisation are not in the plan."


def answer_sets(ard: Ard, plan: Plan) -> str:
    """Return the sets with their size, and how they are defined."""
    sizes = [
        f"{name} {format_count(ard.number('populations', 'n', population))}"
        for population, name in SETS.items()
    ]
    return f"Sizes: {'; '.join(sizes)}. {answer_method(ard, plan, 'Analysis sets')}"


def answer_missing(ard: Ard, plan: Plan) -> str:
    """Return how many outcomes are missing, and what was done."""
    return f"{missing_sentence(ard, plan)} {answer_method(ard, plan, 'Missing data')}"


def answer_further(ard: Ard, plan: Plan) -> str:
    """Return how many analyses stand beside the primary one, all from the plan."""
    return (
        f"All from the plan: {len(plan.analyses.run)} further analyses of the primary outcome, "
        f"{len(plan.subgroups.factors)} subgroup factors. "
        f"{answer_method(ard, plan, 'Multiplicity')}"
    )
