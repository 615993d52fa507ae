"""Counts of the analysis sets, the flow, the per-protocol reasons and the outcome (SAP 3, 4.3)."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.description.queries import count_by_site, count_queries
from analysis.config import Plan
from analysis.config.per_protocol_reasons import describe_reasons
from tests.unit.analyses.small_trial.adsl import Found, build_adsl

# S0000 to S0003 MPSS, S0004 to S0006 placebo
ADSL = build_adsl(
    [0, 1, 1, None], [6, 3, None],
    PPROTFL=["Y", "N", "Y", "N", "Y", "N", "N"],
    SAFFL=["Y", "Y", "Y", "N", "Y", "Y", "Y"],
    TRT01A=["MPSS", "PLACEBO", "MPSS", None, "PLACEBO", "PLACEBO", "PLACEBO"],
    DTH90FL=["N", "N", "N", "N", "Y", "N", "N"],
    DCSREAS=["COMPLETED", None, "COMPLETED", "WITHDRAWAL BY SUBJECT", "DEATH", "COMPLETED",
             "LOST TO FOLLOW-UP"],
)  # fmt: skip
REASONS = pd.DataFrame(
    {
        "SUBJID": ["S0001", "S0001", "S0003", "S0005", "S0006"],
        "CODE": ["IN01", "KIT", "NOMRS", "IN01", "NOMRS"],
    },
    dtype="str",
)
SCREENING = pd.DataFrame(
    {"SCRRES": ["RANDOMISED"] * 7 + ["NOT ELIGIBLE"] * 3 + ["DECLINED"] * 2 + ["OTHER", None]},
    dtype="str",
)


def by_arm(found: Found, analysis_id: str, name: str, population: str, level: str) -> tuple:
    """MPSS, placebo, both."""
    return tuple(
        found.value(analysis_id, name, population, group=group, level=level)
        for group in ("MPSS", "PLACEBO", "")
    )


@pytest.fixture(scope="module")
def found(plan: Plan) -> Found:
    return Found(analyse_populations(ADSL, REASONS, SCREENING, plan))


@pytest.mark.parametrize(
    ("population", "counts"),
    [
        ("ITT", (4, 3, 7)),
        ("PP", (2, 1, 3)),
        ("SAF", (2, 4, 6)),  # as treated: S0001 got placebo, S0003 nothing
    ],
)
def test_analysis_sets(found: Found, population: str, counts: tuple[int, ...]) -> None:
    assert by_arm(found, "populations", "n", population, "") == counts


@pytest.mark.parametrize(
    ("level", "counts"),
    [
        ("randomised", (4, 3, 7)),
        ("treated", (3, 3, 6)),
        ("not_treated", (1, 0, 1)),
        ("died", (0, 1, 1)),
        ("withdrew", (1, 0, 1)),
        ("lost", (0, 1, 1)),
        ("outcome_observed", (3, 2, 5)),
        ("outcome_missing", (1, 1, 2)),
        ("pp", (2, 1, 3)),
        ("pp_excluded", (2, 2, 4)),
    ],
)
def test_disposition_is_by_arm_as_randomised(
    found: Found, level: str, counts: tuple[int, ...]
) -> None:
    assert by_arm(found, "disposition", "n", "ITT", level) == counts


def test_screening_log(found: Found) -> None:
    levels = ("screened", "not_eligible", "declined", "other")
    counts = [found.value("disposition", "n", level=level) for level in levels]
    assert counts == [14, 3, 2, 1]


def test_without_a_screening_log_nothing_is_said_of_it(plan: Plan) -> None:
    results = analyse_populations(ADSL, REASONS, None, plan)
    disposition = next(result for result in results if result.analysis_id == "disposition")
    levels = {statistic.level for statistic in disposition.statistics}
    assert levels.isdisjoint({"screened", "not_eligible", "declined", "other"})


@pytest.mark.parametrize(
    ("code", "counts"),
    [("IN01", (1, 1, 2)), ("KIT", (1, 0, 1)), ("NOMRS", (1, 1, 2)), ("WINDOW", (0, 0, 0))],
)
def test_per_protocol_reasons(found: Found, code: str, counts: tuple[int, ...]) -> None:
    assert by_arm(found, "pp_reasons", "n", "ITT", code) == counts


def test_every_reason_of_the_plan_is_counted(found: Found, plan: Plan) -> None:
    levels = [s.level for s in found.results["pp_reasons", "ITT"].statistics if s.group == ""]
    assert levels == list(describe_reasons(plan))


@pytest.mark.parametrize(
    ("population", "group", "level", "n", "pct"),
    [
        ("ITT", "MPSS", "0", 1, 100 / 3),  # of the three with an outcome
        ("ITT", "MPSS", "1", 2, 200 / 3),
        ("ITT", "MPSS", "6", 0, 0.0),
        ("ITT", "PLACEBO", "3", 1, 50.0),
        ("ITT", "PLACEBO", "6", 1, 50.0),
        ("PP", "MPSS", "1", 1, 50.0),
        ("PP", "PLACEBO", "6", 1, 100.0),
    ],
)
def test_distribution_of_the_mrs(
    found: Found, population: str, group: str, level: str, n: int, pct: float
) -> None:
    place = {"group": group, "level": level}
    assert found.value("mrs_distribution", "n", population, **place) == n
    assert found.value("mrs_distribution", "pct", population, **place) == pytest.approx(pct)


@pytest.mark.parametrize(
    ("population", "group", "total", "missing"),
    [("ITT", "MPSS", 3, 1), ("ITT", "PLACEBO", 2, 1), ("PP", "MPSS", 2, 0)],
)
def test_subjects_without_an_mrs_are_counted_apart(
    found: Found, population: str, group: str, total: int, missing: int
) -> None:
    assert found.value("mrs_distribution", "N", population, group=group) == total
    missed = found.value("mrs_distribution", "n", population, group=group, level="missing")
    assert missed == missing


def test_an_arm_without_an_outcome_has_no_percentages(plan: Plan) -> None:
    adsl = build_adsl([0, 1], [None, None])
    found = Found(analyse_populations(adsl, REASONS.head(0), None, plan))
    statistic = found.statistic("mrs_distribution", "pct", group="PLACEBO", level="3")
    assert statistic.value is None
    assert statistic.note == "not estimable: the total is 0"
    assert found.value("mrs_distribution", "n", group="PLACEBO", level="3") == 0


def test_data_queries_are_counted_by_severity_and_rule() -> None:
    queries = pd.DataFrame(
        {"severity": ["error", "warning", "error"], "rule": ["type", "range", "type"]}, dtype="str"
    )
    found = Found(count_queries(queries))
    assert found.value("queries", "n", "") == 3
    assert found.value("queries", "n", "", level="error type") == 2
    assert found.value("queries", "n", "", level="warning range") == 1


def test_data_queries_are_counted_by_site_and_rule_with_their_subjects() -> None:
    queries = pd.DataFrame(
        [["01", "type", "S1"], ["01", "type", "S1"], ["01", "range", "S2"], ["", "type", ""]],
        columns=["site", "rule", "subject"], dtype="str",
    )  # fmt: skip
    (result,) = count_by_site(queries)
    counted = {(s.variable, s.level, s.name): s.value for s in result.statistics}
    assert counted == {
        ("", "", "n"): 4,
        ("01", "01 type", "n"): 2, ("01", "01 type", "n_subjects"): 1,
        ("01", "01 range", "n"): 1, ("01", "01 range", "n_subjects"): 1,
        ("01", "01 all rules", "n"): 3, ("01", "01 all rules", "n_subjects"): 2,
        ("", "type", "n"): 1, ("", "type", "n_subjects"): 0,
        ("", "all rules", "n"): 1, ("", "all rules", "n_subjects"): 0,
    }  # fmt: skip
    order = [s.level for s in result.statistics if s.name == "n"]
    assert order == ["", "01 all rules", "01 range", "01 type", "all rules", "type"]


def test_no_data_query_at_all() -> None:
    found = Found(count_queries(pd.DataFrame({"severity": [], "rule": []}, dtype="str")))
    assert found.value("queries", "n", "") == 0


def test_the_distribution_of_the_mrs_holds_median_and_quartiles(found: Found) -> None:
    # treatment 0, 1, 1; reference 3, 6: linear interpolation (R type 7)
    quartiles = {
        group: tuple(
            found.value("mrs_distribution", name, "ITT", group=group)
            for name in ("q1", "median", "q3")
        )
        for group in ("MPSS", "PLACEBO")
    }
    assert quartiles == {"MPSS": (0.5, 1.0, 1.0), "PLACEBO": (3.75, 4.5, 5.25)}


def test_an_arm_without_an_outcome_has_no_median(plan: Plan) -> None:
    adsl = build_adsl([0, 1], [None, None])
    nobody = Found(analyse_populations(adsl, REASONS.iloc[:0], None, plan))
    assert nobody.value("mrs_distribution", "median", "ITT", group="PLACEBO") is None
    reason = nobody.warning("mrs_distribution", "median", "ITT", group="PLACEBO")
    assert reason == "not estimable: nobody has an outcome"


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("COMPLETED", (2, 1, 3)),
        ("DEATH", (0, 1, 1)),
        ("WITHDRAWAL BY SUBJECT", (1, 0, 1)),
        ("LOST TO FOLLOW-UP", (0, 1, 1)),
        ("OTHER", (0, 0, 0)),
        ("NOT RECORDED", (1, 0, 1)),
    ],
)
def test_the_end_of_the_study_is_counted_for_all_randomised(
    found: Found, code: str, counts: tuple[int, ...]
) -> None:
    assert by_arm(found, "study_end", "n", "ITT", code) == counts
    shares = by_arm(found, "study_end", "pct", "ITT", code)
    sizes = by_arm(found, "disposition", "n", "ITT", "randomised")
    assert shares == pytest.approx(
        [100 * count / size for count, size in zip(counts, sizes, strict=True)]
    )
