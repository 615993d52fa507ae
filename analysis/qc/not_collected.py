"""Numbers that nobody can count, because the trial did not collect what they need."""

from dataclasses import replace

from analysis.io.not_collected import list_not_collected
from analysis.qc.checks.risks import SAFETY_EVENTS
from analysis.qc.recomputed import Recomputed
from analysis.qc.subjects import Trial

ENDS = ("", "_rr", "_rd")
FLAGS = {f"{event.analysis_id}{end}": (event.flag,) for event in SAFETY_EVENTS for end in ENDS}


def withhold(number: Recomputed, trial: Trial) -> Recomputed:
    """Return the number, or none where the check itself finds that a column was not collected.

    That is so where the data set says it and not one subject has a value: the engine's word alone
    is not taken, and a number that the engine gives all the same differs.
    """
    known = list_not_collected(trial.adsl)
    lacking = [
        f"{name} ({known[name]})"
        for name in _list_columns(number.analysis_id, trial)
        if name in known and trial.adsl[name].isna().all()
    ]
    if not lacking:
        return number
    return replace(number, value=None, reason=f"not collected: {', '.join(lacking)}")


def _list_columns(analysis_id: str, trial: Trial) -> tuple[str, ...]:
    sites = {
        "sens_site_cluster": ("SITEID",),
        "win_odds_stratified": trial.plan.co_reported.strata,
    }
    return {**FLAGS, **sites}.get(analysis_id, ())
