"""Write the report: one self-contained page, and a document to edit."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.config import load_plan
from analysis.display.ard import Ard
from analysis.display.documents.word.report import build_word_report
from analysis.display.figures.draw import FIGURES
from analysis.display.report.content import build_content
from analysis.display.report.page import build_report
from analysis.display.report.tables import build_tables
from analysis.io.files import write_bytes, write_text
from analysis.io.verdicts import list_failed, read_verdicts, require_agreement
from analysis.run.job import job
from analysis.run.manifest import build_provenance
from analysis.run.records.stale_results import REPORT, WITHDRAWN

if TYPE_CHECKING:
    from snakemake.script import snakemake


def write_report(
    ard_file: str,
    qc_file: str,
    plan_file: str,
    figure_files: Sequence[str],
    picture_files: Sequence[str],
    export: Sequence[str],
    lists: Sequence[str],
    description: Mapping[str, Any],
    page_file: str,
    document_file: str,
) -> None:
    """Write page and document.

    A page whose check fails goes to where nothing is current, and the run stops.
    """
    ard, plan, stamp = Ard.read(Path(ard_file)), load_plan(Path(plan_file)), description["stamp"]
    provenance = build_provenance(dict(description), map(Path, export), map(Path, lists))
    figures = {Path(file).stem: Path(file).read_text(encoding="utf-8") for file in figure_files}
    tables, checks = build_tables(ard, plan, stamp), read_verdicts(Path(qc_file))
    page = build_report(ard, plan, provenance, figures, tables, checks, stamp)
    if list_failed(checks):
        withdrawn = Path(qc_file).parent / WITHDRAWN / REPORT
        write_text(withdrawn, page)
        require_agreement(checks, f"All of them stand in {qc_file} and first in {withdrawn}.")
    pictures = {Path(file).stem: Path(file).read_bytes() for file in picture_files}
    content = build_content(ard, plan, provenance, tables, checks, stamp)
    captions = {name: FIGURES[name][1](ard, plan) for name in pictures}
    write_bytes(Path(document_file), build_word_report(content, pictures, captions))
    write_text(Path(page_file), page)


with job(snakemake, "Writing the report"):
    write_report(
        snakemake.input.ard,
        snakemake.input.qc,
        snakemake.input.plan,
        snakemake.input.figures,
        snakemake.input.pictures,
        snakemake.input.export,
        snakemake.input.lists,
        snakemake.params.description,
        snakemake.output.page,
        snakemake.output.document,
    )
