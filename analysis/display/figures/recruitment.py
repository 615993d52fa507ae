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
from analysis.display.drawing.typography import line_height, text_width, wrap_text
from analysis.display.text.format import format_count
from analysis.display.text.language import join_sentences, say

ANALYSIS, DATE, SITE = "recruitment", "RANDDT", "SITEID"
LEFT, RIGHT_GAP = 0.55, 0.15
HEIGHT, FOOT, HEAD = 1.9, 0.44, 0.22
CELL_COLUMNS, CELL_HEIGHT, CELL_HEAD, CELL_GAP = 6, 0.52, 0.2, 0.16
SITES_HEAD, NAME_GAP = 0.26, 0.06
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


@dataclass(frozen=True)
class _Cells:
    """The small multiples: their heads in lines, and sizes in inches."""

    sites: tuple[_Curve, ...]
    heads: tuple[tuple[str, ...], ...]
    rows: int
    width: float
    head: float
    height: float

    @property
    def row_height(self) -> float:
        return self.head + self.height + CELL_GAP

    @property
    def total_height(self) -> float:
        return SITES_HEAD + self.rows * self.row_height if self.sites else 0.0


def draw_recruitment(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the cumulative number randomised by month, and small multiples of the sites.

    The sites share one scale. Raises AnalysisError if the frame lacks a row.
    """
    months, whole, cells = _months(ard), _read_whole(ard), _lay_cells(_read_sites(ard))
    canvas = Canvas(sheet_width(), HEAD + HEIGHT + FOOT + cells.total_height)
    highest = max(whole.last, plan.trial.n_randomised)
    bottom = canvas.height - HEAD - HEIGHT
    right = sheet_width() - RIGHT_GAP
    area = _Area(LEFT, right, bottom, canvas.height - HEAD, 1.04 * highest)
    _add_scale(canvas, area, months)
    _add_target(canvas, area, plan)
    canvas.paths.append(Path(area.points(whole), ACCENT, 1.6))
    _add_sites(canvas, cells, bottom - FOOT)
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


def _lay_cells(sites: Sequence[_Curve]) -> _Cells:
    """One cell a site; the curves are less high where many rows would leave the page."""
    width = (sheet_width() - 2 * MARGIN + CELL_GAP) / CELL_COLUMNS
    heads = tuple(_lay_head(site, width - CELL_GAP) for site in sites)
    more_lines = max(map(len, heads), default=1) - 1
    head = CELL_HEAD + more_lines * line_height(TICK_SIZE)
    rows = -(-len(sites) // CELL_COLUMNS)
    room = SITES_ROOM / max(rows, 1) - head - CELL_GAP
    height = min(CELL_HEIGHT, max(room, LEAST_CELL_HEIGHT))
    return _Cells(tuple(sites), heads, rows, width, head, height)


def _lay_head(site: _Curve, width: float) -> tuple[str, ...]:
    """The lines of a site's name, and an empty one where its number needs a line of its own."""
    lines = tuple(
        part
        for line in wrap_text(site.name, TICK_SIZE, width, "bold")
        for part in _break_word(line, width)
    )
    both = text_width(lines[-1], TICK_SIZE, "bold") + text_width(_count(site), TICK_SIZE)
    return lines if both + NAME_GAP <= width else (*lines, "")


def _break_word(line: str, width: float) -> tuple[str, ...]:
    """A line with a word that is wider than its cell, in parts that are not."""
    parts = [""]
    for character in line:
        if parts[-1] and text_width(parts[-1] + character, TICK_SIZE, "bold") > width:
            parts.append("")
        parts[-1] += character
    return tuple(parts)


def _count(site: _Curve) -> str:
    return f"n = {format_count(site.last)}"


def _add_sites(canvas: Canvas, cells: _Cells, top: float) -> None:
    if not cells.sites:
        return
    highest = max(site.last for site in cells.sites)
    canvas.labels.append(
        Label(MARGIN, top - SITES_HEAD / 2, say("By site"), SIZE, ha="left", weight="bold")
    )
    for number, (site, lines) in enumerate(zip(cells.sites, cells.heads, strict=True)):
        row, column = divmod(number, CELL_COLUMNS)
        left = MARGIN + column * cells.width
        upper = top - SITES_HEAD - row * cells.row_height - cells.head
        right = left + cells.width - CELL_GAP
        _add_cell(canvas, _Area(left, right, upper - cells.height, upper, highest), site, lines)


def _add_cell(canvas: Canvas, area: _Area, site: _Curve, lines: Sequence[str]) -> None:
    canvas.lines.append(Line(area.left, area.bottom, area.right, area.bottom, RULE, 0.5))
    canvas.paths.append(Path(area.points(site), ACCENT, 1.2))
    y = area.top + CELL_HEAD / 2
    canvas.labels += [
        Label(area.left, y + number * line_height(TICK_SIZE), line, TICK_SIZE, ha="left",
              weight="bold")
        for number, line in enumerate(reversed(lines)) if line
    ]  # fmt: skip
    canvas.labels.append(Label(area.right, y, _count(site), TICK_SIZE, ha="right"))
