"""Frames, plans and fonts of the tests of what a run shows."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from matplotlib.font_manager import fontManager

from analysis.config import Plan, load_plan
from analysis.display.ard import Ard
from analysis.display.drawing import fallback, fonts
from analysis.display.presets import Preset, find_preset
from analysis.io.result import Allocation
from tests.projects.analysed_trials import LARGE_BENEFIT, shrink_plan
from tests.projects.made_up_results.frame import (
    Record,
    blank_estimates,
    build_records,
    replace_distribution,
)
from tests.projects.made_up_results.provenance import build_provenance, build_unblinded
from tests.projects.workflow_project import build_once
from tests.unit.display.drawing.drawn_font import build_font


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The shipped plan."""
    return load_plan(Path(__file__).parents[3] / "config" / "trial.yaml")


@pytest.fixture(scope="session")
def frames(shared: Path) -> Path:
    """The frames of two small simulated trials that are analysed once in a session."""
    return build_once(shared / "frames", _analyse_trials).root


def _analyse_trials(folder: Path) -> None:
    folder.mkdir()
    command = [sys.executable, "-m", "tests.projects.analysed_trials", str(folder)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[3])


def read_records(path: Path) -> list[Record]:
    """The rows of a frame that is written as a run writes it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def benefit(frames: Path) -> list[Record]:
    """The whole frame of a simulated trial with a large benefit of the treatment."""
    return read_records(frames / "benefit.csv")


@pytest.fixture(scope="session")
def harm(frames: Path) -> list[Record]:
    """The frame of the mRS of a simulated trial with a large harm of the treatment."""
    return read_records(frames / "harm.csv")


@pytest.fixture(scope="session")
def whole(benefit: list[Record]) -> Ard:
    """The whole frame of the simulated trial with a benefit."""
    return Ard.from_records(benefit)


@pytest.fixture(scope="session")
def small_plan(plan: Plan) -> Plan:
    """The plan of the simulated trials."""
    return shrink_plan(plan, LARGE_BENEFIT)


@pytest.fixture(scope="session")
def records() -> list[Record]:
    """The rows of the made-up frame."""
    return build_records()


@pytest.fixture(scope="session")
def ard(records: list[Record]) -> Ard:
    """The made-up frame."""
    return Ard.from_records(records)


@pytest.fixture(scope="session")
def stamp() -> str:
    """The stamp of a rehearsal."""
    return Allocation.REHEARSAL.stamp


@pytest.fixture(scope="session")
def provenance() -> dict[str, Any]:
    """Of what a made-up rehearsal was made."""
    return build_provenance()


@pytest.fixture(scope="session")
def unblinded() -> dict[str, Any]:
    """Of what a made-up run with the trial's own lists was made."""
    return build_unblinded()


@pytest.fixture
def unestimable(records: list[Record]) -> Callable[..., Ard]:
    """A frame in which the named analyses are not estimable."""
    return lambda *analysis_ids: Ard.from_records(blank_estimates(records, *analysis_ids))


@pytest.fixture
def with_distribution(records: list[Record]) -> Callable[[Mapping[str, Iterable[int]]], Ard]:
    """A frame with another distribution of the mRS in the ITT set."""
    return lambda counts: Ard.from_records(replace_distribution(records, "ITT", counts))


@pytest.fixture
def changed(records: list[Record]) -> Callable[..., Ard]:
    """A frame with other numbers of the primary analysis, by name of the statistic."""

    def change(**numbers: float) -> Ard:
        return Ard.from_records(
            {**row, "stat": repr(numbers[row["stat_name"]])}
            if row["analysis_id"] == "primary" and row["stat_name"] in numbers
            else row
            for row in records
        )

    return change


DrawChinese = Callable[[str], Preset]


@pytest.fixture(autouse=True)
def _forget_fonts() -> Iterator[None]:
    """No test finds the fonts that another one made."""
    yield
    for function in (fallback.find_face, fallback.list_faces, fallback._copy):
        function.cache_clear()


@pytest.fixture
def draw_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DrawChinese:
    """Make a font of boxes for some characters, and return the Chinese preset that is set in it."""
    monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))

    def draw(characters: str) -> Preset:
        family = f"Drawn {tmp_path.name}"
        fontManager.addfont(build_font(family, fonts.NEEDED + characters, tmp_path / "han.ttf"))
        monkeypatch.setattr(fonts, "CHINESE_FAMILIES", (family,))
        return replace(find_preset("house-zh"), name=family)

    return draw
