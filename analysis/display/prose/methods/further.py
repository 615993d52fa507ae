"""Methods of missing data, secondary outcomes, subgroups and safety, in words (SAP 7 to 9)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.format import format_plain
from analysis.display.text.wording import SETS, confidence, covariates_in_words


def describe_further_methods(ard: Ard, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return heading and text of the secondary outcomes, subgroups, time to death and events."""
    return (
        ("Dichotomies of the mRS", _dichotomies(ard, plan)),
        ("Scores and utilities", _scores(plan)),
        ("Subgroups", _subgroups(plan)),
        ("Time to death", _time_to_death(plan)),
        ("Adverse events", _adverse_events(plan)),
        ("Exposure", "Doses given, total in mg and in mg per kg, and compliance: what was given of "
         "what was planned for the doses due."),
    )  # fmt: skip


def _dichotomies(ard: Ard, plan: Plan) -> str:
    return (
        f"{SETS[plan.secondary.population].capitalize()}; risk ratio adjusted by Poisson "
        "regression with robust (HC0) variance first; unadjusted risk ratio (log-Wald; without "
        "events in an arm Koopman's score interval), risk difference (Miettinen-Nurminen), risk "
        "difference standardised after logistic regression, and odds ratio. Covariates: "
        f"{covariates_in_words(ard, plan)}.{_sparse(plan)}"
    )


def _sparse(plan: Plan) -> str:
    """What stands in place of an adjusted estimate of few events (SAP 5.8)."""
    rule = plan.sparse
    if not rule.events_per_variable:
        return ""
    odds = (
        "by Firth's penalised likelihood with its profile interval, with fewer than "
        f"{rule.fewest_events} in all without covariates"
        if rule.below == "firth"
        else "without covariates too"
    )
    return (
        " Sparse data: where those with the event, or those without, are fewer than "
        f"{format_plain(rule.events_per_variable)} for each column of a model, risk ratio, risk "
        f"difference and hazard ratio are without covariates; the odds ratio is {odds}."
    )


def _scores(plan: Plan) -> str:
    rule, eq5d = plan.secondary.nihss_deaths, plan.secondary.eq5d
    return (
        f"Difference in means by analysis of covariance on {_covariates(plan)}, t "
        f"interval. NIHSS without a score of a subject dead by day {rule.h24_last_day} (at 24 h) "
        f"or {rule.d7_last_day} (at day 7) counts {rule.score}; EQ-5D-5L and EQ-VAS of a "
        f"subject dead by day {eq5d.death_last_day} count {format_plain(eq5d.death_utility)} and "
        f"{format_plain(eq5d.death_vas)}. EQ-5D-5L by the value set of the plan, assessed within "
        f"{eq5d.window_days} days of day {plan.outcome.day}; any missing item is missing. The "
        "utility-weighted mRS by the weights of the plan."
    )


def _covariates(plan: Plan) -> str:
    model = "primary model" if plan.primary.is_common_odds else "proportional-odds model"
    return f"the covariates of the {model}"


def _subgroups(plan: Plan) -> str:
    first = "primary model"
    test = "likelihood ratio of the model plus the factor, with and without its product with arm"
    if not plan.primary.is_common_odds:
        first, test = "primary analysis", "Wald chi-square of the log win odds of the levels"
    return (
        f"The {first} within each level of {len(plan.subgroups.factors)} prespecified factors; p "
        f"for interaction by {test}. No claim is made from a subgroup alone."
    )


def _time_to_death(plan: Plan) -> str:
    return (
        f"Days from randomisation to death, censored at day {plan.safety.death_day} or the last "
        f"day known alive. Kaplan-Meier with {confidence(plan)} on the log(-log) scale, log-rank "
        f"test, hazard ratio by Cox regression on {_covariates(plan)} (Efron ties); "
        "proportional hazards by the score test of Schoenfeld residuals."
    )


def _adverse_events(plan: Plan) -> str:
    events = plan.adverse_events
    return (
        "Treatment-emergent: start on or after the day of the first dose and on or before day "
        f"{events.last_day}; a partial date becomes the earliest that fits and is not before the "
        f"first dose. Coded with MedDRA {events.meddra_version}. Risk difference with "
        "Miettinen-Nurminen interval; Fisher's exact p for kinds of events and events of special "
        "interest."
    )
