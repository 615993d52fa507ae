"""The analysis sets: as treated, and every reason against the per-protocol set (SAP 3)."""

from collections.abc import Mapping

from analysis.qc.from_export.derivations.deaths import Death
from analysis.qc.from_export.derivations.doses import Dose, find_dose_violations, list_given
from analysis.qc.from_export.derivations.eligibility import find_broken_criteria
from analysis.qc.from_export.derivations.last_alive import DEAD
from analysis.qc.from_export.derivations.mrs import Outcome
from analysis.qc.from_export.export import Export

AGAINST = {"IN": "N", "EX": "Y"}
"""The answer that is against eligibility, by the kind of the criterion."""


def find_planned_arms(export: Export) -> dict[str, str | None]:
    """Return the arm of every subject's number on the randomisation list (SAP 3.1)."""
    numbers = {s: row.values["RANDNO"] for s, row in export.single("rand").items()}
    return {s: export.arm_of_number.get(str(numbers[s])) for s in export.subjects}


def find_actual_arms(
    export: Export, doses: Mapping[str, list[Dose]], planned: Mapping[str, str | None]
) -> dict[str, str | None]:
    """Return the arm of the kit of the first dose given (SAP 3.3).

    With a kit that is blank or on no list it is the arm planned; None without a dose.
    """
    given = {subject: list_given(doses[subject]) for subject in export.subjects}
    return {
        s: export.arm_of_kit.get(str(rows[0].kit), planned[s]) if rows else None
        for s, rows in given.items()
    }


def find_reasons(
    export: Export,
    doses: Mapping[str, list[Dose]],
    deaths: Mapping[str, Death],
    outcomes: Mapping[str, Outcome],
    planned: Mapping[str, str | None],
) -> dict[str, set[str]]:
    """Return the subjects with each reason of the plan, by code (SAP 3.2)."""
    found = {
        "IE": {row.subject for row in export.rows("ie")
               if row.values["IEORRES"] == AGAINST[str(row.values["IETESTCD"])[:2]]},
        **find_broken_criteria(export),
        **find_dose_violations(export, doses, deaths),
        "KIT": {s for s in export.subjects if _find_kit_arms(export, doses[s]) - {planned[s]}},
        "DV": {row.subject for row in export.rows("dv") if row.values["DVMAJOR"] == "Y"},
        "NOMRS": {subject for subject in export.subjects if subject not in outcomes},
        "WINDOW": {s for s, o in outcomes.items() if o.rule == "d" and o.score != DEAD},
    }  # fmt: skip
    return {code: found[code] for code in export.plan.per_protocol.reasons}


def _find_kit_arms(export: Export, doses: list[Dose]) -> set[str | None]:
    kits = {str(dose.kit) for dose in list_given(doses)}
    return {export.arm_of_kit[kit] for kit in kits if kit in export.arm_of_kit}
