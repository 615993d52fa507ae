"""The subgroups, one line for each level of each factor: for the table and the forest plot."""

import re
from dataclasses import dataclass

from analysis.config import Plan
from analysis.config.blocks.subgroups import SEPARATES, TOGETHER, Subgroup
from analysis.display.ard import Ard, Effect
from analysis.display.text.format import NOT_COLLECTED, format_count, format_p
from analysis.display.text.labels import name_category
from analysis.display.text.language import say, say_label
from analysis.errors.reason import Reason, read_reason

YES_NO = {"N": "No", "Y": "Yes"}
NO_SUBGROUPS = "The plan names no subgroup."
NO_CLAIM = "No claim is made from a subgroup alone."


@dataclass(frozen=True)
class LevelLine:
    """One level of a factor: its name, n of treatment and reference, the effect within it.

    ``left_out``: covariates of the plan that its model leaves out because they separate.
    """

    label: str
    n: tuple[str, str]
    effect: Effect
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactorLines:
    """One factor: its name, the lines of its levels, p for interaction as text, or the reason."""

    analysis_id: str
    label: str
    levels: tuple[LevelLine, ...]
    p_interaction: str
    reason: Reason | None


def read_factors(ard: Ard, plan: Plan) -> tuple[FactorLines, ...]:
    """Return the factors of the plan; levels that the analysis merged away are not there."""
    return tuple(_read_factor(ard, plan, factor) for factor in plan.subgroups.factors)


def count_arms(ard: Ard, plan: Plan, analysis_id: str, population: str, level: str = "") -> (
    tuple[str, str]
):  # fmt: skip
    """Return how many of treatment and of reference are analysed."""
    treatment, reference = (
        say(NOT_COLLECTED)
        if ard.is_not_collected(analysis_id, "n", population, code, level)
        else format_count(ard.number(analysis_id, "n", population, code, level))
        for code in plan.arms.codes
    )
    return treatment, reference


def _read_factor(ard: Ard, plan: Plan, factor: Subgroup) -> FactorLines:
    analysis_id, population = f"subgroup_{factor.name}", plan.subgroups.population
    rows = ard.select(analysis_id, population, stat_name="estimate")
    test = ard.row(analysis_id, "p_interaction", population)
    lines = tuple(
        LevelLine(
            name_level(factor, row.level),
            count_arms(ard, plan, analysis_id, population, row.level),
            ard.effect(analysis_id, population, row.level),
            _read_left_out(row.warning),
        )
        for row in rows
    )
    p_text = (
        say(NOT_COLLECTED)
        if test.is_not_collected
        else format_p(test.value, *plan.inference.boundaries)
    )
    reason = read_reason(test.warning) if test.value is None else None
    return FactorLines(analysis_id, say_label(factor.label), lines, p_text, reason)


def _read_left_out(warning: str) -> tuple[str, ...]:
    """The names before the words that say that covariates separate."""
    found = re.findall(rf"([A-Z][\w, ]*) (?:{re.escape(SEPARATES)}|{re.escape(TOGETHER)})", warning)
    return tuple(name for names in found for name in names.split(", "))


def name_level(factor: Subgroup, level: str) -> str:
    """Return the level in words where it is a code; else as the plan labels it."""
    is_yes_no = {level, *factor.levels} <= set(YES_NO)
    name = say(YES_NO[level]) if is_yes_no else name_category(factor.variable, level)
    return name.replace(">=", "\N{GREATER-THAN OR EQUAL TO}").replace(
        "<=", "\N{LESS-THAN OR EQUAL TO}"
    )  # fmt: skip
