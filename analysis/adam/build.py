"""All analysis data sets of a trial, derived in the order of the plan."""

from dataclasses import dataclass

import pandas as pd

from analysis.adam.adae import build_adae
from analysis.adam.adqs.assessments import build_adqs, derive_outcome
from analysis.adam.adsl.baseline import (
    build_subjects,
    derive_planned_treatment,
    query_unknown_sites,
)
from analysis.adam.adsl.deterioration import derive_deterioration
from analysis.adam.adsl.dosing import check_doses, derive_actual_treatment
from analysis.adam.adsl.early_improvement import derive_early_improvement
from analysis.adam.adsl.eligibility import query_missing_criteria
from analysis.adam.adsl.exposure import derive_exposure
from analysis.adam.adsl.further_scores import derive_further_scores
from analysis.adam.adsl.haemorrhage import derive_haemorrhage
from analysis.adam.adsl.hemicraniectomy import derive_hemicraniectomy
from analysis.adam.adsl.per_protocol import derive_per_protocol, find_reasons
from analysis.adam.adsl.subgroups import derive_subgroups
from analysis.adam.adtte import build_adtte
from analysis.adam.death.date_of_death import derive_death
from analysis.adam.death.last_alive import derive_last_alive
from analysis.adam.not_collected import (
    drop_queries,
    find_lacking,
    list_reasons_lacking,
    require_covariates,
    withhold_adae,
    withhold_adqs,
    withhold_adsl,
)
from analysis.adam.tables import Tables, by_subject, look_up
from analysis.config import Plan
from analysis.edc.allocation.lists import Lists
from analysis.edc.queries import Query


@dataclass(frozen=True)
class AnalysisData:
    """The data sets, the per-protocol reasons, and the queries that deriving them raised."""

    adsl: pd.DataFrame
    adqs: pd.DataFrame
    adtte: pd.DataFrame
    adae: pd.DataFrame
    reasons: pd.DataFrame
    queries: tuple[Query, ...]


def build_analysis_data(tables: Tables, lists: Lists, plan: Plan) -> AnalysisData:
    """Return the analysis data sets (SAP 3 and 4); every subject of ``rand`` is in ADSL once.

    What the trial did not collect is missing in them, and they know it. Raises DataError if that
    is a covariate of the primary analysis.
    """
    queries: list[Query] = []
    lacking = find_lacking(tables)
    unchecked = list_reasons_lacking(lacking, plan)
    adsl = derive_planned_treatment(build_subjects(tables, plan), lists)
    adsl, raised = derive_death(adsl, tables, plan)
    queries += raised
    adsl, raised = derive_actual_treatment(adsl, tables, lists)
    queries += raised
    adqs, raised = build_adqs(adsl, tables, plan)
    queries += raised
    adsl = derive_further_scores(derive_outcome(adsl, adqs, plan), adqs, plan)
    adsl = derive_last_alive(adsl, tables, plan)
    adsl, raised = derive_haemorrhage(adsl, tables, plan)
    queries += raised
    adsl = derive_early_improvement(derive_deterioration(adsl, tables, plan), plan)
    adsl = derive_exposure(adsl, tables, plan)
    adsl = adsl.assign(DCSREAS=look_up(adsl, by_subject(tables["ds"], "DSDECOD")))
    adsl = derive_subgroups(adsl, plan)
    reasons = find_reasons(adsl, tables, lists, plan, unchecked)
    adsl = derive_per_protocol(adsl, reasons)
    queries += check_doses(adsl, tables, plan) + query_missing_criteria(adsl, plan)
    queries = drop_queries([*queries, *query_unknown_sites(adsl)], lacking)
    adsl = withhold_adsl(adsl, tables, lacking, plan)
    require_covariates(adsl, plan)
    adtte = build_adtte(adsl, plan)
    adae = withhold_adae(build_adae(adsl, tables, plan), lacking)
    adsl = derive_hemicraniectomy(adsl, adae, plan)
    adqs = withhold_adqs(adqs, lacking)
    return AnalysisData(adsl, adqs, adtte, adae, reasons, tuple(queries))
