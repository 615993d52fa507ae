"""The numbers of the results table that decide, counted from the export, and what each needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analysis.config import Plan
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.needs import (
    DEATHS,
    EMERGENT,
    HAEMORRHAGE,
    REASONS,
    SYMPTOMATIC,
    Sources,
    find_needs,
    merge_needs,
)
from analysis.qc.from_export.obstacles import Needs
from analysis.qc.from_export.variables import Counted
from analysis.qc.recomputed import Recomputed, assign, count

METHOD = "counted from the files of the export"
SETS = {"ITT": (None, "TRT01P"), "PP": ("PPROTFL", "TRT01P"), "SAF": ("SAFFL", "TRT01A")}
"""Flag (none: all randomised) and arm of each analysis set (SAP 3, 9)."""


@dataclass(frozen=True)
class Number:
    """A number, the columns that it is counted from, and the section of the plan."""

    number: Recomputed
    needs: Needs
    section: str


@dataclass(frozen=True)
class SafetyEvent:
    """An event of a flag of ADSL, the flag of unknown status, and the sets it is counted in."""

    analysis_id: str
    flag: str
    unknown: str
    populations: tuple[str, ...]
    sources: Sources
    section: str


EVENTS = (
    SafetyEvent("death_90d", "DTH90FL", "", ("SAF", "ITT"), DEATHS, "9.1"),
    SafetyEvent("sich_48h", "SICH48FL", "SICHUNFL", ("SAF",), SYMPTOMATIC, "9.2"),
    SafetyEvent("ich_any_48h", "ICH48FL", "ICHUNFL", ("SAF",), HAEMORRHAGE, "9.2"),
    SafetyEvent("ph_48h", "PH48FL", "ICHUNFL", ("SAF",), HAEMORRHAGE, "9.2"),
)


@dataclass(frozen=True)
class Members:
    """The subjects of a set by arm, and together under ""."""

    population: str
    by_arm: dict[str, list[str]]
    needs: Needs


def count_numbers(export: Export, counted: Counted) -> Iterator[Number]:
    """Yield n of the sets, outcomes, reasons, deaths, haemorrhages and serious events."""
    sets = {name: _find_members(export, counted, name) for name in SETS}
    for members in sets.values():
        yield from _name(_sizes(members), "populations", members, {}, "3")
    for name in ("ITT", "PP"):
        distribution = _distribute(counted, sets[name], export.plan)
        needs = DEATHS.find(export)
        yield from _name(distribution, "mrs_distribution", sets[name], needs, "4.3")
    for code, subjects in counted.reasons.items():
        numbers = _count(sets["ITT"], subjects, "n", sets["ITT"].by_arm, level=code)
        needs = REASONS[code].find(export)
        yield from _name(numbers, "pp_reasons", sets["ITT"], needs, "3.2")
    yield from _count_safety(export, counted, sets)


def _count_safety(export: Export, counted: Counted, sets: dict[str, Members]) -> Iterator[Number]:
    arms = export.plan.arms.codes
    for event in EVENTS:
        for members in (sets[name] for name in event.populations):
            numbers = [
                *_count(members, _find_yes(counted, event.flag), "events", arms),
                *_count(members, set(members.by_arm[""]), "N", arms),
            ]
            if event.unknown:
                numbers += _count(members, _find_yes(counted, event.unknown), "n_unknown", arms)
            needs = event.sources.find(export)
            yield from _name(numbers, event.analysis_id, members, needs, event.section)
    serious = _count_serious(counted, sets["SAF"])
    yield from _name(serious, "ae_overview", sets["SAF"], EMERGENT.find(export), "9.3")


def _name(
    numbers: Iterable[Recomputed], analysis_id: str, members: Members, needs: Needs, section: str
) -> Iterator[Number]:
    all_needs = merge_needs((members.needs, needs))
    for number in assign(numbers, analysis_id=analysis_id, population=members.population):
        yield Number(replace(number, method=METHOD), all_needs, section)


def _find_members(export: Export, counted: Counted, population: str) -> Members:
    flag, arm = SETS[population]
    chosen = _find_yes(counted, flag) if flag else set(export.subjects)
    arms = counted.variables[arm]
    by_arm = {code: [s for s in chosen if arms[s] == code] for code in export.plan.arms.codes}
    needs = merge_needs((find_needs(export, arm), find_needs(export, flag) if flag else {}))
    return Members(population, {**by_arm, "": list(chosen)}, needs)


def _find_yes(counted: Counted, flag: str) -> set[str]:
    return {subject for subject, value in counted.variables[flag].items() if value == "Y"}


def _sizes(members: Members) -> list[Recomputed]:
    return [count("n", len(subjects), group=arm) for arm, subjects in members.by_arm.items()]


def _count(
    members: Members, chosen: set[str], name: str, arms: Iterable[str], level: str = ""
) -> list[Recomputed]:
    """How many of the chosen are in each arm; the arm "" is both."""
    return [
        count(name, sum(subject in chosen for subject in members.by_arm[arm]), arm, level)
        for arm in arms
    ]


def _distribute(counted: Counted, members: Members, plan: Plan) -> Iterable[Recomputed]:
    scores = counted.variables["MRS90"]
    for arm in plan.arms.codes:
        given = [scores[subject] for subject in members.by_arm[arm]]
        missing = given.count(None)
        yield count("N", len(given) - missing, group=arm)
        yield count("n", missing, group=arm, level="missing")
        for level in plan.outcome.levels:
            yield count("n", given.count(level), arm, plan.outcome.name_level(level))


def _count_serious(counted: Counted, members: Members) -> Iterator[Recomputed]:
    """Subjects and events, of those who may have them."""
    serious = [e.subject for e in counted.events if e.is_serious and e.is_emergent]
    for arm, subjects in members.by_arm.items():
        inside = set(subjects)
        here = [subject for subject in serious if subject in inside]
        for name, value in (("n", len(set(here))), ("events", len(here)), ("N", len(inside))):
            yield count(name, value, group=arm, level="serious")
