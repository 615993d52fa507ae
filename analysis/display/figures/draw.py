"""Draw figures by their file names, in the house's own preset or in others.

A drawing is an ornament of results that stand elsewhere: what fails here is said in the place of
the figure, and ends no run.
"""

import hashlib
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.fallback import list_fallbacks
from analysis.display.drawing.letters import number_letters
from analysis.display.drawing.not_drawn import render_reason
from analysis.display.drawing.save import render_figure
from analysis.display.outline.displays import FIGURES
from analysis.display.presets import Preset, use_preset
from analysis.errors import AnalysisError
from analysis.io.figure_notes import FigureNote
from analysis.io.files import write_bytes
from analysis.io.printable import clean_printed

REMEDY = (
    "The numbers that it shows stand in ard.csv and in the tables. The log of its rule has the "
    "details; when what is named there is mended, the same command draws it."
)


def draw_figures(ard: Ard, plan: Plan, stamp: str, outputs: Iterable[str]) -> None:
    """Draw each figure once and write it to its paths, whose suffixes are the formats.

    Where a figure or one format of it cannot be drawn, the file says so, and why.
    """
    paths = [Path(output) for output in outputs]
    for name in dict.fromkeys(path.stem for path in paths):
        own = [path for path in paths if path.stem == name]
        with number_letters() as letters:
            try:
                figure = FIGURES[name].draw(ard, plan, stamp)
            except Exception as error:  # noqa: BLE001 - whatever fails is said in the figure's place
                _say_not_drawn(own, error, stamp)
            else:
                _write(figure, own, letters, stamp)


def draw_presets(
    ard: Ard, plan: Plan, stamp: str, presets: Iterable[Preset], outputs: Iterable[str]
) -> None:
    """Draw each figure by each preset to its paths, in folders of the presets' names."""
    paths = [Path(output) for output in outputs]
    for preset in presets:
        own = [str(path) for path in paths if path.parent.name == preset.name]
        with use_preset(preset):
            draw_figures(ard, plan, stamp, own)


def _write(figure: Figure, paths: Sequence[Path], letters: dict[str, str], stamp: str) -> None:
    note = FigureNote(letters=letters, fonts=_hash_fonts(figure))
    for path in paths:
        try:
            content = render_figure(figure, path.suffix[1:], note)
        except Exception as error:  # noqa: BLE001 - one format that fails costs no other
            _say_not_drawn([path], error, stamp)
        else:
            write_bytes(path, content)


def _hash_fonts(figure: Figure) -> dict[str, str]:
    """The fonts that stand in for the typeface; another font of the same name draws other bytes."""
    texts = [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]
    files = [path for face in list_fallbacks("".join(texts)) for path in face.paths]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _say_not_drawn(paths: Sequence[Path], error: Exception, stamp: str) -> None:
    """Write the reason where the drawing would be; its traceback goes to the log of the job."""
    traceback.print_exception(error)
    if isinstance(error, AnalysisError):
        why = f"{error}".rstrip(".")
    else:
        why = f"a fault of the program or of its libraries ({type(error).__name__})"
    for path in paths:
        reason = clean_printed(f"This figure could not be drawn: {why}. {REMEDY}")
        title = f"{path.stem} ({path.suffix[1:]})"
        write_bytes(path, render_reason(path.suffix[1:], title, reason, stamp))
