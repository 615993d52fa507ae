"""Figures that a run tries again, because what hindered them may have gone."""

from pathlib import Path

from analysis.io.figure_notes import read_note

FORMATS = (".svg", ".pdf", ".png", ".tiff")


def is_to_redraw(path: Path) -> bool:
    """Whether a file says that its figure was not drawn, or in numbers for letters that are here.

    Numbers stay as long as no font of this machine has a letter for which they stand.
    """
    if path.suffix not in FORMATS or not path.is_file():
        return False
    note = read_note(path.read_bytes())
    return bool(note.not_drawn) or _has_font("".join(note.letters.values()))


def _has_font(letters: str) -> bool:
    if not letters:
        return False
    from analysis.display.drawing.fallback import find_face

    return any(find_face(letter) is not None for letter in letters)
