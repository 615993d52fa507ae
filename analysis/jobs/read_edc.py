"""The export becomes typed tables and data queries; one that cannot be analysed stops the run."""

from pathlib import Path

import pandas as pd

from analysis.config import Mapping, Plan, load_plan
from analysis.edc.allocation.lists import find_unlisted, read_lists
from analysis.edc.allocation.masking import mask_tables
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.allocation.refusal import require_no_arms
from analysis.edc.door.covariates import account_subjects
from analysis.edc.door.dates.order import check_date_order
from analysis.edc.door.frame import build_door
from analysis.edc.door.limits import check_names
from analysis.edc.door.whole_export import find_in_export
from analysis.edc.layout import Layout, load_layout
from analysis.edc.queries import join_queries, list_queries
from analysis.edc.queries.source_rows import build_source_rows, split_files
from analysis.edc.reading.export import Export, read_export
from analysis.edc.written.plausible_dates import limit_dates
from analysis.errors import DataError, join_findings
from analysis.io.frames import write_csv, write_parquet
from analysis.io.result import Allocation
from analysis.run.job import Task, job


def read_edc(task: Task) -> None:
    """Write every typed table of the export, where its rows came from, queries, what was lost.

    Raises DataError, with every finding, for an export that cannot be analysed, one that holds
    arms without allocation lists, and one of which more is lost than the plan allows.
    """
    with job(task, "Reading the export"):
        files, lists = task.input.export, task.input.lists
        plan = load_plan(Path(task.input.plan))
        layout = limit_dates(load_layout(), plan)
        mapping = Mapping.model_validate_json(task.params.mapping)
        export = _read(Path(files[0]).parent, lists, mapping, layout, plan)
        allocation = Allocation(task.params.allocation)
        for table, frame in export.tables.items():
            write_parquet(Path(task.output[table]), frame, allocation)
        of_cells = {name: places for name, places in export.places.items() if places.cells}
        order = check_date_order(export.tables, layout, of_cells)
        raised = join_queries(export.queries, order)
        queries = split_files(list_queries(raised), export.sources)
        write_csv(Path(task.output.queries), queries)
        rows = build_source_rows(export.places, export.sources)
        write_parquet(Path(task.output.rows), rows, allocation)
        accounts = account_subjects(export.accounts.values(), export.tables, plan)
        write_csv(Path(task.output.door), build_door(accounts))


def _read(folder: Path, lists: list[str], mapping: Mapping, layout: Layout, plan: Plan) -> Export:
    check_names(plan.door, layout)
    if not lists:
        return _read_blinded(folder, mapping, layout, plan)
    export, fatal = read_export(folder, mapping, layout, plan.door, named=plan.baseline_columns)
    arm_lists, list_findings = read_lists(Path(lists[0]).parent, mapping, layout, plan.arms)
    fatal = [*fatal, *list_findings]
    kits = frozenset(arm_lists.arm_of_kit)
    if "rand" in export.tables and arm_lists.arm_of_randno:
        fatal += find_unlisted(export.tables["rand"], arm_lists)
    return _require_usable(
        export, [*fatal, *find_in_export(export.tables, kits, plan, layout, fatal)]
    )


def _read_blinded(folder: Path, mapping: Mapping, layout: Layout, plan: Plan) -> Export:
    export, fatal = read_masked(folder, mapping, layout, plan)
    return _require_usable(export, fatal)


def read_masked(
    folder: Path, mapping: Mapping, layout: Layout, plan: Plan
) -> tuple[Export, list[str]]:
    """Return the export as a blinded run reads it, and every finding that stops its analysis.

    Nothing that tells an arm is taken in, and what names one is masked. Raises DataError for an
    export that holds what looks like the allocation.
    """
    require_no_arms(folder, mapping, layout, plan.arms, plan.trial.allocation_ratio)
    return read_searched(folder, mapping, layout, plan)


def read_searched(
    folder: Path, mapping: Mapping, layout: Layout, plan: Plan
) -> tuple[Export, list[str]]:
    """Return what :func:`read_masked` does of an export that was searched for arms before."""
    mentions = build_mentions(plan.arms)

    def mask(texts: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return mask_tables(texts, layout.tables, mentions)

    named = plan.baseline_columns
    export, fatal = read_export(folder, mapping, layout, plan.door, named=named, mask=mask)
    more = find_in_export(export.tables, frozenset(), plan, layout, fatal)
    return export, [*fatal, *more]


def _require_usable(export: Export, fatal: list[str]) -> Export:
    if fatal:
        raise DataError(join_findings("The export cannot be analysed.", fatal))
    return export
