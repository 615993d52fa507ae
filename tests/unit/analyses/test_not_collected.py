"""Results that need what was not collected hold no number."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.analyses.not_collected import withhold
from analysis.config import Plan
from analysis.errors.reason import is_absent, read_reason
from analysis.io.not_collected import mark_not_collected
from analysis.io.result import AnalysisResult, Statistic

CASES = [
    ("sich_48h", Statistic("events", 0, "MPSS", "SICH48FL"), {"SICH48FL": "ich.SICH"}),
    ("sich_48h_rr", Statistic("n", 9, "", "SICH48FL"), {"SICH48FL": "ich.SICH"}),
    ("baseline", Statistic("n", 0, "", "SEX", "F"), {"SEX": "dm.SEX"}),
    ("baseline_balance", Statistic("smd", 0.0, "", "SEX", "SEX=F"), {"SEX": "dm.SEX"}),
    ("recruitment", Statistic("n_sites", 1, "", "SITEID"), {"SITEID": "dm.SITEID"}),
    ("nihss_d7", Statistic("n_died", 4, "", "NIHSS"), {"NIHSS": "nihss.NIHSS"}),
    ("missing_visits", Statistic("n", 4, "", "EQ5D", "EQ5D D90"), {"EQ5DUTIL": "eq5d.EQMO"}),
    ("missing_patterns", Statistic("n", 4, "", "MRS", "none"), {"NIHSS": "nihss.NIHSS"}),
    ("ae_overview", Statistic("n", 0, "", "AE", "serious"), {"AESER": "ae.AESER"}),
    ("ae_overview", Statistic("n", 0, "", "AE", "serious_related"), {"AEREL": "ae.AEREL"}),
    ("ae_overview", Statistic("n", 0, "", "AE", "any"), {"TRTEMFL": "ae.AESTDTC"}),
    ("ae_serious", Statistic("n", 0, "", "AE", "any"), {"AESER": "ae.AESER"}),
    ("ae_soc_pt", Statistic("n", 0, "", "AEBODSYS", "x"), {"AEBODSYS": "ae.AEBODSYS"}),
    ("subgroup_sex", Statistic("p_interaction", 0.5, "", "MRS"), {"SEX": "dm.SEX"}),
    ("mrs_distribution_sex", Statistic("n", 0, "", "MRS", "F"), {"SEX": "dm.SEX"}),
    ("pp_reasons", Statistic("n", 0, "", "REASON", "EX10"), {"EX10": "bl.GLUC"}),
    ("win_odds_stratified", Statistic("n", 9, "", "MRS"), {"SITEID": "dm.SITEID"}),
    ("van_elteren", Statistic("n", 9, "", "MRS"), {"SITEID": "dm.SITEID"}),
    ("rerandomisation", Statistic("z", 1.0, "", "MRS"), {"SITEID": "dm.SITEID"}),
    ("win_ratio", Statistic("decided", 0.0, "", "EQ5DUTIL", "eq5d"), {"EQ5DUTIL": "eq5d.EQMO"}),
    ("win_ratio", Statistic("n_observed", 0, "", "DTH90FL", "death"), {"DTH90FL": "dd.DTHDTC"}),
    ("sens_site_random", Statistic("estimate", 1.0, "", "MRS"), {"SITEID": "dm.SITEID"}),
    ("sens_as_treated", Statistic("n", 9, "", "MRS"), {"TRT01A": "ex.EXKIT"}),
    ("exposure", Statistic("n", 0, "", "DOSEPCT", "DOSEPCT in range"), {"DOSEPCT": "ex.EXPDOSE"}),
    ("disposition", Statistic("n", 0, "", "D", "excluded"), {"SCRRES": "screening.SCRRES"}),
]  # fmt: skip


def frame(sources: dict[str, str]) -> pd.DataFrame:
    return mark_not_collected(pd.DataFrame({"SUBJID": ["S1"]}), sources)


@pytest.mark.parametrize(("analysis_id", "statistic", "sources"), CASES)
def test_a_number_that_needs_it_is_none(
    plan: Plan, analysis_id: str, statistic: Statistic, sources: dict[str, str]
) -> None:
    result = AnalysisResult(analysis_id, "ITT", "method", (statistic,), warnings=("a count: 3",))
    (withheld,) = withhold([result], [frame(sources), None], plan)
    (number,) = withheld.statistics
    (source,) = sources.values()
    assert number.value is None
    assert number.note == f"not collected: {source}"
    assert is_absent(number.note)
    assert read_reason(number.note).is_not_collected
    assert withheld.warnings == ()


def test_what_does_not_need_it_keeps_its_number(plan: Plan) -> None:
    kept = [
        AnalysisResult("death_90d", "SAF", "", (Statistic("events", 3, "MPSS", "DTH90FL"),)),
        AnalysisResult("ae_overview", "SAF", "", (Statistic("n", 3, "", "AE", "any"),)),
        AnalysisResult("net_benefit", "ITT", "", (Statistic("estimate", 0.1, "", "MRS"),)),
        AnalysisResult("subgroup_age", "ITT", "", (Statistic("n", 3, "", "MRS", "<70"),)),
    ]
    sources = {"SICH48FL": "ich.SICH", "AESER": "ae.AESER", "SEX": "dm.SEX"}
    sources["EQ5DUTIL"] = "eq5d.EQMO"
    assert withhold(kept, [frame(sources)], plan) == kept
    assert withhold(kept, [frame({})], plan) == kept


def test_facts_of_the_plan_stay(plan: Plan) -> None:
    statistics = (Statistic("n", 3, "", "MRS"), Statistic("same_estimand", 1))
    result = AnalysisResult("sens_site_random", "ITT", "", statistics)
    (withheld,) = withhold([result], [frame({"SITEID": "dm.SITEID"})], plan)
    assert [one.value for one in withheld.statistics] == [None, 1]


def test_a_set_that_was_made_with_less_says_so(plan: Plan) -> None:
    result = AnalysisResult("sens_pp", "PP", "", (Statistic("n", 3, "", "MRS"),))
    (per_protocol,) = withhold([result], [frame({"EX10": "bl.GLUC"})], plan)
    assert per_protocol.warnings == (
        "the per-protocol set is made without reasons not collected: EX10 (bl.GLUC)",
    )
    result = AnalysisResult("death_90d", "SAF", "", (Statistic("n", 3, "", "DTH90FL"),))
    (safety,) = withhold([result], [frame({"TRT01A": "ex.EXKIT"})], plan)
    assert "as randomised (SAP 3.3)" in safety.warnings[0]
