"""The primary analysis, what is co-reported with it, and the cut points side by side (SAP 5)."""

from dataclasses import replace

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.shift import PROFILE_METHOD
from analysis.display.tables.effects import list_notes, name_covariates, split_cells
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.measure import COMMON_ODDS, name_measure
from analysis.display.text.conclusion.missing import missing_sentence, missing_warning
from analysis.display.text.favours import odds_of
from analysis.display.text.format import format_count, format_number
from analysis.display.text.wording import (
    PRIMARY,
    SETS,
    confidence,
    cut_label,
    label_sparse,
    odds_direction,
    outcome_name,
    primary_effect,
    registry_line,
)

SHARED_ANALYSES = (
    "primary",
    COMMON_ODDS,
    "win_odds",
    "sens_unadjusted",
    "sens_pp",
    "cutpoint",
    "imputation",
)


def build_primary(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return estimates, intervals and p-values of the analyses that the plan runs."""
    return Table(
        id="t_primary",
        title=f"Primary outcome: {outcome_name(plan)}",
        columns=("Analysis", "Set", "n", "Estimate", confidence(plan), "p", "Method"),
        rows=(*_primary_rows(ard, plan), *_other_rows(ard, plan), *_cut_rows(ard, plan)),
        footnotes=keep_sentences(
            (
                odds_direction(plan),
                name_covariates(ard, plan),
                missing_sentence(ard, plan),
                missing_warning(ard, plan),
                _confirmatory(ard, plan),
                "The cut points describe the shift, they do not decide the model.",
                _win_probability(ard, plan),
                *list_notes(ard, *SHARED_ANALYSES),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Set", "Method"}),
    )


def effect_row(
    ard: Ard, plan: Plan, label: str, analysis_id: str, population: str, level: str = "",
    section: str = "",
) -> Row:  # fmt: skip
    """Return the row of one odds ratio; where it is not estimable, the reason is its method."""
    effect = ard.effect(analysis_id, population, level)
    n = format_count(ard.number(analysis_id, "n", population))
    return Row(label, (population, n, *split_cells(effect, plan)), section)


def _primary_rows(ard: Ard, plan: Plan) -> list[Row]:
    section, measure = "Primary analysis", name_measure(ard, plan).capitalize()
    wald = effect_row(ard, plan, measure, PRIMARY, plan.primary.population, section=section)
    effect = primary_effect(ard, plan)
    if effect.estimate is None or not plan.primary.is_common_odds:
        return [wald]
    low, high, p_value = (
        ard.number("primary", name, plan.primary.population)
        for name in ("ci_low_profile", "ci_high_profile", "p_value_lr")
    )
    profile = replace(
        effect, low=low, high=high, p_value=p_value, method=PROFILE_METHOD, warning=""
    )
    cells = (
        plan.primary.population,
        format_count(ard.number("primary", "n", plan.primary.population)),
        *split_cells(profile, plan),
    )
    return [wald, Row("The same, profile likelihood", cells, section)]


def _other_rows(ard: Ard, plan: Plan) -> list[Row]:
    common = name_measure(ard, plan, COMMON_ODDS).capitalize()
    rows = {
        COMMON_ODDS: (common, plan.primary.population, "Co-reported"),
        "win_odds": ("Win odds, unadjusted", plan.primary.population, "Co-reported"),
        "sens_unadjusted": ("Unadjusted common odds ratio", plan.primary.population, "Co-reported"),
        "sens_pp": (name_measure(ard, plan).capitalize(), "PP", SETS["PP"].capitalize()),
    }
    return [
        effect_row(ard, plan, label, analysis_id, population, section=section)
        for analysis_id, (label, population, section) in rows.items()
        if analysis_id in _list_beside(plan)
    ]


def _list_beside(plan: Plan) -> tuple[str, ...]:
    """What stands beside the primary analysis: by the plan, less its own measure once more."""
    run = tuple(name for name in plan.analyses.run if name != plan.primary.measure)
    return run if plan.primary.is_common_odds else (COMMON_ODDS, *run)


def _cut_rows(ard: Ard, plan: Plan) -> list[Row]:
    if "cutpoint" not in plan.analyses.run:
        return []
    return [_cut_row(ard, plan, str(level)) for level in plan.co_reported.cut_points]


def _cut_row(ard: Ard, plan: Plan, level: str) -> Row:
    population, section = plan.primary.population, "Odds ratio at each cut point"
    effect = ard.effect("cutpoint", population, level)
    label = label_sparse(cut_label(plan, int(level)), effect)
    return effect_row(ard, plan, label, "cutpoint", population, level, section)


def _confirmatory(ard: Ard, plan: Plan) -> str:
    """Which p-value is confirmatory: the primary analysis's unless the plan says otherwise."""
    if not plan.primary.needed or ard.require("primary", "confirmatory", plan.primary.population):
        named = "the primary analysis"
    elif plan.primary.switch_if_nonproportional:
        named = f"the analysis that the plan switches to ({plan.primary.switch_to})"
    else:
        named = f"the analysis that the plan prespecifies ({plan.primary.confirmatory})"
    every = "every other of this table" if plan.inference.testing.outcomes else "every other"
    return f"The p-value of {named} is the one confirmatory; {every} is nominal."


def _win_probability(ard: Ard, plan: Plan) -> str:
    source = "win_odds" if plan.primary.is_common_odds else PRIMARY
    row = ard.find(source, "win_probability", plan.primary.population)
    if row is None or row.value is None:
        return ""
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    return (
        f"Win probability {format_number(row.value, 3)}: that a subject on {treatment} has a "
        f"{odds_of(plan)} mRS than one on {reference}, ties counted half."
    )
