"""What all results have in common: unique keys, strict JSON, no number missing without a reason."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.adam.adsl.subgroups import derive_subgroups
from analysis.analyses.description.balance import analyse_balance
from analysis.analyses.description.baseline import analyse_baseline
from analysis.analyses.description.missing import analyse_missing
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.description.recruitment import analyse_recruitment
from analysis.analyses.mrs.dichotomies import ENDINGS, analyse_dichotomies
from analysis.analyses.mrs.distributions import analyse_distributions
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.analyses.safety.adverse_events import analyse_adverse_events
from analysis.analyses.safety.deaths_and_bleeding import analyse_safety
from analysis.analyses.safety.exposure import analyse_exposure
from analysis.analyses.safety.time_to_death import analyse_survival
from analysis.analyses.secondary import analyse_secondary
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.config import Plan
from analysis.errors import EstimationError
from analysis.errors.reason import is_absent, read_reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.result import (
    ARD_COLUMNS,
    Allocation,
    AnalysisResult,
    Statistic,
    build_ard_rows,
    write_results_text,
)
from tests.unit.analyses.small_trial.adqs import build_adqs
from tests.unit.analyses.small_trial.adsl import build_adsl, build_planted_adsl, repeat
from tests.unit.analyses.small_trial.safety import add_exposure, build_adae, build_adtte

PLACE = ("analysis_id", "population", "group", "variable", "level")
KEY = ("analysis_id", "population", "group", "level", "stat_name")
SAFETY_EVENTS = (
    "death_90d", "sich_48h", "ich_any_48h", "ich_any_48h_imaged", "ph_48h", "sich_ecass2",
    "sich_ecass3", "sich_sits_most", "hemicraniectomy", "eni_h24",
)  # fmt: skip
NEVER_COLLECTED = "sich_ecass3"
"""What no export of the layout holds has no number in any trial."""
SUBGROUPS = (
    "age", "sex", "nihss", "aspects", "occlusion", "ivt", "etici", "toast", "ott", "passes",
)  # fmt: skip
EXPECTED_IDS = {
    "populations", "disposition", "study_end", "pp_reasons", "mrs_distribution", "baseline",
    "imputation",
    "primary", "primary_coefficients", "sens_pp", "sens_unadjusted", "cutpoint", "win_odds",
    "win_odds_stratified", "win_odds_adjusted", "brant", "po_lr_treatment", "partial_po",
    *(f"sens_{name}" for name in (
        "merge56", "in_window", "mi", "worst", "best", "tipping", "locf", "site_cluster",
        "site_random", "as_treated",
    )),
    *(f"{event}{kind}" for event in SAFETY_EVENTS
      for kind in ("", "_rr", "_rd")),
    *(f"{event}_rr_adjusted" for event in ("death_90d", "sich_48h", "eni_h24")),
    "ich_class_48h", "ich_class_48h_rd", "death_km_difference", "death_rmst",
    "death_rmst_difference",
    "death_hr", "death_schoenfeld", "death_logrank", "death_km", "ae_overview", "ae_soc_pt",
    "ae_serious", "ae_fatal", "ae_related", "ae_drug_withdrawn", "ae_special", "exposure",
    "missing_outcome", "missing_visits", "missing_patterns", "missing_baseline",
    *(f"mrs_0_{level}{ending}" for level in range(1, 5) for ending in ENDINGS),
    "nihss_h24", "nihss_h24_win_odds", "nihss_d7", "nihss_d7_win_odds", "eq5d", "eqvas",
    "eqvas_survivors", "uw_mrs", *(f"subgroup_{name}" for name in SUBGROUPS),
    *(f"mrs_distribution_{name}" for name in SUBGROUPS),
    *(f"mrs_distribution_sens_{name}" for name in (
        "in_window", "mi", "worst", "best", "locf", "as_treated",
    )),
    "baseline_balance", "recruitment", "mrs_distribution_adjusted", "mrs_distribution_rd",
    "mrs_distribution_rd_adjusted",
}  # fmt: skip


def full_trial() -> pd.DataFrame:
    return build_planted_adsl(300, 0.3)


def bare_trial() -> pd.DataFrame:
    """Nothing but the primary analysis can be estimated: no event, an empty per-protocol set."""
    scores = repeat({0: 4, 3: 4, 6: 4})
    return build_adsl(scores, [*scores, 3, None], PPROTFL="N", WEIGHT=None, SEX=None)


def broken_trial() -> pd.DataFrame:
    """The primary analysis is all that is whole: nobody is 70 or older, nobody has an mRS of 4,
    nobody on placebo an mRS of 0, there are no earlier scores, and every site has one patient."""
    adsl = build_planted_adsl(80, 0.3)
    worse = (adsl["TRT01P"] == "PLACEBO") & (adsl["MRS90"] == 0)
    scores = adsl["MRS90"].mask(worse, 1).replace(4, 5)
    none = pd.Series(pd.NA, index=adsl.index, dtype="Int64")
    return adsl.assign(
        AGE=adsl["AGE"].clip(upper=69), MRS90=scores.mask(adsl.index % 9 == 0), MRS90SCR=scores,
        MRS30=none, NIHSSH24=none, NIHSSD7=none, MRSLAST=none, SITEID=adsl["SUBJID"],
    )  # fmt: skip


def impute_quickly(plan: Plan) -> Plan:
    """Three imputations of two cycles, shifts -2, 0 and 2."""
    sensitivity = plan.sensitivity
    few = sensitivity.imputation.model_copy(update={"imputations": 3, "cycles": 2})
    grid = sensitivity.tipping.model_copy(update={"step": 2.0})
    changed = sensitivity.model_copy(update={"imputation": few, "tipping": grid})
    return plan.model_copy(update={"sensitivity": changed})


def analyse_all(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    adsl = derive_subgroups(add_exposure(adsl).assign(DTHFL="N"), plan)
    adqs = build_adqs(adsl, {("NIHSS", "H24"): [float(i % 9) for i in range(len(adsl))]})
    reasons = pd.DataFrame({"SUBJID": ["S0001"], "CODE": ["DV"]}, dtype="str")
    return [
        *analyse_populations(adsl, reasons, None, plan),
        *analyse_baseline(adsl, plan),
        analyse_balance(adsl, plan),
        analyse_recruitment(adsl, plan),
        *analyse_mrs_shift(adsl, plan),
        *analyse_sensitivity(adsl, impute_quickly(plan)),
        *analyse_safety(adsl, plan),
        *analyse_survival(adsl, build_adtte(adsl, 40, adsl["DTH90FL"] == "Y"), plan),
        *analyse_adverse_events(adsl, build_adae(adsl, {0: [{}, {"AESER": "Y"}]}), plan),
        *analyse_exposure(adsl, plan),
        *analyse_missing(adsl, adqs, plan),
        *analyse_dichotomies(adsl, plan),
        *analyse_secondary(adsl, adqs, plan),
        *analyse_subgroups(adsl, plan),
        *analyse_distributions(adsl, plan),
    ]


@pytest.fixture(scope="module", params=[full_trial, bare_trial, broken_trial])
def results(request: pytest.FixtureRequest, plan: Plan) -> list[AnalysisResult]:
    build: Callable[[], pd.DataFrame] = request.param
    return analyse_all(build(), plan)


@pytest.fixture(scope="module")
def rows(results: list[AnalysisResult]) -> list[dict[str, str]]:
    text = write_results_text(results, Allocation.REHEARSAL, {"plan": "tested"})
    return build_ard_rows(json.loads(text))


def test_every_analysis_id_is_there(rows: list[dict[str, str]]) -> None:
    assert {row["analysis_id"] for row in rows} == EXPECTED_IDS


def test_keys_are_unique_except_in_baseline(rows: list[dict[str, str]]) -> None:
    keys = Counter(
        tuple(row[name] for name in KEY) for row in rows if row["analysis_id"] != "baseline"
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_baseline_is_unique_with_its_variable(rows: list[dict[str, str]]) -> None:
    keys = Counter(
        (row["variable"], *(row[name] for name in KEY))
        for row in rows
        if row["analysis_id"] == "baseline"
    )
    assert set(keys.values()) == {1}


def test_a_number_that_is_missing_has_a_reason(rows: list[dict[str, str]]) -> None:
    silent = [row for row in rows if row["stat"] == "" and not row["warning"]]
    assert silent == []
    said = {row["warning"] for row in rows if is_absent(row["warning"])}
    assert said
    assert [text for text in said if read_reason(text).code is ReasonCode.OTHER] == []


def test_rows_have_the_columns_of_the_contract(rows: list[dict[str, str]]) -> None:
    assert all(tuple(row) == ARD_COLUMNS for row in rows)
    assert {row["allocation"] for row in rows} == {"rehearsal"}
    assert {row["population"] for row in rows} == {"ITT", "PP", "SAF"}
    assert {row["group"] for row in rows} == {"MPSS", "PLACEBO", ""}


def test_numbers_are_written_as_numbers(rows: list[dict[str, str]]) -> None:
    for row in rows:
        if row["stat"]:
            number = float(row["stat"])
            assert row["stat"] in (repr(number), repr(int(number)))


def test_every_model_gives_the_number_analysed(rows: list[dict[str, str]]) -> None:
    with_n = {
        (row["analysis_id"], row["population"])
        for row in rows
        if row["stat_name"] == "n" and row["group"] == row["level"] == ""
    }
    models = {
        (row["analysis_id"], row["population"])
        for row in rows
        if row["stat_name"] == "std_error" and not row["analysis_id"].startswith(NEVER_COLLECTED)
    }
    assert models <= with_n


def test_no_p_value_stands_without_its_estimate_and_interval(rows: list[dict[str, str]]) -> None:
    """Tests alone (of proportional odds, hazards, log-rank) have no estimate to go with."""
    by_place: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for row in rows:
        place = tuple(row[name] for name in PLACE)
        by_place[place][row["stat_name"]] = row["stat"]
    alone = [
        place
        for place, found in by_place.items()
        if "estimate" in found and found.get("p_value")
        if not all(found[name] for name in ("estimate", "ci_low", "ci_high"))
    ]
    assert alone == []


def test_every_model_gives_the_number_of_each_arm(rows: list[dict[str, str]]) -> None:
    models = {
        (row["analysis_id"], row["population"])
        for row in rows
        if row["stat_name"] == "std_error" and not row["analysis_id"].startswith(NEVER_COLLECTED)
    }
    for analysis_id, population in models:
        counts = {
            row["group"]: int(row["stat"])
            for row in rows
            if (row["analysis_id"], row["population"]) == (analysis_id, population)
            and row["stat_name"] == "n"
            and row["level"] == ""
        }
        assert counts[""] == counts["MPSS"] + counts["PLACEBO"], analysis_id


def test_every_effect_names_its_estimand_and_its_method(results: list[AnalysisResult]) -> None:
    effects = [
        result
        for result in results
        if any(statistic.name == "estimate" for statistic in result.statistics)
    ]
    assert [result.analysis_id for result in effects if not result.estimand] == []
    assert all(result.method for result in effects)


def test_what_is_not_estimable_says_so_and_is_counted(rows: list[dict[str, str]]) -> None:
    lacking = [row for row in rows if row["stat_name"] == "estimate" and not row["stat"]]
    counted = {row["analysis_id"] for row in rows if row["stat_name"] == "n" and row["stat"]}
    for row in lacking:
        if row["analysis_id"].startswith(NEVER_COLLECTED):
            assert row["warning"].startswith("not collected: "), row
            continue
        assert row["warning"].startswith("not estimable: "), row
        assert row["analysis_id"] in counted


def test_an_arm_without_any_outcome_stops_the_primary_alone(plan: Plan) -> None:
    adsl = full_trial()
    adsl = adsl.assign(MRS90=adsl["MRS90"].mask(adsl["TRT01P"] == "PLACEBO"))
    with pytest.raises(EstimationError, match="primary analysis cannot be estimated: only MPSS"):
        analyse_mrs_shift(adsl, plan)
    adsl = derive_subgroups(adsl.assign(DTHFL="N"), plan)
    adqs = build_adqs(adsl, {})
    found = [
        *analyse_sensitivity(adsl, impute_quickly(plan)),
        *analyse_dichotomies(adsl, plan),
        *analyse_subgroups(adsl, plan),
        *analyse_secondary(adsl, adqs, plan),
        *analyse_missing(adsl, adqs, plan),
    ]
    values = {
        result.analysis_id: [one.value for one in result.statistics if one.name == "estimate"]
        for result in found
    }
    subgroups = [name for name in values if name.startswith("subgroup_")]
    assert {value for name in subgroups for value in values[name]} == {None}
    assert values["sens_merge56"] == values["sens_mi"] == values["mrs_0_2_rr"] == [None]


def test_json_is_strict(results: list[AnalysisResult]) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(f"{text} is not JSON")

    text = write_results_text(results, Allocation.REHEARSAL, {})
    json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_none_is_not_written_as_one(value: float) -> None:
    assert Statistic("estimate", value).value is None


def test_the_same_data_give_the_same_text_in_whatever_order(plan: Plan) -> None:
    first, second = (
        write_results_text(analyse_mrs_shift(adsl, plan), Allocation.DUMMY, {})
        for adsl in (bare_trial(), bare_trial().sample(frac=1, random_state=1))
    )
    assert first == second
