"""The safety set, the arm as treated, and the queries on doses (SAP 3.2, 3.3)."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    Derived,
    Edit,
    add,
    derive_cases,
    died,
    drop,
    moment,
    put,
    randomised_to,
)

MPSS, PLACEBO = "K-MPSS", "K-PLACEBO"


def dose(exseq: int, **cells: str) -> Edit:
    return put("ex", {"EXSEQ": str(exseq)}, **cells)


def treated_at(minutes: int) -> str:
    return moment(minutes=minutes)


AS_TREATED: dict[str, tuple[list[Edit], tuple[str | None, str]]] = {
    # (arm as treated, safety set); all but one are randomised to MPSS
    "own kit": ([], ("MPSS", "Y")),
    "placebo, own kit": ([randomised_to("PLACEBO")], ("PLACEBO", "Y")),
    "first dose from the other arm's kit": ([dose(1, EXKIT=PLACEBO)], ("PLACEBO", "Y")),
    "later dose from the other arm's kit": ([dose(2, EXKIT=PLACEBO)], ("MPSS", "Y")),
    "first dose not given, the next from the other arm's kit": (
        [dose(1, EXDOSE="0"), dose(2, EXKIT=PLACEBO)], ("PLACEBO", "Y")),
    "earliest start, whatever its number": (
        [dose(3, EXKIT=PLACEBO, EXSTDTC=treated_at(10))], ("PLACEBO", "Y")),
    "same start, smaller number": (
        [dose(3, EXKIT=PLACEBO, EXSTDTC=treated_at(20))], ("MPSS", "Y")),
    "undated dose comes last": ([dose(1, EXKIT=PLACEBO, EXSTDTC="")], ("MPSS", "Y")),
    "all undated, smallest number": (
        [put("ex", EXSTDTC=""), dose(1, EXKIT=PLACEBO)], ("PLACEBO", "Y")),
    "numbers compared as numbers": (
        [put("ex", EXSTDTC=""), dose(1, EXSEQ="10"), dose(2, EXKIT=PLACEBO)], ("PLACEBO", "Y")),
    "kit blank": ([dose(1, EXKIT="")], ("MPSS", "Y")),
    "placebo, kit blank": ([randomised_to("PLACEBO"), dose(1, EXKIT="")], ("PLACEBO", "Y")),
    "kit on no list": ([dose(1, EXKIT="K-12345")], ("MPSS", "Y")),
    "kit blank, next dose from the other arm's kit": (
        [dose(1, EXKIT=""), dose(2, EXKIT=PLACEBO)], ("MPSS", "Y")),
    "all doses 0": ([put("ex", EXDOSE="0")], (None, "N")),
    "all doses empty": ([put("ex", EXDOSE="")], (None, "N")),
    "no record of a dose": ([drop("ex")], (None, "N")),
    "one small dose": ([put("ex", EXDOSE="0"), dose(4, EXDOSE="0.1")], ("MPSS", "Y")),
    "a dose of an unknown day": ([put("ex", EXDOSE="0"), dose(4, EXDOSE="5", EXDAY="")],
                                 ("MPSS", "Y")),
}  # fmt: skip

UNKNOWN_KIT = ["kit_unknown ex.EXKIT"]
EARLY, OFF = ["dose_before_randomisation ex.EXSTDTC"], ["dose_planned_off ex.EXPDOSE"]

QUERIED: dict[str, tuple[list[Edit], list[str]]] = {
    "dose at randomisation": ([dose(1, EXSTDTC=moment())], []),
    "dose a minute before randomisation": ([dose(1, EXSTDTC=moment(minutes=-1))], EARLY),
    "dose of 0 before randomisation": ([dose(1, EXSTDTC=moment(minutes=-1), EXDOSE="0")], []),
    # 70 kg: 140 mg, so 126 and 154 mg are 10 % off
    "planned 10 % below": ([dose(2, EXPDOSE="126")], []),
    "planned 10 % above": ([dose(2, EXPDOSE="154")], []),
    "planned over 10 % below": ([dose(2, EXPDOSE="125.9")], OFF),
    "planned over 10 % above": ([dose(2, EXPDOSE="154.1")], OFF),
    # 64.7 kg: 129.4 mg; 142.34 and 116.46 mg are 10 % off, which binary numbers do not hold
    "10 % of a decimal": (
        [put("dm", WEIGHT="64.7"), dose(2, EXPDOSE="142.34"), dose(3, EXPDOSE="116.46"),
         dose(4, EXPDOSE="129.4")], []),
    "two planned doses off": ([dose(2, EXPDOSE="100"), dose(3, EXPDOSE="100")], OFF * 2),
    "intra-arterial dose planned otherwise": ([dose(1, EXPDOSE="60")], []),
    "planned dose, weight missing": ([put("dm", WEIGHT="")], []),
    "planned dose missing": ([dose(2, EXPDOSE="")], []),
    "planned dose and weight missing": (
        [put("dm", WEIGHT=""), dose(2, EXPDOSE="")], ["criterion_missing ex.EXPDOSE"]),
    "planned dose and weight missing, not given": (
        [put("dm", WEIGHT=""), put("ex", EXPDOSE="", EXDOSE="0")], []),
    "planned dose and weight missing, not due": (
        [put("dm", WEIGHT=""), dose(4, EXPDOSE="", EXDOSE="0"), died(3), drop("mrs")], []),
    "planned dose negative": ([add("ex", EXSEQ="5", EXDAY="1", EXROUTE="IV", EXPDOSE="-5")], OFF),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: edits for name, (edits, _) in (AS_TREATED | QUERIED).items()})


@pytest.mark.parametrize("name", AS_TREATED)
def test_arm_as_treated_is_that_of_the_first_dose_given(derived: Derived, name: str) -> None:
    assert derived.values(name, "TRT01A", "SAFFL") == AS_TREATED[name][1]


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("own kit", []),
        ("kit blank", UNKNOWN_KIT),
        ("kit on no list", UNKNOWN_KIT),
        ("kit blank, next dose from the other arm's kit", UNKNOWN_KIT),
        ("first dose from the other arm's kit", []),
        ("no record of a dose", []),
    ],
)
def test_unknown_kit_of_the_first_dose_is_queried(
    derived: Derived, name: str, queries: list[str]
) -> None:
    assert derived.queries(name) == queries


@pytest.mark.parametrize("name", QUERIED)
def test_dose_queries(derived: Derived, name: str) -> None:
    assert derived.queries(name) == QUERIED[name][1]


def test_a_dose_before_randomisation_still_counts(derived: Derived) -> None:
    name = "dose a minute before randomisation"
    assert derived.reasons(name) == {}
    assert derived.value(name, "SAFFL") == "Y"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("own kit", moment(minutes=20)),
        ("earliest start, whatever its number", treated_at(10)),
        ("undated dose comes last", moment(hours=24)),
    ],
)
def test_treatment_starts_with_the_first_dose_given(
    derived: Derived, name: str, start: str
) -> None:
    assert f"{derived.value(name, 'TRTSDTM'):%Y-%m-%dT%H:%M}" == start


def test_treatment_of_undated_doses_has_no_start(derived: Derived) -> None:
    assert derived.value("all undated, smallest number", "TRTSDTM") is None
