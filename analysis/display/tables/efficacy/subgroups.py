"""The primary effect in subgroups, and p for interaction (SAP 8.4)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.subgroups import NO_CLAIM, FactorLines, count_arms, read_factors
from analysis.display.tables.arms import arm_columns
from analysis.display.tables.effects import (
    estimate_cell,
    list_notes,
    list_reasons,
    name_model_of_measure,
    read_methods,
)
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.measure import name_estimates
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import format_estimate
from analysis.display.text.wording import (
    confidence,
    label_confidence,
    odds_direction,
    primary_effect,
    registry_line,
)


def build_subgroups(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return n by arm and odds ratio of every level, below the overall effect."""
    factors = read_factors(ard, plan)
    ids = [factor.analysis_id for factor in factors]
    treatment, reference = arm_columns(plan)
    effects = {
        f"{factor.label} {line.label}": line.effect for factor in factors for line in factor.levels
    }
    return Table(
        id="t_subgroups",
        title="Primary outcome in subgroups",
        columns=(
            "Subgroup",
            f"{treatment}, n",
            f"{reference}, n",
            f"{name_estimates(plan)} ({confidence(plan)})",
            "p for interaction",
        ),
        rows=(_overall_row(ard, plan), *(row for factor in factors for row in _rows(factor))),
        footnotes=keep_sentences(
            (
                odds_direction(plan),
                name_model_of_measure(ard, plan, plan.subgroups.population),
                missing_sentence(ard, plan),
                *read_methods(ard, *ids),
                list_reasons(effects),
                *(f"{factor.label}, interaction: {factor.reason.note}." for factor in factors
                  if factor.reason),
                f"{NO_CLAIM} The p-values for interaction are nominal.",
                *_notes(ard, factors),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )  # fmt: skip


def _overall_row(ard: Ard, plan: Plan) -> Row:
    effect = primary_effect(ard, plan)
    text = format_estimate(effect.estimate, effect.low, effect.high)
    label = label_confidence(plan, "All subjects", effect)
    return Row(label, (*count_arms(ard, plan, "primary", plan.primary.population), text, ""))


def _rows(factor: FactorLines) -> list[Row]:
    """The levels under the factor; p for interaction beside the first."""
    return [
        Row(
            line.label,
            (
                *line.n,
                estimate_cell(line.effect),
                "" if number else factor.p_interaction,
            ),
            group=factor.label,
        )
        for number, line in enumerate(factor.levels)
    ]


def _notes(ard: Ard, factors: tuple[FactorLines, ...]) -> list[str]:
    return [
        f"{factor.label}: {note}"
        for factor in factors
        for note in list_notes(ard, factor.analysis_id)
    ]
