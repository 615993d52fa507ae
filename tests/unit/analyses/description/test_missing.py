"""Missing outcomes: counts by arm, reason and visit, warnings, baseline (SAP 7)."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.analyses.description.missing import analyse_missing
from analysis.config import Plan
from tests.unit.analyses.small_trial.adqs import build_adqs
from tests.unit.analyses.small_trial.adsl import Found, build_adsl

H24, D7, D30, D90 = ("NIHSS", "H24"), ("NIHSS", "D7"), ("MRS", "D30"), ("MRS", "D90")
EQ5D, VAS = ("EQ5DUTIL", "D90"), ("EQVAS", "D90")


@pytest.fixture(scope="module")
def adsl() -> pd.DataFrame:
    """Five with MPSS, four with placebo; numbers 1, 2, 8 without a day-90 mRS, number 3 died."""
    lost, left = "LOST TO FOLLOW-UP", "WITHDRAWAL BY SUBJECT"
    return build_adsl(
        [0, None, None, 6, 2], [1, 4, 5, None],
        DCSREAS=["COMPLETED", lost, left, "DEATH", "COMPLETED", *["COMPLETED"] * 3, None],
        DTHADY=[None, None, 110, 5, *[None] * 5], DTHFL=["N", "N", "Y", "Y", *["N"] * 5],
        ALV90FL=["Y", "N", "Y", "N", *["Y"] * 4, "N"], AGE=[50, 60, 70, 65, 65, 65, 65, 65, None],
        SEX=["M", "F", "F", *["M"] * 6],
    )  # fmt: skip


@pytest.fixture(scope="module")
def found(adsl: pd.DataFrame, plan: Plan) -> Found:
    values = {
        H24: [1, 1, None, 1, 1, 1, 1, 1, 1],
        D7: [1, 1, None, 42, 1, 1, 1, 1, None],
        D30: [1, 2, None, 6, 1, 1, 1, None, 1],
        D90: [0, None, None, 6, 2, 1, 4, 5, None],
        EQ5D: [1, None, None, 0, 1, 1, 1, None, None],
        VAS: [90, None, None, 0, 90, 90, None, None, None],
    }
    dead = {D7: (3,), D90: (3,), EQ5D: (3,), VAS: (3,)}
    return Found(analyse_missing(adsl, build_adqs(adsl, values, dead), plan))


def test_number_by_arm(found: Found) -> None:
    for group, (total, missing) in {"MPSS": (5, 2), "PLACEBO": (4, 1), "": (9, 3)}.items():
        assert found.value("missing_outcome", "N", group=group) == total
        assert found.value("missing_outcome", "n", group=group) == missing
    assert found.value("missing_outcome", "pct", group="MPSS") == 40


@pytest.mark.parametrize(
    ("reason", "mpss", "placebo"),
    [
        ("LOST TO FOLLOW-UP", 1, 0),
        ("WITHDRAWAL BY SUBJECT", 1, 0),
        ("COMPLETED", 0, 0),
        ("DEATH", 0, 0),
        ("NOT RECORDED", 0, 1),
        ("KNOWN ALIVE", 1, 0),
    ],
)
def test_number_by_reason(found: Found, reason: str, mpss: int, placebo: int) -> None:
    counts = {"MPSS": mpss, "PLACEBO": placebo, "": mpss + placebo}
    for group, count in counts.items():
        assert found.value("missing_outcome", "n", group=group, level=reason) == count


@pytest.mark.parametrize(
    ("visit", "observed", "died", "missing"),
    [
        ("NIHSS H24", 8, 0, 1),
        ("NIHSS D7", 6, 1, 2),
        ("MRS D30", 6, 1, 2),  # an mRS of 6 is a death
        ("MRS D90", 5, 1, 3),
        ("EQ5D D90", 4, 1, 4),
        ("EQVAS D90", 3, 1, 5),
    ],
)
def test_every_visit(found: Found, visit: str, observed: int, died: int, missing: int) -> None:
    assert found.value("missing_visits", "n_observed", level=visit) == observed
    assert found.value("missing_visits", "n_died", level=visit) == died
    assert found.value("missing_visits", "n", level=visit) == missing
    assert found.value("missing_visits", "N", level=visit) == 9


def test_a_death_without_a_record_is_no_missing_visit(plan: Plan) -> None:
    """Died on day 30: neither seen on day 30 nor missing then; missing on day 7."""
    adsl = build_adsl([6, 0], [1, 2], DTHADY=[30, None, None, None], DTHFL="N")
    found = Found(analyse_missing(adsl, build_adqs(adsl, {}), plan))
    assert found.value("missing_visits", "n_died", level="MRS D30", group="MPSS") == 1
    assert found.value("missing_visits", "n", level="NIHSS D7", group="MPSS") == 2


def test_patterns_of_those_without_an_outcome(found: Found) -> None:
    counts = {
        "NIHSS H24 + NIHSS D7 + MRS D30": 1,
        "NIHSS H24 + MRS D30": 1,
        "none": 1,
        "NIHSS H24 + NIHSS D7": 0,
    }
    for level, count in counts.items():
        assert found.value("missing_patterns", "n", level=level) == count
    statistics = found.results["missing_patterns", "ITT"].statistics
    assert sum(one.value for one in statistics if not one.group) == 3
    assert found.value("missing_patterns", "n", level="none", group="MPSS") == 1


def test_baseline_of_those_with_and_without(found: Found) -> None:
    """Without: ages 60, 70 and missing; two women and a man."""
    assert found.value("missing_baseline", "n", level="MISSING") == 3
    assert found.value("missing_baseline", "n", level="OBSERVED", group="MPSS") == 3
    assert found.value("missing_baseline", "mean", level="MISSING AGE") == 65
    assert found.value("missing_baseline", "n", level="MISSING AGE=missing") == 1
    assert found.value("missing_baseline", "n", level="MISSING SEX=F") == 2
    assert found.value("missing_baseline", "n", level="OBSERVED SEX=F") == 0
    assert found.value("missing_baseline", "pct", level="MISSING SEX=F", group="MPSS") == 100


# ---- Warnings ----


def warn(missing: int, total: int, plan: Plan) -> tuple[str, ...]:
    half = total // 2
    scores = [None] * missing + [2] * (total - missing)
    adsl = build_adsl(scores[:half], scores[half:], DTHFL="N")
    found = Found(analyse_missing(adsl, build_adqs(adsl, {}), plan))
    return found.results["missing_outcome", "ITT"].warnings


def test_from_5_percent_on_the_report_warns(plan: Plan) -> None:
    assert "5 of 100 day-90 mRS are missing, 5 % or more" in warn(5, 100, plan)[0]
    below = warn(4, 100, plan)
    assert len(below) == 1
    assert below[0].startswith("of the 4 without a day-90 mRS, ")
    assert warn(0, 100, plan) == ()


def test_the_limit_comes_from_the_plan(plan: Plan) -> None:
    rule = plan.missing_data.model_copy(update={"warn_from_percent": 30.0})
    changed = plan.model_copy(update={"missing_data": rule})
    assert len(warn(29, 100, changed)) == 1
    assert "30 of 100 day-90 mRS are missing, 30 % or more" in warn(30, 100, changed)[0]


def test_what_is_known_of_the_missing_is_said_in_counts(found: Found) -> None:
    assert found.results["missing_outcome", "ITT"].warnings[-1] == (
        "of the 3 without a day-90 mRS, 1 are known alive on day 90 (1 of them died later) and 2 "
        "are of unknown status"
    )
