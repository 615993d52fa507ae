"""Estimands: the primary analysis and the co-reported ones side by side (SAP 1.4, 5.4)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.rows.shift import ShiftLine, add_bias_reduced, add_profile, read_line
from analysis.display.tables.effects import label_p, list_line_notes, name_covariates, split_cells
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.measure import COMMON_ODDS, WIN_ODDS
from analysis.display.text.conclusion.missing import missing_sentence, missing_warning
from analysis.display.text.favours import favourable_side, odds_of
from analysis.display.text.format import format_count
from analysis.display.text.labels import name_strata
from analysis.display.text.wording import confidence, odds_direction, registry_line

COMMON, WINS = "Common odds ratio", "Win odds"
NO_IMPUTATION = "The plan does not run the multiple imputation (sens_mi)."
FOUR_RATIOS = (
    "The same counts give different odds ratios: each answers its own question, and they are not "
    "to be compared in size."
)


def build_estimands(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return each estimand and model in words with its set, n, measure, estimate and direction.

    The multiple imputation stands beside the primary analysis always (SAP 7).
    """
    lines = _list_lines(ard, plan)
    return Table(
        id="t_estimands",
        title="What is estimated, and by which model",
        columns=(
            "Estimand", "Set", "n", "Measure", "Estimate", confidence(plan), "p", "Direction",
            "Model",
        ),
        rows=tuple(_build_row(ard, plan, line) for line in lines),
        footnotes=keep_sentences(
            (
                odds_direction(plan),
                FOUR_RATIOS,
                name_covariates(ard, plan),
                missing_sentence(ard, plan),
                missing_warning(ard, plan),
                "" if "sens_mi" in plan.analyses.run else NO_IMPUTATION,
                *list_line_notes(ard, lines),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Model", "Set", "Measure", "Direction"}),
    )  # fmt: skip


def _list_lines(ard: Ard, plan: Plan) -> list[ShiftLine]:
    primary = read_line(ard, plan, "primary", _words(plan)["primary"], section="Primary analysis")
    is_common = plan.primary.is_common_odds
    lines = list(add_profile(ard, primary, "The same")) if is_common else [primary]
    own = plan.primary.measure  # stands as the primary analysis, and not once more
    run = plan.analyses.run if is_common else (COMMON_ODDS, *plan.analyses.run)
    sections = {**_SECTIONS, **(_OF_SITES if is_common else {})}
    for section, names in sections.items():
        for analysis_id in (name for name in names if name in run and name != own):
            line = read_line(ard, plan, analysis_id, _words(plan)[analysis_id], section=section)
            is_cluster = analysis_id == "sens_site_cluster"
            lines += add_bias_reduced(ard, line, "The same") if is_cluster else (line,)
    return lines


_SECTIONS = {
    "Missing outcomes imputed": ("sens_mi",),
    "Co-reported": (COMMON_ODDS, "sens_unadjusted", *WIN_ODDS),
}
_OF_SITES = {"Sites": ("sens_site_cluster", "sens_site_random")}
"""Other variances and models of the common odds ratio."""


def _is_of_wins(plan: Plan, analysis_id: str) -> bool:
    own = plan.primary.measure if analysis_id in ("primary", "sens_mi") else analysis_id
    return own in WIN_ODDS


def _words(plan: Plan) -> dict[str, str]:
    treatment, reference = plan.arms.treatment.label, plan.arms.reference.label
    side = odds_of(plan)
    given = f"Odds of a {side} mRS at every cut point, given the covariates"
    wins = (
        f"Odds that a subject on {treatment} has a {side} mRS than one on {reference}, ties split"
    )
    same = {
        "win_odds_stratified": "between subjects of one " + name_strata(plan),
        "win_odds_adjusted": "imbalance of the covariates taken out",
    }
    same["win_odds_stratified_adjusted"] = ", ".join(same.values())
    by_measure = {COMMON_ODDS: given, "win_odds": wins}
    by_measure |= {name: f"{wins}, {words}" for name, words in same.items()}
    primary = by_measure[plan.primary.measure]
    is_above = "win_odds" in plan.analyses.run and plan.primary.measure != "win_odds"
    short = {name: f"The same, {words}" for name, words in same.items()} if is_above else {}
    return {
        "primary": primary,
        "sens_mi": f"{primary}, missing outcomes imputed",
        "sens_unadjusted": f"Odds of a {side} mRS at every cut point, over all subjects",
        **by_measure,
        **short,
        "sens_site_cluster": f"{given}, sites as clusters",
        "sens_site_random": f"{given} and the site",
    }


def _build_row(ard: Ard, plan: Plan, line: ShiftLine) -> Row:
    estimate, interval, p_value, method = split_cells(line.effect, plan)
    return Row(
        line.label,
        (
            line.population,
            format_count(line.n),
            WINS if _is_of_wins(plan, line.analysis_id) else COMMON,
            estimate,
            interval,
            label_p(ard, plan, line, p_value),
            f"{favourable_side(plan)} 1 favours {plan.arms.treatment.label}",
            method,
        ),
        line.section,
    )
