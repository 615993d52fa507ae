"""Earlier results: nothing stale looks current, nothing edited by hand is built upon."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import ConfigError
from analysis.run.hashes import hash_file
from analysis.run.records.job_records import (
    RECEIPTS,
    Receipt,
    hash_paths,
    note_files,
    write_receipt,
)
from analysis.run.records.rule_specs import Order
from analysis.run.records.stale_results import (
    READ_BY_PEOPLE,
    clear_foreign,
    is_real_run,
    settle_results,
    withdraw,
)
from analysis.run.settings.run import Run, open_run

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
    manifest = {"fingerprint": run.fingerprint, "outputs": outputs}
    (run.results / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for order in list_orders(run):
        inputs, outputs = (hash_paths(run.results, each) for each in (order.inputs, order.outputs))
        write_receipt(run.results, order.rule, Receipt(order.digest, inputs, outputs))
    return run


def list_orders(run: Run, **digests: str) -> list[Order]:
    """A rule for every output, each made from the one before it and the export."""
    paths = [run.results / name for name in (*OUTPUTS, "manifest.json")]
    befores = [run.sources.export[0], *paths]
    return [
        Order(path.stem, (before,), (path,), digests.get(path.stem, "settings"))
        for before, path in zip(befores, paths, strict=False)
    ]


def settle(run: Run, **digests: str) -> None:
    settle_results(run)
    clear_foreign(run.results, list_orders(run, **digests))


def names(folder: Path) -> set[str]:
    """The files below a folder, without the logs."""
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return {file for file in files if not file.startswith("logs/")}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--cores", "2"], ["-c2"], ["--cores", "2", "--config", "results=n"], ["-pc2"], ["-j", "4"],
        ["--report-after-run"], ["-F"], ["-k", "-p"], ["--forceall"], ["-R", "all"],
        ["--rerun-incomplete"], ["-q", "all"], ["report.html"], ["-e", "local"], [],
    ],
)  # fmt: skip
def test_a_run_that_does_work(arguments: list[str]) -> None:
    assert is_real_run(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-n"], ["--dry-run"], ["--dryrun"], ["--cores", "2", "-n"], ["-np"], ["-pn"], ["-kpn"],
        ["-Fn"], ["--lint"], ["--lint=json"], ["--report", "x.html"], ["--report=x.html"],
        ["--dag"], ["--rulegraph"], ["--summary"], ["-S"], ["-D"], ["--list-rules"], ["-l"],
        ["--unlock"], ["-t"], ["--touch"], ["--version"], ["-h"], ["--delete-all-output"],
        ["--list-changes", "code"], ["--lc", "code"], ["--archive", "x.tar"],
        ["--conda-create-envs-only"],
    ],
)  # fmt: skip
def test_a_run_that_only_looks(arguments: list[str]) -> None:
    assert not is_real_run(arguments)


def test_a_complete_run_is_left_alone(run: Run) -> None:
    before = names(run.results)
    settle(run)
    assert names(run.results) == before


@pytest.mark.parametrize("place", range(3))
def test_an_edited_output_goes_and_all_that_was_made_from_it(run: Run, place: int) -> None:
    (run.results / OUTPUTS[place]).write_text("edited", encoding="utf-8")
    settle(run)
    assert names(run.results) == {*OUTPUTS[:place]}


@pytest.mark.parametrize("place", range(3))
def test_what_another_order_made_goes_and_all_that_was_made_from_it(run: Run, place: int) -> None:
    settle(run, **{Path(OUTPUTS[place]).stem: "other settings"})
    assert names(run.results) == {*OUTPUTS[:place]}


def test_what_was_made_from_another_input_goes(run: Run) -> None:
    run.sources.export[0].write_text("changed since\n", encoding="utf-8")
    clear_foreign(run.results, list_orders(run))
    assert names(run.results) == set()


def test_an_edited_figure_goes_and_says_why(run: Run) -> None:
    figure = run.results / OUTPUTS[2]
    figure.write_text("edited", encoding="utf-8")
    clear_foreign(run.results, list_orders(run)[:3])
    assert names(run.results) == {
        *OUTPUTS[:2], *(f"withdrawn/{file}" for file in ("report.html", "manifest.json", "WHY.txt"))
    }  # fmt: skip
    why = (run.results / "withdrawn" / "WHY.txt").read_text(encoding="utf-8")
    assert why == (
        "Withdrawn, not current: 1 output(s) were edited by hand, half made, or made from "
        "something else.\n"
    )


def test_files_that_no_job_makes_are_known_by_their_content(run: Run) -> None:
    note_files(run.results, "adsl", [run.results / OUTPUTS[0]])
    settle(run, adsl="another order")
    assert {*OUTPUTS} <= names(run.results)


def test_inputs_dated_in_the_future_are_refused(run: Run) -> None:
    late = run.sources.export[3]
    os.utime(late, (FAR_OFF, FAR_OFF))
    with pytest.raises(ConfigError) as caught:
        settle_results(run)
    assert f"{late}: 2100-01-01 00:00:00 UTC" in str(caught.value)
    assert "touch FILE" in str(caught.value)


def test_outputs_dated_in_the_future_become_of_today(run: Run) -> None:
    late = run.results / OUTPUTS[0]
    os.utime(late, (FAR_OFF, FAR_OFF))
    settle(run)
    assert late.stat().st_mtime < FAR_OFF
    assert names(run.results) >= {*OUTPUTS}


def test_an_edited_report_is_not_kept(run: Run) -> None:
    (run.results / "report.html").write_text("edited", encoding="utf-8")
    settle(run)
    assert not {"report.html", "withdrawn/report.html"} & names(run.results)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"fingerprint": "another"}', "\xff"])
def test_a_report_without_a_manifest_of_this_run_is_withdrawn(run: Run, content: str) -> None:
    (run.results / "manifest.json").write_bytes(content.encode("latin-1"))
    settle(run)
    assert "report.html" not in names(run.results)
    assert "withdrawn/report.html" in names(run.results)


def test_changed_inputs_withdraw_the_report_alone(
    working: Path, run: Run, rehearse: Rehearse
) -> None:
    (working / "edc" / "dm.csv").write_text("other\n", encoding="utf-8")
    settle_results(rehearse())
    assert {"ard.csv", "adam/adsl.parquet", "withdrawn/report.html"} <= names(run.results)
    assert "report.html" not in names(run.results)


def test_a_folder_of_another_export_is_refused(working: Path, run: Run, rehearse: Rehearse) -> None:
    settle_results(run)
    (working / "edc").rename(working / "edc2")
    with pytest.raises(ConfigError, match="results of another mode or another export"):
        settle_results(rehearse(edc_dir="edc2"))


def test_a_folder_of_the_demonstration_trial_is_refused(run: Run) -> None:
    settle_results(open_run({"results": "demo"}, []))
    with pytest.raises(ConfigError, match="results = demo"):
        settle_results(open_run({"edc_dir": "edc", "unblinding_dir": "lists", "rehearsal": True,
                                 "results": "demo"}, []))  # fmt: skip


def test_withdrawn_results_are_kept_until_the_next_report_is_withdrawn(run: Run) -> None:
    withdraw(run.results, ("report.html", "manifest.json"), "inputs changed")
    withdraw(run.results, READ_BY_PEOPLE, "the run stopped")
    shelf = run.results / "withdrawn"
    everything = {"report.html", "manifest.json", "ard.csv", "figures/consort.svg", "WHY.txt"}
    assert names(shelf) == everything
    assert (shelf / "WHY.txt").read_text(encoding="utf-8").endswith("the run stopped.\n")

    (run.results / "ard.csv").write_text("second", encoding="utf-8")
    (run.results / "figures").mkdir()
    (run.results / "figures" / "grotta_itt.svg").write_text("second", encoding="utf-8")
    withdraw(run.results, READ_BY_PEOPLE, "the run stopped again")
    assert (shelf / "ard.csv").read_text(encoding="utf-8") == "second"
    assert not (shelf / "figures" / "consort.svg").exists()

    (run.results / "report.html").write_text("third", encoding="utf-8")
    withdraw(run.results, READ_BY_PEOPLE, "once more")
    assert names(shelf) == {"report.html", "WHY.txt"}


def test_nothing_to_withdraw_leaves_no_trace(tmp_path: Path) -> None:
    withdraw(tmp_path, READ_BY_PEOPLE, "nothing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [None, "", "[]", '{"adam/adsl.parquet": "another"}', '{"order": "", "inputs": 1}']
)
def test_outputs_without_a_sound_receipt_are_made_again(run: Run, content: str | None) -> None:
    receipt = run.results / RECEIPTS / "adsl.json"
    receipt.unlink() if content is None else receipt.write_text(content, encoding="utf-8")
    settle(run)
    assert not set(OUTPUTS) & names(run.results)


def test_files_that_are_no_outputs_are_left_alone(run: Run) -> None:
    (run.results / "figures" / "notes.txt").write_text("mine", encoding="utf-8")
    settle(run)
    assert "figures/notes.txt" in names(run.results)


def test_what_a_killed_writer_left_is_removed(run: Run) -> None:
    (run.results / ".ard.4711.0badcafe.csv").write_text("half", encoding="utf-8")
    (run.results / "figures" / ".notes").write_text("mine", encoding="utf-8")
    settle(run)
    assert ".ard.4711.0badcafe.csv" not in names(run.results)
    assert "figures/.notes" in names(run.results)


def test_what_no_rule_makes_any_more_goes(run: Run) -> None:
    """Figures of a preset that is no longer asked for would look as if they were of this run."""
    left = run.results / "figures" / "lancet" / "consort.svg"
    left.parent.mkdir()
    left.write_text("of an earlier run", encoding="utf-8")
    receipt = Receipt("settings", {}, hash_paths(run.results, [left]))
    write_receipt(run.results, "draw_presets", receipt)
    settle(run)
    assert names(run.results) == {*OUTPUTS, "manifest.json"}


def test_what_the_user_put_there_or_edited_stays(run: Run) -> None:
    own, edited = (run.results / "figures" / name for name in ("own.svg", "edited.svg"))
    edited.write_text("of an earlier run", encoding="utf-8")
    receipt = Receipt("settings", {}, hash_paths(run.results, [edited]))
    write_receipt(run.results, "draw_presets", receipt)
    for file in (own, edited):
        file.write_text("by hand", encoding="utf-8")
    settle(run)
    assert names(run.results) >= {"figures/own.svg", "figures/edited.svg"}
