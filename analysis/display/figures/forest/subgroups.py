"""Forest plot of the subgroups below the overall effect (SAP 8.4)."""

from collections.abc import Iterable

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.layout import across, wrap_label
from analysis.display.drawing.typography import text_width
from analysis.display.figures.forest.plot import (
    GAP,
    SIZE,
    ForestRow,
    Layout,
    Words,
    describe_forest,
    draw_forest,
    head_of_estimates,
)
from analysis.display.rows.subgroups import (
    NO_CLAIM,
    NO_SUBGROUPS,
    FactorLines,
    count_arms,
    read_factors,
)
from analysis.display.text.conclusion.confirmatory import primary_clause
from analysis.display.text.conclusion.measure import say_adjustment, say_by_measure
from analysis.display.text.language import join_sentences, join_words, say, say_label
from analysis.display.text.model_reasons import say_absence
from analysis.display.text.wording import (
    covariate_word,
    direction,
    effect_clause,
    label_confidence,
    outcome_name,
    primary_effect,
    set_name,
)

COUNT_LEFT, PLOT_LEFT = 1.72, 2.9
MOST_LINES = 3
MARK = "*"
"""Behind the name of a level whose model leaves covariates out."""


def draw_subgroups(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the forest plot: the overall effect on top, then every level of every factor.

    Which side of 1 favours the treatment is the plan's. Raises AnalysisError if a row of the
    frame is absent.
    """
    factors = read_factors(ard, plan)
    rows = [_overall_row(ard, plan), *(row for factor in factors for row in _rows(factor))]
    title = say("{outcome} in subgroups", outcome=outcome_name(plan))
    words = Words(title, caption(ard, plan), alternative(ard, plan), stamp)
    return draw_forest(plan, _layout(plan), rows, words)


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: model, set, guiding line, direction and the warning."""
    overall = primary_clause(ard, plan, say("the primary estimate"))
    factors = read_factors(ard, plan)
    if not factors:
        return join_sentences((say(NO_SUBGROUPS), say("Diamond: {effect}.", effect=overall)))
    what = say_by_measure(
        plan,
        "Common odds ratio of the proportional-odds model {adjustment} within each "
        "level, {members}; {direction}.",
        "Win odds {adjustment} within each level, {members}; {direction}.",
        adjustment=say_adjustment(ard, plan),
        members=set_name(plan.subgroups.population),
        direction=direction(plan),
    )
    counts = say("n: {arms}.", arms=_name_arms(plan))
    guide = say("Dashed line, band and diamond: {effect}.", effect=overall)
    test = say_by_measure(
        plan,
        "p for interaction by likelihood ratio, nominal.",
        "p for interaction by Wald chi-square of the log win odds of the levels, nominal.",
    )
    notes = _say_left_out(plan, factors), _say_absent(factors), say(NO_CLAIM)
    return join_sentences((what, counts, guide, test, *notes))


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    overall = primary_clause(ard, plan, say("All subjects"))
    texts = [_describe(plan, factor) for factor in read_factors(ard, plan)]
    is_common = plan.primary.is_common_odds
    return describe_forest(plan, [overall, *texts], has_odds_ratios=is_common)


def _describe(plan: Plan, factor: FactorLines) -> str:
    return say(
        "{factor}, p for interaction {p}: {levels}",
        factor=factor.label,
        p=factor.p_interaction,
        levels=say("; ").join(
            effect_clause(plan, line.label, line.effect) for line in factor.levels
        ),
    )


def _say_left_out(plan: Plan, factors: Iterable[FactorLines]) -> str:
    """Which covariates the models of the marked levels leave out."""
    words = {each.name: covariate_word(each) for each in plan.primary.covariates}
    levels = [
        say(
            "{name} ({meaning})",
            name=f"{factor.label} {line.label}",
            meaning=join_words([words[name] for name in line.left_out]),
        )
        for factor in factors
        for line in factor.levels
        if line.left_out
    ]
    if not levels:
        return ""
    return say(
        "{mark} Without covariates that separate the outcome of the level: {levels}.",
        mark=MARK,
        levels=say("; ").join(levels),
    )


def _say_absent(factors: Iterable[FactorLines]) -> str:
    """Why there is no p for interaction."""
    reasons = [
        say("{name} ({meaning})", name=factor.label, meaning=say_absence(factor.reason))
        for factor in factors
        if factor.reason
    ]
    if not reasons:
        return ""
    return say("Interaction without a p-value: {reasons}.", reasons=say("; ").join(reasons))


def _layout(plan: Plan) -> Layout:
    return Layout(
        label=say("Subgroup"),
        count=_count_heading(plan),
        estimate=head_of_estimates(plan, has_odds_ratios=plan.primary.is_common_odds),
        count_left=across(COUNT_LEFT),
        plot_left=across(PLOT_LEFT),
        plot_right=across(4.85),
        estimate_right=across(6.1),
        last=say("p for interaction"),
    )


def _count_heading(plan: Plan) -> str:
    """The names of the arms, unless the column is too narrow: the caption then has them."""
    named = say("{arms}, n", arms=_name_arms(plan))
    width = across(PLOT_LEFT) - across(COUNT_LEFT)
    lines = wrap_label(named, SIZE, width - GAP, "bold")
    fits = max(text_width(line, SIZE, "bold") for line in lines) <= width
    return named if fits and len(lines) <= MOST_LINES else say("Treatment / reference, n")


def _name_arms(plan: Plan) -> str:
    return f"{say_label(plan.arms.treatment.label)} / {say_label(plan.arms.reference.label)}"


def _overall_row(ard: Ard, plan: Plan) -> ForestRow:
    count = " / ".join(count_arms(ard, plan, "primary", plan.primary.population))
    effect = primary_effect(ard, plan)
    label = label_confidence(plan, say("All subjects"), effect)
    return ForestRow(label, count, effect, guiding=True)


def _rows(factor: FactorLines) -> list[ForestRow]:
    """The factor with its p for interaction, and its levels."""
    levels = [
        ForestRow(f"{line.label}{MARK}" if line.left_out else line.label, " / ".join(line.n),
                  line.effect)
        for line in factor.levels
    ]  # fmt: skip
    return [ForestRow(factor.label, last=factor.p_interaction), *levels]
