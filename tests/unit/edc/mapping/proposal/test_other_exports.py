"""Proposals for exports by hand, whose names and words no list of ours was made for."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import load_mapping
from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.layout import load_layout
from analysis.edc.mapping.proposal.proposal import Proposal, propose
from analysis.edc.mapping.proposal.written.document import write_document
from analysis.edc.reading.check_mapping import check_mapping
from analysis.run.settings.beginning import PLAIN
from tests.unit.edc.mapping.proposal.other_exports import EXPORTS, Answers, write_wide

LEAST = 0.8
"""Share of the columns that are there that must be proposed, whatever they are called."""


@pytest.fixture(params=sorted(EXPORTS))
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Proposal, Answers]:
    answers = EXPORTS[request.param](tmp_path)
    return propose(tmp_path, parse_model(Mapping, PLAIN, "test"), load_layout()), answers


def list_sure(proposal: Proposal) -> Answers:
    return {
        f"{table.name}.{column}": pair.candidate.name
        for table in proposal.tables
        for column, pair in table.sure.items()
    }


def test_most_columns_are_found(made: tuple[Proposal, Answers]) -> None:
    proposal, answers = made
    sure = list_sure(proposal)
    right = [column for column, name in answers.items() if sure.get(column) == name]
    assert len(right) >= LEAST * len(answers), sorted(set(answers) - set(right))


def test_nothing_is_proposed_that_is_not_there(made: tuple[Proposal, Answers]) -> None:
    proposal, answers = made
    wrong = {
        column: name
        for column, name in list_sure(proposal).items()
        if answers.get(column, name if column.endswith(".SUBJID") else "") != name
    }
    assert wrong == {}


def test_what_is_written_is_a_mapping(made: tuple[Proposal, Answers], tmp_path: Path) -> None:
    proposal, _ = made
    file = tmp_path / "edc.yaml"
    file.write_text(write_document(proposal, ()), encoding="utf-8")
    check_mapping(load_mapping(file), load_layout())


def test_codes_that_names_do_not_tell_are_read_by_their_labels(tmp_path: Path) -> None:
    EXPORTS["spss"](tmp_path)
    proposal = propose(tmp_path, parse_model(Mapping, PLAIN, "test"), load_layout())
    bl = next(table for table in proposal.tables if table.name == "bl")
    assert dict(bl.sure["OCCLOC"].fit.values) == {"1": "ICA", "2": "M1", "3": "M2", "4": "OTHER"}
    assert dict(bl.sure["DIAB"].fit.values) == {"1": "Y", "2": "N"}
    assert bl.sure["GLUC"].fit.unit == "mg/dL"


def test_what_names_an_arm_is_not_shown(tmp_path: Path) -> None:
    EXPORTS["hospital"](tmp_path)
    proposal = propose(tmp_path, parse_model(Mapping, PLAIN, "test"), load_layout())
    shown, text = write_document(proposal, ()), write_document(proposal, {"In person", "Gender"})
    assert "In person" in shown
    assert "In person" not in text
    assert "Gender" in shown
    assert "Gender" not in text
    assert "# SEX: unsure. Candidates: [masked]" in text


def test_visits_side_by_side_become_blocks(tmp_path: Path) -> None:
    write_wide(tmp_path)
    proposal = propose(tmp_path, parse_model(Mapping, PLAIN, "test"), load_layout())
    file = tmp_path / "edc.yaml"
    file.write_text(write_document(proposal, ()), encoding="utf-8")
    mrs, nihss = (load_mapping(file).tables[name] for name in ("mrs", "nihss"))
    assert [(b.constants["VISIT"], b.columns) for b in mrs.stack] == [
        ("D30", {"MRSDTC": "mrs_date_day30", "MRS": "mrs_score_day30"}),
        ("D90", {"MRSDTC": "mrs_date_day90", "MRS": "mrs_score_day90"}),
    ]
    assert [(b.constants["VISIT"], b.columns) for b in nihss.stack] == [
        ("H24", {"NIHSS": "nihss_total_24h"}),
        ("D7", {"NIHSS": "nihss_total_d7"}),
    ]
