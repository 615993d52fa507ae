"""The path of the interpreter survives the shell lines that Snakemake builds from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snakemake.utils import format as format_line

from analysis.io.names.shell_path import ShellPath, quote_interpreter

NAMES = ("One Drive (Uni)", "it's", "R&D", "$HOME", "a{b}", "{", 'q"`;#~!*?[x]', "%s <b>", "京\n2")


@pytest.mark.parametrize("name", NAMES)
def test_bash_starts_the_interpreter_of_any_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    quote_interpreter()
    line = format_line("{py_exec} -c 'print(6 * 7)'", py_exec=sys.executable)
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == "42\n"
    assert subprocess.run([sys.executable, "-c", ""], check=False).returncode == 0
    assert Path(sys.executable) == folder / "python"


def test_a_path_without_such_letters_stays_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/opt/project-1.0/.venv/bin/python3"
    monkeypatch.setattr(sys, "executable", path)
    quote_interpreter()
    assert sys.executable is path


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_shell_reads_back_any_path(text: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"printf %s {ShellPath(text)}"], capture_output=True, check=True
    )
    assert done.stdout == text.encode()
    assert ShellPath(text) == text
