"""Fonts of a preset: found on the machine, or named with the package that brings them."""

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib.font_manager import (
    FontPath,
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
    HOUSE,
    Language,
    Preset,
    active_preset,
)
from analysis.errors import AnalysisError

WEIGHTS = ("normal", "bold")
NEEDED = string.digits + string.ascii_letters
"""Characters of every figure in every language. Some fonts of Chinese glyphs have none of them."""

LEAST_BOLD = 600
"""Weight from which on a font counts as bold, of 400 for normal and 700 for bold."""


@dataclass(frozen=True)
class Typeface:
    """One family. ``weights``: those that are fonts of their own, "normal" and perhaps "bold"."""

    family: str
    weights: tuple[str, ...]

    @property
    def has_bold(self) -> bool:
        """Whether the bold is a font of its own."""
        return WEIGHTS[1] in self.weights

    @property
    def paths(self) -> tuple[Path, ...]:
        """The file of each weight."""
        return tuple(Path(self.file(weight)) for weight in self.weights)

    def file(self, weight: str) -> FontPath:
        """Return the file of one of its weights, with its place in a collection."""
        return _find_font(self.family, weight)

    def font(self, weight: str) -> FT2Font:
        """Return the font of a weight, "normal" or "bold"; the only one of a family with one."""
        return _open(self.family, weight if weight in self.weights else WEIGHTS[0])

    def holds(self, character: str) -> bool:
        """Return whether both weights have a glyph for ``character``."""
        code = ord(character)
        return all(self.font(weight).get_char_index(code) != 0 for weight in self.weights)


def typeface() -> Typeface:
    """Return the typeface of what applies now.

    One alone: matplotlib writes the fonts of a PDF in the order of their paths, so two of different
    folders would make its bytes depend on where the project lies. Raises AnalysisError if the font
    is not on this machine; it names what brings it.
    """
    return _typeface(active_preset())


@cache
def _typeface(preset: Preset) -> Typeface:
    if preset.language is Language.CHINESE:
        return _require(preset, CHINESE_FAMILIES, CHINESE_PACKAGE)
    return _require(preset, preset.families, preset.package)


def _require(preset: Preset, families: tuple[str, ...], package: str) -> Typeface:
    """The first family that is here; what was installed since matplotlib last looked counts."""
    if families != HOUSE.families:  # which comes with matplotlib
        register_system_fonts()
    typeface = _find_first(families)
    if typeface is None:
        raise AnalysisError(
            f"The figures of the preset {preset.name} are set in {families[0]} or a font of its "
            f"widths, and none with digits and letters is on this machine: {', '.join(families)}. "
            f"Install one (Debian, Ubuntu: apt-get install {package}), or leave {preset.name} out "
            "of presets."
        )
    return typeface


def _find_first(families: tuple[str, ...]) -> Typeface | None:
    """The first family that is here and can set a figure by itself."""
    faces = (face for family in families if (face := find_family(family)) is not None)
    return next((face for face in faces if all(map(face.holds, NEEDED))), None)


def find_family(family: str) -> Typeface | None:
    """Return the typeface of a family; None if it is not among the fonts that matplotlib knows.

    matplotlib remembers fonts that were removed since: a file must be there.
    """
    entries = [entry for entry in fontManager.ttflist if entry.name == family]
    weights = [entry.weight for entry in entries if Path(entry.fname).is_file()]
    if not weights:
        return None
    return Typeface(family, WEIGHTS if any(map(_is_bold, weights)) else WEIGHTS[:1])


def _is_bold(weight: int | str) -> bool:
    return weight == "bold" or (isinstance(weight, int) and weight >= LEAST_BOLD)


@cache
def _open(family: str, weight: str) -> FT2Font:
    """The font with its place in a collection, which a plain path would lose."""
    return get_font(_find_font(family, weight))


def _find_font(family: str, weight: str) -> FontPath:
    properties = FontProperties(family=family, weight=weight)
    return findfont(properties, fallback_to_default=False)


def register_system_fonts() -> None:
    """Let matplotlib know the fonts that were installed since it last looked."""
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
