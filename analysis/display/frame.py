"""What surrounds every figure: stamp, title, caption, registry number and watermark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from analysis.config import Plan
from analysis.display.palette import INK, PAPER, QUIET, STAMP
from analysis.display.typography import FAMILY, TIE, line_height, text_width, wrap_text
from analysis.display.wording import registry_line

WIDTH = 7.0
"""Inches: the full width of a journal page."""

MARGIN = 0.1
TITLE_SIZE, CAPTION_SIZE, SMALL_SIZE, STAMP_SIZE = 9.0, 7.0, 6.0, 9.0
STAMP_BAND = 0.24
WATERMARK_ALPHA, WATERMARK_LENGTH = 0.07, 6.0
_EQUATION = re.compile(r"\b([np]) ([<>=]) ")
"""``p = 0.004`` stays on one line."""

NO_LIGATURES = ("-liga",)
"""Without them the text of the PDF can be searched and copied."""


@dataclass(frozen=True)
class Frame:
    """The parts of a sheet around a body of ``body`` inches height."""

    title: str
    caption: tuple[str, ...]
    registry: str
    stamp: str
    body: float

    @property
    def foot(self) -> float:
        """Height below the body, inches."""
        lines = len(self.caption) * line_height(CAPTION_SIZE)
        return MARGIN + line_height(SMALL_SIZE) + 0.05 + lines + 0.08

    @property
    def head(self) -> float:
        """Height above the body, inches."""
        return (STAMP_BAND if self.stamp else 0.0) + 0.08 + line_height(TITLE_SIZE) + 0.06

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet, inches."""
        return WIDTH, self.head + self.body + self.foot

    @property
    def body_box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width and height of the body as shares of the sheet."""
        height = self.size[1]
        return 0.0, self.foot / height, 1.0, self.body / height


def build_frame(plan: Plan, title: str, caption: str, stamp: str, body: float) -> Frame:
    """Return the frame of a body of ``body`` inches height, its caption wrapped to the width."""
    tied = _EQUATION.sub(rf"\1{TIE}\2{TIE}", caption)
    lines = wrap_text(tied, CAPTION_SIZE, WIDTH - 2 * MARGIN)
    return Frame(title, lines, registry_line(plan), stamp, body)


def dress_figure(figure: Figure, frame: Frame, alternative: str) -> Figure:
    """Place the body and draw the frame; ``alternative`` is the text for who cannot see it."""
    figure.axes[0].set_position(frame.body_box)
    _draw_words(figure, frame)
    if frame.stamp:
        _draw_stamp(figure, frame)
    stamped = f"{frame.stamp}. {alternative}" if frame.stamp else alternative
    figure.set_label(f"{frame.title}\n{stamped} ({frame.registry})")
    for text in figure.findobj(Text):
        text.set(fontfeatures=NO_LIGATURES)
    return figure


def _draw_words(figure: Figure, frame: Frame) -> None:
    height = frame.size[1]
    left = MARGIN / WIDTH
    title_y = frame.body + frame.foot + 0.06
    words: dict[str, Any] = {"family": FAMILY, "ha": "left"}
    figure.text(left, title_y / height, frame.title, size=TITLE_SIZE, weight="bold", color=INK,
                va="bottom", **words)  # fmt: skip
    top = frame.foot - 0.08
    for number, line in enumerate(frame.caption):
        y = top - number * line_height(CAPTION_SIZE)
        figure.text(left, y / height, line, size=CAPTION_SIZE, color=INK, va="top", **words)
    figure.text(left, MARGIN / height, frame.registry, size=SMALL_SIZE, color=QUIET,
                va="bottom", **words)  # fmt: skip


def _draw_stamp(figure: Figure, frame: Frame) -> None:
    height = frame.size[1]
    band = STAMP_BAND / height
    figure.add_artist(Rectangle((0, 1 - band), 1, band, color=STAMP, transform=figure.transFigure))
    figure.text(0.5, 1 - band / 2, frame.stamp, size=STAMP_SIZE, weight="bold", color=PAPER,
                family=FAMILY, ha="center", va="center_baseline")  # fmt: skip
    left, bottom, width, tall = frame.body_box
    size = WATERMARK_LENGTH / text_width(frame.stamp, 1, "bold")
    figure.text(left + width / 2, bottom + tall / 2, frame.stamp, size=size, weight="bold",
                color="black", alpha=WATERMARK_ALPHA, family=FAMILY, ha="center", va="center",
                rotation=22)  # fmt: skip
