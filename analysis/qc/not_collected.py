"""Numbers that nobody can count, because the trial did not collect what they need."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.io.not_collected import list_not_collected
from analysis.qc.checks.hierarchy import RECORDS
from analysis.qc.checks.safety.events import SAFETY_EVENTS
from analysis.qc.recomputed import Recomputed
from analysis.qc.subjects import Trial

ENDS = ("", "_rr", "_rr_adjusted", "_rd")
FLAGS = {
    **{f"{event.analysis_id}{end}": (event.flag,) for event in SAFETY_EVENTS for end in ENDS},
    **dict.fromkeys(("ich_class_48h", "ich_class_48h_rd"), ("ICH48FL",)),
}
STRATIFIED = ("win_odds_stratified", "van_elteren", "rerandomisation")


def withhold(number: Recomputed, trial: Trial) -> Recomputed:
    """Return the number, or none where the check itself finds that a column was not collected.

    That is so where the data set says it and not one subject has a value: the engine's word alone
    is not taken, and a number that the engine gives all the same differs.
    """
    lacking = [*_list_columns(number, trial), *_list_parameters(number, trial)]
    if not lacking:
        return number
    return replace(number, value=None, reason=f"not collected: {', '.join(lacking)}")


def _list_columns(number: Recomputed, trial: Trial) -> Iterator[str]:
    """The columns of ADSL that a number needs and nobody has, each with what the export lacks."""
    needs = {
        **FLAGS,
        "sens_site_cluster": ("SITEID",),
        **dict.fromkeys(STRATIFIED, trial.plan.co_reported.strata),
        **{f"subgroup_{each.name}": (each.column,) for each in trial.plan.subgroups.factors},
    }
    wanted = needs.get(number.analysis_id, ())
    if (number.analysis_id, number.level) == ("win_ratio", "death"):
        wanted = ("DTH90FL",)
    known = list_not_collected(trial.adsl)
    for name in wanted:
        if name in known and trial.adsl[name].isna().all():
            yield f"{name} ({known[name]})"


def _list_parameters(number: Recomputed, trial: Trial) -> Iterator[str]:
    """The same of ADQS, for a level of the win ratio."""
    known = list_not_collected(trial.adqs)
    if number.analysis_id == "win_ratio" and number.level in RECORDS:
        name, visit, _ = RECORDS[number.level]
        if name in known and trial.read_parameter(name, visit).isna().all():
            yield f"{name} ({known[name]})"
