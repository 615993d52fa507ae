"""Canvas measured in inches: shapes are collected as frames and drawn by plotnine in one go.

Coordinates are inches from the lower left corner of the body of the figure, so that the width of a
text and of the shape it stands in are the same measure.
"""

# mypy: disable-error-code="no-untyped-call"
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.figure import Figure
from plotnine import (
    aes,
    arrow,
    geom_path,
    geom_point,
    geom_polygon,
    geom_rect,
    geom_segment,
    geom_text,
    ggplot,
    scale_color_identity,
    scale_fill_identity,
    scale_linetype_identity,
    scale_size_identity,
    scale_x_continuous,
    scale_y_continuous,
    theme,
    theme_void,
)

from analysis.display.drawing.letters import drawable
from analysis.display.drawing.palette import INK, PAPER
from analysis.display.drawing.typography import POINTS_PER_INCH, points

POINT = math.pi**-0.5
"""One point in the unit of plotnine's ``size`` of lines and shapes."""

ARROW_INCHES = 0.07
SHORT_COLUMNS = ("mode.string_storage", "python")
"""How pandas holds texts while plotnine draws: Arrow's columns are slow by the dozen of rows."""

HALF_CAPITAL = 0.365
"""Half the height of a capital of the font, as a share of its size."""


@dataclass(frozen=True)
class Box:
    """A rectangle; ``edge`` may be "none"."""

    xmin: float
    xmax: float
    ymin: float
    ymax: float
    fill: str = PAPER
    edge: str = INK
    line: float = 0.6


@dataclass(frozen=True)
class Line:
    """A straight line of ``line`` points, with an arrow head at its end or not."""

    x: float
    y: float
    xend: float
    yend: float
    colour: str = INK
    line: float = 0.6
    pattern: str = "solid"
    head: bool = False


@dataclass(frozen=True)
class Path:
    """A line through ``points`` (x, y), ``line`` points wide."""

    points: tuple[tuple[float, float], ...]
    colour: str = INK
    line: float = 1.0
    pattern: str = "solid"


@dataclass(frozen=True)
class Label:
    """One line of text of the house's ``size``; ``y`` is the middle of its capitals."""

    x: float
    y: float
    text: str
    size: float = 7.0
    colour: str = INK
    ha: str = "center"
    weight: str = "normal"


@dataclass(frozen=True)
class Mark:
    """A square point estimate, ``size`` points wide."""

    x: float
    y: float
    size: float = 5.0
    colour: str = INK


@dataclass(frozen=True)
class Diamond:
    """A pooled estimate: its interval from ``xmin`` to ``xmax`` around ``x``."""

    xmin: float
    x: float
    xmax: float
    y: float
    half_height: float
    fill: str = INK


@dataclass
class Canvas:
    """What is to be drawn: boxes lie under lines, lines under marks, marks under labels."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    diamonds: list[Diamond] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def draw(self, figure_size: tuple[float, float]) -> Figure:
        """Return the matplotlib figure; its one axes holds the canvas, to be placed by a frame."""
        matplotlib.use("agg")
        plot: Any = (
            ggplot()
            + self._layers()
            + scale_x_continuous(limits=(0, self.width), expand=(0, 0))
            + scale_y_continuous(limits=(0, self.height), expand=(0, 0))
            + scale_color_identity()
            + scale_fill_identity()
            + scale_size_identity()
            + scale_linetype_identity()
            + theme_void()
            + theme(figure_size=figure_size, legend_position="none")
        )
        with matplotlib.rc_context({"text.parse_math": False}), pd.option_context(*SHORT_COLUMNS):
            figure: Figure = plot.draw()
        # None: with any engine, "none" too, matplotlib draws each file twice.
        figure.set_layout_engine(None)
        return figure

    def _layers(self) -> list[Any]:
        layers: list[Any] = [_box_layer(box_group) for box_group in _by_line(self.boxes)]
        layers += [_line_layer(lines, head) for lines, head in _by_head(self.lines)]
        layers += [_path_layer(path) for path in self.paths]
        layers += [_mark_layer(self.marks)] if self.marks else []
        layers += [_diamond_layer(self.diamonds)] if self.diamonds else []
        layers += [_label_layer(self.labels)] if self.labels else []
        return layers


def _frame(shapes: Sequence[object]) -> pd.DataFrame:
    return pd.DataFrame([asdict(shape) for shape in shapes])  # type: ignore[call-overload]


def _by_line(boxes: list[Box]) -> list[list[Box]]:
    widths = dict.fromkeys(box.line for box in boxes)
    return [[box for box in boxes if box.line == width] for width in widths]


def _by_head(lines: list[Line]) -> list[tuple[list[Line], bool]]:
    split = [([line for line in lines if line.head is head], head) for head in (False, True)]
    return [(group, head) for group, head in split if group]


def _box_layer(boxes: list[Box]) -> geom_rect:
    corners = aes(xmin="xmin", xmax="xmax", ymin="ymin", ymax="ymax", fill="fill", color="edge")
    return geom_rect(corners, _frame(boxes), size=boxes[0].line * POINT)


def _line_layer(lines: list[Line], head: bool) -> geom_segment:
    frame = _frame(lines)
    frame["units"] = frame["line"] * POINT
    ends = aes("x", "y", xend="xend", yend="yend", color="colour", size="units", linetype="pattern")
    tip = arrow(angle=22, length=ARROW_INCHES, type="closed") if head else None
    return geom_segment(ends, frame, arrow=tip, lineend="butt")


def _path_layer(path: Path) -> geom_path:
    frame = pd.DataFrame(list(path.points), columns=["x", "y"])
    style = {"color": path.colour, "size": path.line * POINT, "linetype": path.pattern}
    return geom_path(aes("x", "y"), frame, lineend="butt", linejoin="miter", **style)


def _mark_layer(marks: list[Mark]) -> geom_point:
    frame = _frame(marks)
    frame["units"] = frame["size"] * POINT
    return geom_point(
        aes("x", "y", size="units", fill="colour", color="colour"), frame, shape="s", stroke=0
    )


def _diamond_layer(diamonds: list[Diamond]) -> geom_polygon:
    corners = [
        (index, x, y, diamond.fill)
        for index, diamond in enumerate(diamonds)
        for x, y in (
            (diamond.xmin, diamond.y),
            (diamond.x, diamond.y + diamond.half_height),
            (diamond.xmax, diamond.y),
            (diamond.x, diamond.y - diamond.half_height),
        )
    ]
    frame = pd.DataFrame(corners, columns=["group", "x", "y", "fill"])
    return geom_polygon(aes("x", "y", group="group", fill="fill"), frame)


def _label_layer(labels: list[Label]) -> geom_text:
    """The labels on base lines, so that the texts of a row stand level."""
    frame = _frame([replace(label, text=drawable(label.text)) for label in labels])
    frame["size"] = frame["size"].map(points)
    frame["base"] = frame["y"] - frame["size"] * HALF_CAPITAL / POINTS_PER_INCH
    mapping = aes(
        "x", "base", label="text", size="size", color="colour", ha="ha", fontweight="weight"
    )
    return geom_text(mapping, frame, va="baseline")
