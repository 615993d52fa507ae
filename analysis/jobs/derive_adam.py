"""Typed tables become analysis data sets, with the queries that deriving them raised."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.adam.build import build_analysis_data
from analysis.config import Mapping as EdcMapping
from analysis.config import Plan, load_plan
from analysis.edc.allocation.dummy_lists import draw_lists
from analysis.edc.allocation.lists import Lists, read_lists
from analysis.edc.layout import load_layout
from analysis.edc.queries import build_queries
from analysis.io.frames import write_csv, write_parquet
from analysis.io.large.stored_tables import StoredTables
from analysis.io.result import Allocation
from analysis.run.job import Task, job


def derive_adam(task: Task) -> None:
    """Derive every data set with the arms of the lists, or with drawn ones where there are none."""
    with job(task, "Deriving the analysis data sets"):
        given, output = task.input, task.output
        plan, allocation = load_plan(Path(given.plan)), Allocation(task.params.allocation)
        tables = StoredTables({name: Path(given[name]) for name in task.params.tables})
        data = build_analysis_data(tables, _find_arms(task, tables, plan), plan)
        for name in ("adsl", "adqs", "adtte", "adae"):
            write_parquet(Path(output[name]), getattr(data, name), allocation)
        write_csv(Path(output.reasons), data.reasons)
        write_csv(Path(output.queries), build_queries(data.queries))


def _find_arms(task: Task, tables: Mapping[str, pd.DataFrame], plan: Plan) -> Lists:
    lists = task.input.lists
    if not lists:
        ratio = plan.trial.allocation_ratio
        return draw_lists(tables, plan.dummy_allocation, plan.arms, ratio)
    mapping = EdcMapping.model_validate_json(task.params.mapping)
    arms, _ = read_lists(Path(lists[0]).parent, mapping, load_layout(), plan.arms)
    return arms
