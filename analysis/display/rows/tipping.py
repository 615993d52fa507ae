"""Tipping point: where the result of the imputed analysis turns, by cell and in words (SAP 6)."""

from enum import StrEnum

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.shift import name_shifts, shift_level
from analysis.display.text.favours import is_better
from analysis.display.text.format import format_plain
from analysis.display.text.language import join_sentences, say, say_label
from analysis.display.text.model_reasons import say_reason

ANALYSIS = "sens_tipping"
NOT_RUN = "The plan does not run the tipping-point analysis."
Cell = tuple[float, float]
"""Shifts of the treatment and of the reference arm."""


class Verdict(StrEnum):
    """What the pooled test says at one pair of shifts."""

    BENEFIT = "benefit"
    NEITHER = "neither"
    HARM = "harm"
    ABSENT = "not estimable"


def has_grid(plan: Plan) -> bool:
    """Whether the plan runs the tipping-point analysis."""
    return ANALYSIS in plan.analyses.run


def read_verdicts(ard: Ard, plan: Plan) -> dict[Cell, Verdict]:
    """Return the verdict at every pair of shifts of the plan's grid."""
    shifts = plan.sensitivity.tipping.shifts
    return {
        (treated, reference): _judge(ard, plan, treated, reference)
        for reference in shifts
        for treated in shifts
    }


def describe_verdict(plan: Plan, verdict: Verdict) -> str:
    """Return the verdict in words, with the arm and alpha of the plan."""
    alpha = format_plain(plan.inference.alpha)
    arm = say_label(plan.arms.treatment.label)
    return {
        Verdict.BENEFIT: say("p < {alpha} in favour of {arm}", alpha=alpha, arm=arm),
        Verdict.NEITHER: say("p of {alpha} or more", alpha=alpha),
        Verdict.HARM: say("p < {alpha} against {arm}", alpha=alpha, arm=arm),
        Verdict.ABSENT: say("no estimate"),
    }[verdict]


def say_verdict(ard: Ard, plan: Plan) -> str:
    """Return in a sentence whether, and where, the result turns as imputed outcomes are shifted."""
    verdicts = read_verdicts(ard, plan)
    middle = min(verdicts, key=_distance)
    start = verdicts[middle]
    known = {cell: verdict for cell, verdict in verdicts.items() if verdict != Verdict.ABSENT}
    if start == Verdict.ABSENT:
        reason = ard.effect(ANALYSIS, plan.primary.population, shift_level(plan, *middle)).reason
        return say("Not estimable without a shift: {reason}.", reason=say_reason(reason))
    begin = _say_start(plan, middle, start)
    turned = [cell for cell, verdict in known.items() if verdict != start]
    if not turned:
        return join_sentences((begin, say("The result turns nowhere on the grid.")))
    nearest = min(turned, key=lambda cell: (_distance(cell), cell))
    turn = say(
        "The result turns on the grid; the smallest shifts at which it does: {shifts}, {verdict}.",
        shifts=name_shifts(plan, *nearest),
        verdict=describe_verdict(plan, known[nearest]),
    )
    return join_sentences((begin, turn))


def _say_start(plan: Plan, middle: Cell, start: Verdict) -> str:
    """What the test says at the smallest shifts of the grid."""
    verdict = describe_verdict(plan, start)
    if middle == (0, 0):
        return say("Without a shift: {verdict}.", verdict=verdict)
    return say("At {shifts}: {verdict}.", shifts=name_shifts(plan, *middle), verdict=verdict)


def _judge(ard: Ard, plan: Plan, treated: float, reference: float) -> Verdict:
    effect = ard.effect(ANALYSIS, plan.primary.population, shift_level(plan, treated, reference))
    if effect.estimate is None or effect.p_value is None:
        return Verdict.ABSENT
    if effect.p_value >= plan.inference.alpha:
        return Verdict.NEITHER
    return Verdict.BENEFIT if is_better(effect.estimate, plan) else Verdict.HARM


def _distance(cell: Cell) -> float:
    return abs(cell[0]) + abs(cell[1])
