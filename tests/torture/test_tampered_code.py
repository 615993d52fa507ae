"""Code edited on every floor: its numbers come, and go again with the edit."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.projects.workflow_project import Outcome, Project, check_same, differing

Edit = tuple[str, str, str]
EDITS: dict[str, tuple[Edit, set[str]]] = {
    "adam": (
        ("analysis/adam/death/date_of_death.py", '["DTHADY"] <= plan', '["DTHADY"] > plan'),
        {"adam/adsl.parquet", "ard.csv", "tables/t_safety.csv", "report.html", "manifest.json"},
    ),
    "models": (
        (
            "analysis/models/means_and_risks/two_proportions.py",
            "total / (total - 1)",
            "total / (total - 2)",
        ),
        {"analyses/safety.json", "ard.csv", "report.html", "manifest.json"},
    ),
    "analyses": (
        ("analysis/analyses/description/baseline.py", "observed.mean()", "observed.median()"),
        {"analyses/populations.json", "ard.csv", "tables/t_baseline.csv", "report.html"},
    ),
    "display": (
        ("analysis/display/text/format.py", 'decimals):f}%"', 'decimals):f} per cent"'),
        {"figures/grotta_itt.svg", "report.html", "manifest.json"},
    ),
    "layout": (
        ("analysis/edc/layout/layout.yaml", "label: ", "label: The "),
        {"report.html", "manifest.json"},
    ),
    "job": (
        ("analysis/jobs/build_ard.py", "pd.DataFrame(rows", "pd.DataFrame(rows[::-1]"),
        {"ard.csv", "report.html", "manifest.json"},
    ),
}  # fmt: skip
SEEN = ("adam", "models")
"""Edits of numbers that the independent check recomputes: it fails, which shows that they ran."""


def require_end(outcome: Outcome, name: str) -> None:
    """Require that a run with an edit went to its end, or to the check that sees it."""
    assert outcome.status == (1 if name in SEEN else 0), outcome.terminal
    assert ("The independent check fails" in outcome.terminal) == (name in SEEN)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_the_code_and_back(
    complete: Project,
    project: Project,
    name: str,
    tell: Callable[[str], None],
) -> None:
    edit, changes = EDITS[name]
    file = edit[0]
    tell(f"{file} edited, run, restored, run")
    before = (project.root / file).read_bytes()
    project.edit(*edit)
    require_end(project.run(), name)
    found = set(differing(complete.outputs(), project.outputs()))
    assert changes <= found, found
    (project.root / file).write_bytes(before)
    check_same(complete.outputs(), project, project.run())


def test_an_edit_that_keeps_size_and_time(
    complete: Project, project: Project, tell: Callable[[str], None]
) -> None:
    (file, *texts), changes = EDITS["models"]
    tell(f"{file} edited, its size and time stamp kept")
    stamp = (project.root / file).stat()
    project.edit(file, *texts)
    assert (project.root / file).stat().st_size == stamp.st_size
    os.utime(project.root / file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    require_end(project.run(), "models")
    assert changes <= set(differing(complete.outputs(), project.outputs()))
