"""Headers that are labels: each is matched with its field by form and order, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import load_mapping
from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.layout import load_layout
from analysis.edc.mapping.proposal.files.label_headers import Field, match_headers
from analysis.edc.mapping.proposal.proposal import propose
from analysis.edc.mapping.proposal.written.document import write_document
from analysis.run.settings.beginning import PLAIN

FIELDS = [
    Field("id", "Record ID", "dm"), Field("sex", "Sex", "dm"), Field("dm_date", "Date", "dm"),
    Field("score", "Score", "mrs"), Field("mrs_date", "Date", "mrs"), Field("tick", "Ill", "mrs"),
    Field("mrs_seen", "Date", "mrs"),
]  # fmt: skip
HEADERS = [
    "Record ID", "Event Name", "Sex", "Date", "Complete?", "Score", "Date (2)",
    "Ill (choice=Yes)", "Ill (choice=No)", "Date (3)", "Complete? (2)",
]  # fmt: skip


def name_fields(headers: list[str], fields: list[Field] = FIELDS) -> dict[str, str]:
    return {header: field.name for header, field in match_headers(headers, fields).items()}


def test_repeated_labels_are_matched_by_form_and_order() -> None:
    assert name_fields(HEADERS) == {
        "Record ID": "id", "Sex": "sex", "Date": "dm_date", "Complete?": "dm_complete",
        "Score": "score", "Date (2)": "mrs_date", "Ill (choice=Yes)": "tick",
        "Ill (choice=No)": "tick", "Date (3)": "mrs_seen", "Complete? (2)": "mrs_complete",
    }  # fmt: skip


def test_a_label_that_the_export_lacks_once_is_matched_with_no_field() -> None:
    kept = [header for header in HEADERS if header != "Date (3)"]
    found = name_fields(kept)
    assert "Date (2)" not in found
    assert (found["Date"], found["Score"]) == ("dm_date", "score")


def test_without_the_ends_of_forms_only_labels_that_stand_once() -> None:
    kept = [header for header in HEADERS if not header.startswith("Complete?")]
    assert name_fields(kept) == {
        "Record ID": "id", "Sex": "sex", "Date": "dm_date", "Score": "score",
        "Date (2)": "mrs_date", "Ill (choice=Yes)": "tick", "Ill (choice=No)": "tick",
        "Date (3)": "mrs_seen",
    }  # fmt: skip
    assert "Date" not in name_fields(kept[:-1])


@pytest.mark.parametrize("headers", [[], ["id", "sex", "Score"], ["Record ID", "Other"]])
def test_a_source_with_other_headers_is_not_matched(headers: list[str]) -> None:
    assert match_headers(headers, FIELDS) == {}


def test_a_number_in_a_label_is_no_count() -> None:
    fields = [Field("a", "Arm (2)", "f"), Field("b", "Leg", "f")]
    assert name_fields(["Arm (2)", "Leg"], fields) == {"Arm (2)": "a", "Leg": "b"}


def test_the_dictionary_tells_which_date_is_meant(tmp_path: Path) -> None:
    """Two forms with the same labels: neither header says on which the date of the mRS stands."""
    dictionary = ["Variable / Field Name,Form Name,Field Label", "record_id,nihss,Record ID"]
    dictionary += ["nihss_dt,nihss,Date", "nihss_total,nihss,Score", "mrs_date,mrs,Date"]
    dictionary += ["mrs_score,mrs,Score", ""]
    (tmp_path / "dictionary.csv").write_text("\n".join(dictionary), encoding="utf-8")
    lines = ["Record ID,Event Name,Date,Score,Complete?,Date,Score,Complete?"]
    for at in range(1, 25):
        day = f"{at % 27 + 1:02d}"
        lines += [f"{at},24 hours,2026-03-{day} 10:00,{at % 30},Complete,,,"]
        lines += [f"{at},Day 90,,,,2026-06-{day},{at % 7},Complete"]
    (tmp_path / "labels.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    proposal = propose(tmp_path, parse_model(Mapping, PLAIN, "test"), load_layout())
    (tmp_path / "edc.yaml").write_text(write_document(proposal, ()), encoding="utf-8")
    written = load_mapping(tmp_path / "edc.yaml")
    assert written.sources["labels"].repeated_headers == "number"
    nihss, mrs = written.tables["nihss"], written.tables["mrs"]
    assert (nihss.columns["NIHDTC"], nihss.columns["NIHSS"]) == ("Date", "Score")
    assert (mrs.columns["MRSDTC"], mrs.columns["MRS"]) == ("Date (2)", "Score (2)")
    assert (nihss.rows, mrs.rows) == ("\"Complete?\" <> ''", "\"Complete? (2)\" <> ''")
