"""Frame of every figure: stamp, title, caption, registry number and watermark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from analysis.config import Plan
from analysis.display.drawing.fallback import find_families
from analysis.display.drawing.fonts import typeface
from analysis.display.drawing.letters import TIE, drawable
from analysis.display.drawing.palette import INK, PAPER, QUIET, STAMP
from analysis.display.drawing.typography import line_height, points, width_at, wrap_text
from analysis.display.presets import active_preset
from analysis.display.text.wording import registry_line

MARGIN = 0.1
TITLE_SIZE, CAPTION_SIZE, SMALL_SIZE, STAMP_SIZE = 9.0, 7.0, 6.0, 9.0
STAMP_BAND = 0.24
WATERMARK_ALPHA = 0.07
WATERMARK_SHARE = 6 / 7
"""Of the width of the sheet."""

_EQUATION = re.compile(r"(?:\b[np] )?[<>=] (?=\d)|(?<=\d%) (?=CI\b)")
"""``p = 0.004``, ``> 1`` and ``95% CI`` stay on one line."""

NO_LIGATURES = ("-liga",)
"""Without them the text of the PDF can be searched and copied."""


def sheet_width() -> float:
    """Return the width of every figure, inches."""
    return active_preset().width


def is_column() -> bool:
    """Return whether a sheet is as narrow as one column of a page."""
    return active_preset().is_column


@dataclass(frozen=True)
class Frame:
    """The parts of a sheet around a body of ``body`` inches height."""

    title: str
    caption: tuple[str, ...]
    registry: str
    stamp: str
    body: float

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title in lines of the sheet."""
        return wrap_text(self.title, TITLE_SIZE, sheet_width() - 2 * MARGIN, "bold")

    @property
    def foot(self) -> float:
        """Height below the body, inches."""
        lines = len(self.caption) * line_height(CAPTION_SIZE)
        return MARGIN + line_height(SMALL_SIZE) + 0.05 + lines + 0.08

    @property
    def head(self) -> float:
        """Height above the body, inches."""
        return (
            (STAMP_BAND if self.stamp else 0.0)
            + 0.08
            + len(self.title_lines) * line_height(TITLE_SIZE)
            + 0.06
        )

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet, inches."""
        return sheet_width(), self.head + self.body + self.foot

    @property
    def body_box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width and height of the body as shares of the sheet."""
        height = self.size[1]
        return 0.0, self.foot / height, 1.0, self.body / height


def build_frame(plan: Plan, title: str, caption: str, stamp: str, body: float) -> Frame:
    """Return the frame of a body of ``body`` inches height, its caption wrapped to the width."""
    tied = _EQUATION.sub(lambda match: match[0].replace(" ", TIE), caption)
    lines = wrap_text(tied, CAPTION_SIZE, sheet_width() - 2 * MARGIN)
    return Frame(title, lines, registry_line(plan), stamp, body)


def dress_figure(figure: Figure, frame: Frame, alternative: str) -> Figure:
    """Place the body and draw the frame; ``alternative`` is the text for who cannot see it."""
    figure.axes[0].set_position(frame.body_box)
    _draw_words(figure, frame)
    if frame.stamp:
        _draw_stamp(figure, frame)
    stamped = f"{frame.stamp}. {alternative}" if frame.stamp else alternative
    figure.set_label(f"{frame.title}\n{stamped} ({frame.registry})")
    _set_texts([text for text in figure.findobj(Text) if isinstance(text, Text)])
    return figure


def _set_texts(texts: Sequence[Text]) -> None:
    """Set all texts in the fonts that they need together; ``$`` and backslash are letters."""
    for text in texts:
        text.set(parse_math=False, text=drawable(text.get_text()))
    families = find_families("".join(text.get_text() for text in texts))
    for text in texts:
        text.set(fontfeatures=NO_LIGATURES, family=families)
        if not typeface().has_bold:
            text.set_fontweight("normal")


def _draw_words(figure: Figure, frame: Frame) -> None:
    left = MARGIN / sheet_width()
    lowest = frame.body + frame.foot + 0.06
    for number, line in enumerate(reversed(frame.title_lines)):
        y = (lowest + number * line_height(TITLE_SIZE)) / frame.size[1]
        _write(figure, left, y, line, TITLE_SIZE, INK, "bottom", weight="bold")
    for number, line in enumerate(frame.caption):
        y = (frame.foot - 0.08 - number * line_height(CAPTION_SIZE)) / frame.size[1]
        _write(figure, left, y, line, CAPTION_SIZE, INK, "top")
    _write(figure, left, MARGIN / frame.size[1], frame.registry, SMALL_SIZE, QUIET, "bottom")


def _write(
    figure: Figure, x: float, y: float, text: str, size: float, colour: str, va: str,
    weight: str = "normal",
) -> None:  # fmt: skip
    style: dict[str, Any] = {"color": colour, "weight": weight, "ha": "left", "va": va}
    figure.text(x, y, text, size=points(size), **style)


def _draw_stamp(figure: Figure, frame: Frame) -> None:
    height = frame.size[1]
    band = STAMP_BAND / height
    figure.add_artist(Rectangle((0, 1 - band), 1, band, color=STAMP, transform=figure.transFigure))
    style: dict[str, Any] = {"weight": "bold", "ha": "center"}
    figure.text(0.5, 1 - band / 2, frame.stamp, size=points(STAMP_SIZE), color=PAPER,
                va="center_baseline", **style)  # fmt: skip
    left, bottom, width, tall = frame.body_box
    length = WATERMARK_SHARE * sheet_width()
    figure.text(left + width / 2, bottom + tall / 2, frame.stamp, color="black", va="center",
                size=length / width_at(frame.stamp, 1, "bold"), alpha=WATERMARK_ALPHA,
                rotation=22, **style)  # fmt: skip
