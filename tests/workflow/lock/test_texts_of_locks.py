"""What a lock says in a user's words stands there as it was typed, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path

from tests.projects.tampering import LOCK, LOCKED
from tests.projects.workflow_project import CELL, Project

TEXT = '{n}, {input} and {{x}}; 100% of $HOME `date`, it\'s "final" \\1 }{ 数据 <b> {'
"""Characters that the workflow engine, a shell or YAML may read as their own."""


def test_name_and_reason_are_kept(fresh: Project, tmp_path: Path) -> None:
    project = fresh.copy_to(tmp_path / "project")
    first = project.run("lock", config={**LOCKED, "lock_name": f"Name {TEXT}"})
    assert first.status == 0, first.terminal
    project.edit(*CELL)
    again = project.run("lock", config={**LOCKED, "lock_name": "2", "relock": f"Why {TEXT}"})
    assert again.status == 0, again.terminal
    (earlier,) = json.loads((project.root / LOCK).read_text(encoding="utf-8"))["history"]
    assert (earlier["name"], earlier["reason"]) == (f"Name {TEXT}", f"Why {TEXT}")
