"""Presets of figures that a run is asked for: fonts and labels are found before it begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.config import Plan
from analysis.display import presets
from analysis.display.drawing import fonts
from analysis.display.presets import HOUSE, Preset
from analysis.errors import ConfigError
from analysis.run.settings.command_line import read_command_line
from analysis.run.settings.figure_presets import (
    drawn_presets,
    list_left_out,
    prepare_presets,
    read_labels,
    restore_preset,
    say_presets,
)
from analysis.run.settings.run import Run

Rehearse = Callable[..., Run]


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal, and Chinese, in the font that comes with matplotlib."""
    journal = Preset("lancet", 154.0, HOUSE.families, "fonts", 1.0, 8.0)
    column = Preset("lancet-column", 75.0, HOUSE.families, "fonts", 1.0, 8.0)
    monkeypatch.setattr(presets, "JOURNALS", {"lancet": journal, "lancet-column": column})
    monkeypatch.setattr(fonts, "CHINESE_FAMILIES", HOUSE.families)


@pytest.fixture
def plan(rehearse: Rehearse) -> Plan:
    return rehearse().plan


def write(folder: Path, text: str) -> Path:
    file = folder / "labels.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_no_preset_is_the_rule(plan: Plan) -> None:
    assert prepare_presets((), None, plan) == {}


def test_the_command_line_lists_presets() -> None:
    line = read_command_line({"presets": "nejm, lancet-zh", "labels": "labels.yaml"})
    assert (line.presets, line.labels) == (("nejm", "lancet-zh"), Path("labels.yaml"))
    assert read_command_line({}).presets == ()


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(ConfigError, match="presets: is given without a value"):
        read_command_line({"presets": " "})


@pytest.mark.usefixtures("bundled")
def test_what_a_preset_is_drawn_with_is_plain_values(plan: Plan) -> None:
    settings = prepare_presets(["lancet", "lancet-column", "lancet"], None, plan)
    assert list(settings) == ["lancet", "lancet-column"]
    assert len(settings["lancet"]["figures"]) > 10
    assert settings["lancet-column"]["figures"] == ["grotta_itt", "grotta_pp"]
    assert list(settings["lancet"]["fonts"]) == ["DejaVu Sans"]
    hashes = settings["lancet"]["fonts"]["DejaVu Sans"]
    assert set(hashes) == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}
    assert all(len(sha256) == 64 for sha256 in hashes.values())
    assert restore_preset("lancet", settings).millimetres == 154.0


@pytest.mark.usefixtures("bundled")
def test_a_preset_that_cannot_be_drawn_is_left_out_with_its_reason(
    plan: Plan, tmp_path: Path
) -> None:
    file = write(tmp_path, "Placebo: 安慰剂\n")
    settings = prepare_presets(["bmj", "lancet-zh", "lancet"], file, plan)
    assert list(drawn_presets(settings)) == ["lancet"]
    reasons = list_left_out(settings)
    assert list(reasons) == ["figures/bmj", "figures/lancet-zh"]
    unknown, untranslated = reasons.values()
    assert "bmj: no such preset; must be one of lancet, lancet-column, house-zh" in unknown
    assert f"{file}: no Chinese for 'Methylprednisolone', 'Age, years'" in untranslated
    assert "Placebo'" not in untranslated
    assert say_presets(settings) == [
        f"presets: bmj is left out. {unknown}",
        f"presets: lancet-zh is left out. {untranslated}",
        "presets: lancet is set in DejaVu Sans.",
    ]


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "there is no such file"),
        ("a: [", "not valid YAML"),
        ("- a\n", "must be a mapping of keys to values"),
        ("Placebo: 安慰剂\nPlacebo: 甲\n", "key 'Placebo' stands twice"),
        ("Placebo: [1]\n", "line 1: Placebo: must be a text"),
    ],
)
def test_a_wrong_file_of_labels_is_named(text: str | None, words: str, tmp_path: Path) -> None:
    file = tmp_path / "none.yaml" if text is None else write(tmp_path, text)
    with pytest.raises(ConfigError, match=words) as caught:
        read_labels(file)
    assert str(caught.value).startswith(str(file))


@pytest.mark.usefixtures("bundled")
def test_a_run_holds_its_presets(rehearse: Rehearse) -> None:
    assert list(rehearse(presets="lancet").presets) == ["lancet"]
    assert rehearse().presets == {}
