"""Exposure to the study drug, and concomitant medication of interest (SAP 9.4)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.arms import arm_columns_with_n, share_cell
from analysis.display.tables.effects import list_not_collected, list_notes
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.tables.trial.baseline import STATISTICS, choose_decimals, named_statistics
from analysis.display.text.format import (
    NOT_COLLECTED,
    NOT_ESTIMABLE,
    format_count,
    format_count_percent,
    format_number,
    format_plain,
)
from analysis.display.text.wording import registry_line

NUMBERS = {
    "NDOSE": "Doses given",
    "DOSEMG": "Total dose, mg",
    "DOSEMGKG": "Total dose, mg per kg",
    "DOSEPCT": "Compliance, % of the dose planned for the doses due",
}
MEDICATIONS = {"CMSTERFL": "Open-label steroid", "CMINSFL": "Insulin"}


def build_exposure(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return doses, mg, mg per kg and compliance by arm; steroids and insulin if exported."""
    total = format_count(ard.number("populations", "n", "SAF"))
    return Table(
        id="t_exposure",
        title="Exposure to the study drug",
        columns=("Safety set", *arm_columns_with_n(ard, plan, "SAF"), f"Both (n = {total})"),
        rows=(
            *(row for name in NUMBERS for row in _number_rows(ard, plan, name)),
            *_dose_rows(ard, plan),
            *_medication_rows(ard, plan),
        ),
        footnotes=keep_sentences(
            (
                "Safety set, as treated. Doses as recorded, of the study drug or of what the other "
                "arm was given.",
                *(f"{row.method[:1].upper()}{row.method[1:]}." for row in
                  ard.select("exposure", "SAF", stat_name="N")),
                *(note for note in list_notes(ard, "exposure") if note != NOT_COLLECTED),
                list_not_collected(ard, "exposure"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )  # fmt: skip


def _groups(plan: Plan) -> tuple[str, ...]:
    return *plan.arms.codes, ""


def _number_rows(ard: Ard, plan: Plan, name: str) -> list[Row]:
    rows = [
        Row(label, tuple(_summary(ard, group, name, pattern) for group in _groups(plan)),
            group=NUMBERS[name])
        for label, pattern in STATISTICS.items()
    ]  # fmt: skip
    missing = [
        ard.number("exposure", "n", "SAF", group, f"{name} missing") for group in _groups(plan)
    ]
    cells = tuple(format_count(number) for number in missing)
    return [*rows, Row("Missing", cells, group=NUMBERS[name])] if any(missing) else rows


def _summary(ard: Ard, group: str, name: str, pattern: str) -> str:
    """One cell; not estimable where nobody has a value."""
    wanted = named_statistics(pattern)
    if ard.is_not_collected("exposure", "n", "SAF", group, name):
        return NOT_COLLECTED
    rows = {field: ard.find("exposure", field, "SAF", group, name) for field in wanted}
    values = {field: row.value for field, row in rows.items() if row and row.value is not None}
    if len(values) < len(wanted):
        return NOT_ESTIMABLE
    decimals = choose_decimals(ard.select("exposure", "SAF", variable=name), pattern)
    return pattern.format(
        **{field: format_number(value, decimals) for field, value in values.items()}
    )


def _share(ard: Ard, plan: Plan, level: str) -> tuple[str, ...]:
    return tuple(share_cell(ard, "exposure", "SAF", group, level) for group in _groups(plan))


def _dose_rows(ard: Ard, plan: Plan) -> list[Row]:
    """Subjects by number of doses, by day of the dose, and with an accepted compliance."""
    rows = ard.select("exposure", "SAF", group="", stat_name="n")
    counts = [row.level for row in rows if row.level.startswith("NDOSE=")]
    days = (0, *plan.dosing.iv_days)
    low, high = plan.dosing.accepted_percent
    return [
        *(Row(f"{level.partition('=')[2]} of {len(days)}", _share(ard, plan, level),
              group="Number of doses given") for level in counts),
        *(Row(f"Day {day}", _share(ard, plan, f"EXD{day}FL"), group="Dose given on")
          for day in days),
        Row(f"Compliance of {format_plain(low)} to {format_plain(high)}%",
            _share(ard, plan, "DOSEPCT in range")),
    ]  # fmt: skip


def _medication_rows(ard: Ard, plan: Plan) -> list[Row]:
    return [
        Row(label, tuple(_medication(ard, group, name) for group in _groups(plan)),
            group="Concomitant medication")
        for name, label in MEDICATIONS.items()
    ]  # fmt: skip


def _medication(ard: Ard, group: str, name: str) -> str:
    row = ard.row("exposure", "n", "SAF", group, name)
    if row.value is None:
        return NOT_COLLECTED
    return format_count_percent(row.value, ard.number("exposure", "pct", "SAF", group, name))
