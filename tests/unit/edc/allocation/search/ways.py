# ruff: noqa: E501  one way a line, as a table
"""Ways to hide the allocation in an export, for the tests of what finds it.

A way changes the tables of a simulated trial, in memory, given who is treated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.config import load_mapping, load_plan
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.allocation.pattern.randomised import Randomised
from analysis.edc.allocation.refusal import search_files
from analysis.edc.allocation.search.files import SearchedFile, describe_file
from analysis.edc.allocation.search.findings import Finding
from analysis.edc.allocation.search.names import search_notes
from analysis.edc.allocation.search.subjects import find_randomised
from analysis.edc.layout import load_layout
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.simulate import simulate_trial

CONFIG = Path(__file__).parents[5] / "config"
PLAN = load_plan(CONFIG / "trial.yaml")
MAPPING = load_mapping(CONFIG / "edc.yaml")
LAYOUT = load_layout()
RATIO = PLAN.trial.allocation_ratio
MENTIONS = build_mentions(PLAN.arms)

Tables = dict[str, LabelledTable]
Way = Callable[["Trial"], Tables]


@dataclass(frozen=True)
class Trial:
    """The tables of a trial and who is treated, by SUBJID."""

    tables: Tables
    treated: dict[str, bool]

    def sides(self, table: str) -> np.ndarray:
        """Whether the subject of each row of a table is treated."""
        return self.tables[table].texts["SUBJID"].map(self.treated).fillna(False).to_numpy(bool)

    def add(self, table: str, column: str, cells: list[str]) -> Tables:
        """The tables with one more column."""
        return self.change(table, **{column: cells})

    def change(self, table: str, **columns: list[str]) -> Tables:
        """The tables with columns of one of them set."""
        content = self.tables[table]
        texts = content.texts.assign(**{k: pd.Series(v, dtype=str) for k, v in columns.items()})
        return {**self.tables, table: replace(content, texts=texts)}


@cache
def make_trial(n: int, sites: int, fault_rate: float | None = None) -> Trial:
    """A simulated trial of the shipped plan with its true allocation."""
    changes = {"n": n, "sites": sites}
    if fault_rate is not None:
        changes["fault_rate"] = fault_rate
    trial = simulate_trial(PLAN.model_copy(update={"demo": PLAN.demo.model_copy(update=changes)}))
    arm = trial.lists["randomisation_list"].set_index("RANDNO")["ARM"]
    rand = trial.tables["rand"]
    treated = dict(
        zip(rand["SUBJID"], rand["RANDNO"].map(arm) == PLAN.arms.treatment.code, strict=True)
    )
    tables = {
        name: LabelledTable(table.reset_index(drop=True)) for name, table in trial.tables.items()
    }
    return Trial(tables, treated)


def describe(tables: Tables) -> list[SearchedFile]:
    """The tables as files of an export."""
    return [
        describe_file(f"{name}.csv", name, content, MAPPING, LAYOUT)
        for name, content in tables.items()
    ]


def search(tables: Tables) -> list[Finding]:
    """What the search of a blinded run finds in these tables."""
    files = describe(tables)
    return _search(files, find_randomised(files, MAPPING))


def search_changed(trial: Trial, way: Way) -> list[Finding]:
    """What the search finds in the files and columns that a way changes."""
    tables = way(trial)
    subjects = find_randomised(describe(tables), MAPPING)
    changed = {
        name: _keep_changed(table, trial.tables.get(name))
        for name, table in tables.items()
        if table is not trial.tables.get(name)
    }
    return _search(describe(changed), subjects)


def _keep_changed(new: LabelledTable, old: LabelledTable | None) -> LabelledTable:
    if old is None or len(new.texts) != len(old.texts):
        return new
    kept = [
        column
        for column in new.texts
        if column == "SUBJID" or column not in old.texts or not new.texts[column].equals(old.texts[column])
    ]  # fmt: skip
    return replace(new, texts=new.texts[kept])


def _search(files: list[SearchedFile], subjects: Randomised | None) -> list[Finding]:
    notes = search_notes(files, MENTIONS, subjects)
    return [*notes, *search_files(files, subjects, MAPPING, LAYOUT, PLAN.arms, RATIO)]


def _pair(table: str, column: str, one: str, other: str) -> Way:
    return lambda trial: trial.add(
        table, column, [one if side else other for side in trial.sides(table)]
    )


def _imperfect(
    one: str, other: str, *, missing: float = 0, wrong: float = 0, rare: str = ""
) -> Way:
    def change(trial: Trial) -> Tables:
        rng = np.random.default_rng(5)
        side = trial.sides("dm")
        side = side ^ (rng.random(len(side)) < wrong)
        cells = np.where(side, one, other).astype(object)
        cells[rng.random(len(side)) < missing] = rare
        return trial.add("dm", "X1", list(cells))

    return change


def _numbered(make: Callable[[int, bool, str], str], table: str = "dm", column: str = "X1") -> Way:
    """Cells made of the number of the row, the side and the subject."""

    def change(trial: Trial) -> Tables:
        ids = trial.tables[table].texts["SUBJID"]
        rows = zip(range(len(ids)), map(bool, trial.sides(table)), ids, strict=True)
        return trial.change(table, **{column: [make(*row) for row in rows]})

    return change


def _rng(key: str) -> np.random.Generator:
    return np.random.default_rng(int(hashlib.sha256(key.encode()).hexdigest()[:8], 16))


def _draw(key: str, low: int, high: int) -> int:
    return int(_rng(key).integers(low, high))


def _file_per_arm(trial: Trial) -> Tables:
    bl, side = trial.tables["bl"].texts, trial.sides("bl")
    made = {name: LabelledTable(bl[rows][["SUBJID", "SBP"]].reset_index(drop=True))
            for name, rows in (("vitals1", side), ("vitals2", ~side))}  # fmt: skip
    return {**trial.tables, **made}


def _one_file(trial: Trial) -> Tables:
    bl, side = trial.tables["bl"].texts, trial.sides("bl")
    return {
        **trial.tables,
        "extra": LabelledTable(bl[side][["SUBJID", "SBP"]].reset_index(drop=True)),
    }


def _rows_of_one_arm(trial: Trial) -> Tables:
    ie, side = trial.tables["ie"].texts, trial.sides("ie")
    kept = ~((ie["IETESTCD"] == "EX15") & side)
    return {**trial.tables, "ie": LabelledTable(ie[kept].reset_index(drop=True))}


def _sorted(table: str, by: tuple[str, ...] = ()) -> Way:
    def change(trial: Trial) -> Tables:
        texts = trial.tables[table].texts.assign(SIDE=trial.sides(table))
        if "SITE" in by:
            texts["SITE"] = texts["SUBJID"].str[:2]
        ordered = texts.sort_values([*by, "SIDE"], kind="stable").drop(columns=["SIDE", *by])
        return {**trial.tables, table: LabelledTable(ordered.reset_index(drop=True))}

    return change


def _interleaved(trial: Trial) -> Tables:
    texts, side = trial.tables["evt"].texts, trial.sides("evt")
    place = np.where(side, 2 * np.cumsum(side), 2 * np.cumsum(~side) + 1)
    return {
        **trial.tables,
        "evt": LabelledTable(texts.iloc[np.argsort(place)].reset_index(drop=True)),
    }


def _list_by(column: str) -> Way:
    """A file of its own, by number of randomisation or kit, without the subject."""

    def change(trial: Trial) -> Tables:
        rand, side = trial.tables["rand"].texts, trial.sides("rand")
        made = pd.DataFrame({"NO": rand[column], "V": np.where(side, "P", "Q")}, dtype=str)
        return {
            **trial.tables,
            "dump": LabelledTable(made.sort_values("NO").reset_index(drop=True)),
        }

    return change


def _by_position(trial: Trial) -> Tables:
    made = pd.DataFrame({"V": np.where(trial.sides("rand"), "P", "Q")}, dtype=str)
    return {**trial.tables, "dump": LabelledTable(made)}


def _site_codes(trial: Trial) -> Tables:
    ids, side = trial.tables["dm"].texts["SUBJID"], trial.sides("dm")
    cells = [
        f"L{int(subject[:2]) * 2 + (_draw(subject[:2], 0, 2) ^ int(s))}"
        for subject, s in zip(ids, side, strict=True)
    ]
    return trial.add("dm", "LOT", cells)


def _lock_and_key(trial: Trial) -> Tables:
    side = trial.sides("dm")
    key = np.random.default_rng(3).random(len(side)) < 0.5
    return trial.change(
        "dm", V1=list(np.where(key, "P", "Q")), V2=list(np.where(key ^ side, "P", "Q"))
    )


def _blanks(table: str, column: str) -> Way:
    def change(trial: Trial) -> Tables:
        texts = trial.tables[table].texts
        cells = texts.get(column, pd.Series("x", index=texts.index))
        return trial.change(table, **{column: list(np.where(trial.sides(table), cells, ""))})

    return change


def _shifted(table: str, column: str, to: str, minutes: int) -> Way:
    def change(trial: Trial) -> Tables:
        texts = trial.tables[table].texts
        times = pd.to_datetime(texts[column], errors="coerce")
        moved = times + pd.to_timedelta(np.where(trial.sides(table), minutes, 0), unit="min")
        return trial.change(table, **{to: list(moved.dt.strftime("%Y-%m-%dT%H:%M").fillna(""))})

    return change


def _labelled(
    values: dict[str, str], column: str = "X1", label: str = "", notes: tuple[str, ...] = ()
) -> Way:
    def change(trial: Trial) -> Tables:
        side = trial.sides("dm")
        tables = trial.add(
            "dm", column, list(np.where(side, "1", "2")) if values else ["1"] * len(side)
        )
        labels, names = ({column: values} if values else {}), ({column: label} if label else {})
        return {
            **tables,
            "dm": replace(tables["dm"], labels=names, value_labels=labels, notes=notes),
        }

    return change


def _many_codes(trial: Trial) -> Tables:
    side = trial.sides("dm")
    draw = np.random.default_rng(8).integers(0, 3, len(side))
    return trial.add(
        "dm", "X1", [("ace" if s else "bdf")[d] for s, d in zip(side, draw, strict=True)]
    )


def _spread_labels(trial: Trial) -> Tables:
    """Codes without a pattern, whose labels put them together."""
    tables = _many_codes(trial)
    labels = {code: ("P" if code in "ace" else "Q") for code in "abcdef"}
    return {**tables, "dm": replace(tables["dm"], value_labels={"X1": labels})}


def _medication_of_one_arm(trial: Trial) -> Tables:
    cm = trial.tables["cm"].texts
    treated = [subject for subject, side in trial.treated.items() if side]
    rows = pd.DataFrame({c: ["" for _ in treated] for c in cm}, dtype=str)
    rows = rows.assign(SUBJID=treated, CMSEQ="9", CMTRT="氢化可的松", CMCLAS="OTHER")
    return {**trial.tables, "cm": LabelledTable(pd.concat([cm, rows], ignore_index=True))}


def _diaries(trial: Trial) -> Tables:
    """Words in free texts of nearly everybody."""
    side = trial.sides("dm")
    texts = [
        f"pat. reports dose {i}, {'on MPSS' if s else 'on PLACEBO'} since day 1"
        for i, s in enumerate(side)
    ]
    return trial.add("dm", "X1", texts)


PAIRS = [
    ("A", "B"), ("1", "2"), ("T", "C"), ("0", "1"), ("Y", "N"), ("是", "否"), ("X", "Y"), ("I", "II"),
    ("red", "blue"), ("绿", "黄"), ("MPSS 40 mg", "placebo 40 mg"), ("甲泼尼龙", "安慰剂"),
    ("Solu-Medrol", "saline"), ("MPSS.", "PLACEBO."), ("[MPSS]", "[PLACEBO]"),
    ("M\u200bPSS", "PLA\u200bCEBO"), ("МРЅЅ", "РLАСЕВО"), ("M P S S", "P L A C E B O"),
    ("p.l.a.c.e.b.o", "m.p.s.s"), ("\uff2d\uff30\uff33\uff33", "placebo"), ("mp\u00adss", "pla\u00adcebo"), ("plac3b0", "mp55"),
    ("1.0", "2.0"), ("1.0", "1.00"), ("10", "20"), ("true", "false"), ("left", "right"),
    ("active", "control"), ("试验", "对照"), ("verum", "scheinmedikament"), ("甲强龙组", "对照组"),
    ("生理盐水", "甲基强的松龙"), ("ΜΡSS", "ΡLΑCΕΒΟ"), ("high", "low"), ("a1f3", "9bc0"),
    (hashlib.md5(b"1").hexdigest(), hashlib.md5(b"2").hexdigest()), ("\u200b1", "1\u200b1"), ("3", "7"),
    ("M", "F"), ("𝐌𝐏𝐒𝐒", "𝐏𝐋𝐀𝐂𝐄𝐁𝐎"), ("ⓂⓅⓈⓈ", "ⓅⓁⒶⒸⒺⒷⓄ"),
]  # fmt: skip
NAMES = [
    "bras", "Gruppe", "Therapiearm", "药物", "编组", "RANDCODE", "DRUG", "UNBLINDED_TRT", "treatment received", "ARM2", "分组", "组", "traitement", "brazo", "gruppo", "Behandlung", "RX", "IMPCODE", "KITTYPE", "bottle", "臂", "投与群", "배정군", "группа", "SEQ_CD", "COHORT",
]  # fmt: skip

WAYS: dict[str, Way] = {
    **{f"values {one!a} and {other!a}": _pair("dm", "X1", one, other) for one, other in PAIRS},
    **{f"column {name}": _pair("dm", name, "1", "0") for name in NAMES},
    **{f"in {table}": _pair(table, "X1", "P", "Q")
       for table in ("rand", "bl", "ie", "evt", "ex", "nihss", "mrs", "eq5d", "ich", "ds", "screening")},
    "2 % missing": _imperfect("P", "Q", missing=0.02),
    "5 % missing": _imperfect("1", "0", missing=0.05),
    "20 % missing": _imperfect("P", "Q", missing=0.2),
    "2 % exchanged": _imperfect("P", "Q", wrong=0.02),
    "4 % exchanged": _imperfect("1", "0", wrong=0.04),
    "missing and exchanged": _imperfect("1", "0", wrong=0.02, missing=0.03),
    "a rare third code": _imperfect("P", "Q", missing=0.03, rare="U"),
    "a rare third flag": _imperfect("1", "0", missing=0.03, rare="9"),
    "a suffix": _numbered(lambda i, side, key: f"{key}{'A' if side else 'B'}"),
    "a suffix of the identifier": _numbered(lambda i, side, key: f"{key}-{int(side) + 1}"),
    "a prefix": _numbered(lambda i, side, key: f"{'K' if side else 'M'}{_draw(key, 1000, 9999)}"),
    "a letter inside": _numbered(lambda i, side, key: f"{i:04d}{'X' if side else 'Z'}{_draw(key, 10, 99)}"),
    "odd and even": _numbered(lambda i, side, key: str(2 * _draw(key, 500, 5000) + side)),
    "ranges of numbers": _numbered(lambda i, side, key: str(_draw(key, 1000, 1500) + 600 * side)),
    "kits below and above": _numbered(lambda i, side, key: f"{_draw(key, 0, 600) + 601 * side:05d}", "rand", "KITNO"),
    "kits with a letter": _numbered(lambda i, side, key: f"{i:04d}{'P' if side else 'Q'}", "rand", "KITNO"),
    "odd and even kits": _numbered(lambda i, side, key: f"{2 * i + side:05d}", "rand", "KITNO"),
    "kits used with a letter": _numbered(lambda i, side, key: f"{'T' if side else 'V'}{key}", "ex", "EXKIT"),
    "numbers of randomisation": _numbered(lambda i, side, key: f"{i:04d}{int(side)}", "rand", "RANDNO"),
    "lower and upper case": _numbered(lambda i, side, key: f"kit{i}x" if side else f"KIT{i}X"),
    "lengths": _numbered(lambda i, side, key: f"{_draw(key, 100, 999)}" + "0" * side),
    "decimals": _numbered(lambda i, side, key: f"{_draw(key, 100, 999)}.{'50' if side else '5'}"),
    "a dash": _numbered(lambda i, side, key: f"K{i:04d}" if side else f"K-{i:04d}"),
    "digits 0-4 and 5-9": _numbered(lambda i, side, key: f"{_draw(key, 100, 999)}{_draw(key, 0, 5) + 5 * side}"),
    "volumes": _numbered(lambda i, side, key: f"{1.0 + side + _draw(key, 0, 5) / 100:.2f}", "ex", "VOL"),
    "two clusters": _numbered(lambda i, side, key: f"{20 + 30 * side + _rng(key).normal(0, 3):.1f}"),
    "doses of the layout": _numbered(lambda i, side, key: "40" if side else "0", "ex", "EXDOSE"),
    "sex": _numbered(lambda i, side, key: "M" if side else "F", "dm", "SEX"),
    "side": _numbered(lambda i, side, key: "L" if side else "R", "bl", "OCCSIDE"),
    "hypertension": _numbered(lambda i, side, key: "Y" if side else "N", "bl", "HTN"),
    "reasons": _numbered(lambda i, side, key: "as planned" if side else "per protocol", "ex", "EXREAS"),
    "hour of the dose": _shifted("rand", "RANDDTC", "X1", 7),
    "days": _shifted("rand", "RANDDTC", "X1", 1440),
    "weeks": _shifted("rand", "RANDDTC", "X1", 10080),
    "odd minutes": _numbered(lambda i, side, key: f"2026-0{_draw(key, 1, 9)}-1{_draw(key, 0, 9)}T10:{2 * _draw(key, 5, 29) + side:02d}"),
    "seconds": _numbered(lambda i, side, key: f"2026-0{_draw(key, 1, 9)}-11T10:{_draw(key, 10, 59)}:{30 * int(side):02d}"),
    "blank cells": _blanks("dm", "X1"),
    "blank cells of the layout": _blanks("bl", "SBP"),
    "a file for either arm": _file_per_arm,
    "a file for one arm": _one_file,
    "a row that one arm lacks": _rows_of_one_arm,
    "order of rows": _sorted("evt"),
    "order of rows of many": _sorted("mrs"),
    "order of rows within sites": _sorted("evt", ("SITE",)),
    "rows in turn": _interleaved,
    "a list by number": _list_by("RANDNO"),
    "a list by kit": _list_by("KITNO"),
    "a list without a number": _by_position,
    "two codes a site": _site_codes,
    "a lock and its key": _lock_and_key,
    "six codes": _many_codes,
    "labels that put codes together": _spread_labels,
    "labels of values": _labelled({"1": "MPSS", "2": "Placebo"}),
    "labels of values in words": _labelled({"1": "got MPSS 40 mg", "2": "got placebo"}),
    "label of the column": _labelled({}, label="Gruppe"),
    "label of the column with a word": _labelled({}, label="dose of Medrol"),
    "a note": _labelled({}, notes=("01-001 01-002 placebo, others MPSS",)),
    "a file label": _labelled({}, notes=("subjects on placebo",)),
    "a medication of one arm": _medication_of_one_arm,
    "words in free texts": _diaries,
}  # fmt: skip
