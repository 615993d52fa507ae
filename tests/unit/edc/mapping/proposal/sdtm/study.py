"""Data sets of SDTM of another study, by hand: other domains, codes and flags than simulated ones.

QS has flags of the baseline, MH history and events, DS several milestones, and no domain has most
columns of the baseline table.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

SUBJECTS = [f"ABC-{site}-{number:03d}" for site in (11, 12) for number in range(1, 16)]
Rows = list[dict[str, str]]
ANSWERS = {
    "dm.SUBJID": "USUBJID", "dm.SITEID": "SITEID", "dm.AGE": "AGE", "dm.SEX": "SEX",
    "dm.RFICDTC": "ds DSTERM=INFORMED CONSENT OBTAINED DSSTDTC",
    "rand.SUBJID": "USUBJID", "rand.RANDDTC": "DSSTDTC", "ds.SUBJID": "USUBJID",
    "ds.DSDECOD": "DSDECOD", "ds.DSSTDTC": "DSSTDTC", "cm.SUBJID": "USUBJID",
    "cm.CMSEQ": "CMSEQ",
    "cm.CMTRT": "CMTRT", "cm.CMSTDTC": "CMSTDTC", "nihss.SUBJID": "USUBJID",
    "nihss.VISIT": "VISIT", "nihss.NIHDTC": "QSDTC", "nihss.NIHSS": "QSORRES",
    "bl.HTN": "mh MHTERM=HYPERTENSION MHOCCUR", "bl.DIAB": "mh MHTERM=DIABETES MHOCCUR",
    "bl.ANTIPLT": "cm CMTRT=ANTIPLATELET CMOCCUR", "bl.SMOKE": "su SUTRT=SMOKING SUOCCUR",
    "bl.GLUC": "GLUC", "bl.CREAT": "CREAT", "bl.SUBJID": "USUBJID",
    "bl.NIHSSBL": "qs QSTESTCD=NIHSS QSBLFL=Y QSORRES",
    "evt.PUNCDTC": "PRSTDTC", "evt.SUBJID": "USUBJID", "evt.PASSES": "supppr QNAM=NPASS QVAL",
    "dd.DTHDTC": "dm  DTHDTC", "dd.SUBJID": "USUBJID", "dd.DTHCAUS": "DDORRES",
}  # fmt: skip
"""By table and column what is in which variable; of what is looked up: source, rows, variable."""


def write_study(folder: Path) -> None:
    """Write the data sets as CSV, one a domain."""
    data = {
        "dm": _number(_dm), "ds": _number(_ds), "mh": _number(_mh), "cm": _number(_cm),
        "su": _number(_su), "qs": _number(_qs), "lb": _number(_lb), "pr": _number(_pr),
        "dd": _number(_dd), "supppr": _number(_supppr),
    }  # fmt: skip
    for name, rows in data.items():
        frame = pd.DataFrame(rows).fillna("")
        frame.to_csv(folder / f"{name}.csv", index=False)


def _number(rows_of: object) -> Rows:
    made = [
        {"STUDYID": "ABC", "USUBJID": subject} | row
        for at, subject in enumerate(SUBJECTS)
        for row in rows_of(at)  # type: ignore[operator]
    ]
    counts: dict[str, int] = {}
    for row in made:
        if domain := row.get("DOMAIN"):
            counts[row["USUBJID"]] = counts.get(row["USUBJID"], 0) + 1
            row[f"{domain}SEQ"] = str(counts[row["USUBJID"]])
    return made


def _day(at: int, month: int, time: str = "") -> str:
    return f"2026-{month:02d}-{at % 27 + 1:02d}{time}"


def _dm(at: int) -> Rows:
    died = _day(at, 5) if at < 6 else ""
    return [{
        "DOMAIN": "DM", "SITEID": SUBJECTS[at][4:6], "AGE": str(55 + at), "SEX": "FM"[at % 2],
        "RFSTDTC": _day(at, 3), "DTHDTC": died, "DTHFL": "Y" if died else "",
    }]  # fmt: skip


def _ds(at: int) -> Rows:
    kinds = [
        ("PROTOCOL MILESTONE", "INFORMED CONSENT OBTAINED", _day(at, 3, f"T08:{at + 10}")),
        ("PROTOCOL MILESTONE", "RANDOMIZED", _day(at, 3, f"T10:{at + 10}")),
        ("DISPOSITION EVENT", "DEATH" if at < 6 else "COMPLETED", _day(at, 6)),
    ]
    return [
        {"DOMAIN": "DS", "DSTERM": what, "DSDECOD": what, "DSCAT": kind, "DSSTDTC": when}
        for kind, what, when in kinds
    ]


def _mh(at: int) -> Rows:
    asked = {"HYPERTENSION": "YN"[at % 2], "DIABETES": "NY"[at % 3 == 0], "GOUT": "N"}
    history = [
        {"DOMAIN": "MH", "MHTERM": term, "MHPRESP": "Y", "MHOCCUR": answer}
        for term, answer in asked.items()
    ]
    told = [{"DOMAIN": "MH", "MHTERM": f"Fracture {at}", "MHSTDTC": "2019"}] if at % 2 else []
    return [*history, *told]


def _cm(at: int) -> Rows:
    asked = {"DOMAIN": "CM", "CMTRT": "ANTIPLATELET", "CMPRESP": "Y", "CMOCCUR": "YN"[at % 2]}
    given = {"DOMAIN": "CM", "CMTRT": f"Drug {at % 4}", "CMSTDTC": _day(at, 3)}
    return [asked, given]


def _su(at: int) -> Rows:
    return [{"DOMAIN": "SU", "SUTRT": "SMOKING", "SUPRESP": "Y", "SUOCCUR": "NY"[at % 2]}]


def _qs(at: int) -> Rows:
    visits = [
        ("SCREENING", "Y", 3, at % 20 + 5),
        ("24 HOURS", "", 3, at % 25),
        ("DAY 7", "", 4, at),
    ]
    return [
        {
            "DOMAIN": "QS", "QSTESTCD": "NIHSS", "QSTEST": "Baseline NIHSS" if flag else "NIHSS",
            "QSCAT": "NIH STROKE SCALE", "QSORRES": str(score), "VISIT": visit, "QSBLFL": flag,
            "QSDTC": _day(at, month, "T09:00"),
        }
        for visit, flag, month, score in visits
    ]  # fmt: skip


def _lb(at: int) -> Rows:
    tests = {"GLUC": ("Glucose", str(5 + at % 4)), "CREAT": ("Creatinine", str(70 + at))}
    return [
        {"DOMAIN": "LB", "LBTESTCD": code, "LBTEST": test, "LBORRES": value, "VISIT": "SCREENING"}
        for code, (test, value) in tests.items()
    ]


def _pr(at: int) -> Rows:
    done = {"DOMAIN": "PR", "PRTRT": "THROMBECTOMY", "PRSTDTC": _day(at, 3, f"T11:{at + 10}")}
    asked = {"DOMAIN": "PR", "PRTRT": "STENT", "PRPRESP": "Y", "PROCCUR": "N"}
    return [asked, done]


def _supppr(at: int) -> Rows:
    return [{
        "RDOMAIN": "PR", "IDVAR": "PRSEQ", "IDVARVAL": "2", "QNAM": "NPASS",
        "QLABEL": "Number of passes", "QVAL": str(at % 4 + 1),
    }]  # fmt: skip


def _dd(at: int) -> Rows:
    cause = {"DOMAIN": "DD", "DDTESTCD": "PRCDTH", "DDTEST": "Cause", "DDORRES": "Oedema"}
    return [cause] if at < 6 else []
