"""The odds ratio at each cut point of the mRS beside the common odds ratio (SAP 5.5)."""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.canvas import Canvas, Label, Line
from analysis.display.forest_marks import add_axis, add_diamond, add_effect, add_guide, axis_height
from analysis.display.format import (
    NOT_ESTIMABLE,
    format_count,
    format_estimate,
    format_p,
)
from analysis.display.frame import MARGIN, WIDTH, build_frame, dress_figure
from analysis.display.log_axis import AXIS_LEFT, AXIS_RIGHT, LogAxis
from analysis.display.palette import INK, QUIET
from analysis.display.sides import side_of_cut
from analysis.display.wording import (
    SETS,
    confidence,
    covariates_in_words,
    cut_label,
    direction,
    effect_clause,
    outcome_name,
    primary_effect,
)

ROW, HEAD = 0.25, 0.3
ESTIMATE_X, P_X = 6.18, WIDTH - MARGIN
TEXT_SIZE = 7.5


def draw_cutpoints(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the forest plot of the cut points, the common odds ratio as reference.

    Which side of 1 favours the treatment is the plan's. A cut point that is not estimable
    says so in its row, with the reason in the caption. Raises AnalysisError if a row is absent.
    """
    effects = _effects(ard, plan)
    common = primary_effect(ard, plan)
    axis = LogAxis.covering([*effects.values(), common])
    foot = axis_height(plan, axis)
    canvas = Canvas(WIDTH, HEAD + ROW * (len(effects) + 1.35) + foot)
    add_guide(canvas, axis, common, foot, canvas.height - HEAD)
    _add_head(canvas, plan)
    for number, (level, effect) in enumerate(effects.items()):
        _add_row(canvas, plan, axis, cut_label(plan, level), effect, _row_y(canvas, number))
    _add_common(canvas, plan, axis, common, foot + ROW / 2)
    add_axis(canvas, plan, axis, foot)
    title = f"Odds ratio at each cut point of the {outcome_name(plan)}"
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: model, set, n, reference and direction."""
    common = effect_clause(plan, "common odds ratio", primary_effect(ard, plan))
    reference = f"Dashed line, band and diamond: {common} (proportional-odds model)."
    if not _effects(ard, plan):
        return f"The plan does not run the cut points. {reference}"
    n = format_count(ard.number("cutpoint", "n", plan.primary.population))
    return (
        f"Odds ratio of an mRS {side_of_cut(plan)} each cut point: logistic regression adjusted "
        f"for {covariates_in_words(plan)}, {SETS[plan.primary.population]} (n = {n}); "
        f"{direction(plan)}. "
        f"{reference} The cut points are descriptive, their p-values nominal."
        f"{_reasons(ard, plan)}"
    )


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    named = {cut_label(plan, level): effect for level, effect in _effects(ard, plan).items()}
    rows = [effect_clause(plan, name, effect) for name, effect in named.items()]
    common = effect_clause(plan, "Common odds ratio", primary_effect(ard, plan))
    return f"Forest plot of odds ratios ({direction(plan)}). {'. '.join([*rows, common])}."


def _effects(ard: Ard, plan: Plan) -> dict[int, Effect]:
    """The odds ratio at each cut point; nothing when the plan does not run them."""
    if "cutpoint" not in plan.analyses.run:
        return {}
    cuts = plan.co_reported.cut_points
    return {level: ard.effect("cutpoint", plan.primary.population, str(level)) for level in cuts}


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
    add_effect(canvas, axis, effect, y)


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
    add_diamond(canvas, axis, common, y)
