"""The odds ratio at each cut point of the mRS beside the common odds ratio (SAP 5.5)."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.canvas import Box, Canvas, Diamond, Label, Line, Mark
from analysis.display.format import (
    NOT_ESTIMABLE,
    format_count,
    format_estimate,
    format_p,
    format_plain,
)
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.log_axis import AXIS_LEFT, AXIS_RIGHT, LogAxis
from analysis.display.palette import ACCENT, BAND, INK, QUIET
from analysis.display.wording import (
    confidence,
    covariates_in_words,
    cut_label,
    direction,
    effect_clause,
    outcome_name,
)

ROW, HEAD, FOOT = 0.25, 0.3, 0.72
ESTIMATE_X, P_X = 6.18, WIDTH - MARGIN
TEXT_SIZE, TICK_SIZE = 7.5, 6.5


def draw_cutpoints(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the forest plot of the cut points, the common odds ratio as reference.

    An odds ratio above 1 favours the treatment (lower mRS). A cut point that is not estimable
    says so in its row, with the reason in the caption. Raises AnalysisError if a row is absent.
    """
    effects = _effects(ard, plan)
    common = ard.effect("primary", "ITT")
    axis = LogAxis.covering([*effects.values(), common])
    canvas = Canvas(WIDTH, HEAD + ROW * (len(effects) + 1.35) + FOOT)
    _add_reference(canvas, axis, common)
    _add_head(canvas, plan)
    for number, (level, effect) in enumerate(effects.items()):
        _add_row(canvas, plan, axis, cut_label(plan, level), effect, _row_y(canvas, number))
    _add_common(canvas, plan, axis, common, FOOT + ROW / 2)
    _add_axis(canvas, plan, axis)
    title = f"Odds ratio at each cut point of the {outcome_name(plan)}"
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: model, set, n, reference and direction."""
    common = effect_clause(plan, "common odds ratio", ard.effect("primary", "ITT"))
    reference = f"Dashed line, band and diamond: {common} (proportional-odds model)."
    if not _effects(ard, plan):
        return f"The plan does not run the cut points. {reference}"
    n = format_count(ard.number("cutpoint", "n", "ITT"))
    return (
        f"Odds ratio of an mRS at or below each cut point: logistic regression adjusted for "
        f"{covariates_in_words(plan)}, intention-to-treat set (n = {n}); {direction(plan)}. "
        f"{reference} The cut points are descriptive, their p-values nominal."
        f"{_reasons(ard, plan)}"
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    named = {cut_label(plan, level): effect for level, effect in _effects(ard, plan).items()}
    rows = [effect_clause(plan, name, effect) for name, effect in named.items()]
    common = effect_clause(plan, "Common odds ratio", ard.effect("primary", "ITT"))
    return f"Forest plot of odds ratios ({direction(plan)}). {'. '.join([*rows, common])}."


def _effects(ard: Ard, plan: Plan) -> dict[int, Effect]:
    """The odds ratio at each cut point; nothing when the plan does not run them."""
    if "cutpoint" not in plan.analyses.run:
        return {}
    cuts = plan.co_reported.cut_points
    return {level: ard.effect("cutpoint", "ITT", str(level)) for level in cuts}


def _reasons(ard: Ard, plan: Plan) -> str:
    """Why a cut point is not estimable."""
    reasons = [
        f"{cut_label(plan, level)} ({effect.reason})"
        for level, effect in _effects(ard, plan).items()
        if effect.estimate is None
    ]
    return f" Not estimable: {'; '.join(reasons)}." if reasons else ""


def _row_y(canvas: Canvas, number: int) -> float:
    return canvas.height - HEAD - ROW * (number + 0.5)


def _add_reference(canvas: Canvas, axis: LogAxis, common: Effect) -> None:
    top = canvas.height - HEAD
    if common.estimate is not None and common.low is not None and common.high is not None:
        low, high = axis.inches(common.low), axis.inches(common.high)
        canvas.boxes.append(Box(low, high, FOOT, top, BAND, "none", 0))
        middle = axis.inches(common.estimate)
        canvas.lines.append(Line(middle, FOOT, middle, top, ACCENT, 0.8, "dashed"))
    canvas.lines.append(Line(axis.inches(1), FOOT, axis.inches(1), top, INK, 0.6))


def _add_head(canvas: Canvas, plan: Plan) -> None:
    y = canvas.height - HEAD / 2
    canvas.labels += [
        Label(MARGIN, y, "Cut point", TEXT_SIZE, ha="left", weight="bold"),
        Label(ESTIMATE_X, y, f"Odds ratio ({confidence(plan)})", TEXT_SIZE, ha="right",
              weight="bold"),
        Label(P_X, y, "p", TEXT_SIZE, ha="right", weight="bold"),
    ]  # fmt: skip
    edge = canvas.height - HEAD + 0.02
    canvas.lines.append(Line(MARGIN, edge, WIDTH - MARGIN, edge, INK, 0.6))


def _add_row(
    canvas: Canvas, plan: Plan, axis: LogAxis, name: str, effect: Effect, y: float
) -> None:
    _add_words(canvas, plan, name, effect, y, "normal")
    if effect.estimate is None:
        return
    if effect.low is not None and effect.high is not None:
        _add_interval(canvas, axis, effect.low, effect.high, y)
    if axis.holds(effect.estimate):
        canvas.marks.append(Mark(axis.inches(effect.estimate), y, 4.5, INK))


def _add_interval(canvas: Canvas, axis: LogAxis, low: float, high: float, y: float) -> None:
    """The interval; an end beyond the axis is an arrow head."""
    middle = axis.inches(math.sqrt(low * high))
    for end in (low, high):
        x = axis.inches(end)
        canvas.lines.append(Line(middle, y, x, y, INK, 0.9, head=not axis.holds(end)))


def _add_words(
    canvas: Canvas, plan: Plan, name: str, effect: Effect, y: float, weight: str
) -> None:
    text = format_estimate(effect.estimate, effect.low, effect.high)
    canvas.labels.append(Label(MARGIN, y, name, TEXT_SIZE, ha="left", weight=weight))
    canvas.labels.append(Label(ESTIMATE_X, y, text, TEXT_SIZE, ha="right", weight=weight))
    if text != NOT_ESTIMABLE:
        p_text = format_p(effect.p_value, plan.inference.alpha)
        canvas.labels.append(Label(P_X, y, p_text, TEXT_SIZE, ha="right", weight=weight))


def _add_common(canvas: Canvas, plan: Plan, axis: LogAxis, common: Effect, y: float) -> None:
    _add_words(canvas, plan, "Common odds ratio", common, y, "bold")
    rule = y + ROW * 0.68
    canvas.lines.append(Line(MARGIN, rule, AXIS_LEFT - 0.1, rule, QUIET, 0.4))
    canvas.lines.append(Line(AXIS_RIGHT + 0.1, rule, WIDTH - MARGIN, rule, QUIET, 0.4))
    if common.estimate is None or common.low is None or common.high is None:
        return
    low, middle, high = (axis.inches(x) for x in (common.low, common.estimate, common.high))
    canvas.diamonds.append(Diamond(low, middle, high, y, half_height=0.07, fill=ACCENT))


def _add_axis(canvas: Canvas, plan: Plan, axis: LogAxis) -> None:
    canvas.lines.append(Line(AXIS_LEFT, FOOT, AXIS_RIGHT, FOOT, INK, 0.6))
    for tick in axis.ticks:
        x = axis.inches(tick)
        canvas.lines.append(Line(x, FOOT, x, FOOT - 0.05, INK, 0.6))
        canvas.labels.append(Label(x, FOOT - 0.13, format_plain(tick), TICK_SIZE))
    _add_side(canvas, axis, AXIS_LEFT, plan.arms.reference.label, "higher mRS")
    _add_side(canvas, axis, AXIS_RIGHT, plan.arms.treatment.label, "lower mRS")


def _add_side(canvas: Canvas, axis: LogAxis, end: float, label: str, meaning: str) -> None:
    """Which arm this side of the axis favours, with an arrow towards its end."""
    sign = 1 if end == AXIS_RIGHT else -1
    start, y = axis.inches(1) + sign * 0.08, FOOT - 0.29
    canvas.lines.append(Line(start, y, end, y, QUIET, 0.8, head=True))
    side = "left" if sign > 0 else "right"
    canvas.labels.append(Label(start, y - 0.14, f"Favours {label}", 7, ha=side))
    canvas.labels.append(Label(start, y - 0.28, f"({meaning})", 7, ha=side))
