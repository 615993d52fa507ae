"""The report: one self-contained page, and a document to edit."""

from collections.abc import Sequence
from pathlib import Path

from analysis.config import Plan, load_plan
from analysis.display.ard import Ard
from analysis.display.documents.word.report import build_word_report
from analysis.display.outline.displays import FIGURES
from analysis.display.report.content import build_content
from analysis.display.report.page import build_report
from analysis.display.report.tables import build_tables
from analysis.io.figure_notes import read_note
from analysis.io.files import write_bytes, write_text
from analysis.io.verdicts import Comparison, list_failed, read_verdicts, require_agreement
from analysis.run.job import Task, job
from analysis.run.job_records.withdrawal import REPORT, write_withdrawn
from analysis.run.manifest import build_provenance


def write_report(task: Task) -> None:
    """Write page and document.

    A page whose check fails goes to where nothing is current, and the run stops.
    """
    with job(task, "Writing the report"):
        given, description = task.input, dict(task.params.description)
        ard, plan = Ard.read(Path(given.ard)), load_plan(Path(given.plan))
        stamp, checks = description["stamp"], read_verdicts(Path(given.qc))
        export, lists = map(Path, given.export), map(Path, given.lists)
        provenance = build_provenance(description, export, lists)
        tables = build_tables(ard, plan, checks, stamp)
        figures = {file.stem: file.read_text(encoding="utf-8") for file in map(Path, given.figures)}
        page = build_report(ard, plan, provenance, figures, tables, checks, stamp)
        _withhold_failed(page, checks, Path(given.qc))
        content = build_content(ard, plan, provenance, tables, checks, stamp)
        pictures = {file.stem: file.read_bytes() for file in map(Path, given.pictures)}
        captions = {name: _caption(name, picture, ard, plan) for name, picture in pictures.items()}
        document = build_word_report(content, pictures, captions)
        write_bytes(Path(task.output.document), document)
        write_text(Path(task.output.page), page)


def _caption(name: str, picture: bytes, ard: Ard, plan: Plan) -> str:
    """What stands below a figure; nothing below one that could not be drawn."""
    return "" if read_note(picture).not_drawn else FIGURES[name].caption(ard, plan)


def _withhold_failed(page: str, checks: Sequence[Comparison], qc_file: Path) -> None:
    """Raise AnalysisError where a check fails, and leave the page that says so withdrawn."""
    if list_failed(checks):
        withdrawn = write_withdrawn(qc_file.parent, REPORT, page)
        require_agreement(checks, f"All of them stand in {qc_file} and first in {withdrawn}.")
