"""Deaths over time by arm: Kaplan-Meier curves with the numbers at risk (SAP 9.1)."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.canvas import Canvas, Label, Line, Path
from analysis.display.format import format_count, format_plain
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.km_curve import Curve, read_curves
from analysis.display.palette import ACCENT, INK, QUIET
from analysis.display.spread import spread_centres
from analysis.display.survival_words import (
    hazard_clause,
    hazard_sentence,
    logrank_sentence,
    survival_cells,
)
from analysis.display.typography import line_height, wrap_text
from analysis.display.wording import SETS, confidence

LEFT, RIGHT, HEIGHT = 1.5, 5.5, 2.7
"""The axes of the curves, inches; at their right stand the names of the curves."""

TOPS = {5: 1, 10: 2, 20: 5, 30: 5, 40: 10, 50: 10, 60: 10, 80: 20, 100: 20}
"""The upper end of the axis in percent and the distance of its ticks."""

ROOM = 0.8
"""The share of the height that the curves may take; the words stand above."""

STEPS = (1, 2, 5, 7, 10, 15, 30, 60, 90)
MOST_TICKS = 7
SIZE, TICK_SIZE = 7.0, 6.5
MARK = 0.035
"""Half the height of a censoring mark, inches."""


@dataclass(frozen=True)
class Style:
    """How a curve is drawn; width and pattern tell the arms apart in grey."""

    colour: str
    width: float
    pattern: str


STYLES = (Style(ACCENT, 2.0, "solid"), Style(INK, 1.1, "dashed"))
"""Treatment and reference."""


def draw_survival(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the cumulative share of dead by arm, with numbers at risk and censoring marks.

    Hazard ratio and log-rank test stand in the figure. Raises AnalysisError if a row is absent.
    """
    curves = read_curves(ard, plan)
    risk = _risk_rows(curves)
    foot = 0.62 + sum(len(lines) for lines in risk) * line_height(SIZE)
    canvas = Canvas(WIDTH, foot + HEIGHT + 0.1)
    top = _choose_top(curves)
    _add_axes(canvas, plan, top, foot)
    for curve, style in zip(curves, STYLES, strict=True):
        _add_curve(canvas, plan, curve, style, top, foot)
    _add_names(canvas, ard, plan, curves, top, foot)
    _add_effects(canvas, ard, plan, foot)
    _add_risk(canvas, plan, curves, risk, foot)
    title = f"Death within {plan.safety.death_day} days"
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, estimator, effects and the share alive."""
    arms = (plan.arms.treatment, plan.arms.reference)
    alive = "; ".join(
        f"{arm.label} {text}" for arm, text in zip(arms, survival_cells(ard, plan), strict=True)
    )
    return (
        f"Kaplan-Meier estimate of the share who died, {SETS['SAF']} as treated; marks: censored. "
        f"Alive on day {plan.safety.death_day}, % ({confidence(plan)}): {alive}. "
        f"{hazard_sentence(ard, plan)}. {logrank_sentence(ard, plan)}. All p-values are nominal."
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    deaths = [
        f"{arm.label}: {format_count(ard.number('death_km', 'events', 'SAF', arm.code))} of "
        f"{format_count(ard.number('death_km', 'n', 'SAF', arm.code))} died"
        for arm in (plan.arms.treatment, plan.arms.reference)
    ]
    return f"Curves of the share who died. {'; '.join(deaths)}. {caption(ard, plan)}"


def _choose_top(curves: tuple[Curve, Curve]) -> int:
    """The upper end of the axis, percent, with room for the words in the figure."""
    highest = max((100 * max(curve.dead) for curve in curves if curve.dead), default=0.0)
    return next((top for top in TOPS if top * ROOM >= highest), max(TOPS))


def _ticks(plan: Plan) -> tuple[int, ...]:
    """Days of the axis: few whole steps, and the last day."""
    last = plan.safety.death_day
    step = next((step for step in STEPS if last / step < MOST_TICKS), STEPS[-1])
    whole = [day for day in range(0, last, step) if last - day >= step / 2]
    return (*whole, last)


def _x(plan: Plan, day: float) -> float:
    return LEFT + (RIGHT - LEFT) * day / plan.safety.death_day


def _y(foot: float, top: int, share: float) -> float:
    return foot + HEIGHT * 100 * share / top


def _add_axes(canvas: Canvas, plan: Plan, top: int, foot: float) -> None:
    canvas.lines += [
        Line(LEFT, foot, RIGHT, foot, INK, 0.6),
        Line(LEFT, foot, LEFT, foot + HEIGHT, INK, 0.6),
    ]
    for day in _ticks(plan):
        x = _x(plan, day)
        canvas.lines.append(Line(x, foot, x, foot - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, foot - 0.12, format_plain(day), TICK_SIZE))
    for percent in range(0, top + 1, TOPS[top]):
        y = foot + HEIGHT * percent / top
        canvas.lines.append(Line(LEFT - 0.05, y, LEFT, y, INK, 0.6))
        canvas.labels.append(Label(LEFT - 0.09, y, format_plain(percent), TICK_SIZE, ha="right"))
    days = "Days from randomisation"
    canvas.labels.append(Label((LEFT + RIGHT) / 2, foot - 0.28, days, SIZE))
    canvas.labels.append(Label(LEFT - 0.36, foot + HEIGHT / 2, "Died, %", SIZE, ha="right"))


def _add_curve(
    canvas: Canvas,
    plan: Plan,
    curve: Curve,
    style: Style,
    top: int,
    foot: float,
) -> None:
    """The steps of one arm: level through a day, up on the next."""
    if not curve.dead:
        return
    points = [(_x(plan, 0), foot), (_x(plan, 0), _y(foot, top, curve.dead[0]))]
    for day, share in enumerate(curve.dead[1:], start=1):
        points += [(_x(plan, day), points[-1][1]), (_x(plan, day), _y(foot, top, share))]
    canvas.paths.append(Path(tuple(points), style.colour, style.width, style.pattern))
    for day in curve.censored:
        x, y = _x(plan, day), _y(foot, top, curve.dead[day])
        canvas.lines.append(Line(x, y - MARK, x, y + MARK, style.colour, 0.8))


def _add_names(
    canvas: Canvas, ard: Ard, plan: Plan, curves: tuple[Curve, Curve], top: int, foot: float
) -> None:
    """The name and the deaths of each arm at the end of its curve, moved apart if need be."""
    texts = [_name_lines(ard, curve) for curve in curves]
    ends = [_y(foot, top, curve.dead[-1] if curve.dead else 0.0) for curve in curves]
    order = sorted(range(len(curves)), key=ends.__getitem__)
    heights = [len(texts[index]) * line_height(SIZE) + 0.06 for index in order]
    wanted = [ends[index] for index in order]
    centres = spread_centres(wanted, heights, foot - 0.3, foot + HEIGHT + 0.1)
    for index, centre in zip(order, centres, strict=True):
        for row, text in enumerate(texts[index]):
            y = centre + line_height(SIZE) * ((len(texts[index]) - 1) / 2 - row)
            weight = "normal" if row == len(texts[index]) - 1 else "bold"
            style = STYLES[index]
            canvas.labels.append(
                Label(RIGHT + 0.08, y, text, SIZE, style.colour, "left", weight)
            )  # fmt: skip


def _name_lines(ard: Ard, curve: Curve) -> tuple[str, ...]:
    events, n = (
        format_count(ard.number("death_km", name, "SAF", curve.arm.code))
        for name in ("events", "n")
    )
    width = WIDTH - MARGIN - RIGHT - 0.08
    counts = f"{events} of {n} died" if curve.dead else f"no curve (n = {n})"
    return (*wrap_text(curve.arm.label, SIZE, width, "bold"), counts)


def _add_effects(canvas: Canvas, ard: Ard, plan: Plan, foot: float) -> None:
    """Hazard ratio and log-rank test in the free corner above the early days."""
    sentences = (hazard_clause(ard, plan), logrank_sentence(ard, plan))
    lines = [line for text in sentences for line in wrap_text(text, SIZE, RIGHT - LEFT - 0.1)]
    for row, text in enumerate(lines):
        y = foot + HEIGHT - (row + 0.5) * line_height(SIZE)
        canvas.labels.append(Label(LEFT + 0.1, y, text, SIZE, ha="left"))


def _risk_rows(curves: tuple[Curve, Curve]) -> tuple[tuple[str, ...], ...]:
    """The names of the arms before their numbers at risk, wrapped."""
    width = LEFT - MARGIN - 0.2
    return tuple(wrap_text(curve.arm.label, SIZE, width, "bold") for curve in curves)


def _add_risk(
    canvas: Canvas,
    plan: Plan,
    curves: tuple[Curve, Curve],
    names: tuple[tuple[str, ...], ...],
    foot: float,
) -> None:
    """The numbers at risk under the ticks of the axis."""
    y = foot - 0.46
    canvas.labels.append(Label(MARGIN, y, "At risk", SIZE, QUIET, "left"))
    for curve, lines, style in zip(curves, names, STYLES, strict=True):
        y -= line_height(SIZE)
        for day in _ticks(plan):
            text = format_count(curve.at_risk[day])
            canvas.labels.append(Label(_x(plan, day), y, text, SIZE, style.colour))
        for row, text in enumerate(lines):
            place = y - row * line_height(SIZE)
            canvas.labels.append(
                Label(MARGIN, place, text, SIZE, style.colour, "left", "bold")
            )  # fmt: skip
        y -= (len(lines) - 1) * line_height(SIZE)
