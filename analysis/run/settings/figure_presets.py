"""The presets of figures that a run is asked for, with the fonts of this machine."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.config import Plan
from analysis.config.load import read_yaml, require_texts
from analysis.display.outline.displays import FIGURES
from analysis.display.presets import Language, Preset, find_preset, use_preset
from analysis.errors import AnalysisError, ConfigError
from analysis.run.hashes import hash_file

LABELS_FILE = Path("config/labels-zh.yaml")

Settings = dict[str, dict[str, Any]]
"""By preset: ``figures``, their names; ``fonts``, the sha256 of each file by family; ``labels``,
English to Chinese. ``not_drawn``: why a preset is left out, which then has no figures; else
empty."""


def prepare_presets(names: Sequence[str], labels_file: Path | None, plan: Plan) -> Settings:
    """Return what each preset is drawn with, as plain values.

    A preset is an ornament that costs no result. It is left out, with the reason, for an unknown
    name, a font that is not on this machine, a file of labels that cannot be read, and labels of
    the plan without Chinese.
    """
    return {name: _try(name, labels_file or LABELS_FILE, plan) for name in dict.fromkeys(names)}


def drawn_presets(settings: Settings) -> Settings:
    """Return the presets that are not left out."""
    return {name: each for name, each in settings.items() if not each["not_drawn"]}


def list_left_out(settings: Settings) -> dict[str, str]:
    """Return why a preset is left out, by the folder in which its figures would be."""
    reasons = {name: each["not_drawn"] for name, each in settings.items()}
    return {f"figures/{name}": reason for name, reason in reasons.items() if reason}


def say_presets(settings: Settings) -> list[str]:
    """Return a line for each preset: in which typeface it is set, or why it is left out."""
    return [
        f"presets: {name} is left out. {each['not_drawn']}"
        if each["not_drawn"]
        else f"presets: {name} is set in {', '.join(each['fonts'])}."
        for name, each in settings.items()
    ]


def restore_preset(name: str, settings: Settings) -> Preset:
    """Return the preset of a name with the labels that were prepared for it."""
    return replace(find_preset(name), labels=settings[name]["labels"])


def read_labels(file: Path) -> dict[str, str]:
    """Return the Chinese of each label of the plan; raises ConfigError if the file is no such."""
    return require_texts(read_yaml(file, ("",)), str(file))


def _try(name: str, labels_file: Path, plan: Plan) -> dict[str, Any]:
    try:
        return {**_prepare(name, labels_file, plan), "not_drawn": ""}
    except AnalysisError as error:
        return {"figures": [], "fonts": {}, "labels": {}, "not_drawn": str(error)}


def _prepare(name: str, labels_file: Path, plan: Plan) -> dict[str, Any]:
    # matplotlib takes a second to import, so only a run that asks for a preset pays for it
    from analysis.display.drawing.fonts import typeface
    from analysis.display.rows.plan_labels import find_untranslated

    preset = find_preset(name)
    if preset.language is Language.CHINESE:
        preset = replace(preset, labels=read_labels(labels_file))
        if missing := find_untranslated(plan, preset):
            listed = ", ".join(repr(label) for label in missing)
            raise ConfigError(
                f"{labels_file}: no Chinese for {listed}, which figures of {name} show. Add a "
                "line for each label, or name another file with --config labels=FILE"
            )
    with use_preset(preset):
        face = typeface()
    fonts = {face.family: {path.name: hash_file(path) for path in face.paths}}
    figures = [name for name, part in FIGURES.items() if part.in_column or not preset.is_column]
    return {"figures": figures, "fonts": fonts, "labels": dict(preset.labels)}
