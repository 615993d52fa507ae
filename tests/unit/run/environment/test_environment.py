"""The environment: known by its wheels, and seen through what stands in their way."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from analysis.errors import ConfigError
from analysis.run.environment import distributions, edits
from analysis.run.environment.distributions import (
    LIBRARIES,
    Distribution,
    describe_environment,
    list_distributions,
)
from analysis.run.environment.shadows import find_shadows
from analysis.run.environment.soundness import (
    check_shadows,
    require_unedited_code,
    require_unedited_libraries,
)

TOP = Path(__file__).parents[4]


def record(folder: Path, *extra: str) -> Distribution:
    """A distribution of one module, installed in a folder."""
    info = folder / "numpy-9.0.dist-info"
    info.mkdir(exist_ok=True)
    (folder / "numpy.py").write_text("pi = 3\n", encoding="utf-8")
    digest = hashlib.sha256(b"pi = 3\n").digest()
    listed = f"numpy.py,sha256={base64.urlsafe_b64encode(digest).rstrip(b'=').decode()},7"
    lines = [listed, "numpy-9.0.dist-info/RECORD,,", *extra]
    (info / "RECORD").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Distribution("numpy", "9.0", info)


def list_needed(name: str, seen: set[str]) -> set[str]:
    """A distribution and all that it needs here; what the workflow engine needs is its own."""
    key = re.sub("[-_.]+", "_", name).lower()
    try:
        requires = distribution(name).requires or []
    except PackageNotFoundError:
        return seen
    if key not in seen:
        seen.add(key)
        for each in map(Requirement, requires if key != "snakemake" else []):
            if each.marker is None or each.marker.evaluate({"extra": ""}):
                list_needed(each.name, seen)
    return seen


def test_the_libraries_are_what_the_project_needs() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    seen: set[str] = set()
    for requirement in map(Requirement, project["dependencies"]):
        list_needed(requirement.name, seen)
    assert seen == LIBRARIES


def test_an_environment_is_described_by_versions_and_hashes() -> None:
    described = describe_environment()
    assert set(described) == {"python", "startup", *LIBRARIES}
    assert re.fullmatch(r"[\d.]+ [0-9a-f]{64}", described["numpy"])


def test_what_an_installer_adds_changes_nothing(tmp_path: Path) -> None:
    """Compiled code, commands with the path of an interpreter, notes of the installer."""
    plain = record(tmp_path).identity
    added = (
        "../../../bin/f2py,sha256=abc,12", "__pycache__/numpy.cpython-311.pyc,,",
        "numpy-9.0.dist-info/INSTALLER,sha256=abc,4",
    )  # fmt: skip
    assert record(tmp_path, *added).identity == plain
    assert record(tmp_path, "numpy/core.py,sha256=abc,1").identity != plain


def test_nothing_is_imported_before_the_search_for_shadows() -> None:
    """A library that is shadowed would be run by its import."""
    imported = "import sys; import analysis.run.environment.soundness; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", imported], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    libraries = {name for each in list_distributions() for name in each.modules}
    assert loaded & libraries <= {"_distutils_hack"}


def test_an_edited_library_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = record(tmp_path)
    monkeypatch.setattr(edits, "list_distributions", lambda: (installed,))
    assert edits.find_edited_files() == []
    (tmp_path / "numpy.py").write_text("pi = 4\n", encoding="utf-8")
    assert edits.find_edited_code() == ["numpy 9.0: numpy.py was edited"]
    (tmp_path / "numpy.py").unlink()
    assert edits.find_edited_files()[0].startswith("numpy: numpy.py cannot be read")
    with pytest.raises(ConfigError, match="install an edited library again"):
        require_unedited_libraries()


def test_this_environment_is_as_it_was_installed() -> None:
    check_shadows()
    require_unedited_code()


@pytest.mark.parametrize("name", ["numpy.py", "random.py", "scipy/__init__.py", "yaml.so"])
def test_a_module_in_the_way_of_a_library_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    for place in ("working directory", "search path"):
        with monkeypatch.context() as patch:
            if place == "working directory":
                patch.chdir(tmp_path)
            else:
                patch.syspath_prepend(str(tmp_path))
            (finding,) = find_shadows()
            assert name.partition("/")[0] in finding
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="unset PYTHONPATH"):
        check_shadows()


@pytest.mark.parametrize("name", ["mine.py", "numpy.csv", "scipy/notes.txt", "config/a.yaml"])
def test_other_files_stand_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    assert find_shadows() == []


@pytest.mark.parametrize("hook", ["sitecustomize", "usercustomize"])
def test_what_python_runs_by_itself_is_found_and_part_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    module = ModuleType(hook)
    module.__file__ = str(tmp_path / f"{hook}.py")
    Path(module.__file__).write_text("x = 1\n", encoding="utf-8")
    before = list(distributions._list_startup())
    monkeypatch.setitem(sys.modules, hook, module)
    assert find_shadows() == [f"{module.__file__}: Python ran it by itself at its start"]
    assert len(list(distributions._list_startup())) == len(before) + 1


def test_the_project_is_no_library_of_its_own() -> None:
    assert "impact_lvo_analysis" not in {each.name for each in list_distributions()}
