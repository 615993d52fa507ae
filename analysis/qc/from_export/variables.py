"""The variables of ADSL that decide, counted from the export: a value by subject, and its needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.qc.from_export.derivations.bleeding import find_bleeding
from analysis.qc.from_export.derivations.deaths import Death, find_deaths
from analysis.qc.from_export.derivations.doses import Dose, list_doses, list_given
from analysis.qc.from_export.derivations.mrs import Outcome, find_outcomes
from analysis.qc.from_export.derivations.serious_events import Event, list_events
from analysis.qc.from_export.derivations.sets import (
    find_actual_arms,
    find_planned_arms,
    find_reasons,
)
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.needs import LAST_ALIVE, is_withheld
from analysis.qc.from_export.obstacles import Gravity, Obstacle, find_obstacle

Values = Mapping[str, object]
"""By subject; None is missing."""
DIES_IN = ("DTHFL", "DTHDT", "DTH90FL", "MRS90", "MRS90RUL")
"""Variables that a death decides."""
DIES_OF = ("DOSEIV", "NOMRS", "WINDOW")
"""Reasons against the per-protocol set that it decides."""


@dataclass(frozen=True)
class Counted:
    """What the export says.

    ``reasons``: by code, the subjects against the per-protocol set. ``undecided``: deaths without a
    full date where the check cannot read when the subject was last alive, for the ``obstacle``;
    their values are those of ADSL, and the check says so.
    """

    variables: Mapping[str, Values]
    reasons: Mapping[str, set[str]]
    events: tuple[Event, ...]
    undecided: tuple[str, ...]
    obstacle: Obstacle | None


def count_export(export: Export, adsl: pd.DataFrame, reasons: pd.DataFrame) -> Counted:
    """Return the variables of every randomised subject.

    ADSL gives the arms of a blinded run, which were drawn, and what is ``undecided``; ``reasons``
    (``ppreasons.csv``) the kits of a blinded run.
    """
    deaths, doses = find_deaths(export), list_doses(export)
    outcomes, events = find_outcomes(export, deaths), list_events(export, doses)
    obstacle = _find_obstacle(export)
    undecided = {s for s, each in deaths.items() if obstacle and not each.is_full}
    planned, actual = _find_arms(export, adsl, doses)
    found = find_reasons(export, doses, deaths, outcomes, planned)
    found = {code: set() if is_withheld(export, code) else who for code, who in found.items()}
    found = _take_derived(found, reasons, undecided, has_kits=export.has_lists)
    variables: dict[str, dict[str, object]] = {
        "RANDDTM": dict(export.moments),
        "TRT01P": dict(planned),
        **_describe_deaths(export, deaths),
        **_describe_outcomes(export, outcomes),
        **{name: dict(flags) for name, flags in find_bleeding(export).items()},
        "SAFFL": _flag(export, [s for s in export.subjects if list_given(doses[s])]),
        "TRT01A": dict(actual),
        "PPROTFL": _flag(export, set(export.subjects).difference(*found.values())),
    }
    for name in DIES_IN:
        given = take(adsl, name)
        variables[name].update({subject: given.get(subject) for subject in undecided})
    return Counted(variables, found, tuple(events), tuple(sorted(undecided)), obstacle)


def _find_obstacle(export: Export) -> Obstacle | None:
    """What keeps the check from reading the last day known alive, if that is more than no rows."""
    obstacle = find_obstacle(export, LAST_ALIVE.find(export))
    return obstacle if obstacle and obstacle.gravity >= Gravity.FOREIGN else None


def _find_arms(
    export: Export, adsl: pd.DataFrame, doses: Mapping[str, list[Dose]]
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The arms as planned and as treated: by the lists, or those that were drawn."""
    if export.has_lists:
        planned = find_planned_arms(export)
        return planned, find_actual_arms(export, doses, planned)
    drawn = [take(adsl, name) for name in ("TRT01P", "TRT01A")]
    arms = [{s: str(of[s]) if of.get(s) else None for s in export.subjects} for of in drawn]
    return arms[0], arms[1]


def _take_derived(
    found: Mapping[str, set[str]], reasons: pd.DataFrame, undecided: set[str], *, has_kits: bool
) -> dict[str, set[str]]:
    """The reasons, with those taken as they were derived that the check cannot count."""
    codes, subjects = reasons["CODE"], reasons["SUBJID"]
    given = {code: set(subjects[codes == code]) for code in found}
    changed = {**found, **({} if has_kits or "KIT" not in found else {"KIT": given["KIT"]})}
    return {
        code: (who - undecided) | (given[code] & undecided) if code in DIES_OF else who
        for code, who in changed.items()
    }


def _describe_deaths(export: Export, deaths: Mapping[str, Death]) -> dict[str, dict[str, object]]:
    days = {s: deaths[s].day if s in deaths else None for s in export.subjects}
    numbers = {s: export.find_day(s, day) for s, day in days.items()}
    last = export.plan.safety.death_day
    return {
        "DTHFL": _flag(export, deaths),
        "DTHDT": dict(days),
        "DTH90FL": _flag(export, [s for s, n in numbers.items() if n is not None and n <= last]),
    }


def _describe_outcomes(
    export: Export, outcomes: Mapping[str, Outcome]
) -> dict[str, dict[str, object]]:
    of = {subject: outcomes.get(subject) for subject in export.subjects}
    return {
        "MRS90": {s: each.find_level(export) if each else None for s, each in of.items()},
        "MRS90RUL": {s: each.rule if each else None for s, each in of.items()},
    }


def take(frame: pd.DataFrame, name: str) -> dict[str, object]:
    """Return a variable of ADSL by subject, plain values and None; nothing if it has no such."""
    if name not in frame:
        return {}
    plain = frame[name].astype(object).where(frame[name].notna(), None)
    values = [v.date() if isinstance(v, datetime) and name.endswith("DT") else v for v in plain]
    return dict(zip(frame["SUBJID"], values, strict=True))


def _flag(export: Export, chosen: Iterable[str]) -> dict[str, object]:
    yes = set(chosen)
    return {subject: "Y" if subject in yes else "N" for subject in export.subjects}
