"""The queries of reading and of deriving as one list, for people: a table, and a sheet a site."""

from pathlib import Path

from analysis.config import Mapping as EdcMapping
from analysis.config import load_plan
from analysis.edc.layout import load_layout
from analysis.edc.queries.sent.for_sites import build_for_sites, gather, list_needed
from analysis.edc.queries.sent.workbook import build_workbook
from analysis.io.files import write_bytes
from analysis.io.frames import read_csv, read_parquet, write_csv
from analysis.io.result import Allocation
from analysis.run.job import Task, job


def gather_queries(task: Task) -> None:
    """Write every query with its site, its place in the export and what is asked of the site."""
    with job(task, "Gathering the data queries"):
        given, output = task.input, task.output
        trial = load_plan(Path(given.plan)).trial
        mapping = EdcMapping.model_validate_json(task.params.mapping)
        raised = gather(read_csv(Path(given.reading_queries)), read_csv(Path(given.derived)))
        needed = list_needed(raised) & set(task.params.tables)
        sent = build_for_sites(
            raised,
            {name: read_parquet(Path(given[name])) for name in sorted(needed)},
            read_parquet(Path(given.rows)),
            load_layout(),
            {name: table.columns for name, table in mapping.tables.items()},
        )
        write_csv(Path(output.queries), sent)
        title = f"{trial.acronym} ({trial.registry_id})"
        stamp = Allocation(task.params.allocation).stamp
        write_bytes(Path(output.workbook), build_workbook(sent, title, stamp))
