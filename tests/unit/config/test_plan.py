"""Values of the plan that contradict each other are refused; the reasons print its limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.config import load_plan
from analysis.config.load import parse_model
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.config.plan import Plan

CONFIG = Path(__file__).parents[3] / "config"


def set_key(plan: dict[str, Any], key: str, value: Any) -> None:
    *blocks, last = key.split(".")
    block: Any = plan
    for name in blocks:
        block = block[int(name)] if isinstance(block, list) else block[name]
    block[last] = value


@pytest.mark.parametrize(
    ("key", "value", "finding"),
    [
        ("trial.registry_id", "NCT0714130", "trial.registry_id = "),
        ("trial.n_randomised", 1, "trial.n_randomised = 1: "),
        ("trial.allocation_ratio", [1], "trial.allocation_ratio.1: the key is missing"),
        ("trial.allocation_ratio", [1, 0], "trial.allocation_ratio.1 = 0: "),
        ("arms.reference.code", "MPSS", "arms: treatment.code and reference.code are the same"),
        ("arms.reference.code", "plc", "arms.reference.code = "),
        ("outcome.levels", [0, 1, 3], "outcome: levels must be consecutive scores from 0"),
        ("outcome.levels", [6, 5, 4], "outcome: levels must be consecutive scores from 0"),
        ("outcome.levels", [1, 2, 3], "outcome: levels must be consecutive scores from 0"),
        ("outcome.levels", [*range(8)], "outcome: levels must be consecutive scores from 0 to at"),
        ("outcome.death_level", 5, "outcome: death_level must be the last of levels"),
        ("outcome.window_days", 31, "outcome: must hold: window_days <= late_window_days < day"),
        ("outcome.late_window_days", 90, "outcome: must hold: window_days <= late_window"),
        ("outcome.source_order", [], "outcome.source_order = []: "),
        ("outcome.source_order", ["LOCAL", "LOCAL"], "outcome: source_order: a value stands twice"),
        ("inference.alpha", 0, "inference.alpha = 0: "),
        ("inference.alpha", 1, "inference.alpha = 1: "),
        ("inference.alpha", 5, "inference.alpha = 5: "),
        ("inference.level", 0, "inference.level = 0: "),
        ("inference.level", 95, "inference.level = 95: "),
        ("primary.covariates.0.name", "BMI", "primary.covariates.0: name: BMI: no such column."),
        ("primary.covariates.3.name", "BMI", "primary.covariates: BMI: no such column. Allowed"),
        ("primary.covariates.3.name", "AGEGR1", "primary.covariates: AGEGR1: levels must be those"),
        ("primary.covariates.0.name", "SEX", "primary.covariates.0: kind: continuous for AGE"),
        ("primary.covariates.0.name", "ASPECTS", "primary: covariates: a value stands twice"),
        ("primary.covariates.0.kind", "categorical", "primary.covariates.0: kind: continuous for"),
        ("primary.covariates.3.kind", "continuous", "primary.covariates.3: kind: continuous for"),
        ("primary.covariates.0.levels", ["a", "b"], "primary.covariates.0: levels: two or more"),
        ("primary.covariates.3.levels", ["M1"], "primary.covariates.3: levels: two or more"),
        ("primary.covariates.3.levels", ["M1", "M1"], "primary.covariates.3: levels: a value"),
        ("analyses.run", ["sens_xx"], "analyses.run.0 = "),
        ("analyses.run", ["sens_pp", "sens_pp"], "analyses: run: a value stands twice"),
        ("safety.parenchymal_types", [], "safety.parenchymal_types = []: "),
        ("safety.parenchymal_types", ["NONE"], "safety.parenchymal_types.0 = "),
        ("safety.sits_most.hours", [36.0, 22.0], "safety.sits_most: hours: the earliest stands"),
        ("safety.deterioration.nihss_points", 0, "safety.deterioration.nihss_points = 0: "),
        ("safety.early_improvement.at_most", 43, "safety.early_improvement.at_most = 43: "),
        ("safety.hemicraniectomy_terms", ["A", "a"], "safety: hemicraniectomy_terms: a value"),
        ("adverse_events.meddra_version", "", "adverse_events.meddra_version = "),
        ("adverse_events.meddra_version", 27.1, "adverse_events.meddra_version = 27.1: "),
        ("adverse_events.last_day", 0, "adverse_events.last_day = 0: "),
        ("adverse_events.related", [], "adverse_events.related = []: "),
        ("adverse_events.related", ["Y"], "adverse_events.related.0 = "),
        (
            "adverse_events.related",
            ["POSSIBLE", "POSSIBLE"],
            "adverse_events: related: a value stands twice",
        ),
        ("adverse_events.drug_withdrawn", ["STOPPED"], "adverse_events.drug_withdrawn.0 = "),
        (
            "adverse_events.special_interest.0.preferred_terms",
            [],
            "adverse_events.special_interest.0: preferred_terms or system_organ_classes: name at",
        ),
        (
            "adverse_events.special_interest.0.preferred_terms",
            ["Pneumonia", "PNEUMONIA"],
            "adverse_events.special_interest.0: preferred_terms: a value stands twice",
        ),
        (
            "adverse_events.special_interest.0.label",
            "Sepsis",
            "adverse_events: special_interest: a value stands twice",
        ),
        ("visits.nihss_h24_hours", 0.0, "visits.nihss_h24_hours = 0.0: "),
        ("missing_data.warn_from_percent", -1.0, "missing_data.warn_from_percent = -1.0: "),
        ("secondary.dichotomies", [1, 6], "secondary.dichotomies: 6 is not among outcome.levels"),
        ("secondary.dichotomies", [2, 2], "secondary: dichotomies: a value stands twice"),
        ("secondary.outcomes", ["nihss"], "secondary.outcomes.0 = "),
        ("secondary.outcomes", ["nihss_h24"], "secondary: win_odds: every one must be among"),
        ("secondary.mrs_utilities", [1.0, 0.0], "secondary.mrs_utilities: 2 values for the 7"),
        ("secondary.nihss_deaths.score", 43, "secondary.nihss_deaths.score = 43: "),
        ("secondary.eq5d.decrements.EQMO", [0.1] * 3, "secondary.eq5d.decrements.EQMO.3: the key"),
        (
            "secondary.eq5d.decrements.EQMO",
            [0.1, 0.3, 0.2, 0.4],
            "secondary.eq5d.decrements: EQMO: a worse level has a smaller decrement",
        ),
        ("subgroups.factors.0.name", "Age", "subgroups.factors.0.name = "),
        ("subgroups.factors.0.name", "adjusted", "subgroups.factors.0: name: adjusted is taken"),
        ("subgroups.factors.0.name", "rd", "subgroups.factors.0: name: rd is taken: mrs_"),
        ("subgroups.factors.0.name", "sens_mi", "subgroups.factors.0: name: sens_mi is taken"),
        ("subgroups.factors.0.name", "sex", "subgroups: factors: name: a value stands twice"),
        ("subgroups.factors.0.column", "BMI", "subgroups.factors.0: column: BMI: no such column."),
        ("subgroups.factors.0.column", "age", "subgroups.factors.0.column = "),
        ("subgroups.factors.0.column", "SEX", "subgroups.factors.0: cuts and at_cut: for a number"),
        ("subgroups.factors.0.cuts", [], "subgroups.factors.0: cuts and at_cut: for a number"),
        ("subgroups.factors.0.at_cut", None, "subgroups.factors.0: cuts and at_cut: for a number"),
        ("subgroups.factors.0.cuts", [60.0, 70.0], "subgroups.factors.0: levels: one label for"),
        ("subgroups.factors.0.groups", [["a"]], "subgroups.factors.0: groups: for codes, and for"),
        ("subgroups.factors.0.levels", ["a", "a"], "subgroups.factors.0: levels: a value stands"),
        ("subgroups.factors.0.variable", "AGE", "subgroups.factors.0: variable: a new name"),
        ("subgroups.factors.0.variable", "OLD", "subgroups.factors.0: variable: the column itself"),
        ("subgroups.factors.0.variable", "NIHSSGR1", "subgroups: factors: variable: a value"),
        ("subgroups.factors.0.merge_rare", True, "subgroups.factors.0: merge_rare: only for a"),
        ("subgroups.factors.1.groups", [["M"], ["M"]], "subgroups.factors.1: groups: a value"),
        ("subgroups.factors.1.levels", ["men", "women"], "subgroups.factors.1: variable: a new"),
        ("subgroups.factors.1.merge_rare", True, "subgroups: sex: merge_rare is for the levels"),
        ("co_reported.strata", [], "co_reported.strata = []: "),
        ("co_reported.strata", "SITEID", 'co_reported.strata = "SITEID": '),
        ("co_reported.strata", ["SEX", "SEX"], "co_reported: strata: a value stands twice"),
        ("co_reported.strata", ["SEX", "AGE"], "co_reported.strata: AGE: no such column. Allowed"),
        ("co_reported.strata", ["ARM"], "co_reported.strata: ARM: no such column. Allowed: SITEID"),
        ("inference.favours_treatment", "up", "inference.favours_treatment = "),
        ("primary.population", "SAF", "primary.population = "),
        ("primary.population", "PP", "analyses.run: sens_pp is the primary analysis itself where"),
        ("per_protocol.reasons", [], "per_protocol.reasons = []: "),
        ("per_protocol.reasons", ["DV", "DV"], "per_protocol: reasons: a value stands twice"),
        ("per_protocol.reasons", ["AGE"], "per_protocol.reasons.0 = "),
        ("trial.registry_id", "IMPACT", "trial.registry_id = "),
        ("eligibility.age_min", 81, "eligibility: must hold: age_min <= age_max"),
        ("eligibility.glucose_min", 23.0, "eligibility: must hold: glucose_min <= glucose_max"),
        ("eligibility.occlusion_sites", ["M1", "BA"], "eligibility.occlusion_sites.1 = "),
        ("eligibility.etici", ["2B"], "eligibility.etici.0 = "),
        ("eligibility.dsa_complications", ["none"], "eligibility.dsa_complications.0 = "),
        ("eligibility_readings.ex15", "both", "eligibility_readings.ex15 = "),
        ("dosing.accepted_percent", [120.0, 80.0], "dosing: accepted_percent: the lowest"),
        ("dosing.iv_days", [1, 1, 2], "dosing: iv_days: a value stands twice"),
        ("dosing.iv_days", [1, 4], "dosing.iv_days.1 = 4: "),
        ("dosing.ia_mg", 0.0, "dosing.ia_mg = 0.0: "),
        ("safety.haemorrhage_hours", 0, "safety.haemorrhage_hours = 0: "),
        ("dummy_allocation.seed", -1, "dummy_allocation.seed = -1: "),
        ("dummy_allocation.block_size", 0, "dummy_allocation.block_size = 0: "),
        ("dummy_allocation.block_size", 5, "dummy_allocation.block_size = 5: must be a"),
        ("sealed_lists.kit_list", "a" * 63, "sealed_lists.kit_list = "),
        ("sealed_lists.kit_list", "", 'sealed_lists.kit_list = "": '),
        ("demo.n", 39, "demo.n = 39: "),
        ("demo.reference_distribution", [0.5, 0.5], "demo.reference_distribution = [0.5"),
        ("demo.fault_rate", 1.5, "demo.fault_rate = 1.5: "),
        ("safety.source", "guess", "safety.source = \"guess\": Input should be 'registry' or"),
    ],
)
def test_a_value_that_the_plan_cannot_have(
    plain_plan: dict[str, Any],
    message_of: Callable[..., str],
    key: str,
    value: Any,
    finding: str,
) -> None:
    set_key(plain_plan, key, value)
    message = message_of(parse_model, Plan, plain_plan, "plan.yaml")
    assert f"\n  - {finding}" in message


def test_two_sealed_lists_are_not_one(
    plain_plan: dict[str, Any], message_of: Callable[..., str]
) -> None:
    for name in ("randomisation_list", "kit_list"):
        set_key(plain_plan, f"sealed_lists.{name}", "a" * 64)
    message = message_of(parse_model, Plan, plain_plan, "plan.yaml")
    assert "sealed_lists: randomisation_list and kit_list have the same sha256" in message


def test_the_block_of_the_dummy_allocation_must_fit_the_ratio(
    plain_plan: dict[str, Any], message_of: Callable[..., str]
) -> None:
    set_key(plain_plan, "trial.allocation_ratio", [2, 1])
    assert message_of(parse_model, Plan, plain_plan, "plan.yaml").splitlines()[1:] == [
        "  - dummy_allocation.block_size = 4: must be a multiple of 3, the sum of "
        "trial.allocation_ratio"
    ]
    set_key(plain_plan, "dummy_allocation.block_size", 6)
    assert parse_model(Plan, plain_plan, "plan.yaml").dummy_allocation.block_size == 6


def test_a_plan_cannot_be_changed_in_passing() -> None:
    plan = load_plan(CONFIG / "trial.yaml")
    with pytest.raises(ValueError, match="frozen"):
        plan.inference.alpha = 0.1  # type: ignore[misc]


def test_reasons_print_the_limits_of_the_plan(plain_plan: dict[str, Any]) -> None:
    set_key(plain_plan, "eligibility.age_max", 85)
    set_key(plain_plan, "eligibility.etici", ["3"])
    set_key(plain_plan, "dosing.accepted_percent", [75.0, 125.0])
    set_key(plain_plan, "outcome.day", 180)
    reasons = describe_reasons(parse_model(Plan, plain_plan, "plan.yaml"))
    assert reasons["IN01"] == "Age below 18 or above 85 years"
    assert reasons["IN03"] == "Occlusion site not ICA, M1 or M2"
    assert reasons["IN06"] == "Final eTICI not 3"
    assert reasons["DOSEIA"] == "Intra-arterial dose outside 75-125 % of the dose planned"
    assert reasons["NOMRS"] == "No day-180 mRS"
    assert list(reasons)[:3] == ["IE", "IN01", "IN02"]


def test_a_plan_of_six_levels_with_strata_of_its_own(plain_plan: dict[str, Any]) -> None:
    set_key(plain_plan, "outcome.levels", [0, 1, 2, 3, 4, 5])
    set_key(plain_plan, "outcome.death_level", 5)
    set_key(plain_plan, "co_reported.cut_points", [0, 2, 4])
    set_key(plain_plan, "co_reported.strata", ["NIHSSGR1", "IVT"])
    set_key(plain_plan, "sensitivity.merged_levels", [4, 5])
    set_key(plain_plan, "secondary.mrs_utilities", [1.0, 0.9, 0.7, 0.6, 0.3, 0.0])
    outcome = parse_model(Plan, plain_plan, "plan.yaml").outcome
    assert [outcome.name_level(level) for level in outcome.levels] == [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5-6",
    ]
    assert (outcome.name_scores(0, 2), outcome.name_scores(3, 5)) == ("0-2", "3-6")
    assert not outcome.is_death_alone


def test_levels_of_death_alone(plain_plan: dict[str, Any]) -> None:
    outcome = parse_model(Plan, plain_plan, "plan.yaml").outcome
    assert [outcome.name_level(level) for level in outcome.levels] == list("0123456")
    assert outcome.is_death_alone


@pytest.mark.parametrize(
    "number", ["NCT07141303", "ChiCTR2100054123", "ISRCTN12345678", "2023-504321-12-00"]
)
def test_registries(plain_plan: dict[str, Any], number: str) -> None:
    set_key(plain_plan, "trial.registry_id", number)
    assert parse_model(Plan, plain_plan, "plan.yaml").trial.registry_id == number


def test_only_the_reasons_of_the_plan_are_reasons(plain_plan: dict[str, Any]) -> None:
    set_key(plain_plan, "per_protocol.reasons", ["NOMRS", "DV"])
    assert list(describe_reasons(parse_model(Plan, plain_plan, "plan.yaml"))) == ["NOMRS", "DV"]
