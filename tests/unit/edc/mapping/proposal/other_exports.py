"""Exports by hand, of no system: other names, other words, other shapes than those that are known.

Each gives what is in which column, so that a proposal can be held against it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import xlsxwriter

SUBJECTS = [f"{site}-{number:03d}" for site in (11, 12) for number in range(1, 16)]
Answers = dict[str, str]


def write_hospital_csv(folder: Path) -> Answers:
    """Files of an English data centre: semicolons, days first, decimal numbers, full words."""
    n = len(SUBJECTS)
    patients = pd.DataFrame(
        {
            "Patient Number": SUBJECTS,
            "Hospital": [s[:2] for s in SUBJECTS],
            "Age at Consent": [str(55 + i) for i in range(n)],
            "Gender": ["female" if i % 2 else "male" for i in range(n)],
            "Body weight (kg)": [f"{60 + i}.5" for i in range(n)],
            "Date randomised": [f"{i % 27 + 1:02d}/03/2026 10:{i + 10}" for i in range(n)],
            "Rand. no.": [f"R{100 + i}" for i in range(n)],
            "Systolic BP": [str(130 + i) for i in range(n)],
            "Diastolic BP": [str(70 + i) for i in range(n)],
            "Arterial hypertension": ["yes" if i % 3 else "no" for i in range(n)],
            "Prior antiplatelet": ["no" if i % 3 else "yes" for i in range(n)],
            "Free remarks": ["" for _ in range(n)],
        }
    )
    follow_up = pd.DataFrame(
        {
            "Patient Number": [s for s in SUBJECTS for _ in range(2)],
            "Time point": ["Month 1", "Month 3"] * n,
            "Rankin date": [f"{i % 27 + 1:02d}.0{4 + 2 * (i % 2)}.2026" for i in range(2 * n)],
            "Rankin score": [str(i % 7) for i in range(2 * n)],
            "Contact mode": ["Telephone" if i % 2 else "In person" for i in range(2 * n)],
            "Assessed by": ["Core lab" if i % 2 else "Investigator" for i in range(2 * n)],
        }
    )
    patients.to_csv(folder / "patients.csv", sep=";", index=False)
    follow_up.to_csv(folder / "modified Rankin.csv", sep=";", index=False)
    return {
        "dm.SUBJID": "Patient Number", "dm.SITEID": "Hospital", "dm.AGE": "Age at Consent",
        "dm.SEX": "Gender", "dm.WEIGHT": "Body weight (kg)", "rand.RANDNO": "Rand. no.",
        "rand.RANDDTC": "Date randomised", "bl.SBP": "Systolic BP", "bl.DBP": "Diastolic BP",
        "bl.HTN": "Arterial hypertension", "bl.ANTIPLT": "Prior antiplatelet",
        "mrs.SUBJID": "Patient Number", "mrs.VISIT": "Time point", "mrs.MRSDTC": "Rankin date",
        "mrs.MRS": "Rankin score", "mrs.MRSMODE": "Contact mode", "mrs.MRSSRC": "Assessed by",
    }  # fmt: skip


def write_chinese_workbook(folder: Path) -> Answers:
    """A workbook of a Chinese centre, with words that no shape of the demonstration trial has."""
    n = len(SUBJECTS)
    sheets = {
        "一般资料": {
            "患者编号": SUBJECTS,
            "医院": [s[:2] for s in SUBJECTS],
            "患者年龄": [str(55 + i) for i in range(n)],
            "患者性别": ["男性" if i % 2 else "女性" for i in range(n)],
            "身高(cm)": [str(160 + i) for i in range(n)],
        },
        "死亡登记": {
            "患者编号": SUBJECTS[:6],
            "死亡日期": [f"2026/5/{i + 1}" for i in range(6)],
            "主要死因": ["脑疝"] * 6,
        },
        "量表随访": {
            "患者编号": [s for s in SUBJECTS for _ in range(2)],
            "随访时间点": ["30天", "90天"] * n,
            "改良Rankin评分": [str(i % 7) for i in range(2 * n)],
            "mRS评估日期": [f"2026/{4 + 2 * (i % 2)}/{i % 27 + 1}" for i in range(2 * n)],
            "随访方式": ["电话随访" if i % 2 else "门诊随访" for i in range(2 * n)],
        },
    }
    with xlsxwriter.Workbook(folder / "数据.xlsx") as book:
        for name, columns in sheets.items():
            sheet = book.add_worksheet(name)
            for at, (header, cells) in enumerate(columns.items()):
                sheet.write_column(0, at, [header, *cells])
    return {
        "dm.SUBJID": "患者编号", "dm.SITEID": "医院", "dm.AGE": "患者年龄", "dm.SEX": "患者性别",
        "dm.HEIGHT": "身高(cm)", "dd.DTHDTC": "死亡日期", "dd.DTHCAUS": "主要死因",
        "mrs.SUBJID": "患者编号", "mrs.VISIT": "随访时间点", "mrs.MRS": "改良Rankin评分",
        "mrs.MRSDTC": "mRS评估日期", "mrs.MRSMODE": "随访方式",
    }  # fmt: skip


def write_spss(folder: Path) -> Answers:
    """An SPSS file whose names say nothing: labels of variables and values say all."""
    n = len(SUBJECTS)
    frame = pd.DataFrame(
        {
            "v001": SUBJECTS,
            "v002": [float(i % 2 + 1) for i in range(n)],
            "v003": [float(55 + i) for i in range(n)],
            "v004": [float(i % 4 + 1) for i in range(n)],
            "v005": [float(110 + i) for i in range(n)],
            "v006": [float(i % 2 + 1) for i in range(n)],
            "v007": [float(i % 22 + 3) for i in range(n)],
        }
    )
    labels = [
        "Subject number", "Sex", "Age in years", "Occluded vessel", "Glucose (mg/dL)",
        "History of diabetes", "NIHSS at admission",
    ]  # fmt: skip
    values = {
        "v002": {1.0: "Women", 2.0: "Man"},
        "v004": {1.0: "Internal carotid artery", 2.0: "M1", 3.0: "M2", 4.0: "Other"},
        "v006": {1.0: "Yes", 2.0: "No"},
    }
    pyreadstat.write_sav(
        frame, str(folder / "stroke.sav"), column_labels=labels, variable_value_labels=values
    )
    return {
        "bl.SUBJID": "v001", "bl.OCCLOC": "v004", "bl.GLUC": "v005", "bl.DIAB": "v006",
        "bl.NIHSSBL": "v007", "dm.SUBJID": "v001", "dm.SEX": "v002", "dm.AGE": "v003",
    }  # fmt: skip


def write_wide(folder: Path) -> None:
    """Visits side by side, as a statistician's own file has them; no dictionary."""
    n = len(SUBJECTS)
    wide = pd.DataFrame(
        {
            "patient_id": SUBJECTS,
            "mrs_score_day30": [str(i % 7) for i in range(n)],
            "mrs_date_day30": [f"2026-04-{i % 27 + 1:02d}" for i in range(n)],
            "mrs_score_day90": [str(i % 6) for i in range(n)],
            "mrs_date_day90": [f"2026-06-{i % 27 + 1:02d}" for i in range(n)],
            "nihss_total_24h": [str(i % 30) for i in range(n)],
            "nihss_total_d7": [str(i % 20) for i in range(n)],
        }
    )
    wide.to_csv(folder / "outcomes.csv", index=False)


EXPORTS = {
    "hospital": write_hospital_csv,
    "chinese": write_chinese_workbook,
    "spss": write_spss,
}
