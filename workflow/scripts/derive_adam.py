"""Derive the analysis data sets; gather the data queries of reading and of deriving."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.adam.build import build_analysis_data
from analysis.config import Mapping as EdcMapping
from analysis.config import load_plan
from analysis.edc.allocation.dummy_lists import draw_lists
from analysis.edc.allocation.lists import read_lists
from analysis.edc.layout import load_layout
from analysis.edc.queries import build_queries, read_queries
from analysis.io.frames import read_parquet, write_csv, write_parquet
from analysis.io.result import Allocation
from analysis.run.job import job

if TYPE_CHECKING:
    from snakemake.script import snakemake


def derive_adam(
    tables: Mapping[str, str],
    reading_queries: str,
    lists: Sequence[str],
    plan_file: str,
    mapping_text: str,
    allocation: str,
    outputs: Mapping[str, str],
) -> None:
    plan, mapping = load_plan(Path(plan_file)), EdcMapping.model_validate_json(mapping_text)
    frames = {name: read_parquet(Path(path)) for name, path in tables.items()}
    if lists:
        arm_lists, _ = read_lists(Path(lists[0]).parent, mapping, load_layout(), plan.arms)
    else:
        ratio = plan.trial.allocation_ratio
        arm_lists = draw_lists(frames, plan.dummy_allocation, plan.arms, ratio)
    data = build_analysis_data(frames, arm_lists, plan)
    queries = [*read_queries(Path(reading_queries)), *data.queries]
    write_parquet(Path(outputs["adsl"]), data.adsl, Allocation(allocation))
    write_parquet(Path(outputs["adqs"]), data.adqs, Allocation(allocation))
    write_parquet(Path(outputs["adtte"]), data.adtte, Allocation(allocation))
    write_parquet(Path(outputs["adae"]), data.adae, Allocation(allocation))
    write_csv(Path(outputs["reasons"]), data.reasons)
    write_csv(Path(outputs["queries"]), build_queries(queries))


with job(snakemake, "Deriving the analysis data sets"):
    derive_adam(
        {table: snakemake.input[table] for table in snakemake.params.tables},
        snakemake.input.reading_queries,
        snakemake.input.lists,
        snakemake.input.plan,
        snakemake.params.mapping,
        snakemake.params.allocation,
        dict(snakemake.output.items()),
    )
