"""Symptomatic haemorrhage by ECASS II and SITS-MOST, classes, and early improvement (SAP 9.2)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import Derived, Edit, add, day, derive_cases, drop, moment, put


@dataclass(frozen=True)
class Case:
    """Class and hour of an image, NIHSS (15 at baseline) at 24 h and day 7, day of death; then
    flags: ECASS II and whether it is unknown, SITS-MOST and the same, improved and known."""

    flags: str
    kind: str = "2"
    hours: float = 24
    h24: str = ""
    d7: str = ""
    died: int | None = None
    base: str = "15"


CASES = {
    "a rise of 4 at 24 h": Case("YNYNNY", h24="19"),
    "a rise of 3": Case("NNNNNY", h24="18"),
    "a rise at day 7 above the lowest score": Case("YNNNNY", h24="10", d7="14"),
    "a rise at day 7 alone, none known at 24 h": Case("YNNYNN", d7="20"),
    "dead on day 7": Case("YNYNNN", died=7),
    "dead on day 8": Case("NYNYNN", died=8),
    "dead on day 1 without a score": Case("YNYNNY", died=1),
    "no score": Case("NYNYNN"),
    "no score at baseline": Case("YNNYNN", h24="10", d7="14", base=""),
    "haemorrhagic infarction": Case("YNNNNY", kind="1A", h24="19"),
    "no haemorrhage": Case("NNNNNY", kind="NONE", h24="19"),
    "an image of no class": Case("NYNYNY", kind="", h24="19"),
    "imaged at 12 h": Case("YNNYNY", hours=12, h24="19"),
    "imaged at 22 h": Case("YNYNNY", hours=22, h24="19"),
    "imaged at 36 h": Case("YNYNNY", hours=36, h24="19"),
    "imaged at 37 h": Case("YNNYNY", hours=37, h24="19"),
    "better by 8": Case("NNNNYY", h24="7"),
    "better by 7": Case("NNNNNY", h24="8"),
    "0 to 1 from little": Case("NNNNYY", h24="1", base="5"),
    "1 with an unknown baseline": Case("NYNYYY", h24="1", base=""),
    "2 from 5": Case("NNNNNY", h24="2", base="5"),
}


def build_edits(case: Case) -> list[Edit]:
    edits = [
        drop("ich"),
        drop("nihss"),
        add("ich", ICHDTC=moment(hours=case.hours), ICHTYPE=case.kind, SICH="N"),
        put("bl", NIHSSBL=case.base),
    ]
    if case.h24:
        edits.append(add("nihss", VISIT="H24", NIHSS=case.h24, NIHDTC=moment(hours=24)))
    if case.d7:
        edits.append(add("nihss", VISIT="D7", NIHSS=case.d7, NIHDTC=moment(hours=168)))
    if case.died is not None:
        edits += [drop("mrs"), add("dd", DTHDTC=day(case.died))]
    return edits


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: build_edits(case) for name, case in CASES.items()})


@pytest.mark.parametrize("name", CASES)
def test_definitions(derived: Derived, name: str) -> None:
    columns = ("ECASS2FL", "ECASS2UN", "SITSMFL", "SITSMUN", "ENIFL", "ENIKNFL")
    assert "".join(map(str, derived.values(name, *columns))) == CASES[name].flags


def test_each_class_has_its_flag(derived: Derived) -> None:
    assert derived.values("a rise of 3", "ICH2FL", "ICH1AFL", "ICH3CFL") == ("Y", "N", "N")
    assert derived.values("haemorrhagic infarction", "ICH2FL", "ICH1AFL") == ("N", "Y")
    assert derived.values("no haemorrhage", "ICH2FL", "ICH1AFL") == ("N", "N")
