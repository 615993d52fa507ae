"""Hierarchical comparison of pairs: win ratio, win odds, net benefit, and what decides them."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.contrasts import ContrastRow
from analysis.display.tables.effects import (
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
    format_count,
    format_number,
)
from analysis.display.text.hierarchy import name_level
from analysis.display.text.wording import confidence, registry_line

WIN_RATIO = "win_ratio"
NOT_RUN = "The plan does not run the win ratio."
SHARES = ("pct_won", "pct_lost", "pct_open")
EFFECTS = (
    ContrastRow("", "Win ratio"),
    ContrastRow("_odds", "Win odds"),
    ContrastRow("_net_benefit", "Net benefit, %", NO_EFFECT_DIFFERENCE, 1, 100),
)


def build_hierarchy(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the shares of pairs by level of the hierarchy, and the effects over all of them."""
    run = WIN_RATIO in plan.analyses.run
    return Table(
        id="t_hierarchical",
        title="Hierarchical comparison of pairs of subjects",
        columns=(
            "Level or effect", "Subjects with a value", "Pairs won, %", "Pairs lost, %",
            "Undecided, %", f"Estimate ({confidence(plan)})", "p",
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
            ("",) * 4
            + joint_cells(
                ard.effect(f"{WIN_RATIO}{row.ending}", plan.primary.population),
                plan, row.null, row.decimals, row.scale,
            ),
            "Over all pairs",
        )
        for row in EFFECTS
    ]  # fmt: skip


def _count(ard: Ard, plan: Plan, level: str) -> str:
    population = plan.primary.population
    if ard.is_not_collected(WIN_RATIO, "n_observed", population, level=level):
        return NOT_COLLECTED
    return format_count(ard.number(WIN_RATIO, "n_observed", population, level=level))


def _shares(ard: Ard, plan: Plan, level: str) -> tuple[str, ...]:
    population = plan.primary.population
    if ard.is_not_collected(WIN_RATIO, SHARES[0], population, level=level):
        return (NOT_COLLECTED, "", "")
    return tuple(
        format_number(ard.number(WIN_RATIO, name, population, level=level), 1) for name in SHARES
    )


def _write_footnotes(ard: Ard, plan: Plan) -> tuple[str, ...]:
    treatment, ids = plan.arms.treatment.label, [f"{WIN_RATIO}{row.ending}" for row in EFFECTS]
    effects = {
        row.name: ard.effect(name, plan.primary.population)
        for row, name in zip(EFFECTS, ids, strict=True)
    }
    return keep_sentences(
        (
            f"Won and lost by {treatment}, of all pairs of one subject of each arm; undecided: by "
            "this level and those before it. A pair goes on to the next level where one of both "
            "lacks the value, or where censoring hides the order.",
            f"Ratios {favourable_side(plan)} 1 favour {treatment}, as does a positive net benefit.",
            name_set(plan.primary.population),
            missing_sentence(ard, plan),
            *read_methods(ard, *ids),
            list_reasons(effects),
            list_not_collected(ard, WIN_RATIO),
            "Supportive: all p-values are nominal.",
        )
    )
