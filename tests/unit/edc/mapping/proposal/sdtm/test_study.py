"""Proposals for data sets of SDTM that no simulation of ours wrote."""

from __future__ import annotations

import pytest

from analysis.config import load_mapping
from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.layout import load_layout
from analysis.edc.mapping.proposal.proposal import Proposal, propose
from analysis.edc.mapping.proposal.written.document import write_document
from analysis.edc.reading.check_mapping import check_mapping
from analysis.run.settings.beginning import PLAIN
from tests.unit.edc.mapping.proposal.sdtm.study import ANSWERS, write_study


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Proposal:
    folder = tmp_path_factory.mktemp("study")
    write_study(folder)
    return propose(folder, parse_model(Mapping, PLAIN, "test"), load_layout())


@pytest.fixture(scope="module")
def mapping(proposal: Proposal, tmp_path_factory: pytest.TempPathFactory) -> Mapping:
    file = tmp_path_factory.mktemp("mapping") / "edc.yaml"
    file.write_text(write_document(proposal, ()), encoding="utf-8")
    return load_mapping(file)


def list_proposed(mapping: Mapping) -> dict[str, str]:
    found = {}
    for name, spec in mapping.tables.items():
        found |= {f"{name}.{column}": source for column, source in spec.columns.items()}
        for column, lookup in spec.lookup.items():
            where = " ".join(f"{there}={text}" for there, text in lookup.where.items())
            found[f"{name}.{column}"] = f"{lookup.source} {where} {lookup.take}"
    return found


def test_every_column_of_the_study_is_found(mapping: Mapping) -> None:
    found = list_proposed(mapping)
    assert {column: found.get(column, "") for column in ANSWERS} == ANSWERS


def test_nothing_is_proposed_that_is_not_there(mapping: Mapping) -> None:
    assert {c: v for c, v in list_proposed(mapping).items() if ANSWERS.get(c) != v} == {}


def test_a_table_of_parts_has_the_rows_of_the_subjects(mapping: Mapping) -> None:
    bl = mapping.tables["bl"]
    assert (bl.source, bl.rows) == ("dm", None)
    assert bl.join is not None
    assert bl.join.sources == ("lb",)


def test_records_are_told_from_answers_milestones_and_the_baseline(mapping: Mapping) -> None:
    rows = {name: spec.rows for name, spec in mapping.tables.items() if spec.rows}
    assert rows == {
        "rand": "\"DSDECOD\" = 'RANDOMIZED'",
        "ds": "\"DSCAT\" = 'DISPOSITION EVENT'",
        "evt": "\"PRPRESP\" <> 'Y' AND \"PRTRT\" <> ''",
        "cm": "\"CMPRESP\" <> 'Y' AND \"CMTRT\" <> ''",
        "nihss": "\"QSBLFL\" <> 'Y'",
    }


def test_a_qualifier_belongs_to_its_record(mapping: Mapping) -> None:
    lookup = mapping.tables["evt"].lookup["PASSES"]
    assert lookup.match == {"USUBJID": "USUBJID", "PRSEQ": "IDVARVAL"}
    assert lookup.not_found == "empty"


def test_what_is_written_is_a_mapping(mapping: Mapping) -> None:
    check_mapping(mapping, load_layout())


def test_what_names_an_arm_is_not_looked_up(proposal: Proposal) -> None:
    text = write_document(proposal, {"HYPERTENSION"})
    assert "HYPERTENSION" not in text
    assert "# HTN: unsure. Candidates: [masked]" in text
