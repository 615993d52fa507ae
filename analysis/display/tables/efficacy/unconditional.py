"""Effects over all subjects beside the one given the covariates (SAP 5.7)."""

from collections.abc import Iterator

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.tables.effects import (
    PERCENTAGE_POINTS,
    joint_cells,
    list_notes,
    list_reasons,
    name_model,
    read_methods,
)
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.measure import common_odds_effect
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import format_count, format_number
from analysis.display.text.wording import (
    confidence,
    cut_span,
    label_confidence,
    list_fitted,
    odds_direction,
    registry_line,
)

GIVEN, NONE, OVER_ALL = "Given the covariates", "Without covariates", "Over all subjects"
ROBUST = "primary_robust"
RATIOS = {
    ROBUST: "Common odds ratio, robust error",
    "marginal_common_odds": "Common odds ratio",
    "marginal_win_odds": "Win odds",
}
DIFFERENCE = "marginal_rd"
NOT_RUN = "The plan does not run the unconditional effects."
TWO_QUESTIONS = (
    "An odds ratio over all subjects answers another question than one given the covariates, and "
    "as a rule lies nearer to no effect where these matter: they are not to be compared in size."
)


def build_unconditional(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the primary effect with its model's and a robust error, and those over all subjects.

    The rows are empty, and a footnote says so, if the plan does not run them.
    """
    is_run = "unconditional" in plan.analyses.run
    return Table(
        id="t_unconditional",
        title="Effects over all subjects",
        columns=("Effect", "n", f"Estimate ({confidence(plan)})", "p"),
        rows=tuple(_list_rows(ard, plan)) if is_run else (),
        footnotes=keep_sentences(_write_footnotes(ard, plan) if is_run else (NOT_RUN,)),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _list_rows(ard: Ard, plan: Plan) -> Iterator[Row]:
    common = common_odds_effect(ard, plan)
    label = label_confidence(plan, "Common odds ratio", common)
    given = _name_given(ard, plan)
    cells = joint_cells(common, plan)
    yield _build_row(ard, plan, plan.primary.common_odds_id, label, given, cells)
    for name, words in RATIOS.items():
        cells = joint_cells(ard.effect(name, plan.primary.population), plan)
        section = given if name == ROBUST else OVER_ALL
        yield _build_row(ard, plan, name, words, section, cells)
    for words, effect in _list_differences(ard, plan).items():
        cells = joint_cells(effect, plan, null=0.0, decimals=1, scale=PERCENTAGE_POINTS)
        yield _build_row(ard, plan, DIFFERENCE, words, OVER_ALL, cells)


def _name_given(ard: Ard, plan: Plan) -> str:
    """The heading of the effects of the primary model, as it was fitted."""
    return GIVEN if list_fitted(ard, plan) else NONE


def _build_row(
    ard: Ard, plan: Plan, analysis_id: str, label: str, section: str, cells: tuple[str, str]
) -> Row:
    n = format_count(ard.number(analysis_id, "n", plan.primary.population))
    return Row(label, (n, *cells), section)


def _list_differences(ard: Ard, plan: Plan) -> dict[str, Effect]:
    return {
        f"{cut_span(plan, level)}, risk difference, %": ard.effect(
            DIFFERENCE, plan.primary.population, str(level)
        )
        for level in plan.co_reported.cut_points
    }


def _write_footnotes(ard: Ard, plan: Plan) -> Iterator[str]:
    population, names = plan.primary.population, (*RATIOS, DIFFERENCE)
    ratios = {
        f"{words}{'' if name == ROBUST else ', over all subjects'}": ard.effect(name, population)
        for name, words in RATIOS.items()
    }
    yield odds_direction(plan)
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    yield f"Differences: {treatment} minus {reference}; above 0 favours {treatment}."
    yield TWO_QUESTIONS if list_fitted(ard, plan) else ""
    yield name_model(ard, plan, population)
    yield missing_sentence(ard, plan)
    yield from read_methods(ard, *names)
    share = ard.number("marginal_win_odds", "win_probability", population)
    yield f"Win probability over all subjects: {format_number(share, 3)}."
    yield list_reasons({**ratios, **_list_differences(ard, plan)})
    yield from list_notes(ard, *names)
    nominal = (
        "every p-value but the confirmatory one is"
        if plan.primary.is_common_odds
        else ("all p-values are")
    )
    yield f"Supportive: {nominal} nominal."
