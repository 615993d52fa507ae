"""Methods of the supportive analyses, in words."""

from analysis.config import Plan
from analysis.config.blocks.supportive import HierarchyLevel
from analysis.display.ard import Ard
from analysis.display.text.format import format_count, format_plain
from analysis.display.text.hierarchy import name_level
from analysis.display.text.labels import name_strata


def describe_supportive(ard: Ard, plan: Plan) -> dict[str, tuple[str, str]]:
    """Return heading and text of each supportive analysis by its id."""
    levels = "; ".join(_name(level, ard, plan) for level in plan.supportive.hierarchy)
    drawing = plan.supportive.rerandomisation
    stratum = name_strata(plan)
    is_common = plan.primary.is_common_odds
    model, estimate = ("primary model", "primary estimate") if is_common else (
        "proportional-odds model", "common odds ratio"
    )  # fmt: skip
    return {
        "unconditional": (
            "Effects over all subjects",
            f"After the {model} everybody in one arm against everybody in the other, averaged "
            "over the covariates: the common odds ratio and the win odds of both distributions, "
            "and the risk difference up to each cut point, with covariates as sampled (influence "
            "function; Ye 2023), as FDA (2023) asks of unconditional effects; beside them the "
            f"{estimate} with its robust (HC0) interval. Supportive, nominal.",
        ),
        "win_ratio": (
            "Win ratio",
            "All pairs of one subject of each arm are compared by the first level that tells them "
            f"apart: {levels}. A later death is better; a pair that lacks a value, or whose order "
            "censoring hides, goes on to the next level. Win ratio (Pocock 2012), win odds with "
            "ties split and net benefit, with the variance of U-statistics (Bebu and Lachin 2016). "
            "Supportive, nominal.",
        ),
        "benefit_per_100": (
            "Benefit per 100",
            "Patients per hundred who would have a lower, or a higher, mRS if treated: the "
            "smallest and the largest number over all joint distributions with the observed "
            "distribution of each arm (Fan and Park 2010; Lu, Zhang and Ding 2020), and that of "
            "independence.",
        ),
        "number_needed": (
            "Numbers needed to treat",
            "The inverse of the risk difference up to each cut point with its Miettinen-Nurminen "
            "limits, and of the share of pairs won less the share lost (win odds, ties split).",
        ),
        "van_elteren": (
            "van Elteren test",
            f"Wilcoxon rank sums within each {stratum}, weights 1 / (n + 1).",
        ),
        "rerandomisation": (
            "Re-randomisation test",
            f"The score of the treatment in the {model}, its covariates kept, against "
            f"{format_count(drawing.draws)} random assignments that keep the sizes of both arms in "
            f"each {stratum}; seed {format_plain(drawing.seed)}.",
        ),
    }


def _name(level: HierarchyLevel, ard: Ard, plan: Plan) -> str:
    """A level in words, and that it drops out where the trial did not collect it."""
    keys = ("win_ratio", "n_observed", plan.primary.population)
    absent = ard.is_not_collected(*keys, level=level.outcome)
    return f"{name_level(level, plan)}{' (not collected: it drops out)' if absent else ''}"
