"""Read the export to typed tables and data queries; stop if it cannot be analysed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import Mapping as EdcMapping
from analysis.config import load_plan
from analysis.edc.allocation.lists import find_unlisted, read_lists
from analysis.edc.allocation.refusal import require_no_arms
from analysis.edc.date_order import check_date_order
from analysis.edc.export import read_export
from analysis.edc.layout import load_layout
from analysis.edc.queries import build_queries
from analysis.errors import DataError, join_findings
from analysis.io.frames import write_csv, write_parquet
from analysis.io.result import Allocation
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def read_edc(
    export: Sequence[str],
    lists: Sequence[str],
    plan_file: str,
    mapping_text: str,
    allocation: str,
    outputs: Mapping[str, str],
) -> None:
    mapping = EdcMapping.model_validate_json(mapping_text)
    layout, arms, folder = load_layout(), load_plan(Path(plan_file)).arms, Path(export[0]).parent
    if not lists:
        require_no_arms(folder, mapping, layout, arms)
    found, fatal = read_export(folder, mapping, layout)
    if lists:
        arm_lists, list_findings = read_lists(Path(lists[0]).parent, mapping, layout, arms)
        fatal = [*fatal, *list_findings]
        if "rand" in found.tables and arm_lists.arm_of_randno:
            fatal += find_unlisted(found.tables["rand"], arm_lists)
    if fatal:
        raise DataError(join_findings("The export cannot be analysed.", fatal))
    queries = [*found.queries, *check_date_order(found.tables, layout)]
    for table, frame in found.tables.items():
        write_parquet(Path(outputs[table]), frame, Allocation(allocation))
    write_csv(Path(outputs["queries"]), build_queries(queries))


with job(snakemake, "Reading the export"):
    read_edc(
        snakemake.input.export,
        snakemake.input.lists,
        snakemake.input.plan,
        snakemake.params.mapping,
        snakemake.params.allocation,
        dict(snakemake.output.items()),
    )
