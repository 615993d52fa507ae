"""One table as a file of another kind: all agrees; one planted value or a lost row differs."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

import pandas as pd
import pytest

from analysis.io.verdicts import Verdict
from analysis.simulate.exports.files.dataset_json import write_dataset_json
from analysis.simulate.exports.files.workbooks import write_workbook
from tests.unit.edc.sources.cdisc.odm.examples import wrap
from tests.unit.edc.sources.workbooks.handmade import opendocument
from tests.unit.qc.from_export.exported_trial import (
    Derived,
    ExportedTrial,
    describe_differing,
    find_differing,
)

Write = Callable[[Path, pd.DataFrame], None]


def write_lines(folder: Path, table: pd.DataFrame) -> None:
    """Dataset-JSON, a line a row."""
    write_dataset_json(folder / "mrs.json", "S", "MRS", table)
    whole = json.loads((folder / "mrs.json").read_text(encoding="utf-8"))
    rows = whole.pop("rows")
    lines = "".join(json.dumps(part) + "\n" for part in (whole, *rows))
    (folder / "mrs.json").unlink()
    (folder / "mrs.ndjson").write_text(lines, encoding="utf-8")


def write_odm(folder: Path, table: pd.DataFrame) -> None:
    """A snapshot with one item group."""
    items = "".join(f'<ItemDef OID="I.{c}" Name="{c}" DataType="text"/>' for c in table)
    refs = "".join(f'<ItemRef ItemOID="I.{c}" Mandatory="No"/>' for c in table)
    rows = "".join(
        f'<ItemGroupData ItemGroupOID="MRS" ItemGroupRepeatKey="{number}">'
        + "".join(f'<ItemData ItemOID="I.{c}" Value={quoteattr(row[c])}/>' for c in table)
        + "</ItemGroupData>"
        for number, row in enumerate(table.to_dict("records"), start=1)
    )
    study = (
        '<Study OID="S"><MetaDataVersion OID="V" Name="V"><ItemGroupDef OID="MRS" Name="M" '
        f'Repeating="Yes">{refs}</ItemGroupDef>{items}</MetaDataVersion></Study>'
    )
    data = (
        '<ClinicalData StudyOID="S" MetaDataVersionOID="V"><SubjectData SubjectKey="all">'
        f'<StudyEventData StudyEventOID="E"><FormData FormOID="F">{rows}</FormData>'
        "</StudyEventData></SubjectData></ClinicalData>"
    )
    (folder / "mrs.xml").write_text(wrap(study + data), encoding="utf-8")


def write_ods(folder: Path, table: pd.DataFrame) -> None:
    rows = [list(table.columns), *table.to_numpy().tolist()]
    listed = [opendocument.row(opendocument.texts(*row)) for row in rows]
    (folder / "mrs.ods").write_bytes(opendocument.ods(*listed))


def write_zip(folder: Path, table: pd.DataFrame) -> None:
    with ZipFile(folder / "export.zip", "w") as archive:
        archive.writestr("forms/mrs.csv", table.to_csv(index=False))


def write_gzip(folder: Path, table: pd.DataFrame) -> None:
    (folder / "mrs.csv.gz").write_bytes(gzip.compress(table.to_csv(index=False).encode()))


KINDS: dict[str, Write] = {
    "xlsx": lambda folder, table: write_workbook(
        folder / "book.xlsx", {"Notes": pd.DataFrame({"A": ["x"]}), "MRS": table},
        dates=["MRSDTC"], numbers=["MRS"],
    ),
    "ods": write_ods,
    "xml": write_odm,
    "json": lambda folder, table: write_dataset_json(
        folder / "mrs.json", "S", "MRS", table, ["MRS"]
    ),
    "ndjson": write_lines,
    "parquet": lambda folder, table: table.to_parquet(folder / "mrs.parquet"),
    "dta": lambda folder, table: table.to_stata(folder / "mrs.dta", write_index=False,
                                                version=118),
    "zip": write_zip,
    "gz": write_gzip,
}  # fmt: skip
QUICK = ("xlsx",)
"""Looked at by every run of the tests; the others wait for those at length."""


def swap(trial: ExportedTrial, folder: Path, write: Write, table: pd.DataFrame) -> ExportedTrial:
    """The trial with another table of scores, as another kind of file."""
    shutil.copytree(trial.edc, folder)
    (folder / "mrs.csv").unlink()
    write(folder, table)
    return replace(trial, edc=folder)


@pytest.fixture(scope="module")
def scores(trial: ExportedTrial) -> pd.DataFrame:
    return pd.read_csv(trial.edc / "mrs.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize(
    "kind",
    [pytest.param(each, marks=() if each in QUICK else pytest.mark.torture) for each in KINDS],
)
def test_one_value_read_otherwise_is_found(
    trial: ExportedTrial, derived: Derived, scores: pd.DataFrame, tmp_path: Path, kind: str
) -> None:
    right = swap(trial, tmp_path / "right", KINDS[kind], scores).check(derived)
    assert describe_differing(right) == []
    assert {item.reason for item in right if item.verdict is Verdict.NOT_CHECKED} == set()
    wrong = scores.copy()
    at = wrong.index[(wrong["VISIT"] == "D90") & wrong["MRS"].isin(["1", "2", "3"])][0]
    wrong.loc[at, "MRS"] = "0"
    found = find_differing(swap(trial, tmp_path / "wrong", KINDS[kind], wrong).check(derived))
    (reason,) = {item.reason for item in found.values() if item.level == "MRS90"}
    assert wrong.loc[at, "SUBJID"] in reason
