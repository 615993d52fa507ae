"""Results frames of small simulated trials, analysed as a run analyses them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.analyses.description.balance import analyse_balance
from analysis.analyses.description.baseline import analyse_baseline
from analysis.analyses.description.door import analyse_door
from analysis.analyses.description.missing import analyse_missing
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.description.queries import count_by_site, count_queries
from analysis.analyses.description.recruitment import analyse_recruitment
from analysis.analyses.mrs.dichotomies import analyse_dichotomies
from analysis.analyses.mrs.distributions import analyse_distributions
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.analyses.safety.adverse_events import analyse_adverse_events
from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.analyses.safety.exposure import analyse_exposure
from analysis.analyses.safety.time_to_death import analyse_survival
from analysis.analyses.secondary import analyse_secondary
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.analyses.supportive.analyse import analyse_supportive
from analysis.config import Plan, load_mapping, load_plan
from analysis.edc.allocation.lists import read_lists
from analysis.edc.door.covariates import account_subjects
from analysis.edc.door.frame import build_door
from analysis.edc.layout import load_layout
from analysis.edc.queries import build_queries
from analysis.edc.queries.sent.for_sites import build_for_sites, gather
from analysis.edc.queries.source_rows import build_source_rows
from analysis.edc.reading.export import read_export
from analysis.io.frames import write_csv
from analysis.io.result import ARD_COLUMNS, Allocation, build_ard_rows, write_results_text
from analysis.simulate import simulate_trial, write_export, write_lists

IMPUTATIONS, CYCLES, DRAWS = 4, 2, 500
"""Few: what is looked at is how the numbers are shown."""

LARGE_BENEFIT = 4.0
"""Planted common odds ratio of a lower mRS; its inverse is the planted harm."""

GRID = {"lowest": -2.0, "highest": 2.0, "step": 2.0}
CONFIG = Path(__file__).parents[2] / "config"


@dataclass(frozen=True)
class Trial:
    """The data of a simulated trial, the screening log, the account of the door, and queries."""

    data: AnalysisData
    screening: pd.DataFrame
    door: pd.DataFrame
    queries: pd.DataFrame


def shrink_plan(plan: Plan, common_odds_ratio: float, n: int = 160) -> Plan:
    """The plan of a small trial with a planted effect: few imputations, a coarse grid.

    No data are sparse: small as it is, it shows what a large one does.
    """
    sensitivity = plan.sensitivity
    imputation = sensitivity.imputation.model_copy(
        update={"imputations": IMPUTATIONS, "cycles": CYCLES}
    )
    grid = sensitivity.tipping.model_copy(update=GRID)
    demo = {"n": n, "sites": 6, "common_odds_ratio": common_odds_ratio, "missing_outcome": 0.06}
    drawing = plan.supportive.rerandomisation.model_copy(update={"draws": DRAWS})
    return plan.model_copy(
        update={
            "demo": plan.demo.model_copy(update=demo),
            "supportive": plan.supportive.model_copy(update={"rerandomisation": drawing}),
            "sparse": plan.sparse.model_copy(update={"events_per_variable": 0.0}),
            "sensitivity": sensitivity.model_copy(
                update={"imputation": imputation, "tipping": grid}
            ),
        }
    )


def simulate(plan: Plan) -> Trial:
    """The analysis data of the trial that ``plan.demo`` describes, through its export."""
    made = simulate_trial(plan)
    mapping, layout = load_mapping(CONFIG / "edc.yaml"), load_layout()
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_export(made.tables, folder / "edc", "csv")
        write_lists(made.lists, folder / "lists")
        found, _ = read_export(folder / "edc", mapping, layout)
        lists, _ = read_lists(folder / "lists", mapping, layout, plan.arms)
    door = build_door(account_subjects(found.accounts.values(), found.tables, plan))
    data = build_analysis_data(found.tables, lists, plan)
    rows = build_source_rows(found.places, found.sources)
    raised = gather(build_queries(data.queries))
    queries = build_for_sites(raised, found.tables, rows, layout, {})
    return Trial(data, found.tables["screening"], door, queries)


def analyse(trial: Trial, plan: Plan) -> list[dict[str, str]]:
    """The rows of the whole results frame."""
    data = trial.data
    subjects = data.adsl
    results = [
        *analyse_populations(subjects, data.reasons, trial.screening, plan),
        *analyse_baseline(subjects, plan),
        analyse_balance(subjects, plan),
        analyse_recruitment(subjects, plan),
        *count_queries(trial.queries),
        *count_by_site(trial.queries),
        *analyse_door(trial.door, plan),
        *analyse_mrs_shift(subjects, plan),
        *analyse_sensitivity(subjects, plan),
        *analyse_missing(subjects, data.adqs, plan),
        *analyse_dichotomies(subjects, plan),
        *analyse_distributions(subjects, plan),
        *analyse_secondary(subjects, data.adqs, plan),
        *analyse_supportive(subjects, data.adqs, data.adtte, plan),
        *analyse_subgroups(subjects, plan),
        *analyse_safety(subjects, plan),
        *analyse_survival(subjects, data.adtte, plan),
        *analyse_adverse_events(subjects, data.adae, plan),
        *analyse_exposure(subjects, plan),
    ]
    return build_ard_rows(json.loads(write_results_text(results, Allocation.REHEARSAL, {})))


def analyse_outcome(trial: Trial, plan: Plan) -> list[dict[str, str]]:
    """The rows of the analyses of the day-90 mRS, and of the analysis sets."""
    data = trial.data
    results = [
        *analyse_populations(data.adsl, data.reasons, trial.screening, plan),
        *analyse_mrs_shift(data.adsl, plan),
        *analyse_sensitivity(data.adsl, plan),
        *analyse_missing(data.adsl, data.adqs, plan),
        *analyse_subgroups(data.adsl, plan),
    ]
    return build_ard_rows(json.loads(write_results_text(results, Allocation.REHEARSAL, {})))


def rename_arms(plan: Plan, treatment: str, reference: str) -> Plan:
    """The plan with other names of its arms; the codes stay."""
    arms = plan.arms
    return plan.model_copy(
        update={
            "arms": arms.model_copy(
                update={
                    "treatment": arms.treatment.model_copy(update={"label": treatment}),
                    "reference": arms.reference.model_copy(update={"label": reference}),
                }
            )
        }
    )


def write_frames(folder: Path) -> None:
    """Write ``benefit.csv`` (everything), ``harm.csv`` (the mRS alone), and the raw means.

    ``wins.csv``: everything of the first trial with adjusted win odds as its primary measure.
    """
    plan = load_plan(CONFIG / "trial.yaml")
    benefit, harm = (shrink_plan(plan, ratio) for ratio in (LARGE_BENEFIT, 1 / LARGE_BENEFIT))
    first, second = simulate(benefit), simulate(harm)
    means = {name: compute_means(trial) for name, trial in (("benefit", first), ("harm", second))}
    (folder / "means.json").write_text(json.dumps(means), encoding="utf-8")
    for name, rows in (
        ("benefit", analyse(first, benefit)),
        ("wins", analyse(first, choose_wins(benefit))),
        ("harm", analyse_outcome(second, harm)),
    ):
        write_csv(folder / f"{name}.csv", pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str))


def choose_wins(plan: Plan) -> Plan:
    """The plan with adjusted win odds as the primary measure."""
    primary = plan.primary.model_copy(update={"measure": "win_odds_adjusted"})
    return plan.model_copy(update={"primary": primary})


def compute_means(trial: Trial) -> dict[str, float]:
    """The mean mRS by arm, straight from the data: which arm fared better."""
    means = trial.data.adsl.groupby("TRT01P")["MRS90"].mean()
    return {str(arm): float(mean) for arm, mean in means.items()}


if __name__ == "__main__":
    write_frames(Path(sys.argv[1]))
