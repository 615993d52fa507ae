"""Forest plot of the odds ratio at each mRS cut point, beside the common one (SAP 5.5)."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.drawing.axes import LogAxis
from analysis.display.drawing.canvas import Canvas, Label, Line
from analysis.display.drawing.frame import MARGIN, build_frame, dress_figure, sheet_width
from analysis.display.drawing.layout import across
from analysis.display.drawing.palette import INK, QUIET
from analysis.display.figures.forest.marks import (
    add_axis,
    add_diamond,
    add_effect,
    add_guide,
    axis_height,
)
from analysis.display.figures.forest.plot import describe_forest, head_of_estimates
from analysis.display.text.conclusion.confirmatory import common_odds_clause
from analysis.display.text.conclusion.measure import common_odds_effect
from analysis.display.text.favours import side_of_cut
from analysis.display.text.format import format_count, format_estimate, format_p
from analysis.display.text.language import join_sentences, say
from analysis.display.text.model_reasons import say_reason
from analysis.display.text.wording import (
    adjustment,
    cut_label,
    direction,
    effect_clause,
    is_crude,
    is_penalised,
    label_confidence,
    outcome_name,
    set_name,
)

ROW, HEAD = 0.25, 0.3
AXIS_LEFT, AXIS_RIGHT, ESTIMATE_X = 1.85, 4.65, 6.18
TEXT_SIZE = 7.5
MARK = "*"
"""Behind a cut point whose model is another one because data are sparse."""


def draw_cutpoints(ard: Ard, plan: Plan, stamp: str) -> Figure:
    """Return the forest plot of the cut points, the common odds ratio as reference.

    Which side of 1 favours the treatment is the plan's. A cut point that is not estimable
    says so in its row, with the reason in the caption. Raises AnalysisError if a row is absent.
    """
    effects = _effects(ard, plan)
    common = common_odds_effect(ard, plan)
    axis = LogAxis.covering([*effects.values(), common], across(AXIS_LEFT), across(AXIS_RIGHT))
    foot = axis_height(plan, axis)
    canvas = Canvas(sheet_width(), HEAD + ROW * (len(effects) + 1.35) + foot)
    add_guide(canvas, axis, common, foot, canvas.height - HEAD)
    _add_head(canvas, plan)
    for number, (level, effect) in enumerate(effects.items()):
        _add_row(canvas, plan, axis, _label(plan, level, effect), effect, _row_y(canvas, number))
    _add_common(canvas, plan, axis, common, foot + ROW / 2)
    add_axis(canvas, plan, axis, foot)
    title = say("Odds ratio at each cut point of the {outcome}", outcome=outcome_name(plan))
    frame = build_frame(plan, title, caption(ard, plan), stamp, canvas.height)
    return dress_figure(canvas.draw(frame.size), frame, alternative(ard, plan))


def caption(ard: Ard, plan: Plan) -> str:
    """Return what stands under the figure: model, set, n, reference and direction."""
    common = common_odds_clause(ard, plan, say("common odds ratio"))
    reference = say(
        "Dashed line, band and diamond: {effect} (proportional-odds model).", effect=common
    )
    if not _effects(ard, plan):
        return join_sentences((say("The plan does not run the cut points."), reference))
    what = say(
        "Odds ratio of an mRS {side} each cut point: logistic regression {adjustment}, {members} "
        "(n = {n}); {direction}.",
        side=say(side_of_cut(plan)),
        adjustment=adjustment(ard, plan),
        members=set_name(plan.primary.population),
        n=format_count(ard.number("cutpoint", "n", plan.primary.population)),
        direction=direction(plan),
    )
    role = say("The cut points are descriptive, their p-values nominal.")
    sparse = _say_sparse(plan, _effects(ard, plan))
    return join_sentences((what, reference, role, *sparse, _reasons(ard, plan)))


def alternative(ard: Ard, plan: Plan) -> str:
    """Return the figure in words."""
    named = {cut_label(plan, level): effect for level, effect in _effects(ard, plan).items()}
    rows = [effect_clause(plan, name, effect) for name, effect in named.items()]
    common = common_odds_clause(ard, plan, say("Common odds ratio"))
    return describe_forest(plan, [*rows, common], has_odds_ratios=True)


def _effects(ard: Ard, plan: Plan) -> dict[int, Effect]:
    """The odds ratio at each cut point; nothing when the plan does not run them."""
    if "cutpoint" not in plan.analyses.run:
        return {}
    cuts = plan.co_reported.cut_points
    return {level: ard.effect("cutpoint", plan.primary.population, str(level)) for level in cuts}


def _label(plan: Plan, level: int, effect: Effect) -> str:
    """The cut point, marked where its model is another one because data are sparse."""
    is_other = effect.estimate is not None and (is_crude(effect) or is_penalised(effect))
    return f"{cut_label(plan, level)}{MARK}" if is_other else cut_label(plan, level)


def _say_sparse(plan: Plan, effects: Mapping[int, Effect]) -> list[str]:
    """What stands at the marked cut points."""
    known = {level: effect for level, effect in effects.items() if effect.estimate is not None}
    penalised, crude = (
        say("; ").join(cut_label(plan, level) for level, effect in known.items() if has(effect))
        for has in (is_penalised, is_crude)
    )
    said = []
    if penalised:
        said.append(say("{mark} With Firth's penalty, few events: {levels}.", mark=MARK,
                        levels=penalised))  # fmt: skip
    if crude:
        said.append(say("{mark} Without covariates, few events: {levels}.", mark=MARK,
                        levels=crude))  # fmt: skip
    return said


def _reasons(ard: Ard, plan: Plan) -> str:
    """Why a cut point is not estimable."""
    reasons = [
        say("{name} ({meaning})", name=cut_label(plan, level), meaning=say_reason(effect.reason))
        for level, effect in _effects(ard, plan).items()
        if effect.estimate is None
    ]
    return say("Not estimable: {reasons}.", reasons=say("; ").join(reasons)) if reasons else ""


def _p_x() -> float:
    return sheet_width() - MARGIN


def _row_y(canvas: Canvas, number: int) -> float:
    return canvas.height - HEAD - ROW * (number + 0.5)


def _add_head(canvas: Canvas, plan: Plan) -> None:
    y = canvas.height - HEAD / 2
    head = head_of_estimates(plan, has_odds_ratios=True)
    canvas.labels += [
        Label(MARGIN, y, say("Cut point"), TEXT_SIZE, ha="left", weight="bold"),
        Label(across(ESTIMATE_X), y, head, TEXT_SIZE, ha="right", weight="bold"),
        Label(_p_x(), y, "p", TEXT_SIZE, ha="right", weight="bold"),
    ]  # fmt: skip
    edge = canvas.height - HEAD + 0.02
    canvas.lines.append(Line(MARGIN, edge, sheet_width() - MARGIN, edge, INK, 0.6))


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
    canvas.labels.append(Label(across(ESTIMATE_X), y, text, TEXT_SIZE, ha="right", weight=weight))
    if effect.estimate is not None:
        p_text = format_p(effect.p_value, *plan.inference.boundaries)
        canvas.labels.append(Label(_p_x(), y, p_text, TEXT_SIZE, ha="right", weight=weight))


def _add_common(canvas: Canvas, plan: Plan, axis: LogAxis, common: Effect, y: float) -> None:
    name = label_confidence(plan, say("Common odds ratio"), common)
    _add_words(canvas, plan, name, common, y, "bold")
    rule = y + ROW * 0.68
    canvas.lines.append(Line(MARGIN, rule, axis.left - 0.1, rule, QUIET, 0.4))
    canvas.lines.append(Line(axis.right + 0.1, rule, _p_x(), rule, QUIET, 0.4))
    add_diamond(canvas, axis, common, y)
