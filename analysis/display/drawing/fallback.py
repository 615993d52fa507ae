"""Letters that the typeface lacks, and the fonts of this machine that have them.

matplotlib writes the fonts of a PDF in the order of their paths. So where a figure needs more than
its typeface, all of its fonts are taken from copies in one folder, named by their rank:
the bytes do not depend on where the project lies or where fonts are installed.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.font_manager import FontEntry, fontManager

from analysis.display.drawing.fonts import (
    WEIGHTS,
    Typeface,
    find_family,
    register_system_fonts,
    typeface,
)
from analysis.display.presets import CHINESE_FAMILIES, HOUSE

PREFERRED = (
    *HOUSE.families,
    *CHINESE_FAMILIES,
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Droid Sans Fallback",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "STIXGeneral",
)
"""Families in this order, before any other of the machine; STIXGeneral comes with matplotlib."""

REGULAR, BOLD = 400, 700


@cache
def find_face(character: str) -> Typeface | None:
    """Return the first typeface that has a glyph for ``character``, that of what applies apart.

    Fonts installed since matplotlib last looked count. None if no font of this machine has it.
    """
    return next((face for face in list_faces() if face.holds(character)), None)


@cache
def list_faces() -> tuple[Typeface, ...]:
    """Return the typefaces that may stand in for another, in the order in which they are asked."""
    register_system_fonts()
    bundled = Path(get_data_path()).resolve()
    others = {
        entry.name
        for entry in fontManager.ttflist
        if entry.style == "normal" and not Path(entry.fname).resolve().is_relative_to(bundled)
    }
    families = [*PREFERRED, *sorted(others.difference(PREFERRED))]
    return tuple(face for family in families if (face := find_family(family)) is not None)


def list_fallbacks(text: str) -> tuple[Typeface, ...]:
    """Return the typefaces that stand in for that of what applies in ``text``."""
    main = typeface()
    found = {find_face(character) for character in set(text) if not main.holds(character)}
    return tuple(face for face in list_faces() if face in found) if found - {None} else ()


def find_families(text: str) -> tuple[str, ...]:
    """Return the families in which ``text`` is drawn, that of what applies first.

    One alone if it has every letter; else copies of all.
    """
    main, further = typeface(), list_fallbacks(text)
    if not further:
        return (main.family,)
    return tuple(_copy(face, rank) for rank, face in enumerate((main, *further)))


@cache
def _copy(face: Typeface, rank: int) -> str:
    """Copy the fonts of a typeface, and return the family under which the copies are known.

    Where the bold is no font of its own, the normal one is known as it.
    """
    family = f"{face.family} ({rank})"
    for weight, number in zip(WEIGHTS, (REGULAR, BOLD), strict=True):
        source = face.file(weight if weight in face.weights else WEIGHTS[0])
        path = _folder() / f"{rank:02}-{number}{Path(source).suffix}"
        shutil.copyfile(source, path)
        entry = FontEntry(str(path), source.face_index, family, weight=number)
        fontManager.ttflist.append(entry)
    return family


@cache
def _folder() -> Path:
    folder = tempfile.mkdtemp(prefix="fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
