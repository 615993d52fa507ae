"""Hierarchical comparison of pairs: win ratio, win odds, net benefit, and what decides them."""

from collections.abc import Iterator

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.contrasts import ContrastRow
from analysis.display.tables.effects import (
    PERCENTAGE_POINTS,
    joint_cells,
    list_not_collected,
    list_reasons,
    name_set,
    read_methods,
)
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.favours import favourable_side
from analysis.display.text.format import (
    NO_EFFECT_DIFFERENCE,
    NOT_COLLECTED,
    NOT_ESTIMABLE,
    format_count,
    format_number,
    scale_exactly,
)
from analysis.display.text.hierarchy import name_level
from analysis.display.text.wording import confidence, registry_line

WIN_RATIO = "win_ratio"
NOT_RUN = "The plan does not run the win ratio."
PERCENTS = ("pct_won", "pct_lost", "pct_open")
EFFECTS = {
    WIN_RATIO: ContrastRow("", "Win ratio"),
    "win_odds_hierarchical": ContrastRow("", "Win odds"),
    "net_benefit": ContrastRow("", "Net benefit, %", NO_EFFECT_DIFFERENCE, 1, PERCENTAGE_POINTS),
}
"""The rows of effects by analysis id."""


def build_hierarchy(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the shares of pairs by level of the hierarchy, and the effects over all of them."""
    run = WIN_RATIO in plan.analyses.run
    return Table(
        id="t_hierarchical",
        title="Hierarchical comparison of pairs of subjects",
        columns=(
            "Level or effect", "Subjects with a value", "Pairs decided, %", "Pairs won, %",
            "Pairs lost, %", "Undecided, %", f"Estimate ({confidence(plan)})", "p",
        ),
        rows=(*_level_rows(ard, plan), *_effect_rows(ard, plan)) if run else (),
        footnotes=_write_footnotes(ard, plan) if run else (NOT_RUN,),
        stamp=stamp,
        registry=registry_line(plan),
    )  # fmt: skip


def _level_rows(ard: Ard, plan: Plan) -> list[Row]:
    rows = []
    for level in plan.supportive.hierarchy:
        cells = (_count(ard, plan, level.outcome), *_shares(ard, plan, level.outcome), "", "")
        rows.append(Row(name_level(level, plan), cells, "Decided by"))
    total = format_count(ard.number(WIN_RATIO, "n", plan.primary.population))
    rows.append(Row("All levels", (total, *_shares(ard, plan, ""), "", ""), "Decided by"))
    return rows


def _effect_rows(ard: Ard, plan: Plan) -> list[Row]:
    return [
        Row(
            row.name,
            ("",) * 5
            + joint_cells(
                ard.effect(name, plan.primary.population), plan, row.null, row.decimals, row.scale
            ),
            "Over all pairs",
        )
        for name, row in EFFECTS.items()
    ]  # fmt: skip


def _count(ard: Ard, plan: Plan, level: str) -> str:
    population = plan.primary.population
    if ard.is_not_collected(WIN_RATIO, "n_observed", population, level=level):
        return NOT_COLLECTED
    return format_count(ard.number(WIN_RATIO, "n_observed", population, level=level))


def _shares(ard: Ard, plan: Plan, level: str) -> tuple[str, ...]:
    population = plan.primary.population
    row = ard.row(WIN_RATIO, "decided", population, level=level)
    if row.value is None:
        said = NOT_COLLECTED if row.is_not_collected else NOT_ESTIMABLE
        return (said, "", "", "")
    percents = (ard.number(WIN_RATIO, name, population, level=level) for name in PERCENTS)
    decided = scale_exactly(row.value, PERCENTAGE_POINTS)
    return tuple(format_number(percent, 1) for percent in (decided, *percents))


def _write_footnotes(ard: Ard, plan: Plan) -> tuple[str, ...]:
    treatment, population = plan.arms.treatment.label, plan.primary.population
    effects = {row.name: ard.effect(name, population) for name, row in EFFECTS.items()}
    return keep_sentences(
        (
            f"Won and lost by {treatment}, of all pairs of one subject of each arm; undecided: by "
            "this level and those before it. A pair goes on to the next level where one of both "
            "lacks the value, or where censoring hides the order.",
            f"Ratios {favourable_side(plan)} 1 favour {treatment}, as does a positive net benefit.",
            name_set(population),
            missing_sentence(ard, plan),
            *read_methods(ard, *EFFECTS),
            list_reasons(effects),
            *_list_dropped(ard, plan),
            list_not_collected(ard, WIN_RATIO),
            "Supportive: all p-values are nominal.",
        )
    )


def _list_dropped(ard: Ard, plan: Plan) -> Iterator[str]:
    """Which levels drop out because nobody has a value."""
    for level in plan.supportive.hierarchy:
        keys = (WIN_RATIO, "n_observed", plan.primary.population)
        row = ard.row(*keys, level=level.outcome)
        if row.is_not_collected or row.value == 0:
            yield f"{name_level(level, plan)}: nobody has a value; the level drops out."
