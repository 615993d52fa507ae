"""What the file of a figure says of itself beside the drawing, read from its bytes alone.

A note is one line of ASCII that every format can hold: a comment of SVG and PDF, a text of PNG and
TIFF. A figure drawn whole, in its typeface alone, has none.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

_MARK = "figure-note: "


@dataclass(frozen=True)
class FigureNote:
    """``not_drawn``: why there is no drawing. ``letters``: what a number like ``[1]`` stands for.

    ``fonts``: the sha256 of the files of fonts that stand in for the typeface, by their names.
    """

    not_drawn: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return self == FigureNote()

    @property
    def key(self) -> str:
        """What the numbers stand for, in words; empty without any."""
        listed = "; ".join(f"{number} {letters}" for number, letters in self.letters.items())
        return f"Letters that no font of the machine had: {listed}." if listed else ""


def dump_note(note: FigureNote) -> str:
    """Return a note as one line of ASCII that may stand in a comment of XML."""
    return _MARK + json.dumps(asdict(note), sort_keys=True).replace("--", "-\\u002d")


def read_note(content: bytes) -> FigureNote:
    """Return the note that the file of a figure holds, an empty one if it holds none."""
    _, mark, rest = content.partition(_MARK.encode())
    if not mark:
        return FigureNote()
    try:
        found, _ = json.JSONDecoder().raw_decode(rest.decode("latin-1"))
        return FigureNote(**found)
    except (ValueError, TypeError):
        return FigureNote()


def read_notes(files: Mapping[str, Path]) -> dict[str, FigureNote]:
    """Return the notes of the files that hold one, by the same keys."""
    notes = {name: read_note(path.read_bytes()) for name, path in files.items()}
    return {name: note for name, note in notes.items() if not note.is_empty}
