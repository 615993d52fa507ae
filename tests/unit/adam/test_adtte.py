"""Time to death, and the last day known alive (SAP 9.1): both sides of every boundary."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    Edit,
    SmallExport,
    add,
    day,
    derive_cases,
    died,
    drop,
    moment,
    put,
    randomised_to,
    score,
)

QUIET = (drop("evt"), drop("ex"), drop("mrs"), drop("ich"), drop("ds"))
"""Nothing is known of the subject after randomisation."""
DIED, LATER, ALIVE, LAST = (
    "died", "died later", "known alive on the last day", "last day known alive",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Edits of a quiet subject, then AVAL, CNSR and what is said of it."""

    edits: tuple[Edit, ...]
    time: int
    censored: int
    words: str


def censored(time: int, *edits: Edit, words: str = LAST) -> Case:
    return Case(edits, time, 1, words)


def event(start: str, end: str, outcome: str = "RECOVERED") -> Edit:
    return add("ae", AESEQ="1", AETERM="x", AESTDTC=start, AEENDTC=end, AEOUT=outcome)


def in_ds(state: str, number: int) -> Edit:
    return add("ds", DSDECOD=state, DSSTDTC=day(number))


def dose(number: int, mg: str) -> Edit:
    return add("ex", EXSEQ="1", EXROUTE="IV", EXDAY="3", EXSTDTC=moment(hours=24 * number),
               EXDOSE=mg, EXKIT="K-MPSS")  # fmt: skip


DAY_50 = moment(hours=50 * 24)
CASES = {
    "nothing after randomisation": censored(0),
    "death on day 0": Case((died(0),), 0, 0, DIED),
    "death before randomisation": Case((died(-2),), 0, 0, DIED),
    "death on day 89": Case((died(89),), 89, 0, DIED),
    "death on day 90": Case((died(90),), 90, 0, DIED),
    "death on day 91": censored(90, died(91), words=LATER),
    "death on day 90 in ds alone": Case((in_ds("DEATH", 90),), 90, 0, DIED),
    "death by mRS alone": Case((score(day(40), "6", visit="D30"),), 40, 0, DIED),
    "fatal event alone": Case((event(day(40), day(60), "FATAL"),), 60, 0, DIED),
    "signs of life after the death": Case(
        (died(30), score(day(50), "3", visit="D30")), 30, 0, DIED
    ),
    "undated death": Case(
        (add("ds", DSDECOD="DEATH", DSSTDTC=""), dose(12, "10")), 13, 0, DIED
    ),
    "undated death, alive on day 92": censored(
        90, add("ds", DSDECOD="DEATH", DSSTDTC=""), score(day(92), "2"), words=LATER
    ),
    "alive on day 89": censored(89, score(day(89), "2")),
    "alive on day 90": censored(90, score(day(90), "2"), words=ALIVE),
    "alive on day 91": censored(90, score(day(91), "2"), words=ALIVE),
    "puncture": censored(50, add("evt", PUNCDTC=DAY_50)),
    "recanalisation": censored(50, add("evt", PUNCDTC=moment(), RECANDTC=DAY_50)),
    "dose given": censored(50, dose(50, "1")),
    "dose of 0": censored(0, dose(50, "0")),
    "dose unknown": censored(0, dose(50, "")),
    "NIHSS": censored(50, add("nihss", VISIT="D7", NIHDTC=DAY_50, NIHSS="9")),
    "NIHSS without a score": censored(50, add("nihss", VISIT="D7", NIHDTC=DAY_50, NIHSS="")),
    "mRS of 5": censored(50, score(day(50), "5", visit="D30")),
    "mRS without a score": censored(0, score(day(50), "", visit="D30")),
    "local mRS": censored(50, score(day(50), "2", "LOCAL")),
    "EQ-5D": censored(50, add("eq5d", VISIT="D90", EQDTC=day(50))),
    "imaging": censored(50, add("ich", ICHDTC=DAY_50)),
    "start of an event": censored(50, event(day(50), "")),
    "start of a fatal event": Case((event(day(50), "", "FATAL"),), 51, 0, DIED),
    "partial start of an event": censored(0, event("2025-05", "")),
    "end of an event": censored(55, event(day(50), day(55))),
    "end of an event of unknown outcome": censored(55, event(day(50), day(55), "")),
    "partial end of an event": censored(50, event(day(50), "2025-06")),
    "completed": censored(50, in_ds("COMPLETED", 50)),
    "lost to follow-up": censored(0, in_ds("LOST TO FOLLOW-UP", 50)),
    "withdrawn": censored(0, in_ds("WITHDRAWAL BY SUBJECT", 50)),
    "medication tells nothing": censored(0, add("cm", CMSEQ="1", CMSTDTC=day(50))),
    "deviation tells nothing": censored(0, add("dv", DVSEQ="1", DVMAJOR="N")),
    "latest of several": censored(
        70, add("ich", ICHDTC=DAY_50), in_ds("COMPLETED", 60), event(day(1), day(70))
    ),
    "dates before randomisation": censored(0, score(day(-3), "2", visit="D30")),
}  # fmt: skip


@pytest.fixture(scope="module")
def adtte(plan: Plan) -> pd.DataFrame:
    cases = {name: (*QUIET, *case.edits) for name, case in CASES.items()}
    return derive_cases(plan, cases).data.adtte.set_index("SUBJID")


@pytest.mark.parametrize("name", CASES)
def test_time_and_censoring(adtte: pd.DataFrame, name: str) -> None:
    row, case = adtte.loc[name], CASES[name]
    assert (row["AVAL"], row["CNSR"], row["EVNTDESC"]) == (case.time, case.censored, case.words)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("death on day 90", day(90)),
        ("death before randomisation", day(-2)),
        ("death on day 91", day(90)),
        ("alive on day 91", day(90)),
        ("completed", day(50)),
    ],
)
def test_the_date_is_that_of_the_death_or_of_the_time(
    adtte: pd.DataFrame, name: str, date: str
) -> None:
    assert f"{adtte.at[name, 'ADT']:%Y-%m-%d}" == date


def test_the_source_of_a_death_is_named(adtte: pd.DataFrame) -> None:
    assert adtte.at["death on day 90", "SRCDOM"] == "dd"
    assert adtte.at["death on day 90 in ds alone", "SRCDOM"] == "ds"
    assert adtte.loc[adtte["CNSR"] == 1, "SRCDOM"].isna().all()


def test_every_subject_is_there_with_both_arms(plan: Plan) -> None:
    export = SmallExport()
    for subjid in ("A", "B", "C"):
        export.add_subject(subjid)
    randomised_to("PLACEBO")(export, "B")
    put("ex", EXKIT="K-PLACEBO")(export, "C")
    drop("ex")(export, "A")
    adtte = export.derive(plan).data.adtte
    assert list(adtte["SUBJID"]) == ["A", "B", "C"]
    assert list(adtte["TRT01P"]) == ["MPSS", "PLACEBO", "MPSS"]
    assert list(adtte["TRT01A"].fillna("")) == ["", "PLACEBO", "PLACEBO"]
    assert list(adtte["SAFFL"]) == ["N", "Y", "Y"]
    assert list(adtte["AVAL"]) == [90, 90, 90]


def test_the_last_day_is_that_of_the_plan(plan: Plan) -> None:
    earlier = plan.model_copy(update={"safety": plan.safety.model_copy(update={"death_day": 30})})
    cases = {"later": (*QUIET, died(31)), "on it": (*QUIET, died(30))}
    adtte = derive_cases(earlier, cases).data.adtte.set_index("SUBJID")
    assert (adtte.at["later", "AVAL"], adtte.at["later", "CNSR"]) == (30, 1)
    assert (adtte.at["on it", "AVAL"], adtte.at["on it", "CNSR"]) == (30, 0)
