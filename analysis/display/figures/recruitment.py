"""Recruitment over time, of the whole trial and site by site; no arm is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.columns import UNKNOWN_SITE
from analysis.display.ard import Ard
from analysis.display.drawing.canvas import Canvas, Label, Line, Path
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.palette import ACCENT, INK, QUIET, RULE
from analysis.display.drawing.typography import text_width
from analysis.display.text.format import format_count
from analysis.display.text.language import join_sentences, say

ANALYSIS, DATE, SITE = "recruitment", "RANDDT", "SITEID"
LEFT, RIGHT_GAP = 0.55, 0.15
HEIGHT, FOOT, HEAD = 1.9, 0.44, 0.22
CELL_COLUMNS, CELL_HEIGHT, CELL_HEAD, CELL_GAP = 6, 0.52, 0.2, 0.16
SITES_HEAD = 0.26
LEAST_CELL_HEIGHT, SITES_ROOM = 0.2, 5.0
"""Inches of one curve and of all rows of sites together."""
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
    rows = _count_rows(sites)
    grid = SITES_HEAD + rows * (CELL_HEAD + _cell_height(rows) + CELL_GAP) if sites else 0.0
    canvas = Canvas(sheet_width(), HEAD + HEIGHT + FOOT + grid)
    highest = max(whole.last, plan.trial.n_randomised)
    bottom = canvas.height - HEAD - HEIGHT
    right = sheet_width() - RIGHT_GAP
    area = _Area(LEFT, right, bottom, canvas.height - HEAD, 1.04 * highest)
    _add_scale(canvas, area, months)
    _add_target(canvas, area, plan)
    canvas.paths.append(Path(area.points(whole), ACCENT, 1.6))
    _add_sites(canvas, sites, bottom - FOOT)
    title = say("Recruitment over time")
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: how many of how many, months, sites, no arm."""
    randomised = format_count(ard.number(ANALYSIS, "n", "ITT", variable=DATE))
    missing = ard.require(ANALYSIS, "n", "ITT", level="missing", variable=DATE)
    undated = say("{n} without a date are not shown.", n=format_count(missing))
    months = _months(ard)
    span = say(", {first} to {last}", first=months[0], last=months[-1]) if months else ""
    if ard.is_not_collected(ANALYSIS, "n_sites", "ITT"):
        whole = say(
            "Subjects randomised by the end of each month{span}: {randomised} of the {planned} "
            "planned (dashed). Sites: not collected.",
            span=span,
            randomised=randomised,
            planned=plan.trial.n_randomised,
        )
        return join_sentences((whole, undated if missing else ""))
    whole = say(
        "Subjects randomised by the end of each month{span}: {randomised} of the {planned} planned "
        "(dashed), at {sites} sites.",
        span=span,
        randomised=randomised,
        planned=plan.trial.n_randomised,
        sites=format_count(ard.number(ANALYSIS, "n_sites", "ITT")),
    )
    below = say(
        "Below, every site by its number, on one scale with the number it randomised. Both arms "
        "together."
    )
    return join_sentences((whole, below, undated if missing else ""))


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    by_month = zip(_months(ard), _read_whole(ard).totals, strict=True)
    return say(
        "Cumulative number randomised. {months}. By site: {sites}. Planned: {planned}.",
        months=say("; ").join(f"{month} {format_count(total)}" for month, total in by_month),
        sites=say("; ").join(f"{site.name} {format_count(site.last)}" for site in _read_sites(ard)),
        planned=plan.trial.n_randomised,
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
        _Curve(_name_site(name), tuple(_read(ard, f"{name}: {month}") for month in months))
        for name in names
    )


def _name_site(name: str) -> str:
    return say("unknown site") if name == UNKNOWN_SITE else name


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
    canvas.labels.append(Label(middle, area.bottom - 0.3, say("Month of randomisation"), SIZE))
    head = say("Subjects randomised")
    canvas.labels.append(Label(MARGIN, area.top + 0.11, head, SIZE, ha="left", weight="bold"))


def _add_target(canvas: Canvas, area: _Area, plan: Plan) -> None:
    y = area.y(plan.trial.n_randomised)
    canvas.lines.append(Line(area.left, y, area.right, y, QUIET, 0.8, "dashed"))
    words = say("planned: {n}", n=plan.trial.n_randomised)
    canvas.labels.append(Label(area.left + 0.08, y - 0.1, words, TICK_SIZE, QUIET, "left"))


def _count_rows(sites: Sequence[_Curve]) -> int:
    return -(-len(sites) // CELL_COLUMNS)


def _cell_height(rows: int) -> float:
    """The height of the curve of a site: less where many rows would leave the page."""
    room = SITES_ROOM / rows - CELL_HEAD - CELL_GAP
    return min(CELL_HEIGHT, max(room, LEAST_CELL_HEIGHT))


def _add_sites(canvas: Canvas, sites: Sequence[_Curve], top: float) -> None:
    if not sites:
        return
    highest = max(site.last for site in sites)
    height = _cell_height(_count_rows(sites))
    width = (sheet_width() - 2 * MARGIN + CELL_GAP) / CELL_COLUMNS
    canvas.labels.append(
        Label(MARGIN, top - SITES_HEAD / 2, say("By site"), SIZE, ha="left", weight="bold")
    )
    for number, site in enumerate(sites):
        row, column = divmod(number, CELL_COLUMNS)
        left = MARGIN + column * width
        upper = top - SITES_HEAD - row * (CELL_HEAD + height + CELL_GAP) - CELL_HEAD
        area = _Area(left, left + width - CELL_GAP, upper - height, upper, highest)
        _add_cell(canvas, area, site)


def _add_cell(canvas: Canvas, area: _Area, site: _Curve) -> None:
    canvas.lines.append(Line(area.left, area.bottom, area.right, area.bottom, RULE, 0.5))
    canvas.paths.append(Path(area.points(site), ACCENT, 1.2))
    y = area.top + CELL_HEAD / 2
    canvas.labels.append(Label(area.left, y, site.name, TICK_SIZE, ha="left", weight="bold"))
    words = f"n = {format_count(site.last)}"
    canvas.labels.append(Label(area.right, y, words, TICK_SIZE, ha="right"))
