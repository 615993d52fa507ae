"""Files of a table: HTML, CSV and RTF, those that are asked for."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from analysis.display.documents.rtf import render_rtf
from analysis.display.tables.table import Table, render_csv, render_html
from analysis.errors import AnalysisError
from analysis.io.files import write_text


def write_table(table: Table, paths: Mapping[str, Path], lock: str = "", program: str = "") -> None:
    """Write the table to the paths, by format: "html", "csv" or "rtf"; AnalysisError for others.

    ``lock``: the line on the lock of the data set, which pages show. ``program``: what wrote it.
    """
    renderers: dict[str, Callable[[Table], str]] = {
        "html": partial(render_html, lock=lock),
        "csv": render_csv,
        "rtf": partial(render_rtf, lock=lock, program=program),
    }
    unknown = sorted(set(paths) - set(renderers))
    if unknown:
        raise AnalysisError(f"a table is written as html, csv or rtf, not as {', '.join(unknown)}")
    for form, path in paths.items():
        write_text(Path(path), renderers[form](table))
