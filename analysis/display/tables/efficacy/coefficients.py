"""The coefficients of the proportional-odds model (SAP 5.1)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.favours import odds_of
from analysis.display.text.format import format_count, format_estimate, format_p
from analysis.display.text.wording import SETS, confidence, registry_line

ARM_TERM = "arm"
DECIMALS = 3


def build_coefficients(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the odds ratio of every term, with interval and nominal p-value."""
    terms = ard.select("primary_coefficients", plan.primary.population, stat_name="estimate")
    rows = [_term_row(ard, plan, row.level) for row in terms]
    n = format_count(ard.number(plan.primary.common_odds_id, "n", plan.primary.population))
    model = "primary" if plan.primary.is_common_odds else "proportional-odds"
    members = SETS[plan.primary.population].capitalize()
    return Table(
        id="t_coefficients",
        title=f"Coefficients of the {model} model",
        columns=("Term", f"Odds ratio ({confidence(plan)})", "p"),
        rows=tuple(rows),
        footnotes=keep_sentences(
            (
                f"{members}, n = {n}. Odds ratio of a {odds_of(plan)} mRS, per unit of a "
                f"continuous covariate or against the category named. {_say_role(plan)}",
                *ard.warnings("primary_coefficients", "imputation"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _say_role(plan: Plan) -> str:
    """Which p-values are nominal: that of the arm too, where the model is beside the measure."""
    if plan.primary.is_common_odds:
        return "Only the arm answers the trial's question; the other p-values are nominal."
    return "The model stands beside the primary analysis; all p-values are nominal."


def _term_row(ard: Ard, plan: Plan, term: str) -> Row:
    effect = ard.effect("primary_coefficients", plan.primary.population, term)
    text = format_estimate(effect.estimate, effect.low, effect.high, decimals=DECIMALS)
    return Row(_name_row(plan, term), (text, format_p(effect.p_value, *plan.inference.boundaries)))


def _name_row(plan: Plan, term: str) -> str:
    """The term with what it is compared to: ``Occlusion site: ICA against M1``."""
    name, _, level = term.partition("=")
    against = {one.name: one.levels[0] for one in plan.primary.covariates if one.levels and level}
    against[ARM_TERM] = plan.arms.reference.label
    shown = name_term(plan, term)
    return f"{shown} against {against[name]}" if name in against else shown


def name_term(plan: Plan, term: str) -> str:
    """Return ``Occlusion site: ICA`` for ``OCCLOC=ICA``; the arm by its name."""
    name, _, level = term.partition("=")
    for covariate in plan.primary.covariates:
        if covariate.name == name:
            return f"{covariate.label}: {level}" if level else covariate.label
    return plan.arms.treatment.label if name == ARM_TERM else term
