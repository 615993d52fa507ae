"""A number that the second implementation does not find stops the run and stands first."""

from __future__ import annotations

import csv

import pytest

from tests.projects.workflow_project import Project, check_stopped

WRONG_RATIOS = (
    "analysis/analyses/statistics/estimates.py",
    "return math.exp(log_ratio) if",
    "return math.exp(log_ratio) * (1 + 1e-6) if",
)
"""Every ratio is wrong in the seventh digit: no table shows it."""
BLIND_TO_BLEEDING = (
    "analysis/adam/adsl/haemorrhage.py",
    'symptomatic = ich["SICH"].eq("Y")',
    'symptomatic = ich["SICH"].eq("1")',
)
"""No haemorrhage is symptomatic, in ADSL and in all that is computed from it."""
VERDICT = "verdict"


def read_rows(project: Project) -> list[dict[str, str]]:
    with (project.results / "qc.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_complete_run_agrees_with_its_check(complete: Project) -> None:
    rows = read_rows(complete)
    assert {row[VERDICT] for row in rows} <= {"agrees", "not checked"}
    assert {row["allocation"] for row in rows} == {"rehearsal"}
    checked = sum(row[VERDICT] == "agrees" for row in rows)
    page = (complete.results / "report.html").read_text(encoding="utf-8")
    sentence = f"{checked} statistics recomputed by a second implementation: all agree."
    assert sentence in page
    assert page.index('id="result"') < page.index(sentence) < page.index('id="methods"')
    assert "independent check fails" not in page


def test_a_wrong_number_stops_the_run_and_stands_first(project: Project) -> None:
    project.edit(*WRONG_RATIOS)
    outcome = project.run()
    check_stopped(project, outcome)
    wrong = [row for row in read_rows(project) if row[VERDICT] == "differs"]
    assert {row["stat_name"] for row in wrong} <= {"estimate", "ci_low", "ci_high"}
    named = next(row for row in wrong if row["analysis_id"] == "primary")

    message = outcome.message
    assert "The independent check fails: " in message
    assert f"{named['engine']} by the engine, {named['check']} by the check" in message
    assert message.count("by the check") == 5
    assert f"{len(wrong) - 5} more" in message
    assert "out/qc.csv" in message

    page = (project.results / "withdrawn" / "report.html").read_text(encoding="utf-8")
    assert "out/withdrawn/report.html" in message
    body = page[page.index("<body>") :]
    assert body.index("REHEARSAL") < body.index("The independent check fails") < body.index("<h1")
    assert body.index(named["engine"]) < body.index("<h1")
    assert page.index("FAILED CHECK") < page.index("</title>")


def test_a_fault_before_adsl_does_not_agree_with_itself(project: Project) -> None:
    project.edit(*BLIND_TO_BLEEDING)
    assert project.run("out/qc.csv").status == 0, "the check itself ends; the report stops"
    wrong = [row for row in read_rows(project) if row[VERDICT] == "differs"]
    assert {row["analysis_id"] for row in wrong} == {"ADSL", "sich_48h"}
    counted = next(row for row in wrong if row["level"] == "SICH48FL")
    assert (counted["engine"], counted["check"]) == ("0", "3")
    assert counted["reason"].startswith("3 subjects (")
    assert counted["reason"].endswith(
        "ich.csv, column ICHDTC, SICH; rand.csv, column RANDDTC (SAP 9.2)"
    )


@pytest.mark.torture
def test_once_mended_the_run_is_as_before(complete: Project, project: Project) -> None:
    file, right, wrong = WRONG_RATIOS
    project.edit(file, right, wrong)
    assert project.run().status == 1
    project.edit(file, wrong, right)
    assert project.run().status == 0
    assert project.outputs() == complete.outputs()
