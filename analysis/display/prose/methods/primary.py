"""Methods of the primary analysis, in words: the estimand and what was done, from the plan."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.methods.co_reported import describe_shift_methods
from analysis.display.prose.methods.further import describe_further_methods
from analysis.display.prose.methods.multiplicity import describe_multiplicity
from analysis.display.text.favours import odds_of
from analysis.display.text.format import format_plain
from analysis.display.text.labels import name_strata
from analysis.display.text.wording import (
    PRIMARY,
    confidence,
    covariates_in_words,
    dropped_in_words,
    odds_direction,
    outcome_name,
    risk_direction,
)


def estimand(ard: Ard, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the attributes of the primary estimand (ICH E9(R1), SAP 2), name and text."""
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    return (
        ("Treatment", f"{treatment} or {reference} as randomised, whatever was received, on top "
         "of thrombectomy and usual care"),
        ("Population", "all randomised"),
        ("Variable", f"{outcome_name(plan)}, death = {_death(plan)}"),
        ("Intercurrent events", "incomplete study drug, rescue treatment, open-label steroid: "
         f"treatment policy; death: composite (mRS {_death(plan)})"),
        ("Summary", _summarise(ard, plan)),
    )  # fmt: skip


def _summarise(ard: Ard, plan: Plan) -> str:
    side, covariates = odds_of(plan), covariates_in_words(ard, plan)
    if plan.primary.is_common_odds:
        return f"common odds ratio of a {side} mRS, conditional on {covariates}"
    return f"win odds of a {side} mRS, ties split{_say_pairs(ard, plan)}"


def _say_pairs(ard: Ard, plan: Plan) -> str:
    """Which pairs the win odds compare, and what they are adjusted for."""
    measure = plan.primary.measure
    strata = f", between subjects of one {name_strata(plan)}" if "_stratified" in measure else ""
    if not measure.endswith("_adjusted"):
        return strata
    return f"{strata}, imbalance of {covariates_in_words(ard, plan)} taken out"


def methods(ard: Ard, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the methods of the analyses that were run, heading and text (SAP 3 to 9)."""
    return (
        ("Analysis sets", _sets_text()),
        ("Outcome", _outcome_text(plan)),
        ("Primary analysis", _primary_text(ard, plan)),
        ("Missing data", _missing_text(plan)),
        *describe_shift_methods(ard, plan),
        ("Safety", _safety_text(plan)),
        *describe_further_methods(ard, plan),
        *_list_not_collected(ard),
        ("Multiplicity", describe_multiplicity(ard, plan)),
        ("Direction of effects", f"{odds_direction(plan)} {risk_direction(plan)}"),
        ("Rounding", "Half away from zero, after all computing. p-values have two decimals from "
         "0.01 on and three below; more where rounding would cross "
         f"{' or '.join(map(format_plain, plan.inference.boundaries))}."),
    )  # fmt: skip


def _list_not_collected(ard: Ard) -> tuple[tuple[str, str], ...]:
    if not any(row.is_not_collected for row in ard.rows):
        return ()
    return (("Not collected", _not_collected_text(ard)),)


def _death(plan: Plan) -> str:
    """The level that holds death, by its scores."""
    return plan.outcome.name_level(plan.outcome.death_level)


def _sets_text() -> str:
    return (
        "Intention to treat: every randomised subject, as randomised. Per protocol: intention to "
        "treat less every subject with one or more reasons of the per-protocol table. Safety: at "
        "least one dose given, as treated (the arm of the kit of the first dose)."
    )


def _outcome_text(plan: Plan) -> str:
    outcome = plan.outcome
    order = " before ".join(source.lower() for source in outcome.source_order)
    return (
        f"A death on or before day {outcome.day} is mRS {_death(plan)}. Else the "
        f"assessment inside day {outcome.day} +/- {outcome.window_days}, {order} reading, then "
        "nearest to the day, then the earlier, then the higher score; else a death on or before "
        f"day {outcome.day + outcome.window_days}; else an assessment inside day {outcome.day} "
        f"+/- {outcome.late_window_days}, flagged as out of window; else missing."
    )


def _primary_text(ard: Ard, plan: Plan) -> str:
    if not plan.primary.is_common_odds:
        return _wins_text(ard, plan)
    return (
        f"{_model_text(ard, plan)} The effect is the common "
        f"odds ratio of a {odds_of(plan)} mRS with its Wald {confidence(plan, PRIMARY)} and "
        "p-value; the profile-likelihood interval and the likelihood-ratio p-value are reported "
        "beside it."
        f"{_dropped_text(ard, plan)}"
    )


def _model_text(ard: Ard, plan: Plan) -> str:
    return (
        f"Cumulative-logit proportional-odds model of the mRS ({plan.outcome.levels[0]} to "
        f"{_death(plan)}) on arm, {covariates_in_words(ard, plan)}."
    )


def _wins_text(ard: Ard, plan: Plan) -> str:
    """The win odds as the primary measure, and the model beside them (SAP 5.6)."""
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    adjusted = (
        " Adjusted by randomisation-based covariance (Koch 1998; Kawaguchi, Koch and Wang 2011)."
        if plan.primary.measure.endswith("_adjusted")
        else ""
    )
    return (
        f"Win odds: the odds that a subject on {treatment} has a {odds_of(plan)} mRS than one on "
        f"{reference}, ties split{_say_pairs(ard, plan)}; {confidence(plan, PRIMARY)} and p-value "
        "by the delta method on the log odds with the variance of the placement values."
        f"{adjusted} Win odds assume no proportional odds. Co-reported: the common odds ratio. "
        f"{_model_text(ard, plan)}{_dropped_text(ard, plan)}"
    )


def _dropped_text(ard: Ard, plan: Plan) -> str:
    dropped = dropped_in_words(ard, plan)
    if not dropped:
        return ""
    return (
        f" Of the covariates of the plan, {dropped}: one value among those analysed, or one level "
        "after merging, and so not in the model."
    )


def _not_collected_text(ard: Ard) -> str:
    """What the trial did not collect of that which the analyses need."""
    reasons = [row.reason for row in ard.rows if row.is_not_collected]
    sources = [str(reason.fields["source"]) for reason in reasons]
    names = dict.fromkeys(name for listed in sources for name in listed.split(", "))
    return (
        f"The trial did not collect {', '.join(names)} (table and column of the export). Whatever "
        "needs them says so and holds no number."
    )


def _missing_text(plan: Plan) -> str:
    model = "model" if plan.primary.is_common_odds else "primary analysis"
    return (
        f"Subjects without an {outcome_name(plan)} are left out of the {model}. A missing baseline "
        "covariate takes the median or the most frequent category of the intention-to-treat set, "
        "irrespective of arm. A category of fewer than "
        f"{plan.primary.rare_category_below} subjects is merged into the reference."
    )


def _safety_text(plan: Plan) -> str:
    safety = plan.safety
    return (
        f"Death on or before day {safety.death_day}; symptomatic (Heidelberg, adjudicated) and any "
        "intracranial haemorrhage, and parenchymal haematoma, within "
        f"{format_plain(safety.haemorrhage_hours)} hours of randomisation. "
        "Risk ratio with log-Wald interval; risk difference with Miettinen-Nurminen interval and "
        "the p-value of the score statistic that it inverts. Unknown status counts as no event."
    )
