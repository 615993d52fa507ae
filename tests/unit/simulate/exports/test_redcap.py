"""The structure of a REDCap export: events, repeats, boxes, groups, and the dictionary."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.simulate.exports.redcap.dictionary import COLUMNS
from tests.unit.simulate.exports.conftest import WriteShape, read_csv

KEYS = ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"]


@pytest.fixture(scope="module")
def records(written: WriteShape) -> pd.DataFrame:
    return read_csv(written("redcap_raw")[0] / "IMPACTLVO_DATA.csv")


def test_each_key_stands_once_and_records_together(records: pd.DataFrame) -> None:
    assert not records.duplicated(KEYS).any()
    changes = records["record_id"].ne(records["record_id"].shift()).sum()
    assert changes == records["record_id"].nunique()


def test_a_repeated_row_fills_its_own_instrument_alone(records: pd.DataFrame) -> None:
    doses = records[records["redcap_repeat_instrument"] == "study_drug"]
    complete = [column for column in records if column.endswith("_complete")]
    filled = doses[complete].ne("").any()
    assert list(filled[filled].index) == ["study_drug_complete"]
    assert doses.groupby("record_id")["redcap_repeat_instance"].apply(list).map(len).max() >= 4
    assert doses["redcap_repeat_instance"].str.fullmatch("[1-9][0-9]?").all()


def test_empty_answers_have_missing_data_codes(records: pd.DataFrame) -> None:
    ages = records.loc[records["demographics_complete"] != "", "age_yrs"]
    assert ages[~ages.str.fullmatch("[0-9]+")].isin(["NI", "UNK", "NASK"]).all()
    assert not ages.str.fullmatch("[0-9]+").all()  # a fault empties some


def test_one_box_of_a_code_is_ticked(records: pd.DataFrame) -> None:
    procedures = records[records["thrombectomy_complete"] == "2"]
    boxes = procedures.filter(like="dsa_compl___").astype(int)
    assert boxes.shape[1] == 4
    assert set(boxes.sum(axis=1)) == {0, 1}


def test_the_dictionary_has_every_field_of_the_file(
    written: WriteShape, records: pd.DataFrame
) -> None:
    dictionary = read_csv(written("redcap_raw")[0] / "IMPACTLVO_DataDictionary.csv")
    assert tuple(dictionary.columns) == COLUMNS
    fields = {column.partition("___")[0] for column in records.columns}
    system = {*KEYS[1:], "redcap_data_access_group"}
    system |= {f"{form}_complete" for form in dictionary["Form Name"].unique()}
    assert fields - system == set(dictionary["Variable / Field Name"])


def read_labels(written: WriteShape) -> tuple[list[str], pd.DataFrame]:
    """The header of the export with labels, and its cells."""
    path = written("redcap_labels")[0] / "IMPACTLVO_DATA_LABELS.csv"
    rows = pd.read_csv(path, header=None, dtype=str, keep_default_na=False)
    return list(rows.iloc[0]), rows.iloc[1:].reset_index(drop=True)


def test_labels_stand_for_codes(written: WriteShape, records: pd.DataFrame) -> None:
    labelled = read_labels(written)[1].set_axis(records.columns, axis=1)
    pairs = set(zip(records["gender"], labelled["gender"], strict=True))
    assert {("1", "Male"), ("2", "Female"), ("男", "男")} <= pairs
    assert set(labelled["pre_athro___1"]) == {"Checked", "Unchecked", ""}


def test_labels_stand_for_names_of_fields_and_repeat(
    written: WriteShape, records: pd.DataFrame
) -> None:
    labels, cells = read_labels(written)
    header = dict(zip(records.columns, labels, strict=True))
    assert len(cells) == len(records)
    assert header["mrs_date"] == header["eq_date"] == "Date"
    assert header["dsa_compl___3"] == "Complication on angiography (choice=Vessel dissection)"
    forms = {column for column in records if column.endswith("_complete")}
    assert {header[column] for column in forms} == {"Complete?"}
    dictionary = read_csv(written("redcap_labels")[0] / "IMPACTLVO_DataDictionary.csv")
    fields = set(dictionary["Field Label"]) | {"Complete?"}
    system = {"Event Name", "Repeat Instrument", "Repeat Instance", "Data Access Group"}
    assert {name.partition(" (choice=")[0] for name in header.values()} - system == fields
