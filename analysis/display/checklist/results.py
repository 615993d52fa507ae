"""CONSORT 2025 items from 22 on, answered from the results: flow, exposure, effects, harms."""

from collections.abc import Mapping, Sequence

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.enrolment import find_months, name_month
from analysis.display.rows.tipping import has_grid, say_verdict
from analysis.display.text.conclusion.headline import headline
from analysis.display.text.conclusion.key_secondaries import say_tests
from analysis.display.text.conclusion.measure import name_estimates
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import (
    NOT_COLLECTED,
    format_count,
    format_count_percent,
    format_plain,
)
from analysis.display.text.wording import effect_clause

FLOW = {
    "randomised": "randomised",
    "treated": "received study drug",
    "outcome_observed": "analysed for the primary outcome",
}
LOSSES = {
    "died": "died",
    "withdrew": "withdrew",
    "lost": "were lost to follow-up",
    "outcome_missing": "have no outcome",
    "pp_excluded": "are excluded from per protocol",
}
HARMS = {"death_90d": "death", "sich_48h": "symptomatic intracranial haemorrhage"}
EVENTS = {"any": "any adverse event", "serious": "a serious one"}
MEDICATIONS = {"CMSTERFL": "open-label steroid", "CMINSFL": "insulin"}
IN_RANGE = "DOSEPCT in range"


def answer_flow(ard: Ard, plan: Plan) -> str:
    """Return the numbers randomised, treated and analysed, by arm."""
    return _say_counts(ard, plan, FLOW)


def answer_losses(ard: Ard, plan: Plan) -> str:
    """Return losses and exclusions, by arm."""
    return _say_counts(ard, plan, LOSSES)


def answer_dates(ard: Ard, plan: Plan) -> str:
    """Return the months of the first and the last randomisation, and the length of follow-up."""
    months = find_months(ard)
    if months is None:
        return ""
    first, last = (name_month(month, "{name} {year}") for month in months)
    return f"Randomised from {first} to {last}; followed to day {plan.outcome.day}."


def answer_end(ard: Ard, plan: Plan) -> str:
    """Return how many of the planned number were randomised."""
    randomised = ard.require("disposition", "n", "ITT", level="randomised")
    return (
        f"{format_count(randomised)} of the {plan.trial.n_randomised} planned were randomised. Why "
        "the trial ended is not in the data."
    )


def answer_exposure(ard: Ard, plan: Plan) -> str:
    """Return how many had a total dose in the accepted range, by arm."""
    low, high = plan.dosing.accepted_percent
    cells = _shares(ard, plan, "exposure", IN_RANGE)
    accepted = f"{format_plain(low)} to {format_plain(high)}% of the dose planned"
    return _say_arms(plan, [f"{accepted} {cells}"]) if cells else ""


def answer_medication(ard: Ard, plan: Plan) -> str:
    """Return how many had an open-label steroid or insulin, by arm, where that was exported."""
    shares = {words: _shares(ard, plan, "exposure", level) for level, words in MEDICATIONS.items()}
    parts = [f"{words} {cells}" for words, cells in shares.items() if cells]
    return _say_arms(plan, parts) if parts else ""


def answer_baseline(ard: Ard, plan: Plan) -> str:
    """Return how many subjects and characteristics the table of the baseline shows."""
    names = {row.variable for row in ard.select("baseline", "ITT")}
    total = format_count(ard.number("populations", "n", "ITT"))
    lacking = {row.variable for row in ard.select("baseline", "ITT") if row.is_not_collected}
    further = f" {len(lacking)} more: {NOT_COLLECTED}." if lacking else ""
    number = len(names - lacking)
    return f"{number} characteristics of {total} subjects, by arm; not tested.{further}"


def answer_effects(ard: Ard, plan: Plan) -> str:
    """Return the result of the primary analysis, and of key secondary outcomes that are tested."""
    rest = "Relative and absolute effects of each dichotomy in the table."
    return " ".join(filter(None, (headline(ard, plan), say_tests(ard, plan), rest)))


def answer_harms(ard: Ard, plan: Plan) -> str:
    """Return deaths, symptomatic haemorrhage and adverse events of the safety set, by arm."""
    outcomes = [f"{words} {_events(ard, plan, name)}" for name, words in HARMS.items()]
    events = {words: _shares(ard, plan, "ae_overview", name) for name, words in EVENTS.items()}
    return _say_arms(plan, [*outcomes, *(f"{words} {text}" for words, text in events.items())])


def answer_other(ard: Ard, plan: Plan) -> str:
    """Return the per-protocol estimate and where the result turns; all prespecified."""
    texts = []
    if "sens_pp" in plan.analyses.run:
        effect = ard.effect("sens_pp", "PP")
        name = f"Per protocol: {name_estimates(plan).lower()}"
        texts.append(f"{effect_clause(plan, name, effect)} (nominal).")
    if has_grid(plan):
        texts.append(f"Tipping point: {say_verdict(ard, plan)}")
    return " ".join((*texts, f"{len(plan.subgroups.factors)} subgroup factors, all prespecified."))


def answer_limits(ard: Ard, plan: Plan) -> str:
    """Return what the data say of limitations: how many outcomes are missing."""
    return f"From the data: {missing_sentence(ard, plan)}"


def _say_arms(plan: Plan, parts: Sequence[str]) -> str:
    arms = f"{plan.arms.treatment.label} / {plan.arms.reference.label}"
    return f"{arms}: {'; '.join(parts)}."


def _say_counts(ard: Ard, plan: Plan, named: Mapping[str, str]) -> str:
    return _say_arms(plan, [f"{words} {_counts(ard, plan, name)}" for name, words in named.items()])


def _counts(ard: Ard, plan: Plan, level: str) -> str:
    """Both arms' counts, treatment first."""
    return " / ".join(
        format_count(ard.number("disposition", "n", "ITT", code, level)) for code in plan.arms.codes
    )


def _shares(ard: Ard, plan: Plan, analysis_id: str, level: str) -> str:
    """Both arms' counts and percent; empty where the frame does not hold them."""
    if ard.is_not_collected(analysis_id, "n", "SAF", plan.arms.treatment.code, level):
        return NOT_COLLECTED
    counts, shares = (
        [ard.find(analysis_id, name, "SAF", code, level) for code in plan.arms.codes]
        for name in ("n", "pct")
    )
    texts = [
        format_count_percent(count.value, share.value)
        for count, share in zip(counts, shares, strict=True)
        if count is not None and share is not None and count.value is not None
    ]
    return " / ".join(texts) if len(texts) == len(counts) else ""


def _events(ard: Ard, plan: Plan, name: str) -> str:
    if ard.is_not_collected(name, "events", "SAF", plan.arms.treatment.code):
        return NOT_COLLECTED
    return " / ".join(
        format_count_percent(
            ard.number(name, "events", "SAF", code), ard.number(name, "pct", "SAF", code)
        )
        for code in plan.arms.codes
    )
