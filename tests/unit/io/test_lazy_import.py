"""Functions that are named before they are imported: a wrong name is found at once."""

from __future__ import annotations

import sys

import pytest

from analysis.io.lazy_import import (
    find_module,
    load_function,
    require_functions,
    require_once,
)

HERE = "analysis.io.lazy_import"


def test_a_function_is_found_by_its_name() -> None:
    assert load_function(f"{HERE}:load_function") is load_function
    assert find_module(f"{HERE}:load_function").samefile(sys.modules[HERE].__file__ or "")


@pytest.mark.parametrize(
    "name", [f"{HERE}:load", f"{HERE}:TOP", f"{HERE}s:load_function", "analysis.io:load_function"]
)
def test_a_name_without_a_function_is_refused(name: str) -> None:
    require_functions([f"{HERE}:load_function"])
    with pytest.raises(ImportError, match=f"{name}: no such function"):
        require_functions([f"{HERE}:load_function", name])


def test_a_name_that_is_declared_twice_is_refused() -> None:
    require_once("figure", ["a", "b"])
    with pytest.raises(ValueError, match="figure a: declared twice"):
        require_once("figure", ["a", "b", "a"])
