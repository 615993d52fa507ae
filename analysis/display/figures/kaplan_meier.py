"""Kaplan-Meier figure: deaths over time by arm, with the numbers at risk (SAP 9.1)."""

from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Ard
from analysis.display.drawing.canvas import Canvas, Label, Line, Path
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.layout import spread_centres, wrap_label
from analysis.display.drawing.palette import ACCENT, INK, QUIET
from analysis.display.drawing.typography import line_height
from analysis.display.figures.kaplan_meier_axes import (
    HEIGHT,
    NAME_GAP,
    RISK_GAP,
    Axes,
    Curve,
    add_axes,
    choose_sides,
    lay_axes,
    read_curves,
)
from analysis.display.rows.survival import (
    hazard_clause,
    hazard_sentence,
    logrank_sentence,
    survival_cells,
)
from analysis.display.text.format import format_count
from analysis.display.text.language import join_sentences, say, say_label
from analysis.display.text.wording import confidence, set_name

SIZE = 7.0
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
    names = _risk_names(curves)
    foot = 0.62 + sum(len(lines) for lines in names) * line_height(SIZE)
    canvas = Canvas(sheet_width(), foot + HEIGHT + 0.1)
    axes = lay_axes(plan, curves, foot)
    add_axes(canvas, axes)
    for curve, style in zip(curves, STYLES, strict=True):
        _add_curve(canvas, axes, curve, style)
    _add_names(canvas, axes, ard, curves)
    _add_effects(canvas, axes, ard, plan)
    _add_risk(canvas, axes, curves, names)
    title = say("Death within {days} days", days=plan.safety.death_day)
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: set, estimator, effects and the share alive."""
    arms = (plan.arms.treatment, plan.arms.reference)
    cells = zip(arms, survival_cells(ard, plan), strict=True)
    what = say(
        "Kaplan-Meier estimate of the share who died, {members} as treated; marks: censored.",
        members=set_name("SAF"),
    )
    alive = say(
        "Alive on day {day}, % ({confidence}): {arms}.",
        day=plan.safety.death_day,
        confidence=confidence(plan),
        arms=say("; ").join(f"{say_label(arm.label)} {text}" for arm, text in cells),
    )
    tests = say(
        "{hazard}. {logrank}. All p-values are nominal.",
        hazard=hazard_sentence(ard, plan),
        logrank=logrank_sentence(ard, plan),
    )
    return join_sentences((what, *_say_early_visits(ard, plan), alive, tests))


def _say_early_visits(ard: Ard, plan: Plan) -> list[str]:
    """Why numbers at risk fall before the last day, where they do."""
    first = plan.outcome.day - plan.outcome.window_days
    last = plan.safety.death_day
    days = {day for curve in read_curves(ard, plan) for day in curve.censored}
    if not any(first <= day < last for day in days):
        return []
    return [
        say(
            "From day {day} on numbers at risk fall without a death: the visit of the mRS ends the "
            "follow-up of those who are seen early in its window.",
            day=first,
        )
    ]


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    deaths = [
        say("{arm}: {deaths}", arm=say_label(arm.label), deaths=_say_deaths(ard, arm))
        for arm in (plan.arms.treatment, plan.arms.reference)
    ]
    what = say("Curves of the share who died. {deaths}.", deaths=say("; ").join(deaths))
    return join_sentences((what, caption(ard, plan)))


def _say_deaths(ard: Ard, arm: Arm) -> str:
    events, n = (
        format_count(ard.number("death_km", name, "SAF", arm.code)) for name in ("events", "n")
    )
    return say("{events} of {n} died", events=events, n=n)


def _add_curve(canvas: Canvas, axes: Axes, curve: Curve, style: Style) -> None:
    """The steps of one arm: level through a day, up on the next."""
    if not curve.dead:
        return
    points = [(axes.x(0), axes.foot), (axes.x(0), axes.y(curve.dead[0]))]
    for day, share in enumerate(curve.dead[1:], start=1):
        points += [(axes.x(day), points[-1][1]), (axes.x(day), axes.y(share))]
    canvas.paths.append(Path(tuple(points), style.colour, style.width, style.pattern))
    for day in curve.censored:
        x, y = axes.x(day), axes.y(curve.dead[day])
        canvas.lines.append(Line(x, y - MARK, x, y + MARK, style.colour, 0.8))


def _add_names(canvas: Canvas, axes: Axes, ard: Ard, curves: tuple[Curve, Curve]) -> None:
    """The name and the deaths of each arm at the end of its curve, moved apart if need be."""
    texts = [_name_lines(ard, curve, axes) for curve in curves]
    ends = [axes.y(curve.dead[-1] if curve.dead else 0.0) for curve in curves]
    order = sorted(range(len(curves)), key=ends.__getitem__)
    heights = [len(texts[index]) * line_height(SIZE) + 0.06 for index in order]
    wanted = [ends[index] for index in order]
    centres = spread_centres(wanted, heights, axes.foot - 0.3, axes.ceiling + 0.1)
    for index, centre in zip(order, centres, strict=True):
        for row, text in enumerate(texts[index]):
            y = centre + line_height(SIZE) * ((len(texts[index]) - 1) / 2 - row)
            weight = "normal" if row == len(texts[index]) - 1 else "bold"
            style = STYLES[index]
            canvas.labels.append(
                Label(axes.right + NAME_GAP, y, text, SIZE, style.colour, "left", weight)
            )  # fmt: skip


def _name_lines(ard: Ard, curve: Curve, axes: Axes) -> tuple[str, ...]:
    width = sheet_width() - MARGIN - axes.right - NAME_GAP
    if curve.dead:
        counts = _say_deaths(ard, curve.arm)
    else:
        n = format_count(ard.number("death_km", "n", "SAF", curve.arm.code))
        counts = say("no curve (n = {n})", n=n)
    return (*wrap_label(say_label(curve.arm.label), SIZE, width, "bold"), counts)


def _add_effects(canvas: Canvas, axes: Axes, ard: Ard, plan: Plan) -> None:
    """Hazard ratio and log-rank test in the free corner above the early days."""
    sentences = (hazard_clause(ard, plan), logrank_sentence(ard, plan))
    width = axes.right - axes.left - 0.1
    lines = [line for text in sentences for line in wrap_label(text, SIZE, width)]
    for row, text in enumerate(lines):
        y = axes.ceiling - (row + 0.5) * line_height(SIZE)
        canvas.labels.append(Label(axes.left + 0.1, y, text, SIZE, ha="left"))


def _risk_names(curves: tuple[Curve, Curve]) -> tuple[tuple[str, ...], ...]:
    """The names of the arms before their numbers at risk, wrapped."""
    width = choose_sides(curves)[0] - MARGIN - RISK_GAP
    return tuple(wrap_label(say_label(curve.arm.label), SIZE, width, "bold") for curve in curves)


def _add_risk(
    canvas: Canvas,
    axes: Axes,
    curves: tuple[Curve, Curve],
    names: tuple[tuple[str, ...], ...],
) -> None:
    """The numbers at risk under the ticks of the axis."""
    y = axes.foot - 0.46
    canvas.labels.append(Label(MARGIN, y, say("At risk"), SIZE, QUIET, "left"))
    for curve, lines, style in zip(curves, names, STYLES, strict=True):
        y -= line_height(SIZE)
        for day in axes.ticks:
            text = format_count(curve.at_risk[day])
            canvas.labels.append(Label(axes.x(day), y, text, SIZE, style.colour))
        for row, text in enumerate(lines):
            place = y - row * line_height(SIZE)
            canvas.labels.append(
                Label(MARGIN, place, text, SIZE, style.colour, "left", "bold")
            )  # fmt: skip
        y -= (len(lines) - 1) * line_height(SIZE)
