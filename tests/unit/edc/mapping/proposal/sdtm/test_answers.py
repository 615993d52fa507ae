"""What stands in rows of SDTM as answers, and what does not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.edc.mapping.proposal.files.reading import ReadSource
from analysis.edc.mapping.proposal.sdtm.answers import list_answers
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.edc.sources.source import Source


def read(name: str, rows: list[dict[str, str]]) -> ReadSource:
    file = SourceFile(f"{name}.csv")
    source = Source(name, Path(f"{name}.csv"), file, ReadOptions())
    return ReadSource(source, LabelledTable(pd.DataFrame(rows).fillna("")))


def mark(domain: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"DOMAIN": domain} | row for row in rows]


def name_answers(source: ReadSource) -> dict[str, dict[str, str]]:
    return {
        each.candidate.name: dict(each.candidate.lookup.where)
        for each in list_answers(source)
        if each.candidate.lookup
    }


def test_what_a_subject_answered_in_two_ways_is_none() -> None:
    rows = [
        {"USUBJID": "1", "MHTERM": "GOUT", "MHPRESP": "Y", "MHOCCUR": "Y"},
        {"USUBJID": "1", "MHTERM": "GOUT", "MHPRESP": "Y", "MHOCCUR": "N"},
        {"USUBJID": "1", "MHTERM": "ASTHMA", "MHPRESP": "Y", "MHOCCUR": "N"},
        {"USUBJID": "1", "MHTERM": "ASTHMA", "MHPRESP": "Y", "MHOCCUR": "N"},
    ]
    assert name_answers(read("mh", mark("MH", rows))) == {"ASTHMA": {"MHTERM": "ASTHMA"}}


def test_findings_of_several_visits_are_answers_at_the_baseline_alone() -> None:
    rows = [
        {"USUBJID": "1", "QSTESTCD": "A", "QSTEST": "Item", "VISIT": "Baseline", "QSORRES": "1"},
        {"USUBJID": "1", "QSTESTCD": "A", "QSTEST": "Item", "VISIT": "Day 7", "QSORRES": "2"},
    ]
    where = {"QSTESTCD": "A", "VISIT": "Baseline"}
    assert name_answers(read("qs", mark("QS", rows))) == {"Item at baseline": where}
    unmarked = [row | {"VISIT": row["VISIT"].replace("Baseline", "Day 1")} for row in rows]
    assert name_answers(read("qs", mark("QS", unmarked))) == {}


def test_criteria_and_adverse_events_are_no_answers() -> None:
    criteria = [{"USUBJID": "1", "IETESTCD": "IN01", "IETEST": "Diabetes", "IEORRES": "Y"}]
    assert name_answers(read("ie", mark("IE", criteria))) == {}
    events = [{"USUBJID": "1", "AETERM": "Death", "AESTDTC": "2026-03-01"}]
    assert name_answers(read("ae", mark("AE", events))) == {}


def test_a_qualifier_of_several_domains_belongs_to_none() -> None:
    row = {"USUBJID": "1", "IDVAR": "XSEQ", "IDVARVAL": "1", "QNAM": "A", "QVAL": "x"}
    one = read("supp", [row | {"RDOMAIN": "PR"}])
    both = read("supp", [row | {"RDOMAIN": "PR"}, row | {"RDOMAIN": "EX", "IDVARVAL": "2"}])
    assert [each.domain for each in list_answers(one)] == ["PR"]
    assert list_answers(both) == []


def test_a_source_that_is_none_of_sdtm_has_no_answers() -> None:
    assert list_answers(read("mh", [{"USUBJID": "1", "MHTERM": "GOUT", "MHOCCUR": "Y"}])) == []
