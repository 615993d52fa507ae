"""The shift in patients: benefit and harm per 100, and numbers needed to treat."""

from collections.abc import Iterable

from analysis.config import Plan
from analysis.display.ard import Ard, ArdRow
from analysis.display.tables.effects import PERCENTAGE_POINTS, joint_cells, name_set
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import NO_EFFECT_DIFFERENCE, NOT_ESTIMABLE, format_number
from analysis.display.text.wording import confidence, cut_span, registry_line

BENEFIT, NUMBER, BY_WINS = "benefit_per_100", "number_needed", "win_probability"
NOT_RUN = {
    BENEFIT: "The plan does not run the benefit per 100.",
    NUMBER: "The plan does not run the numbers needed to treat.",
}
SHARES = {
    "benefit": "Better by one level or more",
    "harm": "Worse by one level or more",
    "net": "Better less worse",
}
BOUNDS = ("low", "high", "independent")
NUMBERS = ("number_needed", "number_needed_low", "number_needed_high")


def build_patients(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return patients per 100 with their bounds, and numbers needed by cut point and by wins."""
    rows: list[Row] = []
    if BENEFIT in plan.analyses.run:
        rows += [_share_row(ard, plan, level) for level in SHARES]
    if NUMBER in plan.analyses.run:
        rows += [_cut_row(ard, plan, level) for level in plan.co_reported.cut_points]
        cells = ("", "", "", "", _write_needed(ard, plan, BY_WINS))
        rows.append(Row("A better mRS, by win probability", cells, NEEDED))
    return Table(
        id="t_patients",
        title="The shift in patients",
        columns=(
            "Patients", "Smallest", "Largest", "If independent",
            f"Risk difference, % ({confidence(plan)})", f"Number needed ({confidence(plan)})",
        ),
        rows=tuple(rows),
        footnotes=keep_sentences(_write_footnotes(ard, plan)),
        stamp=stamp,
        registry=registry_line(plan),
    )  # fmt: skip


NEEDED = "Number needed to treat for one more"


def _share_row(ard: Ard, plan: Plan, level: str) -> Row:
    numbers = [ard.number(BENEFIT, name, plan.primary.population, level=level) for name in BOUNDS]
    cells = (*(format_number(number, 1) for number in numbers), "", "")
    arms = plan.arms
    section = f"Of a hundred patients, on {arms.treatment.label} instead of {arms.reference.label}"
    return Row(SHARES[level], cells, section)


def _cut_row(ard: Ard, plan: Plan, level: int) -> Row:
    effect = ard.effect(NUMBER, plan.primary.population, str(level))
    difference, _ = joint_cells(effect, plan, NO_EFFECT_DIFFERENCE, 1, PERCENTAGE_POINTS)
    cells = ("", "", "", difference, _write_needed(ard, plan, str(level)))
    return Row(cut_span(plan, level), cells, NEEDED)


def _write_needed(ard: Ard, plan: Plan, level: str) -> str:
    """Return ``NNTB 20.0 (NNTB 10.0 to NNTB 50.0)``, through infinity where the signs differ."""
    number, low, high = (
        ard.number(NUMBER, name, plan.primary.population, level=level) for name in NUMBERS
    )
    if low is None or high is None:
        return NOT_ESTIMABLE
    if low < 0.0 < high:
        interval = f"{_name_side(low)} to ∞ to {_name_side(high)}"
    else:
        nearest_first = (high, low) if low > 0.0 else (low, high)
        interval = " to ".join(map(_name_side, nearest_first))
    return f"{'∞' if number is None else _name_side(number)} ({interval})"


def _name_side(number: float) -> str:
    return f"{'NNTB' if number > 0.0 else 'NNTH'} {format_number(abs(number), 1)}"


def _write_footnotes(ard: Ard, plan: Plan) -> Iterable[str]:
    run = plan.analyses.run
    if BENEFIT in run:
        yield (
            "A trial shows each patient under one treatment: how many of the same patients would "
            "do better is known only between the smallest and the largest number that the "
            "distributions of both arms allow. The bounds hold no sampling error."
        )
    if NUMBER in run:
        yield (
            "NNTB: number needed for one more to benefit; NNTH: for one more to be harmed. An "
            "interval through ∞ holds no difference (Altman)."
        )
    yield name_set(plan.primary.population)
    yield missing_sentence(ard, plan)
    yield from (text for name, text in NOT_RUN.items() if name not in run)
    reasons: list[ArdRow] = [
        row
        for name in (BENEFIT, NUMBER)
        for row in ard.select(name, plan.primary.population)
        if row.value is None and row.stat_name in (*BOUNDS, *NUMBERS)
    ]
    yield from (f"Not estimable: {row.reason}." for row in reasons)
    yield "Supportive, without adjustment for covariates."
