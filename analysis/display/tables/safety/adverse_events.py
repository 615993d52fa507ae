"""Treatment-emergent adverse events: overview, by term, of special interest (SAP 9.3)."""

from collections.abc import Iterable

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.tables.arms import arm_columns_with_n
from analysis.display.tables.effects import (
    PERCENTAGE_POINTS,
    joint_cells,
    list_not_collected,
    list_notes,
)
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.format import (
    NO_EFFECT_DIFFERENCE,
    NOT_COLLECTED,
    format_count,
    format_count_percent,
)
from analysis.display.text.wording import confidence, registry_line

KINDS = {
    "any": "Any event",
    "severe": "Severe",
    "serious": "Serious",
    "fatal": "Fatal",
    "related": "Related to the study drug",
    "serious_related": "Serious and related",
    "drug_withdrawn": "Leading to withdrawal of the study drug",
    "not_emergent": "Not treatment-emergent, in no other row",
}
TITLES = {
    "ae_soc_pt": "Adverse events by system organ class and preferred term",
    "ae_serious": "Serious adverse events by system organ class and preferred term",
    "ae_fatal": "Fatal adverse events by system organ class and preferred term",
    "ae_related": "Related adverse events by system organ class and preferred term",
    "ae_drug_withdrawn": "Adverse events leading to withdrawal of the study drug, by system organ "
    "class and preferred term",
}
ANY, CLASS, TERM = "AE", "AEBODSYS", "AEDECOD"


def build_overview(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return subjects and events of every kind, risk difference and Fisher's exact p."""
    levels = dict.fromkeys(row.level for row in _counted(ard, "ae_overview"))
    rows = [_row(ard, plan, "ae_overview", level, KINDS.get(level, level)) for level in levels]
    return _build(ard, plan, stamp, "ae_overview", "Adverse events: overview", rows)


def build_special(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the events of special interest of the plan; its terms stand in the plan."""
    labels = [special.label for special in plan.adverse_events.special_interest]
    rows = [_row(ard, plan, "ae_special", label, label) for label in labels]
    return _build(ard, plan, stamp, "ae_special", "Adverse events of special interest", rows)


def build_by_term(ard: Ard, plan: Plan, stamp: str, analysis_id: str) -> Table:
    """Return one kind of event by class and term, commonest first, as the frame holds them."""
    rows: list[Row] = []
    group = ""
    for counts in _counted(ard, analysis_id):
        if counts.variable == CLASS:
            group = counts.level
        label = _label(counts, group)
        rows.append(_row(ard, plan, analysis_id, counts.level, label, group))
    return _build(ard, plan, stamp, analysis_id, TITLES[analysis_id], rows)


def _build(
    ard: Ard, plan: Plan, stamp: str, analysis_id: str, title: str, rows: Iterable[Row]
) -> Table:
    treatment, reference = arm_columns_with_n(ard, plan, "SAF")
    difference = f"Risk difference, % ({confidence(plan)})"
    contrasts = {"estimate": difference, "p_value": "p"}
    stat_names = {row.stat_name for row in ard.select(analysis_id, "SAF")}
    return Table(
        id=f"t_{analysis_id}",
        title=title,
        columns=(
            "Event",
            f"{treatment}: subjects",
            f"{plan.arms.treatment.label}: events",
            f"{reference}: subjects",
            f"{plan.arms.reference.label}: events",
            *(column for name, column in contrasts.items() if name in stat_names),
        ),
        rows=tuple(rows),
        footnotes=keep_sentences((*_footnotes(ard, plan, analysis_id, stat_names),)),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _footnotes(ard: Ard, plan: Plan, analysis_id: str, stat_names: set[str]) -> list[str]:
    settings = plan.adverse_events
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    methods = dict.fromkeys(row.method for row in ard.select(analysis_id, "SAF"))
    return [
        "Safety set, as treated. Subjects: with at least one such event, % of the set; events: all "
        "of them.",
        f"Coded with MedDRA {settings.meddra_version}. Treatment-emergent: "
        f"start on or after the day of the first dose, up to day {settings.last_day}.",
        f"Risk differences are {treatment} minus {reference}, in percentage points."
        if "estimate" in stat_names
        else "",
        "All p-values are nominal." if "p_value" in stat_names else "",
        *(f"{method[:1].upper()}{method[1:]}." for method in methods),
        *(f"{note[:1].upper()}{note[1:]}." for note in list_notes(ard, analysis_id)),
        list_not_collected(ard, analysis_id),
    ]


def _counted(ard: Ard, analysis_id: str) -> tuple[ArdRow, ...]:
    """One row of the frame per row of the table: the subjects of both arms together."""
    return ard.select(analysis_id, "SAF", group="", stat_name="n")


def _label(counts: ArdRow, group: str) -> str:
    """``Any event`` for all and for a class; a term without the class that it may carry."""
    return counts.level.removesuffix(f" ({group})") if counts.variable == TERM else "Any event"


def _row(
    ard: Ard, plan: Plan, analysis_id: str, level: str, label: str, group: str = ""
) -> Row:  # fmt: skip
    cells = [cell for code in plan.arms.codes for cell in _arm(ard, analysis_id, level, code)]
    return Row(label, (*cells, *_contrast(ard, plan, analysis_id, level)), group=group)


def _arm(ard: Ard, analysis_id: str, level: str, code: str) -> tuple[str, str]:
    if ard.is_not_collected(analysis_id, "n", "SAF", code, level):
        return NOT_COLLECTED, NOT_COLLECTED
    subjects, percent, events = (
        ard.number(analysis_id, name, "SAF", code, level) for name in ("n", "pct", "events")
    )
    return format_count_percent(subjects, percent), format_count(events)


def _contrast(ard: Ard, plan: Plan, analysis_id: str, level: str) -> tuple[str, ...]:
    """Risk difference and p-value, as far as the analysis gives them; empty for other rows."""
    stat_names = {row.stat_name for row in ard.select(analysis_id, "SAF")}
    wanted = [name for name in ("estimate", "p_value") if name in stat_names]
    if ard.find(analysis_id, "estimate", "SAF", level=level) is None:
        return ("",) * len(wanted)
    effect = ard.contrast(analysis_id, "SAF", level)
    cells = joint_cells(effect, plan, NO_EFFECT_DIFFERENCE, 1, PERCENTAGE_POINTS)
    return cells[: len(wanted)]
