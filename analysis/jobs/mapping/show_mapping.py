"""The queries that a mapping stands for are printed."""

from pathlib import Path

from analysis.config import Mapping, load_plan
from analysis.edc.allocation.refusal import require_no_arms
from analysis.edc.layout import load_layout
from analysis.edc.mapping.opened import open_export
from analysis.edc.mapping.shown import show_mapping
from analysis.run.job import Task, job, leave_message


def show_queries(task: Task) -> None:
    """Leave the queries of all tables as the message of the run.

    Raises DataError if a source cannot be read, or if the export holds what tells an arm.
    """
    with job(task, "Writing the queries of the mapping"):
        folder = Path(task.input.export[0]).parent
        mapping = Mapping.model_validate_json(task.params.mapping)
        plan, layout = load_plan(Path(task.input.plan)), load_layout()
        require_no_arms(folder, mapping, layout, plan.arms, plan.trial.allocation_ratio)
        leave_message(task, show_mapping(open_export(folder, mapping, layout)))
