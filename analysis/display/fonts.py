"""The fonts that a preset is drawn in: found on the machine, or named with what brings them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib.font_manager import (
    FontProperties,
    findfont,
    findSystemFonts,
    fontManager,
    get_font,
)
from matplotlib.ft2font import FT2Font

from analysis.display.presets import (
    CHINESE_FAMILIES,
    CHINESE_PACKAGE,
    Language,
    Preset,
    active_preset,
)
from analysis.errors import AnalysisError

WEIGHTS = ("normal", "bold")


@dataclass(frozen=True)
class Typeface:
    """One family and the files that hold it. ``paths``: by weight; a family may lack a bold."""

    family: str
    paths: tuple[Path, Path]

    @property
    def has_bold(self) -> bool:
        """Whether the bold is a font of its own."""
        return self.font("normal").style_flags != self.font("bold").style_flags

    def font(self, weight: str) -> FT2Font:
        """Return the font of a weight, "normal" or "bold"."""
        return _open(self.family, weight)

    def holds(self, character: str) -> bool:
        """Return whether both weights have a glyph for ``character``."""
        code = ord(character)
        return all(self.font(weight).get_char_index(code) != 0 for weight in WEIGHTS)

    def hashes(self) -> dict[str, str]:
        """Return the sha256 of each file by its name."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(set(self.paths))
        }


def typefaces() -> tuple[Typeface, ...]:
    """Return the typefaces of what applies now, in the order in which glyphs are looked for.

    Raises AnalysisError if a font is not on this machine; it names what brings one.
    """
    return _typefaces(active_preset())


def find_typeface(character: str) -> Typeface | None:
    """Return the first typeface that has a glyph for ``character``."""
    return next((face for face in typefaces() if face.holds(character)), None)


@cache
def _typefaces(preset: Preset) -> tuple[Typeface, ...]:
    faces = [_require(preset, preset.families, preset.package)]
    if preset.language is Language.CHINESE:
        faces.append(_require(preset, CHINESE_FAMILIES, CHINESE_PACKAGE))
    return tuple(faces)


def _require(preset: Preset, families: tuple[str, ...], package: str) -> Typeface:
    """The first family that is here; what was installed since matplotlib last looked counts."""
    found = _find_first(families)
    if found is None:
        _register_system_fonts()
        found = _find_first(families)
    if found is None:
        raise AnalysisError(
            f"The figures of the preset {preset.name} are set in {families[0]} or a font of its "
            f"widths, and none is on this machine: {', '.join(families)}. Install one (Debian, "
            f"Ubuntu: apt-get install {package}), or leave {preset.name} out of presets."
        )
    return found


def _find_first(families: tuple[str, ...]) -> Typeface | None:
    return next((face for family in families if (face := _find(family)) is not None), None)


def _find(family: str) -> Typeface | None:
    try:
        normal, bold = (Path(_path(family, weight)) for weight in WEIGHTS)
    except ValueError:
        return None
    return Typeface(family, (normal, bold))


def _path(family: str, weight: str) -> str:
    properties = FontProperties(family=family, weight=weight)
    return str(findfont(properties, fallback_to_default=False))


@cache
def _open(family: str, weight: str) -> FT2Font:
    """The font with its place in a collection, which a plain path would lose."""
    properties = FontProperties(family=family, weight=weight)
    return get_font(findfont(properties, fallback_to_default=False))


def _register_system_fonts() -> None:
    known = {entry.fname for entry in fontManager.ttflist}
    for path in sorted(findSystemFonts()):
        if path not in known:
            _register(path)


def _register(path: str) -> None:
    try:
        fontManager.addfont(path)
    except (OSError, RuntimeError):
        # A file that FreeType can't read is no font of ours.
        return
