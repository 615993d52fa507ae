"""The topics of one job of analysis: data sets and plan in, result objects out."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.analyses.not_collected import withhold
from analysis.analyses.topics import Topic, find_job
from analysis.config import Plan, load_plan
from analysis.io.files import write_text
from analysis.io.frames import read_frame
from analysis.io.lazy_import import load_function
from analysis.io.result import (
    ARD_COLUMNS,
    Allocation,
    AnalysisResult,
    build_ard_rows,
    write_results_text,
)
from analysis.run.job import Task, job

Frames = dict[str, pd.DataFrame | None]


def analyse(task: Task) -> None:
    """Run the topics of the job that the parameter ``job`` names, each to the output of its name.

    Data sets are inputs of the task by name; an empty one is None to the analysis. Nothing is
    written unless all topics end well. ``provenance``, a parameter: what the results are made
    from, as plain values.
    """
    found = find_job(task.params.job)
    with job(task, found.doing):
        paths = {name: getattr(task.input, name) for name in found.takes}
        frames = {name: _read(Path(path)) if path else None for name, path in paths.items()}
        plan = load_plan(Path(task.input.plan))
        results = {topic.name: _run(topic, frames, plan) for topic in found.topics}
        provenance = task.params.provenance
        for output in map(Path, task.output):
            text = write_results_text(
                results[output.stem], Allocation(provenance["allocation"]), provenance
            )
            write_text(output, text)


def _read(path: Path) -> pd.DataFrame:
    """A data set, or the results of another topic as rows of ``ard.csv``, all texts."""
    if path.suffix != ".json":
        return read_frame(path)
    rows = build_ard_rows(json.loads(path.read_text(encoding="utf-8")))
    return pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str)


def _run(topic: Topic, frames: Frames, plan: Plan) -> list[AnalysisResult]:
    own = [frames[name] for name in topic.takes]
    function: Callable[..., list[AnalysisResult]] = load_function(topic.analysis)
    return withhold(function(*own, plan), own, plan)
