"""Whatever changes is done anew with all that depends on it, and ends as a fresh run would."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from analysis.analyses.topics import list_jobs
from analysis.config import load_plan
from analysis.display.outline.displays import DRAWN_BY
from tests.projects.workflow_project import CELL, Project, differing

TOP = Path(__file__).parents[2]
PLAN_VALUE = ("config/trial.yaml", "alpha: 0.05", "alpha: 0.10")
LONG_AGO = 946_684_800  # 2000-01-01
LOOKS = (
    ["--dry-r"], ["-n"], ["--summ"], ["--rule"], ["--list-ch", "code"], ["--lint"], ["--tou"],
    ["--unl"], ["--cleanup-m", "out/ard.csv"],
)  # fmt: skip
"""Commands that run no job, most of them abbreviated."""

RULES = {
    *(
        name
        for file in (TOP / "workflow" / "rules").glob("*.smk")
        for name in re.findall(r"^ *rule (\w+):", file.read_text(encoding="utf-8"), re.MULTILINE)
    ),
    *(f"analyse_{job.name}" for job in list_jobs(load_plan(TOP / "config" / "trial.yaml"))),
    *(rule.name for rule in DRAWN_BY),
}
ASKED_FOR = {
    "demo_trial", "lock", "verify", "draw_presets", "map_edc", "check_edc", "show_mapping",
}  # fmt: skip
"""Rules that a run of an export has only when it is asked for them."""

EVERYTHING = RULES - ASKED_FOR
READING = {"check_lock", "read_edc"}
DERIVING = {"derive_adam", "gather_queries", "limit_queries"}
SHOWING = {name for name in EVERYTHING if name.startswith("draw_")} | {"build_tables"}
CHECKING = {"check_independently"}
LISTING = {"build_listings"}
"""Listings are made from the analysis data sets, not from results."""
ENDING = {"build_report", "write_manifest"}


@pytest.mark.torture
def test_after_a_failure_and_changes_the_results_are_those_of_a_fresh_run_elsewhere(
    complete: Project, project: Project, fresh: Project, tmp_path: Path
) -> None:
    file = project.root / CELL[0]
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    assert project.run().status == 1
    file.write_bytes(whole)
    changed = [project, fresh.copy_to(tmp_path / "a longer path" / "fresh")]
    for copy in changed:
        copy.edit(*CELL)
        copy.edit(*PLAN_VALUE)
    os.utime(file, (LONG_AGO, LONG_AGO))

    surroundings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "2"}
    outcomes = [changed[0].run(), changed[1].run(cores=1, environment=surroundings)]
    for outcome in outcomes:
        assert outcome.status == 0, outcome.terminal
    again, elsewhere = (copy.outputs() for copy in changed)
    assert differing(again, elsewhere) == []
    assert {"edc/bl.parquet", "adam/adsl.parquet", "ard.csv", "tables/t_primary.csv"} <= set(
        differing(again, complete.outputs())
    )
    assert not (project.results / "logs" / "error.txt").exists()


@pytest.mark.parametrize(
    ("change", "rules"), [(CELL, EVERYTHING), (PLAN_VALUE, EVERYTHING - {"check_lock"})]
)
def test_a_changed_cell_or_plan_redoes_everything(
    project: Project, change: tuple[str, str, str], rules: set[str]
) -> None:
    project.edit(*change)
    assert project.run("-n", "--quiet", "host").planned == rules


def test_an_older_file_in_place_of_an_input_is_noticed(project: Project) -> None:
    project.edit(*CELL)
    os.utime(project.root / CELL[0], (LONG_AGO, LONG_AGO))
    outcome = project.run("-n", "--quiet", "host")
    assert outcome.planned == EVERYTHING


@pytest.mark.torture
def test_an_edited_data_set_is_made_anew_and_all_numbers_with_it(
    complete: Project, project: Project
) -> None:
    path = project.results / "adam" / "adsl.parquet"
    path.write_bytes((project.results / "edc" / "dm.parquet").read_bytes())
    outcome = project.run("out/adam/adsl.parquet", "out/ard.csv")
    assert outcome.status == 0, outcome.terminal
    assert "Report: " not in outcome.terminal
    withdrawn = differing(complete.outputs(), project.outputs())
    assert {name.rpartition("/")[0] for name in withdrawn} == {"figures", "tables", ""}
    assert "ard.csv" not in withdrawn
    assert not set(withdrawn) & set(project.outputs()), "what was not asked for is gone, not stale"
    assert "Gathering the results" in outcome.jobs


def test_edited_and_deleted_displays_are_made_anew(complete: Project, project: Project) -> None:
    with (project.results / "figures" / "consort.svg").open("a", encoding="utf-8") as file:
        file.write("<!-- edited -->")
    (project.results / "tables" / "t_primary.csv").unlink()
    with (project.results / "report.html").open("a", encoding="utf-8") as file:
        file.write("edited")
    outcome = project.run()
    assert outcome.status == 0, outcome.terminal
    assert set(outcome.jobs) == {
        "Drawing the flow of subjects and the cut points", "Building the tables",
        "Writing the report", "Writing the manifest",
    }  # fmt: skip
    assert differing(complete.outputs(), project.outputs()) == []


def test_a_deleted_intermediate_is_made_anew(project: Project) -> None:
    (project.results / "adam" / "adqs.parquet").unlink()
    assert "derive_adam" in project.run("-n", "--quiet", "host").planned


@pytest.mark.parametrize(
    ("file", "rules"),
    [
        ("analysis/edc/layout/layout.yaml", EVERYTHING),
        ("analysis/adam/death/date_of_death.py", EVERYTHING - READING),
        ("analysis/models/numerics/newton.py", EVERYTHING - READING - DERIVING - LISTING),
        (
            "analysis/analyses/safety/deaths_and_bleeding.py",
            EVERYTHING - READING - DERIVING - LISTING,
        ),
        ("analysis/qc/formulas/pairs.py", CHECKING | {"build_tables"} | ENDING),
        ("analysis/display/html/style.css", SHOWING | LISTING | ENDING),
        ("analysis/simulate/randomness/streams.py", ENDING),
        ("analysis/jobs/build_tables.py", SHOWING | LISTING | ENDING),
        ("analysis/jobs/read_edc.py", EVERYTHING),
        ("analysis/jobs/build_report.py", ENDING),
        ("workflow/scripts/build_tables.py", {"build_tables"} | LISTING | ENDING),
    ],
)
def test_a_change_of_the_code_redoes_what_may_use_it(
    project: Project, file: str, rules: set[str]
) -> None:
    with (project.root / file).open("a", encoding="utf-8") as text:
        text.write("\n/* changed */\n" if file.endswith(".css") else "\n# changed\n")
    outcome = project.run("-n", "--quiet", "host")
    assert outcome.status == 0, outcome.terminal
    assert outcome.planned == rules
    assert (project.results / "report.html").is_file(), "a dry run changes nothing"


def test_a_look_leaves_every_byte_as_it_is(project: Project) -> None:
    with (project.results / "figures" / "consort.svg").open("a", encoding="utf-8") as file:
        file.write("<!-- edited -->")
    with (project.root / "analysis/adam/death/date_of_death.py").open(
        "a", encoding="utf-8"
    ) as file:
        file.write("\n# changed\n")
    (project.results / "logs" / "error.txt").write_text("of an earlier run", encoding="utf-8")
    before = {path: path.read_bytes() for path in project.results.rglob("*") if path.is_file()}
    for arguments in LOOKS:
        outcome = project.run(*arguments)
        assert outcome.status == 0, outcome.terminal
        after = {path: path.read_bytes() for path in project.results.rglob("*") if path.is_file()}
        assert after == before, arguments


def test_another_mapping_reads_the_export_anew(project: Project) -> None:
    project.edit("config/edc.yaml", "missing_values: []", "missing_values: ['-99']")
    assert project.run("-n", "--quiet", "host").planned == EVERYTHING


def test_a_comment_in_the_plan_changes_no_result(project: Project) -> None:
    stamp = (project.root / "config" / "trial.yaml").stat()
    project.edit("config/trial.yaml", "# The plan", "# The same plan")
    os.utime(project.root / "config" / "trial.yaml", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    planned = project.run("-n", "--quiet", "host").planned
    assert planned == ENDING, "report and manifest give the hash of the plan as a file"
    assert project.run().jobs == ["Writing the report", "Writing the manifest"]
