"""An auditor finds every hash, key, change and reason, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.report.audit.audit import build_audit_tables
from analysis.display.report.audit.run import PLACED
from analysis.display.report.audit.values import spell, spell_json
from analysis.display.tables.table import Row, Table, render_csv, render_html
from analysis.errors import AnalysisError

Tables = dict[str, Table]
Provenance = dict[str, Any]


@pytest.fixture(scope="module")
def tables(ard: Ard, plan: Plan, provenance: Provenance, stamp: str) -> Tables:
    """The audit of the rehearsal."""
    return build_audit_tables(ard, plan, provenance, stamp)


@pytest.fixture(scope="module")
def of_the_trial(ard: Ard, plan: Plan, unblinded: Provenance) -> Tables:
    """The audit of the run with the trial's own lists."""
    return build_audit_tables(ard, plan, unblinded, "")


def texts_of(tables: Tables) -> set[str]:
    """Every label and cell."""
    rows = [row for table in tables.values() for row in table.rows]
    return {text for row in rows for text in (row.label, *row.cells)}


def rows_of(table: Table, section: str) -> dict[str, str]:
    """Label and first cell of the rows of a section."""
    return {row.label: row.cells[0] for row in table.rows if row.section == section}


def leaves_of(value: object) -> Iterator[str]:
    """The texts and numbers in the provenance, however deep."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from leaves_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves_of(part)
    elif value != "":
        yield value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("which", ["provenance", "unblinded"])
def test_nothing_of_the_provenance_is_left_out(
    which: str, ard: Ard, plan: Plan, request: pytest.FixtureRequest
) -> None:
    provenance = request.getfixturevalue(which)
    shown = texts_of(build_audit_tables(ard, plan, provenance, provenance["stamp"]))
    in_words = {"allocation", "stamp"}  # said in words, tested below
    known = {name: value for name, value in provenance.items() if name not in in_words}
    marks = {"after the unblinding"}  # said in the heading, tested below
    wanted = {spell_json(leaf) for leaf in leaves_of(known)} - marks
    assert len(wanted) > 20
    assert sorted(wanted - shown) == []


def test_a_part_without_a_place_is_shown_at_the_end(
    ard: Ard, plan: Plan, provenance: Provenance, stamp: str
) -> None:
    more = {**provenance, "compiler": {"name": "gcc", "flags": ["-O2"]}}
    software = build_audit_tables(ard, plan, more, stamp)["t_audit_software"]
    assert rows_of(software, "Further") == {"compiler": 'name: gcc; flags: ["-O2"]'}


@pytest.mark.parametrize("name", sorted(PLACED))
def test_a_lacking_part_is_named(
    name: str, ard: Ard, plan: Plan, provenance: Provenance, stamp: str
) -> None:
    less = {key: value for key, value in provenance.items() if key != name}
    with pytest.raises(AnalysisError, match=f"the provenance of the run lacks {name}"):
        build_audit_tables(ard, plan, less, stamp)


def test_a_rehearsal_says_that_there_is_no_record(tables: Tables) -> None:
    state = tables["t_audit_state"]
    assert rows_of(state, "Unblinding") == {
        "Record": "none: the run is a rehearsal, whose allocation lists are not the trial's own"
    }
    run = rows_of(state, "Run")
    assert run["Allocation"] == "rehearsal: lists that are not the trial's own"
    assert run["Stamp"] == "REHEARSAL - NOT TRIAL RESULTS"
    assert rows_of(state, "Lock") == {"State": "NOT LOCKED"}


def test_a_blinded_run_says_that_no_list_was_read(
    ard: Ard, plan: Plan, provenance: Provenance
) -> None:
    blinded = {**provenance, "mode": "blinded", "allocation": "dummy", "stamp": "DUMMY"}
    state = build_audit_tables(ard, plan, blinded, "DUMMY")["t_audit_state"]
    assert rows_of(state, "Unblinding") == {
        "Record": "none: the run is blinded and read no allocation list"
    }
    assert rows_of(state, "Run")["Allocation"].startswith("dummy: drawn from a seed")


def test_an_unblinded_run_says_who_authorised_it(of_the_trial: Tables) -> None:
    state = of_the_trial["t_audit_state"]
    record = rows_of(state, "Unblinding")
    assert list(record) == ["Date", "Authorised by", "Reason", "rand.csv (SHA-256)"]
    assert record["Authorised by"] == "A. Example"
    run = rows_of(state, "Run")
    assert run["Allocation"] == "trial: the trial's own lists"
    assert run["Stamp"] == "none: the allocation is the trial's own"
    assert rows_of(of_the_trial["t_audit_software"], "Seeds") == {
        "Allocation and data": "not drawn by the program"
    }


def test_an_unblinded_run_without_a_record_is_refused(
    ard: Ard, plan: Plan, unblinded: Provenance
) -> None:
    bare = {**unblinded, "audit": {**unblinded["audit"], "unblinding": {}}}
    with pytest.raises(AnalysisError, match="is unblinded, but holds no unblinding record"):
        build_audit_tables(ard, plan, bare, "")


def test_changes_after_the_unblinding_stand_under_their_own_heading(of_the_trial: Tables) -> None:
    early, late = of_the_trial["t_audit_changes"].rows
    assert early == Row(
        "plan.outcome.window_days",
        ("14", "21", "2027-03-01", "window widened"),
        "Dated up to the day of the unblinding",
    )
    assert late.label == "plan.primary.covariates"
    assert late.section == "Dated AFTER THE UNBLINDING"
    assert late.cells[0] == '- name: AGE; levels: []\n- name: IVT; levels: ["N", "Y"]'
    assert late.cells[1:] == ("- name: AGE; levels: []", "2027-03-20", "asked for by a reviewer")


def test_changes_of_a_run_that_is_not_unblinded_have_no_heading(
    ard: Ard, plan: Plan, provenance: Provenance, unblinded: Provenance, stamp: str
) -> None:
    _, early = unblinded["audit"]["changes"]
    audit = {**unblinded["audit"], "unblinding": {}, "changes": [early]}
    tables = build_audit_tables(ard, plan, {**provenance, "audit": audit}, stamp)
    (row,) = tables["t_audit_changes"].rows
    assert row.section == ""


def test_without_changes_the_table_says_why(
    ard: Ard, plan: Plan, tables: Tables, unblinded: Provenance
) -> None:
    assert tables["t_audit_changes"].rows == ()
    assert tables["t_audit_changes"].footnotes == (
        "The data set is not locked: there is no locked plan to hold changes against.",
    )
    unchanged = {**unblinded, "audit": {**unblinded["audit"], "changes": []}}
    changes = build_audit_tables(ard, plan, unchanged, "")["t_audit_changes"]
    assert changes.footnotes == ("Nothing was changed in plan or mapping since the first lock.",)
    assert "<thead>" not in render_html(changes)


def test_every_key_stands_with_value_and_source_under_its_block(tables: Tables) -> None:
    rows = tables["t_audit_settings"].rows
    assert [row.section for row in rows] == [
        "Plan: outcome", "Plan: primary", "Plan: sealed_lists", "Mapping of the export",
    ]  # fmt: skip
    assert rows[1].cells == ("- name: AGE; levels: []", "trial.yaml, amended 2027-03-20")
    assert rows[3].cells == ('["-95"]', "edc.yaml")


def test_a_warning_stands_once_with_every_analysis_that_gave_it(ard: Ard, tables: Tables) -> None:
    found = [row for row in tables["t_audit_findings"].rows if row.section != "Data queries"]
    warnings = [row.cells[0] for row in found]
    assert warnings == list(dict.fromkeys(row.warning for row in ard.rows if row.warning))
    by_text = {row.cells[0]: row.label for row in found}
    (imputation,) = ard.warnings("imputation")
    assert by_text[imputation] == "imputation (ITT)"


def test_analyses_without_a_warning_say_so(
    records: list[dict[str, str]], plan: Plan, provenance: Provenance, stamp: str
) -> None:
    quiet = Ard.from_records({**record, "warning": ""} for record in records)
    findings = build_audit_tables(quiet, plan, provenance, stamp)["t_audit_findings"]
    assert rows_of(findings, "Warnings of the analyses") == {"All analyses": "no warning"}


def test_data_queries_are_counted_by_severity_and_rule(tables: Tables) -> None:
    # counts of the made-up frame: 4 type, 27 range, 2 unknown_subject, 3 identical_row
    assert rows_of(tables["t_audit_findings"], "Data queries") == {
        "Errors": "type 4",
        "Warnings": "range 27, unknown_subject 2",
        "Notes": "identical_row 3",
        "Together": "All findings 36",
    }


def test_an_export_without_data_queries_says_so(
    records: list[dict[str, str]], plan: Plan, provenance: Provenance, stamp: str
) -> None:
    clean = Ard.from_records(row for row in records if row["analysis_id"] != "queries")
    findings = build_audit_tables(clean, plan, provenance, stamp)["t_audit_findings"]
    assert rows_of(findings, "Data queries") == {
        "All checks": "The checks of the export found nothing."
    }


def test_stamp_and_registry_number_stand_on_every_table(tables: Tables, stamp: str) -> None:
    assert {(table.stamp, table.registry) for table in tables.values()} == {
        (stamp, "IMPACT-LVO, NCT07141303")
    }
    assert [name for name, table in tables.items() if table.id != name] == []


def test_hashes_are_set_apart(tables: Tables) -> None:
    page = render_html(tables["t_audit_hashes"])
    assert f'<td class="text hash">{"1" * 64}</td>' in page
    assert page.count('class="text hash"') == len(tables["t_audit_hashes"].rows)


def test_the_same_provenance_gives_the_same_tables(
    ard: Ard, plan: Plan, provenance: Provenance, stamp: str, tables: Tables
) -> None:
    again = build_audit_tables(ard, plan, provenance, stamp)
    assert [*map(render_html, again.values())] == [*map(render_html, tables.values())]
    assert [*map(render_csv, again.values())] == [*map(render_csv, tables.values())]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as it is", "as it is"),
        (20250822, "20250822"),
        (None, "null"),
        ({}, "none"),
        ({"a": 1, "b": {"c": "d"}}, "a: 1; b: c: d"),
        (["M1", "M2"], '["M1", "M2"]'),
        ([{"a": 1}, {"a": 2}], "- a: 1\n- a: 2"),
    ],
)
def test_values_are_spelled_without_braces(value: object, text: str) -> None:
    assert spell(value) == text


@pytest.mark.parametrize("text", ["14", '"M2"', "null", '["-95"]', "absent"])
def test_json_without_a_mapping_stays_as_the_file_holds_it(text: str) -> None:
    assert spell_json(text) == text
