"""What Snakemake would meet before the workflow is said in words, all of it together."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from analysis.errors import ConfigError
from analysis.run.settings.before_workflow import check_start, require_startable

TOP = Path(__file__).parents[4]


def build_parser() -> ArgumentParser:
    raise AssertionError("asked for its arguments")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text("{}", encoding="utf-8")
    return tmp_path / "plan.yaml"


def test_a_start_that_can_be(plan: Path, tmp_path: Path) -> None:
    check_start([plan], tmp_path, tmp_path / "home" / ".cache")
    assert list(tmp_path.iterdir()) == [plan], "nothing is made"


def test_all_obstacles_together(plan: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        check_start([plan, tmp_path, tmp_path / "none"], plan / "project", plan / "home")
    message = str(caught.value)
    assert f"--configfile {tmp_path}: this is a folder. Give the file of a plan" in message
    assert f"--configfile {tmp_path / 'none'}: there is no such file" in message
    assert f"{plan / 'project'}: the folder of the project cannot be written to" in message
    assert f"{plan / 'home'}: cannot be written to" in message
    assert "XDG_CACHE_HOME" in message
    assert f"--configfile {plan}:" not in message


def test_another_program_that_reads_the_profile_is_left_alone() -> None:
    require_startable(["/venv/lib/pytest/__main__.py"], build_parser, "")
    for name in ("/venv/bin/snakemake", "/venv/lib/snakemake/__main__.py"):
        with pytest.raises(AssertionError, match="asked"):
            require_startable([name], build_parser, "")


@pytest.mark.parametrize("flag", ["--configfile", "--configfiles"])
def test_snakemake_says_so_without_a_traceback(flag: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "snakemake", "-n", flag, "none.yaml"], cwd=TOP, check=False,
        text=True, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert (
        "The run cannot start.\n  - --configfile none.yaml: there is no such file." in done.stderr
    )
    assert "Traceback" not in done.stderr + done.stdout
