"""Keys of cells in a whole export: values, queries, and the account of the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.edc.cells.beside import find_lacking, find_missing
from analysis.edc.door.frame import build_door
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import ConfigError

if TYPE_CHECKING:
    from conftest import ExportFolder, MakeMapping

HEADER = "SUBJID,SITEID,AGE,SEX,WT,WT_UNIT,RFICDTC,RFICBY\n"
ROWS = "S1,001,66,-98,150,lb,05.03.2026,\nS2,001,67,M,70,stone,05.03.2026 13:45,\n"
KEYS = {
    "columns": {"WEIGHT": "WT"},
    "units": {"WEIGHT": {"column": "wt_unit"}},
    "dates": {"RFICDTC": "%d.%m.%Y %H:%M"},
    "missing_values": {"SEX": {"-98": "not done"}},
    "not_collected": ["HEIGHT"],
}


def test_what_the_keys_did_is_read_said_and_counted(export_folder: ExportFolder) -> None:
    export_folder.write("dm", HEADER + ROWS)
    export, fatal = export_folder.read(tables={"dm": KEYS})
    assert fatal == []
    dm = export.tables["dm"].set_index("SUBJID")
    assert dm["WEIGHT"]["S1"] == pytest.approx(68.0388555)
    assert pd.isna(dm["WEIGHT"]["S2"])
    assert dm["RFICDTC"].tolist() == ["2026-03-05", "2026-03-05T13:45"]
    said = {(q.column, q.rule.value): q.message for q in export.queries if q.table == "dm"}
    assert said["SEX", "missing_code"] == "missing by the mapping: not done 1"
    assert said["WEIGHT", "read_as"] == (
        "cells read by the mapping: unit lb, times 0.453592: 1; "
        "with a unit that is not known, not used: 1"
    )
    assert ("WT_UNIT", "extra_column") not in said
    refused = next(q for q in export.queries if q.column == "WEIGHT" and q.rule.value == "type")
    assert refused.value == "70 stone"
    door = build_door(export.accounts.values())
    counts = door[door["table"] == "dm"].set_index(["column", "what"])["n"].to_dict()
    assert counts["SEX", "missing: not done"] == 1
    assert counts["WEIGHT", "read: unit lb, times 0.453592"] == 1
    assert counts["WEIGHT", "set_missing"] == 1


def test_without_keys_nothing_is_said(export_folder: ExportFolder) -> None:
    export, _ = export_folder.read()
    door = build_door(export.accounts.values())
    assert not door["what"].str.contains(":").any()
    assert export.queries == ()


def test_a_column_of_units_that_the_file_lacks_stops_the_run(export_folder: ExportFolder) -> None:
    keys = {"units": {"WEIGHT": {"column": "WEIGHT_U"}}}
    assert (
        "dm.csv: column WEIGHT_U is missing, and tables.dm.units.WEIGHT.column of the mapping names"
        in export_folder.fatal(tables={"dm": keys})
    )


def test_labels_that_the_file_lacks_stop_the_run(make_mapping: MakeMapping) -> None:
    spec = make_mapping(tables={"dm": {"labels": ["SEX"]}}).tables["dm"]
    texts = pd.DataFrame({"sex": ["1"]})
    bare = LabelledTable(texts)
    (finding,) = find_lacking("dm.sav", "dm", spec, bare, {"SEX": "sex"})
    assert finding.startswith("dm.sav: column sex has no labels of values, and tables.dm.labels")
    labelled = LabelledTable(texts, value_labels={"sex": {"1": "M"}})
    assert list(find_lacking("dm.sav", "dm", spec, labelled, {"SEX": "sex"})) == []


def test_sources_of_one_column_have_the_same_texts_for_a_missing_value(
    make_mapping: MakeMapping,
) -> None:
    mapping = make_mapping(
        sources={
            "a": {"file": "a.csv", "missing_values": ["-9"]},
            "b": {"file": "b.csv", "missing_values": {"-9": ""}},
            "c": {"file": "c.csv"},
        }
    )
    assert find_missing(mapping, "MRS", ("a", "b")) == ("-9",)
    assert find_missing(mapping, "MRS", ("c", "d")) == ()
    with pytest.raises(ConfigError, match="column MRS: its sources \\(a, c\\) have different"):
        find_missing(mapping, "MRS", ("a", "c"))
