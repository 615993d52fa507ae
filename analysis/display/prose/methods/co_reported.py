"""Methods of the co-reported and sensitivity analyses, in words (SAP 5.4, 5.5, 6)."""

from analysis.config import Plan
from analysis.config.blocks.shift import NO_AUXILIARY
from analysis.display.ard import Ard
from analysis.display.prose.methods.supportive import describe_supportive
from analysis.display.text.favours import odds_of
from analysis.display.text.format import format_plain


def describe_shift_methods(ard: Ard, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return heading and text of every analysis of ``analyses.run``, in its order."""
    texts = {
        **_co_reported(plan), **_on_other_data(plan), **_on_missing_outcomes(ard, plan),
        **describe_supportive(ard, plan),
    }  # fmt: skip
    return tuple(texts[analysis_id] for analysis_id in plan.analyses.run)


def _co_reported(plan: Plan) -> dict[str, tuple[str, str]]:
    strata, model = plan.co_reported, _name_model(plan)
    return {
        "win_odds": (
            "Win odds",
            "Wilcoxon-Mann-Whitney generalised odds ratio, ties split evenly; interval by the "
            "delta method on the log odds with the variance of the placement values.",
        ),
        "win_odds_stratified": (
            "Win odds, stratified",
            f"Compared within strata of {', '.join(strata.strata)}, weights n1 n0 / (n1 + n0). "
            f"Strata with fewer than {strata.strata_fewest_per_arm} analysed subjects in either "
            "arm are pooled into one.",
        ),
        "win_odds_adjusted": (
            "Win odds, adjusted",
            f"Adjusted for the covariates of the {model} by randomisation-based covariance "
            "(Koch 1998; Kawaguchi, Koch and Wang 2011).",
        ),
        "win_odds_stratified_adjusted": (
            "Win odds, stratified and adjusted",
            f"Compared within strata of {', '.join(strata.strata)} and adjusted for the covariates "
            f"of the {model} by randomisation-based covariance, both with weights n1 n0 / "
            "(n1 + n0).",
        ),
        "sens_unadjusted": ("Unadjusted analysis", f"The {model} without covariates."),
        "cutpoint": (
            "Proportional odds",
            f"Described, not tested into a decision: the odds ratio of a {odds_of(plan)} mRS at "
            f"each cut point, by logistic regression on the covariates of the {model}.",
        ),
        "brant": (
            "Brant test",
            "Of all terms together and of each term; probabilities of the separate logistic fits.",
        ),
        "po_lr_treatment": (
            "Non-proportional treatment effect",
            "Likelihood ratio of a treatment effect of its own at every cut point against one.",
        ),
        "partial_po": (
            "Partial proportional odds",
            f"The {model} with a treatment effect of its own at every cut point.",
        ),
    }


def _on_other_data(plan: Plan) -> dict[str, tuple[str, str]]:
    outcome, sensitivity = plan.outcome, plan.sensitivity
    merged = outcome.name_scores(sensitivity.merged_levels[0], sensitivity.merged_levels[-1])
    first = "primary model" if plan.primary.is_common_odds else "primary analysis"
    return {
        "sens_pp": ("Per-protocol analysis", f"The {first} in the per-protocol set."),
        "sens_merge56": ("Merged levels", f"The {first} with mRS {merged} as one level."),
        "sens_in_window": (
            "Assessments inside the window",
            f"The {first} of assessments on day {outcome.day} +/- {outcome.window_days}, "
            "and of deaths.",
        ),
        **_of_sites(plan),
        "sens_as_treated": (
            "As-treated analysis",
            f"The {first} in the safety set, by the treatment received.",
        ),
    }


def _of_sites(plan: Plan) -> dict[str, tuple[str, str]]:
    titles = {
        "sens_site_cluster": "Sites as clusters",
        "sens_site_random": "Random site intercept",
    }
    if not plan.primary.is_common_odds:
        none = "Defined for the common odds ratio, which is not the primary measure: no estimate."
        return {name: (title, none) for name, title in titles.items()}
    return {
        "sens_site_cluster": (
            titles["sens_site_cluster"],
            "The primary estimate with a sandwich variance by site, without small-sample factor; "
            "beside it the bias-reduced variance CR2 with Satterthwaite degrees of freedom "
            "(Pustejovsky and Tipton 2018).",
        ),
        "sens_site_random": (
            titles["sens_site_random"],
            "The primary model with a normal intercept of each site, by adaptive Gauss-Hermite "
            f"quadrature with {plan.sensitivity.quadrature_nodes} nodes.",
        ),
    }


def _name_model(plan: Plan) -> str:
    """The model of the covariates, which is the primary one unless the measure is another."""
    return "primary model" if plan.primary.is_common_odds else "proportional-odds model"


def _on_missing_outcomes(ard: Ard, plan: Plan) -> dict[str, tuple[str, str]]:
    settings, grid = plan.sensitivity.imputation, plan.sensitivity.tipping
    unused = " ".join(ard.warnings("sens_mi"))
    helpers = ", ".join(
        auxiliary.name
        for auxiliary in settings.auxiliaries
        if f"{auxiliary.name}: {NO_AUXILIARY}" not in unused
    )
    worst, treatment = plan.outcome.name_level(plan.outcome.death_level), plan.arms.treatment.label
    return {
        "sens_mi": (
            "Multiple imputation",
            f"A missing mRS is imputed {settings.imputations} times within each arm by "
            f"proportional odds on the covariates and {helpers or 'nothing else'}, in subjects "
            f"alive on day {settings.alive_on_day}; missing auxiliaries by chained equations "
            f"({settings.cycles} cycles). Nobody known to be alive on day {plan.outcome.day} is "
            f"given mRS {worst}. Rubin's rules with Barnard-Rubin degrees of freedom; seed "
            f"{settings.seed}.",
        ),
        "sens_worst": (
            "Worst case",
            f"A missing mRS is {worst} on {treatment}, the best level observed on the other arm.",
        ),
        "sens_best": (
            "Best case",
            f"A missing mRS is the best level observed on {treatment}, {worst} on the other arm.",
        ),
        "sens_tipping": (
            "Tipping point",
            "The multiple imputation with the cumulative logits of imputed outcomes shifted "
            f"towards worse in each arm, by {format_plain(grid.lowest)} to "
            f"{format_plain(grid.highest)} in steps of {format_plain(grid.step)}.",
        ),
        "sens_locf": (
            "Last score carried forward",
            "A missing mRS takes the last score after randomisation: known to be optimistic.",
        ),
    }
