"""A made-up export of 160 subjects for section 9 of the plan, full of what its rules must decide.

Partial, missing and early dates of adverse events, deaths around day 90, subjects last seen by
every table in turn, doses without a date, kits of the other arm, doses not given, no weight.

    python make_export.py        writes export/*.csv and lists/*.csv; the same on every run
"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
N = 160
ARMS = ("MPSS", "PLACEBO")
KITS = {"MPSS": "K1", "PLACEBO": "K0"}
TERMS = (
    ("Pneumonia", "Infections and infestations"),
    ("Pneumonia aspiration", "Respiratory, thoracic and mediastinal disorders"),
    ("Urinary tract infection", "Infections and infestations"),
    ("Septic shock", "Infections and infestations"),
    ("Melaena", "Gastrointestinal disorders"),
    ("Gastrointestinal haemorrhage", "Gastrointestinal disorders"),
    ("BLOOD GLUCOSE INCREASED", "Investigations"),
    ("Hyperglycaemia", "Metabolism and nutrition disorders"),
    ("Brain herniation", "Nervous system disorders"),
    ("Decompressive craniectomy", "Surgical and medical procedures"),
    ("Headache", "Nervous system disorders"),
    ("", ""),
)
COLUMNS = {
    "dm": "SUBJID SITEID AGE SEX WEIGHT HEIGHT RFICDTC RFICBY",
    "rand": "SUBJID RANDNO RANDDTC KITNO",
    "bl": "SUBJID LKWDTC MRSPRE NIHSSBL ASPECTS OCCLOC OCCSIDE IVT TOAST SBP DBP GLUC CREAT EGFR "
    "INR HTN DIAB AFIB CAD STROKEHX SMOKE ANTIPLT ANTICOAG",
    "ie": "SUBJID IETESTCD IEORRES",
    "evt": "SUBJID PUNCDTC RECANDTC PASSES ETICI ANESTH RESCUE DSACOMP",
    "ex": "SUBJID EXSEQ EXROUTE EXDAY EXSTDTC EXPDOSE EXDOSE EXKIT EXREAS",
    "nihss": "SUBJID VISIT NIHDTC NIHSS",
    "mrs": "SUBJID VISIT MRSDTC MRSSRC MRSMODE MRS",
    "eq5d": "SUBJID VISIT EQDTC EQMO EQSC EQUA EQPD EQAD EQVAS",
    "ich": "SUBJID ICHDTC ICHTYPE SICH",
    "ae": "SUBJID AESEQ AETERM AEDECOD AEBODSYS AESTDTC AEENDTC AESEV AESER AEREL AEOUT AEACN",
    "ds": "SUBJID DSDECOD DSSTDTC",
    "dd": "SUBJID DTHDTC DTHCAUS",
    "dv": "SUBJID DVSEQ DVDECOD DVTERM DVMAJOR",
    "cm": "SUBJID CMSEQ CMTRT CMCLAS CMSTDTC CMENDTC",
}
LAST_SEEN = ("none", "evt", "ex", "nihss", "mrs", "eq5d", "ich", "ae", "ae end", "ds", "ds lost")
"""The table that holds the last sign of life of a subject who does not reach day 90."""

Row = dict[str, Any]


class Export:
    """Rows of every table, drawn subject by subject."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self.lists: list[Row] = []

    def pick(self, *values: Any, p: tuple[float, ...] | None = None) -> Any:
        return values[int(self.rng.choice(len(values), p=p))]

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def add(self, table: str, subjid: str, **cells: Any) -> None:
        self.rows[table].append({"SUBJID": subjid, **cells})

    def add_subject(self, number: int) -> None:
        subjid, arm = f"S{number:03d}", ARMS[number % 2]
        moment = datetime(2025, 1, 1, 8) + timedelta(days=int(self.rng.integers(0, 300)))
        moment += timedelta(minutes=int(self.rng.integers(0, 960)))
        self.lists.append({"RANDNO": f"R{number:03d}", "ARM": arm})
        self.add("rand", subjid, RANDNO=f"R{number:03d}", RANDDTC=stamp(moment), KITNO=KITS[arm])
        self._add_baseline(subjid, moment)
        self.add("ie", subjid, IETESTCD="IN01", IEORRES="Y")
        self.add("dv", subjid, DVSEQ=1, DVMAJOR="N")
        death = self._draw_death()
        end = self._add_follow_up(subjid, moment, death)
        self._add_doses(subjid, moment, arm, end)
        self._add_events(subjid, moment, end, death)

    def add_scores(self, seed: int) -> None:
        """NIHSS at 24 h and day 7 of most, by draws of their own. They have no date, so nobody is
        known to be alive by them; who has a row of the visit keeps it."""
        rng = np.random.default_rng(seed)
        taken = {(row["SUBJID"], row["VISIT"]) for row in self.rows["nihss"]}
        for row in self.rows["bl"]:
            score = int(row["NIHSSBL"] or 12)
            for visit in ("H24", "D7"):
                score = int(np.clip(score + rng.integers(-12, 8), 0, 42))
                if rng.random() < 0.85 and (row["SUBJID"], visit) not in taken:
                    self.add("nihss", row["SUBJID"], VISIT=visit, NIHSS=score)

    def _add_baseline(self, subjid: str, moment: datetime) -> None:
        weight = "" if self.chance(0.04) else f"{self.rng.uniform(45, 95):.1f}"
        age = int(self.rng.integers(40, 85))
        self.add(
            "dm",
            subjid,
            SITEID=self.pick("01", "02"),
            AGE=age,
            SEX=self.pick("M", "F"),
            WEIGHT=weight,
            RFICDTC=stamp(moment - timedelta(hours=1)),
        )
        known = moment - timedelta(minutes=int(self.rng.integers(60, 1400)))
        self.add(
            "bl",
            subjid,
            LKWDTC=stamp(known),
            MRSPRE=self.pick(0, 0, 0, 1, 2),
            NIHSSBL="" if self.chance(0.03) else int(self.rng.integers(6, 28)),
            ASPECTS=int(self.rng.integers(3, 11)),
            OCCLOC=self.pick("M1", "M1", "ICA", "M2"),
            IVT=self.pick("Y", "N"),
            ANTICOAG="N",
            GLUC=7,
            CREAT=80,
            EGFR=90,
            INR=1,
        )

    def _draw_death(self) -> int | None:
        """Day of death; many around day 90 and in the first days."""
        if not self.chance(0.38):
            return None
        return int(self.pick(-1, 0, 1, 2, 3, 89, 90, 91, 100, *self.rng.integers(2, 88, 27)))

    def _add_follow_up(self, subjid: str, moment: datetime, death: int | None) -> int:
        """Write visits and the end of follow-up; return the last day on which things happen."""
        if death is not None:
            self._add_death(subjid, moment, death)
            return death
        if self.chance(0.6):
            last = int(self.rng.integers(88, 98))
            self.add(
                "mrs",
                subjid,
                VISIT="D90",
                MRSDTC=date(moment, last),
                MRSSRC="CENTRAL",
                MRS=int(self.rng.integers(0, 6)),
            )
            self.add("ds", subjid, DSDECOD="COMPLETED", DSSTDTC=date(moment, last - 3))
            return last
        last = int(self.pick(0, 1, 30, 88, 89, 90, 91))
        self._add_last_sign(subjid, moment, last, self.pick(*LAST_SEEN))
        return last

    def _add_death(self, subjid: str, moment: datetime, death: int) -> None:
        where = self.pick("dd", "dd", "dd", "ds", "mrs", "undated")
        if where == "dd":
            self.add("dd", subjid, DTHDTC=date(moment, death))
        elif where == "mrs":
            self.add("mrs", subjid, VISIT="D30", MRSDTC=date(moment, death), MRSSRC="LOCAL", MRS=6)
        else:
            day = "" if where == "undated" else date(moment, death)
            self.add("ds", subjid, DSDECOD="DEATH", DSSTDTC=day)
        if death > 20:
            self.add(
                "nihss", subjid, VISIT="D7", NIHDTC=stamp(moment + timedelta(days=7)), NIHSS=12
            )

    def _add_last_sign(self, subjid: str, moment: datetime, last: int, table: str) -> None:
        day, time = date(moment, last), stamp(moment + timedelta(days=last))
        if table == "evt":
            self.add("evt", subjid, PUNCDTC=stamp(moment), RECANDTC=time, PASSES=1)
        elif table == "nihss":
            self.add("nihss", subjid, VISIT="D7", NIHDTC=time, NIHSS="")
        elif table == "mrs":
            self.add("mrs", subjid, VISIT="D30", MRSDTC=day, MRSSRC="LOCAL", MRS=3)
            later = date(moment, last + 1)
            self.add("mrs", subjid, VISIT="D90", MRSDTC=later, MRSSRC="LOCAL", MRS="")
        elif table == "eq5d":
            self.add("eq5d", subjid, VISIT="D90", EQDTC=day, EQMO=1)
        elif table == "ich":
            self.add("ich", subjid, ICHDTC=time, ICHTYPE="NONE", SICH="N")
        elif table == "ex":
            self.add("ex", subjid, EXSEQ=9, EXROUTE="IV", EXDAY=3, EXSTDTC=time, EXDOSE=0)
        elif table.startswith("ae"):
            start = day if table == "ae" else day[:7]
            end = "" if table == "ae" else day
            self.add(
                "ae",
                subjid,
                AESEQ=90,
                AETERM="x",
                AEDECOD="Headache",
                AESTDTC=start,
                AEENDTC=end,
                AEBODSYS="Nervous system disorders",
                AESER="N",
                AEOUT=self.pick("RECOVERED", "FATAL", ""),
            )
        elif table.startswith("ds"):
            state = "COMPLETED" if table == "ds" else "LOST TO FOLLOW-UP"
            self.add("ds", subjid, DSDECOD=state, DSSTDTC=day)

    def _add_doses(self, subjid: str, moment: datetime, arm: str, end: int) -> None:
        if self.chance(0.03):
            return
        kit = KITS[self.pick(*ARMS)] if self.chance(0.1) else KITS[arm]
        undated, weight = self.chance(0.05), self.rows["dm"][-1]["WEIGHT"]
        shift = self.pick(0, 0, 0, 0, 0, 0, 0, -2)  # first dose before randomisation
        for day in range(4):
            planned = 40.0 if day == 0 else (2 * float(weight) if weight else "")
            missed = (day > end) or self.chance(0.05)
            given = 0 if missed else (planned or 130.0) * self.pick(1, 1, 1, 1, 0.5, 1.2)
            when = moment + timedelta(days=day + (shift if day == 0 else 0), minutes=20)
            if missed and self.chance(0.5):
                continue
            self.add(
                "ex",
                subjid,
                EXSEQ=day + 1,
                EXROUTE="IA" if day == 0 else "IV",
                EXDAY=day,
                EXSTDTC="" if undated else stamp(when),
                EXPDOSE=planned,
                EXDOSE=f"{given:.2f}",
                EXKIT=kit,
            )
        if self.chance(0.1):
            self.add("ex", subjid, EXSEQ=8, EXROUTE="IV", EXDAY=1, EXSTDTC="", EXDOSE=5, EXKIT=kit)

    def _add_events(self, subjid: str, moment: datetime, end: int, death: int | None) -> None:
        for number in range(int(self.rng.poisson(2.0))):
            term, soc = self.pick(*TERMS)
            start = int(self.rng.integers(-4, max(end, 0) + 6))
            text, stop = date(moment, start), date(moment, start + int(self.rng.integers(-1, 9)))
            text = self.pick(text, text, text, text, text[:7], text[:4], "")
            stop = self.pick(stop, stop, stop[:7], "", "")
            fatal = death is not None and number == 0
            self.add(
                "ae",
                subjid,
                AESEQ=number + 1,
                AETERM="as written",
                AEDECOD=term,
                AEBODSYS=soc,
                AESTDTC=text,
                AEENDTC=stop,
                AESEV=self.pick("MILD", "MODERATE", "SEVERE", ""),
                AESER=self.pick("Y", "N", "N", ""),
                AEREL=self.pick("NOT RELATED", "UNLIKELY", "POSSIBLE", "PROBABLE", "DEFINITE", ""),
                AEOUT="FATAL" if fatal else self.pick("RECOVERED", "NOT RECOVERED", ""),
                AEACN=self.pick("DOSE NOT CHANGED", "DRUG WITHDRAWN", "NOT APPLICABLE", ""),
            )
        for _ in range(int(self.pick(0, 1, 1, 1, 2))):
            hours = float(self.pick(-0.02, 0, 12, 24, 30, 48, 48.02, 60))
            self.add(
                "ich",
                subjid,
                SICH=self.pick("Y", "N", "N", ""),
                ICHDTC="" if self.chance(0.05) else stamp(moment + timedelta(hours=hours)),
                ICHTYPE=self.pick("NONE", "NONE", "1A", "1B", "1C", "2", "3C", ""),
            )
        if self.chance(0.3):
            self.add("cm", subjid, CMSEQ=1, CMCLAS=self.pick("STEROID", "INSULIN", "OTHER", ""))


def stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def date(moment: datetime, day: int) -> str:
    return f"{moment + timedelta(days=day):%Y-%m-%d}"


def write_rows(path: Path, columns: list[str], rows: list[Row]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    export = Export(20260117)
    for number in range(1, N + 1):
        export.add_subject(number)
    export.add_scores(20261202)
    for table, columns in COLUMNS.items():
        write_rows(HERE / "export" / f"{table}.csv", columns.split(), export.rows[table])
    write_rows(HERE / "lists" / "randomisation_list.csv", ["RANDNO", "ARM"], export.lists)
    kits = [{"KITNO": kit, "ARM": arm} for arm, kit in KITS.items()]
    write_rows(HERE / "lists" / "kit_list.csv", ["KITNO", "ARM"], kits)


if __name__ == "__main__":
    main()
