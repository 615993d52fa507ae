"""Short keys give the same table to the package and to its check, on messy exports."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from analysis.config import Mapping
from tests.unit.qc.from_export.reading.queries.both_engines import (
    map_table,
    require_same,
    write_source,
)

IDS = ["S1", "S2", "s2", "", "Ünal 3", "S-4", "O'Neil", '5"', "王 6", "S7"]
HEADER = ["Record_ID", "event", 'mrs "day 90"', "Größe", "mrs_date", "mrs_time", "at___1", "at___2",
          "nihss_1", "nihss_2", "dt_1", "dt_2"]  # fmt: skip
DATES = ["2026-01-05", "05.01.2026", "", "?"]
TICKS = ["1", "0", "", "Checked", "unchecked", "ja", "?", "是", "Ｙ", "X"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = random.Random(7)

    def pick(*texts: str) -> str:
        return chance.choice(texts)

    rows = [
        [pick(*IDS), pick("bl", "day_90", "DAY_90", ""), pick("0", "3", "6", "", " 2 "),
         pick("LOCAL", "CENTRAL", ""), pick(*DATES), pick("10:00", "", "9:5"), pick(*TICKS),
         pick(*TICKS), pick("4", "", "12"), pick("5", ""), pick(*DATES), pick(*DATES)]
        for _ in range(300)
    ]  # fmt: skip
    write_source(tmp_path / "edc", "redcap", HEADER, rows)
    for site in ("site_02", "site_01"):
        part = [[pick(*IDS), f"{site}-{i}", pick("Y", "N", "")] for i in range(40)]
        write_source(tmp_path / "edc", site, ["SubjID", "SCRNO", "Sex"], part)
    screening = [[f"site_01-{i}", f"S{i}", pick("x", "")] for i in range(0, 40, 3)]
    write_source(
        tmp_path / "edc", "screening", ["scr", "SUBJ", "x"], [*screening, ["", "lost", ""]]
    )
    vitals = [[text, pick("70", ""), f"{i}"] for i, text in enumerate([*IDS[:5], "S99"])]
    write_source(tmp_path / "edc", "vitals", ["RECORD_ID", "WEIGHT", "event"], vitals)
    history = [[text, pick("Y", "N"), "h"] for text in ("S7", "S2", "S100", "")]
    write_source(tmp_path / "edc", "history", ["record_id", "SMOKE", "note"], history)
    asked = ("HYPER'TENSION", "diabetes", "Diabetes")
    answers = [[text, term, "", pick("Y", "N", "")] for text in IDS for term in asked]
    write_source(
        tmp_path / "edc", "answers", ["ID", "Term", "VISIT", "Occur"],
        [*answers, ["S1", asked[0], "V2", "later"]],
    )  # fmt: skip
    write_source(
        tmp_path / "edc",
        "visits",
        ["pid", "v"],
        [["65", "1"], ["0-0", "01"], ["A007-10", "1"], ["", "1"], ["007", "2"], ["70", ""]],
    )
    write_source(
        tmp_path / "edc",
        "zeros",
        ["id", "v", "subject"],
        [
            ["00065", "1", "S1"],
            ["000-00", "1", "S2"],
            ["A7-010", "001", "S3"],
            ["0007", "3", "S4"],
            ["7", "2", "S5"],
            ["70", "", "S6"],
            ["", "1", "S7"],
        ],
    )
    labs = [[pick(*IDS[:3]), pick("V1", "V2"), f"i{i % 4}", str(i)] for i in range(4)]
    write_source(tmp_path / "edc", "labs", ["S", "V", "ITEM", "VAL"], labs)
    return tmp_path / "edc"


MRS = {"source": "redcap", "columns": {"SUBJID": "record_id", "MRS": 'MRS "DAY 90"'}}
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "rows": ("mrs", MRS | {"rows": "event = 'day_90' AND \"mrs \"\"day 90\"\"\" <> ''"}),
    "names of the layout in rows": (
        "mrs", MRS | {"rows": "MRS IN ('3', '6') OR VISIT = 'D30'", "constants": {"VISIT": "D90"}},
    ),
    "dates with times": (
        "ich",
        MRS | {"columns": {"SUBJID": "RECORD_ID", "ICHDTC": "mrs_date"},
               "times": {"ICHDTC": "mrs_time"}},
    ),
    "boxes": (
        "bl",
        {"source": "redcap", "columns": {"SUBJID": "record_id"},
         "checkboxes": {"OCCLOC": {"AT___1": "M1", "at___2": "it's"}}},
    ),
    "sources by a pattern": ("dm", {"source": "site_*", "rows": "sex = 'Y'"}),
    "sources by a list": ("dm", {"sources": ["site_02", "site_01"], "constants": {"RACE": "A'B"}}),
    "a value looked up": (
        "dm",
        {"sources": ["site_01"],
         "lookup": {"SUBJID": {"source": "screening", "match": {"scrno": "SCR"}, "take": "subj"}}},
    ),
    "two values looked up, one by two columns": (
        "dm",
        {"sources": ["site_01", "site_02"], "rows": "SCRNO LIKE 'site%2%'",
         "lookup": {"SUBJID": {"source": "screening", "match": {"SCRNO": "scr"}, "take": "subj"},
                    "SEX": {"source": "screening", "match": {"SCRNO": "scr", "sex": "x"},
                            "take": "x"}}},
    ),
    "answers looked up among rows of others": (
        "bl",
        {"source": "site_01", "columns": {"SUBJID": "SubjID"}, "lookup": {
            "HTN": {"source": "answers", "match": {"SUBJID": "id"}, "take": "occur",
                    "where": {"term": "HYPER'TENSION", "Visit": ""}, "not_found": "empty"},
            "DIAB": {"source": "answers", "match": {"subjid": "ID"}, "take": "OCCUR",
                     "where": {"TERM": "diabetes"}}}},
    ),
    "a value looked up without zeros": (
        "dm",
        {"source": "visits", "columns": {"SEX": "v"}, "lookup": {"SUBJID": {
            "source": "zeros", "match": {"pid": "id", "v": "v"}, "take": "subject",
            "leading_zeros": "ignore"}}},
    ),
    "sources joined": (
        "dm",
        {"source": "vitals", "columns": {"SUBJID": "record_id"}, "rows": "WEIGHT <> '70'",
         "join": {"sources": ["history"], "by": ["Record_id"]}},
    ),
    "three sources joined, columns of the same name": (
        "dm",
        {"source": "redcap", "columns": {"SUBJID": "record_id", "SEX": "vitals.event"},
         "rows": "\"redcap.event\" <> 'bl'",
         "join": {"sources": ["vitals", "history"], "by": ["record_id"]}},
    ),
    "two joined before the own": (
        "dm",
        {"source": "history", "columns": {"SUBJID": "record_id"},
         "join": {"sources": ["vitals"], "by": ["RECORD_ID"]}},
    ),
    "visits side by side": (
        "nihss",
        {"source": "redcap", "columns": {"SUBJID": "record_id"}, "rows": "event <> 'bl'",
         "stack": [
             {"columns": {"NIHSS": "nihss_{n}", "NIHDTC": "dt_{n}"},
              "constants": {"VISIT": "D{n}"}, "numbers": [1, 2]},
             {"columns": {"NIHSS": 'mrs "day 90"'}, "constants": {"VISIT": "BASELINE"},
              "rows": "mrs_date = '?'"}]},
    ),
    "empty blocks kept, numbers moved": (
        "nihss",
        {"source": "redcap", "columns": {"SUBJID": "record_id"},
         "stack": [{"columns": {"NIHSS": "nihss_{n+1}", "NIHDTC": "dt_{n}"}, "empty": "keep",
                    "constants": {"VISIT": "{n-1}/{n+10}"}, "rows": "nihss_{n} <> '5'",
                    "numbers": [1]}]},
    ),
    "a visit from the name of the file": (
        "dm", {"source": "site_*", "columns": {"SITEID": "_FILE", "SCRNO": "_row"}},
    ),
    "rows of one value": ("bl", {"source": "lab", "columns": {"SUBJID": "S", "GLUC": "I0"},
                                 "rows": "v = 'V1' OR v LIKE '%2'"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_make_the_same_table(folder: Path, mapping: Mapping, name: str) -> None:
    table, spec = CASES[name]
    rows_by = {"key": ["s", "V"], "item": "item", "value": "Val"}
    mapped = map_table(mapping, table, spec, lab={"file": "labs.csv", "rows_by": rows_by})
    assert require_same(folder, mapped, table)
