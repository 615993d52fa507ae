"""The examples in the documentation of the shapes run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from analysis.simulate import exports

MODULES = [
    found.name
    for found in pkgutil.walk_packages(exports.__path__, f"{exports.__name__}.")
    if not found.name.endswith("__main__")
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name))]
    assert sum(len(test.examples) for test in found) >= 10
