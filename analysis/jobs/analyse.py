"""One topic of analysis as a job: data sets and plan in, result objects out."""

from pathlib import Path

from analysis.analyses.not_collected import withhold
from analysis.analyses.topics import find_topic
from analysis.config import load_plan
from analysis.io.files import write_text
from analysis.io.frames import read_frame
from analysis.io.lazy_import import load_function
from analysis.io.result import Allocation, write_results_text
from analysis.run.job import Task, job


def analyse(task: Task) -> None:
    """Run the analysis of the topic that the parameter ``topic`` names.

    Its data sets are inputs of the task by name; an empty one is None to the analysis.
    ``provenance``, a parameter: what the results are made from, as plain values.
    """
    topic = find_topic(task.params.topic)
    with job(task, topic.doing):
        paths = [getattr(task.input, name) for name in topic.data_sets]
        frames = [read_frame(Path(path)) if path else None for path in paths]
        plan = load_plan(Path(task.input.plan))
        results = withhold(load_function(topic.analysis)(*frames, plan), frames, plan)
        provenance = task.params.provenance
        text = write_results_text(results, Allocation(provenance["allocation"]), provenance)
        (output,) = task.output
        write_text(Path(output), text)
