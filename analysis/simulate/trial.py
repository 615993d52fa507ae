"""The demonstration trial: cohort, tables, faults."""

from dataclasses import dataclass

import pandas as pd

from analysis.config.plan import Plan
from analysis.simulate.arrays import Columns
from analysis.simulate.cohort.baseline import build_bl
from analysis.simulate.cohort.cohort import Cohort, draw_cohort
from analysis.simulate.cohort.procedure import build_evt, build_ie
from analysis.simulate.faults.draft import Draft
from analysis.simulate.faults.ledger import build_ledger
from analysis.simulate.faults.plant import plant_faults
from analysis.simulate.randomness.streams import Streams, spawn_streams
from analysis.simulate.tables.adverse_events import build_ae
from analysis.simulate.tables.assessments import build_eq5d, build_mrs, build_nihss
from analysis.simulate.tables.deviations import build_dv
from analysis.simulate.tables.disposition import build_dd, build_ds
from analysis.simulate.tables.enrolment import build_dm, build_rand
from analysis.simulate.tables.imaging import build_ich
from analysis.simulate.tables.medication import build_cm
from analysis.simulate.tables.screening import build_screening
from analysis.simulate.tables.study_drug import build_ex


@dataclass(frozen=True)
class SimulatedTrial:
    """One simulated trial.

    ``tables`` are the tables of the export and ``lists`` the allocation lists, all cells text, ""
    for missing. ``ledger`` has one row per consequence of each planted fault (``ledger.Entry``).
    """

    tables: dict[str, pd.DataFrame]
    lists: dict[str, pd.DataFrame]
    ledger: pd.DataFrame


def simulate_trial(plan: Plan) -> SimulatedTrial:
    """Return the demonstration trial that ``plan.demo`` describes; the same plan, the same trial.

    Every table of the layout is there, with ``demo.n`` subjects in ``rand``. The faults planted
    are those that real exports have; none of them stops a run. Raises ConfigError if the settings
    contradict each other.
    """
    streams = spawn_streams(plan.demo.seed)
    cohort = draw_cohort(plan, streams)
    draft = Draft(_build_tables(plan, cohort, streams))
    entries = plant_faults(plan, cohort, draft, streams)
    return SimulatedTrial(draft.finish(), cohort.allocation.lists, build_ledger(entries))


def _build_tables(plan: Plan, cohort: Cohort, streams: Streams) -> dict[str, Columns]:
    """The tables without a fault, in the order of the layout."""
    allocation = cohort.allocation
    return {
        "dm": build_dm(allocation, cohort.baseline, streams["consent"]),
        "rand": build_rand(allocation),
        "bl": build_bl(allocation, cohort.baseline, streams["bl"]),
        "ie": build_ie(allocation),
        "evt": build_evt(allocation, cohort.procedure),
        "ex": build_ex(plan, cohort, streams["ex"]),
        "nihss": build_nihss(cohort, streams["nihss"]),
        "mrs": build_mrs(plan, cohort, streams["mrs"]),
        "eq5d": build_eq5d(cohort, streams["eq5d"]),
        "ich": build_ich(cohort, streams["ich"]),
        "ae": build_ae(plan, cohort, streams["ae"]),
        "ds": build_ds(cohort),
        "dd": build_dd(cohort),
        "dv": build_dv(cohort, streams["dv"]),
        "cm": build_cm(cohort, streams["cm"]),
        "screening": build_screening(cohort, streams["screening"]),
    }
