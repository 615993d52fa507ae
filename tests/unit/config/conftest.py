"""The shipped plan as text and as plain values, changed as a test needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.config.load import read_yaml
from analysis.errors import ConfigError

TOP = Path(__file__).parents[3]
PLAN = TOP / "config" / "trial.yaml"
WriteYaml = Callable[..., Path]


@pytest.fixture(scope="session")
def plan_text() -> str:
    return PLAN.read_text(encoding="utf-8")


@pytest.fixture
def write_yaml(tmp_path: Path) -> WriteYaml:
    """Write text or bytes as a configuration file."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "plan.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def edit_plan(plan_text: str, write_yaml: WriteYaml) -> Callable[[str, str], Path]:
    """Write the shipped plan with one text, which must stand in it once, replaced."""

    def edit(old: str, new: str) -> Path:
        assert plan_text.count(old) == 1
        return write_yaml(plan_text.replace(old, new))

    return edit


@pytest.fixture
def plain_plan() -> dict[str, Any]:
    """The shipped plan as plain values, to be changed and validated."""
    return read_yaml(PLAN)


@pytest.fixture(scope="session")
def message_of() -> Callable[..., str]:
    """Call a function that must raise a ConfigError; return its text."""

    def call(function: Callable[..., Any], *arguments: Any) -> str:
        with pytest.raises(ConfigError) as caught:
            function(*arguments)
        return str(caught.value)

    return call
