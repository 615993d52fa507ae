"""One subject of analysis as a job: data sets and plan in, result objects out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from analysis.config import load_plan
from analysis.io.files import write_text
from analysis.io.frames import read_parquet
from analysis.io.result import Allocation, AnalysisResult, write_results_text
from analysis.run.job import Task, job


class AnalysisTask(Task, Protocol):
    """What the workflow engine hands to a script that analyses."""

    @property
    def params(self) -> Any:
        """``provenance``: what the results are made from, as plain values."""


def analyse(
    task: AnalysisTask,
    doing: str,
    analysis: Callable[..., Sequence[AnalysisResult]],
    *data_sets: str,
) -> None:
    """Run one analysis as a job and write its result objects to the task's output.

    ``analysis`` takes the named data sets (inputs of the task) as frames, in their order, and the
    plan. ``doing``: the job in words, as its log and the terminal say it.
    """
    with job(task, doing):
        inputs: Any = task.input
        frames = [read_parquet(Path(getattr(inputs, name))) for name in data_sets]
        write_results(task, analysis(*frames, load_plan(Path(inputs.plan))))


def write_results(task: AnalysisTask, results: Sequence[AnalysisResult]) -> None:
    """Write result objects to the one output of a task, with whose allocation they hold."""
    provenance = task.params.provenance
    text = write_results_text(results, Allocation(provenance["allocation"]), provenance)
    (output,) = task.output
    write_text(Path(output), text)
