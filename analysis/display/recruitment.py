"""Recruitment over time, of the whole trial and site by site; no arm is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.canvas import Canvas, Label, Line, Path
from analysis.display.format import format_count
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.palette import ACCENT, INK, QUIET, RULE
from analysis.display.typography import text_width

ANALYSIS, DATE, SITE = "recruitment", "RANDDT", "SITEID"
LEFT, RIGHT = 0.55, WIDTH - 0.15
HEIGHT, FOOT, HEAD = 1.9, 0.44, 0.22
CELL_COLUMNS, CELL_HEIGHT, CELL_HEAD, CELL_GAP = 6, 0.52, 0.2, 0.16
SITES_HEAD = 0.26
SIZE, TICK_SIZE = 7.0, 6.5
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
MOST_TICKS = 6


@dataclass(frozen=True)
class _Curve:
    """The number randomised by the end of each month."""

    name: str
    totals: tuple[float, ...]

    @property
    def last(self) -> float:
        return self.totals[-1] if self.totals else 0.0


@dataclass(frozen=True)
class _Area:
    """Where a curve is drawn, inches, and the number at its upper edge."""

    left: float
    right: float
    bottom: float
    top: float
    highest: float

    def points(self, curve: _Curve) -> tuple[tuple[float, float], ...]:
        """The curve: from nobody to the number at the end of each month."""
        width = (self.right - self.left) / max(len(curve.totals), 1)
        ends = [(self.left + width * (number + 1), self.y(total))
                for number, total in enumerate(curve.totals)]  # fmt: skip
        return (self.left, self.bottom), *ends

    def y(self, total: float) -> float:
        return self.bottom + (self.top - self.bottom) * total / self.highest


def draw_recruitment(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the cumulative number randomised by month, and small multiples of the sites.

    The sites share one scale. Raises AnalysisError if the frame lacks a row.
    """
    months, whole, sites = _months(ard), _read_whole(ard), _read_sites(ard)
    rows = -(-len(sites) // CELL_COLUMNS)
    grid = SITES_HEAD + rows * (CELL_HEAD + CELL_HEIGHT + CELL_GAP) if sites else 0.0
    canvas = Canvas(WIDTH, HEAD + HEIGHT + FOOT + grid)
    highest = max(whole.last, plan.trial.n_randomised)
    bottom = canvas.height - HEAD - HEIGHT
    area = _Area(LEFT, RIGHT, bottom, canvas.height - HEAD, 1.04 * highest)
    _add_scale(canvas, area, months)
    _add_target(canvas, area, plan)
    canvas.paths.append(Path(area.points(whole), ACCENT, 1.6))
    _add_sites(canvas, sites, bottom - FOOT)
    title = "Recruitment over time"
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: how many of how many, months, sites, no arm."""
    randomised = format_count(ard.number(ANALYSIS, "n", "ITT", variable=DATE))
    missing = ard.require(ANALYSIS, "n", "ITT", level="missing", variable=DATE)
    undated = f" {format_count(missing)} without a date are not shown." if missing else ""
    months = _months(ard)
    sites = format_count(ard.number(ANALYSIS, "n_sites", "ITT"))
    span = f", {months[0]} to {months[-1]}" if months else ""
    return (
        f"Subjects randomised by the end of each month{span}: {randomised} of the "
        f"{plan.trial.n_randomised} planned (dashed), at {sites} sites. Below, every site by "
        f"its number, on one scale with the number it randomised. Both arms together.{undated}"
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    by_month = zip(_months(ard), _read_whole(ard).totals, strict=True)
    text = "; ".join(f"{month} {format_count(total)}" for month, total in by_month)
    sites = "; ".join(f"{site.name} {format_count(site.last)}" for site in _read_sites(ard))
    return f"Cumulative number randomised. {text}. By site: {sites}. Planned: " + (
        f"{plan.trial.n_randomised}."
    )


def _months(ard: Ard) -> tuple[str, ...]:
    rows = ard.select(ANALYSIS, "ITT", stat_name="n_cumulative")
    return tuple(row.level for row in rows if row.variable == DATE)


def _read_whole(ard: Ard) -> _Curve:
    return _Curve("", tuple(_read(ard, month) for month in _months(ard)))


def _read_sites(ard: Ard) -> tuple[_Curve, ...]:
    months = _months(ard)
    names = [row.level for row in ard.select(ANALYSIS, "ITT", stat_name="n")
             if row.variable == SITE and ": " not in row.level]  # fmt: skip
    return tuple(
        _Curve(name, tuple(_read(ard, f"{name}: {month}") for month in months)) for name in names
    )


def _read(ard: Ard, level: str) -> float:
    return ard.require(ANALYSIS, "n_cumulative", "ITT", level=level)


def _add_scale(canvas: Canvas, area: _Area, months: Sequence[str]) -> None:
    canvas.lines += [
        Line(area.left, area.bottom, area.right, area.bottom, INK, 0.6),
        Line(area.left, area.bottom, area.left, area.top, INK, 0.6),
    ]
    step = next((each for each in STEPS if area.highest / each <= MOST_TICKS), STEPS[-1])
    for total in range(0, int(area.highest) + 1, step):
        y = area.y(total)
        canvas.lines.append(Line(area.left, y, area.left - 0.05, y, INK, 0.6))
        canvas.labels.append(Label(area.left - 0.08, y, str(total), TICK_SIZE, ha="right"))
    width = (area.right - area.left) / max(len(months), 1)
    widest = max((text_width(month, TICK_SIZE) for month in months), default=0.0) + 0.12
    every = max(1, -int(-widest // width)) if months else 1
    for number, month in enumerate(months):
        x = area.left + width * (number + 0.5)
        canvas.lines.append(Line(x, area.bottom, x, area.bottom - 0.05, INK, 0.6))
        if number % every == 0:
            canvas.labels.append(Label(x, area.bottom - 0.13, month, TICK_SIZE))
    middle = (area.left + area.right) / 2
    canvas.labels.append(Label(middle, area.bottom - 0.3, "Month of randomisation", SIZE))
    canvas.labels.append(
        Label(MARGIN, area.top + 0.11, "Subjects randomised", SIZE, ha="left", weight="bold")
    )


def _add_target(canvas: Canvas, area: _Area, plan: Plan) -> None:
    y = area.y(plan.trial.n_randomised)
    canvas.lines.append(Line(area.left, y, area.right, y, QUIET, 0.8, "dashed"))
    words = f"planned: {plan.trial.n_randomised}"
    canvas.labels.append(Label(area.left + 0.08, y - 0.1, words, TICK_SIZE, QUIET, "left"))


def _add_sites(canvas: Canvas, sites: Sequence[_Curve], top: float) -> None:
    if not sites:
        return
    highest = max(site.last for site in sites)
    width = (WIDTH - 2 * MARGIN + CELL_GAP) / CELL_COLUMNS
    canvas.labels.append(
        Label(MARGIN, top - SITES_HEAD / 2, "By site", SIZE, ha="left", weight="bold")
    )
    for number, site in enumerate(sites):
        row, column = divmod(number, CELL_COLUMNS)
        left = MARGIN + column * width
        upper = top - SITES_HEAD - row * (CELL_HEAD + CELL_HEIGHT + CELL_GAP) - CELL_HEAD
        area = _Area(left, left + width - CELL_GAP, upper - CELL_HEIGHT, upper, highest)
        _add_cell(canvas, area, site)


def _add_cell(canvas: Canvas, area: _Area, site: _Curve) -> None:
    canvas.lines.append(Line(area.left, area.bottom, area.right, area.bottom, RULE, 0.5))
    canvas.paths.append(Path(area.points(site), ACCENT, 1.2))
    y = area.top + CELL_HEAD / 2
    canvas.labels.append(Label(area.left, y, site.name, TICK_SIZE, ha="left", weight="bold"))
    words = f"n = {format_count(site.last)}"
    canvas.labels.append(Label(area.right, y, words, TICK_SIZE, ha="right"))
