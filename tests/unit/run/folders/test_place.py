"""Where results may lie: one rule, in every direction, whatever the way there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import ConfigError
from analysis.run.folders.place import (
    PROJECT_FOLDERS,
    find_faults,
    require_apart,
    require_outside,
    require_place,
)
from analysis.run.settings.run import Run

Rehearse = Callable[..., Run]
TOP = Path(__file__).parents[4]
LONG = "n" * 300


@pytest.fixture
def inputs(working: Path) -> dict[str, Path]:
    for link, target in {"circle": "circle", "link": "edc", "dead": "none"}.items():
        (working / link).symlink_to(target)
    (working / "file").write_text("mine", encoding="utf-8")
    (working / "trial" / "edc").mkdir(parents=True)
    return {"edc_dir": Path("edc"), "unblinding_dir": Path("lists")}


@pytest.mark.parametrize("place", ["out", "results/rehearsal", "a folder (1)'s & $x", "数据/结果"])
def test_a_folder_of_its_own(inputs: dict[str, Path], place: str) -> None:
    require_place(Path(place), inputs)


@pytest.mark.parametrize("place", ["dead", "dead/x"])
def test_a_link_to_a_folder_that_is_not_there_yet(inputs: dict[str, Path], place: str) -> None:
    assert list(find_faults(Path(place), inputs)) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/", "holds the project"), (".", "holds the project"), ("..", "holds the project"),
        ("config", "project's own folder config"), ("config/x", "own folder config"),
        (str(TOP / "analysis" / "run"), "own folder analysis"), (str(TOP), "holds the project"),
        ("edc", "the same folder as edc_dir"), ("edc/out", "lies in edc_dir = edc"),
        ("./edc/../lists", "the same folder as unblinding_dir"), ("link", "the same folder as"),
        ("link/out", "lies in edc_dir"), ("file", "file is not a folder"),
        ("file/x/y", "file is not a folder"), ("/dev/null/x", "/dev/null is not a folder"),
        ("circle", "in a circle"), ("circle/x", "in a circle"), (LONG, "the name is too long"),
        ("n/" * 2500, "the name is too long"), ("{wild}", "wildcards"), ("out/a}b", "wildcards"),
        ("<b>", "wildcards"), ("a\nb", "cannot be printed"), ("a\x00b", "cannot be printed"),
        ("a\udcffb", "cannot be printed"), ("~/out", "write the path in full"),
    ],
)  # fmt: skip
def test_a_place_that_is_refused(inputs: dict[str, Path], place: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        require_place(Path(place), inputs)
    message = str(caught.value)
    assert message.startswith("results = ")
    assert words in message
    assert "Give another one with --config results=DIR" in message
    message.encode()


def test_results_around_the_export(inputs: dict[str, Path]) -> None:
    with pytest.raises(ConfigError, match="lies around edc_dir = trial/edc"):
        require_place(Path("trial"), {"edc_dir": Path("trial/edc")})


def test_every_reason_is_told() -> None:
    everything = {"edc_dir": Path("/a/edc"), "unblinding_dir": Path("/a/lists")}
    assert len(list(find_faults(Path("/a"), everything))) == 2


@pytest.mark.parametrize(("place", "words"), [("out/sub", "lies in the results"),
                                              ("runs", "holds the results")])  # fmt: skip
def test_results_in_and_around_those_of_another_run(
    inputs: dict[str, Path], place: str, words: str
) -> None:
    for folder in ("out", "runs/one"):
        record = Path(folder) / "logs" / "records" / "start.json"
        record.parent.mkdir(parents=True)
        record.write_text("{}", encoding="utf-8")
    require_place(Path("out"), inputs)
    with pytest.raises(ConfigError, match=words):
        require_place(Path(place), inputs)


def test_the_folders_of_the_project_are_known() -> None:
    there = {path.name for path in TOP.iterdir() if path.is_dir()}
    made = {"results"} | {name for name in there if name.endswith(("_cache", ".egg-info"))}
    assert there - made - {".hypothesis", "__pycache__"} <= set(PROJECT_FOLDERS)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("edc", "edc", "edc_dir = edc the same folder as unblinding_dir"),
        ("edc", "edc/lists", "edc_dir = edc lies around unblinding_dir"),
        ("edc/tables", "edc", "edc_dir = edc/tables lies in unblinding_dir"),
    ],
)
def test_inputs_in_one_another(one: str, other: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        require_apart({"edc_dir": Path(one), "unblinding_dir": Path(other)})


def test_a_lock_is_not_written_among_the_files_that_it_locks() -> None:
    require_outside(Path("config/lock.json"), {"edc_dir": Path("edc")})
    with pytest.raises(ConfigError, match=r"lock = edc/x\.csv: lies in edc_dir"):
        require_outside(Path("edc/x.csv"), {"edc_dir": Path("edc")})


def test_an_archive_is_verified_in_place_or_apart(working: Path, rehearse: Rehearse) -> None:
    rehearse(manifest="out/manifest.json")
    rehearse(manifest="archive/manifest.json")
    for manifest in ("manifest.json", "out/old/manifest.json"):
        with pytest.raises(ConfigError, match="the archive"):
            rehearse(manifest=manifest)
