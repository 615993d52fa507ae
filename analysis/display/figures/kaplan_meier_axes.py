"""Axes and curves of the Kaplan-Meier figure: deaths by day, numbers at risk, in inches."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.drawing.canvas import Canvas, Label, Line
from analysis.display.drawing.frame import MARGIN, sheet_width
from analysis.display.drawing.layout import across, wrap_label
from analysis.display.drawing.palette import INK
from analysis.display.drawing.typography import text_width
from analysis.display.text.format import format_plain
from analysis.display.text.language import say, say_label

ANALYSIS = "death_km"

LEFT, RIGHT, HEIGHT = 1.5, 5.5, 2.7
"""The axes of the curves, inches, unless an arm has a longer word in its name."""

NAME_GAP, RISK_GAP = 0.08, 0.2
"""Between the curves and the names of the arms, inches; between those and the numbers at risk."""

TOPS = {5: 1, 10: 2, 20: 5, 30: 5, 40: 10, 50: 10, 60: 10, 80: 20, 100: 20}
"""The upper end of the axis in percent and the distance of its ticks."""

ROOM = 0.8
"""The share of the height that the curves may take; the words stand above."""

STEPS = (1, 2, 5, 7, 10, 15, 30, 60, 90)
MOST_TICKS = 7
SIZE, TICK_SIZE = 7.0, 6.5


@dataclass(frozen=True)
class Curve:
    """``dead``: 1 less the survival estimate, by day; empty for an arm without subjects.

    ``at_risk``: subjects at risk on each day. ``censored``: days on which somebody was censored.
    """

    arm: Arm
    dead: tuple[float, ...]
    at_risk: tuple[float, ...]
    censored: tuple[int, ...]


@dataclass(frozen=True)
class Axes:
    """Days 0 to ``last`` between ``left`` and ``right``, 0 to ``top`` percent from ``foot`` up."""

    left: float
    right: float
    foot: float
    top: int
    last: int

    @property
    def ceiling(self) -> float:
        """The upper edge, inches."""
        return self.foot + HEIGHT

    @property
    def ticks(self) -> tuple[int, ...]:
        """Days of the axis: few whole steps, and the last day."""
        step = next((step for step in STEPS if self.last / step < MOST_TICKS), STEPS[-1])
        whole = [day for day in range(0, self.last, step) if self.last - day >= step / 2]
        return (*whole, self.last)

    def x(self, day: float) -> float:
        """Return where a day lies."""
        return self.left + (self.right - self.left) * day / self.last

    def y(self, share: float) -> float:
        """Return where a share of dead, 0 to 1, lies."""
        return self.foot + HEIGHT * 100 * share / self.top


def read_curves(ard: Ard, plan: Plan) -> tuple[Curve, Curve]:
    """Return the curves of treatment and reference; raises AnalysisError if a day is absent."""
    return _read_curve(ard, plan, plan.arms.treatment), _read_curve(ard, plan, plan.arms.reference)


def choose_sides(curves: Sequence[Curve]) -> tuple[float, float]:
    """Return where the axes begin and end: both sides have room for the names of the arms."""
    left, right = across(LEFT), across(RIGHT)
    risk = _widest(curves, left - MARGIN - RISK_GAP)
    names = _widest(curves, sheet_width() - MARGIN - right - NAME_GAP)
    return (
        max(left, MARGIN + risk + RISK_GAP),
        min(right, sheet_width() - MARGIN - names - NAME_GAP),
    )


def lay_axes(plan: Plan, curves: Sequence[Curve], foot: float) -> Axes:
    """Return the axes of the curves, with room for the words in the figure above them."""
    highest = max((100 * max(curve.dead) for curve in curves if curve.dead), default=0.0)
    top = next((top for top in TOPS if top * ROOM >= highest), max(TOPS))
    return Axes(*choose_sides(curves), foot, top, plan.safety.death_day)


def add_axes(canvas: Canvas, axes: Axes) -> None:
    """Draw both axes with their ticks and names."""
    left, foot = axes.left, axes.foot
    canvas.lines += [
        Line(left, foot, axes.right, foot, INK, 0.6),
        Line(left, foot, left, axes.ceiling, INK, 0.6),
    ]
    for day in axes.ticks:
        x = axes.x(day)
        canvas.lines.append(Line(x, foot, x, foot - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, foot - 0.12, format_plain(day), TICK_SIZE))
    for percent in range(0, axes.top + 1, TOPS[axes.top]):
        y = foot + HEIGHT * percent / axes.top
        canvas.lines.append(Line(left - 0.05, y, left, y, INK, 0.6))
        canvas.labels.append(Label(left - 0.09, y, format_plain(percent), TICK_SIZE, ha="right"))
    days = say("Days from randomisation")
    canvas.labels.append(Label((left + axes.right) / 2, foot - 0.28, days, SIZE))
    canvas.labels.append(Label(left - 0.36, foot + HEIGHT / 2, say("Died, %"), SIZE, ha="right"))


def _read_curve(ard: Ard, plan: Plan, arm: Arm) -> Curve:
    days = range(plan.safety.death_day + 1)
    alive = [ard.number(ANALYSIS, "estimate", "SAF", arm.code, str(day)) for day in days]
    at_risk = [ard.require(ANALYSIS, "n_risk", "SAF", arm.code, str(day)) for day in days]
    known = [value for value in alive if value is not None]
    if len(known) < len(alive):
        return Curve(arm, (), tuple(at_risk), ())
    return Curve(arm, tuple(1 - value for value in known), tuple(at_risk),
                 _find_censored(known, at_risk))  # fmt: skip


def _find_censored(alive: list[float], at_risk: list[float]) -> tuple[int, ...]:
    """The days that more leave the risk set than die on, the last day apart.

    The share that dies on a day is the fall of the curve there.
    """
    falls = [1 - alive[0], *(1 - after / before if before else 0.0
                             for before, after in pairwise(alive))]  # fmt: skip
    return tuple(
        day
        for day, (now, later) in enumerate(pairwise(at_risk))
        if round(now - later - falls[day] * now) > 0
    )


def _widest(curves: Sequence[Curve], room: float) -> float:
    """The width that the names need when they are wrapped to ``room`` inches."""
    lines = [line for curve in curves
             for line in wrap_label(say_label(curve.arm.label), SIZE, room, "bold")]  # fmt: skip
    return max(text_width(line, SIZE, "bold") for line in lines)
