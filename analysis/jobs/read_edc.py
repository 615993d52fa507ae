"""The export becomes typed tables and data queries; one that cannot be analysed stops the run."""

from pathlib import Path

from analysis.config import Mapping, load_plan
from analysis.config.plan import Arms
from analysis.edc.allocation.lists import find_unlisted, read_lists
from analysis.edc.allocation.refusal import require_no_arms
from analysis.edc.date_order import check_date_order
from analysis.edc.export import Export, read_export
from analysis.edc.layout import Layout, load_layout
from analysis.edc.queries import build_queries
from analysis.edc.written.plausible_dates import limit_dates
from analysis.errors import DataError, join_findings
from analysis.io.frames import write_csv, write_parquet
from analysis.io.result import Allocation
from analysis.run.job import Task, job


def read_edc(task: Task) -> None:
    """Write every typed table of the export, and the queries of reading it.

    Raises DataError, with every finding, for an export that cannot be analysed, one that holds
    arms without allocation lists.
    """
    with job(task, "Reading the export"):
        files, lists = task.input.export, task.input.lists
        plan = load_plan(Path(task.input.plan))
        layout, arms = limit_dates(load_layout(), plan), plan.arms
        mapping = Mapping.model_validate_json(task.params.mapping)
        export = _read(Path(files[0]).parent, lists, mapping, layout, arms)
        for table, frame in export.tables.items():
            write_parquet(Path(task.output[table]), frame, Allocation(task.params.allocation))
        queries = [*export.queries, *check_date_order(export.tables, layout)]
        write_csv(Path(task.output.queries), build_queries(queries))


def _read(folder: Path, lists: list[str], mapping: Mapping, layout: Layout, arms: Arms) -> Export:
    if not lists:
        require_no_arms(folder, mapping, layout, arms)
    export, fatal = read_export(folder, mapping, layout)
    if lists:
        arm_lists, list_findings = read_lists(Path(lists[0]).parent, mapping, layout, arms)
        fatal = [*fatal, *list_findings]
        if "rand" in export.tables and arm_lists.arm_of_randno:
            fatal += find_unlisted(export.tables["rand"], arm_lists)
    if fatal:
        raise DataError(join_findings("The export cannot be analysed.", fatal))
    return export
