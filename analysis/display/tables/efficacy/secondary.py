"""Secondary outcomes: dichotomies of the mRS, NIHSS, EQ-5D-5L, utility-weighted mRS (SAP 8)."""

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.tables.contrasts import (
    NO_ARMS,
    RISK_DIFFERENCE,
    RISK_RATIO,
    ContrastRow,
    contrast_columns,
    effect_row,
    risk_rows,
)
from analysis.display.tables.effects import list_notes, list_reasons, name_model, read_methods
from analysis.display.tables.efficacy.key_secondaries import (
    TESTING,
    Further,
    name_test_columns,
    read_test_cells,
    say_nominal,
)
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.favours import favourable_side
from analysis.display.text.format import (
    NO_EFFECT_DIFFERENCE,
    NOT_COLLECTED,
    format_count,
    format_number,
    format_plain,
)
from analysis.display.text.wording import as_fitted, cut_span, outcome_name, registry_line

MEASURES = (
    ContrastRow("_rr_adjusted", "Risk ratio, adjusted"),
    RISK_RATIO,
    RISK_DIFFERENCE,
    ContrastRow("_rd_adjusted", "Risk difference, adjusted, %", *(
        RISK_DIFFERENCE.null, RISK_DIFFERENCE.decimals, RISK_DIFFERENCE.scale
    )),
    ContrastRow("_or_adjusted", "Odds ratio, adjusted"),
)  # fmt: skip
"""The adjusted risk ratio stands first (SAP 8.1)."""

UTILITIES = ("eq5d", "uw_mrs")
"""They lie between 0 and 1 and have one decimal more."""

LOWER_IS_BETTER = ("nihss_h24", "nihss_d7")
SURVIVORS = "eqvas_survivors"


def build_secondary(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return both arms and the effects of every secondary outcome that the plan runs."""
    ids = [*_risk_ids(plan), *_mean_ids(plan), *(f"{name}_win_odds" for name in _wins(plan))]
    cells = read_test_cells(ard, plan)
    return Table(
        id="t_secondary",
        title="Secondary outcomes",
        columns=(*contrast_columns(plan, "Outcome and effect"), *name_test_columns(plan)),
        rows=(*_dichotomy_rows(ard, plan, cells), *_mean_rows(ard, plan, cells)),
        footnotes=keep_sentences(
            (
                _direction(plan),
                name_model(ard, plan, plan.secondary.population),
                missing_sentence(ard, plan),
                "Dichotomies: events / subjects with an outcome (%). Difference in means: mean "
                "(SD) by arm. Win odds: median (quartiles) by arm, ties split.",
                *read_methods(ard, *ids),
                list_reasons(_named_effects(ard, plan)),
                *say_nominal(ard, plan),
                *list_notes(ard, *ids),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({TESTING} & set(name_test_columns(plan))),
    )


def _direction(plan: Plan) -> str:
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    return (
        f"Ratios are {treatment} over {reference}, differences {treatment} minus {reference}. Of "
        f"the dichotomies, EQ-5D-5L, EQ-VAS and utilities a higher value favours {treatment}; of "
        f"the NIHSS difference a lower one; win odds {favourable_side(plan)} 1 favour {treatment}."
    )


def _risk_ids(plan: Plan) -> list[str]:
    first = plan.outcome.levels[0]
    names = [f"mrs_{first}_{level}" for level in plan.secondary.dichotomies]
    return [f"{name}{measure.ending}" for name in names for measure in MEASURES]


def _mean_ids(plan: Plan) -> list[str]:
    names: list[str] = []
    for outcome in plan.secondary.outcomes:
        names += [outcome, SURVIVORS] if outcome == "eqvas" else [outcome]
    return names


def _wins(plan: Plan) -> tuple[str, ...]:
    return tuple(name for name in plan.secondary.outcomes if name in plan.secondary.win_odds)


def _named_effects(ard: Ard, plan: Plan) -> dict[str, Effect]:
    """Every effect by its name: those without an estimate give their reason."""
    population, labels = plan.secondary.population, _labels(plan)
    first = plan.outcome.levels[0]
    risks = {
        f"{cut_span(plan, level)}, {as_fitted(ard, plan, measure.name, effect).lower()}": effect
        for level in plan.secondary.dichotomies
        for measure in MEASURES
        for effect in [ard.effect(f"mrs_{first}_{level}{measure.ending}", population)]
    }
    means = {labels[name]: ard.effect(name, population) for name in _mean_ids(plan)}
    wins = {
        f"{labels[name]}, win odds": ard.effect(f"{name}_win_odds", population)
        for name in _wins(plan)
    }
    return {**risks, **means, **wins}


def _dichotomy_rows(ard: Ard, plan: Plan, cells: Further) -> list[Row]:
    section = f"Dichotomies of the {outcome_name(plan)}"
    population, first = plan.secondary.population, plan.outcome.levels[0]
    return [
        row
        for level in plan.secondary.dichotomies
        for row in risk_rows(
            ard,
            plan,
            f"mrs_{first}_{level}",
            population,
            MEASURES,
            section,
            cut_span(plan, level),
            cells,
        )
    ]


def _labels(plan: Plan) -> dict[str, str]:
    """Each outcome with what the dead count."""
    rule, eq5d, day = plan.secondary.nihss_deaths, plan.secondary.eq5d, plan.outcome.day
    return {
        "nihss_h24": f"NIHSS at {format_plain(plan.visits.nihss_h24_hours)} h (dead by day "
        f"{rule.h24_last_day} without a score: {rule.score})",
        "nihss_d7": f"NIHSS at day {plan.visits.nihss_d7_day} (dead by day {rule.d7_last_day} "
        f"without a score: {rule.score})",
        "eq5d": f"EQ-5D-5L utility at day {day} (dead by day {eq5d.death_last_day}: "
        f"{format_plain(eq5d.death_utility)})",
        "eqvas": f"EQ-VAS at day {day} (dead by day {eq5d.death_last_day}: "
        f"{format_plain(eq5d.death_vas)})",
        SURVIVORS: f"EQ-VAS at day {day}, survivors only: no randomised comparison",
        "uw_mrs": f"Utility-weighted mRS at day {day} (dead: "
        f"{format_plain(plan.secondary.mrs_utilities[-1])})",
    }


def _mean_rows(ard: Ard, plan: Plan, cells: Further) -> list[Row]:
    return [row for name in _mean_ids(plan) for row in _outcome_rows(ard, plan, name, cells)]


def _outcome_rows(ard: Ard, plan: Plan, name: str, cells: Further) -> list[Row]:
    """How many, the difference in means, and the win odds where the plan names them."""
    section, group = "Scores and utilities", _labels(plan)[name]
    population, decimals = plan.secondary.population, _decimals(name)
    side = "below" if name in LOWER_IS_BETTER else "above"
    measure = ContrastRow(
        "", f"Difference in means, {side} 0 better", NO_EFFECT_DIFFERENCE, decimals + 1
    )
    effect = ard.effect(name, population)
    blank = (*NO_ARMS, *("" for _ in name_test_columns(plan)))
    rows = [
        Row("Subjects analysed (dead)", (*_analysed(ard, plan, name), *blank), section, group),
        effect_row(
            plan, measure, effect, _means(ard, plan, name), section, group, further=cells(effect)
        ),
    ]
    if name in _wins(plan):
        wins = ard.effect(f"{name}_win_odds", population)
        medians = _medians(ard, plan, name)
        measure = ContrastRow("", "Win odds")
        more = cells(wins)
        rows.append(effect_row(plan, measure, wins, medians, section, group, further=more))
    return rows


def _decimals(name: str) -> int:
    """Of means and medians; a difference has one more."""
    return 2 if name in UTILITIES else 1


def _analysed(ard: Ard, plan: Plan, name: str) -> tuple[str, ...]:
    return tuple(
        NOT_COLLECTED
        if ard.is_not_collected(name, "n", plan.secondary.population, code)
        else f"{format_count(ard.number(name, 'n', plan.secondary.population, code))} "
        f"({format_count(ard.number(name, 'n_died', plan.secondary.population, code))})"
        for code in plan.arms.codes
    )


def _means(ard: Ard, plan: Plan, name: str) -> tuple[str, ...]:
    return _summaries(ard, plan, name, "{mean} ({sd})", ("mean", "sd"))


def _medians(ard: Ard, plan: Plan, name: str) -> tuple[str, ...]:
    return _summaries(ard, plan, name, "{median} ({q1} to {q3})", ("median", "q1", "q3"))


def _summaries(
    ard: Ard, plan: Plan, name: str, pattern: str, statistics: tuple[str, ...]
) -> tuple[str, ...]:
    """One text per arm; empty for an arm without a value."""
    decimals = _decimals(name)
    texts = []
    for code in plan.arms.codes:
        rows = {one: ard.find(name, one, plan.secondary.population, code) for one in statistics}
        known = {one: row.value for one, row in rows.items() if row and row.value is not None}
        shown = {one: format_number(value, decimals) for one, value in known.items()}
        texts.append(pattern.format(**shown) if len(shown) == len(statistics) else "")
    return tuple(texts)
