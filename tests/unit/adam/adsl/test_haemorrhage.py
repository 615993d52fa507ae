"""Intracranial haemorrhage within 48 hours of randomisation (SAP 9.2)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import Derived, Edit, Row, add, derive_cases, drop, moment

NO_DATE, NO_CLASS = "sich_without_date ich.ICHDTC", "sich_without_haemorrhage ich.ICHTYPE"


@dataclass(frozen=True)
class Case:
    """Imaging, then: symptomatic, its status unknown, any haemorrhage, its status unknown,
    parenchymal haematoma, imaged at all."""

    images: tuple[Row, ...]
    flags: str
    queries: tuple[str, ...] = ()


def image(date: str, kind: str, symptomatic: str) -> Row:
    return {"ICHDTC": date, "ICHTYPE": kind, "SICH": symptomatic}


AT_24_H = moment(hours=24)
CASES = {
    "none": Case((image(AT_24_H, "NONE", "N"),), "NNNNNY"),
    "symptomatic": Case((image(AT_24_H, "2", "Y"),), "YNYNYY"),
    "asymptomatic": Case((image(AT_24_H, "1A", "N"),), "NNYNNY"),
    "at randomisation": Case((image(moment(), "2", "Y"),), "YNYNYY"),
    "a minute before randomisation": Case((image(moment(minutes=-1), "2", "Y"),), "NYNYNN"),
    "at 48 h": Case((image(moment(hours=48), "2", "Y"),), "YNYNYY"),
    "at 48 h and a minute": Case((image(moment(hours=48, minutes=1), "2", "Y"),), "NYNYNN"),
    "never imaged": Case((), "NYNYNN"),
    "undated symptomatic": Case((image("", "2", "Y"),), "YNNYNN", (NO_DATE,)),
    "undated asymptomatic": Case((image("", "2", "N"),), "NYNYNN"),
    "undated without haemorrhage": Case((image("", "NONE", "Y"),), "YNNYNN", (NO_DATE, NO_CLASS)),
    "symptomatic of class NONE": Case((image(AT_24_H, "NONE", "Y"),), "YNNNNY", (NO_CLASS,)),
    "symptomatic without a class": Case((image(AT_24_H, "", "Y"),), "YNNYNY", (NO_CLASS,)),
    "class without a status": Case((image(AT_24_H, "1B", ""),), "NYYNNY"),
    "image without class and status": Case((image(AT_24_H, "", ""),), "NYNYNY"),
    "parenchymal haematoma of type 1": Case((image(AT_24_H, "1C", "N"),), "NNYNYY"),
    "infarction of type 1": Case((image(AT_24_H, "1B", "N"),), "NNYNNY"),
    "remote haematoma": Case((image(AT_24_H, "3A", "N"),), "NNYNNY"),
    "second image inside": Case(
        (image(AT_24_H, "NONE", "N"), image(moment(hours=40), "2", "Y")), "YNYNYY"
    ),
    "second image outside": Case(
        (image(AT_24_H, "NONE", "N"), image(moment(hours=60), "2", "Y")), "NNNNNY"
    ),
}


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    edits: dict[str, list[Edit]] = {
        name: [drop("ich"), *(add("ich", **row) for row in case.images)]
        for name, case in CASES.items()
    }
    return derive_cases(plan, edits)


@pytest.mark.parametrize("name", CASES)
def test_haemorrhage_within_48_hours(derived: Derived, name: str) -> None:
    columns = ("SICH48FL", "SICHUNFL", "ICH48FL", "ICHUNFL", "PH48FL", "ICHIMGFL")
    flags = derived.values(name, *columns)
    assert "".join(map(str, flags)) == CASES[name].flags


@pytest.mark.parametrize("name", CASES)
def test_contradictory_imaging_is_queried(derived: Derived, name: str) -> None:
    assert derived.queries(name) == sorted(CASES[name].queries)
