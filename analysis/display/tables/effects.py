"""Effects in cells of tables: estimate with interval, p-value; and the footnotes of models."""

from collections.abc import Iterable, Mapping

from analysis.config import Plan
from analysis.display.ard import Ard, Effect
from analysis.display.rows.shift import ShiftLine
from analysis.display.text.conclusion.measure import takes_covariates
from analysis.display.text.format import (
    NO_EFFECT_RATIO,
    NOT_COLLECTED,
    NOT_ESTIMABLE,
    format_estimate,
    format_interval,
    format_number,
    format_p,
)
from analysis.display.text.wording import (
    SETS,
    covariates_in_words,
    dropped_in_words,
    list_fitted,
    own_confidence,
)
from analysis.errors.reason import is_absent, read_reason

PERCENTAGE_POINTS = 100
NOMINAL, CONFIRMATORY = "nominal", "confirmatory"


def split_cells(effect: Effect, plan: Plan) -> tuple[str, str, str, str]:
    """Return estimate, interval, p-value and method of a ratio; the reason if not estimable."""
    if effect.estimate is None:
        absent = NOT_COLLECTED if effect.is_not_collected else NOT_ESTIMABLE
        return absent, "", "", str(effect.reason)
    return (
        format_number(effect.estimate, 2),
        _interval_cell(effect, plan),
        format_p(effect.p_value, *plan.inference.boundaries),
        effect.method,
    )


def _interval_cell(effect: Effect, plan: Plan) -> str:
    """The limits; behind them their confidence, where it is not that of the heading."""
    own = own_confidence(plan, effect)
    limits = format_interval(effect.low, effect.high, NO_EFFECT_RATIO)
    return f"{limits} ({own})" if own else limits


def estimate_cell(effect: Effect) -> str:
    """Return a ratio with its interval, or that there is none."""
    if effect.is_not_collected:
        return NOT_COLLECTED
    return format_estimate(effect.estimate, effect.low, effect.high)


def joint_cells(
    effect: Effect, plan: Plan, null: float = NO_EFFECT_RATIO, decimals: int = 2, scale: int = 1
) -> tuple[str, str]:
    """Return estimate with interval, and p-value; the latter empty without an estimate.

    A ratio with an arm without events has a score interval but no estimate: it is then shown.
    """
    if effect.is_not_collected:
        return NOT_COLLECTED, ""
    if effect.estimate is None and effect.low is not None:
        return f"{NOT_ESTIMABLE} ({_limits(effect, null, decimals, scale)})", ""
    text = format_estimate(effect.estimate, effect.low, effect.high, null, decimals, scale)
    has_p = effect.estimate is not None and effect.p_value is not None
    return text, format_p(effect.p_value, *plan.inference.boundaries) if has_p else ""


def label_p(ard: Ard, plan: Plan, line: ShiftLine, text: str) -> str:
    """Return a p-value that says whether it is confirmatory or nominal (SAP 1.3).

    Confirmatory is that of the primary analysis, Wald, unless the plan prespecifies, or switches
    to, another.
    """
    if not text:
        return ""
    row = ard.find(line.analysis_id, "confirmatory", line.population)
    is_primary = line.analysis_id == "primary" and not plan.primary.needed
    chosen = row.value == 1 if row else is_primary
    return f"{text} ({CONFIRMATORY if chosen and not line.is_second else NOMINAL})"


def list_line_notes(ard: Ard, lines: Iterable[ShiftLine]) -> tuple[str, ...]:
    """Return the warnings of the lines, each behind the name of its line."""
    return tuple(
        f"{line.label}: {note}."
        for line in lines
        if not line.is_second and line.analysis_id != "sens_tipping"
        for note in list_notes(ard, line.analysis_id)
    )


def read_methods(ard: Ard, *analysis_ids: str) -> tuple[str, ...]:
    """Return the methods of the analyses' estimates and tests as sentences, each once."""
    rows = [
        row
        for name in analysis_ids
        for stat_name in ("estimate", "statistic")
        for row in ard.select(name, stat_name=stat_name)
    ]
    return tuple(dict.fromkeys(f"{row.method[:1].upper()}{row.method[1:]}." for row in rows))


def list_notes(ard: Ard, *analysis_ids: str) -> tuple[str, ...]:
    """Return the warnings of the analyses but the reasons, which stand where the estimate would."""
    texts = ard.warnings(*analysis_ids)
    return tuple(text for text in texts if not is_absent(text))


def list_not_collected(ard: Ard, *analysis_ids: str) -> str:
    """Return what the trial did not collect of that which the analyses need; else nothing."""
    reasons = map(read_reason, ard.warnings(*analysis_ids))
    sources = [str(reason.fields["source"]) for reason in reasons if reason.is_not_collected]
    names = dict.fromkeys(name for listed in sources for name in listed.split(", "))
    return f"Not collected in this trial: {', '.join(names)}." if names else ""


def list_reasons(named: Mapping[str, Effect]) -> str:
    """Return why which estimates are absent, as sentences; empty if all are there."""
    absent = {name: effect for name, effect in named.items() if effect.estimate is None}
    unknown = [name for name, effect in absent.items() if effect.is_not_collected]
    reasons = [f"{name} ({absent[name].reason})" for name in absent if name not in unknown]
    sources = [f"{name} ({absent[name].reason.fields['source']})" for name in unknown]
    sentences = {"Not estimable": reasons, "Not collected": sources}
    return " ".join(f"{word}: {'; '.join(listed)}." for word, listed in sentences.items() if listed)


def name_set(population: str) -> str:
    """Return ``Intention-to-treat set.``."""
    return f"{SETS[population].capitalize()}."


def name_covariates(ard: Ard, plan: Plan) -> str:
    """Return what models that are adjusted hold beside the arm, and what was dropped of the plan's.

    As the primary model was fitted (SAP 5.3).
    """
    fitted = list_fitted(ard, plan)
    named = f"Covariates: {covariates_in_words(ard, plan)}." if fitted else "No covariates."
    return " ".join(filter(None, (named, name_dropped(ard, plan))))


def name_dropped(ard: Ard, plan: Plan) -> str:
    """Return which covariates of the plan the models do not hold, as a sentence; else nothing."""
    dropped = dropped_in_words(ard, plan)
    return (
        f"Of one value or level, and so not in the model (SAP 5.3): {dropped}." if dropped else ""
    )


def name_model(ard: Ard, plan: Plan, population: str) -> str:
    """Return the analysis set and the covariates of its models."""
    return f"{name_set(population)} {name_covariates(ard, plan)}"


def name_own_covariates(ard: Ard, plan: Plan) -> str:
    """Return the covariates of the primary measure: none of win odds that take none."""
    if takes_covariates(plan.primary.measure):
        return name_covariates(ard, plan)
    return "No covariates."


def name_model_of_measure(ard: Ard, plan: Plan, population: str) -> str:
    """Return the analysis set and the covariates of the primary measure."""
    return f"{name_set(population)} {name_own_covariates(ard, plan)}"


def _limits(effect: Effect, null: float, decimals: int, scale: int) -> str:
    """The interval without an estimate; without an upper limit it begins somewhere."""
    if effect.high is not None:
        return format_interval(effect.low, effect.high, null, decimals, scale)
    low = format_interval(effect.low, effect.low, null, decimals, scale).partition(" ")[0]
    return f"{low} or more"
