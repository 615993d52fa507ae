"""What the checks in a browser are given."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--axe", default="", help="path of axe.min.js")
    parser.addoption("--pages", default="results/rehearsal", help="folder with report.html")
