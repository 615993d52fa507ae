"""Tests by the randomisation: van Elteren's, and the primary score with arms drawn anew."""

from collections.abc import Iterable, Sequence

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.effects import list_notes, name_set
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import (
    NOT_COLLECTED,
    NOT_ESTIMABLE,
    format_count,
    format_number,
    format_p,
)
from analysis.display.text.labels import name_strata
from analysis.display.text.wording import registry_line

NAMES = {"van_elteren": "van Elteren test", "rerandomisation": "Re-randomisation test"}
NOT_RUN = "The plan does not run the {}."


def build_randomisation(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return both tests with their strata and p-values."""
    run = [name for name in NAMES if name in plan.analyses.run]
    return Table(
        id="t_randomisation",
        title="Tests by the randomisation",
        columns=(
            "Test", "n", "Strata", "Left out", "Chi-square", "Draws", "p",
            "Monte Carlo error",
        ),
        rows=tuple(_build_row(ard, plan, name) for name in run),
        footnotes=keep_sentences(_write_footnotes(ard, plan, run)),
        stamp=stamp,
        registry=registry_line(plan),
    )  # fmt: skip


def _build_row(ard: Ard, plan: Plan, name: str) -> Row:
    population = plan.primary.population

    def read(statistic: str) -> float | None:
        row = ard.find(name, statistic, population)
        return row.value if row else None

    total, p_value = format_count(read("n")), read("p_value")
    if p_value is None:
        absent = ard.is_not_collected(name, "p_value", population)
        said = NOT_COLLECTED if absent else NOT_ESTIMABLE
        return Row(NAMES[name], (total, "", "", "", "", said, ""))
    apart = read("n_left_out")
    shown = format_p(p_value, *plan.inference.boundaries)
    strata = format_count(read("n_strata"))
    if name == "van_elteren":
        statistic = format_number(read("statistic"), 2)
        return Row(NAMES[name], (total, strata, format_count(apart), statistic, "", shown, ""))
    draws, error = format_count(read("draws")), format_number(read("monte_carlo_error"), 4)
    return Row(NAMES[name], (total, strata, format_count(apart), "", draws, shown, error))


def _write_footnotes(ard: Ard, plan: Plan, run: Sequence[str]) -> Iterable[str]:
    if run:
        yield (
            f"Subjects are compared, and arms drawn, within each {name_strata(plan)}; one that "
            "holds a single arm compares nothing and is left out."
        )
    for name in run:
        row = ard.row(name, "p_value", plan.primary.population)
        yield f"{row.method[:1].upper()}{row.method[1:]}."
        if row.value is None:
            yield f"{NAMES[name]}: {row.reason}."
    yield from list_notes(ard, *run)
    yield from (NOT_RUN.format(NAMES[name]) for name in NAMES if name not in run)
    yield name_set(plan.primary.population)
    yield missing_sentence(ard, plan)
    yield "Supportive: all p-values are nominal."
