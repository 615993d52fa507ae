"""The trials of faults: how many, what an undisturbed run takes, and a table at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.workflow_project import CELL, Project, build_once

KILLS = 30
"""Kills at random moments, unless ``--kills`` says another number."""
MUTANTS = 1000
"""Exports changed at random, unless ``--mutants`` says another number."""
ROW = "row of the table"

Tell = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=KILLS, help="kills at random moments")
    parser.addoption("--mutants", type=int, default=MUTANTS, help="exports changed at random")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is torture."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.torture)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what every trial did and how it ended."""
    reports = [
        report
        for outcome in ("passed", "failed", "skipped")
        for report in terminalreporter.stats.get(outcome, [])
        if getattr(report, "when", "") == "call"
    ]
    told = [(r, text) for r in reports for name, text in r.user_properties if name == ROW]
    if not told:
        return
    terminalreporter.section("trials of faults")
    for report, text in told:
        terminalreporter.write_line(f"{report.outcome:8} {report.duration:6.1f} s  {text}")
    same = sum(report.outcome == "passed" for report, _ in told)
    terminalreporter.write_line(f"{same} of {len(told)} ended as an undisturbed run")


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Put a row into the table at the end."""
    return lambda text: record_property(ROW, text)


@pytest.fixture(scope="session")
def run_seconds(complete: Project) -> float:
    """How long an undisturbed run takes here."""
    return float((complete.root / "seconds.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def changed(shared: Path, fresh: Project) -> Project:
    """The project after one run on inputs of which one cell was changed. Not to be run."""

    def build(root: Path) -> None:
        project = fresh.copy_to(root)
        project.edit(*CELL)
        outcome = project.run()
        assert outcome.status == 0, outcome.terminal

    return build_once(shared / "changed", build)
