"""Earlier results: nothing stale looks current, nothing edited by hand is built upon."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import ConfigError
from analysis.io.files import witnessed, write_text
from analysis.run.hashes import hash_all_code, hash_file
from analysis.run.job_records.proof import keep_journal
from analysis.run.job_records.record import (
    RECORDS,
    JobRecord,
    hash_paths,
    read_start,
    write_record,
)
from analysis.run.job_records.rule_specs import RuleSpec
from analysis.run.job_records.stale_results import (
    prepare_results,
    remove_stale,
    withdraw_outdated,
)
from analysis.run.job_records.withdrawal import READ_BY_PEOPLE, withdraw
from analysis.run.settings.opening import open_run
from analysis.run.settings.run import Run

Rehearse = Callable[..., Run]
FAR_OFF = 4_102_444_800  # 2100-01-01
OUTPUTS = ("adam/adsl.parquet", "ard.csv", "figures/consort.svg", "report.html")


@pytest.fixture
def run(rehearse: Rehearse) -> Run:
    """A run that was completed earlier, with its manifest."""
    run = rehearse()
    for name in OUTPUTS:
        path = run.results / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    outputs = {name: hash_file(run.results / name) for name in OUTPUTS}
    (run.results / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    for spec in list_specs(run):
        record_job(run, spec)
    return run


def record_job(run: Run, spec: RuleSpec, digest: str | None = "settings") -> None:
    """What a job leaves when it comes to its end."""
    inputs, outputs = (hash_paths(run.results, each) for each in (spec.inputs, spec.outputs))
    write_record(run.results, spec.rule, JobRecord(spec=digest, inputs=inputs, outputs=outputs))


def list_specs(run: Run, **digests: str) -> list[RuleSpec]:
    """A rule for every output, each made from the one before it and the export."""
    paths = [run.results / name for name in (*OUTPUTS, "manifest.json")]
    befores = [run.sources.export[0], *paths]
    return [
        RuleSpec(path.stem, (before,), (path,), digests.get(path.stem, "settings"))
        for before, path in zip(befores, paths, strict=False)
    ]


def prepare(run: Run, **digests: str) -> None:
    prepare_results(run, list_specs(run, **digests))


def names(folder: Path) -> set[str]:
    """The files below a folder, without the logs."""
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return {file for file in files if not file.startswith("logs/")}


def set_aside(*files: str, number: int = 1) -> set[str]:
    """Where edited outputs are kept."""
    return {f"withdrawn/{number}/{name}" for name in (*files, "WHY.txt")}


def test_a_complete_run_is_left_alone(run: Run) -> None:
    before = names(run.results)
    prepare(run)
    assert names(run.results) == before


@pytest.mark.parametrize("place", range(3))
def test_an_edited_output_goes_and_all_that_was_made_from_it(run: Run, place: int) -> None:
    (run.results / OUTPUTS[place]).write_text("edited", encoding="utf-8")
    prepare(run)
    assert names(run.results) == {*OUTPUTS[:place], *set_aside(OUTPUTS[place])}
    kept = run.results / "withdrawn" / "1" / OUTPUTS[place]
    assert kept.read_text(encoding="utf-8") == "edited"


@pytest.mark.parametrize("place", range(3))
def test_what_other_settings_made_goes_and_all_that_was_made_from_it(run: Run, place: int) -> None:
    prepare(run, **{Path(OUTPUTS[place]).stem: "other settings"})
    assert names(run.results) == {*OUTPUTS[:place]}


def test_what_was_made_from_another_input_goes(run: Run) -> None:
    run.sources.export[0].write_text("changed since\n", encoding="utf-8")
    remove_stale(run.results, list_specs(run))
    assert names(run.results) == set()


def test_an_edited_figure_goes_and_says_why(run: Run) -> None:
    figure = run.results / OUTPUTS[2]
    figure.write_text("edited", encoding="utf-8")
    remove_stale(run.results, list_specs(run)[:3])
    assert names(run.results) == {
        *OUTPUTS[:2], *set_aside(OUTPUTS[2]),
        *(f"withdrawn/{file}" for file in ("report.html", "manifest.json", "WHY.txt")),
    }  # fmt: skip
    why = (run.results / "withdrawn" / "WHY.txt").read_text(encoding="utf-8")
    assert why == (
        "Withdrawn, not current: 1 output(s) were edited by hand, half made, or made from "
        "something else.\n"
    )


def test_files_that_no_job_makes_are_known_by_their_content(run: Run) -> None:
    record_job(run, list_specs(run)[0], digest=None)
    prepare(run, adsl="another specification")
    assert {*OUTPUTS} <= names(run.results)


def test_inputs_dated_in_the_future_are_refused(run: Run) -> None:
    late = run.sources.export[3]
    os.utime(late, (FAR_OFF, FAR_OFF))
    before = names(run.results)
    with pytest.raises(ConfigError) as caught:
        prepare(run)
    assert names(run.results) == before
    assert f"{late}: 2100-01-01 00:00:00 UTC" in str(caught.value)
    assert "touch FILE" in str(caught.value)


def test_outputs_dated_in_the_future_become_of_today(run: Run) -> None:
    late = run.results / OUTPUTS[0]
    os.utime(late, (FAR_OFF, FAR_OFF))
    prepare(run)
    assert late.stat().st_mtime < FAR_OFF
    assert names(run.results) >= {*OUTPUTS}


def test_an_edited_report_is_not_kept(run: Run) -> None:
    (run.results / "report.html").write_text("edited", encoding="utf-8")
    prepare(run)
    assert not {"report.html", "withdrawn/report.html"} & names(run.results)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"fingerprint": "another"}', "\xff"])
def test_a_report_without_a_manifest_of_this_run_is_withdrawn(
    run: Run, content: str | None
) -> None:
    manifest = run.results / "manifest.json"
    manifest.unlink() if content is None else manifest.write_bytes(content.encode("latin-1"))
    prepare(run)
    assert "report.html" not in names(run.results)
    assert "withdrawn/report.html" in names(run.results)


def test_a_report_of_other_settings_is_withdrawn_alone(run: Run) -> None:
    """Its settings are plan, inputs and code among others: all that the results depend on."""
    prepare(run, report="of changed inputs")
    kept = {f"withdrawn/{file}" for file in ("report.html", "manifest.json", "WHY.txt")}
    assert names(run.results) == {*OUTPUTS[:3], *kept}
    why = (run.results / "withdrawn" / "WHY.txt").read_text(encoding="utf-8")
    assert why == (
        "Withdrawn, not current: its inputs, plan or code have changed, or a run stopped.\n"
    )


def test_the_start_is_recorded_for_the_jobs(working: Path, run: Run) -> None:
    prepare(run)
    start = read_start(run.results)
    assert start is not None
    assert (start.mode, start.export) == ("rehearsal", "../edc")
    assert start.code == hash_all_code()
    assert start.specs == {spec.rule: "settings" for spec in list_specs(run)}
    files = {"../config/trial.yaml", *(f"../edc/{path.name}" for path in run.sources.export)}
    assert start.files.keys() == files | {f"../lists/{path.name}" for path in run.sources.lists}
    assert start.files["../edc/dm.csv"] == hash_file(working / "edc" / "dm.csv")


def test_a_file_changed_since_the_run_was_opened_is_known_as_it_was(
    working: Path, run: Run
) -> None:
    before = hash_file(working / "edc" / "dm.csv")
    (working / "edc" / "dm.csv").write_text("changed\n", encoding="utf-8")
    prepare(run)
    start = read_start(run.results)
    assert start is not None
    assert start.files["../edc/dm.csv"] == before


def test_a_folder_of_another_export_is_refused(working: Path, run: Run, rehearse: Rehearse) -> None:
    prepare(run)
    before = names(run.results)
    (working / "edc").rename(working / "edc2")
    with pytest.raises(ConfigError, match="results of another mode or another export"):
        prepare(rehearse(edc_dir="edc2"), report="other settings")
    assert names(run.results) == before


def test_a_folder_that_an_earlier_version_left_is_refused_too(run: Run) -> None:
    prepare(run)
    (run.results / RECORDS / "start.json").unlink()
    origin = {"mode": "unblinded", "export": "../edc"}
    (run.results / "logs" / "origin.json").write_text(json.dumps(origin), encoding="utf-8")
    before = names(run.results)
    with pytest.raises(ConfigError, match=r"another mode .* \(mode unblinded, export "):
        prepare(run, report="other settings")
    assert names(run.results) == before


def test_a_report_of_other_code_is_withdrawn_before_the_rules_are_read(run: Run) -> None:
    prepare(run)
    withdraw_outdated(run)
    assert (run.results / "report.html").is_file()
    withdraw_outdated(replace(run, code={**run.code, "all": "0" * 64}))
    assert not (run.results / "report.html").exists()
    assert (run.results / "withdrawn" / "report.html").is_file()


def test_a_folder_of_the_demonstration_trial_is_refused(run: Run) -> None:
    prepare_results(open_run({"results": "demo"}, []), [])
    with pytest.raises(ConfigError, match="results = demo"):
        prepare_results(open_run({"edc_dir": "edc", "unblinding_dir": "lists", "rehearsal": True,
                                  "results": "demo"}, []), [])  # fmt: skip


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"mode": "rehearsal", "export": 1}'])
def test_a_damaged_record_of_the_start_is_replaced(run: Run, content: str) -> None:
    file = run.results / RECORDS / "start.json"
    file.write_text(content, encoding="utf-8")
    assert read_start(run.results) is None
    prepare(run)
    assert read_start(run.results) is not None
    assert names(run.results) == {*OUTPUTS, "manifest.json"}


def test_withdrawn_results_are_kept_until_the_next_report_is_withdrawn(run: Run) -> None:
    withdraw(run.results, ("report.html", "manifest.json"), "inputs changed")
    withdraw(run.results, READ_BY_PEOPLE, "the run stopped")
    shelf = run.results / "withdrawn"
    everything = {"report.html", "manifest.json", "ard.csv", "figures/consort.svg", "WHY.txt"}
    assert names(shelf) == everything
    assert (shelf / "WHY.txt").read_text(encoding="utf-8").endswith("the run stopped.\n")

    for name in ("ard.csv", "figures/consort.svg", "report.html"):
        (run.results / name).parent.mkdir(exist_ok=True)
        (run.results / name).write_text(f"second {name}", encoding="utf-8")
    specs = {spec.outputs[0].name: spec for spec in list_specs(run)}
    record_job(run, specs["ard.csv"])
    withdraw(run.results, ["ard.csv"], "the run stopped again")
    assert (shelf / "ard.csv").read_text(encoding="utf-8") == "second ard.csv"
    assert (shelf / "figures" / "consort.svg").exists()

    record_job(run, specs["report.html"])
    withdraw(run.results, ["report.html"], "once more")
    assert names(shelf) == {"report.html", "WHY.txt"}
    assert (run.results / "figures" / "consort.svg").exists(), "of nothing that was withdrawn"


def test_an_edited_output_is_kept_however_often_runs_are_withdrawn(run: Run) -> None:
    for number in (1, 2, 3):
        (run.results / "ard.csv").write_text(f"edit {number}", encoding="utf-8")
        withdraw(run.results, READ_BY_PEOPLE, "the run stopped")
    shelf = run.results / "withdrawn"
    texts = [(shelf / str(n) / "ard.csv").read_text(encoding="utf-8") for n in (1, 2, 3)]
    assert texts == ["edit 1", "edit 2", "edit 3"]


def test_what_somebody_laid_among_the_withdrawn_is_never_erased(run: Run) -> None:
    shelf = run.results / "withdrawn"
    shelf.mkdir()
    for name in ("report.html", "notes.txt"):
        (shelf / name).write_text("mine", encoding="utf-8")
    withdraw(run.results, READ_BY_PEOPLE, "the run stopped")
    (run.results / "report.html").write_text("again", encoding="utf-8")
    record_job(run, list_specs(run)[3])
    withdraw(run.results, READ_BY_PEOPLE, "the run stopped again")
    assert {
        (shelf / name).read_text(encoding="utf-8") for name in ("report.html", "notes.txt")
    } == {"mine"}
    assert names(shelf / "1") == {"report.html", "WHY.txt"}
    assert (shelf / "1" / "report.html").read_text(encoding="utf-8") == "again"


def test_a_file_that_no_run_made_stops_the_start(run: Run) -> None:
    (run.results / "logs" / "records" / "report.json").unlink()
    (run.results / "manifest.json").unlink()
    (run.results / "report.html").write_text("mine", encoding="utf-8")
    before = {path: path.read_bytes() for path in run.results.rglob("*") if path.is_file()}
    with pytest.raises(ConfigError, match=r"1 file\(s\) or folder\(s\) stand where a run writes"):
        prepare(run)
    assert before == {path: path.read_bytes() for path in run.results.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["adam", "figures", "withdrawn", "logs/records"])
def test_a_folder_that_leads_out_of_the_results_stops_the_start(
    working: Path, run: Run, folder: str
) -> None:
    if (run.results / folder).exists():
        shutil.rmtree(run.results / folder)
    (run.results / folder).symlink_to(working / "edc")
    before = names(working)
    with pytest.raises(ConfigError, match=f"out/{folder}"):
        prepare(run)
    assert names(working) == before


def test_what_a_killed_job_had_written_is_known_and_goes(run: Run) -> None:
    (run.results / "logs" / "records" / "adsl.json").unlink()
    (run.results / "manifest.json").unlink()
    half = run.results / OUTPUTS[0]
    with witnessed(keep_journal(run.results, "adsl")):
        write_text(half, "half of the outputs")
    prepare(run)
    assert not half.exists()
    assert not (run.results / "withdrawn" / "1").exists()


def test_nothing_to_withdraw_leaves_no_trace(tmp_path: Path) -> None:
    withdraw(tmp_path, READ_BY_PEOPLE, "nothing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        None, "", "[]", '{"adam/adsl.parquet": "another"}', '{"spec": "", "inputs": 1}',
        '{"spec": "settings", "inputs": {}, "outputs": 1}',
    ],
)  # fmt: skip
def test_outputs_without_a_sound_record_are_made_again(run: Run, content: str | None) -> None:
    record = run.results / RECORDS / "adsl.json"
    record.unlink() if content is None else record.write_text(content, encoding="utf-8")
    prepare(run)
    assert not set(OUTPUTS) & names(run.results)


def test_files_that_are_no_outputs_are_left_alone(run: Run) -> None:
    (run.results / "figures" / "notes.txt").write_text("mine", encoding="utf-8")
    prepare(run)
    assert "figures/notes.txt" in names(run.results)


def test_what_a_killed_writer_left_is_removed(run: Run) -> None:
    (run.results / ".ard.4711.0badcafe.csv").write_text("half", encoding="utf-8")
    own = (".notes", ".plan.4711.0badcafe.csv")
    for name in own:
        (run.results / "figures" / name).write_text("mine", encoding="utf-8")
    prepare(run)
    assert ".ard.4711.0badcafe.csv" not in names(run.results)
    assert {f"figures/{name}" for name in own} <= names(run.results)


def test_what_no_rule_makes_any_more_goes(run: Run) -> None:
    """Figures of a preset that is no longer asked for would look as if they were of this run."""
    left = run.results / "figures" / "lancet" / "consort.svg"
    left.parent.mkdir()
    left.write_text("of an earlier run", encoding="utf-8")
    record_job(run, RuleSpec("draw_presets", (), (left,), "settings"))
    prepare(run)
    assert names(run.results) == {*OUTPUTS, "manifest.json"}


def test_what_the_user_put_there_or_edited_stays(run: Run) -> None:
    own, edited = (run.results / "figures" / name for name in ("own.svg", "edited.svg"))
    edited.write_text("of an earlier run", encoding="utf-8")
    record_job(run, RuleSpec("draw_presets", (), (edited,), "settings"))
    for file in (own, edited):
        file.write_text("by hand", encoding="utf-8")
    prepare(run)
    assert names(run.results) >= {"figures/own.svg", "figures/edited.svg"}
