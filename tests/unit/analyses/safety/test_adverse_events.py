"""Adverse events: subjects and events by hand, terms in order, contrasts with their p-values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from analysis.analyses.safety.adverse_events import analyse_adverse_events
from analysis.config import Plan
from tests.unit.analyses.small_trial.adsl import Found, build_adsl
from tests.unit.analyses.small_trial.safety import add_exposure, build_adae

ANSWER = 1e-9
"""Relative: 12 digits are written."""
INFECTIONS, NERVOUS = "Infections and infestations", "Nervous system disorders"
MPSS, PLACEBO = range(10), range(10, 22)
"""Row numbers of the subjects: 10 and 12."""

Event = Mapping[str, object]
PNEUMONIA: Event = {"AEDECOD": "Pneumonia", "AEBODSYS": INFECTIONS}
SEPSIS: Event = {"AEDECOD": "Sepsis", "AEBODSYS": INFECTIONS}
HEADACHE: Event = {}


def analyse(events: Mapping[int, Sequence[Event]], plan: Plan, **columns: object) -> Found:
    adsl = add_exposure(build_adsl([0] * len(MPSS), [0] * len(PLACEBO), **columns))
    return Found(analyse_adverse_events(adsl, build_adae(adsl, events), plan))


def counts(found: Found, analysis_id: str, level: str, group: str) -> list[int | float | None]:
    """Subjects, all subjects, events."""
    return [
        found.value(analysis_id, name, "SAF", group=group, level=level)
        for name in ("n", "N", "events")
    ]


def levels(found: Found, analysis_id: str, variable: str) -> list[str]:
    statistics = found.results[analysis_id, "SAF"].statistics
    return list(dict.fromkeys(s.level for s in statistics if s.variable == variable))


@pytest.fixture(scope="module")
def found(plan: Plan) -> Found:
    """One MPSS subject with three events of two terms, one with one; three PLACEBO subjects."""
    return analyse(
        {
            0: [PNEUMONIA, PNEUMONIA, {**SEPSIS, "AESER": "Y", "AEREL": "POSSIBLE"}],
            1: [{**HEADACHE, "AEACN": "DRUG WITHDRAWN", "AESEV": "SEVERE"}],
            10: [{**HEADACHE, "AEREL": "UNLIKELY"}],
            11: [{**HEADACHE, "AESER": "Y"}, {**PNEUMONIA, "TRTEMFL": "N"}],
            12: [{**SEPSIS, "AESER": "Y", "AEOUT": "FATAL", "AEREL": "DEFINITE"}],
            13: [{**PNEUMONIA, "TRTEMFL": "N"}],
        },
        plan,
    )


@pytest.mark.parametrize(
    ("level", "mpss", "placebo"),
    [
        ("any", (2, 4), (3, 3)),
        ("severe", (1, 1), (0, 0)),
        ("serious", (1, 1), (2, 2)),
        ("fatal", (0, 0), (1, 1)),
        ("related", (1, 1), (1, 1)),
        ("serious_related", (1, 1), (1, 1)),
        ("drug_withdrawn", (1, 1), (0, 0)),
        ("not_emergent", (0, 0), (2, 2)),
    ],
)
def test_overview(
    found: Found, level: str, mpss: tuple[int, int], placebo: tuple[int, int]
) -> None:
    assert counts(found, "ae_overview", level, "MPSS") == [mpss[0], 10, mpss[1]]
    assert counts(found, "ae_overview", level, "PLACEBO") == [placebo[0], 12, placebo[1]]
    together = [mpss[0] + placebo[0], 22, mpss[1] + placebo[1]]
    assert counts(found, "ae_overview", level, "") == together


def test_percent_is_of_the_subjects(found: Found) -> None:
    assert found.value("ae_overview", "pct", "SAF", group="MPSS", level="any") == 20.0


def test_classes_and_terms_stand_by_falling_number_of_subjects(found: Found) -> None:
    """Headache in 3 subjects; sepsis in 2, pneumonia in 1, infections in 2."""
    assert levels(found, "ae_soc_pt", "AEBODSYS") == [NERVOUS, INFECTIONS]
    assert levels(found, "ae_soc_pt", "AEDECOD") == ["Headache", "Sepsis", "Pneumonia"]
    assert counts(found, "ae_soc_pt", INFECTIONS, "MPSS") == [1, 10, 3]
    assert counts(found, "ae_soc_pt", "Pneumonia", "MPSS") == [1, 10, 2]
    assert counts(found, "ae_soc_pt", "Pneumonia", "PLACEBO") == [0, 12, 0]
    assert counts(found, "ae_soc_pt", "any", "PLACEBO") == [3, 12, 3]


def test_ties_stand_in_the_order_of_the_alphabet(plan: Plan) -> None:
    found = analyse({0: [SEPSIS, PNEUMONIA, HEADACHE]}, plan)
    assert levels(found, "ae_soc_pt", "AEBODSYS") == [INFECTIONS, NERVOUS]
    assert levels(found, "ae_soc_pt", "AEDECOD") == ["Pneumonia", "Sepsis", "Headache"]


@pytest.mark.parametrize(
    ("analysis_id", "terms"),
    [
        ("ae_serious", ["Sepsis", "Headache"]),
        ("ae_fatal", ["Sepsis"]),
        ("ae_related", ["Sepsis"]),
        ("ae_drug_withdrawn", ["Headache"]),
    ],
)
def test_tables_of_one_kind(found: Found, analysis_id: str, terms: list[str]) -> None:
    assert sorted(levels(found, analysis_id, "AEDECOD")) == sorted(terms)


def test_events_without_a_code_are_counted(plan: Plan) -> None:
    found = analyse({0: [{"AEDECOD": None, "AEBODSYS": None}]}, plan)
    assert levels(found, "ae_soc_pt", "AEBODSYS") == ["Class not coded"]
    assert counts(found, "ae_soc_pt", "Term not coded", "MPSS") == [1, 10, 1]


def test_a_term_of_two_classes_carries_its_class(plan: Plan) -> None:
    other = "Respiratory, thoracic and mediastinal disorders"
    found = analyse({0: [PNEUMONIA], 1: [{**PNEUMONIA, "AEBODSYS": other}]}, plan)
    expected = [f"Pneumonia ({INFECTIONS})", f"Pneumonia ({other})"]
    assert levels(found, "ae_soc_pt", "AEDECOD") == expected


def test_a_term_of_the_name_of_its_class_stands_apart(plan: Plan) -> None:
    found = analyse({0: [{"AEDECOD": NERVOUS}]}, plan)
    assert levels(found, "ae_soc_pt", "AEBODSYS") == [NERVOUS]
    assert levels(found, "ae_soc_pt", "AEDECOD") == [f"{NERVOUS} ({NERVOUS})"]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (PNEUMONIA, {"Pneumonia of any kind", "Infection of any kind"}),
        ({**PNEUMONIA, "AEDECOD": "PNEUMONIA"}, {"Pneumonia of any kind", "Infection of any kind"}),
        (
            {"AEDECOD": "Pneumonia aspiration", "AEBODSYS": "Respiratory disorders"},
            {"Pneumonia of any kind", "Infection of any kind"},
        ),
        ({"AEDECOD": "Septic shock", "AEBODSYS": INFECTIONS}, {"Sepsis", "Infection of any kind"}),
        ({"AEDECOD": "Melaena"}, {"Gastrointestinal haemorrhage or melaena"}),
        ({"AEDECOD": "Blood glucose increased"}, {"Hyperglycaemia or blood glucose increased"}),
        ({"AEDECOD": "Brain herniation"}, {"Brain herniation"}),
        ({"AEDECOD": "Decompressive craniectomy"}, {"Decompressive craniectomy"}),
        ({"AEDECOD": "Deep vein thrombosis"}, {"Deep vein thrombosis"}),
        ({"AEDECOD": "Embolic pneumonia, so to say"}, set()),
        ({"AEDECOD": None, "AEBODSYS": None}, set()),
    ],
)
def test_special_interest(plan: Plan, event: Event, expected: set[str]) -> None:
    found = analyse({0: [event]}, plan)
    labels = levels(found, "ae_special", "AESI")
    assert {label for label in labels if counts(found, "ae_special", label, "MPSS")[0]} == expected
    assert labels == [special.label for special in plan.adverse_events.special_interest]


def test_a_subject_with_two_special_events_counts_once(plan: Plan) -> None:
    event = {"AEDECOD": "Melaena"}
    found = analyse({0: [event, {"AEDECOD": "Gastrointestinal haemorrhage"}]}, plan)
    label = "Gastrointestinal haemorrhage or melaena"
    assert counts(found, "ae_special", label, "MPSS") == [1, 10, 2]


def test_difference_and_fisher_by_hand(plan: Plan) -> None:
    """3 of 10 against 0 of 12: both tails of the hypergeometric distribution.

    P(3 in the first arm) = C(10, 3) / C(22, 3) = 120 / 1540; P(0) = 220 / 1540 is larger.
    """
    events = {number: [{"AEDECOD": "Brain herniation"}] for number in range(3)}
    found = analyse(events, plan)
    place = {"level": "Brain herniation"}
    assert found.value("ae_special", "estimate", "SAF", **place) == pytest.approx(0.3, rel=ANSWER)
    low, high = (found.value("ae_special", name, "SAF", **place) for name in ("ci_low", "ci_high"))
    assert low < 0.3 < high
    p_value = found.value("ae_special", "p_value", "SAF", **place)
    assert p_value == pytest.approx(120 / 1540, rel=ANSWER)


def test_no_event_gives_an_interval_not_a_gap(plan: Plan) -> None:
    found = analyse({}, plan)
    for label in levels(found, "ae_special", "AESI"):
        values = {
            name: found.value("ae_special", name, "SAF", level=label)
            for name in ("estimate", "ci_low", "ci_high", "p_value")
        }
        assert (values["estimate"], values["p_value"]) == (0.0, 1.0)
        assert values["ci_low"] < 0 < values["ci_high"]
    assert counts(found, "ae_fatal", "any", "MPSS") == [0, 10, 0]


def test_no_p_value_stands_without_an_estimate(plan: Plan) -> None:
    found = analyse({0: [PNEUMONIA]}, plan, SAFFL=["Y"] * 10 + ["N"] * 12)
    for analysis_id, level in (("ae_overview", "any"), ("ae_special", "Sepsis")):
        for name in ("estimate", "ci_low", "ci_high", "p_value"):
            statistic = found.statistic(analysis_id, name, "SAF", level=level)
            assert statistic.value is None
            assert statistic.note == "not estimable: an arm has no subjects"
    assert found.value("ae_overview", "pct", "SAF", group="PLACEBO", level="any") is None


def test_terms_have_intervals_but_no_p_values(found: Found) -> None:
    statistics = found.results["ae_soc_pt", "SAF"].statistics
    names = {s.name for s in statistics}
    assert {"estimate", "ci_low", "ci_high"} <= names
    assert "p_value" not in names


def test_arms_are_as_treated_and_only_the_safety_set_counts(plan: Plan) -> None:
    treated = ["PLACEBO"] + ["MPSS"] * 9 + ["PLACEBO"] * 12
    found = analyse(
        {0: [PNEUMONIA], 1: [PNEUMONIA]}, plan, TRT01A=treated, SAFFL=["Y", "N", *["Y"] * 20]
    )
    assert counts(found, "ae_overview", "any", "MPSS") == [0, 8, 0]
    assert counts(found, "ae_overview", "any", "PLACEBO") == [1, 13, 1]


def test_what_the_counts_rest_on_is_said(plan: Plan) -> None:
    events = {0: [{"ASTDTF": "D", "AEREL": None}, {"ASTDTF": "Y"}, {"AEREL": None, "TRTEMFL": "N"}]}
    adsl = add_exposure(build_adsl([0] * 10, [0] * 12))
    adsl.loc[3, "TRTSDTM"] = pd.NaT
    results = Found(analyse_adverse_events(adsl, build_adae(adsl, events), plan))
    assert results.results["ae_overview", "SAF"].warnings == (
        "treatment-emergent events with an imputed start date: 2",
        "treatment-emergent events of unknown relation, not counted as related: 1",
        "subjects with undated doses, whose events count from randomisation: 1",
    )


def test_the_version_of_meddra_is_printed(found: Found, plan: Plan) -> None:
    for name in ("ae_overview", "ae_soc_pt", "ae_special", "ae_fatal"):
        method = found.results[name, "SAF"].method
        assert f"MedDRA {plan.adverse_events.meddra_version}" in method
