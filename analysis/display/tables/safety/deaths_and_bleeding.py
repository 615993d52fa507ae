"""Deaths, haemorrhage and other outcomes by arm with their contrasts (SAP 9.1, 9.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.config import Plan
from analysis.config.blocks.safety.outcomes import CLASSES
from analysis.display.ard import Ard, Effect
from analysis.display.tables.contrasts import (
    NO_ARMS,
    RISK_DIFFERENCE,
    RISK_RATIO,
    ContrastRow,
    contrast_columns,
    effect_row,
    read_event_cells,
    risk_rows,
)
from analysis.display.tables.effects import list_notes, list_reasons, name_covariates, read_methods
from analysis.display.tables.safety.time_to_death import EFFECTS, TIME_ANALYSES, list_time_rows
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.format import NOT_COLLECTED, format_count, format_plain
from analysis.display.text.wording import SETS, as_fitted, registry_line, risk_direction

CLASS_ID = "ich_class_48h"


@dataclass(frozen=True)
class Outcome:
    """An outcome of the table; ``is_adjusted``: with an adjusted risk ratio below the crude."""

    analysis_id: str
    population: str
    label: str
    is_adjusted: bool = False

    def list_measures(self, ard: Ard, plan: Plan) -> tuple[ContrastRow, ...]:
        """Return its rows: risk ratio, the adjusted one as it was fitted, risk difference."""
        if not self.is_adjusted:
            return RISK_RATIO, RISK_DIFFERENCE
        effect = ard.effect(f"{self.analysis_id}_rr_adjusted", self.population)
        label = as_fitted(ard, plan, "Risk ratio, adjusted", effect)
        return RISK_RATIO, ContrastRow("_rr_adjusted", label), RISK_DIFFERENCE


def build_safety(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return events by arm with their contrasts; time to death; what is of all randomised."""
    outcomes = _list_outcomes(plan)
    names = dict.fromkeys(
        f"{outcome.analysis_id}{measure.ending}"
        for outcome in outcomes
        for measure in outcome.list_measures(ard, plan)
    )
    return Table(
        id="t_safety",
        title="Safety outcomes",
        columns=contrast_columns(plan, "Outcome and effect"),
        rows=(
            *_set_rows(ard, plan, "SAF"),
            *_class_rows(ard, plan),
            *list_time_rows(ard, plan, _name_section("SAF")),
            *_set_rows(ard, plan, "ITT"),
        ),
        footnotes=keep_sentences(
            (
                f"{risk_direction(plan)} Hazard ratios are treatment over reference.",
                "Arms: events / subjects (%). Risk differences are in percentage points.",
                _define(plan),
                name_covariates(ard, plan),
                *read_methods(ard, *names, *TIME_ANALYSES),
                "Not imaged or of unknown status: no event.",
                list_reasons(_name_effects(ard, plan, outcomes)),
                "All p-values are nominal.",
                *list_notes(ard, *names, "death_hr", "death_logrank"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _list_outcomes(plan: Plan) -> tuple[Outcome, ...]:
    day, hours = plan.safety.death_day, f"{format_plain(plan.safety.haemorrhage_hours)}"
    return (
        Outcome("death_90d", "SAF", f"Death by day {day}", is_adjusted=True),
        Outcome("sich_48h", "SAF", f"Symptomatic intracranial haemorrhage within {hours} h",
                is_adjusted=True),
        Outcome("ich_any_48h", "SAF", f"Any intracranial haemorrhage within {hours} h"),
        Outcome("ph_48h", "SAF", f"Parenchymal haematoma within {hours} h"),
        Outcome("ich_any_48h_imaged", "SAF", f"Any intracranial haemorrhage within {hours} h, of "
                "those imaged"),
        Outcome("sich_ecass2", "SAF", "Haemorrhage symptomatic by ECASS II"),
        Outcome("sich_ecass3", "SAF", "Haemorrhage symptomatic by ECASS III"),
        Outcome("sich_sits_most", "SAF", "Haemorrhage symptomatic by SITS-MOST"),
        Outcome("hemicraniectomy", "SAF", "Hemicraniectomy"),
        Outcome("death_90d", "ITT", f"Death by day {day}", is_adjusted=True),
        Outcome("eni_h24", "ITT", "Early neurological improvement", is_adjusted=True),
    )  # fmt: skip


def _define(plan: Plan) -> str:
    """What the outcomes mean whose names do not say it."""
    safety = plan.safety
    first, last = (format_plain(hour) for hour in safety.sits_most.hours)
    worse, better = safety.deterioration, safety.early_improvement
    kinds = ", ".join(safety.sits_most.types)
    return (
        "ECASS II: any haemorrhage in the window, and a rise of the NIHSS by "
        f"{worse.nihss_points} points or more, or a death on day {worse.death_last_day} or "
        f"before. SITS-MOST: an image of class {kinds} from {first} to {last} hours, and the same. "
        f"Early improvement: the NIHSS fell by {better.points} points or more in a day, or to "
        f"{better.at_most} or less."
    )


def _set_rows(ard: Ard, plan: Plan, population: str) -> list[Row]:
    """The rows of the outcomes of one analysis set."""
    return [
        row
        for outcome in _list_outcomes(plan)
        if outcome.population == population
        for row in _outcome_rows(ard, plan, outcome)
    ]


def _name_effects(ard: Ard, plan: Plan, outcomes: tuple[Outcome, ...]) -> dict[str, Effect]:
    named = {
        f"{one.label}, {measure.name[:1].lower()}{measure.name[1:]}":
        ard.effect(f"{one.analysis_id}{measure.ending}", one.population)
        for one in outcomes
        for measure in one.list_measures(ard, plan)
    }  # fmt: skip
    return named | {label: ard.effect(name, "SAF") for name, label in EFFECTS.items()}


def _name_section(population: str) -> str:
    name = f"{SETS[population]}, {'as treated' if population == 'SAF' else 'as randomised'}"
    return f"{name[:1].upper()}{name[1:]}"


def _outcome_rows(ard: Ard, plan: Plan, outcome: Outcome) -> Iterator[Row]:
    """Contrasts, and how many were not imaged or are of unknown status."""
    name, population = outcome.analysis_id, outcome.population
    section, measures = _name_section(population), outcome.list_measures(ard, plan)
    yield from risk_rows(ard, plan, name, population, measures, section, outcome.label)
    unknown = [ard.find(name, "n_unknown", population, code) for code in plan.arms.codes]
    counts = tuple(
        NOT_COLLECTED if row.is_not_collected else format_count(row.value)
        for row in unknown
        if row is not None
    )
    if len(counts) == len(unknown):
        yield Row("Not imaged, or status unknown", (*counts, *NO_ARMS), section, outcome.label)


def _class_rows(ard: Ard, plan: Plan) -> list[Row]:
    """Events of each Heidelberg class with their risk difference."""
    section, hours = _name_section("SAF"), format_plain(plan.safety.haemorrhage_hours)
    group = f"Risk difference, % by Heidelberg class within {hours} h"
    return [
        effect_row(
            plan,
            ContrastRow("", f"Class {kind}", RISK_DIFFERENCE.null, RISK_DIFFERENCE.decimals,
                        RISK_DIFFERENCE.scale),
            ard.effect(f"{CLASS_ID}_rd", "SAF", kind),
            read_event_cells(ard, plan, CLASS_ID, "SAF", kind), section, group,
        )
        for kind in CLASSES
    ]  # fmt: skip
