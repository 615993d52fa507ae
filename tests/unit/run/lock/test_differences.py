"""What of the plan and the mapping differs from a lock, with the locked and the present value."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.errors import ConfigError
from analysis.run.lock.differences import list_changes, require_as_locked
from analysis.run.lock.file import Lock, dump_lock, read_lock, save_lock, seal_lock
from tests.unit.run.locked_trial import LockedTrial, amend

ALPHA = "plan.inference.alpha"


def require(trial: LockedTrial, *amendments: Any) -> Lock:
    return require_as_locked(trial.path, trial.files, trial.plan, trial.mapping, amendments)


def lock_with(trial: LockedTrial, part: str, values: dict[str, Any]) -> None:
    """Lock what an earlier version of the program would have locked: with other keys."""
    lock = trial.lock()
    save_lock(trial.path, seal_lock({**dump_lock(lock), part: values}))


def test_nothing_differs(locked: LockedTrial) -> None:
    assert locked.findings() == []
    assert require(locked) == read_lock(locked.path)


@pytest.mark.parametrize(
    ("key", "value", "finding"),
    [
        ("inference.alpha", 0.025, "plan.inference.alpha: 0.05 -> 0.025"),
        ("outcome.window_days", 15, "plan.outcome.window_days: 14 -> 15"),
        ("outcome.source_order", ["LOCAL", "CENTRAL"],
         'plan.outcome.source_order: ["CENTRAL", "LOCAL"] -> ["LOCAL", "CENTRAL"]'),
        ("safety.haemorrhage_hours", 72, "plan.safety.haemorrhage_hours: 48.0 -> 72.0"),
        ("arms.treatment.label", "MP", 'plan.arms.treatment.label: "Methylprednisolone" -> "MP"'),
        ("sealed_lists.kit_list", "a" * 64, f'plan.sealed_lists.kit_list: null -> "{"a" * 64}"'),
    ],
)  # fmt: skip
def test_a_changed_key_of_the_plan(locked: LockedTrial, key: str, value: Any, finding: str) -> None:
    locked.set_plan(key, value)
    assert locked.findings() == [f"{finding}, without an amendment"]


def test_a_covariate_taken_out_is_one_finding(locked: LockedTrial) -> None:
    kept = [covariate.model_dump(mode="json") for covariate in locked.plan.primary.covariates[1:]]
    locked.set_plan("primary.covariates", kept)
    (finding,) = locked.findings()
    assert finding.startswith('plan.primary.covariates: [{"name": "AGE", ')


def test_a_key_that_the_locked_plan_does_not_have(trial: LockedTrial) -> None:
    plan = dict(trial.build().plan)
    del plan["safety.death_day"]
    lock_with(trial, "plan", plan)
    assert trial.findings() == ["plan.safety.death_day: absent -> 90, without an amendment"]


def test_a_key_that_the_plan_no_longer_has(trial: LockedTrial) -> None:
    lock_with(trial, "plan", {**trial.build().plan, "safety.more": None})
    assert trial.findings() == ["plan.safety.more: null -> absent, without an amendment"]


@pytest.mark.parametrize(
    ("key", "value", "finding"),
    [
        ("encoding", "gb18030", 'edc.encoding: "utf-8" -> "gb18030"'),
        ("missing_values", ["-99"], 'edc.missing_values: [] -> ["-99"]'),
        ("unterminated_last_line", "accept",
         'edc.unterminated_last_line: "refuse" -> "accept"'),
        ("tables", {"mrs": {"columns": {"MRS": "SCORE"}}},
         'edc.tables.mrs.columns.MRS: absent -> "SCORE"'),
        ("tables", {"mrs": {"values": {"MRSSRC": {"site": "LOCAL"}}}},
         'edc.tables.mrs.values.MRSSRC.site: absent -> "LOCAL"'),
    ],
)  # fmt: skip
def test_a_changed_key_of_the_mapping(
    locked: LockedTrial, key: str, value: Any, finding: str
) -> None:
    locked.set_mapping(key, value)
    assert locked.findings() == [f"{finding}, without an amendment"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("edc_dir", "elsewhere"), ("unblinding_dir", "lists"), ("rehearsal", True),
        ("results", "out"), ("tables", {"mrs": {}}),
    ],
)  # fmt: skip
def test_paths_mode_and_an_empty_entry_are_free(locked: LockedTrial, key: str, value: Any) -> None:
    locked.set_mapping(key, value)
    assert locked.findings() == []


def test_a_lock_of_another_trial(locked: LockedTrial) -> None:
    locked.set_plan("trial.registry_id", "NCT07516522")
    locked.set_plan("trial.n_randomised", 210)
    amended = amend("plan.trial.registry_id", "NCT07141303", "NCT07516522")
    for amendments in ([], [amended]):
        assert locked.findings(amendments) == [
            "the lock is of NCT07141303, the plan of NCT07516522"
        ]


def test_everything_that_differs_is_told_at_once_with_what_to_do(locked: LockedTrial) -> None:
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    locked.set_plan("inference.alpha", 0.025)
    locked.set_mapping("missing_values", ["-99"])
    with pytest.raises(ConfigError) as caught:
        require(locked, amend("plan.inference.alhpa", 0.05, 0.025))
    heading, *findings, advice = str(caught.value).splitlines()
    assert heading.startswith(
        f"{locked.path}: this run differs from the data set 'Final data' locked on 2026-11-01."
    )
    assert [finding.split(":")[0] for finding in findings] == [
        "  - edc/mrs.csv", "  - plan.inference.alpha", "  - edc.missing_values",
        "  - amendments.0 (plan.inference.alhpa)",
    ]  # fmt: skip
    assert advice == (
        "Restore the locked files and plan, and the environment as requirements.lock has it (rm -r "
        ".venv, then make env); or record a change of plan, mapping or environment in "
        "config/amendments.yaml; or lock the data set again: snakemake lock --config relock=REASON"
    )


def test_an_amended_plan_runs_and_its_changes_are_listed(locked: LockedTrial) -> None:
    locked.set_plan("inference.alpha", 0.025)
    locked.set_mapping("encoding", "gb18030")
    amendments = [amend("edc.encoding", "utf-8", "gb18030"), amend(ALPHA, 0.05, 0.025)]
    assert require(locked, *amendments).name == "Final data"
    changes = list_changes(read_lock(locked.path), locked.plan, locked.mapping, amendments)
    assert [(c.key, c.old, c.new, str(c.date), c.reason) for c in changes] == [
        ("edc.encoding", "utf-8", "gb18030", "2026-11-05", "Protocol 2.0, edc.encoding"),
        (ALPHA, 0.05, 0.025, "2026-11-05", f"Protocol 2.0, {ALPHA}"),
    ]


def test_an_input_file_cannot_be_amended(locked: LockedTrial) -> None:
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    change, fault = locked.findings([amend("edc/mrs.csv", "a", "b")])
    assert change.startswith("edc/mrs.csv: sha256 ")
    assert fault == (
        "amendments.0 (edc/mrs.csv): an input file cannot be amended; lock the data set again with "
        "a reason"
    )
