"""Deaths and intracranial haemorrhage by arm with their contrasts (SAP 9.1, 9.2)."""

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.rows.survival import survival_cells
from analysis.display.tables.contrasts import (
    NO_ARMS,
    RISK_DIFFERENCE,
    RISK_RATIO,
    ContrastRow,
    contrast_columns,
    effect_row,
    risk_rows,
)
from analysis.display.tables.effects import list_notes, list_reasons, name_covariates, read_methods
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.format import (
    NOT_COLLECTED,
    NOT_ESTIMABLE,
    format_count,
    format_number,
    format_p,
    format_plain,
)
from analysis.display.text.wording import SETS, as_fitted, registry_line, risk_direction

MEASURES = (RISK_RATIO, RISK_DIFFERENCE)
TIME_ANALYSES = ("death_km", "death_logrank", "death_hr", "death_schoenfeld")


def build_safety(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return events by arm, risk ratio and difference; survival, hazard ratio and its check."""
    outcomes = _outcomes(plan)
    names = [f"{name}{measure.ending}" for name, _, _ in outcomes for measure in MEASURES]
    return Table(
        id="t_safety",
        title="Safety outcomes",
        columns=contrast_columns(plan, "Outcome and effect"),
        rows=(
            *_set_rows(ard, plan, "SAF"),
            *_time_rows(ard, plan),
            *_set_rows(ard, plan, "ITT"),
        ),
        footnotes=keep_sentences(
            (
                f"{risk_direction(plan)} Hazard ratios are treatment over reference.",
                "Arms: events / subjects (%). Risk differences are in percentage points.",
                name_covariates(ard, plan),
                *read_methods(ard, *dict.fromkeys(names), *TIME_ANALYSES),
                "Not imaged or of unknown status: no event.",
                list_reasons(_named_effects(ard, outcomes)),
                "All p-values are nominal.",
                *list_notes(ard, *dict.fromkeys(names), "death_hr", "death_logrank"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _outcomes(plan: Plan) -> tuple[tuple[str, str, str], ...]:
    day, hours = plan.safety.death_day, f"{format_plain(plan.safety.haemorrhage_hours)}"
    return (
        ("death_90d", "SAF", f"Death by day {day}"),
        ("sich_48h", "SAF", f"Symptomatic intracranial haemorrhage within {hours} h"),
        ("ich_any_48h", "SAF", f"Any intracranial haemorrhage within {hours} h"),
        ("ph_48h", "SAF", f"Parenchymal haematoma within {hours} h"),
        ("ich_any_48h_imaged", "SAF", f"Any intracranial haemorrhage within {hours} h, of those "
         "imaged"),
        ("death_90d", "ITT", f"Death by day {day}"),
    )  # fmt: skip


def _set_rows(ard: Ard, plan: Plan, population: str) -> list[Row]:
    """The rows of the outcomes of one analysis set."""
    return [
        row
        for outcome in _outcomes(plan)
        if outcome[1] == population
        for row in _outcome_rows(ard, plan, *outcome)
    ]


def _named_effects(ard: Ard, outcomes: tuple[tuple[str, str, str], ...]) -> dict[str, Effect]:
    named = {
        f"{label}, {measure.name.lower()}": ard.effect(f"{name}{measure.ending}", population)
        for name, population, label in outcomes
        for measure in MEASURES
    }
    return {**named, "Hazard ratio of death": ard.effect("death_hr", "SAF")}


def _section(population: str) -> str:
    return f"{SETS[population]}, {'as treated' if population == 'SAF' else 'as randomised'}"


def _outcome_rows(ard: Ard, plan: Plan, analysis_id: str, population: str, label: str) -> list[Row]:
    """Risk ratio and difference, and how many were not imaged or are of unknown status."""
    section = _capital(_section(population))
    rows = risk_rows(ard, plan, analysis_id, population, MEASURES, section, label)
    unknown = [ard.find(analysis_id, "n_unknown", population, code) for code in plan.arms.codes]
    counts = tuple(
        NOT_COLLECTED if row.is_not_collected else format_count(row.value)
        for row in unknown
        if row is not None
    )
    if len(counts) == len(unknown):
        rows.append(Row("Not imaged, or status unknown", (*counts, *NO_ARMS), section, label))
    return rows


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _time_rows(ard: Ard, plan: Plan) -> list[Row]:
    """Survival by arm, log-rank test, hazard ratio, and whether hazards are proportional."""
    day = plan.safety.death_day
    headings = {"section": _capital(_section("SAF")), "group": f"Time to death within {day} days"}
    alive = survival_cells(ard, plan)
    effect = ard.effect("death_hr", "SAF")
    ratio = ContrastRow("", as_fitted(ard, plan, "Hazard ratio, adjusted", effect))
    events = tuple(
        " / ".join(
            format_count(ard.number("death_hr", name, "SAF", code)) for name in ("events", "n")
        )
        for code in plan.arms.codes
    )
    return [
        effect_row(plan, ratio, effect, events, *headings.values()),
        Row(f"Alive on day {day}, Kaplan-Meier, %", (*alive, *NO_ARMS), **headings),
        _test_row(ard, plan, "death_logrank", "", "Log-rank test", headings),
        _test_row(ard, plan, "death_schoenfeld", "arm", "Proportional hazards, arm", headings),
        _test_row(ard, plan, "death_schoenfeld", "", "Proportional hazards, all terms", headings),
    ]


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
