"""Compiled code: an edit that keeps size and time of its source is seen."""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.run.environment.bytecode import check_bytecode


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of one module that was compiled as Python does by default."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "__init__.py").write_text("VALUE = 1\n", encoding="utf-8")
    py_compile.compile(
        str(folder / "__init__.py"), invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP
    )
    return folder


def edit(package: Path) -> None:
    """Another value; size and time stamp stay."""
    source = package / "__init__.py"
    stamp = source.stat()
    source.write_text("VALUE = 2\n", encoding="utf-8")
    os.utime(source, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def imported_value(package: Path) -> str:
    command = [sys.executable, "-c", "import small; print(small.VALUE)"]
    done = subprocess.run(
        command, cwd=package.parent, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip()


def test_compiled_code_is_stale_without_it(package: Path) -> None:
    edit(package)
    assert imported_value(package) == "1"


@pytest.mark.parametrize("edited_first", [True, False])
def test_an_edit_is_seen(package: Path, edited_first: bool) -> None:
    if edited_first:
        edit(package)
        check_bytecode(package)
    else:
        check_bytecode(package)
        edit(package)
    assert imported_value(package) == "2"


def test_sound_compiled_code_is_left_alone(package: Path) -> None:
    check_bytecode(package)
    (compiled,) = package.rglob("*.pyc")
    before = compiled.stat()
    check_bytecode(package)
    assert (compiled.stat().st_mtime_ns, compiled.stat().st_ino) == (
        before.st_mtime_ns,
        before.st_ino,
    )


def test_a_source_with_a_fault_is_left_to_its_import(package: Path) -> None:
    (package / "fault.py").write_text("def (:\n", encoding="utf-8")
    (package / "empty.py").write_text("", encoding="utf-8")
    check_bytecode(package)
    assert {path.name.split(".")[0] for path in package.rglob("*.pyc")} == {"__init__", "empty"}
