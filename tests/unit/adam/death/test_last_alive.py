"""The last day known alive, and who is known alive on day 90 (SAP 9.1, 6)."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    Derived,
    Edit,
    add,
    day,
    derive_cases,
    died,
    drop,
    moment,
    put,
    score,
)

IV = {"EXSEQ": "1", "EXDAY": "2", "EXSTDTC": moment(hours=49)}
QUIET = (drop("mrs"), drop("ds"), drop("ich"), drop("ex"))
"""Nothing after day 0."""

CASES: dict[str, tuple[tuple[Edit, ...], tuple[int, str]]] = {
    "as planned": ((), (90, "Y")),
    "nothing but the randomisation": (QUIET, (0, "N")),
    "a dose on day 2": (
        (*QUIET, add("ex", **IV, EXDOSE="140")), (2, "N")),
    "a dose not given": (
        (*QUIET, add("ex", **IV, EXDOSE="0")), (0, "N")),
    "NIHSS on day 7": ((*QUIET, add("nihss", VISIT="D7", NIHDTC=moment(hours=24 * 7))), (7, "N")),
    "imaging on day 1": ((*QUIET, add("ich", ICHDTC=moment(hours=24))), (1, "N")),
    "EQ-5D on day 90": ((*QUIET, add("eq5d", VISIT="D90", EQDTC=day(90))), (90, "Y")),
    "EQ-5D on day 89": ((*QUIET, add("eq5d", VISIT="D90", EQDTC=day(89))), (89, "N")),
    "mRS on day 130": ((*QUIET, score(day(130), "3")), (130, "Y")),
    "an mRS without a score": ((*QUIET, score(day(95), "")), (0, "N")),
    "adverse event, ended": (
        (*QUIET, add("ae", AESEQ="1", AETERM="x", AESTDTC=day(3), AEENDTC=day(8))), (8, "N")),
    "adverse event, fatal": (
        (*QUIET, add("ae", AESEQ="1", AETERM="x", AESTDTC=day(3), AEENDTC=day(8), AEOUT="FATAL")),
        (3, "N")),
    "adverse event, partial date": (
        (*QUIET, add("ae", AESEQ="1", AETERM="x", AESTDTC=day(40)[:7])), (0, "N")),
    "completed on day 92": ((*QUIET, add("ds", DSDECOD="COMPLETED", DSSTDTC=day(92))), (92, "Y")),
    "lost on day 92": ((*QUIET, add("ds", DSDECOD="LOST TO FOLLOW-UP", DSSTDTC=day(92))), (0, "N")),
    "died on day 90": ((died(90),), (90, "N")),
    "died on day 91": ((*QUIET, died(91)), (0, "Y")),
    "died on day 20, an assessment on day 30": (
        (*QUIET, died(20), add("eq5d", VISIT="D90", EQDTC=day(30))), (20, "N")),
    "procedure the day after": ((*QUIET, put("evt", RECANDTC=moment(hours=20))), (1, "N")),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, {name: edits for name, (edits, _) in CASES.items()})


@pytest.mark.parametrize("name", CASES)
def test_last_day_alive(derived: Derived, name: str) -> None:
    assert derived.values(name, "LSTALVDY", "ALV90FL") == CASES[name][1]
