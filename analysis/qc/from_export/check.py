"""The check that begins at the export: data sets by subject, numbers, and what was lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.errors import name_subjects
from analysis.io.verdicts import Comparison, Verdict
from analysis.qc.engine import EngineNumbers
from analysis.qc.from_export.compare_rows import ROWS_METHOD, Rows, compare_number, compare_rows
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.heidelberg import CLASS_FLAGS
from analysis.qc.from_export.losses import compare_losses
from analysis.qc.from_export.needs import EMERGENT, EVENTS, REASONS, SECTIONS, SERIOUS, find_needs
from analysis.qc.from_export.numbers import count_numbers
from analysis.qc.from_export.obstacles import Gravity
from analysis.qc.from_export.variables import Counted, count_export, take
from analysis.qc.recomputed import Unit

ABSENT_WITH_THEIR_COLUMN = (
    "SICH48FL", "SICHUNFL", "ICH48FL", "PH48FL", "ICHUNFL", *CLASS_FLAGS, "SAFFL",
)  # fmt: skip
"""Variables that rest on one column: where it was not collected there is no value."""


@dataclass(frozen=True)
class Derived:
    """What a run made of the export: ADSL, ADAE, per-protocol reasons, data queries, results."""

    adsl: pd.DataFrame
    adae: pd.DataFrame
    reasons: pd.DataFrame
    queries: pd.DataFrame
    engine: EngineNumbers


def check_from_export(export: Export, derived: Derived) -> list[Comparison]:
    """Return what was counted from the export beside data sets, queries and results.

    It does not stop at a difference: the verdicts say so, with subjects, file and column.
    """
    counted = count_export(export, derived.adsl, derived.reasons)
    numbers = count_numbers(export, counted)
    return [
        *(compare_rows(rows, export) for rows in _list_rows(export, counted, derived)),
        *_name_undecided(counted),
        *(compare_number(each, derived.engine.find(each.number), export) for each in numbers),
        *compare_losses(export, derived.queries),
    ]


def _list_rows(export: Export, counted: Counted, derived: Derived) -> Iterator[Rows]:
    for variable, values in counted.variables.items():
        yield Rows(
            "ADSL", variable, SECTIONS[variable], find_needs(export, variable),
            take(derived.adsl, variable), values, variable in ABSENT_WITH_THEIR_COLUMN,
        )  # fmt: skip
    reasons = derived.reasons
    for code, subjects in counted.reasons.items():
        given = dict.fromkeys(reasons.loc[reasons["CODE"] == code, "SUBJID"], "Y")
        needs = REASONS[code].find(export)
        yield Rows("ppreasons", code, "3.2", needs, given, dict.fromkeys(subjects, "Y"))
    yield from _list_events(export, counted, derived.adae)


def _list_events(export: Export, counted: Counted, adae: pd.DataFrame) -> Iterator[Rows]:
    """All adverse events, the serious ones, and those of them that are treatment-emergent."""
    serious = adae["AESER"].eq("Y").fillna(False)
    emergent = serious & adae["TRTEMFL"].eq("Y").fillna(False)
    of_export = counted.events
    kinds = {
        "all": (EVENTS, adae, Counter(e.subject for e in of_export)),
        "serious": (SERIOUS, adae[serious], Counter(e.subject for e in of_export if e.is_serious)),
        "serious, treatment-emergent": (
            EMERGENT,
            adae[emergent],
            Counter(e.subject for e in of_export if e.is_serious and e.is_emergent),
        ),
    }
    for kind, (sources, rows, check) in kinds.items():
        needs = sources.find(export)
        given = Counter(rows["SUBJID"])
        yield Rows("ADAE", kind, "9.3", needs, given, check, kind != "all", "subjects with events")


def _name_undecided(counted: Counted) -> Iterator[Comparison]:
    """The deaths that the check cannot date; they are taken as they were derived."""
    if counted.undecided and counted.obstacle:
        is_foreign = counted.obstacle.gravity is Gravity.FOREIGN
        yield Comparison(
            analysis_id="ADSL",
            population="ITT",
            group="",
            level="DTHDT",
            stat_name="deaths without a full date",
            engine="",
            check=str(len(counted.undecided)),
            difference="",
            difference_unit=Unit.ABSOLUTE.value,
            tolerance="0",
            method=ROWS_METHOD,
            verdict=Verdict.NOT_CHECKED if is_foreign else Verdict.DIFFERS,
            reason=(
                f"{name_subjects(counted.undecided)}: recorded as dead without a full date, and "
                f"the last day known alive cannot be read; taken as derived, not checked (SAP "
                f"4.1): {counted.obstacle.words}"
            ),
        )
