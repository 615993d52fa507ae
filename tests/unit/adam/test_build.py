"""All analysis data sets together: nobody lost, nothing depends on the order of rows."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.adam.build import AnalysisData
from analysis.config import Plan
from tests.unit.adam.small_export import SmallExport, add, died, drop, put, randomised_to, score

FLAGS = [
    "ITTFL", "PPROTFL", "SAFFL", "DTHFL", "DTH90FL", "SICH48FL", "SICHUNFL", "ICH48FL", "ICHUNFL",
    "RFICEMFL",
]  # fmt: skip
EXPECTED_COLUMNS = {
    "STUDYID", "SUBJID", "SITEID", "TRT01P", "TRT01A", "TRTSDTM", "DCSREAS", "DTHDT", "DTHDTF",
    "DTHADY",
    "DTHSRC", "MRS90", "MRS90DT", "MRS90DY", "MRS90RUL", "LKWRNDH", "PUNCRECM", "MRSPRGR1",
    *FLAGS,
}  # fmt: skip


def build_export() -> SmallExport:
    """Four subjects with much wrong in them."""
    export = SmallExport()
    edits = {
        "S1": [],
        "S2": [
            randomised_to("PLACEBO"),
            died(20),
            put("bl", GLUC=""),
            add("ae", AESEQ="1", AETERM="x", AESTDTC="2025"),
            add("ae", AESEQ="1", AETERM="x", AESTDTC="2025", AESER="Y"),
        ],
        "S3": [drop("mrs"), score("2025-06-08", "6"), put("ex", {"EXSEQ": "1"}, EXKIT="")],
        "S4": [put("dm", AGE="85"), add("ich", ICHDTC="", ICHTYPE="2", SICH="Y")],
    }
    for subjid, changes in edits.items():
        export.add_subject(subjid)
        for change in changes:
            change(export, subjid)
    return export


@pytest.fixture(scope="module")
def data(plan: Plan) -> AnalysisData:
    return build_export().derive(plan).data


def test_flags_are_never_missing(data: AnalysisData) -> None:
    assert data.adsl[FLAGS].isin(["Y", "N"]).all(axis=None)


def test_adsl_has_one_row_per_subject_and_the_columns_of_the_plan(data: AnalysisData) -> None:
    assert list(data.adsl["SUBJID"]) == ["S1", "S2", "S3", "S4"]
    assert set(data.adsl.columns) >= EXPECTED_COLUMNS


def test_types_hold_whatever_is_missing(plan: Plan, data: AnalysisData) -> None:
    """A column without one value has the type of one that is full."""
    bare = SmallExport()
    bare.add_subject("S1")
    for table in ("dm", "bl", "evt", "ex", "mrs", "ich", "ds"):
        drop(table)(bare, "S1")
    pd.testing.assert_series_equal(bare.derive(plan).data.adsl.dtypes, data.adsl.dtypes)


def test_row_order_of_the_export_does_not_matter(plan: Plan, data: AnalysisData) -> None:
    export = build_export()
    for rows in export.rows.values():
        rows.reverse()
    found = export.derive(plan).data
    pd.testing.assert_frame_equal(found.adsl, data.adsl)
    pd.testing.assert_frame_equal(found.adqs, data.adqs)
    pd.testing.assert_frame_equal(found.adtte, data.adtte)
    pd.testing.assert_frame_equal(found.adae, data.adae)
    pd.testing.assert_frame_equal(found.reasons, data.reasons)
    assert sorted(found.queries) == sorted(data.queries)


def test_queries_of_all_derivations_are_gathered(data: AnalysisData) -> None:
    assert {query.rule.value for query in data.queries} == {
        "mrs_after_death",
        "death_without_record",
        "kit_unknown",
        "criterion_missing",
        "sich_without_date",
    }
