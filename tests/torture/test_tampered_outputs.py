"""Outputs edited or taken away by hand: the next run ends with the bytes of an untouched one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.workflow_project import Outcome, Project, check_same, flip_byte

Tell = Callable[[str], None]
PLACES = ("edc", "adam", "analyses", "figures", "tables", "")
"""The folders of the outputs; the last one stands for the files beside them."""
RECORDS = "logs/records"
LONG_AGO = 946_684_800  # 2000-01-01
CODE_VALUE = ("analysis/analyses/description/baseline.py", "observed.mean()", "observed.median()")
PLAN_VALUE = ("config/trial.yaml", "alpha: 0.05", "alpha: 0.10")
FAULT = "\n\ndef analyse_safety(*_: object) -> None:\n    raise KeyError('a fault')\n"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("tamper", [flip_byte, Path.unlink], ids=["edited", "deleted"])
def test_every_output_tampered_with_one_at_a_time(
    complete: Project,
    project: Project,
    place: str,
    tamper: Callable[[Path], None],
    tmp_path: Path,
    tell: Tell,
) -> None:
    """In a copy each, asked for by its name; then all of them at once, before a whole run."""
    reference = complete.outputs()
    names = [name for name in reference if name.rpartition("/")[0] == place]
    tell(f"each of the {len(names)} outputs in '{place or '.'}': {tamper.__name__}")
    for name in names:
        copy = complete.copy_to(tmp_path / "copy")
        tamper(copy.results / name)
        outcome = copy.run((copy.results / name).relative_to(copy.root).as_posix())
        assert outcome.status == 0, outcome.terminal
        assert (copy.results / name).read_bytes() == reference[name], name
        shutil.rmtree(copy.root)
    for name in names:
        tamper(project.results / name)
    check_same(reference, project, project.run())


def files_of_jobs(project: Project) -> list[list[Path]]:
    """The outputs of each job of a run, by its record."""
    records = sorted((project.results / RECORDS).glob("*.json"))
    outputs = [json.loads(path.read_text(encoding="utf-8")).get("outputs", {}) for path in records]
    return [[project.results / name for name in names] for names in outputs if names]


def test_one_output_of_every_job_edited_before_a_whole_run(
    complete: Project, project: Project, tell: Tell
) -> None:
    jobs = files_of_jobs(project)
    tell(f"one byte of one output of each of the {len(jobs)} jobs, a whole run after each")
    for files in jobs:
        flip_byte(files[0])
        check_same(complete.outputs(), project, project.run())


def swap(one: Path, other: Path) -> None:
    """Two files change their names."""
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def delete_the_logs(project: Project) -> None:
    shutil.rmtree(project.results / "logs")


def delete_the_job_records(project: Project) -> None:
    shutil.rmtree(project.results / RECORDS)


def delete_the_records_of_the_engine(project: Project) -> None:
    shutil.rmtree(project.root / ".snakemake")


def delete_all_folders(project: Project) -> None:
    for place in filter(None, PLACES):
        shutil.rmtree(project.results / place)


def cut_a_record_off(project: Project) -> None:
    path = project.results / RECORDS / "derive_adam.json"
    path.write_bytes(path.read_bytes()[:40])


def record_of_nothing(project: Project) -> None:
    (project.results / RECORDS / "build_ard.json").write_text("[]", encoding="utf-8")


def change_a_record(project: Project) -> None:
    path = project.results / RECORDS / "build_ard.json"
    path.write_text(path.read_text(encoding="utf-8").replace("a", "b"), encoding="utf-8")


def damage_the_record_of_the_start(project: Project) -> None:
    path = project.results / RECORDS / "start.json"
    path.write_bytes(path.read_bytes()[:40])


def swap_two_tables(project: Project) -> None:
    swap(project.results / "edc/bl.parquet", project.results / "edc/dm.parquet")


def swap_two_figures(project: Project) -> None:
    swap(project.results / "figures/grotta_itt.svg", project.results / "figures/grotta_pp.svg")


def change_a_cell_of_the_ard(project: Project) -> None:
    lines = project.lines("out/ard.csv")
    place = next(i for i, line in enumerate(lines) if line.startswith("primary,ITT,,"))
    fields = lines[place].split(",")
    lines[place] = ",".join([*fields[:6], "1.5", *fields[7:]])
    project.write_lines("out/ard.csv", lines)


def change_the_manifest(project: Project) -> None:
    path = project.results / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["outputs"]["ard.csv"] = "0" * 64
    path.write_text(json.dumps(content), encoding="utf-8")


def make_everything_old(project: Project) -> None:
    for path in project.results.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


@pytest.mark.parametrize(
    "tamper",
    [
        delete_the_logs, delete_the_job_records, delete_the_records_of_the_engine,
        damage_the_record_of_the_start, delete_all_folders, cut_a_record_off, record_of_nothing,
        change_a_record, swap_two_tables, swap_two_figures, change_a_cell_of_the_ard,
        change_the_manifest, make_everything_old,
    ],
    ids=lambda tamper: tamper.__name__,
)  # fmt: skip
def test_results_and_books_tampered_with(
    complete: Project, project: Project, tamper: Callable[[Project], None], tell: Tell
) -> None:
    tell(tamper.__name__.replace("_", " "))
    tamper(project)
    check_same(complete.outputs(), project, project.run())


def test_an_intermediate_edited_after_a_run_that_stopped(
    complete: Project, fresh: Project, tmp_path: Path, tell: Tell
) -> None:
    tell("an intermediate edited while no manifest was there")
    project = fresh.copy_to(tmp_path / "project")
    module = project.root / "analysis/analyses/safety/deaths_and_bleeding.py"
    whole = module.read_text(encoding="utf-8")
    module.write_text(whole + FAULT, encoding="utf-8")
    assert project.run().status == 1
    assert not (project.results / "manifest.json").exists()
    flip_byte(project.results / "adam/adsl.parquet")
    module.write_text(whole, encoding="utf-8")
    check_same(complete.outputs(), project, project.run())


# --- results and records that do not belong together ----------------------------------------------


def keep_results_and_change_the_plan(project: Project) -> Path:
    """A copy of the results beside them; then the plan is changed and the run made again."""
    kept = project.results.with_name("kept")
    shutil.copytree(project.results, kept)
    project.edit(*PLAN_VALUE)
    outcome = project.run()
    assert outcome.status == 0, outcome.terminal
    return kept


def test_results_of_an_earlier_plan_put_back(project: Project, tell: Tell) -> None:
    tell("the results of an earlier plan put back from a copy")
    kept = keep_results_and_change_the_plan(project)
    reference = project.outputs()
    shutil.rmtree(project.results)
    kept.rename(project.results)
    check_same(reference, project, project.run())


def lose_the_records(project: Project) -> Outcome:
    shutil.rmtree(project.root / ".snakemake")
    return project.run()


def touch(project: Project) -> Outcome:
    project.run("--touch")
    return project.run()


def look_at_times_alone(project: Project) -> Outcome:
    return project.run("--rerun-triggers", "mtime")


def use_another_name(project: Project) -> Outcome:
    return project.run(config={"results": str(project.results)})


@pytest.mark.parametrize(
    "evade",
    [lose_the_records, touch, look_at_times_alone, use_another_name],
    ids=lambda evade: evade.__name__,
)
def test_changed_code_does_not_hide(
    project: Project,
    fresh: Project,
    evade: Callable[[Project], Outcome],
    tmp_path: Path,
    tell: Tell,
) -> None:
    tell(f"code changed, then: {evade.__name__.replace('_', ' ')}")
    elsewhere = fresh.copy_to(tmp_path / "elsewhere")
    for each in (project, elsewhere):
        each.edit(*CODE_VALUE)
    assert elsewhere.run().status == 0
    check_same(elsewhere.outputs(), project, evade(project))
