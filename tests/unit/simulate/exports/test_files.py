"""What is particular to the files of the other shapes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from analysis.simulate.exports.files.transport import write_transport
from tests.unit.simulate.exports.conftest import WriteShape, read_csv

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"


def test_rave_has_twins_that_agree(written: WriteShape) -> None:
    doses = read_csv(written("rave")[0] / "csv" / "study_drug.csv")
    given = doses[doses["DOSE_DT_RAW"] != ""]
    assert given["DOSE_DT_RAW"].str.fullmatch(r"\d\d [A-Z]{3} \d{4} \d\d:\d\d").all()
    assert (given["DOSE_DT_INT"].str[:4] == given["DOSE_DT_YYYY"]).all()
    assert (given["DOSE_DT_RAW"].str[:2] == given["DOSE_DT_DD"]).all()
    assert set(zip(doses["DOSE_ROUTE"], doses["DOSE_ROUTE_STD"], strict=True)) <= {
        ("Intra-arterial", "1"), ("Intravenous", "2"), ("", ""),
    }  # fmt: skip


def test_rave_keeps_what_is_no_number_in_the_raw_twin_alone(written: WriteShape) -> None:
    subjects = read_csv(written("rave")[0] / "csv" / "demographics.csv")
    odd = subjects[subjects["BODY_WEIGHT_RAW"] == "65kg"]
    assert len(odd)
    assert set(odd["BODY_WEIGHT"]) == {""}
    assert set(subjects["BODY_WEIGHT_UNITS"]) == {"lb"}


def test_the_als_defines_every_field(written: WriteShape) -> None:
    book = CalamineWorkbook.from_path(written("rave")[0] / "als" / "IMPACT-LVO_ALS.xlsx")
    assert book.sheet_names[:3] == ["CRFDraft", "Forms", "Fields"]
    defined = {row[1] for row in book.get_sheet_by_name("Fields").to_python()[1:]}
    folder = written("rave")[0] / "csv"
    columns = {c for path in folder.glob("*.csv") for c in read_csv(path).columns}
    assert defined <= columns


def test_openclinica_is_nested_as_odm_wants(written: WriteShape) -> None:
    root = etree.parse(written("openclinica")[0] / "IMPACT-LVO_odm.xml").getroot()
    subjects = [e.get("SubjectKey") for e in root.iter(f"{ODM}SubjectData")]
    assert len(subjects) == len(set(subjects))
    for element, parent in (("FormData", "StudyEventData"), ("ItemGroupData", "FormData")):
        assert {e.getparent().tag for e in root.iter(ODM + element)} == {ODM + parent}
    defined = {e.get("OID") for e in root.iter(f"{ODM}ItemDef")}
    assert {e.get("ItemOID") for e in root.iter(f"{ODM}ItemData")} <= defined


def test_viedoc_has_labels_below_ids(written: WriteShape) -> None:
    table = read_csv(written("viedoc")[0] / "DEMOGRAPHICS.csv")
    assert table.loc[0, "SubjectId"] == "Subject Id"
    assert table.loc[0, "GENDERCD"] == "Sex - code"
    codes = table.iloc[1:][["GENDER", "GENDERCD"]].to_numpy().tolist()
    assert {("Male", "1"), ("Female", "2"), ("男", "")} == {tuple(pair) for pair in codes} - {
        ("", "")
    }


def test_the_workbook_has_dates_and_chinese_answers(written: WriteShape) -> None:
    folder = written("chinese_hospital")[0]
    (path,) = (folder / "xlsx").iterdir()
    book = CalamineWorkbook.from_path(path)
    header, *rows = book.get_sheet_by_name("mRS评分").to_python()
    days = {type(row[header.index("mRS评估日期")]).__name__ for row in rows}
    assert days == {"date", "str"}  # an empty cell is a text
    answers = read_csv(folder / "csv" / "入排标准.csv", encoding="gb18030")["是否符合"]
    assert set(answers) <= {"是", "否", "/", "未查"}


def test_sequence_numbers_of_sdtm_count_the_rows_of_a_subject(written: WriteShape) -> None:
    events, meta = pyreadstat.read_xport(written("sdtm")[0] / "xpt" / "ae.xpt")
    assert meta.table_name == "AE"
    assert (events.groupby("USUBJID").cumcount() + 1 == events["AESEQ"]).all()
    assert "" in set(events["AESPID"])  # what the site wrote as number may be lacking


@pytest.mark.parametrize(("name", "text"), [("LONGER_NAME", "a"), ("A", "长" * 100)])
def test_long_names_and_texts_take_version_8(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / "a.xpt"
    write_transport(path, "A", pd.DataFrame({name: [text, "b"]}))
    frame, _ = pyreadstat.read_xport(path)
    assert frame[name].tolist() == [text, "b"]
