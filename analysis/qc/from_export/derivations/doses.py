"""Study drug: the doses given, the first of them, totals outside what was due (SAP 3.2, 3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from analysis.config import Plan
from analysis.qc.from_export.derivations.deaths import Death
from analysis.qc.from_export.export import Export


@dataclass(frozen=True)
class Dose:
    """A row of ``ex``; missing amounts are None."""

    sequence: Decimal
    day: int | None
    moment: datetime | None
    planned: Decimal | None
    given: Decimal
    kit: str | None


def list_doses(export: Export) -> dict[str, list[Dose]]:
    """Return the doses of every randomised subject, given or not."""
    found: dict[str, list[Dose]] = {subject: [] for subject in export.subjects}
    for row in export.rows("ex"):
        values = row.values
        sequence, day, moment = (values[name] for name in ("EXSEQ", "EXDAY", "EXSTDTC"))
        planned, given, kit = (values[name] for name in ("EXPDOSE", "EXDOSE", "EXKIT"))
        found[row.subject].append(
            Dose(
                sequence if isinstance(sequence, Decimal) else Decimal(0),
                int(day) if isinstance(day, Decimal) else None,
                moment if isinstance(moment, datetime) else None,
                planned if isinstance(planned, Decimal) else None,
                given if isinstance(given, Decimal) else Decimal(0),
                kit if isinstance(kit, str) else None,
            )
        )
    return found


def list_given(doses: list[Dose]) -> list[Dose]:
    """Return the doses above 0, the first first: by date, then EXSEQ, undated ones last."""
    given = [dose for dose in doses if dose.given > 0]
    return sorted(given, key=lambda d: (d.moment is None, d.moment or datetime.max, d.sequence))


def find_dose_violations(
    export: Export, doses: Mapping[str, list[Dose]], deaths: Mapping[str, Death]
) -> dict[str, set[str]]:
    """Return, by DOSEIA and DOSEIV, the subjects whose total lies outside the accepted share."""
    dosing = export.plan.dosing
    intravenous = {s: _find_due(export, given, s, deaths.get(s)) for s, given in doses.items()}
    return {
        "DOSEIA": {
            subject
            for subject, given in doses.items()
            if _is_outside(_sum(given, 0), Decimal(str(dosing.ia_mg)), export.plan)
        },
        "DOSEIV": {
            subject
            for subject, due in intravenous.items()
            if due and _is_outside(sum(g for g, _ in due), _total([p for _, p in due]), export.plan)
        },
    }


def _find_due(
    export: Export, doses: list[Dose], subject: str, death: Death | None
) -> list[tuple[Decimal, Decimal | None]]:
    """Given and planned amount of every intravenous dose that was due.

    A dose that was not given is not due when the subject died on or before its day.
    """
    died = export.find_day(subject, death.day) if death else None
    due = []
    for day in export.plan.dosing.iv_days:
        given = _sum(doses, day)
        if given > 0 or died is None or died > day:
            due.append((given, _find_planned(export, doses, subject, day)))
    return due


def _find_planned(export: Export, doses: list[Dose], subject: str, day: int) -> Decimal | None:
    """The largest amount planned for the day, else the plan's mg per kg times the weight."""
    planned = [dose.planned for dose in doses if dose.day == day and dose.planned is not None]
    if planned:
        return max(planned)
    row = export.single("dm").get(subject)
    weight = row.values["WEIGHT"] if row else None
    per_kg = Decimal(str(export.plan.dosing.iv_mg_per_kg))
    return per_kg * weight if isinstance(weight, Decimal) else None


def _is_outside(given: Decimal | int, planned: Decimal | None, plan: Plan) -> bool:
    """Where nobody knows what was planned, only nothing at all is a violation."""
    if planned is None:
        return given == 0
    low, high = (Decimal(str(share)) / 100 * planned for share in plan.dosing.accepted_percent)
    return not low <= given <= high


def _sum(doses: list[Dose], day: int) -> Decimal:
    return sum((dose.given for dose in doses if dose.day == day and dose.given > 0), Decimal(0))


def _total(planned: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in planned if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(planned) else None
