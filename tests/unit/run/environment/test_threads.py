"""Linear algebra keeps to one thread, unless somebody has asked for more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[4]
VARIABLE = "OPENBLAS_NUM_THREADS"


@pytest.mark.parametrize(("given", "seen"), [({}, "1"), ({VARIABLE: "2"}, "2")])
def test_threads_when_the_package_is_loaded(given: dict[str, str], seen: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_THREADS")}
    program = f"import analysis, os; print(os.environ['{VARIABLE}'])"
    said = subprocess.run(
        [sys.executable, "-c", program], check=True, cwd=TOP, env={**kept, **given},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert said.stdout.strip() == seen
