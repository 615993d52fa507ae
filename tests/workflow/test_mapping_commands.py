"""The commands that help in writing a mapping: they need an export, no lists, no lock, no run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects.workflow_project import BLINDED, Project

MAPPING = "mapping/edc.yaml"
PAGE = "mapping/mapping.html"


@pytest.fixture
def export(fresh: Project, tmp_path: Path) -> Project:
    """A project that was never run, for one test to change and run."""
    return fresh.copy_to(tmp_path / "project")


def test_a_mapping_is_proposed_where_there_is_none_that_is_valid(export: Project) -> None:
    export.edit("config/edc.yaml", "encoding: utf-8", "encodin: utf-8")
    first = export.run("map_edc", config=BLINDED)
    assert first.status == 0, first.terminal
    assert "Left aside, as it is not valid" in first.terminal
    assert f"Mapping: out/{MAPPING}" in first.message
    written = (export.results / MAPPING).read_text(encoding="utf-8")
    (export.results / MAPPING).write_text(written + "# mine\n", encoding="utf-8")
    again = export.run("map_edc", config=BLINDED)
    assert "Mapping: out/mapping/edc-2.yaml" in again.message
    assert (export.results / MAPPING).read_text(encoding="utf-8").endswith("# mine\n")
    shown = export.run("show_mapping", config={**BLINDED, "edc": "out/mapping/edc-2.yaml"})
    assert shown.status == 0, shown.terminal
    assert '"MRS" AS "MRS"' in shown.terminal


def test_the_page_is_written_though_a_run_would_stop(export: Project) -> None:
    (export.root / "data/edc/mrs.csv").unlink()
    outcome = export.run("check_edc", config=BLINDED)
    assert outcome.status == 1
    page = (export.results / PAGE).read_text(encoding="utf-8")
    assert "table mrs: no file in the export" in page
    assert "table mrs: no file in the export" in outcome.message
    assert not (export.results / "report.html").exists()
