"""The topics of a job of analysis: data sets in, result objects out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analysis.analyses import topics
from analysis.analyses.topics import JOBS, TOPICS, Topic, find_job, list_jobs, list_topics
from analysis.config import Plan, load_plan
from analysis.errors import DataError
from analysis.io.frames import write_parquet
from analysis.io.lazy_import import load_function
from analysis.io.result import Allocation, AnalysisResult, Statistic, write_results_text
from analysis.jobs import analyse as job_of_analysis
from analysis.jobs.analyse import analyse

PLAN = Path(__file__).parents[3] / "config" / "trial.yaml"


@dataclass
class Task:
    rule: str
    input: Any
    output: list[str]
    log: list[str]
    params: Any


class Inputs(list[str]):
    """Inputs as the workflow engine holds them: a list of which some have a name."""

    def __init__(self, **named: Path) -> None:
        super().__init__(str(path) for path in named.values())
        for name, path in named.items():
            setattr(self, name, str(path))


@pytest.fixture
def task(tmp_path: Path) -> Task:
    for name in ("adsl", "adae"):
        frame = pd.DataFrame({"SUBJID": [f"{name}-1", f"{name}-2"]})
        write_parquet(tmp_path / f"{name}.parquet", frame, Allocation.DUMMY)
    (tmp_path / "logs").mkdir()
    return Task(
        "analyse_events",
        Inputs(adsl=tmp_path / "adsl.parquet", adae=tmp_path / "adae.parquet", plan=PLAN),
        [str(tmp_path / "events.json")],
        [str(tmp_path / "logs" / "analyse_events.log")],
        SimpleNamespace(job="safety", provenance={"allocation": "dummy", "plan": "abc"}),
    )


def count(adae: pd.DataFrame, adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    assert [adae["SUBJID"].iloc[0], adsl["SUBJID"].iloc[0]] == ["adae-1", "adsl-1"]
    assert plan.arms.treatment.code == "MPSS"
    return [AnalysisResult("events", "SAF", "counts", (Statistic("n", len(adae)),), "counts")]


RunSubject = Callable[..., None]


@pytest.fixture
def run_subject(task: Task, monkeypatch: pytest.MonkeyPatch) -> RunSubject:
    """Run an analysis of some data sets as the topic that the task names."""

    def run(analysis: Callable[..., list[AnalysisResult]], *data_sets: str) -> None:
        topic = Topic("events", "safety", "events:count", data_sets)
        monkeypatch.setattr(topics, "TOPICS", (topic,))
        found = {"analysis.analyses.events:count": analysis}
        monkeypatch.setattr(job_of_analysis, "load_function", found.__getitem__)
        analyse(task)

    return run


def test_data_sets_come_in_the_order_that_is_asked_for(task: Task, run_subject: RunSubject) -> None:
    run_subject(count, "adae", "adsl")
    content = json.loads(Path(task.output[0]).read_text(encoding="utf-8"))
    assert content["allocation"] == "dummy"
    assert content["provenance"] == {"allocation": "dummy", "plan": "abc"}
    assert [result["analysis_id"] for result in content["results"]] == ["events"]


def test_a_failed_analysis_leaves_no_results(task: Task, run_subject: RunSubject) -> None:
    def fail(*_: object) -> list[AnalysisResult]:
        raise DataError("no subject has an outcome")

    with pytest.raises(SystemExit):
        run_subject(fail, "adsl")
    assert not Path(task.output[0]).exists()
    assert "no subject has an outcome" in Path(task.log[0]).read_text(encoding="utf-8")


def test_texts_are_read_as_they_stand_and_what_the_trial_lacks_is_none(
    task: Task, run_subject: RunSubject, tmp_path: Path
) -> None:
    (tmp_path / "reasons.csv").write_text("SUBJID,CODE\n007,\n", encoding="utf-8")
    task.input.reasons, task.input.screening = str(tmp_path / "reasons.csv"), []

    def look(
        reasons: pd.DataFrame, screening: pd.DataFrame | None, plan: Plan
    ) -> list[AnalysisResult]:
        assert reasons.to_dict("records") == [{"SUBJID": "007", "CODE": ""}]
        assert screening is None
        return []

    run_subject(look, "reasons", "screening")
    assert Path(task.output[0]).exists()


def test_results_of_other_topics_come_as_rows_of_text(
    task: Task, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    numbers = (Statistic("p_value", 0.0125, warning="note"), Statistic("n", None))
    result = AnalysisResult("primary", "ITT", "a model", numbers)
    text = write_results_text([result], Allocation.DUMMY, {})
    (tmp_path / "mrs_shift.json").write_text(text, encoding="utf-8")
    task.input.mrs_shift_results = str(tmp_path / "mrs_shift.json")

    def look(rows: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
        assert rows[["analysis_id", "stat_name", "stat", "warning"]].to_dict("split")["data"] == [
            ["primary", "p_value", "0.0125", "note"],
            ["primary", "n", "", ""],
        ]
        return []

    topic = Topic("events", "safety", "events:look", (), ("mrs_shift",))
    monkeypatch.setattr(topics, "TOPICS", (topic,))
    monkeypatch.setattr(job_of_analysis, "load_function", lambda _: look)
    analyse(task)
    assert Path(task.output[0]).exists()


def test_a_plan_that_tests_no_key_secondary_has_no_job_for_it() -> None:
    plan = load_plan(PLAN)
    update = {"procedure": "fixed_sequence", "outcomes": ("eq5d",)}
    testing = plan.inference.testing.model_copy(update=update)
    inference = plan.inference.model_copy(update={"testing": testing})
    tests = plan.model_copy(update={"inference": inference})
    assert list_topics(tests) == TOPICS
    assert list_jobs(tests) == JOBS
    assert [topic.name for topic in TOPICS if topic not in list_topics(plan)] == ["multiplicity"]
    assert [job.name for job in JOBS if job not in list_jobs(plan)] == ["multiplicity"]


def test_results_that_a_topic_takes_are_those_of_topics_of_other_jobs() -> None:
    jobs = {topic.name: topic.job for topic in TOPICS}
    assert any(topic.results for topic in TOPICS)
    for topic in TOPICS:
        assert all(jobs[name] != topic.job for name in topic.results)


def test_every_topic_is_of_one_job_which_takes_what_it_needs() -> None:
    assert {topic.job for topic in TOPICS} == {job.name for job in JOBS}
    assert sum(len(job.topics) for job in JOBS) == len(TOPICS)
    for job in JOBS:
        assert find_job(job.name) is job
        assert all(set(topic.takes) <= set(job.takes) for topic in job.topics)


def test_every_topic_names_its_analysis() -> None:
    for topic in TOPICS:
        assert load_function(topic.analysis).__name__ == topic.function.partition(":")[2]
