"""Rows of the safety table on time to death: survival, hazards, days lived (SAP 9.1)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.survival import survival_cells
from analysis.display.tables.contrasts import NO_ARMS, ContrastRow, effect_row
from analysis.display.tables.effects import PERCENTAGE_POINTS
from analysis.display.tables.table import Row
from analysis.display.text.format import (
    NO_EFFECT_DIFFERENCE,
    NOT_ESTIMABLE,
    format_count,
    format_estimate,
    format_number,
    format_p,
)
from analysis.display.text.wording import as_fitted

TIME_ANALYSES = (
    "death_km", "death_logrank", "death_hr", "death_schoenfeld", "death_km_difference",
    "death_rmst", "death_rmst_difference",
)  # fmt: skip
EFFECTS = {
    "death_hr": "Hazard ratio of death",
    "death_km_difference": "Difference alive",
    "death_rmst_difference": "Difference in days alive",
}
"""Effects whose absence a footnote explains."""


def list_time_rows(ard: Ard, plan: Plan, section: str) -> list[Row]:
    """Return survival and days alive by arm with their differences, hazard ratio and tests."""
    day = plan.safety.death_day
    headings = {"section": section, "group": f"Time to death within {day} days"}
    return [
        _hazard_row(ard, plan, headings),
        Row(f"Alive on day {day}, Kaplan-Meier, %", (*survival_cells(ard, plan), *NO_ARMS),
            **headings),
        _difference_row(ard, plan, "death_km_difference", f"Difference alive on day {day}, %",
                        PERCENTAGE_POINTS, headings),
        Row(f"Days alive by day {day}, restricted mean", (*_mean_cells(ard, plan), *NO_ARMS),
            **headings),
        _difference_row(ard, plan, "death_rmst_difference", f"Difference in days alive, day {day}",
                        1, headings),
        _test_row(ard, plan, "death_logrank", "", "Log-rank test", headings),
        _test_row(ard, plan, "death_schoenfeld", "arm", "Proportional hazards, arm", headings),
        _test_row(ard, plan, "death_schoenfeld", "", "Proportional hazards, all terms", headings),
    ]  # fmt: skip


def _hazard_row(ard: Ard, plan: Plan, headings: dict[str, str]) -> Row:
    effect = ard.effect("death_hr", "SAF")
    ratio = ContrastRow("", as_fitted(ard, plan, "Hazard ratio, adjusted", effect))
    events = tuple(
        " / ".join(
            format_count(ard.number("death_hr", name, "SAF", code)) for name in ("events", "n")
        )
        for code in plan.arms.codes
    )
    return effect_row(plan, ratio, effect, events, *headings.values())


def _difference_row(
    ard: Ard, plan: Plan, analysis_id: str, label: str, scale: int, headings: dict[str, str]
) -> Row:
    measure = ContrastRow("", label, NO_EFFECT_DIFFERENCE, 1, scale)
    effect = ard.effect(analysis_id, "SAF")
    return effect_row(plan, measure, effect, NO_ARMS, *headings.values())


def _mean_cells(ard: Ard, plan: Plan) -> tuple[str, ...]:
    """Days alive with their interval, of each arm."""
    texts = []
    for code in plan.arms.codes:
        mean, low, high = (
            ard.number("death_rmst", name, "SAF", code)
            for name in ("estimate", "ci_low", "ci_high")
        )
        texts.append(format_estimate(mean, low, high, NO_EFFECT_DIFFERENCE, 1))
    return tuple(texts)


def _test_row(
    ard: Ard, plan: Plan, analysis_id: str, level: str, label: str, headings: dict[str, str]
) -> Row:
    """The row of a test: statistic and degrees of freedom stand where an estimate would."""
    statistic, df, p_value = (
        ard.number(analysis_id, name, "SAF", level=level) for name in ("statistic", "df", "p_value")
    )
    if statistic is None:
        return Row(label, (*NO_ARMS, NOT_ESTIMABLE, ""), **headings)
    text = f"chi-square {format_number(statistic, 2)} (df {format_count(df)})"
    return Row(label, (*NO_ARMS, text, format_p(p_value, *plan.inference.boundaries)), **headings)
