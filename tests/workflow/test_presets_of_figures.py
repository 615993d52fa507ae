"""Figures of presets: drawn when asked for, gone when not, and no other output changes by them."""

from __future__ import annotations

import json
import string
from pathlib import Path

from tests.projects.workflow_project import Project, differing
from tests.unit.display.drawing.drawn_font import build_font

FAMILY = "Times New Roman"
CHARACTERS = string.printable.strip() + " ±≤≥→↑µ"
OWN = {"manifest.json"}
"""What tells of the presets beside their figures."""


def test_presets_come_and_go(complete: Project, project: Project, tmp_path: Path) -> None:
    fonts = tmp_path / "share" / "fonts"
    fonts.mkdir(parents=True)
    build_font(FAMILY, CHARACTERS, fonts / "times.ttf")
    here = {"XDG_DATA_HOME": str(tmp_path / "share"), "MPLCONFIGDIR": str(tmp_path / "matplotlib")}
    outcome = project.run(config={"presets": "lancet-column"}, environment=here)
    assert outcome.status == 0, outcome.terminal
    assert set(outcome.jobs) == {
        "Drawing the figures of the presets", "Writing the report", "Writing the manifest"
    }  # fmt: skip
    drawn = {
        f"figures/lancet-column/{name}.{form}"
        for name in ("grotta_itt", "grotta_pp")
        for form in ("svg", "pdf", "png")
    }
    assert set(differing(complete.outputs(), project.outputs())) == drawn | OWN
    manifest = json.loads(project.outputs()["manifest.json"])
    assert drawn <= set(manifest["outputs"])
    assert list(manifest["presets"]["lancet-column"]["fonts"]) == [FAMILY]

    again = project.run(environment=here)
    assert again.status == 0, again.terminal
    assert differing(complete.outputs(), project.outputs()) == []
