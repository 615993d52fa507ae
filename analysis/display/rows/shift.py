"""The analyses of the primary outcome, one line each: for tables and forest plots (SAP 5, 6)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from analysis.config import Plan
from analysis.config.blocks.primary import WinOddsId
from analysis.config.blocks.supportive import SupportiveId
from analysis.display.ard import Ard, Effect
from analysis.display.text.format import format_plain
from analysis.display.text.language import say, say_label
from analysis.display.text.wording import set_name

POPULATIONS = {"sens_pp": "PP", "sens_as_treated": "SAF"}
"""Where an analysis is not of the set of the primary one."""

BESIDE = (
    "cutpoint", *get_args(WinOddsId), "brant", "po_lr_treatment", "partial_po",
    *get_args(SupportiveId),
)  # fmt: skip
"""What stands beside the primary analysis and is no other version of it."""

CRUDE_COMMON_ODDS = "sens_unadjusted"
"""The common odds ratio whatever the measure: of another one, it is co-reported."""

PROFILE = ("ci_low_profile", "ci_high_profile", "p_value_lr")
PROFILE_METHOD = "profile likelihood, likelihood ratio"
BIAS_REDUCED = ("ci_low_cr2", "ci_high_cr2", "p_value_cr2")
BIAS_REDUCED_METHOD = "bias-reduced sandwich by site (CR2), Satterthwaite degrees of freedom"

PRIMARY_SECTION = "Primary analysis"
SENSITIVITY_SECTION = "Sensitivity: same estimand, other assumptions"
SUPPLEMENTARY_SECTION = "Supplementary: another estimand"


@dataclass(frozen=True)
class ShiftLine:
    """One estimate: what it is in words, its analysis set, how many, effect and heading.

    ``is_second``: another interval of the estimate in the line above.
    """

    label: str
    analysis_id: str
    population: str
    n: float | None
    effect: Effect
    section: str = ""
    is_second: bool = False


def population_of(plan: Plan, analysis_id: str) -> str:
    """Return the analysis set of an analysis of the primary outcome."""
    return POPULATIONS.get(analysis_id, plan.primary.population)


def read_line(
    ard: Ard, plan: Plan, analysis_id: str, label: str, level: str = "", section: str = ""
) -> ShiftLine:
    """Return the line of one analysis; raises AnalysisError if the frame lacks it."""
    population = population_of(plan, analysis_id)
    effect = ard.effect(analysis_id, population, level)
    n = ard.number(analysis_id, "n", population)
    return ShiftLine(label, analysis_id, population, n, effect, section)


def add_profile(ard: Ard, line: ShiftLine, label: str) -> tuple[ShiftLine, ...]:
    """Return the line and, if there is an estimate, its profile-likelihood interval below it."""
    return _add_interval(ard, line, label, PROFILE, PROFILE_METHOD)


def add_bias_reduced(ard: Ard, line: ShiftLine, label: str) -> tuple[ShiftLine, ...]:
    """Return the line and, if there is an estimate, its bias-reduced interval (CR2) below it."""
    return _add_interval(ard, line, label, BIAS_REDUCED, BIAS_REDUCED_METHOD)


def list_other_analyses(ard: Ard, plan: Plan) -> tuple[ShiftLine, ...]:
    """Return every analysis of SAP 6 that the plan runs: sensitivity first, then supplementary.

    Which it is comes from the frame (``same_estimand``); within each, the order of the plan.
    """
    beside = BESIDE if plan.primary.is_common_odds else (*BESIDE, CRUDE_COMMON_ODDS)
    ids = [name for name in plan.analyses.run if name not in beside]
    lines = [line for name in ids for line in _read_other(ard, plan, name)]
    order = (SENSITIVITY_SECTION, SUPPLEMENTARY_SECTION)
    return tuple(sorted(lines, key=lambda line: order.index(line.section)))


def name_shifts(plan: Plan, treated: float, reference: float) -> str:
    """Return the shifts of both arms in words, as ``Methylprednisolone 2, Placebo -2``."""
    return say(
        "{treatment} {treated}, {reference} {other}",
        treatment=say_label(plan.arms.treatment.label),
        treated=format_plain(treated),
        reference=say_label(plan.arms.reference.label),
        other=format_plain(reference),
    )


def shift_level(plan: Plan, treated: float, reference: float) -> str:
    """Return the level under which the frame holds a pair of shifts."""
    treatment, other = plan.arms.codes
    return f"{treatment}={treated:g};{other}={reference:g}"


def _read_other(ard: Ard, plan: Plan, analysis_id: str) -> Iterable[ShiftLine]:
    population = population_of(plan, analysis_id)
    same = ard.require(analysis_id, "same_estimand", population) == 1
    section = SENSITIVITY_SECTION if same else SUPPLEMENTARY_SECTION
    if analysis_id == "sens_tipping":
        return [read_line(ard, plan, analysis_id, *corner, section) for corner in _corners(plan)]
    line = read_line(ard, plan, analysis_id, _labels(plan)[analysis_id], section=section)
    if analysis_id == "sens_site_cluster":
        return add_bias_reduced(ard, line, say("Sites as clusters, bias-reduced (CR2)"))
    return (line,)


def _labels(plan: Plan) -> dict[str, str]:
    names = {"treatment": say_label(plan.arms.treatment.label),
             "reference": say_label(plan.arms.reference.label)}  # fmt: skip
    outcome, levels = plan.outcome, plan.sensitivity.merged_levels
    window = {"day": outcome.day, "days": outcome.window_days}
    merged = outcome.name_scores(levels[0], levels[-1])
    return {
        "sens_mi": say("Multiple imputation"),
        "sens_worst": say("Missing worst on {treatment}, best on {reference}", **names),
        "sens_best": say("Missing best on {treatment}, worst on {reference}", **names),
        "sens_locf": say("Last score carried forward (optimistic)"),
        "sens_in_window": say("Assessed on day {day} ± {days}, and deaths", **window),
        "sens_site_cluster": say("Sites as clusters (sandwich)"),
        "sens_site_random": say("Random site intercept"),
        "sens_pp": set_name("PP").capitalize(),
        "sens_unadjusted": say("No covariates"),
        "sens_merge56": say("mRS {scores} merged", scores=merged),
        "sens_as_treated": say("As treated, {members}", members=set_name("SAF")),
    }


def _corners(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Label and level of the two corners of the grid that lie furthest apart."""
    grid = plan.sensitivity.tipping
    least, most = (grid.highest, grid.lowest), (grid.lowest, grid.highest)
    shifts = [name_shifts(plan, *pair) for pair in (least, most)]
    return (
        (say("Imputed and shifted, least favourable: {shifts}", shifts=shifts[0]),
         shift_level(plan, *least)),
        (say("Imputed and shifted, most favourable: {shifts}", shifts=shifts[1]),
         shift_level(plan, *most)),
    )  # fmt: skip


def _add_interval(
    ard: Ard, line: ShiftLine, label: str, names: tuple[str, str, str], method: str
) -> tuple[ShiftLine, ...]:
    if line.effect.estimate is None:
        return (line,)
    low, high, p_value = (ard.number(line.analysis_id, name, line.population) for name in names)
    other = replace(line.effect, low=low, high=high, p_value=p_value, method=method)
    return line, replace(line, label=label, effect=other, is_second=True)
