"""Run again from the same inputs and compare with the archived manifest."""

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.run.job import job, leave_message
from analysis.run.verify.rerun import RerunOrder
from analysis.run.verify.verify import verify

if TYPE_CHECKING:
    from snakemake.script import snakemake


with job(snakemake, "Running again and comparing with the archive"):
    order = RerunOrder(
        snakefile=snakemake.params.snakefile,
        cores=snakemake.threads,
        values=snakemake.params.values,
        plan_file=snakemake.params.plan_file,
        rules=snakemake.params.rules,
        demo=snakemake.params.demo,
    )
    message = verify(Path(snakemake.params.manifest), order, snakemake.params.lock_line)
    leave_message(snakemake, message)
