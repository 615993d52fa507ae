"""The eligibility criteria as the data show them, on both sides of every limit (SAP 3.2)."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import Derived, Edit, add, day, derive_cases, drop, moment, put


def onset(minutes_before: int) -> Edit:
    return put("bl", LKWDTC=moment(minutes=-minutes_before))


def consent(text: str) -> Edit:
    return put("dm", RFICDTC=text)


def procedure(minutes: int) -> Edit:
    return put("evt", PUNCDTC=moment(minutes=-200), RECANDTC=moment(minutes=-200 + minutes))


def bl(**cells: str) -> Edit:
    return put("bl", **cells)


def evt(**cells: str) -> Edit:
    return put("evt", **cells)


MET: dict[str, list[Edit]] = {
    "no fault": [],
    "age 18": [put("dm", AGE="18")],
    "age 80": [put("dm", AGE="80")],
    "known well 24 h before": [onset(24 * 60)],
    "known well at randomisation": [onset(0)],
    "ICA": [bl(OCCLOC="ICA")],
    "M1": [bl(OCCLOC="M1")],
    "M2": [bl(OCCLOC="M2")],
    "NIHSS 6": [bl(NIHSSBL="6")],
    "ASPECTS 3": [bl(ASPECTS="3")],
    **{f"eTICI {grade}": [evt(ETICI=grade)] for grade in ("2B50", "2B67", "2C", "3")},
    "consent in the minute of randomisation": [consent(moment())],
    "consent dated the same day": [consent(day(0))],
    "consent dated the same month": [consent(day(0)[:7])],
    "consent dated the same year": [consent(day(0)[:4])],
    "consent unreadable": [consent("see file")],
    "prestroke mRS 1": [bl(MRSPRE="1")],
    "anticoagulated, INR 1.7": [bl(ANTICOAG="Y", INR="1.7")],
    "not anticoagulated, INR 3": [bl(INR="3.0")],
    "INR 3, anticoagulation unknown": [bl(ANTICOAG="", INR="3.0")],
    "eGFR 30, creatinine 220": [bl(EGFR="30", CREAT="220")],
    "glucose 2.8": [bl(GLUC="2.8")],
    "glucose 22.2": [bl(GLUC="22.2")],
    "puncture to recanalisation 90 min": [procedure(90)],
    "recanalised before puncture": [procedure(-5)],
    "3 passes": [evt(PASSES="3")],
    "criterion without an answer": [add("ie", IETESTCD="IN03", IEORRES="")],
}

BROKEN: dict[str, tuple[list[Edit], dict[str, str]]] = {
    "age 17": ([put("dm", AGE="17")], {"IN01": "AGE=17"}),
    "age 81": ([put("dm", AGE="81")], {"IN01": "AGE=81"}),
    # 24 h and a minute = 24 + 1/60 h
    "known well 24 h and a minute before": ([onset(24 * 60 + 1)], {"IN02": "LKWRNDH=24.0167"}),
    "known well a minute after": ([onset(-1)], {"IN02": "LKWRNDH=-0.0166667"}),
    "occlusion elsewhere": ([bl(OCCLOC="OTHER")], {"IN03": "OCCLOC=OTHER"}),
    "NIHSS 5": ([bl(NIHSSBL="5")], {"IN04": "NIHSSBL=5"}),
    "ASPECTS 2": ([bl(ASPECTS="2")], {"IN05": "ASPECTS=2"}),
    **{f"eTICI {g}": ([evt(ETICI=g)], {"IN06": f"ETICI={g}"}) for g in ("0", "1", "2A")},
    "consent empty": ([consent("")], {"IN07": "RFICDTC=; RANDDTM=2025-03-10T10:00"}),
    "consent a minute late": (
        [consent(moment(minutes=1))],
        {"IN07": "RFICDTC=2025-03-10T10:01; RANDDTM=2025-03-10T10:00"},
    ),
    "consent dated the next day": (
        [consent(day(1))], {"IN07": "RFICDTC=2025-03-11; RANDDTM=2025-03-10T10:00"}),
    "consent dated the next month": (
        [consent("2025-04")], {"IN07": "RFICDTC=2025-04; RANDDTM=2025-03-10T10:00"}),
    "consent dated the next year": (
        [consent("2026")], {"IN07": "RFICDTC=2026; RANDDTM=2025-03-10T10:00"}),
    "no row in dm": ([drop("dm")], {"IN07": "RFICDTC=; RANDDTM=2025-03-10T10:00"}),
    "prestroke mRS 2": ([bl(MRSPRE="2")], {"EX02": "MRSPRE=2"}),
    "anticoagulated, INR 1.71": (
        [bl(ANTICOAG="Y", INR="1.71")], {"EX06": "ANTICOAG=Y; INR=1.71"}),
    "eGFR 29.9": ([bl(EGFR="29.9")], {"EX08": "EGFR=29.9; CREAT=80"}),
    "creatinine 220.1": ([bl(CREAT="220.1")], {"EX08": "EGFR=90; CREAT=220.1"}),
    "creatinine 221, eGFR missing": ([bl(CREAT="221", EGFR="")], {"EX08": "EGFR=; CREAT=221"}),
    "glucose 2.79": ([bl(GLUC="2.79")], {"EX10": "GLUC=2.79"}),
    "glucose 22.3": ([bl(GLUC="22.3")], {"EX10": "GLUC=22.3"}),
    **{f"angiography {c}": ([evt(DSACOMP=c)], {"EX14": f"DSACOMP={c}"})
       for c in ("PERFORATION", "DISSECTION", "EXTRAVASATION")},
    "puncture to recanalisation 91 min": ([procedure(91)], {"EX15A": "PUNCRECM=91"}),
    "4 passes": ([evt(PASSES="4")], {"EX15B": "PASSES=4"}),
    "inclusion answered N": ([add("ie", IETESTCD="IN03", IEORRES="N")], {"IE": "IN03=N"}),
    "exclusion answered Y": ([add("ie", IETESTCD="EX05", IEORRES="Y")], {"IE": "EX05=Y"}),
    "two answers against": (
        [add("ie", IETESTCD="IN03", IEORRES="N"), add("ie", IETESTCD="EX05", IEORRES="Y")],
        {"IE": "EX05=Y; IN03=N"},
    ),
    "answered both ways": (
        [add("ie", IETESTCD="IN03", IEORRES="Y"), add("ie", IETESTCD="IN03", IEORRES="N")],
        {"IE": "IN03=N"},
    ),
    "three criteria": (
        [put("dm", AGE="81"), bl(NIHSSBL="5"), evt(PASSES="4")],
        {"IN01": "AGE=81", "IN04": "NIHSSBL=5", "EX15B": "PASSES=4"},
    ),
}  # fmt: skip

CHECKED = {
    "dm.AGE": "IN01", "bl.LKWDTC": "IN02", "bl.OCCLOC": "IN03", "bl.NIHSSBL": "IN04",
    "bl.ASPECTS": "IN05", "evt.ETICI": "IN06", "bl.MRSPRE": "EX02", "bl.ANTICOAG": "EX06",
    "bl.EGFR": "EX08", "bl.CREAT": "EX08", "bl.GLUC": "EX10", "evt.DSACOMP": "EX14",
    "evt.PUNCDTC": "EX15A", "evt.RECANDTC": "EX15A", "evt.PASSES": "EX15B",
}  # fmt: skip
"""The columns that a criterion needs."""


def missing(column: str) -> Edit:
    table, name = column.split(".")
    return put(table, **{name: ""})


OTHERS: dict[str, list[Edit]] = {
    "no row in bl": [drop("bl")],
    "no row in evt": [drop("evt")],
    "INR missing": [bl(INR="")],
    "INR missing when anticoagulated": [bl(INR="", ANTICOAG="Y")],
    "age not a whole number": [put("dm", AGE="80.5")],
    "NIHSS off the scale": [bl(NIHSSBL="43")],
}


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    broken = {name: edits for name, (edits, _) in BROKEN.items()}
    unknown = {f"{column} missing": [missing(column)] for column in CHECKED}
    return derive_cases(plan, MET | broken | unknown | OTHERS)


@pytest.mark.parametrize("name", MET)
def test_criteria_met(derived: Derived, name: str) -> None:
    assert derived.reasons(name) == {}


@pytest.mark.parametrize("name", BROKEN)
def test_criteria_broken(derived: Derived, name: str) -> None:
    assert derived.reasons(name) == BROKEN[name][1]


@pytest.mark.parametrize("column", CHECKED)
def test_a_missing_value_is_a_query_and_no_violation(derived: Derived, column: str) -> None:
    name = f"{column} missing"
    assert derived.reasons(name) == {}
    assert derived.queries(name) == [f"criterion_missing {column}"]
    query = next(query for query in derived.data.queries if query.key == f"SUBJID={name}")
    assert f"criterion {CHECKED[column]} cannot be checked" in query.message


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("no fault", []),
        ("consent unreadable", ["dm.RFICDTC"]),
        ("consent empty", []),  # a reason, not a query
        ("consent dated the same month", []),
        ("INR missing", []),
        ("INR missing when anticoagulated", ["bl.INR"]),
        ("INR 3, anticoagulation unknown", ["bl.ANTICOAG"]),
        ("age not a whole number", ["dm.AGE"]),
        ("NIHSS off the scale", ["bl.NIHSSBL"]),
        ("no row in bl", [column for column in CHECKED if column.startswith("bl")]),
        ("no row in evt", [column for column in CHECKED if column.startswith("evt")]),
    ],
)
def test_what_cannot_be_checked_is_queried(derived: Derived, name: str, columns: list[str]) -> None:
    assert derived.queries(name) == sorted(f"criterion_missing {column}" for column in columns)
