"""What a run analyses and where its results go: files, command line, and what is refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import ConfigError, DataError
from analysis.io.result import Allocation
from analysis.run.settings.command_line import KEYS, read_command_line
from analysis.run.settings.mode import Mode
from analysis.run.settings.opening import open_run, results_folders
from analysis.run.settings.run import Run

Rehearse = Callable[..., Run]


# --- the command line ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("true", True), ("false", False), ("True", True), ("FALSE", False), (True, True),
        (False, False),
    ],
)  # fmt: skip
def test_rehearsal_is_read_by_its_type(given: object, value: bool) -> None:
    assert read_command_line({"rehearsal": given}).mapping == {"rehearsal": value}


@pytest.mark.parametrize("given", ["yes", "1", 1, 0, "wahr"])
def test_rehearsal_is_nothing_else(given: object) -> None:
    with pytest.raises(ConfigError, match=r"rehearsal = .*: must be true or false"):
        read_command_line({"rehearsal": given})


@pytest.mark.parametrize(("given", "value"), [("true", True), (True, True), ("False", False)])
def test_tiff_is_asked_for_on_the_command_line_alone(given: object, value: bool) -> None:
    asked = read_command_line({"tiff": given})
    assert asked.tiff is value
    assert asked.mapping == {}
    assert read_command_line({}).tiff is False
    with pytest.raises(ConfigError, match="tiff = 600: must be true or false"):
        read_command_line({"tiff": 600})


@pytest.mark.parametrize("key", ["edc_dir", "unblinding_dir", "results"])
def test_a_folder_is_text(key: str) -> None:
    assert read_command_line({key: "./001"}).mapping == {key: "./001"}


@pytest.mark.parametrize("key", ["edc", "lock", "amendments", "unblinding_record", "manifest"])
def test_a_file_is_a_path(key: str) -> None:
    line = read_command_line({key: "./001"})
    assert getattr(line, key) == Path("001")
    assert line.mapping == {}
    with pytest.raises(ConfigError, match=rf"{key} = 1: .*write it as a path"):
        read_command_line({key: 1})


def test_a_reason_that_arrives_as_a_number_is_text() -> None:
    assert read_command_line({"relock": 7}).relock == "7"


@pytest.mark.parametrize("given", [1, 2026.5, True, ["a"], {"a": 1}])
def test_a_folder_that_arrives_as_something_else(given: object) -> None:
    with pytest.raises(ConfigError, match=r"results = .*: .*write it as a path, results=\./NAME"):
        read_command_line({"results": given})


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("given", [None, "", " "])
def test_a_key_without_a_value(key: str, given: object) -> None:
    with pytest.raises(ConfigError, match=f"{key}: is given without a value"):
        read_command_line({key: given})


def test_every_wrong_key_of_the_command_line_is_told() -> None:
    with pytest.raises(ConfigError) as caught:
        read_command_line({"edcdir": "x", "results": 1, "rehearsal": "maybe", "alpha": 0.1})
    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    assert lines[0] == "The command line (--config) is wrong."
    assert lines[1].endswith(
        "edcdir: unknown key; allowed on the command line: edc_dir, unblinding_dir, results, "
        "rehearsal, tiff, presets, edc, lock, amendments, unblinding_record, manifest, labels, "
        "lock_name, relock"
    )


# --- the mode -----------------------------------------------------------------------------------


def test_nothing_given_is_the_demonstration_trial(working: Path) -> None:
    run = open_run({}, [])
    assert (run.is_demo, run.allocation) == (True, Allocation.REHEARSAL)
    assert run.results == Path("results/rehearsal")
    assert run.sources.edc_dir == Path("data/demo/NCT07141303/edc")
    assert len(run.sources.tables) == 16
    assert [path.stem for path in run.sources.export] == [*run.sources.tables, "SIMULATED"]


def test_a_rehearsal_of_an_export(rehearse: Rehearse) -> None:
    run = rehearse()
    assert (run.is_demo, run.allocation) == (False, Allocation.REHEARSAL)
    assert (run.sources.edc_dir, run.results) == (Path("edc"), Path("out"))
    assert {path.parent for path in run.sources.lists} == {Path("lists")}
    assert run.logs == Path("out/logs")


def test_lists_without_a_declared_rehearsal_are_refused(rehearse: Rehearse) -> None:
    with pytest.raises(ConfigError, match="neither an unblinding record"):
        rehearse(rehearsal="false")


def test_lists_without_an_export_are_refused(working: Path) -> None:
    with pytest.raises(ConfigError, match="unblinding_dir is given without edc_dir"):
        open_run({"unblinding_dir": "lists", "rehearsal": True}, [])


def test_an_export_without_lists_is_blinded(working: Path) -> None:
    run = open_run({"edc_dir": "edc"}, [])
    assert (run.blinding.mode, run.allocation) == (Mode.BLINDED, Allocation.DUMMY)
    assert run.sources.lists == ()
    assert run.results == Path("results/blinded")


def test_a_rehearsal_without_lists_is_refused(working: Path) -> None:
    with pytest.raises(ConfigError, match="rehearsal=true is given without unblinding_dir"):
        open_run({"edc_dir": "edc", "rehearsal": True}, [])


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({"edc_dir": "nowhere"}, DataError, "nowhere: there is no such folder"),
        ({"edc_dir": "nothing"}, ConfigError, "edc_dir = nothing: the folder holds no table"),
        ({"unblinding_dir": "edc"}, ConfigError, "no such file: edc/randomisation_list.csv"),
        ({"edc_dir": ""}, ConfigError, "edc_dir: is given without a value"),
        ({"edc": "config/absent.yaml"}, ConfigError, "config/absent.yaml: there is no such file"),
        ({"results": "edc"}, ConfigError, "results = edc: the same folder as edc_dir"),
        ({"results": "./edc/../lists"}, ConfigError, "the same folder as unblinding_dir"),
    ],
)
def test_folders_that_cannot_be_used(
    rehearse: Rehearse, values: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        rehearse(**values)


def test_another_mapping_and_another_plan(working: Path, rehearse: Rehearse) -> None:
    mapping = (working / "config" / "edc.yaml").read_text(encoding="utf-8")
    (working / "other.yaml").write_text(
        mapping.replace("encoding: utf-8", "encoding: gb18030"), encoding="utf-8"
    )
    run = rehearse(working / "config" / "trial-phase2.yaml", edc="other.yaml")
    assert run.mapping.encoding == "gb18030"
    assert run.plan.trial.registry_id == "NCT07516522"
    assert run.plan_file == Path("config/trial-phase2.yaml")


def test_plans_are_not_merged(working: Path, rehearse: Rehearse) -> None:
    plan = working / "config" / "trial.yaml"
    with pytest.raises(ConfigError, match="give one plan"):
        rehearse(plan, plan)


# --- tables -------------------------------------------------------------------------------------


def test_an_optional_table_counts_when_it_is_there(working: Path, rehearse: Rehearse) -> None:
    assert {"cm", "screening"} <= set(rehearse().sources.tables)
    (working / "edc" / "cm.csv").unlink()
    (working / "edc" / "dm.csv").unlink()
    tables = rehearse().sources.tables
    assert "cm" not in tables
    assert "dm" in tables  # its absence is told when the export is read


def test_an_optional_table_may_have_another_file(working: Path, rehearse: Rehearse) -> None:
    mapping = (working / "config" / "edc.yaml").read_text(encoding="utf-8")
    changed = mapping.replace("tables: {}", "tables: {screening: {file: cm.csv}}")
    (working / "config" / "edc.yaml").write_text(changed, encoding="utf-8")
    (working / "edc" / "screening.csv").unlink()
    tables = rehearse().sources.tables
    assert "screening" in tables
    assert "cm" not in tables


# --- hashes -------------------------------------------------------------------------------------


def hashes(run: Run) -> dict[str, str]:
    return {
        "plan": run.plan_hash,
        "mapping": run.mapping_hash,
        "inputs": run.inputs,
        "fingerprint": run.fingerprint,
    }


def test_folders_and_the_order_of_options_change_no_hash(working: Path, rehearse: Rehearse) -> None:
    before = hashes(rehearse())
    (working / "edc").rename(working / "moved")
    assert hashes(rehearse(edc_dir="moved", results="elsewhere")) == before


def test_the_time_of_a_query_changes_no_hash(working: Path, rehearse: Rehearse) -> None:
    before = hashes(rehearse())
    path = working / "config" / "edc.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}query_seconds: 5\n", encoding="utf-8")
    run = rehearse()
    assert run.mapping.query_seconds == 5
    assert hashes(run) == before


def test_comments_and_layout_of_the_plan_change_no_hash(working: Path, rehearse: Rehearse) -> None:
    before = hashes(rehearse())
    path = working / "config" / "trial.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text("# new\n" + text.replace("[1, 1]", "[1,  1]"), encoding="utf-8")
    assert hashes(rehearse()) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("config/trial.yaml", "alpha: 0.05", "alpha: 0.01", {"plan"}),
        ("config/trial.yaml", "label: Placebo", "label: placebo", {"plan"}),
        ("config/edc.yaml", "missing_values: []", "missing_values: ['.']", {"mapping"}),
        ("edc/dm.csv", "dm", "dn", {"inputs"}),
        ("lists/kit_list.csv", "kit", "kid", {"inputs"}),
    ],
)
def test_what_changes_a_hash(
    working: Path, rehearse: Rehearse, file: str, old: str, new: str, changed: set[str]
) -> None:
    before = hashes(rehearse())
    path = working / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    after = hashes(rehearse())
    assert {name for name in before if before[name] != after[name]} == {*changed, "fingerprint"}


def test_other_code_changes_the_fingerprint(rehearse: Rehearse) -> None:
    run = rehearse()
    other = dataclasses.replace(run, code={**run.code, "all": "other"})
    assert other.fingerprint != run.fingerprint


def test_a_file_that_changes_its_name_changes_the_inputs(working: Path, rehearse: Rehearse) -> None:
    before = rehearse().inputs
    (working / "edc" / "cm.csv").rename(working / "edc" / "cn.csv")
    assert rehearse().inputs != before


def test_the_plan_is_the_input_of_the_demonstration_trial(working: Path) -> None:
    before = open_run({}, []).inputs
    path = working / "config" / "trial.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("seed: 20250822", "seed: 20250823"), encoding="utf-8")
    assert open_run({}, []).inputs != before


def test_a_description_holds_no_path(working: Path, rehearse: Rehearse) -> None:
    described = str(rehearse(edc_dir=str(working / "edc")).describe("analyse"))
    assert str(working) not in described


# --- where a failed start looks for earlier results ---------------------------------------------


def test_folders_of_earlier_results(working: Path) -> None:
    assert results_folders({"results": "out"}) == [Path("out")]
    defaults = [Path("results") / mode for mode in ("blinded", "rehearsal", "unblinded")]
    assert results_folders({}) == defaults
    mapping = (working / "config" / "edc.yaml").read_text(encoding="utf-8")
    (working / "mine.yaml").write_text(
        mapping.replace("results: null", "results: mine"), encoding="utf-8"
    )
    assert results_folders({"edc": "mine.yaml"}) == [Path("mine")]
    (working / "mine.yaml").write_text("results: [", encoding="utf-8")
    assert results_folders({"edc": "mine.yaml"}) == defaults
